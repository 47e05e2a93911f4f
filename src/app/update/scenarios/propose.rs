//! From what is wanted to a proposal that the rules take, or to the reason why not.

use super::super::Effect;
use crate::app::seat::Seat;
use crate::app::sheet::Question;
use crate::exercise::{Act, Command, Refusal};
use crate::hints::sentence;
use crate::room::{self, Room, Time};

pub(in crate::app::update) fn say(seat: &mut Seat, said: &str) -> Vec<Effect> {
    seat.message = Some(sentence(said));
    Vec::new()
}

/// Proposes what the rules would take; says or asks what they say otherwise.
pub(in crate::app::update) fn propose(
    room: &Room,
    seat: &mut Seat,
    command: Command,
) -> Vec<Effect> {
    let Some(state) = &room.session else {
        return say(seat, "no session is open, so nothing would be kept");
    };
    let asked = room::Command::Exercise(command);
    let tried = room::ballot(state, seat.role, &asked, Time(0)).and_then(|ballot| {
        if ballot.is_some() {
            return Ok(());
        }
        room::decide(state, seat.role, asked.clone(), Time(0)).map(drop)
    });
    match tried {
        Ok(()) => vec![Effect::Propose(Box::new(asked))],
        Err(room::Refusal::Exercise(refusal @ Refusal::SealsFirst { .. })) => {
            seat.sheet.question = answered(&asked).map(|command| Question {
                text: sentence(&refusal.to_string()),
                command,
            });
            Vec::new()
        }
        Err(room::Refusal::Exercise(Refusal::Nothing)) => Vec::new(),
        Err(refusal) => {
            let why = seat.told(&refusal.into());
            say(seat, &why)
        }
    }
}

/// The same command, with its question answered.
fn answered(command: &room::Command) -> Option<Command> {
    let room::Command::Exercise(command) = command else {
        return None;
    };
    match command {
        Command::In(id, Act::Go { to, .. }) => Some(Command::In(
            *id,
            Act::Go {
                to: *to,
                seal: true,
            },
        )),
        Command::In(id, Act::DropRound { vote, .. }) => {
            let vote = *vote;
            Some(Command::In(*id, Act::DropRound { vote, sure: true }))
        }
        _ => None,
    }
}
