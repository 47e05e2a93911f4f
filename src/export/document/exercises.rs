//! The exercises in the document of a session, without loss.
//!
//! Owns their shape. A sealed round travels as what it came to; its ballots stay behind
//! unless they are asked for, and then they are sorted, so that their order says nothing.
//! The ballots of a round that is not sealed never travel. Who named an item is known to
//! nobody but its author and is not in it either.
//!
//! ```text
//!  scenarios  [ scenario, title?, brief? ]             what was added or written here
//!  exercises  [ number, scenario, title?, label?, settings, phase, locked, covered, here?,
//!               timer?, items, groups, shortlist, rounds, matches ]
//!    items    [ number, text?, mark?, origin, standing ]   no text: erased or taken back
//!    groups   [ number, heading?, items ]              the one that speaks first
//!    rounds   [ vote, number, sealed, list, shown, few_agree, present, hands, agreed,
//!               order, counted?, ballots? ]
//!    counted  turnout, count?: Tags(of, items) or Ranks(items, tally, without_one_table)
//!             no count: fewer than five people, and the room did not agree to see it
//!    matches  [ item, verdict ]
//!  attended?  the exercise that the room is in
//! ```

use serde::{Deserialize, Serialize};

use crate::exercise::ballot::Ballot;
use crate::exercise::item::Origin;
use crate::exercise::results::{ranking, tagging};
use crate::exercise::timer::Timer;
use crate::exercise::{
    Counted, Exercise, Hands, Item, ItemId, Mark, Phase, Round, Row, Said, ScenarioId, Settings,
    Shown, Standing, Verdict, Vote,
};
use crate::room::RoomState;

mod import;

/// What was added or written about a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    scenario: ScenarioId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    brief: Option<String>,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Run {
    number: u32,
    scenario: ScenarioId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    settings: Settings,
    phase: Phase,
    locked: bool,
    covered: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    here: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timer: Option<Timer>,
    items: Vec<Named>,
    groups: Vec<Grouped>,
    shortlist: Vec<ItemId>,
    rounds: Vec<Taken>,
    matches: Vec<Matched>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    number: ItemId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
    origin: Origin,
    standing: Standing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grouped {
    number: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
    items: Vec<ItemId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Taken {
    vote: Vote,
    number: u16,
    sealed: bool,
    list: Vec<ItemId>,
    shown: Shown,
    few_agree: bool,
    present: u32,
    hands: Vec<Raised>,
    agreed: Vec<Agreed>,
    order: Vec<Vec<ItemId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    counted: Option<Counted>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ballots: Option<Vec<Cast>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raised {
    item: ItemId,
    must: u32,
    nice: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreed {
    item: ItemId,
    said: Said,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Matched {
    item: ItemId,
    verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Cast {
    Tags {
        people: u16,
        must: Vec<ItemId>,
        nice: Vec<ItemId>,
    },
    Ranks {
        people: u16,
        places: Vec<Vec<ItemId>>,
    },
}

/// Whether ballots travel too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ballots {
    /// They stay where they are.
    #[default]
    Stay,
    /// Those of sealed rounds whose result may be seen travel, in an order that means
    /// nothing.
    Travel,
}

/// What was written about scenarios.
pub(super) fn scenarios(state: &RoomState) -> Vec<Written> {
    let written = state.exercises.written.iter();
    let some = written.filter(|(_, one)| one.title.is_some() || one.brief.is_some());
    some.map(|(scenario, written)| Written {
        scenario: scenario.clone(),
        title: written.title.clone(),
        brief: written.brief.clone(),
    })
    .collect()
}

/// The runs.
pub(super) fn runs(state: &RoomState, ballots: Ballots) -> Vec<Run> {
    let runs = state.exercises.runs.values();
    runs.map(|run| Run::of(state, run, ballots)).collect()
}

impl Run {
    fn of(state: &RoomState, run: &Exercise, ballots: Ballots) -> Self {
        let groups = run.groups.iter().map(|(id, group)| Grouped {
            number: id.0,
            heading: group.heading.clone(),
            items: group.members.clone(),
        });
        let rounds = run.rounds.iter();
        let matches = run.verdicts().map(|(item, verdict)| Matched {
            item,
            verdict: verdict.clone(),
        });
        Self {
            number: run.id.0,
            scenario: run.scenario.clone(),
            title: run.title.clone(),
            label: run.label.clone(),
            settings: run.settings,
            phase: run.phase,
            locked: run.locked,
            covered: run.covered,
            here: run.here,
            timer: run.timer,
            items: run.items.values().map(Named::of).collect(),
            groups: groups.collect(),
            shortlist: run.shortlist.clone(),
            rounds: rounds
                .map(|round| Taken::of(state, run, round, ballots))
                .collect(),
            matches: matches.collect(),
        }
    }
}

impl Named {
    /// An author who took words back wants them gone, as with a note that was deleted.
    fn of(item: &Item) -> Self {
        let kept = item.standing != Standing::TakenBack;
        Self {
            number: item.id,
            text: item.text.clone().filter(|_| kept),
            mark: item.named,
            origin: item.origin.clone(),
            standing: item.standing,
        }
    }
}

impl Taken {
    fn of(state: &RoomState, run: &Exercise, round: &Round, ballots: Ballots) -> Self {
        let rows = state.ballots.rows(run.round_id(round));
        let counted = counted(run, round, &rows);
        // A result that is shut on screen is shut here, the hands that it counts included.
        let shut = counted.as_ref().is_some_and(|one| one.count.is_none());
        let travel = ballots == Ballots::Travel && round.sealed && !shut && !rows.is_empty();
        let hands = round.hands.iter().filter(|_| !shut);
        let agreed = round.agreed.iter();
        Self {
            vote: round.vote,
            number: round.number,
            sealed: round.sealed,
            list: round.list.clone(),
            shown: round.shown,
            few_agree: round.few_agree,
            present: if shut { 0 } else { round.present },
            hands: hands
                .map(|(item, hands)| Raised {
                    item: *item,
                    must: hands.must,
                    nice: hands.nice,
                })
                .collect(),
            agreed: agreed
                .map(|(item, said)| Agreed {
                    item: *item,
                    said: *said,
                })
                .collect(),
            order: round.order.clone(),
            counted,
            ballots: travel.then(|| cast(rows)),
        }
    }

    fn hands(&self) -> impl Iterator<Item = (ItemId, Hands)> + '_ {
        self.hands.iter().map(|one| {
            let hands = Hands {
                must: one.must,
                nice: one.nice,
            };
            (one.item, hands)
        })
    }
}

/// What a round came to; nothing while it is not sealed.
fn counted(run: &Exercise, round: &Round, rows: &[Row]) -> Option<Counted> {
    match round.vote {
        Vote::Tag => Counted::of_tags(&tagging(run, round.number, rows)?),
        Vote::Rank => Counted::of_ranks(&ranking(run, round.number, rows)?),
    }
}

fn cast(mut rows: Vec<Row>) -> Vec<Cast> {
    rows.sort_by(|one, other| one.bytes().cmp(other.bytes()));
    rows.iter().filter_map(Row::ballot).map(Cast::of).collect()
}

impl Cast {
    fn of(ballot: Ballot) -> Self {
        match ballot {
            Ballot::Tag(ballot) => {
                let marked = |wanted: Mark| {
                    let some = ballot.marks.iter().filter(|(_, mark)| **mark == wanted);
                    some.map(|(item, _)| *item).collect()
                };
                Self::Tags {
                    people: ballot.people,
                    must: marked(Mark::Must),
                    nice: marked(Mark::Nice),
                }
            }
            Ballot::Rank(ballot) => Self::Ranks {
                people: ballot.people,
                places: ballot.places,
            },
        }
    }
}
