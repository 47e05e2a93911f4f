//! pim-workshop: run and follow up Protection Information Management workshops in the
//! terminal.
//!
//! ```text
//!  main ── cli ──┬── tui: app · ui · terminal
//!                │          │
//!                │        room ── (sessions, exercises)
//!                └── page ──┤
//!                        content
//! ```
//!
//! Arrows point down only. `content`, `page` and `room` know neither terminal, file
//! system, clock nor network. State changes in one place ([`app::update()`]), drawing
//! is a pure function of a [`ui::Scene`], input and output live at the edge.

pub mod app;
pub mod cli;
pub mod content;
pub mod exercise;
pub mod export;
pub mod find;
pub mod hints;
pub mod live;
pub mod operation;
pub mod page;
pub mod room;
pub mod search;
pub mod store;
pub mod tally;
pub mod terminal;
pub mod tui;
pub mod ui;
