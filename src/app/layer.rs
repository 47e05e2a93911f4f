//! What lies on top of a page: help, go to, themes.
//!
//! Owns the state of each layer. The topmost layer sees a key first. Knows nothing
//! of how a layer is drawn.

use super::action::Action;
use super::input::Line;
use super::keymap::commands;
use super::rights::{may, sees};
use super::sitting::Sheet;
use crate::content::{Address, Content, Place};
use crate::room::rights::{self, Deed};
use crate::room::{Role, Room};
use crate::search::text::words;

/// Something on top of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Every key that works here.
    Help {
        /// The first line shown.
        scroll: usize,
    },
    /// Go to a title or an address.
    Jump(Jump),
    /// Choose a theme.
    Themes {
        /// The theme that is tried.
        tried: String,
        /// The theme to return to.
        before: String,
    },
    /// How others join.
    Join,
    /// Something of the session: an editor, a question, a list.
    Session(Sheet),
}

/// The state of "go to".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jump {
    /// What is typed.
    pub line: Line,
    /// What is found, best first.
    pub found: Vec<Target>,
    /// Where the chosen one leads; the first where none is chosen.
    pub chosen: Option<Goal>,
}

/// Where a find leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To an address.
    Address(Address),
    /// To a note, where it is written.
    Note(Address),
    /// To something that can be done.
    Action(Action),
}

/// Something that one can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where it leads.
    pub goal: Goal,
    /// What it is called.
    pub title: String,
    /// Positions of the matched characters in the title.
    pub marked: Vec<usize>,
}

impl Target {
    /// Whether a seat of a role may go there.
    fn is_for(&self, role: Role) -> bool {
        match &self.goal {
            Goal::Address(address) | Goal::Note(address) => sees(role, &address.place),
            Goal::Action(action) => may(role, *action),
        }
    }
}

/// How many finds are kept.
const FOUND: usize = 50;

impl Jump {
    /// Looks again, after the line has changed.
    pub fn search(&mut self, room: &Room, role: Role) {
        let typed = self.line.text();
        self.found = room.titles().find(&typed, FOUND);
        let spots = room.passages().find(&typed, FOUND);
        self.found.extend(spots.into_iter().map(|spot| Target {
            goal: Goal::Address(spot.address),
            title: spot.excerpt,
            marked: Vec::new(),
        }));
        if rights::may(role, Deed::SeeNotes) {
            self.found.extend(notes(&typed, room));
        }
        self.found.retain(|one| one.is_for(role));
        let actions = actions(&typed).into_iter();
        self.found.extend(actions.filter(|one| one.is_for(role)));
        self.chosen = None;
    }

    /// The place of the chosen one among the finds.
    pub fn index(&self) -> usize {
        let chosen = self.chosen.as_ref();
        self.found
            .iter()
            .position(|target| Some(&target.goal) == chosen)
            .unwrap_or_default()
    }

    /// Chooses another one.
    pub fn step(&mut self, by: isize) {
        let last = self.found.len().saturating_sub(1);
        let to = self.index().saturating_add_signed(by).min(last);
        self.chosen = self.found.get(to).map(|target| target.goal.clone());
    }

    /// Where Enter goes: the chosen find, or the address as typed.
    pub fn target(&self, content: &Content) -> Option<Goal> {
        let typed = Address::parse(&self.line.text(), content)
            .ok()
            .map(Goal::Address);
        let chosen = self.found.get(self.index()).map(|one| one.goal.clone());
        if self.chosen.is_some() {
            chosen
        } else {
            typed.or(chosen)
        }
    }
}

/// Whether a text has every word that was typed; the last may be the beginning of one.
fn has_words(text: &str, typed: &str) -> bool {
    let have = words(text);
    let wanted = words(typed);
    !wanted.is_empty()
        && wanted
            .iter()
            .all(|word| have.iter().any(|one| one.light.starts_with(&word.light)))
}

/// The notes with every word that was typed, at the place that they are about.
fn notes(typed: &str, room: &Room) -> Vec<Target> {
    let Some(session) = &room.session else {
        return Vec::new();
    };
    let found = session
        .notes
        .iter()
        .filter(|note| !note.deleted && has_words(&note.body.text, typed));
    found
        .take(FOUND)
        .map(|note| {
            let anchor = note.anchor.as_deref();
            let about = anchor.and_then(|anchor| Address::parse(anchor, &room.content).ok());
            Target {
                goal: Goal::Note(about.unwrap_or_else(|| Address::from(Place::Notes))),
                title: format!("Note: {}", note.body.text.replace('\n', " ")),
                marked: Vec::new(),
            }
        })
        .collect()
}

/// What can be done anywhere, by the words that help has for it.
fn actions(typed: &str) -> Vec<Target> {
    commands()
        .filter(|action| has_words(action.does(), typed))
        .map(|action| Target {
            goal: Goal::Action(action),
            title: action.does().to_owned(),
            marked: Vec::new(),
        })
        .collect()
}
