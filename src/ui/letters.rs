//! Large letters, for what is read from the back of a room.
//!
//! Owns their shapes: five rows of five cells, capitals, digits and the hyphen. A text that does
//! not fit, or has other letters, is written in ordinary ones.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::draw::Paint;
use super::theme::Role;

/// Rows of a letter.
const TALL: u16 = 5;
/// Cells of a letter and of the gap after it.
const WIDE: usize = 6;

/// Five rows of five bits each, the top left one first.
const fn shape(letter: char) -> Option<u32> {
    Some(match letter {
        'A' => 0b01110_10001_11111_10001_10001,
        'B' => 0b11110_10001_11110_10001_11110,
        'C' => 0b01111_10000_10000_10000_01111,
        'D' => 0b11110_10001_10001_10001_11110,
        'E' => 0b11111_10000_11110_10000_11111,
        'F' => 0b11111_10000_11110_10000_10000,
        'G' => 0b01111_10000_10011_10001_01111,
        'H' => 0b10001_10001_11111_10001_10001,
        'I' => 0b01110_00100_00100_00100_01110,
        'J' => 0b00111_00010_00010_10010_01100,
        'K' => 0b10001_10010_11100_10010_10001,
        'L' => 0b10000_10000_10000_10000_11111,
        'M' => 0b10001_11011_10101_10001_10001,
        'N' => 0b10001_11001_10101_10011_10001,
        'O' => 0b01110_10001_10001_10001_01110,
        'P' => 0b11110_10001_11110_10000_10000,
        'Q' => 0b01110_10001_10101_10010_01101,
        'R' => 0b11110_10001_11110_10010_10001,
        'S' => 0b01111_10000_01110_00001_11110,
        'T' => 0b11111_00100_00100_00100_00100,
        'U' => 0b10001_10001_10001_10001_01110,
        'V' => 0b10001_10001_10001_01010_00100,
        'W' => 0b10001_10001_10101_11011_10001,
        'X' => 0b10001_01010_00100_01010_10001,
        'Y' => 0b10001_01010_00100_00100_00100,
        'Z' => 0b11111_00010_00100_01000_11111,
        '0' => 0b01110_10011_10101_11001_01110,
        '1' => 0b00100_01100_00100_00100_01110,
        '2' => 0b11110_00001_01110_10000_11111,
        '3' => 0b11110_00001_01110_00001_11110,
        '4' => 0b10010_10010_11111_00010_00010,
        '5' => 0b11111_10000_11110_00001_11110,
        '6' => 0b01110_10000_11110_10001_01110,
        '7' => 0b11111_00010_00100_01000_01000,
        '8' => 0b01110_10001_01110_10001_01110,
        '9' => 0b01110_10001_01111_00001_01110,
        '-' => 0b00000_00000_01110_00000_00000,
        _ => return None,
    })
}

/// Writes a text in large letters; gives back how many rows it took.
pub(super) fn big(paint: &mut Paint<'_>, text: &str, ascii: bool, area: Rect) -> u16 {
    let shapes: Option<Vec<u32>> = text.to_uppercase().chars().map(shape).collect();
    let fits = |shapes: &Vec<u32>| {
        shapes.len() * WIDE <= usize::from(area.width) + 1 && area.height > TALL + 10
    };
    let Some(shapes) = shapes.filter(fits) else {
        paint.text(area.x, area.y, area.width, text, Role::Title);
        return 1;
    };
    let sign = if ascii { "#" } else { "\u{2588}" };
    for row in 0..TALL {
        let line = shapes.iter().map(|shape| cells(*shape, row, sign));
        let line = line.collect::<Vec<_>>().join(" ");
        paint.text(
            area.x,
            area.y + row,
            line.width() as u16,
            &line,
            Role::Title,
        );
    }
    TALL
}

/// One row of a letter.
fn cells(shape: u32, row: u16, sign: &str) -> String {
    let bits = (shape >> (5 * (TALL - 1 - row))) & 31;
    let cell = |at: u32| if bits >> (4 - at) & 1 == 1 { sign } else { " " };
    (0..5).map(cell).collect()
}
