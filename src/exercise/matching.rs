//! Matching: which categories produce what was asked for.
//!
//! Owns what the room decides on an item: one category, several, or none of the eight,
//! which is a finding and not a gap (Second Working Meeting, 11.1). Suggestions come from
//! outside with their reasons, are marked as such and decide nothing.

use std::collections::BTreeSet;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Exercise, ItemId};
use crate::content::CategoryId;

/// A category, written by its slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategorySlug(pub CategoryId);

impl Serialize for CategorySlug {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.slug())
    }
}

impl<'de> Deserialize<'de> for CategorySlug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let slug = String::deserialize(deserializer)?;
        CategoryId::from_slug(&slug)
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("no category has the id `{slug}`")))
    }
}

/// What the room decided on an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// These categories produce it.
    Categories(BTreeSet<CategorySlug>),
    /// None of the eight does.
    NoneOfEight,
}

impl Verdict {
    /// Some categories; nothing when there are none, which is not "none of the eight".
    pub fn of(categories: impl IntoIterator<Item = CategoryId>) -> Option<Self> {
        let set: BTreeSet<CategorySlug> = categories.into_iter().map(CategorySlug).collect();
        (!set.is_empty()).then_some(Self::Categories(set))
    }

    /// The categories, in the order of the sources.
    pub fn categories(&self) -> impl Iterator<Item = CategoryId> + '_ {
        let set = match self {
            Self::Categories(set) => Some(set),
            Self::NoneOfEight => None,
        };
        set.into_iter().flatten().map(|one| one.0)
    }

    /// The verdict with a category added or taken away, as one key does it.
    pub fn toggled(now: Option<&Self>, category: CategoryId) -> Option<Self> {
        let mut set: BTreeSet<CategoryId> = now
            .map(|one| one.categories().collect())
            .unwrap_or_default();
        if !set.remove(&category) {
            set.insert(category);
        }
        Self::of(set)
    }

    /// Both verdicts of items that turn out to mean the same.
    fn and(self, other: &Self) -> Self {
        let all: Vec<CategoryId> = self.categories().chain(other.categories()).collect();
        Self::of(all).unwrap_or(Self::NoneOfEight)
    }
}

/// A category that the program proposes, never more than that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which one.
    pub category: CategoryId,
    /// Why: words of the item and where they lead.
    pub because: Vec<String>,
}

/// Whatever can propose categories for an item's words: the search of the Matrix.
pub trait Suggest {
    /// Proposals, best first; none where nothing matches.
    fn suggest(&self, words: &str) -> Vec<Suggestion>;
}

/// An item as it is matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchRow {
    /// The item that speaks.
    pub item: ItemId,
    /// Its words, or the group's heading.
    pub words: String,
    /// What the room decided; none so far.
    pub verdict: Option<Verdict>,
    /// What the program proposes.
    pub suggestions: Vec<Suggestion>,
}

impl Exercise {
    /// What the room decided on an item, or on those that were merged with it.
    pub fn verdict(&self, item: ItemId) -> Option<Verdict> {
        if let Some(verdict) = self.matches.get(&item) {
            return Some(verdict.clone());
        }
        let found = self.class_of(item).into_iter();
        found
            .filter_map(|member| self.matches.get(&member).cloned())
            .reduce(|all, one| all.and(&one))
    }

    /// Every verdict as it was given, by the item that it was given on.
    pub fn verdicts(&self) -> impl Iterator<Item = (ItemId, &Verdict)> {
        self.matches.iter().map(|(item, verdict)| (*item, verdict))
    }

    /// Every item with what was decided and what is proposed.
    pub fn match_rows(&self, suggest: &dyn Suggest) -> Vec<MatchRow> {
        let rows = self.candidates().into_iter();
        rows.map(|candidate| MatchRow {
            item: candidate.id,
            verdict: self.verdict(candidate.id),
            suggestions: suggest.suggest(&candidate.words),
            words: candidate.words,
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict;
    use crate::content::CategoryId;

    #[test]
    fn a_verdict_is_written_with_slugs() {
        let verdict = Verdict::of([CategoryId::Security, CategoryId::PopulationData]);
        let text = serde_json::to_string(&verdict).unwrap_or_default();
        assert_eq!(
            text,
            r#"{"Categories":["population-data","security-situational-awareness"]}"#
        );
        assert_eq!(
            serde_json::from_str::<Option<Verdict>>(&text).ok(),
            Some(verdict)
        );
        assert!(serde_json::from_str::<Verdict>(r#"{"Categories":["weather"]}"#).is_err());
    }

    #[test]
    fn no_category_at_all_is_undecided_and_not_none_of_the_eight() {
        let one = Verdict::of([CategoryId::Security]);
        assert_eq!(Verdict::toggled(one.as_ref(), CategoryId::Security), None);
        assert_ne!(Verdict::of([]), Some(Verdict::NoneOfEight));
    }

    #[test]
    fn choosing_a_category_replaces_none_of_the_eight() {
        let now = Verdict::toggled(Some(&Verdict::NoneOfEight), CategoryId::Sectoral);
        assert_eq!(now, Verdict::of([CategoryId::Sectoral]));
    }
}
