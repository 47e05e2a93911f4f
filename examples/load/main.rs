//! A room full of people, for `pim serve` on this machine: how fast it answers, what it costs,
//! and what it survives.
//!
//! Owns the measures and their limits; each part below owns one of them. Loopback only, and
//! bounded in number and time. What is not as it should be ends the program with an error.
//!
//! ```text
//! load room    --address 127.0.0.1:2222 --process PID --seats 500 --seconds 60
//! load ballots --address 127.0.0.1:2222 --process PID --seats 500 --key id_ed25519
//! load stalled | crowd | sizes | silent | slow …      (see --help)
//! load kills   --pim target/release/pim --times 200
//! ```

#![allow(clippy::print_stdout, reason = "a program that reports")]

mod ballots;
#[path = "../../tests/it/ssh_client.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod client;
mod crowd;
mod facilitator;
mod kills;
mod links;
mod room;
mod sizes;
mod stalled;
mod told;

use std::net::SocketAddr;

use anyhow::ensure;
use clap::{Args, Parser, Subcommand};

/// More is no room, but an attack.
const MOST_SEATS: usize = 600;
const MOST_SECONDS: u64 = 900;

/// A room full of people, for a program on this machine.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    what: What,
}

/// Where the room is.
#[derive(Args, Clone)]
struct Server {
    /// Its address; on this machine.
    #[arg(long)]
    address: SocketAddr,
    /// The number of the process that hosts it, whose memory and time are read.
    #[arg(long)]
    process: u32,
    #[arg(long, default_value = "mango-42")]
    code: String,
}

#[derive(Subcommand)]
enum What {
    /// Seats that press a key every two seconds.
    Room(room::Room),
    /// A vote: from a ballot to its confirmation, and to the wall.
    Ballots(ballots::Ballots),
    /// Seats that take nothing, while others work.
    Stalled(stalled::Stalled),
    /// More connections than the server has descriptors for.
    Crowd(crowd::Crowd),
    /// Terminals of any size, a thousand new ones a second.
    Sizes(sizes::Sizes),
    /// Connections that say nothing, while somebody logs in.
    Silent(links::Silent),
    /// Leaving over a link of 2 kB a second.
    Slow(links::Slow),
    /// A server that is killed under load, again and again.
    Kills(kills::Kills),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().what {
        What::Room(args) => room::run(&args).await,
        What::Ballots(args) => ballots::run(&args).await,
        What::Stalled(args) => stalled::run(&args).await,
        What::Crowd(args) => crowd::run(&args).await,
        What::Sizes(args) => sizes::run(&args).await,
        What::Silent(args) => links::silent(&args).await,
        What::Slow(args) => links::slow(&args).await,
        What::Kills(args) => kills::run(&args).await,
    }
}

impl Server {
    /// Nobody else's machine, and no more than a room.
    fn check(&self, seats: usize, seconds: u64) -> anyhow::Result<()> {
        ensure!(self.address.ip().is_loopback(), "only on this machine");
        ensure!(seats <= MOST_SEATS, "too many seats");
        ensure!(seconds <= MOST_SECONDS, "too long");
        Ok(())
    }
}
