//! The systems that have a checklist, wherever they are kept.
//!
//! Owns that people see one list: the systems of the operation that is open, with the
//! checklists of their worksheets, and those that were only begun in this session. Knows
//! nothing of how either changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::SubStepId;
use crate::operation::{State, System, Worksheet};
use crate::room::checklist::{Line, activity_lines, principle_lines};
use crate::room::{Design, Mark, Room, SystemId};

/// A system that has a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemRef {
    /// One that was begun in this session.
    Session(SystemId),
    /// One of the operation, by its slug.
    Operation(String),
}

/// The checklist of a system, as it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// Whose it is.
    pub of: SystemRef,
    /// The one sub-step that is looked at: a system of the operation is worked through sub-step
    /// by sub-step. None for those that were chosen.
    pub at: Option<SubStepId>,
    /// The activities of the Process in place of the principles.
    pub activities: bool,
}

/// A system with what its checklist holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<'a> {
    /// What people call it.
    pub title: String,
    /// The sub-steps that are looked at.
    pub sub_steps: BTreeSet<SubStepId>,
    /// What stands at the lines, by address.
    pub marks: &'a BTreeMap<String, Mark>,
    /// Whether it runs, for a system of the operation.
    pub status: Option<State>,
    /// The worksheet that it belongs to, for a system of the operation.
    pub worksheet: Option<&'a Worksheet>,
}

impl<'a> Checked<'a> {
    fn of_session(design: &'a Design) -> Self {
        Self {
            title: design.title(),
            sub_steps: design.sub_steps.clone(),
            marks: &design.marks,
            status: None,
            worksheet: None,
        }
    }

    fn of_operation(system: &'a System) -> Self {
        Self {
            title: system.name.clone(),
            sub_steps: SubStepId::ALL.iter().copied().collect(),
            marks: &system.worksheet.answers,
            status: Some(system.status),
            worksheet: Some(&system.worksheet),
        }
    }

    /// A system, if it is there.
    pub fn find(room: &'a Room, which: &SystemRef) -> Option<Self> {
        match which {
            SystemRef::Session(id) => {
                let session = room.session.as_ref()?;
                session.designs.get(*id).map(Self::of_session)
            }
            SystemRef::Operation(id) => {
                let operation = room.content.operation.as_ref()?;
                operation.system(id).map(Self::of_operation)
            }
        }
    }

    /// What a checklist looks at, if its system is there.
    pub fn looked_at(room: &'a Room, list: &Checklist) -> Option<Self> {
        let mut checked = Self::find(room, &list.of)?;
        if let Some(at) = list.at {
            checked.sub_steps = [at].into();
        }
        Some(checked)
    }

    /// The lines: the Principles in Action, or the activities of the Process.
    pub fn lines(&self, room: &Room, activities: bool) -> Vec<Line> {
        if activities {
            activity_lines(&room.content, &self.sub_steps)
        } else {
            principle_lines(&room.content, &self.sub_steps)
        }
    }
}

/// How many systems the operation has.
fn mapped(room: &Room) -> usize {
    let operation = room.content.operation.as_ref();
    operation.map_or(0, |one| one.systems.len())
}

/// How many systems there are.
pub fn count(room: &Room) -> usize {
    let session = room.session.as_ref();
    mapped(room) + session.map_or(0, |one| one.designs.iter().count())
}

/// The systems from a place in the list on: first those of the operation.
pub fn from(room: &Room, first: usize) -> impl Iterator<Item = SystemRef> {
    let operation = room.content.operation.iter();
    let mapped_ones = operation.flat_map(|one| &one.systems).skip(first);
    let session = room.session.iter().flat_map(|one| one.designs.iter());
    let others = session.skip(first.saturating_sub(mapped(room)));
    mapped_ones
        .map(|one| SystemRef::Operation(one.id.clone()))
        .chain(others.map(|one| SystemRef::Session(one.id)))
}

/// The place of a system in the list.
pub fn index(room: &Room, which: &SystemRef) -> Option<usize> {
    match which {
        SystemRef::Operation(id) => {
            let systems = &room.content.operation.as_ref()?.systems;
            systems.iter().position(|one| one.id == *id)
        }
        SystemRef::Session(id) => {
            let mut designs = room.session.as_ref()?.designs.iter();
            let at = designs.position(|one| one.id == *id)?;
            Some(mapped(room) + at)
        }
    }
}
