//! A room of phones against a real door, measured.
//!
//! `phones_load [PHONES] [KILLS]` starts the door as a program of its own, lets that many phones
//! come in, listen for news and hand in at once, and says how long that took and what the program
//! holds. Then it is killed in the middle of handing in, again and again, and begun from its file:
//! every phone that was told "kept" must find its ballot.
//!
//! `phones_load serve FILE` is that program: a session with an exercise, the door on a free port.
//! It prints the port and does what it reads: `go Tag`, `show tag`, `lock`, `open`.

#![expect(clippy::print_stdout, reason = "it prints what it measured")]
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot go on should stop"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use pim::app::Effect;
use pim::content::embedded;
use pim::exercise::command::Step;
use pim::exercise::{Act, Command as Exercise, Phase, ScenarioId, Settings as Held, Vote, Way};
use pim::live::code::Code;
use pim::live::phones::{Settings, open};
use pim::live::{Hall, runtime};
use pim::room::{Command, Role, Room, SeatId};

const LEADER: SeatId = SeatId(0);
const ITEMS: u16 = 30;

fn main() {
    let told: Vec<String> = std::env::args().skip(1).collect();
    if told.first().is_some_and(|first| first == "serve") {
        return serve(Path::new(&told[1]));
    }
    let number = |at: usize, usual| told.get(at).map_or(usual, |n| n.parse().unwrap());
    load(number(0, 300));
    kills(number(1, 10));
}

// ---- the door

fn leads(hall: &Hall, command: Exercise) {
    let command = Box::new(Command::Exercise(command));
    let said = hall.ask(LEADER, Role::Facilitator, Effect::Propose(command));
    println!("{said:?}");
}

fn serve(file: &Path) {
    let room = Room::new(embedded().unwrap());
    let taught = file.with_extension("taught");
    let hall = Hall::start(room, file.to_str(), (&taught, None), Box::new(|| ()));
    hall.begin(LEADER, Role::Facilitator);
    let settings = Settings {
        address: std::env::var("PHONES_AT")
            .unwrap_or("127.0.0.1:0".to_owned())
            .parse()
            .unwrap(),
        code: Code::chosen("mango-42").unwrap(),
        public_url: std::env::var("PHONES_PUBLIC")
            .ok()
            .map(|url| url.parse().unwrap()),
    };
    let door = runtime::handle()
        .unwrap()
        .block_on(open(&hall, settings))
        .unwrap();
    if hall.room().session.unwrap().exercises.current().is_none() {
        begin(&hall);
    }
    println!("port {}", door.address().port());
    for line in std::io::stdin().lines() {
        obey(&hall, &line.unwrap());
    }
}

fn begin(hall: &Hall) {
    leads(
        hall,
        Exercise::Open {
            scenario: ScenarioId::Source("sudden-onset-emergency".to_owned()),
            title: "Sudden onset emergency".to_owned(),
            settings: Held {
                way: Way::Long,
                shortlist: 15,
                ..Held::default()
            },
            carry: None,
        },
    );
    let words = [
        "Where families sleep tonight",
        "Which wells still give water",
        "كم عدد الأطفال غير المصحوبين؟",
        "Roads that trucks can use",
        "Who does what, where",
        "Number of people who crossed the border this week, by age and sex",
    ];
    for number in 0..ITEMS {
        let words = words[usize::from(number) % words.len()];
        let text = match number {
            0..6 => words.to_owned(),
            _ => format!("{words} ({number})"),
        };
        let (mark, claim) = (None, None);
        does(hall, Act::Name { text, mark, claim });
    }
}

fn does(hall: &Hall, act: Act) {
    let run = hall.room().session.unwrap().exercises.attended.unwrap();
    leads(hall, Exercise::In(run, act));
}

fn obey(hall: &Hall, line: &str) {
    let vote = if line.ends_with("tag") {
        Vote::Tag
    } else {
        Vote::Rank
    };
    match line.split_once(' ').unwrap_or((line, "")) {
        ("go", to) => {
            let to = *Phase::ALL
                .iter()
                .find(|one| format!("{one:?}") == to)
                .unwrap();
            does(hall, Act::Go { to, seal: true });
        }
        ("show", _) => {
            let agrees = Act::FewAgree { vote, agrees: true };
            does(hall, agrees);
            let step = Step::All;
            does(hall, Act::Reveal { vote, step });
        }
        ("shortlist", _) => {
            let run = hall
                .room()
                .session
                .unwrap()
                .exercises
                .current()
                .unwrap()
                .clone();
            let items = run.candidates().into_iter().map(|one| one.id).take(6);
            does(hall, Act::Shortlist(items.collect()));
        }
        ("lock", _) => does(hall, Act::Lock(true)),
        ("open", _) => does(hall, Act::Lock(false)),
        _ => println!("what? {line}"),
    }
}

// ---- phones

struct Served {
    program: Child,
    lines: BufReader<std::process::ChildStdout>,
    address: SocketAddr,
}

impl Served {
    fn begin(file: &Path) -> Self {
        let mut program = Process::new(std::env::current_exe().unwrap())
            .arg("serve")
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap());
        let port: u16 = loop {
            let mut line = String::new();
            assert!(
                lines.read_line(&mut line).unwrap() > 0,
                "the door did not open"
            );
            if let Some(port) = line.trim().strip_prefix("port ") {
                break port.parse().unwrap();
            }
        };
        Self {
            program,
            lines,
            address: ([127, 0, 0, 1], port).into(),
        }
    }

    fn does(&mut self, what: &str) {
        let mut to = self.program.stdin.as_ref().unwrap();
        writeln!(to, "{what}").unwrap();
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
    }

    /// Kilobytes in memory.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number
            .and_then(|number| number.parse().ok())
            .unwrap_or_default()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Fetches a page; nothing where the other side is gone.
fn get(address: SocketAddr, cookies: &str, path: &str) -> Option<String> {
    send(address, cookies, "GET", path, None)
}

fn send(
    address: SocketAddr,
    cookies: &str,
    method: &str,
    path: &str,
    form: Option<&str>,
) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {cookies}\r\n"
    );
    if let Some(form) = form {
        head += &format!(
            "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://{address}\r\n\
             Content-Length: {}\r\n",
            form.len()
        );
    }
    stream
        .write_all(format!("{head}\r\n{}", form.unwrap_or_default()).as_bytes())
        .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

fn join(address: SocketAddr) -> String {
    let came = get(address, "", "/mango-42").unwrap();
    let set = came
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie: "));
    let cookies: Vec<&str> = set.filter_map(|one| one.split(';').next()).collect();
    cookies.join("; ")
}

fn ballot(page: &str) -> String {
    let (_, form) = page.split_once("action=\"/seat/tag\"").unwrap();
    let fields = form.split("<input type=\"hidden\"").skip(1).map(|field| {
        let quoted: Vec<&str> = field.split('"').collect();
        format!("{}={}", quoted[1], quoted[3])
    });
    let marks =
        (1..=ITEMS).map(|item| format!("i{item}={}", if item % 3 == 0 { "n" } else { "m" }));
    fields.chain(marks).collect::<Vec<_>>().join("&")
}

fn said(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!(
        "{what:<28} {:>5} times   p50 {:>7.1} ms   p99 {:>7.1} ms   most {:>7.1} ms",
        took.len(),
        at(50),
        at(99),
        at(100)
    );
}

/// All phones do the same, each when the others are ready, spread over a time.
fn together<T: Send + 'static>(
    phones: &[String],
    spread: Duration,
    act: impl Fn(usize, &str) -> T + Send + Sync + Clone + 'static,
) -> Vec<T> {
    let ready = Arc::new(Barrier::new(phones.len()));
    let all: Vec<_> = phones
        .iter()
        .cloned()
        .enumerate()
        .map(|(number, phone)| {
            let (ready, act) = (Arc::clone(&ready), act.clone());
            let wait =
                spread * u32::try_from(number).unwrap() / u32::try_from(phones.len()).unwrap();
            std::thread::spawn(move || {
                ready.wait();
                std::thread::sleep(wait);
                act(number, &phone)
            })
        })
        .collect();
    all.into_iter().map(|one| one.join().unwrap()).collect()
}

fn load(number: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut served = Served::begin(&folder.path().join("room.pim"));
    let address = served.address;
    served.does("go Collect");
    served.does("go Tag");
    println!("in memory before: {} KiB", served.memory());
    let phones: Vec<String> = (0..number).map(|_| join(address)).collect();
    let mut news: Vec<TcpStream> = phones.iter().map(|phone| listens(address, phone)).collect();
    for (what, spread) in [("hand in, within 10 s", 10), ("hand in, all at once", 0)] {
        let spread = Duration::from_secs(spread);
        let took = together(&phones, spread, move |_, phone| {
            let page = get(address, phone, "/?change").unwrap();
            let form = ballot(&page);
            let began = Instant::now();
            let answer = send(address, phone, "POST", "/seat/tag", Some(&form)).unwrap();
            assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
            began.elapsed()
        });
        said(what, took);
    }
    println!("in memory with {number} phones: {} KiB", served.memory());
    let began = Instant::now();
    served.does("go Shortlist");
    let heard: Vec<Duration> = news.iter_mut().map(|one| hears(one, began)).collect();
    said("news of the next phase", heard);
    let took = together(&phones, Duration::from_millis(1200), move |_, phone| {
        let began = Instant::now();
        let page = get(address, phone, "/").unwrap();
        assert!(page.starts_with("HTTP/1.1 200"));
        began.elapsed()
    });
    said("every page again, in 1.2 s", took);
    println!("in memory after: {} KiB", served.memory());
}

fn listens(address: SocketAddr, cookies: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!("GET /seat/news HTTP/1.1\r\nHost: {address}\r\nCookie: {cookies}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    hears(&mut stream, Instant::now());
    stream
}

/// Waits for the next line of news.
fn hears(stream: &mut TcpStream, since: Instant) -> Duration {
    let mut heard = String::new();
    let mut bytes = [0; 1024];
    while !heard.contains("data: ") {
        let n = stream.read(&mut bytes).unwrap();
        assert!(n > 0, "the news ended");
        heard += &String::from_utf8_lossy(&bytes[..n]);
    }
    since.elapsed()
}

fn kills(number: usize) {
    let mut kept = 0;
    for kill in 0..number {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("room.pim");
        let mut served = Served::begin(&file);
        let address = served.address;
        served.does("go Collect");
        served.does("go Tag");
        let phones: Vec<String> = (0..100).map(|_| join(address)).collect();
        let pid = served.program.id();
        let done = together(&phones, Duration::from_millis(800), move |at, phone| {
            if at == 10 + (kill * 37) % 80 {
                let killed = Process::new("kill").arg("-9").arg(pid.to_string()).status();
                assert!(killed.unwrap().success());
            }
            let page = get(address, phone, "/").filter(|page| page.contains("/seat/tag"))?;
            let answer = send(address, phone, "POST", "/seat/tag", Some(&ballot(&page)))?;
            answer.starts_with("HTTP/1.1 303").then_some(())
        });
        drop(served);
        let served = Served::begin(&file);
        for (phone, _) in phones.iter().zip(&done).filter(|(_, done)| done.is_some()) {
            let page = get(served.address, phone, "/").unwrap();
            assert!(page.contains("Handed in"), "a ballot that was kept is lost");
            kept += 1;
        }
    }
    println!("killed {number} times; all of {kept} kept ballots were there");
}
