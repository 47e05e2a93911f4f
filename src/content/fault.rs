//! What is wrong in a content file, and how it is said.
//!
//! Owns the report that an editor reads: `file:line:column`, the offending line
//! with a caret under the place, and what would be right. Knows nothing of RON or
//! of the model; whoever finds a fault says where it is. Promises that faults come
//! out sorted by file and place, whatever the order in which they were found.

use std::fmt;

use unicode_width::UnicodeWidthStr;

/// One thing that is wrong in one place of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Path of the file, below the content folder.
    pub file: String,
    /// Line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What would be right, where that can be said.
    pub help: Option<String>,
    /// The offending line, as written.
    pub excerpt: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: {}", self.file, self.message)?;
        } else {
            write!(
                f,
                "{}:{}:{}: {}",
                self.file, self.line, self.column, self.message
            )?;
            let (excerpt, before) = window(&self.excerpt, self.column);
            write!(f, "\n    {excerpt}\n    {}^", " ".repeat(before))?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  {help}")?;
        }
        Ok(())
    }
}

/// At most this many characters of the offending line are shown.
const EXCERPT: usize = 76;

/// The part of a line around a column, and the cells before that column in it.
fn window(line: &str, column: usize) -> (String, usize) {
    let chars: Vec<char> = line
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let at = column.saturating_sub(1).min(chars.len());
    let start = if at < EXCERPT { 0 } else { at - EXCERPT / 2 };
    let part: String = chars.iter().skip(start).take(EXCERPT).collect();
    let before: String = chars.get(start..at).unwrap_or_default().iter().collect();
    (part.trim_end().to_owned(), before.width())
}

/// Every fault of a load, in the order in which an editor would mend them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Notes one more fault.
    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Takes over the faults of another check.
    pub fn append(&mut self, other: Faults) {
        self.0.extend(other.0);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many things are wrong.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The faults by file and place, each once.
    pub fn sorted(mut self) -> Vec<Fault> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sorted = self.clone().sorted();
        for (n, fault) in sorted.iter().enumerate() {
            if n > 0 {
                f.write_str("\n\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// The nearest of some known words to a mistyped one, where one is near enough to suggest.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (typed.chars().count() / 3).max(2);
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(typed, word), word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}
