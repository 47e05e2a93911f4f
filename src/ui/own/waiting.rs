//! What a participant sees while there is nothing to do: welcome, before and between.

use crate::app::Seat;
use crate::app::own::{Back, attended};
use crate::exercise::{Exercise, Phase};
use crate::hints::{Hints, filled};
use crate::room::Room;
use crate::ui::scenario::ScenarioScene;

/// The first screen: what it is for, what is kept, how to come back, and the other languages.
pub(super) fn welcome(room: &Room, seat: &Seat) -> ScenarioScene {
    let hints = seat.hints();
    let said = &hints.welcome;
    let mut text = vec![
        said.purpose.clone(),
        said.kept.clone(),
        said.anonymous.clone(),
    ];
    text.extend(comes_back(room, seat));
    let mut keys: Vec<(&str, &str)> = vec![(&hints.keys.enter, &said.go_on)];
    if attended(room).is_some_and(|run| run.phase > Phase::Lobby) {
        keys.push(("c", &said.was_here));
    }
    keys.extend([
        ("Ctrl-C", said.leave.as_str()),
        ("Ctrl-G", &hints.keys.others),
    ]);
    ScenarioScene {
        title: said.title.clone(),
        ask: said.ask.clone(),
        text,
        keys,
        ascii: seat.look.ascii,
        ..ScenarioScene::default()
    }
}

/// A code is typed that leads back to an own seat.
pub(super) fn coming_back(seat: &Seat, back: &Back) -> ScenarioScene {
    let hints = seat.hints();
    let said = &hints.back;
    let mut text = Vec::new();
    if let Some(unknown) = &back.unknown {
        text.push(filled(&said.unknown, &[("code", unknown)]));
    }
    text.extend([said.where_it_stood.clone(), said.without.clone()]);
    let typed = &back.line;
    let does = if typed.is_empty() {
        &said.begin
    } else {
        &said.find
    };
    ScenarioScene {
        title: match back.unknown {
            Some(_) => said.title_unknown.clone(),
            None => said.title.clone(),
        },
        ask: said.ask.clone(),
        text,
        entry: Some((said.code.clone(), typed.text(), typed.before_cursor())),
        keys: vec![(&hints.keys.enter, does), ("Ctrl-C", &hints.welcome.leave)],
        ascii: seat.look.ascii,
        ..ScenarioScene::default()
    }
}

/// How the seat is found again after the line dropped.
fn comes_back(room: &Room, seat: &Seat) -> Option<String> {
    let said = &seat.hints().welcome;
    let code = seat.token.as_ref()?.code();
    Some(match line_back(room, &code) {
        Some(line) => filled(&said.back_line, &[("line", &line)]),
        None => filled(&said.back_code, &[("code", &code)]),
    })
}

/// What can be read meanwhile. The tabs keep their names: they stand on top of the screen.
fn meanwhile(hints: &'static Hints) -> Vec<(&'static str, &'static str)> {
    vec![
        ("1", &hints.waiting.matrix),
        ("2", &hints.waiting.find),
        ("3", "Process"),
        ("4", "Principles"),
        ("7", "Guide"),
        ("5", &hints.waiting.here),
        ("q", &hints.welcome.leave),
    ]
}

/// The line that leads back to the seat of a code.
pub(in crate::ui) fn line_back(room: &Room, code: &str) -> Option<String> {
    let live = room.live.as_ref()?;
    let mut doors = live.doors.iter();
    doors.find_map(|door| door.line_back(&live.code, code))
}

/// No exercise is held yet.
pub(super) fn nothing_yet(hints: &'static Hints) -> ScenarioScene {
    let said = &hints.waiting;
    ScenarioScene {
        title: said.title.clone(),
        ask: said.ask.clone(),
        text: vec![
            said.by_itself.clone(),
            said.then.clone(),
            said.meanwhile.clone(),
        ],
        keys: meanwhile(hints),
        ..ScenarioScene::default()
    }
}

/// The room does something in which a seat has no part.
pub(super) fn between(room: &Room, run: &Exercise, hints: &'static Hints) -> ScenarioScene {
    let said = &hints.waiting;
    let now = match run.phase {
        Phase::Lobby => &said.lobby,
        Phase::Merge => &said.merge,
        Phase::Shortlist => &said.shortlist,
        _ => &said.talk,
    };
    let next = match run.phase {
        Phase::Lobby => Some(&said.next_collect),
        Phase::Merge => Some(&said.next_tag),
        Phase::Shortlist => Some(&said.next_rank),
        _ => None,
    };
    let state = room.session.as_ref().filter(|_| attended(room).is_some());
    let brief = state.and_then(|state| state.exercises.brief(&run.scenario));
    let text = [
        Some(now.as_str()),
        brief,
        next.map(String::as_str),
        Some(&said.nothing),
    ];
    let text = text.into_iter().flatten().filter(|one| !one.is_empty());
    ScenarioScene {
        text: text.map(str::to_owned).collect(),
        keys: meanwhile(hints),
        ..ScenarioScene::default()
    }
}
