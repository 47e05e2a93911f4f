//! The local terminal on Windows: events come decoded, and there are no signals.

use std::io::{self, Stdout};
use std::sync::mpsc::Sender;
use std::thread;

use ratatui::crossterm::ansi_support::supports_ansi;
use ratatui::crossterm::event::{self, Event};

use super::{Input, reasonable};

pub(super) type Screen = Stdout;

pub(super) fn screen() -> io::Result<Screen> {
    // Asking also switches the interpretation of control sequences on.
    if supports_ansi() {
        Ok(io::stdout())
    } else {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// A console always waits.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn make_blocking(_: &Screen) -> io::Result<()> {
    Ok(())
}

/// Programs are not stopped here.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn suspend(_: fn()) -> io::Result<()> {
    Ok(())
}

/// Sends all input to `sender`, from a thread that waits without waking.
pub fn listen<T: From<Input> + Send + 'static>(sender: Sender<T>) -> io::Result<()> {
    thread::Builder::new()
        .name("input".into())
        .spawn(move || read(&sender))?;
    Ok(())
}

fn read<T: From<Input>>(sender: &Sender<T>) {
    loop {
        let input = match event::read() {
            Ok(Event::Resize(columns, rows)) => Input::Resize(reasonable((columns, rows))),
            Ok(event) => Input::Event(event),
            Err(_) => Input::Closed,
        };
        let closed = input == Input::Closed;
        if sender.send(input.into()).is_err() || closed {
            return;
        }
    }
}
