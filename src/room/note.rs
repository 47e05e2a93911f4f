//! Notes: what people wrote and decided, and where it hangs.
//!
//! Owns kinds, texts, anchors and what can be done to a note. Knows nothing of who wrote
//! one: that is asked nowhere and kept nowhere. A deleted note keeps its text, so that it
//! can be brought back; an erased one is gone. Ids are never used twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::text::{self, LINE, NOTE};
use super::{Key, Keys, Refusal, Time};

/// No workshop writes more; a paste gone wrong might.
const MOST_NOTES: usize = 50_000;

/// The number of a note, as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NoteId(pub u64);

/// What a note is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum NoteKind {
    /// Something worth keeping.
    #[default]
    Note,
    /// Something to find out.
    Question,
    /// Something agreed.
    Decision,
    /// Something to do, by a role and by a date.
    ActionPoint,
    /// Something for later.
    ParkingLot,
}

impl NoteKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: &'static [NoteKind] = &[
        Self::Note,
        Self::Question,
        Self::Decision,
        Self::ActionPoint,
        Self::ParkingLot,
    ];

    /// The words for it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Question => "Question",
            Self::Decision => "Decision",
            Self::ActionPoint => "Action point",
            Self::ParkingLot => "Parking lot",
        }
    }
}

/// What is written in a note: what the editor edits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// What it is.
    pub kind: NoteKind,
    /// The text, lines kept.
    pub text: String,
    /// For an action point: who does it, by role.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// For an action point: by when, as people write it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due: String,
}

impl Body {
    /// A body of some kind with a text.
    pub fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            ..Self::default()
        }
    }

    /// The body as it may enter the room.
    pub fn entry(&self) -> Result<Self, Refusal> {
        let action = self.kind == NoteKind::ActionPoint;
        let only = |typed: &str, name| {
            let typed = if action { typed } else { "" };
            LINE.named(name).entry(typed)
        };
        Ok(Self {
            kind: self.kind,
            text: NOTE.required(&self.text)?,
            who: only(&self.who, "role")?,
            due: only(&self.due, "date")?,
        })
    }

    fn erase(&mut self) {
        self.text.clear();
        self.who.clear();
        self.due.clear();
    }
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub id: NoteId,
    /// The address that it hangs on; none for what concerns the whole session.
    pub anchor: Option<String>,
    /// What is written.
    pub body: Body,
    /// When it was written.
    pub written: Time,
    /// When it was last edited.
    pub changed: Option<Time>,
    /// When it was resolved.
    pub resolved: Option<Time>,
    /// Whether it was deleted; it can be brought back or erased.
    pub deleted: bool,
}

/// What a seat proposes about notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteCommand {
    /// Write one.
    Write {
        /// Where it hangs.
        anchor: Option<String>,
        /// What is written.
        body: Body,
    },
    /// Change one.
    Edit {
        /// Which.
        id: NoteId,
        /// What is written now.
        body: Body,
    },
    /// Hang one elsewhere.
    Move {
        /// Which.
        id: NoteId,
        /// Where it hangs now.
        anchor: Option<String>,
    },
    /// Say that one is settled.
    Resolve(NoteId),
    /// Say that one is not settled after all.
    Reopen(NoteId),
    /// Take one away; it can be brought back.
    Delete(NoteId),
    /// Bring a deleted one back.
    Restore(NoteId),
}

/// What happened to a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteEvent {
    /// It was written.
    Written {
        /// Its number.
        id: NoteId,
        /// When.
        at: Time,
        /// Where it hangs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        anchor: Option<String>,
        /// What is written.
        body: Body,
    },
    /// It was edited.
    Edited {
        /// Which.
        id: NoteId,
        /// When; none where an edit was taken back to the first text.
        at: Option<Time>,
        /// What is written now.
        body: Body,
    },
    /// It hangs elsewhere.
    Moved {
        /// Which.
        id: NoteId,
        /// Where.
        anchor: Option<String>,
    },
    /// It is settled.
    Resolved {
        /// Which.
        id: NoteId,
        /// Since when.
        at: Time,
    },
    /// It is open again.
    Reopened(NoteId),
    /// It was taken away.
    Deleted(NoteId),
    /// It was brought back.
    Restored(NoteId),
}

/// All notes of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    all: BTreeMap<NoteId, Note>,
    last: u64,
}

impl Notes {
    /// The notes in the order in which they were written, without deleted ones.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.all.values().filter(|note| !note.deleted)
    }

    /// The deleted ones, which can be brought back or erased.
    pub fn deleted(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.all.values().filter(|note| note.deleted)
    }

    /// The notes that hang on an address, in the order in which they were written.
    pub fn at<'a>(&'a self, address: &'a str) -> impl Iterator<Item = &'a Note> {
        self.iter()
            .filter(move |note| note.anchor.as_deref() == Some(address))
    }

    /// A note that is there.
    pub fn get(&self, id: NoteId) -> Option<&Note> {
        self.all.get(&id).filter(|note| !note.deleted)
    }

    /// A note, deleted or not.
    pub fn kept(&self, id: NoteId) -> Option<&Note> {
        self.all.get(&id)
    }

    /// Whether there is text of this note left to erase, deleted or not.
    pub fn has_text(&self, id: NoteId) -> bool {
        self.all.contains_key(&id)
    }

    /// How many there are, without deleted ones.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    pub(super) fn apply(&mut self, event: &NoteEvent) {
        if let NoteEvent::Written {
            id,
            at,
            anchor,
            body,
        } = event
        {
            self.last = self.last.max(id.0);
            self.all.insert(
                *id,
                Note {
                    id: *id,
                    anchor: anchor.clone(),
                    body: body.clone(),
                    written: *at,
                    changed: None,
                    resolved: None,
                    deleted: false,
                },
            );
        } else if let Some(note) = self.all.get_mut(&event.id()) {
            note.apply(event);
        }
    }

    pub(super) fn erase(&mut self, id: NoteId) {
        self.all.remove(&id);
    }

    pub(super) fn decide(
        &self,
        command: NoteCommand,
        now: Time,
    ) -> Result<Vec<NoteEvent>, Refusal> {
        let event = match command {
            NoteCommand::Write { anchor, body } => Some(self.write(anchor, &body, now)?),
            NoteCommand::Edit { id, body } => {
                let body = body.entry()?;
                let at = Some(now);
                (self.find(id)?.body != body).then_some(NoteEvent::Edited { id, at, body })
            }
            NoteCommand::Move { id, anchor } => {
                let anchor = checked(anchor)?;
                (self.find(id)?.anchor != anchor).then_some(NoteEvent::Moved { id, anchor })
            }
            NoteCommand::Resolve(id) => {
                let open = self.find(id)?.resolved.is_none();
                open.then_some(NoteEvent::Resolved { id, at: now })
            }
            NoteCommand::Reopen(id) => {
                let settled = self.find(id)?.resolved.is_some();
                settled.then_some(NoteEvent::Reopened(id))
            }
            NoteCommand::Delete(id) => self.find(id).map(|_| Some(NoteEvent::Deleted(id)))?,
            NoteCommand::Restore(id) => {
                let note = self.all.get(&id).ok_or(Refusal::Gone("note"))?;
                note.deleted.then_some(NoteEvent::Restored(id))
            }
        };
        Ok(event.into_iter().collect())
    }

    fn write(&self, anchor: Option<String>, body: &Body, now: Time) -> Result<NoteEvent, Refusal> {
        if self.all.len() >= MOST_NOTES {
            return Err(Refusal::TooMany {
                what: "notes",
                most: MOST_NOTES,
            });
        }
        Ok(NoteEvent::Written {
            id: NoteId(self.last + 1),
            at: now,
            anchor: checked(anchor)?,
            body: body.entry()?,
        })
    }

    fn find(&self, id: NoteId) -> Result<&Note, Refusal> {
        self.get(id).ok_or(Refusal::Gone("note"))
    }
}

fn checked(anchor: Option<String>) -> Result<Option<String>, Refusal> {
    anchor.map(|typed| text::address(&typed)).transpose()
}

impl Note {
    fn apply(&mut self, event: &NoteEvent) {
        match event {
            NoteEvent::Written { .. } => {}
            NoteEvent::Edited { at, body, .. } => {
                self.body.clone_from(body);
                self.changed = *at;
            }
            NoteEvent::Moved { anchor, .. } => self.anchor.clone_from(anchor),
            NoteEvent::Resolved { at, .. } => self.resolved = Some(*at),
            NoteEvent::Reopened(_) => self.resolved = None,
            NoteEvent::Deleted(_) => self.deleted = true,
            NoteEvent::Restored(_) => self.deleted = false,
        }
    }
}

impl NoteEvent {
    /// The note that it happened to.
    pub const fn id(&self) -> NoteId {
        match self {
            Self::Written { id, .. }
            | Self::Edited { id, .. }
            | Self::Moved { id, .. }
            | Self::Resolved { id, .. }
            | Self::Reopened(id)
            | Self::Deleted(id)
            | Self::Restored(id) => *id,
        }
    }

    pub(super) fn inverse(&self, before: &Notes) -> Option<Self> {
        let id = self.id();
        if matches!(self, Self::Written { .. }) {
            return Some(Self::Deleted(id));
        }
        let note = before.all.get(&id)?;
        Some(match self {
            Self::Written { .. } | Self::Restored(_) => Self::Deleted(id),
            Self::Edited { .. } => Self::Edited {
                id,
                at: note.changed,
                body: note.body.clone(),
            },
            Self::Moved { .. } => Self::Moved {
                id,
                anchor: note.anchor.clone(),
            },
            Self::Resolved { .. } => Self::Reopened(id),
            Self::Reopened(_) => Self::Resolved {
                id,
                at: note.resolved?,
            },
            Self::Deleted(_) => Self::Restored(id),
        })
    }

    pub(super) fn keys(&self) -> Keys {
        Keys::exact([Key::Note(self.id())])
    }

    pub(super) fn erase(&mut self) {
        match self {
            Self::Written { anchor, body, .. } => {
                *anchor = None;
                body.erase();
            }
            Self::Edited { body, .. } => body.erase(),
            _ => {}
        }
    }
}
