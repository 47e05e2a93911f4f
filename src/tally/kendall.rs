//! Agreement. Kendall's W says how far all ballots of one round agree, corrected for ties; tau-b
//! compares two orders, such as those of two rounds or two scenarios. A W near 0 means scattered
//! views or two opposed camps alike: show the spread beside it.

use std::fmt;

use super::{Order, Profile, Scored};

/// With fewer ballots W says little, so no word is given.
pub const FEWEST_BALLOTS: u64 = 5;

/// With fewer candidates W says little, so no word is given.
pub const FEWEST_CANDIDATES: usize = 3;

/// Kendall's W, from 0 (no agreement) to 1 (all ballots alike), corrected for ties.
///
/// W = 12 S / (m²(n³ - n) - m Σ(t³ - t)), over m ballots, n candidates and tie groups of t; S is
/// the sum of squared distances of rank sums from their mean. Nothing when every ballot ties
/// everything. Whole numbers until the last division, which the limits of a profile keep within
/// 128 bits.
pub fn w(profile: &Profile, tournament: &Scored) -> Option<f64> {
    let (m, n) = (i128::from(profile.counted()), profile.candidates());
    let mean = m * (n as i128 - 1);
    let square = |doubled: u64| (i128::from(doubled) - mean).pow(2);
    let four_s: i128 = tournament
        .points
        .iter()
        .map(|points| square(points.doubled()))
        .sum();
    let below = m * m * cubed_less(n) - m * ties(profile);
    (below > 0).then(|| ratio(3 * four_s, below))
}

fn ties(profile: &Profile) -> i128 {
    let n = profile.candidates();
    let of_ballot = |ballot: &super::Ballot| ballot.group_sizes(n).map(cubed_less).sum::<i128>();
    profile
        .filled()
        .map(|ballot| i128::from(ballot.count) * of_ballot(ballot))
        .sum()
}

fn cubed_less(size: usize) -> i128 {
    let size = size as i128;
    size * size * size - size
}

/// Shortened first, so that ten times the same ballots give the same number to the last digit.
fn ratio(above: i128, below: i128) -> f64 {
    let (mut a, mut b) = (above, below);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (above / a) as f64 / (below / a) as f64
}

/// How far ballots agree, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// W below 0.3.
    Little,
    /// W from 0.3.
    Some,
    /// W from 0.5.
    Moderate,
    /// W from 0.7.
    Strong,
}

impl Agreement {
    /// The word for W; nothing from fewer than five ballots or three candidates.
    pub fn of(w: f64, ballots: u64, candidates: usize) -> Option<Self> {
        let enough = ballots >= FEWEST_BALLOTS && candidates >= FEWEST_CANDIDATES;
        enough.then_some(match w {
            w if w < 0.3 => Self::Little,
            w if w < 0.5 => Self::Some,
            w if w < 0.7 => Self::Moderate,
            _ => Self::Strong,
        })
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Little => "little",
            Self::Some => "some",
            Self::Moderate => "moderate",
            Self::Strong => "strong",
        })
    }
}

/// Kendall's tau-b between two orders, from -1 (reversed) to 1 (the same), over the candidates that
/// both hold. Nothing when one of them ties all of these.
pub fn tau_b(first: &Order, second: &Order) -> Option<f64> {
    let places = shared_places(first, second);
    let (mut same_way, mut pairs_first, mut pairs_second) = (0_i64, 0_i64, 0_i64);
    for (number, &(a1, a2)) in places.iter().enumerate() {
        for &(b1, b2) in places.iter().skip(number + 1) {
            let (one, two) = (a1.cmp(&b1) as i64, a2.cmp(&b2) as i64);
            same_way += one * two;
            pairs_first += one.abs();
            pairs_second += two.abs();
        }
    }
    let both = pairs_first as f64 * pairs_second as f64;
    (both > 0.0).then(|| same_way as f64 / both.sqrt())
}

/// The group numbers in both orders of every candidate that stands in both.
fn shared_places(first: &Order, second: &Order) -> Vec<(usize, usize)> {
    let numbers = |order: &Order| -> std::collections::BTreeMap<usize, usize> {
        let groups = order.groups().iter().enumerate();
        groups
            .flat_map(|(number, group)| group.iter().map(move |&c| (c, number)))
            .collect()
    };
    let second = numbers(second);
    numbers(first)
        .into_iter()
        .filter_map(|(c, one)| Some((one, *second.get(&c)?)))
        .collect()
}
