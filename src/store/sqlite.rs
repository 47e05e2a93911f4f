//! The log of a session in a `SQLite` file.
//!
//! Owns the connection and every statement on it. Promises that an append either is on the
//! disk or left no trace, that a draft which became a note goes in the same write, and that
//! an erasure which was interrupted is finished when the file is opened next.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::ballots;
use super::log::{Bell, Decide, Log};
use super::{Draft, Failure, Rejected, Slot, Trace};
use crate::room::{Body, Event, Subject, Time, What};

pub(super) struct SqliteLog {
    pub(super) db: Connection,
    pub(super) file: PathBuf,
    pub(super) bell: Option<Bell>,
}

/// What is written beside the events of one proposal.
pub(super) struct Beside<'a> {
    /// The draft that became what is proposed.
    pub(super) settles: Option<&'a Slot>,
    /// When.
    pub(super) now: Option<Time>,
}

impl SqliteLog {
    /// What `SQLite` said, in words about this file.
    pub(super) fn said<T>(&self, result: rusqlite::Result<T>) -> Result<T, Failure> {
        result.map_err(|error| Failure::sqlite(&self.file, error))
    }

    pub(super) fn append_beside(
        &mut self,
        after: u64,
        decide: Decide<'_>,
        beside: &Beside<'_>,
    ) -> Result<Vec<Event>, Rejected> {
        let file = self.file.clone();
        let said = |error| Rejected::from(Failure::sqlite(&file, error));
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(said)?;
        let last = last(&tx).map_err(said)?;
        if last != after {
            return Err(Failure::OutOfStep { at: after, last }.into());
        }
        let events = decide()?;
        if events.is_empty() && beside.settles.is_none() {
            return Ok(events);
        }
        // An erasure rewrites rows; an error on the way drops the whole transaction.
        write(&tx, &file, last, &events)?;
        write_beside(&tx, beside).map_err(said)?;
        tx.commit().map_err(said)?;
        if let Some(bell) = &self.bell
            && !events.is_empty()
        {
            bell(last + events.len() as u64);
        }
        Ok(events)
    }

    /// Keeps a draft.
    pub(super) fn keep_draft(&self, slot: &Slot, body: &Body) -> Result<(), Failure> {
        let kept = self.db.execute(
            "INSERT INTO drafts (slot, body) VALUES (?1, ?2)
             ON CONFLICT (slot) DO UPDATE SET body = excluded.body",
            params![encode(slot), encode(body)],
        );
        self.said(kept).map(|_| ())
    }

    /// Drops a draft, from the write-ahead log too.
    pub(super) fn drop_draft(&self, slot: &Slot) -> Result<(), Failure> {
        let dropped = self
            .db
            .execute("DELETE FROM drafts WHERE slot = ?1", params![encode(slot)]);
        if self.said(dropped)? > 0 {
            self.truncate_wal()?;
        }
        Ok(())
    }

    /// All drafts.
    pub(super) fn drafts(&self) -> Result<Vec<Draft>, Failure> {
        let rows = self.pairs("SELECT slot, body FROM drafts ORDER BY slot")?;
        let drafts = rows.iter().filter_map(|(slot, body)| {
            Some(Draft {
                slot: serde_json::from_str(slot).ok()?,
                body: serde_json::from_str(body).ok()?,
            })
        });
        Ok(drafts.collect())
    }

    /// Remembers that a file was made from this session.
    pub(super) fn keep_trace(&self, trace: &Trace) -> Result<(), Failure> {
        let kept = self.db.execute(
            "INSERT OR IGNORE INTO traces (kind, path) VALUES (?1, ?2)",
            params![trace.kind, trace.path.to_string_lossy()],
        );
        self.said(kept).map(|_| ())
    }

    /// The files that were made from this session.
    pub(super) fn traces(&self) -> Result<Vec<Trace>, Failure> {
        let rows = self.pairs("SELECT kind, path FROM traces ORDER BY rowid")?;
        let trace = |(kind, path): (String, String)| Trace {
            kind,
            path: PathBuf::from(path),
        };
        Ok(rows.into_iter().map(trace).collect())
    }

    fn pairs(&self, query: &str) -> Result<Vec<(String, String)>, Failure> {
        let read = || {
            let mut statement = self.db.prepare(query)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        self.said(read())
    }

    pub(super) fn fact(&self, name: &str) -> Result<Option<String>, Failure> {
        let found = self
            .db
            .query_row("SELECT value FROM facts WHERE name = ?1", [name], |row| {
                row.get(0)
            })
            .optional();
        self.said(found)
    }

    /// Takes erased text out of free pages and the write-ahead log, and says that it is done.
    pub(super) fn scrub(&self) -> Result<(), Failure> {
        self.said(self.db.execute_batch("VACUUM"))?;
        self.truncate_wal()?;
        let done = self
            .db
            .execute("DELETE FROM facts WHERE name = 'scrub'", []);
        self.said(done)?;
        self.truncate_wal()
    }

    /// Moves everything into the main file and empties the write-ahead log.
    pub(super) fn truncate_wal(&self) -> Result<(), Failure> {
        let busy: rusqlite::Result<i64> =
            self.db
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        match self.said(busy)? {
            0 => Ok(()),
            _ => Err(Failure::Held(self.file.clone())),
        }
    }
}

impl Log for SqliteLog {
    fn append(&mut self, after: u64, decide: Decide<'_>) -> Result<Vec<Event>, Rejected> {
        let beside = Beside {
            settles: None,
            now: None,
        };
        self.append_beside(after, decide, &beside)
    }

    fn read_from(&self, after: u64) -> Result<Vec<Event>, Failure> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let read = || {
            let mut statement = self
                .db
                .prepare("SELECT seq, event FROM events WHERE seq > ?1 ORDER BY seq")?;
            let mut rows = statement.query([after])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                let text = row.get_ref(1)?.as_str()?;
                events.push((row.get::<_, i64>(0)?, serde_json::from_str::<Event>(text)));
            }
            Ok(events)
        };
        unbroken(&self.file, after, self.said(read())?)
    }

    fn wake(&mut self, bell: Bell) {
        self.bell = Some(bell);
    }
}

/// The events, if none is missing or unreadable.
fn unbroken(
    file: &Path,
    after: i64,
    rows: Vec<(i64, serde_json::Result<Event>)>,
) -> Result<Vec<Event>, Failure> {
    let mut events = Vec::with_capacity(rows.len());
    for (expected, (seq, event)) in (after + 1..).zip(rows) {
        if seq != expected {
            return Err(Failure::damaged(
                file,
                format!("entry {expected} is missing"),
            ));
        }
        let event =
            event.map_err(|_| Failure::damaged(file, format!("entry {seq} cannot be read")))?;
        events.push(event);
    }
    Ok(events)
}

fn last(db: &Connection) -> rusqlite::Result<u64> {
    db.query_row("SELECT coalesce(max(seq), 0) FROM events", [], |row| {
        row.get::<_, i64>(0)
    })
    .map(|last| u64::try_from(last).unwrap_or_default())
}

/// Writes events after a number, and carries out what an erasure asks of earlier ones.
pub(super) fn write(
    tx: &Transaction<'_>,
    file: &Path,
    last: u64,
    events: &[Event],
) -> Result<(), Failure> {
    let said = |error| Failure::sqlite(file, error);
    for (seq, event) in (last + 1..).zip(events) {
        if let What::Erased(subject) = &event.what {
            erase(tx, file, subject)?;
        }
        if let What::Exercise(event) = &event.what {
            ballots::beside(tx, event).map_err(said)?;
        }
        tx.execute(
            "INSERT INTO events (seq, event) VALUES (?1, ?2)",
            params![i64::try_from(seq).unwrap_or(i64::MAX), encode(event)],
        )
        .map_err(said)?;
    }
    Ok(())
}

fn write_beside(tx: &Transaction<'_>, beside: &Beside<'_>) -> rusqlite::Result<()> {
    if let Some(slot) = beside.settles {
        tx.execute("DELETE FROM drafts WHERE slot = ?1", params![encode(slot)])?;
    }
    if let Some(now) = beside.now {
        keep_fact(tx, "used", &now.0.to_string())?;
    }
    Ok(())
}

/// Rewrites every event that holds text of the subject, and drops its drafts.
fn erase(tx: &Transaction<'_>, file: &Path, subject: &Subject) -> Result<(), Failure> {
    let said = |error| Failure::sqlite(file, error);
    for (seq, mut event) in rows(tx).map_err(said)? {
        if event.erase(subject) {
            tx.execute(
                "UPDATE events SET event = ?2 WHERE seq = ?1",
                params![seq, encode(&event)],
            )
            .map_err(said)?;
        }
    }
    if let Some(slot) = Slot::of(subject) {
        tx.execute("DELETE FROM drafts WHERE slot = ?1", params![encode(&slot)])
            .map_err(said)?;
    }
    // Until the free pages are clean, the file says that they are not.
    keep_fact(tx, "scrub", "pending").map_err(said)
}

fn rows(tx: &Transaction<'_>) -> rusqlite::Result<Vec<(i64, Event)>> {
    let mut statement = tx.prepare("SELECT seq, event FROM events")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let mut events = Vec::new();
    for row in rows {
        let (seq, text) = row?;
        if let Ok(event) = serde_json::from_str(&text) {
            events.push((seq, event));
        }
    }
    Ok(events)
}

fn keep_fact(db: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO facts (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )
    .map(|_| ())
}

/// As JSON text. Our own types have string keys and no floats, so that this cannot fail.
fn encode<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
