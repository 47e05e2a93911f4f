//! Titles and addresses that one can go to, found by their letters.
//!
//! Owns the list of targets and its order. Matching is fuzzy, on folded text with one
//! character for each original one, so that the matched letters can be marked.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use unicode_normalization::UnicodeNormalization;

use super::layer::Target;
use crate::content::address::places;
use crate::content::{Address, Content, Place};
use crate::page::Page;

/// The targets that match what is typed, best first; all of them where nothing is typed.
pub fn titles(typed: &str, content: &Content, most: usize) -> Vec<Target> {
    let typed = fold(typed.trim());
    let mut found: Vec<(i64, Target)> = targets(content)
        .filter_map(|(target, more)| Some((score(&typed, &target, &more)?, target)))
        .map(|(score, mut target)| {
            target.marked = marked(&typed, &target.title);
            (score, target)
        })
        .collect();
    found.sort_by_key(|(score, _)| -score);
    found.truncate(most);
    found.into_iter().map(|(_, target)| target).collect()
}

/// Every place and section by its title, with other names to find it by.
fn targets(content: &Content) -> impl Iterator<Item = (Target, Vec<String>)> + '_ {
    places(content)
        .into_iter()
        .filter(|place| !matches!(place, Place::Compare(..)))
        .flat_map(move |place| {
            let title = Page::of(&place, content).title;
            let more = other_names(&place, content);
            let own = target(Address::from(place.clone()), title);
            std::iter::once((own, more)).chain(sections(&place, content))
        })
}

fn target(address: Address, title: String) -> Target {
    Target {
        address,
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
            (
                target(address, format!("{}: {}", page.title, section.title)),
                Vec::new(),
            )
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

/// How well a target matches; other names and addresses count a little less than titles.
fn score(typed: &str, target: &Target, more: &[String]) -> Option<i64> {
    if typed.is_empty() {
        return Some(0);
    }
    let matcher = SkimMatcherV2::default();
    let title = matcher.fuzzy_match(&fold(&target.title), typed);
    let exact = more.iter().any(|name| fold(name) == typed);
    let names = more
        .iter()
        .filter_map(|name| matcher.fuzzy_match(&fold(name), typed))
        .max();
    let address = matcher.fuzzy_match(&target.address.to_string(), typed);
    let best = [title, names.map(|s| s - 5), address.map(|s| s - 10)];
    let best = best.into_iter().flatten().max()?;
    // Letters strewn over a long text are no match.
    let least = i64::try_from(typed.chars().count()).unwrap_or(i64::MAX) * 12;
    (best >= least || exact).then_some(if exact { best + 1_000 } else { best })
}

fn marked(typed: &str, title: &str) -> Vec<usize> {
    SkimMatcherV2::default()
        .fuzzy_indices(&fold(title), typed)
        .map(|(_, places)| places)
        .unwrap_or_default()
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
