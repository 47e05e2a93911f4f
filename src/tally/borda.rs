//! Borda: points for every candidate placed below. The tournament count is the result that we show;
//! the two others are what well-known tools compute, kept to show how far the convention for
//! unlisted candidates decides.

use super::{Half, HeadToHead, Profile, Scored};

/// One point for each candidate ranked below, half a point for each one level, on every ballot.
/// Every ballot gives away the same number of points, however many candidates it lists.
pub fn tournament(matrix: &HeadToHead) -> Scored {
    let doubled = |a| {
        matrix
            .others(a)
            .map(|b| 2 * matrix.above(a, b) + matrix.level(a, b))
            .sum()
    };
    Scored::new(
        (0..matrix.candidates())
            .map(|a| Half::from_doubled(doubled(a)))
            .collect(),
    )
}

/// Place p of n earns n - p + 1, the unlisted earn nothing (as Slido counts): favours those who
/// list few.
pub fn zero_unranked(profile: &Profile) -> Scored {
    let from = 2 * profile.candidates() + 2;
    by_listed(profile, |_| from)
}

/// A ballot that lists k gives k … 1, the unlisted earn nothing (modified Borda count): favours
/// those who list many.
pub fn modified(profile: &Profile) -> Scored {
    by_listed(profile, |listed| 2 * listed + 2)
}

/// Adds `from(listed)` less twice the middle place for every listed candidate.
fn by_listed(profile: &Profile, from: impl Fn(usize) -> usize) -> Scored {
    let mut doubled = vec![0; profile.candidates()];
    let mut ranks = vec![0; profile.candidates()];
    for ballot in profile.filled() {
        ballot.doubled_ranks(&mut ranks);
        let top = from(ballot.listed()) as u64;
        for &candidate in ballot.ranking.iter().flatten() {
            doubled[candidate] += ballot.count * (top - ranks[candidate]);
        }
    }
    Scored::new(doubled.into_iter().map(Half::from_doubled).collect())
}
