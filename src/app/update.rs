//! The one place where a seat's state changes.
//!
//! Owns what each action does. Takes the room, a seat and a message; gives back what
//! is to be done outside. Knows no files, clock or terminal, and never draws; it asks
//! the layout how long a page is, which is pure too. Start at [`update`].

mod find;
mod layers;
mod leave;
mod mapping;
mod own;
mod page;
pub mod scenarios;
mod sitting;
mod views;

pub use find::{look_for, order as find_order, ranking as find_ranking};
use layers::{on_layer, open_help, open_join, open_jump, open_themes};
use page::on_page;
pub use page::{reveal_stop, scroll_by};
use views::{one_level_up, open};

pub use sitting::{checklist_lines, chosen_system, line_at};

use std::path::PathBuf;
use std::time::Duration;

use super::action::Action;
use super::key::{Code, Key};
use super::keymap::{self, Context};
use super::layer::{Jump, Layer};
use super::own::Found;
use super::reason::Reason;
use super::rights;
use super::seat::{Seat, start_of};
use super::shelf::Errand;
use super::sitting::Sheet;
use crate::content::{Address, Place, Tab};
use crate::exercise::{BallotKey, RoundId, Row};
use crate::export::{Format, MapFormat};
use crate::hints::Language;
use crate::operation::{Draft as MapDraft, Edit, Sharing};
use crate::room::{self, Body, Command, Room, Time, Wall};
use crate::search::Taught;
use crate::store::{Draft, Purge, SessionInfo, Slot};
use crate::ui::{self, Hit};

/// Anything that can change the state of a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a new size.
    Resize(u16, u16),
    /// The wheel was turned, by lines (negative is up).
    Wheel(isize),
    /// A cell was clicked: column and row.
    Click(u16, u16),
    /// The time that a [`Effect::Wake`] asked for has passed.
    Woke,
    /// A session was opened, or could not be.
    Opened {
        /// What was written in it and not saved.
        drafts: Vec<Draft>,
        /// What there is to say about it.
        message: Option<String>,
    },
    /// A proposal was kept; the room has changed already.
    Kept {
        /// What was proposed.
        command: Box<Command>,
        /// Whether it changed anything.
        changed: bool,
    },
    /// A proposal was not kept, for this reason; nothing changed.
    Refused(Reason),
    /// A change of the operation is on the disk; this is to be said of it.
    Mapped(String),
    /// The file of the operation was read again; this is to be said of it.
    MapRead(String),
    /// Something outside was done, and this is to be said of it.
    Said(String),
    /// What the ballot box has of this seat in a round, as [`Effect::Recall`] asked.
    Recalled(RoundId, Option<Row>),
    /// The seat that belongs to a code, as [`Effect::ComeBack`] asked; none where no seat has it.
    CameBack(Option<Found>),
    /// The room went over to another session.
    Moved,
    /// A second of a countdown has passed.
    Tick(Time),
    /// The sessions that there are.
    Shelf {
        /// The sessions, the last used first.
        rows: Vec<SessionInfo>,
        /// The one to choose, where that is not the one that was chosen.
        chosen: Option<PathBuf>,
        /// What there is to say about it.
        message: Option<String>,
    },
    /// What purging a session would remove.
    Planned(Box<Purge>),
    /// The session was exported.
    Exported {
        /// The folder as it was typed: the next export goes there too.
        folder: String,
        /// The files.
        paths: Vec<String>,
    },
    /// Something was done that needs more than a line to tell.
    Told {
        /// What it was.
        title: String,
        /// What there is to say.
        lines: Vec<String>,
    },
}

impl Msg {
    /// Whether it comes from the viewer or from the time that the viewer let go by, and not from
    /// others.
    const fn is_own(&self) -> bool {
        matches!(
            self,
            Self::Key(_)
                | Self::Paste(_)
                | Self::Resize(..)
                | Self::Wheel(_)
                | Self::Click(..)
                | Self::Woke
        )
    }
}

/// Something that is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send [`Msg::Woke`] after this time; replaces an earlier wish.
    Wake(Duration),
    /// Copy a text to the viewer's clipboard.
    Copy(String),
    /// Ask the terminal for mouse events, or no longer.
    Mouse(bool),
    /// Forget what was sent and draw everything.
    Redraw,
    /// Leave to the shell until the user comes back.
    Suspend,
    /// Propose a change of the session; it counts once it is kept.
    Propose(Box<Command>),
    /// The same for what is written in a slot: its draft goes in the same write.
    Save(Box<Command>, Slot),
    /// Keep what is written in a slot, though it is not saved; nothing forgets it.
    Draft(Slot, Option<Body>),
    /// Change the operation, all or nothing; it counts once it is on the disk.
    Map(Vec<Edit>),
    /// Keep what is typed into a form of the operation, though it is not saved, or forget it.
    MapDraft {
        /// The form, by the key of what it is about.
        about: String,
        /// What is typed.
        draft: Option<MapDraft>,
        /// Whether to wait for the disk instead of a pause in typing.
        at_once: bool,
    },
    /// Read the file of the operation again.
    MapRead,
    /// Take back the last change of the operation.
    MapUndo,
    /// Make it again.
    MapRedo,
    /// Write the operation to files for an audience.
    MapExport(Sharing, MapFormat),
    /// Write the session to files in a folder, as it was typed.
    Export(Format, String),
    /// Do something with the sessions of this user.
    Errand(Box<Errand>),
    /// Put the agenda of a file, as it was typed, in place of the present one.
    LoadAgenda(String),
    /// Go on with the session that was offered.
    Resume,
    /// Open the room for others, or close it.
    GoLive(bool),
    /// Let phones join too, or no longer, while the room is open.
    Phones(bool),
    /// Show phones the next address of this machine.
    NextLink,
    /// Let seats and phones begin in a language, while the room is open.
    Speak(Language),
    /// Let the wall show something else, while the room is open.
    Show(Wall),
    /// Send [`Msg::Recalled`] with the ballot that a seat handed in.
    Recall(RoundId, BallotKey),
    /// Send [`Msg::CameBack`] with the seat that belongs to a code, as it was typed.
    ComeBack(String),
    /// Keep what was taught, for later sessions, and let Find know it.
    Teach(Vec<Taught>),
    /// End.
    Quit,
}

/// How long a selection must rest before the passage beside it is shown: longer than a
/// key that is held takes to repeat.
pub const REST: Duration = Duration::from_millis(70);
/// The same on a slow link.
pub const REST_SLOW: Duration = Duration::from_millis(400);

/// Wakes a seat when its selection has rested.
fn once_it_rests(seat: &Seat) -> Vec<Effect> {
    vec![Effect::Wake(if seat.look.slow { REST_SLOW } else { REST })]
}

/// How often a timer that runs is drawn anew.
const TICK: Duration = Duration::from_secs(2);

/// Changes the seat by a message.
pub fn update(room: &Room, seat: &mut Seat, msg: Msg) -> Vec<Effect> {
    // Whatever this viewer does ends the flight of a selection, unless it flies on.
    let passing = seat.passing.take_if(|_| msg.is_own());
    let mut effects = handle(room, seat, msg);
    if seat.passing.is_some() && passing.is_some() {
        seat.passing = passing;
    }
    rights::keep_within(seat);
    if seat.at == Place::Notes {
        seat.sitting.settle(room);
    }
    let wakes = effects.iter().any(|one| matches!(one, Effect::Wake(_)));
    if !wakes && scenarios::ticks(room, seat) {
        effects.push(Effect::Wake(TICK));
    }
    effects.retain(|effect| rights::allowed(seat.role, effect));
    effects
}

fn handle(room: &Room, seat: &mut Seat, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => press(room, seat, key),
        Msg::Paste(text) => paste(room, seat, &text),
        Msg::Resize(width, height) => {
            seat.size = (width, height);
            scroll_by(room, seat, 0);
            Vec::new()
        }
        Msg::Wheel(by) => {
            scroll_by(room, seat, by);
            Vec::new()
        }
        Msg::Click(x, y) => click(room, seat, x, y),
        Msg::Woke => {
            seat.shown = seat.at.clone();
            seat.need.settle();
            Vec::new()
        }
        Msg::Mapped(said) => mapping::kept(room, seat, said),
        Msg::MapRead(said) => {
            mapping::read_again(room, seat, said);
            Vec::new()
        }
        Msg::Kept { command, .. }
            if room::may(seat.role, &command)
                && room::rights::may(seat.role, room::Deed::TakePart) =>
        {
            own::kept(seat, &command);
            Vec::new()
        }
        Msg::Recalled(round, row) => {
            own::recalled(seat, round, row.as_ref());
            Vec::new()
        }
        Msg::CameBack(found) => own::came_back(room, seat, found),
        Msg::Moved => {
            sitting::moved(seat);
            own::in_another(room, seat)
        }
        about_the_session => {
            let comes = matches!(about_the_session, Msg::Opened { .. });
            let is_refusal = matches!(about_the_session, Msg::Refused(_));
            seat.mapping.is_last &= !matches!(about_the_session, Msg::Kept { .. });
            sitting::heard(room, seat, about_the_session);
            if is_refusal {
                mapping::refused(seat);
            }
            if comes {
                return own::recall(room, seat);
            }
            Vec::new()
        }
    }
}

fn press(room: &Room, seat: &mut Seat, key: Key) -> Vec<Effect> {
    seat.message = None;
    let sure = seat.asked.take() == Some(key);
    let effects = pressed(room, seat, key);
    // Nobody reads a question on a screen that is too small for it.
    if ui::too_small(seat.size) {
        return effects;
    }
    leave::asks(room, seat, (key, sure), effects)
}

fn pressed(room: &Room, seat: &mut Seat, key: Key) -> Vec<Effect> {
    if ui::too_small(seat.size) {
        // Nobody sees what a key would do, so that only leaving means something.
        let quits = keymap::action(Context::Everywhere, key) == Some(Action::Quit);
        return if quits {
            vec![Effect::Quit]
        } else {
            Vec::new()
        };
    }
    if let Some(Layer::Jump(jump)) = seat.layers.last_mut()
        && types_into(jump, key)
    {
        if jump.line.key(key) {
            jump.search(room, seat.role);
        }
        return Vec::new();
    }
    if let Some(effects) = mapping::typed(seat, key) {
        return effects;
    }
    if let Some(effects) = sitting::typed(seat, key) {
        return effects;
    }
    if let Some(effects) = own::takes(room, seat, key) {
        return effects;
    }
    if scenarios::on(room, seat)
        && let Some(effects) = scenarios::takes(seat, key)
    {
        return effects;
    }
    if finding(seat) && seat.need.takes(key) {
        return find::typed(seat, |line| line.key(key));
    }
    match keymap::action(context(room, seat), key) {
        Some(action) => act(room, seat, action),
        None => Vec::new(),
    }
}

/// Whether Find is what the keys go to.
fn finding(seat: &Seat) -> bool {
    seat.layers.is_empty() && seat.at == Place::Find
}

fn context(room: &Room, seat: &Seat) -> Context {
    if matches!(seat.layers.last(), Some(Layer::Form(_))) {
        Context::Form
    } else if let Some(context) = sitting::context(seat) {
        context
    } else if matches!(seat.layers.last(), Some(Layer::Join { .. })) {
        Context::Join
    } else if !seat.layers.is_empty() {
        Context::List
    } else if own::types(room, seat) {
        Context::Naming
    } else if own::on(seat) {
        Context::Own
    } else if scenarios::on(room, seat) {
        match seat.sheet.entry {
            Some(_) => Context::Typing,
            None => Context::Exercise,
        }
    } else if finding(seat) {
        Context::Find
    } else {
        Context::Page
    }
}

/// Whether a key goes into the prompt: letters and editing do, moving in the finds does not.
fn types_into(_jump: &Jump, key: Key) -> bool {
    match key.code {
        Code::Char(c) => !key.ctrl || !matches!(c, 'c' | 'l' | 'z' | 'b' | 'f'),
        Code::Backspace | Code::Delete | Code::Left | Code::Right | Code::Home | Code::End => true,
        _ => false,
    }
}

fn paste(room: &Room, seat: &mut Seat, text: &str) -> Vec<Effect> {
    if let Some(Layer::Jump(jump)) = seat.layers.last_mut() {
        jump.line.insert(text);
        jump.search(room, seat.role);
    } else if let Some(effects) = mapping::paste(seat, text) {
        return effects;
    } else if let Some(effects) = sitting::paste(seat, text) {
        return effects;
    } else if own::paste(room, seat, text)
        || (scenarios::on(room, seat) && scenarios::paste(seat, text))
    {
        return Vec::new();
    } else if finding(seat) {
        seat.need.commands = false;
        return find::typed(seat, |line| {
            line.insert(text);
            true
        });
    } else {
        seat.message = Some(seat.hints().said.not_typing.clone());
    }
    Vec::new()
}

/// Carries out an action.
pub fn act(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    if !rights::may(seat.role, action) {
        if seat.role != room::Role::Projector {
            let hints = &seat.hints().said;
            let said = match action {
                Action::Suspend => &hints.stays,
                _ => &hints.not_yours,
            };
            seat.message = Some(said.clone());
        }
        return Vec::new();
    }
    if let Some(effects) = act_everywhere(room, seat, action) {
        return effects;
    }
    if let Some(effects) = mapping::on_layer(seat, action) {
        return effects;
    }
    if matches!(seat.layers.last(), Some(Layer::Session(_))) {
        return sitting::on_sheet(room, seat, action);
    }
    if own::on(seat) {
        return own::act(room, seat, action);
    }
    if scenarios::on(room, seat) {
        return match action {
            // An exercise takes its own steps back.
            Action::Undo | Action::Redo => Vec::new(),
            action => sitting::anywhere(room, seat, action)
                .unwrap_or_else(|| scenarios::act(room, seat, action)),
        };
    }
    if seat.layers.is_empty()
        && let Some(effects) = mapping::undo(seat, action)
    {
        return effects;
    }
    if seat.layers.is_empty()
        && !matches!(seat.at, Place::Notes | Place::Find)
        && let Some(effects) = mapping::act(room, seat, action)
    {
        return effects;
    }
    if seat.layers.is_empty()
        && let Some(effects) = sitting::anywhere(room, seat, action)
    {
        return effects;
    }
    if seat.layers.is_empty() && seat.at == Place::Notes {
        sitting::act(room, seat, action)
    } else if finding(seat) {
        find::act(room, seat, action)
    } else if seat.layers.is_empty() {
        on_page(room, seat, action)
    } else {
        on_layer(room, seat, action)
    }
}

fn act_everywhere(room: &Room, seat: &mut Seat, action: Action) -> Option<Vec<Effect>> {
    let effects = match action {
        Action::GoMatrix => open_tab(room, seat, Tab::Matrix),
        Action::GoFind => open_tab(room, seat, Tab::Find),
        Action::GoProcess => open_tab(room, seat, Tab::Process),
        Action::GoPrinciples => open_tab(room, seat, Tab::Principles),
        Action::GoScenarios => open_tab(room, seat, Tab::Scenarios),
        Action::GoNotes => open_tab(room, seat, Tab::Notes),
        Action::GoGuide => open_tab(room, seat, Tab::Guide),
        Action::Jump => open_jump(room, seat),
        Action::Themes => open_themes(seat),
        Action::GoLive => open_join(seat),
        Action::Help => open_help(seat),
        Action::Mouse => {
            seat.look.mouse = !seat.look.mouse;
            say_switch(seat, "Mouse", seat.look.mouse);
            vec![Effect::Mouse(seat.look.mouse)]
        }
        Action::Slow => {
            seat.look.slow = !seat.look.slow;
            say_switch(seat, "Sparing a slow link", seat.look.slow);
            Vec::new()
        }
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => vec![Effect::Quit],
        Action::Back => back(room, seat),
        _ => return None,
    };
    Some(effects)
}

fn say_switch(seat: &mut Seat, what: &str, on: bool) {
    let state = if on { "on" } else { "off" };
    seat.message = Some(format!("{what}: {state}."));
}

fn open_tab(room: &Room, seat: &mut Seat, tab: Tab) -> Vec<Effect> {
    seat.layers.clear();
    let left = seat.tabs.get(tab.index()).cloned().flatten();
    let start = || Address::from(start_of(tab, &room.content));
    if seat.at.tab() == tab {
        seat.jump(start());
    } else {
        seat.leave_mark();
        seat.jump(left.unwrap_or_else(start));
    }
    Vec::new()
}

/// One step back: the topmost layer, then full width, then the view.
fn back(room: &Room, seat: &mut Seat) -> Vec<Effect> {
    if let Some(layer) = seat.layers.pop() {
        if let Layer::Form(form) = layer {
            return mapping::left(seat, &form);
        } else if let Layer::Themes { before, .. } = layer {
            seat.look.theme = before;
        } else if let Layer::Session(Sheet::Editor(editor)) = layer
            && editor.draft().is_some()
        {
            seat.message =
                Some("Not saved, but kept as a draft: open it again to go on.".to_owned());
        }
        return Vec::new();
    }
    if own::on(seat) && own::back(room, seat) {
        return Vec::new();
    }
    if scenarios::on(room, seat) && scenarios::back(seat) {
        return Vec::new();
    }
    if seat.reading {
        seat.reading = false;
        // A page that has the full width anyway is left at once.
        if !seat.full_width() {
            reveal_stop(room, seat);
            return Vec::new();
        }
    }
    if finding(seat) {
        find::back(seat);
        return Vec::new();
    }
    if seat.at == Place::Notes && sitting::back(seat) {
        return Vec::new();
    }
    match one_level_up(seat) {
        Some(place) => seat.jump(Address::from(place)),
        None if seat.stop.is_some() => seat.stop = None,
        None => seat.message = Some("You are at the top. q quits.".to_owned()),
    }
    Vec::new()
}

fn click(room: &Room, seat: &mut Seat, x: u16, y: u16) -> Vec<Effect> {
    match ui::layout_of(room, seat).hit(x, y) {
        Some(Hit::Tab(tab)) => open_tab(room, seat, tab),
        Some(Hit::Place(place)) if place == seat.at => {
            open(room, seat);
            Vec::new()
        }
        Some(Hit::Place(place)) => {
            seat.go(Address::from(place));
            Vec::new()
        }
        Some(Hit::Stop(stop)) if seat.stop.as_ref() == Some(&stop) => {
            open(room, seat);
            Vec::new()
        }
        Some(Hit::Stop(stop)) => {
            seat.stop = Some(stop);
            Vec::new()
        }
        None => Vec::new(),
    }
}
