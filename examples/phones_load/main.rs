//! A room of phones and terminals against real doors, measured.
//!
//! `phones_load [--phones 300] [--seats 200] [--seconds 20] [--kills 10]` starts the doors as a
//! program of its own, lets that many phones come in, listen for news and hand in, while that many
//! seats over SSH press keys, and says how long that took and what the program holds. The seats
//! are those of the example `load`, which has to be built beside this one. Then the program is
//! killed in the middle of handing in, again and again, and begun from its file: every phone that
//! was told "kept" must find its ballot.
//!
//! `phones_load serve FILE` is that program: a session with an exercise, the doors on free ports.
//! It prints them and does what it reads: `go Tag`, `show tag`, `lock`, `open`.

#![expect(clippy::print_stdout, reason = "it prints what it measured")]
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot go on should stop"
)]

mod door;
#[path = "../../tests/it/leader.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod leader;
mod phone;
mod served;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use phone::{Phone, said, together};
use served::Served;

/// What the room is asked about.
const ITEMS: u16 = 30;

#[derive(Parser)]
struct Args {
    /// Phones in the room.
    #[arg(long, default_value_t = 300)]
    phones: usize,
    /// Seats over SSH beside them.
    #[arg(long, default_value_t = 0)]
    seats: usize,
    /// How long people take to hand in, one after the other.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// How often the program is killed.
    #[arg(long, default_value_t = 10)]
    kills: usize,
    /// Fail if the slowest hundredth of ballots takes longer than so many milliseconds.
    #[arg(long)]
    at_most: Option<u64>,
    #[command(subcommand)]
    role: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// Be the room, with the session of a file.
    Serve { file: std::path::PathBuf },
}

fn main() {
    let args = Args::parse();
    if let Some(Part::Serve { file }) = &args.role {
        return door::serve(file);
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        load(&args).await;
        kills(args.kills).await;
    });
}

/// Everybody comes in, hands in at their own pace and then all at once, and follows on.
async fn load(args: &Args) {
    let folder = tempfile::tempdir().unwrap();
    let mut served = Served::begin(&folder.path().join("room.pim"));
    served.does("go Collect");
    served.does("go Tag");
    println!("in memory before: {} KiB", served.memory());
    let began = Instant::now();
    let mut phones = Vec::new();
    for _ in 0..args.phones {
        phones.push(Phone::join(served.address).await);
    }
    println!(
        "{} phones came in, one after the other, in {:.1} s",
        args.phones,
        began.elapsed().as_secs_f64()
    );
    let mut news = Vec::new();
    for phone in &phones {
        news.push(phone.listens().await);
    }
    let seats = (args.seats > 0).then(|| seats(args, &served));
    let mut slowest = Duration::ZERO;
    for (what, spread) in [
        ("hand in, one after the other", args.seconds),
        ("hand in, all at once", 0),
    ] {
        let busy = served.processor();
        let began = Instant::now();
        let took = together(&phones, Duration::from_secs(spread), |phone| async move {
            let page = phone.get("/?change").await.unwrap();
            let form = phone::ballot(&page);
            let began = Instant::now();
            let answer = phone.sends("/seat/tag", &form).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
            began.elapsed()
        });
        slowest = slowest.max(said(what, took.await));
        let spent = (served.processor() - busy) / began.elapsed().as_secs_f64();
        println!("  the program: {:.0} % of one core", spent * 100.0);
    }
    println!("in memory with all: {} KiB", served.memory());
    let began = Instant::now();
    served.does("go Shortlist");
    let mut heard = Vec::new();
    for one in &mut news {
        heard.push(one.hears(began).await);
    }
    said("news of the next phase", heard);
    let took = together(&phones, Duration::from_millis(1200), |phone| async move {
        let began = Instant::now();
        let page = phone.get("/").await.unwrap();
        assert!(page.starts_with("HTTP/1.1 200"));
        began.elapsed()
    });
    said("every page again, in 1.2 s", took.await);
    if let Some(mut seats) = seats {
        assert!(seats.wait().unwrap().success(), "seats over SSH failed");
    }
    if let Some(most) = args.at_most {
        assert!(
            slowest <= Duration::from_millis(most),
            "slower than {most} ms"
        );
    }
}

/// Seats over SSH that work beside the phones, as a program of its own.
fn seats(args: &Args, served: &Served) -> Child {
    let own = std::env::current_exe().unwrap();
    let beside = own.parent().unwrap_or(Path::new(".")).join("load");
    let mut seats = Command::new(beside)
        .args(["room", "--address", &served.ssh.to_string()])
        .args(["--process", &served.id().to_string()])
        .args(["--seats", &args.seats.to_string()])
        .args(["--seconds", &(args.seconds + 15).to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // It says so when all have joined, and goes on working.
    let mut lines = std::io::BufReader::new(seats.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut lines, &mut line).unwrap();
    print!("{line}");
    std::thread::spawn(move || {
        for line in std::io::BufRead::lines(lines).map_while(Result::ok) {
            println!("  over SSH: {line}");
        }
    });
    seats
}

async fn kills(number: usize) {
    let mut kept = 0;
    for kill in 0..number {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("room.pim");
        let mut served = Served::begin(&file);
        served.does("go Collect");
        served.does("go Tag");
        let mut phones = Vec::new();
        for _ in 0..100 {
            phones.push(Phone::join(served.address).await);
        }
        let (pid, last) = (served.id(), phones[10 + (kill * 37) % 80].clone());
        let done = together(&phones, Duration::from_millis(800), move |phone| {
            let kills = phone.is(&last);
            async move {
                if kills {
                    let killed = Command::new("kill").args(["-9", &pid.to_string()]).status();
                    assert!(killed.unwrap().success());
                }
                let page = phone.get("/").await;
                let page = page.filter(|page| page.contains("/seat/tag"))?;
                let answer = phone.sends("/seat/tag", &phone::ballot(&page)).await?;
                answer.starts_with("HTTP/1.1 303").then_some(())
            }
        });
        let done = done.await;
        drop(served);
        let served = Served::begin(&file);
        for (phone, _) in phones.iter().zip(&done).filter(|(_, done)| done.is_some()) {
            let page = phone.at(served.address).get("/").await.unwrap();
            assert!(page.contains("Handed in"), "a ballot that was kept is lost");
            kept += 1;
        }
    }
    println!("killed {number} times; all of {kept} kept ballots were there");
}
