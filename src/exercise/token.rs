//! What a participant's seat holds, so that its ballot and its items stay its own.
//!
//! Owns the secret of one seat: what it is made from, how it is read aloud and typed, and what
//! follows from it. Whoever holds it can change the seat's ballot until the reveal, and nothing
//! connects two items of one seat without it. Prints itself nowhere but in [`Token::code`].
//! Randomness comes from outside.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{BallotKey, Claim, ExerciseId};

/// Sixty random bits: too many for whoever has the file afterwards to try them all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(u64);

const BITS: u32 = 60;
/// Crockford's digits: none of them is taken for another when read aloud.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Token {
    /// A token from a random number.
    pub const fn from_random(random: u64) -> Self {
        Self(random & ((1 << BITS) - 1))
    }

    /// The code by which somebody comes back: twelve digits and letters, such as `7KQ4-M2XD-9TRP`.
    pub fn code(self) -> String {
        let digit = |place: u32| {
            let at = (self.0 >> (5 * place)) & 31;
            DIGITS.get(at as usize).copied().map_or('0', char::from)
        };
        let digits = (0..12).rev().map(digit);
        let mut code: String = digits.collect();
        code.insert(8, '-');
        code.insert(4, '-');
        code
    }

    /// Reads a code as people type it: small letters, blanks and `O` for zero are forgiven.
    pub fn parse(typed: &str) -> Option<Self> {
        let said = typed.chars().filter(|c| c.is_alphanumeric());
        let digits: Vec<u64> = said.map(digit).collect::<Option<_>>()?;
        (digits.len() == 12).then(|| Self(digits.iter().fold(0, |sum, digit| sum << 5 | digit)))
    }

    /// What lets the seat change its ballot.
    pub fn key(self) -> BallotKey {
        let [a, b] = self.derived("ballot", ExerciseId(0), 0);
        BallotKey::Seat(u128::from(a) << 64 | u128::from(b))
    }

    /// What shows that the seat named its `n`th item of a run, counted from 0.
    pub fn claim(self, run: ExerciseId, n: u16) -> Claim {
        Claim(self.derived("item", run, n)[0])
    }

    /// A number that puts the items of a run in another order for each seat.
    pub fn order(self, run: ExerciseId) -> u64 {
        self.derived("order", run, 0)[0]
    }

    fn derived(self, what: &str, run: ExerciseId, n: u16) -> [u64; 2] {
        let mut hash = Sha256::new();
        hash.update(what.as_bytes());
        hash.update(self.0.to_be_bytes());
        hash.update(run.0.to_be_bytes());
        hash.update(n.to_be_bytes());
        let hash = hash.finalize();
        let part = |from: usize| {
            let bytes = hash.iter().skip(from).take(8);
            bytes.fold(0, |sum, byte| sum << 8 | u64::from(*byte))
        };
        [part(0), part(8)]
    }
}

fn digit(typed: char) -> Option<u64> {
    let meant = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = DIGITS
        .iter()
        .position(|digit| char::from(*digit) == meant)?;
    u64::try_from(at).ok()
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;
    use crate::exercise::ExerciseId;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for random in [0, 1, u64::MAX, 0x12_3456_789A] {
            let token = Token::from_random(random);
            let code = token.code();
            assert_eq!(code.len(), 14);
            assert_eq!(Token::parse(&code), Some(token));
            assert_eq!(
                Token::parse(&code.to_lowercase().replace('-', " ")),
                Some(token)
            );
            assert_eq!(
                Token::parse(&code.replace('0', "o").replace('1', "l")),
                Some(token)
            );
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in [
            "",
            "7KQ4",
            "7KQ4-M2XD-9TR",
            "7KQ4-M2XD-9TRU",
            "ÅÅÅÅ-ÅÅÅÅ-ÅÅÅÅ",
        ] {
            assert_eq!(Token::parse(typed), None);
        }
    }

    #[test]
    fn nothing_that_follows_from_a_token_is_the_same_twice() {
        let (one, two) = (Token::from_random(7), Token::from_random(8));
        let run = ExerciseId(1);
        assert_ne!(one.key(), two.key());
        assert_ne!(one.claim(run, 0), one.claim(run, 1));
        assert_ne!(one.claim(run, 0), one.claim(ExerciseId(2), 0));
        assert_ne!(one.claim(run, 0), two.claim(run, 0));
        assert_eq!(format!("{one:?}"), "Token(…)");
    }
}
