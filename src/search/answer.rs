//! What is asked of the ranking engine and what it answers.
//!
//! Plain owned data that a scene, a printout or JSON can be made of. Knows nothing of how the answer
//! came about. Promise: a [`Ranking`] always holds all categories, and each [`Reason`] says in words
//! what was typed, how it was read, and where the answer stands. Start at [`Ranking`].

use std::ops::Range;

use super::thesaurus::Combination;

/// A need as it stands in the input line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query<'q> {
    /// What was typed.
    pub text: &'q str,
    /// Still typing: the last word may be the beginning of a longer one.
    pub typing: bool,
}

impl<'q> Query<'q> {
    /// A finished need.
    pub fn whole(text: &'q str) -> Self {
        Query {
            text,
            typing: false,
        }
    }

    /// A need that is still being typed.
    pub fn typing(text: &'q str) -> Self {
        Query { text, typing: true }
    }
}

/// A phrase that a user taught: "this belongs to …".
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taught {
    /// The phrase.
    pub phrase: String,
    /// The category's id.
    pub category: String,
}

/// How a typed word came to speak for a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// The sources use the same word (or its plural).
    Word,
    /// The sources use a word of the same family.
    Family,
    /// Our thesaurus knows the phrase as another word for words of the sources.
    Thesaurus {
        /// The concept's id.
        concept: String,
        /// Why it points there.
        because: String,
    },
    /// The shape of the question: "how many".
    Cue {
        /// The concept's id.
        concept: String,
    },
    /// An example question of the category uses it.
    Question,
    /// The user taught it.
    Taught,
}

/// Why a category stands where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The words as typed.
    pub typed: String,
    /// Where they stand in the need, in characters.
    pub at: Range<usize>,
    /// What a mistyped or unfinished word was read as.
    pub read_as: Option<String>,
    /// How it counts.
    pub how: How,
    /// The words of the source, or the example question.
    pub source: String,
    /// The words of the source to mark in the text at `address`.
    pub mark: Vec<String>,
    /// Where that stands, if anywhere.
    pub address: Option<String>,
    /// The name of that row: "Output".
    pub row: String,
    /// True when no word of the category's source texts stands behind this reason, only ours.
    pub from_thesaurus: bool,
    /// How much it counts; for ordering, not for showing.
    pub gain: f32,
}

/// One category in a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place of the category in the corpus.
    pub category: usize,
    /// Its id.
    pub id: String,
    /// Evidence for it; 0 when there is none. Comparable within one ranking only.
    pub score: f32,
    /// The strongest reasons first, at most four.
    pub because: Vec<Reason>,
}

/// What can be said of a ranking in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing was typed but spaces, signs or stop words.
    Empty,
    /// No word was understood: the order is that of the Matrix and means nothing.
    NotUnderstood,
    /// Something was understood, but not enough to be sure.
    Unsure,
    /// The first hit can be trusted.
    Confident,
}

/// The answer to a need.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// All eight categories, best first.
    pub hits: Vec<Hit>,
    /// Words that carry meaning and were understood, as typed.
    pub understood: Vec<String>,
    /// Words that were not.
    pub not_understood: Vec<String>,
    /// Words read otherwise than typed: (typed, read as).
    pub corrected: Vec<(String, String)>,
    /// Whether the first hit can be trusted.
    pub confident: bool,
    /// Needs that the sources answer by combining categories.
    pub combinations: Vec<Combination>,
    /// The input was longer than what was read.
    pub cut: bool,
}

impl Ranking {
    /// The ranking in one word.
    pub fn state(&self) -> State {
        if self.confident {
            State::Confident
        } else if self.hits.iter().any(|h| h.score > 0.0) && !self.understood.is_empty() {
            State::Unsure
        } else if self.understood.is_empty() && self.not_understood.is_empty() {
            State::Empty
        } else {
            State::NotUnderstood
        }
    }
}
