//! Title, date and place of a session, and whether it is closed.
//!
//! Owns nothing that names people. A session without a title is a scratch one.

use serde::{Deserialize, Serialize};

use super::text::LINE;
use super::{Key, Keys, Refusal, Time};

/// What the session is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Its title; empty for a scratch session.
    pub title: String,
    /// The date as people write it.
    pub date: String,
    /// Where it takes place, if anybody said so.
    pub place: String,
    /// When it was begun.
    pub opened: Time,
    /// When it was closed.
    pub closed: Option<Time>,
}

/// What a seat proposes about the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetaCommand {
    /// Give it a title.
    Title(String),
    /// Say its date.
    Date(String),
    /// Say its place.
    Place(String),
    /// Say several of these at once; what is not given stays.
    About {
        /// Its title.
        title: Option<String>,
        /// Its date.
        date: Option<String>,
        /// Its place.
        place: Option<String>,
    },
    /// Close it: nothing changes until it is reopened.
    Close,
    /// Reopen it.
    Reopen,
}

/// What happened to the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MetaEvent {
    /// It was begun.
    Opened {
        /// When.
        at: Time,
        /// Under which title.
        title: String,
        /// The date as written.
        date: String,
        /// The place as written.
        place: String,
    },
    /// It got a title.
    Titled(String),
    /// It got a date.
    Dated(String),
    /// It got a place.
    Placed(String),
    /// It was closed.
    Closed(Time),
    /// It was reopened.
    Reopened,
}

impl Meta {
    /// Whether nobody gave it a title.
    pub const fn is_scratch(&self) -> bool {
        self.title.is_empty()
    }

    pub(super) fn apply(&mut self, event: &MetaEvent) {
        match event {
            MetaEvent::Opened {
                at,
                title,
                date,
                place,
            } => {
                self.opened = *at;
                self.title.clone_from(title);
                self.date.clone_from(date);
                self.place.clone_from(place);
            }
            MetaEvent::Titled(title) => self.title.clone_from(title),
            MetaEvent::Dated(date) => self.date.clone_from(date),
            MetaEvent::Placed(place) => self.place.clone_from(place),
            MetaEvent::Closed(at) => self.closed = Some(*at),
            MetaEvent::Reopened => self.closed = None,
        }
    }

    pub(super) fn erase(&mut self) {
        self.title.clear();
        self.date.clear();
        self.place.clear();
    }

    pub(super) fn decide(
        &self,
        command: MetaCommand,
        now: Time,
    ) -> Result<Vec<MetaEvent>, Refusal> {
        let event = match command {
            MetaCommand::Title(typed) => self.titled(&typed)?,
            MetaCommand::Date(typed) => self.dated(&typed)?,
            MetaCommand::Place(typed) => self.placed(&typed)?,
            MetaCommand::About { title, date, place } => {
                let title = title.map(|typed| self.titled(&typed)).transpose()?;
                let date = date.map(|typed| self.dated(&typed)).transpose()?;
                let place = place.map(|typed| self.placed(&typed)).transpose()?;
                let events = [title, date, place].into_iter().flatten().flatten();
                return Ok(events.collect());
            }
            MetaCommand::Close => self.closed.is_none().then_some(MetaEvent::Closed(now)),
            MetaCommand::Reopen => self.closed.is_some().then_some(MetaEvent::Reopened),
        };
        Ok(event.into_iter().collect())
    }

    fn titled(&self, typed: &str) -> Result<Option<MetaEvent>, Refusal> {
        let title = LINE.named("title").required(typed)?;
        Ok((title != self.title).then_some(MetaEvent::Titled(title)))
    }

    fn dated(&self, typed: &str) -> Result<Option<MetaEvent>, Refusal> {
        let date = LINE.named("date").entry(typed)?;
        Ok((date != self.date).then_some(MetaEvent::Dated(date)))
    }

    fn placed(&self, typed: &str) -> Result<Option<MetaEvent>, Refusal> {
        let place = LINE.named("place").entry(typed)?;
        Ok((place != self.place).then_some(MetaEvent::Placed(place)))
    }
}

impl MetaEvent {
    pub(super) fn inverse(&self, before: &Meta) -> Option<Self> {
        match self {
            Self::Titled(_) => Some(Self::Titled(before.title.clone())),
            Self::Dated(_) => Some(Self::Dated(before.date.clone())),
            Self::Placed(_) => Some(Self::Placed(before.place.clone())),
            Self::Opened { .. } | Self::Closed(_) | Self::Reopened => None,
        }
    }

    pub(super) fn keys() -> Keys {
        Keys::exact([Key::Session])
    }

    pub(super) fn erase(&mut self) {
        match self {
            Self::Opened {
                title, date, place, ..
            } => {
                title.clear();
                date.clear();
                place.clear();
            }
            Self::Titled(text) | Self::Dated(text) | Self::Placed(text) => text.clear(),
            Self::Closed(_) | Self::Reopened => {}
        }
    }
}
