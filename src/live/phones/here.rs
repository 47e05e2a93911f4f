//! How many phones are here: those that asked for a page lately.
//!
//! Owns when each was last heard of, in memory only and by a key that says nothing of anybody. A
//! phone that sleeps in a pocket counts for a while, and comes back by asking again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::exercise::BallotKey;

/// How long a phone counts that was not heard of.
pub(super) const LATELY: Duration = Duration::from_secs(10 * 60);

/// The phones that are here.
#[derive(Default)]
pub(super) struct Here(Mutex<HashMap<BallotKey, Instant>>);

impl Here {
    /// A phone was heard of, or time has passed; how many are here, where that is another number
    /// than before.
    pub(super) fn heard(&self, key: Option<BallotKey>, now: Instant) -> Option<u32> {
        let mut phones = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = phones.len();
        phones.retain(|_, heard| now.saturating_duration_since(*heard) < LATELY);
        if let Some(key) = key {
            phones.insert(key, now);
        }
        (phones.len() != before).then(|| u32::try_from(phones.len()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{Here, LATELY};
    use crate::exercise::BallotKey::Seat;

    #[test]
    fn a_phone_counts_once_and_until_it_is_silent_for_long() {
        let (here, start) = (Here::default(), Instant::now());
        let later = start + LATELY / 2;
        assert_eq!(here.heard(Some(Seat(1)), start), Some(1));
        assert_eq!(here.heard(Some(Seat(1)), start), None);
        assert_eq!(here.heard(Some(Seat(2)), later), Some(2));
        assert_eq!(here.heard(None, start + LATELY), Some(1));
        assert_eq!(here.heard(None, later + LATELY), Some(0));
    }
}
