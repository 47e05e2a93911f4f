//! Mouse reports, in the form of today (SGR) and in the one before it.

use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::csi::Params;

/// A report of the form `CSI < buttons ; column ; row M`.
pub(super) fn sgr(params: &Params, released: bool) -> MouseEvent {
    event(params.get(0), released, params.get(1), params.get(2))
}

/// A report of three bytes after `CSI M`, each with 32 added.
pub(super) fn old(bytes: [u8; 3]) -> MouseEvent {
    let [buttons, column, row] = bytes.map(|byte| u16::from(byte.saturating_sub(32)));
    let released = buttons & 0b100_0011 == 3;
    event(buttons, released, column, row)
}

fn event(buttons: u16, released: bool, column: u16, row: u16) -> MouseEvent {
    MouseEvent {
        kind: kind(buttons, released),
        column: column.saturating_sub(1),
        row: row.saturating_sub(1),
        modifiers: modifiers(buttons),
    }
}

fn kind(buttons: u16, released: bool) -> MouseEventKind {
    const MOVED: u16 = 32;
    const WHEEL: u16 = 64;
    let button = match buttons & 3 {
        1 => MouseButton::Middle,
        2 => MouseButton::Right,
        _ => MouseButton::Left,
    };
    match buttons & 3 {
        0 if buttons & WHEEL != 0 => MouseEventKind::ScrollUp,
        1 if buttons & WHEEL != 0 => MouseEventKind::ScrollDown,
        2 if buttons & WHEEL != 0 => MouseEventKind::ScrollLeft,
        3 if buttons & WHEEL != 0 => MouseEventKind::ScrollRight,
        _ if released => MouseEventKind::Up(button),
        3 => MouseEventKind::Moved,
        _ if buttons & MOVED != 0 => MouseEventKind::Drag(button),
        _ => MouseEventKind::Down(button),
    }
}

fn modifiers(buttons: u16) -> KeyModifiers {
    const BITS: [(u16, KeyModifiers); 3] = [
        (4, KeyModifiers::SHIFT),
        (8, KeyModifiers::ALT),
        (16, KeyModifiers::CONTROL),
    ];
    let held = BITS.into_iter().filter(|(bit, _)| buttons & bit != 0);
    held.fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}
