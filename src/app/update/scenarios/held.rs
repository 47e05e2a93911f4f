//! The sheets beside a phase: how the exercise is held, and the list of starters.

use super::super::{Action, Effect};
use super::propose::{propose, say};
use crate::app::choice::Choice;
use crate::app::seat::Seat;
use crate::exercise::starter::{Starter, starters};
use crate::exercise::{Act, Command, Exercise};
use crate::room::Room;

/// Turns the settings.
pub(super) fn settings(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    action: Action,
) -> Vec<Effect> {
    let choice = seat.sheet.choice;
    let on = match action {
        Action::Up => return choose(seat, choice.step(-1)),
        Action::Down => return choose(seat, choice.step(1)),
        Action::Left => false,
        Action::Right | Action::Choose | Action::Open => true,
        _ => return Vec::new(),
    };
    let settings = choice.turned(&run.settings, on);
    let effects = propose(room, seat, Command::In(run.id, Act::Set(settings)));
    if !effects.is_empty() {
        // What is chosen here counts from now on, also over a way that was taken on the spot.
        seat.sheet.voting = None;
    }
    effects
}

fn choose(seat: &mut Seat, choice: Choice) -> Vec<Effect> {
    seat.sheet.choice = choice;
    Vec::new()
}

/// The starters to choose from, short enough for a wall.
pub fn offered(room: &Room) -> Vec<Starter> {
    let mut some = starters(&room.content);
    some.retain(|one| one.text().chars().count() <= 200);
    some
}

/// Puts starters on the wall: one from each category (the first line), or the chosen one.
pub(super) fn add_starters(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    action: Action,
) -> Vec<Effect> {
    let offered = offered(room);
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -8,
        Action::PageDown => 8,
        Action::Choose | Action::Open => {
            let some = match seat.sheet.starter.checked_sub(1) {
                None => one_of_each(offered),
                Some(at) => offered.into_iter().skip(at).take(1).collect(),
            };
            return add(room, seat, run, some);
        }
        _ => return Vec::new(),
    };
    let to = seat.sheet.starter.saturating_add_signed(by);
    seat.sheet.starter = to.min(offered.len());
    Vec::new()
}

fn add(room: &Room, seat: &mut Seat, run: &Exercise, some: Vec<Starter>) -> Vec<Effect> {
    let effects = propose(room, seat, Command::In(run.id, Act::AddStarters(some)));
    if effects.is_empty() && seat.message.is_none() {
        return say(seat, "that is on the wall already");
    }
    effects
}

/// Enough to begin with, and short enough to read.
fn one_of_each(mut some: Vec<Starter>) -> Vec<Starter> {
    let mut seen = Vec::new();
    some.retain(|one| {
        let first = !seen.contains(&one.category());
        if first {
            seen.push(one.category());
        }
        first
    });
    some
}
