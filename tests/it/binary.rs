//! The real program on a pseudo-terminal: it starts, moves, resizes, quits, and gives the
//! terminal back whatever happens.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

use super::support::answers::{Answers, DIRECT, OLD, SILENT};

/// Long enough for a loaded machine; a run that works never waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

struct Run {
    screen: vt100::Parser,
    raw: Vec<u8>,
    bytes: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    home: Rc<TempDir>,
    answers: Answers,
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
        Self::start_in(Rc::new(home), args, variables)
    }

    fn start_in(home: Rc<TempDir>, args: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pim"));
        command.args(args);
        Self::of(home, command, variables)
    }

    fn of(home: Rc<TempDir>, mut command: CommandBuilder, variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(size(80, 24))
            .expect("a pseudo-terminal");
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
            home,
            answers: Answers::of(OLD),
        }
    }

    /// Takes bytes as a terminal does, and answers what they ask.
    fn hears(&mut self, bytes: &[u8]) {
        self.raw.extend(bytes);
        self.screen.process(bytes);
        for answer in self.answers.to(bytes) {
            // Who has gone hears no answer.
            let _ = self.input.write_all(answer);
        }
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    fn sees(&mut self, wanted: &str) -> &mut Self {
        while !self.text().contains(wanted) {
            let got = self.bytes.recv_timeout(PATIENCE);
            let bytes = got.unwrap_or_else(|_| panic!("no {wanted:?} in\n{}", self.text()));
            self.hears(&bytes);
        }
        self
    }

    /// Takes what comes next.
    fn takes(&mut self) {
        let bytes = self.bytes.recv_timeout(PATIENCE).expect("more to come");
        self.hears(&bytes);
    }

    fn has_sent(&self, wanted: &str) -> bool {
        let wanted = wanted.as_bytes();
        self.raw.windows(wanted.len()).any(|part| part == wanted)
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
            self.hears(&bytes);
        }
        self.child.wait().expect("it ends").exit_code()
    }

    /// Ends it as a power cut would: nothing of its own runs any more.
    #[cfg(unix)]
    fn is_killed(&mut self) -> Rc<TempDir> {
        let pid = self.child.process_id().expect("it runs").to_string();
        let killed = std::process::Command::new("kill")
            .args(["-9", &pid])
            .status();
        assert!(killed.is_ok_and(|status| status.success()));
        self.ends();
        Rc::clone(&self.home)
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
fn it_asks_for_colours_once_a_theme_has_its_own_and_shows_what_there_is() {
    let mut run = Run::start(&[], &[("COLORTERM", "")]);
    run.answers = Answers::of(DIRECT);
    run.sees("Population Data / Output");
    assert!(!run.has_sent("\u{1b}[c"), "it asked too soon");
    run.types("t").sees("projector-light").types("\u{1b}[B");
    while !run.has_sent("48;2;255;255;255") {
        run.takes();
    }
    // No answer was a key: the list is still there.
    run.sees("projector-light").types("\r\u{1b}[C");
    run.sees("Protection Needs Assessment / Output").types("q");
    assert_eq!(run.ends(), 0);
    run.has_given_the_terminal_back();
}

/// The program in a shell that reads a line once it is left.
#[cfg(unix)]
fn in_a_shell(args: &str) -> Run {
    let home = Rc::new(tempfile::tempdir().expect("a folder"));
    let mut command = CommandBuilder::new("sh");
    let line = format!("\"$0\" {args}; echo 'the shell'; IFS= read -r line; echo \"read [$line]\"");
    command.args(["-c", &line, env!("CARGO_BIN_EXE_pim")]);
    Run::of(home, command, &[("COLORTERM", "")])
}

#[cfg(unix)]
#[test]
fn a_terminal_resized_while_the_program_was_stopped_is_painted_at_its_size() {
    let home = Rc::new(tempfile::tempdir().expect("a folder"));
    let mut command = CommandBuilder::new("sh");
    // The shell takes the terminal while the program is stopped, and hears of the new size alone.
    let line = "set -m; \"$0\"; echo 'the shell'; IFS= read -r line; fg";
    command.args(["-c", line, env!("CARGO_BIN_EXE_pim")]);
    let mut run = Run::of(home, command, &[]);
    run.sees("Population Data / Output")
        .types("\u{1a}")
        .sees("the shell")
        .resizes(50, 18)
        .types("\n")
        .sees("1 Matrix  2  3  4")
        .types("q");
    assert_eq!(run.ends(), 0);
    run.has_given_the_terminal_back();
}

#[cfg(unix)]
#[test]
fn an_answer_that_comes_after_the_last_key_is_not_typed_into_the_shell() {
    let mut run = in_a_shell("--theme projector-dark");
    run.answers = Answers::of(SILENT);
    // The first frame ends so, and the question goes before it.
    while !run.has_sent("\u{1b}[?25l") {
        run.takes();
    }
    assert!(run.has_sent("\u{1b}[c"));
    run.types("q");
    // It waits for what it asked for: there is nothing to read, and the terminal is not given back.
    let early = run.bytes.recv_timeout(Duration::from_millis(300));
    assert!(early.is_err(), "{early:?}");
    run.types("\u{1b}[?62;22c");
    run.sees("the shell").types("end\n").sees("read [end]");
    assert_eq!(run.ends(), 0);
}

#[cfg(unix)]
#[test]
fn a_terminal_that_answers_nothing_is_left_all_the_same() {
    let mut run = in_a_shell("--theme projector-dark");
    run.answers = Answers::of(SILENT);
    while !run.has_sent("\u{1b}[c") {
        run.takes();
    }
    run.types("q");
    run.sees("the shell").types("end\n").sees("read [end]");
    assert_eq!(run.ends(), 0);
}

#[cfg(unix)]
#[test]
fn whoever_leads_the_room_is_told_once_more_wrong_codes_come_than_people_mistype() {
    let args = ["serve", "--address", "127.0.0.1", "--port", "0"];
    let args = [&args[..], &["--code", "mango-42"]].concat();
    let mut room = Run::start(&args, &[]);
    room.sees("mango-42@127.0.0.1");
    let text = room.text();
    let after = text.split_once("ssh -p ").expect("a line to type").1;
    let port = after.split(' ').next().and_then(|port| port.parse().ok());
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], port.expect("a port")));
    let mut leads = Run::start_in(Rc::clone(&room.home), &[], &[]);
    leads.sees("live, 0 here");
    let guesses = |code: &'static str, times: u32| {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            for _ in 0..times {
                let mut client = crate::ssh_client::connect(address).await.expect("a door");
                let answer = client.authenticate_none(code).await.expect("an answer");
                assert!(!answer.success());
            }
        });
    };
    // Names that cannot be the code are no guesses, and twenty may be mistyped.
    guesses("root", 3);
    guesses("mango-43", 20);
    leads.types("I").sees("0 here").sees("Rank with us");
    assert!(!leads.text().contains("wrong codes"), "{}", leads.text());
    guesses("mango-44", 1);
    leads.sees("0 here, 21 wrong codes");
    // The next are told of too, if a little later.
    guesses("mango-45", 1);
    leads.sees("0 here, 22 wrong codes").sees("may be guessing");
    leads
        .sees("live, 0 here, wrong codes: see I")
        .types("\u{3}");
    assert_eq!(leads.ends(), 0);
    room.types("\u{3}");
    assert_eq!(room.ends(), 0);
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

#[cfg(unix)]
#[test]
fn a_note_and_a_draft_are_there_again_after_the_program_was_killed() {
    let mut run = Run::start(&["open", "matrix/case-management/output"], &[]);
    run.sees("Case Management / Output")
        .types("n")
        .sees("On Case Management / Output")
        .types("Who may see this?\t\u{13}")
        .sees("Saved.")
        .sees("1 note here")
        .types("n")
        .sees("On Case Management / Output")
        .types("half a thought");
    run.sees("half a thought").sees("draft kept");
    let home = run.is_killed();
    let mut again = Run::start_in(home, &["open", "matrix/case-management/output"], &[]);
    again
        .sees("Today's session goes on: no title, 1 note.")
        .sees("1 note here")
        .types("n")
        .sees("half a thought")
        .types("\u{1b}")
        .sees("kept as a draft")
        .types("6")
        .sees("Who may see this?")
        .types("q");
    assert_eq!(again.ends(), 0);
    again.has_given_the_terminal_back();
}

#[cfg(unix)]
#[test]
fn a_second_program_sees_the_same_room_until_the_first_closes_it() {
    let mut first = Run::start(&[], &[]);
    first
        .sees("Population Data / Output")
        .types("n")
        .sees("On Population Data")
        .types("from the first\u{13}")
        .sees("Saved.");
    let mut second = Run::start_in(Rc::clone(&first.home), &[], &[]);
    second
        .sees("Another pim has this session open")
        .types("6")
        .sees("from the first")
        .resizes(100, 30)
        .types("n")
        .sees("On the session")
        .types("from the second\u{13}")
        .sees("Saved.");
    first.types("6").sees("from the second").types("q");
    assert_eq!(first.ends(), 0);
    assert_eq!(second.ends(), 0);
    second.has_given_the_terminal_back();
    assert!(String::from_utf8_lossy(&second.raw).contains("The session is over. Thank you."));
}

#[cfg(unix)]
#[test]
fn a_wall_on_the_same_machine_shows_the_exercise_and_no_note() {
    let mut first = Run::start(&[], &[]);
    first
        .sees("Population Data / Output")
        .types("n")
        .sees("On Population Data")
        .types("for us alone\u{13}")
        .sees("Saved.");
    let mut wall = Run::start_in(Rc::clone(&first.home), &["wall"], &[]);
    wall.sees("The exercise has not begun.");
    first
        .types("5")
        .sees("Sudden-onset")
        .types("\r")
        .sees("Enter begin");
    first.types("\r").sees("Lobby");
    wall.sees("Lobby").types("61n").types("q");
    assert_eq!(wall.ends(), 0);
    assert!(!String::from_utf8_lossy(&wall.raw).contains("alone"));
    let mut alone = Run::start(&["wall"], &[]);
    assert_eq!(alone.ends(), 2);
    assert!(String::from_utf8_lossy(&alone.raw).contains("no session is open on this machine"));
}

#[cfg(unix)]
#[test]
fn a_second_program_that_quits_leaves_the_first_alone() {
    let mut first = Run::start(&[], &[]);
    first
        .sees("Population Data / Output")
        .types("n")
        .sees("On Population Data")
        .types("mine\u{13}")
        .sees("Saved.");
    let address = ["open", "principles/do-no-harm/collect-data"];
    let mut second = Run::start_in(Rc::clone(&first.home), &address, &[]);
    second
        .sees("Do no harm / Collect data")
        .sees("Another pim has this session open")
        .types("q");
    assert_eq!(second.ends(), 0);
    second.has_given_the_terminal_back();
    let copy = first.home.path().join("copy.pim");
    let folder = first.home.path().join("pim-workshop/sessions");
    let session = std::fs::read_dir(folder)
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "pim"))
        .expect("a session");
    let copied = std::process::Command::new(env!("CARGO_BIN_EXE_pim"))
        .args(["session", "copy"])
        .args([&session, &copy])
        .env("XDG_DATA_HOME", first.home.path())
        .output()
        .expect("it runs");
    assert!(copied.status.success(), "{copied:?}");
    let (store, state) = pim::store::Store::open(&copy).expect("a whole copy");
    assert_eq!(state.notes.len(), 1);
    store.close().expect("it closes");
    first.types("6").sees("mine").types("q");
    assert_eq!(first.ends(), 0);
}

/// The file of a session whose name holds a word.
#[cfg(unix)]
fn session_of(home: &TempDir, word: &str) -> std::path::PathBuf {
    let folder = home.path().join("pim-workshop/sessions");
    std::fs::read_dir(folder)
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| {
            let ends = path.extension().is_some_and(|ending| ending == "pim");
            ends && path.display().to_string().contains(word)
        })
        .expect("a session")
}

#[cfg(unix)]
#[test]
fn sessions_are_begun_named_copied_opened_and_purged_inside() {
    let mut run = Run::start(&["open", "matrix/case-management/output"], &[]);
    run.sees("Case Management / Output")
        .types("n")
        .sees("On Case Management / Output")
        .types("of the first group\u{13}")
        .sees("Saved.")
        .types("W")
        .sees("open here")
        .types("n")
        .sees("Title of the new session")
        .types("Winter\r")
        .sees("Begun: Winter.")
        .types("n")
        .sees("On Case Management / Output")
        .types("of the second group\u{13}")
        .sees("Saved.");
    run.types("W").sees("(no title)").sees("Winter");
    // Looking at the list lets go of nothing: nobody else can open the file.
    let winter = session_of(&run.home, "winter");
    assert!(matches!(
        pim::store::Store::open(&winter),
        Err(pim::store::Failure::Held(_))
    ));
    run.types("N")
        .sees("Place")
        .types("\t\tAmman\r")
        .sees("Saved.")
        .sees("Amman")
        .types("y")
        .sees("Copy the session to the file")
        .types("\u{15}~/kept.pim\r")
        .sees("Copied")
        .types("\r")
        .sees("open here")
        .types("P")
        .sees("This removes for good")
        .sees("kept.pim (copy)")
        .types("y")
        .sees("Still there");
    let home = Rc::clone(&run.home);
    let second = || crate::store_support::holding(home.path(), "of the second group");
    assert_eq!(second(), [home.path().join("kept.pim")]);
    run.types("\r")
        .sees("matrix/case-management/output")
        .types("W")
        .sees("(no title)")
        .types("\r")
        .sees("Open now: no title.")
        .types("6")
        .sees("of the first group")
        .types("q");
    assert_eq!(run.ends(), 0);
}

#[test]
fn a_file_that_is_no_session_is_left_alone_and_the_program_still_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("x.pim");
    std::fs::write(&file, "a letter").expect("a file");
    let mut run = Run::start(&["--session", &file.display().to_string()], &[]);
    run.sees("Reading only:")
        .types("j")
        .sees("Shared")
        .types("q");
    assert_eq!(run.ends(), 0);
    assert_eq!(std::fs::read(&file).expect("it is there"), b"a letter");
}
