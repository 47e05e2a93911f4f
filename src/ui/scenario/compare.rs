//! Scenarios side by side.

use super::{Row, ScenarioScene};
use crate::exercise::Exercise;
use crate::exercise::compare::{Column, Line, scenarios};
use crate::exercise::results::{Label, Outcome};
use crate::room::RoomState;

pub(super) fn compare(state: &RoomState) -> ScenarioScene {
    let mut seen = Vec::new();
    let mut runs: Vec<&Exercise> = state.exercises.runs.values().rev().collect();
    runs.retain(|run| {
        let first = !seen.contains(&&run.scenario);
        seen.push(&run.scenario);
        first
    });
    runs.reverse();
    let outcomes: Vec<Outcome> = runs.iter().map(|run| state.ballots.outcome(run)).collect();
    let columns: Vec<Column<'_>> = runs
        .iter()
        .zip(&outcomes)
        .map(|(run, outcome)| Column {
            run,
            labels: &outcome.labels,
            tagging: outcome.tagging.as_ref(),
        })
        .collect();
    let found = scenarios(&state.exercises, &columns);
    let mut lines: Vec<&Line> = found.lines.iter().collect();
    lines.sort_by_key(|line| (!line.is_must_in_all(), !line.moves()));
    let rows = lines.iter().map(|line| Row {
        sign: if line.is_must_in_all() {
            "! all".to_owned()
        } else {
            String::new()
        },
        text: line.words.clone(),
        tail: line.cells.iter().fold(String::new(), |tail, cell| {
            let label = cell.as_ref().map(|cell| cell.label);
            let word = match label {
                None => ".",
                Some(Some(Label::Must)) => "!must",
                Some(Some(Label::Nice)) => "+nice",
                Some(Some(Label::Level)) => "=both",
                Some(_) => "-",
            };
            format!("{tail}{word:>6}")
        }),
        ..Row::default()
    });
    let names = (1..)
        .zip(&runs)
        .map(|(number, run)| format!("{number} {}", run.title.as_deref().unwrap_or("(erased)")));
    let names: Vec<String> = names.collect();
    ScenarioScene {
        title: "Scenarios side by side".to_owned(),
        ask: "What is must have in all of them, and what moves?".to_owned(),
        heads: (1..=runs.len()).fold(String::new(), |heads, number| format!("{heads}{number:>6}")),
        rows: rows.collect(),
        text: vec![if names.is_empty() {
            "No exercise was held yet.".to_owned()
        } else {
            names.join("; ")
        }],
        keys: vec![("Esc", "back")],
        ..ScenarioScene::default()
    }
}
