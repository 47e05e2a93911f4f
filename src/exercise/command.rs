//! What a seat proposes.
//!
//! Owns the commands. A command says what somebody wants and carries what the rules cannot
//! know: the time, random numbers, words as they were typed. It is not logged, and whether
//! it happens is decided elsewhere.

use std::collections::BTreeMap;

use super::ballot::Ballot;
use super::ballot_box::{BallotBox, BoxFault, Replaces};
use super::starter::Starter;
use super::{
    BallotKey, Claim, Erasable, Exercise, ExerciseEvent, ExerciseId, Exercises, GroupId, Hands,
    ItemId, Mark, Phase, RoundId, Said, ScenarioId, Settings, Time, Turnout, Verdict, Vote,
};

/// Something that a seat proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Add a scenario.
    AddScenario {
        /// Its name.
        title: String,
    },
    /// Give an added scenario another name.
    Retitle {
        /// Which one.
        scenario: ScenarioId,
        /// Its new name.
        title: String,
    },
    /// Write a scenario's brief; none takes it away.
    WriteBrief {
        /// Which one.
        scenario: ScenarioId,
        /// The brief.
        brief: Option<String>,
    },
    /// Open a run and go to it.
    Open {
        /// The scenario.
        scenario: ScenarioId,
        /// Its name in the content; an added scenario has its own.
        title: String,
        /// How it is held.
        settings: Settings,
        /// A run whose items are carried over, so that the two can be compared.
        carry: Option<ExerciseId>,
    },
    /// Go to a run, or leave all of them.
    Attend(Option<ExerciseId>),
    /// Do something in a run.
    In(ExerciseId, Act),
    /// Erase a text for good.
    Erase(Erasable),
    /// Take back what this seat did, all of one step.
    Undo(Vec<ExerciseEvent>),
}

impl Command {
    /// Whether it concerns the ballot box alone, so that no event ever tells of it.
    pub const fn is_ballot(&self) -> bool {
        matches!(self, Self::In(_, Act::HandIn { .. } | Act::Withdraw { .. }))
    }
}

/// Something to do in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Name an item.
    Name {
        /// In one's own words.
        text: String,
        /// Must or nice, where that is said.
        mark: Option<Mark>,
        /// Proves later who named it; a new random number every time.
        claim: Option<Claim>,
    },
    /// Put starters on the wall.
    AddStarters(Vec<Starter>),
    /// Put one's own item in other words.
    Reword {
        /// Which one.
        item: ItemId,
        /// The words.
        text: String,
        /// The proof.
        claim: Claim,
    },
    /// Take one's own item back.
    TakeBack {
        /// Which one.
        item: ItemId,
        /// The proof.
        claim: Claim,
    },
    /// Let an item in that waits, or show a hidden one again.
    Show(ItemId),
    /// Take an item off the wall.
    Hide(ItemId),
    /// Merge items, and the groups that they are in.
    Merge(Vec<ItemId>),
    /// Take one item out of its group.
    Part(ItemId),
    /// Take a group apart.
    Split(GroupId),
    /// Let an item speak for its group.
    Lead(ItemId),
    /// Give a group a heading; none takes it away.
    Head {
        /// Which group.
        group: GroupId,
        /// The heading.
        heading: Option<String>,
    },
    /// Go to a phase.
    Go {
        /// Which one.
        to: Phase,
        /// The question was answered: seal what is in.
        seal: bool,
    },
    /// Close or open what is handed in.
    Lock(bool),
    /// Set the timer.
    Timer(Clock),
    /// Hold it another way.
    Set(Settings),
    /// Say who takes part.
    Label(Option<String>),
    /// Say how many are in the room.
    Here(Option<u32>),
    /// Cover the projection.
    Cover(bool),
    /// Choose the shortlist.
    Shortlist(Vec<ItemId>),
    /// Say how many take part by raising hands.
    HandsPresent(u32),
    /// Count hands for an item; none takes the count away.
    CountHands {
        /// Which one.
        item: ItemId,
        /// The hands.
        hands: Option<Hands>,
    },
    /// Write down what the room agreed aloud; none takes it away.
    AgreeTag {
        /// On which item.
        item: ItemId,
        /// What.
        said: Option<Said>,
    },
    /// Write down the order that the room agreed aloud.
    AgreeOrder(Vec<Vec<ItemId>>),
    /// The room agrees to see a result of few people, or does not.
    FewAgree {
        /// Of which vote.
        vote: Vote,
        /// Whether it does.
        agrees: bool,
    },
    /// Show more or less of a result.
    Reveal {
        /// Of which vote.
        vote: Vote,
        /// How.
        step: Step,
    },
    /// Match an item; none takes the verdict away.
    Match {
        /// Which one.
        item: ItemId,
        /// What the room decided.
        verdict: Option<Verdict>,
    },
    /// Hand a ballot in.
    HandIn {
        /// The ballot.
        ballot: Ballot,
        /// What lets it be changed.
        key: BallotKey,
        /// Whether it replaces one.
        replaces: Replaces,
    },
    /// Take a ballot back.
    Withdraw {
        /// On what.
        vote: Vote,
        /// What it was handed in with.
        key: BallotKey,
    },
    /// Give up a round that is not sealed, with all that is in it.
    DropRound {
        /// Of which vote.
        vote: Vote,
        /// The question was answered.
        sure: bool,
    },
}

/// What can be done with a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Start it with so many seconds.
    Start(u32),
    /// Give so many seconds more.
    More(u32),
    /// Let it rest, or go on.
    Toggle,
    /// Take it away.
    Stop,
}

/// How a reveal goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many lines, from the bottom.
    To(u16),
    /// All at once.
    All,
    /// Nothing.
    Nothing,
}

/// What the rules must know of the world when they decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The time.
    pub now: Time,
    /// How much is in each round.
    pub turnouts: BTreeMap<RoundId, Turnout>,
}

impl Moment {
    /// The moment as a clock tells it. It is enough for naming items and for ballots, which
    /// come in numbers; everything else wants to know what is in the box.
    pub fn at(now: Time) -> Self {
        Self {
            now,
            turnouts: BTreeMap::new(),
        }
    }

    /// The moment as a clock and a ballot box tell it.
    pub fn read(now: Time, ballots: &dyn BallotBox, all: &Exercises) -> Result<Self, BoxFault> {
        let mut moment = Self::at(now);
        for round in all.runs.values().flat_map(Exercise::ballot_rounds) {
            moment.turnouts.insert(round, ballots.turnout(round)?);
        }
        Ok(moment)
    }

    /// How many people are in with the newest round of a vote, raised hands included: the
    /// "n in" on the wall.
    pub fn people_in(&self, run: &Exercise, vote: Vote) -> u32 {
        let round = run.last_round(vote);
        round.map_or(0, |one| {
            self.turnout(run.round_id(one)).people + one.present
        })
    }

    /// How many ballots came late and wait for the next round of a vote.
    pub fn waiting(&self, run: &Exercise, vote: Vote) -> u32 {
        let sealed = run.last_round(vote).filter(|round| round.sealed);
        sealed.map_or(0, |one| self.turnout(run.round_id(one).next()).ballots)
    }

    /// How much is in a round.
    pub fn turnout(&self, round: RoundId) -> Turnout {
        self.turnouts.get(&round).copied().unwrap_or_default()
    }
}
