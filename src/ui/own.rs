//! What a participant sees of the exercise.
//!
//! Owns the words for somebody who never saw a terminal program: what is asked, what to press
//! next, what became of what was handed in. Shows the own entries and the own ballot, and of
//! everybody else's what the wall shows: numbers until the reveal, then results as far as they
//! are revealed. Start at [`scene`].

mod ballot;
mod collect;
mod waiting;

use super::scenario::{self, ScenarioScene};
use crate::app::Seat;
use crate::app::own::{Voice, attended, revealed};
use crate::exercise::{Exercise, Phase, Vote};
use crate::hints::Hints;
use crate::room::Room;
pub(super) use waiting::line_back;

/// What a participant's seat sees.
pub(super) fn scene(room: &Room, seat: &Seat) -> ScenarioScene {
    ScenarioScene {
        language: seat.language,
        ..of_seat(room, seat)
    }
}

fn of_seat(room: &Room, seat: &Seat) -> ScenarioScene {
    let mut scene = match attended(room) {
        _ if seat.own.back.is_some() || !seat.own.greeted => before(room, seat),
        None => read(seat, waiting::nothing_yet(seat.hints())),
        Some(run) => {
            let mut scene = of_run(room, seat, run);
            scene.title = scenario::title(run);
            scene.status = scenario::status_in(seat.hints(), room, run, vote(seat, run));
            if scene.ask.is_empty() {
                seat.hints()
                    .questions
                    .of(run.phase)
                    .clone_into(&mut scene.ask);
            }
            scene
        }
    };
    scene.ascii = seat.look.ascii;
    scene
}

/// What stands before the exercise: the first screen, or the line for a code.
fn before(room: &Room, seat: &Seat) -> ScenarioScene {
    let scene = match &seat.own.back {
        Some(back) => waiting::coming_back(seat, back),
        None => waiting::welcome(room, seat),
    };
    read(seat, scene)
}

/// A scene with a text that keys scroll.
fn read(seat: &Seat, scene: ScenarioScene) -> ScenarioScene {
    ScenarioScene {
        scroll: seat.own.scroll,
        more: &seat.hints().keys.more_below,
        ..scene
    }
}

/// What the counters are about.
fn vote(seat: &Seat, run: &Exercise) -> Option<Vote> {
    let voice = Voice::of(run, &seat.own).map(|voice| voice.vote);
    voice.or_else(|| revealed(run).filter(|_| run.phase >= Phase::Reveal))
}

fn of_run(room: &Room, seat: &Seat, run: &Exercise) -> ScenarioScene {
    if let Some(voice) = Voice::of(run, &seat.own) {
        return ballot::scene(room, seat, run, voice);
    }
    match run.phase {
        Phase::Collect => collect::scene(room, seat, run),
        Phase::Reveal | Phase::Match | Phase::Done => result(room, seat, run),
        _ => read(seat, waiting::between(room, run, seat.hints())),
    }
}

/// The result as the wall shows it, and around it what this seat can do.
fn result(room: &Room, seat: &Seat, run: &Exercise) -> ScenarioScene {
    let hints = seat.hints();
    let said = &hints.result;
    let newest = revealed(run);
    let other = newest.map(|vote| match vote {
        Vote::Tag => Vote::Rank,
        Vote::Rank => Vote::Tag,
    });
    let other = other.filter(|vote| run.sealed_round(*vote).is_some());
    let vote = other.filter(|_| seat.own.other).or(newest);
    let mut scene = match vote {
        Some(vote) => scenario::shown(room, run, vote, hints),
        None => waiting::between(room, run, hints),
    };
    scene = read(seat, scene);
    scene.keys = vec![(hints.keys.up_down.as_str(), said.scroll.as_str())];
    if other.is_some() {
        scene.keys.push(("r", &said.other));
    }
    if let Some(missed) = newest.and_then(|vote| missed(seat, run, vote, hints)) {
        scene.text.push(missed.to_owned());
        if run.phase != Phase::Done {
            scene.keys.push(("f", &said.fill_in));
        }
    }
    if run.phase == Phase::Done {
        scene.text.push(said.over.clone());
    }
    scene.keys.push(("1", &hints.waiting.matrix));
    scene
}

/// What is said to a seat that was not in a round.
fn missed(seat: &Seat, run: &Exercise, vote: Vote, hints: &'static Hints) -> Option<&'static str> {
    let round = run.sealed_round(vote)?;
    let id = run.round_id(round);
    if seat.own.handed.contains_key(&id.next()) {
        return Some(&hints.result.waits);
    }
    if seat.own.handed.contains_key(&id) || run.phase == Phase::Done {
        return None;
    }
    Some(if seat.own.again {
        &hints.result.came_back
    } else {
        &hints.result.missed
    })
}
