//! The list that every phase begins with: the items, numbered.

use super::{Row, ScenarioScene};
use crate::app::sheet::Sheet;
use crate::app::update::scenarios::chosen;
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, Item};

pub(super) fn row(run: &Exercise, one: &Candidate, number: usize) -> Row {
    let mut text = one.words.clone();
    if run.item(one.id).is_some_and(Item::is_starter) {
        text.push_str(" (starter)");
    }
    if one.members.len() > 1 {
        text.push_str(&format!(" ({} together)", one.members.len()));
    }
    Row {
        lead: number.to_string(),
        text,
        ..Row::default()
    }
}

pub(super) fn base(run: &Exercise, sheet: &Sheet) -> (Vec<Candidate>, ScenarioScene) {
    let candidates = run.candidates();
    let item = chosen(run, sheet);
    let scene = ScenarioScene {
        rows: (1..)
            .zip(&candidates)
            .map(|(n, one)| row(run, one, n))
            .collect(),
        chosen: candidates.iter().position(|one| Some(one.id) == item),
        ..ScenarioScene::default()
    };
    (candidates, scene)
}
