//! The outcome document as a row of blocks, which Markdown and HTML both draw.
//!
//! Owns what is said in which order. Texts here are plain: each format escapes them.

use super::exercise::text;
use super::outcome::{Checklist, Entry, Group, Line, Outcome, Section};
use crate::room::{Answer, NoteKind};

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of the whole document.
    Title(String),
    /// A heading: 2 for a part, 3 for what is in it, 4 below that.
    Heading(u8, String),
    /// A paragraph; line feeds are kept.
    Para(String),
    /// Small print: sources, addresses.
    Small(String),
    /// A quoted passage, a piece each, with its source.
    Quote(Vec<String>, String),
    /// Something that people wrote: what it is, the text, what is said about it.
    Item(String, String, Vec<String>),
    /// A table: head and rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A table with a bar in each row, where a format can draw one.
    Bars {
        /// The head; the bars have none.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Bar>,
        /// What the bars show.
        legend: String,
    },
}

/// A row with a bar. All bars of a table are of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The cells.
    pub cells: Vec<String>,
    /// The parts of the bar, one after the other.
    pub parts: Vec<(Shade, u64)>,
    /// What a full bar stands for.
    pub all: u64,
}

/// How a part of a bar is drawn: told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// All of it.
    Full,
    /// With stripes.
    Striped,
}

/// The outcome document.
pub fn outcome(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(outcome))];
    let about: Vec<&str> = [&outcome.date, &outcome.place]
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    if !about.is_empty() {
        blocks.push(Block::Para(about.join(", ")));
    }
    agenda(&mut blocks, outcome);
    list(
        &mut blocks,
        "Decisions",
        &outcome.of_kind(NoteKind::Decision),
    );
    actions(&mut blocks, &outcome.of_kind(NoteKind::ActionPoint));
    text::results(&mut blocks, &outcome.exercises);
    by_place(&mut blocks, &outcome.sections);
    let parking: Vec<&Entry> = outcome.parking.iter().collect();
    list(&mut blocks, "Parking lot", &parking);
    checklists(&mut blocks, &outcome.checklists);
    text::annex(&mut blocks, &outcome.exercises);
    if blocks.len() <= 2 {
        blocks.push(Block::Para("Nothing was noted in this session.".to_owned()));
    }
    blocks
}

fn title(outcome: &Outcome) -> String {
    if outcome.title.is_empty() {
        "Outcome of a PIM workshop".to_owned()
    } else {
        outcome.title.clone()
    }
}

fn heading(blocks: &mut Vec<Block>, level: u8, text: &str) {
    blocks.push(Block::Heading(level, text.to_owned()));
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.into_iter().map(str::to_owned).collect()
}

fn agenda(blocks: &mut Vec<Block>, outcome: &Outcome) {
    if outcome.agenda.is_empty() {
        return;
    }
    heading(blocks, 2, "Agenda");
    let rows = outcome.agenda.iter();
    let rows = rows.map(|(title, minutes)| row([title, &minutes.to_string()]));
    blocks.push(Block::Table(row(["Item", "Minutes"]), rows.collect()));
}

fn list(blocks: &mut Vec<Block>, title: &str, entries: &[&Entry]) {
    if entries.is_empty() {
        return;
    }
    heading(blocks, 2, title);
    for entry in entries {
        let mut details = details(entry);
        details.push(format!("On: {}", entry.place));
        let mark = format!("{} {}", entry.kind.title(), entry.number);
        blocks.push(Block::Item(mark, entry.text.clone(), details));
    }
}

fn actions(blocks: &mut Vec<Block>, entries: &[&Entry]) {
    if entries.is_empty() {
        return;
    }
    heading(blocks, 2, "Action points");
    let rows = entries.iter().map(|entry| {
        let state = match &entry.resolved {
            Some(at) => format!("resolved {at}"),
            None => "open".to_owned(),
        };
        let number = entry.number.to_string();
        row([&number, &entry.text, &entry.who, &entry.due, &state])
    });
    let head = row(["No.", "What", "Who", "By when", "State"]);
    blocks.push(Block::Table(head, rows.collect()));
}

fn details(entry: &Entry) -> Vec<String> {
    let mut details = Vec::new();
    if !entry.who.is_empty() {
        details.push(format!("Who: {}", entry.who));
    }
    if !entry.due.is_empty() {
        details.push(format!("By when: {}", entry.due));
    }
    if let Some(at) = &entry.resolved {
        details.push(format!("Resolved: {at}"));
    }
    details
}

fn by_place(blocks: &mut Vec<Block>, sections: &[Section]) {
    if sections.is_empty() {
        return;
    }
    heading(blocks, 2, "Notes by place");
    for section in sections {
        heading(blocks, 3, &section.title);
        if let Some(address) = &section.address {
            blocks.push(Block::Small(address.clone()));
        }
        for quote in &section.quotes {
            blocks.push(Block::Quote(quote.text.clone(), quote.source.clone()));
        }
        for entry in &section.entries {
            let mark = format!("{} {}", entry.kind.title(), entry.number);
            blocks.push(Block::Item(mark, entry.text.clone(), details(entry)));
        }
    }
}

fn checklists(blocks: &mut Vec<Block>, checklists: &[Checklist]) {
    if checklists.is_empty() {
        return;
    }
    heading(blocks, 2, "Checklists");
    for checklist in checklists {
        heading(blocks, 3, &checklist.name);
        blocks.push(Block::Para(progress(checklist)));
        for group in &checklist.groups {
            group_lines(blocks, group);
        }
    }
}

fn progress(checklist: &Checklist) -> String {
    let progress = checklist.progress;
    if progress.lines == 0 {
        return "No sub-steps are chosen yet.".to_owned();
    }
    format!(
        "{} of {} answered: {} done, {} to do, {} do not apply.",
        progress.answered(),
        progress.lines,
        progress.done,
        progress.to_do,
        progress.does_not_apply,
    )
}

/// The lines at which something is said; the others are counted.
fn group_lines(blocks: &mut Vec<Block>, group: &Group) {
    let is_said = |line: &&Line| line.answer.is_some() || !line.note.is_empty();
    let said: Vec<&Line> = group.lines.iter().filter(is_said).collect();
    if said.is_empty() {
        return;
    }
    heading(blocks, 4, &group.title);
    for line in &said {
        let answer = line.answer.map_or("not answered", Answer::title);
        let notes = Some(&line.note).filter(|note| !note.is_empty());
        let details = notes.into_iter().map(|note| format!("Note: {note}"));
        blocks.push(Block::Item(
            answer.to_owned(),
            line.text.clone(),
            details.collect(),
        ));
    }
    let rest = match group.lines.len() - said.len() {
        0 => String::new(),
        1 => "1 more line has no answer.".to_owned(),
        n => format!("{n} more lines have no answer."),
    };
    let source = match group.source.as_str() {
        "" => String::new(),
        source => format!("{source}. "),
    };
    small(blocks, &format!("{source}{rest}"));
}

fn small(blocks: &mut Vec<Block>, text: &str) {
    if !text.trim().is_empty() {
        blocks.push(Block::Small(text.trim().to_owned()));
    }
}
