//! Leaving, which asks once where others would have to leave too.
//!
//! Owns the question of a program that hosts a room. Everybody else leaves at once: nothing is
//! lost, and nobody notices.

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::{self, Context};
use crate::app::seat::Seat;
use crate::app::update::Effect;
use crate::room::Room;

/// Leaves, or says who else would have to.
pub(super) fn leave(room: &Room, seat: &mut Seat) -> Vec<Effect> {
    let here = room.live.as_ref().map_or(0, |live| live.here);
    if !seat.hosts || here == 0 || seat.leaving {
        return vec![Effect::Quit];
    }
    seat.leaving = true;
    let others = if here == 1 {
        "1 other is here and leaves".to_owned()
    } else {
        format!("{here} others are here and leave")
    };
    seat.message = Some(format!("{others} with you. Once more, if you are sure."));
    Vec::new()
}

/// Any other key than the one that leaves takes the wish back.
pub(super) fn unless(seat: &mut Seat, key: Key) {
    if keymap::action(Context::Everywhere, key) != Some(Action::Quit) {
        seat.leaving = false;
    }
}
