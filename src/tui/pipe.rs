//! The local terminal as a seat of another program's room.
//!
//! Owns the loop between the terminal and a socket: bytes go both ways as they are, and nothing
//! is drawn here. Start at [`join`].

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use anyhow::{Context, bail};

use super::Event;
use crate::app::Look;
use crate::live::frames::{Frame, Hello, MOST, VARIABLES, VERSION};
use crate::room::Role;
use crate::terminal::{Input, Local, local};

/// How long the other program may take nothing of what is typed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Takes part in a session that another program of this machine hosts.
pub fn join(
    stream: UnixStream,
    look: &Look,
    role: Role,
    resume: Option<&str>,
) -> anyhow::Result<()> {
    let hello = hello(look, Some(role), resume);
    let (sender, inbox) = channel();
    let local = Local::enter(look.mouse).context("cannot take over the terminal")?;
    local::listen(sender.clone()).context("cannot listen to the terminal")?;
    elsewhere(local, stream, &hello, (sender, &inbox))
}

/// Becomes a seat of the program that holds the session.
pub(super) fn elsewhere(
    mut local: Local,
    mut stream: UnixStream,
    hello: &Hello,
    (sender, inbox): (Sender<Event>, &Receiver<Event>),
) -> anyhow::Result<()> {
    greet(&mut stream, hello)?;
    let ended = Pipe::new(stream, sender)?.run(&mut local, inbox);
    local.leave();
    let said = ended?;
    if !said.is_empty() {
        writeln!(std::io::stderr(), "{said}")?;
    }
    Ok(())
}

/// What somebody at this terminal says to the program that holds the session.
pub fn hello(look: &Look, role: Option<Role>, resume: Option<&str>) -> Hello {
    let size = local::size();
    let variable = |name: &&str| Some(((*name).to_owned(), std::env::var(name).ok()?));
    Hello {
        version: VERSION,
        columns: size.width,
        rows: size.height,
        terminal: VARIABLES.iter().filter_map(variable).collect(),
        theme: Some(look.theme.clone()),
        ascii: look.ascii,
        slow: look.slow,
        role,
        resume: resume.map(str::to_owned),
        at: None,
        copy: None,
    }
}

/// Says hello on a socket.
pub fn greet(stream: &mut UnixStream, hello: &Hello) -> anyhow::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let json = serde_json::to_vec(hello)?;
    Frame::Hello(json)
        .write(stream)
        .context("the pim that holds the session does not listen")
}

/// A terminal that is a seat elsewhere.
struct Pipe {
    stream: UnixStream,
}

impl Pipe {
    /// Takes a socket on which hello was said; what comes out of it goes to the loop.
    fn new(stream: UnixStream, events: Sender<Event>) -> anyhow::Result<Self> {
        let mut from = stream.try_clone()?;
        std::thread::Builder::new()
            .name("socket".into())
            .spawn(move || {
                loop {
                    let frame = Frame::read(&mut from).ok();
                    let over = frame.is_none();
                    if events.send(Event::Frame(frame)).is_err() || over {
                        return;
                    }
                }
            })?;
        Ok(Self { stream })
    }

    /// Carries bytes until the seat is over; gives back what there is to say about its end.
    fn run(mut self, local: &mut Local, inbox: &Receiver<Event>) -> anyhow::Result<String> {
        for event in inbox {
            match event {
                Event::Frame(Some(Frame::End(why))) => return Ok(why),
                Event::Frame(Some(frame)) => show(local, frame)?,
                Event::Frame(None) => bail!("the pim that holds the session is gone"),
                Event::Input(Input::Quit | Input::Closed) => break,
                Event::Input(input) => self.input(local, input)?,
                Event::Room => {}
            }
        }
        Ok(String::new())
    }

    fn input(&mut self, local: &mut Local, input: Input) -> anyhow::Result<()> {
        let frame = match input {
            Input::Bytes(bytes) => {
                for part in bytes.chunks(MOST) {
                    self.send(&Frame::Bytes(part.to_vec()))?;
                }
                return Ok(());
            }
            Input::Resize(size) => Frame::Resize(size.width, size.height),
            Input::Suspend => return Ok(local.suspend()?),
            Input::Resume(size) => {
                local.resume()?;
                self.send(&Frame::Resize(size.width, size.height))?;
                Frame::Redraw
            }
            _ => return Ok(()),
        };
        self.send(&frame)
    }

    fn send(&mut self, frame: &Frame) -> anyhow::Result<()> {
        frame
            .write(&mut self.stream)
            .context("the pim that holds the session does not listen any more")
    }
}

fn show(local: &mut Local, frame: Frame) -> anyhow::Result<()> {
    match frame {
        Frame::Bytes(bytes) => local.send(&bytes).context("the terminal went away"),
        Frame::Mouse(on) => Ok(local.set_mouse(on)?),
        Frame::Suspend => Ok(local.suspend()?),
        _ => Ok(()),
    }
}
