//! What keys do in the layers on top of a page: help, go to, themes.

use super::{Effect, act, own, reveal_stop};
use crate::app::action::Action;
use crate::app::layer::{Goal, Jump, Layer};
use crate::app::seat::Seat;
use crate::content::Place;
use crate::room::Room;
use crate::ui;

pub(super) fn open_jump(room: &Room, seat: &mut Seat) -> Vec<Effect> {
    let mut jump = Jump::default();
    jump.search(room, seat.role);
    seat.layers = vec![Layer::Jump(jump)];
    Vec::new()
}

pub(super) fn open_themes(seat: &mut Seat) -> Vec<Effect> {
    if seat.layers.is_empty() {
        seat.layers.push(Layer::Themes {
            tried: seat.look.theme.clone(),
            before: seat.look.theme.clone(),
        });
    }
    Vec::new()
}

pub(super) fn open_help(seat: &mut Seat) -> Vec<Effect> {
    match seat.layers.last() {
        Some(Layer::Help { .. }) => {
            seat.layers.pop();
        }
        _ => seat.layers.push(Layer::Help { scroll: 0 }),
    }
    Vec::new()
}

/// Goes where a find leads, or does what it says.
pub(super) fn follow(room: &Room, seat: &mut Seat, goal: Option<Goal>) -> Vec<Effect> {
    match goal {
        Some(Goal::Address(address) | Goal::Note(address)) => {
            seat.layers.clear();
            seat.jump(address);
            seat.reading = matches!(seat.at, Place::Column(_));
            reveal_stop(room, seat);
            Vec::new()
        }
        Some(Goal::Action(action)) => {
            seat.layers.clear();
            act(room, seat, action)
        }
        None => {
            seat.message = Some("Nothing has this title or address.".to_owned());
            Vec::new()
        }
    }
}

/// How others join: opens the room, says what the wall shows, closes it again.
fn on_join(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    if let Some(by) = own::moved(action) {
        let end = ui::text_end(room, seat);
        if let Some(Layer::Join { scroll }) = seat.layers.last_mut() {
            *scroll = (*scroll).min(end).saturating_add_signed(by).min(end);
        }
    }
    match (&room.live, action) {
        (None, Action::Open) => vec![Effect::GoLive(true)],
        (Some(live), Action::Open | Action::Wall) => vec![Effect::Show(live.next_wall())],
        (Some(live), Action::Phones) => vec![Effect::Phones(live.picture.is_empty())],
        (Some(live), Action::NextLink) if live.links().count() > 1 => vec![Effect::NextLink],
        (Some(live), Action::RoomLanguage) => vec![Effect::Speak(live.language.next())],
        (Some(_), Action::CloseRoom) => {
            seat.layers.pop();
            vec![Effect::GoLive(false)]
        }
        _ => Vec::new(),
    }
}

/// Shows how others join.
pub(super) fn open_join(seat: &mut Seat) -> Vec<Effect> {
    match seat.layers.last() {
        Some(Layer::Join { .. }) => drop(seat.layers.pop()),
        Some(Layer::Session(_)) => {}
        _ => seat.layers = vec![Layer::Join { scroll: 0 }],
    }
    Vec::new()
}

pub(super) fn on_layer(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    if matches!(seat.layers.last(), Some(Layer::Join { .. })) {
        return on_join(room, seat, action);
    }
    if let Some(Layer::Jump(jump)) = seat.layers.last()
        && action == Action::Open
    {
        let goal = jump.target(&room.content);
        return follow(room, seat, goal);
    }
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -10,
        Action::PageDown => 10,
        Action::Home => isize::MIN / 2,
        Action::End => isize::MAX / 2,
        _ => 0,
    };
    let names = seat.themes.clone();
    let help_end = ui::help_end(seat);
    match seat.layers.last_mut() {
        Some(Layer::Help { scroll }) => *scroll = scroll.saturating_add_signed(by).min(help_end),
        Some(Layer::Jump(jump)) => jump.step(by),
        Some(Layer::Themes { .. }) if action == Action::Open => {
            seat.layers.pop();
        }
        Some(Layer::Themes { tried, .. }) => {
            let at = names
                .iter()
                .position(|name| name == tried)
                .unwrap_or_default();
            let to = at
                .saturating_add_signed(by)
                .min(names.len().saturating_sub(1));
            if let Some(name) = names.get(to) {
                tried.clone_from(name);
                seat.look.theme.clone_from(name);
            }
        }
        Some(Layer::Session(_) | Layer::Join { .. } | Layer::Form(_) | Layer::Audience { .. })
        | None => {}
    }
    Vec::new()
}
