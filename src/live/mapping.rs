//! The operation that a host has open.
//!
//! Owns its file, the versions that undo goes back to, and the drafts of its forms. Promises
//! that a version counts, for everybody, only once it is on the disk, and that what somebody
//! else wrote into the file is read or left alone, never overwritten. Start at
//! [`MapDesk::change`].

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::app::Msg;
use crate::export::{MapFormat, Paper, export_map};
use crate::operation::{
    Draft, Drafts, Edit, Operation, Sharing, Versions, difference, for_audience,
};
use crate::page::operation::{NONE_OPEN, doubted};
use crate::room::Room;
use crate::store::{MapFailure, MapFile};

use super::sitting::DRAFT_AFTER;

/// The file of the operation, where one is open.
#[derive(Default)]
pub(super) struct MapDesk {
    file: Option<MapFile>,
    versions: Versions,
    drafts: Drafts,
    /// When drafts are written that wait.
    due: Option<Instant>,
}

impl MapDesk {
    pub(super) fn new(file: Option<MapFile>) -> Self {
        Self {
            file,
            ..Self::default()
        }
    }

    /// Takes up what was typed and not saved; what there is to say.
    pub(super) fn begin(&mut self, room: &mut Room) -> Option<String> {
        let operation = room.content.operation.clone();
        let (Some(file), Some(operation)) = (&self.file, operation) else {
            return None;
        };
        let mut said = Vec::new();
        match file.drafts() {
            Ok(drafts) => {
                let titles: Vec<&str> = drafts.iter().map(|one| one.title.as_str()).collect();
                if !titles.is_empty() {
                    let titles = titles.join("; ");
                    said.push(format!("Kept as a draft and not saved: {titles}."));
                }
                self.drafts = drafts;
                self.publish(room);
            }
            Err(why) => said.push(format!("Drafts of forms were not read: {why}.")),
        }
        said.extend(doubted(&operation));
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// Keeps what is typed into a form once typing pauses, or at once.
    pub(super) fn draft(
        &mut self,
        room: &mut Room,
        (about, draft): (&str, Option<Draft>),
        at_once: bool,
    ) -> anyhow::Result<()> {
        if self.file.is_none() {
            return Ok(());
        }
        if self.drafts.put(about, draft) {
            self.due.get_or_insert_with(|| Instant::now() + DRAFT_AFTER);
        }
        if at_once {
            return self.flush(room);
        }
        Ok(())
    }

    /// When something is due: drafts.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Does what is due. What cannot be written stays on the screen, which says so by not
    /// saying that it is kept; leaving the form says why.
    pub(super) fn woke(&mut self, room: &mut Room) {
        if self.due.is_some_and(|at| at <= Instant::now()) {
            drop(self.flush(room));
        }
    }

    /// Writes the drafts that wait.
    pub(super) fn flush(&mut self, room: &mut Room) -> anyhow::Result<()> {
        let waits = self.due.take().is_some() || !self.drafts.kept;
        let Some(file) = self.file.as_ref().filter(|_| waits) else {
            return Ok(());
        };
        let written = file.keep_drafts(&self.drafts);
        self.drafts.kept = written.is_ok();
        self.publish(room);
        written.context("what you typed is kept only while the program runs")
    }

    fn publish(&self, room: &mut Room) {
        if *room.map_drafts != self.drafts {
            room.map_drafts = Arc::new(self.drafts.clone());
        }
    }

    /// Reads the file as somebody else left it; undo goes back to what was there before.
    pub(super) fn read_again(&mut self, room: &mut Room) -> anyhow::Result<String> {
        let before = now(room)?;
        let Some(file) = &self.file else {
            bail!("{NONE_OPEN}");
        };
        let (file, new) = MapFile::open(file.path(), &room.content).map_err(|why| unread(&why))?;
        let parts = difference(&before, &new, &room.content).len();
        self.file = Some(file);
        if parts == 0 && new == *before {
            return Ok("Read again: the map is the same.".to_owned());
        }
        self.versions.note(before, &new);
        room.map(Arc::new(new));
        let s = if parts == 1 { "" } else { "s" };
        Ok(format!("Read again: {parts} part{s} of the map changed."))
    }

    /// Makes some changes as one, all of them or none.
    pub(super) fn change(&mut self, room: &mut Room, edits: Vec<Edit>) -> anyhow::Result<String> {
        let before = now(room)?;
        let mut new = Operation::clone(&before);
        for edit in edits {
            new = new.with(edit, &room.content)?;
        }
        if new == *before {
            return Ok("Nothing was changed.".to_owned());
        }
        self.save(room, &before, &new)?;
        self.versions.note(before, &new);
        room.map(Arc::new(new));
        Ok("Saved; u takes it back.".to_owned())
    }

    /// Takes the last change back, or makes it again.
    pub(super) fn step(&mut self, room: &mut Room, back: bool) -> anyhow::Result<String> {
        let before = now(room)?;
        let mut versions = self.versions.clone();
        let to = if back {
            versions.undo(Arc::clone(&before))
        } else {
            versions.redo(Arc::clone(&before))
        };
        let Some(to) = to else {
            let what = if back { "undo" } else { "redo" };
            bail!("there is nothing in the operation to {what}");
        };
        self.save(room, &before, &to)?;
        self.versions = versions;
        room.map(to);
        Ok(if back {
            "Undone and saved. Ctrl-R does it again.".to_owned()
        } else {
            "Done again and saved.".to_owned()
        })
    }

    fn save(&mut self, room: &Room, before: &Operation, now: &Operation) -> anyhow::Result<()> {
        let Some(file) = &mut self.file else {
            bail!("{NONE_OPEN}");
        };
        file.save(before, now, &room.content).map_err(|why| {
            let help = match why {
                MapFailure::ChangedOnDisk(_) => {
                    ". Ctrl-O reads it as it is now and keeps what you typed; then save again"
                }
                _ => "",
            };
            anyhow::anyhow!("{why}{help}")
        })
    }

    /// Writes the operation for an audience, beside its file.
    pub(super) fn export(
        &self,
        room: &Room,
        audience: Sharing,
        format: MapFormat,
    ) -> anyhow::Result<Msg> {
        let operation = now(room)?;
        let folder = self.file.as_ref().and_then(|file| file.path().parent());
        let folder = folder.map_or_else(|| PathBuf::from("."), PathBuf::from);
        let how = (format, Paper::default());
        let paths = export_map(&room.content, &operation, audience, how, &folder)?;
        let (shown, withheld) = for_audience(&operation, audience);
        let mut lines = vec![withheld.said()];
        lines.extend(doubted(&shown));
        lines.extend(paths.iter().map(|path| path.display().to_string()));
        Ok(Msg::Told {
            title: format!("Exported. {}", audience.mark()),
            lines,
        })
    }
}

/// Why a file cannot be read, short enough for a screen.
fn unread(why: &MapFailure) -> anyhow::Error {
    let text = why.to_string();
    let first = text.lines().next().unwrap_or_default();
    anyhow::anyhow!(
        "the file cannot be read as it is, so the map stays as it was: {first}; \
         `pim operation check` says all"
    )
}

fn now(room: &Room) -> anyhow::Result<Arc<Operation>> {
    match &room.content.operation {
        Some(operation) => Ok(Arc::clone(operation)),
        None => bail!("{NONE_OPEN}"),
    }
}
