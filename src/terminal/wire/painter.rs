//! Turns the difference between two rows into bytes.
//!
//! Owns the choices within a row: to move or to write a gap again, to write blanks or to erase
//! them, to mend, to erase the rest first or to move it along. Each choice is priced with the same code that then
//! makes it. The pen and the cursor are kept from call to call, so nothing is said twice.
//! Erasing needs a ground of the terminal's own and no lines, for terminals differ in what else
//! they erase with. Start at [`Painter::row`].

use std::borrow::Cow;
use std::ops::Range;

use super::cell::{Cell, Symbols};
use super::csi;
use super::plan::{Plan, Scroll};
use super::route::{Cursor, Route, STOPS};
use super::row::{Shift, last_change, next_change, settled, shift, tail, upcoming, worth_erasing};
use super::style::Style;

/// What the terminal will do with the next letter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hand {
    pub(super) pen: Style,
    pub(super) cursor: Cursor,
    /// What it was told to remember.
    pub(super) kept: Option<Kept>,
}

/// A cell that the terminal remembers (DECSC), with the pen it had there. It is sent back there
/// (DECRC) no more than once, so that nothing hangs on what it remembers afterwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    row: usize,
    column: usize,
    pen: Style,
}

const KEEP: &[u8] = b"\x1b7";
const BACK: &[u8] = b"\x1b8";

/// Where the next row to be changed begins, and where this one ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Below {
    pub(super) row: usize,
    pub(super) column: usize,
    /// Where the cursor will be after this row, if that is certain.
    pub(super) end: Option<usize>,
}

/// Writes rows for one terminal.
pub(super) struct Painter<'a> {
    pub(super) hand: Hand,
    pub(super) out: &'a mut Vec<u8>,
    symbols: &'a Symbols,
    /// A cleared row of the screen's width.
    blank: &'a [Cell],
    /// Whether tab stops can be relied on.
    tabs: bool,
    /// Until the column is passed in which it begins.
    below: Option<Below>,
}

/// A way to a cell: a route, and the cells to write again from where it ends.
struct Way {
    route: Route,
    from: usize,
    cost: usize,
}

impl<'a> Painter<'a> {
    pub(super) fn new(
        hand: Hand,
        symbols: &'a Symbols,
        (blank, tabs): (&'a [Cell], bool),
        out: &'a mut Vec<u8>,
    ) -> Self {
        Self {
            hand,
            out,
            symbols,
            blank,
            tabs,
            below: None,
        }
    }

    /// Makes row `y`, which shows `old`, show `new`: mends it, or erases its rest first, or moves
    /// its rest along, where that is shorter. Rows with wide or unsure glyphs are `odd`.
    pub(super) fn row(
        &mut self,
        y: usize,
        (old, new): (&[Cell], &[Cell]),
        odd: bool,
        below: Option<Below>,
    ) {
        const LITTLE: usize = 12;
        let begun = (self.out.len(), self.hand, below);
        self.below = below;
        self.mend(y, 0, &self.settle(old, new, odd), new);
        if self.out.len() - begun.0 < LITTLE {
            return;
        }
        if worth_erasing(old, new) {
            self.rival(begun, |painter| painter.erase_and_write(y, old, new, odd));
        }
        if !odd && let Some(shift) = shift(old, new) {
            self.rival(begun, |painter| painter.shift_and_write(y, shift, old, new));
        }
    }

    /// Paints what was painted since `begun` in another way, and keeps what is shorter.
    fn rival(
        &mut self,
        (start, hand, below): (usize, Hand, Option<Below>),
        paint: impl FnOnce(&mut Self),
    ) {
        let (end, best) = (self.out.len(), self.hand);
        self.hand = hand;
        self.below = below;
        paint(self);
        if self.out.len() - end < end - start {
            self.out.drain(start..end);
        } else {
            self.out.truncate(end);
            self.hand = best;
        }
    }

    fn shift_and_write(&mut self, y: usize, shift: Shift, old: &[Cell], new: &[Cell]) {
        self.go(y, shift.at, new);
        self.take(Cell::BLANK.pen(self.hand.pen, || upcoming(new, shift.at)));
        let action = if shift.by > 0 { b'@' } else { b'P' };
        csi::count(shift.by.unsigned_abs(), action, self.out);
        self.mend(y, shift.at, &shift.shown(old), new);
    }

    fn erase_and_write(&mut self, y: usize, old: &[Cell], new: &[Cell], odd: bool) {
        if let Some(x) = next_change(old, new, 0) {
            self.go(y, x, new);
            self.erase_line(new, x);
            self.mend(y, x, &self.settle(self.blank, new, odd), new);
        }
    }

    /// Makes the move that comes before mending, on a screen of so many rows.
    pub(super) fn prepare(&mut self, plan: Plan, rows: usize) {
        match plan {
            Plan::Mend => {}
            Plan::Erase(top) => {
                self.plain_pen();
                self.go(top, 0, &[]);
                self.out.extend_from_slice(b"\x1b[J");
            }
            Plan::Scroll(scroll) => self.scroll(scroll, rows),
        }
    }

    /// Scrolls a region; margins never stay set.
    fn scroll(&mut self, scroll: Scroll, rows: usize) {
        let Scroll { top, bottom, by } = scroll;
        let whole = bottom - top + 1 == rows;
        self.plain_pen();
        if !whole {
            csi::pair(top + 1, bottom + 1, b'r', self.out);
        }
        let action = if by > 0 { b'S' } else { b'T' };
        csi::count(by.unsigned_abs(), action, self.out);
        if !whole {
            self.out.extend_from_slice(b"\x1b[r");
            self.hand.cursor = Cursor::HOME;
        }
    }

    /// Moves the cursor to a cell of a row that shows `shown`.
    pub(super) fn go(&mut self, y: usize, x: usize, shown: &[Cell]) {
        if self.hand.cursor == Cursor::at(y, x) {
            return;
        }
        if let Some(from) = self.just_before(y, x, shown) {
            return self.write(from..x, shown);
        }
        let way = self.way(self.hand, y, x, shown);
        let way = match self.way_back(y, x, shown, way.cost) {
            Some((kept, back)) => {
                self.out.extend_from_slice(BACK);
                self.hand = kept;
                back
            }
            None => way,
        };
        way.route.write(self.out);
        self.hand.cursor = Cursor::at(y, way.from);
        self.write(way.from..x, shown);
    }

    /// The hand as the terminal remembers it and the way from there, if that costs less than `cost`.
    fn way_back(&self, y: usize, x: usize, shown: &[Cell], cost: usize) -> Option<(Hand, Way)> {
        // Within a row the straight way is short enough, and there are many of them.
        if self.hand.cursor.row == Some(y) {
            return None;
        }
        let kept = self.hand.kept.filter(|kept| kept.row < y)?;
        let hand = Hand {
            pen: kept.pen,
            cursor: Cursor::at(kept.row, kept.column),
            kept: None,
        };
        let way = self.way(hand, y, x, shown);
        let dip = |pen: Style| {
            let wanted = shown
                .get(x)
                .map(|cell| cell.pen(pen, || upcoming(shown, x)));
            wanted.map_or(0, |wanted| pen.cost(wanted))
        };
        let back = BACK.len() + way.cost + dip(kept.pen);
        (back < cost + dip(self.hand.pen)).then_some((hand, way))
    }

    /// Has the terminal remember the cell at the cursor, and the pen there, where that makes the way
    /// to the next row shorter.
    fn keep(&mut self, x: usize) {
        let Some(below) = self.below.take_if(|below| below.column == x) else {
            return;
        };
        let Some(row) = self.hand.cursor.row else {
            return;
        };
        let end = Cursor {
            row: Some(row),
            column: below.end,
        };
        let straight = self.route(end, below.row, x).cost;
        let back = self.route(Cursor::at(row, x), below.row, x).cost;
        if KEEP.len() + BACK.len() + back < straight {
            self.out.extend_from_slice(KEEP);
            self.hand.kept = Some(Kept {
                row,
                column: x,
                pen: self.hand.pen,
            });
        }
    }

    /// The old row with all that cannot be relied on made unknown.
    fn settle<'b>(&self, old: &'b [Cell], new: &[Cell], odd: bool) -> Cow<'b, [Cell]> {
        if odd {
            settled(old, new, self.symbols).into()
        } else {
            old.into()
        }
    }

    fn mend(&mut self, y: usize, from: usize, old: &[Cell], new: &[Cell]) {
        let tail = tail(new);
        let mut x = from;
        while let Some(next) = next_change(old, new, x) {
            if next >= tail {
                return self.end_row(y, next, old, new);
            }
            x = match new[next] {
                Cell::BLANK => self.blanks(y, next, old, new),
                cell if cell.is_unsure() => self.unsure(y, next, old, new),
                _ => self.run(y, next, old, new),
            };
        }
    }

    /// All that is left to change are blanks up to the right edge.
    fn end_row(&mut self, y: usize, x: usize, old: &[Cell], new: &[Cell]) {
        let end = last_change(old, new, x..new.len());
        self.go(y, x, new);
        // A space in the last column would leave the cursor's column unknown.
        if end - x < 3 || (end - x == 3 && end < new.len()) {
            self.write(x..end, new);
        } else {
            self.erase_line(new, x);
        }
    }

    /// Changes a run of blanks between glyphs, by writing or by erasing; returns where it ended.
    fn blanks(&mut self, y: usize, x: usize, old: &[Cell], new: &[Cell]) -> usize {
        let run = new[x..]
            .iter()
            .take_while(|cell| **cell == Cell::BLANK)
            .count();
        let end = last_change(old, new, x..x + run);
        self.go(y, x, new);
        self.take(Cell::BLANK.pen(self.hand.pen, || upcoming(new, x)));
        if self.erasing_is_shorter(y, x..end, old, new) {
            csi::count(end - x, b'X', self.out);
        } else {
            self.write(x..end, new);
        }
        end
    }

    /// Erasing leaves the cursor before the blanks, writing leaves it after them.
    fn erasing_is_shorter(
        &self,
        y: usize,
        cells: Range<usize>,
        old: &[Cell],
        new: &[Cell],
    ) -> bool {
        let erase = csi::count_len(cells.len());
        if erase >= cells.len() {
            return false;
        }
        let next = next_change(old, new, cells.end).filter(|&next| next < tail(new));
        let follow = |column| {
            let cursor = Cursor::at(y, column);
            let hand = Hand {
                cursor,
                ..self.hand
            };
            next.map_or(0, |next| self.way(hand, y, next, new).cost)
        };
        erase + follow(cells.start) < cells.len() + follow(cells.end)
    }

    /// Writes a run of changed glyphs; returns where it ended.
    fn run(&mut self, y: usize, x: usize, old: &[Cell], new: &[Cell]) -> usize {
        let pairs = old[x + 1..].iter().zip(&new[x + 1..]);
        let joins = |(old, new): &(&Cell, &Cell)| {
            old != new && **new != Cell::BLANK && !new.is_unsure() || new.width() == 0
        };
        let end = x + 1 + pairs.take_while(joins).count();
        self.go(y, x, new);
        self.write(x..end, new);
        end
    }

    fn unsure(&mut self, y: usize, x: usize, old: &[Cell], new: &[Cell]) -> usize {
        let cell = new[x];
        let end = x + cell.width();
        self.go(y, x, new);
        // A terminal that takes it for narrow would leave what stood in its second column.
        if old[x + 1..end].iter().any(|cell| *cell != Cell::BLANK) {
            self.take(cell.style());
            self.out.extend(std::iter::repeat_n(b' ', end - x));
            let column = (end < new.len()).then_some(end);
            self.hand.cursor = Cursor {
                row: Some(y),
                column,
            };
            self.go(y, x, new);
        }
        self.write(x..end, new);
        end
    }

    /// Writes cells from the cursor on.
    fn write(&mut self, cells: Range<usize>, row: &[Cell]) {
        let keep_at = self.below.map_or(usize::MAX, |below| below.column);
        let mut x = cells.start;
        while x < cells.end {
            let cell = row[x];
            self.take(cell.pen(self.hand.pen, || upcoming(row, x)));
            if x == keep_at && self.hand.cursor.column == Some(x) {
                self.keep(x);
            }
            cell.write(self.symbols, self.out);
            x += cell.width().max(1);
            let known = x < row.len() && !cell.is_unsure();
            self.hand.cursor.column = known.then_some(x);
            if known {
                let stop = if x > keep_at { usize::MAX } else { keep_at };
                x = self.letters(x..cells.end.min(stop), row);
            }
        }
    }

    /// Writes cells as far as they are letters that the pen is right for, all at once, for most are;
    /// returns where that ended.
    fn letters(&mut self, cells: Range<usize>, row: &[Cell]) -> usize {
        let (start, pen) = (cells.start, self.hand.pen);
        let alike = |cell: &&Cell| cell.is_ascii() && cell.shows_with(pen);
        let rest = row.get(cells).unwrap_or_default();
        let letters = &rest[..rest.iter().take_while(alike).count()];
        self.out.extend(letters.iter().map(|cell| cell.byte()));
        let end = start + letters.len();
        self.hand.cursor.column = (end < row.len()).then_some(end);
        end
    }

    fn erase_line(&mut self, new: &[Cell], x: usize) {
        self.take(Cell::BLANK.pen(self.hand.pen, || upcoming(new, x)));
        self.out.extend_from_slice(b"\x1b[K");
    }

    fn plain_pen(&mut self) {
        self.take(Cell::BLANK.pen(self.hand.pen, || Style::PLAIN));
    }

    fn take(&mut self, pen: Style) {
        self.hand.pen.switch(pen, self.out);
        self.hand.pen = pen;
    }

    /// Where the cursor is, if writing again what lies between costs less than any move.
    fn just_before(&self, y: usize, x: usize, shown: &[Cell]) -> Option<usize> {
        const SHORTEST_MOVE: usize = 3;
        let Cursor {
            row,
            column: Some(from),
        } = self.hand.cursor
        else {
            return None;
        };
        let near = row == Some(y) && from < x && x - from < SHORTEST_MOVE;
        let cheap = |cell: &Cell| cell.is_ascii() && cell.shows_with(self.hand.pen);
        (near && shown[from..x].iter().all(cheap)).then_some(from)
    }

    /// The cheapest way to a cell: straight, or by writing again what stands before it.
    fn way(&self, hand: Hand, y: usize, x: usize, shown: &[Cell]) -> Way {
        let route = self.route(hand.cursor, y, x);
        let mut best = Way {
            route,
            from: x,
            cost: route.cost,
        };
        let stop = self.tabs.then_some(x / STOPS * STOPS);
        for from in [hand.cursor.column, Some(0), stop].into_iter().flatten() {
            if from < x && x - from <= best.cost {
                let route = self.route(hand.cursor, y, from);
                let cost = self
                    .again(hand.pen, from..x, shown)
                    .map(|again| route.cost + again);
                if let Some(cost) = cost.filter(|&cost| cost <= best.cost) {
                    best = Way { route, from, cost };
                }
            }
        }
        best
    }

    fn route(&self, from: Cursor, row: usize, column: usize) -> Route {
        Route::best(from, row, column, self.tabs)
    }

    /// What it costs to write cells again that show already, if that is safe; the pen included.
    fn again(&self, pen: Style, cells: Range<usize>, shown: &[Cell]) -> Option<usize> {
        let (mut x, mut held, mut cost) = (cells.start, pen, 0);
        while x < cells.end {
            let cell = shown[x];
            if cell.width() == 0 || cell.is_unsure() {
                return None;
            }
            let wanted = cell.pen(held, || upcoming(shown, x));
            cost += held.cost(wanted) + cell.len(self.symbols);
            held = wanted;
            x += cell.width();
        }
        let target = shown
            .get(x)
            .map_or(held, |cell| cell.pen(held, || upcoming(shown, x)));
        let straight = shown
            .get(x)
            .map_or(0, |cell| pen.cost(cell.pen(pen, || upcoming(shown, x))));
        (x == cells.end).then(|| (cost + held.cost(target)).saturating_sub(straight))
    }
}
