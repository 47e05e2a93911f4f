//! Terminals of hostile sizes, and a thousand new sizes a second.

use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Args;
use tokio::time::interval;

use crate::client::{Seat, with_code};
use crate::room::{join_all, work_all};
use crate::{Server, told};

#[derive(Args)]
pub(crate) struct Sizes {
    #[command(flatten)]
    server: Server,
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Others, who work meanwhile.
    #[arg(long, default_value_t = 20)]
    seats: usize,
    /// Fail if the slowest hundredth of the others' answers takes longer, in milliseconds.
    #[arg(long)]
    at_most: Option<u64>,
}

const SIZES: [(u32, u32); 5] = [
    (0, 0),
    (1, 1),
    (65_535, 65_535),
    (u32::MAX, u32::MAX),
    (u32::MAX, 0),
];
/// The most that such a seat may cost besides, in bytes.
const MORE: u64 = 2 * 1024 * 1024;

pub(crate) async fn run(args: &Sizes) -> anyhow::Result<()> {
    args.server.check(SIZES.len() + args.seats, args.seconds)?;
    let server = args.server.process;
    let others = join_all(&args.server, args.seats).await?;
    let before = told::resident(server)?;
    let mut seats = Vec::new();
    for size in SIZES {
        let client = with_code(args.server.address, &args.server.code).await?;
        seats.push(Seat::sit(client, "xterm", size).await?);
    }
    let time = Duration::from_secs(args.seconds);
    let working = tokio::spawn(work_all(others, time));
    let resizing: Vec<_> = seats
        .into_iter()
        .map(|seat| tokio::spawn(resizes(seat, time)))
        .collect();
    let mut sent = 0;
    for one in resizing {
        sent += one.await??;
    }
    let growth = told::resident(server)?.saturating_sub(before);
    println!(
        "{} seats of hostile sizes, {sent} new sizes in {} s: {:.1} MiB a seat",
        SIZES.len(),
        args.seconds,
        told::mib(growth) / SIZES.len() as f64
    );
    ensure!(growth <= MORE * SIZES.len() as u64, "a size costs too much");
    let mut times = working.await??;
    told::times("key to own frame of the others", &mut times, args.at_most)
}

/// A thousand sizes a second, then one that is read.
async fn resizes(mut seat: Seat, time: Duration) -> anyhow::Result<usize> {
    let until = Instant::now() + time;
    let mut beat = interval(Duration::from_millis(1));
    let mut sizes = SIZES.iter().chain(&[(300, 100), (20, 6)]).cycle();
    let mut told = 0;
    while Instant::now() < until {
        tokio::select! {
            _ = beat.tick() => {
                let (columns, rows) = sizes.next().copied().unwrap_or_default();
                seat.channel.say.window_change(columns, rows, 0, 0).await?;
                told += 1;
            }
            heard = seat.hears() => ensure!(heard, "thrown out"),
        }
    }
    seat.channel.say.window_change(80, 24, 0, 0).await?;
    seat.sees("Press Enter to go on.").await?;
    Ok(told)
}
