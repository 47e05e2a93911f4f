//! The one place that says what a role may do and what the state allows.
//!
//! Asks [`super::rights`], and hands each command to its part. Pure: the same state,
//! role, command and time give the same answer. Every way into a session ends here; there
//! is no second check anywhere, and none is needed.

use super::rights::{self, Deed};
use super::{Command, Event, MetaCommand, Refusal, Role, RoomState, Subject, Time, What};
use crate::exercise::{self, Act, BallotChange, ExerciseEvent, Moment};

/// Whether a role may give a command at all.
pub fn may(role: Role, command: &Command) -> bool {
    let within = match command {
        Command::Exercise(command) => role.may(command),
        _ => true,
    };
    within && rights::may(role, Deed::of(command))
}

/// Whether a role may give a command now.
pub(super) fn allowed(state: &RoomState, role: Role, command: &Command) -> Result<(), Refusal> {
    if !may(role, command) {
        return Err(Refusal::NotForRole(role));
    }
    // A text can be erased at any time: the day that it matters comes after the workshop.
    let open = matches!(
        command,
        Command::Erase(_) | Command::Meta(MetaCommand::Reopen | MetaCommand::Close)
    );
    if state.meta.closed.is_some() && !open {
        return Err(Refusal::Closed);
    }
    Ok(())
}

/// What happens when a role gives a command at a time; nothing, where it changes nothing.
///
/// Undo and redo need to know what the seat did and go through [`super::Desk`].
pub fn decide(
    state: &RoomState,
    role: Role,
    command: Command,
    now: Time,
) -> Result<Vec<Event>, Refusal> {
    allowed(state, role, &command)?;
    let events = match command {
        Command::Meta(command) => each(state.meta.decide(command, now)?, What::Meta),
        Command::Note(command) => each(state.notes.decide(command, now)?, What::Note),
        Command::Design(command) => each(state.designs.decide(command)?, What::Design),
        Command::Agenda(command) => each(state.agenda.decide(command)?, What::Agenda),
        Command::Timer(command) => each(state.timer.decide(command, now)?, What::Timer),
        Command::Exercise(command) => exercise(state, role, &command, now)?,
        Command::Erase(subject) => vec![erase(state, subject)?],
        Command::Undo => return Err(Refusal::NothingToUndo),
        Command::Redo => return Err(Refusal::NothingToRedo),
    };
    let by = |what| Event { by: role, what };
    Ok(events.into_iter().map(by).collect())
}

fn each<T>(events: Vec<T>, what: fn(T) -> What) -> Vec<What> {
    events.into_iter().map(what).collect()
}

fn erase(state: &RoomState, subject: Subject) -> Result<What, Refusal> {
    let (there, what) = match &subject {
        Subject::Session => (true, "session"),
        Subject::Note(id) => (state.notes.has_text(*id), "note"),
        Subject::System(id) | Subject::Mark(id, _) => (state.designs.has(*id), "system"),
        Subject::Item(id) => (state.agenda.has(*id), "agenda item"),
        Subject::Timer => (true, "countdown"),
        Subject::Exercise(what) => {
            let command = exercise::Command::Erase(what.clone());
            let leader = Role::Facilitator;
            state
                .exercises
                .decide(leader, &command, &Moment::default())?;
            (true, "text")
        }
    };
    if there {
        Ok(What::Erased(subject))
    } else {
        Err(Refusal::Gone(what))
    }
}

/// The moment as the exercises know it: seconds, and what is in the ballot box.
pub(super) fn moment(state: &RoomState, now: Time) -> Moment {
    let seconds = u64::try_from(now.0 / 1000).unwrap_or_default();
    state.ballots.moment(exercise::Time(seconds))
}

fn exercise(
    state: &RoomState,
    role: Role,
    command: &exercise::Command,
    now: Time,
) -> Result<Vec<What>, Refusal> {
    let moment = moment(state, now);
    let decision = state.exercises.decide(role, command, &moment)?;
    if decision.ballot.is_some() {
        return Err(Refusal::NoBox);
    }
    let what = |event| match event {
        ExerciseEvent::Erased(what) => What::Erased(Subject::Exercise(what)),
        event => What::Exercise(event),
    };
    Ok(decision.events.into_iter().map(what).collect())
}

/// What a command does to the ballot box; nothing for commands that are none of its. No
/// event ever tells of it, so whoever holds the box asks here before [`decide`].
pub fn ballot(
    state: &RoomState,
    role: Role,
    command: &Command,
    now: Time,
) -> Result<Option<BallotChange>, Refusal> {
    let Command::Exercise(
        inner @ exercise::Command::In(_, Act::HandIn { .. } | Act::Withdraw { .. }),
    ) = command
    else {
        return Ok(None);
    };
    allowed(state, role, command)?;
    let moment = moment(state, now);
    let decision = state.exercises.decide(role, inner, &moment)?;
    Ok(decision.ballot)
}
