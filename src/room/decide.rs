//! The one place that says what a role may do and what the state allows.
//!
//! Owns the table of roles, and hands each command to its part. Pure: the same state,
//! role, command and time give the same answer. Every way into a session ends here; there
//! is no second check anywhere, and none is needed.

use super::{Command, Event, MetaCommand, Refusal, Role, RoomState, Subject, Time, What};

/// Whether a role may give a command at all.
pub const fn may(role: Role, command: &Command) -> bool {
    match command {
        Command::Meta(_)
        | Command::Note(_)
        | Command::Design(_)
        | Command::Agenda(_)
        | Command::Timer(_)
        | Command::Erase(_)
        | Command::Undo
        | Command::Redo => matches!(role, Role::Facilitator),
    }
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
    };
    if there {
        Ok(What::Erased(subject))
    } else {
        Err(Refusal::Gone(what))
    }
}
