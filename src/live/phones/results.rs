//! The results as a page shows them: the same facts as the wall, and never more.
//!
//! Owns what of an outcome goes to phones. How much that is, the facilitator decides line by
//! line on the wall; a page shows those lines and says how many are still covered. Pure.

use super::parts::beginning;
use crate::exercise::results::{Outcome, RankResult, TagResult, Votes};
use crate::exercise::state::Candidate;
use crate::exercise::{Mark, Phase, Said, Shown, Vote};
use crate::hints::{Hints, Language, hints};
use crate::room::Room;

/// Bytes of a sentence about a result.
const SENTENCE: usize = 400;

/// The results of the run that the room is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Results {
    /// Each vote once, in the order in which they were taken.
    pub(super) tables: Vec<Table>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Of which vote.
    pub(super) vote: Vote,
    /// Whether anything of it is on the wall.
    pub(super) is_shown: bool,
    /// How many lines are still covered.
    pub(super) covered: usize,
    /// The lines on the wall, the best first.
    pub(super) lines: Vec<Line>,
    /// What there is to say about it, in each language: counted once for all phones.
    pub(super) said: [Vec<String>; Language::ALL.len()],
}

/// A line of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its place, such as `=2`; empty for what was agreed aloud without an order.
    pub(super) place: String,
    /// The words of the room.
    pub(super) words: String,
    /// What was counted.
    pub(super) counted: Counted,
    /// Two parts of a bar, in per cent: must and nice, or points and nothing.
    pub(super) bar: Option<(u64, u64)>,
    /// Whether the top four end with this line.
    pub(super) ends_top: bool,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Must, nice and neither.
    Marks(u64, u64, u64),
    /// Agreed aloud.
    Aloud(Said),
    /// Points.
    Points(String),
    /// Nothing.
    Nothing,
}

impl Results {
    /// The results that may be seen now; none in a phase that shows none.
    pub(super) fn of(room: &Room) -> Self {
        let Some(session) = &room.session else {
            return Self::default();
        };
        let Some(run) = session.exercises.current() else {
            return Self::default();
        };
        let (tags, ranks) = match run.phase {
            Phase::Shortlist => (true, false),
            Phase::Reveal | Phase::Match | Phase::Done => (true, true),
            _ => return Self::default(),
        };
        let Outcome {
            tagging, ranking, ..
        } = session.ballots.outcome(run);
        let tagging = tagging.filter(|_| tags).map(|one| tagged(&one));
        let ranking = ranking.filter(|_| ranks).map(|one| ranked(&one));
        Self {
            tables: tagging.into_iter().chain(ranking).collect(),
        }
    }

    /// The wanted table, or that of the last vote.
    pub(super) fn first(&self, wanted: Option<Vote>) -> Option<&Table> {
        let mut tables = self.tables.iter().rev();
        tables.find(|one| wanted.is_none_or(|vote| one.vote == vote))
    }

    /// The other result, where there are two.
    pub(super) fn other(&self, first: Vote) -> Option<Vote> {
        let mut votes = self.tables.iter().map(|one| one.vote);
        votes.find(|one| *one != first)
    }
}

impl Table {
    fn new(vote: Vote, shown: Shown) -> Self {
        Self {
            vote,
            is_shown: shown != Shown::Nothing,
            covered: 0,
            lines: Vec::new(),
            said: Default::default(),
        }
    }
}

impl Table {
    /// What there is to say about it, in a language.
    pub(super) fn said(&self, language: Language) -> &[String] {
        let found = Language::ALL.iter().position(|one| *one == language);
        found.map_or(&[], |at| &self.said[at])
    }
}

fn words(candidates: &[Candidate], number: usize) -> String {
    let one = candidates.get(number);
    one.map_or_else(String::new, |one| one.words.clone())
}

/// What there is to say. A sentence can name every item of the room; the lines above name them
/// too.
fn explained(said: impl Fn(&Hints) -> Vec<String>) -> [Vec<String>; Language::ALL.len()] {
    let cut = |one: String| beginning(&one, SENTENCE);
    Language::ALL.map(|language| said(hints(language)).into_iter().map(cut).collect())
}

/// A share of a bar; what is more than nothing is seen.
fn percent(part: u64, all: u64) -> u64 {
    (100 * part).div_ceil(all.max(1)).min(100)
}

fn tagged(result: &TagResult) -> Table {
    let mut table = Table::new(Vote::Tag, result.shown);
    let Votes::Counted { tally, .. } = &result.votes else {
        // What the room said aloud, or that a few people's result stays shut, is no secret.
        table.is_shown = true;
        table.said = explained(|hints| hints.of_tagging(result));
        table.lines = aloud(result);
        return table;
    };
    let lines = result.lines();
    let top = result.top_four(Mark::Must).len();
    table.covered = result.candidates.len().saturating_sub(lines.len());
    let all = tally.submitted;
    let line = |(at, (place, number)): (usize, (crate::tally::Place, usize))| {
        let (must, nice, neither) = result.counts(number).unwrap_or_default();
        Line {
            place: place.to_string(),
            words: words(&result.candidates, number),
            counted: Counted::Marks(must, nice, neither),
            bar: Some((percent(must, all), percent(nice, all))),
            ends_top: result.shown == Shown::All && top > 0 && at + 1 == top,
        }
    };
    table.lines = lines.into_iter().enumerate().map(line).collect();
    if result.shown == Shown::All {
        table.said = explained(|hints| hints.of_tagging(result));
    }
    table
}

/// What the room agreed without a vote, must first.
fn aloud(result: &TagResult) -> Vec<Line> {
    let agreed = result.agreed.iter().enumerate();
    let mut agreed: Vec<(Said, usize)> = agreed
        .filter_map(|(number, said)| Some(((*said)?, number)))
        .collect();
    agreed.sort_unstable();
    let line = |(said, number)| Line {
        place: String::new(),
        words: words(&result.candidates, number),
        counted: Counted::Aloud(said),
        bar: None,
        ends_top: false,
    };
    agreed.into_iter().map(line).collect()
}

fn ranked(result: &RankResult) -> Table {
    let mut table = Table::new(Vote::Rank, result.shown);
    let lines = result.lines();
    let order = result.order().map_or(0, crate::tally::Order::len);
    table.covered = order.saturating_sub(lines.len());
    let tally = result.votes.counted().filter(|tally| tally.counted > 0);
    let points = |number: usize| tally?.borda.points.get(number).copied();
    let best = tally.and_then(|tally| tally.borda.points.iter().max().copied());
    let line = |(place, number): (crate::tally::Place, usize)| {
        let points = points(number);
        let bar = points.zip(best);
        Line {
            place: place.to_string(),
            words: words(&result.candidates, number),
            counted: points.map_or(Counted::Nothing, |points| {
                Counted::Points(points.to_string())
            }),
            bar: bar.map(|(points, best)| (percent(points.doubled(), best.doubled()), 0)),
            ends_top: false,
        }
    };
    table.lines = lines.into_iter().map(line).collect();
    if tally.is_none() {
        table.is_shown |= matches!(result.votes, Votes::Shut { .. }) || order == 0;
    }
    if table.is_shown && (tally.is_none() || result.shown == Shown::All) {
        table.said = explained(|hints| hints.of_ranking(result));
    }
    table
}
