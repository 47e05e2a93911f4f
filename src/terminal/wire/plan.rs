//! Whether to scroll or to erase before the rows are mended.
//!
//! Owns the two moves that touch many rows at once, and only guesses: from what mending cost in
//! each row and from keys of rows it names the move that should save most. The wire tries it and
//! keeps it only if it is shorter, so a wrong guess costs time, never bytes or a wrong screen.
//! Start at [`Plan::promising`].

use super::cell::{Cell, Symbols};
use super::csi;
use super::grid::Grid;
use super::style::Style;

/// What to do before mending the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plan {
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

/// What there is to guess from.
pub(super) struct Sight<'a> {
    pub(super) shown: &'a Grid,
    pub(super) next: &'a Grid,
    pub(super) symbols: &'a Symbols,
    /// How many bytes mending each row took.
    pub(super) mends: &'a [usize],
}

/// Changes of fewer rows or bytes than these are not worth a thought.
const FEW_ROWS: usize = 3;
const FEW_BYTES: usize = 40;

/// A plan and how many bytes the frame should take with it.
type Guess = (usize, Plan);

impl Plan {
    /// The move that should save most, if one should save any.
    pub(super) fn promising(sight: &Sight) -> Option<Self> {
        let total: usize = sight.mends.iter().sum();
        let changed = sight.mends.iter().filter(|bytes| **bytes > 0).count();
        if changed < FEW_ROWS || total < FEW_BYTES {
            return None;
        }
        let fresh: Vec<usize> = (0..sight.mends.len()).map(|y| sight.fresh(y)).collect();
        let guesses = [sight.erase(&fresh), sight.scroll(&fresh)];
        let best = guesses.into_iter().flatten().min_by_key(|(cost, _)| *cost);
        best.filter(|(cost, _)| *cost < total).map(|(_, plan)| plan)
    }
}

impl Sight<'_> {
    /// About what row `y` takes on a cleared screen.
    fn fresh(&self, y: usize) -> usize {
        const NEXT_LINE: usize = 2;
        const SWITCH: usize = 5;
        const MOVE: usize = 4;
        let (mut cost, mut gap, mut pen) = (0, 0, Style::PLAIN);
        for cell in self.next.row(y) {
            if *cell == Cell::BLANK {
                gap += 1;
                continue;
            }
            let switch = if cell.style() == pen { 0 } else { SWITCH };
            cost += gap.min(MOVE) + switch + cell.len(self.symbols);
            (gap, pen) = (0, cell.style());
        }
        if cost == 0 { 0 } else { cost + NEXT_LINE }
    }

    /// The best row to erase from.
    fn erase(&self, fresh: &[usize]) -> Option<Guess> {
        const ERASE: usize = 5;
        let mut cost = self.mends.iter().sum::<usize>() + ERASE;
        let from = |y: usize| {
            cost = cost + fresh[y] - self.mends[y];
            (cost, Plan::Erase(y))
        };
        (0..fresh.len())
            .rev()
            .map(from)
            .min_by_key(|(cost, _)| *cost)
    }

    /// The best run of rows to scroll.
    fn scroll(&self, fresh: &[usize]) -> Option<Guess> {
        const MOVE_BACK: usize = 5;
        let scroll = self.run(fresh)?;
        let Scroll { top, bottom, by } = scroll;
        let inside = (top..=bottom)
            .filter(|&y| !self.kept(y, by))
            .map(|y| fresh[y]);
        let outside = self.mends[..top].iter().chain(&self.mends[bottom + 1..]);
        let margins = csi::pair_len(top + 1, bottom + 1) + 3;
        let orders = csi::count_len(by.unsigned_abs()) + margins + MOVE_BACK;
        Some((
            inside.sum::<usize>() + outside.sum::<usize>() + orders,
            Plan::Scroll(scroll),
        ))
    }

    fn kept(&self, y: usize, by: isize) -> bool {
        let source = y.checked_add_signed(by).filter(|&y| y < self.mends.len());
        source.is_some_and(|source| self.shown.key(source) == self.next.key(y))
    }

    /// For each distance the run of rows that gains most by it; the best of them.
    fn run(&self, fresh: &[usize]) -> Option<Scroll> {
        let rows = fresh.len().cast_signed();
        let old: Vec<u64> = (0..fresh.len()).map(|y| self.shown.key(y)).collect();
        let new: Vec<u64> = (0..fresh.len()).map(|y| self.next.key(y)).collect();
        let distances = (1 - rows..rows).filter(|by| *by != 0);
        let runs = distances.filter_map(|by| {
            let gain = |y: usize| {
                let source = y.checked_add_signed(by).and_then(|y| old.get(y))?;
                let loss = if *source == new[y] { 0 } else { fresh[y] };
                Some(self.mends[y].cast_signed() - loss.cast_signed())
            };
            best_run(fresh.len(), gain).map(|run| (run, by))
        });
        let ((_, first, last), by) = runs.max_by_key(|((gain, ..), _)| *gain)?;
        let n = by.unsigned_abs();
        let (top, bottom) = if by > 0 {
            (first, last + n)
        } else {
            (first - n, last)
        };
        Some(Scroll { top, bottom, by })
    }
}

/// The run of rows with the greatest sum of gains, if that is above zero.
fn best_run(rows: usize, gain: impl Fn(usize) -> Option<isize>) -> Option<(isize, usize, usize)> {
    let mut best: Option<(isize, usize, usize)> = None;
    let (mut sum, mut first) = (0, 0);
    for y in 0..rows {
        let gain = gain(y);
        sum += gain.unwrap_or(0);
        if gain.is_none() || sum <= 0 {
            (sum, first) = (0, y + 1);
        } else if best.is_none_or(|(most, ..)| sum > most) {
            best = Some((sum, first, y));
        }
    }
    best
}
