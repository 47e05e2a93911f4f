//! Files that are whole or not there, and never over another one.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::Unwritten;
use crate::room::{RoomState, text};
use crate::store::clock;

/// How many files of one name a folder may hold.
const MOST_NUMBERS: u32 = 1_000;

/// The beginning of the names of a session's exports, such as `2026-03-04-winter-planning`:
/// the day it was begun and what of its title a file name can hold.
pub fn file_stem(state: &RoomState, zone: &TimeZone) -> String {
    let day = clock::day(state.meta.opened, zone);
    match text::slug(&state.meta.title, 40) {
        slug if slug.is_empty() => format!("{day}-pim"),
        slug => format!("{day}-{slug}"),
    }
}

/// Writes a file under a name, or the next number of it that is free: first under a
/// passing name, to the disk, and then under its own. Only the owner can read it.
pub fn write_new(
    folder: &Path,
    stem: &str,
    ending: &str,
    bytes: &[u8],
) -> Result<PathBuf, Unwritten> {
    let in_folder = |error| said(folder, error);
    std::fs::create_dir_all(folder).map_err(in_folder)?;
    let mut passing = tempfile::Builder::new()
        .prefix(".pim-export-")
        .tempfile_in(folder)
        .map_err(in_folder)?;
    passing.write_all(bytes).map_err(in_folder)?;
    passing.as_file().sync_all().map_err(in_folder)?;
    for n in 1..=MOST_NUMBERS {
        let number = if n == 1 {
            String::new()
        } else {
            format!("-{n}")
        };
        let path = folder.join(format!("{stem}{number}.{ending}"));
        match passing.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => {
                passing = taken.file;
            }
            Err(other) => return Err(said(&path, other.error)),
        }
    }
    Err(said(folder, io::ErrorKind::AlreadyExists.into()))
}

fn said(file: &Path, source: io::Error) -> Unwritten {
    let file = file.to_owned();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Unwritten::Full,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Unwritten::ReadOnly(file)
        }
        _ => Unwritten::Io { file, source },
    }
}
