//! Session files in a folder that goes away, and a search through everything in it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use pim::room::{Body, Command, Event, NoteCommand, NoteKind, Role, RoomState, SeatId, Time};
use pim::store::{Proposal, Rejected, Store};

use crate::room_sitting::opening;

pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A session in a file of that name, with nothing in it yet.
pub(crate) fn session(file: &Path) -> (Store, RoomState) {
    Store::create(file, &[opening("Test")]).unwrap()
}

pub(crate) fn note(kind: NoteKind, anchor: Option<&str>, text: &str) -> Command {
    Command::Note(NoteCommand::Write {
        anchor: anchor.map(str::to_owned),
        body: Body::new(kind, text),
    })
}

/// Proposes as the facilitator.
pub(crate) fn go(
    store: &mut Store,
    state: &mut RoomState,
    command: Command,
) -> Result<Vec<Event>, Rejected> {
    store.propose(state, as_facilitator(command))
}

pub(crate) fn as_facilitator(command: Command) -> Proposal {
    Proposal::new(
        SeatId(1),
        Role::Facilitator,
        command,
        Time(1_772_600_060_000),
    )
}

/// The files below a folder in which some bytes stand.
pub(crate) fn holding(folder: &Path, needle: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, needle));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            if bytes
                .windows(needle.len())
                .any(|part| part == needle.as_bytes())
            {
                found.push(path);
            }
        }
    }
    found
}
