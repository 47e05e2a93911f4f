//! What happened in a session: the only thing that is kept of it.
//!
//! Owns the shape of events as they are written to disk, what takes one back, what one
//! builds on, and how typed text is taken out of one. An event carries the role that did
//! it and never a seat, so that entries cannot be strung together to follow a person.

use serde::{Deserialize, Serialize};

use super::{
    AgendaEvent, DesignEvent, MetaEvent, NoteEvent, NoteId, Role, RoomState, Subject, SystemId,
    TimerEvent,
};
use crate::exercise::ExerciseEvent;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The role of the seat that did it.
    pub by: Role,
    /// What it was.
    pub what: What,
}

/// What happened, by the part of the session that it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// To the session as a whole.
    Meta(MetaEvent),
    /// To a note.
    Note(NoteEvent),
    /// To a system under design.
    Design(DesignEvent),
    /// To the agenda.
    Agenda(AgendaEvent),
    /// To the countdown.
    Timer(TimerEvent),
    /// To an exercise.
    Exercise(ExerciseEvent),
    /// A text was taken out of everything that is kept, the earlier events included.
    Erased(Subject),
}

/// Something that a change builds on, or that others may change meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Title, date and place.
    Session,
    /// A note.
    Note(NoteId),
    /// That a system is there, and its name.
    System(SystemId),
    /// Anything inside a system.
    Inside(SystemId),
    /// The sub-steps chosen for a system.
    Chosen(SystemId),
    /// A line of a checklist.
    Mark(SystemId, String),
    /// The agenda as a whole.
    Agenda,
    /// The countdown.
    Timer,
    /// The exercises.
    Exercise,
}

/// What a change concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Nobody may have changed these since, or the change cannot be taken back.
    pub exact: Vec<Key>,
    /// These change too, but others may have changed them meanwhile.
    pub also: Vec<Key>,
}

impl Keys {
    /// A change that stands or falls with these.
    pub fn exact(keys: impl Into<Vec<Key>>) -> Self {
        Self {
            exact: keys.into(),
            also: Vec::new(),
        }
    }

    /// The same change, which these notice too.
    #[must_use]
    pub fn and(mut self, keys: impl IntoIterator<Item = Key>) -> Self {
        self.also.extend(keys);
        self
    }
}

impl Event {
    /// The event that takes this one back, seen from the state before it; none where it
    /// cannot be taken back (an erasure, a countdown, closing).
    pub fn inverse(&self, before: &RoomState) -> Option<Self> {
        let what = match &self.what {
            What::Meta(event) => What::Meta(event.inverse(&before.meta)?),
            What::Note(event) => What::Note(event.inverse(&before.notes)?),
            What::Design(event) => What::Design(event.inverse(&before.designs)?),
            What::Agenda(event) => What::Agenda(event.inverse(&before.agenda)?),
            What::Exercise(event) => What::Exercise(event.inverse()?),
            What::Timer(_) | What::Erased(_) => return None,
        };
        Some(Self { by: self.by, what })
    }

    /// What the event concerns.
    pub fn keys(&self) -> Keys {
        match &self.what {
            What::Meta(_) => MetaEvent::keys(),
            What::Note(event) => event.keys(),
            What::Design(event) => event.keys(),
            What::Agenda(_) => AgendaEvent::keys(),
            What::Timer(_) => TimerEvent::keys(),
            // Whether a step of an exercise can be taken back, its own rules say.
            What::Exercise(_) => Keys::default(),
            What::Erased(subject) => Keys::exact([subject.key()]),
        }
    }

    /// Takes the text of a subject out of the event; says whether there was any to take.
    pub fn erase(&mut self, subject: &Subject) -> bool {
        let before = self.clone();
        match (&mut self.what, subject) {
            (What::Meta(event), Subject::Session) => event.erase(),
            (What::Note(event), Subject::Note(id)) if event.id() == *id => event.erase(),
            (What::Design(event), Subject::System(id)) if event.id() == *id => {
                event.erase_name();
            }
            (What::Design(event), Subject::Mark(id, address)) if event.id() == *id => {
                event.erase_mark(address);
            }
            (What::Agenda(event), Subject::Item(id)) => event.erase(*id),
            (What::Timer(event), Subject::Timer) => event.erase(),
            (What::Exercise(event), Subject::Exercise(what)) => {
                event.redact(what);
            }
            _ => {}
        }
        *self != before
    }
}

impl Subject {
    /// What is gone once the text of this is erased: nothing that changed it can be undone.
    pub fn key(&self) -> Key {
        match self {
            Self::Session => Key::Session,
            Self::Note(id) => Key::Note(*id),
            Self::System(id) => Key::System(*id),
            Self::Mark(id, address) => Key::Mark(*id, address.clone()),
            Self::Item(_) => Key::Agenda,
            Self::Timer => Key::Timer,
            Self::Exercise(_) => Key::Exercise,
        }
    }
}
