//! The program on the local terminal: the loop between keys, state and bytes.
//!
//! Owns the order of things: every message that waits is handled, then the screen is
//! drawn once, and only what changed is sent. Between messages it sleeps; nothing wakes
//! it but input, a signal, or a time that the update asked for. Knows what an
//! [`Effect`] means here. Start at [`run`].

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use anyhow::Context;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{Effect, Msg, Seat, update};
use crate::room::Room;
use crate::terminal::{Abilities, Input, Local, Pace, Wire, clipboard};
use crate::ui::{self, Scene, Theme};

/// Columns and rows of the local terminal.
pub fn size() -> anyhow::Result<(u16, u16)> {
    ratatui::crossterm::terminal::size().context("this is no terminal; try `pim show ADDRESS`")
}

/// Runs a seat on the local terminal until it quits.
pub fn run(room: &Room, seat: Seat, themes: &[Theme]) -> anyhow::Result<()> {
    let (sender, inbox) = channel();
    let local = Local::enter(sender).context("cannot take over the terminal")?;
    let abilities = Abilities::guess(|name| std::env::var(name).ok());
    let mut running = Running {
        room,
        seat,
        themes,
        local,
        wire: Wire::new(abilities),
        pace: Pace::FREE,
        wake: None,
        stale: true,
        over: false,
    };
    running.paint()?;
    while !running.over {
        running.wait(&inbox)?;
    }
    running.local.leave();
    Ok(())
}

/// A seat at work on the local terminal.
struct Running<'a> {
    room: &'a Room,
    seat: Seat,
    themes: &'a [Theme],
    local: Local,
    wire: Wire,
    pace: Pace,
    /// When the update wants to be woken.
    wake: Option<Instant>,
    /// Whether something changed since the last paint.
    stale: bool,
    over: bool,
}

impl Running<'_> {
    /// Sleeps until something happens, handles all that waits, and paints once.
    fn wait(&mut self, inbox: &Receiver<Input>) -> anyhow::Result<()> {
        match self.next(inbox) {
            Ok(input) => self.input(input),
            Err(RecvTimeoutError::Timeout) => self.timeout(),
            Err(RecvTimeoutError::Disconnected) => self.over = true,
        }
        while let Ok(input) = inbox.try_recv() {
            self.input(input);
        }
        if self.stale && !self.over && self.pace.wait(Instant::now()).is_zero() {
            self.paint()?;
        }
        Ok(())
    }

    fn next(&self, inbox: &Receiver<Input>) -> Result<Input, RecvTimeoutError> {
        let now = Instant::now();
        let frame = self.stale.then(|| now + self.pace.wait(now));
        match [self.wake, frame].into_iter().flatten().min() {
            Some(at) => inbox.recv_timeout(at.saturating_duration_since(now)),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn timeout(&mut self) {
        if self.wake.is_some_and(|at| at <= Instant::now()) {
            self.wake = None;
            self.handle(Msg::Woke);
        }
    }

    fn input(&mut self, input: Input) {
        match input {
            Input::Msg(msg) => self.handle(msg),
            Input::Quit => self.over = true,
        }
    }

    fn handle(&mut self, msg: Msg) {
        self.stale = true;
        for effect in update(self.room, &mut self.seat, msg) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Wake(after) => self.wake = Some(Instant::now() + after),
            Effect::Quit => self.over = true,
            Effect::Redraw => self.wire.forget(),
            Effect::Copy(text) => self.copy(&text),
            Effect::Mouse(on) => self.local.mouse(on),
            Effect::Suspend => {
                self.local.suspend();
                self.wire.forget();
            }
        }
    }

    fn copy(&mut self, text: &str) {
        match clipboard::copy(text) {
            Ok(bytes) => {
                let _ = self.local.write(&bytes);
            }
            Err(error) => self.seat.message = Some(error.to_string()),
        }
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
        let scene = Scene::of(self.room, &self.seat);
        let layout = ui::layout(&scene, self.seat.size);
        let theme = theme_of(&self.seat, self.themes);
        let cursor = ui::draw(&scene, &layout, &theme, &mut buffer);
        let mut bytes = Vec::new();
        self.wire.frame(&buffer, cursor, &mut bytes);
        if !bytes.is_empty() {
            self.local.write(&bytes).context("the terminal went away")?;
        }
        self.pace.sent(Instant::now());
        self.stale = false;
        Ok(())
    }
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
