//! What things in an exercise are called by the program.
//!
//! Owns the ids. They are small numbers in the order of making, so events and rows stay
//! short; an id is never given twice. Tokens and claims are secrets of whoever holds
//! them: they do not print themselves.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! number {
    ($(#[$about:meta])* $name:ident($inner:ty)) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub $inner);
    };
}

number! {
    /// One run of the exercise: one scenario with one group of people.
    ExerciseId(u32)
}
number! {
    /// An item, unique in its exercise; the first is 1.
    ItemId(u16)
}
number! {
    /// A group of items that mean the same, unique in its exercise.
    GroupId(u16)
}
number! {
    /// Seconds since 1970, as the runtime says; never the time of a ballot.
    Time(u64)
}

impl Time {
    /// The time some seconds later.
    #[must_use]
    pub const fn plus(self, seconds: u32) -> Self {
        Self(self.0.saturating_add(seconds as u64))
    }

    /// Seconds until another time; none when it has passed.
    pub fn until(self, other: Self) -> u32 {
        u32::try_from(other.0.saturating_sub(self.0)).unwrap_or(u32::MAX)
    }
}

/// What a round asks for. The two results are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Vote {
    /// Must have, nice to have or neither, for every item.
    Tag,
    /// The shortlist in order.
    Rank,
}

/// A round of one of the two votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RoundId {
    /// Which run.
    pub exercise: ExerciseId,
    /// Tagging or ranking.
    pub vote: Vote,
    /// Counted from 1.
    pub number: u16,
}

impl RoundId {
    /// The round after this one, for which late ballots wait.
    #[must_use]
    pub const fn next(self) -> Self {
        Self {
            number: self.number.saturating_add(1),
            ..self
        }
    }
}

/// Shows that whoever holds it named an item, so that only they can reword it or take it
/// back. A random number of its own for every item: two items of one person are not
/// connected by it.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Claim(pub u64);

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claim(…)")
    }
}

/// What lets a ballot be replaced or taken back until its round is sealed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BallotKey {
    /// The random token of a seat, kept apart from everything else.
    Seat(u128),
    /// The number pencilled on a paper slip.
    Slip(super::Slip),
}

impl fmt::Debug for BallotKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seat(_) => f.write_str("Seat(…)"),
            Self::Slip(_) => f.write_str("Slip(…)"),
        }
    }
}
