//! Tagging: each person marks items as must have or nice to have. The source's own result comes
//! from it: the top four of a scenario by response rate.
//!
//! The denominator is everyone who handed in a sheet, an empty one included, and everyone present
//! at a show of hands. A show of hands knows how many, not who, so its counts stand as they are.

use serde::Serialize;
use thiserror::Error;

use super::report::Scores;
use super::{Fault, MAX_BALLOTS, Order, TOP, profile};

/// What a person says of an item; saying neither is not a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Must have.
    Must,
    /// Nice to have.
    Nice,
}

/// One sheet: what a person (or a table) marked, and how often the same sheet was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Response {
    /// How many handed it in; at least 1.
    pub count: u64,
    /// Items marked must have.
    pub must: Vec<usize>,
    /// Items marked nice to have.
    pub nice: Vec<usize>,
}

/// One show of hands over all items.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hands {
    /// How many were present, whether they raised a hand or not.
    pub present: u64,
    /// Hands for must have, one number an item.
    pub must: Vec<u64>,
    /// Hands for nice to have, one number an item.
    pub nice: Vec<u64>,
}

/// Why sheets and hands do not make a tagging. Sheets and items are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TagFault {
    /// Something is wrong with the items.
    #[error(transparent)]
    Items(#[from] Fault),
    /// A sheet counts zero times.
    #[error("sheet {sheet}: its count is 0; a sheet counts at least once")]
    NoCount {
        /// Which sheet.
        sheet: usize,
    },
    /// A sheet marks an item that is not there.
    #[error("sheet {sheet}: it marks item {item}, but there are {items}")]
    Unknown {
        /// Which sheet.
        sheet: usize,
        /// The item's number.
        item: usize,
        /// How many there are.
        items: usize,
    },
    /// A sheet marks an item twice.
    #[error("sheet {sheet}: it marks item {item} more than once")]
    Twice {
        /// Which sheet.
        sheet: usize,
        /// Which item.
        item: usize,
    },
    /// A show of hands does not have one number for each item.
    #[error("show of hands {show}: it has {numbers} numbers for {items} items")]
    Numbers {
        /// Which show of hands.
        show: usize,
        /// How many numbers it has.
        numbers: usize,
        /// How many items there are.
        items: usize,
    },
    /// More hands than people.
    #[error("show of hands {show}: item {item} has {hands} hands of {present} present")]
    Hands {
        /// Which show of hands.
        show: usize,
        /// Which item.
        item: usize,
        /// Hands raised for must and nice together.
        hands: u64,
        /// How many were present.
        present: u64,
    },
    /// Too many people.
    #[error("more than {MAX_BALLOTS} sheets and hands")]
    TooMany,
}

/// Items, the sheets and the shows of hands on them, checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tagging {
    pub(super) items: Vec<String>,
    pub(super) responses: Vec<Response>,
    pub(super) hands: Vec<Hands>,
}

impl Tagging {
    /// Checks items, sheets and shows of hands; people who did one must not do the other.
    pub fn new(
        items: Vec<String>,
        responses: Vec<Response>,
        hands: Vec<Hands>,
    ) -> Result<Self, TagFault> {
        profile::check_names(&items)?;
        (1..)
            .zip(&responses)
            .try_for_each(|(sheet, response)| response.check(sheet, items.len()))?;
        (1..)
            .zip(&hands)
            .try_for_each(|(show, hands)| hands.check(show, items.len()))?;
        let people = responses
            .iter()
            .map(|r| r.count)
            .chain(hands.iter().map(|h| h.present));
        let total = people.fold(0, u64::saturating_add);
        if total > MAX_BALLOTS {
            return Err(TagFault::TooMany);
        }
        Ok(Self {
            items,
            responses,
            hands,
        })
    }

    /// What the items are called.
    pub fn items(&self) -> &[String] {
        &self.items
    }

    /// Counts tags and those who could have given them.
    pub fn count(&self) -> TagTally {
        let mut tally = TagTally::empty(self.items.len());
        for response in &self.responses {
            tally.submitted += response.count;
            response
                .must
                .iter()
                .for_each(|&item| tally.must[item] += response.count);
            response
                .nice
                .iter()
                .for_each(|&item| tally.nice[item] += response.count);
        }
        for hands in &self.hands {
            tally.submitted += hands.present;
            tally
                .must
                .iter_mut()
                .zip(&hands.must)
                .for_each(|(sum, raised)| *sum += raised);
            tally
                .nice
                .iter_mut()
                .zip(&hands.nice)
                .for_each(|(sum, raised)| *sum += raised);
        }
        tally
    }
}

impl Response {
    fn check(&self, sheet: usize, items: usize) -> Result<(), TagFault> {
        if self.count == 0 {
            return Err(TagFault::NoCount { sheet });
        }
        let mut seen = vec![false; items];
        for &item in self.must.iter().chain(&self.nice) {
            match seen.get_mut(item) {
                None => {
                    return Err(TagFault::Unknown {
                        sheet,
                        item: item.saturating_add(1),
                        items,
                    });
                }
                Some(true) => {
                    return Err(TagFault::Twice {
                        sheet,
                        item: item + 1,
                    });
                }
                Some(fresh) => *fresh = true,
            }
        }
        Ok(())
    }
}

impl Hands {
    fn check(&self, show: usize, items: usize) -> Result<(), TagFault> {
        let numbers = self.must.len().max(self.nice.len());
        if self.must.len() != items || self.nice.len() != items {
            return Err(TagFault::Numbers {
                show,
                numbers,
                items,
            });
        }
        let both = self
            .must
            .iter()
            .zip(&self.nice)
            .map(|(must, nice)| must.saturating_add(*nice));
        match (1..).zip(both).find(|&(_, hands)| hands > self.present) {
            Some((item, hands)) => Err(TagFault::Hands {
                show,
                item,
                hands,
                present: self.present,
            }),
            None => Ok(()),
        }
    }
}

/// How often each item was tagged, and by how many of how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagTally {
    /// The denominator: sheets handed in, empty ones included, and people present at hands.
    pub submitted: u64,
    /// Must-have tags, one number an item.
    pub must: Vec<u64>,
    /// Nice-to-have tags, one number an item.
    pub nice: Vec<u64>,
}

impl TagTally {
    fn empty(items: usize) -> Self {
        Self {
            submitted: 0,
            must: vec![0; items],
            nice: vec![0; items],
        }
    }

    /// The counts for one tag, one number an item.
    pub fn counts(&self, tag: Tag) -> &[u64] {
        match tag {
            Tag::Must => &self.must,
            Tag::Nice => &self.nice,
        }
    }

    /// How many gave the item neither tag.
    pub fn neither(&self, item: usize) -> u64 {
        self.submitted - self.must[item] - self.nice[item]
    }

    /// The response rate, from 0 to 1; nothing when nobody handed in anything.
    pub fn rate(&self, tag: Tag, item: usize) -> Option<f64> {
        (self.submitted > 0).then(|| self.counts(tag)[item] as f64 / self.submitted as f64)
    }

    /// All items by how often they got the tag.
    pub fn order(&self, tag: Tag) -> Order {
        Order::by_score(self.counts(tag))
    }

    /// The top four by response rate, all ties at the cut kept. An item that nobody gave the tag
    /// is in no top four, however few there are.
    pub fn top_four(&self, tag: Tag) -> Order {
        self.order(tag)
            .keep(|item| self.counts(tag)[item] > 0)
            .top(TOP)
    }
}

/// What tagging says, for machines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagReport {
    /// Must have.
    pub must: TagColumn,
    /// Nice to have.
    pub nice: TagColumn,
    /// The denominator of every rate.
    pub submitted: u64,
}

/// One tag's counts, rates and top four.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagColumn {
    /// How many gave each item the tag.
    pub counts: Scores<u64>,
    /// The same as a share of those who handed in; null when nobody did.
    pub rates: Scores<Option<f64>>,
    /// Tie groups that start within the first four places.
    pub top4: Vec<Vec<String>>,
}

impl TagReport {
    /// Counts a tagging and reports it under the items' names.
    pub fn of(tagging: &Tagging) -> Self {
        let tally = tagging.count();
        let column = |tag| TagColumn {
            counts: Scores::new(&tagging.items, |item| tally.counts(tag)[item]),
            rates: Scores::new(&tagging.items, |item| tally.rate(tag, item)),
            top4: tally.top_four(tag).names(&tagging.items),
        };
        Self {
            must: column(Tag::Must),
            nice: column(Tag::Nice),
            submitted: tally.submitted,
        }
    }
}
