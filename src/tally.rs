//! Turns ballots into results: who leads, by how much, and how sure that is.
//!
//! Pure. Knows no screen, clock, file, seat or randomness, and works on the places of candidates in
//! a list, never on what they are called. The result does not depend on the order in which ballots
//! arrive, and a withdrawn ballot leaves no trace. Sums are whole numbers (halves are kept
//! doubled), so nothing is lost to rounding and no tie is broken silently.
//!
//! ```text
//!  input ──► Profile ──► HeadToHead ──┬─► Borda ──► Stability     Tagging ──► TagTally
//!              ▲                      ├─► Copeland                   ▲
//!            merge                    ├─► Schulze                  merge
//!                                     └─► head-to-head winner
//!  Tally = all of it ──► Explanation (facts, then sentences), TallyReport (JSON), table (text)
//! ```
//!
//! Conventions: unlisted candidates share the last place; a blank ballot is an abstention, shown
//! and not tallied. Start at [`Tally::count`].

pub mod borda;
pub mod compare;
pub mod copeland;
pub mod explain;
mod half;
mod head_to_head;
pub mod input;
pub mod kendall;
pub mod merge;
mod order;
mod parts;
mod profile;
mod report;
pub mod schulze;
mod spread;
mod stability;
mod table;
pub mod tags;

pub use compare::Disagreement;
pub use explain::Explanation;
pub use half::Half;
pub use head_to_head::{Duel, HeadToHead};
pub use kendall::Agreement;
pub use merge::{Merge, MergeFault, Merging};
pub use order::{Order, Place};
pub use parts::Parts;
pub use profile::{Ballot, BallotFault, Fault, MAX_BALLOTS, MAX_CANDIDATES, MAX_NAME, Profile};
pub use report::{TallyReport, report};
pub use schulze::Schulze;
pub use spread::Spread;
pub use stability::Stability;
pub use table::table;
pub use tags::{Tag, TagTally, Tagging};

/// How many places make the top of a list: the source asks for the top four of each scenario.
pub const TOP: usize = 4;

/// Points for every candidate, and the order that they make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// One entry a candidate, in the order of the profile.
    pub points: Vec<Half>,
    /// Most points first, equal points level.
    pub order: Order,
}

impl Scored {
    fn new(points: Vec<Half>) -> Self {
        let order = Order::by_score(&points);
        Self { points, order }
    }
}

/// Everything that the ballots of one profile say, by every method.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Ballots that rank something.
    pub counted: u64,
    /// Blank ballots: abstentions, not part of any sum.
    pub blank: u64,
    /// Counted ballots that leave candidates out, which then share their last place.
    pub partial: u64,
    /// How many ballots put each candidate above each other one.
    pub matrix: HeadToHead,
    /// The result to show.
    pub borda: Scored,
    /// Cross-check: head-to-head wins.
    pub copeland: Scored,
    /// Cross-check: strongest paths.
    pub schulze: Schulze,
    /// The candidate that beats every other one head to head, if there is one.
    pub condorcet_winner: Option<usize>,
    /// Whether one ballot less could change first place; nothing with fewer than two ballots.
    pub stability: Option<Stability>,
    /// Kendall's W; nothing when no ballot tells any candidates apart.
    pub w: Option<f64>,
    /// Where the ballots place each candidate, so that opposed camps show.
    pub spread: Vec<Spread>,
}

impl Tally {
    /// Counts a profile by every method.
    pub fn count(profile: &Profile) -> Self {
        let matrix = HeadToHead::count(profile);
        let borda = borda::tournament(&matrix);
        Self {
            counted: profile.counted(),
            blank: profile.blank(),
            partial: profile.partial(),
            copeland: copeland::copeland(&matrix),
            schulze: Schulze::winning_votes(&matrix),
            condorcet_winner: matrix.winner(),
            stability: Stability::of(profile, &borda),
            w: kendall::w(profile, &borda),
            spread: Spread::of(profile),
            borda,
            matrix,
        }
    }

    /// How many candidates were ranked.
    pub fn candidates(&self) -> usize {
        self.borda.points.len()
    }

    /// The Borda top four, all ties at the cut kept.
    pub fn top_four(&self) -> Order {
        self.borda.order.top(TOP)
    }

    /// How far the ballots agree, in a word; nothing when there are too few ballots or candidates
    /// to say.
    pub fn agreement(&self) -> Option<Agreement> {
        Agreement::of(self.w?, self.counted, self.candidates())
    }

    /// Where the cross-checks differ from Borda; empty when the methods agree.
    pub fn disagreements(&self) -> Vec<Disagreement> {
        compare::disagreements(self)
    }
}
