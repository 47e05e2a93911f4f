//! Where the ballots place each candidate. Points and W cannot tell scattered views from two
//! opposed camps; best, worst and the middle half of places can.

use super::{Half, Profile};

/// The places that ballots give one candidate; halves are the middle places of ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The best place on any ballot.
    pub best: Half,
    /// A quarter of the ballots place it here or better.
    pub quarter: Half,
    /// Half of the ballots place it here or better.
    pub middle: Half,
    /// Three quarters of the ballots place it here or better.
    pub three_quarters: Half,
    /// The worst place on any ballot.
    pub worst: Half,
}

impl Spread {
    /// One for each candidate; none when no ballot counts.
    pub fn of(profile: &Profile) -> Vec<Self> {
        let (ballots, candidates) = (profile.counted(), profile.candidates());
        if ballots == 0 {
            return Vec::new();
        }
        let width = 2 * candidates + 1;
        let mut tallies = vec![0; candidates * width];
        let mut ranks = vec![0; candidates];
        for ballot in profile.filled() {
            ballot.doubled_ranks(&mut ranks);
            for (row, &rank) in tallies.chunks_mut(width).zip(&ranks) {
                row[rank as usize] += ballot.count;
            }
        }
        tallies
            .chunks(width)
            .map(|row| Self::from_tally(row, ballots))
            .collect()
    }

    /// From how many ballots gave each doubled place.
    fn from_tally(tally: &[u64], ballots: u64) -> Self {
        let quarters = |q: u64| {
            let mut so_far = 0;
            let reached = tally.iter().position(|&count| {
                so_far += count;
                so_far > 0 && so_far * 4 >= ballots * q
            });
            Half::from_doubled(reached.unwrap_or_default() as u64)
        };
        Self {
            best: quarters(0),
            quarter: quarters(1),
            middle: quarters(2),
            three_quarters: quarters(3),
            worst: quarters(4),
        }
    }
}
