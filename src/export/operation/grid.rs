//! The Matrix as people know it: categories across, criteria down.
//!
//! Owns what stands in a cell of the table: each passage with its status and source, the
//! operation's own texts marked as such, older wordings left to the program. The sources of
//! a cell go with it wherever the table goes.

use super::Shown;
use crate::content::{CategoryId, CriterionId, Passage, Piece, Status};
use crate::operation::{Own, System};

/// A cell.
pub(super) struct Square {
    pub(super) text: String,
    pub(super) locked: bool,
}

/// A row with its heading.
pub(super) struct Line {
    pub(super) title: String,
    pub(super) cells: Vec<Square>,
}

/// The table.
pub(super) struct Grid {
    pub(super) lines: Vec<Line>,
    pub(super) heads: Vec<String>,
}

/// What stands before the operation's own text.
const OURS: &str = "[This operation]";
/// A spreadsheet holds no more characters in a cell.
const MOST: usize = 32_000;

impl Grid {
    pub(super) fn of(shown: &Shown) -> Self {
        let heads = CategoryId::ALL.iter();
        let heads = heads.map(|one| shown.content.category(*one).title.clone());
        let mut lines = vec![line("Systems in this operation", |category| {
            systems(shown, category)
        })];
        for row in CriterionId::ROWS {
            let title = &shown.content.criterion(*row).title;
            lines.push(Line {
                title: title.clone(),
                cells: each(|category| square(shown, category, *row)),
            });
        }
        for row in &shown.operation.rows {
            lines.push(line(&row.title, |category| {
                row.cells.get(&category).map(ours).unwrap_or_default()
            }));
        }
        Self {
            lines,
            heads: heads.collect(),
        }
    }

    /// The table as plain records; locked cells say so in words.
    pub(super) fn records(&self) -> Vec<Vec<String>> {
        let mut all = vec![[vec![String::new()], self.heads.clone()].concat()];
        for line in &self.lines {
            let cells = line.cells.iter().map(Square::said);
            all.push([vec![line.title.clone()], cells.collect()].concat());
        }
        all
    }
}

impl Square {
    /// The text, with a word where it is locked.
    pub(super) fn said(&self) -> String {
        if self.locked {
            format!("{LOCKED}\n{}", self.text)
        } else {
            self.text.clone()
        }
    }
}

/// The word in front of what nobody changes.
pub(in crate::export) const LOCKED: &str = "[locked]";

fn each(square: impl Fn(CategoryId) -> Square) -> Vec<Square> {
    CategoryId::ALL.iter().map(|one| square(*one)).collect()
}

fn line(title: &str, text: impl Fn(CategoryId) -> String) -> Line {
    Line {
        title: title.to_owned(),
        cells: each(|category| Square {
            text: bounded(text(category)),
            locked: false,
        }),
    }
}

fn systems(shown: &Shown, category: CategoryId) -> String {
    let some = shown.operation.under(category);
    let lines: Vec<String> = some.map(one_line).collect();
    lines.join("\n")
}

fn one_line(system: &System) -> String {
    format!(
        "{} ({}, {})",
        system.name,
        system.who(),
        system.status.title()
    )
}

fn square(shown: &Shown, category: CategoryId, row: CriterionId) -> Square {
    let content = &shown.content;
    let cell = content.cell(category, row);
    let adapted = shown.operation.adapted(category, row);
    let endorsed = shown
        .operation
        .endorsed
        .get(&category)
        .filter(|_| row == CriterionId::Definition);
    let mut parts: Vec<String> = Vec::new();
    if let Some(one) = endorsed {
        parts.push(format!(
            "{}\n(Agreed. {}, {})",
            one.text, one.document, one.section
        ));
    }
    let passages = cell
        .passages
        .iter()
        .filter(|one| one.status != Status::Superseded);
    for passage in passages.filter(|_| endorsed.is_none()) {
        let changed = adapted.and_then(|cell| cell.changed.iter().find(|one| one.id == passage.id));
        let hidden = adapted.is_some_and(|cell| cell.hidden.contains(&passage.id));
        match changed {
            _ if hidden => {}
            Some(own) => parts.push(ours(own)),
            None => parts.push(shipped(shown, passage)),
        }
    }
    parts.extend(adapted.iter().flat_map(|cell| cell.added.iter().map(ours)));
    if parts.is_empty() && cell.passages.is_empty() {
        parts.push("(open)".to_owned());
    }
    Square {
        text: bounded(parts.join("\n\n")),
        locked: content.is_locked(category, row),
    }
}

fn ours(own: &Own) -> String {
    format!("{OURS} {}", own.text)
}

fn shipped(shown: &Shown, passage: &Passage) -> String {
    let lines: Vec<String> = passage
        .body
        .iter()
        .map(|piece| match piece {
            Piece::Item(text) => format!("- {text}"),
            Piece::SubItem(text) => format!("  - {text}"),
            Piece::Para(text) | Piece::Head(text) => text.clone(),
        })
        .collect();
    let cited = shown.content.cite(&passage.origin);
    format!("{}\n({}. {cited})", lines.join("\n"), passage.status)
}

/// A text that fits a cell of a spreadsheet; what is cut is said.
fn bounded(text: String) -> String {
    if text.chars().count() <= MOST {
        return text;
    }
    let cut: String = text.chars().take(MOST).collect();
    format!("{cut}\n[cut here: a spreadsheet holds no more in a cell]")
}
