//! Somebody who comes over SSH, for the tests and for the load generator: no SSH program is needed.
//!
//! Owns a client that takes any host key, a link whose reader can be stopped, and a seat whose
//! screen is kept as a terminal would show it. Waits up to one deadline for everything; nothing
//! sleeps. What goes wrong is an error that tells what the screen showed.

use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use russh::client::{self, Config, Handle, Msg};
use russh::keys::PublicKeyOrCertificate;
use russh::{ChannelMsg, ChannelWriteHalf, Error};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Longer than anything takes that goes well; only what fails sees its end.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// A client that takes any host key.
pub(crate) struct Anyone;

impl client::Handler for Anyone {
    type Error = Error;

    async fn check_server_key(&mut self, _key: &PublicKeyOrCertificate) -> Result<bool, Error> {
        Ok(true)
    }
}

/// Connects, and logs nobody in.
pub(crate) async fn connect(address: SocketAddr) -> anyhow::Result<Handle<Anyone>> {
    connect_over(Stoppable::to(address).await?).await
}

/// Connects over a link that may be stopped later.
pub(crate) async fn connect_over(link: Stoppable) -> anyhow::Result<Handle<Anyone>> {
    let config = Arc::new(Config::default());
    let connecting = client::connect_stream(config, link, Anyone);
    Ok(timeout(DEADLINE, connecting).await??)
}

/// Connects and says the room's code.
pub(crate) async fn with_code(address: SocketAddr, code: &str) -> anyhow::Result<Handle<Anyone>> {
    let mut client = connect(address).await?;
    let answer = client.authenticate_none(code).await?;
    ensure!(answer.success(), "{code} is a wrong code");
    Ok(client)
}

/// Somebody at a terminal.
pub(crate) struct Seat {
    _client: Handle<Anyone>,
    pub(crate) channel: Asker,
    pub(crate) screen: vt100::Parser,
    pub(crate) bytes: Vec<u8>,
    pub(crate) status: Option<u32>,
}

impl Seat {
    /// Sits down with a terminal of this name and size.
    pub(crate) async fn sit(
        client: Handle<Anyone>,
        term: &str,
        (columns, rows): (u32, u32),
    ) -> anyhow::Result<Self> {
        let mut channel = Asker::open(&client).await?;
        let say = &channel.say;
        say.request_pty(true, term, columns, rows, 0, 0, &[])
            .await?;
        ensure!(channel.is_granted().await?, "no terminal");
        channel.say.request_shell(true).await?;
        ensure!(channel.is_granted().await?, "no seat");
        Ok(Self::over(client, channel))
    }

    /// Somebody at a channel that is made already.
    pub(crate) fn over(client: Handle<Anyone>, channel: Asker) -> Self {
        let (rows, columns) = (cells(24), cells(80));
        Self {
            _client: client,
            channel,
            screen: vt100::Parser::new(rows, columns, 0),
            bytes: Vec::new(),
            status: None,
        }
    }

    pub(crate) async fn types(&self, keys: &[u8]) -> anyhow::Result<()> {
        Ok(self.channel.say.data_bytes(keys.to_vec()).await?)
    }

    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen shows something.
    pub(crate) async fn sees(&mut self, text: &str) -> anyhow::Result<()> {
        self.until(text, |screen| screen.contains(text)).await
    }

    /// Waits until the screen is as wanted.
    pub(crate) async fn until(
        &mut self,
        what: &str,
        is_so: impl Fn(&str) -> bool,
    ) -> anyhow::Result<()> {
        let seen = timeout(DEADLINE, async {
            while !is_so(&self.text()) {
                ensure!(self.hears().await, "the seat ended");
            }
            Ok(())
        });
        let seen = seen.await.unwrap_or_else(|_| bail!("it took too long"));
        seen.with_context(|| format!("never saw {what:?}, but\n{}", self.text()))
    }

    /// Waits until the seat is over; the exit status, and all that was sent.
    pub(crate) async fn until_over(&mut self) -> anyhow::Result<(Option<u32>, String)> {
        timeout(DEADLINE, async { while self.hears().await {} }).await?;
        let said = String::from_utf8_lossy(&self.bytes).into_owned();
        Ok((self.status, said))
    }

    /// Takes in what comes next; whether anything can still come.
    pub(crate) async fn hears(&mut self) -> bool {
        match self.channel.heard.recv().await {
            Some(ChannelMsg::Data { data }) => {
                self.screen.process(&data);
                self.bytes.extend_from_slice(&data);
            }
            Some(ChannelMsg::ExitStatus { exit_status }) => self.status = Some(exit_status),
            Some(ChannelMsg::Close) | None => return false,
            Some(_) => {}
        }
        true
    }

    /// Waits for the next bytes.
    pub(crate) async fn frame(&mut self) -> anyhow::Result<()> {
        let before = self.bytes.len();
        while self.bytes.len() == before {
            ensure!(self.hears().await, "the seat ended");
        }
        Ok(())
    }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

/// A channel that is always listened to, so that asking never waits for hearing.
pub(crate) struct Asker {
    pub(crate) say: ChannelWriteHalf<Msg>,
    heard: mpsc::UnboundedReceiver<ChannelMsg>,
}

impl Asker {
    pub(crate) async fn open(client: &Handle<Anyone>) -> Result<Self, Error> {
        let (mut listen, say) = client.channel_open_session().await?.split();
        let (sender, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(message) = listen.wait().await {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Ok(Self { say, heard })
    }

    /// The answer to a request; what else comes before it is let go.
    pub(crate) async fn is_granted(&mut self) -> anyhow::Result<bool> {
        let answer = async {
            loop {
                match self.heard.recv().await {
                    Some(ChannelMsg::Success) => return true,
                    Some(ChannelMsg::Failure) | None => return false,
                    Some(_) => {}
                }
            }
        };
        Ok(timeout(DEADLINE, answer).await?)
    }
}

/// A link whose reader can be stopped, as Ctrl-S or a suspended laptop stops it.
pub(crate) struct Stoppable {
    pub(crate) stream: TcpStream,
    pub(crate) stopped: Arc<AtomicBool>,
}

impl Stoppable {
    pub(crate) async fn to(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let stopped = Arc::default();
        Ok(Self { stream, stopped })
    }

    /// The same where the system takes little in the reader's place. Said before it connects: a
    /// window that shrinks later makes it throw answers away.
    pub(crate) async fn narrow(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(4096)?;
        let stream = socket.connect(address).await?;
        stream.set_nodelay(true)?;
        let stopped = Arc::default();
        Ok(Self { stream, stopped })
    }
}

impl AsyncRead for Stoppable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
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
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
