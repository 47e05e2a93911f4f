//! What one viewer was last sent, and the fewest bytes that turn it into the next frame.
//!
//! Owns the picture of one terminal: its cells, cursor, pen. Knows no tty and no transport; the
//! caller sends what comes out, whole and in order, and calls [`Wire::forget`] where it could not.
//! Promises: a frame that shows nothing new is zero bytes; any two frames may follow each other; a
//! symbol that holds a control becomes `?`; nothing leaves but text, `CR LF BS HT`, `ESC 7` and `ESC 8`,
//! and the control sequences `A B C D G d H J K P X @ S T r m`, `?5W`, and `h l` of modes 25 and 2026.
//!
//! ```text
//!   Buffer ─ grid ─► cells ─ task ─► painter ─► bytes      style: pen   route: cursor
//!                              ▲ plan: scroll? erase?
//!                           last sent
//! ```
//!
//! Start at [`Wire::frame`].

mod cell;
mod colors;
mod csi;
mod glyph;
mod grid;
mod pace;
mod painter;
mod plan;
mod route;
mod row;
mod style;
mod task;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use self::cell::{Cell, Symbols};
use self::grid::Grid;
use self::painter::{Hand, Painter};
use self::route::Cursor;
use self::style::Style;
use self::task::{SYNC_END, Task};
use super::abilities::Abilities;

pub use self::pace::{Newest, Pace};

/// What one viewer was last sent.
#[derive(Debug)]
pub struct Wire {
    abilities: Abilities,
    shown: Grid,
    next: Grid,
    symbols: Symbols,
    blank: Vec<Cell>,
    hand: Hand,
    /// None where the terminal may have it either way.
    cursor_shown: Option<bool>,
    /// Whether the terminal was told where its tab stops are.
    stops_set: bool,
    trust: Trust,
}

/// How far the picture can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Nothing was ever sent: the screen is to be cleared, and nobody looks at it yet.
    Fresh,
    /// Nothing of the terminal is known.
    Nothing,
    /// All but what the screen shows, as after a resize.
    AllButCells,
    /// Everything.
    All,
}

/// A tab stop at every eighth column (DECST8C), where a terminal has them unless somebody moved
/// them.
const SET_STOPS: &[u8] = b"\x1b[?5W";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

impl Wire {
    /// A wire to a terminal that was sent nothing yet; its cursor is taken to be visible.
    pub fn new(abilities: Abilities) -> Self {
        Self {
            abilities,
            shown: Grid::default(),
            next: Grid::default(),
            symbols: Symbols::default(),
            blank: Vec::new(),
            hand: Hand::default(),
            cursor_shown: Some(true),
            stops_set: false,
            trust: Trust::Fresh,
        }
    }

    /// What the terminal is taken to be able to do.
    pub fn abilities(&self) -> Abilities {
        self.abilities
    }

    /// Changes that; the next frame sends what now looks different.
    pub fn set_abilities(&mut self, abilities: Abilities) {
        self.abilities = abilities;
    }

    /// The terminal's pen is plain now, for something else was said to it that left it so.
    pub fn pen_is_plain(&mut self) {
        self.hand.pen = Style::PLAIN;
    }

    /// Forgets what the terminal shows: the next frame is painted whole. For a terminal that was
    /// suspended, another one that took over the seat, or bytes that never arrived.
    pub fn forget(&mut self) {
        self.trust = Trust::Nothing;
    }

    /// Appends the bytes that make the viewer see `next`, with the cursor there or hidden. A buffer
    /// of another size than before means that the terminal was resized.
    pub fn frame(&mut self, next: &Buffer, cursor: Option<Position>, out: &mut Vec<u8>) {
        if next.area.is_empty() {
            return;
        }
        let start = out.len();
        self.load(next);
        let synced = self.paint(out);
        self.cursor(next, cursor, out);
        if synced {
            out.extend_from_slice(SYNC_END);
        }
        self.set_stops(start, out);
        std::mem::swap(&mut self.shown, &mut self.next);
    }

    /// Before the first tab is sent, tab stops are set where they are taken to be.
    fn set_stops(&mut self, start: usize, out: &mut Vec<u8>) {
        if !self.stops_set && out[start..].contains(&b'\t') {
            out.splice(start..start, SET_STOPS.iter().copied());
            self.stops_set = true;
        }
    }

    fn load(&mut self, next: &Buffer) {
        // More than one frame can hold, or a crowded frame would start over for ever.
        if self.symbols.len() > Symbols::PLENTY + next.content.len() {
            self.symbols = Symbols::default();
            self.trust = self.trust.min_of(Trust::AllButCells);
        }
        self.next.load(next, self.abilities, &mut self.symbols);
        let (columns, rows) = (self.next.columns, self.next.rows);
        if (self.shown.columns, self.shown.rows) != (columns, rows) {
            self.shown.clear(columns, rows);
            self.blank.clear();
            self.blank.resize(columns, Cell::BLANK);
            self.trust = self.trust.min_of(Trust::AllButCells);
        }
    }

    /// Paints all rows; tells whether a synchronized update was left open.
    fn paint(&mut self, out: &mut Vec<u8>) -> bool {
        let hand = self.introduce(out);
        let task = Task {
            shown: &self.shown,
            next: &self.next,
            symbols: &self.symbols,
            blank: &self.blank,
            sync: self.abilities.sync && self.trust != Trust::Fresh,
            scroll: self.abilities.scroll,
            tabs: self.abilities.tabs,
        };
        let painted = if self.trust == Trust::All {
            task.cheapest(hand, out)
        } else {
            task.whole(hand, out)
        };
        self.hand = painted.hand;
        self.trust = Trust::All;
        painted.synced
    }

    /// Sets right what is not known of pen, margins and cursor.
    fn introduce(&mut self, out: &mut Vec<u8>) -> Hand {
        if matches!(self.trust, Trust::Fresh | Trust::Nothing) {
            out.extend_from_slice(b"\x1b[m");
            self.hand.pen = Style::PLAIN;
        }
        if self.trust == Trust::Nothing {
            out.extend_from_slice(b"\x1b[r");
            self.cursor_shown = None;
            self.stops_set = false;
        }
        if self.trust != Trust::All {
            self.hand.cursor = Cursor::default();
        }
        self.hand.kept = None;
        self.hand
    }

    fn cursor(&mut self, next: &Buffer, cursor: Option<Position>, out: &mut Vec<u8>) {
        if let Some(at) = cursor {
            let x = usize::from(at.x.saturating_sub(next.area.x)).min(self.next.columns - 1);
            let y = usize::from(at.y.saturating_sub(next.area.y)).min(self.next.rows - 1);
            let mut painter = Painter::new(
                self.hand,
                &self.symbols,
                (&self.blank, self.abilities.tabs),
                out,
            );
            painter.go(y, x, self.next.row(y));
            self.hand = painter.hand;
        }
        let show = cursor.is_some();
        if self.cursor_shown != Some(show) {
            self.cursor_shown = Some(show);
            out.extend_from_slice(if show { SHOW_CURSOR } else { HIDE_CURSOR });
        }
    }
}

impl Trust {
    /// The lesser trust; a terminal that was never sent anything stays fresh.
    fn min_of(self, other: Self) -> Self {
        if self == Self::All { other } else { self }
    }
}
