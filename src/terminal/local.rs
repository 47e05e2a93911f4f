//! The terminal in front of us: taken over, given back, and listened to.
//!
//! Owns the tty and nothing that is shown on it. Promises: however the program ends (quit, error,
//! panic, SIGTERM, SIGHUP, SIGINT) the terminal is given back, once; a stopped and continued program
//! takes it over again; waiting costs nothing, for input and signals block in threads of their own
//! and come as [`Input`] through one channel; a frame is one write.
//!
//! A panic gives the terminal back only in the thread that took it over. Elsewhere it may be
//! caught, so its message is kept until the terminal is given back.
//!
//! Start at [`Local::enter`] and [`listen`].

#[cfg(unix)]
#[path = "local/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "local/windows.rs"]
mod system;

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};

use ratatui::crossterm::event::Event;
use ratatui::crossterm::terminal;
use ratatui::layout::Size;

pub use self::system::listen;
use super::manners::{ENTER, ENTER_WITH_MOUSE, LEAVE, LEAVE_WITH_MOUSE, MOUSE, NO_MOUSE};

/// What comes from the terminal and from the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Bytes, for the [`Decoder`](super::Decoder). Unix only.
    Bytes(Vec<u8>),
    /// An event that the system decoded. Windows only.
    Event(Event),
    /// The terminal has this size now.
    Resize(Size),
    /// Somebody outside asks us to stop for now: call [`Local::suspend`].
    Suspend,
    /// We were stopped and go on: call [`Local::resume`], then [`Wire::forget`](super::Wire::forget).
    /// The terminal has this size now; nobody tells a stopped program that it changed.
    Resume(Size),
    /// Somebody outside asks us to end.
    Quit,
    /// The terminal is gone.
    Closed,
}

/// The terminal, taken over. Dropping it gives it back.
#[derive(Debug)]
pub struct Local {
    screen: system::Screen,
    mouse: bool,
    /// What the terminal is still to be told before anything else.
    ahead: &'static [u8],
}

/// What is needed to give the terminal back.
struct Taken {
    screen: system::Screen,
    by: ThreadId,
    mouse: bool,
    /// Whether it was told so; else there is nothing to take back.
    told: bool,
}

static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);
static REMARKS: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl Local {
    /// Takes the terminal over: raw mode at once; with the first frame, in the same write, alternate
    /// screen, bracketed paste, and the mouse if asked for. The cursor is left to the wire.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        leave_on_panic();
        let mut local = Self {
            screen: system::screen()?,
            mouse,
            ahead: b"",
        };
        local.take()?;
        Ok(local)
    }

    /// Sends a frame, in one write as far as the system allows.
    pub fn send(&mut self, frame: &[u8]) -> io::Result<()> {
        let ahead = std::mem::take(&mut self.ahead);
        if ahead.is_empty() {
            return write_all(&mut self.screen, frame, system::make_blocking);
        }
        if let Some(taken) = taken().as_mut() {
            taken.told = true;
        }
        write_all(
            &mut self.screen,
            &[ahead, frame].concat(),
            system::make_blocking,
        )
    }

    /// Asks for mouse events, or no longer; they are given up with the terminal.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        if let Some(taken) = taken().as_mut() {
            taken.mouse = on;
        }
        if self.ahead.is_empty() {
            return self.send(if on { MOUSE } else { NO_MOUSE });
        }
        self.ahead = if on { ENTER_WITH_MOUSE } else { ENTER };
        Ok(())
    }

    /// Gives the terminal back and stops the program, as Ctrl-Z does elsewhere. Returns when it
    /// goes on; [`Input::Resume`] then tells when to take the terminal again. Does nothing on Windows.
    pub fn suspend(&mut self) -> io::Result<()> {
        system::suspend(leave)
    }

    /// Takes the terminal over again, whatever became of it while we were stopped.
    pub fn resume(&mut self) -> io::Result<()> {
        if taken().take().is_some() {
            // Nobody restored it, but a shell may have changed it: set it from scratch.
            terminal::disable_raw_mode()?;
        }
        self.take()
    }

    /// Gives the terminal back; once more does nothing.
    pub fn leave(self) {
        drop(self);
    }

    fn take(&mut self) -> io::Result<()> {
        let screen = system::screen()?;
        terminal::enable_raw_mode()?;
        let by = thread::current().id();
        *taken() = Some(Taken {
            screen,
            by,
            mouse: self.mouse,
            told: false,
        });
        self.ahead = if self.mouse { ENTER_WITH_MOUSE } else { ENTER };
        Ok(())
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        leave();
    }
}

/// The size of the terminal, kept within reason; 80×24 where it does not tell.
pub fn size() -> Size {
    let told = terminal::size().unwrap_or_default();
    reasonable(told)
}

fn reasonable((columns, rows): (u16, u16)) -> Size {
    const USUAL: Size = Size::new(80, 24);
    const LARGEST: Size = Size::new(500, 200);
    let or = |told: u16, usual, largest: u16| if told == 0 { usual } else { told.min(largest) };
    Size::new(
        or(columns, USUAL.width, LARGEST.width),
        or(rows, USUAL.height, LARGEST.height),
    )
}

/// Gives the terminal back, if it is taken. Errors have nobody left to tell.
fn leave() {
    let Some(mut taken) = taken().take() else {
        return;
    };
    if taken.told {
        let bytes = if taken.mouse { LEAVE_WITH_MOUSE } else { LEAVE };
        let _ = write_all(&mut taken.screen, bytes, system::make_blocking);
    }
    let _ = terminal::disable_raw_mode();
    for remark in remarks().drain(..) {
        let _ = writeln!(io::stderr(), "{remark}");
    }
}

fn taken() -> MutexGuard<'static, Option<Taken>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn remarks() -> MutexGuard<'static, Vec<String>> {
    REMARKS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn leave_on_panic() {
    const MANY: usize = 100;
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let by = taken().as_ref().map(|taken| taken.by);
            if by.is_some_and(|by| by != thread::current().id()) {
                let mut remarks = remarks();
                if remarks.len() < MANY {
                    remarks.push(panic.to_string());
                }
                return;
            }
            leave();
            usual(panic);
        }));
    });
}

/// Writes everything. The tty may have been made non-blocking by another program that shares it;
/// `make_blocking` has the next write wait.
fn write_all<S: Write>(
    screen: &mut S,
    mut bytes: &[u8],
    make_blocking: impl Fn(&S) -> io::Result<()>,
) -> io::Result<()> {
    while !bytes.is_empty() {
        match screen.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => make_blocking(screen)?,
            Err(error) => return Err(error),
        }
    }
    screen.flush()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Takes little at a time, and sometimes nothing.
    #[derive(Default)]
    struct Reluctant {
        got: Vec<u8>,
        calls: usize,
        ends_at: Option<usize>,
    }

    impl Write for Reluctant {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.calls += 1;
            match self.calls % 3 {
                0 => Err(io::ErrorKind::WouldBlock.into()),
                1 => Err(io::ErrorKind::Interrupted.into()),
                _ if self.ends_at.is_some_and(|end| self.got.len() >= end) => {
                    Err(io::ErrorKind::BrokenPipe.into())
                }
                _ => {
                    let some = bytes.len().min(3);
                    self.got.extend_from_slice(&bytes[..some]);
                    Ok(some)
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_arrives_whole_even_if_the_terminal_is_reluctant() {
        let mut screen = Reluctant::default();
        let asked = Cell::new(0);
        let make_blocking = |_: &Reluctant| {
            asked.set(asked.get() + 1);
            Ok(())
        };
        assert!(write_all(&mut screen, b"a frame of some bytes", make_blocking).is_ok());
        assert_eq!(screen.got, b"a frame of some bytes");
        assert_eq!(asked.get(), screen.calls / 3);
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error_and_not_a_loop() {
        let mut screen = Reluctant {
            ends_at: Some(6),
            ..Reluctant::default()
        };
        let sent = write_all(&mut screen, b"a frame of some bytes", |_| Ok(()));
        let error = sent.map_err(|error| error.kind());
        assert_eq!(error, Err(io::ErrorKind::BrokenPipe));
    }

    #[test]
    fn sizes_are_kept_within_reason() {
        assert_eq!(reasonable((0, 0)), Size::new(80, 24));
        assert_eq!(reasonable((1, 1)), Size::new(1, 1));
        assert_eq!(reasonable((u16::MAX, 40)), Size::new(500, 40));
    }

    #[test]
    fn leaving_what_was_never_taken_does_nothing() {
        leave();
        leave();
    }
}
