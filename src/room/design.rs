//! Systems under design, each with its checklist.
//!
//! Owns which systems there are, which sub-steps their people chose to look at, and what
//! they answered at each line. Lines are addresses of the content (a Principle in Action,
//! an activity of the Process); which lines there are is [`super::checklist`]'s to say. A
//! removed system keeps its answers, so that it can be brought back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::text::{self, Field, LINE};
use super::{Key, Keys, Refusal};
use crate::content::SubStepId;

const MOST_SYSTEMS: usize = 100;
const MOST_MARKS: usize = 5_000;
/// The note at a line of a checklist.
pub(crate) const MARK_NOTE: Field = Field {
    name: "note",
    most: 2_000,
    lines: true,
};

/// The number of a system under design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SystemId(pub u64);

/// What is answered at a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// It is done.
    Done,
    /// It is still to do.
    ToDo,
    /// It does not apply to this system.
    DoesNotApply,
}

impl Answer {
    /// All answers, in the order in which they are offered.
    pub const ALL: &'static [Answer] = &[Self::Done, Self::ToDo, Self::DoesNotApply];

    /// The words for it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::ToDo => "to do",
            Self::DoesNotApply => "does not apply",
        }
    }
}

/// What stands at a line of a checklist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The answer, if one was given.
    pub answer: Option<Answer>,
    /// What people say about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Mark {
    /// Whether nothing is said.
    pub const fn is_empty(&self) -> bool {
        self.answer.is_none() && self.note.is_empty()
    }
}

/// A system under design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// Its number.
    pub id: SystemId,
    /// Its name.
    pub name: String,
    /// The sub-steps that are looked at; none until some are chosen.
    pub sub_steps: BTreeSet<SubStepId>,
    /// What was answered, by address.
    pub marks: BTreeMap<String, Mark>,
    /// Whether it was removed; it can be brought back.
    pub removed: bool,
}

impl Design {
    /// The name, or a stand-in where it was erased.
    pub fn title(&self) -> String {
        if self.name.is_empty() {
            format!("System {}", self.id.0)
        } else {
            self.name.clone()
        }
    }
}

/// What a seat proposes about systems under design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DesignCommand {
    /// Begin a checklist for a system.
    Add(String),
    /// Change a name.
    Rename {
        /// Which.
        id: SystemId,
        /// The name now.
        name: String,
    },
    /// Take one away; it can be brought back.
    Remove(SystemId),
    /// Bring a removed one back.
    Restore(SystemId),
    /// Choose the sub-steps to look at.
    Choose {
        /// For which system.
        id: SystemId,
        /// All that are chosen.
        sub_steps: BTreeSet<SubStepId>,
    },
    /// Answer at a line; an empty mark takes the answer away.
    Mark {
        /// For which system.
        id: SystemId,
        /// The line.
        address: String,
        /// What is said there now.
        mark: Mark,
    },
}

/// What happened to a system under design.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DesignEvent {
    /// It was added.
    Added {
        /// Its number.
        id: SystemId,
        /// Its name.
        name: String,
    },
    /// It has another name.
    Renamed {
        /// Which.
        id: SystemId,
        /// The name now.
        name: String,
    },
    /// It was taken away.
    Removed(SystemId),
    /// It was brought back.
    Restored(SystemId),
    /// Its sub-steps were chosen.
    Chosen {
        /// Which system.
        id: SystemId,
        /// All that are chosen.
        #[serde(with = "slugs")]
        sub_steps: BTreeSet<SubStepId>,
    },
    /// A line was answered.
    Marked {
        /// Which system.
        id: SystemId,
        /// The line.
        address: String,
        /// What is said there now.
        mark: Mark,
    },
}

/// Sub-steps are kept by their slugs, which never change. A slug that is not known here is
/// left out, so that a file with other content still opens.
mod slugs {
    use std::collections::BTreeSet;

    use serde::{Deserialize, Deserializer, Serializer};

    use crate::content::SubStepId;

    pub(super) fn serialize<S: Serializer>(
        some: &BTreeSet<SubStepId>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(some.iter().map(|one| one.slug()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeSet<SubStepId>, D::Error> {
        let slugs = Vec::<String>::deserialize(from)?;
        let known = slugs.iter().filter_map(|slug| SubStepId::from_slug(slug));
        Ok(known.collect())
    }
}

/// All systems under design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Designs {
    all: BTreeMap<SystemId, Design>,
    last: u64,
}

impl Designs {
    /// The systems in the order in which they were added, without removed ones.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Design> {
        self.all.values().filter(|one| !one.removed)
    }

    /// A system that is there.
    pub fn get(&self, id: SystemId) -> Option<&Design> {
        self.all.get(&id).filter(|one| !one.removed)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Whether there is a system, removed or not, whose text can be erased.
    pub fn has(&self, id: SystemId) -> bool {
        self.all.contains_key(&id)
    }

    pub(super) fn apply(&mut self, event: &DesignEvent) {
        if let DesignEvent::Added { id, name } = event {
            self.last = self.last.max(id.0);
            let design = Design {
                id: *id,
                name: name.clone(),
                sub_steps: BTreeSet::new(),
                marks: BTreeMap::new(),
                removed: false,
            };
            self.all.insert(*id, design);
        } else if let Some(design) = self.all.get_mut(&event.id()) {
            design.apply(event);
        }
    }

    pub(super) fn erase_name(&mut self, id: SystemId) {
        if let Some(design) = self.all.get_mut(&id) {
            design.name.clear();
        }
    }

    pub(super) fn erase_mark(&mut self, id: SystemId, address: &str) {
        let Some(design) = self.all.get_mut(&id) else {
            return;
        };
        if let Some(mark) = design.marks.get_mut(address) {
            mark.note.clear();
        }
        design.marks.retain(|_, mark| !mark.is_empty());
    }

    pub(super) fn decide(&self, command: DesignCommand) -> Result<Vec<DesignEvent>, Refusal> {
        let event = match command {
            DesignCommand::Add(name) => Some(self.add(&name)?),
            DesignCommand::Rename { id, name } => {
                let name = LINE.named("name").required(&name)?;
                (self.find(id)?.name != name).then_some(DesignEvent::Renamed { id, name })
            }
            DesignCommand::Remove(id) => self.find(id).map(|_| Some(DesignEvent::Removed(id)))?,
            DesignCommand::Restore(id) => {
                let design = self.all.get(&id).ok_or(Refusal::Gone("system"))?;
                design.removed.then_some(DesignEvent::Restored(id))
            }
            DesignCommand::Choose { id, sub_steps } => {
                let changes = self.find(id)?.sub_steps != sub_steps;
                changes.then_some(DesignEvent::Chosen { id, sub_steps })
            }
            DesignCommand::Mark { id, address, mark } => self.mark(id, &address, &mark)?,
        };
        Ok(event.into_iter().collect())
    }

    fn add(&self, name: &str) -> Result<DesignEvent, Refusal> {
        if self.all.len() >= MOST_SYSTEMS {
            return Err(Refusal::TooMany {
                what: "systems",
                most: MOST_SYSTEMS,
            });
        }
        Ok(DesignEvent::Added {
            id: SystemId(self.last + 1),
            name: LINE.named("name").required(name)?,
        })
    }

    fn mark(
        &self,
        id: SystemId,
        address: &str,
        mark: &Mark,
    ) -> Result<Option<DesignEvent>, Refusal> {
        let design = self.find(id)?;
        let address = text::address(address)?;
        let mark = Mark {
            answer: mark.answer,
            note: MARK_NOTE.entry(&mark.note)?,
        };
        let before = design.marks.get(&address);
        if before.is_none() && design.marks.len() >= MOST_MARKS {
            return Err(Refusal::TooMany {
                what: "answers",
                most: MOST_MARKS,
            });
        }
        let changes = before.map_or(!mark.is_empty(), |old| *old != mark);
        Ok(changes.then_some(DesignEvent::Marked { id, address, mark }))
    }

    fn find(&self, id: SystemId) -> Result<&Design, Refusal> {
        self.get(id).ok_or(Refusal::Gone("system"))
    }
}

impl Design {
    fn apply(&mut self, event: &DesignEvent) {
        match event {
            DesignEvent::Added { .. } => {}
            DesignEvent::Renamed { name, .. } => self.name.clone_from(name),
            DesignEvent::Removed(_) => self.removed = true,
            DesignEvent::Restored(_) => self.removed = false,
            DesignEvent::Chosen { sub_steps, .. } => self.sub_steps.clone_from(sub_steps),
            DesignEvent::Marked { address, mark, .. } => {
                if mark.is_empty() {
                    self.marks.remove(address);
                } else {
                    self.marks.insert(address.clone(), mark.clone());
                }
            }
        }
    }
}

impl DesignEvent {
    /// The system that it happened to.
    pub const fn id(&self) -> SystemId {
        match self {
            Self::Added { id, .. }
            | Self::Renamed { id, .. }
            | Self::Removed(id)
            | Self::Restored(id)
            | Self::Chosen { id, .. }
            | Self::Marked { id, .. } => *id,
        }
    }

    pub(super) fn inverse(&self, before: &Designs) -> Option<Self> {
        let id = self.id();
        if matches!(self, Self::Added { .. }) {
            return Some(Self::Removed(id));
        }
        let design = before.all.get(&id)?;
        Some(match self {
            Self::Added { .. } | Self::Restored(_) => Self::Removed(id),
            Self::Renamed { .. } => Self::Renamed {
                id,
                name: design.name.clone(),
            },
            Self::Removed(_) => Self::Restored(id),
            Self::Chosen { .. } => Self::Chosen {
                id,
                sub_steps: design.sub_steps.clone(),
            },
            Self::Marked { address, .. } => Self::Marked {
                id,
                address: address.clone(),
                mark: design.marks.get(address).cloned().unwrap_or_default(),
            },
        })
    }

    /// Adding and removing a system stand or fall with everything inside it; an answer
    /// concerns one line only.
    pub(super) fn keys(&self) -> Keys {
        let id = self.id();
        match self {
            Self::Added { .. } | Self::Removed(_) | Self::Restored(_) => {
                Keys::exact([Key::System(id), Key::Inside(id)])
            }
            Self::Renamed { .. } => Keys::exact([Key::System(id)]),
            Self::Chosen { .. } => Keys::exact([Key::Chosen(id)]).and([Key::Inside(id)]),
            Self::Marked { address, .. } => {
                Keys::exact([Key::Mark(id, address.clone())]).and([Key::Inside(id)])
            }
        }
    }

    pub(super) fn erase_name(&mut self) {
        if let Self::Added { name, .. } | Self::Renamed { name, .. } = self {
            name.clear();
        }
    }

    pub(super) fn erase_mark(&mut self, which: &str) {
        if let Self::Marked { address, mark, .. } = self
            && address == which
        {
            mark.note.clear();
        }
    }
}
