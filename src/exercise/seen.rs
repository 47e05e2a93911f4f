//! What may be known of the ballot box: how much is in each round, and the ballots of
//! sealed rounds.
//!
//! Owns the copy that rules and screens look at, so that neither asks the box itself. It is
//! no part of the log's fold: whoever holds the box reads it anew after every change.
//! Promises that no ballot of an open round is ever in it.

use std::collections::BTreeMap;

use super::compare::{Moves, moves};
use super::results::{Outcome, ranking};
use super::{
    BallotBox, BoxFault, Exercise, Exercises, Moment, Round, RoundId, Row, Time, Turnout, Vote,
};

/// What may be known of the ballots of all exercises.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    turnouts: BTreeMap<RoundId, Turnout>,
    sealed: BTreeMap<RoundId, Vec<Row>>,
}

impl Seen {
    /// Reads the box: turnouts of all rounds, ballots of those that are sealed.
    pub fn read(ballots: &dyn BallotBox, all: &Exercises) -> Result<Self, BoxFault> {
        let turnouts = Moment::read(Time::default(), ballots, all)?.turnouts;
        let mut sealed = BTreeMap::new();
        for round in all.sealed_rounds() {
            if ballots.is_sealed(round)? {
                sealed.insert(round, ballots.read_all(round)?);
            }
        }
        Ok(Self { turnouts, sealed })
    }

    /// The moment that the rules ask for.
    pub fn moment(&self, now: Time) -> Moment {
        Moment {
            now,
            turnouts: self.turnouts.clone(),
        }
    }

    /// All that a run has come to.
    pub fn outcome(&self, run: &Exercise) -> Outcome {
        Outcome::of(run, |round| self.rows(round))
    }

    /// What moved between the newest ranking and the one before it, with the number of that
    /// round; nothing where there is only one.
    pub fn moved(&self, run: &Exercise) -> Option<(u16, Moves)> {
        let mut sealed = run.rounds.iter().rev();
        let mut next = || sealed.find(|one| one.vote == Vote::Rank && one.sealed);
        let (now, was) = (next()?, next()?);
        let result = |round: &Round| ranking(run, round.number, &self.rows(run.round_id(round)));
        Some((was.number, moves(&result(was)?, &result(now)?)?))
    }

    /// The ballots of a sealed round; none of any other.
    pub fn rows(&self, round: RoundId) -> Vec<Row> {
        self.sealed.get(&round).cloned().unwrap_or_default()
    }
}
