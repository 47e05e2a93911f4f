//! The cheapest way for the cursor to get from one cell to another.
//!
//! Owns cursor moves and their prices: relative, absolute, carriage return, line feed, backspace,
//! and, where the terminal is known to have its stops eight columns apart ([`STOPS`]), tabs.
//! After a write into the last column, or of a glyph that terminals measure differently, the column
//! is unknown, and only a way that does not rest on it is taken. Line feeds never scroll, for no
//! way leads below the last row and margins are never left set. Start at [`Route::best`].

use super::csi;

/// Where the terminal's cursor is, as far as we can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cursor {
    /// Unknown only until the first absolute move.
    pub(super) row: Option<usize>,
    /// Unknown where the terminal may disagree.
    pub(super) column: Option<usize>,
}

impl Cursor {
    pub(super) const HOME: Self = Self::at(0, 0);

    pub(super) const fn at(row: usize, column: usize) -> Self {
        Self {
            row: Some(row),
            column: Some(column),
        }
    }
}

/// Columns from one tab stop to the next.
pub(super) const STOPS: usize = 8;

/// A priced way to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Route {
    to: (usize, usize),
    /// Absolute where there is none.
    steps: Option<(Across, Along)>,
    /// How many bytes it takes.
    pub(super) cost: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Across {
    Stay,
    Return,
    Backspace(usize),
    Left(usize),
    Right(usize),
    /// Over so many tab stops, and then to the right; from the left edge where so said.
    Tabs {
        returns: bool,
        stops: usize,
        right: usize,
    },
    Column(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Along {
    Stay,
    Feed(usize),
    Down(usize),
    Up(usize),
    Row(usize),
}

impl Route {
    /// The cheapest way.
    pub(super) fn best(from: Cursor, row: usize, column: usize, tabs: bool) -> Self {
        let absolute = Self {
            to: (row, column),
            steps: None,
            cost: csi::pair_len(row + 1, column + 1),
        };
        let Some(start) = from.row else {
            return absolute;
        };
        let (across, along) = (
            Across::best(from.column, column, tabs),
            Along::best(start, row),
        );
        let cost = across.cost() + along.cost();
        let steps = Some((across, along));
        let relative = Self {
            steps,
            cost,
            ..absolute
        };
        if cost <= absolute.cost {
            relative
        } else {
            absolute
        }
    }

    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self.steps {
            // Across first: a pending wrap ends with the carriage return, before the line feed.
            Some((across, along)) => {
                across.write(out);
                along.write(out);
            }
            None => csi::pair(self.to.0 + 1, self.to.1 + 1, b'H', out),
        }
    }
}

impl Across {
    fn best(from: Option<usize>, to: usize, tabs: bool) -> Self {
        let cheaper = |a: Self, b: Self| if b.cost() < a.cost() { b } else { a };
        let or_tabs = |way: Self, from: Option<usize>| {
            if tabs {
                cheaper(way, Self::tabs(from, to))
            } else {
                way
            }
        };
        let fixed = if to == 0 {
            Self::Return
        } else {
            or_tabs(Self::Column(to), None)
        };
        let Some(from) = from else {
            return fixed;
        };
        let ways = match to.cmp(&from) {
            std::cmp::Ordering::Equal => [Self::Stay; 2],
            std::cmp::Ordering::Less => [Self::Backspace(from - to), Self::Left(from - to)],
            std::cmp::Ordering::Greater => [or_tabs(Self::Right(to - from), Some(from)); 2],
        };
        cheaper(cheaper(ways[0], ways[1]), fixed)
    }

    /// By tabs to a column, from one before it or from the left edge.
    fn tabs(from: Option<usize>, to: usize) -> Self {
        let stops = to / STOPS - from.unwrap_or_default() / STOPS;
        let right = if stops == 0 {
            to - from.unwrap_or_default()
        } else {
            to % STOPS
        };
        Self::Tabs {
            returns: from.is_none(),
            stops,
            right,
        }
    }

    fn cost(self) -> usize {
        match self {
            Self::Stay => 0,
            Self::Return => 1,
            Self::Backspace(n) => n,
            Self::Left(n) | Self::Right(n) => csi::count_len(n),
            Self::Tabs {
                returns,
                stops,
                right,
            } => {
                let right = if right == 0 { 0 } else { csi::count_len(right) };
                usize::from(returns) + stops + right
            }
            Self::Column(column) => csi::count_len(column + 1),
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Stay => {}
            Self::Return => out.push(b'\r'),
            Self::Backspace(n) => out.extend(std::iter::repeat_n(0x08, n)),
            Self::Left(n) => csi::count(n, b'D', out),
            Self::Right(n) => csi::count(n, b'C', out),
            Self::Tabs {
                returns,
                stops,
                right,
            } => {
                out.extend(returns.then_some(b'\r'));
                out.extend(std::iter::repeat_n(b'\t', stops));
                if right > 0 {
                    csi::count(right, b'C', out);
                }
            }
            Self::Column(column) => csi::count(column + 1, b'G', out),
        }
    }
}

impl Along {
    fn best(from: usize, to: usize) -> Self {
        let ways = match to.cmp(&from) {
            std::cmp::Ordering::Equal => return Self::Stay,
            std::cmp::Ordering::Less => [Self::Up(from - to), Self::Row(to)],
            std::cmp::Ordering::Greater if to - from <= 3 => return Self::Feed(to - from),
            std::cmp::Ordering::Greater => [Self::Down(to - from), Self::Row(to)],
        };
        if ways[1].cost() < ways[0].cost() {
            ways[1]
        } else {
            ways[0]
        }
    }

    fn cost(self) -> usize {
        match self {
            Self::Stay => 0,
            Self::Feed(n) => n,
            Self::Down(n) | Self::Up(n) => csi::count_len(n),
            Self::Row(row) => csi::count_len(row + 1),
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Stay => {}
            Self::Feed(n) => out.extend(std::iter::repeat_n(b'\n', n)),
            Self::Down(n) => csi::count(n, b'B', out),
            Self::Up(n) => csi::count(n, b'A', out),
            Self::Row(row) => csi::count(row + 1, b'd', out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: Cursor, row: usize, column: usize) -> String {
        way_by(from, row, column, true)
    }

    fn way_by(from: Cursor, row: usize, column: usize, tabs: bool) -> String {
        let mut out = Vec::new();
        let route = Route::best(from, row, column, tabs);
        route.write(&mut out);
        assert_eq!(out.len(), route.cost);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn the_cheapest_way_is_taken() {
        let from = Cursor::at(5, 20);
        assert_eq!(way(from, 5, 20), "");
        assert_eq!(way(from, 5, 18), "\x08\x08");
        assert_eq!(way(from, 5, 21), "\x1b[C");
        assert_eq!(way(from, 5, 24), "\t");
        assert_eq!(way(from, 5, 40), "\t\t\t");
        assert_eq!(way(from, 5, 41), "\x1b[21C");
        assert_eq!(way(from, 5, 9), "\x1b[11D");
        assert_eq!(way(from, 5, 8), "\r\t");
        assert_eq!(way_by(from, 5, 8, false), "\x1b[9G");
        assert_eq!(way_by(from, 5, 40, false), "\x1b[20C");
        assert_eq!(way(from, 6, 0), "\r\n");
        assert_eq!(way(from, 8, 0), "\r\n\n\n");
        assert_eq!(way(from, 6, 18), "\x08\x08\n");
        assert_eq!(way(from, 4, 20), "\x1b[A");
        assert_eq!(way(from, 0, 0), "\x1b[H");
        assert_eq!(way(Cursor::at(20, 7), 8, 7), "\x1b[9d");
        assert_eq!(way(from, 20, 70), "\x1b[21;71H");
    }

    #[test]
    fn a_way_never_rests_on_a_column_that_is_unknown() {
        let row_only = Cursor {
            row: Some(5),
            column: None,
        };
        assert_eq!(way(row_only, 6, 0), "\r\n");
        assert_eq!(way(row_only, 5, 30), "\x1b[31G");
        assert_eq!(way(row_only, 6, 30), "\x1b[31G\n");
        assert_eq!(way(row_only, 6, 16), "\r\t\t\n");
        assert_eq!(way(Cursor::default(), 6, 0), "\x1b[7H");
    }
}
