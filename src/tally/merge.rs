//! Merging duplicates: what the ballots say once several items are one. Destroys nothing, since it
//! makes a new profile and leaves the old one alone; undo is to merge less.
//!
//! A merged item keeps its best place on each ballot, once; must beats nice; a person counts once.

use thiserror::Error;

use super::tags::{Hands, Response, Tagging};
use super::{Ballot, Profile};

/// Items that become part of another. All numbers are places in the list before any merge.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Merge {
    /// The item that stays and gives the name.
    pub into: usize,
    /// The items that go into it.
    pub from: Vec<usize>,
}

/// Why items cannot be merged that way. Items are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MergeFault {
    /// No such item.
    #[error("there is no item {item} to merge; there are {items}")]
    Unknown {
        /// The item's number.
        item: usize,
        /// How many there are.
        items: usize,
    },
    /// The item is in two merges, or merged into itself.
    #[error("item {item} is merged more than once")]
    Twice {
        /// Which item.
        item: usize,
    },
}

/// Where every item stands after merging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merging {
    kept: Vec<usize>,
    now: Vec<usize>,
}

impl Merging {
    /// Plans merges over a list of items. Each item takes part in one merge at most.
    pub fn new(items: usize, merges: &[Merge]) -> Result<Self, MergeFault> {
        let mut into: Vec<Option<usize>> = vec![None; items];
        for merge in merges {
            for &item in merge.from.iter().chain([&merge.into]) {
                match into.get_mut(item) {
                    None => {
                        return Err(MergeFault::Unknown {
                            item: item.saturating_add(1),
                            items,
                        });
                    }
                    Some(Some(_)) => return Err(MergeFault::Twice { item: item + 1 }),
                    Some(free) => *free = Some(merge.into),
                }
            }
        }
        let target = |item: usize| into[item].unwrap_or(item);
        let kept: Vec<usize> = (0..items).filter(|&item| target(item) == item).collect();
        let place = |item| kept.partition_point(|&kept| kept < target(item));
        Ok(Self {
            now: (0..items).map(place).collect(),
            kept,
        })
    }

    /// The items that stay, by their place before.
    pub fn kept(&self) -> &[usize] {
        &self.kept
    }

    /// Where an item's votes are now, by its place before.
    pub fn place_now(&self, item: usize) -> usize {
        self.now[item]
    }

    fn names(&self, names: &[String]) -> Vec<String> {
        self.kept.iter().map(|&item| names[item].clone()).collect()
    }

    /// The items under their new numbers, each once, in the order of their first mention.
    fn once(&self, items: &[usize], seen: &mut [bool]) -> Vec<usize> {
        let now = items.iter().map(|&item| self.now[item]);
        now.filter(|&item| !std::mem::replace(&mut seen[item], true))
            .collect()
    }

    fn ballot(&self, ballot: &Ballot) -> Ballot {
        let mut seen = vec![false; self.kept.len()];
        let groups = ballot
            .ranking
            .iter()
            .map(|group| self.once(group, &mut seen));
        Ballot::times(
            ballot.count,
            groups.filter(|group| !group.is_empty()).collect(),
        )
    }

    /// Must first, so that an item marked both ways through its parts is a must.
    fn response(&self, response: &Response) -> Response {
        let mut seen = vec![false; self.kept.len()];
        let must = self.once(&response.must, &mut seen);
        let nice = self.once(&response.nice, &mut seen);
        Response {
            count: response.count,
            must,
            nice,
        }
    }

    /// Hands say how many, not who: what is certain is the largest count, so nobody counts twice.
    fn hands(&self, hands: &Hands) -> Hands {
        let mut must = vec![0; self.kept.len()];
        let mut either = vec![0; self.kept.len()];
        for (item, &now) in self.now.iter().enumerate() {
            must[now] = hands.must[item].max(must[now]);
            either[now] = (hands.must[item] + hands.nice[item]).max(either[now]);
        }
        let nice = either
            .iter()
            .zip(&must)
            .map(|(either, must)| either - must)
            .collect();
        Hands {
            present: hands.present,
            must,
            nice,
        }
    }
}

/// The profile as if the merged items had been one from the start.
pub fn ballots(profile: &Profile, merges: &[Merge]) -> Result<Profile, MergeFault> {
    let merging = Merging::new(profile.candidates(), merges)?;
    let ballots = profile
        .ballots()
        .iter()
        .map(|ballot| merging.ballot(ballot))
        .collect();
    Ok(Profile::derived(merging.names(profile.names()), ballots))
}

/// The tagging as if the merged items had been one from the start. Over a show of hands the counts
/// of a merged item are the least that is certain.
pub fn tags(tagging: &Tagging, merges: &[Merge]) -> Result<Tagging, MergeFault> {
    let merging = Merging::new(tagging.items.len(), merges)?;
    Ok(Tagging {
        items: merging.names(&tagging.items),
        responses: tagging
            .responses
            .iter()
            .map(|sheet| merging.response(sheet))
            .collect(),
        hands: tagging
            .hands
            .iter()
            .map(|hands| merging.hands(hands))
            .collect(),
    })
}
