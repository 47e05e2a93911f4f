//! Reading: what arrows, pages and stops do where nothing lies on top.
//!
//! Owns selection, scrolling and history of one seat. Positions that are shown follow the
//! selection once it rests.

use super::views::{along_row, compare, compare_less, compare_more, cross_over, open};
use super::{Effect, once_it_rests, say_switch};
use crate::app::action::Action;
use crate::app::moves::{Direction, step};
use crate::app::seat::{Beside, Seat, Stop};
use crate::content::{Address, CategoryId, Place, PrincipleId};
use crate::room::Room;
use crate::ui::{self, Layout};

pub(super) fn on_page(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    match action {
        Action::Up => return arrow(room, seat, Direction::Up),
        Action::Down => return arrow(room, seat, Direction::Down),
        Action::Left => return arrow(room, seat, Direction::Left),
        Action::Right => return arrow(room, seat, Direction::Right),
        Action::ScrollUp => scroll_by(room, seat, -1),
        Action::ScrollDown => scroll_by(room, seat, 1),
        Action::PageUp => page_by(room, seat, -1),
        Action::PageDown => page_by(room, seat, 1),
        Action::Home => {
            seat.scroll = 0;
            seat.stop = None;
        }
        Action::End => scroll_by(room, seat, isize::MAX / 2),
        Action::NextItem => step_stop(room, seat, 1),
        Action::PreviousItem => step_stop(room, seat, -1),
        Action::Open => open(room, seat),
        Action::AlongRow => along_row(room, seat),
        Action::Compare => compare(seat),
        Action::CompareMore => compare_more(seat),
        Action::CompareLess => compare_less(seat),
        Action::CrossOver => cross_over(seat),
        Action::Provenance => provenance(room, seat),
        Action::HistoryBack => walk_history(seat, false),
        Action::HistoryForward => walk_history(seat, true),
        Action::CopyAddress => return copy(seat),
        _ => {}
    }
    Vec::new()
}

fn page_by(room: &Room, seat: &mut Seat, by: isize) {
    let layout = ui::layout_of(room, seat);
    // One line stays on the screen, so that the eye finds its place again.
    let height = isize::try_from(layout.visible_lines().saturating_sub(1).max(1)).unwrap_or(1);
    scroll_in(&layout, seat, by * height);
}

/// Scrolls the page, never past its end.
pub fn scroll_by(room: &Room, seat: &mut Seat, by: isize) {
    scroll_in(&ui::layout_of(room, seat), seat, by);
}

/// The same, where the layout is at hand: to lay a page out is most of what a key takes.
fn scroll_in(layout: &Layout, seat: &mut Seat, by: isize) {
    seat.scroll = seat
        .scroll
        .saturating_add_signed(by)
        .min(layout.most_scroll());
}

fn arrow(room: &Room, seat: &mut Seat, direction: Direction) -> Vec<Effect> {
    let vertical = matches!(direction, Direction::Up | Direction::Down);
    let by = if matches!(direction, Direction::Up | Direction::Left) {
        -1
    } else {
        1
    };
    if vertical && matches!(seat.at, Place::Row(_) | Place::StageRow(_)) {
        step_heading(room, seat, by);
        return Vec::new();
    }
    if vertical && of_operation(&seat.at) {
        step_near(room, seat, by);
        return Vec::new();
    }
    if vertical && seat.full_width() {
        scroll_by(room, seat, by);
        return Vec::new();
    }
    let to = step(&seat.at, direction, &room.content);
    if to == seat.at {
        return Vec::new();
    }
    move_to(room, seat, to)
}

/// Moves the selection; what it shows follows once it rests.
fn move_to(room: &Room, seat: &mut Seat, to: Place) -> Vec<Effect> {
    if matches!(to, Place::Row(_) | Place::StageRow(_) | Place::Column(_)) {
        let stop = seat.stop.take().filter(|_| !matches!(to, Place::Column(_)));
        seat.go(Address::from(to));
        seat.stop = stop;
        reveal_stop(room, seat);
        return Vec::new();
    }
    seat.at = to;
    seat.stop = None;
    if seat.full_width() {
        seat.shown = seat.at.clone();
    } else {
        seat.passes(Beside::Page);
    }
    seat.scroll = 0;
    seat.leave_mark();
    if seat.passing.is_none() {
        return Vec::new();
    }
    once_it_rests(seat)
}

/// In a row of all eight, up and down go from one to the next.
fn step_heading(room: &Room, seat: &mut Seat, by: isize) {
    let headings: Vec<String> = match seat.at {
        Place::Row(_) => CategoryId::ALL.iter().map(ToString::to_string).collect(),
        _ => PrincipleId::ALL.iter().map(ToString::to_string).collect(),
    };
    let current = match &seat.stop {
        Some(Stop::Item(item)) => item.split('/').next().unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let at = headings.iter().position(|one| *one == current);
    let to = at.map_or(usize::from(by > 0 && seat.stop.is_some()), |at| {
        at.saturating_add_signed(by).min(headings.len() - 1)
    });
    seat.stop = headings.get(to).cloned().map(Stop::Item);
    reveal_stop(room, seat);
}

/// Whether a place is a page of the operation's own: lists of things to open and to change.
const fn of_operation(place: &Place) -> bool {
    matches!(
        place,
        Place::Operation | Place::Coverage | Place::Worksheet(_) | Place::OwnRow(_)
    )
}

/// The next thing that can be pointed at, where it is in sight; or else a line further, so that
/// what is read between two of them is not jumped over.
fn step_near(room: &Room, seat: &mut Seat, by: isize) {
    const NEAR: usize = 2;
    let layout = ui::layout_of(room, seat);
    let stops = layout.stops();
    let at = stops
        .iter()
        .position(|(_, stop)| Some(stop) == seat.stop.as_ref());
    let next = match at {
        Some(at) => at.checked_add_signed(by),
        None => Some(layout.first_stop_from(seat.scroll)),
    };
    let next = next.and_then(|next| stops.get(next));
    let end = seat.scroll + layout.visible_lines() + NEAR;
    match next {
        Some((line, stop)) if (seat.scroll.saturating_sub(NEAR)..end).contains(line) => {
            seat.stop = Some(stop.clone());
            reveal_in(&layout, seat);
        }
        _ => scroll_in(&layout, seat, by),
    }
}

/// The next thing on the page that can be pointed at.
fn step_stop(room: &Room, seat: &mut Seat, by: isize) {
    let layout = ui::layout_of(room, seat);
    let stops: Vec<Stop> = layout.stops().into_iter().map(|(_, stop)| stop).collect();
    if stops.is_empty() {
        return;
    }
    let at = seat
        .stop
        .as_ref()
        .and_then(|stop| stops.iter().position(|one| one == stop));
    let to = match at {
        Some(at) => at.saturating_add_signed(by).min(stops.len() - 1),
        None if by > 0 => layout.first_stop_from(seat.scroll),
        None => stops.len() - 1,
    };
    seat.stop = stops.get(to).cloned();
    reveal_in(&layout, seat);
}

/// Scrolls so that what is pointed at can be seen.
pub fn reveal_stop(room: &Room, seat: &mut Seat) {
    reveal_in(&ui::layout_of(room, seat), seat);
}

fn reveal_in(layout: &Layout, seat: &mut Seat) {
    let Some(stop) = &seat.stop else {
        return scroll_in(layout, seat, 0);
    };
    if let Some((line, _)) = layout.stops().into_iter().find(|(_, one)| one == stop) {
        let height = layout.visible_lines();
        let heading = matches!(seat.at, Place::Row(_) | Place::StageRow(_));
        if heading || line < seat.scroll || line + 2 > seat.scroll + height {
            seat.scroll = line.saturating_sub(usize::from(!heading));
        }
    }
    scroll_in(layout, seat, 0);
}

fn provenance(room: &Room, seat: &mut Seat) {
    seat.look.provenance = !seat.look.provenance;
    say_switch(
        seat,
        "Full sources and editor's notes",
        seat.look.provenance,
    );
    scroll_by(room, seat, 0);
}

fn walk_history(seat: &mut Seat, forward: bool) {
    let present = seat.address();
    let to = if forward {
        seat.history.forward(present)
    } else {
        seat.history.back(present)
    };
    match to {
        Some(address) => {
            seat.reading = matches!(address.place, Place::Column(_));
            seat.go(address);
        }
        None => seat.message = Some("Nothing further in that direction.".to_owned()),
    }
}

fn copy(seat: &mut Seat) -> Vec<Effect> {
    let address = seat.address().to_string();
    seat.message = Some(format!("Copied: {address}"));
    vec![Effect::Copy(address)]
}
