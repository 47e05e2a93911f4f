//! The file of an operation.
//!
//! Owns how it is read and how it is replaced: whole or not at all, to the disk before
//! "saved" is said, with the rights that it had. Promises that what somebody wrote into the
//! file meanwhile is never overwritten: the text on the disk must be the one that was read
//! here last. Start at [`MapFile::open`].

use std::fs::{self, File as Handle};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::content::{Content, Faults, File};
use crate::operation::{CannotKeep, Drafts, Operation, read, rewrite, write};

/// No operation is nearly this large.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// Why an operation was not read or not saved. Nothing is left half written.
#[derive(Debug, thiserror::Error)]
pub enum MapFailure {
    /// There is no such file.
    #[error("there is no file {}; `pim operation new {}` begins one", .0.display(), .0.display())]
    Missing(PathBuf),
    /// Something with this name is there already.
    #[error("{} is there already and is never overwritten; choose another name", .0.display())]
    Exists(PathBuf),
    /// The file is too large or no text.
    #[error("{} is no operation: it is {why}", file.display())]
    Foreign {
        /// The file.
        file: PathBuf,
        /// What it is.
        why: &'static str,
    },
    /// Something in it is wrong.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// Somebody wrote into the file since it was read.
    #[error(
        "{} was changed by somebody else since it was read, so this was not saved", .0.display()
    )]
    ChangedOnDisk(PathBuf),
    /// What changed has no place in the text that somebody wrote.
    #[error(transparent)]
    CannotKeep(#[from] CannotKeep),
    /// The disk is full.
    #[error("the disk is full, so this was not saved; make room and save again")]
    Full,
    /// The system refused.
    #[error("{} could not be {done}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What was tried.
        done: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

/// An operation's file, and its text as it was read or written last.
#[derive(Clone, Debug)]
pub struct MapFile {
    path: PathBuf,
    text: String,
}

impl MapFile {
    /// Reads and checks a file.
    pub fn open(path: &Path, content: &Content) -> Result<(Self, Operation), MapFailure> {
        let (path, text) = text_of(path)?;
        let file = File {
            path: path.display().to_string(),
            text,
        };
        let operation = read(&file, content)?;
        let text = file.text;
        Ok((Self { path, text }, operation))
    }

    /// Begins a file; nothing is overwritten.
    pub fn create(path: &Path, operation: &Operation) -> Result<Self, MapFailure> {
        let text = write(operation);
        let passing = passing(path, &text)?;
        passing.persist_noclobber(path).map_err(|error| {
            if error.error.kind() == io::ErrorKind::AlreadyExists {
                MapFailure::Exists(path.to_owned())
            } else {
                said(path, "written", error.error)
            }
        })?;
        settle(path);
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        Ok(Self { path, text })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts another version in the place of the one before; it is on the disk when this
    /// gives back.
    pub fn save(
        &mut self,
        before: &Operation,
        now: &Operation,
        content: &Content,
    ) -> Result<(), MapFailure> {
        let text = rewrite(&self.text, before, now, content)?;
        self.unchanged()?;
        if text == self.text {
            return Ok(());
        }
        let passing = passing(&self.path, &text)?;
        if let Ok(about) = fs::metadata(&self.path) {
            let rights = about.permissions();
            let kept = passing.as_file().set_permissions(rights);
            kept.map_err(|error| said(&self.path, "written", error))?;
        }
        passing
            .persist(&self.path)
            .map_err(|error| said(&self.path, "written", error.error))?;
        settle(&self.path);
        self.text = text;
        Ok(())
    }

    /// Where what was typed and not saved is kept: beside the file, so that it goes where the
    /// file goes, under a name that lists do not show.
    fn drafts_at(&self) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!(".{name}.drafts"))
    }

    /// What was typed into forms and not saved.
    pub fn drafts(&self) -> Result<Drafts, MapFailure> {
        let path = self.drafts_at();
        let text = match text_of(&path) {
            Ok((_, text)) => text,
            Err(MapFailure::Missing(_)) => return Ok(Drafts::default()),
            Err(other) => return Err(other),
        };
        Drafts::read(&text).ok_or(MapFailure::Foreign {
            file: path,
            why: "no list of drafts",
        })
    }

    /// Keeps what was typed and not saved, for this user only; it is on the disk when this
    /// gives back. Without drafts there is no such file.
    pub fn keep_drafts(&self, drafts: &Drafts) -> Result<(), MapFailure> {
        let path = self.drafts_at();
        if drafts.is_empty() {
            return match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(said(&path, "taken away", error))
                }
                _ => Ok(()),
            };
        }
        // A passing file is its user's alone, and stays so.
        passing(&path, &drafts.write())?
            .persist(&path)
            .map_err(|error| said(&path, "written", error.error))?;
        settle(&path);
        Ok(())
    }

    fn unchanged(&self) -> Result<(), MapFailure> {
        let (_, text) = text_of(&self.path)?;
        if text == self.text {
            Ok(())
        } else {
            Err(MapFailure::ChangedOnDisk(self.path.clone()))
        }
    }
}

/// The text of a file and where it really is, behind links.
fn text_of(path: &Path) -> Result<(PathBuf, String), MapFailure> {
    let foreign = |why| MapFailure::Foreign {
        file: path.to_owned(),
        why,
    };
    let about = fs::metadata(path).map_err(|error| said(path, "read", error))?;
    if about.is_dir() {
        return Err(foreign("a folder"));
    }
    if about.len() > MOST_BYTES {
        return Err(foreign("too large"));
    }
    let bytes = fs::read(path).map_err(|error| said(path, "read", error))?;
    let text = String::from_utf8(bytes).map_err(|_| foreign("not a text in UTF-8"))?;
    Ok((
        fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
        text,
    ))
}

/// The text under a passing name beside the file, on the disk.
fn passing(path: &Path, text: &str) -> Result<tempfile::NamedTempFile, MapFailure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let failed = |error| said(path, "written", error);
    let mut file = tempfile::Builder::new()
        .prefix(".pim-operation-")
        .tempfile_in(folder)
        .map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    Ok(file)
}

/// Brings the name to the disk too, where the system can.
fn settle(path: &Path) {
    let folder = path.parent().filter(|one| !one.as_os_str().is_empty());
    if let Ok(folder) = Handle::open(folder.unwrap_or(Path::new("."))) {
        drop(folder.sync_all());
    }
}

fn said(file: &Path, done: &'static str, source: io::Error) -> MapFailure {
    let file = file.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound if done == "read" => MapFailure::Missing(file),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => MapFailure::Full,
        _ => MapFailure::Io { file, done, source },
    }
}
