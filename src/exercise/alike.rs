//! Whether two people mean the same: a hint, never a verdict.
//!
//! Owns the comparison of items by their words, folded: case, accents, word endings, order
//! and small mistypings do not matter, words that carry nothing are left out. Cheap enough
//! for every key press. The person who types decides; merging is the facilitator's.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::{Exercise, ItemId};

/// From here on two texts are alike.
const ALIKE: f64 = 0.6;
/// Words of this length may differ in one letter.
const LONG: usize = 5;
/// At most this many hints.
const HINTS: usize = 3;

/// Words that carry nothing here.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "by",
    "data",
    "de",
    "des",
    "do",
    "for",
    "from",
    "how",
    "in",
    "info",
    "information",
    "is",
    "it",
    "la",
    "le",
    "les",
    "many",
    "of",
    "on",
    "or",
    "our",
    "per",
    "that",
    "the",
    "their",
    "there",
    "they",
    "this",
    "to",
    "we",
    "what",
    "where",
    "which",
    "who",
    "with",
];

/// A text as it is compared: small letters without accents, in words.
pub fn folded(text: &str) -> Vec<String> {
    let plain: String = text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// A word and its stem.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    stem: String,
    whole: String,
}

/// The words that carry something, each once by its stem.
fn stems(text: &str) -> Vec<Word> {
    let words = folded(text);
    let carries = |word: &&String| !EMPTY.contains(&word.as_str());
    let mut kept: Vec<&String> = words.iter().filter(carries).collect();
    if kept.is_empty() {
        kept = words.iter().collect();
    }
    let stemmer = Stemmer::create(Algorithm::English);
    let word = |whole: &String| Word {
        stem: stemmer.stem(whole).into_owned(),
        whole: whole.clone(),
    };
    let mut stems: Vec<Word> = kept.into_iter().map(word).collect();
    stems.sort();
    stems.dedup_by(|a, b| a.stem == b.stem);
    stems
}

/// By the stem, or by the letters: a stem of a mistyped word is another stem.
fn same_word(a: &Word, b: &Word) -> bool {
    let long = a.whole.chars().count().min(b.whole.chars().count()) >= LONG;
    a.stem == b.stem || (long && strsim::osa_distance(&a.whole, &b.whole) <= 1)
}

/// How far two texts share their words, from 0 to 1.
fn likeness(a: &[Word], b: &[Word]) -> f64 {
    let shared = a
        .iter()
        .filter(|one| b.iter().any(|other| same_word(one, other)));
    let all = a.len() + b.len();
    if all == 0 {
        return 0.0;
    }
    (2 * shared.count()) as f64 / all as f64
}

/// Items on the wall that are like a text that is being typed, most alike first.
pub fn alike(exercise: &Exercise, typed: &str) -> Vec<ItemId> {
    let typed = stems(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let shown = exercise.items.values().filter(|item| item.is_shown());
    let mut found: Vec<(f64, ItemId)> = shown
        .map(|item| (likeness(&typed, &stems(item.words())), item.id))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(HINTS);
    found.into_iter().map(|(_, item)| item).collect()
}

/// Candidates that may mean the same, most alike first: for whoever merges.
pub fn pairs(exercise: &Exercise) -> Vec<(ItemId, ItemId)> {
    let candidates: Vec<(ItemId, Vec<Word>)> = exercise
        .candidates()
        .into_iter()
        .map(|one| (one.id, stems(&one.words)))
        .collect();
    let mut found: Vec<(f64, ItemId, ItemId)> = Vec::new();
    for (number, (first, words)) in candidates.iter().enumerate() {
        for (second, others) in candidates.iter().skip(number + 1) {
            let likeness = likeness(words, others);
            if likeness >= ALIKE {
                found.push((likeness, *first, *second));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    found.into_iter().map(|(_, a, b)| (a, b)).collect()
}

#[cfg(test)]
mod tests {
    use super::{ALIKE, folded, likeness, stems};

    fn like(a: &str, b: &str) -> bool {
        likeness(&stems(a), &stems(b)) >= ALIKE
    }

    #[test]
    fn the_same_thing_in_other_words_order_and_spelling_is_alike() {
        assert!(like("Population figures", "figures of the population"));
        assert!(like("Numéro de téléphone", "numero telephone"));
        assert!(like("landmines on roads", "Landmine on the road"));
        assert!(like("vulnerabilities", "vulnerabilites"));
        assert!(like("Who does what where (3W)", "3W: who does what, where"));
    }

    #[test]
    fn different_things_are_not_alike_because_they_are_all_information() {
        assert!(!like("information on access", "information on languages"));
        assert!(!like("data", "contact list"));
        assert!(!like(
            "population figures by sex",
            "security incidents by district"
        ));
    }

    #[test]
    fn folding_takes_accents_and_case_away() {
        assert_eq!(folded("Données DE l'Été"), ["donnees", "de", "l", "ete"]);
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert!(!like("", ""));
        assert!(!like("—", "population"));
    }
}
