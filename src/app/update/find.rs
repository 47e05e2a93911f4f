//! What keys do in Find.

use std::time::Duration;

use super::{Effect, once_it_rests, open_tab};
use crate::app::Action;
use crate::app::input::Line;
use crate::app::seat::{Beside, Seat};
use crate::content::{Address, CategoryId, CriterionId, Place, Tab};
use crate::room::Room;
use crate::search::{Query, Ranking};

/// How long typing pauses on a slow link before the order follows: longer than somebody takes
/// who looks for each key, for a new order costs a hundred bytes and nobody reads it yet.
const TYPED_SLOW: Duration = Duration::from_millis(800);

/// The ranking that a seat sees; none while nothing is typed.
pub fn ranking(room: &Room, seat: &Seat) -> Option<Ranking> {
    let text = &seat.need.ranked;
    if text.trim().is_empty() {
        return None;
    }
    // The last word may go on; that holds for whoever goes down into the list as well, so that it
    // does not change under them.
    room.rank(&if text.ends_with(' ') {
        Query::whole(text)
    } else {
        Query::typing(text)
    })
}

/// The categories of a ranking, best first; the order of the Matrix where there is none.
pub fn order(ranking: Option<&Ranking>) -> Vec<CategoryId> {
    match ranking {
        Some(ranking) => {
            let ids = ranking
                .hits
                .iter()
                .filter_map(|hit| CategoryId::from_slug(&hit.id));
            ids.collect()
        }
        None => CategoryId::ALL.to_vec(),
    }
}

/// Changes the line; on a slow link the order follows when typing pauses.
pub(super) fn typed(seat: &mut Seat, change: impl FnOnce(&mut Line) -> bool) -> Vec<Effect> {
    if !change(&mut seat.need.line) {
        return Vec::new();
    }
    seat.need.chosen = None;
    if seat.look.slow {
        return vec![Effect::Wake(TYPED_SLOW)];
    }
    seat.need.settle();
    Vec::new()
}

pub(super) fn act(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    // What is done next is about what is typed, whether typing has paused or not.
    seat.need.settle();
    let ranking = ranking(room, seat);
    let order = order(ranking.as_ref());
    match action {
        Action::Up => return step(seat, &order, -1),
        Action::Down => return step(seat, &order, 1),
        Action::PageUp => return step(seat, &order, -page(seat)),
        Action::PageDown => return step(seat, &order, page(seat)),
        Action::Open => {
            if let Some(category) = order.get(seat.need.index(&order)) {
                seat.jump(Address::from(Place::Cell(*category, CriterionId::Output)));
            }
        }
        Action::Teach => return teach(room, seat, &order),
        Action::Unfold => unfold(seat),
        _ => {}
    }
    Vec::new()
}

/// How many categories a page is; on a slow link each is another line.
const fn page(seat: &Seat) -> isize {
    if seat.finds_briefly() { 2 } else { 8 }
}

/// Chooses another category; its Output follows once the choice rests.
fn step(seat: &mut Seat, order: &[CategoryId], by: isize) -> Vec<Effect> {
    let before = seat.need.chosen;
    let (plain, brief) = (seat.need.line.is_empty(), seat.finds_briefly());
    seat.need.step(order, by, brief || !plain);
    // Where nothing is typed each category has its Output beside it already.
    if seat.need.chosen == before || (plain && !brief) {
        return Vec::new();
    }
    seat.passes(Beside::Category(before));
    once_it_rests(seat)
}

/// On a slow link, shows all that Find has to say, or no more than before.
fn unfold(seat: &mut Seat) {
    if seat.look.slow {
        seat.need.unfolded = !seat.need.unfolded;
    } else {
        seat.message = Some("All eight are shown. On a slow link (S), Tab brings them.".to_owned());
    }
}

/// Esc leaves the line first, then goes where one came from; it never clears what is typed.
pub(super) fn back(seat: &mut Seat) {
    if !seat.need.commands {
        seat.need.commands = true;
        seat.message =
            Some("Letters are commands now; Up types again. Your words are kept.".to_owned());
    } else if let Some(to) = seat.history.back(seat.address()) {
        seat.go(to);
    }
}

/// The typed phrase belongs to the chosen category from now on; a second time takes it back.
fn teach(room: &Room, seat: &mut Seat, order: &[CategoryId]) -> Vec<Effect> {
    let Some(category) = order.get(seat.need.index(order)) else {
        return Vec::new();
    };
    let new = seat.need.taught(*category);
    if new.phrase.chars().count() < 3 {
        seat.message =
            Some("Type the phrase first, then choose its category with Down.".to_owned());
        return Vec::new();
    }
    let mut taught = room.taught().to_vec();
    let title = &room.content.category(*category).short;
    if let Some(at) = taught.iter().position(|one| *one == new) {
        taught.remove(at);
        seat.message = Some(format!(
            "Taken back: \"{}\" is no longer taught.",
            new.phrase
        ));
    } else {
        seat.message = Some(format!(
            "Taught: \"{}\" belongs to {title}. Ctrl-T again takes it back.",
            new.phrase
        ));
        taught.retain(|one| one.phrase != new.phrase);
        taught.push(new);
    }
    vec![Effect::Teach(taught)]
}

/// Opens Find with a need already typed.
pub fn look_for(room: &Room, seat: &mut Seat, need: &str) {
    open_tab(room, seat, Tab::Find);
    seat.need.line = Line::new(need);
    seat.need.settle();
}
