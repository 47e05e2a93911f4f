//! Why something was not done, as it reaches a seat.
//!
//! Owns the difference between what the rules say, which is data and is put into words where the
//! language of the seat is known, and everything else, such as a fault of the machine, which is a
//! sentence in English. Knows no language. Written out ([`std::fmt::Display`]) it is English, for
//! the facilitator and the log.

use crate::room::Refusal;
use crate::store::Rejected;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The rules of the room or of the exercise say so.
    #[error(transparent)]
    Rule(#[from] Refusal),
    /// Anything else: a sentence in English.
    #[error("{0}")]
    Fault(String),
    /// The host answered, and kept nothing.
    #[error("nothing was kept; try again")]
    NotKept,
}

impl From<Rejected> for Reason {
    fn from(why: Rejected) -> Self {
        match why {
            Rejected::Refused(why) => Self::Rule(why),
            Rejected::Failed(why) => Self::Fault(why.to_string()),
        }
    }
}

impl From<String> for Reason {
    fn from(said: String) -> Self {
        Self::Fault(said)
    }
}

impl From<&str> for Reason {
    fn from(said: &str) -> Self {
        Self::Fault(said.to_owned())
    }
}
