//! The real program on a pseudo-terminal: it starts, moves, resizes, quits, and gives the
//! terminal back whatever happens.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Long enough for a loaded machine; a run that works never waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

struct Run {
    screen: vt100::Parser,
    raw: Vec<u8>,
    bytes: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    _home: tempfile::TempDir,
}

/// The emulator takes no empty screen.
fn some(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a screen has cells")
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Run {
    fn start(args: &[&str], variables: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let pair = native_pty_system()
            .openpty(size(80, 24))
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pim"));
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("HOME", home.path());
        command.env("XDG_DATA_HOME", home.path());
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            screen: vt100::Parser::new(some(24), some(80), 0),
            raw: Vec::new(),
            bytes,
            input: pair.master.take_writer().expect("a writer"),
            master: pair.master,
            child,
            _home: home,
        }
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    fn sees(&mut self, wanted: &str) -> &mut Self {
        while !self.text().contains(wanted) {
            let got = self.bytes.recv_timeout(PATIENCE);
            let bytes = got.unwrap_or_else(|_| panic!("no {wanted:?} in\n{}", self.text()));
            self.raw.extend(&bytes);
            self.screen.process(&bytes);
        }
        self
    }

    fn types(&mut self, bytes: &str) -> &mut Self {
        self.input
            .write_all(bytes.as_bytes())
            .expect("it takes keys");
        self
    }

    fn resizes(&mut self, cols: u16, rows: u16) -> &mut Self {
        self.master
            .resize(size(cols, rows))
            .expect("it can be resized");
        self.screen.screen_mut().set_size(some(rows), some(cols));
        self
    }

    /// Reads to the end and gives back how the program ended.
    fn ends(&mut self) -> u32 {
        while let Ok(bytes) = self.bytes.recv_timeout(PATIENCE) {
            self.raw.extend(&bytes);
            self.screen.process(&bytes);
        }
        self.child.wait().expect("it ends").exit_code()
    }

    fn has_given_the_terminal_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen());
        assert!(!screen.hide_cursor());
        assert!(!screen.bracketed_paste());
    }
}

#[test]
fn it_starts_moves_resizes_and_quits() {
    let mut run = Run::start(&[], &[]);
    run.sees("Population Data / Output")
        .types("\u{1b}[C")
        .sees("Protection Needs Assessment / Output")
        .resizes(50, 18)
        .types("j")
        .sees("Protection Needs Assessment / Shared")
        .types("q");
    assert_eq!(run.ends(), 0);
    run.has_given_the_terminal_back();
}

#[test]
fn a_paste_in_pieces_is_text_and_no_key_is_lost() {
    let mut run = Run::start(&[], &[]);
    run.sees("Population Data / Output")
        .types("2")
        .sees("Need:")
        .types("\u{1b}[200~how many q")
        .types("qq people\u{1b}[20")
        .types("1~ today")
        .sees("Need: how many qqq people today")
        .types("\u{3}");
    assert_eq!(run.ends(), 0);
    run.has_given_the_terminal_back();
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told() {
    let mut run = Run::start(&[], &[("PIM_TEST_PANIC", "1")]);
    assert_ne!(run.ends(), 0);
    run.has_given_the_terminal_back();
    assert!(String::from_utf8_lossy(&run.raw).contains("asked to panic"));
}

#[test]
fn an_address_on_the_command_line_is_where_it_opens() {
    let mut run = Run::start(&["open", "process/implement/collect-data"], &[]);
    run.sees("Collect data")
        .sees("process/implement/collect-data")
        .types("q");
    assert_eq!(run.ends(), 0);
}
