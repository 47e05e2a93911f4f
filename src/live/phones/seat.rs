//! The seat that a phone holds: a token in a cookie, and what is derived from it.
//!
//! Owns the cookies and the proof in them. The token is signed with the room's code, so a seat
//! stands for somebody who knew the code, and nothing has to be remembered here: after a new
//! start the same cookie is the same seat. A second cookie says only that there is a first. It
//! comes along when somebody follows a link from another page, where browsers hold the first one
//! back, so that nobody is given a second seat by mistake. The proof is looked at before anything
//! dear is done with a token, so made-up ones cost next to nothing.

use hyper::HeaderMap;
use hyper::header::COOKIE;
use sha2::{Digest, Sha256};

use crate::exercise::Token;
use crate::live::code::Code;

const SEAT: &str = "pim_seat";
const HERE: &str = "pim_here";
/// How long a phone keeps its seat, in seconds: a day of workshop.
const KEEP: u32 = 12 * 60 * 60;

/// What a request shows of its seat.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A seat of this room.
    Seat(Token),
    /// A token that was not given out with this room's code.
    Unsigned,
    /// Nothing of a seat, though the phone has one.
    HeldBack,
    /// Nothing.
    Nothing,
}

impl Shown {
    /// What a request shows.
    pub(super) fn of(headers: &HeaderMap, code: &Code) -> Self {
        let Some(value) = cookie(headers, SEAT) else {
            let here = cookie(headers, HERE).is_some();
            return if here { Self::HeldBack } else { Self::Nothing };
        };
        let (token, proof) = value.split_once('.').unwrap_or((value, ""));
        if !same(proof, &proved(token, code)) {
            return Self::Unsigned;
        }
        Token::parse(token).map_or(Self::Nothing, Self::Seat)
    }
}

/// The token of a phone, whoever signed it: a phone keeps its own from room to room.
pub(super) fn token(headers: &HeaderMap) -> Option<Token> {
    let value = cookie(headers, SEAT)?;
    let (token, _) = value.split_once('.').unwrap_or((value, ""));
    Token::parse(token)
}

/// The cookies that give a phone its seat.
pub(super) fn cookies(token: Token, code: &Code, secure: bool) -> [String; 2] {
    let token = token.code();
    let proof = proved(&token, code);
    [
        set(SEAT, &format!("{token}.{proof}"), "Strict", secure),
        set(HERE, "1", "Lax", secure),
    ]
}

/// A cookie that this door alone gets back, for a day of workshop.
pub(super) fn set(name: &str, value: &str, site: &str, secure: bool) -> String {
    lasting(name, value, site, secure, KEEP)
}

/// The end of a cookie.
pub(super) fn end(name: &str, secure: bool) -> String {
    lasting(name, "", "Strict", secure, 0)
}

fn lasting(name: &str, value: &str, site: &str, secure: bool, seconds: u32) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={site}{secure}")
}

/// What every form of a seat carries, so that no page elsewhere can write one for it.
pub(super) fn form_token(token: Token) -> String {
    digest(&["phones form", &token.code()])
}

/// Whether two secrets are the same, found in the same time wherever they differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    let pairs = one.bytes().zip(other.bytes());
    one.len() == other.len() && pairs.fold(0, |found, (a, b)| found | (a ^ b)) == 0
}

fn proved(token: &str, code: &Code) -> String {
    digest(&["phones seat", code.as_str(), token])
}

/// Eighty bits, as text.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let bytes = hash.finalize();
    bytes.iter().take(10).fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

/// A cookie of a request.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter();
    let texts = lines.filter_map(|line| line.to_str().ok());
    let mut pairs = texts.flat_map(|line| line.split(';'));
    pairs.find_map(|pair| {
        let (one, value) = pair.trim().split_once('=')?;
        (one == name).then_some(value)
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use hyper::HeaderMap;
    use hyper::header::{COOKIE, HeaderValue};

    use super::{Shown, cookies, form_token};
    use crate::exercise::Token;
    use crate::live::code::Code;

    fn sent(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_str(cookie).unwrap());
        headers
    }

    #[test]
    fn a_cookie_is_the_same_seat_again_and_of_no_other_room() {
        let (token, code) = (Token::from_random(7), Code::from_random(40));
        let [seat, here] = cookies(token, &code, true);
        for wanted in ["HttpOnly", "SameSite=Strict", "Path=/", "Secure"] {
            assert!(seat.contains(wanted), "{seat}");
        }
        let value = seat.split(';').next().unwrap();
        assert!(Shown::of(&sent(&format!("a=b; {value}; c=d")), &code) == Shown::Seat(token));
        let other = Code::from_random(41);
        assert!(Shown::of(&sent(value), &other) == Shown::Unsigned);
        let here = here.split(';').next().unwrap();
        assert!(!here.contains(&token.code()));
        assert!(Shown::of(&sent(here), &code) == Shown::HeldBack);
        assert!(Shown::of(&HeaderMap::new(), &code) == Shown::Nothing);
        assert!(!cookies(token, &code, false)[0].contains("Secure"));
    }

    #[test]
    fn a_token_that_somebody_made_up_is_no_seat() {
        let code = Code::from_random(40);
        let made_up = Token::from_random(9).code();
        for value in [
            made_up.clone(),
            format!("{made_up}."),
            format!("{made_up}.0000"),
        ] {
            let shown = Shown::of(&sent(&format!("pim_seat={value}")), &code);
            assert!(!matches!(shown, Shown::Seat(_)), "{value}");
        }
        assert_ne!(
            form_token(Token::from_random(1)),
            form_token(Token::from_random(2))
        );
    }
}
