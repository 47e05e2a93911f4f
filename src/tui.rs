//! The program on the local terminal: the loop between keys, state and bytes.
//!
//! Owns the order of things: every message that waits is handled, then the screen is
//! drawn once, and only what changed is sent. Between messages it sleeps; nothing wakes
//! it but input, a signal, or a time that the update asked for. Knows what an
//! [`Effect`] means here. Start at [`run`].

mod events;
mod session;

use std::io::IsTerminal;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use anyhow::{Context, bail};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{Effect, Msg, Seat, update};
use crate::cli::taught;
use crate::room::Room;
use crate::search::Taught;
use crate::store::clock;
use crate::terminal::abilities::ASK_SYNC;
use crate::terminal::decode::ESCAPE_TIMEOUT;
use crate::terminal::{Abilities, Decoded, Decoder, Input, Local, Pace, Wire, clipboard, local};
use crate::ui::{self, Scene, Theme};

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
/// What is taught to Find is kept in the file `taught`; `session` is the one that is asked
/// for, if any is.
///
/// # Panics
///
/// Only where a test asks for it, in builds with debug assertions.
pub fn run(
    room: Room,
    seat: Seat,
    themes: &[Theme],
    taught: &Path,
    session: Option<&str>,
) -> anyhow::Result<()> {
    let (sender, inbox) = channel();
    let local = Local::enter(seat.look.mouse).context("cannot take over the terminal")?;
    let abilities = Abilities::guess(|name| std::env::var(name).ok());
    let mut running = Running {
        room,
        seat,
        themes,
        taught,
        session: session::Sitting::new(session),
        local,
        decoder: Decoder::default(),
        wire: Wire::new(abilities),
        pace: Pace::FREE,
        wake: None,
        escape: None,
        asked: false,
        warm: false,
        stale: true,
        over: false,
    };
    running.paint()?;
    local::listen(sender).context("cannot listen to the terminal")?;
    running.begin();
    assert!(
        !asked_to_panic(),
        "asked to panic, to see that the terminal is given back"
    );
    while !running.over {
        running.wait(&inbox)?;
    }
    let closed = running.session.close(&mut running.room);
    running.local.leave();
    closed
}

/// Whether a test wants to see what a panic leaves behind; never in a release.
fn asked_to_panic() -> bool {
    cfg!(debug_assertions) && std::env::var_os("PIM_TEST_PANIC").is_some()
}

/// A seat at work on the local terminal.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own")]
struct Running<'a> {
    room: Room,
    seat: Seat,
    themes: &'a [Theme],
    taught: &'a Path,
    session: session::Sitting,
    local: Local,
    decoder: Decoder,
    wire: Wire,
    pace: Pace,
    /// When the update wants to be woken.
    wake: Option<Instant>,
    /// When an Esc that may be the beginning of more counts as Esc.
    escape: Option<Instant>,
    /// Whether the terminal was asked if it can paint a frame at once.
    asked: bool,
    /// Whether the indexes are being made; not before somebody looks for something.
    warm: bool,
    /// Whether something changed since the last paint.
    stale: bool,
    over: bool,
}

impl Running<'_> {
    /// Sleeps until something happens, handles all that waits, and paints once.
    fn wait(&mut self, inbox: &Receiver<Input>) -> anyhow::Result<()> {
        match self.next(inbox) {
            Ok(input) => self.input(input)?,
            Err(RecvTimeoutError::Timeout) => self.timeout(),
            Err(RecvTimeoutError::Disconnected) => self.over = true,
        }
        while let Ok(input) = inbox.try_recv() {
            self.input(input)?;
        }
        if self.stale && !self.over && self.pace.wait(Instant::now()).is_zero() {
            self.paint()?;
        }
        Ok(())
    }

    fn next(&self, inbox: &Receiver<Input>) -> Result<Input, RecvTimeoutError> {
        let now = Instant::now();
        let frame = self.stale.then(|| now + self.pace.wait(now));
        let times = [self.wake, self.escape, frame, self.session.due()];
        match times.into_iter().flatten().min() {
            Some(at) => inbox.recv_timeout(at.saturating_duration_since(now)),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn timeout(&mut self) {
        let now = Instant::now();
        if self.escape.is_some_and(|at| at <= now) {
            self.escape = None;
            let mut decoded = Vec::new();
            self.decoder.flush(&mut decoded);
            self.decoded(decoded);
        }
        if self.wake.is_some_and(|at| at <= now) {
            self.wake = None;
            self.handle(Msg::Woke);
        }
        if let Some(msg) = self.session.woke(&mut self.room) {
            self.handle(msg);
        }
    }

    fn input(&mut self, input: Input) -> anyhow::Result<()> {
        match input {
            Input::Bytes(bytes) => {
                let mut decoded = Vec::new();
                self.decoder.feed(&bytes, &mut decoded);
                self.decoded(decoded);
                let waits = self.decoder.pending_escape();
                self.escape = waits.then(|| Instant::now() + ESCAPE_TIMEOUT);
            }
            Input::Event(event) => self.decoded(vec![Decoded::Event(event)]),
            Input::Resize(size) => {
                self.ask()?;
                self.handle(Msg::Resize(size.width, size.height));
            }
            Input::Suspend => self.local.suspend()?,
            Input::Resume => {
                self.local.resume()?;
                self.wire.forget();
                self.stale = true;
            }
            Input::Quit | Input::Closed => self.over = true,
        }
        Ok(())
    }

    fn decoded(&mut self, decoded: Vec<Decoded>) {
        for one in decoded {
            match one {
                Decoded::Event(event) => {
                    if let Some(msg) = events::msg(event) {
                        self.handle(msg);
                    }
                }
                Decoded::Report(report) => {
                    let mut abilities = self.wire.abilities();
                    if abilities.learn(&report) {
                        self.wire.set_abilities(abilities);
                    }
                }
            }
        }
    }

    /// Before the first repaint of a whole screen, asks whether the terminal can show it at
    /// once. Opening the program paints an empty screen, where nobody sees the difference.
    fn ask(&mut self) -> anyhow::Result<()> {
        if !self.asked {
            self.asked = true;
            self.local
                .send(ASK_SYNC)
                .context("the terminal went away")?;
        }
        Ok(())
    }

    fn handle(&mut self, msg: Msg) {
        self.stale = true;
        self.room.now = clock::now();
        for effect in update(&self.room, &mut self.seat, msg) {
            if let Err(error) = self.perform(effect) {
                self.seat.message = Some(format!("{error:#}"));
            }
        }
    }

    /// Opens the session, once the first screen is there to be read.
    fn begin(&mut self) {
        let opened = self.session.begin(&mut self.room);
        let now = self.session.tock(&self.room);
        self.hear(vec![opened, now]);
    }

    fn hear(&mut self, news: Vec<Msg>) {
        for msg in news {
            self.handle(msg);
        }
    }

    fn perform(&mut self, effect: Effect) -> anyhow::Result<()> {
        match effect {
            Effect::Wake(after) => self.wake = Some(Instant::now() + after),
            Effect::Quit => self.over = true,
            Effect::Redraw => {
                self.ask()?;
                self.wire.forget();
            }
            Effect::Copy(text) => self.local.send(&clipboard::copy(&text)?)?,
            Effect::Propose(command) => {
                let news = self.session.propose(&mut self.room, command, None);
                self.hear(news);
            }
            Effect::Save(command, slot) => {
                let news = self.session.propose(&mut self.room, command, Some(slot));
                self.hear(news);
            }
            Effect::Draft(slot, body) => self.session.draft(&mut self.room, slot, body),
            Effect::Export(format, folder) => {
                let told = self.session.export(&self.room, format, folder)?;
                self.handle(told);
            }
            Effect::Errand(errand) => {
                let news = self.session.errand(&mut self.room, *errand);
                self.hear(news.unwrap_or_else(refused));
            }
            Effect::LoadAgenda(file) => {
                let news = self.session.load_agenda(&mut self.room, &file);
                self.hear(news.unwrap_or_else(refused));
            }
            Effect::Resume => {
                let opened = self.session.resume(&mut self.room)?;
                let now = self.session.tock(&self.room);
                self.hear(vec![opened, now]);
            }
            Effect::Teach(taught) => self.teach(taught)?,
            Effect::Mouse(on) => self.local.set_mouse(on)?,
            Effect::Suspend => self.local.suspend()?,
        }
        Ok(())
    }

    /// Keeps what was taught; it counts from now on only if it could be kept.
    fn teach(&mut self, taught: Vec<Taught>) -> anyhow::Result<()> {
        taught::write(self.taught, &taught).context("Not taught")?;
        self.room.teach(taught);
        Ok(())
    }

    /// Draws the newest state and sends what differs from what was last sent.
    fn paint(&mut self) -> anyhow::Result<()> {
        self.pace = if self.seat.look.slow {
            Pace::SLOW
        } else {
            Pace::FREE
        };
        let (width, height) = self.seat.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let scene = Scene::of(&self.room, &self.seat);
        let layout = ui::layout(&scene, self.seat.size);
        let theme = theme_of(&self.seat, self.themes);
        let cursor = ui::draw(&scene, &layout, &theme, &mut buffer);
        let mut bytes = Vec::new();
        self.wire.frame(&buffer, cursor, &mut bytes);
        if !bytes.is_empty() {
            self.local.send(&bytes).context("the terminal went away")?;
        }
        if !self.warm && self.seat.searches() {
            self.warm = true;
            warm(self.room.clone());
        }
        self.pace.sent(Instant::now());
        self.stale = false;
        Ok(())
    }
}

/// What could not be done, as the seat is to hear it.
fn refused(error: anyhow::Error) -> Vec<Msg> {
    vec![Msg::Refused(format!("{error:#}"))]
}

/// Makes the indexes while the first letters are typed.
fn warm(room: Room) {
    std::thread::spawn(move || room.warm());
}

fn theme_of(seat: &Seat, themes: &[Theme]) -> Theme {
    let theme = themes
        .iter()
        .find(|one| one.name == seat.look.theme)
        .or_else(|| themes.first());
    match theme {
        Some(theme) if seat.look.no_colour => theme.without_colour(),
        Some(theme) => theme.clone(),
        None => ui::theme::shipped().swap_remove(0),
    }
}
