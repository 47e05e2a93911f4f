//! A line of text that a person types.
//!
//! Owns one line and its cursor, by grapheme, so that é, Arabic and emoji are one
//! step each. What is pasted or typed is stripped of control and direction-override
//! characters on entry, and bounded.

use unicode_segmentation::UnicodeSegmentation;

use super::key::{Code, Key};

/// A line has room for this many graphemes.
pub const LIMIT: usize = 400;

/// A line of text with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    graphemes: Vec<String>,
    cursor: usize,
}

impl Line {
    /// A line that holds a text, with the cursor behind it.
    pub fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// The text.
    pub fn text(&self) -> String {
        self.graphemes.concat()
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.graphemes.is_empty()
    }

    /// The text before the cursor.
    pub fn before_cursor(&self) -> String {
        self.graphemes
            .get(..self.cursor)
            .unwrap_or_default()
            .concat()
    }

    /// Puts a text in at the cursor.
    pub fn insert(&mut self, text: &str) {
        let clean = clean(text);
        let room = LIMIT.saturating_sub(self.graphemes.len());
        for grapheme in clean.graphemes(true).take(room) {
            self.graphemes.insert(self.cursor, grapheme.to_owned());
            self.cursor += 1;
        }
        self.rejoin();
    }

    /// What was typed in pieces may be one grapheme (e and its accent).
    fn rejoin(&mut self) {
        let before = self.before_cursor();
        let whole = self.text();
        self.graphemes = whole.graphemes(true).map(str::to_owned).collect();
        self.cursor = before.graphemes(true).count().min(self.graphemes.len());
    }

    /// Takes a key; says whether it changed or moved anything.
    pub fn key(&mut self, key: Key) -> bool {
        let before = self.clone();
        match (key.ctrl, key.code) {
            (false, Code::Char(c)) => self.insert(c.encode_utf8(&mut [0; 4])),
            (false, Code::Backspace) | (true, Code::Char('h')) => self.remove_before(),
            (false, Code::Delete) => self.remove_at(),
            (false, Code::Left) => self.cursor = self.cursor.saturating_sub(1),
            (false, Code::Right) => self.cursor = (self.cursor + 1).min(self.graphemes.len()),
            (false, Code::Home) | (true, Code::Char('a')) => self.cursor = 0,
            (false, Code::End) | (true, Code::Char('e')) => self.cursor = self.graphemes.len(),
            (true, Code::Char('u')) => self.clear_before(),
            (true, Code::Char('w')) => self.remove_word(),
            _ => {}
        }
        *self != before
    }

    fn remove_before(&mut self) {
        if self.cursor > 0 {
            self.cursor -= 1;
            self.graphemes.remove(self.cursor);
        }
    }

    fn remove_at(&mut self) {
        if self.cursor < self.graphemes.len() {
            self.graphemes.remove(self.cursor);
        }
    }

    fn clear_before(&mut self) {
        self.graphemes.drain(..self.cursor);
        self.cursor = 0;
    }

    fn remove_word(&mut self) {
        let blank = |line: &Self| {
            line.graphemes
                .get(line.cursor.wrapping_sub(1))
                .is_some_and(|g| g == " ")
        };
        while self.cursor > 0 && blank(self) {
            self.remove_before();
        }
        while self.cursor > 0 && !blank(self) {
            self.remove_before();
        }
    }
}

/// A text without what a terminal or a reader could be deceived with; line breaks become blanks.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| {
            if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_typed_after_its_letter_is_one_step() {
        let mut line = Line::new("e");
        line.insert("\u{301}a");
        assert!(line.key(Key::plain(Code::Backspace)));
        assert_eq!(line.text(), "e\u{301}");
        assert!(line.key(Key::plain(Code::Backspace)));
        assert!(line.is_empty());
    }

    #[test]
    fn what_could_deceive_is_left_out_and_lines_are_joined() {
        let line = Line::new("a\u{1b}[31mb\u{202e}c\nd");
        assert_eq!(line.text(), "a[31mbc d");
    }

    #[test]
    fn a_novel_is_cut_at_the_limit() {
        assert_eq!(Line::new(&"x".repeat(70_000)).text().len(), LIMIT);
    }

    #[test]
    fn a_word_goes_with_one_key() {
        let mut line = Line::new("how many people ");
        line.key(Key::ctrl('w'));
        assert_eq!(line.text(), "how many ");
    }
}
