//! Where the methods disagree. Points are what we show; when head-to-head counts tell another
//! story, the room hears it rather than being handed one method's answer as the truth.

use std::fmt;

use super::{Order, TOP, Tally};

/// A cross-check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CrossCheck {
    /// Head-to-head wins.
    Copeland,
    /// Strongest paths.
    Schulze,
}

impl fmt::Display for CrossCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Copeland => "Copeland",
            Self::Schulze => "Schulze",
        })
    }
}

/// One thing on which a cross-check differs from Borda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disagreement {
    /// One candidate beats every other one head to head and does not lead alone in points.
    HeadToHeadWinner {
        /// The candidate that beats every other one.
        winner: usize,
        /// Who leads in points.
        points: Vec<usize>,
    },
    /// No candidate beats every other one, and the cross-check has others on first place.
    First {
        /// Which cross-check.
        by: CrossCheck,
        /// Who leads there.
        leaders: Vec<usize>,
        /// Who leads in points.
        points: Vec<usize>,
    },
    /// The top four are not the same candidates.
    TopFour {
        /// Which cross-check.
        by: CrossCheck,
        /// Only in its top four.
        only_there: Vec<usize>,
        /// Only in the top four by points.
        only_points: Vec<usize>,
    },
}

/// Everything on which the cross-checks differ from Borda.
pub(super) fn disagreements(tally: &Tally) -> Vec<Disagreement> {
    if tally.counted == 0 {
        return Vec::new();
    }
    let checks = [
        (CrossCheck::Copeland, &tally.copeland.order),
        (CrossCheck::Schulze, &tally.schulze.order),
    ];
    let mut found = first_place(tally, &checks);
    found.extend(
        checks
            .iter()
            .filter_map(|&(by, order)| top_four(by, order, &tally.borda.order)),
    );
    found
}

/// A head-to-head winner leads in both cross-checks, so it is said once.
fn first_place(tally: &Tally, checks: &[(CrossCheck, &Order)]) -> Vec<Disagreement> {
    let points = tally.borda.order.leaders();
    if let Some(winner) = tally.condorcet_winner {
        let differs = points != [winner];
        let said = Disagreement::HeadToHeadWinner {
            winner,
            points: points.to_vec(),
        };
        return differs.then_some(said).into_iter().collect();
    }
    let differing = checks.iter().filter(|(_, order)| order.leaders() != points);
    let said = |&(by, order): &(CrossCheck, &Order)| Disagreement::First {
        by,
        leaders: order.leaders().to_vec(),
        points: points.to_vec(),
    };
    differing.map(said).collect()
}

fn top_four(by: CrossCheck, order: &Order, borda: &Order) -> Option<Disagreement> {
    let (there, points) = (order.top(TOP), borda.top(TOP));
    let only = |these: &Order, those: &Order| -> Vec<usize> {
        these
            .candidates()
            .filter(|&c| !those.candidates().any(|other| other == c))
            .collect()
    };
    let (only_there, only_points) = (only(&there, &points), only(&points, &there));
    let same = only_there.is_empty() && only_points.is_empty();
    (!same).then_some(Disagreement::TopFour {
        by,
        only_there,
        only_points,
    })
}
