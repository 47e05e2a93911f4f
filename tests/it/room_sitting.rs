//! A session in memory that tests propose to, with a clock of its own.

use pim::room::{Command, Desk, Event, MetaEvent, Role, RoomState, SeatId, Time, What};
use pim::store::{MemoryLog, Proposal, Rejected, propose};

/// The event that every session begins with.
pub(crate) fn opening(title: &str) -> Event {
    Event {
        by: Role::Facilitator,
        what: What::Meta(MetaEvent::Opened {
            at: Time(1_772_600_000_000),
            title: title.to_owned(),
            date: "2026-03-04".to_owned(),
            place: String::new(),
        }),
    }
}

pub(crate) struct Sitting {
    pub(crate) log: MemoryLog,
    pub(crate) desk: Desk,
    pub(crate) state: RoomState,
    pub(crate) now: Time,
}

impl Sitting {
    pub(crate) fn new() -> Self {
        let opening = opening("Test");
        Self {
            state: RoomState::fold([&opening]),
            log: MemoryLog::new(vec![opening]),
            desk: Desk::default(),
            now: Time(1_772_600_000_000),
        }
    }

    /// Proposes as a facilitator; each proposal comes a second after the one before.
    pub(crate) fn propose(&mut self, seat: u64, command: Command) -> Result<Vec<Event>, Rejected> {
        self.now.0 += 1_000;
        let proposal = Proposal::new(SeatId(seat), Role::Facilitator, command, self.now);
        propose(&mut self.log, &mut self.desk, &mut self.state, proposal)
    }
}
