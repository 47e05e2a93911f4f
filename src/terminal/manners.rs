//! What a terminal is told when it is taken over, and when it is given back.
//!
//! Owns the bytes that stand before the first frame and after the last one, for the local
//! terminal and for a seat far away. A terminal that does not know a mode ignores it.

/// Takes a terminal over: alternate screen, bracketed paste.
pub const ENTER: &[u8] = b"\x1b[?1049;2004h";
/// The same with the mouse: clicks and their SGR form.
pub const ENTER_WITH_MOUSE: &[u8] = b"\x1b[?1049;2004;1000;1006h";
/// Asks for mouse events.
pub const MOUSE: &[u8] = b"\x1b[?1000;1006h";
/// Asks for mouse events no longer.
pub const NO_MOUSE: &[u8] = b"\x1b[?1006;1000l";
// Colours and cursor first: a terminal without an alternate screen needs them most.
/// Gives a terminal back.
pub const LEAVE: &[u8] = b"\x1b[m\x1b[?25h\x1b[?2004;1049l";
/// The same where mouse events were asked for, or may have been.
pub const LEAVE_WITH_MOUSE: &[u8] = b"\x1b[m\x1b[?25h\x1b[?1006;1000;2004;1049l";
