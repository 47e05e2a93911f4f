//! What keys do in the list of systems and in their checklists.
//!
//! Owns which system and which line is chosen, by id and by address. A system of the operation
//! and one that was only begun in this session answer to the same keys; what is said of the
//! first goes into the operation's file, of the second into the session.

use super::notes::erase;
use super::writing::edit;
use super::{prompt, propose, sheet};
use crate::app::Action;
use crate::app::checked::{self, Checked, Checklist, SystemRef};
use crate::app::form::Form;
use crate::app::seat::Seat;
use crate::app::sitting::{Ask, Sheet, View};
use crate::app::update::views::open_worksheet;
use crate::app::update::{Effect, mapping, reveal_stop};
use crate::content::{Address, Place, SubStepId};
use crate::operation::{Edit, Entry, Progress, System, Worksheet};
use crate::room::checklist::Line;
use crate::room::{Answer, Body, Command, DesignCommand, Mark, NoteKind, Room, Subject, SystemId};
use crate::store::Slot;

/// The system that is chosen: the first where none is.
pub fn chosen_system(room: &Room, seat: &Seat) -> usize {
    let chosen = seat.sitting.system.as_ref();
    let at = chosen.and_then(|one| checked::index(room, one));
    at.unwrap_or_default()
}

pub(super) fn on_system(room: &Room, seat: &mut Seat, action: Action, by: isize) -> Vec<Effect> {
    if action == Action::Add {
        return add(room, seat);
    }
    let last = checked::count(room).saturating_sub(1);
    let to = chosen_system(room, seat)
        .saturating_add_signed(by)
        .min(last);
    let Some(chosen) = checked::from(room, to).next() else {
        seat.message = Some("No system yet; a begins a checklist for one.".to_owned());
        return Vec::new();
    };
    seat.sitting.system = Some(chosen.clone());
    match (action, chosen) {
        (Action::Edit, SystemRef::Session(id)) => open_chosen(room, seat, id),
        (Action::Edit, SystemRef::Operation(id)) => {
            open_worksheet(seat, Place::Worksheet(id));
            Vec::new()
        }
        (Action::Delete, SystemRef::Session(id)) => {
            propose(Command::Design(DesignCommand::Remove(id)))
        }
        (Action::Delete, SystemRef::Operation(id)) => vec![Effect::Map(vec![Edit::Remove(id)])],
        (Action::Erase, SystemRef::Session(id)) => {
            erase(seat, Subject::System(id), "this system's name")
        }
        (Action::IntoOperation, SystemRef::Session(id)) => into_operation(room, seat, id),
        (Action::Erase | Action::IntoOperation, SystemRef::Operation(_)) => {
            let said = "This system is the operation's already; d takes it away, u brings it back.";
            seat.message = Some(said.to_owned());
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A new system: of the operation where one is open, or else of this session.
fn add(room: &Room, seat: &mut Seat) -> Vec<Effect> {
    if room.content.operation.is_none() {
        return prompt(seat, Ask::System, "");
    }
    let form = Form::system(&System::default(), None, &room.content);
    mapping::open_form(room, seat, form)
}

fn open_chosen(room: &Room, seat: &mut Seat, id: SystemId) -> Vec<Effect> {
    let of = SystemRef::Session(id);
    let chosen = Checked::find(room, &of).is_some_and(|one| !one.sub_steps.is_empty());
    seat.sitting.line = None;
    seat.sitting.view = View::Checklist(Checklist {
        of,
        at: None,
        activities: false,
    });
    if chosen {
        Vec::new()
    } else {
        sheet(seat, Sheet::SubSteps { id, row: 0 })
    }
}

/// Opens the form for a system of the session, so that it becomes one of the operation and
/// takes its checklist along.
fn into_operation(room: &Room, seat: &mut Seat, id: SystemId) -> Vec<Effect> {
    if room.content.operation.is_none() {
        seat.message = Some(crate::page::operation::NONE_OPEN.to_owned());
        return Vec::new();
    }
    let session = room.session.as_ref();
    let Some(design) = session.and_then(|one| one.designs.get(id)) else {
        return Vec::new();
    };
    let begun = Entry {
        progress: Progress::Begun,
        ..Entry::default()
    };
    let system = System {
        name: design.title(),
        worksheet: Worksheet {
            entries: design
                .sub_steps
                .iter()
                .map(|one| (*one, begun.clone()))
                .collect(),
            answers: design.marks.clone(),
            ..Worksheet::default()
        },
        ..System::default()
    };
    mapping::open_form(room, seat, Form::system(&system, Some(id), &room.content))
}

/// Opens the checklist of a system of the operation at a sub-step.
pub(in crate::app::update) fn open_at(seat: &mut Seat, system: &str, sub_step: SubStepId) {
    seat.jump(Address::from(Place::Notes));
    seat.sitting.line = None;
    seat.sitting.system = Some(SystemRef::Operation(system.to_owned()));
    seat.sitting.view = View::Checklist(Checklist {
        of: SystemRef::Operation(system.to_owned()),
        at: Some(sub_step),
        activities: false,
    });
}

/// The lines of a checklist, and which is chosen.
pub fn checklist_lines(room: &Room, seat: &Seat, list: &Checklist) -> (Vec<Line>, usize) {
    let checked = Checked::looked_at(room, list);
    let lines = checked.map_or_else(Vec::new, |one| one.lines(room, list.activities));
    let at = line_at(&lines, seat.sitting.line.as_deref());
    (lines, at)
}

/// The place of a line among the lines of a checklist; the first where none is meant.
pub fn line_at(lines: &[Line], address: Option<&str>) -> usize {
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
    (action, by): (Action, isize),
    list: &Checklist,
) -> Vec<Effect> {
    if action == Action::Add {
        return match &list.of {
            SystemRef::Session(id) => sheet(seat, Sheet::SubSteps { id: *id, row: 0 }),
            SystemRef::Operation(_) => {
                let said = "Esc goes to the worksheet, where the other sub-steps are.";
                seat.message = Some(said.to_owned());
                Vec::new()
            }
        };
    }
    let (lines, at) = checklist_lines(room, seat, list);
    let to = at
        .saturating_add_signed(by)
        .min(lines.len().saturating_sub(1));
    let Some(line) = lines.get(to) else {
        seat.message = Some("No lines yet; a chooses the sub-steps to look at.".to_owned());
        return Vec::new();
    };
    seat.sitting.line = Some(line.address.to_string());
    if action == Action::FollowNote {
        seat.jump(line.address.clone());
        reveal_stop(room, seat);
        return Vec::new();
    }
    match &list.of {
        SystemRef::Session(id) => on_own_line(room, seat, action, *id, line),
        SystemRef::Operation(id) => on_mapped_line(room, seat, action, id, line),
    }
}

/// A line of a system that was only begun in this session.
fn on_own_line(
    room: &Room,
    seat: &mut Seat,
    action: Action,
    id: SystemId,
    line: &Line,
) -> Vec<Effect> {
    let address = line.address.to_string();
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
        _ => Vec::new(),
    }
}

/// A line of a system of the operation.
fn on_mapped_line(
    room: &Room,
    seat: &mut Seat,
    action: Action,
    id: &str,
    line: &Line,
) -> Vec<Effect> {
    let operation = room.content.operation.as_deref();
    let Some(system) = operation.and_then(|one| one.system(id)) else {
        return Vec::new();
    };
    let address = line.address.to_string();
    let answers = &system.worksheet.answers;
    let mut mark = answers.get(&address).cloned().unwrap_or_default();
    match action {
        Action::Answer => mark.answer = next_answer(mark.answer),
        Action::Edit | Action::Note => {
            return mapping::open_form(room, seat, Form::remark(system, &address, &line.text));
        }
        Action::Erase if mark.note.is_empty() => return Vec::new(),
        Action::Erase => mark.note.clear(),
        _ => return Vec::new(),
    }
    vec![Effect::Map(vec![Edit::Answer(
        id.to_owned(),
        address,
        mark,
    )])]
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
