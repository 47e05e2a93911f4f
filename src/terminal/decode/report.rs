//! Answers of the terminal to our questions, and to those of programs before us.
//!
//! Owns the list of sequences that are answers. `CSI row ; column R` is always one, although old
//! terminals send the like for F3 with modifiers.

use ratatui::layout::Position;

use super::csi::Params;
use super::status::Ground;

/// An answer of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// Its class, the first of its primary attributes (DA1). Every terminal answers this question,
    /// so it marks the end of the answers to those before it.
    Class(u16),
    /// Where the cursor is, from 0 (CPR).
    Cursor(Position),
    /// The state of a private mode (DECRPM): 0 unknown, 1 set, 2 reset, 3 always set, 4 never.
    Mode {
        /// The number of the mode.
        mode: u16,
        /// Its state.
        state: u16,
    },
    /// One of its own colours (OSC 10 to 12).
    Color {
        /// 10 the letters, 11 the ground, 12 the cursor.
        slot: u16,
        /// Red, green and blue.
        rgb: [u8; 3],
    },
    /// The ground of its pen (DECRPSS of SGR).
    Ground(Ground),
    /// It says that it shows colours of 24 bits (XTGETTCAP `RGB`).
    Direct,
    /// The flags of kitty's keyboard protocol that are on.
    Keyboard(u16),
    /// It is well (DSR 0).
    Ready,
    /// Any other.
    Other,
}

/// The answer that a control sequence is, if it is one.
pub(super) fn of(params: &Params, marks: &[u8], action: char) -> Option<Report> {
    let first = params.get(0);
    Some(match (marks, action) {
        (b"?", 'c') => Report::Class(first),
        (b"?$", 'y') => Report::Mode {
            mode: first,
            state: params.get(1),
        },
        (b"?", 'u') => Report::Keyboard(first),
        ([], 'R') if params.len() == 2 => Report::Cursor(position(params)),
        ([], 'n') if first == 0 => Report::Ready,
        ([], 'c' | 'n' | 't' | 'x' | 'R') | (b"?" | b">" | b"=" | b"$", _) => Report::Other,
        _ => return None,
    })
}

fn position(params: &Params) -> Position {
    Position::new(
        params.get(1).saturating_sub(1),
        params.get(0).saturating_sub(1),
    )
}

/// The answer that an operating system command is.
pub(super) fn of_text(params: &[&[u8]]) -> Report {
    let slot = match params.first() {
        Some(&b"10") => 10,
        Some(&b"11") => 11,
        Some(&b"12") => 12,
        _ => return Report::Other,
    };
    match params.get(1).and_then(|text| rgb(text)) {
        Some(rgb) => Report::Color { slot, rgb },
        None => Report::Other,
    }
}

/// A colour of the form `rgb:RRRR/GGGG/BBBB`, with one to four digits each.
fn rgb(text: &[u8]) -> Option<[u8; 3]> {
    let text = std::str::from_utf8(text).ok()?;
    let parts = text
        .strip_prefix("rgb:")
        .or_else(|| text.strip_prefix("rgba:"))?;
    let mut parts = parts.split('/').map(channel);
    Some([parts.next()??, parts.next()??, parts.next()??])
}

fn channel(digits: &str) -> Option<u8> {
    let value = u32::from_str_radix(digits, 16)
        .ok()
        .filter(|_| digits.len() <= 4)?;
    let most = (1 << (4 * digits.len())) - 1;
    u8::try_from(value * 255 / most).ok()
}
