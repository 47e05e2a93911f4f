//! How an exercise is held.
//!
//! Owns the choices of the facilitator and their defaults, which are those of the source
//! and of the research on ranking: the short way, five places, ties allowed.

use serde::{Deserialize, Serialize};

use super::{Vote, Way};

/// How voices are taken in the room. Ways can be mixed in one round; this is what the
/// facilitator's screen opens with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Voting {
    /// The room talks until it agrees, and nobody votes: the source's "rank as a group".
    Aloud,
    /// Hands are counted.
    Hands,
    /// Paper slips are typed in.
    Slips,
    /// Every table hands in one ballot for all who sit there.
    Tables,
    /// Everybody has a terminal.
    Seats,
}

impl Voting {
    /// All of them.
    pub const ALL: &'static [Voting] = &[
        Self::Aloud,
        Self::Hands,
        Self::Slips,
        Self::Tables,
        Self::Seats,
    ];

    /// What it is called on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Aloud => "agreed aloud",
            Self::Hands => "show of hands",
            Self::Slips => "paper slips",
            Self::Tables => "one ballot a table",
            Self::Seats => "own terminals",
        }
    }

    /// Whether a vote can be taken so: hands can say how many, not in which order.
    pub const fn serves(self, vote: Vote) -> bool {
        !matches!((self, vote), (Self::Hands, Vote::Rank))
    }
}

/// What one ballot of a table weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Weigh {
    /// As many as sit there, so that the denominator is people.
    #[default]
    People,
    /// One voice a table, however many sit there.
    Ballots,
}

/// How an exercise is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Which phases it goes through by itself.
    pub way: Way,
    /// How tags are taken.
    pub tagging: Voting,
    /// How the order is taken.
    pub ranking: Voting,
    /// How many places a ballot gives; 0 for all.
    pub places: u8,
    /// Whether places may be shared on a ballot.
    pub ties: bool,
    /// How many items the shortlist holds.
    pub shortlist: u8,
    /// Whether items wait for the facilitator before everybody sees them.
    pub moderated: bool,
    /// What one ballot of a table weighs.
    pub weigh: Weigh,
}

/// The most items that a shortlist can hold.
pub const LONGEST: u8 = 50;

impl Default for Settings {
    fn default() -> Self {
        Self {
            way: Way::Short,
            tagging: Voting::Hands,
            ranking: Voting::Aloud,
            places: 5,
            ties: true,
            shortlist: 15,
            moderated: false,
            weigh: Weigh::People,
        }
    }
}

impl Settings {
    /// The same within what is possible.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.shortlist = self.shortlist.clamp(2, LONGEST);
        self.places = self.places.min(self.shortlist);
        if !self.ranking.serves(Vote::Rank) {
            self.ranking = Voting::Aloud;
        }
        self
    }
}
