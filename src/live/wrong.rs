//! How many wrong codes were said of late, so that whoever leads the room hears of it.
//!
//! Owns a number for each of the last minutes, and nothing of who said them. What a wrong code
//! costs is counted in [`super::guesses`]. Knows no clock.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::room::live::{MISTYPED, WRONG_FOR};

/// Numbers are forgotten in steps of this.
const STEP: Duration = Duration::from_secs(60);
/// A flood of wrong codes is told of no more often; whoever was told counts again after it.
pub(super) const REST: Duration = Duration::from_secs(2);

/// Wrong codes of the last minutes.
#[derive(Debug, Default)]
pub(super) struct Wrong(Mutex<Count>);

#[derive(Debug, Default)]
struct Count {
    /// When a step began, and how many there were in it.
    steps: VecDeque<(Instant, u32)>,
    /// When it was last told of.
    told: Option<Instant>,
}

impl Wrong {
    /// One more; whether that is to be told: there are many, and it was not told just now.
    pub(super) fn one(&self, now: Instant) -> bool {
        let mut count = self.count(now);
        match count.steps.back_mut() {
            Some((began, number)) if now < *began + STEP => *number = number.saturating_add(1),
            _ => count.steps.push_back((now, 1)),
        }
        let rests = count.told.is_some_and(|told| now < told + REST);
        let tells = !rests && count.sum() > MISTYPED;
        if tells {
            count.told = Some(now);
        }
        tells
    }

    /// How many there were of late.
    pub(super) fn lately(&self, now: Instant) -> u32 {
        self.count(now).sum()
    }

    fn count(&self, now: Instant) -> MutexGuard<'_, Count> {
        let mut count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let old = |(began, _): &(Instant, u32)| now >= *began + WRONG_FOR;
        while count.steps.front().is_some_and(old) {
            count.steps.pop_front();
        }
        count
    }
}

impl Count {
    fn sum(&self) -> u32 {
        let numbers = self.steps.iter().map(|(_, number)| *number);
        numbers.fold(0, u32::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_codes_are_counted_for_ten_minutes_in_few_numbers() {
        let (wrong, start) = (Wrong::default(), Instant::now());
        let at = |second| start + Duration::from_secs(second);
        for second in 0..590 {
            wrong.one(at(second));
        }
        assert_eq!(wrong.lately(at(599)), 590);
        assert_eq!(
            wrong.lately(at(600)),
            530,
            "those of the first minute are forgotten"
        );
        assert!(wrong.count(at(600)).steps.len() <= 10);
        assert_eq!(wrong.lately(at(1200)), 0);
    }

    #[test]
    fn it_is_told_once_there_are_many_and_then_no_more_often_than_it_is_read() {
        let (wrong, start) = (Wrong::default(), Instant::now());
        for _ in 0..MISTYPED {
            assert!(!wrong.one(start));
        }
        assert!(wrong.one(start));
        for tenth in 0..20 {
            assert!(!wrong.one(start + Duration::from_millis(100 * tenth)));
        }
        assert!(wrong.one(start + REST));
    }
}
