//! What `pim tally --json` prints: the tally under the candidates' names, in fields and conventions
//! that the published cases share. Order within a tie is the order of the candidates; beaten pairs
//! are sorted by name, so the same ballots always print the same bytes.

use std::collections::HashSet;

use serde::ser::{Serialize, Serializer};

use super::{Half, Order, Profile, Scored, Tally};

/// Counts a profile and reports it.
pub fn report(profile: &Profile) -> TallyReport {
    TallyReport::of(profile, &Tally::count(profile))
}

/// A tally for machines.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TallyReport {
    /// Ballots that rank something.
    pub ballots_counted: u64,
    /// Abstentions.
    pub blank_ballots: u64,
    /// Who beats every other candidate head to head, if anyone.
    pub condorcet_winner: Option<String>,
    /// Points.
    pub borda: BordaReport,
    /// Tie groups that start within the first four places by points.
    pub borda_top4: Vec<Vec<String>>,
    /// Whether any one ballot less leaves the leaders the same; null with fewer than two ballots.
    pub borda_leave_one_out_stable: Option<bool>,
    /// Head-to-head wins.
    pub copeland: CopelandReport,
    /// Groups by strongest paths.
    pub schulze: Vec<Vec<String>>,
    /// Pairs of which the first beats the second by strongest paths.
    pub schulze_beats: Vec<(String, String)>,
    /// Whether the groups say all that the pairs do.
    pub schulze_is_weak_order: bool,
    /// Agreement to six decimals; null when every ballot ties everything.
    pub kendalls_w: Option<f64>,
}

/// Borda's part of the report.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BordaReport {
    /// `tournament`.
    pub convention: &'static str,
    /// Points by name.
    pub points: Scores<Half>,
    /// Best first.
    pub order: Vec<Vec<String>>,
}

/// Copeland's part of the report.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CopelandReport {
    /// `win 1, tie 0.5`.
    pub convention: &'static str,
    /// Scores by name.
    pub scores: Scores<Half>,
    /// Best first.
    pub order: Vec<Vec<String>>,
}

impl TallyReport {
    /// Reports a tally of this profile.
    pub fn of(profile: &Profile, tally: &Tally) -> Self {
        let labels = distinct(profile.names());
        let named = |order: &Order| order.names(&labels);
        let scores = |scored: &Scored| Scores::new(&labels, |candidate| scored.points[candidate]);
        Self {
            ballots_counted: tally.counted,
            blank_ballots: tally.blank,
            condorcet_winner: tally.condorcet_winner.map(|winner| labels[winner].clone()),
            borda: BordaReport {
                convention: "tournament",
                points: scores(&tally.borda),
                order: named(&tally.borda.order),
            },
            borda_top4: named(&tally.top_four()),
            borda_leave_one_out_stable: tally.stability.as_ref().map(super::Stability::is_stable),
            copeland: CopelandReport {
                convention: "win 1, tie 0.5",
                scores: scores(&tally.copeland),
                order: named(&tally.copeland.order),
            },
            schulze: named(&tally.schulze.order),
            schulze_beats: beaten_pairs(tally, &labels),
            schulze_is_weak_order: tally.schulze.is_weak_order(),
            kendalls_w: tally.w.map(six_decimals),
        }
    }
}

fn beaten_pairs(tally: &Tally, labels: &[String]) -> Vec<(String, String)> {
    let pairs = tally.schulze.beaten_pairs().into_iter();
    let mut pairs: Vec<_> = pairs
        .map(|(a, b)| (labels[a].clone(), labels[b].clone()))
        .collect();
    pairs.sort();
    pairs
}

/// By way of text, which rounds the exact value once; scaling first would round twice.
fn six_decimals(value: f64) -> f64 {
    format!("{value:.6}").parse().unwrap_or(value)
}

/// Names as keys: a name that came before gets a number, `Access map (2)`.
fn distinct(names: &[String]) -> Vec<String> {
    let given: HashSet<&String> = names.iter().collect();
    let mut used = HashSet::new();
    let mut labels = Vec::with_capacity(names.len());
    for name in names {
        let mut label = name.clone();
        let mut number = 2;
        while used.contains(&label) || (label != *name && given.contains(&label)) {
            label = format!("{name} ({number})");
            number += 1;
        }
        used.insert(label.clone());
        labels.push(label);
    }
    labels
}

/// A value under each name, in the order of the candidates.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores<T>(pub Vec<(String, T)>);

impl<T> Scores<T> {
    pub(super) fn new(names: &[String], value: impl Fn(usize) -> T) -> Self {
        Self(
            names
                .iter()
                .enumerate()
                .map(|(i, name)| (name.clone(), value(i)))
                .collect(),
        )
    }
}

impl<T: Serialize> Serialize for Scores<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
