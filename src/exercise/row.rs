//! A ballot as a row of fixed length.
//!
//! Owns the bytes. Every row of every ballot has the same length, one byte an item, so
//! that neither its size nor its place in a file tells anything. A vacant row is all
//! zeros.
//!
//! ```text
//!  0      1 ─ 2     3          4 …                                   1023
//!  kind   people    nothing    one byte for each item, by its number
//!                              tags: 1 must, 2 nice     ranks: the place, from 1
//! ```

use std::collections::BTreeMap;
use std::fmt;

use super::ballot::Ballot;
use super::{ItemId, Mark, RankBallot, TagBallot};

/// Bytes of a row.
pub const LENGTH: usize = 1024;
/// Bytes before the items.
const HEAD: usize = 4;
/// The most items of an exercise; also what the tally takes.
pub const MAX_ITEMS: u16 = 1_000;

const TAG: u8 = 1;
const RANK: u8 = 2;
const MUST: u8 = 1;
const NICE: u8 = 2;

/// A row of the ballot box.
#[derive(Clone, PartialEq, Eq)]
pub struct Row(Box<[u8; LENGTH]>);

impl Row {
    /// A row that no ballot fills.
    pub fn vacant() -> Self {
        Self(Box::new([0; LENGTH]))
    }

    /// A row from stored bytes; nothing when they are not a row.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let row = Self(Box::new(bytes.try_into().ok()?));
        (row.is_vacant() || row.ballot().is_some()).then_some(row)
    }

    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Whether no ballot fills it.
    pub fn is_vacant(&self) -> bool {
        self.0.first() == Some(&0)
    }

    /// How many people it stands for.
    pub fn people(&self) -> u16 {
        u16::from_le_bytes([self.0[1], self.0[2]])
    }

    /// The ballot in it; nothing when it is vacant or damaged.
    pub fn ballot(&self) -> Option<Ballot> {
        if self.people() == 0 {
            return None;
        }
        match self.0.first() {
            Some(&TAG) => self.tags().map(Ballot::Tag),
            Some(&RANK) => Some(Ballot::Rank(self.ranks())),
            _ => None,
        }
    }

    /// The items that the row says something of, with the byte.
    fn marked(&self) -> impl Iterator<Item = (ItemId, u8)> + '_ {
        let items = self.0.iter().skip(HEAD).zip(1..=MAX_ITEMS);
        items.filter_map(|(byte, id)| (*byte != 0).then_some((ItemId(id), *byte)))
    }

    fn tags(&self) -> Option<TagBallot> {
        let mark = |byte| match byte {
            MUST => Some(Mark::Must),
            NICE => Some(Mark::Nice),
            _ => None,
        };
        let marks = self.marked().map(|(item, byte)| Some((item, mark(byte)?)));
        Some(TagBallot {
            people: self.people(),
            marks: marks.collect::<Option<_>>()?,
        })
    }

    fn ranks(&self) -> RankBallot {
        let mut places: BTreeMap<u8, Vec<ItemId>> = BTreeMap::new();
        for (item, place) in self.marked() {
            places.entry(place).or_default().push(item);
        }
        RankBallot {
            people: self.people(),
            places: places.into_values().collect(),
        }
    }

    fn filled(kind: u8, people: u16) -> Self {
        let mut row = Self::vacant();
        let [low, high] = people.max(1).to_le_bytes();
        row.0[0] = kind;
        row.0[1] = low;
        row.0[2] = high;
        row
    }

    fn set(&mut self, item: ItemId, byte: u8) {
        let place = (HEAD + usize::from(item.0)).saturating_sub(1);
        // Ids are bounded where ballots are checked; what is beyond stands in no row.
        if item.0 >= 1
            && item.0 <= MAX_ITEMS
            && let Some(cell) = self.0.get_mut(place)
        {
            *cell = byte;
        }
    }
}

impl From<&Ballot> for Row {
    fn from(ballot: &Ballot) -> Self {
        match ballot {
            Ballot::Tag(ballot) => {
                let mut row = Self::filled(TAG, ballot.people);
                for (item, mark) in &ballot.marks {
                    row.set(*item, if *mark == Mark::Must { MUST } else { NICE });
                }
                row
            }
            Ballot::Rank(ballot) => {
                let mut row = Self::filled(RANK, ballot.people);
                for (place, items) in (1..=u8::MAX).zip(&ballot.places) {
                    for item in items {
                        row.set(*item, place);
                    }
                }
                row
            }
        }
    }
}

/// A row does not print what is in it.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_vacant() {
            "Row(vacant)"
        } else {
            "Row(…)"
        })
    }
}
