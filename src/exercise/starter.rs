//! Starter items, taken from the Output rows of the Matrix.
//!
//! Owns how a sentence of an Output becomes something to vote on: the words after its verb,
//! or the entries of its list, always a piece of the source as it stands. A starter keeps
//! the passage that it is from, so that it is never taken for what somebody in the room
//! said. Only the content makes starters.

use super::item::Origin;
use super::matching::CategorySlug;
use crate::content::{CategoryId, Content, CriterionId, Passage, Piece};

/// A piece of data or information that a category produces, in the words of its Output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starter {
    category: CategoryId,
    passage: String,
    text: String,
}

impl Starter {
    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The category that produces it.
    pub const fn category(&self) -> CategoryId {
        self.category
    }

    /// The passage of the Output cell.
    pub fn passage(&self) -> &str {
        &self.passage
    }

    pub(super) fn origin(&self) -> Origin {
        Origin::Starter {
            category: CategorySlug(self.category),
            passage: self.passage.clone(),
        }
    }
}

/// The starters of a content, by category.
pub fn starters(content: &Content) -> Vec<Starter> {
    let mut all: Vec<Starter> = Vec::new();
    for category in CategoryId::ALL.iter().copied() {
        let cell = content.cell(category, CriterionId::Output);
        for passage in cell.passages.iter().filter(|one| one.origin.is_source()) {
            for text in pieces(passage) {
                let there = all.iter().any(|one| one.text.eq_ignore_ascii_case(&text));
                if !there {
                    all.push(Starter {
                        category,
                        passage: passage.id.clone(),
                        text,
                    });
                }
            }
        }
    }
    all
}

/// Where the words begin that say what is produced.
const VERBS: &[&str] = &[" is ", " are ", " provides ", " includes ", " include "];

/// The pieces of a passage: of the agreed Output the sentences, of an older one the bullets,
/// which give more detail.
fn pieces(passage: &Passage) -> Vec<String> {
    let mut found = Vec::new();
    for piece in &passage.body {
        match piece {
            Piece::Item(text) | Piece::SubItem(text) => found.push(trimmed(text)),
            Piece::Para(text) if passage.is_agreed() => {
                found.extend(text.split_inclusive(". ").flat_map(outputs));
            }
            Piece::Para(_) | Piece::Head(_) => {}
        }
    }
    found.retain(|text| !text.is_empty());
    found
}

/// What one sentence says is produced; nothing when it says something else.
fn outputs(sentence: &str) -> Vec<String> {
    if let Some((_, list)) = sentence.split_once(": ") {
        return list.split("; ").map(trimmed).collect();
    }
    let first = VERBS
        .iter()
        .filter_map(|verb| sentence.find(verb).map(|at| (at, *verb)));
    let after = first
        .min()
        .and_then(|(at, verb)| sentence.get(at + verb.len()..));
    after.map(trimmed).into_iter().collect()
}

/// Without the marks that only join an entry to the next.
fn trimmed(text: &str) -> String {
    let text = text.trim().trim_end_matches(" and").trim();
    text.trim_end_matches([';', '.', ',']).trim().to_owned()
}
