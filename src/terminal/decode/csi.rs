//! Keys that come as control sequences: xterm's, the Linux console's, rxvt's, and kitty's `CSI u`.
//!
//! Owns the tables. A sequence that is in none of them is no key.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventState, KeyModifiers};

use super::keys;

/// The parameters of a sequence, with one sub-parameter each. Missing ones are 0.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Params {
    values: [(u16, u16); Self::MOST],
    count: usize,
}

impl Params {
    const MOST: usize = 5;

    pub(super) fn of(params: &vte::Params) -> Self {
        let mut own = Self::default();
        let pair = |list: &[u16]| {
            let value = |place: usize| list.get(place).copied().unwrap_or(0);
            (value(0), value(1))
        };
        for (slot, value) in own.values.iter_mut().zip(params.iter().map(pair)) {
            *slot = value;
        }
        own.count = params.len();
        own
    }

    /// Whether none was given.
    pub(super) fn is_empty(&self) -> bool {
        self.count <= 1 && self.values[0] == (0, 0)
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn get(&self, place: usize) -> u16 {
        self.values.get(place).map_or(0, |(value, _)| *value)
    }

    fn sub(&self, place: usize) -> u16 {
        self.values.get(place).map_or(0, |(_, sub)| *sub)
    }
}

/// The key of a sequence.
pub(super) fn key(params: &Params, marks: &[u8], action: char) -> Option<KeyEvent> {
    if !marks.is_empty() {
        return None;
    }
    let (code, held) = match action {
        'Z' => (KeyCode::BackTab, params.get(1)),
        'u' => (unicode(params)?, params.get(1)),
        '~' if params.get(0) == 27 => (character(params.get(2))?, params.get(1)),
        '~' => (numbered(params.get(0))?, params.get(1)),
        _ => (lettered(action)?, params.get(1)),
    };
    let mut modifiers = modifiers(held);
    let code = match code {
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        code => code,
    };
    if code == KeyCode::BackTab {
        modifiers |= KeyModifiers::SHIFT;
    }
    let kind = keys::kind(params.sub(1));
    Some(KeyEvent {
        code,
        modifiers,
        kind,
        state: KeyEventState::NONE,
    })
}

/// The modifiers of a parameter, which is one more than their bits.
pub(super) fn modifiers(param: u16) -> KeyModifiers {
    const BITS: [(u16, KeyModifiers); 6] = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ];
    let bits = param.saturating_sub(1);
    let held = BITS.into_iter().filter(|(bit, _)| bits & bit != 0);
    held.fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

/// The key of the byte after `ESC O`.
pub(super) fn single(byte: u8) -> Option<KeyCode> {
    match byte {
        b'M' => Some(KeyCode::Enter),
        b'X' => Some(KeyCode::Char('=')),
        b'j'..=b'y' => Some(KeyCode::Char(char::from(byte - 0x40))),
        b'R' => Some(KeyCode::F(3)),
        _ => lettered(byte.into()),
    }
}

fn lettered(action: char) -> Option<KeyCode> {
    Some(match action {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'E' => KeyCode::KeypadBegin,
        'F' => KeyCode::End,
        'H' => KeyCode::Home,
        'P' => KeyCode::F(1),
        'Q' => KeyCode::F(2),
        'S' => KeyCode::F(4),
        _ => return None,
    })
}

fn numbered(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23..=26 => KeyCode::F((number - 12) as u8),
        28 | 29 => KeyCode::F((number - 13) as u8),
        31..=34 => KeyCode::F((number - 14) as u8),
        _ => return None,
    })
}

/// The key of `CSI u`: the code of the key, or of what it gives with Shift where that is told.
fn unicode(params: &Params) -> Option<KeyCode> {
    let shifted = params.sub(0);
    let with_shift = modifiers(params.get(1)).contains(KeyModifiers::SHIFT);
    character(if with_shift && shifted > 0 {
        shifted
    } else {
        params.get(0)
    })
}

fn character(code: u16) -> Option<KeyCode> {
    Some(match code {
        0 => return None,
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        0xe000..=0xf8ff => return functional(code),
        _ => KeyCode::Char(char::from_u32(code.into()).filter(|c| !c.is_control())?),
    })
}

/// kitty's numbers, in the private use area, for keys that have no character.
fn functional(code: u16) -> Option<KeyCode> {
    const KEYPAD: [KeyCode; 29] = [
        KeyCode::Char('0'),
        KeyCode::Char('1'),
        KeyCode::Char('2'),
        KeyCode::Char('3'),
        KeyCode::Char('4'),
        KeyCode::Char('5'),
        KeyCode::Char('6'),
        KeyCode::Char('7'),
        KeyCode::Char('8'),
        KeyCode::Char('9'),
        KeyCode::Char('.'),
        KeyCode::Char('/'),
        KeyCode::Char('*'),
        KeyCode::Char('-'),
        KeyCode::Char('+'),
        KeyCode::Enter,
        KeyCode::Char('='),
        KeyCode::Char(','),
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Insert,
        KeyCode::Delete,
        KeyCode::KeypadBegin,
    ];
    match code {
        57376..=57398 => Some(KeyCode::F((code - 57376 + 13) as u8)),
        57399..=57427 => KEYPAD.get(usize::from(code - 57399)).copied(),
        _ => None,
    }
}
