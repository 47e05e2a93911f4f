//! A screen of the wire's own cells, and how a ratatui buffer becomes one.
//!
//! Owns the translation: what a viewer could not tell apart becomes the same cell, and what must
//! not be sent becomes `?`. A glyph that would reach over the right edge, in any terminal's eyes,
//! gives way to its first letter or to `?`. Start at [`Grid::load`].

use ratatui::buffer::{Buffer, Cell as Source};
use ratatui::style::{Color, Modifier};

use super::cell::{Cell, Symbols};
use super::colors::inks;
use super::glyph::{Glyph, reach};
use super::style::Style;
use crate::terminal::abilities::Abilities;

/// Rows of cells.
#[derive(Debug, Default, Clone)]
pub(super) struct Grid {
    pub(super) columns: usize,
    pub(super) rows: usize,
    cells: Vec<Cell>,
    /// Which rows hold wide, covered or unsure cells.
    odd: Vec<bool>,
}

impl Grid {
    /// A cleared screen.
    pub(super) fn clear(&mut self, columns: usize, rows: usize) {
        self.columns = columns;
        self.rows = rows;
        self.cells.clear();
        self.cells.resize(columns * rows, Cell::BLANK);
        self.odd.clear();
        self.odd.resize(rows, false);
    }

    pub(super) fn row(&self, y: usize) -> &[Cell] {
        &self.cells[y * self.columns..][..self.columns]
    }

    pub(super) fn is_odd(&self, y: usize) -> bool {
        self.odd[y]
    }

    /// A number that tells rows apart, but for their last two columns, where a scroll bar may be.
    pub(super) fn key(&self, y: usize) -> u64 {
        let row = self.row(y);
        let told = row.len().saturating_sub(2).max(1);
        let cells = row.iter().take(told).zip(1u64..);
        cells.fold(0, |key, (cell, x)| key.wrapping_add(cell.mix(x)))
    }

    /// Takes over a frame.
    pub(super) fn load(&mut self, from: &Buffer, abilities: Abilities, symbols: &mut Symbols) {
        let (columns, rows) = (usize::from(from.area.width), usize::from(from.area.height));
        if (self.columns, self.rows) != (columns, rows) {
            self.clear(columns, rows);
        }
        let mut loader = Loader::new(abilities, symbols);
        let sources = from.content.chunks_exact(columns.max(1));
        let rows = self.cells.chunks_exact_mut(columns.max(1));
        for ((source, row), odd) in sources.zip(rows).zip(&mut self.odd) {
            *odd = loader.row(source, row);
        }
    }
}

/// Translates cells; remembers the last style, for neighbours mostly share it.
struct Loader<'a> {
    abilities: Abilities,
    symbols: &'a mut Symbols,
    last: (Color, Color, Modifier),
    style: Style,
}

impl<'a> Loader<'a> {
    fn new(abilities: Abilities, symbols: &'a mut Symbols) -> Self {
        Self {
            abilities,
            symbols,
            last: (Color::Reset, Color::Reset, Modifier::empty()),
            style: Style::PLAIN,
        }
    }

    /// Fills a row; tells whether it is odd.
    fn row(&mut self, source: &[Source], row: &mut [Cell]) -> bool {
        let (mut x, mut odd) = (0, false);
        while let Some(from) = source.get(x) {
            let style = self.style(from);
            if let &[byte @ b' '..=b'~'] = from.symbol().as_bytes()
                && !from.modifier.contains(Modifier::HIDDEN)
            {
                row[x] = Cell::ascii(byte, style);
                x += 1;
                continue;
            }
            let cell = self.rare(from, style, row.len() - x);
            let covered = x + 1..x + cell.width();
            row[x] = cell;
            x = covered.end;
            row[covered].fill(Cell::COVERED);
            odd |= cell.is_odd();
        }
        odd
    }

    fn style(&mut self, source: &Source) -> Style {
        let look = (source.fg, source.bg, source.modifier);
        if look != self.last {
            let inks = inks(source.fg, source.bg, self.abilities.colors);
            self.style = Style::new(inks, source.modifier);
            self.last = look;
        }
        self.style
    }

    fn rare(&mut self, source: &Source, style: Style, room: usize) -> Cell {
        // Terminals may join what comes next to it, wherever they were told to go before.
        let symbol = source.symbol().trim_end_matches('\u{200d}');
        match Glyph::of(symbol, self.abilities.ambiguous_may_be_wide) {
            None => Cell::ascii(b'?', style),
            Some(Glyph { width: 0, .. }) => Cell::blank(style),
            Some(_) if source.modifier.contains(Modifier::HIDDEN) => Cell::blank(style),
            Some(Glyph { width, sure: true }) if width <= room => {
                Cell::glyph(symbol, style, width, true, self.symbols)
            }
            Some(Glyph { width, .. }) if reach(symbol).max(width) <= room => {
                Cell::glyph(symbol, style, width, false, self.symbols)
            }
            Some(_) => self.at_the_edge(symbol, style, room),
        }
    }

    /// Its first letter where that is safe.
    fn at_the_edge(&mut self, symbol: &str, style: Style, room: usize) -> Cell {
        let mut bytes = [0; 4];
        let first = symbol
            .chars()
            .next()
            .map_or("?", |c| &*c.encode_utf8(&mut bytes));
        match Glyph::of(first, self.abilities.ambiguous_may_be_wide) {
            Some(Glyph {
                width: width @ 1..,
                sure: true,
            }) if width <= room => Cell::glyph(first, style, width, true, self.symbols),
            _ => Cell::ascii(b'?', style),
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::terminal::abilities::Colors;

    fn text(symbols: &[&str]) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, symbols.len() as u16, 1));
        for (cell, symbol) in buffer.content.iter_mut().zip(symbols) {
            cell.set_symbol(symbol);
        }
        let (mut grid, mut table) = (Grid::default(), Symbols::default());
        grid.load(&buffer, Abilities::default(), &mut table);
        let shown = |cell: &Cell| {
            let mut out = Vec::new();
            cell.write(&table, &mut out);
            String::from_utf8(out).expect("text")
        };
        grid.row(0).iter().map(shown).collect()
    }

    #[test]
    fn what_must_not_be_sent_becomes_a_question_mark() {
        assert_eq!(
            text(&["\x1b", "a", "\x1b[2J", "\u{9b}"]),
            ["?", "a", "?", "?"]
        );
    }

    #[test]
    fn what_a_wide_glyph_covers_is_not_read() {
        assert_eq!(text(&["漢", "x", "", "b"]), ["漢", "", " ", "b"]);
    }

    #[test]
    fn a_joiner_with_nothing_to_join_is_left_out() {
        assert_eq!(
            text(&["x\u{200d}", "\u{200d}", "👩\u{200d}🚀\u{200d}", "", "", ""])[..3],
            ["x", " ", "👩\u{200d}🚀"]
        );
    }

    #[test]
    fn nothing_reaches_over_the_right_edge() {
        assert_eq!(text(&["a", "漢"]), ["a", "?"]);
        assert_eq!(text(&["👩\u{200d}🚀", "", ""]), ["?", " ", " "]);
        assert_eq!(text(&["क्ष", "", ""]), ["क", " ", " "]);
    }

    #[test]
    fn a_blank_keeps_only_what_shows_on_it() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        buffer[(0, 0)].set_fg(Color::Red).modifier = Modifier::BOLD;
        buffer[(1, 0)].set_fg(Color::Red).modifier = Modifier::REVERSED;
        let (mut grid, mut table) = (Grid::default(), Symbols::default());
        grid.load(&buffer, Abilities::default(), &mut table);
        assert_eq!(grid.row(0)[0], Cell::BLANK);
        assert_ne!(grid.row(0)[1], Cell::BLANK);
    }

    #[test]
    fn colours_that_a_terminal_lacks_make_no_difference() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        buffer[(0, 0)].set_symbol("a").set_fg(Color::Red);
        let (mut grid, mut table) = (Grid::default(), Symbols::default());
        let colors = Colors::Mono;
        grid.load(
            &buffer,
            Abilities {
                colors,
                ..Abilities::default()
            },
            &mut table,
        );
        assert_eq!(grid.row(0)[0], Cell::ascii(b'a', Style::PLAIN));
    }
}
