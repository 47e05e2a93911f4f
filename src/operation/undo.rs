//! The versions of an operation that undo goes back to.
//!
//! Owns what was before and what was taken back. An endorsed Definition is locked from the
//! moment it is given, so nothing goes back beyond it.

use std::sync::Arc;

use super::Operation;

/// As many changes can be taken back.
const DEEPEST: usize = 100;

/// The versions before and after the one that stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    past: Vec<Arc<Operation>>,
    future: Vec<Arc<Operation>>,
}

impl Versions {
    /// Notes that a version gave way to another.
    pub fn note(&mut self, before: Arc<Operation>, after: &Operation) {
        self.future.clear();
        if before.endorsed == after.endorsed {
            self.past.push(before);
        } else {
            self.past.clear();
        }
        if self.past.len() > DEEPEST {
            self.past.remove(0);
        }
    }

    /// The version before; `now` can be had back with [`Self::redo`].
    pub fn undo(&mut self, now: Arc<Operation>) -> Option<Arc<Operation>> {
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    /// The version that was taken back last.
    pub fn redo(&mut self, now: Arc<Operation>) -> Option<Arc<Operation>> {
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }
}
