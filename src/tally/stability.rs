//! Leave one out: would first place be another with any single ballot less? The plainest honest
//! word on how narrow a lead is, and one that a room understands.

use std::collections::BTreeSet;

use super::{Ballot, Profile, Scored};

/// What becomes of the Borda leaders when one ballot is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stability {
    leaders: Vec<usize>,
    others: BTreeSet<Vec<usize>>,
}

impl Stability {
    /// Leaves out each ballot in turn; nothing with fewer than two ballots.
    pub fn of(profile: &Profile, tournament: &Scored) -> Option<Self> {
        if profile.counted() < 2 {
            return None;
        }
        let leaders = tournament.order.leaders().to_vec();
        let contenders = contenders(tournament, profile.candidates());
        let others = if contenders.len() < 2 {
            BTreeSet::new()
        } else {
            let without = |ballot| leaders_without(ballot, tournament, &contenders);
            profile
                .filled()
                .map(without)
                .filter(|found| *found != leaders)
                .collect()
        };
        Some(Self { leaders, others })
    }

    /// From what was found elsewhere.
    pub(super) fn from_others(leaders: Vec<usize>, others: &[Vec<usize>]) -> Self {
        Self {
            leaders,
            others: others.iter().cloned().collect(),
        }
    }

    /// Whether the same candidates lead whichever ballot is left out.
    pub fn is_stable(&self) -> bool {
        self.others.is_empty()
    }

    /// The other leaders, alone or level, that one ballot less can bring; each set once.
    pub fn others(&self) -> impl Iterator<Item = &[usize]> {
        self.others.iter().map(Vec::as_slice)
    }

    /// Everyone who leads now or would lead, alone or level, with one ballot less.
    pub fn could_lead(&self) -> Vec<usize> {
        let all: BTreeSet<usize> = self
            .leaders
            .iter()
            .chain(self.others.iter().flatten())
            .copied()
            .collect();
        all.into_iter().collect()
    }
}

/// Those near enough to the top: one ballot takes at most n - 1 points from anyone.
fn contenders(tournament: &Scored, candidates: usize) -> Vec<usize> {
    let most = tournament
        .points
        .iter()
        .max()
        .map_or(0, |points| points.doubled());
    let reach = 2 * candidates.saturating_sub(1) as u64;
    let near = |&c: &usize| tournament.points[c].doubled() + reach >= most;
    (0..candidates).filter(near).collect()
}

fn leaders_without(ballot: &Ballot, tournament: &Scored, contenders: &[usize]) -> Vec<usize> {
    let candidates = tournament.points.len();
    let mut ranks = vec![0; candidates];
    ballot.doubled_ranks(&mut ranks);
    let left = |c: usize| tournament.points[c].doubled() + ranks[c] - 2 * candidates as u64;
    let most = contenders.iter().map(|&c| left(c)).max();
    contenders
        .iter()
        .copied()
        .filter(|&c| Some(left(c)) == most)
        .collect()
}
