//! One RON file of content: its text, how it is read, and where things stand in it.
//!
//! Owns the translation of what the RON library says into sentences for an editor,
//! and finds the place of a text again after loading, since RON values carry no
//! position. Knows nothing of what the files mean. Start at [`File::read`].

use serde::de::DeserializeOwned;

use super::fault::{Fault, Faults, did_you_mean};
use super::mend;

/// A file below the content folder, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path below the content folder, with forward slashes.
    pub path: String,
    /// The text of the file.
    pub text: String,
}

impl File {
    /// Reads the file into a shape; unknown fields and names are faults. All faults are noted;
    /// where it is plain what was meant there is a value all the same, so that what it means can
    /// be checked in the same run.
    pub fn read<T: DeserializeOwned>(&self, faults: &mut Faults) -> Option<T> {
        mend::read(self, faults)
    }

    /// A fault about the file as a whole.
    pub fn fault(&self, message: impl Into<String>) -> Fault {
        Fault {
            file: self.path.clone(),
            line: 0,
            column: 0,
            message: message.into(),
            help: None,
            excerpt: String::new(),
        }
    }

    /// A fault at the `nth` place (from 0) where `quoted` stands as a quoted text.
    pub fn fault_at(&self, quoted: &str, nth: usize, message: impl Into<String>) -> Fault {
        match self.find(quoted, nth) {
            Some((line, column)) => self.fault_on(line, column, message),
            None => self.fault(message),
        }
    }

    /// A fault at a line and a column, both from 1.
    pub fn fault_on(&self, line: usize, column: usize, message: impl Into<String>) -> Fault {
        Fault {
            file: self.path.clone(),
            line,
            column,
            message: message.into(),
            help: None,
            excerpt: self
                .text
                .lines()
                .nth(line.saturating_sub(1))
                .unwrap_or_default()
                .to_owned(),
        }
    }

    /// Line and column of the `nth` place where `quoted` stands in quotes.
    fn find(&self, quoted: &str, nth: usize) -> Option<(usize, usize)> {
        let plain = format!("\"{}\"", quoted.replace('\\', "\\\\").replace('"', "\\\""));
        let escaped = format!("\"{}\"", quoted.escape_debug());
        let (at, _) = [plain, escaped]
            .iter()
            .find_map(|written| self.text.match_indices(written.as_str()).nth(nth))?;
        let before = self.text.get(..at)?;
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Some((line, column))
    }

    /// What the RON library found at a line and a column of this file.
    pub(super) fn ron_fault(&self, code: &ron::Error, line: usize, column: usize) -> Fault {
        let mut fault = self.fault_on(line, column, say(code));
        fault.help = self.help_for(code, line, column);
        fault
    }

    fn help_for(&self, code: &ron::Error, line: usize, column: usize) -> Option<String> {
        use ron::Error as E;
        match code {
            E::NoSuchStructField {
                expected, found, ..
            } => names(found, expected, "fields"),
            E::NoSuchEnumVariant {
                expected, found, ..
            } => names(found, expected, "names"),
            E::MissingStructField { field, .. } => Some(format!("add `{field}: …,` before this")),
            _ => self.help_for_text(line, column),
        }
    }

    /// Slips that the RON library reports as something else.
    fn help_for_text(&self, line: usize, column: usize) -> Option<String> {
        let text = self.text.lines().nth(line.saturating_sub(1))?;
        let rest: String = text.chars().skip(column.saturating_sub(1)).collect();
        if rest.trim_start().starts_with(['“', '”', '„', '«']) {
            return Some("write straight quotes: \"…\"".to_owned());
        }
        if let Some(opened) = self.unclosed_quote(line) {
            return Some(format!(
                "or a quote is missing further up: a text starts on line {opened} and does not end there"
            ));
        }
        None
    }

    /// The nearest line at or above `line` that opens a text without closing it.
    fn unclosed_quote(&self, line: usize) -> Option<usize> {
        let odd = |text: &str| {
            text.replace("\\\"", "")
                .split("//")
                .next()
                .unwrap_or_default()
                .matches('"')
                .count()
                % 2
                == 1
        };
        let lines: Vec<&str> = self.text.lines().take(line).collect();
        lines.iter().position(|text| odd(text)).map(|n| n + 1)
    }
}

/// What the RON library found, in words.
fn say(code: &ron::Error) -> String {
    use ron::Error as E;
    match code {
        E::NoSuchStructField { found, outer, .. } => match outer {
            Some(outer) => format!("unknown field `{found}` in {}", plain(outer)),
            None => format!("unknown field `{found}`"),
        },
        E::NoSuchEnumVariant { found, .. } => format!("unknown name `{found}`"),
        E::MissingStructField { field, outer } => match outer {
            Some(outer) => format!("`{field}` is missing from this {}", plain(outer)),
            None => format!("`{field}` is missing"),
        },
        E::DuplicateStructField { field, .. } => format!("`{field}` is given twice"),
        E::ExpectedString => "expected text in quotes".to_owned(),
        E::ExpectedIdentifier => "a bracket `)` or `]` is missing before this".to_owned(),
        E::Eof => "the file ends in the middle: a bracket is missing".to_owned(),
        other => other.to_string(),
    }
}

/// The name of a raw shape as an editor would call it.
fn plain(outer: &str) -> String {
    outer.strip_prefix("Raw").unwrap_or(outer).to_lowercase()
}

fn names(found: &str, expected: &'static [&'static str], what: &str) -> Option<String> {
    if let Some(near) = did_you_mean(found, expected.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    (!expected.is_empty()).then(|| format!("{what} here: {}", expected.join(", ")))
}
