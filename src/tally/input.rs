//! Ballots from a file: our JSON, and `PrefLib`'s soc, soi, toc and toi.
//!
//! All or nothing: a file with one wrong ballot gives a fault that says which and why, and no
//! profile. Bounded: size, candidates, ballots and names have limits, so a hostile file costs
//! seconds at worst. Faults never repeat control characters from the file. Start at [`read`].

mod json;
mod preflib;

use thiserror::Error;

use super::profile::acts_on_terminals;
use super::{Fault, Profile};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `{"candidates": […], "ballots": [{"count": n, "ranking": [[tied group], …]}]}`.
    Json,
    /// One of `PrefLib`'s formats for orders.
    PrefLib(Orders),
}

/// What orders a `PrefLib` file promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orders {
    /// Strict and complete.
    Soc,
    /// Strict, may be incomplete.
    Soi,
    /// With ties, complete.
    Toc,
    /// With ties, may be incomplete.
    Toi,
}

impl Format {
    /// From the end of a file's name, without the dot.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            other => Orders::from_name(other).map(Self::PrefLib),
        }
    }

    /// From what stands first in the text: an object is JSON, everything else `PrefLib`'s.
    fn sniff(text: &str) -> Self {
        if text.trim_start().starts_with(['{', '[']) {
            Self::Json
        } else {
            Self::PrefLib(Orders::Toi)
        }
    }
}

impl Orders {
    fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "soc" => Some(Self::Soc),
            "soi" => Some(Self::Soi),
            "toc" => Some(Self::Toc),
            "toi" => Some(Self::Toi),
            _ => None,
        }
    }

    fn may_tie(self) -> bool {
        matches!(self, Self::Toc | Self::Toi)
    }

    fn may_leave_out(self) -> bool {
        matches!(self, Self::Soi | Self::Toi)
    }
}

/// What is wrong with a file, and where. Lines and ballots are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InputError {
    /// The file as a whole.
    #[error("{what}")]
    Whole {
        /// What is wrong.
        what: String,
    },
    /// A line.
    #[error("line {line}: {what}")]
    Line {
        /// Which line.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A ballot of a file whose lines mean nothing.
    #[error("ballot {ballot}: {what}")]
    Ballot {
        /// Which ballot.
        ballot: usize,
        /// What is wrong.
        what: String,
    },
}

impl InputError {
    fn whole(what: impl std::fmt::Display) -> Self {
        Self::Whole {
            what: harmless(&what.to_string()),
        }
    }

    fn line(line: usize, what: impl std::fmt::Display) -> Self {
        Self::Line {
            line,
            what: harmless(&what.to_string()),
        }
    }

    fn ballot(ballot: usize, what: impl std::fmt::Display) -> Self {
        Self::Ballot {
            ballot,
            what: harmless(&what.to_string()),
        }
    }
}

/// Reads ballots; without a format, it is taken from the text.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Profile, InputError> {
    if bytes.len() > MAX_BYTES {
        return Err(InputError::whole(format!(
            "more than {} MiB",
            MAX_BYTES / 1024 / 1024
        )));
    }
    let text = std::str::from_utf8(bytes).map_err(|fault| not_utf8(bytes, fault.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(InputError::whole("the file is empty"));
    }
    match format.unwrap_or_else(|| Format::sniff(text)) {
        Format::Json => json::read(text),
        Format::PrefLib(orders) => preflib::read(text, orders),
    }
}

fn not_utf8(bytes: &[u8], valid: usize) -> InputError {
    let line = 1 + bytes
        .iter()
        .take(valid)
        .filter(|&&byte| byte == b'\n')
        .count();
    InputError::line(line, "not UTF-8 text")
}

/// Messages repeat names from the file, which must not act on the terminal that shows them.
fn harmless(text: &str) -> String {
    const LONGEST: usize = 300;
    let visible = |c: char| if acts_on_terminals(c) { '\u{fffd}' } else { c };
    let mut short: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// Two candidates of one name cannot be told apart in a file that names them on ballots, nor in a
/// report.
fn check_distinct(names: &[String]) -> Result<(), InputError> {
    let mut first = std::collections::HashMap::new();
    for (number, name) in (1..).zip(names) {
        if let Some(before) = first.insert(name, number) {
            let fault = format!("candidates {before} and {number} are both called {name:?}");
            return Err(InputError::whole(fault));
        }
    }
    Ok(())
}

/// A profile of a file needs someone to rank.
fn check_some(candidates: usize) -> Result<(), InputError> {
    if candidates == 0 {
        return Err(InputError::whole("there are no candidates"));
    }
    Ok(())
}

/// Faults of the profile in the file's terms.
fn placed(fault: Fault, place: impl Fn(usize, String) -> InputError) -> InputError {
    match fault {
        Fault::Ballot { ballot, fault } => place(ballot, fault.to_string()),
        Fault::TooManyBallots { ballot } => place(
            ballot,
            format!("with it there are more than {} ballots", super::MAX_BALLOTS),
        ),
        other => InputError::whole(other),
    }
}
