//! The outcome as tables, for spreadsheets.
//!
//! Owns the columns. Cells here are plain; the formats make them harmless.

use super::exercise;
use super::outcome::{Entry, Outcome, Section};
use crate::room::Answer;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Number(u64),
    /// A number with a fraction.
    Decimal(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(u64::from(number))
    }
}

/// A table with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name, which files and tabs bear.
    pub name: &'static str,
    /// What the columns are, and how wide a text in them is.
    pub columns: Vec<(String, u16)>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A table of some columns.
pub(super) fn sheet(name: &'static str, columns: &[(&str, u16)], rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = columns.iter();
    Sheet {
        name,
        columns: columns
            .map(|(name, width)| ((*name).to_owned(), *width))
            .collect(),
        rows,
    }
}

/// All tables of an outcome; notes are always there.
pub fn all(outcome: &Outcome) -> Vec<Sheet> {
    let mut sheets = vec![notes(outcome)];
    sheets.extend(
        [checklist(outcome), agenda(outcome)]
            .into_iter()
            .filter(|sheet| !sheet.rows.is_empty()),
    );
    sheets.extend(exercise::sheets::all(&outcome.exercises));
    sheets
}

fn notes(outcome: &Outcome) -> Sheet {
    let mut rows: Vec<(u64, Vec<Cell>)> = Vec::new();
    for section in &outcome.sections {
        let entries = section.entries.iter();
        rows.extend(entries.map(|entry| (entry.number, note(entry, Some(section)))));
    }
    let parking = outcome.parking.iter();
    rows.extend(parking.map(|entry| (entry.number, note(entry, None))));
    rows.sort_by_key(|(number, _)| *number);
    sheet(
        "notes",
        &[
            ("Number", 8),
            ("Kind", 14),
            ("Text", 60),
            ("Who", 20),
            ("By when", 16),
            ("Written", 17),
            ("Resolved", 17),
            ("Place", 36),
            ("Address", 40),
            ("Passage", 60),
            ("Source", 40),
        ],
        rows.into_iter().map(|(_, row)| row).collect(),
    )
}

fn note(entry: &Entry, section: Option<&Section>) -> Vec<Cell> {
    let quotes = section.map(|one| one.quotes.as_slice()).unwrap_or_default();
    let passages: Vec<String> = quotes.iter().map(|quote| quote.text.join("\n")).collect();
    let sources: Vec<&str> = quotes.iter().map(|quote| quote.source.as_str()).collect();
    vec![
        Cell::Number(entry.number),
        entry.kind.title().into(),
        entry.text.as_str().into(),
        entry.who.as_str().into(),
        entry.due.as_str().into(),
        entry.written.as_str().into(),
        entry.resolved.as_deref().unwrap_or_default().into(),
        entry.place.as_str().into(),
        entry.address.as_deref().unwrap_or_default().into(),
        Cell::Text(passages.join("\n\n")),
        Cell::Text(sources.join("\n")),
    ]
}

fn checklist(outcome: &Outcome) -> Sheet {
    let mut rows = Vec::new();
    for checklist in &outcome.checklists {
        for group in &checklist.groups {
            for line in &group.lines {
                let answer = line.answer.map_or("", Answer::title);
                rows.push(vec![
                    checklist.name.as_str().into(),
                    group.title.as_str().into(),
                    line.text.as_str().into(),
                    answer.into(),
                    line.note.as_str().into(),
                    line.address.as_str().into(),
                    group.source.as_str().into(),
                ]);
            }
        }
    }
    sheet(
        "checklist",
        &[
            ("System", 24),
            ("Part", 36),
            ("Line", 60),
            ("Answer", 14),
            ("Note", 40),
            ("Address", 40),
            ("Source", 40),
        ],
        rows,
    )
}

fn agenda(outcome: &Outcome) -> Sheet {
    let rows = outcome
        .agenda
        .iter()
        .map(|(title, minutes)| vec![title.as_str().into(), Cell::Number(u64::from(*minutes))]);
    sheet("agenda", &[("Item", 60), ("Minutes", 10)], rows.collect())
}
