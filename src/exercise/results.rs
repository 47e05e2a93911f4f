//! From sealed ballots to what the room said.
//!
//! Owns how ballots become the two results, tagging and ranking, which are never mixed, and
//! what is told of them. Counting is the tally's. A result exists only of a sealed round;
//! what was agreed aloud stands beside it and is not counted into it. Results of fewer than
//! five people stay shut unless the room agrees. Merging, hiding and splitting after the
//! seal change how the same ballots are read, openly and reversibly.
//!
//! Start at [`Outcome::of`], or at [`tagging`] and [`ranking`] for one round.

mod categories;
mod labels;
mod ranks;
mod tags;

pub use categories::{ByCategory, Produced, Producer};
pub use labels::{Basis, Label, Labels};
pub use ranks::{RankResult, ranking};
pub use tags::{TagResult, tagging};

use super::round::FEWEST;
use super::state::Candidate;
use super::{Exercise, ItemId, Phase, Round, RoundId, Row, Shown, Turnout, Vote, Weigh};
use crate::tally::{Merge, Order, Place};

/// Voices that were handed in, as far as they may be seen.
#[derive(Clone, Debug, PartialEq)]
pub enum Votes<T> {
    /// Nobody handed in anything.
    None,
    /// Too few people for a result; it opens when the room agrees.
    Shut {
        /// How many.
        people: u32,
    },
    /// The result.
    Counted {
        /// Ballots, and the people that they stand for (raised hands included).
        turnout: Turnout,
        /// The count.
        tally: T,
    },
}

impl<T> Votes<T> {
    fn of(turnout: Turnout, few_agree: bool, count: impl FnOnce() -> T) -> Self {
        match turnout.people {
            0 => Self::None,
            people if people < FEWEST && !few_agree => Self::Shut { people },
            _ => Self::Counted {
                turnout,
                tally: count(),
            },
        }
    }

    /// The count, where there is one to see.
    pub const fn counted(&self) -> Option<&T> {
        match self {
            Self::Counted { tally, .. } => Some(tally),
            Self::None | Self::Shut { .. } => None,
        }
    }

    /// How many took part.
    pub const fn people(&self) -> u32 {
        match self {
            Self::None => 0,
            Self::Shut { people } => *people,
            Self::Counted { turnout, .. } => turnout.people,
        }
    }
}

/// All that an exercise has come to, in whatever phase it was left.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Where it was left.
    pub phase: Phase,
    /// The newest tagging result.
    pub tagging: Option<TagResult>,
    /// The newest ranking result.
    pub ranking: Option<RankResult>,
    /// Must or nice for every item, and what that rests on.
    pub labels: Labels,
    /// What each category produces of it.
    pub categories: ByCategory,
}

impl Outcome {
    /// The outcome, from the ballots that `rows` gives of sealed rounds. It asks for no
    /// others.
    pub fn of(run: &Exercise, rows: impl Fn(RoundId) -> Vec<Row>) -> Self {
        let newest = |vote| run.sealed_round(vote);
        let read = |round: &Round| rows(run.round_id(round));
        let tagging = newest(Vote::Tag).and_then(|one| tagging(run, one.number, &read(one)));
        let ranking = newest(Vote::Rank).and_then(|one| ranking(run, one.number, &read(one)));
        let labels = Labels::of(run, tagging.as_ref());
        let categories = ByCategory::of(run, &labels, tagging.as_ref());
        Self {
            phase: run.phase,
            tagging,
            ranking,
            labels,
            categories,
        }
    }
}

/// What is voted on in a round, and the merges that make one of several originals.
struct Paper {
    candidates: Vec<Candidate>,
    /// Every original that counts, in the order of the list.
    items: Vec<ItemId>,
    names: Vec<String>,
    merges: Vec<Merge>,
}

impl Paper {
    /// The candidates that the list of a sealed round stands for now. Those that speak come
    /// first among their own, so that the tally keeps the candidates' order.
    fn of(run: &Exercise, list: &[ItemId]) -> Self {
        let mut paper = Self {
            candidates: run.standing_for(list),
            items: Vec::new(),
            names: Vec::new(),
            merges: Vec::new(),
        };
        for candidate in &paper.candidates {
            let into = paper.items.len();
            let others = candidate.members.iter().filter(|one| **one != candidate.id);
            paper.items.push(candidate.id);
            paper.items.extend(others);
            paper.names.resize(paper.items.len(), name(candidate));
            if paper.items.len() > into + 1 {
                let from = (into + 1..paper.items.len()).collect();
                paper.merges.push(Merge { into, from });
            }
        }
        paper
    }

    /// Where an original stands in the list; what is not on it does not count.
    fn index(&self, item: ItemId) -> Option<usize> {
        self.items.iter().position(|one| *one == item)
    }
}

/// The tally wants a name; an erased one has none left.
fn name(candidate: &Candidate) -> String {
    if candidate.words.is_empty() {
        "(erased)".to_owned()
    } else {
        candidate.words.clone()
    }
}

/// What a ballot weighs.
fn weight(run: &Exercise, people: u16) -> u64 {
    match run.settings.weigh {
        Weigh::People => u64::from(people),
        Weigh::Ballots => 1,
    }
}

/// How many ballots and people some rows are.
fn turnout(rows: &[Row]) -> Turnout {
    rows.iter().fold(Turnout::default(), |sum, row| Turnout {
        ballots: sum.ballots + 1,
        people: sum.people + u32::from(row.people()),
    })
}

/// The lines of an order that are on the wall: from the bottom, level ones together.
pub fn lines(order: &Order, shown: Shown) -> Vec<(Place, usize)> {
    let all = order.places();
    let most = match shown {
        Shown::Nothing => 0,
        Shown::Bottom(lines) => usize::from(lines),
        Shown::All => all.len(),
    };
    let mut kept = 0;
    for group in order.groups().iter().rev() {
        if kept >= most {
            break;
        }
        kept += group.len();
    }
    let hidden = all.len() - kept.min(all.len());
    all.into_iter().skip(hidden).collect()
}
