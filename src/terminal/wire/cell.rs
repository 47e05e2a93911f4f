//! A cell of the wire's own: sixteen bytes that compare at once.
//!
//! Owns the packing. A cell holds exactly what a viewer can tell apart, so that equal cells look
//! equal and cost nothing. Text of up to eight bytes is kept in place; longer graphemes lie in
//! [`Symbols`] and the cell holds their number. Start at [`Cell`].

use std::collections::HashMap;

use super::style::Style;

/// One column of a row: a glyph, the covered half of a wide one, or something unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    text: u64,
    /// Style, width and whether the width is sure.
    look: u64,
}

const WIDTH_SHIFT: u32 = 58;
const UNSURE: u64 = 1 << 61;
const UNKNOWN: u64 = 1 << 62;
const STYLE_MASK: u64 = (1 << WIDTH_SHIFT) - 1;
/// The first byte of UTF-8 text is never 0xff, so neither is the eighth.
const NUMBERED: u64 = 0xff << 56;
const SPACE: u64 = b' ' as u64;

impl Cell {
    /// A blank without a style, as a cleared screen shows.
    pub(super) const BLANK: Self = Self {
        text: SPACE,
        look: 1 << WIDTH_SHIFT,
    };
    /// Covered by the wide glyph to its left.
    pub(super) const COVERED: Self = Self { text: 0, look: 0 };
    /// Whatever the terminal may show; equal to no cell of a frame.
    pub(super) const UNKNOWN: Self = Self {
        text: 0,
        look: UNKNOWN,
    };

    /// One printable ASCII character.
    pub(super) fn ascii(byte: u8, style: Style) -> Self {
        if byte == b' ' {
            return Self::blank(style);
        }
        Self {
            text: byte.into(),
            look: style.bits() | 1 << WIDTH_SHIFT,
        }
    }

    /// A space in this style.
    pub(super) fn blank(style: Style) -> Self {
        Self {
            text: SPACE,
            look: style.on_blank().bits() | 1 << WIDTH_SHIFT,
        }
    }

    /// Any other glyph, of width 1 to 7.
    pub(super) fn glyph(
        symbol: &str,
        style: Style,
        width: usize,
        sure: bool,
        symbols: &mut Symbols,
    ) -> Self {
        let unsure = if sure { 0 } else { UNSURE };
        Self {
            text: symbols.pack(symbol),
            look: style.bits() | (width as u64) << WIDTH_SHIFT | unsure,
        }
    }

    pub(super) const fn style(self) -> Style {
        Style::from_bits(self.look & STYLE_MASK)
    }

    /// How many columns it takes; 0 where it is covered or unknown.
    pub(super) const fn width(self) -> usize {
        (self.look >> WIDTH_SHIFT & 7) as usize
    }

    pub(super) const fn is_unsure(self) -> bool {
        self.look & UNSURE != 0
    }

    /// Whether a row with it needs the care that wide glyphs need.
    pub(super) const fn is_odd(self) -> bool {
        self.look & (UNSURE | 7 << WIDTH_SHIFT) != 1 << WIDTH_SHIFT
    }

    pub(super) const fn is_blank(self) -> bool {
        self.text == SPACE
    }

    /// Whether it takes one column and one byte.
    pub(super) const fn is_ascii(self) -> bool {
        self.is_one_byte() && !self.is_odd()
    }

    /// Its text where that is one byte.
    pub(super) const fn byte(self) -> u8 {
        self.text as u8
    }

    const fn is_one_byte(self) -> bool {
        self.text != 0 && self.text < 0x80
    }

    /// Whether it looks as it should, written with this pen.
    pub(super) fn shows_with(self, pen: Style) -> bool {
        let pen = if self.is_blank() { pen.on_blank() } else { pen };
        pen == self.style()
    }

    /// The pen to write it with, if `upcoming` is needed after it.
    pub(super) fn pen(self, pen: Style, upcoming: impl FnOnce() -> Style) -> Style {
        if self.is_blank() {
            self.style().pen_for_blank(pen, upcoming)
        } else {
            self.style()
        }
    }

    /// How many bytes its text takes.
    pub(super) fn len(self, symbols: &Symbols) -> usize {
        match self.number() {
            _ if self.is_one_byte() => 1,
            Some(number) => symbols.get(number).len(),
            None => packed_len(self.text),
        }
    }

    /// Writes its text.
    pub(super) fn write(self, symbols: &Symbols, out: &mut Vec<u8>) {
        match self.number() {
            _ if self.is_one_byte() => out.push(self.byte()),
            Some(number) => out.extend_from_slice(symbols.get(number).as_bytes()),
            None => out.extend_from_slice(&self.text.to_le_bytes()[..packed_len(self.text)]),
        }
    }

    /// How many columns a terminal might use for it that disagrees with us.
    pub(super) fn reach(self, symbols: &Symbols) -> usize {
        let mut text = Vec::new();
        self.write(symbols, &mut text);
        super::glyph::reach(&String::from_utf8_lossy(&text)).max(self.width())
    }

    /// A number for the cell in its column, to be added to those of its row.
    pub(super) fn mix(self, x: u64) -> u64 {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let cell = self.text ^ self.look.rotate_left(32);
        let mixed = (cell ^ x.wrapping_mul(ODD)).wrapping_mul(ODD);
        mixed ^ mixed >> 32
    }

    fn number(self) -> Option<usize> {
        (self.text & NUMBERED == NUMBERED).then_some((self.text & !NUMBERED) as usize)
    }
}

fn packed_len(text: u64) -> usize {
    8 - text.leading_zeros() as usize / 8
}

/// Graphemes longer than eight bytes, numbered.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    numbers: HashMap<Box<str>, usize>,
    list: Vec<Box<str>>,
}

impl Symbols {
    /// Beyond so many the wire starts over, lest hostile text grow the table for ever.
    pub(super) const PLENTY: usize = 1024;

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    fn get(&self, number: usize) -> &str {
        self.list.get(number).map_or("?", |symbol| symbol)
    }

    fn pack(&mut self, symbol: &str) -> u64 {
        if symbol.len() > 8 {
            return NUMBERED | self.number(symbol) as u64;
        }
        let mut bytes = [0; 8];
        bytes[..symbol.len()].copy_from_slice(symbol.as_bytes());
        u64::from_le_bytes(bytes)
    }

    fn number(&mut self, symbol: &str) -> usize {
        if let Some(&number) = self.numbers.get(symbol) {
            return number;
        }
        let number = self.list.len();
        self.list.push(symbol.into());
        self.numbers.insert(symbol.into(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_out_as_it_went_in() {
        let mut symbols = Symbols::default();
        for symbol in [
            "x",
            "é",
            "漢",
            "🇳🇪",
            "e\u{301}\u{323}",
            "👩\u{200d}👩\u{200d}👧",
        ] {
            let cell = Cell::glyph(symbol, Style::PLAIN, 2, false, &mut symbols);
            let mut out = Vec::new();
            cell.write(&symbols, &mut out);
            assert_eq!(out, symbol.as_bytes());
            assert_eq!(cell.len(&symbols), symbol.len());
            assert_eq!(
                (cell.width(), cell.is_unsure(), cell.is_odd()),
                (2, true, true)
            );
        }
        assert_eq!(symbols.len(), 1);
    }

    #[test]
    fn only_plain_cells_are_not_odd() {
        assert!(!Cell::BLANK.is_odd() && !Cell::ascii(b'a', Style::PLAIN).is_odd());
        assert!(Cell::COVERED.is_odd() && Cell::UNKNOWN.is_odd());
        assert_eq!((Cell::COVERED.width(), Cell::UNKNOWN.width()), (0, 0));
    }
}
