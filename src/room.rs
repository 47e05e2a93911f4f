//! What everybody in the room shares, and the one way in which it changes.
//!
//! Owns the state of a session as the fold of its events. Knows neither terminal, file
//! system, clock, randomness nor network: times come in with a command, ids follow from
//! the state. Promises that [`RoomState::apply`] takes any event in any state without a
//! panic, that the same events give the same state, and that what a role may do is
//! decided in one place. Start at [`decide()`] and [`RoomState`].
//!
//! ```text
//!  seat ── Command ──► decide(state, role) ──► Vec<Event> ──► log ──► RoomState::apply
//!                            └► Refusal, a sentence for people
//! ```
//!
//! # Adding a part
//!
//! A part (notes, systems, agenda, timer, exercises) is one file with a command,
//! an event and a state of its own. To add one: a variant in [`Command`], [`What`] and, if
//! people type text into it, [`Subject`]; a field in [`RoomState`]; a line in each `match`
//! that the compiler then names (`decide::may`, `decide::decide`, [`RoomState::apply`],
//! [`Event::inverse`], [`Event::keys`], [`Event::erase`]). Nothing in the other parts
//! changes. A new kind of event needs a new step in `store::schema`, so that an older
//! program refuses the file with a sentence instead of stumbling over the event.

pub mod agenda;
pub mod checklist;
mod decide;
pub mod design;
mod event;
pub mod live;
pub mod meta;
pub mod note;
mod refusal;
pub mod rights;
mod shared;
pub mod text;
pub mod timer;
mod undo;

use serde::{Deserialize, Serialize};

use crate::exercise::{self, ExerciseEvent};

pub use crate::exercise::Role;
pub use agenda::{Agenda, AgendaCommand, AgendaEvent, AgendaId, AgendaItem};
pub use decide::{ballot, decide, may};
pub use design::{Answer, Design, DesignCommand, DesignEvent, Designs, Mark, SystemId};
pub use event::{Event, Key, Keys, What};
pub use live::{Door, Live, Wall};
pub use meta::{Meta, MetaCommand, MetaEvent};
pub use note::{Body, Note, NoteCommand, NoteEvent, NoteId, NoteKind, Notes};
pub use refusal::Refusal;
pub use rights::Deed;
pub use shared::Room;
pub use timer::{Timer, TimerCommand, TimerEvent};
pub use undo::{Desk, Way};

/// One viewer for as long as it is connected. Lives in memory only: no event and no file
/// ever holds it, so that nobody can be followed from one entry to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeatId(pub u64);

/// A moment: milliseconds since the beginning of 1970, UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub i64);

/// What a seat proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// About the session as a whole.
    Meta(MetaCommand),
    /// About notes.
    Note(NoteCommand),
    /// About systems under design and their checklists.
    Design(DesignCommand),
    /// About the agenda.
    Agenda(AgendaCommand),
    /// About the countdown.
    Timer(TimerCommand),
    /// About the exercises.
    Exercise(exercise::Command),
    /// Take a text out of everything that is kept.
    Erase(Subject),
    /// Take back the last change of this seat.
    Undo,
    /// Make the last change that this seat took back again.
    Redo,
}

/// Something that holds text which people typed, and so something that can be erased.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// Title, date and place of the session.
    Session,
    /// A note; erasing removes it.
    Note(NoteId),
    /// The name of a system under design.
    System(SystemId),
    /// The note at a line of a checklist.
    Mark(SystemId, String),
    /// An item of the agenda.
    Item(AgendaId),
    /// What the countdown is for.
    Timer,
    /// A text of an exercise.
    Exercise(exercise::Erasable),
}

/// The state that all seats share: the fold of the events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomState {
    /// How many events it is the fold of: the number of the last one.
    pub seq: u64,
    /// Title, date, place.
    pub meta: Meta,
    /// What people wrote.
    pub notes: Notes,
    /// Systems under design.
    pub designs: Designs,
    /// The agenda.
    pub agenda: Agenda,
    /// The countdown.
    pub timer: Timer,
    /// The exercises.
    pub exercises: exercise::Exercises,
    /// What may be known of the ballot box. It is no part of the fold: whoever holds the
    /// box reads it anew after every change.
    pub ballots: exercise::Seen,
}

impl RoomState {
    /// Takes over what happened.
    pub fn apply(&mut self, event: &Event) {
        self.seq += 1;
        match &event.what {
            What::Meta(event) => self.meta.apply(event),
            What::Note(event) => self.notes.apply(event),
            What::Design(event) => self.designs.apply(event),
            What::Agenda(event) => self.agenda.apply(event),
            What::Timer(event) => self.timer.apply(event),
            What::Exercise(event) => self.exercises.apply(event),
            What::Erased(subject) => self.erase(subject),
        }
    }

    /// The state after some events.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut state = Self::default();
        for event in events {
            state.apply(event);
        }
        state
    }

    fn erase(&mut self, subject: &Subject) {
        match subject {
            Subject::Session => self.meta.erase(),
            Subject::Note(id) => self.notes.erase(*id),
            Subject::System(id) => self.designs.erase_name(*id),
            Subject::Mark(id, address) => self.designs.erase_mark(*id, address),
            Subject::Item(id) => self.agenda.erase(*id),
            Subject::Timer => self.timer.label.clear(),
            Subject::Exercise(what) => self.exercises.apply(&ExerciseEvent::Erased(what.clone())),
        }
    }

    /// Whether nothing was noted yet that anybody would miss.
    pub fn is_untouched(&self) -> bool {
        self.seq <= 1
    }
}
