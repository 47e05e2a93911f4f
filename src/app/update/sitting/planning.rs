//! What keys do in the agenda and with the countdown.
//!
//! Owns how minutes and words that were typed become items and countdowns. Knows no clock.

use super::notes::erase;
use super::{prompt, propose};
use crate::app::Action;
use crate::app::layer::Layer;
use crate::app::seat::Seat;
use crate::app::sitting::{Ask, Sheet};
use crate::app::update::Effect;
use crate::room::agenda::Planned;
use crate::room::timer::Run;
use crate::room::{AgendaCommand, Command, Room, Subject, TimerCommand};

pub(super) fn planned(text: &str) -> Option<Planned> {
    let (minutes, title) = text.split_once(' ')?;
    Some(Planned {
        title: title.trim().to_owned(),
        minutes: minutes.parse().ok()?,
    })
}

/// What an action does in the agenda.
pub(super) fn on_agenda(
    room: &Room,
    seat: &mut Seat,
    action: Action,
    (row, by): (usize, isize),
) -> Vec<Effect> {
    match action {
        Action::Add => return prompt(seat, Ask::NewItem, ""),
        Action::LoadAgenda => {
            let folder = format!("{}/", seat.sitting.folder);
            return prompt(seat, Ask::AgendaFile, &folder);
        }
        Action::Undo => return propose(Command::Undo),
        Action::Redo => return propose(Command::Redo),
        _ => {}
    }
    let items = room
        .session
        .as_ref()
        .map_or(&[][..], |one| one.agenda.items());
    let row = row.min(items.len().saturating_sub(1));
    let Some(item) = items.get(row) else {
        return Vec::new();
    };
    let id = item.id;
    let mut to = row.saturating_add_signed(by).min(items.len() - 1);
    let effects = match action {
        Action::Edit => {
            let typed = format!("{} {}", item.minutes, item.title);
            return prompt(seat, Ask::Item(id), &typed);
        }
        Action::Erase => return erase(seat, Subject::Item(id), "this item"),
        Action::Delete => propose(Command::Agenda(AgendaCommand::Remove(id))),
        Action::Earlier | Action::Later => {
            let by = if action == Action::Earlier { -1 } else { 1 };
            to = row.saturating_add_signed(by).min(items.len() - 1);
            propose(Command::Agenda(AgendaCommand::Move { id, to }))
        }
        Action::Countdown => [
            TimerCommand::Set {
                seconds: item.minutes.saturating_mul(60),
                label: item.title.clone(),
            },
            TimerCommand::Start,
        ]
        .map(|one| Effect::Propose(Box::new(Command::Timer(one))))
        .into(),
        _ => Vec::new(),
    };
    if let Some(Layer::Session(Sheet::Agenda(row))) = seat.layers.last_mut() {
        *row = to;
    }
    effects
}

/// Minutes begin a countdown, nothing lets it wait or go on, 0 takes it away.
pub(super) fn countdown(room: &Room, text: &str) -> Option<Vec<Command>> {
    let timer = room.session.as_ref().map(|one| &one.timer);
    let commands = if text.is_empty() {
        let runs = timer.is_some_and(|one| matches!(one.run, Run::Running { .. }));
        vec![if runs {
            TimerCommand::Pause
        } else {
            TimerCommand::Start
        }]
    } else {
        let (minutes, label) = text.split_once(' ').unwrap_or((text, ""));
        let minutes: u32 = minutes.parse().ok()?;
        if minutes == 0 {
            vec![TimerCommand::Reset]
        } else {
            let set = TimerCommand::Set {
                seconds: minutes.saturating_mul(60),
                label: label.trim().to_owned(),
            };
            vec![set, TimerCommand::Start]
        }
    };
    Some(commands.into_iter().map(Command::Timer).collect())
}
