//! What keys do in a session: writing, the list of notes, checklists, the countdown.
//!
//! Owns which command each key proposes. Nothing of the session changes here: a proposal
//! goes out as an effect, and what became of it comes back as a message.

use std::collections::BTreeSet;

use super::{Effect, Msg};
use crate::app::editor::Editor;
use crate::app::input::Line;
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::seat::Seat;
use crate::app::sitting::{Ask, FORMATS, Sheet, View, place_title};
use crate::app::{Action, keymap::Context};
use crate::content::{Address, Place, SubStepId};
use crate::room::agenda::Planned;
use crate::room::timer::Run;
use crate::room::{
    AgendaCommand, Answer, Body, Command, Design, DesignCommand, Mark, MetaCommand, NoteCommand,
    NoteKind, Room, Subject, SystemId, TimerCommand, checklist,
};
use crate::store::Slot;
use crate::ui;

/// Where keys go in the Notes tab and on a sheet.
pub(super) fn context(seat: &Seat) -> Option<Context> {
    match seat.layers.last() {
        Some(Layer::Session(Sheet::Editor(_))) => Some(Context::Editor),
        Some(Layer::Session(Sheet::Agenda(_))) => Some(Context::Agenda),
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
        _ => None,
    }
}

/// What is written counts as a draft from the first letter.
fn keep_draft(seat: &mut Seat) -> Vec<Effect> {
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

/// What was heard from outside about the session.
pub(super) fn heard(room: &Room, seat: &mut Seat, msg: Msg) {
    match msg {
        Msg::Opened { drafts, message } => {
            seat.sitting.drafts = drafts;
            seat.sitting.chosen = None;
            seat.sitting.view = View::Notes;
            seat.message = message.or_else(|| seat.message.take());
        }
        Msg::Kept { command, changed } => kept(room, seat, &command, changed),
        Msg::Refused(why) => seat.message = Some(sentence(&why)),
        Msg::Said(what) => seat.message = Some(what),
        Msg::Tick(now) => seat.sitting.now = now,
        _ => {}
    }
}

/// A sentence begins with a capital and ends with a full stop.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let mut said = first.unwrap_or_default() + letters.as_str();
    if !said.ends_with(['.', '!', '?']) {
        said.push('.');
    }
    said
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
        Command::Note(NoteCommand::Delete(_)) => "Deleted; u brings it back, E erases for good.",
        Command::Note(NoteCommand::Move { .. }) => "Moved.",
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
        Some(Layer::Session(Sheet::Prompt { .. })) => {
            seat.layers.pop();
        }
        _ => {}
    }
}

/// Nothing of an erased text stays in a draft.
fn forget(seat: &mut Seat, subject: &Subject) {
    match subject {
        Subject::Note(id) => seat.sitting.keep(&Slot::Note(*id), None),
        Subject::Mark(id, line) => {
            seat.sitting.keep(&Slot::Mark(*id, line.clone()), None);
        }
        _ => {}
    }
}

/// What can be done in a session from every page.
pub(super) fn anywhere(room: &Room, seat: &mut Seat, action: Action) -> Option<Vec<Effect>> {
    let effects = match action {
        Action::Note => write(room, seat, NoteKind::Note),
        Action::Park => write(room, seat, NoteKind::ParkingLot),
        Action::Undo => propose(Command::Undo),
        Action::Redo => propose(Command::Redo),
        Action::Export => sheet(seat, Sheet::Export(0)),
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

/// A new note, on the address that is pointed at.
fn write(room: &Room, seat: &mut Seat, kind: NoteKind) -> Vec<Effect> {
    let anchor = (seat.at != Place::Notes).then(|| seat.address().to_string());
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

/// Opens the editor, with what was written there and not saved.
fn edit(seat: &mut Seat, slot: Slot, about: String, before: Body) -> Vec<Effect> {
    let draft = seat.sitting.draft(&slot).cloned();
    if draft.is_some() {
        seat.message = Some("This was written before and not saved.".to_owned());
    }
    let begins = draft.unwrap_or_else(|| before.clone());
    let editor = Editor::new(slot, about, before, &begins);
    sheet(seat, Sheet::Editor(Box::new(editor)))
}

/// What an action does on a sheet.
pub(super) fn on_sheet(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
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
        Sheet::Prompt { ask, line } if open => {
            let (ask, text) = (*ask, line.text());
            return answered(room, seat, ask, text.trim());
        }
        Sheet::Export(at) if open => {
            let format = FORMATS.get(*at).copied();
            seat.layers.pop();
            return format.map(Effect::Export).into_iter().collect();
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

fn toggle(design: &Design, one: SubStepId) -> Vec<Effect> {
    let mut sub_steps: BTreeSet<SubStepId> = design.sub_steps.clone();
    if !sub_steps.remove(&one) {
        sub_steps.insert(one);
    }
    let id = design.id;
    propose(Command::Design(DesignCommand::Choose { id, sub_steps }))
}

/// Proposes what is in the editor; it stays open until that is kept.
fn save(room: &Room, seat: &Seat) -> Vec<Effect> {
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

fn mark_at(room: &Room, id: SystemId, address: &str) -> Mark {
    let design = room.session.as_ref().and_then(|one| one.designs.get(id));
    let mark = design.and_then(|one| one.marks.get(address));
    mark.cloned().unwrap_or_default()
}

fn marked(id: SystemId, address: &str, mark: Mark) -> Command {
    Command::Design(DesignCommand::Mark {
        id,
        address: address.to_owned(),
        mark,
    })
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
        Ask::Title => propose(Command::Meta(MetaCommand::Title(text.to_owned()))),
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

fn planned(text: &str) -> Option<Planned> {
    let (minutes, title) = text.split_once(' ')?;
    Some(Planned {
        title: title.trim().to_owned(),
        minutes: minutes.parse().ok()?,
    })
}

/// What an action does in the agenda.
fn on_agenda(
    room: &Room,
    seat: &mut Seat,
    action: Action,
    (row, by): (usize, isize),
) -> Vec<Effect> {
    match action {
        Action::Add => return prompt(seat, Ask::NewItem, ""),
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
fn countdown(room: &Room, text: &str) -> Option<Vec<Command>> {
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
            let title = room.session.as_ref().map(|one| one.meta.title.clone());
            return prompt(seat, Ask::Title, &title.unwrap_or_default());
        }
        Action::SwitchList => {
            switch(seat);
            return Vec::new();
        }
        _ => 0,
    };
    if by != 0 {
        seat.scroll = 0;
    }
    match seat.sitting.view {
        View::Notes if by != 0 => seat.sitting.step(room, by),
        View::Notes => return on_note(room, seat, action),
        View::Systems => return on_system(room, seat, action, by),
        View::Checklist(id, activities) => {
            return on_line(room, seat, action, by, (id, activities));
        }
    }
    Vec::new()
}

fn switch(seat: &mut Seat) {
    seat.scroll = 0;
    seat.sitting.view = match seat.sitting.view {
        View::Notes => View::Systems,
        View::Systems => View::Notes,
        View::Checklist(id, activities) => {
            seat.sitting.line = None;
            View::Checklist(id, !activities)
        }
    };
}

/// One step back within the tab; false at its first view.
pub(super) fn back(seat: &mut Seat) -> bool {
    seat.sitting.view = match seat.sitting.view {
        View::Notes => return false,
        View::Systems => View::Notes,
        View::Checklist(..) => View::Systems,
    };
    true
}

fn on_note(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    if action == Action::Order {
        seat.sitting.order = seat.sitting.order.next();
        return Vec::new();
    }
    let Some(note) = seat.sitting.note(room) else {
        seat.message = Some("No note yet; n writes one here or on any page.".to_owned());
        return Vec::new();
    };
    let id = note.id;
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
        Action::Erase => return erase(seat, Subject::Note(id), "this note"),
        Action::MoveNote => {
            let anchor = note.anchor.clone().unwrap_or_default();
            return prompt(seat, Ask::MoveTo(id), &anchor);
        }
        Action::FollowNote => follow(room, seat),
        _ => {}
    }
    Vec::new()
}

fn erase(seat: &mut Seat, subject: Subject, what: &str) -> Vec<Effect> {
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
            super::reveal_stop(room, seat);
        }
        Some(Err(wrong)) => seat.message = Some(sentence(&wrong.to_string())),
        None => {
            seat.message = Some("This note hangs on the session and on no page.".to_owned());
        }
    }
}

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

fn on_system(room: &Room, seat: &mut Seat, action: Action, by: isize) -> Vec<Effect> {
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
    let at = lines
        .iter()
        .position(|one| Some(one.address.to_string()) == seat.sitting.line);
    (lines, at.unwrap_or_default())
}

fn on_line(
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
        Action::Edit => {
            let body = Body::new(NoteKind::Note, mark.note);
            edit(seat, Slot::Mark(id, address), line.text.clone(), body)
        }
        Action::Erase => erase(seat, Subject::Mark(id, address), "this remark"),
        Action::FollowNote => {
            seat.jump(line.address.clone());
            super::reveal_stop(room, seat);
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
