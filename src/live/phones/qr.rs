//! An address as a picture that phones read.
//!
//! Owns how the picture is drawn in a terminal: two rows of it in one row of cells, with the
//! quiet margin that cameras need. It is of the address in capitals, which the code holds in less
//! room: neither a scheme, nor a host, nor a room's code is another for it. What is ink and what is paper is told by the theme: draw it in
//! black on white, or take [`Qr::inverted`] where the ground is dark and stays so.

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of empty margin on each side.
const MARGIN: i32 = 4;

/// A picture of an address.
pub struct Qr(QrCode);

impl Qr {
    /// The picture of an address of the door: a host and a code; none of one that is too long for
    /// any.
    pub fn of(address: &str) -> Option<Self> {
        let address = address.to_ascii_uppercase();
        QrCode::encode_text(&address, QrCodeEcc::Low).ok().map(Self)
    }

    /// The picture, for dark ink on a light ground.
    pub fn lines(&self) -> Vec<String> {
        self.drawn(true)
    }

    /// The picture, for light ink on a dark ground.
    pub fn inverted(&self) -> Vec<String> {
        self.drawn(false)
    }

    fn drawn(&self, ink: bool) -> Vec<String> {
        let from = -MARGIN;
        let to = self.0.size() + MARGIN;
        let rows = (from..to).step_by(2);
        let cell = |x, y| {
            let inked = |y| self.0.get_module(x, y) == ink && (ink || y < to);
            match (inked(y), inked(y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            }
        };
        rows.map(|y| (from..to).map(|x| cell(x, y)).collect())
            .collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::{MARGIN, Qr};

    const LONGEST: &str = "http://192.168.143.101:48080/cinnamon-42";

    /// Reads the cells back into modules, as a camera would see them.
    fn modules(lines: &[String], ink: bool) -> Vec<Vec<bool>> {
        let mut rows = Vec::new();
        for line in lines {
            let upper = line.chars().map(|c| matches!(c, '█' | '▀') == ink);
            let lower = line.chars().map(|c| matches!(c, '█' | '▄') == ink);
            rows.push(upper.collect());
            rows.push(lower.collect());
        }
        rows
    }

    #[test]
    fn the_cells_are_the_modules_of_the_code_with_a_margin() {
        let qr = Qr::of(LONGEST).unwrap();
        let size = qr.0.size();
        for (lines, ink) in [(qr.lines(), true), (qr.inverted(), false)] {
            let rows = modules(&lines, ink);
            for y in -MARGIN..size + MARGIN {
                for x in -MARGIN..size + MARGIN {
                    let at = |n: i32| usize::try_from(n + MARGIN).unwrap();
                    assert_eq!(rows[at(y)][at(x)], qr.0.get_module(x, y), "{x} {y} {ink}");
                }
            }
        }
    }

    #[test]
    fn the_longest_address_of_a_room_fits_beside_text_on_a_small_screen() {
        let lines = Qr::of(LONGEST).unwrap().lines();
        assert!(lines.len() <= 17, "{}", lines.len());
        assert!(lines.iter().all(|line| line.chars().count() <= 33));
    }

    #[test]
    fn what_no_code_can_hold_is_none() {
        assert!(Qr::of(&"x".repeat(5_000)).is_none());
    }
}
