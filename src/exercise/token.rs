//! What one seat holds so that it finds its own again after the line dropped.
//!
//! Owns the token, the code by which people carry it from one terminal to the next, and what
//! follows from it: the key of the seat's ballot, the claims on its items, an order of its own.
//! None of them leads to another without the token, so two items of one person are not
//! connected by what is logged of them. Randomness comes from outside. A token never prints
//! itself; [`Token::code`] says it, for its holder's screen alone.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{BallotKey, Claim, Exercise, ExerciseId, ItemId};

/// Letters and digits that are not taken for each other (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code.
const LONG: usize = 8;
/// Bits of a code.
const BITS: u64 = (1 << (5 * LONG)) - 1;
/// How often a code is hashed before anything follows from it. A code is short so that people
/// can type it; this makes trying all of them against a stolen file dear.
const STEPS: usize = 4096;
/// Claims in a row that no item has before a seat has no further ones: erasing leaves gaps.
const GAP: u32 = 8;

/// The secret of one seat, never logged and in no file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token {
    code: u64,
    secret: [u8; 32],
}

impl Token {
    /// A token from a random number, of which 40 bits are used.
    pub fn from_random(random: u64) -> Self {
        Self::of(random & BITS)
    }

    /// The token of a code as it was typed: case, blanks and hyphens do not matter, O is read
    /// as 0, I and L as 1. Nothing where it cannot be a code.
    pub fn parse(typed: &str) -> Option<Self> {
        let kept = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let digits: Vec<u64> = kept.map(digit).collect::<Option<_>>()?;
        let code = digits.iter().fold(0, |code, digit| (code << 5) | digit);
        (digits.len() == LONG).then(|| Self::of(code))
    }

    fn of(code: u64) -> Self {
        let mut secret: [u8; 32] = Sha256::digest(code.to_be_bytes()).into();
        for _ in 1..STEPS {
            secret = Sha256::digest(secret).into();
        }
        Self { code, secret }
    }

    /// The code for its holder: two groups, such as `7KQ4-M2XD`.
    pub fn code(&self) -> String {
        let letter = |place: usize| {
            let at = (self.code >> (5 * (LONG - 1 - place))) & 31;
            LETTERS.get(at as usize).copied().map_or('0', char::from)
        };
        let letters: String = (0..LONG).map(letter).collect();
        let (first, second) = letters.split_at(LONG / 2);
        format!("{first}-{second}")
    }

    /// What the seat's ballots are handed in with.
    pub fn key(&self) -> BallotKey {
        let bytes = self.derived(b"ballot", 0, 0);
        let first = bytes.iter().take(16);
        BallotKey::Seat(first.fold(0, |key, byte| (key << 8) | u128::from(*byte)))
    }

    /// The seat's claim on the item that it names as number `n` in a run, from 0.
    pub fn claim(&self, run: ExerciseId, n: u32) -> Claim {
        Claim(number(&self.derived(b"item", run.0, n)))
    }

    /// A number for the order in which the seat sees the items of a run.
    pub fn order(&self, run: ExerciseId) -> u64 {
        number(&self.derived(b"order", run.0, 0))
    }

    /// The seat's own items of a run with their claims, in the order of naming.
    pub fn own(&self, run: &Exercise) -> Vec<(ItemId, Claim)> {
        self.claimed(run).0
    }

    /// The claim for the next item that the seat names in a run.
    pub fn next_claim(&self, run: &Exercise) -> Claim {
        self.claim(run.id, self.claimed(run).1)
    }

    fn claimed(&self, run: &Exercise) -> (Vec<(ItemId, Claim)>, u32) {
        let (mut own, mut next, mut n) = (Vec::new(), 0, 0);
        while n < next + GAP {
            let claim = self.claim(run.id, n);
            n += 1;
            if let Some(item) = run.items.values().find(|one| one.is_claimed_by(claim)) {
                own.push((item.id, claim));
                next = n;
            }
        }
        (own, next)
    }

    fn derived(&self, what: &[u8], run: u32, n: u32) -> [u8; 32] {
        let hash = Sha256::new()
            .chain_update(self.secret)
            .chain_update(what)
            .chain_update(run.to_be_bytes())
            .chain_update(n.to_be_bytes());
        hash.finalize().into()
    }
}

fn number(bytes: &[u8]) -> u64 {
    let first = bytes.iter().take(8);
    first.fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

fn digit(c: char) -> Option<u64> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = LETTERS.iter().position(|one| char::from(*one) == c)?;
    u64::try_from(at).ok()
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Token;
    use crate::exercise::ExerciseId;

    #[test]
    fn a_code_is_read_as_it_was_said_and_however_it_is_typed() {
        for random in [0, 1, 31, 0x12_3456_789a, u64::MAX] {
            let token = Token::from_random(random);
            let code = token.code();
            assert_eq!(Token::parse(&code), Some(token), "{code}");
            let slack = format!(" {} ", code.to_lowercase().replace('-', " "));
            assert_eq!(Token::parse(&slack), Some(token), "{slack}");
        }
        assert_eq!(Token::parse("OIL0-0000"), Token::parse("0110-0000"));
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        for typed in [
            "",
            "7KQ4",
            "7KQ4-M2XDD",
            "7KQ4-M2X!",
            "7KQ4-M2XU",
            "أبجد-هوزح",
        ] {
            assert_eq!(Token::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn nothing_that_follows_from_a_token_is_the_same_twice() {
        let mut seen = BTreeSet::new();
        for token in (0..4).map(Token::from_random) {
            for run in (1..4).map(ExerciseId) {
                assert!(seen.insert(token.order(run)));
                for n in 0..20 {
                    assert!(seen.insert(token.claim(run, n).0));
                }
            }
        }
    }

    #[test]
    fn a_token_does_not_print_itself() {
        let token = Token::from_random(0x12_3456_789a);
        let printed = format!("{token:?} {:?}", token.key());
        assert!(!printed.contains(&token.code()), "{printed}");
        assert_eq!(printed, "Token(…) Seat(…)");
    }
}
