//! The checked operation: what the rest of the program reads.
//!
//! Owns the shape of the map in memory and the closed sets that stand in its file. Every
//! value has passed the checks. Systems are shared between the versions that undo keeps,
//! so that a map of thousands costs little to change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::content::{CategoryId, CriterionId, SubStepId};
use crate::room::Mark;

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $slug:literal, $title:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word that stands in files.
            pub const fn slug(self) -> &'static str {
                match self { $($name::$variant => $slug,)+ }
            }

            /// The words for people.
            pub const fn title(self) -> &'static str {
                match self { $($name::$variant => $title,)+ }
            }

            /// The one with this word.
            pub fn from_slug(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.slug() == slug)
            }

            /// The one `by` further in the order, round the ends.
            #[must_use]
            pub fn turned(self, by: isize) -> Self {
                let count = Self::ALL.len();
                let on = if by < 0 { count - 1 } else { 1 };
                Self::ALL.get((self as usize + on) % count).copied().unwrap_or(self)
            }
        }
    };
}

words! {
    /// Whether a system runs.
    State {
        /// It is meant to run.
        #[default]
        Planned = "planned", "planned",
        /// It runs.
        Running = "running", "running",
        /// It stands still for a while.
        Paused = "paused", "paused",
        /// It has ended.
        Closed = "closed", "closed",
    }
}

words! {
    /// Who may see a system or a text; each level includes those after it. What says nothing
    /// is for the own organisation only, since a mistake that way harms nobody.
    Sharing {
        /// Anybody.
        Public = "public", "public",
        /// Humanitarian organisations.
        Humanitarian = "humanitarian-community", "humanitarian community",
        /// Protection actors.
        Protection = "protection-actors", "protection actors",
        /// Nobody outside the organisation.
        #[default]
        Own = "own-organisation", "own organisation",
    }
}

impl Sharing {
    /// Whether what has this level may be shown to an audience.
    pub fn may_reach(self, audience: Sharing) -> bool {
        self <= audience
    }

    /// The line that marks a document for this audience.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Humanitarian => "For the humanitarian community only",
            Self::Protection => "For protection actors only",
            Self::Own => "For the own organisation only",
        }
    }
}

words! {
    /// How far a sub-step is, for a planned system.
    Progress {
        /// Nothing is decided yet.
        #[default]
        NotBegun = "not-begun", "not begun",
        /// Work goes on.
        Begun = "begun", "begun",
        /// It is decided.
        Done = "done", "done",
    }
}

/// What a sub-step of the Process came to, for one system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// How far it is.
    pub progress: Progress,
    /// What was decided.
    pub decided: String,
    /// What is open.
    pub questions: Vec<String>,
}

impl Entry {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The Process applied to a system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worksheet {
    /// Who may see it.
    pub sharing: Sharing,
    /// What is said, by sub-step; empty entries are not kept.
    pub entries: BTreeMap<SubStepId, Entry>,
    /// The system's checklist: answers and remarks, by the address of the line. Empty ones
    /// are not kept.
    pub answers: BTreeMap<String, Mark>,
}

impl Worksheet {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.answers.is_empty()
    }

    /// How many sub-steps are at some point.
    pub fn count(&self, progress: Progress) -> usize {
        let entries = self.entries.values();
        entries.filter(|one| one.progress == progress).count()
    }
}

/// A system that exists or is planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct System {
    /// Slug, unique in the operation.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The categories that it falls under; at least one.
    pub categories: Vec<CategoryId>,
    /// Who runs it.
    pub organisation: String,
    /// Whether it runs.
    pub status: State,
    /// Where and for whom.
    pub coverage: String,
    /// How often.
    pub frequency: String,
    /// What is counted: person, household, site.
    pub unit: String,
    /// Who may see it.
    pub sharing: Sharing,
    /// Whom to ask, by role.
    pub contact: String,
    /// What else there is to know.
    pub note: String,
    /// The Process applied to it.
    pub worksheet: Worksheet,
}

/// A text of the operation's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Slug: that of the changed passage, or unique among those added to the cell.
    pub id: String,
    /// The words.
    pub text: String,
    /// Who may see it.
    pub sharing: Sharing,
}

/// What the operation does to a free cell of the Matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adapted {
    /// Texts in the place of shipped passages.
    pub changed: Vec<Own>,
    /// Texts beside the shipped passages.
    pub added: Vec<Own>,
    /// Shipped passages that are left out, by their slugs.
    pub hidden: BTreeSet<String>,
}

impl Adapted {
    /// Whether nothing is done.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.hidden.is_empty()
    }
}

/// A row that the operation adds: diagnosis, evaluation, gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddedRow {
    /// Slug, unique among the rows.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Who may see that there is such a row.
    pub sharing: Sharing,
    /// Its texts; the slug of each is that of its category.
    pub cells: BTreeMap<CategoryId, Own>,
}

/// The endorsed Definition of a category that ships with a summary only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endorsed {
    /// The words.
    pub text: String,
    /// The document that states them.
    pub document: String,
    /// Where in it.
    pub section: String,
}

/// A user's own map over the Matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// The date of the map, as people write it.
    pub date: String,
    /// The language that its texts are in, such as `en`.
    pub language: String,
    /// The systems, in the order of the file.
    pub systems: Vec<Arc<System>>,
    /// What is adapted, by cell.
    pub cells: BTreeMap<(CategoryId, CriterionId), Adapted>,
    /// Rows of its own.
    pub rows: Vec<AddedRow>,
    /// Endorsed Definitions in the place of our summaries.
    pub endorsed: BTreeMap<CategoryId, Endorsed>,
}

impl Operation {
    /// A system.
    pub fn system(&self, id: &str) -> Option<&System> {
        self.systems
            .iter()
            .find(|one| one.id == id)
            .map(Arc::as_ref)
    }

    /// The systems under a category, in the order of the file.
    pub fn under(&self, category: CategoryId) -> impl Iterator<Item = &System> {
        self.systems
            .iter()
            .map(Arc::as_ref)
            .filter(move |one| one.categories.contains(&category))
    }

    /// What is adapted in a cell.
    pub fn adapted(&self, category: CategoryId, row: CriterionId) -> Option<&Adapted> {
        self.cells.get(&(category, row))
    }

    /// Its name, or a stand-in.
    pub fn title(&self) -> &str {
        if self.name.is_empty() {
            "An operation without a name"
        } else {
            &self.name
        }
    }
}
