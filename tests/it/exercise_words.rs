//! What happens to words, scenarios, time and the log of an exercise.

use pim::content::CategoryId;
use pim::exercise::{
    Act, BallotKey, Change, Command, ExerciseEvent, Phase, Refusal, Role, Said, Settings, Verdict,
    Vote, Way,
};

use crate::exercise_hall::{Hall, Must, Nice, item, rates, source, tags};

const NEEDS: &[&str] = &["Population figures", "Access map", "Contact list"];

#[test]
fn the_author_can_reword_and_take_back_and_nobody_else_can() {
    let mut hall = Hall::open(Way::Short);
    hall.goes(Phase::Collect);
    let mine = hall
        .participant_names("Populaton figures", Some(Must), 11)
        .unwrap();
    let other = hall.participant_names("Access", None, 22).unwrap();
    let reword = |item, claim| Act::Reword {
        item,
        text: "Population figures".to_owned(),
        claim: pim::exercise::Claim(claim),
    };
    hall.act(Role::Participant, reword(mine, 11)).unwrap();
    assert_eq!(hall.run().item(mine).unwrap().words(), "Population figures");
    assert_eq!(
        hall.act(Role::Participant, reword(other, 11)),
        Err(Refusal::NotTheAuthor)
    );
    assert_eq!(
        hall.refused(reword(mine, 0)),
        Refusal::NotTheAuthor,
        "nor the facilitator"
    );
    hall.act(
        Role::Participant,
        Act::TakeBack {
            item: other,
            claim: pim::exercise::Claim(22),
        },
    )
    .unwrap();
    assert_eq!(hall.run().candidates().len(), 1);
    assert_eq!(hall.refused(Act::Show(other)), Refusal::NoItem(other));
}

#[test]
fn suggestions_wait_for_the_facilitator_where_the_room_is_moderated() {
    let mut hall = Hall::open(Way::Short);
    let settings = Settings {
        moderated: true,
        ..hall.run().settings
    };
    hall.does(Act::Set(settings));
    hall.goes(Phase::Collect);
    let waits = hall.participant_names("Access", None, 1).unwrap();
    assert!(hall.run().candidates().is_empty());
    hall.does(Act::Show(waits));
    assert_eq!(hall.run().candidates().len(), 1);
    hall.does(Act::Hide(waits));
    assert!(hall.run().candidates().is_empty());
    hall.undoes().unwrap();
    assert_eq!(hall.run().candidates().len(), 1);
}

#[test]
fn erasing_takes_the_words_out_of_the_log_and_out_of_every_copy() {
    let mut hall = Hall::with(Way::Short, &["My neighbour Amal", "Access"]);
    let first = hall.id();
    hall.run_scenario("protracted-emergency", Settings::default(), Some(first));
    assert_eq!(hall.run().candidates().len(), 2, "carried over");
    let carried = hall.last.clone();
    hall.command(
        Role::Facilitator,
        &Command::Erase(pim::exercise::Erasable::Item(first, item(1))),
    )
    .unwrap();
    assert_eq!(hall.run().candidates().len(), 1);
    for number in 0..hall.log.len() {
        let ExerciseEvent::Erased(what) = hall.log[number].clone() else {
            continue;
        };
        for event in &mut hall.log[..number] {
            event.redact(&what);
        }
    }
    let text = serde_json::to_string(&hall.log).unwrap();
    assert!(!text.contains("Amal"), "{text}");
    assert_eq!(pim::exercise::Exercises::fold(&hall.log), hall.state);
    hall.last = carried;
    assert!(hall.undoes().is_err(), "and no older event brings it back");
}

#[test]
fn an_erased_heading_does_not_come_back_by_undo() {
    let mut hall = Hall::with(Way::Long, &["a", "b"]);
    hall.does(Act::Merge(vec![item(1), item(2)]));
    let group = *hall.run().groups.keys().next().unwrap();
    hall.does(Act::Head {
        group,
        heading: Some("Amal's family".to_owned()),
    });
    hall.does(Act::Head {
        group,
        heading: None,
    });
    let events = hall.last.clone();
    hall.does(Act::Head {
        group,
        heading: Some("x".to_owned()),
    });
    hall.command(
        Role::Facilitator,
        &Command::Erase(pim::exercise::Erasable::Heading(hall.id(), group)),
    )
    .unwrap();
    hall.last = events;
    let _ = hall.undoes();
    assert_eq!(hall.run().groups[&group].heading, None);
}

#[test]
fn scenarios_of_ones_own_have_a_name_and_a_brief_and_can_be_erased() {
    let mut hall = Hall::default();
    let add = Command::AddScenario {
        title: "Slow flood".to_owned(),
    };
    hall.command(Role::Facilitator, &add).unwrap();
    let own = pim::exercise::ScenarioId::Own(1);
    for scenario in [own.clone(), source("protracted-emergency")] {
        let brief = Command::WriteBrief {
            scenario,
            brief: Some("Water rises\nfor weeks.".to_owned()),
        };
        hall.command(Role::Facilitator, &brief).unwrap();
    }
    assert_eq!(hall.state.brief(&own), Some("Water rises for weeks."));
    let open = Command::Open {
        scenario: own.clone(),
        title: String::new(),
        settings: Settings::default(),
        carry: None,
    };
    hall.command(Role::Facilitator, &open).unwrap();
    assert_eq!(hall.run().title.as_deref(), Some("Slow flood"));
    let erase = Command::Erase(pim::exercise::Erasable::Scenario(own));
    hall.command(Role::Facilitator, &erase).unwrap();
    assert_eq!(hall.run().title, None);
    assert_eq!(hall.state.own_scenarios().count(), 0);
}

#[test]
fn an_exercise_is_left_and_resumed_and_run_again_with_another_group() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    let first = hall.id();
    hall.does(Act::Label(Some("Group A".to_owned())));
    hall.goes(Phase::Tag);
    hall.seat_tags(1, &[(1, Must)]).unwrap();
    hall.command(Role::Facilitator, &Command::Attend(None))
        .unwrap();
    assert!(hall.state.current().is_none());
    hall.run_scenario("sudden-onset-emergency", Settings::default(), None);
    assert_ne!(hall.id(), first);
    assert!(
        hall.run().items.is_empty(),
        "another group begins with nothing"
    );
    hall.command(Role::Facilitator, &Command::Attend(Some(first)))
        .unwrap();
    assert_eq!(hall.run().phase, Phase::Tag);
    assert_eq!(hall.turnout(Vote::Tag).ballots, 1);
}

#[test]
fn time_is_called_with_a_few_seconds_grace_and_paper_can_still_be_typed_in() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    hall.timer(60);
    hall.now = hall.now.plus(60 + 15);
    hall.seat_tags(1, &[(1, Must)]).unwrap();
    hall.now = hall.now.plus(1);
    assert_eq!(hall.seat_tags(2, &[(1, Must)]), Err(Refusal::TimeOver));
    hall.types_slip(tags(&[(1, Must)]));
    hall.does(Act::Timer(pim::exercise::command::Clock::More(30)));
    hall.seat_tags(2, &[(1, Must)]).unwrap();
    assert_eq!(hall.run().timer.unwrap().shown(hall.now), "00:30");
    hall.does(Act::Timer(pim::exercise::command::Clock::Toggle));
    hall.now = hall.now.plus(600);
    assert_eq!(
        hall.run().timer.unwrap().shown(hall.now),
        "00:30",
        "it rests"
    );
    hall.goes(Phase::Reveal);
    assert_eq!(hall.run().timer, None, "the next phase has its own");
}

#[test]
fn no_event_tells_of_a_ballot_a_token_or_a_time() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    let before = hall.log.len();
    for seat in [7_777_777, 8_888_888] {
        hall.seat_tags(seat, &[(1, Must)]).unwrap();
    }
    let slip = hall.types_slip(tags(&[(2, Nice)]));
    hall.does(Act::Withdraw {
        vote: Vote::Tag,
        key: BallotKey::Slip(slip),
    });
    assert_eq!(hall.log.len(), before, "nothing is logged");
    let command = Act::HandIn {
        ballot: tags(&[(1, Must)]),
        key: BallotKey::Seat(7_777_777),
        replaces: pim::exercise::ballot_box::Replaces::MayBe,
    };
    assert!(!format!("{command:?}").contains("7777777"), "nor printed");
}

#[test]
fn an_item_hidden_or_added_after_the_seal_does_not_change_what_was_voted_on() {
    let mut hall = Hall::with(Way::Short, NEEDS);
    hall.goes(Phase::Tag);
    for seat in 1..=5 {
        hall.seat_tags(seat, &[(1, Must), (2, Nice)]).unwrap();
    }
    hall.goes(Phase::Reveal);
    hall.goes(Phase::Collect);
    hall.names(&["Languages"]);
    assert_eq!(
        rates(&hall.outcome()).len(),
        3,
        "what came later stands in the next round"
    );
    hall.does(Act::Hide(item(2)));
    assert_eq!(rates(&hall.outcome()).len(), 2);
    hall.undoes().unwrap();
    assert_eq!(rates(&hall.outcome())[1], ("Access map".to_owned(), 0, 5));
}

#[test]
fn the_log_is_written_and_read_again_to_the_same_room() {
    let mut hall = Hall::with(Way::Long, NEEDS);
    hall.does(Act::Merge(vec![item(1), item(2)]));
    hall.goes(Phase::Tag);
    for (number, said) in [(1, Said::Neither), (3, Said::Must)] {
        hall.does(Act::AgreeTag {
            item: item(number),
            said: Some(said),
        });
    }
    hall.goes(Phase::Match);
    hall.does(Act::Match {
        item: item(3),
        verdict: Verdict::of([CategoryId::Security]),
    });
    let written = serde_json::to_string(&hall.log).unwrap();
    let read: Vec<ExerciseEvent> = serde_json::from_str(&written).unwrap();
    assert_eq!(read, hall.log);
    assert_eq!(pim::exercise::Exercises::fold(&read), hall.state);
    let opened = hall
        .log
        .iter()
        .any(|event| matches!(event, ExerciseEvent::In(_, Change::RoundOpened { .. })));
    assert!(opened);
}
