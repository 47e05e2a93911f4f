//! The result, one line more or less.

use super::super::{Action, Effect};
use super::places::shown_vote;
use super::propose::propose;
use crate::app::seat::Seat;
use crate::exercise::command::Step;
use crate::exercise::{Act, Command, Exercise};
use crate::room::Room;

pub(super) fn reveal(room: &Room, seat: &mut Seat, run: &Exercise, action: Action) -> Vec<Effect> {
    let step = match action {
        Action::Choose | Action::Open | Action::Right => Step::More,
        Action::Left => Step::Less,
        _ => return Vec::new(),
    };
    let vote = shown_vote(run, seat.sheet.view);
    propose(room, seat, Command::In(run.id, Act::Reveal { vote, step }))
}
