//! What stands in a session file, and how an older one becomes a newer one.
//!
//! Owns the application id, the tables of every version and the settings of a connection.
//! A version is never changed once it was released: a change is one more step. A new kind
//! of event is a step too, an empty one, so that older programs refuse the file.

use rusqlite::{Connection, Transaction};

/// Marks a file as a pim session ("pimW").
pub(super) const APPLICATION_ID: i32 = 0x7069_6d57;

/// What each version adds to the one before.
const STEPS: &[&str] = &[
    // 1: what happened, and what is being typed.
    "CREATE TABLE events (seq INTEGER PRIMARY KEY, event TEXT NOT NULL) STRICT;
     CREATE TABLE drafts (slot TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;",
    // 2: what purging must name, and what must be finished after a crash.
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
     CREATE TABLE traces (
         kind TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (kind, path)
     ) STRICT;",
    // 3: exercises, and their ballots apart from what happened.
    "CREATE TABLE ballots (
         id INTEGER PRIMARY KEY, round INTEGER NOT NULL, row BLOB NOT NULL
     ) STRICT;
     CREATE TABLE ballot_keys (
         round INTEGER NOT NULL, key BLOB NOT NULL, ballot INTEGER NOT NULL,
         PRIMARY KEY (round, key)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE ballot_rounds (round INTEGER PRIMARY KEY, state INTEGER NOT NULL) STRICT;",
    // 4: rounds that come counted and without their ballots; no table.
    "",
];

/// The version that this program writes.
pub(super) const VERSION: i64 = 4;
const _: [(); 4] = [(); STEPS.len()];

/// Settings of every connection. The lock is asked for before the first read, so that no
/// shared-memory file is made and no second program gets in between.
const SETTINGS: &str = "
    PRAGMA busy_timeout = 0;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA synchronous = FULL;";

/// Applies the settings and takes the lock.
pub(super) fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(SETTINGS)?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    db.execute_batch("BEGIN IMMEDIATE; COMMIT;")
}

/// The version of the tables.
pub(super) fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings the tables from a version to this program's.
pub(super) fn upgrade(tx: &Transaction<'_>, from: i64) -> rusqlite::Result<()> {
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    for step in STEPS.iter().skip(from) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", VERSION)
}

/// Makes all tables in an empty file.
pub(super) fn make(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    upgrade(tx, 0)
}
