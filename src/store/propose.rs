//! From a proposal to a changed state, whatever the log is.
//!
//! Owns the order: decide inside the write, keep, and only then change the state.

use super::log::{Decide, Log};
use super::{Proposal, Rejected};
use crate::room::{Command, Desk, Event, Refusal, RoomState, SeatId, Way, What};

/// Carries a proposal out over any log, for programs that keep no file.
pub fn propose(
    log: &mut impl Log,
    desk: &mut Desk,
    state: &mut RoomState,
    proposal: Proposal,
) -> Result<Vec<Event>, Rejected> {
    carry_out(desk, state, proposal, |after, decide| {
        log.append(after, decide)
    })
}

pub(super) fn carry_out(
    desk: &mut Desk,
    state: &mut RoomState,
    proposal: Proposal,
    append: impl FnOnce(u64, Decide<'_>) -> Result<Vec<Event>, Rejected>,
) -> Result<Vec<Event>, Rejected> {
    let Proposal {
        seat,
        role,
        command,
        now,
        ..
    } = proposal;
    let mut way = Way::New;
    let mut decide = || {
        let (decided, events) = desk.decide(state, (seat, role), command.clone(), now)?;
        way = decided;
        Ok(events)
    };
    match append(state.seq, &mut decide) {
        Ok(events) => {
            note(desk, state, (seat, way), &events);
            Ok(events)
        }
        Err(error) => {
            skip_overtaken(desk, seat, &command, &error);
            Err(error)
        }
    }
}

/// An undo that others overtook is said once; the next undo reaches the change before.
fn skip_overtaken(desk: &mut Desk, seat: SeatId, command: &Command, error: &Rejected) {
    let back = matches!(command, Command::Undo | Command::Redo);
    let for_good = matches!(
        error,
        Rejected::Refused(Refusal::Overtaken | Refusal::Exercise(_))
    );
    if back && for_good {
        let way = if *command == Command::Redo {
            Way::Redo
        } else {
            Way::Undo
        };
        desk.skip(seat, way);
    }
}

/// Changes the state, and takes note of how to take the change back.
fn note(desk: &mut Desk, state: &mut RoomState, (seat, way): (SeatId, Way), events: &[Event]) {
    let mut inverses = Some(Vec::new());
    for event in events {
        match event.inverse(state) {
            Some(inverse) => {
                if let Some(all) = &mut inverses {
                    all.insert(0, inverse);
                }
            }
            None => inverses = None,
        }
        state.apply(event);
        if let What::Erased(subject) = &event.what {
            desk.forget(subject);
        }
    }
    desk.note(seat, way, events, inverses);
}
