//! Finding: which of the eight categories answers a need, and where a title stands.
//!
//! Two engines live here, and they are kept apart on purpose. [`Engine`] ranks the categories for a
//! need in free words (fields of the sources, thesaurus, example questions, typing errors); it must
//! not know the content model, screens or files. [`palette::Palette`] finds titles, addresses and
//! commands letter by letter. Promise: all eight categories are always listed, every reason names the
//! typed word and the place that answers it, nonsense is never confident, any input ends in bounded
//! time.
//!
//! ```text
//! Corpus ──► index (BM25F) ───────┐
//! thesaurus/*.ron ──► thesaurus ──┼──► rank ──► Ranking { hits, understood, confident … }
//! questions/*.ron ──► questions ──┘      ▲
//!             all their words ──► typos ─┘
//! ```
//!
//! Start at [`Engine::rank`].

pub mod answer;
mod fault;
pub mod index;
pub mod palette;
pub mod questions;
mod quick;
pub mod rank;
pub mod text;
pub mod thesaurus;
pub mod typos;

pub use answer::{Hit, How, Query, Ranking, Reason, State, Taught};
pub use fault::Fault;
pub use index::{CATEGORIES, Category, Corpus, Field, FieldKind};
pub use questions::Questions;
pub use rank::Engine;
pub use thesaurus::{Combination, Thesaurus};
