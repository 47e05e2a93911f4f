//! What the exercises came to, gathered for every export.
//!
//! Owns which results an export tells: of every run the newest of each vote, what moved
//! since the ranking before, and the scenarios side by side. Knows no format. Promises that
//! nothing of a ballot is in it, that what is shut on screen is shut here, and that words
//! which were hidden, taken back or erased are only counted.
//! Start at [`Exercises::of`].
//!
//! ```text
//!  RoomState ─► Exercises ─┬─► text     blocks of the outcome document, and its annex
//!                          └─► sheets   tables, and the ballots where they are asked for
//! ```

pub mod ballots;
pub mod sheets;
pub mod text;

use crate::content::{CategoryId, Content};
use crate::exercise::compare::{Column, Comparison, Moves, scenarios};
use crate::exercise::item::Origin;
use crate::exercise::results::{Basis, Label, Outcome, Producer};
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, ExerciseId, Item};
use crate::room::RoomState;

/// Everything that the exercises of a session came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercises {
    /// Every run, in the order of opening.
    pub runs: Vec<Run>,
    /// The newest run of each scenario side by side; none where there are fewer than two.
    pub comparison: Option<Comparison>,
    /// Date and place of the session, as far as they were said.
    pub held: String,
    /// What the eight categories are called, in the order of the sources.
    categories: Vec<String>,
}

/// What one run came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The run.
    pub run: Exercise,
    /// The brief of its scenario.
    pub brief: Option<String>,
    /// Its results.
    pub outcome: Outcome,
    /// What moved since the ranking before, with the number of that round.
    pub moved: Option<(u16, Moves)>,
}

impl Exercises {
    /// Gathers the results from a state.
    pub fn of(content: &Content, state: &RoomState) -> Self {
        let all = &state.exercises;
        let held = [state.meta.date.as_str(), &state.meta.place];
        let runs: Vec<Run> = all.runs.values().map(|run| Run::of(state, run)).collect();
        let newest: Vec<&Run> = newest(&runs);
        let columns: Vec<Column<'_>> = newest.iter().map(|one| one.column()).collect();
        Self {
            comparison: (columns.len() > 1).then(|| scenarios(all, &columns)),
            held: held
                .map(str::to_owned)
                .into_iter()
                .filter(|one| !one.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            categories: CategoryId::ALL
                .iter()
                .map(|one| content.category(*one).title.clone())
                .collect(),
            runs,
        }
    }

    /// What a category is called.
    pub fn category(&self, id: CategoryId) -> &str {
        self.categories
            .get(id.index())
            .map_or(id.slug(), String::as_str)
    }

    /// Who produces something, in words.
    pub fn producer(&self, producer: Producer) -> String {
        match producer {
            Producer::Category(id) => self.category(id).to_owned(),
            Producer::NoneOfEight => "None of the eight".to_owned(),
            Producer::Unmatched => "Not matched".to_owned(),
        }
    }

    /// Where an item comes from, in words.
    pub fn origin(&self, item: &Item) -> String {
        match &item.origin {
            Origin::Room => "the room".to_owned(),
            Origin::Starter { category, .. } => {
                format!("Output row of {}", self.category(category.0))
            }
            Origin::Carried { exercise, .. } => {
                format!("carried over from exercise {}", exercise.0)
            }
        }
    }

    /// A run by its id.
    pub fn run(&self, id: ExerciseId) -> Option<&Run> {
        self.runs.iter().find(|one| one.run.id == id)
    }
}

/// The newest run of each scenario, in the order of opening; those in which nothing was
/// named have nothing to compare.
fn newest(runs: &[Run]) -> Vec<&Run> {
    let named = |one: &&Run| !one.run.candidates().is_empty();
    let all: Vec<&Run> = runs.iter().filter(named).collect();
    let newest = all.iter().enumerate().filter(|(number, one)| {
        let later = all.iter().skip(number + 1);
        !later
            .into_iter()
            .any(|other| other.run.scenario == one.run.scenario)
    });
    newest.map(|(_, one)| *one).collect()
}

impl Run {
    fn of(state: &RoomState, run: &Exercise) -> Self {
        let outcome = state.ballots.outcome(run);
        Self {
            brief: state.exercises.brief(&run.scenario).map(str::to_owned),
            moved: state.ballots.moved(run),
            outcome,
            run: run.clone(),
        }
    }

    fn column(&self) -> Column<'_> {
        Column {
            run: &self.run,
            labels: &self.outcome.labels,
            tagging: self.outcome.tagging.as_ref(),
        }
    }

    /// The scenario's name.
    pub fn title(&self) -> &str {
        self.run.title.as_deref().unwrap_or("(erased)")
    }

    /// The scenario's name, and who took part where that was said.
    pub fn name(&self) -> String {
        match &self.run.label {
            Some(label) => format!("{}, {label}", self.title()),
            None => self.title().to_owned(),
        }
    }

    /// Must or nice for an item, in words. What nobody was asked about is not "neither".
    pub fn word(&self, label: Option<Label>) -> &'static str {
        match (label, self.outcome.labels.basis) {
            (Some(Label::Neither), Basis::Named) | (None, _) => "not tagged",
            (Some(label), _) => label.word(),
        }
    }

    /// The originals that may be read, in the order in which they were named.
    pub fn originals(&self) -> impl Iterator<Item = &Item> {
        let shown = self.run.items.values().filter(|one| one.is_shown());
        shown.chain(self.erased())
    }

    fn erased(&self) -> impl Iterator<Item = &Item> {
        let items = self.run.items.values();
        items.filter(|one| one.text.is_none())
    }

    /// How many items were hidden, wait, or were taken back.
    pub fn unread(&self) -> usize {
        self.run.items.len() - self.originals().count()
    }

    /// The candidates that several originals stand under.
    pub fn merged(&self) -> Vec<Candidate> {
        let mut all = self.run.candidates();
        all.retain(|one| self.members(one).count() > 1);
        all
    }

    /// The originals of a candidate that may be read, the one that speaks first.
    pub fn members<'a>(&'a self, of: &'a Candidate) -> impl Iterator<Item = &'a Item> {
        let items = of.members.iter().filter_map(|id| self.run.item(*id));
        items.filter(|one| one.is_shown())
    }

    /// What an original is counted as; nothing when it stands for nothing.
    pub fn counted_as(&self, item: &Item) -> Option<Candidate> {
        self.run.standing_for(&[item.id]).pop()
    }
}
