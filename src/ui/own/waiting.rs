//! What a participant sees while there is nothing to do: welcome, before and between.

use crate::app::Seat;
use crate::app::own::{Back, attended};
use crate::exercise::{Exercise, Phase};
use crate::room::Room;
use crate::ui::scenario::ScenarioScene;

/// The first screen: what it is for, what is kept, how to come back.
pub(super) fn welcome(room: &Room, seat: &Seat) -> ScenarioScene {
    let mut text = vec![
        "What it is for: the room finds out which data and information it needs, and what of it \
         is must have. The result is the room's, not a person's."
            .to_owned(),
        "What is kept: what you name, in your words, and counts. Nobody asks or keeps your name. \
         It stays on the facilitator's computer until the facilitator wipes it."
            .to_owned(),
        "Your ballot is anonymous to the room, not against whoever runs the host.".to_owned(),
    ];
    text.extend(comes_back(room, seat));
    let mut keys = vec![("Enter", "go on"), ("Ctrl-C", "leave")];
    if attended(room).is_some_and(|run| run.phase > Phase::Lobby) {
        keys.insert(1, ("c", "I was here before"));
    }
    ScenarioScene {
        title: "Welcome".to_owned(),
        ask: "Press Enter to go on.".to_owned(),
        text,
        keys,
        ascii: seat.look.ascii,
        ..ScenarioScene::default()
    }
}

/// A code is typed that leads back to an own seat.
pub(super) fn coming_back(seat: &Seat, back: &Back) -> ScenarioScene {
    let mut text = Vec::new();
    if let Some(unknown) = &back.unknown {
        text.push(format!(
            "No seat of this room has the code {unknown}. Perhaps a letter of it is wrong. Nothing \
             is lost: what you handed in is there, under its own code."
        ));
    }
    text.extend(
        [
            "Your code stood at the bottom of your screen: eight letters and digits. Capitals and \
             hyphens do not matter.",
            "Without it: Enter alone begins a new ballot. If you had handed one in, tell the \
             facilitator, so that you are not counted twice.",
        ]
        .map(str::to_owned),
    );
    let typed = &back.line;
    ScenarioScene {
        title: match back.unknown {
            Some(_) => "This code is not known here",
            None => "Back to your own seat",
        }
        .to_owned(),
        ask: "Type your own code, then press Enter.".to_owned(),
        text,
        entry: Some(("Code".to_owned(), typed.text(), typed.before_cursor())),
        keys: if typed.is_empty() {
            vec![("Enter", "begin a new ballot"), ("Ctrl-C", "leave")]
        } else {
            vec![("Enter", "find my seat"), ("Ctrl-C", "leave")]
        },
        ascii: seat.look.ascii,
        ..ScenarioScene::default()
    }
}

/// How the seat is found again after the line dropped.
fn comes_back(room: &Room, seat: &Seat) -> Option<String> {
    let code = seat.token.as_ref()?.code();
    Some(match line_back(room, &code) {
        Some(line) => format!("If the line drops, come back with: {line}"),
        None => format!("If the line drops, this code brings you back: {code}"),
    })
}

const MEANWHILE: &[(&str, &str)] = &[
    ("1", "read the Matrix"),
    ("2", "find"),
    ("3", "Process"),
    ("4", "Principles"),
    ("7", "Guide"),
    ("5", "back here"),
    ("q", "leave"),
];

/// The line that leads back to the seat of a code.
pub(in crate::ui) fn line_back(room: &Room, code: &str) -> Option<String> {
    let live = room.live.as_ref()?;
    let mut doors = live.doors.iter();
    doors.find_map(|door| door.line_back(&live.code, code))
}

/// No exercise is held yet.
pub(super) fn nothing_yet() -> ScenarioScene {
    ScenarioScene {
        title: "You are in.".to_owned(),
        ask: "The exercise has not begun. There is nothing to do yet.".to_owned(),
        text: vec![
            "This screen changes by itself when the facilitator begins.".to_owned(),
            "Then you say in your own words which data and information you need, mark what is \
             must have and what is nice to have, perhaps put it in order, and see what the room \
             said."
                .to_owned(),
            "Meanwhile you can read the framework: press 1 for the Matrix, 5 to come back here."
                .to_owned(),
        ],
        keys: MEANWHILE.to_vec(),
        ..ScenarioScene::default()
    }
}

/// The room does something in which a seat has no part.
pub(super) fn between(room: &Room, run: &Exercise) -> ScenarioScene {
    let now = match run.phase {
        Phase::Lobby => "Everybody arrives. The facilitator says what it is about.",
        Phase::Merge => "The room puts together what means the same. Look at the wall.",
        Phase::Shortlist => "The room chooses what is put in order. Look at the wall.",
        _ => "The room talks. Look at the wall.",
    };
    let next = match run.phase {
        Phase::Lobby => "Next you name what you need.",
        Phase::Merge => "Next you mark what is must have and what is nice to have.",
        Phase::Shortlist => "Next you put it in order.",
        _ => "",
    };
    let state = room.session.as_ref().filter(|_| attended(room).is_some());
    let brief = state.and_then(|state| state.exercises.brief(&run.scenario));
    let waits = "There is nothing to press now; this screen changes by itself.";
    let text = [Some(now), brief, Some(next), Some(waits)];
    ScenarioScene {
        text: text
            .into_iter()
            .flatten()
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect(),
        keys: MEANWHILE.to_vec(),
        ..ScenarioScene::default()
    }
}
