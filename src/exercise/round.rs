//! Rounds: one taking of voices, from opening to reveal.
//!
//! Owns what is known of a round beside its ballots: show of hands and what the room
//! agreed aloud (both were said openly), whether it is sealed, and how much of the result
//! is on the wall. Ballots are in the ballot box and nowhere else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Counted, ItemId, Said, Vote};

/// Results from fewer people than this stay shut unless the room agrees.
pub const FEWEST: u32 = 5;

/// Hands that were counted for an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hands {
    /// Hands for must have.
    pub must: u32,
    /// Hands for nice to have.
    pub nice: u32,
}

/// How much has been handed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnout {
    /// Ballots.
    pub ballots: u32,
    /// People that they stand for.
    pub people: u32,
}

/// How much of a result is on the wall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// Nothing.
    #[default]
    Nothing,
    /// So many lines from the bottom.
    Bottom(u16),
    /// All of it, with what there is to say about it.
    All,
}

/// A taking of voices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Tagging or ranking.
    pub vote: Vote,
    /// Counted from 1.
    pub number: u16,
    /// Nobody can change anything any more.
    pub sealed: bool,
    /// What was voted on, once sealed: items that come later stand in the next round.
    pub list: Vec<ItemId>,
    /// How much is on the wall.
    pub shown: Shown,
    /// The room agrees to see the result although few handed in.
    pub few_agree: bool,
    /// People who took part by raising hands.
    pub present: u32,
    /// Hands counted, by item.
    pub hands: BTreeMap<ItemId, Hands>,
    /// What the room agreed aloud on an item.
    pub agreed: BTreeMap<ItemId, Said>,
    /// The order that the room agreed aloud: level items together, best first.
    pub order: Vec<Vec<ItemId>>,
    /// What it came to, where it was counted elsewhere and its ballots stayed there.
    pub counted: Option<Counted>,
}

impl Round {
    pub(super) fn new(vote: Vote, number: u16) -> Self {
        Self {
            vote,
            number,
            sealed: false,
            list: Vec::new(),
            shown: Shown::Nothing,
            few_agree: false,
            present: 0,
            hands: BTreeMap::new(),
            agreed: BTreeMap::new(),
            order: Vec::new(),
            counted: None,
        }
    }

    /// Whether nothing was said aloud and no hands were counted.
    pub fn is_silent(&self) -> bool {
        self.present == 0
            && self.hands.is_empty()
            && self.agreed.is_empty()
            && self.order.is_empty()
    }
}
