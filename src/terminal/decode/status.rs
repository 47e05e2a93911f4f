//! Answers that come as device control strings: how the pen looks (DECRPSS), and what the terminal
//! says of itself (XTGETTCAP).
//!
//! Owns the text of the one string that is open, up to [`MOST`] bytes of it; the rest says nothing
//! that is asked here. Whatever it holds is an answer and never a key.

use super::Report;

/// No answer that is understood is longer.
const MOST: usize = 128;

/// The ground of the terminal's pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The terminal's own, or none that was told.
    Own,
    /// One of the palette.
    Palette(u16),
    /// Red, green and blue.
    Rgb([u16; 3]),
}

/// A device control string that is being read.
#[derive(Debug, Default)]
pub(super) struct Status {
    kind: Kind,
    text: Vec<u8>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `DCS Ps $ r`: a setting.
    Setting,
    /// `DCS 1 + r`: a capability that it has.
    Capability,
    #[default]
    Other,
}

impl Status {
    pub(super) fn open(first: u16, marks: &[u8], action: char) -> Self {
        let kind = match (first, marks, action) {
            (_, b"$", 'r') => Kind::Setting,
            (1, b"+", 'r') => Kind::Capability,
            _ => Kind::Other,
        };
        let text = Vec::new();
        Self { kind, text }
    }

    pub(super) fn push(&mut self, byte: u8) {
        if self.kind != Kind::Other && self.text.len() < MOST {
            self.text.push(byte);
        }
    }

    /// What it says, now that it has ended.
    pub(super) fn close(&mut self) -> Report {
        let Self { kind, text } = std::mem::take(self);
        let text = std::str::from_utf8(&text).unwrap_or_default();
        match kind {
            Kind::Setting => text.strip_suffix('m').and_then(ground).map(Report::Ground),
            Kind::Capability => direct(text).then_some(Report::Direct),
            Kind::Other => None,
        }
        .unwrap_or(Report::Other)
    }
}

/// The ground that the parameters of an SGR leave; none if they are no such parameters.
fn ground(text: &str) -> Option<Ground> {
    let mut ground = Ground::Own;
    let mut rest = text.split(';');
    while let Some(one) = rest.next() {
        let mut parts = one.split(':');
        let code = number(parts.next()?)?;
        let parts: Vec<&str> = parts.collect();
        ground = match code {
            38 | 48 => {
                let shade = if parts.is_empty() {
                    shade(rest.next()?, &mut rest)?
                } else {
                    shade_of(&parts)?
                };
                if code == 48 { shade } else { ground }
            }
            0 | 49 => Ground::Own,
            40..=47 => Ground::Palette(code - 40),
            100..=107 => Ground::Palette(code - 100 + 8),
            _ => ground,
        };
    }
    Some(ground)
}

/// A colour whose numbers stand between colons. Before those of a direct one there may be its
/// space, which is mostly empty.
fn shade_of(parts: &[&str]) -> Option<Ground> {
    let (kind, values) = parts.split_first()?;
    let space = if *kind == "2" {
        values.len().checked_sub(3)?
    } else {
        0
    };
    shade(kind, &mut values[space..].iter().copied())
}

/// A colour of the kind 2 (direct) or 5 (palette), whose numbers follow.
fn shade<'a>(kind: &str, values: &mut impl Iterator<Item = &'a str>) -> Option<Ground> {
    let mut next = || number(values.next()?);
    match kind {
        "2" => Some(Ground::Rgb([next()?, next()?, next()?])),
        "5" => Some(Ground::Palette(next()?)),
        _ => None,
    }
}

/// A parameter; an empty one is 0.
fn number(text: &str) -> Option<u16> {
    if text.is_empty() {
        return Some(0);
    }
    text.parse().ok()
}

/// Whether one of the capabilities, each `name=value` in hexadecimal digits, is `RGB` with eight
/// bits for each colour, or without a value.
fn direct(text: &str) -> bool {
    text.split(';').any(|one| {
        let (name, value) = one.split_once('=').unwrap_or((one, ""));
        let eight =
            value.is_empty() || value == "38" || value.to_ascii_uppercase().starts_with("382F");
        name == "524742" && eight
    })
}
