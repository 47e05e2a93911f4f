//! From bytes, cut anywhere, to the events of keys, mouse, paste and focus.
//!
//! Owns one terminal's half-finished input; local and remote bytes go through the same code. `vte`
//! parses control sequences and UTF-8; what comes before it, here, is what a parser made for output
//! cannot know: that an ESC may be a key, that `ESC ]` may be Alt and a bracket, that what is
//! pasted is never a command. Promises: every cut of the same bytes gives the same events; answers
//! of the terminal are [`Report`]s and never keys; nothing panics, and memory stays bounded.
//!
//! An ESC alone is told from a sequence by time only, and time is the caller's: while
//! [`Decoder::pending_escape`], wait [`ESCAPE_TIMEOUT`] for more and then [`Decoder::flush`].
//!
//! Start at [`Decoder::feed`].

mod csi;
mod keys;
mod mouse;
mod paste;
mod report;
mod status;

use std::time::Duration;

use ratatui::crossterm::event::{Event, KeyCode, KeyModifiers};
use vte::Parser;

use self::keys::{Keys, Then};
use self::paste::Paste;

pub use self::paste::PASTE_LIMIT;
pub use self::report::Report;
pub use self::status::Ground;

/// How long an ESC waits for what would make it a sequence.
pub const ESCAPE_TIMEOUT: Duration = Duration::from_millis(50);

/// What bytes turned out to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// Something a person did.
    Event(Event),
    /// An answer of the terminal.
    Report(Report),
}

/// One terminal's input, as far as it has come.
#[derive(Default)]
pub struct Decoder {
    parser: Parser,
    keys: Keys,
    stage: Stage,
    paste: Paste,
}

/// What the next byte continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    #[default]
    Ground,
    /// After `ESC`.
    Escape,
    /// After `ESC` and a byte that opens a sequence, but is also a key with Alt.
    Opened(u8),
    /// After `ESC [` and more.
    Sequence,
    /// After `ESC O`, and perhaps a digit for modifiers.
    Single(u16),
    /// After `ESC [ [`, with which the Linux console begins its first function keys.
    Console,
    /// In a string such as a reply about colours; with what opened it.
    Text(u8),
    /// In a string, after an `ESC` that should end it.
    TextEscape,
    /// In a paste.
    Paste,
    /// After a paste that was given up at an ESC: the rest of its end may still come.
    AfterPaste(usize),
    /// In an old mouse report, with so many raw bytes to come.
    Mouse(usize),
}

const ESC: u8 = 0x1b;

impl std::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoder")
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}

impl Decoder {
    /// Takes bytes in, and appends what they came to mean.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Decoded>) {
        std::mem::swap(&mut self.keys.out, out);
        for &byte in bytes {
            self.stage = self.byte(byte);
        }
        std::mem::swap(&mut self.keys.out, out);
    }

    /// Whether an ESC waits that time would make a key.
    pub fn pending_escape(&self) -> bool {
        match self.stage {
            Stage::Escape | Stage::Opened(_) | Stage::Single(_) | Stage::Console => true,
            Stage::Paste => self.paste.ends_with_escape(),
            _ => false,
        }
    }

    /// Whether what waits is more likely the beginning of an answer than a key, where an answer is
    /// awaited: `Alt` and a bracket, or `Alt` and `P`, are keys that nobody needs.
    pub fn may_be_answer(&self) -> bool {
        matches!(self.stage, Stage::Opened(_))
    }

    /// Takes a pending ESC for a key, as nothing followed it.
    pub fn flush(&mut self, out: &mut Vec<Decoded>) {
        if !self.pending_escape() {
            return;
        }
        std::mem::swap(&mut self.keys.out, out);
        self.stage = self.give_up();
        std::mem::swap(&mut self.keys.out, out);
    }

    fn give_up(&mut self) -> Stage {
        match self.stage {
            Stage::Escape => self.keys.press(KeyCode::Esc, KeyModifiers::NONE),
            Stage::Opened(byte) => self.keys.press_with_alt(byte),
            Stage::Single(modifiers) => self.unfinished_single(modifiers),
            Stage::Console => self.unfinished_console(),
            Stage::Paste => {
                self.keys.paste(self.paste.finish());
                return Stage::AfterPaste(0);
            }
            _ => {}
        }
        self.restart();
        Stage::Ground
    }

    fn byte(&mut self, byte: u8) -> Stage {
        match self.stage {
            Stage::Ground => self.ground(byte),
            Stage::Escape => self.escape(byte),
            Stage::Opened(b'[') if byte == b'[' => Stage::Console,
            Stage::Opened(b'[') | Stage::Sequence => self.sequence(byte),
            Stage::Opened(opener) | Stage::Text(opener) => self.text(opener, byte),
            Stage::TextEscape => self.text_escape(byte),
            Stage::Single(modifiers) => self.single(modifiers, byte),
            Stage::Console => self.console(byte),
            Stage::Paste => self.pasted(byte),
            Stage::AfterPaste(matched) => self.after_paste(matched, byte),
            Stage::Mouse(left) => self.mouse(left, byte),
        }
    }

    fn ground(&mut self, byte: u8) -> Stage {
        self.parse(byte);
        if byte == ESC {
            Stage::Escape
        } else {
            Stage::Ground
        }
    }

    /// The parser is made for output, where an ESC cannot be Alt: it would lose letters beyond
    /// ASCII, and take those from space to `/` for parts of a sequence.
    fn escape(&mut self, byte: u8) -> Stage {
        match byte {
            ESC => {
                self.keys.press(KeyCode::Esc, KeyModifiers::NONE);
                Stage::Escape
            }
            b'[' | b']' | b'P' | b'X' | b'^' | b'_' => {
                self.parse(byte);
                Stage::Opened(byte)
            }
            b'O' => {
                self.restart();
                Stage::Single(1)
            }
            _ => {
                self.restart();
                self.keys.alt = true;
                self.ground(byte)
            }
        }
    }

    fn sequence(&mut self, byte: u8) -> Stage {
        const CANCEL: u8 = 0x18;
        const SUBSTITUTE: u8 = 0x1a;
        self.parse(byte);
        match byte {
            ESC => Stage::Escape,
            CANCEL | SUBSTITUTE => Stage::Ground,
            0x40..=0x7e => match std::mem::take(&mut self.keys.then) {
                Then::Ground => Stage::Ground,
                Then::Paste => Stage::Paste,
                Then::Mouse => Stage::Mouse(3),
            },
            _ => Stage::Sequence,
        }
    }

    fn text(&mut self, opener: u8, byte: u8) -> Stage {
        const BELL: u8 = 0x07;
        match byte {
            ESC => {
                self.parse(byte);
                Stage::TextEscape
            }
            BELL if opener == b']' => {
                self.parse(byte);
                self.restart();
                Stage::Ground
            }
            // Not the parser's business: 0x9c would end some strings for it and not for us.
            0x80.. | 0x18 | 0x1a => Stage::Text(opener),
            _ => {
                self.parse(byte);
                Stage::Text(opener)
            }
        }
    }

    fn text_escape(&mut self, byte: u8) -> Stage {
        match byte {
            b'\\' => {
                self.restart();
                Stage::Ground
            }
            ESC => Stage::Escape,
            _ => self.escape(byte),
        }
    }

    fn single(&mut self, modifiers: u16, byte: u8) -> Stage {
        match csi::single(byte) {
            Some(code) => self.keys.press(code, csi::modifiers(modifiers)),
            None if modifiers == 1 && matches!(byte, b'2'..=b'9') => {
                return Stage::Single(u16::from(byte - b'0'));
            }
            None => {
                self.unfinished_single(modifiers);
                return self.ground(byte);
            }
        }
        Stage::Ground
    }

    fn console(&mut self, byte: u8) -> Stage {
        self.restart();
        if matches!(byte, b'A'..=b'E') {
            let key = KeyCode::F(byte - b'A' + 1);
            self.keys.press(key, KeyModifiers::NONE);
            return Stage::Ground;
        }
        self.unfinished_console();
        self.ground(byte)
    }

    fn pasted(&mut self, byte: u8) -> Stage {
        if self.paste.push(byte) {
            self.keys.paste(self.paste.finish());
            return Stage::Ground;
        }
        Stage::Paste
    }

    fn after_paste(&mut self, matched: usize, byte: u8) -> Stage {
        let rest = &paste::END[1..];
        if byte == rest[matched] {
            let whole = matched + 1 == rest.len();
            return if whole {
                Stage::Ground
            } else {
                Stage::AfterPaste(matched + 1)
            };
        }
        for &kept in &rest[..matched] {
            self.ground(kept);
        }
        self.ground(byte)
    }

    fn mouse(&mut self, left: usize, byte: u8) -> Stage {
        self.keys.old_mouse[3 - left] = byte;
        if left > 1 {
            return Stage::Mouse(left - 1);
        }
        self.keys.old_mouse_report();
        Stage::Ground
    }

    fn unfinished_single(&mut self, modifiers: u16) {
        self.keys.press_with_alt(b'O');
        if let Some(digit) = char::from_digit(modifiers.into(), 10).filter(|_| modifiers != 1) {
            self.keys.press(KeyCode::Char(digit), KeyModifiers::NONE);
        }
    }

    fn unfinished_console(&mut self) {
        self.keys.press_with_alt(b'[');
        self.keys.press(KeyCode::Char('['), KeyModifiers::NONE);
    }

    fn parse(&mut self, byte: u8) {
        self.parser.advance(&mut self.keys, &[byte]);
    }

    fn restart(&mut self) {
        self.parser = Parser::new();
    }
}
