//! A note being written: several lines of text, a kind, and for an action point who and when.
//!
//! Owns the text and its cursor by grapheme, so that an accent, Arabic and emoji are one step
//! each, and how it is cut into rows. What is typed or pasted loses control and
//! direction-override characters on entry. Knows nothing of where the text is kept.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::input::Line;
use super::key::{Code, Key};
use crate::room::{Body, NoteKind, text::is_harmful};
use crate::store::Slot;

/// More than a note may hold, so that what is too long is refused with a sentence and not
/// cut, and less than what would make the editor slow.
pub const LIMIT: usize = 20_000;

/// Text of several lines with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    graphemes: Vec<String>,
    cursor: usize,
}

impl Text {
    /// A text with the cursor behind it.
    pub fn new(text: &str) -> Self {
        let mut new = Self::default();
        new.insert(text);
        new
    }

    /// The text as it is typed.
    pub fn text(&self) -> String {
        self.graphemes.concat()
    }

    /// Puts a text in at the cursor; false where it does not fit, and nothing is cut.
    pub fn insert(&mut self, text: &str) -> bool {
        let clean: String = text
            .replace("\r\n", "\n")
            .chars()
            .filter_map(|c| match c {
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
                '\t' => Some(' '),
                c => (!is_harmful(c)).then_some(c),
            })
            .collect();
        if self.graphemes.len() + clean.graphemes(true).count() > LIMIT {
            return false;
        }
        // What was typed in pieces may be one grapheme (e and its accent).
        let before: String = self.graphemes.drain(..self.cursor).collect();
        let head = before + &clean;
        let tail: String = self.graphemes.concat();
        self.cursor = head.graphemes(true).count();
        self.graphemes = (head + &tail).graphemes(true).map(str::to_owned).collect();
        self.cursor = self.cursor.min(self.graphemes.len());
        true
    }

    /// The rows of the text at a width, as ranges of graphemes: a line break ends a row, and
    /// so does the last blank that fits.
    pub fn rows(&self, width: usize) -> Vec<Range<usize>> {
        let width = width.max(2);
        let (mut rows, mut start, mut wide) = (Vec::new(), 0, 0);
        let mut blank = None;
        for (n, grapheme) in self.graphemes.iter().enumerate() {
            if grapheme == "\n" {
                rows.push(start..n);
                (start, wide, blank) = (n + 1, 0, None);
                continue;
            }
            let cells = grapheme.width();
            if wide + cells > width && grapheme != " " {
                let end = blank.unwrap_or(n);
                rows.push(start..end);
                start = end;
                blank = None;
                wide = self.cells(start..n);
            }
            wide += cells;
            if grapheme == " " {
                blank = Some(n + 1);
            }
        }
        rows.push(start..self.graphemes.len());
        rows
    }

    /// What stands in a range.
    pub fn part(&self, range: Range<usize>) -> String {
        self.graphemes.get(range).unwrap_or_default().concat()
    }

    fn cells(&self, range: Range<usize>) -> usize {
        let some = self.graphemes.get(range).unwrap_or_default();
        some.iter().map(|one| one.width()).sum()
    }

    /// Row and column of the cursor at a width.
    pub fn spot(&self, width: usize) -> (usize, usize) {
        let rows = self.rows(width);
        let row = self.row_in(&rows);
        let start = rows.get(row).map_or(0, |range| range.start);
        (row, self.cells(start..self.cursor))
    }

    fn row_in(&self, rows: &[Range<usize>]) -> usize {
        rows.iter()
            .rposition(|range| range.start <= self.cursor)
            .unwrap_or_default()
    }

    /// Moves the cursor by rows; false at the first and the last.
    fn step(&mut self, by: isize, width: usize) -> bool {
        let rows = self.rows(width);
        let (row, column) = self.spot(width);
        let Some(to) = row.checked_add_signed(by).and_then(|to| rows.get(to)) else {
            return false;
        };
        let mut at = to.start;
        while at < to.end && self.cells(to.start..at + 1) <= column {
            at += 1;
        }
        // The place behind a row that was cut belongs to the next one.
        let cut = rows.iter().any(|range| range.start == at) && at == to.end && at > to.start;
        self.cursor = if cut { at - 1 } else { at };
        true
    }

    /// Whether the cursor can go up or down inside the text.
    pub fn can_step(&self, by: isize, width: usize) -> bool {
        let to = self.spot(width).0.checked_add_signed(by);
        to.is_some_and(|to| to < self.rows(width).len())
    }

    /// Takes a key that is text, editing or moving; `width` is that of the text on the screen.
    pub fn key(&mut self, key: Key, width: usize) {
        if matches!(key.code, Code::Up | Code::Down) && !key.ctrl {
            self.step(if key.code == Code::Up { -1 } else { 1 }, width);
            return;
        }
        let rows = self.rows(width);
        let row = rows.get(self.row_in(&rows)).cloned().unwrap_or(0..0);
        match (key.ctrl, key.code) {
            (false, Code::Char(c)) => drop(self.insert(c.encode_utf8(&mut [0; 4]))),
            (false, Code::Enter) => drop(self.insert("\n")),
            (false, Code::Backspace) | (true, Code::Char('h')) if self.cursor > 0 => {
                self.cursor -= 1;
                self.graphemes.remove(self.cursor);
            }
            (false, Code::Delete) if self.cursor < self.graphemes.len() => {
                self.graphemes.remove(self.cursor);
            }
            (false, Code::Left) => self.cursor = self.cursor.saturating_sub(1),
            (false, Code::Right) => self.cursor = (self.cursor + 1).min(self.graphemes.len()),
            (false, Code::Home) | (true, Code::Char('a')) => self.cursor = row.start,
            (false, Code::End) | (true, Code::Char('e')) => self.cursor = row.end,
            (true, Code::Char('w')) => self.remove_word(),
            _ => {}
        }
    }

    fn remove_word(&mut self) {
        let is = |text: &Self, blank: bool| {
            let before = text.cursor.checked_sub(1);
            let one = before.and_then(|n| text.graphemes.get(n));
            one.is_some_and(|g| (g == " " || g == "\n") == blank)
        };
        for blank in [true, false] {
            while is(self, blank) {
                self.cursor -= 1;
                self.graphemes.remove(self.cursor);
            }
        }
    }
}

/// The field that is typed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field {
    /// The text.
    #[default]
    Text,
    /// Who does it, by role.
    Who,
    /// By when.
    Due,
}

/// A note being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// Where it goes.
    pub slot: Slot,
    /// What is written about, for people.
    pub about: String,
    /// What it is.
    pub kind: NoteKind,
    /// The text.
    pub text: Text,
    /// Who does it, by role.
    pub who: Line,
    /// By when.
    pub due: Line,
    /// Where the cursor is.
    pub field: Field,
    /// What it was when the editor opened: nothing is a draft that differs from nothing.
    pub before: Body,
}

impl Editor {
    /// An editor that begins with a body.
    pub fn new(slot: Slot, about: String, before: Body, begins: &Body) -> Self {
        Self {
            slot,
            about,
            kind: begins.kind,
            text: Text::new(&begins.text),
            who: Line::new(&begins.who),
            due: Line::new(&begins.due),
            field: Field::Text,
            before,
        }
    }

    /// Whether a kind can be chosen: not for a remark at a line of a checklist.
    pub const fn has_kind(&self) -> bool {
        !matches!(self.slot, Slot::Mark(..))
    }

    /// What is written.
    pub fn body(&self) -> Body {
        Body {
            kind: self.kind,
            text: self.text.text(),
            who: self.who.text(),
            due: self.due.text(),
        }
    }

    /// What is worth keeping as a draft: nothing, where nothing changed or nothing is left.
    pub fn draft(&self) -> Option<Body> {
        let body = self.body();
        let blank = body.text.trim().is_empty() && body.who.is_empty() && body.due.is_empty();
        let fresh = matches!(self.slot, Slot::New(_));
        (body != self.before && !(blank && fresh)).then_some(body)
    }

    /// The next kind.
    pub fn turn_kind(&mut self, by: isize) {
        if !self.has_kind() {
            return;
        }
        let all = NoteKind::ALL;
        let at = all.iter().position(|one| *one == self.kind);
        let on = if by > 0 { 1 } else { all.len() - 1 };
        let to = (at.unwrap_or_default() + on) % all.len();
        self.kind = all.get(to).copied().unwrap_or_default();
        if self.kind != NoteKind::ActionPoint {
            self.field = Field::Text;
        }
    }

    /// Puts a pasted text in; false where it does not fit.
    pub fn paste(&mut self, text: &str) -> bool {
        match self.field {
            Field::Text => return self.text.insert(text),
            Field::Who => self.who.insert(text),
            Field::Due => self.due.insert(text),
        }
        true
    }

    /// Takes a key that is text, editing or moving; `width` is that of the text on the screen.
    pub fn key(&mut self, key: Key, width: usize) {
        let step = match key.code {
            Code::Up if !key.ctrl => -1,
            Code::Down if !key.ctrl => 1,
            Code::Enter if self.field != Field::Text => 1,
            _ => 0,
        };
        if step != 0 {
            return self.step(step, width);
        }
        match self.field {
            Field::Text => self.text.key(key, width),
            Field::Who => drop(self.who.key(key)),
            Field::Due => drop(self.due.key(key)),
        }
    }

    /// Up and down go through the rows, and on to the fields of an action point.
    fn step(&mut self, by: isize, width: usize) {
        let action = self.kind == NoteKind::ActionPoint;
        self.field = match (self.field, by > 0) {
            (Field::Text, true) if !self.text.step(by, width) && action => Field::Who,
            (Field::Text, false) => {
                self.text.step(by, width);
                Field::Text
            }
            (Field::Who | Field::Due, true) => Field::Due,
            (Field::Due, false) => Field::Who,
            (Field::Text, true) | (Field::Who, false) => Field::Text,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_wrap_at_blanks_and_long_words_anywhere() {
        let text = Text::new("one two three\nabcdefghijkl");
        let rows: Vec<String> = text.rows(8).into_iter().map(|r| text.part(r)).collect();
        assert_eq!(rows, ["one two ", "three", "abcdefgh", "ijkl"]);
    }

    #[test]
    fn up_and_down_keep_the_column() {
        let mut text = Text::new("abc\nde\nfgh");
        assert_eq!(text.spot(20), (2, 3));
        assert!(text.step(-1, 20));
        assert_eq!(text.spot(20), (1, 2));
        assert!(text.step(-1, 20));
        assert_eq!(text.spot(20), (0, 2));
        assert!(!text.step(-1, 20));
    }

    #[test]
    fn an_accent_typed_after_its_letter_is_one_step() {
        let mut text = Text::new("e");
        text.insert("\u{301}");
        text.key(Key::plain(Code::Backspace), 20);
        assert_eq!(text.text(), "");
    }

    #[test]
    fn what_could_deceive_is_left_out_and_lines_stay() {
        assert_eq!(Text::new("a\u{1b}[2J\u{202e}b\r\nc").text(), "a[2Jb\nc");
    }

    #[test]
    fn what_does_not_fit_is_not_cut() {
        let mut text = Text::new("kept");
        assert!(!text.insert(&"x".repeat(LIMIT)));
        assert_eq!(text.text(), "kept");
    }
}
