//! The ballot box: where ballots are, so that they leave no trail.
//!
//! Owns the contract between the exercise and whatever keeps its ballots, and a box in
//! memory that keeps it. A log of ballots in order of arrival would tie people to what they
//! said, so ballots are in no event: the rules say what is to be done with a box
//! ([`BallotChange`]), and the box does it.
//!
//! What every box must do:
//!
//! 1. Nobody can read a round before it is sealed: [`BallotBox::read_all`] refuses. The one
//!    exception is a ballot's own holder ([`BallotBox::held`]).
//! 2. Putting with a key that is there replaces the ballot; nothing of the old one is left.
//! 3. Sealing is final: it shuffles the ballots, forgets every key of the round, and can be
//!    repeated. After it the round takes nothing and gives the same ballots to everybody.
//! 4. A ballot may come for the round after the newest one, before anybody opened that:
//!    late ballots wait there.
//!
//! What the box on disk must do beside (each step is to be tested on the file itself):
//!
//! - Rows of [`crate::exercise::row::LENGTH`] bytes are made in advance, in batches, when a
//!   round is first used: vacant rows ([`Row::vacant`]) under ids drawn at random, without a
//!   time, an order or a counter that grows. A ballot fills a vacant row chosen at random; a
//!   replaced one fills its own row again or another random one, and the row it leaves is
//!   vacant again. No event and no other table mentions a row id.
//! - Keys stand in a table of their own (round, key, row id), and nowhere else. It is the
//!   only thing that connects a seat or slip to a row, and the seal empties it.
//! - `secure_delete = ON` (not FAST), so that what is overwritten is gone from the pages,
//!   and `wal_checkpoint(TRUNCATE)` after *every* commit that touched the box: with the
//!   passive kinds a replaced ballot stays in the write-ahead log, and the log's order of
//!   pages is an order of arrival. `synchronous = FULL`; a ballot is acknowledged only after
//!   commit *and* checkpoint. Several ballots may share a commit.
//! - The commit that logs [`crate::exercise::Change::Sealed`] marks the round as to be
//!   sealed. Then, outside it and repeatable: write the rows back in a shuffled order under
//!   new random ids, delete its keys, `VACUUM`, `wal_checkpoint(TRUNCATE)`, mark it sealed.
//!   On opening a session every round of [`crate::exercise::Exercises::sealed_rounds`] that
//!   the box has not sealed is finished first; [`BallotBox::read_all`] refuses until then.
//! - The commit that logs [`crate::exercise::Change::RoundDropped`] with `destroys: true`
//!   destroys the ballots and keys of the round, and checkpoints; with `destroys: false` it
//!   leaves them where they are, since late ballots wait in a round that is not open.
//! - Randomness comes from the operating system.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{BallotKey, RoundId, Row, Turnout};

/// What is to be done with the ballot box. The rules decided it; no event tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BallotChange {
    /// A ballot was handed in.
    Put {
        /// The round that it counts in.
        round: RoundId,
        /// What lets it be changed.
        key: BallotKey,
        /// The ballot.
        row: Row,
        /// Whether there may be one with this key already, which it replaces.
        replaces: Replaces,
        /// It came after the seal and waits for the round to be opened.
        waits: bool,
    },
    /// A ballot was taken back.
    Withdraw {
        /// The round that it counts in.
        round: RoundId,
        /// What lets it be changed.
        key: BallotKey,
    },
}

/// What a ballot does to one with the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaces {
    /// It replaces it; there need not be one: a seat hands in, again and again.
    MayBe,
    /// There must be none: a new slip was given a number.
    Nothing,
    /// There must be one: a slip was mistyped and is typed again.
    One,
}

/// Why a ballot box did not do it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BoxFault {
    /// There is a ballot with this key.
    #[error("a slip with this number is in already; take another number")]
    Taken,
    /// There is no ballot with this key.
    #[error("no slip with this number is in this round")]
    NotThere,
    /// The round is sealed.
    #[error("the reveal sealed this round; a ballot now waits for the next one")]
    Sealed,
    /// The round is not sealed.
    #[error("nothing is counted before the reveal")]
    NotSealed,
    /// The box could not be written or read.
    #[error("the ballot box could not be used: {0}")]
    Failed(String),
}

/// Whatever keeps ballots.
pub trait BallotBox {
    /// Puts a ballot in; it is durable when this returns.
    fn put(
        &mut self,
        round: RoundId,
        key: BallotKey,
        row: &Row,
        replaces: Replaces,
    ) -> Result<(), BoxFault>;

    /// Takes a ballot out, without trace.
    fn withdraw(&mut self, round: RoundId, key: BallotKey) -> Result<(), BoxFault>;

    /// The ballot of a key, for whoever holds it; none once sealed.
    fn held(&self, round: RoundId, key: BallotKey) -> Result<Option<Row>, BoxFault>;

    /// How much is in, before and after the seal.
    fn turnout(&self, round: RoundId) -> Result<Turnout, BoxFault>;

    /// Shuffles, forgets the keys, and lets nothing change any more. Can be repeated.
    fn seal(&mut self, round: RoundId) -> Result<(), BoxFault>;

    /// Whether sealing is finished.
    fn is_sealed(&self, round: RoundId) -> Result<bool, BoxFault>;

    /// Every ballot of a sealed round, in an order that means nothing.
    fn read_all(&self, round: RoundId) -> Result<Vec<Row>, BoxFault>;

    /// Destroys a round.
    fn drop_round(&mut self, round: RoundId) -> Result<(), BoxFault>;

    /// Carries out what the rules decided.
    fn carry_out(&mut self, change: &BallotChange) -> Result<(), BoxFault> {
        match change {
            BallotChange::Put {
                round,
                key,
                row,
                replaces,
                ..
            } => self.put(*round, *key, row, *replaces),
            BallotChange::Withdraw { round, key } => self.withdraw(*round, *key),
        }
    }
}

/// Keeps ballots in memory: for an exercise without a session, and for tests.
#[derive(Clone, Debug, Default)]
pub struct MemoryBox {
    open: BTreeMap<RoundId, BTreeMap<BallotKey, Row>>,
    sealed: BTreeMap<RoundId, Vec<Row>>,
}

impl MemoryBox {
    fn still_open(&self, round: RoundId) -> Result<(), BoxFault> {
        if self.sealed.contains_key(&round) {
            return Err(BoxFault::Sealed);
        }
        Ok(())
    }
}

impl BallotBox for MemoryBox {
    fn put(
        &mut self,
        round: RoundId,
        key: BallotKey,
        row: &Row,
        replaces: Replaces,
    ) -> Result<(), BoxFault> {
        self.still_open(round)?;
        let ballots = self.open.entry(round).or_default();
        match (replaces, ballots.contains_key(&key)) {
            (Replaces::Nothing, true) => Err(BoxFault::Taken),
            (Replaces::One, false) => Err(BoxFault::NotThere),
            _ => {
                ballots.insert(key, row.clone());
                Ok(())
            }
        }
    }

    fn withdraw(&mut self, round: RoundId, key: BallotKey) -> Result<(), BoxFault> {
        self.still_open(round)?;
        let ballots = self.open.entry(round).or_default();
        ballots.remove(&key).map(drop).ok_or(BoxFault::NotThere)
    }

    fn held(&self, round: RoundId, key: BallotKey) -> Result<Option<Row>, BoxFault> {
        Ok(self.open.get(&round).and_then(|all| all.get(&key)).cloned())
    }

    fn turnout(&self, round: RoundId) -> Result<Turnout, BoxFault> {
        let open = self.open.get(&round).into_iter().flat_map(BTreeMap::values);
        let sealed = self.sealed.get(&round).into_iter().flatten();
        let mut turnout = Turnout::default();
        for row in open.chain(sealed) {
            turnout.ballots += 1;
            turnout.people += u32::from(row.people());
        }
        Ok(turnout)
    }

    fn seal(&mut self, round: RoundId) -> Result<(), BoxFault> {
        let ballots = self.open.remove(&round);
        let rows = self.sealed.entry(round).or_default();
        if let Some(ballots) = ballots {
            rows.extend(ballots.into_values());
            // By content, so that the order says nothing of who handed in when. On disk
            // they are shuffled.
            rows.sort_by(|a, b| a.bytes().cmp(b.bytes()));
        }
        Ok(())
    }

    fn is_sealed(&self, round: RoundId) -> Result<bool, BoxFault> {
        Ok(self.sealed.contains_key(&round))
    }

    fn read_all(&self, round: RoundId) -> Result<Vec<Row>, BoxFault> {
        self.sealed.get(&round).cloned().ok_or(BoxFault::NotSealed)
    }

    fn drop_round(&mut self, round: RoundId) -> Result<(), BoxFault> {
        self.open.remove(&round);
        self.sealed.remove(&round);
        Ok(())
    }
}
