//! How much the door takes at once, from everybody and from one address.
//!
//! Owns the counts. They are in memory for as long as a connection lives, and are written
//! nowhere. A room behind one address must fit into it: phones in a room often come through one
//! access point. A phone has a connection for its news, and one or two for a moment whenever it
//! asks for a page. Wrong codes are counted for all doors together, in [`crate::live::guesses`].

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::live::addresses::is_near;

/// Connections at once, unless somebody says otherwise.
pub const CONNECTIONS: usize = 900;
/// From here on an answer is the last one of its connection.
const CROWDED: usize = 600;
/// Connections at once from an address of the internet.
const OF_A_STRANGER: usize = 16;

/// Who is connected, by address.
pub(super) struct Limits {
    most: usize,
    here: Mutex<HashMap<IpAddr, usize>>,
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
        }
    }

    /// A place for a connection; none where there are enough of them.
    pub(super) fn enter(self: &Arc<Self>, ip: IpAddr) -> Option<Place> {
        let mut here = lock(&self.here);
        let most = if is_near(ip) {
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

    use super::{CONNECTIONS, Limits, OF_A_STRANGER};

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
}
