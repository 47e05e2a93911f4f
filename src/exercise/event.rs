//! What happened, as it is logged.
//!
//! Owns the events. Every one says what was and what is now, so that its compensating
//! event can be made from itself alone ([`ExerciseEvent::inverse`]) and the log needs no
//! history beside it. Ballots, seals and erasures have none. No event tells who did it,
//! when, or that somebody handed in.
//!
//! Erasing rewrites the log: the store calls [`ExerciseEvent::redact`] on every event
//! before the erasure and keeps what it leaves.

use serde::{Deserialize, Serialize};

use super::item::Origin;
use super::timer::Timer;
use super::{
    Claim, Counted, ExerciseId, Group, GroupId, Hands, ItemId, Mark, Phase, Said, ScenarioId,
    Settings, Shown, Standing, Verdict, Vote,
};

/// Something that happened to the exercises of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExerciseEvent {
    /// The name of an added scenario was given or changed.
    Titled {
        /// Which scenario.
        scenario: ScenarioId,
        /// Its name before.
        was: Option<String>,
        /// Its name now.
        now: Option<String>,
    },
    /// The brief of a scenario was written or changed.
    Briefed {
        /// Which scenario.
        scenario: ScenarioId,
        /// The brief before.
        was: Option<String>,
        /// The brief now.
        now: Option<String>,
    },
    /// A run was opened.
    Opened {
        /// Its id.
        id: ExerciseId,
        /// Its scenario.
        scenario: ScenarioId,
        /// The scenario's name.
        title: String,
        /// How it is held.
        settings: Settings,
    },
    /// The room went to a run, or left all of them.
    Attended {
        /// Where it was.
        was: Option<ExerciseId>,
        /// Where it is.
        now: Option<ExerciseId>,
    },
    /// Something changed in a run.
    In(ExerciseId, Change),
    /// A text was erased.
    Erased(Erasable),
}

/// A text that can be erased.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Erasable {
    /// The words of an item.
    Item(ExerciseId, ItemId),
    /// The heading of a group.
    Heading(ExerciseId, GroupId),
    /// The label of a run.
    Label(ExerciseId),
    /// The name of an added scenario, and its brief.
    Scenario(ScenarioId),
}

/// Something that happened in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "`was` and `now` say themselves what they are")]
pub enum Change {
    /// Somebody named an item.
    Named {
        item: ItemId,
        text: String,
        mark: Option<Mark>,
        origin: Origin,
        standing: Standing,
        claim: Option<Claim>,
    },
    /// Its author put it in other words.
    Reworded {
        item: ItemId,
        was: String,
        now: String,
    },
    /// An item was shown, hidden, let in or taken back.
    Stands {
        item: ItemId,
        was: Standing,
        now: Standing,
    },
    /// Items were merged, a group was changed or taken apart.
    Grouped {
        group: GroupId,
        was: Option<Group>,
        now: Option<Group>,
    },
    /// The facilitator holds it another way.
    Set { was: Settings, now: Settings },
    /// Who takes part.
    Labelled {
        was: Option<String>,
        now: Option<String>,
    },
    /// How many are in the room.
    Here { was: Option<u32>, now: Option<u32> },
    /// The room went to another phase.
    Moved { was: Phase, now: Phase },
    /// Nothing can be handed in, or again.
    Locked { was: bool, now: bool },
    /// The timer was set.
    Timed {
        was: Option<Timer>,
        now: Option<Timer>,
    },
    /// The projection was covered or uncovered.
    Covered { was: bool, now: bool },
    /// A round began.
    RoundOpened { vote: Vote, number: u16 },
    /// A round was given up. With `destroys` its ballots are gone for good; without, what
    /// is in the box waits until the round is opened again.
    RoundDropped {
        vote: Vote,
        number: u16,
        destroys: bool,
    },
    /// A round was sealed: its ballots are shuffled and can no more be changed. `list`
    /// is what was voted on.
    Sealed {
        vote: Vote,
        number: u16,
        list: Vec<ItemId>,
    },
    /// More or less of a result is on the wall.
    Revealed {
        vote: Vote,
        number: u16,
        was: Shown,
        now: Shown,
    },
    /// The room agrees to see a result of few people, or no longer.
    FewAgreed {
        vote: Vote,
        number: u16,
        was: bool,
        now: bool,
    },
    /// How many take part by raising hands.
    HandsPresent { number: u16, was: u32, now: u32 },
    /// Hands were counted.
    HandsCounted {
        number: u16,
        item: ItemId,
        was: Option<Hands>,
        now: Option<Hands>,
    },
    /// The room agreed aloud on an item.
    TagAgreed {
        number: u16,
        item: ItemId,
        was: Option<Said>,
        now: Option<Said>,
    },
    /// The room agreed aloud on an order.
    OrderAgreed {
        number: u16,
        was: Vec<Vec<ItemId>>,
        now: Vec<Vec<ItemId>>,
    },
    /// A sealed round came with its count and without its ballots.
    Counted {
        vote: Vote,
        number: u16,
        counted: Counted,
    },
    /// The shortlist was chosen.
    Shortlisted { was: Vec<ItemId>, now: Vec<ItemId> },
    /// The room matched an item.
    Matched {
        item: ItemId,
        was: Option<Verdict>,
        now: Option<Verdict>,
    },
}

impl ExerciseEvent {
    /// The event that takes this one back; none for those that are not undone.
    pub fn inverse(&self) -> Option<Self> {
        Some(match self.clone() {
            Self::Titled { scenario, was, now } => Self::Titled {
                scenario,
                was: now,
                now: was,
            },
            Self::Briefed { scenario, was, now } => Self::Briefed {
                scenario,
                was: now,
                now: was,
            },
            Self::Attended { was, now } => Self::Attended { was: now, now: was },
            Self::In(id, change) => Self::In(id, change.inverse()?),
            Self::Opened { .. } | Self::Erased(_) => return None,
        })
    }
}

impl Change {
    /// The change that takes this one back. An author's words are nobody else's to change,
    /// so rewording has none either.
    pub fn inverse(&self) -> Option<Self> {
        use Change as C;
        Some(match self.clone() {
            C::Named { item, standing, .. } => C::Stands {
                item,
                was: standing,
                now: Standing::TakenBack,
            },
            C::Stands { item, was, now } => C::Stands {
                item,
                was: now,
                now: was,
            },
            C::Grouped { group, was, now } => C::Grouped {
                group,
                was: now,
                now: was,
            },
            C::Set { was, now } => C::Set { was: now, now: was },
            C::Labelled { was, now } => C::Labelled { was: now, now: was },
            C::Here { was, now } => C::Here { was: now, now: was },
            C::Moved { was, now } => C::Moved { was: now, now: was },
            C::Locked { was, now } => C::Locked { was: now, now: was },
            C::Timed { was, now } => C::Timed { was: now, now: was },
            C::Covered { was, now } => C::Covered { was: now, now: was },
            C::RoundOpened { vote, number } => C::RoundDropped {
                vote,
                number,
                destroys: false,
            },
            C::RoundDropped {
                vote,
                number,
                destroys: false,
            } => C::RoundOpened { vote, number },
            C::Revealed {
                vote,
                number,
                was,
                now,
            } => C::Revealed {
                vote,
                number,
                was: now,
                now: was,
            },
            C::FewAgreed {
                vote,
                number,
                was,
                now,
            } => C::FewAgreed {
                vote,
                number,
                was: now,
                now: was,
            },
            C::HandsPresent { number, was, now } => C::HandsPresent {
                number,
                was: now,
                now: was,
            },
            C::HandsCounted {
                number,
                item,
                was,
                now,
            } => C::HandsCounted {
                number,
                item,
                was: now,
                now: was,
            },
            C::TagAgreed {
                number,
                item,
                was,
                now,
            } => C::TagAgreed {
                number,
                item,
                was: now,
                now: was,
            },
            C::OrderAgreed { number, was, now } => C::OrderAgreed {
                number,
                was: now,
                now: was,
            },
            C::Shortlisted { was, now } => C::Shortlisted { was: now, now: was },
            C::Matched { item, was, now } => C::Matched {
                item,
                was: now,
                now: was,
            },
            C::Reworded { .. } | C::RoundDropped { .. } | C::Sealed { .. } | C::Counted { .. } => {
                return None;
            }
        })
    }
}

impl ExerciseEvent {
    /// Takes a text out of an event that was logged before it was erased. Says whether the
    /// event changed and is to be written again.
    pub fn redact(&mut self, what: &Erasable) -> bool {
        match (what, self) {
            (
                Erasable::Scenario(which),
                Self::Titled { scenario, was, now } | Self::Briefed { scenario, was, now },
            ) if scenario == which => blank(was) | blank(now),
            (
                Erasable::Scenario(which),
                Self::Opened {
                    scenario, title, ..
                },
            ) if scenario == which => empty(title),
            (Erasable::Item(exercise, which), Self::In(id, change)) if id == exercise => {
                change.redact_item(*which)
            }
            (
                Erasable::Heading(exercise, which),
                Self::In(id, Change::Grouped { group, was, now }),
            ) if id == exercise && group == which => {
                let heading = |group: &mut Option<Group>| {
                    group.as_mut().is_some_and(|one| blank(&mut one.heading))
                };
                heading(was) | heading(now)
            }
            (Erasable::Label(exercise), Self::In(id, Change::Labelled { was, now }))
                if id == exercise =>
            {
                blank(was) | blank(now)
            }
            _ => false,
        }
    }
}

impl Change {
    fn redact_item(&mut self, which: ItemId) -> bool {
        match self {
            Self::Named {
                item, text, claim, ..
            } if *item == which => claim.take().is_some() | empty(text),
            Self::Reworded { item, was, now } if *item == which => empty(was) | empty(now),
            _ => false,
        }
    }
}

fn blank(text: &mut Option<String>) -> bool {
    text.take().is_some()
}

fn empty(text: &mut String) -> bool {
    let held = !text.is_empty();
    *text = String::new();
    held
}
