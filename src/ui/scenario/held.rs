//! The sheets beside a phase: how the exercise is held, and the list of starters.

use super::{Row, ScenarioScene};
use crate::app::choice::Choice;
use crate::app::sheet::Sheet;
use crate::app::update::scenarios::offered;
use crate::exercise::Exercise;
use crate::room::Room;

pub(super) fn settings(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let rows = Choice::ALL.iter().map(|choice| Row {
        text: choice.title().to_owned(),
        tail: choice.value(&run.settings),
        ..Row::default()
    });
    ScenarioScene {
        ask: "How do you hold this exercise?".to_owned(),
        rows: rows.collect(),
        chosen: Choice::ALL.iter().position(|one| *one == sheet.choice),
        text: vec![sheet.choice.meaning().to_owned()],
        keys: vec![
            ("Up Down", "choose"),
            ("Left Right", "change"),
            ("Esc", "back to the exercise"),
        ],
        ..ScenarioScene::default()
    }
}

pub(super) fn starters(room: &Room, run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let first = Row {
        text: "One from each category".to_owned(),
        ..Row::default()
    };
    let offered = offered(room);
    let on_wall = |text: &str| {
        let mut items = run.items.values().filter(|one| one.is_shown());
        items.any(|one| one.is_starter() && one.words() == text)
    };
    let rows = offered.iter().map(|one| Row {
        sign: if on_wall(one.text()) { "*" } else { "" }.to_owned(),
        text: one.text().to_owned(),
        tail: room.content.category(one.category()).code.clone(),
        ..Row::default()
    });
    let whole = sheet.starter.checked_sub(1).and_then(|at| offered.get(at));
    ScenarioScene {
        ask: "Starters are words of the Output rows; on the wall they are marked as such."
            .to_owned(),
        text: whole.map(|one| one.text().to_owned()).into_iter().collect(),
        rows: std::iter::once(first).chain(rows).collect(),
        chosen: Some(sheet.starter),
        keys: vec![
            ("Up Down", "choose"),
            ("Enter", "put on the wall (*)"),
            ("Esc", "back"),
        ],
        ..ScenarioScene::default()
    }
}
