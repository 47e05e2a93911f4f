//! Copying to the viewer's clipboard through the terminal (OSC 52).
//!
//! Owns one escape sequence. It is kept apart from the wire, whose allow-list it is not on: copying
//! is an effect of its own, asked for by a person and never granted to a participant's seat. Text
//! over the limit is refused whole, for terminals cut or drop what is longer without a word.
//! Start at [`copy`].

/// The longest text that terminals take, in bytes: with framing, 100,000 bytes of base64.
pub const LIMIT: usize = 74_994;

/// The text is longer than terminals take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{length} bytes are too many to copy; terminals take {LIMIT} at most")]
pub struct TooLong {
    /// How long the text was, in bytes.
    pub length: usize,
}

/// The bytes that make a terminal copy `text`.
pub fn copy(text: &str) -> Result<Vec<u8>, TooLong> {
    if text.len() > LIMIT {
        return Err(TooLong { length: text.len() });
    }
    let mut out = b"\x1b]52;c;".to_vec();
    base64(text.as_bytes(), &mut out);
    out.push(0x07);
    Ok(out)
}

fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for group in bytes.chunks(3) {
        let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= group.len() { digit } else { b'=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        let mut out = Vec::new();
        base64(text.as_bytes(), &mut out);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let pairs = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ];
        for (plain, coded) in pairs
            .into_iter()
            .chain([("fooba", "Zm9vYmE="), ("ÿé", "w7/DqQ==")])
        {
            assert_eq!(encoded(plain), coded);
        }
    }

    #[test]
    fn a_copy_is_one_sequence() {
        assert_eq!(copy("hi").as_deref(), Ok(b"\x1b]52;c;aGk=\x07".as_slice()));
    }

    #[test]
    fn text_over_the_limit_is_refused_whole() {
        assert_eq!(
            copy(&"a".repeat(LIMIT)).map(|bytes| bytes.len()),
            Ok(100_000)
        );
        assert_eq!(
            copy(&"a".repeat(LIMIT + 1)),
            Err(TooLong { length: LIMIT + 1 })
        );
    }
}
