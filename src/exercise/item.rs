//! Items: pieces of data or information that somebody named, and groups of them.
//!
//! Owns what an item is. Its words are its author's: nobody else edits them, a group keeps
//! its originals, hiding keeps the words, and only erasing takes them away.

use serde::{Deserialize, Serialize};

use super::matching::CategorySlug;
use super::{Claim, ExerciseId, ItemId};

/// What is said of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// Must have.
    Must,
    /// Nice to have.
    Nice,
}

impl Mark {
    /// The word on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Nice => "nice",
        }
    }

    /// The sign on screen, so that nothing rests on colour.
    pub const fn sign(self) -> char {
        match self {
            Self::Must => '!',
            Self::Nice => '+',
        }
    }
}

/// What the room agreed aloud on an item; the best comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Said {
    /// Must have.
    Must,
    /// Nice to have.
    Nice,
    /// Neither of them.
    Neither,
}

/// Whether an item is part of the exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Everybody sees it.
    Shown,
    /// It waits for the facilitator to let it in.
    Waiting,
    /// The facilitator took it off the wall; its words are kept.
    Hidden,
    /// Its author took it back, or the naming was undone.
    TakenBack,
}

/// Where an item comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Somebody in the room named it.
    Room,
    /// A starter: words of the Output row of a category.
    Starter {
        /// The category.
        category: CategorySlug,
        /// The passage in its Output cell.
        passage: String,
    },
    /// The same item stood in another run, which makes the two comparable.
    Carried {
        /// The run.
        exercise: ExerciseId,
        /// The item there.
        item: ItemId,
    },
}

/// A piece of data or information that somebody named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which one.
    pub id: ItemId,
    /// The words of its author; none once erased.
    pub text: Option<String>,
    /// Must or nice, where that was said when it was named.
    pub named: Option<Mark>,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it is part of the exercise.
    pub standing: Standing,
    /// What its author can prove to have named it with; never shown.
    pub(super) claim: Option<Claim>,
}

impl Item {
    /// Whether it can stand on the wall.
    pub const fn is_shown(&self) -> bool {
        matches!(self.standing, Standing::Shown) && self.text.is_some()
    }

    /// Its words, or what stands in their place.
    pub fn words(&self) -> &str {
        self.text.as_deref().unwrap_or("(erased)")
    }

    /// Whether the words come from the Output row and not from the room.
    pub const fn is_starter(&self) -> bool {
        matches!(self.origin, Origin::Starter { .. })
    }

    /// Whether a claim is that of its author.
    pub fn is_claimed_by(&self, claim: Claim) -> bool {
        self.claim == Some(claim)
    }
}

/// Items that mean the same. The first that is shown speaks for the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The originals, the one that speaks for them first.
    pub members: Vec<ItemId>,
    /// A heading over them in the facilitator's words; the originals stay under it.
    pub heading: Option<String>,
}
