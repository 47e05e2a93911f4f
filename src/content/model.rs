//! The checked content: what the rest of the program reads.
//!
//! Owns the shape of the framework in memory. Every value here has passed the
//! checks, so readers index without asking. Knows nothing of files or screens.

use std::sync::Arc;

use super::file::File;
use super::ids::{CategoryId, CriterionId, PrincipleId, Stage, StepId, SubStepId};
use super::later::Later;
use super::passage::{Document, Origin, OtherName, Passage};
use crate::operation::Operation;

/// A cell of the Matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it; empty where no source states anything.
    pub passages: Vec<Passage>,
    /// What to say where the cell is open.
    pub open: Option<String>,
}

/// A category: a column of the Matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Which of the eight.
    pub id: CategoryId,
    /// Its name in the cover page.
    pub title: String,
    /// A name of at most 22 cells, for lists.
    pub short: String,
    /// A few capitals, for tables.
    pub code: String,
    /// Other names by which people look for it; this project's list.
    pub aliases: Vec<String>,
    /// Names that the sources say it had before.
    pub former_names: Vec<OtherName>,
    /// The cells, in the order of [`CriterionId::ALL`].
    pub cells: Vec<Cell>,
    /// What the sources explain about the category beyond its definition.
    pub explanation: Vec<Passage>,
    /// Example questions that it answers; this project's own.
    pub questions: Vec<String>,
}

impl Cell {
    /// Whether a source states something here.
    pub fn is_stated(&self) -> bool {
        self.passages.iter().any(|one| one.origin.is_source())
    }
}

impl Category {
    /// The cell where this category crosses a criterion.
    pub fn cell(&self, criterion: CriterionId) -> &Cell {
        // The check fills one cell for each criterion, in that order.
        &self.cells[criterion.index()]
    }
}

/// A criterion: a row of the Matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Which one.
    pub id: CriterionId,
    /// Its heading.
    pub title: String,
    /// What the sources say the row holds.
    pub explanation: Vec<Passage>,
}

/// A statement that connects categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Slug.
    pub id: String,
    /// The categories that it connects.
    pub between: Vec<CategoryId>,
    /// The wanted result, in a few words.
    pub result: String,
    /// What the source states.
    pub passage: Passage,
}

/// The Matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The cover page and what else introduces it.
    pub introduction: Vec<Passage>,
    /// The criteria, in the order of [`CriterionId::ALL`].
    pub criteria: Vec<Criterion>,
    /// The categories, in the order of [`CategoryId::ALL`].
    pub categories: Vec<Category>,
    /// The conditions that stand beside Shared data wherever it is shown.
    pub sharing_conditions: Vec<Passage>,
    /// What the sources say of categories that work together.
    pub relations: Vec<Relation>,
}

/// Something to do in a sub-step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Slug, unique in its sub-step.
    pub id: String,
    /// The words of the source.
    pub text: String,
    /// The editor's note.
    pub note: Option<String>,
}

/// A sub-step of the Process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubStep {
    /// Which of the twelve.
    pub id: SubStepId,
    /// Its title in 2018.
    pub title: String,
    /// Its titles elsewhere.
    pub other_names: Vec<OtherName>,
    /// Its descriptions, newest first.
    pub description: Vec<Passage>,
    /// Its purposes.
    pub purposes: Vec<Passage>,
    /// Its activities.
    pub activities: Vec<Activity>,
    /// Where the activities come from.
    pub activities_origin: Option<Origin>,
    /// Pointers to other frameworks; this project's words.
    pub pointers: Vec<Passage>,
}

/// A step of the Process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which of the four.
    pub id: StepId,
    /// Its title in 2018.
    pub title: String,
    /// Its titles elsewhere.
    pub other_names: Vec<OtherName>,
    /// What the sources say of it.
    pub passages: Vec<Passage>,
}

/// The Process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// What it is.
    pub introduction: Vec<Passage>,
    /// The four steps, in order.
    pub steps: Vec<Step>,
    /// The twelve sub-steps, in the order of [`SubStepId::ALL`].
    pub sub_steps: Vec<SubStep>,
    /// How it is applied, and what may be done out of order.
    pub applying: Vec<Passage>,
}

/// A principle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principle {
    /// Which of the eight.
    pub id: PrincipleId,
    /// Its title.
    pub title: String,
    /// A title of at most 22 cells, for lists.
    pub short: String,
    /// Other names by which people look for it.
    pub aliases: Vec<String>,
    /// Its titles elsewhere.
    pub other_names: Vec<OtherName>,
    /// Its wordings, newest first.
    pub wordings: Vec<Passage>,
    /// Its Principles in Action, in the order of [`Stage::ALL`].
    pub crossings: Vec<Crossing>,
}

impl Principle {
    /// What the principle asks at a stage, where the draft has a heading for it.
    pub fn at(&self, stage: Stage) -> Option<&Crossing> {
        self.crossings.iter().find(|one| one.stage == stage)
    }
}

/// A part of a practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Slug, unique in its practice.
    pub id: String,
    /// The words of the source.
    pub text: String,
    /// The editor's note.
    pub note: Option<String>,
}

/// A Principle in Action: a practical standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Slug, unique in its crossing.
    pub id: String,
    /// The words of the source.
    pub text: String,
    /// Further paragraphs.
    pub more: Vec<String>,
    /// Sub-bullets.
    pub parts: Vec<Part>,
    /// The editor's note.
    pub note: Option<String>,
}

/// Where a principle crosses a stage of the Process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The stage.
    pub stage: Stage,
    /// The heading in the draft.
    pub heading: String,
    /// What the principle asks there.
    pub practices: Vec<Practice>,
    /// What to say where the draft gives nothing.
    pub open: Option<String>,
}

/// The principles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principles {
    /// What they are.
    pub introduction: Vec<Passage>,
    /// The eight, in the order of [`PrincipleId::ALL`].
    pub principles: Vec<Principle>,
    /// What the Principles in Action are.
    pub in_action: Vec<Passage>,
}

/// A scenario of the exercise, by the name that the source gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Slug.
    pub id: String,
    /// Its name.
    pub title: String,
}

/// The scenarios that must have and nice to have are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenarios {
    /// Where the names come from.
    pub origin: Origin,
    /// What to say while a scenario has no brief.
    pub open: String,
    /// The four, in the order of the source.
    pub named: Vec<Scenario>,
}

/// A section of a guide page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideSection {
    /// Slug, unique in its page.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its passages.
    pub passages: Vec<Passage>,
}

/// A page of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuidePage {
    /// Slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its place among the pages.
    pub order: u32,
    /// Its sections.
    pub sections: Vec<GuideSection>,
}

/// What the editor left out or mended, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Slug or oddity number.
    pub id: String,
    /// Documents and lines, as in `003:478`.
    pub place: String,
    /// What the source has.
    pub what: String,
    /// What this program prints.
    pub decision: String,
    /// Why.
    pub why: String,
    /// Addresses that the decision touches.
    pub shown: Vec<String>,
}

/// Everything that the content files hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The source documents, newest first.
    pub documents: Vec<Document>,
    /// The Matrix.
    pub matrix: Matrix,
    /// The Process.
    pub process: Later<Process>,
    /// The principles.
    pub principles: Later<Principles>,
    /// The scenarios of the exercise.
    pub scenarios: Scenarios,
    /// The guide, in order.
    pub guide: Later<Vec<GuidePage>>,
    /// The editor's decisions.
    pub decisions: Later<Vec<Decision>>,
    /// Files that were replaced or added at run time.
    pub overridden: Vec<String>,
    /// Files of Find's vocabulary that were given at run time.
    pub vocabulary: Vec<File>,
    /// The user's own map that is laid over the Matrix, where one is open.
    pub operation: Option<Arc<Operation>>,
}

impl Content {
    /// A category.
    pub fn category(&self, id: CategoryId) -> &Category {
        &self.matrix.categories[id.index()]
    }

    /// A criterion.
    pub fn criterion(&self, id: CriterionId) -> &Criterion {
        &self.matrix.criteria[id.index()]
    }

    /// A cell.
    pub fn cell(&self, category: CategoryId, criterion: CriterionId) -> &Cell {
        self.category(category).cell(criterion)
    }

    /// Whether nobody may change a cell: its row is locked, and a source states it. A
    /// summary of ours in a locked row carries no lock; the endorsed text that an operation
    /// puts in its place does.
    pub fn is_locked(&self, category: CategoryId, criterion: CriterionId) -> bool {
        let endorsed = criterion == CriterionId::Definition
            && self
                .operation
                .as_ref()
                .is_some_and(|one| one.endorsed.contains_key(&category));
        criterion.locked() && (endorsed || self.cell(category, criterion).is_stated())
    }

    /// A step.
    pub fn step(&self, id: StepId) -> &Step {
        &self.process.steps[id.index()]
    }

    /// A sub-step.
    pub fn sub_step(&self, id: SubStepId) -> &SubStep {
        &self.process.sub_steps[id.index()]
    }

    /// A principle.
    pub fn principle(&self, id: PrincipleId) -> &Principle {
        &self.principles.principles[id.index()]
    }

    /// A scenario that the source names.
    pub fn scenario(&self, id: &str) -> Option<&Scenario> {
        self.scenarios.named.iter().find(|one| one.id == id)
    }

    /// A page of the guide.
    pub fn guide_page(&self, id: &str) -> Option<&GuidePage> {
        self.guide.iter().find(|page| page.id == id)
    }

    /// A source document.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }

    /// The title of a stage.
    pub fn stage_title(&self, stage: Stage) -> &str {
        match stage {
            Stage::At(sub_step) => &self.sub_step(sub_step).title,
            Stage::Evaluate => &self.step(StepId::Evaluate).title,
        }
    }

    /// Where a text comes from, as a reader would look it up.
    pub fn cite(&self, origin: &Origin) -> String {
        match origin {
            Origin::Source { doc, section } => match self.document(doc) {
                Some(document) => format!("{}, {section}", document.cited()),
                None => format!("{doc}, {section}"),
            },
            Origin::Ours { .. } => "pim-workshop".to_owned(),
        }
    }
}
