//! The program: what a key means, and what it changes.
//!
//! Owns the seat (one viewer's state), the key table and the one place where state
//! changes ([`update()`]). Knows no files, clock, environment or terminal: what it
//! wants done outside it asks for as [`Effect`]s, and what happens outside reaches
//! it as [`Msg`]s. Start at [`update::update`].

pub mod action;
pub mod checked;
pub mod choice;
pub mod editor;
pub mod form;
pub mod history;
pub mod input;
pub mod key;
pub mod keymap;
pub mod layer;
pub mod moves;
pub mod need;
pub mod own;
pub mod reason;
pub mod rights;
pub mod seat;
pub mod sheet;
pub mod shelf;
pub mod sitting;
pub mod titles;
pub mod update;

pub use action::Action;
pub use key::Key;
pub use reason::Reason;
pub use seat::{Look, Seat};
pub use update::{Effect, Msg, update};
