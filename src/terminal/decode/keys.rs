//! What the parser finds, turned into events.
//!
//! Owns the meaning of single characters and controls; sequences are read in `csi`, `mouse` and
//! `report`. DEL and BS are both Backspace, for terminals send either.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use vte::{Params, Perform};

use super::status::Status;
use super::{Decoded, Report, csi, mouse, report};

/// Collects events from the parser.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) out: Vec<Decoded>,
    /// Whether an ESC came before the next character.
    pub(super) alt: bool,
    /// What the sequence that just ended opens.
    pub(super) then: Then,
    pub(super) old_mouse: [u8; 3],
    /// The device control string that is open.
    status: Status,
}

/// What follows a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Then {
    #[default]
    Ground,
    Paste,
    Mouse,
}

impl Keys {
    pub(super) fn press(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        self.key(KeyEvent::new(code, modifiers));
    }

    pub(super) fn press_with_alt(&mut self, byte: u8) {
        self.alt = true;
        self.print(byte.into());
    }

    pub(super) fn paste(&mut self, text: String) {
        self.event(Event::Paste(text));
    }

    pub(super) fn old_mouse_report(&mut self) {
        let event = mouse::old(self.old_mouse);
        self.event(Event::Mouse(event));
    }

    fn key(&mut self, key: KeyEvent) {
        self.event(Event::Key(key));
    }

    fn event(&mut self, event: Event) {
        self.out.push(Decoded::Event(event));
    }

    fn report(&mut self, report: Report) {
        self.out.push(Decoded::Report(report));
    }

    fn alt(&mut self) -> KeyModifiers {
        let alt = std::mem::take(&mut self.alt);
        if alt {
            KeyModifiers::ALT
        } else {
            KeyModifiers::NONE
        }
    }
}

/// The key of a control, as crossterm names it.
fn control(byte: u8) -> Option<(KeyCode, KeyModifiers)> {
    let with_control = |code: u8| (KeyCode::Char(code.into()), KeyModifiers::CONTROL);
    let plain = |code| (code, KeyModifiers::NONE);
    Some(match byte {
        b'\r' => plain(KeyCode::Enter),
        b'\t' => plain(KeyCode::Tab),
        0x08 => plain(KeyCode::Backspace),
        0x00 => with_control(b' '),
        0x01..=0x1a => with_control(byte - 1 + b'a'),
        0x1c..=0x1f => with_control(byte - 0x1c + b'4'),
        _ => return None,
    })
}

impl Perform for Keys {
    fn print(&mut self, c: char) {
        let alt = self.alt();
        match c {
            // What is not UTF-8 is no key.
            char::REPLACEMENT_CHARACTER => {}
            '\x7f' => self.press(KeyCode::Backspace, alt),
            _ if c.is_uppercase() => self.press(KeyCode::Char(c), alt | KeyModifiers::SHIFT),
            _ => self.press(KeyCode::Char(c), alt),
        }
    }

    fn execute(&mut self, byte: u8) {
        let alt = self.alt();
        if let Some((code, modifiers)) = control(byte) {
            self.press(code, modifiers | alt);
        }
    }

    fn csi_dispatch(&mut self, params: &Params, marks: &[u8], ignore: bool, action: char) {
        if ignore {
            return;
        }
        let params = csi::Params::of(params);
        match (marks, action) {
            ([], '~') if params.get(0) == 200 => self.then = Then::Paste,
            ([], 'M') if params.is_empty() => self.then = Then::Mouse,
            ([], 'I') => self.event(Event::FocusGained),
            ([], 'O') => self.event(Event::FocusLost),
            ([b'<'], 'M' | 'm') => {
                let event = mouse::sgr(&params, action == 'm');
                self.event(Event::Mouse(event));
            }
            _ => match report::of(&params, marks, action) {
                Some(report) => self.report(report),
                None => csi::key(&params, marks, action).map_or((), |key| self.key(key)),
            },
        }
    }

    fn osc_dispatch(&mut self, params: &[&[u8]], _bell_terminated: bool) {
        self.report(report::of_text(params));
    }

    fn hook(&mut self, params: &Params, marks: &[u8], _: bool, action: char) {
        self.status = Status::open(csi::Params::of(params).get(0), marks, action);
    }

    fn put(&mut self, byte: u8) {
        self.status.push(byte);
    }

    fn unhook(&mut self) {
        let report = self.status.close();
        self.report(report);
    }
}

/// Whether a key went down, was held or was let go.
pub(super) fn kind(code: u16) -> KeyEventKind {
    match code {
        2 => KeyEventKind::Repeat,
        3 => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    }
}
