//! Sessions on disk: one `SQLite` file each.
//!
//! Owns the file of an open session and the only way to change its state: a proposal is
//! decided inside the write transaction, its events are appended and committed, and only
//! then does the state change. Knows no screen. Promises that what [`Store::propose`] gave
//! back survives a killed program and a power cut, that what it rejected left the state
//! and the file as they were, and that an erased text is in no file that this program
//! made for the session, exports and copies excepted, which it can name. One process holds
//! a session; one thread holds a [`Store`]. Start at [`Sessions::start`] and
//! [`Store::propose`].
//!
//! ```text
//!  propose ─► BEGIN IMMEDIATE ─► decide ─► append ─► COMMIT (WAL, synced) ─► apply
//!                                  └ refused: rolled back      └ failed: rolled back
//! ```

#[cfg(test)]
mod ballot_tests;
mod ballots;
pub mod clock;
mod failure;
mod log;
mod map;
mod open;
mod private;
mod propose;
mod purge;
mod recover;
mod schema;
mod sessions;
mod sqlite;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use failure::{Failure, Rejected};
pub use log::{Bell, Decide, Log, MemoryLog};
pub use map::{MapFailure, MapFile};
pub use propose::propose;
pub use purge::{Purge, Purged};
pub use recover::{Recovered, recover};
pub use sessions::{Condition, SessionInfo, Sessions, Start};

use crate::exercise::ballot::Ballot;
use crate::exercise::{BallotBox, BallotChange, BallotKey, BoxFault, RoundId, Row, Seen};
use crate::room::{
    self, Body, Command, Desk, Event, NoteId, Refusal, Role, RoomState, SeatId, Subject, SystemId,
    Time, What,
};
use ballots::SqliteBox;
use sqlite::{Beside, SqliteLog};

/// Makes a folder of this program's own, which only its user enters.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    private::folder(path)
}

/// What is being typed where: a draft is kept for each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Slot {
    /// A new note on an address, or on none.
    New(Option<String>),
    /// A note that is being edited.
    Note(NoteId),
    /// The note at a line of a checklist.
    Mark(SystemId, String),
}

impl Slot {
    /// The slots in which text of a subject may stand.
    fn of(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Note(id) => Some(Self::Note(*id)),
            Subject::Mark(id, address) => Some(Self::Mark(*id, address.clone())),
            _ => None,
        }
    }
}

/// Something that somebody typed and did not save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where.
    pub slot: Slot,
    /// What, as it was typed.
    pub body: Body,
}

/// A file that was made from a session and stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// What it is: "export", "copy", "recovered from".
    pub kind: String,
    /// Where it was put.
    pub path: PathBuf,
}

/// What a seat wants to happen.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Who: kept in memory only, for undo.
    pub seat: SeatId,
    /// As what.
    pub role: Role,
    /// What.
    pub command: Command,
    /// When.
    pub now: Time,
    /// The draft that this saves; it goes in the same write.
    pub settles: Option<Slot>,
}

impl Proposal {
    /// A proposal that saves no draft.
    pub const fn new(seat: SeatId, role: Role, command: Command, now: Time) -> Self {
        Self {
            seat,
            role,
            command,
            now,
            settles: None,
        }
    }

    /// The same, which saves a draft.
    #[must_use]
    pub fn settling(mut self, slot: Slot) -> Self {
        self.settles = Some(slot);
        self
    }
}

/// An open session.
pub struct Store {
    log: SqliteLog,
    desk: Desk,
    unscrubbed: Option<Failure>,
    unsealed: Option<BoxFault>,
}

/// An open session and its state.
pub type Opened = (Store, RoomState);

impl Store {
    /// Makes a session file that begins with some events, and opens it.
    pub fn create(file: &Path, events: &[Event]) -> Result<Opened, Failure> {
        open::create(file, events)?;
        Self::open(file)
    }

    /// Opens a session file: waits for nobody, asks nothing.
    pub fn open(file: &Path) -> Result<Opened, Failure> {
        let log = open::open(file)?;
        let mut state = RoomState::fold(&log.read_from(0)?);
        let mut store = Self {
            log,
            desk: Desk::default(),
            unscrubbed: None,
            unsealed: None,
        };
        if store.log.fact("scrub")?.is_some() {
            store.scrub();
        }
        store.settle_ballots(&mut state);
        Ok((store, state))
    }

    /// Decides a proposal, keeps what happens, and changes the state: all or nothing. An
    /// empty answer means that it changes nothing.
    pub fn propose(
        &mut self,
        state: &mut RoomState,
        proposal: Proposal,
    ) -> Result<Vec<Event>, Rejected> {
        let Proposal { role, now, .. } = proposal;
        if let Some(change) = room::ballot(state, role, &proposal.command, now)? {
            return self.cast(state, &change);
        }
        let settles = proposal.settles.clone();
        let beside = Beside {
            settles: settles.as_ref(),
            now: Some(proposal.now),
        };
        let log = &mut self.log;
        let append = |after, decide: Decide<'_>| log.append_beside(after, decide, &beside);
        let events = propose::carry_out(&mut self.desk, state, proposal, append)?;
        if events
            .iter()
            .any(|event| matches!(event.what, What::Erased(_)))
        {
            self.scrub();
        }
        let exercise = |event: &Event| matches!(event.what, What::Exercise(_));
        if events.iter().any(exercise) {
            self.after_exercise(state, &events);
        }
        Ok(events)
    }

    /// Does something with a ballot; no event tells of it, and nothing says when.
    fn cast(
        &mut self,
        state: &mut RoomState,
        change: &BallotChange,
    ) -> Result<Vec<Event>, Rejected> {
        SqliteBox { log: &self.log }
            .carry_out(change)
            .map_err(Refusal::from)?;
        self.see_ballots(state);
        Ok(Vec::new())
    }

    /// Hands in and takes back several ballots in one write; what became of each, in their
    /// order. All that is said to be done is on the disk.
    pub fn cast_all(
        &mut self,
        state: &mut RoomState,
        changes: &[BallotChange],
    ) -> Vec<Result<(), BoxFault>> {
        if changes.is_empty() {
            return Vec::new();
        }
        let done = SqliteBox { log: &self.log }.carry_out_all(changes);
        self.see_ballots(state);
        done
    }

    /// The ballot of a key in a round, for whoever holds the key; none of a sealed round.
    pub fn row(&self, round: RoundId, key: BallotKey) -> Result<Option<Row>, BoxFault> {
        SqliteBox { log: &self.log }.held(round, key)
    }

    /// The ballots that a seat has in, with the rounds that they count in: for the seat alone.
    /// None of a sealed round.
    pub fn held(
        &self,
        state: &RoomState,
        key: BallotKey,
    ) -> Result<Vec<(RoundId, Ballot)>, BoxFault> {
        let mut held = Vec::new();
        for round in state.exercises.rounds_to_come() {
            let row = SqliteBox { log: &self.log }.held(round, key)?;
            held.extend(
                row.and_then(|row| row.ballot())
                    .map(|ballot| (round, ballot)),
            );
        }
        Ok(held)
    }

    fn after_exercise(&mut self, state: &mut RoomState, events: &[Event]) {
        let touches = |event: &Event| match &event.what {
            What::Exercise(event) => ballots::touches(event),
            _ => false,
        };
        if events.iter().any(touches) {
            if let Err(error) = self.log.truncate_wal() {
                self.unsealed = Some(BoxFault::Failed(error.to_string()));
            }
            self.settle_ballots(state);
        } else {
            self.see_ballots(state);
        }
    }

    /// Finishes every seal that the log tells of, those that a crash interrupted included.
    fn settle_ballots(&mut self, state: &mut RoomState) {
        let mut ballots = SqliteBox { log: &self.log };
        let sealed: Vec<RoundId> = state.exercises.sealed_rounds().collect();
        let done = sealed.into_iter().try_for_each(|round| ballots.seal(round));
        self.unsealed = done.err();
        self.see_ballots(state);
    }

    /// Copies what may be known of the box into the state.
    fn see_ballots(&mut self, state: &mut RoomState) {
        match Seen::read(&SqliteBox { log: &self.log }, &state.exercises) {
            Ok(seen) => state.ballots = seen,
            Err(fault) => self.unsealed = Some(fault),
        }
    }

    /// Puts ballots of sealed rounds that come from elsewhere into the box, in an order that
    /// means nothing. Rounds that the session does not know as sealed are left out; gives
    /// back how many ballots were taken.
    pub fn take_in_ballots(
        &mut self,
        state: &mut RoomState,
        ballots: &[(RoundId, Vec<Row>)],
    ) -> Result<usize, BoxFault> {
        let sealed: Vec<RoundId> = state.exercises.sealed_rounds().collect();
        let mut taken = 0;
        for (round, rows) in ballots.iter().filter(|(round, _)| sealed.contains(round)) {
            SqliteBox { log: &self.log }.restore(*round, rows)?;
            taken += rows.len();
        }
        self.see_ballots(state);
        Ok(taken)
    }

    /// Why a result cannot be shown although it was revealed, where it cannot: the seal is
    /// not finished (most often for want of room). It is finished when the file is opened
    /// next.
    pub const fn unsealed(&self) -> Option<&BoxFault> {
        self.unsealed.as_ref()
    }

    /// Takes erased text out of what `SQLite` and migrations left behind.
    fn scrub(&mut self) {
        let cleaned = purge::wipe_backups(&self.log.file).and_then(|()| self.log.scrub());
        self.unscrubbed = cleaned.err();
    }

    /// Why traces of an erased text may still be in the file, where they may: it could not
    /// be cleaned (most often for want of room) and is cleaned when it is opened next.
    pub const fn unscrubbed(&self) -> Option<&Failure> {
        self.unscrubbed.as_ref()
    }

    /// Keeps what is being typed, as it is.
    pub fn keep_draft(&mut self, slot: &Slot, body: &Body) -> Result<(), Failure> {
        self.log.keep_draft(slot, body)
    }

    /// Drops what was being typed.
    pub fn drop_draft(&mut self, slot: &Slot) -> Result<(), Failure> {
        self.log.drop_draft(slot)
    }

    /// What was being typed and not saved.
    pub fn drafts(&self) -> Result<Vec<Draft>, Failure> {
        self.log.drafts()
    }

    /// Makes a whole copy of the session under a name that must be free.
    pub fn copy(&mut self, to: &Path) -> Result<(), Failure> {
        open::copy(&self.log, to)?;
        self.note_trace("copy", to)
    }

    /// Remembers a file that was made from the session, so that purging can name it.
    pub fn note_export(&mut self, path: &Path) -> Result<(), Failure> {
        self.note_trace("export", path)
    }

    fn note_trace(&mut self, kind: &str, path: &Path) -> Result<(), Failure> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let kind = kind.to_owned();
        self.log.keep_trace(&Trace { kind, path })
    }

    /// The files that were made from the session: what an erasure cannot reach.
    pub fn traces(&self) -> Result<Vec<Trace>, Failure> {
        self.log.traces()
    }

    /// The session's file.
    pub fn file(&self) -> &Path {
        &self.log.file
    }

    /// Whether a path leads to the session's file.
    pub fn is_at(&self, path: &Path) -> bool {
        let real = |path: &Path| path.canonicalize().ok();
        self.file() == path || real(path).is_some_and(|one| real(self.file()) == Some(one))
    }

    /// When somebody last changed something.
    pub fn used(&self) -> Result<Option<Time>, Failure> {
        let used = self.log.fact("used")?;
        Ok(used.and_then(|millis| millis.parse().ok()).map(Time))
    }

    /// Forgets what a seat that has gone could undo.
    pub fn leave(&mut self, seat: SeatId) {
        self.desk.leave(seat);
    }

    /// The events after a number: what a seat that comes late has missed.
    pub fn read_from(&self, after: u64) -> Result<Vec<Event>, Failure> {
        self.log.read_from(after)
    }

    /// Calls a bell after each write.
    pub fn wake(&mut self, bell: Bell) {
        self.log.wake(bell);
    }

    /// Closes the file; the write-ahead log goes into it and away.
    pub fn close(self) -> Result<(), Failure> {
        let file = self.log.file;
        self.log
            .db
            .close()
            .map_err(|(_, error)| Failure::sqlite(&file, error))
    }

    /// Closes the file, and wipes it where it is a scratch session that nobody wrote in.
    pub fn end(self, state: &RoomState) -> Result<(), Failure> {
        let worthless =
            state.meta.is_scratch() && state.is_untouched() && self.drafts()?.is_empty();
        let file = self.log.file.clone();
        self.close()?;
        if worthless {
            private::wipe(&file).map_err(|error| Failure::io(&file, error))?;
        }
        Ok(())
    }
}
