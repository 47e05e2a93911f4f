//! A room full of people, for `pim serve` on this machine: how fast it answers, and what it costs.
//!
//! Owns the measuring: seats that press a key every two seconds, links that take nothing, links of
//! 2 kB a second, connections that say nothing. Loopback only, and bounded in number and time.
//!
//! ```text
//! load --address 127.0.0.1:2222 --server PID --seats 500 --seconds 60 --code mango-42
//! ```

#![allow(clippy::print_stdout, reason = "a program that reports")]

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use clap::Parser;
use russh::client::{self, Config, Handle, Msg};
use russh::keys::PublicKeyOrCertificate;
use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{interval_at, sleep, timeout};

/// More is no room, but an attack.
const MOST_SEATS: usize = 600;
const MOST_SECONDS: u64 = 900;
/// How often somebody presses a key.
const EVERY: Duration = Duration::from_secs(2);
/// What nothing here should take.
const TOO_LONG: Duration = Duration::from_secs(60);

#[derive(Parser)]
struct Args {
    /// Where the room is; on this machine.
    #[arg(long)]
    address: SocketAddr,
    /// The process that hosts it, whose memory and time are read.
    #[arg(long)]
    server: u32,
    #[arg(long, default_value = "mango-42")]
    code: String,
    #[arg(long, default_value_t = 40)]
    seats: usize,
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Seats that take nothing while the others work.
    #[arg(long, default_value_t = 0)]
    stalled: usize,
    /// Connections that say nothing while somebody logs in.
    #[arg(long, default_value_t = 0)]
    half_open: usize,
    /// Measure leaving over a link of 2 kB a second.
    #[arg(long)]
    slow: bool,
    /// Fail if the slowest hundredth of answers takes longer than so many milliseconds.
    #[arg(long)]
    at_most: Option<u64>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    ensure!(args.address.ip().is_loopback(), "only on this machine");
    ensure!(args.seats + args.stalled <= MOST_SEATS, "too many seats");
    ensure!(args.seconds <= MOST_SECONDS, "too long");
    if args.half_open > 0 {
        half_open(&args).await?;
    }
    if args.slow {
        slow(&args).await?;
    }
    room(&args).await
}

/// Everybody joins, works for a while, and leaves.
async fn room(args: &Args) -> anyhow::Result<()> {
    let before = resident(args.server)?;
    let began = Instant::now();
    let joining: Vec<_> = (0..args.seats)
        .map(|_| tokio::spawn(Seat::join(args.address, args.code.clone(), Arc::default())))
        .collect();
    let mut seats = Vec::new();
    for one in joining {
        seats.push(one.await??);
    }
    let joined = began.elapsed();
    println!(
        "{} seats joined in {:.2} s, {:.0} a second",
        args.seats,
        joined.as_secs_f64(),
        args.seats as f64 / joined.as_secs_f64()
    );
    let stalled = stall(args).await?;
    let full = resident(args.server)?;
    let busy = cpu(args.server)?;
    let working = Instant::now();
    let until = working + Duration::from_secs(args.seconds);
    let all = args.seats;
    let at_work: Vec<_> = seats
        .into_iter()
        .enumerate()
        .map(|(n, seat)| tokio::spawn(seat.work(n, all, until)))
        .collect();
    let mut times = Vec::new();
    for one in at_work {
        times.extend(one.await??);
    }
    let spent = (cpu(args.server)? - busy) / working.elapsed().as_secs_f64();
    let peak = resident(args.server)?;
    report(args, &mut times)?;
    println!("server: {:.0} % of one core", spent * 100.0);
    println!(
        "memory: {:.1} MiB before, {:.1} with all, {:.1} after; {:.0} KiB a seat",
        mib(before),
        mib(full),
        mib(peak),
        peak.saturating_sub(before) as f64 / 1024.0 / (args.seats + args.stalled).max(1) as f64
    );
    drop(stalled);
    Ok(())
}

fn report(args: &Args, times: &mut [Duration]) -> anyhow::Result<()> {
    times.sort_unstable();
    let at = |hundredths: usize| {
        let n = times.len() * hundredths / 100;
        times.get(n.min(times.len().saturating_sub(1)))
    };
    let (Some(half), Some(most), Some(worst)) = (at(50), at(99), times.last()) else {
        bail!("nobody pressed a key in so short a time");
    };
    let ms = |time: &Duration| time.as_secs_f64() * 1000.0;
    println!(
        "key to own frame, {} keys: p50 {:.1} ms, p99 {:.1} ms, worst {:.1} ms",
        times.len(),
        ms(half),
        ms(most),
        ms(worst)
    );
    if let Some(limit) = args.at_most {
        ensure!(
            most.as_millis() <= u128::from(limit),
            "slower than {limit} ms"
        );
    }
    Ok(())
}

/// Seats that press keys until nothing more goes through, and take nothing.
async fn stall(args: &Args) -> anyhow::Result<Vec<Seat>> {
    let mut all = Vec::new();
    for _ in 0..args.stalled {
        let stopped = Arc::new(AtomicBool::new(false));
        let seat = Seat::join(args.address, args.code.clone(), stopped.clone()).await?;
        stopped.store(true, Ordering::SeqCst);
        for key in b"\x0c".repeat(300) {
            if seat.say.data_bytes(vec![key]).await.is_err() {
                break;
            }
        }
        all.push(seat);
    }
    Ok(all)
}

/// Connections that say nothing stand at the door, and somebody comes in.
async fn half_open(args: &Args) -> anyhow::Result<()> {
    let mut silent = Vec::new();
    for _ in 0..args.half_open {
        silent.push(TcpStream::connect(args.address).await?);
    }
    let began = Instant::now();
    let seat = Seat::join(args.address, args.code.clone(), Arc::default()).await?;
    println!(
        "{} half-open connections: a login takes {:.0} ms",
        args.half_open,
        began.elapsed().as_secs_f64() * 1000.0
    );
    drop(seat);
    let began = Instant::now();
    for one in &mut silent {
        let mut rest = Vec::new();
        // Ended or cut off: gone either way.
        let _ = timeout(TOO_LONG, one.read_to_end(&mut rest))
            .await
            .context("a silent connection was kept")?;
    }
    println!(
        "all of them gone after {:.1} s",
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Frames for ten seconds over 2 kB a second, then Ctrl-C.
async fn slow(args: &Args) -> anyhow::Result<()> {
    let address = throttled(args.address).await?;
    let mut seat = Seat::join(address, args.code.clone(), Arc::default()).await?;
    for key in b"\x0c".repeat(50) {
        seat.say.data_bytes(vec![key]).await?;
        sleep(Duration::from_millis(100)).await;
    }
    let began = Instant::now();
    seat.say.data_bytes(b"\x03".to_vec()).await?;
    timeout(TOO_LONG, async { while seat.hears().await {} })
        .await
        .context("Ctrl-C never got through")?;
    println!(
        "2 kB/s, a page every 100 ms for 10 s: Ctrl-C to exit {:.1} s",
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// A way to the room that takes 2 kB a second towards the client.
async fn throttled(to: SocketAddr) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind((to.ip(), 0)).await?;
    let own = listener.local_addr()?;
    tokio::spawn(async move {
        let (near, _) = listener.accept().await?;
        let far = tokio::net::TcpSocket::new_v4()?;
        // A radio link holds little; the system would hold megabytes.
        far.set_recv_buffer_size(4096)?;
        let far = far.connect(to).await?;
        let ((mut near_in, mut near_out), (mut far_in, mut far_out)) =
            (near.into_split(), far.into_split());
        tokio::spawn(async move { tokio::io::copy(&mut near_in, &mut far_out).await });
        let mut some = [0; 200];
        loop {
            let n = far_in.read(&mut some).await?;
            if n == 0 {
                return near_out.shutdown().await;
            }
            near_out
                .write_all(some.get(..n).unwrap_or_default())
                .await?;
            sleep(Duration::from_micros(500 * n as u64)).await;
        }
    });
    Ok(own)
}

/// Somebody at a terminal of 80 by 24.
struct Seat {
    _client: Handle<Anyone>,
    hear: ChannelReadHalf,
    say: ChannelWriteHalf<Msg>,
}

impl Seat {
    /// Joins, and waits for the first frame.
    async fn join(to: SocketAddr, code: String, stopped: Arc<AtomicBool>) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        let link = Stoppable { stream, stopped };
        let mut client = client::connect_stream(Arc::new(Config::default()), link, Anyone).await?;
        ensure!(
            client.authenticate_none(code).await?.success(),
            "wrong code"
        );
        let (hear, say) = client.channel_open_session().await?.split();
        say.request_pty(true, "xterm-256color", 80, 24, 0, 0, &[])
            .await?;
        say.request_shell(true).await?;
        let mut seat = Self {
            _client: client,
            hear,
            say,
        };
        let mut seen = 0;
        while seen < 500 {
            seen += timeout(TOO_LONG, seat.frame()).await??;
        }
        Ok(seat)
    }

    /// Presses a key every two seconds; how long each answer took.
    async fn work(mut self, n: usize, all: usize, until: Instant) -> anyhow::Result<Vec<Duration>> {
        let first = Instant::now() + EVERY.mul_f64(n as f64 / all as f64);
        let mut beat = interval_at(first.into(), EVERY);
        let mut times = Vec::new();
        let mut keys = b"?\x0c".iter().cycle();
        while Instant::now() < until {
            tokio::select! {
                _ = beat.tick() => {
                    let began = Instant::now();
                    self.say.data_bytes(keys.next().copied().into_iter().collect::<Vec<u8>>()).await?;
                    timeout(TOO_LONG, self.frame()).await??;
                    times.push(began.elapsed());
                }
                heard = self.hear.wait() => ensure!(heard.is_some(), "thrown out"),
            }
        }
        Ok(times)
    }

    /// Waits for the next bytes; how many.
    async fn frame(&mut self) -> anyhow::Result<usize> {
        loop {
            match self.hear.wait().await {
                Some(ChannelMsg::Data { data }) => return Ok(data.len()),
                Some(_) => {}
                None => bail!("thrown out"),
            }
        }
    }

    async fn hears(&mut self) -> bool {
        !matches!(self.hear.wait().await, Some(ChannelMsg::Close) | None)
    }
}

struct Anyone;

impl client::Handler for Anyone {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

/// A link whose reader can be stopped.
struct Stoppable {
    stream: TcpStream,
    stopped: Arc<AtomicBool>,
}

impl AsyncRead for Stoppable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if self.stopped.load(Ordering::SeqCst) {
            return Poll::Pending;
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Stoppable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Bytes of memory that a process holds.
fn resident(process: u32) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))
        .context("the server's memory can be read on Linux only, and while it runs")?;
    let line = status.lines().find_map(|one| one.strip_prefix("VmRSS:"));
    let kib = line.and_then(|one| one.split_whitespace().next());
    Ok(kib.context("no VmRSS")?.parse::<u64>()? * 1024)
}

/// Seconds of processor time that a process has used, where a tick is a hundredth.
fn cpu(process: u32) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, rest) = stat.rsplit_once(')').context("no process")?;
    let ticks = rest.split_whitespace().skip(11).take(2);
    Ok(ticks.filter_map(|one| one.parse::<f64>().ok()).sum::<f64>() / 100.0)
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}
