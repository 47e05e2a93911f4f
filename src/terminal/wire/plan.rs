//! Moves that change many rows at once, before the rows are mended: a scroll, an erasure.
//!
//! Owns the guess which of them should save most, from keys of rows and a rough price of each, and
//! what a row shows after it. The wire tries the guess and keeps what is shorter, so a wrong one
//! costs time, never bytes or a wrong screen. Start at [`Plan::scroll`] and [`Plan::erase`].

use super::cell::{Cell, Symbols};
use super::grid::Grid;
use super::row::tail;
use super::style::Style;

/// What to do before mending the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plan {
    /// Nothing.
    Mend,
    /// Erase from this row on.
    Erase(usize),
    /// Move the rows of a region.
    Scroll(Scroll),
}

/// A region of full-width rows, and how far its content moves up, or down if negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scroll {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) by: isize,
}

impl Plan {
    /// Which row of the old screen row `y` shows once this was done; none where it is blank.
    pub(super) fn source(self, y: usize) -> Option<usize> {
        match self {
            Self::Erase(top) => (y < top).then_some(y),
            Self::Scroll(Scroll { top, bottom, by }) if (top..=bottom).contains(&y) => y
                .checked_add_signed(by)
                .filter(|from| (top..=bottom).contains(from)),
            Self::Mend | Self::Scroll(_) => Some(y),
        }
    }

    /// The scroll that should save most, if one should. `fresh` is what each row takes on a cleared
    /// screen.
    pub(super) fn scroll(shown: &Grid, next: &Grid, fresh: &[usize]) -> Option<Self> {
        const MARGINS_AND_BACK: usize = 16;
        let keys = |grid: &Grid| (0..fresh.len()).map(|y| grid.key(y)).collect::<Vec<_>>();
        let rows = Keys {
            old: keys(shown),
            new: keys(next),
            fresh,
        };
        let most = fresh.len().cast_signed();
        let distances = (1 - most..most).filter(|by| *by != 0);
        let runs = distances
            .filter(|by| rows.has_moved(*by))
            .filter_map(|by| rows.best_run(by).map(|run| (run, by)));
        let (run, by) = runs.max_by_key(|(run, _)| run.gain)?;
        let n = by.unsigned_abs();
        let (top, bottom) = if by > 0 {
            (run.first, run.last + n)
        } else {
            (run.first - n, run.last)
        };
        let scroll = Scroll { top, bottom, by };
        (run.gain > MARGINS_AND_BACK.cast_signed()).then_some(Self::Scroll(scroll))
    }

    /// The row to erase from that should save most, if one should, given what mending took.
    pub(super) fn erase(mends: &[usize], fresh: &[usize]) -> Option<Self> {
        const MOVE_AND_ERASE: usize = 5;
        const WORTH_TRYING: usize = 32;
        let total: usize = mends.iter().sum();
        let mut cost = total + MOVE_AND_ERASE;
        let from = |y: usize| {
            cost = cost + fresh[y] - mends[y];
            (cost, Self::Erase(y))
        };
        let best = (0..fresh.len())
            .rev()
            .map(from)
            .min_by_key(|(cost, _)| *cost);
        best.filter(|(cost, _)| *cost < total - total / WORTH_TRYING)
            .map(|(_, plan)| plan)
    }
}

/// Rows as far as a scroll must tell them apart, and what each takes to paint.
struct Keys<'a> {
    old: Vec<u64>,
    new: Vec<u64>,
    fresh: &'a [usize],
}

/// A run of rows, and how many bytes a scroll saves there.
#[derive(Clone, Copy, Default)]
struct Run {
    gain: isize,
    first: usize,
    last: usize,
}

impl Keys<'_> {
    /// Whether any row comes from so far below.
    fn has_moved(&self, by: isize) -> bool {
        let (up, down) = (by.max(0).unsigned_abs(), by.min(0).unsigned_abs());
        let pairs = self.old[up..].iter().zip(&self.new[down..]);
        pairs.filter(|(old, new)| old == new).count() > 0
    }

    /// The run of rows that gains most if their content comes from so far below.
    fn best_run(&self, by: isize) -> Option<Run> {
        let (mut best, mut run) = (Run::default(), Run::default());
        for y in 0..self.new.len() {
            let gain = self.gain(y, by);
            run.gain += gain.unwrap_or(0);
            run.last = y;
            if gain.is_none() || run.gain <= 0 {
                run = Run {
                    first: y + 1,
                    ..Run::default()
                };
            } else if run.gain > best.gain {
                best = run;
            }
        }
        (best.gain > 0).then_some(best)
    }

    /// What row `y` gains by it, or loses where it was right before; none beyond the screen.
    fn gain(&self, y: usize, by: isize) -> Option<isize> {
        let source = y
            .checked_add_signed(by)
            .and_then(|from| self.old.get(from))?;
        let price = self.fresh[y].cast_signed();
        Some(match (*source == self.new[y], self.old[y] == self.new[y]) {
            (true, false) => price,
            (false, true) => -price,
            _ => 0,
        })
    }
}

/// About what a row takes on a cleared screen.
pub(super) fn price(row: &[Cell], symbols: &Symbols) -> usize {
    const NEXT_LINE: usize = 2;
    const SWITCH: usize = 5;
    const MOVE: usize = 4;
    let (mut cost, mut gap, mut pen) = (0, 0, Style::PLAIN);
    // Without branches at every word's end, for every row of every other page is priced.
    for cell in &row[..tail(row)] {
        let blank = *cell == Cell::BLANK;
        let style = if blank { pen } else { cell.style() };
        let skip = usize::from(gap < MOVE);
        cost += if style == pen { 0 } else { SWITCH };
        cost += if blank { skip } else { cell.len(symbols) };
        gap = if blank { gap + 1 } else { 0 };
        pen = style;
    }
    if cost == 0 { 0 } else { cost + NEXT_LINE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_after_a_plan_what_it_was_moved_or_nothing() {
        let up = Plan::Scroll(Scroll {
            top: 1,
            bottom: 4,
            by: 2,
        });
        let sources = |plan: Plan| (0..6).map(|y| plan.source(y)).collect::<Vec<_>>();
        assert_eq!(
            sources(up),
            [Some(0), Some(3), Some(4), None, None, Some(5)]
        );
        let down = Plan::Scroll(Scroll {
            top: 1,
            bottom: 4,
            by: -1,
        });
        assert_eq!(
            sources(down),
            [Some(0), None, Some(1), Some(2), Some(3), Some(5)]
        );
        assert_eq!(sources(Plan::Erase(4))[3..], [Some(3), None, None]);
        assert_eq!(sources(Plan::Mend)[5], Some(5));
    }

    #[test]
    fn the_longest_run_that_moved_is_found_between_rows_that_did_not() {
        let keys = Keys {
            old: vec![9, 1, 2, 3, 4, 8],
            new: vec![9, 2, 3, 4, 5, 8],
            fresh: &[50; 6],
        };
        let run = keys.best_run(1).expect("it moved");
        assert_eq!((run.first, run.last, run.gain), (1, 3, 150));
        assert!(keys.best_run(-1).is_none());
    }

    #[test]
    fn erasing_begins_where_the_old_screen_has_more_than_the_new() {
        assert_eq!(
            Plan::erase(&[0, 40, 60, 50], &[70, 40, 30, 10]),
            Some(Plan::Erase(2))
        );
        assert_eq!(Plan::erase(&[0, 40, 60], &[70, 40, 60]), None);
    }
}
