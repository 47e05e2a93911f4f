//! Running text by its words, for "go to".
//!
//! Owns an index from word stems to passages. A passage is found when it has every
//! word that was typed; the last word may be the beginning of one. Letters are never
//! matched across words: that is for titles.

use std::collections::BTreeMap;

use crate::content::address::places;
use crate::content::{Address, Content, Place};
use crate::page::Page;
use crate::search::text::words;

/// A passage that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Where it is.
    pub address: Address,
    /// What stands there, from a little before the first word that was looked for.
    pub excerpt: String,
}

/// The words of every passage.
#[derive(Debug)]
pub struct Passages {
    texts: Vec<(Address, String)>,
    /// Places in `texts` by stem, each once.
    stems: BTreeMap<String, Vec<u32>>,
}

impl Passages {
    /// Reads every passage of a content once.
    pub fn of(content: &Content) -> Self {
        let mut index = Self {
            texts: Vec::new(),
            stems: BTreeMap::new(),
        };
        for place in places(content).into_iter().filter(owns_its_text) {
            for (item, passage) in Page::of(&place, content).passages {
                index.add(
                    Address {
                        place: place.clone(),
                        item: Some(item),
                    },
                    passage.plain(),
                );
            }
        }
        index
    }

    fn add(&mut self, address: Address, text: String) {
        let n = self.texts.len() as u32;
        for word in words(&text) {
            let spots = self.stems.entry(word.light.clone()).or_default();
            if spots.last() != Some(&n) {
                spots.push(n);
            }
        }
        self.texts.push((address, text));
    }

    /// The passages with every word, at most `most` of them, in reading order.
    pub fn find(&self, typed: &str, most: usize) -> Vec<Spot> {
        let wanted: Vec<String> = words(typed).iter().map(|word| word.light.clone()).collect();
        let Some((last, before)) = wanted.split_last().filter(|(last, _)| last.len() > 2) else {
            return Vec::new();
        };
        let mut found = self.beginning_with(last);
        for word in before {
            let have = self.stems.get(word).map(Vec::as_slice).unwrap_or_default();
            found.retain(|n| have.binary_search(n).is_ok());
        }
        let texts = found.into_iter().filter_map(|n| self.texts.get(n as usize));
        texts
            .take(most)
            .map(|(address, text)| spot(address, text, last))
            .collect()
    }

    fn beginning_with(&self, start: &str) -> Vec<u32> {
        let range = self.stems.range(start.to_owned()..);
        let mut found: Vec<u32> = range
            .take_while(|(stem, _)| stem.starts_with(start))
            .flat_map(|(_, spots)| spots.iter().copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Places that gather the text of others are not searched twice.
fn owns_its_text(place: &Place) -> bool {
    !matches!(
        place,
        Place::Column(_) | Place::Row(_) | Place::StageRow(_) | Place::Compare(..)
    )
}

/// How many characters an excerpt has.
const EXCERPT: usize = 90;

fn spot(address: &Address, text: &str, word: &str) -> Spot {
    let at = words(text)
        .iter()
        .find(|one| one.light.starts_with(word))
        .map_or(0, |one| one.at.start);
    let flat: Vec<char> = text
        .chars()
        .map(|c| if c == '\n' { ' ' } else { c })
        .collect();
    let start = (0..=at.saturating_sub(12))
        .rev()
        .find(|n| *n == 0 || flat.get(n - 1) == Some(&' '))
        .unwrap_or_default();
    Spot {
        address: address.clone(),
        excerpt: flat.iter().skip(start).take(EXCERPT).collect(),
    }
}
