//! Why a command was not carried out, said to the person who gave it.
//!
//! Owns the sentences. Each says what is the matter and, where there is something to do
//! about it, what.

use super::Role;
use crate::exercise;

/// A command that the room does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The role may not do this.
    #[error("a {}'s seat cannot do this; ask the facilitator", .0.word())]
    NotForRole(Role),
    /// The session is closed.
    #[error("this session is closed; reopen it to change anything")]
    Closed,
    /// It is not there, or no longer.
    #[error("this {0} is not there any more")]
    Gone(&'static str),
    /// Nothing was typed.
    #[error("the {0} is empty; type something first")]
    Empty(&'static str),
    /// More was typed than fits.
    #[error("the {what} is too long: {has} characters, at most {most} fit")]
    TooLong {
        /// What was typed.
        what: &'static str,
        /// Its length in characters.
        has: usize,
        /// What fits.
        most: usize,
    },
    /// There are too many already.
    #[error("there are {most} {what} already, and that is the most a session holds")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many fit.
        most: usize,
    },
    /// An address that cannot be one.
    #[error("nothing can have the address {0}")]
    NoSuchPlace(String),
    /// A number out of range.
    #[error("{what} must be between {least} and {most}")]
    OutOfRange {
        /// What the number is.
        what: &'static str,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Another change builds on the one that is to be taken back.
    #[error("this was changed again since, so it cannot be undone; edit it instead")]
    Overtaken,
    /// Nothing to take back.
    #[error("there is nothing of yours to undo")]
    NothingToUndo,
    /// Nothing to make again.
    #[error("there is nothing of yours to redo")]
    NothingToRedo,
    /// The countdown has no length yet.
    #[error("set how long the countdown is first")]
    TimerNotSet,
    /// The rules of the exercise say no.
    #[error(transparent)]
    Exercise(#[from] exercise::Refusal),
    /// The ballot box says no.
    #[error(transparent)]
    Box(#[from] exercise::BoxFault),
    /// There is nothing that keeps ballots.
    #[error("no ballot box is open here")]
    NoBox,
    /// A text that could not be read.
    #[error("{0}")]
    Unreadable(String),
}
