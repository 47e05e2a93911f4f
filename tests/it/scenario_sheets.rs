//! What stands beside the phases on one terminal: settings, starters one by one, who speaks
//! for a group, items carried over, what moved, and small screens.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use std::collections::BTreeSet;

use pim::app::update::scenarios::offered;
use pim::exercise::starter::Starter;
use pim::exercise::{ItemId, Phase, Settings, Way};

use crate::scenarios::{Hall, collected, ranked, ranking, tagged};

/// Ranked a second time, after the talk, and shown.
fn ranked_again(width: u16, height: u16) -> Hall {
    let mut hall = ranked(width, height);
    hall.press("A O").is_in(Phase::Rerank);
    hall.press("v");
    for _ in 0..5 {
        hall.press("Down Down Space Up Up Space Space Enter");
    }
    hall.press("n Enter");
    hall
}

#[test]
fn settings_are_turned_in_a_sheet_of_their_own() {
    let mut hall = Hall::new(80, 24);
    hall.press("Enter Enter ,")
        .sees("How do you hold this exercise?")
        .sees("top 5")
        .sees("in ten minutes")
        .press("Right")
        .press("Down Down Down Left Left")
        .sees("top 3")
        .press("Down Space")
        .sees("not allowed")
        .press("Esc")
        .sees("The long way");
    let held = hall.run().settings;
    let expected = Settings {
        way: Way::Long,
        places: 3,
        ties: false,
        ..Settings::default()
    };
    assert_eq!(held, expected);
    hall.press("u , ").sees("Level places on a ballot");
    assert!(
        hall.run().settings.ties,
        "a change is undone like any other"
    );
}

#[test]
fn what_a_ballot_holds_does_not_change_under_ballots_that_are_in() {
    let mut hall = ranking(80, 24);
    hall.press("v Space Enter , Down Down Down Right");
    assert_eq!(hall.run().settings.places, 5);
    hall.sees("top 5").press("Esc").is_in(Phase::Rank);
}

#[test]
fn a_starter_is_chosen_from_the_list_or_one_of_each_is_taken() {
    let mut hall = collected(80, 24);
    hall.press("Esc s")
        .sees("One from each category")
        .press("Down Down Down Down Down Down Enter");
    let starters = |hall: &Hall| {
        let items = hall.run().items.values();
        items
            .filter(|one| one.is_starter() && one.is_shown())
            .count()
    };
    assert_eq!(starters(&hall), 1);
    hall.press("Enter").sees("on the wall already");
    assert_eq!(starters(&hall), 1);
    hall.press("Up Up Up Up Up Up Enter");
    let offered = offered(&hall.viewer.room);
    let categories: BTreeSet<_> = offered.iter().map(Starter::category).collect();
    assert!(categories.len() >= 6);
    assert_eq!(starters(&hall), categories.len() + 1, "and the chosen one");
    hall.press("Esc").is_in(Phase::Collect).sees("(starter)");
    hall.press("u");
    assert_eq!(starters(&hall), 1, "one step puts all of them up");
}

#[test]
fn the_facilitator_says_which_original_speaks_for_a_group() {
    let mut hall = collected(80, 24);
    hall.press("Esc w n Space Down Space a Up Up Up");
    let speaker = |hall: &Hall| hall.run().speaker(ItemId(1));
    assert_eq!(speaker(&hall), Some(ItemId(1)));
    hall.sees("Population figures by age, sex, place (2 together)")
        .press("f")
        .sees("Access and security for teams (2 together)")
        .sees("in their own words");
    assert_eq!(speaker(&hall), Some(ItemId(2)));
    hall.press("f");
    assert_eq!(speaker(&hall), Some(ItemId(1)), "and round again");
    hall.press("u");
    assert_eq!(speaker(&hall), Some(ItemId(2)));
    hall.press("Down f").sees("in no group");
}

#[test]
fn items_are_carried_over_to_another_group_and_to_another_scenario() {
    let mut hall = tagged(80, 24);
    hall.press("n Enter A B").is_in(Phase::Lobby);
    assert_eq!(hall.run().candidates().len(), 6);
    assert_eq!(hall.run().id.0, 2, "the first one stays as it was");
    hall.press("Esc Down Enter")
        .sees("begin with last items")
        .press("B n Esc")
        .sees("6 Services that still work");
    hall.press("b Esc Down Enter").press("Esc c");
    hall.sees("Population figures");
}

#[test]
fn without_an_exercise_there_is_nothing_to_carry_over() {
    let mut hall = Hall::new(80, 24);
    hall.press("Enter")
        .sees_no("last items")
        .press("B")
        .sees("No exercise has items to carry over yet.");
}

#[test]
fn what_moved_after_the_talk_is_shown_line_by_line() {
    let mut hall = ranked_again(80, 24);
    hall.press("r")
        .sees_no("up 2")
        .press("A")
        .sees("moved")
        .sees("up 2")
        .sees("Moved since round 1.");
    let mut hall = ranked(80, 24);
    hall.press("r A").sees_no("oved");
}

#[test]
fn match_goes_line_by_line_on_a_small_screen_and_says_what_is_beyond() {
    let mut hall = tagged(50, 18);
    hall.press("n Enter A n");
    let seen = |hall: &mut Hall| {
        let text = hall.viewer.text();
        let ids = (1..=6).filter(|n| text.contains(&format!(" {n}  ")));
        ids.collect::<Vec<usize>>()
    };
    let mut before = seen(&mut hall);
    for _ in 0..5 {
        hall.press("Down");
        let now = seen(&mut hall);
        let first = |seen: &[usize]| seen.first().copied().unwrap_or_default();
        assert!(first(&now) - first(&before) <= 1, "{before:?} then {now:?}");
        before = now;
    }
    assert_eq!(before.last(), Some(&6));
    for category in 1..=8 {
        hall.press("Right");
        let chosen = hall.viewer.seat.sheet.category;
        assert_eq!(chosen, category);
        let text = hall.viewer.text();
        let marks = text.lines().filter(|line| line.contains("> [ ]")).count();
        assert_eq!(marks, 1, "the chosen category is seen\n{text}");
    }
    hall.sees("of 9").sees("None of the eight");
}

#[test]
fn the_sheets_look_as_they_did() {
    type Make = fn(u16, u16) -> Hall;
    let screens: &[(&str, Make, &str)] = &[
        ("settings", Hall::new, "Enter Enter , Down Down Down"),
        ("starters", collected, "Esc s Down Down Enter Down"),
        ("lead", collected, "Esc w n Space Down Space a Up f"),
        ("carry", tagged, "n Enter A Esc Down Enter"),
        ("moved", ranked_again, "r A"),
    ];
    for (name, make, keys) in screens {
        for (width, height) in [(80, 24), (120, 40), (50, 18)] {
            let mut hall = make(width, height);
            hall.press(keys);
            let picture = hall.viewer.picture();
            insta::assert_snapshot!(format!("exercise-{name}_{width}x{height}"), picture);
        }
    }
}
