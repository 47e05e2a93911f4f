//! The edge towards terminals: what they are sent, what they send back, and the local one itself.
//!
//! Owns bytes, in both directions. Knows nothing of rooms, seats, screens or content: it is handed
//! finished [`Buffer`](ratatui::buffer::Buffer)s and hands out key events. Only [`local`] touches a
//! tty; the rest is pure, so that a seat behind SSH and the screen in front of the facilitator run
//! the same code.
//!
//! ```text
//!   Buffer ─► wire ─► bytes ─► local terminal, or a joined seat
//!   events ◄─ decode ◄─ bytes ◄─┘
//! ```
//!
//! Start at [`wire::Wire`] for what leaves and [`decode::Decoder`] for what comes in.

pub mod abilities;
pub mod asking;
pub mod clipboard;
pub mod decode;
pub mod local;
pub mod manners;
pub mod wire;

pub use abilities::{Abilities, Colors};
pub use asking::Asking;
pub use decode::{Decoded, Decoder, Report};
pub use local::{Input, Local};
pub use wire::{Newest, Pace, Wire};
