//! What is pasted, up to its end, which may be cut anywhere and may never come.
//!
//! Owns the bytes of one paste and the limit on them. What lies beyond the limit is dropped up to
//! the end of the paste, so that it never turns into keys.

/// The most bytes that are kept of one paste.
pub const PASTE_LIMIT: usize = 64 * 1024;

pub(super) const END: &[u8] = b"\x1b[201~";

/// A paste under way.
#[derive(Debug, Default)]
pub(super) struct Paste {
    bytes: Vec<u8>,
    /// How much of its end has come.
    matched: usize,
}

impl Paste {
    /// Takes a byte; tells whether it was the last.
    pub(super) fn push(&mut self, byte: u8) -> bool {
        if byte == END[self.matched] {
            self.matched += 1;
            return self.matched == END.len();
        }
        self.keep(&END[..self.matched]);
        self.matched = usize::from(byte == END[0]);
        if self.matched == 0 {
            self.keep(&[byte]);
        }
        false
    }

    pub(super) fn ends_with_escape(&self) -> bool {
        self.matched == 1
    }

    /// The text, without a letter that the limit cut in half.
    pub(super) fn finish(&mut self) -> String {
        let mut bytes = std::mem::take(&mut self.bytes);
        self.matched = 0;
        if bytes.len() == PASTE_LIMIT
            && let Err(cut) = std::str::from_utf8(&bytes)
            && cut.error_len().is_none()
        {
            bytes.truncate(cut.valid_up_to());
        }
        String::from_utf8(bytes)
            .unwrap_or_else(|invalid| String::from_utf8_lossy(invalid.as_bytes()).into_owned())
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = PASTE_LIMIT - self.bytes.len();
        self.bytes
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
    }
}
