//! The short list, and the order that is being made of it.

use super::super::{Action, Effect};
use super::places::items;
use super::propose::propose;
use super::run::ask;
use super::tag::hand_in;
use crate::app::seat::Seat;
use crate::app::sheet::Asked;
use crate::exercise::{Act, Command, Exercise, ItemId, Vote, Voting};
use crate::room::Room;

pub(super) fn shortlist(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let most = usize::from(run.settings.shortlist);
    let proposed = || {
        let state = room.session.as_ref();
        let outcome = state.map(|state| state.ballots.outcome(run));
        let tagging = outcome.and_then(|outcome| outcome.tagging);
        let mut list = tagging.map_or_else(Vec::new, |one| one.proposed_shortlist(most));
        if list.is_empty() {
            list = run
                .candidates()
                .iter()
                .map(|one| one.id)
                .take(most)
                .collect();
        }
        list
    };
    let list = match action {
        Action::Open => proposed(),
        Action::Choose => {
            let Some(item) = item else {
                return Vec::new();
            };
            let mut list: Vec<ItemId> = run.ranked().iter().map(|one| one.id).collect();
            if list.len() > most {
                list = proposed();
            }
            match list.iter().position(|one| *one == item) {
                Some(at) => drop(list.remove(at)),
                None => list.push(item),
            }
            list
        }
        _ => return Vec::new(),
    };
    propose(room, seat, Command::In(run.id, Act::Shortlist(list)))
}

pub(super) fn rank(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let Some(item) = item else {
        return Vec::new();
    };
    let voting = seat.sheet.voting(run, Vote::Rank);
    match action {
        Action::Choose => {
            let all = items(run, &seat.sheet);
            let at = all.iter().position(|one| *one == item).unwrap_or_default();
            let placed = seat.sheet.rank.place_of(item).is_some();
            seat.sheet.rank.toggle(item);
            // The next one without a place is next under the key.
            seat.sheet.item = if placed {
                Some(item)
            } else {
                all.get(at + 1).copied()
            };
        }
        Action::MoveUp => {
            seat.sheet.item = Some(item);
            seat.sheet.rank.up(item);
        }
        Action::MoveDown => {
            seat.sheet.item = Some(item);
            seat.sheet.rank.down(item);
        }
        Action::Level => {
            seat.sheet.item = Some(item);
            seat.sheet.rank.level(item);
        }
        Action::Count if voting == Voting::Tables => return ask(seat, Asked::Table, ""),
        Action::Withdraw => return ask(seat, Asked::Withdraw, ""),
        Action::Open if voting == Voting::Aloud => {
            let order = seat.sheet.rank.places().to_vec();
            let effects = propose(room, seat, Command::In(run.id, Act::AgreeOrder(order)));
            if !effects.is_empty() {
                seat.message = Some("Written down as the order that the room agreed.".to_owned());
            }
            return effects;
        }
        Action::Open => {
            let ballot = seat.sheet.rank.ballot();
            return hand_in(room, seat, run, voting, ballot);
        }
        _ => {}
    }
    Vec::new()
}
