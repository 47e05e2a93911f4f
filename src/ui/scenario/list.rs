//! The list of scenarios, with how far each has come.

use super::{Row, ScenarioScene};
use crate::app::Seat;
use crate::app::update::scenarios::{all, run_of};
use crate::exercise::Phase;
use crate::room::{Room, RoomState};

/// What happens after Enter, for who holds it for the first time.
const HOW: &str = "The room names the data it needs, marks what it must have, and sees which PIM \
    categories produce it: ten minutes the short way. The long way merges what is named twice and \
    ranks as well. How the meeting ran it: guide/must-have-nice-to-have.";

pub(super) fn list(room: &Room, state: &RoomState, seat: &Seat) -> ScenarioScene {
    let all = all(room, state);
    let chosen = all
        .iter()
        .position(|(id, _)| Some(id) == seat.sheet.scenario.as_ref())
        .unwrap_or_default();
    let rows = all.iter().map(|(id, title)| {
        let run = run_of(state, id);
        Row {
            text: title.clone(),
            tail: match run {
                Some(run) if run.phase == Phase::Done => "done".to_owned(),
                Some(run) => run.phase.title().to_owned(),
                None => String::new(),
            },
            ..Row::default()
        }
    });
    ScenarioScene {
        title: "Must have, nice to have: by scenario".to_owned(),
        ask: Phase::Lobby.question().to_owned(),
        rows: rows.collect(),
        chosen: Some(chosen),
        text: vec![
            format!("-- The scenarios: {}\n", super::lobby::named_by(room)),
            HOW.to_owned(),
        ],
        keys: vec![
            ("Enter", "go to it"),
            ("i", "add one"),
            ("c", "side by side"),
        ],
        ..ScenarioScene::default()
    }
}
