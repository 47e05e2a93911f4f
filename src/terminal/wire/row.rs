//! Questions about two rows: what shows, and what is to show.
//!
//! Owns no choice and writes nothing; the painter asks, and acts. What a terminal may have drawn
//! otherwise than we think is made unknown here, before anything is compared: see [`settled`].

use std::ops::Range;

use super::cell::{Cell, Symbols};
use super::style::Style;

/// Where the blanks at the end of a row begin.
pub(super) fn tail(row: &[Cell]) -> usize {
    row.iter()
        .rposition(|cell| *cell != Cell::BLANK)
        .map_or(0, |last| last + 1)
}

/// The style of the first letter from here on.
pub(super) fn upcoming(row: &[Cell], x: usize) -> Style {
    let letter = row[x..].iter().find(|cell| !cell.is_blank());
    letter.map_or(Style::PLAIN, |cell| cell.style())
}

/// The first glyph from `x` on of which any column differs.
pub(super) fn next_change(old: &[Cell], new: &[Cell], x: usize) -> Option<usize> {
    let pairs = old[x..].iter().zip(&new[x..]);
    let changed = x + pairs.into_iter().position(|(old, new)| old != new)?;
    new[..=changed].iter().rposition(|cell| cell.width() > 0)
}

/// One past the last change in a range.
pub(super) fn last_change(old: &[Cell], new: &[Cell], cells: Range<usize>) -> usize {
    let start = cells.start;
    let mut pairs = old[cells.clone()].iter().zip(&new[cells]);
    start
        + pairs
            .rposition(|(old, new)| old != new)
            .map_or(0, |last| last + 1)
}

/// Whether erasing first may be shorter: where letters give way to gaps that are skipped cheaply.
pub(super) fn worth_erasing(old: &[Cell], new: &[Cell]) -> bool {
    const SKIP: usize = 4;
    const ERASE_AND_SKIP: usize = 8;
    const ERASE_LINE: usize = 3;
    let (mut gap, mut gain, mut blanked) = (0, 0, false);
    for (old, new) in old.iter().zip(new).take(tail(new)) {
        if *new == Cell::BLANK {
            gap += 1;
            blanked |= *old != Cell::BLANK;
            continue;
        }
        if blanked {
            gain += gap.clamp(SKIP, ERASE_AND_SKIP) - SKIP;
        }
        (gap, blanked) = (0, false);
    }
    gain > ERASE_LINE
}

/// What stands from a column on moves along: to the right, or to the left if negative. Blanks
/// follow from where it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) at: usize,
    pub(super) by: isize,
}

impl Shift {
    /// What a row shows after it.
    pub(super) fn shown(self, old: &[Cell]) -> Vec<Cell> {
        let (before, rest) = old.split_at(self.at);
        let blanks = vec![Cell::BLANK; self.by.unsigned_abs().min(rest.len())];
        let stays = rest.len() - blanks.len();
        if self.by > 0 {
            [before, &blanks, &rest[..stays]].concat()
        } else {
            [before, &rest[blanks.len()..], &blanks].concat()
        }
    }
}

/// The shift that brings the end of a row's text to where it is to be, if that is worth a try:
/// where what comes before it became longer or shorter.
pub(super) fn shift(old: &[Cell], new: &[Cell]) -> Option<Shift> {
    const WORTH: usize = 5;
    let (from, to) = (tail(old), tail(new));
    let by = to.cast_signed() - from.cast_signed();
    if by == 0 {
        return None;
    }
    let pairs = old[..from].iter().rev().zip(new[..to].iter().rev());
    let same = pairs.take_while(|(old, new)| old == new).count();
    if same < WORTH {
        return None;
    }
    let at = next_change(old, new, 0)?.min(from.min(to) - same);
    Some(Shift { at, by })
}

/// The old row, with all that cannot be relied on made unknown: wide glyphs that are to change in
/// part, what follows an unsure glyph that is to change, and what a new one may cover.
pub(super) fn settled(old: &[Cell], new: &[Cell], symbols: &Symbols) -> Vec<Cell> {
    let mut settled = old.to_vec();
    let mut forget = |from: usize, to: usize| {
        let to = to.min(old.len());
        settled[from.min(to)..to].fill(Cell::UNKNOWN);
    };
    for (x, cell) in old.iter().enumerate().filter(|(_, cell)| cell.is_odd()) {
        let end = x + cell.width();
        if end > x && old[x..end] != new[x..end] {
            forget(x, end + usize::from(cell.is_unsure()));
        }
    }
    for (x, cell) in new.iter().enumerate().filter(|(_, cell)| cell.is_unsure()) {
        let end = x + cell.width();
        if settled[x..end] != new[x..end] {
            let to = (x + cell.reach(symbols)).min(old.len());
            settled[end..to].fill(Cell::UNKNOWN);
        }
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<Cell> {
        text.bytes()
            .map(|byte| Cell::ascii(byte, Style::PLAIN))
            .collect()
    }

    /// A row in which each character is a glyph of so many columns.
    fn glyphs(list: &[(&str, usize, bool)], symbols: &mut Symbols) -> Vec<Cell> {
        let mut row = Vec::new();
        for &(symbol, width, sure) in list {
            row.push(Cell::glyph(symbol, Style::PLAIN, width, sure, symbols));
            row.resize(row.len() + width - 1, Cell::COVERED);
        }
        row
    }

    #[test]
    fn changes_are_found_by_glyph() {
        let mut symbols = Symbols::default();
        let (old, new) = (letters("ab cd"), letters("ab xd"));
        assert_eq!(
            (next_change(&old, &new, 0), next_change(&old, &new, 4)),
            (Some(3), None)
        );
        assert_eq!(last_change(&old, &new, 0..5), 4);
        let wide = glyphs(&[("漢", 2, true), ("字", 2, true)], &mut symbols);
        let mut torn = wide.clone();
        torn[1] = Cell::UNKNOWN;
        assert_eq!(next_change(&torn, &wide, 0), Some(0));
        assert_eq!(tail(&[wide, vec![Cell::BLANK; 2]].concat()), 4);
    }

    #[test]
    fn a_wide_glyph_that_changes_in_part_is_not_relied_on() {
        let mut symbols = Symbols::default();
        let old = glyphs(&[("漢", 2, true), ("字", 2, true)], &mut symbols);
        let new = glyphs(
            &[("a", 1, true), ("b", 1, true), ("字", 2, true)],
            &mut symbols,
        );
        let settled = settled(&old, &new, &symbols);
        assert_eq!(settled[..2], [Cell::UNKNOWN; 2]);
        assert_eq!(settled[2..], old[2..]);
    }

    #[test]
    fn what_an_unsure_glyph_may_cover_is_written_again() {
        let mut symbols = Symbols::default();
        let old = letters("abcdef");
        let rocket = glyphs(&[("👩\u{200d}🚀", 2, false)], &mut symbols);
        let new = [&rocket[..], &old[2..]].concat();
        let settled = settled(&old, &new, &symbols);
        assert_eq!(settled[2..4], [Cell::UNKNOWN; 2]);
        assert_eq!(settled[4..], old[4..]);
    }

    #[test]
    fn what_follows_a_longer_word_moves_along() {
        let (old, new) = (letters("a day / the end   "), letters("a month / the end "));
        let there = shift(&old, &new).expect("it is worth it");
        assert_eq!(there, Shift { at: 2, by: 2 });
        assert_eq!(there.shown(&old), letters("a   day / the end "));
        let back = shift(&new, &old).expect("it is worth it");
        assert_eq!(back, Shift { at: 2, by: -2 });
        assert_eq!(back.shown(&new), letters("a nth / the end   "));
        assert_eq!(shift(&old, &letters("a day / the sea    ")), None);
    }

    #[test]
    fn erasing_first_is_worth_it_for_wide_new_gaps_only() {
        let old = letters("some long text without gaps");
        assert!(worth_erasing(&old, &letters("so                        s")));
        assert!(!worth_erasing(
            &old,
            &letters("more long text with a word ")
        ));
    }
}
