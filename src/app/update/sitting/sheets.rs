//! What keys do on a sheet that lies over a page: lists to choose from, lines that are asked
//! for.
//!
//! Owns what an answered line proposes. A line stays open until that is kept, so that nothing
//! that was typed is lost to a refusal.

use std::collections::BTreeSet;

use super::planning::{countdown, on_agenda, planned};
use super::shelf::{copy, errand, named, on_shelf};
use super::writing::{keep_draft, save};
use super::{prompt, propose, sentence};
use crate::app::Action;
use crate::app::layer::Layer;
use crate::app::seat::Seat;
use crate::app::shelf::Errand;
use crate::app::sitting::{Ask, FORMATS, Sheet};
use crate::app::update::Effect;
use crate::content::{Address, SubStepId};
use crate::room::{AgendaCommand, Command, Design, DesignCommand, NoteCommand, Room};

/// What an action does on a sheet.
pub(in crate::app::update) fn on_sheet(
    room: &Room,
    seat: &mut Seat,
    action: Action,
) -> Vec<Effect> {
    let Some(Layer::Session(top)) = seat.layers.last_mut() else {
        return Vec::new();
    };
    let by: isize = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -8,
        Action::PageDown => 8,
        _ => 0,
    };
    let open = action == Action::Open;
    match top {
        Sheet::Editor(editor) => match action {
            Action::NextKind => editor.turn_kind(1),
            Action::PreviousKind => editor.turn_kind(-1),
            Action::Save => return save(room, seat),
            _ => {}
        },
        Sheet::Prompt { ask, line } if action == Action::Done => {
            let (ask, text) = (*ask, line.text());
            return answered(room, seat, ask, text.trim());
        }
        Sheet::Naming(naming) => match action {
            Action::Done => return named(naming),
            Action::NextLine => naming.turn(1),
            Action::PreviousLine => naming.turn(-1),
            _ => {}
        },
        Sheet::Export(at) if open => {
            let format = FORMATS.get(*at).copied();
            let folder = seat.sitting.folder.clone();
            return format.map_or_else(Vec::new, |format| {
                prompt(seat, Ask::Folder(format), &folder)
            });
        }
        Sheet::Shelf(_) => return on_shelf(room, seat, action, by),
        Sheet::Purge { scroll, .. } => *scroll = scroll.saturating_add_signed(by).min(200),
        Sheet::Told { .. } => {
            seat.layers.pop();
        }
        Sheet::Agenda(row) => {
            let row = *row;
            return on_agenda(room, seat, action, (row, by));
        }
        Sheet::Export(at) => *at = at.saturating_add_signed(by).min(FORMATS.len() - 1),
        Sheet::SubSteps { id, row } if open => {
            let chosen = SubStepId::ALL.get(*row).copied();
            let design = room.session.as_ref().and_then(|one| one.designs.get(*id));
            if let (Some(design), Some(chosen)) = (design, chosen) {
                return toggle(design, chosen);
            }
        }
        Sheet::SubSteps { row, .. } => {
            *row = row.saturating_add_signed(by).min(SubStepId::ALL.len() - 1);
        }
        Sheet::Prompt { .. } | Sheet::Confirm { .. } => {}
    }
    if matches!(action, Action::NextKind | Action::PreviousKind) {
        return keep_draft(seat);
    }
    Vec::new()
}

/// A line was answered with Enter; it stays until what it proposes is kept.
fn answered(room: &Room, seat: &mut Seat, ask: Ask, text: &str) -> Vec<Effect> {
    match ask {
        Ask::MoveTo(id) => match Address::parse(text, &room.content) {
            Ok(address) => {
                let anchor = Some(address.to_string());
                propose(Command::Note(NoteCommand::Move { id, anchor }))
            }
            Err(wrong) => {
                seat.message = Some(sentence(&wrong.to_string()));
                Vec::new()
            }
        },
        Ask::NewItem | Ask::Item(_) => match (planned(text), ask) {
            (Some(to), Ask::Item(id)) => propose(Command::Agenda(AgendaCommand::Change { id, to })),
            (Some(item), _) => propose(Command::Agenda(AgendaCommand::Add(item))),
            (None, _) => {
                seat.message = Some("Begin with minutes, such as: 45 The Matrix.".to_owned());
                Vec::new()
            }
        },
        Ask::System => propose(Command::Design(DesignCommand::Add(text.to_owned()))),
        Ask::NewSession => errand(Errand::Begin(text.to_owned())),
        Ask::CopyTo => copy(room, seat, text),
        Ask::Folder(format) => vec![Effect::Export(format, text.to_owned())],
        Ask::AgendaFile => vec![Effect::LoadAgenda(text.to_owned())],
        Ask::Countdown => {
            if let Some(commands) = countdown(room, text) {
                commands.into_iter().flat_map(propose).collect()
            } else {
                seat.message = Some("Begin with minutes, such as: 10 ranking.".to_owned());
                Vec::new()
            }
        }
    }
}

fn toggle(design: &Design, one: SubStepId) -> Vec<Effect> {
    let mut sub_steps: BTreeSet<SubStepId> = design.sub_steps.clone();
    if !sub_steps.remove(&one) {
        sub_steps.insert(one);
    }
    let id = design.id;
    propose(Command::Design(DesignCommand::Choose { id, sub_steps }))
}
