//! Ballots as they are handed in.
//!
//! Owns what a ballot can say and when it is sound. A ballot names items by their number
//! and nothing else; merging is done when it is counted, so that it can be undone. A draft
//! is not a ballot: only handing in makes one, and handing in again replaces it.

use std::collections::{BTreeMap, BTreeSet};

use super::row::MAX_ITEMS;
use super::{Exercise, ItemId, Mark, Refusal, Vote};

/// The most people that one ballot stands for.
pub const MAX_PEOPLE: u16 = 500;

/// Must, nice or neither for every item; "neither" is not written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagBallot {
    /// How many people hand it in: 1, or all at a table.
    pub people: u16,
    /// The marks.
    pub marks: BTreeMap<ItemId, Mark>,
}

/// Items in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankBallot {
    /// How many people hand it in: 1, or all at a table.
    pub people: u16,
    /// Level items together, best first. Empty is a blank ballot: an abstention.
    pub places: Vec<Vec<ItemId>>,
}

/// A ballot of either kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ballot {
    /// Must, nice or neither.
    Tag(TagBallot),
    /// An order.
    Rank(RankBallot),
}

impl TagBallot {
    /// A ballot of one person.
    pub fn new(marks: impl IntoIterator<Item = (ItemId, Mark)>) -> Self {
        Self {
            people: 1,
            marks: marks.into_iter().collect(),
        }
    }
}

impl RankBallot {
    /// A ballot of one person.
    pub fn new(places: Vec<Vec<ItemId>>) -> Self {
        Self { people: 1, places }
    }
}

impl Ballot {
    /// What it votes on.
    pub const fn vote(&self) -> Vote {
        match self {
            Self::Tag(_) => Vote::Tag,
            Self::Rank(_) => Vote::Rank,
        }
    }

    /// How many people it stands for.
    pub const fn people(&self) -> u16 {
        match self {
            Self::Tag(ballot) => ballot.people,
            Self::Rank(ballot) => ballot.people,
        }
    }

    /// The same ballot of a table.
    #[must_use]
    pub fn of_table(mut self, sitting: u16) -> Self {
        match &mut self {
            Self::Tag(ballot) => ballot.people = sitting,
            Self::Rank(ballot) => ballot.people = sitting,
        }
        self
    }

    /// Whether it can be handed in. What was merged or hidden meanwhile is no mistake of
    /// whoever hands in: it is sorted out when the ballot is counted.
    pub(super) fn check(&self, exercise: &Exercise) -> Result<(), Refusal> {
        if self.people() == 0 || self.people() > MAX_PEOPLE {
            return Err(Refusal::People { most: MAX_PEOPLE });
        }
        match self {
            Self::Tag(ballot) => known(exercise, ballot.marks.keys()),
            Self::Rank(ballot) => {
                known(exercise, ballot.places.iter().flatten())?;
                ballot.check(exercise)
            }
        }
    }
}

fn known<'a>(
    exercise: &Exercise,
    items: impl IntoIterator<Item = &'a ItemId>,
) -> Result<(), Refusal> {
    let there = |id: &ItemId| id.0 <= MAX_ITEMS && exercise.item(*id).is_some();
    match items.into_iter().find(|id| !there(id)) {
        Some(id) => Err(Refusal::NoItem(*id)),
        None => Ok(()),
    }
}

impl RankBallot {
    fn check(&self, exercise: &Exercise) -> Result<(), Refusal> {
        let mut seen = BTreeSet::new();
        if !self.places.iter().flatten().all(|item| seen.insert(*item)) {
            return Err(Refusal::TwiceOnBallot);
        }
        if self.places.iter().any(Vec::is_empty) {
            return Err(Refusal::EmptyPlace);
        }
        let settings = exercise.settings;
        if !settings.ties && self.places.iter().any(|place| place.len() > 1) {
            return Err(Refusal::NoTies);
        }
        self.check_places(usize::from(settings.places))
    }

    /// A tie at the last place may go beyond it, as everywhere in this program.
    fn check_places(&self, most: usize) -> Result<(), Refusal> {
        let before_last: usize = self.places.iter().rev().skip(1).map(Vec::len).sum();
        if most > 0 && before_last >= most && !self.places.is_empty() {
            return Err(Refusal::TooManyPlaces { most });
        }
        // A row has one byte for a place.
        if self.places.len() > usize::from(u8::MAX) {
            return Err(Refusal::TooManyPlaces {
                most: usize::from(u8::MAX),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Ballot, RankBallot, TagBallot};
    use crate::exercise::row::{MAX_ITEMS, Row};
    use crate::exercise::{ItemId, Mark};

    #[test]
    fn a_ballot_comes_out_of_its_row_as_it_went_in() {
        let marks = [(ItemId(1), Mark::Must), (ItemId(MAX_ITEMS), Mark::Nice)];
        let tags = Ballot::Tag(TagBallot::new(marks)).of_table(7);
        let places = vec![vec![ItemId(3)], vec![ItemId(1), ItemId(9)]];
        let ranks = Ballot::Rank(RankBallot::new(places));
        let blank = Ballot::Rank(RankBallot::new(Vec::new()));
        for ballot in [tags, ranks, blank] {
            let row = Row::from(&ballot);
            assert_eq!(row.ballot(), Some(ballot));
            assert_eq!(Row::from_bytes(row.bytes()), Some(row));
        }
    }

    #[test]
    fn every_row_has_the_same_length_and_prints_nothing() {
        let row = Row::from(&Ballot::Tag(TagBallot::new([(ItemId(4), Mark::Must)])));
        assert_eq!(row.bytes().len(), Row::vacant().bytes().len());
        assert_eq!(format!("{row:?}"), "Row(…)");
    }

    #[test]
    fn damaged_bytes_are_no_row() {
        assert_eq!(Row::from_bytes(&[1; 7]), None);
        let mut bytes = Row::vacant().bytes().to_vec();
        bytes[0] = 9;
        assert_eq!(Row::from_bytes(&bytes), None);
    }
}
