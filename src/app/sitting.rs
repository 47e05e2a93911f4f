//! A viewer's view of the session: which notes in which order, and what is being written.
//!
//! Owns selections (by id, never by position) and the order of the rows, which is made once
//! for a state of the room and not for each frame. Knows nothing of how anything is drawn.

use std::sync::Arc;

use super::checked::{Checklist, SystemRef};
use super::editor::Editor;
use super::input::Line;
use super::shelf::{Naming, Shelf};
use crate::content::{Address, Content};
use crate::export::Format;
use crate::page::Page;
use crate::room::{AgendaId, Body, Command, Note, NoteId, NoteKind, Room, SystemId, Time};
use crate::store::{Draft, Purge, Slot};

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The notes.
    #[default]
    Notes,
    /// The systems with a checklist.
    Systems,
    /// The checklist of a system.
    Checklist(Checklist),
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
    pub system: Option<SystemRef>,
    /// The address of the chosen line of a checklist.
    pub line: Option<String>,
    /// What was written and not saved.
    pub drafts: Vec<Draft>,
    /// The time, as far as a countdown needs it.
    pub now: Time,
    /// The folder that exports go to, until another one is typed.
    pub folder: String,
    rows: Arc<Vec<Row>>,
    /// How many of the rows come before the deleted notes.
    live: usize,
    /// What the rows are the order of.
    of: Option<Of>,
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
    /// The sessions of this user.
    Shelf(Shelf),
    /// Title, date and place of a session are typed.
    Naming(Box<Naming>),
    /// What purging a session would remove, as a question.
    Purge {
        /// What would go.
        plan: Box<Purge>,
        /// The first line shown.
        scroll: usize,
    },
    /// What was done, where it needs more than a line.
    Told {
        /// What it was.
        title: String,
        /// What there is to say.
        lines: Vec<String>,
    },
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
    /// The title of a new session.
    NewSession,
    /// The file that a session is copied to.
    CopyTo,
    /// The folder that an export goes to.
    Folder(Format),
    /// A file with an agenda.
    AgendaFile,
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
            Self::NewSession => "Title of the new session: ",
            Self::CopyTo => "Copy the session to the file: ",
            Self::Folder(_) => "Export into the folder: ",
            Self::AgendaFile => "Take the agenda from the RON file: ",
        }
    }

    /// What else there is to know before one answers; empty where there is nothing.
    pub const fn help(self) -> &'static str {
        match self {
            Self::NewSession => "The present session is kept; W finds it again.",
            Self::CopyTo | Self::Folder(_) => "~ is your home folder. Nothing is overwritten.",
            Self::AgendaFile => {
                "Such as: [(title: \"Welcome\", minutes: 10)]. It replaces the agenda; u undoes it."
            }
            Self::Countdown => "Such as: 10 ranking. Nothing pauses or goes on; 0 takes it away.",
            _ => "",
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
            Arc::new(rows(room, self.order).0)
        }
    }

    /// Brings the order up to date and keeps something chosen.
    pub fn settle(&mut self, room: &Room) {
        let key = key(room, self.order);
        let lived = self.stood < self.live;
        if self.of != key {
            let (rows, live) = rows(room, self.order);
            (self.rows, self.live) = (Arc::new(rows), live);
            self.of = key;
        }
        let at = self.index(&self.rows);
        // A note that was deleted goes to the end; whoever deleted it stays where it stood.
        let left = |at: usize| lived && at >= self.live && self.live > 0;
        if let Some(at) = at.filter(|at| !left(*at)) {
            self.stood = at;
            return;
        }
        self.chosen = self.near();
        self.stood = self.index(&self.rows).unwrap_or_default();
    }

    /// The note next to where the chosen one stood, one that is not deleted if there is any.
    fn near(&self) -> Option<NoteId> {
        let note = |row: &Row| match row {
            Row::Note(id) => Some(*id),
            Row::Heading(_) => None,
        };
        let live = self.rows.get(..self.live).unwrap_or_default();
        let next = live.iter().skip(self.stood).find_map(note);
        let before = || live.iter().rev().find_map(note);
        next.or_else(before)
            .or_else(|| self.rows.iter().find_map(note))
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
            self.stood = self.index(&self.rows).unwrap_or_default();
        }
        self.settle(room);
    }

    /// The chosen note, deleted or not.
    pub fn note<'a>(&self, room: &'a Room) -> Option<&'a Note> {
        let notes = &room.session.as_ref()?.notes;
        notes.kept(self.chosen?)
    }

    /// The same viewer in another session: what belongs to the one before is forgotten.
    #[must_use]
    pub fn in_another(&self, drafts: Vec<Draft>) -> Self {
        Self {
            drafts,
            now: self.now,
            order: self.order,
            folder: self.folder.clone(),
            ..Self::default()
        }
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

/// What an order of rows is of: the session by when it was begun, its last entry, the order.
type Of = (Time, u64, Order);

fn key(room: &Room, order: Order) -> Option<Of> {
    let session = room.session.as_ref()?;
    Some((session.meta.opened, session.seq, order))
}

/// The rows, and how many of them come before the deleted notes.
fn rows(room: &Room, order: Order) -> (Vec<Row>, usize) {
    let Some(session) = &room.session else {
        return (Vec::new(), 0);
    };
    let mut rows = live_rows(room, session.notes.iter().collect(), order);
    let live = rows.len();
    let deleted = session.notes.deleted().map(|one| Row::Note(one.id));
    rows.push(Row::Heading("Deleted: r brings back, E erases".to_owned()));
    rows.extend(deleted.rev());
    if rows.len() == live + 1 {
        rows.pop();
    }
    (rows, live)
}

fn live_rows(room: &Room, mut notes: Vec<&Note>, order: Order) -> Vec<Row> {
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
