//! How much the door takes at once, from everybody and from one address.
//!
//! Owns the counts. They are in memory for as long as a connection lives, wrong codes for a
//! minute, and are written nowhere. A room behind one address must fit into it: phones in a room
//! often come through one access point. A phone has a connection for its news, and one or two for
//! a moment whenever it asks for a page.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::addresses::is_private;

/// Connections at once, unless somebody says otherwise.
pub const CONNECTIONS: usize = 900;
/// From here on an answer is the last one of its connection.
const CROWDED: usize = 600;
/// Connections at once from an address of the internet.
const OF_A_STRANGER: usize = 16;
/// Wrong codes in a minute from one address.
const WRONG: u32 = 30;
/// The same where all of the world comes through one address.
const WRONG_THROUGH_ONE: u32 = 120;
const MINUTE: Duration = Duration::from_secs(60);

/// Who is connected, by address.
pub(super) struct Limits {
    most: usize,
    here: Mutex<HashMap<IpAddr, usize>>,
    wrong: Mutex<Option<(Instant, HashMap<IpAddr, u32>)>>,
}

/// A place in the count, for as long as it is held.
pub(super) struct Place {
    limits: Arc<Limits>,
    ip: IpAddr,
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Limits {
    /// Nobody is here yet, and so many connections are taken at once.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            here: Mutex::default(),
            wrong: Mutex::default(),
        }
    }

    /// A place for a connection; none where there are enough of them.
    pub(super) fn enter(self: &Arc<Self>, ip: IpAddr) -> Option<Place> {
        let mut here = lock(&self.here);
        let most = if is_private(ip) {
            self.most
        } else {
            OF_A_STRANGER
        };
        let full = here.values().sum::<usize>() >= self.most;
        let of_one = here.entry(ip).or_default();
        if full || *of_one >= most {
            if *of_one == 0 {
                here.remove(&ip);
            }
            return None;
        }
        *of_one += 1;
        Some(Place {
            limits: Arc::clone(self),
            ip,
        })
    }

    /// Whether connections should not wait for a second request.
    pub(super) fn is_crowded(&self) -> bool {
        lock(&self.here).values().sum::<usize>() >= CROWDED
    }

    /// Counts a wrong code.
    pub(super) fn was_wrong(&self, ip: IpAddr, now: Instant) {
        let mut wrong = lock(&self.wrong);
        let (_, counts) = fresh(&mut wrong, now);
        *counts.entry(ip).or_default() += 1;
    }

    /// Whether an address said too many wrong codes to be heard now.
    pub(super) fn is_guessing(&self, ip: IpAddr, through_one: bool, now: Instant) -> bool {
        let mut wrong = lock(&self.wrong);
        let (_, counts) = fresh(&mut wrong, now);
        let most = if through_one {
            WRONG_THROUGH_ONE
        } else {
            WRONG
        };
        counts.get(&ip).is_some_and(|count| *count >= most)
    }
}

/// The counts of this minute.
fn fresh(
    wrong: &mut Option<(Instant, HashMap<IpAddr, u32>)>,
    now: Instant,
) -> &mut (Instant, HashMap<IpAddr, u32>) {
    let old = |(since, _): &(Instant, _)| now.duration_since(*since) >= MINUTE;
    if wrong.as_ref().is_some_and(old) {
        *wrong = None;
    }
    wrong.get_or_insert_with(|| (now, HashMap::new()))
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut here = lock(&self.limits.here);
        if let Some(count) = here.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                here.remove(&self.ip);
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use std::net::IpAddr;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::{CONNECTIONS, Limits, OF_A_STRANGER, WRONG};

    #[test]
    fn a_room_behind_one_address_comes_in_and_a_stranger_takes_no_more_than_a_few() {
        let limits = Arc::new(Limits::new(CONNECTIONS));
        let stranger: IpAddr = "203.0.113.9".parse().unwrap();
        let taken: Vec<_> = (0..40).filter_map(|_| limits.enter(stranger)).collect();
        assert_eq!(taken.len(), OF_A_STRANGER);
        drop(taken);
        let room: IpAddr = "192.168.1.7".parse().unwrap();
        let taken: Vec<_> = (0..1_000).filter_map(|_| limits.enter(room)).collect();
        assert_eq!(taken.len(), CONNECTIONS);
        assert!(limits.enter(stranger).is_none(), "the house is full");
        drop(taken);
        assert!(super::lock(&limits.here).is_empty(), "nobody is remembered");
    }

    #[test]
    fn whoever_guesses_waits_a_minute_and_others_do_not() {
        let limits = Limits::new(CONNECTIONS);
        let guesser: IpAddr = "192.168.1.7".parse().unwrap();
        let other: IpAddr = "192.168.1.8".parse().unwrap();
        let now = Instant::now();
        for _ in 0..WRONG {
            assert!(!limits.is_guessing(guesser, false, now));
            limits.was_wrong(guesser, now);
        }
        assert!(limits.is_guessing(guesser, false, now));
        assert!(!limits.is_guessing(guesser, true, now));
        assert!(!limits.is_guessing(other, false, now));
        assert!(!limits.is_guessing(guesser, false, now + Duration::from_secs(60)));
    }
}
