//! The head-to-head matrix: how many ballots put one candidate above another. Everything else is
//! read from it, so that the methods cannot disagree about the ballots, only about what to make of
//! them.

use super::profile::{Ballot, Profile};

/// How many ballots put each candidate above each other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadToHead {
    candidates: usize,
    ballots: u64,
    above: Vec<u64>,
}

/// One candidate against another, in ballots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duel {
    /// The other candidate.
    pub other: usize,
    /// Ballots that put ours above it.
    pub ours: u64,
    /// Ballots that put it above ours.
    pub theirs: u64,
}

impl HeadToHead {
    /// Counts every pair on every ballot that is not blank.
    pub fn count(profile: &Profile) -> Self {
        let candidates = profile.candidates();
        let mut matrix = Self {
            candidates,
            ballots: 0,
            above: vec![0; candidates * candidates],
        };
        let mut ranks = vec![0; candidates];
        for ballot in profile.filled() {
            ballot.doubled_ranks(&mut ranks);
            matrix.add(ballot, &ranks);
        }
        matrix
    }

    /// From counts that were made elsewhere, a line for each candidate; nothing where they
    /// cannot be of so many ballots.
    pub(super) fn from_lines(lines: &[Vec<u64>], ballots: u64) -> Option<Self> {
        let candidates = lines.len();
        if lines.iter().any(|line| line.len() != candidates) {
            return None;
        }
        let matrix = Self {
            candidates,
            ballots,
            above: lines.concat(),
        };
        let fits = |a: usize, b: usize| {
            let both = matrix.above(a, b).saturating_add(matrix.above(b, a));
            both <= if a == b { 0 } else { ballots }
        };
        let mut all = 0..candidates;
        all.all(|a| (0..candidates).all(|b| fits(a, b)))
            .then_some(matrix)
    }

    /// The unlisted are above nobody, so a short ballot costs little.
    fn add(&mut self, ballot: &Ballot, ranks: &[u64]) {
        self.ballots += ballot.count;
        for &candidate in ballot.ranking.iter().flatten() {
            let own = ranks[candidate];
            let row = &mut self.above[candidate * self.candidates..][..self.candidates];
            for (cell, &rank) in row.iter_mut().zip(ranks) {
                *cell += if own < rank { ballot.count } else { 0 };
            }
        }
    }

    /// How many candidates there are.
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// How many ballots were counted.
    pub fn ballots(&self) -> u64 {
        self.ballots
    }

    /// Ballots that put `a` above `b`.
    pub fn above(&self, a: usize, b: usize) -> u64 {
        self.above[a * self.candidates + b]
    }

    /// Ballots that put the two level.
    pub fn level(&self, a: usize, b: usize) -> u64 {
        self.ballots - self.above(a, b) - self.above(b, a)
    }

    /// Whether more ballots put `a` above `b` than the other way round.
    pub fn beats(&self, a: usize, b: usize) -> bool {
        self.above(a, b) > self.above(b, a)
    }

    /// Every candidate but this one.
    pub fn others(&self, candidate: usize) -> impl Iterator<Item = usize> + use<> {
        (0..self.candidates).filter(move |&other| other != candidate)
    }

    /// One candidate against each other one.
    pub fn duels(&self, candidate: usize) -> impl Iterator<Item = Duel> + '_ {
        self.others(candidate).map(move |other| Duel {
            other,
            ours: self.above(candidate, other),
            theirs: self.above(other, candidate),
        })
    }

    /// The candidate that beats every other one (Condorcet's), if there is one. Without a ballot
    /// nobody wins.
    pub fn winner(&self) -> Option<usize> {
        let beats_all = |&a: &usize| self.others(a).all(|b| self.beats(a, b));
        (0..self.candidates)
            .find(beats_all)
            .filter(|_| self.ballots > 0)
    }
}
