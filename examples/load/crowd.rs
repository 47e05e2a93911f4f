//! More connections than the server has descriptors for: begin it after `ulimit -n 64`.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::room::join;
use crate::{Server, told};

#[derive(Args)]
pub(crate) struct Crowd {
    #[command(flatten)]
    server: Server,
    #[arg(long, default_value_t = 100)]
    connections: usize,
}

/// How long the server may take to be itself again.
const RECOVERS: Duration = Duration::from_secs(5);

pub(crate) async fn run(args: &Crowd) -> anyhow::Result<()> {
    args.server.check(args.connections, 0)?;
    let server = args.server.process;
    let at_rest = told::descriptors(server)?;
    let mut inside = join(args.server.address, args.server.code.clone()).await?;
    let mut crowd = Vec::new();
    for _ in 0..args.connections {
        // The system takes those that the server cannot.
        let connecting = TcpStream::connect(args.server.address);
        crowd.push(timeout(RECOVERS, connecting).await??);
    }
    // Until the server has all that it can have.
    let mut most = 0;
    loop {
        let now = told::descriptors(server)?;
        if now == most {
            break;
        }
        most = now;
        sleep(Duration::from_millis(200)).await;
    }
    ensure!(most > at_rest + 1, "nobody of the crowd got in");
    ensure!(
        most < at_rest + args.connections,
        "there is no crowd; was ulimit set?"
    );
    let pressed = Instant::now();
    inside.types(b"?").await?;
    inside.sees("Esc back").await?;
    println!(
        "{} connections, {most} descriptors: a seat that was in answers after {:.0} ms",
        args.connections,
        told::ms(pressed.elapsed())
    );
    drop(crowd);
    let gone = Instant::now();
    let came = timeout(
        RECOVERS,
        join(args.server.address, args.server.code.clone()),
    );
    came.await.context("it did not recover")??;
    println!(
        "once they are gone, somebody comes in after {:.0} ms",
        told::ms(gone.elapsed())
    );
    Ok(())
}
