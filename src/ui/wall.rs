//! What the projector shows of the exercise.
//!
//! Owns the presenter's view: question, items, counters, time, results as far as they were
//! revealed. No key, no selection and nobody's ballot stands on the wall.

use super::scenario::{self, Row, ScenarioScene};
use crate::app::Seat;
use crate::app::own::{attended, revealed};
use crate::exercise::{Exercise, Phase};
use crate::hints::{Language, hints};
use crate::room::{Room, Wall};

/// What a projector's seat sees.
pub(super) fn scene(room: &Room, seat: &Seat) -> ScenarioScene {
    let joins = room
        .live
        .as_ref()
        .filter(|live| live.wall != Wall::Exercise);
    let mut scene = match (joins, attended(room)) {
        (Some(live), _) => super::join::scene(live),
        (None, Some(run)) => of_run(room, run),
        (None, None) => ScenarioScene {
            title: "The exercise has not begun.".to_owned(),
            ..ScenarioScene::default()
        },
    };
    scene.ascii = seat.look.ascii;
    scene
}

fn of_run(room: &Room, run: &Exercise) -> ScenarioScene {
    let result = revealed(run).filter(|_| run.phase >= Phase::Reveal && run.phase.vote().is_none());
    let mut scene = match result {
        Some(vote) => scenario::shown(room, run, vote, hints(Language::En)),
        None => items(room, run),
    };
    scene.title = scenario::title(run);
    scene.status = scenario::status(room, run, run.phase.vote().or(result));
    if scene.ask.is_empty() {
        run.phase.question().clone_into(&mut scene.ask);
    }
    scene
}

/// The items as they were named; the newest is seen while they come in.
fn items(room: &Room, run: &Exercise) -> ScenarioScene {
    let state = room.session.as_ref();
    let brief = state.and_then(|state| state.exercises.brief(&run.scenario));
    let listed = match run.phase {
        Phase::Lobby => Vec::new(),
        Phase::Rank | Phase::Rerank => run.ranked(),
        _ => run.candidates(),
    };
    let rows: Vec<Row> = listed
        .into_iter()
        .map(|one| Row {
            text: one.words,
            ..Row::default()
        })
        .collect();
    ScenarioScene {
        scroll: if run.phase == Phase::Collect {
            rows.len()
        } else {
            0
        },
        rows,
        text: brief
            .filter(|_| run.phase == Phase::Lobby)
            .map(str::to_owned)
            .into_iter()
            .collect(),
        ..ScenarioScene::default()
    }
}
