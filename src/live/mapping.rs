//! The operation that a host has open.
//!
//! Owns its file and the versions that undo goes back to. Promises that a version counts,
//! for everybody, only once it is on the disk. Start at [`MapDesk::change`].

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use crate::export::{MapFormat, Paper, export_map};
use crate::operation::{Edit, Operation, Sharing, Versions, for_audience};
use crate::page::operation::{NONE_OPEN, marked};
use crate::room::Room;
use crate::store::MapFile;

/// The file of the operation, where one is open.
#[derive(Default)]
pub(super) struct MapDesk {
    file: Option<MapFile>,
    versions: Versions,
}

impl MapDesk {
    pub(super) fn new(file: Option<MapFile>) -> Self {
        Self {
            file,
            versions: Versions::default(),
        }
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
        Ok(file.save(before, now, &room.content)?)
    }

    /// Writes the operation for an audience, beside its file.
    pub(super) fn export(
        &self,
        room: &Room,
        audience: Sharing,
        format: MapFormat,
    ) -> anyhow::Result<String> {
        let operation = now(room)?;
        let folder = self.file.as_ref().and_then(|file| file.path().parent());
        let folder = folder.map_or_else(|| PathBuf::from("."), PathBuf::from);
        let how = (format, Paper::default());
        let paths = export_map(&room.content, &operation, audience, how, &folder)?;
        let named: Vec<String> = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let (_, withheld) = for_audience(&operation, audience);
        Ok(format!(
            "{} Exported to {}",
            marked(audience, withheld),
            named.join(", ")
        ))
    }
}

fn now(room: &Room) -> anyhow::Result<Arc<Operation>> {
    match &room.content.operation {
        Some(operation) => Ok(Arc::clone(operation)),
        None => bail!("{NONE_OPEN}"),
    }
}
