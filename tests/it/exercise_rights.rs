//! Who may do what, when: the whole table of role, command and phase.
//!
//! Every command is tried by every role in every phase of an exercise in which it would
//! make sense somewhere. The table is written out, so that a change of rights is a change
//! that somebody reads.

use pim::exercise::ballot_box::Replaces;
use pim::exercise::command::{Clock, Step};
use pim::exercise::{
    Act, BallotKey, Claim, Command, Erasable, GroupId, Hands, Phase, Refusal, Role, Said,
    ScenarioId, Settings, Slip, Verdict, Vote, Way,
};

use crate::exercise_hall::{Hall, Must, item, order, tags};

/// A room that came to a phase by the long way, with a group and something handed in
/// wherever that is asked for.
fn at(phase: Phase) -> Hall {
    let mut hall = Hall::open(Way::Long);
    let slow = Command::AddScenario {
        title: "Slow flood".to_owned(),
    };
    hall.command(Role::Facilitator, &slow).unwrap();
    for now in Phase::ALL.iter().copied().filter(|one| *one <= phase) {
        if now > Phase::Lobby {
            hall.goes(now);
        }
        match now {
            Phase::Collect => {
                hall.names(&["People", "Population", "Access", "3W"]);
                hall.participant_names("Languages", None, 5).unwrap();
                hall.participant_names("Roads", None, 6).unwrap();
                hall.does(Act::Hide(item(6)));
                hall.does(Act::Merge(vec![item(1), item(2)]));
            }
            Phase::Tag => {
                hall.seat_tags(1, &[(1, Must)]).unwrap();
                hall.does(Act::HandsPresent(9));
            }
            Phase::Rank | Phase::Rerank => {
                hall.seat_ranks(1, &[&[1], &[3]]).unwrap();
            }
            _ => {}
        }
    }
    assert_eq!(hall.run().phase, phase);
    hall
}

fn acts() -> Vec<(&'static str, Act)> {
    let mut all = acts_on_items();
    all.extend(acts_of_the_room());
    all.extend(acts_on_ballots_and_phases());
    all
}

fn acts_on_items() -> Vec<(&'static str, Act)> {
    vec![
        ("name, with a claim", name(Some(Claim(1)))),
        ("name, without", name(None)),
        ("reword one's own", reword(5)),
        ("reword another's", reword(6)),
        (
            "take one's own back",
            Act::TakeBack {
                item: item(5),
                claim: Claim(5),
            },
        ),
        ("show a hidden item", Act::Show(item(6))),
        ("hide an item", Act::Hide(item(3))),
        ("merge", Act::Merge(vec![item(3), item(4)])),
        ("take out of a group", Act::Part(item(2))),
        ("split a group", Act::Split(GroupId(1))),
        ("lead a group", Act::Lead(item(2))),
        (
            "head a group",
            Act::Head {
                group: GroupId(1),
                heading: Some("All".to_owned()),
            },
        ),
    ]
}

fn acts_of_the_room() -> Vec<(&'static str, Act)> {
    vec![
        ("lock", Act::Lock(true)),
        ("timer", Act::Timer(Clock::Start(60))),
        (
            "set",
            Act::Set(Settings {
                moderated: true,
                way: Way::Long,
                ..Settings::default()
            }),
        ),
        ("label", Act::Label(Some("A".to_owned()))),
        ("people here", Act::Here(Some(9))),
        ("cover", Act::Cover(true)),
        ("shortlist", Act::Shortlist(vec![item(1), item(3)])),
        ("hands present", Act::HandsPresent(12)),
        (
            "count hands",
            Act::CountHands {
                item: item(3),
                hands: Some(Hands { must: 2, nice: 1 }),
            },
        ),
        (
            "agree a tag",
            Act::AgreeTag {
                item: item(3),
                said: Some(Said::Must),
            },
        ),
        (
            "agree an order",
            Act::AgreeOrder(vec![vec![item(3)], vec![item(1)]]),
        ),
        (
            "few agree on tags",
            Act::FewAgree {
                vote: Vote::Tag,
                agrees: true,
            },
        ),
        (
            "reveal tags",
            Act::Reveal {
                vote: Vote::Tag,
                step: Step::All,
            },
        ),
        (
            "reveal ranks",
            Act::Reveal {
                vote: Vote::Rank,
                step: Step::All,
            },
        ),
        (
            "match",
            Act::Match {
                item: item(3),
                verdict: Some(Verdict::NoneOfEight),
            },
        ),
    ]
}

fn acts_on_ballots_and_phases() -> Vec<(&'static str, Act)> {
    let slip = BallotKey::Slip(Slip::from_random(9));
    let seat = BallotKey::Seat(1);
    let hand_in = |ballot, key| Act::HandIn {
        ballot,
        key,
        replaces: Replaces::MayBe,
    };
    let withdraw = |vote, key| Act::Withdraw { vote, key };
    vec![
        ("own tags", hand_in(tags(&[(3, Must)]), seat)),
        ("own order", hand_in(order(&[&[3]]), seat)),
        ("own tags back", withdraw(Vote::Tag, seat)),
        (
            "tags for a table",
            hand_in(tags(&[(3, Must)]).of_table(6), seat),
        ),
        ("slip of tags", hand_in(tags(&[(3, Must)]), slip)),
        ("slip of an order", hand_in(order(&[&[3]]), slip)),
        ("slip back", withdraw(Vote::Tag, slip)),
        (
            "give a round up",
            Act::DropRound {
                vote: Vote::Tag,
                sure: true,
            },
        ),
        ("go to Collect", go(Phase::Collect)),
        ("go to Tag", go(Phase::Tag)),
        ("go to Rank", go(Phase::Rank)),
        ("go to Reveal", go(Phase::Reveal)),
        ("go to Rank again", go(Phase::Rerank)),
        ("go to Done", go(Phase::Done)),
    ]
}

fn go(to: Phase) -> Act {
    Act::Go { to, seal: true }
}

fn name(claim: Option<Claim>) -> Act {
    Act::Name {
        text: "Water points".to_owned(),
        mark: None,
        claim,
    }
}

fn reword(number: u16) -> Act {
    Act::Reword {
        item: item(number),
        text: "Mother tongues".to_owned(),
        claim: Claim(5),
    }
}

fn commands(hall: &Hall) -> Vec<(&'static str, Command)> {
    let mut all: Vec<(&'static str, Command)> = acts()
        .into_iter()
        .map(|(words, act)| (words, Command::In(hall.id(), act)))
        .collect();
    let own = ScenarioId::Own(1);
    let text = || "Rising water".to_owned();
    all.extend([
        ("add a scenario", Command::AddScenario { title: text() }),
        (
            "rename a scenario",
            Command::Retitle {
                scenario: own.clone(),
                title: text(),
            },
        ),
        (
            "write a brief",
            Command::WriteBrief {
                scenario: own.clone(),
                brief: Some(text()),
            },
        ),
        (
            "open a run",
            Command::Open {
                scenario: own,
                title: String::new(),
                settings: Settings::default(),
                carry: Some(hall.id()),
            },
        ),
        ("leave the run", Command::Attend(None)),
        (
            "erase an item",
            Command::Erase(Erasable::Item(hall.id(), item(3))),
        ),
        ("undo", Command::Undo(hall.last.clone())),
    ]);
    all
}

/// `+` happens, `w` waits for the next round, `.` not in this phase.
fn table(role: Role) -> String {
    let halls: Vec<Hall> = Phase::ALL.iter().map(|phase| at(*phase)).collect();
    let lines = commands(&halls[0]).into_iter().enumerate();
    let lines = lines.filter_map(|(number, (words, _))| {
        let cells: Vec<&str> = halls.iter().map(|hall| cell(hall, role, number)).collect();
        let never = cells.iter().all(|cell| *cell == "-");
        (!never).then(|| format!("{words:<20} {}", cells.join(" ")))
    });
    let head = format!("{:<20} L C M T S R V D A E", "");
    std::iter::once(head)
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

fn cell(hall: &Hall, role: Role, number: usize) -> &'static str {
    let (_, command) = commands(hall).swap_remove(number);
    match hall.state.decide(role, &command, &hall.moment()) {
        Ok(decision) => match decision.ballot {
            Some(pim::exercise::BallotChange::Put { waits: true, .. }) => "w",
            _ => "+",
        },
        Err(Refusal::NotYours) => "-",
        Err(_) => ".",
    }
}

#[test]
fn a_facilitator_leads_and_has_no_ballot_of_a_seat() {
    assert_eq!(table(Role::Facilitator), FACILITATOR.trim_matches('\n'));
}

#[test]
fn a_participant_names_and_votes_and_does_nothing_else() {
    assert_eq!(table(Role::Participant), PARTICIPANT.trim_matches('\n'));
}

#[test]
fn the_wall_and_those_who_look_on_do_nothing() {
    for role in [Role::Projector, Role::Reader] {
        assert_eq!(table(role).lines().count(), 1, "{}", table(role));
    }
}

/// L lobby, C collect, M merge, T tag, S shortlist, R rank, V reveal, D discuss and match,
/// A rank again, E end.
const FACILITATOR: &str = "
                     L C M T S R V D A E
name, with a claim   + + + . . . . . . .
name, without        + + + . . . . . . .
reword one's own     . + + . . . . . . .
reword another's     . . . . . . . . . .
take one's own back  . + + . . . . . . .
show a hidden item   . + + + + + + + + +
hide an item         . + + + + + + + + +
merge                . + + . + . + + . .
take out of a group  . + + . + . + + . .
split a group        . + + . + . + + . .
lead a group         . + + . + . + + . .
head a group         . + + . + . + + . .
lock                 . + . + . + . . + .
timer                + + + + + + + + + .
set                  + + + + + + + + + +
label                + + + + + + + + + +
people here          + + + + + + + + + +
cover                + + + + + + + + + +
shortlist            . . . . + . . . . .
hands present        . . . + . . . . . .
count hands          . . . + . . . . . .
agree a tag          . . . + . . . . . .
agree an order       . . . . . + . . + .
few agree on tags    . . . . + + + + + +
reveal tags          . . . . + + + + + +
reveal ranks         . . . . . . + + + +
match                . . . . . . . + . .
slip of tags         . . . + w w w w w .
slip of an order     . . . . . + w w + .
slip back            . . . + + + + + + .
give a round up      . . . + . . . . . .
go to Collect        + . + + + + + + + +
go to Tag            . + + . + + + + + +
go to Rank           . + + + + . + + + +
go to Reveal         . . . + + + . + + +
go to Rank again     . . . . . . + + . +
go to Done           + + + + + + + + + .
add a scenario       + + + + + + + + + +
rename a scenario    + + + + + + + + + +
write a brief        + + + + + + + + + +
open a run           + + + + + + + + + +
leave the run        + + + + + + + + + +
erase an item        . + + + + + + + + +
undo                 + + + + . . . + + .
";
const PARTICIPANT: &str = "
                     L C M T S R V D A E
name, with a claim   . + . . . . . . . .
reword one's own     . + . . . . . . . .
reword another's     . . . . . . . . . .
take one's own back  . + . . . . . . . .
own tags             . . . + w w w w w .
own order            . . . . . + w w + .
own tags back        . . . + + + + + + .
";
