//! The Notes tab: notes, systems under design and their checklists, as a list and the text
//! of what is chosen.
//!
//! Owns what each row says and how the tab is divided. Only the rows that can be seen are
//! built, so that ten thousand notes scroll like ten.

use std::collections::HashMap;

use ratatui::layout::Rect;

use super::theme::Role;
use super::wrap::wrapped;
use crate::app::Seat;
use crate::app::checked::{self, Checked, Checklist, SystemRef};
use crate::app::seat::Beside;
use crate::app::sitting::{Row, View};
use crate::app::update::{checklist_lines, chosen_system, line_at};
use crate::content::{Place, Stage, SubStepId};
use crate::page::Page;
use crate::page::operation::overall;
use crate::room::checklist::{Line, Progress};
use crate::room::{Answer, Note, NoteKind, Room, RoomState, Time};

/// What is seen in the Notes tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotesScene {
    /// What the list is.
    pub title: String,
    /// What stands beside the title.
    pub beside: String,
    /// The rows that can be seen.
    pub rows: Vec<NotesRow>,
    /// The text of what is chosen.
    pub detail: Vec<(String, Role)>,
    /// Cells for the word before the text of a row.
    pub marks: u16,
    /// Whether there is more above and below the rows.
    pub more: (bool, bool),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotesRow {
    /// A word before the text.
    pub mark: String,
    /// The text; cut where there is no room.
    pub text: String,
    /// Whether it is what the rows below have in common.
    pub heading: bool,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it may step back: it is settled.
    pub quiet: bool,
}

impl NotesRow {
    fn new(mark: impl Into<String>, text: &str, chosen: bool) -> Self {
        Self {
            mark: mark.into(),
            text: first_words(text),
            heading: false,
            chosen,
            quiet: false,
        }
    }

    fn heading(text: &str) -> Self {
        Self {
            heading: true,
            ..Self::new("", text, false)
        }
    }
}

/// As much of a text as a row could show.
fn first_words(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where title, list and text go on a screen.
pub fn areas((width, height): (u16, u16)) -> (Rect, Rect, Rect) {
    let body = Rect::new(1, 2, width.saturating_sub(2), height.saturating_sub(4));
    let title = Rect { height: 1, ..body };
    let rest = body.height.saturating_sub(2);
    if body.width >= 98 {
        let left = body.width / 2;
        let list = Rect::new(body.x, body.y + 2, left - 2, rest);
        let text = Rect::new(body.x + left, body.y + 2, body.width - left, rest);
        return (title, list, text);
    }
    let tall = rest.saturating_sub(1) * 3 / 5;
    let list = Rect::new(body.x, body.y + 2, body.width, tall);
    let below = rest.saturating_sub(tall + 1);
    let text = Rect::new(body.x, list.bottom() + 1, body.width, below);
    (title, list, text)
}

/// Where the text goes while there are no rows: in their place.
pub(super) fn instead(list: Rect, text: Rect) -> Rect {
    list.union(text)
}

/// Cells for the text of a note that is written.
pub fn editor_width((width, _): (u16, u16)) -> usize {
    usize::from(width.saturating_sub(4).min(super::wrap::MEASURE))
}

/// What a seat sees in the Notes tab.
pub fn scene(room: &Room, seat: &Seat) -> NotesScene {
    let (_, list, text) = areas(seat.size);
    let mut scene = match &seat.sitting.view {
        View::Notes => notes(room, seat, usize::from(list.height)),
        View::Systems => systems(room, seat, usize::from(list.height)),
        View::Checklist(which) => match Checked::looked_at(room, which) {
            Some(checked) => checklist(room, seat, (which, &checked), list.height.into()),
            None => systems(room, seat, usize::from(list.height)),
        },
    };
    let text = if scene.rows.is_empty() {
        instead(list, text)
    } else {
        text
    };
    let width = text.width.min(super::wrap::MEASURE);
    let lines = scene.detail.iter().flat_map(|(text, role)| {
        let rows = wrapped(text, width);
        rows.into_iter().map(|line| (line, *role))
    });
    let lines: Vec<(String, Role)> = lines.collect();
    let most = lines.len().saturating_sub(usize::from(text.height));
    scene.detail = lines
        .into_iter()
        .skip(seat.scrolled().min(most))
        .take(usize::from(text.height))
        .collect();
    scene
}

/// The first row to be seen, so that the chosen one is, with one row of what is above it.
const fn first_row(chosen: usize, height: usize) -> usize {
    let half = height / 2;
    if chosen < height.saturating_sub(1) {
        0
    } else {
        chosen - half
    }
}

fn notes(room: &Room, seat: &Seat, height: usize) -> NotesScene {
    let rows = seat.sitting.rows(room);
    let chosen = seat.sitting.index(&rows).unwrap_or_default();
    let first = first_row(chosen, height);
    let session = room.session.as_ref();
    let built = rows.iter().skip(first).take(height).map(|row| match row {
        Row::Heading(text) => NotesRow::heading(text),
        Row::Note(id) => {
            let note = session.and_then(|one| one.notes.kept(*id));
            note.map_or_else(
                || NotesRow::new("", "", false),
                |note| note_row(note, seat.sitting.chosen == Some(*id)),
            )
        }
    });
    let built: Vec<NotesRow> = built.collect();
    let beside = match seat.beside() {
        Some(Beside::Note(id)) => *id,
        _ => seat.sitting.chosen,
    };
    let detail = match session.and_then(|one| one.notes.kept(beside?)) {
        Some(note) => note_text(note),
        None => NOTHING.map(|text| (text.to_owned(), Role::Open)).to_vec(),
    };
    NotesScene {
        title: format!("Notes {}", seat.sitting.order.title()),
        beside: session.map(|one| about_session(one)).unwrap_or_default(),
        marks: 12,
        more: (first > 0, first + built.len() < rows.len()),
        rows: built,
        detail,
    }
}

/// What one can do before there is a note, and what becomes of it; what must not be missed first.
const NOTHING: [&str; 5] = [
    "Nothing is noted yet. n writes a note, on any page and here; it stays with the passage that \
     is read there. No names of affected people and no case details.",
    "",
    "p puts something in the parking lot, A keeps the agenda and its times, Tab leads to the \
     systems under design and their checklists. o orders notes by place, by kind or by time; \
     Enter on one of them leads back to its passage.",
    "",
    "What is written here is on the disk at once, and a crash takes nothing of it. W gives the \
     session a title, a date and a place, goes back to earlier ones and begins new ones; e exports \
     it as Markdown, HTML, XLSX, CSV, JSON or RON.",
];

fn about_session(session: &RoomState) -> String {
    let title = if session.meta.is_scratch() {
        "no title yet"
    } else {
        session.meta.title.as_str()
    };
    let closed = if session.meta.closed.is_some() {
        ", closed"
    } else {
        ""
    };
    format!("{title}{closed}  {}", counted(session.notes.len(), "note"))
}

/// A number of things.
pub fn counted(n: usize, what: &str) -> String {
    match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

fn note_row(note: &Note, chosen: bool) -> NotesRow {
    let mark = match note.body.kind {
        NoteKind::Note => "Note",
        NoteKind::Question => "Question",
        NoteKind::Decision => "Decision",
        NoteKind::ActionPoint => "To do",
        NoteKind::ParkingLot => "Parked",
    };
    let mark = if note.resolved.is_some() {
        format!("{mark} ok")
    } else {
        mark.to_owned()
    };
    NotesRow {
        quiet: note.resolved.is_some() || note.deleted,
        ..NotesRow::new(mark, &note.body.text, chosen)
    }
}

fn note_text(note: &Note) -> Vec<(String, Role)> {
    let settled = match (note.deleted, note.resolved) {
        (true, _) => ", deleted",
        (false, Some(_)) => ", settled",
        (false, None) => "",
    };
    let head = format!("{} {}{settled}", note.body.kind.title(), note.id.0);
    let mut text = vec![(head, Role::Heading)];
    let lines = note.body.text.lines();
    text.extend(lines.map(|line| (line.to_owned(), Role::Text)));
    for (word, said) in [("Who", &note.body.who), ("By when", &note.body.due)] {
        if !said.is_empty() {
            text.push((format!("{word}: {said}"), Role::Label));
        }
    }
    if let Some(anchor) = &note.anchor {
        text.push((anchor.clone(), Role::Source));
    }
    text
}

fn systems(room: &Room, seat: &Seat, height: usize) -> NotesScene {
    let chosen = chosen_system(room, seat);
    let count = checked::count(room);
    let first = first_row(chosen, height);
    let mapped = room.content.operation.as_deref();
    let shown: Vec<SystemRef> = checked::from(room, first).take(height).collect();
    let rows: Vec<NotesRow> = (first..)
        .zip(&shown)
        .filter_map(|(n, one)| Some((n, one, Checked::find(room, one)?)))
        .map(|(n, one, system)| {
            let title = match (one, mapped, system.status) {
                (SystemRef::Session(_), Some(_), _) => {
                    format!("{} (in this session only)", system.title)
                }
                (_, _, Some(status)) => format!("{} ({})", system.title, status.title()),
                _ => system.title.clone(),
            };
            NotesRow::new(done(room, &system), &title, n == chosen)
        })
        .collect();
    let beside = match seat.beside() {
        Some(Beside::System(Some(one))) => checked::index(room, one).unwrap_or_default(),
        Some(Beside::System(None)) => 0,
        _ => chosen,
    };
    let at = checked::from(room, beside).next();
    let in_session = matches!(at, Some(SystemRef::Session(_)));
    let mut detail = match at.and_then(|one| Checked::find(room, &one)) {
        Some(system) => about_system(room, &system),
        None if mapped.is_some() => vec![(NO_MAPPED.to_owned(), Role::Open)],
        None => vec![(NO_SYSTEM.to_owned(), Role::Open)],
    };
    if in_session && mapped.is_some() {
        detail.insert(1.min(detail.len()), (INTO_OPERATION.to_owned(), Role::Open));
    }
    NotesScene {
        title: match mapped {
            Some(operation) => format!("Systems of {}", operation.title()),
            None => "Systems under design".to_owned(),
        },
        beside: counted(count, "checklist"),
        marks: 7,
        more: (first > 0, first + rows.len() < count),
        rows,
        detail,
    }
}

/// How far a system is: sub-steps that are done, or else lines that are answered.
fn done(room: &Room, system: &Checked<'_>) -> String {
    if let Some(worksheet) = system.worksheet {
        let done = worksheet.count(crate::operation::Progress::Done);
        return format!("{done}/{}", SubStepId::ALL.len());
    }
    let progress = Progress::of(system.marks, &system.lines(room, false));
    format!("{}/{}", progress.answered(), progress.lines)
}

const NO_SYSTEM: &str = "No system yet. a begins a checklist for one: name it, choose the \
     sub-steps of the Process to look at, then answer each Principle in Action.";
const INTO_OPERATION: &str = "Kept in this session only; O makes it one of the operation, with \
     what was answered.";
const NO_MAPPED: &str = "No system yet. a adds one to the operation; Enter then opens its \
     worksheet, where each sub-step of the Process has its checklist.";

fn about_system(room: &Room, system: &Checked<'_>) -> Vec<(String, Role)> {
    let mut text = vec![(system.title.clone(), Role::Heading)];
    if let Some(worksheet) = system.worksheet {
        text.push((overall(worksheet), Role::Text));
    }
    let all = system.lines(room, false);
    for (what, lines) in [
        ("Principles in Action", &all),
        ("Activities", &system.lines(room, true)),
    ] {
        text.push((said(what, Progress::of(system.marks, lines)), Role::Text));
    }
    for principle in crate::content::PrincipleId::ALL {
        let own: Vec<&Line> = all
            .iter()
            .filter(|line| line.principle == Some(*principle))
            .collect();
        if !own.is_empty() {
            let title = &room.content.principle(*principle).short;
            text.push((said(title, Progress::of(system.marks, own)), Role::Source));
        }
    }
    for one in &system.sub_steps {
        let title = &room.content.sub_step(*one).title;
        let lines: Vec<&Line> = all
            .iter()
            .filter(|line| line.stage == Stage::for_sub_step(*one))
            .collect();
        text.push((said(title, Progress::of(system.marks, lines)), Role::Source));
    }
    text
}

fn said(what: &str, progress: Progress) -> String {
    format!(
        "{what}: {} of {} answered; {} done, {} to do, {} do not apply",
        progress.answered(),
        progress.lines,
        progress.done,
        progress.to_do,
        progress.does_not_apply,
    )
}

fn checklist(
    room: &Room,
    seat: &Seat,
    (which, checked): (&Checklist, &Checked<'_>),
    height: usize,
) -> NotesScene {
    let (lines, chosen) = checklist_lines(room, seat, which);
    let first = first_row(chosen, height);
    let shown = lines.iter().enumerate().skip(first).take(height);
    let rows: Vec<NotesRow> = shown
        .map(|(n, line)| line_row(checked, line, n == chosen))
        .collect();
    let beside = match seat.beside() {
        Some(Beside::Line(address)) => line_at(&lines, address.as_deref()),
        _ => chosen,
    };
    let progress = Progress::of(checked.marks, &lines);
    let about = which
        .at
        .map(|one| super::lists::short_stage(Stage::At(one)));
    let what = match (about, which.activities) {
        (None, true) => "Activities of the Process".to_owned(),
        (None, false) => "Principles in Action".to_owned(),
        (Some(at), true) => format!("{at}, activities"),
        (Some(at), false) => at.to_owned(),
    };
    NotesScene {
        title: format!("{}: {what}", checked.title),
        beside: format!("{} of {} answered", progress.answered(), progress.lines),
        marks: 5,
        more: (first > 0, first + rows.len() < lines.len()),
        rows,
        detail: match lines.get(beside) {
            Some(line) => line_text(room, checked, line),
            None if which.at.is_some() => vec![(NOTHING_ASKED.to_owned(), Role::Open)],
            None => vec![(NO_LINE.to_owned(), Role::Open)],
        },
    }
}

fn line_row(checked: &Checked<'_>, line: &Line, chosen: bool) -> NotesRow {
    let mark = checked.marks.get(&line.address.to_string());
    let box_of = mark.and_then(|one| one.answer);
    let answer = crate::page::operation::answer_box(box_of);
    let more = if mark.is_some_and(|one| !one.note.is_empty()) {
        " *"
    } else {
        ""
    };
    let indent = if line.is_part { "  " } else { "" };
    let mut row = NotesRow::new(format!("{answer}{more}"), &line.text, chosen);
    row.text.insert_str(0, indent);
    row
}

const NOTHING_ASKED: &str = "The draft of the Principles in Action asks nothing at this \
     sub-step; Tab shows the activities of the Process.";
const NO_LINE: &str = "No sub-step is chosen yet; a chooses them. All lines at once are \
     nobody's list.";

fn line_text(room: &Room, checked: &Checked<'_>, line: &Line) -> Vec<(String, Role)> {
    let place = Page::of(&line.address.place, &room.content).title;
    let mut text = vec![(place, Role::Heading)];
    text.extend(line.text.lines().map(|one| (one.to_owned(), Role::Text)));
    if let Some(mark) = checked.marks.get(&line.address.to_string()) {
        let answer = mark.answer.map_or("not answered", Answer::title);
        text.push((format!("Answer: {answer}"), Role::Label));
        let note = mark.note.lines();
        text.extend(note.map(|one| (format!("  {one}"), Role::Text)));
    }
    text.push((line.address.to_string(), Role::Source));
    text
}

/// The rows of the list in which sub-steps are chosen.
pub fn sub_step_rows(room: &Room, id: crate::room::SystemId) -> Vec<String> {
    let design = room.session.as_ref().and_then(|one| one.designs.get(id));
    let row = |one: &SubStepId| {
        let chosen = design.is_some_and(|design| design.sub_steps.contains(one));
        let title = Page::of(&Place::SubStep(*one), &room.content).title;
        format!("[{}] {title}", if chosen { "x" } else { " " })
    };
    SubStepId::ALL.iter().map(row).collect()
}

/// The rows of the agenda.
pub fn agenda_rows(room: &Room) -> Vec<String> {
    let session = room.session.as_ref();
    let items = session.map_or(&[][..], |one| one.agenda.items());
    items
        .iter()
        .map(|item| format!("{:>4} min  {}", item.minutes, item.shown()))
        .collect()
}

/// How many notes hang on each place.
#[derive(Default)]
pub struct Counts(HashMap<String, usize>);

impl Counts {
    /// The counts of a room, items with their places.
    pub fn of(room: &Room) -> Self {
        let mut counts = HashMap::new();
        if let Some(session) = &room.session {
            for note in session.notes.iter() {
                if let Some(anchor) = &note.anchor {
                    *counts.entry(anchor.clone()).or_default() += 1;
                }
            }
        }
        Self(counts)
    }

    /// The notes on a place and on what stands there.
    pub fn at(&self, place: &Place) -> usize {
        if self.0.is_empty() {
            return 0;
        }
        let own = place.to_string();
        let below = format!("{own}/");
        let here = |anchor: &String| {
            *anchor == own
                || (anchor.starts_with(&below)
                    && matches!(
                        place,
                        Place::Cell(..)
                            | Place::Crossing(..)
                            | Place::SubStep(_)
                            | Place::GuidePage(_)
                    ))
        };
        let counted = self.0.iter().filter(|(anchor, _)| here(anchor));
        counted.map(|(_, n)| n).sum()
    }
}

/// What is left of a countdown that was begun, as people read it.
pub fn countdown(room: &Room, now: Time) -> Option<(String, bool)> {
    let timer = &room.session.as_ref()?.timer;
    if timer.run == crate::room::timer::Run::Ready {
        return None;
    }
    let left = timer.left(now)?;
    let seconds = (left + 999) / 1000;
    let waits = if matches!(timer.run, crate::room::timer::Run::Paused { .. }) {
        " waits"
    } else {
        ""
    };
    let label = if timer.label.is_empty() {
        String::new()
    } else {
        format!("{}  ", timer.label)
    };
    let clock = format!("{label}{:02}:{:02}{waits}", seconds / 60, seconds % 60);
    Some((clock, seconds == 0))
}
