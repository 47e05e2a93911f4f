//! What keys do in the list of notes.
//!
//! Owns which command each key proposes for the chosen note, and the question before a text is
//! erased.

use super::writing::edit;
use super::{prompt, propose, sentence, sheet};
use crate::app::Action;
use crate::app::seat::Seat;
use crate::app::sitting::{Ask, Sheet, place_title};
use crate::app::update::{Effect, reveal_stop};
use crate::content::{Address, Place};
use crate::room::{Command, Note, NoteCommand, NoteId, Room, Subject};
use crate::store::Slot;

pub(super) fn on_note(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    if action == Action::Order {
        seat.sitting.order = seat.sitting.order.next();
        return Vec::new();
    }
    let Some(note) = seat.sitting.note(room) else {
        seat.message = Some("No note yet; n writes one here or on any page.".to_owned());
        return Vec::new();
    };
    let id = note.id;
    let called = called(note);
    if note.deleted {
        return on_deleted(room, seat, action, (id, &called));
    }
    match action {
        Action::Edit => {
            let about = place_title(note.anchor.as_deref(), &room.content);
            return edit(seat, Slot::Note(id), about, note.body.clone());
        }
        Action::Resolve => {
            return propose(Command::Note(match note.resolved {
                None => NoteCommand::Resolve(id),
                Some(_) => NoteCommand::Reopen(id),
            }));
        }
        Action::Delete => return propose(Command::Note(NoteCommand::Delete(id))),
        Action::Erase => return erase(seat, Subject::Note(id), &called),
        Action::MoveNote => {
            let anchor = note.anchor.clone().unwrap_or_default();
            return prompt(seat, Ask::MoveTo(id), &anchor);
        }
        Action::FollowNote => follow(room, seat),
        _ => {}
    }
    Vec::new()
}

/// What a key does with a note that was deleted: it can be brought back or erased.
fn on_deleted(
    room: &Room,
    seat: &mut Seat,
    action: Action,
    (id, called): (NoteId, &str),
) -> Vec<Effect> {
    match action {
        Action::Resolve => return propose(Command::Note(NoteCommand::Restore(id))),
        Action::Erase => return erase(seat, Subject::Note(id), called),
        Action::FollowNote => follow(room, seat),
        Action::Edit | Action::Delete | Action::MoveNote => {
            seat.message = Some("This note is deleted: r brings it back, E erases it.".to_owned());
        }
        _ => {}
    }
    Vec::new()
}

/// A note by its first words, for whoever is asked about it.
fn called(note: &Note) -> String {
    const ENOUGH: usize = 40;
    let words = note
        .body
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let dots = if words.chars().count() > ENOUGH {
        "..."
    } else {
        ""
    };
    let begin: String = words.chars().take(ENOUGH).collect();
    format!("the note \"{begin}{dots}\"")
}

pub(super) fn erase(seat: &mut Seat, subject: Subject, what: &str) -> Vec<Effect> {
    let question = format!(
        "Erase the text of {what} from everything this session keeps? It cannot be undone. Press y to erase."
    );
    let yes = Box::new(Command::Erase(subject));
    sheet(seat, Sheet::Confirm { question, yes })
}

fn follow(room: &Room, seat: &mut Seat) {
    let anchor = seat.sitting.note(room).and_then(|one| one.anchor.clone());
    match anchor.map(|one| Address::parse(&one, &room.content)) {
        Some(Ok(address)) => {
            seat.jump(address);
            seat.reading = matches!(seat.at, Place::Column(_));
            reveal_stop(room, seat);
        }
        Some(Err(wrong)) => seat.message = Some(sentence(&wrong.to_string())),
        None => {
            seat.message = Some("This note hangs on the session and on no page.".to_owned());
        }
    }
}
