//! What a seat may do, in one table.
//!
//! Owns the answer to "may a seat of this role do that?" for everything that a seat can do or
//! see. Commands are asked for here before anything else ([`super::may`]), the update asks
//! before it acts or shows, and what leaves the update is asked for once more. What is not
//! listed for a role is not allowed. What a command may do within an exercise is refined by
//! [`crate::exercise::rights`]. Start at [`may`].

use super::{Command, Role};
use crate::exercise;

macro_rules! deeds {
    ($($(#[$about:meta])* $name:ident: $($role:ident)+;)+) => {
        /// Something that a seat does or sees.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Deed { $($(#[$about])* $name,)+ }

        impl Deed {
            /// All of them.
            pub const ALL: &'static [Deed] = &[$(Deed::$name,)+];

            /// Whose it is.
            pub const fn whose(self) -> &'static [Role] {
                match self { $(Deed::$name => &[$(Role::$role),+],)+ }
            }
        }
    };
}

deeds! {
    /// Read the framework, find in it, change how the own screen looks, leave.
    Read: Facilitator Projector Participant Reader;
    /// See the exercise: what is asked, counters, results as far as they were revealed.
    SeeExercise: Facilitator Projector Participant;
    /// See notes, decisions, agenda.
    SeeNotes: Facilitator;
    /// See the session's systems and their checklists.
    SeeSystems: Facilitator;
    /// See a sealed result before the room sees it.
    SeeSealed: Facilitator;
    /// See the ballot that the own seat handed in.
    SeeOwnBallot: Participant;
    /// Name items, reword and take back own ones, hand in and take back the own ballot.
    TakePart: Participant;
    /// Lead the exercise: scenarios, phases, merging, slips, hands, reveal.
    LeadExercise: Facilitator;
    /// Change title, date and place of the session, close and reopen it.
    Session: Facilitator;
    /// Write, settle, move and delete notes.
    WriteNotes: Facilitator;
    /// Keep what is written in an editor and not saved.
    DraftNotes: Facilitator;
    /// Add systems and answer their checklists.
    Design: Facilitator;
    /// Plan the agenda.
    Plan: Facilitator;
    /// Set the countdown.
    Time: Facilitator;
    /// Erase a text for good.
    Erase: Facilitator;
    /// Take back and make again what the own seat changed.
    Undo: Facilitator;
    /// Write the session to files.
    Export: Facilitator;
    /// Go to other sessions.
    Sessions: Facilitator;
    /// Teach Find, for everybody and for later.
    Teach: Facilitator;
    /// Change the map of the operation, and write it to files.
    Map: Facilitator;
    /// Open the room for others and close it; say what the wall shows.
    GoLive: Facilitator;
    /// Put something on the clipboard of the own terminal.
    Copy: Facilitator Reader;
    /// Ask the own terminal for mouse events.
    Mouse: Facilitator Participant Reader;
    /// Leave to the shell for a while.
    Suspend: Facilitator;
}

/// Whether a seat of a role may do something.
pub fn may(role: Role, deed: Deed) -> bool {
    deed.whose().contains(&role)
}

impl Deed {
    /// What giving a command is.
    pub fn of(command: &Command) -> Self {
        match command {
            Command::Meta(_) => Self::Session,
            Command::Note(_) => Self::WriteNotes,
            Command::Design(_) => Self::Design,
            Command::Agenda(_) => Self::Plan,
            Command::Timer(_) => Self::Time,
            Command::Exercise(command) => Self::in_exercise(command),
            Command::Erase(_) => Self::Erase,
            Command::Undo | Command::Redo => Self::Undo,
        }
    }

    /// A command of the exercise is a participant's, or it is leading.
    fn in_exercise(command: &exercise::Command) -> Self {
        if Role::Participant.may(command) {
            Self::TakePart
        } else {
            Self::LeadExercise
        }
    }
}
