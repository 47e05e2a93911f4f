//! Match: a category for an item, or none of the eight.

use super::super::{Action, Effect};
use super::propose::propose;
use crate::app::seat::Seat;
use crate::content::CategoryId;
use crate::exercise::{Act, Command, Exercise, ItemId, Verdict};
use crate::room::Room;

pub(super) fn matching(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let Some(item) = item else {
        return Vec::new();
    };
    let last = CategoryId::ALL.len();
    let now = run.verdict(item);
    let verdict = match action {
        Action::Left => {
            seat.sheet.category = seat.sheet.category.checked_sub(1).unwrap_or(last);
            return Vec::new();
        }
        Action::Right => {
            seat.sheet.category = (seat.sheet.category + 1) % (last + 1);
            return Vec::new();
        }
        Action::Choose | Action::Open => match CategoryId::ALL.get(seat.sheet.category) {
            Some(category) => Verdict::toggled(now.as_ref(), *category),
            None => none_of_eight(now.as_ref()),
        },
        Action::NoneOfEight => none_of_eight(now.as_ref()),
        _ => return Vec::new(),
    };
    propose(
        room,
        seat,
        Command::In(run.id, Act::Match { item, verdict }),
    )
}

fn none_of_eight(now: Option<&Verdict>) -> Option<Verdict> {
    (now != Some(&Verdict::NoneOfEight)).then_some(Verdict::NoneOfEight)
}
