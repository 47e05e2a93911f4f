//! The program on the local terminal: the loop between keys, state and bytes.
//!
//! Owns the order of things: every message that waits is handled, then the screen is
//! drawn once, and only what changed is sent. Between messages it sleeps; nothing wakes
//! it but input, a signal, a change of the room, or a time that the update asked for. Knows
//! what an [`Effect`] means here. Start at [`run`].

#[cfg(unix)]
pub mod pipe;

use std::io::IsTerminal;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use anyhow::{Context, bail};

use crate::app::{Effect, Msg, Seat};
use crate::live::{Hall, Viewer};
use crate::room::{Role, Room, SeatId};
use crate::store::MapFile;
use crate::terminal::{Abilities, Decoded, Input, Local, local};
use crate::ui::Theme;

/// What the loop waits for.
enum Event {
    /// The terminal or the system said something.
    Input(Input),
    /// The room changed.
    Room,
    /// The program that holds the session sent this, or is gone.
    #[cfg(unix)]
    Frame(Option<crate::live::frames::Frame>),
}

impl From<Input> for Event {
    fn from(input: Input) -> Self {
        Self::Input(input)
    }
}

/// Columns and rows of the local terminal.
pub fn size() -> anyhow::Result<(u16, u16)> {
    if !std::io::stdout().is_terminal() {
        bail!("this is no terminal; try `pim show ADDRESS`");
    }
    let size = local::size();
    Ok((size.width, size.height))
}

/// Runs a seat on the local terminal until it quits.
///
/// What is taught to Find is kept in the first of the `files`, changes of the operation in the
/// other; `session` is the one that is asked for, if any is.
///
/// # Panics
///
/// Only where a test asks for it, in builds with debug assertions.
pub fn run(
    room: Room,
    seat: Seat,
    themes: &[Theme],
    files: (&Path, Option<MapFile>),
    session: Option<&str>,
) -> anyhow::Result<()> {
    let (sender, inbox) = channel();
    let local = Local::enter(seat.look.mouse).context("cannot take over the terminal")?;
    local::listen(sender.clone()).context("cannot listen to the terminal")?;
    #[cfg(unix)]
    if let Some(stream) = crate::live::socket::reach(session) {
        let hello = crate::live::frames::Hello {
            at: Some(seat.address().to_string()),
            ..pipe::hello(&seat.look, None, None)
        };
        return pipe::elsewhere(local, stream, &hello, (sender, &inbox));
    }
    let abilities = Abilities::guess(|name| std::env::var(name).ok());
    let mut viewer = Viewer::new(room.clone(), seat, themes.into(), abilities);
    if cfg!(windows) {
        // Input comes decoded there, answers as keys.
        viewer.asks_no_more();
    }
    let bell = Box::new(move || drop(sender.send(Event::Room)));
    let hall = Hall::start(room, session, files, bell);
    let mut running = Running {
        id: hall.new_seat(),
        hall,
        viewer,
        local,
        warm: false,
        course: Course::On,
    };
    running.begin();
    paint(&mut running.local, &mut running.viewer)?;
    assert!(
        !asked_to_panic(),
        "asked to panic, to see that the terminal is given back"
    );
    while !running.course.is_over() {
        running.wait(&inbox)?;
    }
    running.end(&inbox)
}

/// Whether a test wants to see what a panic leaves behind; never in a release.
fn asked_to_panic() -> bool {
    cfg!(debug_assertions) && std::env::var_os("PIM_TEST_PANIC").is_some()
}

/// Draws the newest state and sends what differs from what was last sent.
fn paint(local: &mut Local, viewer: &mut Viewer) -> anyhow::Result<()> {
    let bytes = viewer.frame();
    if !bytes.is_empty() {
        local.send(&bytes).context("the terminal went away")?;
    }
    Ok(())
}

/// A seat at work on the local terminal.
struct Running {
    id: SeatId,
    hall: Hall,
    viewer: Viewer,
    local: Local,
    /// Whether the indexes are being made; not before somebody looks for something.
    warm: bool,
    course: Course,
}

/// How it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    On,
    /// The terminal is left to the shell for a while.
    Stop,
    /// The seat is left.
    Leave,
    /// There is no terminal any more.
    Gone,
}

impl Course {
    fn is_over(self) -> bool {
        matches!(self, Self::Leave | Self::Gone)
    }
}

impl Running {
    /// Sleeps until something happens, handles all that waits, and paints once.
    fn wait(&mut self, inbox: &Receiver<Event>) -> anyhow::Result<()> {
        match next(inbox, self.viewer.due()) {
            Ok(event) => self.take(event, inbox)?,
            Err(RecvTimeoutError::Timeout) => {
                let effects = self.viewer.woke();
                self.perform_all(effects);
            }
            Err(RecvTimeoutError::Disconnected) => self.course = Course::Gone,
        }
        while let Ok(event) = inbox.try_recv() {
            self.take(event, inbox)?;
        }
        if self.viewer.is_due() && !self.course.is_over() {
            paint(&mut self.local, &mut self.viewer)?;
            self.warm_up();
        }
        Ok(())
    }

    fn take(&mut self, event: Event, inbox: &Receiver<Event>) -> anyhow::Result<()> {
        self.event(event)?;
        if self.course == Course::Stop {
            self.course = Course::On;
            self.hear_out(inbox)?;
            self.local.suspend()?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Input(input) => self.input(input),
            #[cfg(unix)]
            Event::Frame(_) => Ok(()),
            Event::Room => {
                self.viewer.sees(&self.hall.room());
                Ok(())
            }
        }
    }

    fn input(&mut self, input: Input) -> anyhow::Result<()> {
        match input {
            Input::Bytes(bytes) => {
                let said = self.viewer.feed(&bytes);
                self.hear(said);
            }
            Input::Event(event) => {
                let said = self.viewer.decoded(vec![Decoded::Event(event)]);
                self.hear(said);
            }
            Input::Resize(size) => {
                let effects = self.viewer.resized(size.width, size.height);
                self.perform_all(effects);
            }
            Input::Suspend => self.course = Course::Stop,
            Input::Resume(size) => {
                self.local.resume()?;
                let effects = self.viewer.resized(size.width, size.height);
                self.viewer.forget();
                self.perform_all(effects);
            }
            Input::Quit => self.course = Course::Leave,
            Input::Closed => self.course = Course::Gone,
        }
        Ok(())
    }

    /// Opens the session. What it says belongs to the first screen, which is painted after this:
    /// painted before, half of it would be sent twice.
    fn begin(&mut self) {
        let news = self.hall.begin(self.id, Role::Facilitator);
        self.viewer.sees(&self.hall.room());
        self.hear(news);
    }

    fn hear(&mut self, news: Vec<Msg>) {
        for msg in news {
            let effects = self.viewer.handle(msg);
            self.perform_all(effects);
        }
    }

    fn perform_all(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Err(error) = self.perform(effect) {
                self.hear(vec![Msg::Refused(format!("{error:#}").into())]);
            }
        }
    }

    fn perform(&mut self, effect: Effect) -> anyhow::Result<()> {
        match effect {
            Effect::Quit => self.course = Course::Leave,
            Effect::Mouse(on) => self.local.set_mouse(on)?,
            Effect::Suspend => self.course = Course::Stop,
            for_the_host => {
                let news = self.hall.ask(self.id, Role::Facilitator, for_the_host);
                self.viewer.sees(&self.hall.room());
                self.hear(news);
            }
        }
        Ok(())
    }

    /// Waits for answers of the terminal that are on their way: they would be typed into the shell.
    /// What is typed meanwhile was meant for nobody.
    fn hear_out(&mut self, inbox: &Receiver<Event>) -> anyhow::Result<()> {
        while let Some(until) = self.viewer.awaits().filter(|_| self.course != Course::Gone) {
            match next(inbox, Some(until)) {
                Ok(Event::Input(Input::Bytes(bytes))) => drop(self.viewer.feed(&bytes)),
                Ok(event) => self.event(event)?,
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Makes the indexes while the first letters are typed.
    fn warm_up(&mut self) {
        if !self.warm && self.viewer.seat.searches() {
            self.warm = true;
            let room = self.viewer.room.clone();
            std::thread::spawn(move || room.warm());
        }
    }

    /// Closes the session; what it says is said once the terminal is given back.
    fn end(mut self, inbox: &Receiver<Event>) -> anyhow::Result<()> {
        let said = self.hall.close(self.id);
        let heard = self.hear_out(inbox);
        self.local.leave();
        heard?;
        match said.into_iter().next() {
            Some(Msg::Refused(why)) => bail!("{why}"),
            _ => Ok(()),
        }
    }
}

fn next(inbox: &Receiver<Event>, due: Option<Instant>) -> Result<Event, RecvTimeoutError> {
    match due {
        Some(at) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
        None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
    }
}
