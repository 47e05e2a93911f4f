//! What can go wrong with a session file, each said in one sentence with what to do.
//!
//! Owns the translation of `SQLite`'s and the system's codes. What a person reads never
//! holds a code; what a log needs stands in the source of the error.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::room::Refusal;

/// Something outside that did not work. Nothing of what was proposed is kept.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Another program has the session open.
    #[error("another pim has {} open; work in that one, close it, or open another session", .0.display())]
    Held(PathBuf),
    /// There is no such file.
    #[error("there is no session {}; `pim session list` shows all", .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{} is not a pim session; it was left as it is", .0.display())]
    Foreign(PathBuf),
    /// A newer program wrote it.
    #[error("{} was written by a newer pim (format {has}, this one reads up to {known}); open it with the newer one", file.display())]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its format.
        has: i64,
        /// The newest format that is known here.
        known: i64,
    },
    /// The file is damaged.
    #[error("{} is damaged ({why}); `pim session recover {}` saves what can be read into a new file", file.display(), file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What was found.
        why: String,
    },
    /// The file is damaged beyond what can be recovered.
    #[error("nothing of {} can be read any more; an export or a copy of it may still hold what it held", .0.display())]
    Lost(PathBuf),
    /// The disk is full.
    #[error("the disk is full, so this was not saved; make room and save again")]
    Full,
    /// The file or its folder cannot be written.
    #[error("{} cannot be written, so this was not saved; check that the folder is yours and not read-only", .0.display())]
    ReadOnly(PathBuf),
    /// Something with this name is there already.
    #[error("{} is there already and is never overwritten; choose another name", .0.display())]
    Exists(PathBuf),
    /// The state and the file do not belong together.
    #[error(
        "this screen is not at the last entry of the session (it is at {at}, the file at {last}); open the session again"
    )]
    OutOfStep {
        /// Where the state is.
        at: u64,
        /// Where the file is.
        last: u64,
    },
    /// No home or data folder is known.
    #[error("no folder for sessions is known on this system; give a file with --session FILE")]
    NoFolder,
    /// The system refused.
    #[error("{} could not be used: {source}", file.display())]
    Io {
        /// The file or folder.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else that `SQLite` says.
    #[error("{} could not be used: {source}", file.display())]
    Sqlite {
        /// The file.
        file: PathBuf,
        /// What `SQLite` said.
        source: rusqlite::Error,
    },
}

/// Why a proposal was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Rejected {
    /// The room does not take it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be kept.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Failure {
    /// What `SQLite` said about a file, in words.
    pub(super) fn sqlite(file: &Path, source: rusqlite::Error) -> Self {
        let file = file.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Held(file),
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly(file)
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                file,
                why: "its pages do not fit together".to_owned(),
            },
            _ => Self::Sqlite { file, source },
        }
    }

    /// What the system said about a file, in words.
    pub(crate) fn io(file: &Path, source: io::Error) -> Self {
        let file = file.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing(file),
            io::ErrorKind::AlreadyExists => Self::Exists(file),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(file)
            }
            _ => Self::Io { file, source },
        }
    }

    pub(super) fn damaged(file: &Path, why: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            why: why.into(),
        }
    }
}
