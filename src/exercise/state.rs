//! The state of all exercises of a session, as the room embeds it.
//!
//! Owns what is true now and the questions that everybody asks of it: which items can be
//! voted on, which round is open, which item speaks for which. It is the fold of its
//! events ([`Exercises::apply`]) and changes in no other way. Holds no ballot and nothing
//! that was not said openly.

use std::collections::{BTreeMap, BTreeSet};

use super::scenario::Written;
use super::timer::Timer;
use super::{
    Erasable, ExerciseId, Group, GroupId, Item, ItemId, Phase, Round, RoundId, ScenarioId,
    Settings, Verdict, Vote,
};

/// All exercises of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exercises {
    /// Scenarios that were added, and briefs that were written.
    pub written: BTreeMap<ScenarioId, Written>,
    /// Every run.
    pub runs: BTreeMap<ExerciseId, Exercise>,
    /// The run that the room is in.
    pub attended: Option<ExerciseId>,
    /// What was erased, so that no undo brings it back.
    pub(super) erased: BTreeSet<Erasable>,
}

/// One run: a scenario with a group of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// Which run.
    pub id: ExerciseId,
    /// The scenario.
    pub scenario: ScenarioId,
    /// The scenario's name when the run was opened; none once erased.
    pub title: Option<String>,
    /// Who takes part, in the facilitator's words ("group B").
    pub label: Option<String>,
    /// How it is held.
    pub settings: Settings,
    /// Where the room is.
    pub phase: Phase,
    /// Nothing can be handed in for the moment.
    pub locked: bool,
    /// The timer of the phase.
    pub timer: Option<Timer>,
    /// How many people are in the room, where the facilitator said so.
    pub here: Option<u32>,
    /// The projection is covered while slips are typed.
    pub covered: bool,
    /// Everything that was named.
    pub items: BTreeMap<ItemId, Item>,
    /// What means the same.
    pub groups: BTreeMap<GroupId, Group>,
    /// Every round, in the order of opening.
    pub rounds: Vec<Round>,
    /// The items worth ranking, as chosen; empty for all.
    pub shortlist: Vec<ItemId>,
    /// What the room decided on items.
    pub(super) matches: BTreeMap<ItemId, Verdict>,
}

/// What can be voted on: an item that stands alone, or a group under one of its originals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The item that speaks; ballots name it.
    pub id: ItemId,
    /// Its words, or the heading of the group.
    pub words: String,
    /// The group, where there is one.
    pub group: Option<GroupId>,
    /// All that are counted here, the one that speaks included.
    pub members: Vec<ItemId>,
}

impl Exercises {
    /// A run.
    pub fn run(&self, id: ExerciseId) -> Option<&Exercise> {
        self.runs.get(&id)
    }

    /// The run that the room is in.
    pub fn current(&self) -> Option<&Exercise> {
        self.attended.and_then(|id| self.run(id))
    }

    /// The brief of a scenario, where one was written.
    pub fn brief(&self, scenario: &ScenarioId) -> Option<&str> {
        self.written.get(scenario)?.brief.as_deref()
    }

    /// Every round that the log says is sealed. On opening a session the box finishes
    /// those that a crash left half done.
    pub fn sealed_rounds(&self) -> impl Iterator<Item = RoundId> {
        self.runs.values().flat_map(|run| {
            let sealed = run.rounds.iter().filter(|round| round.sealed);
            sealed.map(|round| run.round_id(round))
        })
    }

    /// Every round that may hold ballots and is not sealed: the open ones, and those for which
    /// late ballots wait.
    pub fn rounds_to_come(&self) -> Vec<RoundId> {
        let mut rounds = Vec::new();
        for run in self.runs.values() {
            for vote in [Vote::Tag, Vote::Rank] {
                let last = run
                    .last_round(vote)
                    .map(|round| (run.round_id(round), round.sealed));
                rounds.extend(last.map(|(id, sealed)| if sealed { id.next() } else { id }));
            }
        }
        rounds
    }

    /// The scenarios that were added in this session and not erased.
    pub fn own_scenarios(&self) -> impl Iterator<Item = (&ScenarioId, &str)> {
        self.written
            .iter()
            .filter_map(|(id, written)| Some((id, written.title.as_deref()?)))
    }
}

impl Exercise {
    /// An item.
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.get(&id)
    }

    /// The group that an item is in.
    pub fn group_of(&self, item: ItemId) -> Option<(GroupId, &Group)> {
        let mut groups = self.groups.iter();
        groups
            .find(|(_, group)| group.members.contains(&item))
            .map(|(id, group)| (*id, group))
    }

    /// The items that are counted together with an item, itself included.
    pub fn class_of(&self, item: ItemId) -> Vec<ItemId> {
        match self.group_of(item) {
            Some((_, group)) => group.members.clone(),
            None => vec![item],
        }
    }

    /// The item that speaks for an item; none while nothing of it is on the wall.
    pub fn speaker(&self, item: ItemId) -> Option<ItemId> {
        let shown = |id: &ItemId| self.item(*id).is_some_and(Item::is_shown);
        self.class_of(item).into_iter().find(shown)
    }

    /// Everything that can be voted on, in the order in which it was named.
    pub fn candidates(&self) -> Vec<Candidate> {
        let speaks = |id: &ItemId| self.speaker(*id) == Some(*id);
        let speakers = self.items.keys().copied().filter(speaks);
        speakers.map(|id| self.candidate(id)).collect()
    }

    fn candidate(&self, id: ItemId) -> Candidate {
        let group = self.group_of(id);
        let heading = group.and_then(|(_, group)| group.heading.as_deref());
        let words = self.item(id).map_or("", Item::words);
        Candidate {
            id,
            words: heading.unwrap_or(words).to_owned(),
            group: group.map(|(id, _)| id),
            members: self.class_of(id),
        }
    }

    /// The candidates that some items stand for now, each once, in their order.
    pub fn standing_for(&self, items: &[ItemId]) -> Vec<Candidate> {
        let mut seen = BTreeSet::new();
        let speakers = items.iter().filter_map(|item| self.speaker(*item));
        speakers
            .filter(|id| seen.insert(*id))
            .map(|id| self.candidate(id))
            .collect()
    }

    /// What is ranked: the shortlist, or everything where none was chosen.
    pub fn ranked(&self) -> Vec<Candidate> {
        let chosen = self.standing_for(&self.shortlist);
        if chosen.is_empty() {
            self.candidates()
        } else {
            chosen
        }
    }

    /// A round of this run.
    pub fn round(&self, vote: Vote, number: u16) -> Option<&Round> {
        let mut rounds = self.rounds.iter();
        rounds.find(|round| round.vote == vote && round.number == number)
    }

    /// The newest round of a vote.
    pub fn last_round(&self, vote: Vote) -> Option<&Round> {
        self.rounds.iter().rev().find(|round| round.vote == vote)
    }

    /// The round of a vote that is not sealed.
    pub fn open_round(&self, vote: Vote) -> Option<&Round> {
        self.last_round(vote).filter(|round| !round.sealed)
    }

    /// The newest round of a vote whose result there is.
    pub fn sealed_round(&self, vote: Vote) -> Option<&Round> {
        let mut rounds = self.rounds.iter().rev();
        rounds.find(|round| round.vote == vote && round.sealed)
    }

    /// The full name of a round.
    pub fn round_id(&self, round: &Round) -> RoundId {
        RoundId {
            exercise: self.id,
            vote: round.vote,
            number: round.number,
        }
    }

    /// The rounds that ballots can be in: those that were opened, and the ones that late
    /// ballots wait for.
    pub fn ballot_rounds(&self) -> Vec<RoundId> {
        let mut ids: Vec<RoundId> = self.rounds.iter().map(|one| self.round_id(one)).collect();
        for vote in [Vote::Tag, Vote::Rank] {
            let last = self.last_round(vote).filter(|round| round.sealed);
            ids.extend(last.map(|round| self.round_id(round).next()));
        }
        ids
    }

    /// The phase that one key leads to.
    pub fn next_phase(&self) -> Option<Phase> {
        self.phase.next(self.settings.way)
    }

    /// The phase that one key leads back to.
    pub fn previous_phase(&self) -> Option<Phase> {
        self.phase.previous(self.settings.way)
    }
}
