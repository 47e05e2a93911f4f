//! A participant's seat in French and Spanish: what is read at each step, and that going from
//! one language to another loses nothing.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use pim::exercise::{Phase, Token};
use pim::hints::Language;
use pim::room::Role;

use crate::support::hall::{FACILITATOR, Hall, SMALL, Who};

/// An open room with two participants, the first of whom went on to a language.
fn hall(language: Language) -> (Hall, Who, Who) {
    let (mut hall, all) = Hall::open(2);
    let (one, other) = (all[0], all[1]);
    while hall.at(one).seat.language != language {
        hall.press(one, "Ctrl-G");
    }
    (hall, one, other)
}

/// What somebody reads on a usual and on the smallest screen.
fn looks(hall: &mut Hall, who: Who, name: &str) {
    let language = hall.at(who).seat.language.tag();
    for (size, shown) in hall.screens(who, &[SMALL, (50, 18)]) {
        insta::assert_snapshot!(format!("{language}_{name}_{size}"), shown);
    }
}

/// A whole exercise as one seat sees it.
fn looks_all_through(language: Language) {
    let (mut hall, one, other) = hall(language);
    looks(&mut hall, one, "chosen");
    hall.press(one, "Up");
    looks(&mut hall, one, "welcome");
    hall.press(one, "Enter");
    looks(&mut hall, one, "waiting");
    hall.press(one, "?");
    looks(&mut hall, one, "keys");
    hall.press(one, "PageDown PageDown");
    looks(&mut hall, one, "keys_more");
    hall.press(one, "Esc");
    hall.press(FACILITATOR, "Enter Enter w");
    looks(&mut hall, one, "lobby");
    hall.press(FACILITATOR, "n Esc");
    looks(&mut hall, one, "collect_begin");
    hall.names(one, &["Roads under water", "Wells"]);
    looks(&mut hall, one, "collect_named");
    hall.press(other, "Enter Tab");
    hall.names(other, &["Who does what, where"]);
    hall.types(one, "who does what");
    looks(&mut hall, one, "collect");
    hall.press(one, "Ctrl-U Up Enter");
    looks(&mut hall, one, "rewords");
    hall.press(one, "Esc");
    hall.goes_on();
    looks(&mut hall, one, "merge");
    hall.goes_on();
    hall.is_in(Phase::Tag);
    looks(&mut hall, one, "tag");
    hall.press(one, "Down Down Space Enter");
    looks(&mut hall, one, "tag_handed");
    hall.press(FACILITATOR, "L");
    looks(&mut hall, one, "tag_closed");
    hall.press(FACILITATOR, "L");
    hall.goes_on_to(Phase::Rank).press(one, "Space Space");
    looks(&mut hall, one, "rank");
    hall.press(one, "Enter").press(other, "Space Enter");
    looks(&mut hall, one, "rank_handed");
    hall.goes_on();
    hall.is_in(Phase::Reveal).press(FACILITATOR, "r y A");
    looks(&mut hall, one, "reveal");
    hall.press(FACILITATOR, "r y A").press(one, "r");
    looks(&mut hall, one, "reveal_tags");
    hall.drops(other);
    let late = hall.joins(SMALL, Role::Participant, 3);
    hall.at(late).seat.language = language;
    hall.press(late, "c");
    looks(&mut hall, late, "code");
    hall.types(late, "0000 0009").press(late, "Enter");
    looks(&mut hall, late, "code_unknown");
    hall.press(late, "Enter Enter");
    looks(&mut hall, late, "reveal_late");
    hall.press(late, "f");
    looks(&mut hall, late, "late_ballot");
}

#[test]
fn on_a_small_screen_what_does_not_fit_is_scrolled_to_while_a_code_is_typed() {
    for language in [Language::Fr, Language::Es] {
        let (mut hall, _, _) = hall(language);
        hall.press(FACILITATOR, "Enter Enter n Esc");
        let late = hall.joins((50, 18), Role::Participant, 3);
        hall.at(late).seat.language = language;
        hall.press(late, "c");
        hall.types(late, "0000 0009").press(late, "Enter");
        hall.types(late, "7KQ4");
        let first = hall.at(late).text();
        hall.press(late, "PageDown");
        let shown = hall.at(late).text();
        insta::assert_snapshot!(format!("{}_code_read_to_its_end", language.tag()), shown);
        // Nothing lies below the end, and what was typed is still there.
        hall.press(late, "Down Down PageDown").sees(late, "7KQ4");
        assert_eq!(hall.at(late).text(), shown);
        hall.press(late, "Up");
        assert_ne!(hall.at(late).text(), shown, "the first step up is seen");
        hall.press(late, "PageUp");
        assert_eq!(hall.at(late).text(), first);
        // Another screen begins at its top.
        hall.press(late, "PageDown Esc");
        assert_eq!(hall.at(late).seat.own.scroll, 0);
    }
}

#[test]
fn what_a_participant_reads_in_french() {
    looks_all_through(Language::Fr);
}

#[test]
fn what_a_participant_reads_in_spanish() {
    looks_all_through(Language::Es);
}

#[test]
fn the_first_screen_names_the_other_languages() {
    let (mut hall, one, _) = hall(Language::En);
    hall.sees(one, "Ctrl-G Français, Español")
        .press(one, "Ctrl-G")
        .sees(one, "Bienvenue")
        .sees(one, "Ctrl-G Español, English")
        .press(one, "Ctrl-G")
        .sees(one, "Le damos la bienvenida")
        .sees(one, "Ctrl-G English, Français")
        .press(one, "Ctrl-G")
        .sees(one, "Welcome");
}

#[test]
fn another_language_in_the_middle_of_a_ballot_loses_nothing() {
    let (mut hall, one, other) = hall(Language::En);
    hall.press(FACILITATOR, "Enter Enter n Esc")
        .press(one, "Enter");
    hall.names(one, &["Roads under water", "Wells"])
        .types(one, "Langu")
        .press(one, "Ctrl-G")
        .sees(one, "Indispensable : Langu")
        .types(one, "ages")
        .press(one, "Enter")
        .sees(one, "! indispensable Languages")
        .sees(one, "C'est reçu.");
    hall.goes_on();
    hall.is_in(Phase::Tag)
        .press(one, "Down Space")
        .sees(one, "+ utile")
        .press(one, "Ctrl-G")
        .sees(one, "+ deseable")
        .sees(one, "Aún sin entregar: Intro lo entrega.")
        .press(one, "Enter")
        .sees(one, "Entregado: 2 × imprescindible, 1 × deseable.")
        .press(one, "Ctrl-G")
        .sees(one, "Handed in: 2 must, 1 nice.");
    // Each seat has its own.
    hall.press(other, "Enter").sees(other, "Not handed in yet");
}

#[test]
fn refusals_and_a_seat_that_was_left_speak_the_language_of_the_seat() {
    let (mut hall, one, _) = hall(Language::Es);
    hall.press(FACILITATOR, "Enter Enter n Esc")
        .press(one, "Enter Enter")
        .sees(one, "Escriba primero lo que necesita saber");
    hall.types(one, &"x".repeat(400))
        .press(one, "Enter")
        .sees(one, "caracteres como máximo");
    hall.press(FACILITATOR, "L");
    hall.press(one, "Ctrl-U")
        .types(one, "Wells")
        .press(one, "Enter")
        .sees(
            one,
            "Cerrado por ahora; quien facilita puede volver a abrir.",
        )
        .sees(one, "Imprescindible: Wells");
    let code = Token::from_random(1).code();
    let said = pim::live::socket::words(
        pim::live::attend::Farewell::Quit,
        Some(code.clone()),
        Language::Es,
    );
    assert_eq!(
        said,
        format!("Ha salido de la sala. Para volver a su voto: el código {code}.")
    );
}

#[test]
fn the_language_stays_when_the_room_goes_over_to_another_session() {
    let (mut hall, one, _) = hall(Language::Fr);
    hall.press(one, "Enter");
    let viewer = hall.at(one);
    viewer.send(pim::app::Msg::Moved);
    viewer.sees("Le facilitateur a ouvert une autre session");
    assert_eq!(viewer.seat.language, Language::Fr);
}

#[test]
fn the_facilitator_has_no_such_key() {
    let mut hall = Hall::new(SMALL);
    hall.press(FACILITATOR, "Ctrl-G 1 Ctrl-G");
    assert_eq!(hall.at(FACILITATOR).seat.language, Language::En);
}

#[test]
fn the_keys_of_a_seat_begin_with_what_the_seat_is_there_for() {
    let (mut hall, one, _) = hall(Language::En);
    hall.press(one, "Enter ?")
        .sees(one, "In the exercise")
        .sees(one, "Tag: must, nice, neither; Rank: next place")
        .sees_no(one, "Population")
        .press(one, "Esc Ctrl-G ?")
        .sees(one, "Dans l'exercice")
        .sees(one, "Échap retour");
}
