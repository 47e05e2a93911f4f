//! The scenarios side by side.

use super::{heading, para};
use crate::exercise::compare::{Cell, Comparison, Line};
use crate::export::blocks::Block;
use crate::export::exercise::{Exercises, Run};

pub(super) fn compared(blocks: &mut Vec<Block>, all: &Exercises, found: &Comparison) {
    heading(blocks, 3, "Scenarios side by side");
    para(blocks, &in_all(found));
    let mut head = vec!["Item".to_owned()];
    head.extend(names(all, found));
    let mut lines: Vec<&Line> = found.lines.iter().collect();
    lines.sort_by_key(|line| (!line.is_must_in_all(), !line.moves()));
    let rows = lines.iter().map(|line| {
        let cells = cells_of(all, found, line);
        std::iter::once(line.words.clone()).chain(cells).collect()
    });
    blocks.push(Block::Table(head, rows.collect()));
    para(blocks, &alike(all, found));
    table_of_all(blocks, found);
}

/// What the scenarios of a comparison are called, in its order.
pub(in crate::export::exercise) fn names(all: &Exercises, found: &Comparison) -> Vec<String> {
    let runs = found.runs.iter().filter_map(|id| all.run(*id));
    runs.map(Run::name).collect()
}

fn in_all(found: &Comparison) -> String {
    let must: Vec<&str> = found.must_in_all().map(|one| one.words.as_str()).collect();
    let must = match must.as_slice() {
        [] => "Nothing is must have in every scenario.".to_owned(),
        some => format!("Must have in every scenario: {}.", some.join("; ")),
    };
    match found.moving().count() {
        0 => format!("{must} Nothing moves between them."),
        1 => format!("{must} 1 item moves between them."),
        n => format!("{must} {n} items move between them."),
    }
}

/// What is said of an item in each scenario.
pub(in crate::export::exercise) fn cells_of<'a>(
    all: &'a Exercises,
    found: &'a Comparison,
    line: &'a Line,
) -> impl Iterator<Item = String> + 'a {
    let runs = found.runs.iter().map(|id| all.run(*id));
    let cells = runs.zip(&line.cells);
    cells.map(|(run, cell)| match (run, cell) {
        (Some(run), Some(cell)) => said(run, cell),
        _ => "not named".to_owned(),
    })
}

fn said(run: &Run, cell: &Cell) -> String {
    let word = run.word(cell.label);
    match (cell.must, cell.place) {
        (Some((must, of)), Some(place)) => format!("{word}, {must} of {of}, place {place}"),
        _ => word.to_owned(),
    }
}

fn alike(all: &Exercises, found: &Comparison) -> String {
    let name = |id| all.run(id).map_or_else(String::new, Run::name);
    let said = found.tau_b.iter().filter_map(|((one, other), tau)| {
        let (one, other, tau) = (name(*one), name(*other), (*tau)?);
        Some(format!("{one} and {other} {tau:.2}"))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return String::new();
    }
    format!(
        "How far the orders by must have agree, over the items of both (Kendall's tau-b; 1 is the \
         same order, \u{2212}1 the reverse): {}.",
        said.join("; ")
    )
}

fn table_of_all(blocks: &mut Vec<Block>, found: &Comparison) {
    let rows: Vec<Vec<String>> = found
        .all_scenarios()
        .into_iter()
        .map(|(place, line)| {
            let (must, of) = line.must();
            vec![
                place.to_string(),
                line.words.clone(),
                format!("{must} of {of}"),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    para(
        blocks,
        "All scenarios: must have, over everybody who tagged in any of them. Who took part in \
         several counts in each.",
    );
    let head = ["Place", "Item", "Must"].map(str::to_owned).to_vec();
    blocks.push(Block::Table(head, rows));
}
