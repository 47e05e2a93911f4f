//! A plain countdown for an exercise.
//!
//! Owns how long it is, since when it runs and what is left. Knows no clock: whoever asks
//! brings the time, and the start is kept as a wall-clock time, so that a restart of the
//! program does not stop it. A clock that is set back never gives more time than there was.

use serde::{Deserialize, Serialize};

use super::text::LINE;
use super::{Key, Keys, Refusal, Time};

const MOST_SECONDS: u32 = 24 * 60 * 60;

/// The countdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timer {
    /// How long it is; 0 where none was set.
    pub seconds: u32,
    /// What it is for.
    pub label: String,
    /// Whether it runs.
    pub run: Run,
}

/// Whether a countdown runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// It has not begun.
    #[default]
    Ready,
    /// It runs.
    Running {
        /// Since when.
        since: Time,
        /// Milliseconds that were left then.
        left: i64,
    },
    /// It waits.
    Paused {
        /// Milliseconds that are left.
        left: i64,
    },
}

/// What a seat proposes about the countdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimerCommand {
    /// Set its length, and make it ready.
    Set {
        /// How long.
        seconds: u32,
        /// What for.
        label: String,
    },
    /// Let it run, from the beginning or from where it waits.
    Start,
    /// Let it wait.
    Pause,
    /// Put it back to its full length.
    Reset,
}

/// What happened to the countdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimerEvent {
    /// It was set.
    Set {
        /// How long.
        seconds: u32,
        /// What for.
        label: String,
    },
    /// It began to run.
    Started(Time),
    /// It began to wait.
    Paused(Time),
    /// It was put back.
    Reset,
}

impl Timer {
    /// Milliseconds that are left at a time; 0 once it is over, none where none is set.
    pub fn left(&self, now: Time) -> Option<i64> {
        let whole = i64::from(self.seconds) * 1000;
        if whole == 0 {
            return None;
        }
        Some(match self.run {
            Run::Ready => whole,
            Run::Paused { left } => left,
            Run::Running { since, left } => {
                let gone = now.0.saturating_sub(since.0).max(0);
                left.saturating_sub(gone).max(0)
            }
        })
    }

    /// Whether it runs and is not over.
    pub fn is_running(&self, now: Time) -> bool {
        matches!(self.run, Run::Running { .. }) && self.left(now).is_some_and(|left| left > 0)
    }

    pub(super) fn apply(&mut self, event: &TimerEvent) {
        match event {
            TimerEvent::Set { seconds, label } => {
                *self = Self {
                    seconds: *seconds,
                    label: label.clone(),
                    run: Run::Ready,
                };
            }
            TimerEvent::Started(at) => {
                let left = self.left(*at).unwrap_or_default();
                self.run = Run::Running { since: *at, left };
            }
            TimerEvent::Paused(at) => {
                let left = self.left(*at).unwrap_or_default();
                self.run = Run::Paused { left };
            }
            TimerEvent::Reset => self.run = Run::Ready,
        }
    }

    pub(super) fn decide(
        &self,
        command: TimerCommand,
        now: Time,
    ) -> Result<Vec<TimerEvent>, Refusal> {
        let running = matches!(self.run, Run::Running { .. });
        let event = match command {
            TimerCommand::Set { seconds, label } => Some(set(seconds, &label)?),
            _ if self.seconds == 0 => return Err(Refusal::TimerNotSet),
            TimerCommand::Start => (!running).then_some(TimerEvent::Started(now)),
            TimerCommand::Pause => running.then_some(TimerEvent::Paused(now)),
            TimerCommand::Reset => (self.run != Run::Ready).then_some(TimerEvent::Reset),
        };
        Ok(event.into_iter().collect())
    }
}

fn set(seconds: u32, label: &str) -> Result<TimerEvent, Refusal> {
    if !(1..=MOST_SECONDS).contains(&seconds) {
        return Err(Refusal::OutOfRange {
            what: "seconds",
            least: 1,
            most: MOST_SECONDS,
        });
    }
    Ok(TimerEvent::Set {
        seconds,
        label: LINE.named("label").entry(label)?,
    })
}

impl TimerEvent {
    pub(super) fn keys() -> Keys {
        Keys::exact([Key::Timer])
    }

    pub(super) fn erase(&mut self) {
        if let Self::Set { label, .. } = self {
            label.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(events: &[TimerEvent]) -> Timer {
        let mut timer = Timer::default();
        for event in events {
            timer.apply(event);
        }
        timer
    }

    fn set_to(seconds: u32) -> TimerEvent {
        TimerEvent::Set {
            seconds,
            label: String::new(),
        }
    }

    #[test]
    fn a_countdown_runs_waits_and_ends() {
        let timer = after(&[set_to(60), TimerEvent::Started(Time(1_000))]);
        assert_eq!(timer.left(Time(11_000)), Some(50_000));
        assert_eq!(timer.left(Time(99_000)), Some(0));
        let waits = after(&[
            set_to(60),
            TimerEvent::Started(Time(1_000)),
            TimerEvent::Paused(Time(31_000)),
        ]);
        assert_eq!(waits.left(Time(500_000)), Some(30_000));
    }

    #[test]
    fn a_clock_that_is_set_back_gives_no_time_away() {
        let timer = after(&[set_to(60), TimerEvent::Started(Time(100_000))]);
        assert_eq!(timer.left(Time(0)), Some(60_000));
    }

    #[test]
    fn there_is_nothing_to_start_before_a_length_is_set() {
        let refused = Timer::default().decide(TimerCommand::Start, Time(0));
        assert_eq!(refused, Err(Refusal::TimerNotSet));
    }
}
