//! Titles and addresses that one can go to, found by their letters.
//!
//! Owns the list of targets, made once for a content, and the order of finds. Matching
//! is fuzzy, on folded text with one character for each original one, so that the
//! matched letters can be marked.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use unicode_normalization::UnicodeNormalization;

use super::layer::{Goal, Target};
use crate::content::address::places;
use crate::content::{Address, Content, Place};
use crate::page::Page;

/// Everything that one can go to, ready to be searched.
#[derive(Debug)]
pub struct Titles {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    target: Target,
    title: String,
    address: String,
    names: Vec<String>,
}

impl Titles {
    /// The targets of a content.
    pub fn of(content: &Content) -> Self {
        let entries = places(content)
            .into_iter()
            .flat_map(|place| targets(&place, content))
            .map(|(target, names)| Entry {
                title: fold(&target.title),
                address: address_of(&target),
                names: names.iter().map(|name| fold(name)).collect(),
                target,
            })
            .collect();
        Self { entries }
    }

    /// The targets that match what is typed, best first; the first ones where nothing is.
    pub fn find(&self, typed: &str, most: usize) -> Vec<Target> {
        let typed = fold(typed.trim());
        let matcher = SkimMatcherV2::default();
        let mut found: Vec<(i64, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((entry.score(&typed, &matcher)?, entry)))
            .collect();
        found.sort_by_key(|(score, _)| -score);
        found
            .into_iter()
            .take(most)
            .map(|(_, entry)| entry.marked(&typed, &matcher))
            .collect()
    }
}

impl Entry {
    /// How well it matches; other names and addresses count a little less than titles.
    fn score(&self, typed: &str, matcher: &SkimMatcherV2) -> Option<i64> {
        if typed.is_empty() {
            return Some(0);
        }
        let title = matcher.fuzzy_match(&self.title, typed);
        let exact = self.title == typed || self.names.iter().any(|name| name == typed);
        let names = self
            .names
            .iter()
            .filter_map(|name| matcher.fuzzy_match(name, typed))
            .max();
        let address = matcher.fuzzy_match(&self.address, typed);
        let best = [title, names.map(|s| s - 5), address.map(|s| s - 10)];
        let best = best.into_iter().flatten().max()?;
        // Letters strewn over a long text are no match.
        let least = i64::try_from(typed.chars().count()).unwrap_or(i64::MAX) * 12;
        let best = if exact { best + 1_000 } else { best };
        (best >= least).then_some(best)
    }

    fn marked(&self, typed: &str, matcher: &SkimMatcherV2) -> Target {
        let mut target = self.target.clone();
        target.marked = matcher
            .fuzzy_indices(&self.title, typed)
            .map(|(_, places)| places)
            .unwrap_or_default();
        target
    }
}

/// A place and the sections in it, each with other names to find it by.
fn targets(place: &Place, content: &Content) -> Vec<(Target, Vec<String>)> {
    let own = target(Address::from(place.clone()), Page::of(place, content).title);
    let mut all = vec![(own, other_names(place, content))];
    all.extend(sections(place, content));
    all
}

/// The address of a target that has one.
fn address_of(target: &Target) -> String {
    match &target.goal {
        Goal::Address(address) | Goal::Note(address) => address.to_string(),
        Goal::Action(_) => String::new(),
    }
}

fn target(address: Address, title: String) -> Target {
    Target {
        goal: Goal::Address(address),
        title,
        marked: Vec::new(),
    }
}

/// The sections of a guide page are targets of their own.
fn sections(place: &Place, content: &Content) -> Vec<(Target, Vec<String>)> {
    let Place::GuidePage(id) = place else {
        return Vec::new();
    };
    let Some(page) = content.guide_page(id) else {
        return Vec::new();
    };
    page.sections
        .iter()
        .map(|section| {
            let address = Address {
                place: place.clone(),
                item: Some(section.id.clone()),
            };
            let title = format!("{}: {}", page.title, section.title);
            (target(address, title), Vec::new())
        })
        .collect()
}

fn other_names(place: &Place, content: &Content) -> Vec<String> {
    match place {
        Place::Column(category) => {
            let category = content.category(*category);
            let former = category.former_names.iter().map(|one| one.name.clone());
            let mut names = category.aliases.clone();
            names.push(category.code.clone());
            names.extend(former);
            names
        }
        Place::Principle(principle) => {
            let principle = content.principle(*principle);
            let other = principle.other_names.iter().map(|one| one.name.clone());
            principle.aliases.iter().cloned().chain(other).collect()
        }
        _ => Vec::new(),
    }
}

/// Small letters without accents, one character for each.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| {
            let base = std::iter::once(c).nfd().next().unwrap_or(c);
            base.to_lowercase().next().unwrap_or(base)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(typed: &str) -> String {
        let content = crate::content::embedded().expect("the shipped content is whole");
        let found = Titles::of(&content).find(typed, 5);
        found.first().map(address_of).unwrap_or_default()
    }

    #[test]
    fn a_title_is_found_by_its_letters() {
        assert_eq!(first("store"), "process/implement/store-and-maintain");
        assert_eq!(first("do no harm"), "principles/do-no-harm");
        assert_eq!(first("glossary"), "guide/glossary");
    }

    #[test]
    fn a_category_is_found_by_its_letters_and_by_its_code() {
        assert_eq!(first("case managem"), "matrix/case-management");
        assert_eq!(
            first("PRME"),
            "matrix/protection-response-monitoring-evaluation"
        );
    }

    #[test]
    fn nonsense_finds_nothing() {
        assert_eq!(first("qwxzy"), "");
    }
}
