//! Which participants' seats were given out: one person, one seat.
//!
//! Owns the keys of the seats of this run of the program, who sits in each of them now, and the
//! language in which each was last spoken to. So a code that somebody comes back with is known also
//! before anything was handed in with it, and whoever comes back takes the seat over: the link that
//! hangs is let go, and nobody is counted twice. In memory only: a key says nothing of anybody, and
//! a language that few in the room speak would say something.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::exercise::BallotKey;
use crate::hints::Language;

/// Seats that are remembered; with more, those in which nobody sits are forgotten.
const MOST: usize = 4096;

/// The seats that were given out.
#[derive(Clone, Default)]
pub(super) struct Seats(Arc<Mutex<HashMap<BallotKey, Given>>>);

/// A seat that was given out.
#[derive(Default)]
struct Given {
    /// Told when somebody else sits down; held by whoever sits there.
    sits: Arc<Notify>,
    /// In which language it was last spoken to.
    language: Option<Language>,
}

/// Somebody sits in a seat, for as long as it is held.
pub(super) struct Taken(Arc<Notify>);

impl Seats {
    /// Sits down; whoever sat there hears of it.
    pub(super) fn take(&self, key: BallotKey) -> Taken {
        let mut all = self.all();
        if all.len() >= MOST {
            all.retain(|_, seat| Arc::strong_count(&seat.sits) > 1);
        }
        let seat = all.entry(key).or_default();
        seat.sits.notify_one();
        seat.sits = Arc::default();
        Taken(Arc::clone(&seat.sits))
    }

    /// A seat was spoken to in a language, and goes on in it when somebody comes back to it.
    pub(super) fn speaks(&self, key: BallotKey, language: Language) {
        if let Some(seat) = self.all().get_mut(&key) {
            seat.language = Some(language);
        }
    }

    /// In which language a seat was last spoken to.
    pub(super) fn language(&self, key: BallotKey) -> Option<Language> {
        self.all().get(&key)?.language
    }

    /// Whether a seat was given out.
    pub(super) fn knows(&self, key: BallotKey) -> bool {
        self.all().contains_key(&key)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<BallotKey, Given>> {
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

    #[test]
    fn a_seat_goes_on_in_the_language_in_which_it_was_left() {
        let (seats, key) = (Seats::default(), BallotKey::Seat(1));
        seats.speaks(key, Language::Fr);
        assert_eq!(seats.language(key), None, "nobody sat there");
        let first = seats.take(key);
        seats.speaks(key, Language::Fr);
        drop(first);
        let _again = seats.take(key);
        assert_eq!(seats.language(key), Some(Language::Fr));
        let _other = seats.take(BallotKey::Seat(2));
        assert_eq!(seats.language(BallotKey::Seat(2)), None);
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
