//! The number on a paper slip.
//!
//! Owns how a slip's number is made and read. The facilitator pencils it on the slip when
//! typing it in, and can withdraw the slip by it until the reveal. The last digit checks
//! the others, so that one mistyped or two swapped digits never withdraw somebody else's
//! slip. Randomness comes from outside.

use std::fmt;

/// Four random digits and a digit that checks them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slip(u16);

/// How many different slips there are.
const SLIPS: u64 = 10_000;

/// Damm's table: it finds every single mistake and every swap of neighbours.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn check(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |row, digit| {
        DAMM[usize::from(row)][usize::from(digit % 10)]
    })
}

impl Slip {
    /// A slip from a random number.
    pub fn from_random(random: u64) -> Self {
        // Below ten thousand, so it fits.
        Self((random % SLIPS) as u16)
    }

    /// Reads the number on a slip; nothing when it cannot be right.
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: Vec<u8> = typed
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_digit(10).map(|digit| digit as u8))
            .collect::<Option<_>>()?;
        let right = digits.len() == 5 && check(digits.iter().copied()) == 0;
        right.then(|| {
            let number = digits.iter().take(4).map(|&digit| u16::from(digit));
            Self(number.fold(0, |sum, digit| sum * 10 + digit))
        })
    }

    fn digits(self) -> [u8; 4] {
        let digit = |place: u16| (self.0 / place % 10) as u8;
        [digit(1000), digit(100), digit(10), digit(1)]
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}{}", self.0, check(self.digits().into_iter()))
    }
}

impl fmt::Debug for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slip(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Slip;

    #[test]
    fn a_slip_is_read_as_it_was_written() {
        for random in 0..10_000 {
            let slip = Slip::from_random(random);
            assert_eq!(Slip::parse(&slip.to_string()), Some(slip));
        }
    }

    #[test]
    fn one_wrong_digit_or_two_swapped_ones_find_no_slip() {
        for random in (0..10_000).step_by(37) {
            let right = Slip::from_random(random).to_string();
            let chars: Vec<char> = right.chars().collect();
            for (place, _) in chars.iter().enumerate() {
                let mut wrong = chars.clone();
                let digit = wrong[place].to_digit(10).unwrap_or_default();
                wrong[place] = char::from_digit((digit + 1) % 10, 10).unwrap_or('x');
                assert_eq!(Slip::parse(&wrong.iter().collect::<String>()), None);
                let mut swapped = chars.clone();
                swapped.swap(place, (place + 1).min(4));
                if swapped != chars {
                    assert_eq!(Slip::parse(&swapped.iter().collect::<String>()), None);
                }
            }
        }
    }

    #[test]
    fn blanks_in_a_typed_number_do_not_matter_and_words_are_no_number() {
        let slip = Slip::from_random(1234);
        assert_eq!(Slip::parse(&format!(" {slip} ")), Some(slip));
        assert_eq!(Slip::parse("slip"), None);
        assert_eq!(Slip::parse(""), None);
    }
}
