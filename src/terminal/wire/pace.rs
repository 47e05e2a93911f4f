//! When a frame may go, and which: never more often than agreed, and always the newest.
//!
//! Owns no clock and no buffer: the caller passes the time and what it draws. Frames in between are
//! dropped, not queued, which is harmless since the wire compares with what was last *sent*.
//! Start at [`Newest`].

use std::time::{Duration, Instant};

/// A cap on frames a second. The first frame after a rest goes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    gap: Duration,
    last: Option<Instant>,
}

impl Pace {
    /// No cap.
    pub const FREE: Self = Self::every(Duration::ZERO);
    /// Two frames a second, for links that are slow or dear.
    pub const SLOW: Self = Self::every(Duration::from_millis(500));

    /// At most one frame in so much time.
    pub const fn every(gap: Duration) -> Self {
        Self { gap, last: None }
    }

    /// Takes over another cap; when the last frame went stays known.
    pub fn limit(&mut self, cap: Self) {
        self.gap = cap.gap;
    }

    /// How long the next frame must still wait; zero where it may go now.
    pub fn wait(&self, now: Instant) -> Duration {
        let due = self.last.map_or(now, |last| last + self.gap);
        due.saturating_duration_since(now)
    }

    /// Notes that a frame was sent.
    pub fn sent(&mut self, now: Instant) {
        self.last = Some(now);
    }
}

/// A place for one frame: what is put there replaces what still waits.
#[derive(Debug)]
pub struct Newest<T> {
    waiting: Option<T>,
    pace: Pace,
}

impl<T> Newest<T> {
    /// Nothing waits.
    pub const fn new(pace: Pace) -> Self {
        Self {
            waiting: None,
            pace,
        }
    }

    /// Changes the cap, for frames from now on.
    pub fn set_pace(&mut self, pace: Pace) {
        self.pace.limit(pace);
    }

    /// Puts a frame; gives back the one it replaces, for reuse.
    pub fn put(&mut self, frame: T) -> Option<T> {
        self.waiting.replace(frame)
    }

    /// How long to sleep until a frame may go; none where nothing waits.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        self.waiting.as_ref().map(|_| self.pace.wait(now))
    }

    /// Takes the frame if it may go now. Call only where the reader has room for it.
    pub fn take(&mut self, now: Instant) -> Option<T> {
        if self.wait(now)? > Duration::ZERO {
            return None;
        }
        self.pace.sent(now);
        self.waiting.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_reader_gets_the_newest_frame_and_nothing_in_between() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut newest = Newest::new(Pace::SLOW);
        assert_eq!(newest.wait(start), None);
        newest.put(1);
        assert_eq!(newest.take(start), Some(1));
        for frame in 2..50 {
            newest.put(frame);
            assert_eq!(newest.take(at(10 * frame)), None);
        }
        assert_eq!(newest.wait(at(490)), Some(Duration::from_millis(10)));
        assert_eq!(newest.take(at(500)), Some(49));
        assert_eq!(newest.take(at(1000)), None);
    }

    #[test]
    fn the_first_frame_after_a_rest_goes_at_once() {
        let start = Instant::now();
        let mut newest = Newest::new(Pace::SLOW);
        newest.put('a');
        assert!(newest.take(start).is_some());
        newest.put('b');
        assert!(newest.take(start + Duration::from_secs(60)).is_some());
    }

    #[test]
    fn a_free_pace_never_waits() {
        let now = Instant::now();
        let mut newest = Newest::new(Pace::SLOW);
        newest.put(1);
        newest.take(now);
        newest.put(2);
        newest.set_pace(Pace::FREE);
        assert_eq!(
            (newest.wait(now), newest.take(now)),
            (Some(Duration::ZERO), Some(2))
        );
    }
}
