//! What a role may do.
//!
//! Owns the one table. Every command of every seat, local or remote, passes here before
//! anything else is asked of it, and what is not listed is not allowed. Being allowed to
//! propose something is not enough: phase and state decide next.

use serde::{Deserialize, Serialize};

use super::{Act, BallotKey, Command};

/// What a seat is there to do, in the session as in its exercises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Leads the session and writes what is noted.
    Facilitator,
    /// Shows the session to the room, and does nothing.
    Projector,
    /// Takes part in the exercises.
    Participant,
    /// Reads.
    Reader,
}

impl Role {
    /// All roles.
    pub const ALL: &'static [Role] = &[
        Self::Facilitator,
        Self::Projector,
        Self::Participant,
        Self::Reader,
    ];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Projector => "projector",
            Self::Participant => "participant",
            Self::Reader => "reader",
        }
    }

    /// Whether a seat of this role may propose a command.
    pub fn may(self, command: &Command) -> bool {
        match self {
            Self::Facilitator => !is_a_seats_own(command),
            Self::Participant => is_a_participants(command),
            Self::Projector | Self::Reader => false,
        }
    }
}

/// What a participant does: name, reword and take back items, hand in and take back the
/// ballot of the own seat.
fn is_a_participants(command: &Command) -> bool {
    let Command::In(_, act) = command else {
        return false;
    };
    match act {
        Act::Name { claim, .. } => claim.is_some(),
        Act::Reword { .. } | Act::TakeBack { .. } => true,
        Act::HandIn { key, ballot, .. } => is_a_seat(*key) && ballot.people() == 1,
        Act::Withdraw { key, .. } => is_a_seat(*key),
        _ => false,
    }
}

/// A facilitator types slips in; only a seat has a ballot of its own.
fn is_a_seats_own(command: &Command) -> bool {
    matches!(
        command,
        Command::In(_, Act::HandIn { key, .. } | Act::Withdraw { key, .. }) if is_a_seat(*key)
    )
}

const fn is_a_seat(key: BallotKey) -> bool {
    matches!(key, BallotKey::Seat(_))
}
