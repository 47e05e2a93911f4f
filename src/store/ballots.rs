//! The ballot box in a session's file.
//!
//! Owns the tables of ballots and every statement on them. The contract, and why each step
//! is as it is, stands in [`crate::exercise::ballot_box`]. Knows nothing of what a ballot
//! says. Promises that a ballot is acknowledged only once it is in the main file and the
//! write-ahead log is empty, and that a seal which a crash interrupted is finished when the
//! session is opened next.
//!
//! ```text
//!  ballots       id (random) │ round │ row of fixed length, vacant or filled
//!  ballot_keys   round │ key │ id          written anew in the order of keys each time
//!  ballot_rounds round │ 0 open, 1 to be sealed, 2 sealed
//! ```

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Failure;
use super::sqlite::SqliteLog;
use crate::exercise::ballot_box::Replaces;
use crate::exercise::{
    BallotBox, BallotChange, BallotKey, BoxFault, Change, ExerciseEvent, RoundId, Row, Turnout,
    Vote,
};

/// Vacant rows that are made at a time.
const BATCH: usize = 64;

const TO_BE_SEALED: i64 = 1;
const SEALED: i64 = 2;

/// The ballots of an open session.
pub(super) struct SqliteBox<'a> {
    pub(super) log: &'a SqliteLog,
}

/// A round as one number.
pub(super) fn number(round: RoundId) -> i64 {
    let vote = match round.vote {
        Vote::Tag => 0,
        Vote::Rank => 1,
    };
    (i64::from(round.exercise.0) << 17) | (vote << 16) | i64::from(round.number)
}

/// A key as bytes, all of one length.
fn bytes(key: BallotKey) -> [u8; 17] {
    let mut bytes = [0; 17];
    let said: Vec<u8> = match key {
        BallotKey::Seat(token) => {
            let mut said = vec![0];
            said.extend(token.to_be_bytes());
            said
        }
        BallotKey::Slip(slip) => format!("\u{1}{slip}").into_bytes(),
    };
    for (to, from) in bytes.iter_mut().zip(said) {
        *to = from;
    }
    bytes
}

fn random() -> Result<u64, BoxFault> {
    getrandom::u64().map_err(|error| BoxFault::Failed(error.to_string()))
}

/// What an event asks of the box, inside the write that logs it.
pub(super) fn beside(tx: &Transaction<'_>, event: &ExerciseEvent) -> rusqlite::Result<()> {
    let ExerciseEvent::In(exercise, change) = event else {
        return Ok(());
    };
    let round = |vote: Vote, number| RoundId {
        exercise: *exercise,
        vote,
        number,
    };
    match change {
        Change::Sealed { vote, number, .. } => mark(tx, round(*vote, *number), TO_BE_SEALED),
        Change::RoundDropped {
            vote,
            number,
            destroys: true,
        } => destroy(tx, round(*vote, *number)),
        _ => Ok(()),
    }
}

/// Whether an event touches the box, so that the log must be emptied after it.
pub(super) const fn touches(event: &ExerciseEvent) -> bool {
    matches!(
        event,
        ExerciseEvent::In(_, Change::Sealed { .. } | Change::RoundDropped { .. })
    )
}

fn mark(db: &Connection, round: RoundId, state: i64) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO ballot_rounds (round, state) VALUES (?1, ?2)
         ON CONFLICT (round) DO UPDATE SET state = max(state, excluded.state)",
        params![number(round), state],
    )
    .map(|_| ())
}

fn destroy(db: &Connection, round: RoundId) -> rusqlite::Result<()> {
    for table in ["ballots", "ballot_keys", "ballot_rounds"] {
        db.execute(
            &format!("DELETE FROM {table} WHERE round = ?1"),
            [number(round)],
        )?;
    }
    Ok(())
}

impl SqliteBox<'_> {
    fn said<T>(&self, result: rusqlite::Result<T>) -> Result<T, BoxFault> {
        result.map_err(|error| failed(&Failure::sqlite(&self.log.file, error)))
    }

    fn state(&self, round: RoundId) -> Result<i64, BoxFault> {
        let state = self.log.db.query_row(
            "SELECT state FROM ballot_rounds WHERE round = ?1",
            [number(round)],
            |row| row.get(0),
        );
        Ok(self.said(state.optional())?.unwrap_or_default())
    }

    fn still_open(&self, round: RoundId) -> Result<(), BoxFault> {
        match self.state(round)? {
            0 => Ok(()),
            _ => Err(BoxFault::Sealed),
        }
    }

    /// Does something in one commit, and empties the write-ahead log after it.
    fn durably<T>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, BoxFault>,
    ) -> Result<T, BoxFault> {
        let tx = self.said(self.log.db.unchecked_transaction())?;
        let done = change(&tx)?;
        self.said(tx.commit())?;
        self.log.truncate_wal().map_err(|error| failed(&error))?;
        Ok(done)
    }

    /// The row of a key.
    fn row_of(&self, round: RoundId, key: BallotKey) -> Result<Option<i64>, BoxFault> {
        let found = self.log.db.query_row(
            "SELECT ballot FROM ballot_keys WHERE round = ?1 AND key = ?2",
            params![number(round), bytes(key)],
            |row| row.get(0),
        );
        self.said(found.optional())
    }

    /// A vacant row, chosen at random; a batch of them is made where there is none.
    fn vacant(&self, db: &Connection, round: RoundId) -> Result<i64, BoxFault> {
        let mut vacant = self.vacant_rows(db, round)?;
        if vacant.is_empty() {
            for _ in 0..BATCH {
                self.insert(db, round, &Row::vacant())?;
            }
            vacant = self.vacant_rows(db, round)?;
        }
        let at = random()? % (vacant.len().max(1) as u64);
        let chosen = usize::try_from(at).ok().and_then(|at| vacant.get(at));
        chosen
            .copied()
            .ok_or_else(|| BoxFault::Failed("there is no row for a ballot".to_owned()))
    }

    fn vacant_rows(&self, db: &Connection, round: RoundId) -> Result<Vec<i64>, BoxFault> {
        let read = || {
            let mut all = db.prepare("SELECT id FROM ballots WHERE round = ?1 AND row = ?2")?;
            let vacant = Row::vacant();
            let ids = all.query_map(params![number(round), vacant.bytes()], |row| row.get(0))?;
            ids.collect()
        };
        self.said(read())
    }

    /// A new row under an id that says nothing.
    fn insert(&self, db: &Connection, round: RoundId, row: &Row) -> Result<(), BoxFault> {
        loop {
            let id = (random()? >> 1).cast_signed();
            let made = self.said(db.execute(
                "INSERT OR IGNORE INTO ballots (id, round, row) VALUES (?1, ?2, ?3)",
                params![id, number(round), row.bytes()],
            ))?;
            if made == 1 {
                return Ok(());
            }
        }
    }

    fn fill(&self, db: &Connection, id: i64, row: &Row) -> Result<(), BoxFault> {
        let filled = db.execute(
            "UPDATE ballots SET row = ?2 WHERE id = ?1",
            params![id, row.bytes()],
        );
        self.said(filled).map(|_| ())
    }

    /// Writes the keys of a round anew, in their own order: where they stand on a page says
    /// nothing of when they came.
    fn put_keys(
        &self,
        db: &Connection,
        round: RoundId,
        change: impl FnOnce(&mut Vec<(Vec<u8>, i64)>),
    ) -> Result<(), BoxFault> {
        let round = number(round);
        let rewrite = || {
            let mut all = db.prepare("SELECT key, ballot FROM ballot_keys WHERE round = ?1")?;
            let keys = all.query_map([round], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut keys: Vec<(Vec<u8>, i64)> = keys.collect::<rusqlite::Result<_>>()?;
            change(&mut keys);
            keys.sort();
            db.execute("DELETE FROM ballot_keys WHERE round = ?1", [round])?;
            for (key, ballot) in keys {
                db.execute(
                    "INSERT INTO ballot_keys (round, key, ballot) VALUES (?1, ?2, ?3)",
                    params![round, key, ballot],
                )?;
            }
            Ok(())
        };
        self.said(rewrite())
    }

    /// The ballots of a round, without the vacant rows.
    fn filled(&self, round: RoundId) -> Result<Vec<Row>, BoxFault> {
        let read = || {
            let mut all = self
                .log
                .db
                .prepare("SELECT row FROM ballots WHERE round = ?1 ORDER BY id")?;
            let rows = all.query_map([number(round)], |row| row.get::<_, Vec<u8>>(0))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = self.said(read())?.into_iter();
        let rows: Option<Vec<Row>> = rows.map(|row| Row::from_bytes(&row)).collect();
        let mut rows =
            rows.ok_or_else(|| BoxFault::Failed("a ballot cannot be read".to_owned()))?;
        rows.retain(|row| !row.is_vacant());
        Ok(rows)
    }

    /// First step of the seal: the ballots again, shuffled, under new ids, and no key.
    pub(super) fn shuffle(&self, round: RoundId) -> Result<(), BoxFault> {
        self.put_anew(round, self.filled(round)?)
    }

    /// Ballots of a sealed round from another file take the place of what is there.
    pub(super) fn restore(&self, round: RoundId, rows: &[Row]) -> Result<(), BoxFault> {
        let filled = rows.iter().filter(|row| !row.is_vacant());
        self.put_anew(round, filled.cloned().collect())?;
        self.durably(|db| self.said(mark(db, round, SEALED)))
    }

    fn put_anew(&self, round: RoundId, mut rows: Vec<Row>) -> Result<(), BoxFault> {
        for last in (1..rows.len()).rev() {
            let at = random()? % (last as u64 + 1);
            rows.swap(last, usize::try_from(at).unwrap_or(last));
        }
        self.durably(|db| {
            for table in ["ballots", "ballot_keys"] {
                let query = format!("DELETE FROM {table} WHERE round = ?1");
                self.said(db.execute(&query, [number(round)]))?;
            }
            rows.iter().try_for_each(|row| self.insert(db, round, row))
        })
    }

    /// Second step: nothing of what was is left on free pages or in the log.
    pub(super) fn clean(&self) -> Result<(), BoxFault> {
        self.said(self.log.db.execute_batch("VACUUM"))?;
        self.log.truncate_wal().map_err(|error| failed(&error))
    }
}

fn failed(error: &Failure) -> BoxFault {
    BoxFault::Failed(error.to_string())
}

impl SqliteBox<'_> {
    /// Carries out several changes in one commit; what cannot be is said of each alone. Where
    /// the file itself fails, nothing of all of them is kept.
    pub(super) fn carry_out_all(&self, changes: &[BallotChange]) -> Vec<Result<(), BoxFault>> {
        let together = self.durably(|db| {
            let mut done = Vec::with_capacity(changes.len());
            for change in changes {
                match self.change(db, change) {
                    Err(fault @ BoxFault::Failed(_)) => return Err(fault),
                    one => done.push(one),
                }
            }
            Ok(done)
        });
        together.unwrap_or_else(|fault| vec![Err(fault); changes.len()])
    }

    fn change(&self, db: &Connection, change: &BallotChange) -> Result<(), BoxFault> {
        match change {
            BallotChange::Put {
                round,
                key,
                row,
                replaces,
                ..
            } => self.put_in(db, *round, (*key, row), *replaces),
            BallotChange::Withdraw { round, key } => self.take_out(db, *round, *key),
        }
    }

    fn put_in(
        &self,
        db: &Connection,
        round: RoundId,
        (key, row): (BallotKey, &Row),
        replaces: Replaces,
    ) -> Result<(), BoxFault> {
        self.still_open(round)?;
        let old = self.row_of(round, key)?;
        match (replaces, old) {
            (Replaces::Nothing, Some(_)) => return Err(BoxFault::Taken),
            (Replaces::One, None) => return Err(BoxFault::NotThere),
            _ => {}
        }
        self.said(mark(db, round, 0))?;
        if let Some(id) = old {
            return self.fill(db, id, row);
        }
        let id = self.vacant(db, round)?;
        self.fill(db, id, row)?;
        self.put_keys(db, round, |keys| keys.push((bytes(key).to_vec(), id)))
    }

    fn take_out(&self, db: &Connection, round: RoundId, key: BallotKey) -> Result<(), BoxFault> {
        self.still_open(round)?;
        let id = self.row_of(round, key)?.ok_or(BoxFault::NotThere)?;
        self.fill(db, id, &Row::vacant())?;
        self.put_keys(db, round, |keys| keys.retain(|(_, ballot)| *ballot != id))
    }
}

impl BallotBox for SqliteBox<'_> {
    fn put(
        &mut self,
        round: RoundId,
        key: BallotKey,
        row: &Row,
        replaces: Replaces,
    ) -> Result<(), BoxFault> {
        self.durably(|db| self.put_in(db, round, (key, row), replaces))
    }

    fn withdraw(&mut self, round: RoundId, key: BallotKey) -> Result<(), BoxFault> {
        self.durably(|db| self.take_out(db, round, key))
    }

    fn held(&self, round: RoundId, key: BallotKey) -> Result<Option<Row>, BoxFault> {
        let Some(id) = self.row_of(round, key)? else {
            return Ok(None);
        };
        let row = self
            .log
            .db
            .query_row("SELECT row FROM ballots WHERE id = ?1", [id], |row| {
                row.get::<_, Vec<u8>>(0)
            });
        Ok(Row::from_bytes(&self.said(row)?))
    }

    fn turnout(&self, round: RoundId) -> Result<Turnout, BoxFault> {
        let rows = self.filled(round)?;
        Ok(rows.iter().fold(Turnout::default(), |sum, row| Turnout {
            ballots: sum.ballots + 1,
            people: sum.people + u32::from(row.people()),
        }))
    }

    fn seal(&mut self, round: RoundId) -> Result<(), BoxFault> {
        if self.is_sealed(round)? {
            return Ok(());
        }
        self.durably(|db| self.said(mark(db, round, TO_BE_SEALED)))?;
        self.shuffle(round)?;
        self.clean()?;
        self.durably(|db| self.said(mark(db, round, SEALED)))
    }

    fn is_sealed(&self, round: RoundId) -> Result<bool, BoxFault> {
        Ok(self.state(round)? == SEALED)
    }

    fn read_all(&self, round: RoundId) -> Result<Vec<Row>, BoxFault> {
        if !self.is_sealed(round)? {
            return Err(BoxFault::NotSealed);
        }
        self.filled(round)
    }

    fn drop_round(&mut self, round: RoundId) -> Result<(), BoxFault> {
        self.durably(|db| self.said(destroy(db, round)))
    }
}
