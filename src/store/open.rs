//! Making a session file, and opening one that is there.
//!
//! Owns the order of the checks: nothing is opened by `SQLite` before its first bytes say
//! that it is ours, nothing is changed before its version is known, nothing is migrated
//! before there is a backup. A session is made under a passing name and gets its own once
//! it is whole, so that a crash leaves no half of one.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::sqlite::{SqliteLog, write};
use super::{Failure, private, schema};
use crate::room::Event;

/// Makes a file that holds some events, under a name that must be free.
pub(super) fn create(file: &Path, events: &[Event]) -> Result<(), Failure> {
    let folder = folder_of(file);
    private::folder_if_missing(&folder).map_err(|error| Failure::io(&folder, error))?;
    if file.symlink_metadata().is_ok() {
        return Err(Failure::Exists(file.to_owned()));
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // The system gives such a file the mode 0600.
    let passing = tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(".new")
        .tempfile_in(&folder)
        .map_err(|error| Failure::io(&folder, error))?;
    fill(passing.path(), events)?;
    passing
        .persist_noclobber(file)
        .map_err(|error| Failure::io(file, error.error))?;
    private::settle(&folder).map_err(|error| Failure::io(&folder, error))
}

fn fill(file: &Path, events: &[Event]) -> Result<(), Failure> {
    let said = |error| Failure::sqlite(file, error);
    let mut db = connect(file)?;
    // The journal stays in memory: a file that is not whole never gets its name.
    db.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL;")
        .map_err(said)?;
    let tx = db.transaction().map_err(said)?;
    schema::make(&tx).map_err(said)?;
    write(&tx, file, 0, events)?;
    tx.commit().map_err(said)?;
    db.close().map_err(|(_, error)| said(error))
}

pub(super) fn connect(file: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(file, flags).map_err(|error| Failure::sqlite(file, error))
}

/// Opens a file, brings it up to date and finishes what a crash interrupted.
pub(super) fn open(file: &Path) -> Result<SqliteLog, Failure> {
    let file = &real(file)?;
    check_first_bytes(file)?;
    private::file(file).map_err(|error| Failure::io(file, error))?;
    let db = connect(file)?;
    let mut log = SqliteLog {
        db,
        file: file.to_owned(),
        bell: None,
    };
    log.said(schema::settle(&log.db))?;
    check_pages(&log)?;
    migrate(&mut log)?;
    Ok(log)
}

/// Looks at the first bytes without `SQLite`: a file that is not ours is not touched.
pub(super) fn check_first_bytes(file: &Path) -> Result<(), Failure> {
    let mut head = Vec::new();
    let opened = File::open(file).map_err(|error| Failure::io(file, error))?;
    opened
        .take(100)
        .read_to_end(&mut head)
        .map_err(|error| Failure::io(file, error))?;
    if !head.starts_with(b"SQLite format 3\0") || number(&head, 68) != Some(app_id()) {
        return Err(Failure::Foreign(file.to_owned()));
    }
    let has = number(&head, 60).map_or(0, i64::from);
    not_newer(file, has)
}

const fn app_id() -> u32 {
    schema::APPLICATION_ID.cast_unsigned()
}

fn number(head: &[u8], at: usize) -> Option<u32> {
    let bytes = head.get(at..at + 4)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

fn not_newer(file: &Path, has: i64) -> Result<(), Failure> {
    if has > schema::VERSION {
        return Err(Failure::Newer {
            file: file.to_owned(),
            has,
            known: schema::VERSION,
        });
    }
    Ok(())
}

fn check_pages(log: &SqliteLog) -> Result<(), Failure> {
    let said: rusqlite::Result<String> = log
        .db
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    match log.said(said)?.as_str() {
        "ok" => Ok(()),
        _ => Err(Failure::damaged(&log.file, "its pages do not fit together")),
    }
}

fn migrate(log: &mut SqliteLog) -> Result<(), Failure> {
    let has = log.said(schema::version(&log.db))?;
    not_newer(&log.file, has)?;
    if has == schema::VERSION {
        return Ok(());
    }
    copy(log, &backup_name(&log.file, has))?;
    let file = log.file.clone();
    let said = |error| Failure::sqlite(&file, error);
    let tx = log
        .db
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(said)?;
    schema::upgrade(&tx, has).map_err(said)?;
    tx.commit().map_err(said)?;
    log.truncate_wal()
}

/// A name for a backup that is free.
fn backup_name(file: &Path, version: i64) -> PathBuf {
    free_name(|number| {
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".v{version}{number}.bak"));
        PathBuf::from(name)
    })
}

/// The first of a name, its second, its third … that nothing has yet.
pub(super) fn free_name(name: impl Fn(&str) -> PathBuf) -> PathBuf {
    let first = name("");
    let numbered = (2..10_000).map(|n| name(&format!("-{n}")));
    std::iter::once(first.clone())
        .chain(numbered)
        .find(|path| path.symlink_metadata().is_err())
        // Making the file refuses what is there.
        .unwrap_or(first)
}

/// Makes a whole copy under a name that must be free.
pub(super) fn copy(log: &SqliteLog, to: &Path) -> Result<(), Failure> {
    if to.symlink_metadata().is_ok() {
        return Err(Failure::Exists(to.to_owned()));
    }
    let folder = folder_of(to);
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    // An empty file of the right mode, which SQLite takes over.
    let passing = tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(".new")
        .tempfile_in(&folder)
        .map_err(|error| Failure::io(&folder, error))?;
    let made = log
        .db
        .execute("VACUUM INTO ?1", [passing.path().to_string_lossy()]);
    made.map_err(|error| Failure::sqlite(to, error))?;
    sync(passing.path()).map_err(|error| Failure::io(to, error))?;
    passing
        .persist_noclobber(to)
        .map_err(|error| Failure::io(to, error.error))?;
    private::settle(&folder).map_err(|error| Failure::io(&folder, error))
}

fn sync(file: &Path) -> std::io::Result<()> {
    File::options().write(true).open(file)?.sync_all()
}

/// The file that a link leads to: its logs and backups stand beside it, not the link.
pub(super) fn real(file: &Path) -> Result<PathBuf, Failure> {
    let said = |error| Failure::io(file, error);
    if file.symlink_metadata().map_err(said)?.is_symlink() {
        file.canonicalize().map_err(said)
    } else {
        Ok(file.to_owned())
    }
}

/// The folder that a file stands in.
pub(super) fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
