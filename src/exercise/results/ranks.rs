//! The ranking result: Borda, with the other methods as cross-checks that speak up.

use std::collections::BTreeSet;

use super::{Paper, Votes, turnout, weight};
use crate::exercise::ballot::Ballot;
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, Round, Row, Shown, Vote};
use crate::tally::{Ballot as Counted, HeadToHead, Order, Place, Profile, Tally, borda, merge};

/// The order that the room made.
#[derive(Clone, Debug, PartialEq)]
pub struct RankResult {
    /// Which round.
    pub number: u16,
    /// What was ranked; numbers in orders are places in this list.
    pub candidates: Vec<Candidate>,
    /// What was handed in.
    pub votes: Votes<Tally>,
    /// The order that the room agreed aloud, without a vote.
    pub agreed: Option<Order>,
    /// Who would lead, alone or level, without the ballot of one table; today's leaders
    /// left out.
    pub without_one_table: Vec<usize>,
    /// How much is on the wall.
    pub shown: Shown,
}

/// The result of a ranking round; nothing while it is not sealed.
pub fn ranking(run: &Exercise, number: u16, rows: &[Row]) -> Option<RankResult> {
    let round = run.round(Vote::Rank, number).filter(|round| round.sealed)?;
    if let Some(counted) = Exercise::came_counted(round, rows) {
        let (lines, votes, without_one_table) = counted.ranks();
        let candidates = run.counted_candidates(round, lines);
        return Some(RankResult {
            number,
            votes,
            agreed: agreed(round, &candidates),
            candidates,
            without_one_table,
            shown: round.shown,
        });
    }
    let paper = Paper::of(run, &round.list);
    let profile = profile(run, &paper, rows)?;
    let tally = Tally::count(&profile);
    Some(RankResult {
        number,
        without_one_table: without_one_table(&profile, &tally),
        votes: Votes::of(turnout(rows), round.few_agree, || tally),
        agreed: agreed(round, &paper.candidates),
        candidates: paper.candidates,
        shown: round.shown,
    })
}

fn profile(run: &Exercise, paper: &Paper, rows: &[Row]) -> Option<Profile> {
    let ballots = rows.iter().filter_map(|row| match row.ballot()? {
        Ballot::Rank(ballot) => {
            let place = |items: &Vec<_>| -> Vec<usize> {
                items.iter().filter_map(|item| paper.index(*item)).collect()
            };
            let mut ranking: Vec<Vec<usize>> = ballot.places.iter().map(place).collect();
            // What was hidden or left the shortlist leaves its place empty.
            ranking.retain(|place| !place.is_empty());
            Some(Counted::times(weight(run, ballot.people), ranking))
        }
        Ballot::Tag(_) => None,
    });
    let profile = Profile::new(paper.names.clone(), ballots.collect()).ok()?;
    merge::ballots(&profile, &paper.merges).ok()
}

/// Leave one out counts single voices; a table's ballot moves all of its voices at once.
fn without_one_table(profile: &Profile, tally: &Tally) -> Vec<usize> {
    let leaders = tally.borda.order.leaders();
    let tables = profile.ballots().iter().enumerate();
    let tables = tables.filter(|(_, one)| one.count > 1 && !one.is_blank());
    let mut found = BTreeSet::new();
    for (number, _) in tables {
        let mut less = profile.clone();
        less.withdraw(number);
        if less.counted() > 0 {
            let order = borda::tournament(&HeadToHead::count(&less)).order;
            found.extend(order.leaders().iter().copied());
        }
    }
    found.retain(|one| !leaders.contains(one));
    found.into_iter().collect()
}

fn agreed(round: &Round, candidates: &[Candidate]) -> Option<Order> {
    let mut seen = BTreeSet::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for place in &round.order {
        let now = place.iter().filter_map(|item| {
            let mut all = candidates.iter();
            all.position(|candidate| candidate.members.contains(item))
        });
        groups.push(now.filter(|one| seen.insert(*one)).collect());
    }
    let order = Order::from_groups(groups);
    (!order.is_empty()).then_some(order)
}

impl RankResult {
    /// The names of the candidates, as the tally's sentences and tables want them.
    pub fn names(&self) -> Vec<String> {
        self.candidates.iter().map(super::name).collect()
    }

    /// The order to show: what was counted, or else what was agreed.
    pub fn order(&self) -> Option<&Order> {
        let counted = self.votes.counted().filter(|tally| tally.counted > 0);
        counted
            .map(|tally| &tally.borda.order)
            .or(self.agreed.as_ref())
    }

    /// The lines on the wall: place and candidate.
    pub fn lines(&self) -> Vec<(Place, usize)> {
        let order = self.order();
        order.map_or_else(Vec::new, |order| super::lines(order, self.shown))
    }
}
