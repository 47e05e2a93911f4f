//! What people type, made harmless on entry.
//!
//! Owns the one function through which every typed text enters the room. Promises that
//! what comes out is NFC, holds no control character but the line feed, no character that
//! overrides the direction of text, none that is a line break in disguise, and is no
//! longer than asked for. A text that is too long is refused and never cut: what somebody
//! typed is not lost silently. Marks that languages need (joiners, left-to-right and
//! right-to-left marks) stay.

use unicode_normalization::UnicodeNormalization;

use super::Refusal;

/// What a text is called, how long it may be, and whether it may have several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The word for it in a refusal.
    pub name: &'static str,
    /// Characters that fit.
    pub most: usize,
    /// Whether line feeds stay; otherwise they become spaces.
    pub lines: bool,
}

/// Text of a note.
pub const NOTE: Field = Field {
    name: "note",
    most: 10_000,
    lines: true,
};
/// A title, a name, a place: one line.
pub const LINE: Field = Field {
    name: "line",
    most: 200,
    lines: false,
};

impl Field {
    /// The same field under another name.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The text as it may enter, empty allowed.
    pub fn entry(self, typed: &str) -> Result<String, Refusal> {
        // A character of the result needs at most a few of the input; the rest is refused
        // before any work is done on it.
        let has = typed.chars().count();
        if has > self.most.saturating_mul(4) {
            return Err(self.too_long(has));
        }
        let clean = clean(typed, self.lines);
        let has = clean.chars().count();
        if has > self.most {
            return Err(self.too_long(has));
        }
        Ok(clean)
    }

    /// The text as it may enter, refused where nothing is left.
    pub fn required(self, typed: &str) -> Result<String, Refusal> {
        let clean = self.entry(typed)?;
        if clean.is_empty() {
            return Err(Refusal::Empty(self.name));
        }
        Ok(clean)
    }

    const fn too_long(self, has: usize) -> Refusal {
        Refusal::TooLong {
            what: self.name,
            has,
            most: self.most,
        }
    }
}

fn clean(typed: &str, lines: bool) -> String {
    let unix = typed.replace("\r\n", "\n");
    let kept: String = unix
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' if lines => {
                Some('\n')
            }
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\t' => {
                Some(' ')
            }
            c => (!is_harmful(c)).then_some(c),
        })
        .nfc()
        .collect();
    kept.trim().to_owned()
}

/// Whether a character could do something to a terminal, a page or a reader's eye that
/// nobody sees: controls, overrides of direction, annotations, tags, non-characters.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{206f}'
            | '\u{2028}' | '\u{2029}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{e0000}'..='\u{e0fff}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Whether a text can be an address: small letters, digits, hyphens, `/` and `+`.
pub fn is_address(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 400
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-/+".contains(&b))
}

/// The address, or the refusal that says that it cannot be one.
pub(crate) fn address(typed: &str) -> Result<String, Refusal> {
    if is_address(typed) {
        Ok(typed.to_owned())
    } else {
        let shown = typed.chars().filter(|c| !is_harmful(*c)).take(80).collect();
        Err(Refusal::NoSuchPlace(shown))
    }
}

/// A text as part of a file name: small letters, digits and hyphens, at most `most`; empty
/// where nothing of the text can be written so.
pub fn slug(text: &str, most: usize) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(|c| !is_combining(*c)) {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let cut: String = slug.chars().take(most).collect();
    cut.trim_end_matches('-').to_owned()
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_overrides_go_and_lines_stay() {
        let typed = "a\u{1b}[31mb\r\nc\u{202e}d\u{2028}e\tf\u{7}\u{feff}";
        assert_eq!(NOTE.entry(typed), Ok("a[31mb\ncd\ne f".to_owned()));
        assert_eq!(LINE.entry(typed), Ok("a[31mb cd e f".to_owned()));
    }

    #[test]
    fn text_is_composed_and_marks_that_languages_need_stay() {
        assert_eq!(NOTE.entry("e\u{301}"), Ok("\u{e9}".to_owned()));
        let persian = "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}";
        assert_eq!(NOTE.entry(persian), Ok(persian.to_owned()));
    }

    #[test]
    fn a_text_that_is_too_long_is_refused_and_not_cut() {
        let long = "x".repeat(201);
        assert!(matches!(
            LINE.entry(&long),
            Err(Refusal::TooLong { has: 201, .. })
        ));
        assert!(LINE.entry(&"x".repeat(200)).is_ok());
    }

    #[test]
    fn blank_is_empty() {
        assert_eq!(NOTE.required(" \n\u{7}\t"), Err(Refusal::Empty("note")));
    }

    #[test]
    fn addresses_are_slugs_with_slashes() {
        assert!(is_address("matrix/case-management+population-data/output"));
        assert!(!is_address("matrix/<b>"));
        assert!(!is_address(""));
    }

    #[test]
    fn a_slug_can_always_be_a_file_name() {
        assert_eq!(slug("Réunion / Genève: n° 2", 40), "reunion-geneve-n-2");
        assert_eq!(slug("../../etc/passwd", 40), "etc-passwd");
        assert_eq!(slug("\u{627}\u{644}", 40), "");
        assert_eq!(slug("abc def", 4), "abc");
    }
}
