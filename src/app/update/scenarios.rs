//! What keys do in the exercise.
//!
//! Owns how an action becomes a proposal. Nothing of the room changes here: what is
//! proposed counts once it is kept. A proposal that the rules refuse is not even sent; its
//! reason is said, or its question asked.

mod entry;
mod held;
mod list;
mod matching;
mod merge;
mod places;
mod propose;
mod rank;
mod reveal;
mod run;
mod tag;

use entry::entered;
pub(super) use entry::{paste, takes};
pub use held::offered;
pub use list::last_with_items;
use list::{before, in_list};
pub use places::{all, chosen, items, run_of, scenario_of, shown_vote, waiting};
pub(super) use propose::{propose, say};
use run::in_run;

use super::{Action, Effect};
use crate::app::own::attended;
use crate::app::seat::Seat;
use crate::app::sheet::View;
use crate::content::{Address, Place, Tab};
use crate::exercise::timer::Timer;
use crate::exercise::{Exercise, Vote};
use crate::room::rights::{Deed, may};
use crate::room::{self, Room, RoomState};

/// Whether the exercise is what the keys go to.
pub fn on(room: &Room, seat: &Seat) -> bool {
    let there = matches!(seat.at, Place::Scenarios | Place::Scenario(_));
    let leads = may(seat.role, Deed::LeadExercise);
    leads && there && room.session.is_some() && seat.layers.is_empty()
}

/// A timer that runs is drawn anew every two seconds; nothing else wakes anybody.
pub(super) fn ticks(room: &Room, seat: &Seat) -> bool {
    let state = room.session.as_ref();
    let run = if may(seat.role, Deed::LeadExercise) {
        let run = scenario_of(&seat.at).zip(state);
        run.and_then(|(id, state)| run_of(state, &id))
    } else {
        attended(room).filter(|_| seat.at.tab() == Tab::Scenarios)
    };
    let runs = |run: &Exercise| matches!(run.timer, Some(Timer::Runs { .. }));
    room.now.0 > 0 && run.is_some_and(runs)
}

/// Esc: the question, the line, the view, then the list. Says whether there was one.
pub(super) fn back(seat: &mut Seat) -> bool {
    let sheet = &mut seat.sheet;
    if sheet.question.take().is_some() || sheet.entry.take().is_some() {
        return true;
    }
    if sheet.view != View::Phase {
        sheet.view = View::Phase;
        sheet.scroll = 0;
        return true;
    }
    if seat.at != Place::Scenarios {
        seat.jump(Address::from(Place::Scenarios));
        return true;
    }
    false
}

/// Carries out an action.
pub(super) fn act(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    let Some(state) = &room.session else {
        return Vec::new();
    };
    if let Some(question) = seat.sheet.question.take() {
        if action == Action::Open {
            seat.sheet.of = None;
            return propose(room, seat, question.command);
        }
        seat.sheet.question = Some(question);
        return say(seat, "Enter says yes, Esc says no");
    }
    if action == Action::TakeBack && !(undoes_draft(state, seat)) {
        return vec![Effect::Propose(Box::new(room::Command::Undo))];
    }
    if action == Action::Wall {
        return match &room.live {
            Some(live) => vec![Effect::Show(live.next_wall())],
            None => say(seat, "the room is not open; I opens it"),
        };
    }
    let Some(scenario) = scenario_of(&seat.at) else {
        return in_list(room, state, seat, action);
    };
    let Some(run) = run_of(state, &scenario) else {
        return before(room, state, seat, &scenario, action);
    };
    seat.sheet = seat.sheet.current(run);
    if seat.sheet.entry.is_some() {
        return if action == Action::Open {
            entered(room, seat, run)
        } else {
            Vec::new()
        };
    }
    in_run(room, state, seat, run, action)
}

/// In Rank, u takes back a move of the order that is being made, where there is one.
fn undoes_draft(state: &RoomState, seat: &mut Seat) -> bool {
    let run = scenario_of(&seat.at).and_then(|one| run_of(state, &one));
    let Some(run) = run.filter(|run| run.phase.vote() == Some(Vote::Rank)) else {
        return false;
    };
    seat.sheet = seat.sheet.current(run);
    seat.sheet.rank.undo()
}
