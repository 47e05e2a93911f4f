//! The local terminal on Unix: bytes from the tty, signals, and stopping.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::os::fd::AsFd;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::{Input, leave, size};

/// Standard output without the standard library's buffer, which would cut frames at line ends.
pub(super) type Screen = File;

pub(super) fn screen() -> io::Result<Screen> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

/// Standard input, or the terminal itself where that is something else.
fn keyboard() -> io::Result<File> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        stdin.as_fd().try_clone_to_owned().map(File::from)
    } else {
        File::open("/dev/tty")
    }
}

/// Has reads and writes wait again, as shells do after a program that left it otherwise. What
/// then waits is the system; polling would not do, for some systems cannot poll a terminal.
pub(super) fn make_blocking(terminal: &File) -> io::Result<()> {
    let flags = fcntl_getfl(terminal)?;
    Ok(fcntl_setfl(terminal, flags - OFlags::NONBLOCK)?)
}

/// Stops the program until somebody has it go on.
pub(super) fn suspend(leave: fn()) -> io::Result<()> {
    leave();
    emulate_default_handler(SIGTSTP)
}

/// Sends all input and signals to `sender`, from two threads that wait without waking.
pub fn listen<T: From<Input> + Send + 'static>(sender: Sender<T>) -> io::Result<()> {
    let keyboard = keyboard()?;
    let signals = Signals::new([SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT])?;
    let keys = sender.clone();
    thread::Builder::new()
        .name("input".into())
        .spawn(move || read(keyboard, &keys))?;
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || obey(signals, &sender))?;
    Ok(())
}

fn read<T: From<Input>>(mut keyboard: File, sender: &Sender<T>) {
    let mut buffer = [0; 4096];
    loop {
        let input = match keyboard.read(&mut buffer) {
            Ok(n @ 1..) => Input::Bytes(buffer[..n].to_vec()),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) if error.kind() == ErrorKind::WouldBlock => match make_blocking(&keyboard) {
                Ok(()) => continue,
                Err(_) => Input::Closed,
            },
            Ok(0) | Err(_) => Input::Closed,
        };
        let closed = input == Input::Closed;
        if sender.send(input.into()).is_err() || closed {
            return;
        }
    }
}

fn obey<T: From<Input>>(mut signals: Signals, sender: &Sender<T>) {
    let mut asked = None;
    for signal in &mut signals {
        let input = match signal {
            SIGWINCH => Input::Resize(size()),
            SIGTSTP => Input::Suspend,
            SIGCONT => Input::Resume(size()),
            _ => Input::Quit,
        };
        let quit = input == Input::Quit;
        let unheard = sender.send(input.into()).is_err();
        if quit && (unheard || is_impatient(&mut asked)) {
            leave();
            // Ends the program; should that fail, the next signal tries again.
            let _ = emulate_default_handler(signal);
        }
    }
}

/// Whether the program was asked to end before, and had time to. Two signals at once are one wish.
fn is_impatient(asked: &mut Option<Instant>) -> bool {
    const PATIENCE: Duration = Duration::from_secs(1);
    asked.get_or_insert_with(Instant::now).elapsed() > PATIENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_program_made_non_blocking_waits_again() -> io::Result<()> {
        let (ours, _theirs) = std::os::unix::net::UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let ours = File::from(std::os::fd::OwnedFd::from(ours));
        assert!(fcntl_getfl(&ours)?.contains(OFlags::NONBLOCK));
        make_blocking(&ours)?;
        assert!(!fcntl_getfl(&ours)?.contains(OFlags::NONBLOCK));
        Ok(())
    }
}
