//! The room for many: one host that owns the session, and viewers before any terminal.
//!
//! Owns the way between a viewer's bytes and the shared room, whatever carries the bytes: the
//! local terminal, a socket, SSH. One thread, the host, holds the session and is asked by all;
//! after each change it publishes the room, and every viewer draws it when its own link has room.
//! Knows clock, files and threads; draws nothing itself. Promises that what a viewer is told was
//! kept is on the disk, that nobody waits for a slow viewer, and that a viewer's panic ends that
//! viewer alone. Start at [`Hall`] and [`Viewer`].
//!
//! ```text
//!  bytes ─► Viewer ─ effects ─► Hall ─ ask ─► host thread ─► Sitting ─► store
//!    ▲         ▲                                   │
//!    └─ frame ─┴──────────── room, newest ◄────────┘
//! ```

pub mod addresses;
pub mod attend;
pub mod code;
pub mod doors;
mod events;
pub mod frames;
pub mod guesses;
pub mod guest;
mod hall;
mod host;
mod mapping;
pub mod phones;
mod presence;
pub mod runtime;
mod seats;
mod sitting;
#[cfg(unix)]
pub mod socket;
pub mod ssh;
mod viewer;
mod wrong;

pub use attend::{Farewell, Incoming, Link, Patience, attend};
pub use guest::Guest;
pub use hall::Hall;
pub use sitting::started_in;
pub use viewer::Viewer;
