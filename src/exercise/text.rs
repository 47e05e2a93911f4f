//! What people type, made harmless on entry.
//!
//! Owns the one door for typed text: NFC, no control characters, no direction overrides,
//! no line breaks, blanks gathered, and a length that a wall can show. What is too long is
//! refused and not cut, since half a sentence is not what somebody said.

use unicode_normalization::UnicodeNormalization;

use super::Refusal;

/// The most characters in an item.
pub const ITEM: usize = 200;
/// The most characters in a name: of a scenario, a group of people, a heading.
pub const NAME: usize = 80;
/// The most characters in a scenario's brief.
pub const BRIEF: usize = 1_000;

/// Cleans a typed text of at most `most` characters.
pub fn clean(typed: &str, most: usize) -> Result<String, Refusal> {
    // Nobody types more by hand; a pasted book is not even read.
    let length = typed.chars().take(most * 20).count();
    if length >= most * 20 {
        return Err(Refusal::TooLong { most, length });
    }
    let text: String = typed.nfc().filter_map(harmless).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let length = text.chars().count();
    match length {
        0 => Err(Refusal::NoWords),
        length if length > most => Err(Refusal::TooLong { most, length }),
        _ => Ok(text),
    }
}

/// Whether a character is one that separates; those that act on a terminal or on the
/// direction of a line go away.
fn harmless(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => None,
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}'
        | '\u{feff}'
        | '\u{200b}'
        | '\u{2060}' => None,
        c if u32::from(c) & 0xfffe == 0xfffe => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{ITEM, clean};
    use crate::exercise::Refusal;

    #[test]
    fn what_acts_on_a_terminal_or_turns_a_line_around_is_taken_out() {
        assert_eq!(clean("a\u{1b}[2Jb", ITEM), Ok("a[2Jb".to_owned()));
        assert_eq!(clean("ab\u{202e}cd\u{2066}", ITEM), Ok("abcd".to_owned()));
        assert_eq!(
            clean("one\r\ntwo\u{2028}three", ITEM),
            Ok("one two three".to_owned())
        );
    }

    #[test]
    fn one_letter_is_one_letter_however_it_was_typed() {
        assert_eq!(clean("cafe\u{301}", ITEM), Ok("café".to_owned()));
    }

    #[test]
    fn nothing_but_blanks_is_not_an_item() {
        assert_eq!(clean(" \t\u{200b} ", ITEM), Err(Refusal::NoWords));
    }

    #[test]
    fn a_pasted_novel_is_refused_with_the_length_that_would_do() {
        assert!(matches!(
            clean(&"word ".repeat(100_000), ITEM),
            Err(Refusal::TooLong { most: ITEM, .. })
        ));
        assert!(clean(&"x".repeat(ITEM), ITEM).is_ok());
        assert!(clean(&"x".repeat(ITEM + 1), ITEM).is_err());
    }
}
