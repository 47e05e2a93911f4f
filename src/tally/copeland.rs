//! Copeland: one for each candidate beaten head to head, half for each one level. The plainest
//! cross-check of points.

use std::cmp::Ordering;

use super::{Half, HeadToHead, Scored};

/// Counts head-to-head wins and halves.
pub fn copeland(matrix: &HeadToHead) -> Scored {
    let doubled = |duel: super::Duel| match duel.ours.cmp(&duel.theirs) {
        Ordering::Greater => 2,
        Ordering::Equal => 1,
        Ordering::Less => 0,
    };
    let score = |candidate| Half::from_doubled(matrix.duels(candidate).map(doubled).sum());
    Scored::new((0..matrix.candidates()).map(score).collect())
}
