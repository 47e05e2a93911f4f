//! The result by category: which PIM systems must exist for this scenario, and what fits
//! none of the eight.

use super::{Label, Labels, TagResult};
use crate::content::CategoryId;
use crate::exercise::{Exercise, ItemId, Mark, Verdict};

/// Whoever produces an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Producer {
    /// One of the eight.
    Category(CategoryId),
    /// None of the eight: a finding.
    NoneOfEight,
    /// The room did not say.
    Unmatched,
}

/// An item under a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Produced {
    /// The item that speaks.
    pub item: ItemId,
    /// Its words, or the group's heading.
    pub words: String,
    /// Must or nice.
    pub label: Option<Label>,
    /// How many say must and nice, where that was counted.
    pub counts: Option<(u64, u64)>,
}

/// The items of every category, must and nice apart. An item that several categories
/// produce stands under each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByCategory {
    /// The eight in the order of the sources, then "none of the eight", then what is not
    /// matched. All ten are there, also the empty ones: an empty category is a finding.
    pub rows: Vec<(Producer, Vec<Produced>)>,
}

impl ByCategory {
    /// Sorts the items of an exercise under their categories.
    pub fn of(run: &Exercise, labels: &Labels, tagging: Option<&TagResult>) -> Self {
        let categories = CategoryId::ALL.iter().copied().map(Producer::Category);
        let producers = categories.chain([Producer::NoneOfEight, Producer::Unmatched]);
        let mut rows: Vec<(Producer, Vec<Produced>)> =
            producers.map(|producer| (producer, Vec::new())).collect();
        for candidate in run.candidates() {
            let produced = Produced {
                item: candidate.id,
                label: labels.of_item(candidate.id),
                counts: tagging.and_then(|result| counts(result, candidate.id)),
                words: candidate.words,
            };
            let verdict = run.verdict(candidate.id);
            for (producer, items) in &mut rows {
                if producer.makes(verdict.as_ref()) {
                    items.push(produced.clone());
                }
            }
        }
        for (_, items) in &mut rows {
            items.sort_by_key(|one| (std::cmp::Reverse(one.counts), one.label, one.item));
        }
        Self { rows }
    }

    /// The items of one producer with one word.
    pub fn items(&self, producer: Producer, label: Label) -> impl Iterator<Item = &Produced> {
        let rows = self.rows.iter().filter(move |(one, _)| *one == producer);
        rows.flat_map(|(_, items)| items)
            .filter(move |one| one.label == Some(label))
    }

    /// The categories without which a must have would be missing.
    pub fn must_exist(&self) -> Vec<CategoryId> {
        let rows = self.rows.iter().filter_map(|(producer, items)| {
            let Producer::Category(category) = producer else {
                return None;
            };
            let must = items.iter().any(|one| one.label == Some(Label::Must));
            must.then_some(*category)
        });
        rows.collect()
    }

    /// Where the top four for must have come from, with how many of them each produces.
    pub fn of_top_four(&self, tagging: &TagResult) -> Vec<(Producer, usize)> {
        let top = tagging.top_four(Mark::Must);
        let items: Vec<ItemId> = top
            .into_iter()
            .filter_map(|(_, one)| Some(tagging.candidates.get(one)?.id))
            .collect();
        let rows = self.rows.iter().map(|(producer, produced)| {
            let number = produced.iter().filter(|one| items.contains(&one.item));
            (*producer, number.count())
        });
        rows.filter(|(_, number)| *number > 0).collect()
    }
}

impl Producer {
    fn makes(self, verdict: Option<&Verdict>) -> bool {
        match (self, verdict) {
            (Self::Category(category), Some(verdict)) => {
                verdict.categories().any(|one| one == category)
            }
            (Self::NoneOfEight, Some(Verdict::NoneOfEight)) | (Self::Unmatched, None) => true,
            _ => false,
        }
    }
}

fn counts(result: &TagResult, item: ItemId) -> Option<(u64, u64)> {
    let mut candidates = result.candidates.iter();
    let number = candidates.position(|candidate| candidate.id == item)?;
    let (must, nice, _) = result.counts(number)?;
    Some((must, nice))
}
