//! The SSH door: seats for whoever can type `ssh CODE@address`.
//!
//! Owns the listening, the limits, the login and the way from an SSH channel to [`attend`]; the
//! only module that knows `russh`. Nobody has an account here: a participant says the room's
//! code, the facilitator and the projector show a key. Knows nothing of screens. Promises that
//! nothing but a seat can be had (no command, no file, no forwarding, no second channel), that
//! whoever takes nothing or says nothing is let go and holds nobody up, that a seat's panic ends
//! that seat alone, and that no name, address or key is written down anywhere.
//! Start at [`open`].
//!
//! ```text
//!  TcpListener ─► doorman ─► Closable ─► russh ─► Caller ─ shell ─► seat ─► attend
//!                 limits     can be cut           login              ENTER … LEAVE, a sentence
//! ```
//!
//! [`attend`]: super::attend::attend

mod bind;
mod caller;
mod closing;
mod doorman;
mod failure;
mod keys;
mod login;
mod seat;

use std::borrow::Cow;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use russh::keys::{HashAlg, PrivateKey};
use russh::server::{Config, run_stream};
use russh::{MethodKind, MethodSet, SshId};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

pub use doorman::Limits;
pub use failure::Failure;
pub use keys::Keys;
pub use login::Login;

use self::caller::Caller;
use self::closing::{Closable, Closing};
use self::doorman::{Doorman, Place};
use super::code::Code;
use super::hall::Hall;

/// Bytes that may wait in the system for a slow link; more wait here, where they can be dropped.
const UNSENT: u32 = 4096;
/// How long to wait after the system refused a connection, most often for want of descriptors.
const AGAIN: Duration = Duration::from_millis(50);
/// A client that has sent so much is at its question about the host key, or further.
const PAST_HELLO: usize = 600;
/// How long seats have to take their leave when the door is closed.
const LEAVING: Duration = Duration::from_secs(8);

/// How a door is to be.
pub struct Settings {
    /// Where to listen; port 0 lets the system choose.
    pub addresses: Vec<SocketAddr>,
    /// The room's code: the user name of participants.
    pub code: Code,
    /// The file of the host key, which is made if it is not there.
    pub host_key: PathBuf,
    /// Who may lead the room or show it on the wall.
    pub facilitators: Keys,
    /// Who is let in, and for how long.
    pub limits: Limits,
}

/// What all connections share.
struct Door {
    hall: Hall,
    code: Code,
    facilitators: Keys,
    limits: Limits,
    config: Arc<Config>,
    doorman: Arc<Doorman>,
    shut: Shut,
}

/// Tells that the door is being closed; dropping the sender closes it too.
#[derive(Clone)]
struct Shut(watch::Receiver<bool>);

impl Shut {
    async fn wait(&self) {
        let _ = self.0.clone().wait_for(|shut| *shut).await;
    }
}

/// An open door. Dropping it shuts the door without waiting for the seats to leave.
pub struct Open {
    addresses: Vec<SocketAddr>,
    fingerprint: String,
    inside: watch::Receiver<usize>,
    shut: watch::Sender<bool>,
    listening: Vec<JoinHandle<()>>,
}

/// A number that follows from the host key in a file, which is made if it is not there, and from
/// `of`. Nobody without the key can know it.
///
/// # Errors
///
/// A host key that cannot be made, read or trusted.
pub fn number(host_key: &Path, of: &[u8]) -> Result<u64, Failure> {
    keys::number(host_key, of)
}

/// Opens the door: what cannot be is said before anybody comes.
///
/// # Errors
///
/// An address that is taken or not ours to listen at, or a host key that cannot be made, read or
/// trusted.
#[expect(
    clippy::unused_async,
    reason = "doors are opened where there is a runtime to listen on"
)]
pub async fn open(hall: Hall, settings: Settings) -> Result<Open, Failure> {
    let key = keys::host_key(&settings.host_key)?;
    let fingerprint = key.public_key().fingerprint(HashAlg::Sha256).to_string();
    let listeners = bind::all(&settings.addresses)?;
    let addresses = listeners
        .iter()
        .filter_map(|one| one.local_addr().ok())
        .collect();
    let (shut, shuts) = watch::channel(false);
    let door = Arc::new(Door {
        hall,
        code: settings.code,
        facilitators: settings.facilitators,
        limits: settings.limits,
        config: Arc::new(config(key)),
        doorman: Arc::new(Doorman::new(settings.limits)),
        shut: Shut(shuts),
    });
    let listen = |listener| tokio::spawn(listen(door.clone(), listener));
    Ok(Open {
        addresses,
        fingerprint,
        inside: door.doorman.inside(),
        shut,
        listening: listeners.into_iter().map(listen).collect(),
    })
}

impl Open {
    /// Where the door listens.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// The fingerprint of the host key, as SSH programs show it.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// How many are connected, now and from now on.
    pub fn inside(&self) -> watch::Receiver<usize> {
        self.inside.clone()
    }

    /// Closes the door: every seat is told so and gets its terminal back.
    pub async fn close(self) {
        let _ = self.shut.send(true);
        for one in self.listening {
            let _ = one.await;
        }
    }
}

fn config(key: PrivateKey) -> Config {
    Config {
        // Says what it is, and not which version.
        server_id: SshId::Standard(Cow::Borrowed("SSH-2.0-pim")),
        methods: MethodSet::from(&[MethodKind::None, MethodKind::PublicKey][..]),
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![key],
        window_size: 65_536,
        maximum_packet_size: 32_768,
        channel_buffer_size: 16,
        event_buffer_size: 2,
        max_auth_attempts: 3,
        inactivity_timeout: Some(Duration::from_secs(60 * 60)),
        keepalive_interval: Some(Duration::from_secs(30)),
        keepalive_max: 3,
        nodelay: true,
        ..Config::default()
    }
}

/// Takes connections until the door is shut, then waits for those that are in. No error of the
/// system ends it.
async fn listen(door: Arc<Door>, listener: TcpListener) {
    let mut inside = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    let closing = Closing::default();
                    if let Some(place) = door.doorman.admit(from.ip(), &closing) {
                        inside.spawn(connection(door.clone(), stream, closing, place));
                    }
                }
                Err(_) => sleep(AGAIN).await,
            },
            Some(_) = inside.join_next(), if !inside.is_empty() => {}
            () = door.shut.wait() => break,
        }
    }
    drop(listener);
    while inside.join_next().await.is_some() {}
}

/// One connection, from the first byte to the last.
async fn connection(door: Arc<Door>, stream: TcpStream, closing: Closing, place: Place) {
    tune(&stream);
    let place = Arc::new(place);
    let stream = Closable::new(stream, closing.clone(), door.limits.patience.stalled);
    let caller = Caller::new(door.clone(), closing.clone(), place.clone());
    let config = door.config.clone();
    let mut session = pin!(async move {
        if let Ok(running) = run_stream(config, stream, caller).await {
            // Why a connection ended is nobody's business; a panic in it has ended it alone.
            let _ = running.await;
        }
    });
    tokio::select! {
        () = &mut session => return,
        () = too_late(&door.limits, &closing, &place) => {}
        () = door.shut.wait() => {
            if place.is_seated() && timeout(LEAVING, &mut session).await.is_ok() {
                return;
            }
        }
    }
    closing.fire();
    let _ = timeout(LEAVING, session).await;
}

/// Ends when somebody took too long to take a seat. Whoever has come as far as the question
/// about the host key, or types a passphrase, is a person and has more time.
async fn too_late(limits: &Limits, closing: &Closing, place: &Place) {
    sleep(limits.login).await;
    if closing.heard() >= PAST_HELLO {
        sleep(limits.question.saturating_sub(limits.login)).await;
    }
    if place.is_seated() {
        std::future::pending::<()>().await;
    }
}

/// A link that sends at once and hoards nothing. Where the system cannot, it works all the same.
fn tune(stream: &TcpStream) {
    let _ = stream.set_nodelay(true);
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let _ = socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT);
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = socket2::SockRef::from(stream).set_send_buffer_size(UNSENT as usize * 4);
}
