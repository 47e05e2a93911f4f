//! The agenda: what is planned, with minutes.
//!
//! Owns the items and their order. Knows no clock: what time an item begins is for a
//! screen to say. Read from a RON file by [`read`], a list such as
//! `[(title: "Welcome", minutes: 10), (title: "The Matrix", minutes: 45)]`.

use serde::{Deserialize, Serialize};

use super::text::LINE;
use super::{Key, Keys, Refusal};

const MOST_ITEMS: usize = 200;
const MOST_MINUTES: u32 = 24 * 60;

/// The number of an agenda item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgendaId(pub u64);

/// An item of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// Its number.
    pub id: AgendaId,
    /// What is done.
    pub title: String,
    /// How long it is meant to take.
    pub minutes: u32,
}

impl AgendaItem {
    /// The title, or a stand-in where it was erased.
    pub fn shown(&self) -> &str {
        if self.title.is_empty() {
            "(erased)"
        } else {
            &self.title
        }
    }
}

/// An item as it is written in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// What is done.
    pub title: String,
    /// How long it is meant to take.
    pub minutes: u32,
}

/// Reads an agenda from RON.
pub fn read(ron: &str) -> Result<Vec<Planned>, Refusal> {
    ron::from_str(ron).map_err(|error| {
        Refusal::Unreadable(format!(
            "this is no agenda: {error}; an agenda is a list such as \
             [(title: \"Welcome\", minutes: 10)]"
        ))
    })
}

/// What a seat proposes about the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgendaCommand {
    /// Add an item at the end.
    Add(Planned),
    /// Change an item.
    Change {
        /// Which.
        id: AgendaId,
        /// What it is now.
        to: Planned,
    },
    /// Put an item at another place, counted from 0.
    Move {
        /// Which.
        id: AgendaId,
        /// Where.
        to: usize,
    },
    /// Take an item away.
    Remove(AgendaId),
    /// Put another agenda in place of this one.
    Load(Vec<Planned>),
}

/// What happened to the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgendaEvent {
    /// An item was put in.
    Added {
        /// At which place.
        at: usize,
        /// What it is.
        item: AgendaItem,
    },
    /// An item was changed.
    Changed(AgendaItem),
    /// An item went to another place.
    Moved {
        /// Which.
        id: AgendaId,
        /// Where.
        to: usize,
    },
    /// An item was taken away.
    Removed(AgendaId),
    /// All items were replaced.
    Loaded(Vec<AgendaItem>),
}

/// The agenda of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    items: Vec<AgendaItem>,
    last: u64,
}

impl Agenda {
    /// The items in order.
    pub fn items(&self) -> &[AgendaItem] {
        &self.items
    }

    /// The minutes of all items.
    pub fn minutes(&self) -> u32 {
        self.items.iter().map(|item| item.minutes).sum()
    }

    fn position(&self, id: AgendaId) -> Option<usize> {
        self.items.iter().position(|item| item.id == id)
    }

    pub(super) fn apply(&mut self, event: &AgendaEvent) {
        match event {
            AgendaEvent::Added { at, item } => {
                self.last = self.last.max(item.id.0);
                self.items.insert((*at).min(self.items.len()), item.clone());
            }
            AgendaEvent::Changed(to) => {
                if let Some(item) = self.items.iter_mut().find(|item| item.id == to.id) {
                    item.clone_from(to);
                }
            }
            AgendaEvent::Moved { id, to } => {
                if let Some(from) = self.position(*id) {
                    let item = self.items.remove(from);
                    self.items.insert((*to).min(self.items.len()), item);
                }
            }
            AgendaEvent::Removed(id) => self.items.retain(|item| item.id != *id),
            AgendaEvent::Loaded(items) => {
                let highest = items.iter().map(|item| item.id.0).max();
                self.last = self.last.max(highest.unwrap_or_default());
                self.items.clone_from(items);
            }
        }
    }

    pub(super) fn erase(&mut self, id: AgendaId) {
        for item in self.items.iter_mut().filter(|item| item.id == id) {
            item.title.clear();
        }
    }

    pub(super) fn has(&self, id: AgendaId) -> bool {
        // A removed item still stands in the events that put it in.
        id.0 >= 1 && id.0 <= self.last
    }

    pub(super) fn decide(&self, command: AgendaCommand) -> Result<Vec<AgendaEvent>, Refusal> {
        let event = match command {
            AgendaCommand::Add(planned) => {
                at_most(self.items.len() + 1)?;
                let item = item(self.last + 1, &planned)?;
                let at = self.items.len();
                Some(AgendaEvent::Added { at, item })
            }
            AgendaCommand::Change { id, to } => {
                let before = self.find(id)?;
                let to = item(id.0, &to)?;
                (*before != to).then_some(AgendaEvent::Changed(to))
            }
            AgendaCommand::Move { id, to } => {
                self.find(id)?;
                let to = to.min(self.items.len() - 1);
                (self.position(id) != Some(to)).then_some(AgendaEvent::Moved { id, to })
            }
            AgendaCommand::Remove(id) => self.find(id).map(|_| Some(AgendaEvent::Removed(id)))?,
            AgendaCommand::Load(planned) => Some(AgendaEvent::Loaded(self.load(&planned)?)),
        };
        Ok(event.into_iter().collect())
    }

    fn load(&self, planned: &[Planned]) -> Result<Vec<AgendaItem>, Refusal> {
        at_most(planned.len())?;
        (self.last + 1..)
            .zip(planned)
            .map(|(id, one)| item(id, one))
            .collect()
    }

    fn find(&self, id: AgendaId) -> Result<&AgendaItem, Refusal> {
        let found = self.items.iter().find(|item| item.id == id);
        found.ok_or(Refusal::Gone("agenda item"))
    }
}

fn at_most(items: usize) -> Result<(), Refusal> {
    if items > MOST_ITEMS {
        return Err(Refusal::TooMany {
            what: "agenda items",
            most: MOST_ITEMS,
        });
    }
    Ok(())
}

fn item(id: u64, planned: &Planned) -> Result<AgendaItem, Refusal> {
    if !(1..=MOST_MINUTES).contains(&planned.minutes) {
        return Err(Refusal::OutOfRange {
            what: "minutes",
            least: 1,
            most: MOST_MINUTES,
        });
    }
    Ok(AgendaItem {
        id: AgendaId(id),
        title: LINE.named("agenda item").required(&planned.title)?,
        minutes: planned.minutes,
    })
}

impl AgendaEvent {
    pub(super) fn inverse(&self, before: &Agenda) -> Option<Self> {
        match self {
            Self::Added { item, .. } => Some(Self::Removed(item.id)),
            Self::Changed(to) => before.find(to.id).ok().cloned().map(Self::Changed),
            Self::Moved { id, .. } => Some(Self::Moved {
                id: *id,
                to: before.position(*id)?,
            }),
            Self::Removed(id) => Some(Self::Added {
                at: before.position(*id)?,
                item: before.find(*id).ok()?.clone(),
            }),
            Self::Loaded(_) => Some(Self::Loaded(before.items.clone())),
        }
    }

    /// The agenda stands or falls as a whole: a place in an order means something only in
    /// that order.
    pub(super) fn keys() -> Keys {
        Keys::exact([Key::Agenda])
    }

    pub(super) fn erase(&mut self, id: AgendaId) {
        let items: &mut [AgendaItem] = match self {
            Self::Added { item, .. } | Self::Changed(item) => std::slice::from_mut(item),
            Self::Loaded(items) => items,
            Self::Moved { .. } | Self::Removed(_) => &mut [],
        };
        for item in items.iter_mut().filter(|item| item.id == id) {
            item.title.clear();
        }
    }
}
