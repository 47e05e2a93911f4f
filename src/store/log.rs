//! The log of a session, as narrow as it can be: append, read from, wake.
//!
//! Owns the trait behind which an existing engine can stand where one host is not enough,
//! and a log in memory for tests and trial runs. A log promises: what `append` gave back is
//! durable; events have the numbers 1, 2, 3 … without a gap; an event [`What::Erased`]
//! takes its text out of all earlier events in the same write.

use super::{Failure, Rejected};
use crate::room::{Event, Refusal, What};

/// Called with the number of the last event after each write.
pub type Bell = Box<dyn Fn(u64) + Send>;

/// What is to be decided inside the write.
pub type Decide<'a> = &'a mut dyn FnMut() -> Result<Vec<Event>, Refusal>;

/// Where events are kept.
pub trait Log {
    /// Decides inside the write, and keeps what was decided. `after` is the number of the
    /// last event that the decision rests on; a log that is further refuses.
    fn append(&mut self, after: u64, decide: Decide<'_>) -> Result<Vec<Event>, Rejected>;

    /// The events after a number, in order.
    fn read_from(&self, after: u64) -> Result<Vec<Event>, Failure>;

    /// Calls the bell after each write from now on.
    fn wake(&mut self, bell: Bell);
}

/// A log that is gone when the program ends.
#[derive(Default)]
pub struct MemoryLog {
    events: Vec<Event>,
    bell: Option<Bell>,
}

impl MemoryLog {
    /// A log that begins with some events.
    pub fn new(events: Vec<Event>) -> Self {
        Self { events, bell: None }
    }
}

impl Log for MemoryLog {
    fn append(&mut self, after: u64, decide: Decide<'_>) -> Result<Vec<Event>, Rejected> {
        let last = self.events.len() as u64;
        if after != last {
            return Err(Failure::OutOfStep { at: after, last }.into());
        }
        let events = decide()?;
        for event in &events {
            if let What::Erased(subject) = &event.what {
                for earlier in &mut self.events {
                    earlier.erase(subject);
                }
            }
            self.events.push(event.clone());
        }
        if let Some(bell) = &self.bell
            && !events.is_empty()
        {
            bell(self.events.len() as u64);
        }
        Ok(events)
    }

    fn read_from(&self, after: u64) -> Result<Vec<Event>, Failure> {
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(self.events.get(after..).unwrap_or_default().to_vec())
    }

    fn wake(&mut self, bell: Bell) {
        self.bell = Some(bell);
    }
}
