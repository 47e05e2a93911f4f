//! The tagging result: response rates, the source's own measure.

use super::{Paper, Votes, turnout, weight};
use crate::exercise::ballot::Ballot;
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, Mark, Round, Row, Said, Shown, Vote};
use crate::tally::tags::{Hands, Response};
use crate::tally::{Order, Place, Tag, TagTally, Tagging, merge};

/// What the room said of every item.
#[derive(Clone, Debug, PartialEq)]
pub struct TagResult {
    /// Which round.
    pub number: u16,
    /// What was voted on; counts stand in this order.
    pub candidates: Vec<Candidate>,
    /// What was handed in and the hands that were counted.
    pub votes: Votes<TagTally>,
    /// What the room agreed aloud, in the order of the candidates.
    pub agreed: Vec<Option<Said>>,
    /// How many are in the room, where that was said.
    pub here: Option<u32>,
    /// How much is on the wall.
    pub shown: Shown,
}

/// The result of a tagging round; nothing while it is not sealed.
pub fn tagging(run: &Exercise, number: u16, rows: &[Row]) -> Option<TagResult> {
    let round = run.round(Vote::Tag, number).filter(|round| round.sealed)?;
    if let Some(counted) = Exercise::came_counted(round, rows) {
        let (lines, votes) = counted.tags();
        let candidates = run.counted_candidates(round, lines);
        return Some(TagResult {
            number,
            votes,
            agreed: agreed(round, &candidates),
            candidates,
            here: run.here,
            shown: round.shown,
        });
    }
    let paper = Paper::of(run, &round.list);
    let mut turnout = turnout(rows);
    turnout.people += round.present;
    let tally = count(run, round, &paper, rows)?;
    Some(TagResult {
        number,
        votes: Votes::of(turnout, round.few_agree, || tally),
        agreed: agreed(round, &paper.candidates),
        candidates: paper.candidates,
        here: run.here,
        shown: round.shown,
    })
}

fn count(run: &Exercise, round: &Round, paper: &Paper, rows: &[Row]) -> Option<TagTally> {
    let responses = rows.iter().filter_map(|row| match row.ballot()? {
        Ballot::Tag(ballot) => {
            let marked = |wanted| {
                let marks = ballot
                    .marks
                    .iter()
                    .filter(move |(_, mark)| **mark == wanted);
                marks.filter_map(|(item, _)| paper.index(*item)).collect()
            };
            Some(Response {
                count: weight(run, ballot.people),
                must: marked(Mark::Must),
                nice: marked(Mark::Nice),
            })
        }
        Ballot::Rank(_) => None,
    });
    let names = paper.names.clone();
    let tagging = Tagging::new(names, responses.collect(), hands(round, paper)).ok()?;
    Some(merge::tags(&tagging, &paper.merges).ok()?.count())
}

fn hands(round: &Round, paper: &Paper) -> Vec<Hands> {
    if round.present == 0 {
        return Vec::new();
    }
    let counted = |item| round.hands.get(item).copied().unwrap_or_default();
    let all = paper.items.iter().map(counted);
    let (must, nice) = all
        .map(|hands| (u64::from(hands.must), u64::from(hands.nice)))
        .unzip();
    vec![Hands {
        present: u64::from(round.present),
        must,
        nice,
    }]
}

/// What was agreed on any of the originals; must beats nice, and nice neither.
fn agreed(round: &Round, candidates: &[Candidate]) -> Vec<Option<Said>> {
    let best = |candidate: &Candidate| {
        let all = candidate
            .members
            .iter()
            .filter_map(|item| round.agreed.get(item));
        all.copied().min()
    };
    candidates.iter().map(best).collect()
}

impl TagResult {
    /// How many say must, nice and neither of a candidate.
    pub fn counts(&self, candidate: usize) -> Option<(u64, u64, u64)> {
        let tally = self.votes.counted()?;
        let must = *tally.must.get(candidate)?;
        let nice = *tally.nice.get(candidate)?;
        Some((must, nice, tally.neither(candidate)))
    }

    /// Candidates by their response rate as must have, then as nice to have.
    pub fn order(&self) -> Option<Order> {
        let tally = self.votes.counted()?;
        let scores: Vec<(u64, u64)> = tally
            .must
            .iter()
            .copied()
            .zip(tally.nice.iter().copied())
            .collect();
        Some(Order::by_score(&scores))
    }

    /// The lines on the wall, by response rate as must have: place and candidate.
    pub fn lines(&self) -> Vec<(Place, usize)> {
        let order = self.votes.counted().map(|tally| tally.order(Tag::Must));
        order.map_or_else(Vec::new, |order| super::lines(&order, self.shown))
    }

    /// The top four for a tag by response rate, ties at the cut kept.
    pub fn top_four(&self, mark: Mark) -> Vec<(Place, usize)> {
        let tally = self.votes.counted();
        tally.map_or_else(Vec::new, |tally| tally.top_four(tag(mark)).places())
    }

    /// A shortlist to begin with: the most wanted, ties at the cut left out rather than
    /// broken.
    pub fn proposed_shortlist(&self, most: usize) -> Vec<crate::exercise::ItemId> {
        let Some(order) = self.order() else {
            return Vec::new();
        };
        let mut proposed = Vec::new();
        for group in order.groups() {
            if proposed.len() + group.len() > most {
                break;
            }
            let items = group.iter().filter_map(|&one| self.candidates.get(one));
            proposed.extend(items.map(|candidate| candidate.id));
        }
        proposed
    }
}

const fn tag(mark: Mark) -> Tag {
    match mark {
        Mark::Must => Tag::Must,
        Mark::Nice => Tag::Nice,
    }
}
