//! Colours as the wire keeps them, brought down to what a terminal shows.
//!
//! Owns the mapping from ratatui's colours to an [`Ink`] of 25 bits, and the nearest colour where a
//! palette is smaller. Text never vanishes: where two different colours fall onto the same one, the
//! letters turn black or white. Start at [`inks`].

use ratatui::style::Color;

use crate::terminal::abilities::Colors;

/// A colour in 25 bits: 0 the terminal's own, 1 to 256 the palette, from `1 << 24` on RGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ink(pub(super) u32);

/// An ink taken apart again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shade {
    Own,
    Palette(u8),
    Rgb(u8, u8, u8),
}

impl Ink {
    const OWN: Self = Self(0);

    const fn palette(index: u8) -> Self {
        Self(index as u32 + 1)
    }

    const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self(1 << 24 | (r as u32) << 16 | (g as u32) << 8 | b as u32)
    }

    pub(super) fn shade(self) -> Shade {
        match self.0 {
            0 => Shade::Own,
            index @ 1..=256 => Shade::Palette((index - 1) as u8),
            bits => Shade::Rgb((bits >> 16) as u8, (bits >> 8) as u8, bits as u8),
        }
    }
}

/// The inks of letters and ground on a terminal of so many colours.
pub(super) fn inks(letters: Color, ground: Color, colors: Colors) -> (Ink, Ink) {
    if colors == Colors::Mono {
        return (Ink::OWN, Ink::OWN);
    }
    let (front, back) = (fit(ink(letters), colors), fit(ink(ground), colors));
    if front == back && front != Ink::OWN && ink(letters) != ink(ground) {
        return (contrast(back), back);
    }
    (front, back)
}

fn ink(color: Color) -> Ink {
    let named = match color {
        Color::Reset => return Ink::OWN,
        Color::Rgb(r, g, b) => return Ink::rgb(r, g, b),
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    Ink::palette(named)
}

fn fit(ink: Ink, colors: Colors) -> Ink {
    match (ink.shade(), colors) {
        (Shade::Rgb(r, g, b), Colors::Indexed) => Ink::palette(nearest(r, g, b, 16..=255)),
        (Shade::Rgb(r, g, b), Colors::Sixteen) => Ink::palette(nearest(r, g, b, 0..=15)),
        (Shade::Palette(index @ 16..), Colors::Sixteen) => {
            let (r, g, b) = palette_rgb(index);
            Ink::palette(nearest(r, g, b, 0..=15))
        }
        _ => ink,
    }
}

fn contrast(ground: Ink) -> Ink {
    let (r, g, b) = match ground.shade() {
        Shade::Palette(index) => palette_rgb(index),
        Shade::Rgb(r, g, b) => (r, g, b),
        Shade::Own => return Ink::OWN,
    };
    let light = 2 * u32::from(r) + 5 * u32::from(g) + u32::from(b) > 8 * 128;
    Ink::palette(if light { 0 } else { 15 })
}

fn nearest(r: u8, g: u8, b: u8, among: std::ops::RangeInclusive<u8>) -> u8 {
    let first = *among.start();
    among
        .min_by_key(|&index| distance((r, g, b), palette_rgb(index)))
        .unwrap_or(first)
}

/// Squared distance, weighted by what the eye sees best.
fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let square = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    2 * square(a.0, b.0) + 4 * square(a.1, b.1) + 3 * square(a.2, b.2)
}

/// The colours of xterm's palette; viewers may have changed the first sixteen.
fn palette_rgb(index: u8) -> (u8, u8, u8) {
    const NAMED: [(u8, u8, u8); 16] = [
        (0, 0, 0),
        (205, 0, 0),
        (0, 205, 0),
        (205, 205, 0),
        (0, 0, 238),
        (205, 0, 205),
        (0, 205, 205),
        (229, 229, 229),
        (127, 127, 127),
        (255, 0, 0),
        (0, 255, 0),
        (255, 255, 0),
        (92, 92, 255),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 255),
    ];
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..=15 => NAMED[usize::from(index)],
        16..=231 => {
            let cube = index - 16;
            (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
        232..=255 => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(color: Color, colors: Colors) -> Shade {
        inks(color, Color::Reset, colors).0.shade()
    }

    #[test]
    fn names_and_their_palette_numbers_are_the_same_ink() {
        assert_eq!(letters(Color::Red, Colors::Sixteen), Shade::Palette(1));
        assert_eq!(
            letters(Color::Indexed(1), Colors::Sixteen),
            Shade::Palette(1)
        );
        assert_eq!(letters(Color::White, Colors::True), Shade::Palette(15));
        assert_eq!(letters(Color::Reset, Colors::True), Shade::Own);
    }

    #[test]
    fn colours_come_down_to_the_nearest() {
        let orange = Color::Rgb(255, 135, 0);
        assert_eq!(letters(orange, Colors::True), Shade::Rgb(255, 135, 0));
        assert_eq!(letters(orange, Colors::Indexed), Shade::Palette(208));
        assert_eq!(
            letters(Color::Rgb(250, 5, 5), Colors::Sixteen),
            Shade::Palette(9)
        );
        assert_eq!(
            letters(Color::Indexed(196), Colors::Sixteen),
            Shade::Palette(9)
        );
        assert_eq!(
            letters(Color::Indexed(244), Colors::Sixteen),
            Shade::Palette(8)
        );
        assert_eq!(letters(Color::Red, Colors::Mono), Shade::Own);
    }

    #[test]
    fn letters_never_vanish_into_their_ground() {
        let (front, back) = inks(Color::Rgb(9, 9, 9), Color::Rgb(0, 0, 0), Colors::Sixteen);
        assert_eq!(
            (front.shade(), back.shade()),
            (Shade::Palette(15), Shade::Palette(0))
        );
        let (front, back) = inks(Color::Rgb(250, 250, 250), Color::White, Colors::Sixteen);
        assert_eq!(
            (front.shade(), back.shade()),
            (Shade::Palette(0), Shade::Palette(15))
        );
    }
}
