//! Which participants' seats were given out: one person, one seat.
//!
//! Owns the keys of the seats of this run of the program, and who sits in each of them now. So a
//! code that somebody comes back with is known also before anything was handed in with it, and
//! whoever comes back takes the seat over: the link that hangs is let go, and nobody is counted
//! twice. In memory only; a key says nothing of anybody.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::exercise::BallotKey;

/// Seats that are remembered; with more, those in which nobody sits are forgotten.
const MOST: usize = 4096;

/// The seats that were given out.
#[derive(Clone, Default)]
pub(super) struct Seats(Arc<Mutex<HashMap<BallotKey, Arc<Notify>>>>);

/// Somebody sits in a seat, for as long as it is held.
pub(super) struct Taken(Arc<Notify>);

impl Seats {
    /// Sits down; whoever sat there hears of it.
    pub(super) fn take(&self, key: BallotKey) -> Taken {
        let mut all = self.all();
        if all.len() >= MOST {
            all.retain(|_, sits| Arc::strong_count(sits) > 1);
        }
        let own = Arc::new(Notify::new());
        if let Some(before) = all.insert(key, Arc::clone(&own)) {
            before.notify_one();
        }
        Taken(own)
    }

    /// Whether a seat was given out.
    pub(super) fn knows(&self, key: BallotKey) -> bool {
        self.all().contains_key(&key)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<BallotKey, Arc<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// Waits until somebody else takes the seat.
    pub(super) async fn lost(&self) {
        self.0.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_comes_back_takes_the_seat_over_and_others_stay() {
        let (seats, key) = (Seats::default(), BallotKey::Seat(1));
        assert!(!seats.knows(key));
        let first = seats.take(key);
        let other = seats.take(BallotKey::Seat(2));
        let again = seats.take(key);
        first.lost().await;
        drop((first, again));
        assert!(seats.knows(key));
        let third = seats.take(key);
        let waits = std::pin::pin!(other.lost());
        assert!(futures_ready(waits).is_none() && seats.knows(key));
        drop(third);
    }

    fn futures_ready<F: Future>(future: std::pin::Pin<&mut F>) -> Option<F::Output> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match future.poll(&mut context) {
            std::task::Poll::Ready(out) => Some(out),
            std::task::Poll::Pending => None,
        }
    }

    #[test]
    fn no_more_seats_are_remembered_than_a_town_has() {
        let seats = Seats::default();
        let sits = seats.take(BallotKey::Seat(0));
        for key in 1..10_000 {
            seats.take(BallotKey::Seat(key));
        }
        assert!(seats.all().len() <= MOST);
        assert!(seats.knows(BallotKey::Seat(0)));
        drop(sits);
    }
}
