//! Whole exercises, as a room would go through them.

use pim::content::CategoryId;
use pim::exercise::command::Step;
use pim::exercise::results::{Basis, Label, Producer, Votes};
use pim::exercise::{
    Act, BallotBox, BallotKey, BoxFault, Command, Hands, Phase, Refusal, Role, Said, Shown,
    Verdict, Vote, Way,
};
use pim::hints::{Language, of_ranking, of_tagging};

use crate::exercise_hall::{Hall, Must, Nice, item, order, ranked, rates, tags};

const NEEDS: &[&str] = &["Population figures", "Access map", "Contact list"];

fn hands(item_number: u16, must: u32, nice: u32) -> Act {
    Act::CountHands {
        item: item(item_number),
        hands: Some(Hands { must, nice }),
    }
}

#[test]
fn the_short_way_with_hands_in_the_room() {
    let mut hall = Hall::open(Way::Short);
    hall.does(Act::Here(Some(20)));
    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Collect);
    hall.names(NEEDS);
    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Tag);
    hall.does(Act::HandsPresent(18));
    hall.does(hands(1, 16, 2));
    hall.does(hands(2, 9, 5));
    hall.does(hands(3, 1, 12));
    assert!(
        hall.outcome().tagging.is_none(),
        "nothing before the reveal"
    );

    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Reveal);
    let outcome = hall.outcome();
    assert_eq!(
        rates(&outcome),
        [
            ("Population figures".to_owned(), 16, 2),
            ("Access map".to_owned(), 9, 5),
            ("Contact list".to_owned(), 1, 12)
        ]
    );
    let said = of_tagging(Language::En, outcome.tagging.as_ref().unwrap());
    assert_eq!(
        said,
        [
            "18 of 20 took part; every rate is a share of all who did, also of those who \
             marked nothing.",
            "Population figures leads: 16 of 18 (89 %) say must have.",
            "Only 3 got any must have at all."
        ]
    );

    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Match);
    hall.does(Act::Match {
        item: item(1),
        verdict: Verdict::of([CategoryId::PopulationData]),
    });
    hall.does(Act::Match {
        item: item(2),
        verdict: Verdict::of([CategoryId::Security, CategoryId::Sectoral]),
    });
    hall.does(Act::Match {
        item: item(3),
        verdict: Some(Verdict::NoneOfEight),
    });
    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Done);
    let outcome = hall.outcome();
    let must_exist = outcome.categories.must_exist();
    assert_eq!(
        must_exist,
        [
            CategoryId::PopulationData,
            CategoryId::Security,
            CategoryId::Sectoral
        ]
    );
    let none: Vec<&str> = outcome
        .categories
        .items(Producer::NoneOfEight, Label::Nice)
        .map(|one| one.words.as_str())
        .collect();
    assert_eq!(none, ["Contact list"]);
    let top = outcome
        .categories
        .of_top_four(outcome.tagging.as_ref().unwrap());
    assert_eq!(
        top.len(),
        4,
        "three categories and none of the eight: {top:?}"
    );
}

#[test]
fn the_long_way_with_terminals_paper_and_tables_in_one_round() {
    let mut hall = Hall::with(
        Way::Long,
        &[
            "People by age and sex",
            "Access",
            "Languages",
            "Population by sex and age",
            "3W",
        ],
    );
    hall.goes_on();
    hall.does(Act::Merge(vec![item(1), item(4)]));
    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Tag);
    for seat in 1..=3 {
        hall.seat_tags(seat, &[(1, Must), (2, Must), (3, Nice)])
            .unwrap();
    }
    hall.types_slip(tags(&[(4, Must), (5, Nice)]));
    hall.types_slip(tags(&[(2, Must), (5, Nice)]).of_table(6));
    assert_eq!(hall.turnout(Vote::Tag).ballots, 5);
    assert_eq!(hall.turnout(Vote::Tag).people, 10);

    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Shortlist);
    let tagging = hall.outcome().tagging.unwrap();
    assert_eq!(
        tagging.counts(0),
        Some((4, 0, 6)),
        "merged: the slip for 4 counts for 1"
    );
    assert_eq!(tagging.counts(1), Some((9, 0, 1)));
    assert_eq!(tagging.proposed_shortlist(2), [item(2), item(1)]);
    hall.does(Act::Shortlist(vec![item(2), item(1), item(5)]));

    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Rank);
    for seat in 1..=4 {
        hall.seat_ranks(seat, &[&[2], &[1, 5]]).unwrap();
    }
    hall.types_slip(order(&[&[5], &[2]]).of_table(3));
    hall.goes_on();
    assert_eq!(hall.run().phase, Phase::Reveal);
    hall.shows_all(Vote::Rank);
    assert_eq!(
        ranked(&hall.outcome()),
        ["Access", "3W", "People by age and sex"]
    );
    let result = hall.outcome().ranking.unwrap();
    assert_eq!(result.votes.people(), 7);
    let said = of_ranking(Language::En, &result);
    assert!(said[0].starts_with("Access leads with "), "{said:?}");

    hall.goes_on();
    hall.goes(Phase::Rerank);
    for seat in 1..=5 {
        hall.seat_ranks(seat, &[&[5], &[1], &[2]]).unwrap();
    }
    hall.goes_on();
    assert_eq!(
        hall.run().phase,
        Phase::Reveal,
        "a second ranking is shown like the first"
    );
    let again = hall.outcome().ranking.unwrap();
    assert_eq!((again.number, again.votes.people()), (2, 5));
    let moves = pim::exercise::compare::moves(&result, &again).unwrap();
    let gained: Vec<(&str, i64)> = moves
        .items
        .iter()
        .map(|one| (one.words.as_str(), one.gained().unwrap()))
        .collect();
    assert_eq!(
        gained,
        [("3W", 1), ("People by age and sex", 1), ("Access", -2)]
    );
    assert!(moves.tau_b.unwrap() < 0.0);
}

#[test]
fn ranked_as_a_group_the_room_agrees_aloud_and_nobody_votes() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    hall.does(Act::AgreeTag {
        item: item(1),
        said: Some(Said::Must),
    });
    hall.does(Act::AgreeTag {
        item: item(3),
        said: Some(Said::Neither),
    });
    hall.goes(Phase::Rank);
    hall.does(Act::AgreeOrder(vec![vec![item(2)], vec![item(1), item(3)]]));
    hall.does(Act::AgreeOrder(vec![vec![item(1)], vec![item(2), item(3)]]));
    hall.undoes().unwrap();
    hall.goes(Phase::Reveal);
    let outcome = hall.outcome();
    assert_eq!(outcome.labels.basis, Basis::Aloud);
    assert_eq!(outcome.labels.of_item(item(1)), Some(Label::Must));
    assert_eq!(
        outcome.labels.of_item(item(2)),
        None,
        "nothing was said of it"
    );
    assert_eq!(
        ranked(&outcome),
        ["Access map", "Population figures = Contact list"]
    );
    assert_eq!(
        of_ranking(Language::En, &outcome.ranking.unwrap()),
        ["Nobody voted: this is the order that the room agreed aloud."]
    );
}

#[test]
fn going_back_before_the_reveal_finds_every_ballot_and_nothing_is_lost() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    for seat in 1..=5 {
        hall.seat_tags(seat, &[(1, Must)]).unwrap();
    }
    hall.goes_back();
    assert_eq!(hall.run().phase, Phase::Collect);
    assert_eq!(
        hall.seat_tags(9, &[(1, Nice)]),
        Err(Refusal::NotNow {
            now: Phase::Collect,
            belongs: &[Phase::Tag],
        })
    );
    hall.names(&["Languages"]);
    hall.goes(Phase::Tag);
    assert_eq!(hall.turnout(Vote::Tag).ballots, 5);
    hall.seat_tags(1, &[(4, Must)]).unwrap();
    assert_eq!(hall.turnout(Vote::Tag).ballots, 5, "replaced, not added");
    hall.goes(Phase::Reveal);
    let outcome = hall.outcome();
    assert_eq!(outcome.tagging.as_ref().unwrap().number, 1);
    assert_eq!(rates(&outcome)[0].1, 4);
    assert_eq!(rates(&outcome)[3].1, 1);
}

#[test]
fn a_lock_is_opened_again_until_the_reveal() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    hall.seat_tags(1, &[(1, Must)]).unwrap();
    hall.does(Act::Lock(true));
    assert_eq!(hall.seat_tags(1, &[(1, Nice)]), Err(Refusal::Locked));
    assert_eq!(hall.refused(Act::HandsPresent(3)), Refusal::Locked);
    hall.does(Act::Lock(false));
    hall.seat_tags(1, &[(1, Nice)]).unwrap();
}

#[test]
fn going_back_after_the_reveal_starts_a_new_round_and_nobody_counts_twice() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    for seat in 1..=6 {
        hall.seat_tags(seat, &[(1, Must)]).unwrap();
    }
    hall.goes(Phase::Reveal);
    hall.goes_back();
    assert_eq!(hall.run().phase, Phase::Tag);
    assert_eq!(hall.run().open_round(Vote::Tag).unwrap().number, 2);
    assert_eq!(hall.turnout(Vote::Tag).ballots, 0);
    for seat in 1..=5 {
        hall.seat_tags(seat, &[(2, Must)]).unwrap();
    }
    hall.goes(Phase::Reveal);
    let outcome = hall.outcome();
    assert_eq!(outcome.tagging.as_ref().unwrap().number, 2);
    assert_eq!(rates(&outcome)[0], ("Population figures".to_owned(), 0, 0));
    assert_eq!(rates(&outcome)[1], ("Access map".to_owned(), 5, 0));
    let first = hall.run().round(Vote::Tag, 1).unwrap();
    let rows = hall.ballots.read_all(hall.run().round_id(first)).unwrap();
    let first = pim::exercise::results::tagging(hall.run(), 1, &rows).unwrap();
    assert_eq!(first.counts(0), Some((6, 0, 0)), "the first round is kept");
}

#[test]
fn going_back_from_ranking_again_keeps_what_is_in() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Rank);
    for seat in 1..=5 {
        hall.seat_ranks(seat, &[&[1], &[2]]).unwrap();
    }
    hall.goes(Phase::Match);
    hall.goes(Phase::Rerank);
    hall.seat_ranks(1, &[&[2], &[1]]).unwrap();
    hall.goes(Phase::Merge);
    hall.does(Act::Go {
        to: Phase::Rerank,
        seal: false,
    });
    assert_eq!(hall.turnout(Vote::Rank).ballots, 1);
    assert_eq!(hall.run().open_round(Vote::Rank).unwrap().number, 2);
}

#[test]
fn looking_back_after_the_reveal_costs_nothing_if_nobody_votes_again() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    for seat in 1..=5 {
        hall.seat_tags(seat, &[(1, Must)]).unwrap();
    }
    hall.goes(Phase::Reveal);
    let before = hall.outcome();
    hall.goes_back();
    hall.does(Act::Go {
        to: Phase::Reveal,
        seal: false,
    });
    assert_eq!(hall.outcome(), before);
    assert_eq!(hall.run().rounds.len(), 1);
}

#[test]
fn one_step_too_far_is_taken_back_by_undo() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    let before = hall.state.clone();
    hall.goes(Phase::Tag);
    hall.undoes().unwrap();
    assert_eq!(hall.state, before, "the round that was opened is gone too");
    hall.undoes().unwrap();
    assert_eq!(
        hall.run().phase,
        Phase::Tag,
        "and undoing the undo goes there again"
    );
    hall.seat_tags(1, &[(1, Must)]).unwrap();
    let refusal = hall.undoes().unwrap_err();
    assert!(
        refusal.to_string().starts_with("1 ballot is in on this"),
        "{refusal}"
    );
}

#[test]
fn a_wrong_merge_is_taken_apart_and_every_vote_is_where_it_was() {
    let mut hall = Hall::with(Way::Long, &["Access map", "Access for teams", "3W"]);
    hall.goes(Phase::Tag);
    for seat in 1..=5 {
        hall.seat_tags(seat, &[(1, Must), (2, Nice)]).unwrap();
    }
    hall.goes(Phase::Shortlist);
    let apart = rates(&hall.outcome());
    hall.does(Act::Merge(vec![item(1), item(2)]));
    assert_eq!(
        rates(&hall.outcome()),
        [("Access map".to_owned(), 5, 0), ("3W".to_owned(), 0, 0)],
        "must beats nice, and a person counts once"
    );
    let group = *hall.run().groups.keys().next().unwrap();
    hall.does(Act::Head {
        group,
        heading: Some("Access".to_owned()),
    });
    assert_eq!(rates(&hall.outcome())[0].0, "Access");
    assert_eq!(
        hall.run().item(item(2)).unwrap().words(),
        "Access for teams"
    );
    hall.undoes().unwrap();
    hall.does(Act::Split(group));
    assert_eq!(rates(&hall.outcome()), apart);
    hall.undoes().unwrap();
    hall.undoes().unwrap();
    assert_eq!(rates(&hall.outcome()), apart, "undo and undo of undo");
}

#[test]
fn a_slip_is_withdrawn_by_the_number_pencilled_on_it() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    let mut slips = Vec::new();
    for _ in 0..6 {
        slips.push(hall.types_slip(tags(&[(1, Must)])));
    }
    hall.does(Act::Withdraw {
        vote: Vote::Tag,
        key: BallotKey::Slip(slips[2]),
    });
    assert_eq!(hall.turnout(Vote::Tag).ballots, 5);
    hall.goes(Phase::Reveal);
    assert_eq!(rates(&hall.outcome())[0].1, 5);
    let late = hall.refused_late_withdrawal(slips[1]);
    assert!(late, "after the reveal no number finds a slip any more");
}

impl Hall {
    /// After the seal a withdrawal looks in the next round, where the slip is not.
    fn refused_late_withdrawal(&self, slip: pim::exercise::Slip) -> bool {
        let command = Command::In(
            self.id(),
            Act::Withdraw {
                vote: Vote::Tag,
                key: BallotKey::Slip(slip),
            },
        );
        let decision = self
            .state
            .decide(Role::Facilitator, &command, &self.moment())
            .unwrap();
        let mut ballots = self.ballots.clone();
        ballots.carry_out(&decision.ballot.unwrap()).is_err()
    }
}

#[test]
fn a_table_counts_as_many_people_as_sit_there() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    hall.types_slip(tags(&[(1, Must)]).of_table(4));
    hall.types_slip(tags(&[(2, Must)]).of_table(3));
    hall.goes(Phase::Reveal);
    let outcome = hall.outcome();
    assert_eq!(rates(&outcome)[0].1, 4);
    assert_eq!(
        outcome.tagging.unwrap().votes.people(),
        7,
        "two ballots, seven people: open"
    );

    let mut settings = hall.run().settings;
    settings.weigh = pim::exercise::Weigh::Ballots;
    hall.does(Act::Set(settings));
    let outcome = hall.outcome();
    assert_eq!(
        rates(&outcome)[0].1,
        1,
        "one voice a table, if the room wants it so"
    );
    assert_eq!(
        of_tagging(Language::En, &outcome.tagging.unwrap())[0],
        "Ballots in: 2, by 7 in all, one voice a ballot; every rate is a share of all ballots."
    );
}

#[test]
fn one_table_that_decides_first_place_is_named() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Rank);
    hall.types_slip(order(&[&[1], &[2], &[3]]).of_table(5));
    for seat in 1..=2 {
        hall.seat_ranks(seat, &[&[2], &[3], &[1]]).unwrap();
    }
    hall.goes(Phase::Reveal);
    let said = of_ranking(Language::En, &hall.outcome().ranking.unwrap());
    assert!(
        said.contains(&"Without the ballot of one table, Access map could lead.".to_owned()),
        "{said:?}"
    );
}

#[test]
fn few_people_stay_shut_until_the_room_agrees() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    for seat in 1..=4 {
        hall.seat_tags(seat, &[(1, Must)]).unwrap();
    }
    hall.goes(Phase::Reveal);
    let shut = hall.outcome().tagging.unwrap();
    assert_eq!(shut.votes, Votes::Shut { people: 4 });
    assert!(shut.lines().is_empty() && shut.top_four(Must).is_empty());
    assert_eq!(
        hall.outcome().labels.basis,
        Basis::Named,
        "nor by another way"
    );
    hall.does(Act::FewAgree {
        vote: Vote::Tag,
        agrees: true,
    });
    assert_eq!(rates(&hall.outcome())[0].1, 4);
    hall.undoes().unwrap();
    assert_eq!(
        hall.outcome().tagging.unwrap().votes,
        Votes::Shut { people: 4 }
    );
}

#[test]
fn a_late_ballot_waits_for_the_next_round() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    for seat in 1..=5 {
        hall.seat_tags(seat, &[(1, Must)]).unwrap();
    }
    hall.goes(Phase::Reveal);
    let before = hall.outcome();
    assert_eq!(hall.seat_tags(6, &[(2, Must)]), Ok(true), "it waits");
    assert_eq!(
        hall.seat_tags(6, &[(3, Must)]),
        Ok(true),
        "and can be changed while it does"
    );
    assert_eq!(hall.outcome(), before, "no bar on the wall moves");
    assert_eq!(hall.moment().waiting(hall.run(), Vote::Tag), 1);
    assert_eq!(hall.moment().people_in(hall.run(), Vote::Tag), 5);
    hall.goes_back();
    assert_eq!(hall.turnout(Vote::Tag).ballots, 1, "it is in the new round");
    hall.undoes().unwrap();
    assert_eq!(hall.run().phase, Phase::Reveal, "or goes on waiting");
    hall.goes_back();
    assert_eq!(hall.turnout(Vote::Tag).ballots, 1);
}

#[test]
fn cut_short_in_any_phase_there_is_a_result() {
    for stop in Phase::ALL
        .iter()
        .copied()
        .filter(|one| *one < Phase::Rerank)
    {
        let mut hall = Hall::open(Way::Long);
        for phase in Phase::ALL.iter().copied().filter(|one| *one <= stop) {
            if phase > Phase::Lobby {
                hall.goes(phase);
            }
            match phase {
                Phase::Collect => {
                    hall.does(Act::Name {
                        text: "Population figures".to_owned(),
                        mark: Some(Must),
                        claim: None,
                    });
                    hall.names(&["Access map"]);
                }
                Phase::Tag => {
                    for seat in 1..=5 {
                        hall.seat_tags(seat, &[(1, Nice), (2, Must)]).unwrap();
                    }
                }
                Phase::Rank => {
                    for seat in 1..=5 {
                        hall.seat_ranks(seat, &[&[2], &[1]]).unwrap();
                    }
                }
                _ => {}
            }
        }
        hall.goes(Phase::Done);
        let outcome = hall.outcome();
        let basis = if stop < Phase::Tag {
            Basis::Named
        } else {
            Basis::Votes
        };
        assert_eq!(outcome.labels.basis, basis, "stopped in {stop:?}");
        assert_eq!(
            outcome.ranking.is_some(),
            stop >= Phase::Rank,
            "stopped in {stop:?}"
        );
        if stop >= Phase::Collect {
            let word = if stop < Phase::Tag {
                Label::Must
            } else {
                Label::Nice
            };
            assert_eq!(
                outcome.labels.of_item(item(1)),
                Some(word),
                "stopped in {stop:?}"
            );
        }
    }
}

#[test]
fn leaving_a_vote_asks_once_before_it_seals() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    hall.seat_tags(1, &[]).unwrap();
    let asked = hall.refused(Act::Go {
        to: Phase::Reveal,
        seal: false,
    });
    assert_eq!(
        asked.to_string(),
        "1 ballot is in; sealing ends the round: nobody can change anything in it any more. \
         Seal it?"
    );
    hall.goes(Phase::Reveal);
    let refusal = hall.undoes().unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the round is sealed; going back starts a new one"
    );
}

#[test]
fn a_seal_that_a_crash_left_half_done_is_finished_and_shows_nothing_before() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    for seat in 1..=5 {
        hall.seat_tags(seat, &[(1, Must)]).unwrap();
    }
    let mut unsealed = hall.ballots.clone();
    hall.goes(Phase::Reveal);
    let sealed: Vec<_> = hall.state.sealed_rounds().collect();
    assert_eq!(sealed.len(), 1);
    assert_eq!(unsealed.read_all(sealed[0]), Err(BoxFault::NotSealed));
    for _ in 0..2 {
        unsealed.seal(sealed[0]).unwrap();
    }
    assert_eq!(
        unsealed.read_all(sealed[0]),
        hall.ballots.read_all(sealed[0])
    );
    let key = BallotKey::Seat(1);
    assert_eq!(
        unsealed.held(sealed[0], key),
        Ok(None),
        "no key finds a ballot any more"
    );
    assert_eq!(unsealed.withdraw(sealed[0], key), Err(BoxFault::Sealed));
}

#[test]
fn a_round_can_be_given_up_with_all_that_is_in_it() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    hall.seat_tags(1, &[(1, Must)]).unwrap();
    let give_up = |sure| Act::DropRound {
        vote: Vote::Tag,
        sure,
    };
    assert!(
        hall.refused(give_up(false))
            .to_string()
            .contains("destroys it for good")
    );
    hall.does(give_up(true));
    assert_eq!(hall.turnout(Vote::Tag).ballots, 0);
    assert_eq!(
        hall.run().open_round(Vote::Tag).unwrap().number,
        1,
        "the room begins again"
    );
    let why = hall.undoes().unwrap_err();
    assert_eq!(why.to_string(), "ballots that were given up are gone");
}

#[test]
fn the_reveal_goes_up_line_by_line_or_all_at_once() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    hall.does(Act::HandsPresent(9));
    hall.does(hands(1, 8, 0));
    hall.does(hands(2, 3, 0));
    hall.does(hands(3, 3, 6));
    hall.goes(Phase::Reveal);
    let shown = |hall: &Hall| {
        let result = hall.outcome().tagging.unwrap();
        let lines = result.lines().into_iter();
        lines
            .map(|(place, one)| format!("{place} {}", result.candidates[one].words))
            .collect::<Vec<_>>()
    };
    let step = |step| Act::Reveal {
        vote: Vote::Tag,
        step,
    };
    assert!(shown(&hall).is_empty(), "hidden until somebody asks for it");
    hall.does(step(Step::To(1)));
    assert_eq!(
        shown(&hall),
        ["=2 Access map", "=2 Contact list"],
        "level ones come together"
    );
    hall.does(step(Step::All));
    assert_eq!(shown(&hall).len(), 3);
    assert_eq!(
        hall.run().sealed_round(Vote::Tag).unwrap().shown,
        Shown::All
    );
    hall.does(step(Step::Nothing));
    assert!(shown(&hall).is_empty());
}
