//! What keys do with the operation: forms, the way the Matrix is seen, the export.
//!
//! Owns which form opens where, and what a change that was kept or refused does to the
//! seat. A form closes only when its change is on the disk; Esc keeps what was typed.

use super::{Effect, reveal_stop};
use crate::app::action::Action;
use crate::app::checked::SystemRef;
use crate::app::form::{About, Form};
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::seat::{Seat, Stop};
use crate::content::{Address, CategoryId, CriterionId, Place, SubStepId};
use crate::export::MapFormat;
use crate::operation::{AddedRow, Edit, Locked, Operation, Own, Sharing, System, locked};
use crate::page::Lens;
use crate::page::operation::NONE_OPEN;
use crate::room::{Command, DesignCommand, Room, SystemId};
use crate::ui;

/// What a key does while a form is open; none where it is a command.
pub(super) fn typed(seat: &mut Seat, key: Key) -> Option<Vec<Effect>> {
    let width = ui::form_width(seat.size);
    let Some(Layer::Form(form)) = seat.layers.last_mut() else {
        return None;
    };
    let command = match key.code {
        Code::Char(c) => key.ctrl && !matches!(c, 'u' | 'w' | 'a' | 'e' | 'h'),
        Code::Esc | Code::Tab | Code::BackTab => true,
        _ => false,
    };
    if command {
        return None;
    }
    form.refused = None;
    form.key(key, width);
    let kept = keep(form, false);
    Some(vec![kept])
}

/// A paste into a form.
pub(super) fn paste(seat: &mut Seat, text: &str) -> Option<Vec<Effect>> {
    let Some(Layer::Form(form)) = seat.layers.last_mut() else {
        return None;
    };
    if !form.paste(text) {
        seat.message = Some("This is more than a field holds; nothing was put in.".to_owned());
    }
    Some(vec![keep(form, false)])
}

/// What is typed counts as a draft from the first letter.
fn keep(form: &Form, at_once: bool) -> Effect {
    Effect::MapDraft {
        about: form.about.key(),
        draft: form.draft(),
        at_once,
    }
}

/// What an action does in a form or in the choice of an audience.
pub(super) fn on_layer(seat: &mut Seat, action: Action) -> Option<Vec<Effect>> {
    let by = match action {
        Action::Up | Action::PreviousField => -1,
        Action::Down | Action::NextField => 1,
        _ => 0,
    };
    match seat.layers.last_mut()? {
        Layer::Form(form) => {
            form.step(by);
            if action == Action::MapRead {
                return Some(vec![Effect::MapRead]);
            }
            if action != Action::Save {
                return Some(Vec::new());
            }
            if let Some(doubt) = form.doubt() {
                form.refused = Some(doubt.to_owned());
                return Some(Vec::new());
            }
            let edits = form.edits();
            Some(vec![Effect::Map(edits)])
        }
        Layer::Audience { audience, row } => {
            let count = audience.map_or(Sharing::ALL.len(), |_| MapFormat::ALL.len());
            *row = row.saturating_add_signed(by).min(count - 1);
            if action != Action::Open {
                return Some(Vec::new());
            }
            let chosen = *row;
            match audience {
                None => {
                    *audience = Sharing::ALL.get(chosen).copied();
                    *row = 0;
                    Some(Vec::new())
                }
                Some(audience) => {
                    let effect = MapFormat::ALL
                        .get(chosen)
                        .map(|format| Effect::MapExport(*audience, *format));
                    seat.layers.pop();
                    Some(effect.into_iter().collect())
                }
            }
        }
        _ => None,
    }
}

/// Leaving a form keeps what was typed.
pub(super) fn left(seat: &mut Seat, form: &Form) -> Vec<Effect> {
    if form.draft().is_some() {
        seat.message = Some("Not saved, but kept: open it again to go on.".to_owned());
    }
    vec![keep(form, true)]
}

/// What an action does on a page; none where it is about something else.
pub(super) fn act(room: &Room, seat: &mut Seat, action: Action) -> Option<Vec<Effect>> {
    let wanted = matches!(
        action,
        Action::Operation
            | Action::Original
            | Action::Difference
            | Action::MapAdd
            | Action::MapEdit
            | Action::MapHide
            | Action::MapRow
            | Action::MapRead
            | Action::MapExport
    );
    if !wanted {
        return None;
    }
    let Some(operation) = room.content.operation.clone() else {
        if action == Action::Operation {
            seat.jump(Address::from(Place::Operation));
        } else {
            seat.message = Some(NONE_OPEN.to_owned());
        }
        return Some(Vec::new());
    };
    let effects = match action {
        Action::MapRead => vec![Effect::MapRead],
        Action::Original => look(room, seat, Lens::Original),
        Action::Difference => look(room, seat, Lens::Difference),
        Action::MapAdd => add(room, seat, &operation),
        Action::MapEdit => edit(room, seat, &operation),
        Action::MapHide => hide(room, seat, &operation),
        Action::MapRow => open_form(room, seat, Form::row(&AddedRow::default())),
        Action::MapExport => {
            let (audience, row) = (None, 0);
            seat.layers.push(Layer::Audience { audience, row });
            Vec::new()
        }
        _ => {
            seat.jump(Address::from(Place::Operation));
            Vec::new()
        }
    };
    Some(effects)
}

/// Takes the last change back, or makes it again, where it was one of the operation.
pub(super) fn undo(seat: &Seat, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Undo if seat.mapping.is_last => Some(vec![Effect::MapUndo]),
        Action::Redo if seat.mapping.is_last => Some(vec![Effect::MapRedo]),
        _ => None,
    }
}

/// The Matrix in another way, or as before.
fn look(room: &Room, seat: &mut Seat, lens: Lens) -> Vec<Effect> {
    let now = if seat.mapping.lens == lens {
        Lens::Mine
    } else {
        lens
    };
    seat.mapping.lens = now;
    let said = match now {
        Lens::Mine => "With what this operation changes.",
        Lens::Original => "As it ships, without this operation.",
        Lens::Difference => "What differs: + this operation, - as it ships.",
    };
    seat.message = Some(said.to_owned());
    reveal_stop(room, seat);
    Vec::new()
}

/// Opens a form; what was typed into the same one before goes on.
pub(super) fn open_form(room: &Room, seat: &mut Seat, mut form: Form) -> Vec<Effect> {
    let draft = room.map_drafts.of(&form.about.key());
    if draft.is_some_and(|draft| form.take_up(draft)) {
        seat.message = Some("What you wrote before, not saved yet.".to_owned());
    }
    seat.layers.push(Layer::Form(Box::new(form)));
    Vec::new()
}

fn say(seat: &mut Seat, what: impl Into<String>) -> Vec<Effect> {
    seat.message = Some(what.into());
    Vec::new()
}

fn add(room: &Room, seat: &mut Seat, operation: &Operation) -> Vec<Effect> {
    let content = &room.content;
    match seat.at.clone() {
        Place::Cell(category, row) => match locked(content, operation, category, row) {
            Some(why) if row == CriterionId::Definition && why.stated.is_none() => {
                open_form(room, seat, Form::endorse(category, content))
            }
            Some(why) => say_locked(seat, &why),
            None => {
                let own = Own::default();
                open_form(room, seat, Form::own((category, row), &own, false, content))
            }
        },
        Place::Column(category) => {
            let system = System {
                categories: vec![category],
                ..System::default()
            };
            open_form(room, seat, Form::system(&system, None, content))
        }
        Place::Operation | Place::Coverage | Place::System(_) => {
            open_form(room, seat, Form::system(&System::default(), None, content))
        }
        Place::OwnRow(_) | Place::Worksheet(_) => edit(room, seat, operation),
        _ => say(
            seat,
            "Go to the operation with O, or to a cell of the Matrix.",
        ),
    }
}

/// The last line holds no long text; what the source says is on the page above it.
fn say_locked(seat: &mut Seat, why: &Locked) -> Vec<Effect> {
    let said = if why.stated.is_some() {
        "Locked: nobody changes what the source says here; it stands above."
    } else {
        "Locked: only the endorsed text can take its place; a on Definition gives it."
    };
    say(seat, said)
}

/// The item that is pointed at.
fn item(seat: &Seat) -> Option<String> {
    match &seat.stop {
        Some(Stop::Item(item)) => Some(item.clone()),
        _ => None,
    }
}

fn edit(room: &Room, seat: &mut Seat, operation: &Operation) -> Vec<Effect> {
    let content = &room.content;
    let pointed = item(seat);
    let form = match (&seat.at, &seat.stop) {
        (_, Some(Stop::Link(Place::System(id)))) | (Place::System(id), _) => operation
            .system(id)
            .map(|one| Form::system(one, None, content)),
        (_, Some(Stop::Link(Place::OwnRow(id)))) => operation
            .rows
            .iter()
            .find(|row| row.id == *id)
            .map(Form::row),
        (Place::Operation, _) => Some(Form::operation(operation)),
        (Place::Worksheet(id), _) => {
            let sub_step = pointed.and_then(|slug| SubStepId::from_slug(&slug));
            let system = operation.system(id);
            system
                .zip(sub_step)
                .map(|(one, sub_step)| Form::work(one, sub_step, content))
        }
        (Place::OwnRow(id), _) => {
            let category = pointed.and_then(|slug| CategoryId::from_slug(&slug));
            let row = operation.rows.iter().find(|row| row.id == *id);
            row.zip(category)
                .map(|(row, category)| Form::fill(row, category, content))
        }
        (Place::Cell(category, row), _) => {
            let (category, row) = (*category, *row);
            if let Some(why) = locked(content, operation, category, row) {
                return say_locked(seat, &why);
            }
            pointed.and_then(|id| text_form(room, operation, (category, row), &id))
        }
        _ => None,
    };
    match form {
        Some(form) => open_form(room, seat, form),
        None => say(seat, "Point at something of the operation first, with Tab."),
    }
}

/// The form for a text of the operation's own, or for one in the place of what ships.
fn text_form(
    room: &Room,
    operation: &Operation,
    (category, row): (CategoryId, CriterionId),
    id: &str,
) -> Option<Form> {
    let content = &room.content;
    let adapted = operation.adapted(category, row);
    let own = |texts: &[Own]| texts.iter().find(|one| one.id == id).cloned();
    if let Some(added) = adapted.and_then(|one| own(&one.added)) {
        return Some(Form::own((category, row), &added, false, content));
    }
    let shipped = content
        .cell(category, row)
        .passages
        .iter()
        .find(|one| one.id == id)?;
    let text = adapted
        .and_then(|one| own(&one.changed))
        .unwrap_or_else(|| Own {
            id: id.to_owned(),
            text: shipped.plain(),
            sharing: Sharing::default(),
        });
    Some(Form::own((category, row), &text, true, content))
}

/// Leaves out what is pointed at, or takes it away; undo brings it back.
fn hide(room: &Room, seat: &mut Seat, operation: &Operation) -> Vec<Effect> {
    let pointed = item(seat);
    if let Place::Cell(category, row) = seat.at
        && !matches!(seat.stop, Some(Stop::Link(_)))
        && let Some(why) = locked(&room.content, operation, category, row)
    {
        return say_locked(seat, &why);
    }
    let edit = match (seat.at.clone(), &seat.stop, pointed) {
        (_, Some(Stop::Link(Place::System(id))), _) => Some(Edit::Remove(id.clone())),
        (Place::System(id), ..) => Some(Edit::Remove(id)),
        (_, Some(Stop::Link(Place::OwnRow(id))), _) => {
            Some(Edit::Row(id.clone(), String::new(), Sharing::default()))
        }
        (Place::OwnRow(id), _, Some(slug)) => {
            let category = CategoryId::from_slug(&slug);
            category.map(|category| Edit::Fill(id, category, Own::default()))
        }
        (Place::Cell(category, row), _, Some(id)) => {
            let adapted = operation.adapted(category, row);
            let is_own = adapted.is_some_and(|one| one.added.iter().any(|own| own.id == id));
            let own = Own {
                id: id.clone(),
                ..Own::default()
            };
            Some(if is_own {
                Edit::Write(category, row, own)
            } else {
                Edit::Hide(category, row, id)
            })
        }
        _ => None,
    };
    match edit {
        Some(edit) => vec![Effect::Map(vec![edit])],
        None => say(
            seat,
            "Point at a passage, a system or a row first, with Tab.",
        ),
    }
}

/// A change is on the disk.
pub(super) fn kept(room: &Room, seat: &mut Seat, said: String) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(Layer::Form(form)) = seat.layers.pop_if(|one| matches!(one, Layer::Form(_))) {
        let about = form.about.key();
        effects.push(Effect::MapDraft {
            about,
            draft: None,
            at_once: true,
        });
        if let About::System(system, from) = form.about {
            effects.extend(came(room, seat, &system, from));
        }
    }
    seat.mapping.is_last = true;
    changed(room, seat, said);
    effects
}

/// A system came into the operation: it is the chosen one, and the one of the session that it
/// was begun as goes, so that there are not two.
fn came(room: &Room, seat: &mut Seat, system: &System, from: Option<SystemId>) -> Option<Effect> {
    let newest = room.content.operation.as_ref()?.systems.last()?;
    if system.id.is_empty() {
        seat.sitting.system = Some(SystemRef::Operation(newest.id.clone()));
    }
    let command = Command::Design(DesignCommand::Remove(from?));
    Some(Effect::Propose(Box::new(command)))
}

/// The file was read again; what is typed stays, and the rest of the form follows the file.
pub(super) fn read_again(room: &Room, seat: &mut Seat, said: String) {
    if let Some(Layer::Form(form)) = seat.layers.last_mut() {
        form.refused = match as_now(room, form) {
            Some(fresh) => {
                form.refresh(fresh);
                None
            }
            None => Some("What this is about is not in the file any more.".to_owned()),
        };
    }
    changed(room, seat, said);
}

/// A form as it would open now, if what it is about is there.
fn as_now(room: &Room, form: &Form) -> Option<Form> {
    let content = &room.content;
    let operation = content.operation.as_deref()?;
    match &form.about {
        About::Operation => Some(Form::operation(operation)),
        About::System(system, _) if system.id.is_empty() => Some(form.clone()),
        About::System(system, from) => {
            let system = operation.system(&system.id)?;
            Some(Form::system(system, *from, content))
        }
        About::Text(_, _, id) | About::Row(id) if id.is_empty() => Some(form.clone()),
        About::Text(category, row, id) | About::Replace(category, row, id) => {
            text_form(room, operation, (*category, *row), id)
        }
        About::Row(id) => operation
            .rows
            .iter()
            .find(|row| row.id == *id)
            .map(Form::row),
        About::Fill(id, category) => {
            let row = operation.rows.iter().find(|row| row.id == *id)?;
            Some(Form::fill(row, *category, content))
        }
        About::Work(id, sub_step) => Some(Form::work(operation.system(id)?, *sub_step, content)),
        About::Remark(id, address) => {
            Some(Form::remark(operation.system(id)?, address, &form.hint))
        }
        About::Endorse(_) => Some(form.clone()),
    }
}

/// The operation is another than before.
fn changed(room: &Room, seat: &mut Seat, said: String) {
    seat.message = Some(said);
    let gone = match &seat.at {
        Place::System(id) | Place::Worksheet(id) => {
            let operation = room.content.operation.as_deref();
            operation.is_none_or(|one| one.system(id).is_none())
        }
        _ => false,
    };
    if gone {
        seat.jump(Address::from(Place::Operation));
    }
}

/// A change was not taken; in a form the reason stands where one looks, in full.
pub(super) fn refused(seat: &mut Seat) {
    if let Some(Layer::Form(form)) = seat.layers.last_mut() {
        form.refused = seat.message.take();
    }
}
