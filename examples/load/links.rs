//! Links that say nothing, and a link of 2 kB a second.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

use crate::room::join;
use crate::{Server, told};

/// What nothing here should take.
const TOO_LONG: Duration = Duration::from_secs(60);

#[derive(Args)]
pub(crate) struct Silent {
    #[command(flatten)]
    server: Server,
    #[arg(long, default_value_t = 64)]
    connections: usize,
}

/// Connections that say nothing stand at the door, half of them with a byte a second, and
/// somebody comes in.
pub(crate) async fn silent(args: &Silent) -> anyhow::Result<()> {
    args.server.check(args.connections, 0)?;
    let began = Instant::now();
    let mut at_the_door = Vec::new();
    for n in 0..args.connections {
        let stream = TcpStream::connect(args.server.address).await?;
        at_the_door.push(tokio::spawn(stands(stream, n % 2 == 0)));
    }
    let coming = Instant::now();
    drop(join(args.server.address, args.server.code.clone()).await?);
    let took = coming.elapsed();
    println!(
        "{} connections that say nothing, or a byte a second: a login takes {:.0} ms",
        args.connections,
        told::ms(took)
    );
    ensure!(took < Duration::from_secs(1), "a login took too long");
    for one in at_the_door {
        one.await?.context("a silent connection was kept")?;
    }
    let gone = began.elapsed();
    println!("all of them gone after {:.1} s", gone.as_secs_f64());
    ensure!(
        gone < Duration::from_secs(17),
        "silent connections stay too long"
    );
    Ok(())
}

/// Until it is sent away.
async fn stands(stream: TcpStream, drips: bool) -> anyhow::Result<()> {
    let (mut hear, mut say) = stream.into_split();
    let gone = async {
        let mut rest = Vec::new();
        // Ended or cut off: gone either way.
        let _ = hear.read_to_end(&mut rest).await;
    };
    let drip = async {
        let mut greeting = b"SSH-2.0-slowly_and_for_a_long_time".iter().cycle();
        while drips
            && say
                .write_all(&[*greeting.next().unwrap_or(&0)])
                .await
                .is_ok()
        {
            sleep(Duration::from_secs(1)).await;
        }
        std::future::pending::<()>().await;
    };
    timeout(TOO_LONG, async {
        tokio::select! {
            () = gone => {}
            () = drip => {}
        }
    })
    .await?;
    Ok(())
}

#[derive(Args)]
pub(crate) struct Slow {
    #[command(flatten)]
    server: Server,
}

/// Frames for ten seconds over 2 kB a second, then Ctrl-C.
pub(crate) async fn slow(args: &Slow) -> anyhow::Result<()> {
    args.server.check(1, 0)?;
    let address = throttled(args.server.address).await?;
    let mut seat = join(address, args.server.code.clone()).await?;
    for _ in 0..100 {
        seat.types(b"\x0c").await?;
        sleep(Duration::from_millis(100)).await;
    }
    let began = Instant::now();
    seat.types(b"\x03").await?;
    timeout(TOO_LONG, async { while seat.hears().await {} })
        .await
        .context("Ctrl-C never got through")?;
    let took = began.elapsed().as_secs_f64();
    println!("2 kB/s, a page every 100 ms for 10 s: Ctrl-C to exit {took:.1} s");
    ensure!(took <= 8.0, "leaving took too long");
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
