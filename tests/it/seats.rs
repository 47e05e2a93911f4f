//! Everybody at their own terminal: a facilitator, the wall, and participants who never saw a
//! terminal program.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use pim::exercise::{Phase, Token};
use pim::hints::Language;
use pim::room::Role;

use crate::support::hall::{FACILITATOR, Hall, SMALL, Who};

/// An open room in which an exercise begins, with the wall and so many participants.
fn hall(participants: u64) -> (Hall, Who, Vec<Who>) {
    let (mut hall, all) = Hall::open(participants);
    let wall = hall.joins(SMALL, Role::Projector, 0);
    (hall, wall, all)
}

/// The exercise is in Collect, and everybody has read the first screen.
fn collecting(participants: u64) -> (Hall, Who, Vec<Who>) {
    let (mut hall, wall, all) = hall(participants);
    hall.press(FACILITATOR, "Enter Enter n Esc P")
        .is_in(Phase::Collect);
    for who in &all {
        hall.press(*who, "Enter");
    }
    (hall, wall, all)
}

/// Three people have named four items, and the room marks them.
fn tagging() -> (Hall, Who, Vec<Who>) {
    let (mut hall, wall, all) = collecting(3);
    hall.names(
        all[0],
        &["People in need by age and sex", "Access for teams"],
    );
    hall.names(all[1], &["Who does what, where"]);
    hall.press(all[2], "Tab").names(all[2], &["Languages"]);
    hall.goes_on();
    hall.is_in(Phase::Tag);
    (hall, wall, all)
}

#[test]
fn somebody_who_never_saw_a_terminal_is_told_every_key() {
    let (mut hall, _, all) = hall(1);
    let one = all[0];
    hall.sees(one, "Press Enter to go on.")
        .sees(one, "Nobody asks or keeps your name.")
        .sees(
            one,
            "anonymous to the room, not against whoever runs the host",
        )
        .sees(one, "mango-42+")
        .press(one, "Enter")
        .sees(one, "The exercise has not begun.")
        .sees(one, "1 read the Matrix")
        .sees_no(one, "Notes")
        .press(one, "1")
        .sees(one, "Population Data")
        .press(one, "5");
    hall.press(FACILITATOR, "Enter Enter n Esc");
    hall.sees(one, "Type what you need to know")
        .names(one, &["People in need by age and sex"])
        .sees(one, "! must People in need by age and sex")
        .sees(one, "It is in.");
    hall.goes_on();
    hall.sees(one, "! must People in need by age and sex")
        .sees(one, "Not handed in yet: Enter hands it in.")
        .press(one, "Enter")
        .sees(
            one,
            "Handed in: 1 must, 0 nice. You can change it until voting closes.",
        )
        .press(one, "Space")
        .sees(one, "Changed, and not handed in again yet")
        .press(one, "Enter")
        .sees(one, "Handed in: 0 must, 1 nice.");
}

#[test]
fn three_people_the_wall_and_the_facilitator_hold_a_whole_exercise() {
    let (mut hall, wall, all) = tagging();
    hall.sees(wall, "Who does what, where")
        .sees(wall, "0 in / 3 here")
        .sees_no(wall, "must,");
    for who in &all {
        hall.press(*who, "Enter");
    }
    hall.sees(wall, "3 in / 3 here")
        .sees(FACILITATOR, "3 in / 3 here");
    hall.goes_on();
    hall.is_in(Phase::Reveal);
    hall.press(FACILITATOR, "y A");
    for who in all.iter().chain([&wall]) {
        hall.sees(*who, "People in need by age and sex")
            .sees(*who, "top four above");
    }
}

#[test]
fn whose_line_drops_finds_its_items_and_its_ballot_again() {
    let (mut hall, wall, all) = tagging();
    hall.press(all[0], "Enter");
    let code = Token::from_random(1).code();
    hall.sees(all[0], &code);
    hall.drops(all[0]);
    hall.sees(wall, "1 in / 2 here");
    let again = hall.comes_back((120, 40), &code.to_lowercase());
    hall.sees(again, "Handed in: 2 must, 0 nice.")
        .sees(wall, "1 in / 3 here")
        .press(again, "Space Enter")
        .sees(again, "Handed in: 1 must, 1 nice.")
        .sees(wall, "1 in / 3 here");
    // One step back: the own items can be reworded, by nobody else.
    hall.press(FACILITATOR, "b Esc");
    hall.is_in(Phase::Collect)
        .press(again, "Up Enter")
        .sees(again, "In other words: Access for teams")
        .types(again, " by road")
        .press(again, "Enter")
        .sees(again, "Access for teams by road");
    hall.sees_no(all[1], "by road");
}

#[test]
fn a_code_that_nobody_has_finds_nothing_of_anybody() {
    let (mut hall, _, all) = tagging();
    hall.press(all[0], "Enter");
    let other = hall.comes_back(SMALL, "0000-0009");
    hall.press(other, "Enter")
        .sees(other, "Not handed in yet")
        .sees_no(other, "! must");
}

#[test]
fn whoever_typed_the_plain_line_again_still_finds_the_own_seat() {
    let (mut hall, wall, all) = tagging();
    hall.press(all[0], "Enter");
    hall.drops(all[0]);
    let again = hall.joins(SMALL, Role::Participant, 9);
    hall.sees(again, "c I was here before")
        .press(again, "c")
        .sees(again, "Type your own code, then press Enter.")
        .types(again, "0000 0002x")
        .press(again, "Enter")
        .sees(again, "This code is not known here")
        .sees(again, "No seat of this room has the code 0000 0002x.")
        .types(again, "0000 0001")
        .press(again, "Enter")
        .sees(again, "You are back at your own seat.")
        .sees(again, "Handed in: 2 must, 0 nice.");
    hall.sees(wall, "1 in / 3 here");
    // Whoever handed something in there has that seat.
    hall.press(again, "c").sees(again, "so this is your seat");
}

#[test]
fn whoever_has_no_code_at_hand_begins_a_new_ballot() {
    let (mut hall, _, _) = tagging();
    let new = hall.joins(SMALL, Role::Participant, 9);
    hall.press(new, "Enter c")
        .sees(new, "Without it: Enter alone begins a new ballot.")
        .press(new, "Enter")
        .sees(new, "Not handed in yet")
        .press(new, "c Esc Enter")
        .sees(new, "Handed in:");
}

#[test]
fn whoever_comes_back_after_the_vote_was_closed_is_not_told_to_have_missed_it() {
    let (mut hall, _, all) = tagging();
    for who in &all {
        hall.press(*who, "Enter");
    }
    hall.drops(all[0]);
    hall.goes_on();
    hall.press(FACILITATOR, "y A");
    let again = hall.joins(SMALL, Role::Participant, 9);
    hall.press(again, "c")
        .types(again, "0000-0001")
        .press(again, "Enter")
        .sees(again, "What you had handed in counts")
        .sees_no(again, "You handed in nothing here");
}

#[test]
fn another_session_is_opened_over_the_room_only_when_asked_for_twice() {
    let (mut hall, _, all) = collecting(2);
    let wants = |hall: &mut Hall, keys: &str| {
        let viewer = hall.at(FACILITATOR);
        viewer.effects.clear();
        viewer.press(keys);
        viewer.effects.contains(&pim::app::Effect::Resume)
    };
    assert!(!wants(&mut hall, "6 R"));
    hall.sees(
        FACILITATOR,
        "2 others are here and go with you to the other session.",
    );
    assert!(
        !wants(&mut hall, "Down R"),
        "another key took the wish back"
    );
    assert!(wants(&mut hall, "R"));
    hall.drops(all[0]);
    hall.drops(all[1]);
    assert!(wants(&mut hall, "R"), "nobody else is here");
}

#[test]
fn a_seat_that_went_over_to_another_session_shows_nothing_of_the_one_before() {
    let (mut hall, _, all) = tagging();
    hall.press(all[0], "Enter").sees(all[0], "Handed in:");
    let (mut other, _, _) = tagging();
    let room = other.room.clone();
    let viewer = hall.at(all[0]);
    viewer.room = room;
    viewer.send(pim::app::Msg::Moved);
    viewer.sees("The facilitator opened another session");
    viewer.sees("Not handed in yet");
    assert!(viewer.seat.own.handed.is_empty());
    other.is_in(Phase::Tag);
}

#[test]
fn who_comes_after_the_reveal_hands_in_for_the_next_round() {
    let (mut hall, wall, all) = tagging();
    for who in &all {
        hall.press(*who, "Enter");
    }
    hall.goes_on();
    hall.press(FACILITATOR, "y A");
    let before = hall.at(wall).text();
    let late = hall.joins(SMALL, Role::Participant, 9);
    hall.press(late, "Enter")
        .sees(late, "You handed in nothing here in this round.")
        .press(late, "f")
        .sees(late, "Too late for this round.")
        .press(late, "Space Enter")
        .sees(late, "It waits for the next round")
        .press(late, "Esc")
        .sees(late, "Your ballot is in. It waits");
    let after = hall.at(wall).text();
    let bars = |text: &str| -> Vec<String> {
        let rows = text.lines().filter(|line| line.contains('\u{2588}'));
        rows.map(str::to_owned).collect()
    };
    assert_eq!(bars(&before), bars(&after), "a late ballot moved a bar");
    hall.sees(wall, "1 wait");
}

#[test]
fn paper_and_seats_count_in_one_round() {
    let (mut hall, wall, all) = tagging();
    hall.press(all[0], "Enter").press(all[1], "Enter");
    hall.press(FACILITATOR, "v").sees(FACILITATOR, "Slip ");
    hall.press(FACILITATOR, "Space Enter");
    hall.sees(wall, "3 in / 3 here");
    hall.goes_on();
    hall.press(FACILITATOR, "y A");
    hall.sees(wall, "People in need by age and sex");
    hall.sees(all[2], "You handed in nothing here in this round.");
}

#[test]
fn an_item_that_waits_is_seen_by_its_author_and_the_facilitator_alone() {
    let (mut hall, wall, all) = collecting(2);
    hall.press(FACILITATOR, "V");
    hall.names(all[0], &["Roads under water"]);
    hall.sees(all[0], "waits for the facilitator")
        .sees(FACILITATOR, "? waits Roads under water")
        .sees_no(wall, "Roads")
        .types(all[1], "roads under water")
        .sees_no(all[1], "Already there");
    hall.press(FACILITATOR, "y");
    hall.sees(wall, "Roads under water")
        .sees(all[1], "Already there, perhaps: Roads under water")
        .sees_no(all[0], "waits for the facilitator");
}

#[test]
fn an_own_item_is_taken_back_with_an_empty_line() {
    let (mut hall, wall, all) = collecting(1);
    hall.names(all[0], &["Roads", "Wells"])
        .press(all[0], "Up Enter Ctrl-U Enter")
        .sees(all[0], "You took it back.")
        .sees_no(all[0], "Wells")
        .sees(all[0], "Roads");
    hall.sees_no(wall, "Wells").sees(wall, "Roads");
}

#[test]
fn a_closed_vote_is_said_and_keeps_what_is_in() {
    let (mut hall, _, all) = tagging();
    hall.press(all[0], "Enter");
    hall.press(FACILITATOR, "L");
    hall.sees(all[0], "What you handed in is in.")
        .sees(all[1], "Closed for the moment: nothing is taken in.")
        .press(all[1], "Enter")
        .sees_no(all[1], "Handed in:");
    hall.press(FACILITATOR, "L");
    hall.press(all[1], "Enter").sees(all[1], "Handed in:");
}

#[test]
fn everybody_ranks_in_an_order_of_their_own_and_sees_the_same_result() {
    let (mut hall, wall, all) = collecting(3);
    let items: Vec<String> = (1..=8).map(|n| format!("Item number {n}")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    hall.names(all[0], &items);
    hall.press(FACILITATOR, "b w n Esc");
    hall.goes_on_to(Phase::Rank);
    let first = |hall: &mut Hall, who: Who| {
        let text = hall.at(who).text();
        let line = text.lines().find(|line| line.contains("> -"));
        line.unwrap().to_owned()
    };
    let seen: std::collections::BTreeSet<String> =
        all.iter().map(|who| first(&mut hall, *who)).collect();
    assert!(seen.len() > 1, "everybody begins with {seen:?}");
    for who in &all {
        hall.press(*who, "Space Space Space J u = Enter")
            .sees(*who, "Handed in: 3 in order.");
    }
    hall.sees(wall, "3 in / 3 here").sees_no(wall, "Handed");
    hall.press(all[0], "Space Space Space Space Space")
        .sees(all[0], "You have placed 5, and that is all");
    hall.goes_on();
    hall.is_in(Phase::Reveal).press(FACILITATOR, "r y A");
    for who in all.iter().chain([&wall]) {
        hall.sees(*who, "In which order do we need it?")
            .sees(*who, "points");
    }
}

#[test]
fn the_wall_shows_how_to_join_until_the_facilitator_turns_it() {
    let (mut hall, wall, _) = hall(1);
    hall.sees(wall, "ssh -p 2222 mango-42@192.168.43.1")
        .sees(wall, "SHA256:q0JdTz1L")
        .sees(wall, "1 here");
    hall.press(FACILITATOR, "I")
        .sees(FACILITATOR, "Enter wall: the exercise")
        .press(FACILITATOR, "Enter Esc");
    hall.sees(wall, "The exercise has not begun.")
        .sees(FACILITATOR, "live, 1 here");
    hall.press(FACILITATOR, "I X");
    hall.sees_no(FACILITATOR, "live,");
}

/// What somebody reads at every size.
fn looks(hall: &mut Hall, who: Who, name: &str) {
    for (size, shown) in hall.screens(who, &[SMALL, (120, 40), (50, 18)]) {
        insta::assert_snapshot!(format!("{name}_{size}"), shown);
    }
}

#[test]
fn the_sheet_of_how_to_join_says_and_sets_in_which_language_seats_begin() {
    let (mut hall, _, all) = hall(1);
    hall.press(FACILITATOR, "I")
        .sees(FACILITATOR, "l in English")
        .press(FACILITATOR, "l")
        .sees(FACILITATOR, "l in French")
        .press(FACILITATOR, "l")
        .sees(FACILITATOR, "l in Spanish");
    let live = hall.room.live.as_ref().unwrap();
    assert_eq!(live.language, Language::Es);
    // Whoever sits already reads on in their own.
    hall.sees(all[0], "Welcome")
        .press(FACILITATOR, "l")
        .sees(FACILITATOR, "l in English");
}

#[test]
fn what_a_participant_and_the_wall_see_in_each_phase() {
    let (mut hall, wall, all) = hall(3);
    let one = all[0];
    looks(&mut hall, one, "seat_welcome");
    looks(&mut hall, wall, "wall_join");
    hall.press(one, "Enter");
    looks(&mut hall, one, "seat_waiting");
    hall.press(FACILITATOR, "Enter Enter w");
    looks(&mut hall, one, "seat_lobby");
    hall.press(FACILITATOR, "P");
    looks(&mut hall, wall, "wall_lobby");
    hall.press(FACILITATOR, "n Esc");
    looks(&mut hall, one, "seat_collect_begin");
    hall.names(one, &["People in need by age and sex", "Access for teams"]);
    hall.press(all[1], "Enter");
    hall.names(
        all[1],
        &["Who does what, where", "Services that still work"],
    );
    hall.types(one, "who does what");
    looks(&mut hall, one, "seat_collect");
    looks(&mut hall, wall, "wall_collect");
    hall.press(one, "Ctrl-U Up");
    looks(&mut hall, one, "seat_collect_chosen");
    hall.press(one, "Enter");
    looks(&mut hall, one, "seat_collect_rewords");
    hall.press(one, "Esc");
    hall.goes_on();
    looks(&mut hall, one, "seat_merge");
    hall.goes_on();
    looks(&mut hall, one, "seat_tag");
    hall.press(one, "Down Down Down Space Enter");
    looks(&mut hall, one, "seat_tag_handed");
    looks(&mut hall, wall, "wall_tag");
    hall.press(FACILITATOR, "L");
    looks(&mut hall, one, "seat_tag_closed");
    hall.press(FACILITATOR, "L");
    hall.goes_on_to(Phase::Rank);
    hall.press(one, "Space Space");
    looks(&mut hall, one, "seat_rank");
    hall.press(one, "Enter");
    hall.press(all[1], "Space Space Space Enter");
    hall.press(all[2], "Enter Space Space Space Enter");
    looks(&mut hall, one, "seat_rank_handed");
    looks(&mut hall, wall, "wall_rank");
    hall.goes_on();
    looks(&mut hall, one, "seat_reveal_nothing_shown");
    hall.press(FACILITATOR, "r y A");
    looks(&mut hall, one, "seat_reveal");
    looks(&mut hall, wall, "wall_reveal");
    let late = hall.joins(SMALL, Role::Participant, 4);
    hall.press(late, "Enter");
    looks(&mut hall, late, "seat_reveal_late");
    hall.press(late, "f");
    looks(&mut hall, late, "seat_late_ballot");
}

#[test]
fn the_facilitator_alone_is_told_that_codes_are_guessed_at() {
    let (mut hall, wall, all) = hall(2);
    hall.hears_wrong_codes(22)
        .sees_no(FACILITATOR, "wrong codes");
    hall.press(FACILITATOR, "I")
        .sees_no(FACILITATOR, "wrong codes")
        .press(FACILITATOR, "Esc");
    hall.hears_wrong_codes(43)
        .sees(FACILITATOR, "live, 2 here, wrong codes: see I");
    hall.press(FACILITATOR, "I");
    looks(&mut hall, FACILITATOR, "join_guessed_at");
    for who in all.iter().chain([&wall]) {
        hall.sees_no(*who, "wrong").sees_no(*who, "guess");
    }
    // Nor does the room that they are given know of it.
    let theirs = hall.room.for_others().live.unwrap();
    assert_eq!((theirs.here, theirs.wrong), (2, 0));
    hall.hears_wrong_codes(3)
        .sees_no(FACILITATOR, "wrong codes");
}

#[test]
fn on_a_small_screen_the_facilitator_reads_all_of_how_to_join() {
    let mut hall = Hall::new((50, 18));
    hall.press(FACILITATOR, "I Enter")
        .sees(FACILITATOR, "Down: more")
        .sees_no(FACILITATOR, "until the facilitator wipes it");
    hall.press(FACILITATOR, "j PageDown");
    insta::assert_snapshot!("join_read_to_its_end", hall.at(FACILITATOR).text());
    hall.press(FACILITATOR, "Down PageDown PageUp k")
        .sees(FACILITATOR, "ssh -p 2222 mango-42@192.168.43.1");
}

#[test]
fn what_the_facilitator_sees_of_an_open_room() {
    let mut hall = Hall::new(SMALL);
    hall.press(FACILITATOR, "I");
    looks(&mut hall, FACILITATOR, "join_closed");
    hall.press(FACILITATOR, "Enter");
    let one = hall.joins(SMALL, Role::Participant, 1);
    looks(&mut hall, FACILITATOR, "join_open");
    hall.press(FACILITATOR, "p");
    looks(&mut hall, FACILITATOR, "join_phones");
    hall.press(FACILITATOR, "a")
        .sees(FACILITATOR, "open http://10.0.0.7:8080/mango-42");
    hall.press(FACILITATOR, "a a")
        .sees(FACILITATOR, "open http://192.168.43.1:8080/mango-42");
    hall.press(FACILITATOR, "p").sees_no(FACILITATOR, "http://");
    hall.press(FACILITATOR, "Esc Enter Enter n Esc M");
    hall.press(one, "Enter");
    hall.names(one, &["Roads under water"]);
    looks(&mut hall, FACILITATOR, "join_moderates");
}

#[test]
fn whoever_hosts_the_room_is_asked_once_before_all_others_leave_too() {
    let (mut hall, _, _) = collecting(2);
    let quits = |hall: &mut Hall, keys: &str| {
        let viewer = hall.at(FACILITATOR);
        viewer.effects.clear();
        viewer.press(keys);
        viewer.effects.contains(&pim::app::Effect::Quit)
    };
    hall.at(FACILITATOR).seat.hosts = true;
    assert!(!quits(&mut hall, "q"));
    hall.sees(FACILITATOR, "2 others are here and leave with you.");
    assert!(
        !quits(&mut hall, "Down q"),
        "another key took the wish back"
    );
    assert!(quits(&mut hall, "q"));
}
