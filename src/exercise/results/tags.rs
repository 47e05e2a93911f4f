//! The tagging result: response rates, the source's own measure.

use super::{Paper, Votes, turnout, weight};
use crate::exercise::ballot::Ballot;
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, Mark, Round, Row, Said, Shown, Turnout, Vote};
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

    /// Sentences that can be read aloud: who took part, what leads, what the cut kept.
    pub fn explained(&self) -> Vec<String> {
        let Votes::Counted { turnout, tally } = &self.votes else {
            return vec![self.unexplained()];
        };
        let mut said = vec![self.who(*turnout, tally.submitted)];
        said.extend(self.leaders(tally));
        said.extend(Self::cut(tally));
        said
    }

    fn unexplained(&self) -> String {
        match self.votes {
            Votes::Shut { people } => format!(
                "{people} handed in; a result of fewer than five people is shown only if the \
                 room agrees."
            ),
            _ if self.agreed.iter().any(Option::is_some) => {
                "Nobody voted: this is what the room agreed aloud.".to_owned()
            }
            _ => "Nobody handed in anything.".to_owned(),
        }
    }

    /// The denominator, said.
    fn who(&self, turnout: Turnout, submitted: u64) -> String {
        let of = self
            .here
            .map(|here| format!(" of {here}"))
            .unwrap_or_default();
        let people = turnout.people;
        if submitted == u64::from(people) {
            return format!(
                "{people}{of} took part; every rate is a share of these {people}, also of those \
                 who marked nothing."
            );
        }
        format!(
            "{submitted} ballots of {people}{of} people are in, one voice a ballot; every rate \
             is a share of these {submitted}."
        )
    }

    fn leaders(&self, tally: &TagTally) -> Option<String> {
        let order = tally.top_four(Tag::Must);
        let first = *order.leaders().first()?;
        let names: Vec<&str> = order
            .leaders()
            .iter()
            .filter_map(|&one| Some(self.candidates.get(one)?.words.as_str()))
            .collect();
        let (count, all) = (*tally.must.get(first)?, tally.submitted);
        let share = percent(count, all);
        let verb = if names.len() == 1 {
            "leads"
        } else {
            "lead together"
        };
        let names = names.join(" and ");
        Some(format!(
            "{names} {verb}: {count} of {all} ({share} %) say must have."
        ))
    }

    /// A tie at the cut makes more than four, and nothing below is hidden by chance.
    fn cut(tally: &TagTally) -> Option<String> {
        let top = tally.top_four(Tag::Must);
        let kept = top.len();
        let last = *top.groups().last()?.first()?;
        let count = *tally.must.get(last)?;
        Some(match kept {
            kept if kept > crate::tally::TOP => format!(
                "The top four are {kept}, since items are level at the cut with {count} each, \
                 and no tie is broken."
            ),
            kept if kept < crate::tally::TOP => {
                format!("Only {kept} got any must have at all.")
            }
            _ => format!("The fourth of the top four has {count}."),
        })
    }
}

const fn tag(mark: Mark) -> Tag {
    match mark {
        Mark::Must => Tag::Must,
        Mark::Nice => Tag::Nice,
    }
}

/// Rounded to a whole number, halves up.
fn percent(part: u64, all: u64) -> u64 {
    (200 * part + all).checked_div(2 * all).unwrap_or_default()
}
