//! The doors of one machine: what comes through a socket is what the socket says it is.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use pim::live::frames::{Frame, Hello, VERSION};
use pim::live::{Hall, runtime, socket};
use pim::room::{Role, Room};
use tempfile::TempDir;

use crate::support::content;

/// Long enough for a loaded machine; what works never waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A hall with a session, and its participants' socket.
struct Machine {
    hall: Hall,
    socket: socket::Socket,
    folder: TempDir,
}

fn machine() -> Machine {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("room.pim").display().to_string();
    let taught = folder.path().join("taught.ron");
    let room = Room::new(content());
    let hall = Hall::start(room, Some(&file), (&taught, None), Box::new(|| ()));
    hall.begin(hall.new_seat(), Role::Facilitator);
    let runtime = runtime::handle().unwrap();
    let _context = runtime.enter();
    let path = folder.path().join("room.sock");
    let socket = socket::participants(&hall, &path, None).unwrap();
    Machine {
        hall,
        socket,
        folder,
    }
}

/// Somebody at the other end of a socket.
pub(crate) struct Caller {
    stream: UnixStream,
    screen: vt100::Parser,
}

impl Caller {
    pub(crate) fn comes(path: &Path, hello: &Hello) -> Self {
        let mut stream = UnixStream::connect(path).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Frame::Hello(serde_json::to_vec(hello).unwrap())
            .write(&mut stream)
            .unwrap();
        let cells = |n| std::num::NonZeroU16::new(n).unwrap();
        Self {
            stream,
            screen: vt100::Parser::new(cells(24), cells(80), 0),
        }
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    pub(crate) fn sees(&mut self, wanted: &str) -> &mut Self {
        while !self.text().contains(wanted) {
            match Frame::read(&mut self.stream) {
                Ok(Frame::Bytes(bytes)) => self.screen.process(&bytes),
                other => panic!("no {wanted:?} but {other:?} in\n{}", self.text()),
            }
        }
        self
    }

    pub(crate) fn types(&mut self, keys: &str) -> &mut Self {
        Frame::Bytes(keys.as_bytes().to_vec())
            .write(&mut self.stream)
            .unwrap();
        self
    }

    /// Reads to the end, and gives back what was said there.
    fn ends(&mut self) -> String {
        loop {
            match Frame::read(&mut self.stream) {
                Ok(Frame::Bytes(_)) => {}
                Ok(Frame::End(why)) => return why,
                other => panic!("no end, but {other:?}"),
            }
        }
    }
}

pub(crate) fn hello(role: Role) -> Hello {
    Hello {
        version: VERSION,
        columns: 80,
        rows: 24,
        terminal: vec![("TERM".to_owned(), "xterm-256color".to_owned())],
        role: Some(role),
        ..Hello::default()
    }
}

#[test]
fn whoever_comes_through_the_participants_socket_is_a_participant_and_nothing_else() {
    let machine = machine();
    let path = machine.socket.path();
    let mode = path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let mut caller = Caller::comes(path, &hello(Role::Facilitator));
    caller
        .sees("Press Enter to go on.")
        .types("\r")
        .sees("If the line drops")
        .types("1")
        .sees("Population Data")
        .types("n")
        .types("6")
        .types("q");
    let said = caller.ends();
    let start = "You have left the room. To come back to your own ballot: the code ";
    assert!(said.starts_with(start), "{said:?}");
    let state = machine.hall.room().session.unwrap();
    assert_eq!(state.notes.len(), 0);
}

#[test]
fn no_copy_of_the_session_is_had_through_the_participants_socket() {
    let machine = machine();
    let to = machine.folder.path().join("stolen.pim");
    let wanted = Hello {
        copy: Some(to.display().to_string()),
        ..hello(Role::Facilitator)
    };
    let mut caller = Caller::comes(machine.socket.path(), &wanted);
    assert_eq!(caller.ends(), "Only who leads the session copies it.");
    assert!(!to.exists());
}

#[test]
fn a_program_of_another_version_is_told_so() {
    let machine = machine();
    let other = Hello {
        version: VERSION + 1,
        ..hello(Role::Participant)
    };
    let mut caller = Caller::comes(machine.socket.path(), &other);
    assert!(caller.ends().contains("another version"));
}

#[test]
fn who_is_in_hears_that_the_session_was_closed() {
    let machine = machine();
    let mut caller = Caller::comes(machine.socket.path(), &hello(Role::Participant));
    caller.sees("Press Enter to go on.");
    let said = machine.hall.close(machine.hall.new_seat());
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(caller.ends(), "The session is over. Thank you.");
}
