//! A result that was counted elsewhere and came without its ballots.
//!
//! Owns what a round says when its ballots stayed behind: an exported session holds counts
//! and no ballots, and imported again it must not look as if nobody had voted. What was
//! merged when it was counted stays merged in it; hiding and erasing still take words away.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::results::{RankResult, TagResult, Votes};
use super::state::Candidate;
use super::{Exercise, ItemId, Round, Turnout, Vote};
use crate::tally::{MAX_BALLOTS, Parts, TagTally};

/// What a round came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Ballots, and the people that they stand for, raised hands included.
    pub turnout: Turnout,
    /// The count; nothing where it was shut.
    pub count: Option<Count>,
}

/// The count of either vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Count {
    /// Must, nice and neither.
    Tags(TagCount),
    /// An order.
    Ranks(RankCount),
}

/// How many said what of each item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagCount {
    /// The denominator.
    pub of: u64,
    /// The items.
    pub items: Vec<TagLine>,
}

/// How many said what of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagLine {
    /// The originals that were counted together, the one that spoke first.
    pub items: Vec<ItemId>,
    /// How many said must.
    pub must: u64,
    /// How many said nice.
    pub nice: u64,
}

/// What the ballots of a ranking say together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankCount {
    /// What was ranked: the originals that were counted together, the one that spoke first.
    pub items: Vec<Vec<ItemId>>,
    /// The tally, by places in that list.
    pub tally: Parts,
    /// Who else would lead without the ballot of one table.
    pub without_one_table: Vec<usize>,
}

impl Counted {
    /// What a tagging result came to; nothing where nobody handed in.
    pub fn of_tags(result: &TagResult) -> Option<Self> {
        let count = |tally: &TagTally| {
            let all = result.candidates.iter().zip(&tally.must).zip(&tally.nice);
            Count::Tags(TagCount {
                of: tally.submitted,
                items: all
                    .map(|((one, must), nice)| TagLine {
                        items: members(one),
                        must: *must,
                        nice: *nice,
                    })
                    .collect(),
            })
        };
        Self::of(&result.votes, count)
    }

    /// What a ranking result came to; nothing where nobody handed in.
    pub fn of_ranks(result: &RankResult) -> Option<Self> {
        Self::of(&result.votes, |tally| {
            Count::Ranks(RankCount {
                items: result.candidates.iter().map(members).collect(),
                tally: Parts::of(tally),
                without_one_table: result.without_one_table.clone(),
            })
        })
    }

    fn of<T>(votes: &Votes<T>, count: impl FnOnce(&T) -> Count) -> Option<Self> {
        match votes {
            Votes::None => None,
            Votes::Shut { people } => Some(Self {
                turnout: Turnout {
                    ballots: 0,
                    people: *people,
                },
                count: None,
            }),
            Votes::Counted { turnout, tally } => Some(Self {
                turnout: *turnout,
                count: Some(count(tally)),
            }),
        }
    }

    /// Whether the numbers can be those of a round of this vote.
    pub fn is_sound(&self, vote: Vote) -> bool {
        match (&self.count, vote) {
            (None, _) => true,
            (Some(Count::Tags(count)), Vote::Tag) => count.is_sound(),
            (Some(Count::Ranks(count)), Vote::Rank) => count.is_sound(),
            _ => false,
        }
    }

    /// The items that it names.
    pub fn items(&self) -> Vec<ItemId> {
        match &self.count {
            None => Vec::new(),
            Some(Count::Tags(count)) => count
                .items
                .iter()
                .flat_map(|one| &one.items)
                .copied()
                .collect(),
            Some(Count::Ranks(count)) => count.items.iter().flatten().copied().collect(),
        }
    }

    pub(super) fn tags(&self) -> (Vec<Vec<ItemId>>, Votes<TagTally>) {
        match &self.count {
            Some(Count::Tags(count)) if count.is_sound() => {
                let items = count.items.iter().map(|one| one.items.clone()).collect();
                let tally = TagTally {
                    submitted: count.of,
                    must: count.items.iter().map(|one| one.must).collect(),
                    nice: count.items.iter().map(|one| one.nice).collect(),
                };
                let turnout = self.turnout;
                (items, Votes::Counted { turnout, tally })
            }
            _ => (Vec::new(), self.shut()),
        }
    }

    pub(super) fn ranks(&self) -> (Vec<Vec<ItemId>>, Votes<crate::tally::Tally>, Vec<usize>) {
        let shut = || (Vec::new(), self.shut(), Vec::new());
        let Some(Count::Ranks(count)) = &self.count else {
            return shut();
        };
        match count.tally.tally().filter(|_| count.is_sound()) {
            Some(tally) => {
                let turnout = self.turnout;
                let votes = Votes::Counted { turnout, tally };
                (count.items.clone(), votes, count.without_one_table.clone())
            }
            None => shut(),
        }
    }

    fn shut<T>(&self) -> Votes<T> {
        Votes::Shut {
            people: self.turnout.people,
        }
    }
}

impl TagCount {
    fn is_sound(&self) -> bool {
        let fits = |one: &TagLine| one.must.saturating_add(one.nice) <= self.of;
        self.of <= MAX_BALLOTS
            && self.items.iter().all(fits)
            && each_once(self.items.iter().map(|one| &one.items))
    }
}

impl RankCount {
    fn is_sound(&self) -> bool {
        let all = self.items.len();
        self.tally.is_sound()
            && self.tally.above.len() == all
            && self.without_one_table.iter().all(|one| *one < all)
            && each_once(self.items.iter())
    }
}

/// Whether every line names something and nothing is named twice.
fn each_once<'a>(lines: impl Iterator<Item = &'a Vec<ItemId>>) -> bool {
    let mut seen = BTreeSet::new();
    let once =
        |items: &Vec<ItemId>| !items.is_empty() && items.iter().all(|item| seen.insert(*item));
    lines.into_iter().all(once)
}

fn members(candidate: &Candidate) -> Vec<ItemId> {
    let others = candidate.members.iter().filter(|one| **one != candidate.id);
    std::iter::once(candidate.id)
        .chain(others.copied())
        .collect()
}

impl Exercise {
    /// The candidates of a count, with the words that they have now. A shut one names none.
    pub(super) fn counted_candidates(
        &self,
        round: &Round,
        lines: Vec<Vec<ItemId>>,
    ) -> Vec<Candidate> {
        if lines.is_empty() {
            return self.standing_for(&round.list);
        }
        let one = |members: Vec<ItemId>| {
            let id = members.first().copied().unwrap_or_default();
            let now = self.standing_for(&[id]).pop();
            let same = now.filter(|now| now.members.iter().all(|one| members.contains(one)));
            let words = match (&same, self.item(id)) {
                (Some(now), _) => now.words.clone(),
                (None, Some(item)) if item.is_shown() => item.words().to_owned(),
                (None, Some(item)) if item.text.is_some() => "(hidden)".to_owned(),
                _ => "(erased)".to_owned(),
            };
            Candidate {
                id,
                words,
                group: same.and_then(|now| now.group),
                members,
            }
        };
        lines.into_iter().map(one).collect()
    }

    /// The count that a round came with, where its ballots stayed behind.
    pub(super) fn came_counted<'a>(round: &'a Round, rows: &[super::Row]) -> Option<&'a Counted> {
        round.counted.as_ref().filter(|_| rows.is_empty())
    }
}
