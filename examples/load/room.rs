//! Seats that press a key every two seconds: how long everybody takes to join, how long an answer
//! takes, and what a seat costs.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use clap::Args;
use tokio::time::{interval_at, timeout};

use crate::client::{DEADLINE, Seat, with_code};
use crate::{Server, told};

/// How often somebody presses a key.
const EVERY: Duration = Duration::from_secs(2);

#[derive(Args)]
pub(crate) struct Room {
    #[command(flatten)]
    server: Server,
    #[arg(long, default_value_t = 40)]
    seats: usize,
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Fail if the slowest hundredth of answers takes longer than so many milliseconds.
    #[arg(long)]
    at_most: Option<u64>,
}

/// Everybody joins, works for a while, and leaves.
pub(crate) async fn run(args: &Room) -> anyhow::Result<()> {
    args.server.check(args.seats, args.seconds)?;
    let server = args.server.process;
    let before = told::resident(server)?;
    let began = Instant::now();
    let seats = join_all(&args.server, args.seats).await?;
    let joined = began.elapsed().as_secs_f64();
    let pace = args.seats as f64 / joined;
    println!(
        "{} seats joined in {joined:.2} s, {pace:.0} a second",
        args.seats
    );
    let full = told::resident(server)?;
    let busy = told::cpu(server)?;
    let working = Instant::now();
    let mut times = work_all(seats, Duration::from_secs(args.seconds)).await?;
    let spent = (told::cpu(server)? - busy) / working.elapsed().as_secs_f64();
    let peak = told::resident(server)?;
    println!("server: {:.0} % of one core", spent * 100.0);
    println!(
        "memory: {:.1} MiB before, {:.1} with all, {:.1} after; {:.0} KiB a seat",
        told::mib(before),
        told::mib(full),
        told::mib(peak),
        peak.saturating_sub(before) as f64 / 1024.0 / args.seats.max(1) as f64
    );
    told::times("key to own frame", &mut times, args.at_most)
}

/// So many join at once, and have their first frame.
pub(crate) async fn join_all(server: &Server, seats: usize) -> anyhow::Result<Vec<Seat>> {
    let joining = (0..seats).map(|_| tokio::spawn(join(server.address, server.code.clone())));
    let joining: Vec<_> = joining.collect();
    let mut seats = Vec::new();
    for one in joining {
        seats.push(one.await??);
    }
    Ok(seats)
}

/// Joins at a terminal of 80 by 24, and waits for the first frame.
pub(crate) async fn join(to: SocketAddr, code: String) -> anyhow::Result<Seat> {
    let client = with_code(to, &code).await?;
    let mut seat = Seat::sit(client, "xterm-256color", (80, 24)).await?;
    seat.sees("Welcome").await?;
    Ok(seat)
}

/// All press keys for so long; how long each answer took.
pub(crate) async fn work_all(seats: Vec<Seat>, time: Duration) -> anyhow::Result<Vec<Duration>> {
    let (all, until) = (seats.len(), Instant::now() + time);
    let at_work = seats.into_iter().enumerate();
    let at_work: Vec<_> = at_work
        .map(|(n, seat)| tokio::spawn(work(seat, n, all, until)))
        .collect();
    let mut times = Vec::new();
    for one in at_work {
        times.extend(one.await??);
    }
    Ok(times)
}

/// Presses a key every two seconds; how long each answer took.
async fn work(
    mut seat: Seat,
    n: usize,
    all: usize,
    until: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let first = Instant::now() + EVERY.mul_f64(n as f64 / all as f64);
    let mut beat = interval_at(first.into(), EVERY);
    let mut times = Vec::new();
    let mut keys = b"?\x0c".chunks(1).cycle();
    while Instant::now() < until {
        tokio::select! {
            _ = beat.tick() => {
                let began = Instant::now();
                seat.types(keys.next().unwrap_or_default()).await?;
                timeout(DEADLINE, seat.frame()).await??;
                times.push(began.elapsed());
            }
            heard = seat.hears() => anyhow::ensure!(heard, "thrown out"),
        }
    }
    Ok(times)
}
