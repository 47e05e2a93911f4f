//! A server that is killed under load, again and again: whatever a screen confirmed is there
//! afterwards, and every seat is where it was.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use russh::keys::key::safe_rng;
use russh::keys::{Algorithm, PrivateKey};
use tokio::time::sleep;

use crate::client::{Seat, with_code};
use crate::facilitator::{ITEMS, holds_a_vote};
use crate::room::join;
use crate::{MOST_SEATS, told};

/// The room's code: the same in every run.
const CODE: &str = "mango-4271";
/// How long a new start may take.
const STARTS: Duration = Duration::from_secs(1);

#[derive(Args)]
pub(crate) struct Kills {
    /// The program that is killed.
    #[arg(long)]
    pim: PathBuf,
    #[arg(long, default_value_t = 5)]
    times: usize,
    #[arg(long, default_value_t = 20)]
    seats: usize,
}

/// Somebody whose line drops with each kill.
struct Voter {
    code: String,
    /// The marks that were confirmed last.
    kept: Vec<String>,
    /// The marks that were on their way.
    asked: Vec<String>,
    /// How often something was confirmed.
    confirmed: usize,
}

pub(crate) async fn run(args: &Kills) -> anyhow::Result<()> {
    ensure!(args.seats <= MOST_SEATS && args.times <= 1000, "too many");
    let folder = tempfile::tempdir()?;
    let key = PrivateKey::random(&mut safe_rng(), Algorithm::Ed25519)?;
    let public = folder.path().join("key.pub");
    std::fs::write(&public, key.public_key().to_openssh()?)?;
    let mut served = Served::begin(&args.pim, folder.path(), &public, 0)?;
    drop(holds_a_vote(served.address, &key).await?);
    let (mut voters, mut seats) = (Vec::new(), Vec::new());
    for _ in 0..args.seats {
        let mut seat = join(served.address, CODE.to_owned()).await?;
        let code = own_code(&seat.text()).context("no code on the first screen")?;
        seat.types(b"\r \r").await?;
        seat.sees("Handed in:").await?;
        let kept = marks(&seat.text());
        seats.push(seat);
        voters.push(Voter {
            code,
            asked: kept.clone(),
            kept,
            confirmed: 0,
        });
    }
    let mut starts = Vec::new();
    for kill in 0..args.times {
        let voting = std::mem::take(&mut voters).into_iter().zip(seats.drain(..));
        let voting: Vec<_> = voting
            .map(|(voter, seat)| tokio::spawn(votes(voter, seat)))
            .collect();
        // Another moment each time.
        sleep(Duration::from_millis(40 + (kill as u64 * 37) % 400)).await;
        served.kill()?;
        for one in voting {
            voters.push(one.await?);
        }
        let began = Instant::now();
        let port = served.address.port();
        served = Served::begin(&args.pim, folder.path(), &public, port)?;
        starts.push(began.elapsed());
        for voter in &mut voters {
            seats.push(comes_back(served.address, voter).await?);
        }
    }
    let confirmed: usize = voters.iter().map(|one| one.confirmed).sum();
    served.kill()?;
    println!(
        "killed {} times under {} seats: all of {confirmed} confirmed ballots were there, and every seat",
        args.times, args.seats
    );
    told::times("a new start", &mut starts, Some(STARTS.as_millis() as u64))
}

/// Changes the ballot and hands it in, until the line drops.
async fn votes(mut voter: Voter, mut seat: Seat) -> Voter {
    let mut step = 0;
    loop {
        step += 1;
        let down = vec![b'j'; step % ITEMS.len()];
        let up = vec![b'k'; ITEMS.len()];
        let keys = [up.as_slice(), &down, b" "].concat();
        if seat.types(&keys).await.is_err() || seat.sees("Changed").await.is_err() {
            return voter;
        }
        voter.asked = marks(&seat.text());
        if seat.types(b"\r").await.is_err() || seat.sees("Handed in:").await.is_err() {
            return voter;
        }
        voter.kept = marks(&seat.text());
        voter.asked = voter.kept.clone();
        voter.confirmed += 1;
    }
}

/// Comes back with the own code, and finds what was confirmed or was on its way.
async fn comes_back(to: SocketAddr, voter: &mut Voter) -> anyhow::Result<Seat> {
    let client = with_code(to, &format!("{CODE}+{}", voter.code)).await?;
    let mut seat = Seat::sit(client, "xterm-256color", (80, 24)).await?;
    seat.sees("Handed in:").await?;
    let found = marks(&seat.text());
    ensure!(
        found == voter.kept || found == voter.asked,
        "a confirmed ballot is lost: kept {:?}, asked {:?}, but\n{}",
        voter.kept,
        voter.asked,
        seat.text()
    );
    let code = own_code(&seat.text());
    ensure!(code.as_ref() == Some(&voter.code), "another seat");
    voter.kept.clone_from(&found);
    voter.asked = found;
    Ok(seat)
}

/// What stands before each item, by item: nothing that moves with the selection.
fn marks(text: &str) -> Vec<String> {
    let marks = text.lines().filter_map(|line| {
        let item = ITEMS.iter().find(|item| line.contains(**item))?;
        let sign = ["must", "nice"]
            .into_iter()
            .find(|sign| line.contains(sign));
        Some(format!("{item} {}", sign.unwrap_or_default()))
    });
    let marks: BTreeSet<String> = marks.collect();
    marks.into_iter().collect()
}

/// The code on the last line of a seat.
fn own_code(text: &str) -> Option<String> {
    let (_, rest) = text.rsplit_once(&format!("{CODE}+"))?;
    rest.split(['@', ' ']).next().map(str::to_owned)
}

/// A running server.
struct Served {
    program: Child,
    address: SocketAddr,
}

impl Served {
    /// Begins it, and waits until it listens.
    fn begin(pim: &Path, folder: &Path, key: &Path, port: u16) -> anyhow::Result<Self> {
        let mut program = Command::new(pim)
            .args(["serve", "--address", "127.0.0.1", "--code", CODE, "--port"])
            .arg(port.to_string())
            .arg("--session")
            .arg(folder.join("room.pim"))
            .arg("--facilitator-key")
            .arg(key)
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{} does not begin", pim.display()))?;
        let said = program.stdout.take().context("it says nothing")?;
        for line in BufReader::new(said).lines() {
            let line = line?;
            let port = line.trim().strip_prefix("ssh -p ");
            if let Some(port) = port.and_then(|rest| rest.split(' ').next()) {
                let address = ([127, 0, 0, 1], port.parse()?).into();
                return Ok(Self { program, address });
            }
        }
        anyhow::bail!("the server did not open its door")
    }

    /// Kills it as the system does when it runs out of memory.
    fn kill(&mut self) -> anyhow::Result<()> {
        self.program.kill()?;
        self.program.wait()?;
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}
