//! The room's code: what people type to come in.
//!
//! Owns how a code is made and forgiven: one word and four digits, said aloud in one breath. There
//! are half a million of them, and wrong ones are heard at a pace ([`super::guesses`]). It keeps
//! out who is not in the room, and nothing more: whoever reads it on the wall may come in.

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

/// A room's code, such as `mango-4271`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// A code from a random number.
    pub fn from_random(random: u64) -> Self {
        let word = usize::try_from(random % 64)
            .ok()
            .and_then(|at| WORDS.get(at));
        let number = (random / 64) % 9000 + 1000;
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

    /// Whether what somebody typed could be a code of this length, with digits where this one has
    /// them. Nothing else can be right, so that it is no guess.
    pub fn has_shape_of(&self, typed: &str) -> bool {
        let shape = |text: &str| -> Vec<bool> {
            let kept = folded(text).replace('-', "");
            kept.chars().map(|c| c.is_ascii_digit()).collect()
        };
        shape(typed) == shape(&self.0)
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
        assert_eq!(code.as_str(), "mango-1000");
        for typed in [
            "mango-1000",
            "MANGO-1000",
            " Mango 1000",
            "mango1000",
            "mango_10-00",
        ] {
            assert!(code.is_meant_by(typed), "{typed}");
        }
        for typed in ["", "mango-1", "mango-10000", "guava-1000"] {
            assert!(!code.is_meant_by(typed), "{typed}");
        }
    }

    #[test]
    fn only_what_could_be_right_is_a_guess() {
        let code = Code::from_random(40);
        for guess in ["mango-1000", "lemon-9999", "QWERT 0000"] {
            assert!(code.has_shape_of(guess), "{guess}");
        }
        for none in ["root", "admin1", "mango-100", "mango", ""] {
            assert!(!code.has_shape_of(none), "{none}");
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
