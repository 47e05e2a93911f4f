//! What each seat can take back.
//!
//! Owns a stack of changes for every seat, in memory only: a file that held it could be
//! used to follow a person. Taking back is an event like any other. Promises that a
//! change is taken back only while nobody changed the same thing since: every change of a
//! thing gives it a new version, taking a change back gives it the old version again, and
//! a change can be taken back only from the version that it made.
//!
//! ```text
//!  note 7:  v0 ──write──► v1 ──edit──► v2      undo edit: v2 → v1, undo write: v1 → v0
//!                                └─ another seat's edit: v3; "undo edit" wants v2: refused
//! ```

use std::collections::HashMap;

use super::decide::allowed;
use super::{Command, Event, Key, Refusal, Role, RoomState, SeatId, Subject, Time, What, decide};
use crate::exercise::{self, ExerciseEvent};

/// Changes that a seat can take back; the oldest go first.
const MOST_STEPS: usize = 500;

/// Which way through what a seat did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A new change.
    New,
    /// Back.
    Undo,
    /// Forward again.
    Redo,
}

/// One change of one seat.
#[derive(Clone, Debug)]
struct Step {
    /// The events that take it the other way.
    other_way: Vec<Event>,
    /// What it did: the rules of an exercise ask for it.
    events: Vec<Event>,
    /// For each thing it concerns: is the version exact, before, after.
    versions: Vec<(Key, bool, u64, u64)>,
}

impl Step {
    fn concerns(&self, key: &Key) -> bool {
        self.versions.iter().any(|(one, ..)| one == key)
    }

    /// What it did in exercises, where that is all it did.
    fn in_exercise(&self) -> Option<Vec<ExerciseEvent>> {
        let events = self.events.iter().map(|event| match &event.what {
            What::Exercise(event) => Some(event.clone()),
            _ => None,
        });
        events.collect()
    }
}

#[derive(Clone, Debug, Default)]
struct Stacks {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// What all seats did.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    seats: HashMap<SeatId, Stacks>,
    versions: HashMap<Key, u64>,
    last: u64,
}

impl Desk {
    /// What happens when a seat gives a command; the way in for every command.
    pub fn decide(
        &self,
        state: &RoomState,
        (seat, role): (SeatId, Role),
        command: Command,
        now: Time,
    ) -> Result<(Way, Vec<Event>), Refusal> {
        let way = match command {
            Command::Undo => Way::Undo,
            Command::Redo => Way::Redo,
            command => return decide(state, role, command, now).map(|all| (Way::New, all)),
        };
        allowed(state, role, &command)?;
        let step = self.next(seat, way).ok_or(match way {
            Way::Redo => Refusal::NothingToRedo,
            _ => Refusal::NothingToUndo,
        })?;
        if self.is_overtaken(step, way) {
            return Err(Refusal::Overtaken);
        }
        match step.in_exercise() {
            Some(done) => {
                let undo = Command::Exercise(exercise::Command::Undo(done));
                decide(state, role, undo, now).map(|events| (way, events))
            }
            None => Ok((way, step.other_way.clone())),
        }
    }

    fn next(&self, seat: SeatId, way: Way) -> Option<&Step> {
        let stacks = self.seats.get(&seat)?;
        match way {
            Way::Redo => stacks.undone.last(),
            _ => stacks.done.last(),
        }
    }

    fn is_overtaken(&self, step: &Step, way: Way) -> bool {
        step.versions.iter().any(|(key, exact, before, after)| {
            let expected = if way == Way::Redo { before } else { after };
            *exact && self.version(key) != *expected
        })
    }

    fn version(&self, key: &Key) -> u64 {
        self.versions.get(key).copied().unwrap_or_default()
    }

    /// Takes note of what happened. `inverses` are the events that take it back, newest
    /// first; none where it cannot be taken back.
    pub fn note(&mut self, seat: SeatId, way: Way, events: &[Event], inverses: Option<Vec<Event>>) {
        if events.is_empty() {
            return;
        }
        match way {
            Way::New => self.note_new(seat, events, inverses),
            Way::Undo | Way::Redo => self.note_other_way(seat, way, events, inverses),
        }
    }

    fn note_new(&mut self, seat: SeatId, events: &[Event], inverses: Option<Vec<Event>>) {
        self.last += 1;
        let fresh = self.last;
        let mut versions: Vec<(Key, bool, u64, u64)> = Vec::new();
        for (key, exact) in events.iter().flat_map(keys) {
            if let Some(known) = versions.iter_mut().find(|(one, ..)| *one == key) {
                known.1 |= exact;
                continue;
            }
            let before = self.versions.insert(key.clone(), fresh).unwrap_or_default();
            versions.push((key, exact, before, fresh));
        }
        let Some(other_way) = inverses else { return };
        let stacks = self.seats.entry(seat).or_default();
        stacks.undone.clear();
        stacks.done.push(Step {
            other_way,
            events: events.to_vec(),
            versions,
        });
        if stacks.done.len() > MOST_STEPS {
            stacks.done.remove(0);
        }
    }

    fn note_other_way(
        &mut self,
        seat: SeatId,
        way: Way,
        events: &[Event],
        inverses: Option<Vec<Event>>,
    ) {
        let Some(stacks) = self.seats.get_mut(&seat) else {
            return;
        };
        let (from, to) = match way {
            Way::Redo => (&mut stacks.undone, &mut stacks.done),
            _ => (&mut stacks.done, &mut stacks.undone),
        };
        let Some(mut step) = from.pop() else { return };
        for (key, _, before, after) in &step.versions {
            let (is, was) = if way == Way::Redo {
                (after, before)
            } else {
                (before, after)
            };
            let now = self.versions.entry(key.clone()).or_default();
            // What others changed meanwhile keeps their version.
            if *now == *was {
                *now = *is;
            }
        }
        if let Some(other_way) = inverses {
            step.other_way = other_way;
            step.events = events.to_vec();
            to.push(step);
        }
    }

    /// Forgets the step that was refused because others built on it, so that the next
    /// undo reaches the change before.
    pub fn skip(&mut self, seat: SeatId, way: Way) {
        if let Some(stacks) = self.seats.get_mut(&seat) {
            match way {
                Way::Redo => stacks.undone.pop(),
                _ => stacks.done.pop(),
            };
        }
    }

    /// Forgets all that could bring an erased text back.
    pub fn forget(&mut self, subject: &Subject) {
        let key = subject.key();
        let holds = |step: &Step| {
            let erased = |event: &Event| event.clone().erase(subject);
            step.concerns(&key) || step.other_way.iter().any(erased)
        };
        for stacks in self.seats.values_mut() {
            stacks.done.retain(|step| !holds(step));
            stacks.undone.retain(|step| !holds(step));
        }
    }

    /// Forgets a seat that has gone.
    pub fn leave(&mut self, seat: SeatId) {
        self.seats.remove(&seat);
    }
}

fn keys(event: &Event) -> Vec<(Key, bool)> {
    let keys = event.keys();
    let exact = keys.exact.into_iter().map(|key| (key, true));
    exact
        .chain(keys.also.into_iter().map(|key| (key, false)))
        .collect()
}
