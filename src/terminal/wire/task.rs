//! One frame's work: from the screen that is shown to the one that is to be shown.
//!
//! Owns the contest between ways to get there. Each is painted for real and the shortest is kept;
//! a way that grows as long as the best so far is given up at once, so the contest costs little.
//! Start at [`Task::cheapest`].

use super::cell::{Cell, Symbols};
use super::grid::Grid;
use super::painter::{Below, Hand, Painter};
use super::plan::{Plan, price};
use super::row::{last_change, next_change, tail};

pub(super) const SYNC: &[u8] = b"\x1b[?2026h";
pub(super) const SYNC_END: &[u8] = b"\x1b[?2026l";

/// What is shown, what is to be shown, and what it takes to write it.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) shown: &'a Grid,
    pub(super) next: &'a Grid,
    pub(super) symbols: &'a Symbols,
    /// A cleared row.
    pub(super) blank: &'a [Cell],
    /// Whether a screen that is erased is to be hidden until it is full again.
    pub(super) sync: bool,
    /// Whether regions can be scrolled.
    pub(super) scroll: bool,
    /// Whether tab stops can be relied on.
    pub(super) tabs: bool,
}

/// How a frame was painted, or where that was given up.
pub(super) struct Painted {
    pub(super) hand: Hand,
    /// Whether a synchronized update is still open.
    pub(super) synced: bool,
    /// How many bytes each row took.
    rows: Vec<usize>,
}

impl Task<'_> {
    /// Paints the whole screen.
    pub(super) fn whole(&self, hand: Hand, out: &mut Vec<u8>) -> Painted {
        self.carry_out(Plan::Erase(0), hand, usize::MAX, out)
    }

    /// Paints what differs: after a scroll if one promises to help, or in place, or after an
    /// erasure.
    pub(super) fn cheapest(&self, hand: Hand, out: &mut Vec<u8>) -> Painted {
        const FEW: usize = 3;
        let changed = |y: &usize| self.shown.row(*y) != self.next.row(*y);
        if (0..self.next.rows).filter(changed).take(FEW).count() < FEW {
            return self.carry_out(Plan::Mend, hand, usize::MAX, out);
        }
        let row = |y| price(self.next.row(y), self.symbols);
        let fresh: Vec<usize> = (0..self.next.rows).map(row).collect();
        let mut contest = Contest::new(*self, hand, out);
        if self.scroll
            && let Some(plan) = Plan::scroll(self.shown, self.next, &fresh)
        {
            contest.enter(plan);
        }
        if contest.enter(Plan::Mend)
            && let Some(plan) = Plan::erase(&contest.best.rows, &fresh)
        {
            contest.enter(plan);
        }
        contest.best
    }

    /// Carries out a plan and mends what then differs; gives up where that takes `limit` bytes.
    fn carry_out(&self, plan: Plan, hand: Hand, limit: usize, out: &mut Vec<u8>) -> Painted {
        let start = out.len();
        let synced = self.sync && plan == Plan::Erase(0);
        let limit = limit.saturating_sub(if synced { SYNC_END.len() } else { 0 });
        if synced {
            out.extend_from_slice(SYNC);
        }
        let mut painter = Painter::new(hand, self.symbols, (self.blank, self.tabs), out);
        painter.prepare(plan, self.next.rows);
        let mut rows = Vec::with_capacity(self.next.rows);
        while rows.len() < self.next.rows && painter.out.len() - start < limit {
            rows.push(self.row(rows.len(), plan, &mut painter));
        }
        let hand = painter.hand;
        Painted { hand, synced, rows }
    }

    /// Mends a row after a plan; tells how many bytes that took.
    fn row(&self, y: usize, plan: Plan, painter: &mut Painter) -> usize {
        let (new, start) = (self.next.row(y), painter.out.len());
        let (old, odd) = self.before(y, plan);
        if old != new {
            let below = self.below(y, plan, (old, new));
            painter.row(y, (old, new), odd || self.next.is_odd(y), below);
        }
        painter.out.len() - start
    }

    /// What a row shows after a plan, and whether that is odd.
    fn before(&self, y: usize, plan: Plan) -> (&[Cell], bool) {
        match plan.source(y) {
            Some(from) => (self.shown.row(from), self.shown.is_odd(from)),
            None => (self.blank, false),
        }
    }

    /// Where the painter goes after row `y`, if it does not have to go far.
    fn below(&self, y: usize, plan: Plan, (old, new): (&[Cell], &[Cell])) -> Option<Below> {
        const NEAR: usize = 2;
        let mut rows = y + 1..self.next.rows.min(y + 1 + NEAR);
        let first = |row: usize| next_change(self.before(row, plan).0, self.next.row(row), 0);
        let (row, column) = rows.find_map(|row| Some((row, first(row)?)))?;
        let begin = next_change(old, new, 0)?;
        let end = last_change(old, new, begin..new.len())
            .min(tail(new))
            .max(begin);
        let end = (end < new.len()).then_some(end);
        Some(Below { row, column, end })
    }
}

/// Ways to paint a frame; the bytes of the shortest so far are what was written.
struct Contest<'a> {
    task: Task<'a>,
    hand: Hand,
    out: &'a mut Vec<u8>,
    start: usize,
    best: Painted,
}

impl<'a> Contest<'a> {
    fn new(task: Task<'a>, hand: Hand, out: &'a mut Vec<u8>) -> Self {
        let start = out.len();
        let best = Painted {
            hand,
            synced: false,
            rows: Vec::new(),
        };
        Self {
            task,
            hand,
            out,
            start,
            best,
        }
    }

    /// Tells whether the plan is shorter than those before it.
    fn enter(&mut self, plan: Plan) -> bool {
        let end = self.out.len();
        let limit = if self.best.rows.is_empty() {
            usize::MAX
        } else {
            end - self.start
        };
        let painted = self.task.carry_out(plan, self.hand, limit, self.out);
        let length = self.out.len() - end + if painted.synced { SYNC_END.len() } else { 0 };
        let won = painted.rows.len() == self.task.next.rows && length < limit;
        if won {
            self.out.drain(self.start..end);
            self.best = painted;
        } else {
            self.out.truncate(end);
        }
        won
    }
}
