//! The eight categories against the systems: gaps, duplication, what can be combined.
//!
//! Owns what counts as a gap (nothing runs), as planned only, and as run by more than one
//! organisation. Whether two systems really do the same is for people to say; this only
//! points at where to look. Start at [`Coverage::of`].

use std::collections::BTreeSet;

use super::{Operation, State, System};
use crate::content::{CategoryId, Content};

/// What there is of a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The category.
    pub category: CategoryId,
    /// Its systems by number: planned, running, paused, closed.
    pub counts: [usize; 4],
    /// Who runs the running ones, each once, by name.
    pub running: Vec<String>,
    /// Who plans one or has one paused, each once, by name.
    pub others: Vec<String>,
}

impl Cover {
    fn of(operation: &Operation, category: CategoryId) -> Self {
        let mut counts = [0; 4];
        for system in operation.under(category) {
            counts[system.status as usize] += 1;
        }
        let who = |wanted: &[State]| {
            let some = operation
                .under(category)
                .filter(|one| wanted.contains(&one.status));
            let names: BTreeSet<&str> = some.map(System::who).collect();
            names.into_iter().map(str::to_owned).collect()
        };
        Self {
            category,
            counts,
            running: who(&[State::Running]),
            others: who(&[State::Planned, State::Paused]),
        }
    }

    /// How many systems have a status.
    pub fn count(&self, status: State) -> usize {
        self.counts
            .get(status as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Whether nothing produces this category's output now.
    pub fn is_gap(&self) -> bool {
        self.count(State::Running) == 0
    }

    /// Whether nothing runs, but something is planned or paused.
    pub fn is_coming(&self) -> bool {
        self.is_gap() && !self.others.is_empty()
    }

    /// Whether more than one organisation runs a system here.
    pub fn is_double(&self) -> bool {
        self.running.len() > 1
    }

    /// What there is, in a few words.
    pub fn said(&self) -> String {
        let parts: Vec<String> = [State::Running, State::Planned, State::Paused, State::Closed]
            .into_iter()
            .filter(|status| self.count(*status) > 0)
            .map(|status| format!("{} {}", self.count(status), status.title()))
            .collect();
        if parts.is_empty() {
            "nothing".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

impl System {
    /// Who runs it, or a stand-in where nobody said.
    pub fn who(&self) -> &str {
        if self.organisation.is_empty() {
            "organisation not given"
        } else {
            &self.organisation
        }
    }
}

/// Outputs that the sources say give a result together, and whether they are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combination {
    /// The wanted result.
    pub result: String,
    /// The categories whose outputs go together.
    pub between: Vec<CategoryId>,
    /// Those of them that nothing produces now.
    pub missing: Vec<CategoryId>,
    /// Where the sources say so.
    pub cited: String,
}

/// The whole view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The eight, in the order of the Matrix.
    pub covers: Vec<Cover>,
    /// What can be combined; statements about all eight at once say nothing here.
    pub combinations: Vec<Combination>,
}

impl Coverage {
    /// The view of an operation.
    pub fn of(operation: &Operation, content: &Content) -> Self {
        let covers: Vec<Cover> = CategoryId::ALL
            .iter()
            .map(|one| Cover::of(operation, *one))
            .collect();
        let some = content.matrix.relations.iter();
        let some = some.filter(|one| (2..=3).contains(&one.between.len()));
        let combinations = some
            .map(|one| Combination {
                result: one.result.clone(),
                missing: missing(&one.between, &covers),
                between: one.between.clone(),
                cited: content.cite(&one.passage.origin),
            })
            .collect();
        Self {
            covers,
            combinations,
        }
    }

    /// The categories that nothing produces now.
    pub fn gaps(&self) -> impl Iterator<Item = &Cover> {
        self.covers.iter().filter(|one| one.is_gap())
    }

    /// The categories that more than one organisation works on.
    pub fn doubles(&self) -> impl Iterator<Item = &Cover> {
        self.covers.iter().filter(|one| one.is_double())
    }
}

fn missing(between: &[CategoryId], covers: &[Cover]) -> Vec<CategoryId> {
    let gap = |id: &CategoryId| covers.iter().any(|one| one.category == *id && one.is_gap());
    between.iter().copied().filter(gap).collect()
}
