//! The sessions of this user as a list to choose from, and what is asked to be done with them.
//!
//! Owns the choice (by file, never by position) and the lines in which a session is named.
//! Knows no file system: the rows come in with a message, and what is to be done goes out as
//! an [`Errand`]. Start at [`Shelf`].

use std::path::{Path, PathBuf};

use super::input::Line;
use crate::room::{Meta, MetaCommand, Room};
use crate::store::{Condition, SessionInfo};

/// The list of sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// The sessions, the last used first; none until they were looked for.
    pub rows: Option<Vec<SessionInfo>>,
    /// The chosen one, by its file; the first where none is chosen.
    pub chosen: Option<PathBuf>,
}

/// Something that is to be done with sessions, outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Look which there are.
    List,
    /// Open one; the present one is closed.
    Open(PathBuf),
    /// Begin one under a title; the present one is closed.
    Begin(String),
    /// Name, close or reopen one that is not open here.
    Change(PathBuf, MetaCommand),
    /// Say what purging one would remove; nothing is removed.
    PlanPurge(PathBuf),
    /// Purge the one that was planned last.
    Purge {
        /// Its file.
        file: PathBuf,
        /// Its exports and copies too.
        elsewhere: bool,
    },
    /// Make a whole copy of one.
    Copy {
        /// Its file.
        file: PathBuf,
        /// Where to, as it was typed.
        to: String,
    },
    /// Save what can be read of a damaged one into a new one.
    Recover(PathBuf),
}

impl Shelf {
    /// The rows; the session that is open here as it is now.
    pub fn rows(&self, room: &Room) -> Vec<SessionInfo> {
        let mut rows = self.rows.clone().unwrap_or_default();
        let here = rows.iter_mut().find(|one| one.here);
        if let (Some(row), Some(session)) = (here, &room.session) {
            row.title.clone_from(&session.meta.title);
            row.date.clone_from(&session.meta.date);
            row.place.clone_from(&session.meta.place);
            row.notes = session.notes.len();
            row.condition = match session.meta.closed {
                Some(_) => Condition::Closed,
                None => Condition::Open,
            };
        }
        rows
    }

    /// The place of the chosen one.
    pub fn index(&self) -> usize {
        let rows = self.rows.as_deref().unwrap_or_default();
        let chosen = self.chosen.as_deref();
        let at = rows.iter().position(|one| Some(&*one.file) == chosen);
        at.unwrap_or_default()
    }

    /// Chooses another one.
    pub fn step(&mut self, by: isize) {
        let rows = self.rows.as_deref().unwrap_or_default();
        let last = rows.len().saturating_sub(1);
        let to = self.index().saturating_add_signed(by).min(last);
        self.chosen = rows.get(to).map(|one| one.file.clone());
    }

    /// The chosen one.
    pub fn session(&self, room: &Room) -> Option<SessionInfo> {
        self.rows(room).into_iter().nth(self.index())
    }
}

/// Title, date and place of a session while they are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The session's file; none for the one that is open here.
    pub file: Option<PathBuf>,
    /// Title, date and place.
    pub lines: [Line; 3],
    /// Which of them is typed.
    pub field: usize,
    before: [String; 3],
}

impl Naming {
    /// The words before the three lines.
    pub const TITLES: [&'static str; 3] = ["Title", "Date", "Place"];

    /// The lines as they stand.
    pub fn new(file: Option<&Path>, before: [&str; 3]) -> Self {
        Self {
            file: file.map(Path::to_owned),
            lines: before.map(Line::new),
            field: 0,
            before: before.map(str::to_owned),
        }
    }

    /// The lines of the session that is open here.
    pub fn of(meta: &Meta) -> Self {
        Self::new(None, [&meta.title, &meta.date, &meta.place])
    }

    /// Goes to another line, round and round.
    pub fn turn(&mut self, by: isize) {
        let lines = self.lines.len().cast_signed();
        let to = (self.field.cast_signed() + by).rem_euclid(lines);
        self.field = to.unsigned_abs();
    }

    /// The line that is typed.
    pub fn line(&mut self) -> Option<&mut Line> {
        self.lines.get_mut(self.field)
    }

    /// What is proposed: only what was changed.
    pub fn command(&self) -> MetaCommand {
        let changed = |n: usize| {
            let (line, before) = (self.lines.get(n)?, self.before.get(n)?);
            let typed = line.text().trim().to_owned();
            (typed != *before).then_some(typed)
        };
        MetaCommand::About {
            title: changed(0),
            date: changed(1),
            place: changed(2),
        }
    }
}
