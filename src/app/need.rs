//! The state of Find: a need being typed, and which category is chosen.
//!
//! Owns the line, whether letters are text or commands, and the phrase that is taught.
//! Knows nothing of how categories are ranked; that is asked of the room.

use super::input::Line;
use super::key::{Code, Key};
use crate::content::CategoryId;
use crate::search::Taught;

/// What a viewer is looking for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// What is typed.
    pub line: Line,
    /// What the ranking is of: the line, or what it was when typing last paused.
    pub ranked: String,
    /// Letters are commands: the viewer went down into the list, or pressed Esc.
    pub commands: bool,
    /// The chosen category; the first where none is chosen.
    pub chosen: Option<CategoryId>,
    /// On a slow link, whether all is asked for, until the ranking is of another need.
    pub unfolded: bool,
}

impl Need {
    /// Whether a key is text or editing.
    pub fn takes(&self, key: Key) -> bool {
        if self.commands {
            return false;
        }
        match key.code {
            Code::Char(c) if key.ctrl => matches!(c, 'u' | 'w' | 'a' | 'e' | 'h'),
            Code::Char(_)
            | Code::Backspace
            | Code::Delete
            | Code::Left
            | Code::Right
            | Code::Home
            | Code::End => true,
            _ => false,
        }
    }

    /// The ranking is of what is typed from now on.
    pub fn settle(&mut self) {
        let typed = self.line.text();
        self.unfolded &= self.ranked == typed;
        self.ranked = typed;
    }

    /// Moves the choice through a ranking; the first way down leads from the line into the list
    /// where it is a way of its own.
    pub fn step(&mut self, order: &[CategoryId], by: isize, from_line: bool) {
        let at = self.index(order);
        if !self.commands && by > 0 && from_line && self.chosen.is_none() {
            self.commands = true;
            self.chosen = order.get(at).copied();
            return;
        }
        if at == 0 && by < 0 {
            self.commands = false;
            self.chosen = None;
            return;
        }
        self.commands = true;
        let to = at
            .saturating_add_signed(by)
            .min(order.len().saturating_sub(1));
        self.chosen = order.get(to).copied();
    }

    /// The place of the chosen one.
    pub fn index(&self, order: &[CategoryId]) -> usize {
        let chosen = self.chosen;
        order
            .iter()
            .position(|one| Some(*one) == chosen)
            .unwrap_or_default()
    }

    /// The phrase as it would be taught.
    pub fn taught(&self, category: CategoryId) -> Taught {
        Taught {
            phrase: self.line.text().trim().to_owned(),
            category: category.slug().to_owned(),
        }
    }
}
