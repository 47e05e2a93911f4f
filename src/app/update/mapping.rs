//! What keys do with the operation: forms, the way the Matrix is seen, the export.
//!
//! Owns which form opens where, and what a change that was kept or refused does to the
//! seat. A form closes only when its change is on the disk; Esc keeps what was typed.

use super::{Effect, reveal_stop};
use crate::app::action::Action;
use crate::app::form::Form;
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::seat::{Seat, Stop};
use crate::content::{Address, CategoryId, CriterionId, Place, SubStepId};
use crate::export::MapFormat;
use crate::operation::{AddedRow, Edit, Locked, Operation, Own, Sharing, System, locked};
use crate::page::Lens;
use crate::page::operation::NONE_OPEN;
use crate::room::Room;
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
    Some(Vec::new())
}

/// A paste into a form.
pub(super) fn paste(seat: &mut Seat, text: &str) -> Option<Vec<Effect>> {
    let Some(Layer::Form(form)) = seat.layers.last_mut() else {
        return None;
    };
    if !form.paste(text) {
        seat.message = Some("This is more than a field holds; nothing was put in.".to_owned());
    }
    Some(Vec::new())
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
            if action != Action::Save {
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
pub(super) fn left(seat: &mut Seat, form: Box<Form>) {
    if form.is_changed() {
        seat.mapping.draft = Some(form);
        seat.message = Some("Not saved, but kept: open it again to go on.".to_owned());
    }
}

/// What an action does on a page; none where it is about something else.
pub(super) fn act(room: &Room, seat: &mut Seat, action: Action) -> Option<Vec<Effect>> {
    let undoes = seat.mapping.is_last && matches!(action, Action::Undo | Action::Redo);
    let wanted = matches!(
        action,
        Action::Operation
            | Action::Original
            | Action::Difference
            | Action::MapAdd
            | Action::MapEdit
            | Action::MapHide
            | Action::MapRow
            | Action::MapExport
    );
    if !wanted && !undoes {
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
        Action::Undo => vec![Effect::MapUndo],
        Action::Redo => vec![Effect::MapRedo],
        Action::Original => look(room, seat, Lens::Original),
        Action::Difference => look(room, seat, Lens::Difference),
        Action::MapAdd => add(room, seat, &operation),
        Action::MapEdit => edit(room, seat, &operation),
        Action::MapHide => hide(room, seat, &operation),
        Action::MapRow => open_form(seat, Form::row(&AddedRow::default())),
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
fn open_form(seat: &mut Seat, form: Form) -> Vec<Effect> {
    let draft = seat
        .mapping
        .draft
        .take_if(|draft| draft.about == form.about);
    if draft.is_some() {
        seat.message = Some("What you wrote before, not saved yet.".to_owned());
    }
    let form = draft.unwrap_or_else(|| Box::new(form));
    seat.layers.push(Layer::Form(form));
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
                open_form(seat, Form::endorse(category, content))
            }
            Some(why) => say_locked(seat, &why),
            None => {
                let own = Own::default();
                open_form(seat, Form::own((category, row), &own, false, content))
            }
        },
        Place::Column(category) => {
            let system = System {
                categories: vec![category],
                ..System::default()
            };
            open_form(seat, Form::system(&system, content))
        }
        Place::Operation | Place::Coverage | Place::System(_) => {
            open_form(seat, Form::system(&System::default(), content))
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
        (_, Some(Stop::Link(Place::System(id)))) | (Place::System(id), _) => {
            operation.system(id).map(|one| Form::system(one, content))
        }
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
        Some(form) => open_form(seat, form),
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
pub(super) fn kept(room: &Room, seat: &mut Seat, said: String) {
    if matches!(seat.layers.last(), Some(Layer::Form(_))) {
        seat.layers.pop();
    }
    seat.mapping.is_last = true;
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
