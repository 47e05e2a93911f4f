//! Candidates and ballots: what was handed in, checked.
//!
//! A [`Profile`] that exists is sound: every method may index by candidate without looking twice,
//! and sums cannot overflow. A fault names the ballot and what is wrong, and nothing is kept of a
//! profile that has one. Ballots carry no time and no person, only how often the same ranking was
//! handed in.

use thiserror::Error;

/// The most candidates that one profile holds; Schulze takes their number to the third power.
pub const MAX_CANDIDATES: usize = 1_000;

/// The most ballots that one profile holds. With [`MAX_CANDIDATES`] it keeps every sum exact, in
/// JSON numbers too.
pub const MAX_BALLOTS: u64 = 1_000_000_000_000;

/// The most characters in a name.
pub const MAX_NAME: usize = 1_000;

/// A ranking and how often it was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ballot {
    /// How many handed it in; at least 1.
    pub count: u64,
    /// Tied groups, best first. Candidates left out share the last place. Empty: a blank ballot.
    pub ranking: Vec<Vec<usize>>,
}

impl Ballot {
    /// A ballot handed in once.
    pub fn new(ranking: Vec<Vec<usize>>) -> Self {
        Self::times(1, ranking)
    }

    /// The same ballot handed in several times.
    pub fn times(count: u64, ranking: Vec<Vec<usize>>) -> Self {
        Self { count, ranking }
    }

    /// Whether it ranks nothing: an abstention.
    pub fn is_blank(&self) -> bool {
        self.ranking.is_empty()
    }

    /// How many candidates it ranks.
    pub fn listed(&self) -> usize {
        self.ranking.iter().map(Vec::len).sum()
    }

    /// The ballot's tie groups by size, the shared last place of the unlisted included.
    pub(super) fn group_sizes(&self, candidates: usize) -> impl Iterator<Item = usize> {
        let unlisted = candidates - self.listed();
        self.ranking
            .iter()
            .map(Vec::len)
            .chain((unlisted > 0).then_some(unlisted))
    }

    /// Writes twice the middle place of every candidate: the first alone has 2, two level on top
    /// have 3 each.
    pub(super) fn doubled_ranks(&self, ranks: &mut [u64]) {
        let middle = |before: usize, size: usize| (2 * before + size + 1) as u64;
        let listed = self.listed();
        ranks.fill(middle(listed, ranks.len() - listed));
        let mut before = 0;
        for group in &self.ranking {
            let rank = middle(before, group.len());
            for &candidate in group {
                ranks[candidate] = rank;
            }
            before += group.len();
        }
    }

    fn check(&self, names: &[String]) -> Result<(), BallotFault> {
        if self.count == 0 {
            return Err(BallotFault::NoCount);
        }
        if let Some(place) = self.ranking.iter().position(Vec::is_empty) {
            return Err(BallotFault::EmptyPlace { place: place + 1 });
        }
        let mut seen = vec![false; names.len()];
        for &candidate in self.ranking.iter().flatten() {
            match seen.get_mut(candidate) {
                None => {
                    return Err(BallotFault::Unknown {
                        number: candidate.saturating_add(1),
                        candidates: names.len(),
                    });
                }
                Some(true) => {
                    return Err(BallotFault::Twice {
                        name: names[candidate].clone(),
                    });
                }
                Some(fresh) => *fresh = true,
            }
        }
        Ok(())
    }
}

/// What is wrong with one ballot. Candidates and places are counted from 1, as people do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BallotFault {
    /// Its count is zero.
    #[error("its count is 0; a ballot counts at least once")]
    NoCount,
    /// It ranks a candidate that is not there.
    #[error("it ranks candidate {number}, but there are {candidates}")]
    Unknown {
        /// The candidate's number.
        number: usize,
        /// How many there are.
        candidates: usize,
    },
    /// It ranks a candidate twice.
    #[error("it ranks {name:?} more than once")]
    Twice {
        /// The candidate.
        name: String,
    },
    /// One of its places is empty.
    #[error("its place {place} is empty")]
    EmptyPlace {
        /// Which place.
        place: usize,
    },
}

/// Why candidates and ballots do not make a profile.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Fault {
    /// Too many candidates.
    #[error("{candidates} candidates are too many; the most is {MAX_CANDIDATES}")]
    TooManyCandidates {
        /// How many there are.
        candidates: usize,
    },
    /// A candidate has no name.
    #[error("candidate {candidate} has no name")]
    NoName {
        /// Which one.
        candidate: usize,
    },
    /// A name is too long.
    #[error("the name of candidate {candidate} is longer than {MAX_NAME} characters")]
    LongName {
        /// Which one.
        candidate: usize,
    },
    /// A name holds a character that could act on a terminal or turn text around.
    #[error("the name of candidate {candidate} holds a control character, {character:?}")]
    Unprintable {
        /// Which one.
        candidate: usize,
        /// The character.
        character: char,
    },
    /// One ballot is wrong.
    #[error("ballot {ballot}: {fault}")]
    Ballot {
        /// Which one, counted from 1.
        ballot: usize,
        /// What is wrong with it.
        fault: BallotFault,
    },
    /// Too many ballots.
    #[error("ballot {ballot}: with it there are more than {MAX_BALLOTS} ballots")]
    TooManyBallots {
        /// The ballot that makes them too many, counted from 1.
        ballot: usize,
    },
}

/// Candidates and the ballots on them, checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    names: Vec<String>,
    ballots: Vec<Ballot>,
}

impl Profile {
    /// Checks candidates and ballots. Two candidates may have the same name (people's own words do
    /// repeat): ballots refer to places in the list.
    pub fn new(names: Vec<String>, ballots: Vec<Ballot>) -> Result<Self, Fault> {
        check_names(&names)?;
        let mut profile = Self {
            names,
            ballots: Vec::with_capacity(ballots.len()),
        };
        let mut total = 0;
        for ballot in ballots {
            total = profile.admit(ballot, total)?;
        }
        Ok(profile)
    }

    /// For what other modules of the tally derive from a profile that was checked.
    pub(super) fn derived(names: Vec<String>, ballots: Vec<Ballot>) -> Self {
        Self { names, ballots }
    }

    /// Adds a ballot; on a fault nothing changes.
    pub fn cast(&mut self, ballot: Ballot) -> Result<(), Fault> {
        self.admit(ballot, self.counted() + self.blank()).map(drop)
    }

    /// Takes a ballot back, without trace. Says nothing if there is no such ballot.
    pub fn withdraw(&mut self, ballot: usize) -> Option<Ballot> {
        (ballot < self.ballots.len()).then(|| self.ballots.remove(ballot))
    }

    fn admit(&mut self, ballot: Ballot, total: u64) -> Result<u64, Fault> {
        let number = self.ballots.len() + 1;
        ballot.check(&self.names).map_err(|fault| Fault::Ballot {
            ballot: number,
            fault,
        })?;
        let total = total.saturating_add(ballot.count);
        if total > MAX_BALLOTS {
            return Err(Fault::TooManyBallots { ballot: number });
        }
        self.ballots.push(ballot);
        Ok(total)
    }

    /// What the candidates are called.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many candidates there are.
    pub fn candidates(&self) -> usize {
        self.names.len()
    }

    /// The ballots as handed in, equal ones not gathered.
    pub fn ballots(&self) -> &[Ballot] {
        &self.ballots
    }

    /// The ballots that count: all but the blank ones.
    pub fn filled(&self) -> impl Iterator<Item = &Ballot> {
        self.ballots.iter().filter(|ballot| !ballot.is_blank())
    }

    /// How many ballots count.
    pub fn counted(&self) -> u64 {
        self.filled().map(|ballot| ballot.count).sum()
    }

    /// How many ballots are blank.
    pub fn blank(&self) -> u64 {
        self.ballots
            .iter()
            .filter(|ballot| ballot.is_blank())
            .map(|ballot| ballot.count)
            .sum()
    }

    /// How many counted ballots leave candidates out.
    pub fn partial(&self) -> u64 {
        self.filled()
            .filter(|ballot| ballot.listed() < self.candidates())
            .map(|ballot| ballot.count)
            .sum()
    }
}

pub(super) fn check_names(names: &[String]) -> Result<(), Fault> {
    if names.len() > MAX_CANDIDATES {
        return Err(Fault::TooManyCandidates {
            candidates: names.len(),
        });
    }
    for (candidate, name) in (1..).zip(names) {
        if name.trim().is_empty() {
            return Err(Fault::NoName { candidate });
        }
        if name.chars().count() > MAX_NAME {
            return Err(Fault::LongName { candidate });
        }
        if let Some(character) = name.chars().find(|&c| acts_on_terminals(c)) {
            return Err(Fault::Unprintable {
                candidate,
                character,
            });
        }
    }
    Ok(())
}

/// Control characters, and those that override the direction of text or break lines: a name must
/// not be able to rewrite the table that it is printed in.
pub(super) fn acts_on_terminals(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
