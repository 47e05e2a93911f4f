//! Must or nice for every item, as one word, and what that word rests on.

use std::collections::BTreeMap;

use super::TagResult;
use crate::exercise::{Exercise, ItemId, Mark, Said};

/// What the words of a whole exercise rest on. They are never mixed within one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The tagging result.
    Votes,
    /// What the room agreed aloud.
    Aloud,
    /// What was said when the items were named: the exercise was cut short before tagging.
    Named,
}

impl Basis {
    /// How it is said.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Votes => "as tagged by those who took part",
            Self::Aloud => "as the room agreed aloud",
            Self::Named => "as said when it was named; nobody voted on it",
        }
    }
}

/// The word for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// More say must than nice.
    Must,
    /// As many say must as nice.
    Level,
    /// More say nice than must.
    Nice,
    /// Nobody says either.
    Neither,
}

impl Label {
    /// The word on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must have",
            Self::Level => "must and nice level",
            Self::Nice => "nice to have",
            Self::Neither => "neither",
        }
    }

    const fn of_counts(must: u64, nice: u64) -> Self {
        match (must, nice) {
            (0, 0) => Self::Neither,
            (must, nice) if must > nice => Self::Must,
            (must, nice) if must < nice => Self::Nice,
            _ => Self::Level,
        }
    }

    const fn of_mark(mark: Option<Mark>) -> Self {
        match mark {
            Some(Mark::Must) => Self::Must,
            Some(Mark::Nice) => Self::Nice,
            None => Self::Neither,
        }
    }

    const fn of_said(said: Said) -> Self {
        match said {
            Said::Must => Self::Must,
            Said::Nice => Self::Nice,
            Said::Neither => Self::Neither,
        }
    }
}

/// The word for every item of an exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// What they rest on.
    pub basis: Basis,
    /// By the item that speaks. Items that came after the round have none.
    pub words: BTreeMap<ItemId, Label>,
}

impl Labels {
    /// The words of an exercise.
    pub fn of(run: &Exercise, tagging: Option<&TagResult>) -> Self {
        match tagging {
            Some(result) if result.votes.counted().is_some() => Self::by_votes(result),
            Some(result) if result.agreed.iter().any(Option::is_some) => Self::aloud(result),
            _ => Self::named(run),
        }
    }

    fn by_votes(result: &TagResult) -> Self {
        let candidates = result.candidates.iter().enumerate();
        let words = candidates.filter_map(|(number, candidate)| {
            let (must, nice, _) = result.counts(number)?;
            Some((candidate.id, Label::of_counts(must, nice)))
        });
        Self {
            basis: Basis::Votes,
            words: words.collect(),
        }
    }

    fn aloud(result: &TagResult) -> Self {
        let candidates = result.candidates.iter().zip(&result.agreed);
        let words = candidates.filter_map(|(candidate, agreed)| {
            agreed.map(|said| (candidate.id, Label::of_said(said)))
        });
        Self {
            basis: Basis::Aloud,
            words: words.collect(),
        }
    }

    /// Must beats nice among originals that were merged, as everywhere.
    fn named(run: &Exercise) -> Self {
        let words = run.candidates().into_iter().map(|candidate| {
            let items = candidate.members.iter().filter_map(|id| run.item(*id));
            let shown = items.filter(|item| item.is_shown());
            let best = shown.filter_map(|item| item.named).min();
            (candidate.id, Label::of_mark(best))
        });
        Self {
            basis: Basis::Named,
            words: words.collect(),
        }
    }

    /// The word for an item.
    pub fn of_item(&self, item: ItemId) -> Option<Label> {
        self.words.get(&item).copied()
    }
}
