//! The timer of a phase.
//!
//! Owns how long there is left. The time comes in from outside; a timer only says, it
//! moves nothing by itself. Seats can still hand in for a few seconds after it ended,
//! since somebody is always in the middle of a key press.

use serde::{Deserialize, Serialize};

use super::Time;

/// Seconds after the end in which a seat can still hand in.
pub const GRACE: u32 = 15;

/// A timer that runs or rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timer {
    /// It ends at a time.
    Runs {
        /// When.
        ends: Time,
    },
    /// It was stopped with some seconds left.
    Rests {
        /// How many.
        left: u32,
    },
}

impl Timer {
    /// Seconds left.
    pub fn left(self, now: Time) -> u32 {
        match self {
            Self::Runs { ends } => now.until(ends),
            Self::Rests { left } => left,
        }
    }

    /// Whether the time and the seconds after it are over.
    pub fn is_over(self, now: Time) -> bool {
        match self {
            Self::Runs { ends } => now > ends.plus(GRACE),
            Self::Rests { .. } => false,
        }
    }

    /// The timer as `mm:ss`.
    pub fn shown(self, now: Time) -> String {
        let left = self.left(now);
        format!("{:02}:{:02}", left / 60, left % 60)
    }
}
