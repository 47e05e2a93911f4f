//! Taking a session away, with everything that this program made beside it.
//!
//! Owns which files belong to a session and how they are wiped. Promises that nothing is
//! removed that was not named before, and that what stays is named with why. What no
//! program can promise is said in [`Purge::CANNOT`].

use std::fs;
use std::path::{Path, PathBuf};

use super::open::{check_first_bytes, folder_of, real};
use super::{Failure, Store, Trace, private};

/// What purging a session would remove; nothing is removed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purge {
    /// The session's file.
    pub file: PathBuf,
    /// Everything that goes: the file, its logs, backups and recovered files.
    pub removes: Vec<PathBuf>,
    /// Exports and copies, which stay unless they are asked for too.
    pub elsewhere: Vec<Trace>,
}

/// What purging did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// What is gone.
    pub removed: Vec<PathBuf>,
    /// What could not be removed, and why.
    pub left: Vec<(PathBuf, String)>,
    /// Exports and copies that are still where they were put.
    pub elsewhere: Vec<PathBuf>,
}

impl Purge {
    /// What no program can remove.
    pub const CANNOT: &'static str = "Purging cannot reach what others made of the session: \
        files that were sent or printed, backups of this computer, snapshots of its disk, \
        and what a solid-state disk keeps of overwritten blocks.";

    /// Finds what belongs to a session. Refused while somebody has it open.
    pub fn plan(file: &Path) -> Result<Self, Failure> {
        let file = &real(file)?;
        let elsewhere = match check_first_bytes(file).and_then(|()| Store::open(file)) {
            Ok((store, _)) => {
                let traces = store.traces()?;
                store.close()?;
                traces
            }
            // A damaged or newer session can go as well; what it says cannot be read.
            Err(Failure::Damaged { .. } | Failure::Newer { .. } | Failure::Sqlite { .. }) => {
                Vec::new()
            }
            Err(other) => return Err(other),
        };
        Self::of(file, elsewhere)
    }

    /// Finds what belongs to a session that is open here; it must be closed before it is
    /// carried out.
    pub fn plan_open(store: &Store) -> Result<Self, Failure> {
        Self::of(store.file(), store.traces()?)
    }

    fn of(file: &Path, elsewhere: Vec<Trace>) -> Result<Self, Failure> {
        let mut removes = vec![file.to_owned()];
        removes.extend(beside(file, belongs)?);
        Ok(Self {
            file: file.to_owned(),
            removes,
            elsewhere: elsewhere
                .into_iter()
                .filter(|one| one.path.exists())
                .collect(),
        })
    }

    /// Wipes and removes what was planned, exports and copies too if asked.
    pub fn carry_out(self, elsewhere_too: bool) -> Purged {
        let mut purged = Purged::default();
        let (mut go, mut stay) = (self.removes, Vec::new());
        for trace in self.elsewhere {
            let to = if elsewhere_too { &mut go } else { &mut stay };
            to.push(trace.path);
        }
        for path in go {
            match wipe(&path) {
                Ok(()) => purged.removed.push(path),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => purged.left.push((path, error.to_string())),
            }
        }
        purged.elsewhere = stay;
        if let Err(error) = private::settle(&folder_of(&self.file)) {
            purged.left.push((folder_of(&self.file), error.to_string()));
        }
        purged
    }
}

/// Wipes a file, or a passing folder with the files in it.
fn wipe(path: &Path) -> std::io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            private::wipe(&entry?.path())?;
        }
        return fs::remove_dir(path);
    }
    private::wipe(path)
}

/// Files of the same folder that a test of their name picks, in order.
fn beside(file: &Path, picks: fn(&str, &str) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let folder = folder_of(file);
    let said = |error| Failure::io(&folder, error);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(said)? {
        let entry = entry.map_err(said)?;
        if picks(&name, &entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file beside a session was made for it by `SQLite` or by this program.
fn belongs(session: &str, other: &str) -> bool {
    let stem = session.strip_suffix(".pim").unwrap_or(session);
    let log = ["-wal", "-shm", "-journal"]
        .iter()
        .any(|ending| other.strip_prefix(session) == Some(ending));
    log || is_left_over(session, other) || other.starts_with(&format!("{stem}.recovered"))
}

/// Whether a file beside a session is a backup or something that a crash left.
#[expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the program gave these names itself"
)]
fn is_left_over(session: &str, other: &str) -> bool {
    let backup = other.starts_with(&format!("{session}.v")) && other.ends_with(".bak");
    let passing = other.starts_with(&format!(".{session}.")) && other.ends_with(".new");
    // A backup that was being made when the program died has a passing name of its own.
    let passing_backup = other.starts_with(&format!(".{session}.v"));
    backup || passing || passing_backup
}

/// Removes backups and leftovers of a session that stays.
pub(super) fn wipe_backups(file: &Path) -> Result<(), Failure> {
    for path in beside(file, is_left_over)? {
        wipe(&path).map_err(|error| Failure::io(&path, error))?;
    }
    Ok(())
}
