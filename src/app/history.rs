//! Where a seat has been, to go back and forward.
//!
//! Owns the two stacks. A move by an arrow is no new entry; a jump is. Bounded, so
//! that a long day costs nothing.

use crate::content::Address;

/// How many places are remembered.
const LIMIT: usize = 100;

/// Places before and after the present one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    past: Vec<Address>,
    future: Vec<Address>,
}

impl History {
    /// Remembers the place that a jump leaves.
    pub fn leave(&mut self, from: Address) {
        self.future.clear();
        if self.past.last() != Some(&from) {
            self.past.push(from);
        }
        if self.past.len() > LIMIT {
            self.past.remove(0);
        }
    }

    /// One place back; the present one can be returned to.
    pub fn back(&mut self, present: Address) -> Option<Address> {
        let to = self.past.pop()?;
        self.future.push(present);
        Some(to)
    }

    /// One place forward again.
    pub fn forward(&mut self, present: Address) -> Option<Address> {
        let to = self.future.pop()?;
        self.past.push(present);
        Some(to)
    }
}
