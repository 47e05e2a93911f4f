//! What lies on top of a page: help, go to, themes.
//!
//! Owns the state of each layer. The topmost layer sees a key first. Knows nothing
//! of how a layer is drawn.

use super::input::Line;
use super::sitting::Sheet;
use crate::content::{Address, Content};
use crate::room::Room;

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
    /// The address of the chosen one; the first where none is chosen.
    pub chosen: Option<Address>,
}

/// Something that one can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where it is.
    pub address: Address,
    /// What it is called.
    pub title: String,
    /// Positions of the matched characters in the title.
    pub marked: Vec<usize>,
}

/// How many finds are kept.
const FOUND: usize = 50;

impl Jump {
    /// Looks again, after the line has changed.
    pub fn search(&mut self, room: &Room) {
        let typed = self.line.text();
        self.found = room.titles().find(&typed, FOUND);
        let spots = room.passages().find(&typed, FOUND);
        self.found.extend(spots.into_iter().map(|spot| Target {
            address: spot.address,
            title: spot.excerpt,
            marked: Vec::new(),
        }));
        self.chosen = None;
    }

    /// The place of the chosen one among the finds.
    pub fn index(&self) -> usize {
        let chosen = self.chosen.as_ref();
        self.found
            .iter()
            .position(|target| Some(&target.address) == chosen)
            .unwrap_or_default()
    }

    /// Chooses another one.
    pub fn step(&mut self, by: isize) {
        let last = self.found.len().saturating_sub(1);
        let to = self.index().saturating_add_signed(by).min(last);
        self.chosen = self.found.get(to).map(|target| target.address.clone());
    }

    /// Where Enter goes: the chosen find, or the address as typed.
    pub fn target(&self, content: &Content) -> Option<Address> {
        let typed = Address::parse(&self.line.text(), content).ok();
        let chosen = self.found.get(self.index()).map(|one| one.address.clone());
        if self.chosen.is_some() {
            chosen
        } else {
            typed.or(chosen)
        }
    }
}
