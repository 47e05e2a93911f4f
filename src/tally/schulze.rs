//! Schulze: a candidate beats another if its strongest path of head-to-head wins is the stronger
//! one. Handles cycles and near copies. The relation always has unbeaten candidates but need not be
//! an order with ties, which [`Schulze::is_weak_order`] says: then only the first group and the
//! relation itself mean something.

use super::{HeadToHead, Order};

/// Who beats whom by strongest paths, and the groups that this makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schulze {
    /// Groups by repeatedly taking everyone whom nobody left beats.
    pub order: Order,
    candidates: usize,
    paths: Vec<u64>,
}

impl Schulze {
    /// A win is as strong as the ballots for it: our convention.
    pub fn winning_votes(matrix: &HeadToHead) -> Self {
        Self::with(matrix, |a, b| matrix.above(a, b))
    }

    /// A win is as strong as its lead.
    pub fn margins(matrix: &HeadToHead) -> Self {
        Self::with(matrix, |a, b| matrix.above(a, b) - matrix.above(b, a))
    }

    fn with(matrix: &HeadToHead, strength: impl Fn(usize, usize) -> u64) -> Self {
        let candidates = matrix.candidates();
        let pairs = (0..candidates).flat_map(|a| (0..candidates).map(move |b| (a, b)));
        let direct = pairs
            .map(|(a, b)| {
                if matrix.beats(a, b) {
                    strength(a, b)
                } else {
                    0
                }
            })
            .collect();
        let paths = strongest(direct, candidates);
        let mut schulze = Self {
            order: Order::default(),
            candidates,
            paths,
        };
        schulze.order = schulze.layers();
        schulze
    }

    /// The strength of the strongest path from `a` to `b`; 0 when there is none.
    pub fn path(&self, a: usize, b: usize) -> u64 {
        self.paths[a * self.candidates + b]
    }

    /// Whether `a` beats `b`.
    pub fn beats(&self, a: usize, b: usize) -> bool {
        self.path(a, b) > self.path(b, a)
    }

    /// Every pair of which the first beats the second.
    pub fn beaten_pairs(&self) -> Vec<(usize, usize)> {
        let all = 0..self.candidates;
        all.clone()
            .flat_map(|a| all.clone().map(move |b| (a, b)))
            .filter(|&(a, b)| self.beats(a, b))
            .collect()
    }

    /// Whether the groups say exactly what the relation says: everyone beats all of every lower
    /// group, and nobody else.
    pub fn is_weak_order(&self) -> bool {
        let mut group_of = vec![0; self.candidates];
        for (number, group) in self.order.groups().iter().enumerate() {
            for &candidate in group {
                group_of[candidate] = number;
            }
        }
        let all = 0..self.candidates;
        all.clone().all(|a| {
            all.clone()
                .all(|b| self.beats(a, b) == (group_of[a] < group_of[b]))
        })
    }

    fn layers(&self) -> Order {
        let mut left: Vec<usize> = (0..self.candidates).collect();
        let mut groups = Vec::new();
        while !left.is_empty() {
            let (unbeaten, beaten): (Vec<_>, Vec<_>) = left
                .iter()
                .partition(|&&a| !left.iter().any(|&b| self.beats(b, a)));
            if unbeaten.is_empty() {
                // Cannot happen, since the relation is transitive; ends the loop whatever a later
                // change does.
                groups.push(beaten);
                break;
            }
            groups.push(unbeaten);
            left = beaten;
        }
        Order::from_groups(groups)
    }
}

/// Floyd and Warshall's way: a path is as strong as its weakest link.
fn strongest(mut paths: Vec<u64>, n: usize) -> Vec<u64> {
    for via in 0..n {
        let onward = paths[via * n..][..n].to_vec();
        for row in paths.chunks_mut(n) {
            let reach = row[via];
            if reach == 0 {
                continue;
            }
            for (path, &next) in row.iter_mut().zip(&onward) {
                *path = (*path).max(reach.min(next));
            }
        }
    }
    paths
}
