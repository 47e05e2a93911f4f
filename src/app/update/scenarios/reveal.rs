//! The result, one line more or less.

use super::super::{Action, Effect};
use super::places::shown_vote;
use super::propose::propose;
use crate::app::seat::Seat;
use crate::exercise::command::Step;
use crate::exercise::{Act, Command, Exercise, Shown, Vote};
use crate::room::Room;

pub(super) fn reveal(room: &Room, seat: &mut Seat, run: &Exercise, action: Action) -> Vec<Effect> {
    let vote = shown_vote(run, seat.sheet.view);
    let step = match action {
        Action::Choose | Action::Open | Action::Right => Some(true),
        Action::Left => Some(false),
        _ => None,
    };
    let Some(step) = step.and_then(|more| step_of(room, run, vote, more)) else {
        return Vec::new();
    };
    propose(room, seat, Command::In(run.id, Act::Reveal { vote, step }))
}

/// A step that is seen: level items come and go together, and count as one.
fn step_of(room: &Room, run: &Exercise, vote: Vote, more: bool) -> Option<Step> {
    let outcome = room.session.as_ref()?.ballots.outcome(run);
    let lines = match vote {
        Vote::Tag => outcome.tagging.map(|result| result.lines()),
        Vote::Rank => outcome.ranking.map(|result| result.lines()),
    };
    let lines = lines.unwrap_or_default();
    let shown = run.sealed_round(vote).map(|round| round.shown);
    if more && lines.is_empty() && shown != Some(Shown::Nothing) {
        // Nothing was counted that could come line by line.
        return Some(Step::All);
    }
    let top = lines.first().map(|(place, _)| *place);
    let level = lines
        .iter()
        .filter(|(place, _)| Some(*place) == top)
        .count();
    let wanted = if more {
        lines.len() + 1
    } else {
        lines.len() - level
    };
    u16::try_from(wanted).ok().map(Step::To)
}
