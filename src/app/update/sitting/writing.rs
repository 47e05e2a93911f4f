//! Writing a note or a remark: what opens the editor, and what is proposed from it.
//!
//! Owns drafts as a seat sees them: what is written counts as one from the first letter, and
//! nothing of an erased text stays in one. Nothing is saved here; the editor stays open until
//! what it proposes is kept.

use super::checklists::{mark_at, marked};
use super::sheet;
use crate::app::editor::Editor;
use crate::app::layer::Layer;
use crate::app::seat::Seat;
use crate::app::sitting::{Sheet, place_title};
use crate::app::update::Effect;
use crate::content::{Address, CriterionId, Place};
use crate::room::{Body, Command, NoteCommand, NoteKind, Room, Subject};
use crate::store::Slot;

/// A new note, on the address that is pointed at.
pub(super) fn write(room: &Room, seat: &mut Seat, kind: NoteKind) -> Vec<Effect> {
    let anchor = here(room, seat).map(|address| address.to_string());
    let about = match &anchor {
        None => "the session".to_owned(),
        Some(anchor) => format!(
            "{} ({anchor})",
            place_title(Some(anchor.as_str()), &room.content)
        ),
    };
    let before = Body::new(kind, "");
    edit(seat, Slot::New(anchor), about, before)
}

/// What a note is about: in Find the Output of the chosen category; none for the session.
fn here(room: &Room, seat: &Seat) -> Option<Address> {
    match (&seat.at, seat.need.chosen) {
        (Place::Notes, _) => None,
        (Place::Find, Some(category)) => Some(Place::Cell(category, CriterionId::Output).into()),
        // What somebody added themselves has no page to hang on.
        (Place::Scenario(id), _) if room.content.scenario(id).is_none() => {
            Some(Place::Scenarios.into())
        }
        _ => Some(seat.address()),
    }
}

/// Opens the editor, with what was written there and not saved.
pub(super) fn edit(seat: &mut Seat, slot: Slot, about: String, before: Body) -> Vec<Effect> {
    let draft = seat.sitting.draft(&slot).cloned();
    if draft.is_some() {
        seat.message = Some("This was written before and not saved.".to_owned());
    }
    let begins = draft.unwrap_or_else(|| before.clone());
    let editor = Editor::new(slot, about, before, &begins);
    sheet(seat, Sheet::Editor(Box::new(editor)))
}

/// What is written counts as a draft from the first letter.
pub(super) fn keep_draft(seat: &mut Seat) -> Vec<Effect> {
    let Some(Layer::Session(Sheet::Editor(editor))) = seat.layers.last() else {
        return Vec::new();
    };
    let (slot, draft) = (editor.slot.clone(), editor.draft());
    if seat.sitting.draft(&slot) == draft.as_ref() {
        return Vec::new();
    }
    seat.sitting.keep(&slot, draft.clone());
    vec![Effect::Draft(slot, draft)]
}

/// Nothing of an erased text stays in a draft.
pub(super) fn forget(seat: &mut Seat, subject: &Subject) {
    match subject {
        Subject::Note(id) => seat.sitting.keep(&Slot::Note(*id), None),
        Subject::Mark(id, line) => {
            seat.sitting.keep(&Slot::Mark(*id, line.clone()), None);
        }
        _ => {}
    }
}

/// Proposes what is in the editor; it stays open until that is kept.
pub(super) fn save(room: &Room, seat: &Seat) -> Vec<Effect> {
    let Some(Layer::Session(Sheet::Editor(editor))) = seat.layers.last() else {
        return Vec::new();
    };
    let body = editor.body();
    let command = match &editor.slot {
        Slot::New(anchor) => Command::Note(NoteCommand::Write {
            anchor: anchor.clone(),
            body,
        }),
        Slot::Note(id) => Command::Note(NoteCommand::Edit { id: *id, body }),
        Slot::Mark(id, address) => {
            let mut mark = mark_at(room, *id, address);
            mark.note = body.text;
            marked(*id, address, mark)
        }
    };
    vec![Effect::Save(Box::new(command), editor.slot.clone())]
}
