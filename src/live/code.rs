//! The room's code: what people type to come in.
//!
//! Owns how a code is made and forgiven: one word and two digits, said aloud in one breath. It
//! keeps out who is not in the room, and nothing more: whoever reads it on the wall may come in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Short words that sound unlike each other, and are names of nobody.
const WORDS: [&str; 64] = [
    "acorn", "almond", "amber", "anchor", "bamboo", "banana", "basil", "bridge", "cactus",
    "candle", "canoe", "carrot", "cedar", "cherry", "cinnamon", "clover", "cocoa", "copper",
    "coral", "cotton", "desert", "dolphin", "drum", "eagle", "falcon", "fern", "ginger", "granite",
    "guava", "hammock", "harbour", "honey", "indigo", "island", "jasmine", "kettle", "kiwi",
    "lantern", "lemon", "lotus", "mango", "maple", "meadow", "mint", "nutmeg", "olive", "orchid",
    "papaya", "pebble", "pepper", "quartz", "river", "saffron", "sesame", "silver", "sparrow",
    "sunrise", "tamarind", "thunder", "turtle", "valley", "velvet", "willow", "zebra",
];

/// A room's code, such as `mango-42`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// A code from a random number.
    pub fn from_random(random: u64) -> Self {
        let word = usize::try_from(random % 64)
            .ok()
            .and_then(|at| WORDS.get(at));
        let number = (random / 64) % 90 + 10;
        Self(format!("{}-{number}", word.unwrap_or(&"mango")))
    }

    /// A code that somebody chose: letters, digits and hyphens.
    pub fn chosen(typed: &str) -> Option<Self> {
        let code = folded(typed);
        (3..=32).contains(&code.len()).then_some(Self(code))
    }

    /// Whether what somebody typed is meant to be this code; capitals, blanks and hyphens are
    /// forgiven.
    pub fn is_meant_by(&self, typed: &str) -> bool {
        let plain = |text: &str| folded(text).replace('-', "");
        plain(typed) == plain(&self.0)
    }

    /// As it is typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn folded(typed: &str) -> String {
    let kept = typed.trim().chars().filter_map(|c| match c {
        ' ' | '_' | '-' => Some('-'),
        c if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
        _ => None,
    });
    kept.collect()
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, WORDS};

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code = Code::from_random(40);
        assert_eq!(code.as_str(), "mango-10");
        for typed in ["mango-10", "MANGO-10", " Mango 10", "mango10", "mango_10"] {
            assert!(code.is_meant_by(typed), "{typed}");
        }
        for typed in ["", "mango-1", "mango-100", "guava-10"] {
            assert!(!code.is_meant_by(typed), "{typed}");
        }
    }

    #[test]
    fn no_word_stands_twice_and_all_can_be_typed() {
        let mut words = WORDS.to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), WORDS.len());
        assert!(words.iter().all(|word| Code::chosen(word).is_some()));
    }

    #[test]
    fn a_chosen_code_is_plain() {
        assert_eq!(
            Code::chosen("Goma Team 7").map(|code| code.to_string()),
            Some("goma-team-7".into())
        );
        assert_eq!(Code::chosen("é"), None);
    }
}
