//! What keys do in a session: writing, the list of notes, checklists, the countdown.
//!
//! Owns where keys go while a session is worked in, and what is said of what was kept. Each
//! part below owns which command its keys propose. Nothing of the session changes here: a
//! proposal goes out as an effect, and what became of it comes back as a message.

mod checklists;
mod notes;
mod planning;
mod sheets;
mod shelf;
mod writing;

pub(super) use checklists::open_at;
pub use checklists::{checklist_lines, chosen_system, line_at};
pub(super) use sheets::on_sheet;

use super::{Effect, Msg, once_it_rests};
use crate::app::checked::{Checklist, SystemRef};
use crate::app::input::Line;
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::seat::{Beside, Seat};
use crate::app::sheet::Sheet as Exercised;
use crate::app::sitting::{Ask, Sheet, View};
use crate::app::{Action, keymap::Context};
use crate::content::{Address, Place};
use crate::hints::sentence;
use crate::room::{Command, DesignCommand, MetaCommand, NoteCommand, NoteKind, Role, Room};
use crate::store::Draft;
use crate::ui;
use checklists::{on_line, on_system};
use notes::on_note;
use writing::{forget, keep_draft, write};

/// Where keys go in the Notes tab and on a sheet.
pub(super) fn context(seat: &Seat) -> Option<Context> {
    match seat.layers.last() {
        Some(Layer::Session(Sheet::Editor(_))) => Some(Context::Editor),
        Some(Layer::Session(Sheet::Agenda(_))) => Some(Context::Agenda),
        Some(Layer::Session(Sheet::Shelf(_))) => Some(Context::Sessions),
        Some(Layer::Session(Sheet::Prompt { .. } | Sheet::Naming(_))) => Some(Context::Prompt),
        Some(_) => None,
        None if seat.at != Place::Notes => None,
        None if seat.sitting.view == View::Notes => Some(Context::Notes),
        None => Some(Context::Checklist),
    }
}

/// A key that is text, or an answer to a question; none where it is neither.
pub(super) fn typed(seat: &mut Seat, key: Key) -> Option<Vec<Effect>> {
    let width = ui::notes::editor_width(seat.size);
    let Some(Layer::Session(sheet)) = seat.layers.last_mut() else {
        return None;
    };
    match sheet {
        Sheet::Editor(editor) if is_text(key, true) => {
            editor.key(key, width);
            Some(keep_draft(seat))
        }
        Sheet::Prompt { line, .. } if is_text(key, false) => {
            line.key(key);
            Some(Vec::new())
        }
        Sheet::Naming(naming) if is_text(key, false) => {
            naming.line()?.key(key);
            Some(Vec::new())
        }
        Sheet::Purge { plan, .. } if !key.ctrl && matches!(key.code, Code::Char(_)) => {
            let plan = plan.clone();
            Some(shelf::answers_purge(seat, &plan, key))
        }
        Sheet::Confirm { yes, .. } if !key.ctrl && matches!(key.code, Code::Char(_)) => {
            let effect = Effect::Propose(yes.clone());
            seat.layers.pop();
            if key == Key::char('y') {
                return Some(vec![effect]);
            }
            seat.message = Some("Nothing was done.".to_owned());
            Some(Vec::new())
        }
        _ => None,
    }
}

fn is_text(key: Key, lines: bool) -> bool {
    match key.code {
        Code::Char(c) if key.ctrl => matches!(c, 'u' | 'w' | 'a' | 'e' | 'h'),
        Code::Char(_)
        | Code::Backspace
        | Code::Delete
        | Code::Left
        | Code::Right
        | Code::Home
        | Code::End => true,
        Code::Enter | Code::Up | Code::Down => lines,
        _ => false,
    }
}

/// A pasted text; false where nothing takes one.
pub(super) fn paste(seat: &mut Seat, text: &str) -> Option<Vec<Effect>> {
    match seat.layers.last_mut() {
        Some(Layer::Session(Sheet::Editor(editor))) => {
            if !editor.paste(text) {
                seat.message = Some(
                    "That is too long for a note, so nothing was put in; take a part of it."
                        .to_owned(),
                );
            }
            Some(keep_draft(seat))
        }
        Some(Layer::Session(Sheet::Prompt { line, .. })) => {
            line.insert(text);
            Some(Vec::new())
        }
        Some(Layer::Session(Sheet::Naming(naming))) => {
            naming.line()?.insert(text);
            Some(Vec::new())
        }
        _ => None,
    }
}

/// What was heard from outside about the session.
pub(super) fn heard(room: &Room, seat: &mut Seat, msg: Msg) {
    match msg {
        Msg::Opened { drafts, message } => opened(seat, drafts, message),
        Msg::Shelf {
            rows,
            chosen,
            message,
        } => {
            shelf::filled(seat, rows, chosen);
            seat.message = message.or_else(|| seat.message.take());
        }
        Msg::Planned(plan) => shelf::planned(seat, plan),
        Msg::Exported { folder, paths } => {
            seat.sitting.folder = folder;
            shelf::told(seat, "Exported".to_owned(), paths);
        }
        Msg::Told { title, lines } => shelf::told(seat, title, lines),
        Msg::Kept { command, changed } => kept(room, seat, &command, changed),
        Msg::Refused(why) => seat.message = Some(sentence(&seat.told(&why))),
        Msg::Said(what) => seat.message = Some(what),
        Msg::Tick(now) => seat.sitting.now = now,
        _ => {}
    }
}

/// Another session is there: nothing of the one before stays on the screen.
fn opened(seat: &mut Seat, drafts: Vec<Draft>, message: Option<String>) {
    seat.sitting = seat.sitting.in_another(drafts);
    seat.sheet = Exercised {
        seed: seat.sheet.seed,
        slips: seat.sheet.slips,
        ..Exercised::default()
    };
    let writes = |layer: &Layer| {
        !matches!(layer, Layer::Session(_)) || matches!(layer, Layer::Session(Sheet::Editor(_)))
    };
    seat.layers.retain(writes);
    seat.message = message.or_else(|| seat.message.take());
}

/// The room went over to another session.
pub(super) fn moved(seat: &mut Seat) {
    let leads = seat.role == Role::Facilitator;
    let said = &seat.hints().said.other_session;
    opened(seat, Vec::new(), (!leads).then(|| said.clone()));
}

fn kept(room: &Room, seat: &mut Seat, command: &Command, changed: bool) {
    let newest = || room.session.as_ref()?.notes.iter().next_back();
    if let (Command::Note(NoteCommand::Write { .. }), Some(note)) = (command, newest()) {
        seat.sitting.chosen = Some(note.id);
    }
    if let Command::Erase(subject) = command {
        forget(seat, subject);
    }
    let said = match command {
        _ if !changed => "Nothing was changed.",
        Command::Undo => "Undone. Ctrl-R does it again.",
        Command::Redo => "Done again.",
        Command::Note(NoteCommand::Resolve(_)) => "Settled.",
        Command::Note(NoteCommand::Reopen(_)) => "Open again.",
        Command::Note(NoteCommand::Delete(_)) => {
            "Deleted; u brings it back. Chosen under Deleted, E erases it."
        }
        Command::Note(NoteCommand::Restore(_)) => "Brought back.",
        Command::Note(NoteCommand::Move { .. }) => "Moved.",
        Command::Meta(MetaCommand::Close) => "Closed: nothing in it changes until it is reopened.",
        Command::Meta(MetaCommand::Reopen) => "Reopened.",
        // It is not the chosen one any more where it became one of the operation.
        Command::Design(DesignCommand::Remove(_))
            if matches!(seat.sitting.system, Some(SystemRef::Operation(_))) =>
        {
            "It is the operation's now, with its checklist; u keeps it here too."
        }
        Command::Design(DesignCommand::Remove(_)) => "Taken away; u brings it back.",
        Command::Erase(_) => "Erased. Exports and copies made before still hold it.",
        _ => "Saved.",
    };
    seat.message = Some(said.to_owned());
    match seat.layers.last() {
        Some(Layer::Session(Sheet::Editor(editor))) => {
            let slot = editor.slot.clone();
            seat.sitting.keep(&slot, None);
            seat.layers.pop();
        }
        Some(Layer::Session(Sheet::Prompt { .. } | Sheet::Naming(_))) => {
            seat.layers.pop();
        }
        _ => {}
    }
}

/// What can be done in a session from every page.
pub(super) fn anywhere(room: &Room, seat: &mut Seat, action: Action) -> Option<Vec<Effect>> {
    let at_notes = seat.at == Place::Notes;
    let effects = match action {
        Action::Note if matches!(seat.sitting.view, View::Checklist(..)) && at_notes => {
            return None;
        }
        Action::Note | Action::Memo => write(room, seat, NoteKind::Note),
        Action::Park => write(room, seat, NoteKind::ParkingLot),
        Action::Undo => propose(Command::Undo),
        Action::Redo => propose(Command::Redo),
        Action::Export if room.session.is_none() => {
            seat.message = Some("Nothing to export yet: nothing was written.".to_owned());
            Vec::new()
        }
        Action::Export => sheet(seat, Sheet::Export(0)),
        Action::Sessions => shelf::open_shelf(seat),
        Action::Resume => vec![Effect::Resume],
        Action::Countdown => prompt(seat, Ask::Countdown, ""),
        Action::Agenda => sheet(seat, Sheet::Agenda(0)),
        _ => return None,
    };
    Some(effects)
}

fn propose(command: Command) -> Vec<Effect> {
    vec![Effect::Propose(Box::new(command))]
}

fn sheet(seat: &mut Seat, sheet: Sheet) -> Vec<Effect> {
    seat.layers.push(Layer::Session(sheet));
    Vec::new()
}

fn prompt(seat: &mut Seat, ask: Ask, typed: &str) -> Vec<Effect> {
    let line = Line::new(typed);
    sheet(seat, Sheet::Prompt { ask, line })
}

/// What an action does in the Notes tab.
pub(super) fn act(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    let by: isize = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -10,
        Action::PageDown => 10,
        Action::Home => isize::MIN / 2,
        Action::End => isize::MAX / 2,
        Action::ScrollUp => {
            seat.scroll = seat.scroll.saturating_sub(1);
            0
        }
        Action::ScrollDown => {
            seat.scroll += 1;
            0
        }
        Action::NameSession => {
            return shelf::name(room, seat);
        }
        Action::SwitchList => {
            switch(seat);
            return Vec::new();
        }
        _ => 0,
    };
    if by != 0 {
        return step(room, seat, action, by);
    }
    match seat.sitting.view.clone() {
        View::Notes => on_note(room, seat, action),
        View::Systems => on_system(room, seat, action, by),
        View::Checklist(list) => on_line(room, seat, (action, by), &list),
    }
}

/// Chooses another row; its text follows once the choice rests.
fn step(room: &Room, seat: &mut Seat, action: Action, by: isize) -> Vec<Effect> {
    let before = chosen(seat);
    let effects = match seat.sitting.view.clone() {
        View::Notes => {
            seat.sitting.step(room, by);
            Vec::new()
        }
        View::Systems => on_system(room, seat, action, by),
        View::Checklist(list) => on_line(room, seat, (action, by), &list),
    };
    if chosen(seat) == before {
        seat.scroll = 0;
        return effects;
    }
    seat.passes(before);
    seat.scroll = 0;
    once_it_rests(seat)
}

/// What is chosen in the list.
fn chosen(seat: &Seat) -> Beside {
    match seat.sitting.view {
        View::Notes => Beside::Note(seat.sitting.chosen),
        View::Systems => Beside::System(seat.sitting.system.clone()),
        View::Checklist(..) => Beside::Line(seat.sitting.line.clone()),
    }
}

fn switch(seat: &mut Seat) {
    seat.scroll = 0;
    seat.sitting.view = match seat.sitting.view.clone() {
        View::Notes => View::Systems,
        View::Systems => View::Notes,
        View::Checklist(list) => {
            seat.sitting.line = None;
            let activities = !list.activities;
            View::Checklist(Checklist { activities, ..list })
        }
    };
}

/// One step back within the tab; false at its first view.
pub(super) fn back(seat: &mut Seat) -> bool {
    let (view, worksheet) = match &seat.sitting.view {
        View::Notes => return false,
        View::Systems => (View::Notes, None),
        View::Checklist(Checklist {
            of: SystemRef::Operation(id),
            at: Some(at),
            ..
        }) => (View::Systems, Some((id.clone(), *at))),
        View::Checklist(_) => (View::Systems, None),
    };
    seat.sitting.view = view;
    if let Some((id, at)) = worksheet {
        seat.jump(Address {
            place: Place::Worksheet(id),
            item: Some(at.slug().to_owned()),
        });
    }
    true
}
