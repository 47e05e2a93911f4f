//! What holds however an exercise goes.

use pim::content::CategoryId;
use pim::exercise::ballot::Ballot;
use pim::exercise::command::{Clock, Step};
use pim::exercise::{
    Act, BallotBox, BallotKey, Claim, Command, ExerciseEvent, Exercises, GroupId, Hands, ItemId,
    Mark, Phase, Role, Said, Settings, Verdict, Vote, Way,
};
use pim::hints::{Language, of_ranking, of_tagging};
use proptest::prelude::*;

use crate::exercise_hall::{Hall, Must, Nice, item, order, rates, tags};

fn an_item() -> impl Strategy<Value = ItemId> {
    (1_u16..8).prop_map(ItemId)
}

fn a_mark() -> impl Strategy<Value = Option<Mark>> {
    prop_oneof![Just(None), Just(Some(Mark::Must)), Just(Some(Mark::Nice))]
}

fn some_tags() -> impl Strategy<Value = Vec<(u16, Mark)>> {
    let one = (1_u16..6, prop_oneof![Just(Must), Just(Nice)]);
    prop::collection::btree_map(one.0, one.1, 0..5).prop_map(|map| map.into_iter().collect())
}

fn an_act() -> impl Strategy<Value = (Role, Act)> {
    let facilitator = prop_oneof![
        (prop::sample::select(Phase::ALL), any::<bool>())
            .prop_map(|(to, seal)| Act::Go { to, seal }),
        ("[a-d ]{1,9}", a_mark()).prop_map(|(text, mark)| Act::Name {
            text,
            mark,
            claim: None
        }),
        prop::collection::vec(an_item(), 1..4).prop_map(Act::Merge),
        an_item().prop_map(Act::Part),
        an_item().prop_map(Act::Lead),
        an_item().prop_map(Act::Hide),
        an_item().prop_map(Act::Show),
        (1_u16..4).prop_map(|group| Act::Split(GroupId(group))),
        any::<bool>().prop_map(Act::Lock),
        (0_u32..90).prop_map(|seconds| Act::Timer(Clock::Start(seconds))),
        Just(Act::Timer(Clock::Toggle)),
        prop::collection::vec(an_item(), 0..5).prop_map(Act::Shortlist),
        (0_u32..30).prop_map(Act::HandsPresent),
        (an_item(), 0_u32..9, 0_u32..9).prop_map(|(item, must, nice)| Act::CountHands {
            item,
            hands: Some(Hands { must, nice })
        }),
        an_item().prop_map(|item| Act::AgreeTag {
            item,
            said: Some(Said::Neither)
        }),
        prop::collection::vec(prop::collection::vec(an_item(), 1..3), 0..3)
            .prop_map(Act::AgreeOrder),
        an_item().prop_map(|item| Act::Match {
            item,
            verdict: Verdict::of([CategoryId::Sectoral])
        }),
        (prop_oneof![Just(Vote::Tag), Just(Vote::Rank)], 0_u16..6).prop_map(|(vote, lines)| {
            Act::Reveal {
                vote,
                step: Step::To(lines),
            }
        }),
        any::<bool>().prop_map(|sure| Act::DropRound {
            vote: Vote::Tag,
            sure
        }),
    ];
    let participant = prop_oneof![
        ("[a-d ]{1,9}", 0_u64..3).prop_map(|(text, claim)| Act::Name {
            text,
            mark: None,
            claim: Some(Claim(claim))
        }),
        (an_item(), 0_u64..3).prop_map(|(item, claim)| Act::TakeBack {
            item,
            claim: Claim(claim)
        }),
        (some_tags(), 0_u128..6).prop_map(|(marks, seat)| Act::HandIn {
            ballot: tags(&marks),
            key: BallotKey::Seat(seat),
            replaces: pim::exercise::ballot_box::Replaces::MayBe,
        }),
        (1_u16..6, 1_u16..6, 0_u128..6).prop_map(|(a, b, seat)| Act::HandIn {
            ballot: order(&[&[a], &[b]]),
            key: BallotKey::Seat(seat),
            replaces: pim::exercise::ballot_box::Replaces::MayBe,
        }),
    ];
    prop_oneof![
        3 => facilitator.prop_map(|act| (Role::Facilitator, act)),
        2 => participant.prop_map(|act| (Role::Participant, act)),
    ]
}

fn ways() -> impl Strategy<Value = Way> {
    prop_oneof![Just(Way::Short), Just(Way::Long)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// The hall compares state and fold after every step; here the log is written and read
    /// as well, and the outcome is asked for in whatever came out.
    #[test]
    fn state_is_the_fold_of_the_log_whatever_happens(
        way in ways(),
        acts in prop::collection::vec(an_act(), 0..60),
    ) {
        let mut hall = Hall::open(way);
        for (role, act) in acts {
            let _ = hall.act(role, act);
            hall.now = hall.now.plus(7);
        }
        let written = serde_json::to_string(&hall.log).unwrap();
        let read: Vec<ExerciseEvent> = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(Exercises::fold(&read), hall.state.clone());
        let outcome = hall.outcome();
        if let Some(result) = &outcome.tagging {
            for language in Language::ALL {
                prop_assert!(!of_tagging(language, result).is_empty());
            }
            for (number, _) in result.candidates.iter().enumerate() {
                if let Some((must, nice, neither)) = result.counts(number) {
                    let submitted = result.votes.counted().unwrap().submitted;
                    prop_assert_eq!(must + nice + neither, submitted);
                }
            }
        }
        if let Some(result) = &outcome.ranking {
            for language in Language::ALL {
                prop_assert!(!of_ranking(language, result).is_empty());
            }
        }
    }

    /// What was done in one step and is undone in the next leaves everything as it was.
    #[test]
    fn undo_leads_back_to_the_very_same_state(
        way in ways(),
        acts in prop::collection::vec(an_act(), 0..40),
        last in an_act(),
    ) {
        let mut hall = Hall::open(way);
        for (role, act) in acts {
            let _ = hall.act(role, act);
        }
        let before = hall.state.clone();
        let ballots = hall.moment();
        hall.last.clear();
        if hall.act(last.0, last.1).is_ok() && hall.undoes().is_ok() {
            let mut state = hall.state.clone();
            // An item that was named and taken back keeps its number.
            if let (Some(now), Some(was)) = (state.current().cloned(), before.current()) {
                let ids: Vec<ItemId> = now.items.keys().copied().collect();
                for id in ids.into_iter().filter(|id| was.item(*id).is_none()) {
                    state.runs.get_mut(&now.id).unwrap().items.remove(&id);
                }
            }
            prop_assert_eq!(state, before);
            prop_assert_eq!(hall.moment(), ballots);
        }
    }

    /// However the same people mark two items that are then merged, each counts once.
    #[test]
    fn merging_counts_a_person_once(
        sheets in prop::collection::vec(some_tags(), 5..20),
    ) {
        let mut hall = Hall::with(Way::Long, &["a", "b", "c", "d", "e"]);
        hall.goes(Phase::Tag);
        for (seat, sheet) in (0..).zip(&sheets) {
            hall.seat_tags(seat, sheet).unwrap();
        }
        hall.goes(Phase::Shortlist);
        let apart = rates(&hall.outcome());
        hall.does(Act::Merge(vec![item(2), item(4)]));
        let both = |mark| {
            let marked = sheets.iter().filter(|sheet| {
                let of = |number| sheet.iter().find(|(one, _)| *one == number).map(|one| one.1);
                let marks = [of(2), of(4)];
                match mark {
                    Must => marks.contains(&Some(Must)),
                    Nice => marks.contains(&Some(Nice)) && !marks.contains(&Some(Must)),
                }
            });
            marked.count() as u64
        };
        prop_assert_eq!(&rates(&hall.outcome())[1], &("b".to_owned(), both(Must), both(Nice)));
        hall.undoes().unwrap();
        prop_assert_eq!(rates(&hall.outcome()), apart);
    }

    /// Only the last ballot of a seat counts, and a withdrawn one never did.
    #[test]
    fn handing_in_again_replaces_and_the_order_of_arrival_does_not_matter(
        first in prop::collection::vec(some_tags(), 5..12),
        shuffle in any::<u64>(),
    ) {
        let marks = |hall: &mut Hall, order: &[usize]| {
            hall.goes(Phase::Tag);
            for seat in order {
                hall.seat_tags(*seat as u128, &[(1, Must)]).unwrap();
                hall.seat_tags(*seat as u128, &first[*seat]).unwrap();
            }
            let slip = hall.types_slip(tags(&[(5, Must)]));
            hall.does(Act::Withdraw { vote: Vote::Tag, key: BallotKey::Slip(slip) });
            hall.goes(Phase::Reveal);
            let round = hall.run().last_round(Vote::Tag).unwrap().clone();
            let rows = hall.ballots.read_all(hall.run().round_id(&round)).unwrap();
            (rows, rates(&hall.outcome()))
        };
        let names = ["a", "b", "c", "d", "e"];
        let forwards: Vec<usize> = (0..first.len()).collect();
        let mut mixed = forwards.clone();
        mixed.rotate_left((shuffle % first.len() as u64) as usize);
        mixed.reverse();
        let one = marks(&mut Hall::with(Way::Short, &names), &forwards);
        let other = marks(&mut Hall::with(Way::Short, &names), &mixed);
        prop_assert_eq!(one, other);
    }

    /// Nothing that came after the seal is in the result, whoever it came from.
    #[test]
    fn a_late_ballot_never_moves_a_bar(
        sheets in prop::collection::vec(some_tags(), 5..9),
        late in prop::collection::vec(some_tags(), 1..4),
    ) {
        let mut hall = Hall::with(Way::Short, &["a", "b", "c", "d", "e"]);
        hall.goes(Phase::Tag);
        for (seat, sheet) in (0..).zip(&sheets) {
            hall.seat_tags(seat, sheet).unwrap();
        }
        hall.goes(Phase::Reveal);
        let before = hall.outcome();
        for (seat, sheet) in (0..).zip(&late) {
            prop_assert_eq!(hall.seat_tags(seat, sheet), Ok(true));
        }
        prop_assert_eq!(hall.outcome(), before);
        hall.goes_back();
        prop_assert_eq!(hall.turnout(Vote::Tag).ballots as usize, late.len());
    }

    /// A draft is nowhere but in its seat.
    #[test]
    fn a_draft_counts_only_once_it_is_handed_in(keys in prop::collection::vec(1_u16..6, 0..20)) {
        let mut hall = Hall::with(Way::Short, &["a", "b", "c", "d", "e"]);
        hall.goes(Phase::Rank);
        let mut draft = pim::exercise::draft::RankDraft::default();
        for key in &keys {
            draft.toggle(item(*key));
            draft.level(item(*key));
        }
        prop_assert_eq!(hall.turnout(Vote::Rank).ballots, 0);
        hall.seat_hands_in(1, draft.ballot()).unwrap();
        let round = hall.run().last_round(Vote::Rank).unwrap();
        let id = hall.run().round_id(round);
        let held = hall.ballots.held(id, BallotKey::Seat(1)).unwrap().unwrap();
        let places = |ballot| match ballot {
            Some(Ballot::Rank(ballot)) => {
                let mut places = ballot.places;
                for level in &mut places {
                    level.sort_unstable();
                }
                places
            }
            _ => Vec::new(),
        };
        prop_assert_eq!(places(held.ballot()), places(Some(draft.ballot())));
    }

    /// Whatever somebody types, the wall stays whole.
    #[test]
    fn whatever_is_typed_is_harmless(text in any::<String>()) {
        let mut hall = Hall::open(Way::Short);
        hall.goes(Phase::Collect);
        if hall.participant_names(&text, None, 1).is_ok() {
            let words = hall.run().item(item(1)).unwrap().words().to_owned();
            prop_assert!(!words.is_empty() && words.chars().count() <= 200);
            prop_assert!(!words.chars().any(char::is_control));
            let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!words.chars().any(turns));
        }
    }
}

#[test]
fn the_wall_holds_a_thousand_items_and_then_says_so() {
    let mut hall = Hall::open(Way::Short);
    hall.goes(Phase::Collect);
    let id = hall.id();
    let name = Command::In(
        id,
        Act::Name {
            text: "x".to_owned(),
            mark: None,
            claim: None,
        },
    );
    for _ in 0..1_000 {
        let decision = hall
            .state
            .decide(Role::Facilitator, &name, &hall.moment())
            .unwrap();
        hall.state.apply(&decision.events[0]);
    }
    let refusal = hall
        .state
        .decide(Role::Facilitator, &name, &hall.moment())
        .unwrap_err();
    assert_eq!(refusal.to_string(), "1000 items at most");
    let tag = Command::In(
        id,
        Act::Go {
            to: Phase::Tag,
            seal: false,
        },
    );
    assert!(
        hall.state
            .decide(Role::Facilitator, &tag, &hall.moment())
            .is_ok()
    );
    assert_eq!(hall.run().settings, Settings::default());
}
