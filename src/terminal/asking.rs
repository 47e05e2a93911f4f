//! What a terminal is asked, and which of its answers are still to come.
//!
//! Owns the questions and their order. Knows no clock and no link: the caller sends what
//! [`Asking::say`] gives with the next frame, and passes on every answer. Promises: nothing is asked
//! twice; a device control string, which some terminals would print, is sent only to one whose
//! class (DA1) shows that it reads them; a pen that a question changes is plain after it, and the
//! caller is told.
//!
//! ```text
//!   mode 2026? class? ─────► answers              before the first repaint of a whole screen
//!   class? ─► 61 or more ─► RGB? ground? class?   once a theme shows colours of its own
//!          └► less: never asked, the guess stays
//! ```
//!
//! Whoever leaves while answers are awaited waits for them ([`Asking::awaited`]), or they would
//! be typed into the shell. Every terminal tells its class, so that this is the end of the answers.

use std::time::{Duration, Instant};

use super::decode::Report;

/// Whether the terminal paints a frame at once (mode 2026), and its class.
const SYNC: &[u8] = b"\x1b[?2026$p\x1b[c";
/// Its class.
const CLASS: &[u8] = b"\x1b[c";
/// Whether it says that it knows 24 bits; then, which outweighs that, the ground of a pen whose
/// ground was set to one that no palette has ([`PROBE`]). Some answer only the one, some only the
/// other. Then its class again.
const COLORS: &[u8] = b"\x1bP+q524742\x1b\\\x1b[48;2;96;136;216m\x1bP$qm\x1b\\\x1b[m\x1b[c";

/// The ground that is set to see what becomes of it. Far from the sixteen named colours, so that
/// a terminal of 256 takes another one for it.
pub(super) const PROBE: [u16; 3] = [96, 136, 216];

/// The first class whose terminals read device control strings to their end. Those below it are
/// the VT100 and VT102, as which the Linux console, `PuTTY` and Apple's terminal present themselves.
const READS_STRINGS: u16 = 61;

/// How long an answer is awaited. Longer than a far terminal and a frame before it need.
const PATIENCE: Duration = Duration::from_secs(2);

/// How far a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Question {
    #[default]
    Unasked,
    Wanted,
    Asked,
}

/// The questions to one terminal.
#[derive(Debug, Default)]
pub struct Asking {
    sync: Question,
    colors: Question,
    class: Option<u16>,
    /// Classes that are still to come.
    awaits: usize,
    /// When the last question went out.
    since: Option<Instant>,
    silent: bool,
}

impl Asking {
    /// Asks whether a frame can be shown at once, unless that was asked before.
    pub fn want_sync(&mut self) {
        want(&mut self.sync);
    }

    /// Asks how many colours there are, unless that was asked before.
    pub fn want_colors(&mut self) {
        want(&mut self.colors);
    }

    /// Asks nothing any more.
    pub fn be_silent(&mut self) {
        self.silent = true;
    }

    /// Takes an answer in; whether there is something to say now.
    pub fn hear(&mut self, report: Report) -> bool {
        if let Report::Class(class) = report {
            self.awaits = self.awaits.saturating_sub(1);
            self.class.get_or_insert(class);
        }
        !self.due().is_empty()
    }

    /// Appends what is to be asked now, which goes before the next frame; whether it leaves the
    /// terminal's pen plain, however it was.
    pub fn say(&mut self, now: Instant, out: &mut Vec<u8>) -> bool {
        let due = self.due();
        for (question, bytes) in [(&mut self.sync, SYNC), (&mut self.colors, COLORS)] {
            if due.contains(&bytes) {
                *question = Question::Asked;
            }
        }
        if !due.is_empty() {
            self.awaits += due.len();
            self.since = Some(now);
        }
        out.extend(due.concat());
        due.contains(&COLORS)
    }

    /// Until when answers are awaited; none if all have come, or would have.
    pub fn awaited(&self, now: Instant) -> Option<Instant> {
        let until = self.since? + PATIENCE;
        (self.awaits > 0 && now < until).then_some(until)
    }

    fn due(&self) -> Vec<&'static [u8]> {
        if self.silent {
            return Vec::new();
        }
        let sync = (self.sync == Question::Wanted).then_some(SYNC);
        let colors = match self.class {
            _ if self.colors != Question::Wanted => None,
            Some(class) => (class >= READS_STRINGS).then_some(COLORS),
            None if sync.is_some() || self.awaits > 0 => None,
            None => Some(CLASS),
        };
        sync.into_iter().chain(colors).collect()
    }
}

fn want(question: &mut Question) {
    if *question == Question::Unasked {
        *question = Question::Wanted;
    }
}
