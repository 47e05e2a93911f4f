//! What lies on top of a page: help, go to, themes.
//!
//! Owns the state of each layer. The topmost layer sees a key first. Knows nothing
//! of how a layer is drawn.

mod commands;

use super::action::Action;
use super::form::Form;
use super::input::Line;
use super::rights::{may, sees};
use super::sitting::Sheet;
use crate::content::{Address, Content, Place};
use crate::find::Spot;
use crate::operation::Sharing;
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
    Join {
        /// The first line of the text.
        scroll: usize,
    },
    /// Something of the session: an editor, a question, a list.
    Session(Sheet),
    /// A form of the operation.
    Form(Box<Form>),
    /// Whom an export of the operation is for, and then its format.
    Audience {
        /// Whom it is for, once that is chosen.
        audience: Option<Sharing>,
        /// The row that is pointed at.
        row: usize,
    },
}

/// The state of "go to".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jump {
    /// What is typed.
    pub line: Line,
    /// What is found, best first.
    pub found: Vec<Target>,
    /// The chosen one; the first where none is chosen.
    pub chosen: Option<Target>,
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

/// How many finds of a kind are kept.
const FOUND: usize = 50;
/// How many of a kind go before the next kind, so that each is seen on a small screen.
const LEADING: usize = 5;

impl Jump {
    /// Looks again, after the line has changed: the best titles that have the typed words,
    /// what can be done, the notes, then running text. Titles that only have the letters
    /// come behind what can be done.
    pub fn search(&mut self, room: &Room, role: Role) {
        let typed = self.line.text();
        let titles = room.titles().find(&typed, FOUND);
        let spelled = titles
            .iter()
            .take_while(|one| has_words(&one.title, &typed));
        let leading = spelled.count().min(LEADING);
        let mut found = titles;
        let others = found.split_off(leading);
        found.extend(commands::find(&typed));
        let noted = if rights::may(role, Deed::SeeNotes) {
            notes(&typed, room)
        } else {
            Vec::new()
        };
        let mut noted = noted.into_iter();
        found.extend(noted.by_ref().take(LEADING));
        found.extend(others);
        found.extend(passages(&typed, room));
        found.extend(noted);
        found.retain(|one| one.is_for(role));
        self.found = once_each(found);
        self.chosen = None;
    }

    /// The place of the chosen one among the finds.
    pub fn index(&self) -> usize {
        let chosen = self.chosen.as_ref();
        self.found
            .iter()
            .position(|target| Some(target) == chosen)
            .unwrap_or_default()
    }

    /// Chooses another one.
    pub fn step(&mut self, by: isize) {
        let last = self.found.len().saturating_sub(1);
        let to = self.index().saturating_add_signed(by).min(last);
        self.chosen = self.found.get(to).cloned();
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

/// Each find once, the first time that it comes.
fn once_each(found: Vec<Target>) -> Vec<Target> {
    let mut kept: Vec<Target> = Vec::with_capacity(found.len());
    for one in found {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

/// The passages with every word that was typed.
fn passages(typed: &str, room: &Room) -> Vec<Target> {
    let spots = room.passages().find(typed, FOUND);
    let target = |spot: Spot| Target {
        goal: Goal::Address(spot.address),
        title: spot.excerpt,
        marked: Vec::new(),
    };
    spots.into_iter().map(target).collect()
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
