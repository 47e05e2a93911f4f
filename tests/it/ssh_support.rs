//! An SSH door for tests, and somebody who comes through it.
//!
//! What they do not see in time fails the test.

use std::net::SocketAddr;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use pim::content;
use pim::live::Hall;
use pim::live::code::Code;
use pim::live::ssh::{Keys, Limits, Open, Settings, open};
use pim::room::{Role, Room};
use russh::client::{AuthResult, Handle};
use russh::keys::key::safe_rng;
use russh::keys::{Algorithm, PrivateKey, PrivateKeyWithHashAlg};
use tokio::time::timeout;

use crate::ssh_client::{self, Anyone, Asker, DEADLINE, Seat, Stoppable};

pub(crate) const CODE: &str = "MANGO-42";

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
        ssh_client::connect(self.address()).await.unwrap()
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
        let link = Stoppable::narrow(self.address()).await.unwrap();
        let stopped = link.stopped.clone();
        let mut client = ssh_client::connect_over(link).await.unwrap();
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

/// Somebody at a terminal; what goes wrong fails the test.
pub(crate) struct Visitor(Seat);

impl Visitor {
    pub(crate) async fn sit(client: Handle<Anyone>, term: &str, size: (u32, u32)) -> Self {
        Self(Seat::sit(client, term, size).await.unwrap())
    }

    /// Somebody at a channel that is made already.
    pub(crate) fn over(client: Handle<Anyone>, channel: Asker) -> Self {
        Self(Seat::over(client, channel))
    }

    pub(crate) async fn types(&self, keys: &[u8]) {
        self.0.types(keys).await.unwrap();
    }

    /// Waits until the screen shows something.
    pub(crate) async fn sees(&mut self, text: &str) {
        self.0.sees(text).await.unwrap();
    }

    /// Waits until the seat is over; the exit status, and all that was sent.
    pub(crate) async fn until_over(&mut self) -> (Option<u32>, String) {
        self.0.until_over().await.unwrap()
    }
}

impl Deref for Visitor {
    type Target = Seat;

    fn deref(&self) -> &Seat {
        &self.0
    }
}

impl DerefMut for Visitor {
    fn deref_mut(&mut self) -> &mut Seat {
        &mut self.0
    }
}
