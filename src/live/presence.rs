//! Who is still being attended, as a number.
//!
//! Owns a count and the wait until it is none, so that a program which closes lets every seat
//! hear why.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[derive(Default)]
struct Count {
    number: Mutex<usize>,
    fewer: Condvar,
}

/// The count of those that are attended.
#[derive(Clone, Default)]
pub(super) struct Presence(Arc<Count>);

/// One of them, for as long as it is held.
pub struct Present(Arc<Count>);

impl Count {
    fn number(&self) -> MutexGuard<'_, usize> {
        self.number.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Presence {
    /// One more.
    pub(super) fn enter(&self) -> Present {
        *self.0.number() += 1;
        Present(Arc::clone(&self.0))
    }

    /// Waits until nobody is left, at most for a while.
    pub(super) fn wait(&self, at_most: Duration) {
        let left = self.0.number();
        // Who has not left by then is let go with the program.
        let _ = self
            .0
            .fewer
            .wait_timeout_while(left, at_most, |left| *left > 0);
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        *self.0.number() -= 1;
        self.0.fewer.notify_all();
    }
}
