//! What one seat has open in the exercise: what it points at, types, marks and is asked.
//!
//! Owns the drafts of a facilitator's screen: nothing here counts until it is proposed.
//! Selections are ids, so that items which others name, merge or hide cannot move them.
//! Knows nothing of drawing. Start at [`Sheet::current`].

use std::collections::BTreeSet;

use super::choice::Choice;
use super::input::Line;
use crate::exercise::draft::{RankDraft, TagDraft};
use crate::exercise::{
    Command, Exercise, ExerciseId, GroupId, ItemId, Phase, RankBallot, ScenarioId, Slip, Vote,
    Voting,
};

/// What the line that is typed is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// An item, in somebody's own words.
    Item,
    /// The brief of a scenario.
    Brief(ScenarioId),
    /// The name of a new scenario.
    Scenario,
    /// The heading of a group.
    Heading(GroupId),
    /// Who takes part.
    Label,
    /// How many are in the room.
    Here,
    /// How many take part by raising hands.
    Present,
    /// Hands for must and nice.
    Hands(ItemId),
    /// How many sit at the table.
    Table,
    /// The number of a slip to take back.
    Withdraw,
}

/// A line that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What for.
    pub asked: Asked,
    /// The line.
    pub line: Line,
}

/// A question before a step that cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// What is proposed when the answer is yes.
    pub command: Command,
}

/// What is shown of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The screen of the phase.
    #[default]
    Phase,
    /// The other result: the ranking.
    Ranking,
    /// The result by category.
    Categories,
    /// A result in sentences.
    Explain,
    /// Scenarios side by side.
    Compare,
    /// How it is held.
    Settings,
    /// The starters to choose from.
    Starters,
}

/// One seat's side of the exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// A random number, from which the numbers of slips follow.
    pub seed: u64,
    /// How many slips were given a number.
    pub slips: u64,
    /// The chosen scenario of the list.
    pub scenario: Option<ScenarioId>,
    /// The run and phase that all below belongs to.
    pub of: Option<(ExerciseId, Phase)>,
    /// The chosen item.
    pub item: Option<ItemId>,
    /// The chosen category; the ninth is "none of the eight".
    pub category: usize,
    /// Items that are to be put together.
    pub marked: BTreeSet<ItemId>,
    /// The marks on the slip that is typed in.
    pub tags: TagDraft,
    /// The order that is made.
    pub rank: RankDraft,
    /// How many people the ballot of a table stands for.
    pub table: u16,
    /// How voices are taken now, where that is not as the exercise is held.
    pub voting: Option<Voting>,
    /// What is shown.
    pub view: View,
    /// The chosen setting.
    pub choice: Choice,
    /// The chosen line of the starters; the first is one from each category.
    pub starter: usize,
    /// The first line of a text.
    pub scroll: usize,
    /// What is being typed.
    pub entry: Option<Entry>,
    /// What is being asked.
    pub question: Option<Question>,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            seed: 0,
            slips: 0,
            scenario: None,
            of: None,
            item: None,
            category: 0,
            marked: BTreeSet::new(),
            tags: TagDraft::default(),
            rank: RankDraft::default(),
            table: 1,
            voting: None,
            view: View::default(),
            choice: Choice::default(),
            starter: 0,
            scroll: 0,
            entry: None,
            question: None,
        }
    }
}

impl Sheet {
    /// The sheet as it is for a run: what belongs to another phase is put away, and what
    /// was merged or hidden meanwhile is followed.
    #[must_use]
    pub fn current(&self, run: &Exercise) -> Self {
        let mut sheet = self.clone();
        let of = Some((run.id, run.phase));
        if sheet.of != of {
            sheet = Self {
                of,
                rank: agreed(run),
                table: sheet.table,
                seed: sheet.seed,
                slips: sheet.slips,
                scenario: sheet.scenario,
                entry: sheet.entry,
                ..Self::default()
            };
        }
        sheet.rank.reconcile(|item| run.speaker(item));
        sheet.item = sheet.item.and_then(|item| run.speaker(item));
        sheet
    }

    /// How voices are taken for a vote.
    pub fn voting(&self, run: &Exercise, vote: Vote) -> Voting {
        let held = match vote {
            Vote::Tag => run.settings.tagging,
            Vote::Rank => run.settings.ranking,
        };
        self.voting.filter(|one| one.serves(vote)).unwrap_or(held)
    }

    /// The number of the slip that is typed in.
    pub fn slip(&self) -> Slip {
        let step = self
            .slips
            .wrapping_add(1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let a = self.seed.wrapping_add(step);
        let b = (a ^ (a >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Slip::from_random(b ^ (b >> 27))
    }

    /// Begins to type something.
    pub fn ask(&mut self, asked: Asked, text: &str) {
        self.entry = Some(Entry {
            asked,
            line: Line::new(text),
        });
    }
}

/// What the room agreed on aloud so far.
fn agreed(run: &Exercise) -> RankDraft {
    let round = run.open_round(Vote::Rank);
    let order = round.map(|one| one.order.clone()).unwrap_or_default();
    RankDraft::from_ballot(&RankBallot::new(order))
}
