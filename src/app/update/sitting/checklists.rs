//! What keys do in the list of systems under design and in their checklists.
//!
//! Owns which system and which line is chosen, by id and by address.

use super::notes::erase;
use super::writing::edit;
use super::{prompt, propose, sheet};
use crate::app::Action;
use crate::app::seat::Seat;
use crate::app::sitting::{Ask, Sheet, View};
use crate::app::update::{Effect, reveal_stop};
use crate::room::{
    Answer, Body, Command, Design, DesignCommand, Mark, NoteKind, Room, Subject, SystemId,
    checklist,
};
use crate::store::Slot;

/// The systems under design.
fn systems(room: &Room) -> Vec<&Design> {
    let session = room.session.as_ref();
    session.map_or_else(Vec::new, |one| one.designs.iter().collect())
}

/// The system that is chosen: the first where none is.
pub fn chosen_system(room: &Room, seat: &Seat) -> usize {
    let chosen = seat.sitting.system;
    let all = systems(room);
    let at = all.iter().position(|one| Some(one.id) == chosen);
    at.unwrap_or_default()
}

pub(super) fn on_system(room: &Room, seat: &mut Seat, action: Action, by: isize) -> Vec<Effect> {
    if action == Action::Add {
        return prompt(seat, Ask::System, "");
    }
    let all = systems(room);
    let to = chosen_system(room, seat).saturating_add_signed(by);
    let Some(design) = all.get(to.min(all.len().saturating_sub(1))) else {
        seat.message = Some("No system yet; a begins a checklist for one.".to_owned());
        return Vec::new();
    };
    let id = design.id;
    seat.sitting.system = Some(id);
    match action {
        Action::Edit => {
            seat.sitting.view = View::Checklist(id, false);
            seat.sitting.line = None;
            if design.sub_steps.is_empty() {
                return sheet(seat, Sheet::SubSteps { id, row: 0 });
            }
        }
        Action::Delete => return propose(Command::Design(DesignCommand::Remove(id))),
        Action::Erase => return erase(seat, Subject::System(id), "this system's name"),
        _ => {}
    }
    Vec::new()
}

/// The lines of a checklist, and which is chosen.
pub fn checklist_lines(
    room: &Room,
    seat: &Seat,
    (id, activities): (SystemId, bool),
) -> (Vec<checklist::Line>, usize) {
    let design = room.session.as_ref().and_then(|one| one.designs.get(id));
    let lines = match design {
        None => Vec::new(),
        Some(design) if activities => checklist::activity_lines(&room.content, design),
        Some(design) => checklist::principle_lines(&room.content, design),
    };
    let at = line_at(&lines, seat.sitting.line.as_deref());
    (lines, at)
}

/// The place of a line among the lines of a checklist; the first where none is meant.
pub fn line_at(lines: &[checklist::Line], address: Option<&str>) -> usize {
    let at = |address| {
        lines
            .iter()
            .position(|one| one.address.to_string() == address)
    };
    address.and_then(at).unwrap_or_default()
}

pub(super) fn on_line(
    room: &Room,
    seat: &mut Seat,
    action: Action,
    by: isize,
    (id, activities): (SystemId, bool),
) -> Vec<Effect> {
    if action == Action::Add {
        return sheet(seat, Sheet::SubSteps { id, row: 0 });
    }
    let (lines, at) = checklist_lines(room, seat, (id, activities));
    let to = at
        .saturating_add_signed(by)
        .min(lines.len().saturating_sub(1));
    let Some(line) = lines.get(to) else {
        seat.message = Some("No lines yet; a chooses the sub-steps to look at.".to_owned());
        return Vec::new();
    };
    let address = line.address.to_string();
    seat.sitting.line = Some(address.clone());
    let mut mark = mark_at(room, id, &address);
    match action {
        Action::Answer => {
            mark.answer = next_answer(mark.answer);
            propose(Command::Design(DesignCommand::Mark { id, address, mark }))
        }
        Action::Edit | Action::Note => {
            let body = Body::new(NoteKind::Note, mark.note);
            edit(seat, Slot::Mark(id, address), line.text.clone(), body)
        }
        Action::Erase => erase(seat, Subject::Mark(id, address), "this remark"),
        Action::FollowNote => {
            seat.jump(line.address.clone());
            reveal_stop(room, seat);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Done, to do, does not apply, and nothing again.
fn next_answer(answer: Option<Answer>) -> Option<Answer> {
    match answer {
        None => Answer::ALL.first().copied(),
        Some(one) => {
            let at = Answer::ALL.iter().position(|other| *other == one)?;
            Answer::ALL.get(at + 1).copied()
        }
    }
}

pub(super) fn mark_at(room: &Room, id: SystemId, address: &str) -> Mark {
    let design = room.session.as_ref().and_then(|one| one.designs.get(id));
    let mark = design.and_then(|one| one.marks.get(address));
    mark.cloned().unwrap_or_default()
}

pub(super) fn marked(id: SystemId, address: &str, mark: Mark) -> Command {
    Command::Design(DesignCommand::Mark {
        id,
        address: address.to_owned(),
        mark,
    })
}
