//! The operation: the systems that exist in one place, laid over the Matrix.
//!
//! Owns a user's own map: its file format, its checks, how it changes, how it is written
//! back, who may see what of it. Knows neither terminal, file system, clock nor network:
//! files and spreadsheets come in as text and bytes and go out the same way.
//!
//! Promises: what a source states in a Definition or an Output is changed by no path, and
//! trying says why in the source's words ([`locked`]). A file that the program wrote is
//! written again byte for byte; of a file that somebody wrote by hand only what changed is
//! written anew, comments stay ([`rewrite`]). Nothing leaves for an audience that it is not
//! for ([`for_audience`]). The forms ask for roles, never for names of people.
//!
//! ```text
//!  text ─► raw ─► check ─► Operation ─► write / keep ─► text
//!                              │  ▲
//!                   Edit ──────┘  └────── import ◄─ CSV, XLSX
//!                              │
//!           coverage · diff · for_audience ─► page, export
//! ```
//!
//! Start at [`Operation`] and [`read`].

mod audience;
mod check;
mod coverage;
mod diff;
mod draft;
mod edit;
pub mod import;
mod keep;
mod lock;
mod model;
mod personal;
mod raw;
mod undo;
mod write;

pub use audience::{Withheld, for_audience};
pub use check::{SEALED, read, sealed};
pub use coverage::{Combination, Cover, Coverage};
pub use diff::{Change, Kind, difference};
pub use draft::{Draft, Drafts};
pub use edit::{Edit, Refusal, slug_for};
pub use keep::{CannotKeep, rewrite};
pub use lock::{Locked, locked};
pub use model::{
    Adapted, AddedRow, Endorsed, Entry, Operation, Own, Progress, Sharing, State, System, Worksheet,
};
pub use personal::{Personal, doubts, looks_like_a_name, personal, personal_contact};
pub use undo::Versions;
pub use write::write;

/// What every form and every new file says.
pub const NO_NAMES: &str = "Give roles and organisations, never names of people.";
