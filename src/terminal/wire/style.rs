//! How a cell looks, in 57 bits, and the shortest way to make the terminal's pen look so.
//!
//! Owns SGR. A [`Style`] holds what differs on the screen and nothing else: bold wins over dim
//! (terminals disagree on both together), rapid blinking is blinking, hidden text is blanks long
//! before it comes here. Start at [`Style::switch`].

use ratatui::style::Modifier;

use super::colors::{Ink, Shade};
use super::csi;

/// Colours and attributes of a cell, or of the terminal's pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style(u64);

const GROUND_SHIFT: u32 = 25;
const INK_MASK: u64 = (1 << GROUND_SHIFT) - 1;
const ATTRIBUTE_SHIFT: u32 = 50;

const fn attribute(place: u32) -> u64 {
    1 << (ATTRIBUTE_SHIFT + place)
}
const BOLD: u64 = attribute(0);
const DIM: u64 = attribute(1);
const ITALIC: u64 = attribute(2);
const UNDERLINE: u64 = attribute(3);
const BLINK: u64 = attribute(4);
const REVERSE: u64 = attribute(5);
const STRIKE: u64 = attribute(6);

/// What shows where no letter stands; without these a blank has no more than a ground.
const LINES: u64 = UNDERLINE | REVERSE | STRIKE;
const SEEN_ON_BLANKS: u64 = LINES | INK_MASK << GROUND_SHIFT;

/// Attribute, the code that sets it, the code that ends it.
const CODES: [(u64, u16, u16); 7] = [
    (BOLD, 1, 22),
    (DIM, 2, 22),
    (ITALIC, 3, 23),
    (UNDERLINE, 4, 24),
    (BLINK, 5, 25),
    (REVERSE, 7, 27),
    (STRIKE, 9, 29),
];

impl Style {
    /// The terminal's own colours, no attribute.
    pub(super) const PLAIN: Self = Self(0);

    pub(super) fn new((letters, ground): (Ink, Ink), modifier: Modifier) -> Self {
        const NAMES: [(Modifier, u64); 8] = [
            (Modifier::DIM, DIM),
            (Modifier::BOLD, BOLD),
            (Modifier::ITALIC, ITALIC),
            (Modifier::UNDERLINED, UNDERLINE),
            (Modifier::SLOW_BLINK, BLINK),
            (Modifier::RAPID_BLINK, BLINK),
            (Modifier::REVERSED, REVERSE),
            (Modifier::CROSSED_OUT, STRIKE),
        ];
        let inks = u64::from(letters.0) | u64::from(ground.0) << GROUND_SHIFT;
        let set = NAMES.iter().filter(|(name, _)| modifier.contains(*name));
        let bits = set.fold(inks, |bits, (_, bit)| bits | bit);
        Self(if bits & BOLD == 0 { bits } else { bits & !DIM })
    }

    pub(super) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    /// What of this style shows on a blank.
    pub(super) const fn on_blank(self) -> Self {
        if self.0 & LINES == 0 {
            Self(self.0 & SEEN_ON_BLANKS)
        } else {
            self
        }
    }

    /// The pen to write or erase a blank of this style with, if `upcoming` is needed after it.
    pub(super) fn pen_for_blank(self, pen: Self, upcoming: impl FnOnce() -> Self) -> Self {
        if pen.on_blank() == self {
            return pen;
        }
        let upcoming = upcoming();
        if upcoming.on_blank() == self {
            return upcoming;
        }
        let kept = Self(pen.0 & !SEEN_ON_BLANKS | self.0);
        let detour = |via: Self| pen.cost(via) + via.cost(upcoming);
        if kept.on_blank() == self && detour(kept) < detour(self) {
            kept
        } else {
            self
        }
    }

    /// How many bytes a switch of the pen costs.
    pub(super) fn cost(self, to: Self) -> usize {
        if self == to {
            0
        } else {
            self.codes(to).len() + 3
        }
    }

    /// Makes the terminal's pen, now of this style, write in another.
    pub(super) fn switch(self, to: Self, out: &mut Vec<u8>) {
        if self != to {
            csi::open(out);
            self.codes(to).write(out);
            out.push(b'm');
        }
    }

    fn codes(self, to: Self) -> Codes {
        let change = self.change(to);
        if !change.ends {
            return change;
        }
        let afresh = to.afresh();
        if change.len() <= afresh.len() {
            change
        } else {
            afresh
        }
    }

    /// Ends what must end and begins what must begin.
    fn change(self, to: Self) -> Codes {
        let mut codes = Codes::default();
        if (self.0 ^ to.0) >> ATTRIBUTE_SHIFT != 0 {
            codes.attributes(self, to);
        }
        if self.letters() != to.letters() {
            codes.shade(to.letters(), 30);
        }
        if self.ground() != to.ground() {
            codes.shade(to.ground(), 40);
        }
        codes
    }

    /// Ends everything, with the empty parameter that stands for 0, and begins anew.
    fn afresh(self) -> Codes {
        let mut codes = Codes::default();
        if self != Self::PLAIN {
            codes.push(RESET);
            let begun = Self::PLAIN.change(self);
            begun.codes().iter().for_each(|code| codes.push(*code));
        }
        codes
    }

    fn letters(self) -> Shade {
        Ink((self.0 & INK_MASK) as u32).shade()
    }

    fn ground(self) -> Shade {
        Ink((self.0 >> GROUND_SHIFT & INK_MASK) as u32).shade()
    }
}

/// An empty parameter: `ESC[;1m` is `ESC[0;1m` with a byte less.
const RESET: u16 = u16::MAX;

/// The parameters of one SGR sequence: at most five ends, three begins and two colours of five.
#[derive(Default)]
struct Codes {
    list: [u16; 20],
    count: usize,
    /// Whether anything ends, so that ending everything may be shorter.
    ends: bool,
}

impl Codes {
    fn push(&mut self, code: u16) {
        self.list[self.count] = code;
        self.count += 1;
    }

    fn attributes(&mut self, from: Style, to: Style) {
        let mut kept = from.0;
        for (bit, _, end) in CODES {
            if kept & !to.0 & bit != 0 {
                self.push(end);
                self.ends = true;
                kept &= if end == 22 { !(BOLD | DIM) } else { !bit };
            }
        }
        for (bit, begin, _) in CODES {
            if to.0 & !kept & bit != 0 {
                self.push(begin);
            }
        }
    }

    fn shade(&mut self, shade: Shade, base: u16) {
        match shade {
            Shade::Own => {
                self.push(base + 9);
                self.ends = true;
            }
            Shade::Palette(index @ 0..=7) => self.push(base + u16::from(index)),
            Shade::Palette(index @ 8..=15) => self.push(base + 52 + u16::from(index)),
            Shade::Palette(index) => self.extend([base + 8, 5, index.into()]),
            Shade::Rgb(r, g, b) => self.extend([base + 8, 2, r.into(), g.into(), b.into()]),
        }
    }

    fn extend<const N: usize>(&mut self, codes: [u16; N]) {
        for code in codes {
            self.push(code);
        }
    }

    fn codes(&self) -> &[u16] {
        &self.list[..self.count]
    }

    fn len(&self) -> usize {
        let digits = |&code: &u16| {
            if code == RESET {
                0
            } else {
                csi::digits(code.into())
            }
        };
        self.codes().iter().map(digits).sum::<usize>() + self.count.saturating_sub(1)
    }

    fn write(&self, out: &mut Vec<u8>) {
        for (place, &code) in self.codes().iter().enumerate() {
            if place > 0 {
                out.push(b';');
            }
            if code != RESET {
                csi::number(code.into(), out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style as Source};

    use super::*;
    use crate::terminal::abilities::Colors;
    use crate::terminal::wire::colors::inks;

    fn style(source: Source) -> Style {
        let color = |color: Option<Color>| color.unwrap_or(Color::Reset);
        let inks = inks(color(source.fg), color(source.bg), Colors::True);
        Style::new(inks, source.add_modifier)
    }

    fn switch(from: Source, to: Source) -> String {
        let (from, to, mut out) = (style(from), style(to), Vec::new());
        from.switch(to, &mut out);
        assert_eq!(out.len(), from.cost(to));
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn the_shortest_codes_are_sent() {
        let plain = Source::new();
        assert_eq!(switch(plain, plain), "");
        assert_eq!(switch(plain, plain.red()), "\x1b[31m");
        assert_eq!(
            switch(plain, plain.light_red().on_light_blue()),
            "\x1b[91;104m"
        );
        assert_eq!(
            switch(plain, plain.fg(Color::Indexed(200))),
            "\x1b[38;5;200m"
        );
        assert_eq!(
            switch(plain, plain.bg(Color::Rgb(1, 2, 3))),
            "\x1b[48;2;1;2;3m"
        );
        assert_eq!(switch(plain.red().bold(), plain), "\x1b[m");
        assert_eq!(switch(plain.bold(), plain.red()), "\x1b[;31m");
        assert_eq!(switch(plain.bold(), plain.dim()), "\x1b[;2m");
        assert_eq!(switch(plain.bold().red(), plain.red()), "\x1b[22m");
        assert_eq!(
            switch(plain.red().bold().underlined(), plain.red().bold()),
            "\x1b[24m"
        );
        assert_eq!(switch(plain.red().bold(), plain.bold()), "\x1b[39m");
    }

    #[test]
    fn a_blank_is_written_with_any_pen_that_does_not_show() {
        let plain = Source::new();
        let pen = |pen, upcoming| Style::PLAIN.pen_for_blank(style(pen), || style(upcoming));
        assert_eq!(pen(plain.red().bold(), plain), style(plain.red().bold()));
        assert_eq!(pen(plain.reversed(), plain.bold()), style(plain.bold()));
        let kept = plain.red().bold().italic();
        assert_eq!(pen(kept.underlined(), kept.on_blue()), style(kept));
        assert_eq!(pen(plain.reversed(), plain.reversed()), Style::PLAIN);
    }

    #[test]
    fn what_terminals_disagree_on_is_one_style() {
        let plain = Source::new();
        assert_eq!(style(plain.bold().dim()), style(plain.bold()));
        assert_eq!(style(plain.rapid_blink()), style(plain.slow_blink()));
    }
}
