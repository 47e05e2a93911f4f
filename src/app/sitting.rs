//! A viewer's view of the session: which notes in which order, and what is being written.
//!
//! Owns selections (by id, never by position) and the order of the rows, which is made once
//! for a state of the room and not for each frame. Knows nothing of how anything is drawn.

use std::sync::Arc;

use super::editor::Editor;
use super::input::Line;
use crate::content::{Address, Content};
use crate::export::Format;
use crate::page::Page;
use crate::room::{AgendaId, Body, Command, Note, NoteId, NoteKind, Room, SystemId, Time};
use crate::store::{Draft, Slot};

/// The order of notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By the place that they hang on.
    #[default]
    Place,
    /// By kind.
    Kind,
    /// By time, the newest first.
    Time,
}

impl Order {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Place => Self::Kind,
            Self::Kind => Self::Time,
            Self::Time => Self::Place,
        }
    }

    /// The words for it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Place => "by place",
            Self::Kind => "by kind",
            Self::Time => "by time, newest first",
        }
    }
}

/// A row of the list of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// What the notes below have in common.
    Heading(String),
    /// A note.
    Note(NoteId),
}

/// What fills the Notes tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The notes.
    #[default]
    Notes,
    /// The systems under design.
    Systems,
    /// The checklist of a system; the activities of the Process instead of the principles.
    Checklist(SystemId, bool),
}

/// What a viewer sees and does in a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitting {
    /// What fills the Notes tab.
    pub view: View,
    /// The order of the notes.
    pub order: Order,
    /// The chosen note.
    pub chosen: Option<NoteId>,
    /// Where the chosen note stood, for when it goes.
    pub stood: usize,
    /// The chosen system.
    pub system: Option<SystemId>,
    /// The address of the chosen line of a checklist.
    pub line: Option<String>,
    /// What was written and not saved.
    pub drafts: Vec<Draft>,
    /// The time, as far as a countdown needs it.
    pub now: Time,
    rows: Arc<Vec<Row>>,
    /// What the rows are the order of.
    of: Option<(u64, Order)>,
}

/// What lies on top of a page while a session is worked in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// A note is written.
    Editor(Box<Editor>),
    /// A question before something that cannot be taken back.
    Confirm {
        /// The question.
        question: String,
        /// What yes means.
        yes: Box<Command>,
    },
    /// A line is asked for.
    Prompt {
        /// What for.
        ask: Ask,
        /// What is typed.
        line: Line,
    },
    /// A format is chosen.
    Export(usize),
    /// What is planned: which row.
    Agenda(usize),
    /// Sub-steps of the Process are chosen for a system: which row, and which are chosen.
    SubSteps {
        /// For which system.
        id: SystemId,
        /// The row that is pointed at.
        row: usize,
    },
}

/// What a line is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The address that a note goes to.
    MoveTo(NoteId),
    /// The name of a system under design.
    System,
    /// Minutes of a countdown, and what it is for.
    Countdown,
    /// The title of the session.
    Title,
    /// Minutes and title of a new item of the agenda.
    NewItem,
    /// Minutes and title of an item of the agenda.
    Item(AgendaId),
}

impl Ask {
    /// The words before the line.
    pub const fn title(self) -> &'static str {
        match self {
            Self::MoveTo(_) => "Move the note to the address: ",
            Self::System => "Name of the system under design: ",
            Self::Countdown => "Countdown, minutes and what for: ",
            Self::NewItem | Self::Item(_) => "Minutes and what is done, such as: 45 The Matrix",
            Self::Title => "Title of the session: ",
        }
    }
}

/// The formats in the order in which they are offered.
pub const FORMATS: &[Format] = Format::ALL;

impl Sitting {
    /// The rows, in order.
    pub fn rows(&self, room: &Room) -> Arc<Vec<Row>> {
        if self.of == key(room, self.order) {
            Arc::clone(&self.rows)
        } else {
            Arc::new(rows(room, self.order))
        }
    }

    /// Brings the order up to date and keeps something chosen.
    pub fn settle(&mut self, room: &Room) {
        let key = key(room, self.order);
        if self.of != key {
            self.rows = Arc::new(rows(room, self.order));
            self.of = key;
        }
        let at = self.index(&self.rows);
        if let Some(at) = at {
            self.stood = at;
            return;
        }
        let near = |row: &&Row| matches!(row, Row::Note(_));
        let next = self.rows.iter().skip(self.stood).find(near);
        let found = next.or_else(|| self.rows.iter().rev().find(near));
        self.chosen = match found {
            Some(Row::Note(id)) => Some(*id),
            _ => None,
        };
    }

    /// The place of the chosen note among the rows.
    pub fn index(&self, rows: &[Row]) -> Option<usize> {
        let chosen = Row::Note(self.chosen?);
        rows.iter().position(|row| *row == chosen)
    }

    /// Chooses another note, by notes and not by rows.
    pub fn step(&mut self, room: &Room, by: isize) {
        self.settle(room);
        let at = self.index(&self.rows).unwrap_or_default();
        let is_note = |row: &&Row| matches!(row, Row::Note(_));
        let far = by.unsigned_abs().saturating_sub(1);
        let found = if by > 0 {
            let mut ahead = self.rows.iter().skip(at + 1).filter(is_note);
            let count = self.rows.len();
            ahead
                .clone()
                .nth(far.min(count))
                .or_else(|| ahead.next_back())
        } else {
            let mut behind = self.rows.iter().take(at).rev().filter(is_note);
            let count = self.rows.len();
            behind
                .clone()
                .nth(far.min(count))
                .or_else(|| behind.next_back())
        };
        if let Some(Row::Note(id)) = found {
            self.chosen = Some(*id);
        }
        self.settle(room);
    }

    /// The chosen note.
    pub fn note<'a>(&self, room: &'a Room) -> Option<&'a Note> {
        let notes = &room.session.as_ref()?.notes;
        notes.get(self.chosen?)
    }

    /// What was written for a slot and not saved.
    pub fn draft(&self, slot: &Slot) -> Option<&Body> {
        let draft = self.drafts.iter().find(|one| one.slot == *slot);
        draft.map(|one| &one.body)
    }

    /// Keeps what is written for a slot, or forgets it.
    pub fn keep(&mut self, slot: &Slot, body: Option<Body>) {
        self.drafts.retain(|one| one.slot != *slot);
        if let Some(body) = body {
            self.drafts.push(Draft {
                slot: slot.clone(),
                body,
            });
        }
    }
}

fn key(room: &Room, order: Order) -> Option<(u64, Order)> {
    Some((room.session.as_ref()?.seq, order))
}

fn rows(room: &Room, order: Order) -> Vec<Row> {
    let Some(session) = &room.session else {
        return Vec::new();
    };
    let mut notes: Vec<&Note> = session.notes.iter().collect();
    match order {
        Order::Time => {
            return notes.iter().rev().map(|one| Row::Note(one.id)).collect();
        }
        Order::Kind => notes.sort_by_key(|one| one.body.kind),
        Order::Place => notes.sort_by(|a, b| a.anchor.cmp(&b.anchor)),
    }
    let mut rows = Vec::with_capacity(notes.len() + 16);
    let mut before: Option<&Note> = None;
    for note in notes {
        let same = before.is_some_and(|one| match order {
            Order::Kind => one.body.kind == note.body.kind,
            _ => one.anchor == note.anchor,
        });
        if !same {
            rows.push(Row::Heading(match order {
                Order::Kind => plural(note.body.kind).to_owned(),
                _ => place_title(note.anchor.as_deref(), &room.content),
            }));
        }
        rows.push(Row::Note(note.id));
        before = Some(note);
    }
    rows
}

const fn plural(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => "Notes",
        NoteKind::Question => "Questions",
        NoteKind::Decision => "Decisions",
        NoteKind::ActionPoint => "Action points",
        NoteKind::ParkingLot => "Parking lot",
    }
}

/// What people call the place that a note hangs on.
pub fn place_title(anchor: Option<&str>, content: &Content) -> String {
    match anchor {
        None => "The session".to_owned(),
        Some(anchor) => match Address::parse(anchor, content) {
            Ok(address) => Page::of(&address.place, content).title,
            Err(_) => anchor.to_owned(),
        },
    }
}
