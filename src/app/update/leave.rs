//! What takes the whole room along, which asks once first.
//!
//! Owns the question before a program that hosts a room ends, and before a room that others are
//! in goes over to another session. The same key once more means it; any other takes the wish
//! back. Where nobody else is here, nothing is asked.

use crate::app::key::Key;
use crate::app::seat::Seat;
use crate::app::shelf::Errand;
use crate::app::update::Effect;
use crate::room::Room;

/// Lets effects pass that take nobody along, or that were asked for twice with the same key.
pub(super) fn asks(
    room: &Room,
    seat: &mut Seat,
    (key, sure): (Key, bool),
    mut effects: Vec<Effect>,
) -> Vec<Effect> {
    let here = room.live.as_ref().map_or(0, |live| live.here);
    if sure || here == 0 {
        return effects;
    }
    let hosts = seat.hosts;
    let Some(what) = effects.iter().find_map(|one| takes_along(one, hosts)) else {
        return effects;
    };
    effects.retain(|one| takes_along(one, hosts).is_none());
    seat.asked = Some(key);
    let (others, what) = match here {
        1 => ("1 other is here and".to_owned(), what.0),
        _ => (format!("{here} others are here and"), what.1),
    };
    seat.message = Some(format!("{others} {what}. Once more, if you are sure."));
    effects
}

/// What it does to one other who is here, and to several; none where it does nothing to them.
fn takes_along(effect: &Effect, hosts: bool) -> Option<(&'static str, &'static str)> {
    match effect {
        Effect::Quit if hosts => Some(("leaves with you", "leave with you")),
        Effect::Resume => Some(OTHER_SESSION),
        Effect::Errand(errand) => {
            matches!(**errand, Errand::Open(_) | Errand::Begin(_)).then_some(OTHER_SESSION)
        }
        _ => None,
    }
}

const OTHER_SESSION: (&str, &str) = (
    "goes with you to the other session",
    "go with you to the other session",
);
