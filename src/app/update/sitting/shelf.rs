//! What keys do in the list of sessions.
//!
//! Owns what each key asks for. What concerns the session that is open here is proposed like
//! any other change; everything else is an errand, done outside.

use std::path::PathBuf;

use super::{prompt, propose, sheet};
use crate::app::Action;
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::seat::Seat;
use crate::app::shelf::{Errand, Naming, Shelf};
use crate::app::sitting::{Ask, Sheet};
use crate::app::update::Effect;
use crate::room::{Command, MetaCommand, Room};
use crate::store::{Condition, Purge, SessionInfo};

/// Opens the list; the rows come with a message.
pub(super) fn open_shelf(seat: &mut Seat) -> Vec<Effect> {
    sheet(seat, Sheet::Shelf(Shelf::default()));
    errand(Errand::List)
}

pub(super) fn errand(errand: Errand) -> Vec<Effect> {
    vec![Effect::Errand(Box::new(errand))]
}

/// The list of sessions, if it is open.
pub(super) fn shelf(seat: &mut Seat) -> Option<&mut Shelf> {
    seat.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Session(Sheet::Shelf(shelf)) => Some(shelf),
        _ => None,
    })
}

/// Shows the rows that were found.
pub(super) fn filled(seat: &mut Seat, rows: Vec<SessionInfo>, chosen: Option<PathBuf>) {
    if let Some(shelf) = shelf(seat) {
        shelf.chosen = chosen.or_else(|| shelf.chosen.take());
        shelf.rows = Some(rows);
        shelf.step(0);
        // A line that was asked for is answered.
        let asks = |layer: &Layer| {
            matches!(
                layer,
                Layer::Session(Sheet::Prompt { .. } | Sheet::Naming(_))
            )
        };
        seat.layers.retain(|layer| !asks(layer));
    }
}

/// Shows what purging would remove, and asks.
pub(super) fn planned(seat: &mut Seat, plan: Box<Purge>) {
    sheet(seat, Sheet::Purge { plan, scroll: 0 });
}

/// Tells what was done, over the list or the page that it was asked from.
pub(super) fn told(seat: &mut Seat, title: String, lines: Vec<String>) {
    let stays = |layer: &Layer| {
        !matches!(
            layer,
            Layer::Session(Sheet::Prompt { .. } | Sheet::Export(_) | Sheet::Purge { .. })
        )
    };
    seat.layers.retain(stays);
    sheet(seat, Sheet::Told { title, lines });
}

/// The answer to the question of a purge: y means this, Y its exports and copies too.
pub(super) fn answers_purge(seat: &mut Seat, plan: &Purge, key: Key) -> Vec<Effect> {
    let elsewhere = match key.code {
        Code::Char('y') => false,
        Code::Char('Y') if !plan.elsewhere.is_empty() => true,
        _ => {
            seat.layers.pop();
            seat.message = Some("Nothing was removed.".to_owned());
            return Vec::new();
        }
    };
    let file = plan.file.clone();
    errand(Errand::Purge { file, elsewhere })
}

/// What an action does in the list.
pub(super) fn on_shelf(room: &Room, seat: &mut Seat, action: Action, by: isize) -> Vec<Effect> {
    match action {
        Action::NewSession => return prompt(seat, Ask::NewSession, ""),
        Action::Resume => return vec![Effect::Resume],
        _ => {}
    }
    let chosen = shelf(seat).and_then(|shelf| {
        shelf.step(by);
        shelf.session(room)
    });
    let Some(info) = chosen else {
        seat.message = Some("No session is kept yet; n begins one.".to_owned());
        return Vec::new();
    };
    if by != 0 {
        return Vec::new();
    }
    match (action, &info.condition) {
        (Action::RecoverSession, Condition::Damaged(_)) => {
            return errand(Errand::Recover(info.file));
        }
        (Action::PurgeSession, condition) if condition.why().is_some() => {
            return errand(Errand::PlanPurge(info.file));
        }
        (_, Condition::Held) => say(
            seat,
            "Another pim has it open: work in that one, or close it.",
        ),
        (_, condition) if condition.why().is_some() => {
            say(seat, "It cannot be opened; why stands below.");
        }
        _ => return on_session(room, seat, action, info),
    }
    Vec::new()
}

fn say(seat: &mut Seat, said: &str) {
    seat.message = Some(said.to_owned());
}

/// What an action does with a session that can be opened.
fn on_session(room: &Room, seat: &mut Seat, action: Action, info: SessionInfo) -> Vec<Effect> {
    match action {
        Action::OpenSession if info.here => {
            say(seat, "This session is open; Esc goes back to it.");
        }
        Action::OpenSession => return errand(Errand::Open(info.file)),
        Action::NameSession if info.here => return name(room, seat),
        Action::NameSession => {
            let lines = [&*info.title, &info.date, &info.place];
            let naming = Naming::new(Some(&info.file), lines);
            return sheet(seat, Sheet::Naming(Box::new(naming)));
        }
        Action::CloseSession => return close(info),
        Action::CopySession => {
            let to = format!("{}/{}-copy.pim", seat.sitting.folder, info.name);
            return prompt(seat, Ask::CopyTo, &to);
        }
        Action::PurgeSession => return errand(Errand::PlanPurge(info.file)),
        Action::RecoverSession => say(seat, "Only a damaged session needs this; this one opens."),
        _ => {}
    }
    Vec::new()
}

/// Closes a session, or reopens it.
fn close(info: SessionInfo) -> Vec<Effect> {
    let command = match info.condition {
        Condition::Closed => MetaCommand::Reopen,
        _ => MetaCommand::Close,
    };
    if info.here {
        propose(Command::Meta(command))
    } else {
        errand(Errand::Change(info.file, command))
    }
}

/// Title, date and place of the session that is open here, to be typed.
pub(super) fn name(room: &Room, seat: &mut Seat) -> Vec<Effect> {
    let naming = match &room.session {
        Some(session) => Naming::of(&session.meta),
        None => Naming::new(None, [""; 3]),
    };
    sheet(seat, Sheet::Naming(Box::new(naming)))
}

/// Keeps what was typed about a session.
pub(super) fn named(naming: &Naming) -> Vec<Effect> {
    let command = naming.command();
    match &naming.file {
        Some(file) => errand(Errand::Change(file.clone(), command)),
        None => propose(Command::Meta(command)),
    }
}

/// Asks for a copy of the chosen session.
pub(super) fn copy(room: &Room, seat: &mut Seat, to: &str) -> Vec<Effect> {
    let chosen = shelf(seat).and_then(|shelf| shelf.session(room));
    let to = to.to_owned();
    chosen.map_or_else(Vec::new, |info| {
        let file = info.file;
        errand(Errand::Copy { file, to })
    })
}
