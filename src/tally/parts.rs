//! A tally taken apart into whole numbers that travel, and put together again.
//!
//! Ballots stay where they were cast; what can be told of them together does not need them.
//! Points, wins and strongest paths all follow from the head-to-head counts, so only what
//! does not is kept beside these. Parts that do not fit together make no tally.

use serde::{Deserialize, Serialize};

use super::{
    Half, HeadToHead, MAX_BALLOTS, MAX_CANDIDATES, Schulze, Spread, Stability, Tally, borda,
    copeland,
};

/// W travels in billionths, which is far more than is ever said of it.
const BILLION: f64 = 1e9;

/// What a tally is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// Ballots that rank something.
    pub counted: u64,
    /// Blank ballots.
    pub blank: u64,
    /// Counted ballots that leave candidates out.
    pub partial: u64,
    /// On how many ballots each candidate stands above each other one, line by line.
    pub above: Vec<Vec<u64>>,
    /// Kendall's W in billionths; nothing where no ballot tells candidates apart.
    pub w: Option<u64>,
    /// Best, quarter, middle, three quarters and worst place of each candidate, doubled.
    pub places: Vec<[u64; 5]>,
    /// Who else would lead with one ballot less; nothing with fewer than two ballots.
    pub others: Option<Vec<Vec<usize>>>,
}

impl Parts {
    /// Takes a tally apart.
    pub fn of(tally: &Tally) -> Self {
        let all = 0..tally.candidates();
        let line = |a: usize| all.clone().map(move |b| tally.matrix.above(a, b)).collect();
        let others = |one: &Stability| one.others().map(<[usize]>::to_vec).collect();
        Self {
            counted: tally.counted,
            blank: tally.blank,
            partial: tally.partial,
            above: all.clone().map(line).collect(),
            w: tally.w.map(billionths),
            places: tally.spread.iter().map(doubled).collect(),
            others: tally.stability.as_ref().map(others),
        }
    }

    /// Puts a tally together; nothing where the parts do not fit.
    pub fn tally(&self) -> Option<Tally> {
        let matrix = self.matrix()?;
        let borda = borda::tournament(&matrix);
        let leaders = borda.order.leaders().to_vec();
        let stability = self.others.as_ref();
        Some(Tally {
            counted: self.counted,
            blank: self.blank,
            partial: self.partial,
            copeland: copeland::copeland(&matrix),
            schulze: Schulze::winning_votes(&matrix),
            condorcet_winner: matrix.winner(),
            stability: stability.map(|others| Stability::from_others(leaders, others)),
            w: self.w.map(|w| w as f64 / BILLION),
            spread: self.places.iter().map(spread).collect(),
            borda,
            matrix,
        })
    }

    /// Whether the parts fit together.
    pub fn is_sound(&self) -> bool {
        self.matrix().is_some()
    }

    fn matrix(&self) -> Option<HeadToHead> {
        self.fits()
            .then(|| HeadToHead::from_lines(&self.above, self.counted))
            .flatten()
    }

    fn fits(&self) -> bool {
        let all = self.above.len();
        let there = |one: &usize| *one < all;
        let within = |places: &[u64; 5]| places.is_sorted() && places[4] <= 2 * all as u64;
        let total = self.counted.saturating_add(self.blank);
        all <= MAX_CANDIDATES
            && total <= MAX_BALLOTS
            && self.partial <= self.counted
            && self.w.is_none_or(|w| w <= 1_000_000_000)
            && (self.places.len() == all || (self.counted == 0 && self.places.is_empty()))
            && self.places.iter().all(within)
            && self.others.iter().flatten().flatten().all(there)
    }
}

/// From 0 to 1, so it is in range.
#[expect(clippy::cast_sign_loss, reason = "W is never below 0")]
fn billionths(w: f64) -> u64 {
    (w.clamp(0.0, 1.0) * BILLION).round() as u64
}

fn doubled(spread: &Spread) -> [u64; 5] {
    let Spread {
        best,
        quarter,
        middle,
        three_quarters,
        worst,
    } = *spread;
    [best, quarter, middle, three_quarters, worst].map(Half::doubled)
}

fn spread(doubled: &[u64; 5]) -> Spread {
    let [best, quarter, middle, three_quarters, worst] = doubled.map(Half::from_doubled);
    Spread {
        best,
        quarter,
        middle,
        three_quarters,
        worst,
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;
    use crate::tally::{Ballot, Profile, Tally};

    fn tally() -> Tally {
        let names = ["A", "B", "C"].map(str::to_owned).to_vec();
        let ballots = vec![
            Ballot::times(3, vec![vec![0], vec![1]]),
            Ballot::new(vec![vec![1, 2]]),
            Ballot::new(vec![vec![2], vec![0]]),
            Ballot::new(Vec::new()),
        ];
        Tally::count(&Profile::new(names, ballots).unwrap_or_default())
    }

    #[test]
    fn a_tally_is_the_same_when_it_was_taken_apart() {
        let tally = tally();
        let again = Parts::of(&tally).tally();
        let same = |one: &Tally| Tally {
            w: None,
            ..one.clone()
        };
        assert_eq!(again.as_ref().map(same), Some(same(&tally)));
        let w = |one: &Tally| one.w.map(|w| format!("{w:.6}"));
        assert_eq!(again.as_ref().and_then(w), w(&tally));
        assert_eq!(again.as_ref().map(Parts::of), Some(Parts::of(&tally)));
    }

    #[test]
    fn parts_that_do_not_fit_together_make_no_tally() {
        let good = Parts::of(&tally());
        let broken: [fn(&mut Parts); 6] = [
            |one| one.above[0].truncate(2),
            |one| one.above[0][1] = 99,
            |one| one.above[1][1] = 1,
            |one| one.places[0] = [9; 5],
            |one| one.others = Some(vec![vec![3]]),
            |one| one.partial = one.counted + 1,
        ];
        for spoil in broken {
            let mut parts = good.clone();
            spoil(&mut parts);
            assert_eq!(parts.tally(), None, "{parts:?}");
        }
    }
}
