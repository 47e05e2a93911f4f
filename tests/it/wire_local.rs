//! A real terminal is given back as it was, however the program ends.
//!
//! Each test runs this test binary once more, as a small program on a pseudo-terminal: see
//! `the_program_under_test`.

use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use pim::terminal::local::{listen, size};
use pim::terminal::{Abilities, Decoded, Decoder, Input, Local, Wire};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::crossterm::event::{Event, KeyCode};

use super::wire_scenes::page;

const MARK: &str = "PIM_TEST_PROGRAM";

/// Shows its size and what it was told; `q` quits, `p` panics, `w` panics elsewhere.
#[test]
fn the_program_under_test() {
    if std::env::var_os(MARK).is_none() {
        return;
    }
    let (sender, inputs) = channel::<Input>();
    let mut local = Local::enter(true).expect("a terminal");
    listen(sender).expect("threads");
    let mut wire = Wire::new(Abilities::default());
    let (mut decoder, mut events, mut told) = (Decoder::default(), Vec::new(), "ready".to_owned());
    loop {
        let size = size();
        let line = format!("{}x{} {told}", size.width, size.height);
        let mut frame = Vec::new();
        wire.frame(&page(size.width, size.height, &[line]), None, &mut frame);
        local.send(&frame).expect("a terminal");
        match inputs.recv().expect("listening") {
            Input::Bytes(bytes) => decoder.feed(&bytes, &mut events),
            Input::Suspend => local.suspend().expect("stopped"),
            Input::Resume(_) => {
                local.resume().expect("a terminal");
                wire.forget();
                told = "resumed".into();
            }
            Input::Quit | Input::Closed => return,
            Input::Resize(_) | Input::Event(_) => {}
        }
        for event in events.drain(..) {
            let Decoded::Event(Event::Key(key)) = event else {
                continue;
            };
            match key.code {
                KeyCode::Char('q') => return,
                KeyCode::Char('p') => panic!("on purpose"),
                KeyCode::Char('w') => {
                    let worker = thread::spawn(|| panic!("in a worker"));
                    told = format!("worker lost: {}", worker.join().is_err());
                }
                code => told = format!("{code}"),
            }
        }
    }
}

/// The program, and the terminal that it runs on.
struct Run {
    pty: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    child: Box<dyn Child + Send + Sync>,
    terminal: vt100::Parser,
    seen: Vec<u8>,
}

impl Run {
    fn start() -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(std::env::current_exe().expect("a path"));
        command.args([
            "wire_local::the_program_under_test",
            "--exact",
            "--nocapture",
        ]);
        command.env(MARK, "1");
        command.env("RUST_BACKTRACE", "0");
        let child = pair.slave.spawn_command(command).expect("started");
        let mut reader = pair.master.try_clone_reader().expect("readable");
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                let _ = sender.send(buffer[..n].to_vec());
            }
        });
        let keyboard = pair.master.take_writer().expect("writable");
        let terminal = vt100::Parser::default();
        Self {
            pty: pair.master,
            keyboard,
            output,
            child,
            terminal,
            seen: Vec::new(),
        }
    }

    /// Takes output until it shows what is waited for.
    fn wait(&mut self, what: &str, shown: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + Duration::from_secs(20);
        while !shown(self.terminal.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            let bytes = self.output.recv_timeout(left);
            let bytes = bytes.unwrap_or_else(|_| panic!("no {what}: {}", self.seen.escape_ascii()));
            self.terminal.process(&bytes);
            self.seen.extend(bytes);
        }
    }

    fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    fn press(&mut self, key: &str) {
        self.keyboard.write_all(key.as_bytes()).expect("typed");
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("it runs").to_string();
        assert!(
            Command::new("kill")
                .args([name, &id])
                .status()
                .expect("sent")
                .success()
        );
    }

    /// A program that is told to go on before it stopped would stop for good.
    fn wait_until_stopped(&self) {
        let id = self.child.process_id().expect("it runs").to_string();
        let stopped = || {
            let state = Command::new("ps").args(["-o", "stat=", "-p", &id]).output();
            state.expect("ps").stdout.starts_with(b"T")
        };
        let end = Instant::now() + Duration::from_secs(20);
        while !stopped() {
            assert!(Instant::now() < end, "it does not stop");
        }
    }

    fn wait_until_given_back(&mut self) {
        self.wait("terminal given back", |screen| !screen.alternate_screen());
        let screen = self.terminal.screen();
        assert!(!screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

/// Starts the program, has it end somehow, and looks at what it left behind.
fn given_back_after(end: impl FnOnce(&mut Run)) -> Run {
    let mut run = Run::start();
    run.wait_for("80x24 ready");
    assert!(run.terminal.screen().alternate_screen());
    end(&mut run);
    run.wait_until_given_back();
    run.child.wait().expect("ended");
    let times = |bytes: &[u8]| {
        run.seen
            .windows(bytes.len())
            .filter(|part| *part == bytes)
            .count()
    };
    assert_eq!(
        times(b"\x1b[?1049;"),
        times(b";1049l"),
        "given back as often as taken"
    );
    let modes = format!("{:?}", run.pty.get_termios().expect("modes"));
    assert!(
        modes.contains("ICANON") && modes.contains("ECHO"),
        "{modes}"
    );
    run
}

#[test]
fn the_terminal_is_given_back_when_the_program_quits() {
    given_back_after(|run| run.press("q"));
}

#[test]
fn the_terminal_is_given_back_before_a_panic_is_told() {
    let mut run = given_back_after(|run| run.press("p"));
    run.wait_for("on purpose");
}

#[test]
fn a_panic_elsewhere_is_told_once_the_terminal_is_given_back() {
    let mut run = given_back_after(|run| {
        run.press("w");
        run.wait_for("worker lost: true");
        assert!(!run.terminal.screen().contents().contains("in a worker"));
        run.press("q");
    });
    run.wait_for("in a worker");
}

#[test]
fn the_terminal_is_given_back_on_signals() {
    for signal in ["-TERM", "-HUP", "-INT"] {
        given_back_after(|run| run.signal(signal));
    }
}

#[test]
fn a_stopped_program_gives_the_terminal_back_and_takes_it_again() {
    given_back_after(|run| {
        run.signal("-TSTP");
        run.wait_until_given_back();
        run.wait_until_stopped();
        run.signal("-CONT");
        run.wait_for("80x24 resumed");
        assert!(run.terminal.screen().alternate_screen());
        run.press("q");
    });
}

#[test]
fn a_program_stopped_without_warning_paints_everything_again() {
    given_back_after(|run| {
        run.signal("-STOP");
        run.wait_until_stopped();
        run.terminal.process(b"\x1b[Hgarbage of a shell");
        run.signal("-CONT");
        run.wait_for("80x24 resumed");
        assert!(!run.terminal.screen().contents().contains("garbage"));
        // Taken twice and given back once is what happened, so that the sums agree again:
        run.seen.extend(b";1049l");
        run.press("q");
    });
}

#[test]
fn a_resize_is_noticed() {
    given_back_after(|run| {
        run.terminal
            .screen_mut()
            .set_size(30.try_into().expect("30"), 100.try_into().expect("100"));
        let size = PtySize {
            rows: 30,
            cols: 100,
            pixel_width: 0,
            pixel_height: 0,
        };
        run.pty.resize(size).expect("resized");
        run.wait_for("100x30 ready");
        run.press("x");
        run.wait_for("100x30 x");
        run.press("q");
    });
}
