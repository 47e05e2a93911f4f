//! What a seat that is not the facilitator's can never do or see, whatever is pressed.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use pim::app::keymap::TABLE;
use pim::app::layer::Layer;
use pim::app::rights::allowed;
use pim::app::{Action, Effect, Key, Msg, key::Code, update, update::act};
use pim::content::Tab;
use pim::exercise::{self, Act, BallotKey, Phase, Token};
use pim::room::rights::{Deed, may};
use pim::room::{Command, Role};
use proptest::prelude::*;

use crate::support::Viewer;
use crate::support::hall::{FACILITATOR, Hall};

const SIZE: (u16, u16) = (80, 24);
const OTHERS: [Role; 3] = [Role::Participant, Role::Projector, Role::Reader];
/// What only the facilitator's screens say.
const SECRET: &str = "The driver knows the road";

/// A room in each phase, with a note that nobody else is to see.
fn rooms() -> Vec<pim::room::Room> {
    let mut hall = Hall::new(SIZE);
    hall.opens();
    hall.press(FACILITATOR, "1 n").types(FACILITATOR, SECRET);
    hall.press(FACILITATOR, "Ctrl-S 5");
    let mut rooms = vec![hall.room.clone()];
    hall.press(FACILITATOR, "Enter Enter w");
    rooms.push(hall.room.clone());
    hall.press(FACILITATOR, "n");
    hall.names(FACILITATOR, &["Roads", "Wells", "Schools"]);
    hall.press(FACILITATOR, "Esc");
    let voter = hall.joins(SIZE, Role::Participant, 8);
    hall.press(voter, "Enter");
    for _ in [
        Phase::Merge,
        Phase::Tag,
        Phase::Shortlist,
        Phase::Rank,
        Phase::Reveal,
        Phase::Match,
    ] {
        rooms.push(hall.room.clone());
        hall.press(voter, "Enter");
        hall.goes_on();
    }
    hall.is_in(Phase::Match);
    rooms.push(hall.room.clone());
    rooms
}

fn seat(room: &pim::room::Room, role: Role) -> Viewer {
    let mut viewer = Viewer::joined(SIZE, role, Some(Token::from_random(7)));
    viewer.room = room.clone();
    viewer
}

/// Nothing that the seat asks for, shows or has open is another's.
fn holds(viewer: &Viewer, effects: &[Effect], after: &str) {
    let seat = &viewer.seat;
    for effect in effects {
        assert!(allowed(seat.role, effect), "{after}: {effect:?}");
        if let Effect::Propose(command) = effect {
            is_own(seat.token.as_ref(), command, after);
        }
    }
    assert_ne!(seat.at.tab(), Tab::Notes, "{after}");
    assert!(seat.sheet.entry.is_none() && seat.sheet.question.is_none());
    assert!(
        !seat
            .layers
            .iter()
            .any(|one| matches!(one, Layer::Session(_) | Layer::Join { .. })),
        "{after}"
    );
    let text = viewer.text();
    assert!(!text.contains(SECRET), "{after}:\n{text}");
    assert!(!text.contains("1 note here"), "{after}:\n{text}");
}

/// A participant proposes with the own token only.
fn is_own(token: Option<&Token>, command: &Command, after: &str) {
    let token = token.unwrap();
    let Command::Exercise(exercise::Command::In(run, act)) = command else {
        panic!("{after}: {command:?}");
    };
    let claims: Vec<_> = (0..64).map(|n| token.claim(*run, n)).collect();
    match act {
        Act::Name { claim, .. } => assert!(claims.contains(&claim.unwrap())),
        Act::Reword { claim, .. } | Act::TakeBack { claim, .. } => {
            assert!(claims.contains(claim));
        }
        Act::HandIn { key, ballot, .. } => {
            assert!(matches!(key, BallotKey::Seat(_)) && *key == token.key());
            assert_eq!(ballot.people(), 1);
        }
        other => panic!("{after}: {other:?}"),
    }
}

#[test]
fn no_action_anywhere_leads_a_seat_out_of_its_rights() {
    let rooms = rooms();
    for role in OTHERS {
        for room in &rooms {
            for way in ["", "Enter"] {
                every_action(room, role, way);
            }
        }
        for way in ["1", "2 w a t e r", "3", "4", "7", "1 ?", "1 g", "1 t"] {
            every_action(&rooms[0], role, way);
        }
    }
}

/// Does every action where some keys have led.
fn every_action(room: &pim::room::Room, role: Role, way: &str) {
    let mut there = seat(room, role);
    there.press(way);
    let (start, went) = (there.seat.clone(), std::mem::take(&mut there.effects));
    holds(&there, &went, way);
    for action in Action::ALL {
        there.seat = start.clone();
        let mut effects = act(room, &mut there.seat, *action);
        effects.extend(update(room, &mut there.seat, Msg::Woke));
        if there.seat != start || !effects.is_empty() {
            let after = format!("{role:?} after {way:?}, {action:?}");
            holds(&there, &effects, &after);
        }
    }
}

#[test]
fn go_to_finds_no_note_for_a_seat_and_the_address_of_the_notes_leads_nowhere() {
    let room = rooms().remove(0);
    for role in OTHERS {
        let mut viewer = seat(&room, role);
        viewer.press("Esc 1 g").types("driver knows");
        viewer.sees_no("Note:").press("Esc g").types("notes");
        viewer.press("Enter");
        holds(&viewer, &[], "notes");
    }
}

#[test]
fn help_lists_only_what_a_seat_may_do() {
    let room = rooms().remove(0);
    for role in OTHERS {
        let mut viewer = seat(&room, role);
        viewer.seat.size = (120, 200);
        viewer.press("Esc ?");
        for forbidden in [
            "export",
            "erase",
            "teach Find",
            "suspend",
            "next phase",
            "agenda",
        ] {
            viewer.sees_no(forbidden);
        }
    }
}

#[test]
fn who_may_do_what() {
    let mut table = String::new();
    for deed in Deed::ALL {
        let all = Role::ALL.iter().filter(|role| may(**role, *deed));
        let all: Vec<&str> = all.map(|role| role.word()).collect();
        table.push_str(&format!("{deed:?}: {}\n", all.join(", ")));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn only_the_facilitator_may_do_what_is_the_facilitators() {
    for deed in Deed::ALL {
        let own = matches!(deed, Deed::SeeOwnBallot | Deed::TakePart);
        assert_eq!(may(Role::Facilitator, *deed), !own, "{deed:?}");
    }
}

fn key() -> impl Strategy<Value = Key> {
    let bound: Vec<Key> = TABLE
        .iter()
        .flat_map(|one| one.keys.iter().copied())
        .collect();
    prop_oneof![
        8 => proptest::sample::select(bound),
        2 => any::<char>().prop_map(Key::char),
        1 => proptest::sample::select(vec![
            Key::plain(Code::Backspace),
            Key::plain(Code::Delete),
            Key::ctrl('u'),
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_keys_lead_a_seat_out_of_its_rights(
        keys in proptest::collection::vec(key(), 1..60),
        role in proptest::sample::select(OTHERS.to_vec()),
        which in 0_usize..8,
    ) {
        static ROOMS: std::sync::OnceLock<Vec<pim::room::Room>> = std::sync::OnceLock::new();
        let rooms = ROOMS.get_or_init(rooms);
        let mut viewer = seat(&rooms[which % rooms.len()], role);
        for key in keys {
            viewer.send(Msg::Key(key));
            let effects = std::mem::take(&mut viewer.effects);
            holds(&viewer, &effects, &key.to_string());
        }
    }
}
