//! Places: who is first, who is level with whom, and where a list is cut. Knows candidates only as
//! numbers. Ties are kept everywhere: an order never says more than the scores do.

use std::fmt;

/// Candidates best first; those in one group are level.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Order {
    groups: Vec<Vec<usize>>,
}

/// A place as people write it: `1`, or `=2` when it is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Counted from 1; after two candidates on place 2 comes place 4.
    pub number: usize,
    /// Whether others stand on the same place.
    pub shared: bool,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.shared { "=" } else { "" };
        f.pad(&format!("{sign}{}", self.number))
    }
}

impl Order {
    /// Highest score first, equal scores level.
    pub fn by_score<S: Ord>(scores: &[S]) -> Self {
        let mut sorted: Vec<usize> = (0..scores.len()).collect();
        sorted.sort_by(|&a, &b| scores[b].cmp(&scores[a]).then(a.cmp(&b)));
        let groups = sorted
            .chunk_by(|&a, &b| scores[a] == scores[b])
            .map(<[usize]>::to_vec)
            .collect();
        Self { groups }
    }

    /// From groups, best first. Empty groups are dropped; within a group the order means nothing.
    pub fn from_groups(groups: Vec<Vec<usize>>) -> Self {
        let mut groups = groups;
        groups.retain(|group| !group.is_empty());
        for group in &mut groups {
            group.sort_unstable();
        }
        Self { groups }
    }

    /// The groups, best first.
    pub fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }

    /// Everyone on the first place.
    pub fn leaders(&self) -> &[usize] {
        self.groups.first().map_or(&[], Vec::as_slice)
    }

    /// How many candidates it orders.
    pub fn len(&self) -> usize {
        self.groups.iter().map(Vec::len).sum()
    }

    /// Whether it orders nobody.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The groups that start within the first `places` places. A tie at the cut is kept whole, so
    /// more candidates than places may remain.
    #[must_use]
    pub fn top(&self, places: usize) -> Self {
        let mut before = 0;
        let within = |group: &&Vec<usize>| {
            let starts = before;
            before += group.len();
            starts < places
        };
        Self {
            groups: self.groups.iter().take_while(within).cloned().collect(),
        }
    }

    /// Only the candidates that are wanted, in the same order.
    #[must_use]
    pub fn keep(&self, wanted: impl Fn(usize) -> bool) -> Self {
        let kept = |group: &Vec<usize>| group.iter().copied().filter(|&c| wanted(c)).collect();
        Self::from_groups(self.groups.iter().map(kept).collect())
    }

    /// Every candidate with its place, best first.
    pub fn places(&self) -> Vec<(Place, usize)> {
        let mut places = Vec::with_capacity(self.len());
        for group in &self.groups {
            let place = Place {
                number: places.len() + 1,
                shared: group.len() > 1,
            };
            places.extend(group.iter().map(|&candidate| (place, candidate)));
        }
        places
    }

    /// The place of one candidate.
    pub fn place_of(&self, candidate: usize) -> Option<Place> {
        self.places()
            .into_iter()
            .find(|&(_, c)| c == candidate)
            .map(|(place, _)| place)
    }

    /// All candidates, best first, ties flattened.
    pub fn candidates(&self) -> impl Iterator<Item = usize> + '_ {
        self.groups.iter().flatten().copied()
    }

    /// The same groups with names in place of numbers.
    pub fn names(&self, names: &[String]) -> Vec<Vec<String>> {
        self.groups
            .iter()
            .map(|group| group.iter().map(|&c| names[c].clone()).collect())
            .collect()
    }
}
