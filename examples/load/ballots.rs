//! A vote: how long a ballot takes to its confirmation, which comes once it is on the disk, and
//! how long until the wall counts it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use tokio::time::{sleep, timeout};

use crate::client::{DEADLINE, Seat};
use crate::room::join_all;
use crate::{Server, facilitator, told};

#[derive(Args)]
pub(crate) struct Ballots {
    #[command(flatten)]
    server: Server,
    /// The facilitator's private key.
    #[arg(long)]
    key: PathBuf,
    #[arg(long, default_value_t = 40)]
    seats: usize,
    /// All ballots are handed in within so many seconds.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Fail if the slowest hundredth of ballots takes longer to the wall, in milliseconds.
    #[arg(long)]
    at_most: Option<u64>,
}

pub(crate) async fn run(args: &Ballots) -> anyhow::Result<()> {
    args.server.check(args.seats, args.seconds)?;
    let key = facilitator::key(&args.key)?;
    let _leads = facilitator::holds_a_vote(args.server.address, &key).await?;
    let mut wall = facilitator::comes(args.server.address, "projector", &key).await?;
    wall.sees(facilitator::ITEMS[0]).await?;
    let mut seats = join_all(&args.server, args.seats).await?;
    for seat in &mut seats {
        seat.types(b"\r").await?;
        seat.sees("Not handed in yet").await?;
    }
    wall.sees(&format!(" / {} here", args.seats)).await?;
    let counting = tokio::spawn(counts(wall, args.seats));
    let spread = Duration::from_secs(args.seconds);
    let voting = seats.into_iter().enumerate().map(|(n, seat)| {
        let wait = spread.mul_f64(n as f64 / args.seats as f64);
        tokio::spawn(votes(seat, wait))
    });
    let voting: Vec<_> = voting.collect();
    let (mut handed, mut confirmed) = (Vec::new(), Vec::new());
    for one in voting {
        let (at, took) = one.await??;
        handed.push(at);
        confirmed.push(took);
    }
    told::times("ballot to its confirmation", &mut confirmed, None)?;
    // Ballots count in the order in which they come.
    handed.sort_unstable();
    let shown = timeout(DEADLINE, counting)
        .await
        .context("the wall lags")???;
    let mut to_wall: Vec<Duration> = handed
        .iter()
        .zip(1..)
        .filter_map(|(at, n)| {
            let seen = shown.iter().find(|(count, _)| *count >= n);
            seen.map(|(_, seen)| seen.saturating_duration_since(*at))
        })
        .collect();
    ensure!(
        to_wall.len() == args.seats,
        "ballots never came to the wall"
    );
    told::times("ballot to the wall", &mut to_wall, args.at_most)
}

/// Hands in after a while; when, and how long until that was confirmed.
async fn votes(mut seat: Seat, wait: Duration) -> anyhow::Result<(Instant, Duration)> {
    let until = Instant::now() + wait;
    while Instant::now() < until {
        tokio::select! {
            () = sleep(until - Instant::now()) => {}
            heard = seat.hears() => ensure!(heard, "thrown out"),
        }
    }
    let at = Instant::now();
    seat.types(b" \r").await?;
    seat.sees("Handed in:").await?;
    let took = at.elapsed();
    // The seat stays, so that the wall goes on to count it as here.
    tokio::spawn(async move { while seat.hears().await {} });
    Ok((at, took))
}

/// When the wall first showed each number of ballots.
async fn counts(mut wall: Seat, all: usize) -> anyhow::Result<Vec<(usize, Instant)>> {
    let mut shown = Vec::new();
    loop {
        ensure!(wall.hears().await, "the wall went away");
        let now = Instant::now();
        let count = count(&wall.text()).unwrap_or_default();
        if shown.last().is_none_or(|(last, _)| *last < count) {
            shown.push((count, now));
        }
        if count >= all {
            return Ok(shown);
        }
    }
}

/// The number in "7 in / 9 here".
fn count(text: &str) -> Option<usize> {
    let (before, _) = text.split_once(" in / ")?;
    before.split_whitespace().next_back()?.parse().ok()
}
