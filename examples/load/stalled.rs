//! Seats that take nothing: what they cost, when they are let go, and that others notice nothing.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Args;
use tokio::time::{interval, sleep};

use crate::client::{Seat, Stoppable, connect_over};
use crate::room::{join_all, work_all};
use crate::{Server, told};

#[derive(Args)]
pub(crate) struct Stalled {
    #[command(flatten)]
    server: Server,
    #[arg(long, default_value_t = 50)]
    clients: usize,
    /// Others, who work meanwhile.
    #[arg(long, default_value_t = 40)]
    seats: usize,
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Fail if the slowest hundredth of the others' answers takes longer, in milliseconds.
    #[arg(long)]
    at_most: Option<u64>,
}

/// The most that all of them may cost, in bytes.
const GROWTH: u64 = 16 * 1024 * 1024;
/// When all of them are to be gone.
const GONE: Duration = Duration::from_secs(30);

pub(crate) async fn run(args: &Stalled) -> anyhow::Result<()> {
    args.server.check(args.clients + args.seats, args.seconds)?;
    let server = args.server.process;
    let others = join_all(&args.server, args.seats).await?;
    let open = told::descriptors(server)?;
    let mut stalled = Vec::new();
    for _ in 0..args.clients {
        stalled.push(sits(&args.server).await?);
    }
    let before = told::resident(server)?;
    let began = Instant::now();
    let working = tokio::spawn(work_all(others, Duration::from_secs(args.seconds)));
    for (seat, stopped) in stalled {
        stopped.store(true, Ordering::SeqCst);
        tokio::spawn(asks_for_pages(seat));
    }
    let (mut peak, mut gone) = (before, None);
    let mut beat = interval(Duration::from_millis(250));
    while began.elapsed() < Duration::from_secs(args.seconds) {
        beat.tick().await;
        peak = peak.max(told::resident(server)?);
        if gone.is_none() && told::descriptors(server)? <= open {
            gone = Some(began.elapsed());
            println!(
                "{} stopped clients: all gone after {:.1} s",
                args.clients,
                began.elapsed().as_secs_f64()
            );
        }
    }
    let growth = peak.saturating_sub(before);
    println!("memory grew by {:.1} MiB", told::mib(growth));
    let mut times = working.await??;
    told::times("key to own frame of the others", &mut times, args.at_most)?;
    ensure!(growth <= GROWTH, "stopped clients cost too much");
    ensure!(
        gone.is_some_and(|at| at <= GONE),
        "stopped clients were kept"
    );
    Ok(())
}

/// Asks for whole pages until none goes through any more.
async fn asks_for_pages(seat: Seat) {
    let mut beat = interval(Duration::from_millis(5));
    while seat.types(b"\x0c").await.is_ok() {
        beat.tick().await;
    }
}

type Stop = std::sync::Arc<std::sync::atomic::AtomicBool>;

/// Somebody at a large terminal, whose link can be stopped.
async fn sits(server: &Server) -> anyhow::Result<(Seat, Stop)> {
    let link = Stoppable::narrow(server.address).await?;
    let stopped = link.stopped.clone();
    let mut client = connect_over(link).await?;
    let answer = client.authenticate_none(server.code.clone()).await?;
    ensure!(answer.success(), "wrong code");
    let mut seat = Seat::sit(client, "xterm-256color", (300, 100)).await?;
    seat.frame().await?;
    // What is on its way arrives.
    sleep(Duration::from_millis(20)).await;
    Ok((seat, stopped))
}
