//! An SSH door for tests, and somebody who comes through it.
//!
//! The client waits for what it is to see, up to one deadline for everything; nothing sleeps.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use pim::content;
use pim::live::Hall;
use pim::live::code::Code;
use pim::live::ssh::{Keys, Limits, Open, Settings, open};
use pim::room::{Role, Room};
use russh::client::{self, AuthResult, Config, Handle, Msg};
use russh::keys::key::safe_rng;
use russh::keys::{Algorithm, PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{ChannelMsg, ChannelWriteHalf, Error};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;

pub(crate) const CODE: &str = "MANGO-42";
/// Longer than anything here takes; only a test that fails sees its end.
const DEADLINE: Duration = Duration::from_secs(20);

/// A room with an open door.
pub(crate) struct Place {
    pub(crate) open: Option<Open>,
    pub(crate) hall: Hall,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) key: Arc<PrivateKey>,
}

impl Place {
    pub(crate) async fn open() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hall = hall(
            folder.path().join("session.pim"),
            folder.path().join("taught"),
        )
        .await;
        let key = Arc::new(new_key());
        let line = key.public_key().to_openssh().unwrap();
        let settings = Settings {
            addresses: vec![loopback()],
            code: Code::chosen(CODE).unwrap(),
            host_key: folder.path().join("keys").join("host_key"),
            facilitators: Keys::parse(&line).unwrap(),
            limits,
        };
        let open = open(hall.clone(), settings).await.unwrap();
        Self {
            open: Some(open),
            hall,
            folder,
            key,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.open.as_ref().unwrap().addresses()[0]
    }

    pub(crate) async fn connect(&self) -> Handle<Anyone> {
        connect(self.address()).await.unwrap()
    }

    /// Somebody with the right code, before anything but the login.
    pub(crate) async fn logged_in(&self) -> Handle<Anyone> {
        let mut client = self.connect().await;
        assert!(
            client
                .authenticate_none("mango-42")
                .await
                .unwrap()
                .success()
        );
        client
    }

    /// A participant at a terminal.
    pub(crate) async fn join(&self) -> Visitor {
        Visitor::sit(self.logged_in().await, "xterm-256color", (80, 24)).await
    }

    pub(crate) async fn login_with_key(
        &self,
        user: &str,
        key: Arc<PrivateKey>,
    ) -> (Handle<Anyone>, AuthResult) {
        let mut client = self.connect().await;
        let key = PrivateKeyWithHashAlg::new(key, None);
        let result = client.authenticate_publickey(user, key).await.unwrap();
        (client, result)
    }

    /// A participant whose terminal was stopped right after it sat down: it sends, and takes
    /// nothing.
    pub(crate) async fn stalling(&self) -> Visitor {
        let stopped = Arc::new(AtomicBool::new(false));
        let stream = TcpStream::connect(self.address()).await.unwrap();
        socket2::SockRef::from(&stream)
            .set_recv_buffer_size(4096)
            .unwrap();
        let stream = Stoppable {
            stream,
            stopped: stopped.clone(),
        };
        let config = Arc::new(Config::default());
        let mut client = client::connect_stream(config, stream, Anyone)
            .await
            .unwrap();
        assert!(client.authenticate_none(CODE).await.unwrap().success());
        let visitor = Visitor::sit(client, "xterm", (300, 100)).await;
        stopped.store(true, Ordering::SeqCst);
        visitor
    }

    /// Waits until so many are connected.
    pub(crate) async fn until_inside(&self, n: usize) {
        let mut inside = self.open.as_ref().unwrap().inside();
        let reached = timeout(DEADLINE, inside.wait_for(|now| *now == n));
        reached.await.unwrap().unwrap();
    }
}

pub(crate) fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

pub(crate) fn new_key() -> PrivateKey {
    PrivateKey::random(&mut safe_rng(), Algorithm::Ed25519).unwrap()
}

/// A hall whose session is a file.
pub(crate) async fn hall(session: PathBuf, taught: PathBuf) -> Hall {
    let room = Room::new(content::embedded().unwrap());
    let wanted = session.to_str().unwrap().to_owned();
    let begin = move || {
        let hall = Hall::start(room, Some(&wanted), (&taught, None), Box::new(|| ()));
        hall.begin(hall.new_seat(), Role::Facilitator);
        hall
    };
    tokio::task::spawn_blocking(begin).await.unwrap()
}

/// A client that takes any host key.
pub(crate) struct Anyone;

impl client::Handler for Anyone {
    type Error = Error;

    async fn check_server_key(&mut self, _key: &PublicKeyOrCertificate) -> Result<bool, Error> {
        Ok(true)
    }
}

pub(crate) async fn connect(address: SocketAddr) -> Result<Handle<Anyone>, Error> {
    let config = Arc::new(Config::default());
    timeout(DEADLINE, client::connect(config, address, Anyone))
        .await
        .unwrap()
}

/// Somebody at a terminal.
pub(crate) struct Visitor {
    _client: Handle<Anyone>,
    pub(crate) channel: Asker,
    pub(crate) screen: vt100::Parser,
    pub(crate) bytes: Vec<u8>,
    status: Option<u32>,
}

impl Visitor {
    pub(crate) async fn sit(client: Handle<Anyone>, term: &str, size: (u32, u32)) -> Self {
        let mut channel = Asker::open(&client).await.unwrap();
        let (columns, rows) = size;
        channel
            .say
            .request_pty(true, term, columns, rows, 0, 0, &[])
            .await
            .unwrap();
        assert!(channel.is_granted().await);
        channel.say.request_shell(true).await.unwrap();
        assert!(channel.is_granted().await);
        Self::over(client, channel)
    }

    /// Somebody at a channel that is made already.
    pub(crate) fn over(client: Handle<Anyone>, channel: Asker) -> Self {
        Self {
            _client: client,
            channel,
            screen: vt100::Parser::new(count(24), count(80), 0),
            bytes: Vec::new(),
            status: None,
        }
    }

    pub(crate) async fn types(&self, keys: &[u8]) {
        self.channel.say.data_bytes(keys.to_vec()).await.unwrap();
    }

    /// Waits until the screen shows something.
    pub(crate) async fn sees(&mut self, text: &str) {
        let seen = timeout(DEADLINE, async {
            while !self.screen.screen().contents().contains(text) {
                assert!(
                    self.hears().await,
                    "the seat ended before it showed {text:?}"
                );
            }
        });
        let in_time = seen.await.is_ok();
        assert!(
            in_time,
            "never saw {text:?}, but\n{}",
            self.screen.screen().contents()
        );
    }

    /// Waits until the seat is over; the exit status, and all that was sent.
    pub(crate) async fn until_over(&mut self) -> (Option<u32>, String) {
        timeout(DEADLINE, async { while self.hears().await {} })
            .await
            .unwrap();
        (
            self.status,
            String::from_utf8_lossy(&self.bytes).into_owned(),
        )
    }

    /// Takes in what comes next; whether anything can still come.
    async fn hears(&mut self) -> bool {
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
}

/// A link whose reader can be stopped, as Ctrl-S or a suspended laptop stops it.
struct Stoppable {
    stream: TcpStream,
    stopped: Arc<AtomicBool>,
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

fn count(n: u16) -> std::num::NonZeroU16 {
    n.try_into().unwrap()
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
    pub(crate) async fn is_granted(&mut self) -> bool {
        let answer = async {
            loop {
                match self.heard.recv().await {
                    Some(ChannelMsg::Success) => return true,
                    Some(ChannelMsg::Failure) | None => return false,
                    Some(_) => {}
                }
            }
        };
        timeout(DEADLINE, answer).await.unwrap()
    }
}
