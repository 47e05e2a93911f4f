//! The doors of one machine: Unix sockets through which other programs come in.
//!
//! Owns two of them. The *owner's* socket belongs to the session's file: only programs of the same
//! user come in, and lead the session too if they wish. The *participants'* socket stands where an
//! administrator wants it, with the group that the administrator sets; whatever comes through it
//! is a participant, whatever its user. Neither lets anybody open the session's file. Start at
//! [`owners`] and [`participants`].

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Duration, timeout};

use super::attend::{Aside, Farewell, Incoming, Link, attend};
use super::frames::{Frame, Hello, VERSION};
use super::guest::{Guest, GuestLook, OwnCode, clamped};
use super::hall::Hall;
use crate::hints::{Language, filled, hints};
use crate::room::Role;
use crate::store::Sessions;
use crate::terminal::Abilities;

/// How long somebody who came in may take to say who it is.
const HELLO: Duration = Duration::from_secs(5);
/// Inputs that wait for a seat; more wait at the other side.
const INPUTS: usize = 16;
/// Bytes of a frame that wait for a link.
const OUTPUT: usize = 8 * 1024;

/// An open socket. Dropping it closes the door; seats that are in stay.
pub struct Socket {
    path: PathBuf,
    accepting: JoinHandle<()>,
}

impl Socket {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.accepting.abort();
        let _ = fs::remove_file(&self.path);
    }
}

/// Where the owner's socket of a session is: named by the file itself and not by its name, which
/// may change. In a folder that only its user enters.
pub fn path_of(session: &Path) -> io::Result<PathBuf> {
    let file = fs::metadata(session)?;
    let base = etcetera::choose_base_strategy().map_err(|_| io::ErrorKind::NotFound)?;
    let name = format!("{:x}-{:x}.sock", file.dev(), file.ino());
    Ok(base.data_dir().join("pim-workshop").join("live").join(name))
}

/// The program that holds a session, where there is one: the way to its owner's socket.
/// Without a name, the session that was written last.
pub fn reach(wanted: Option<&str>) -> Option<std::os::unix::net::UnixStream> {
    let sessions = Sessions::of_user().ok()?;
    let file = match wanted {
        Some(name) => sessions.find(name).ok()?,
        None => sessions.newest().ok()??,
    };
    holder(&file)
}

/// The program that holds the session of a file, where there is one that listens.
pub fn holder(file: &Path) -> Option<std::os::unix::net::UnixStream> {
    std::os::unix::net::UnixStream::connect(path_of(file).ok()?).ok()
}

/// Opens the owner's socket of a session that this program holds.
pub fn owners(hall: &Hall, session: &Path) -> io::Result<Socket> {
    let path = path_of(session)?;
    if let Some(folder) = path.parent() {
        crate::store::private_folder(folder)?;
    }
    let user = own_user()?;
    open(hall, path, 0o600, move |peer, asked| {
        let role = asked.unwrap_or(Role::Facilitator);
        (peer == user).then_some(role)
    })
}

/// Opens the participants' socket; a group that is given may come in besides the owner.
pub fn participants(hall: &Hall, path: &Path, group: Option<u32>) -> io::Result<Socket> {
    let socket = open(hall, path.to_owned(), 0o600, |_, _| Some(Role::Participant))?;
    if group.is_some() {
        std::os::unix::fs::chown(path, None, group)?;
        fs::set_permissions(path, Permissions::from_mode(0o660))?;
    }
    Ok(socket)
}

/// The user of this program.
fn own_user() -> io::Result<u32> {
    let (one, _other) = UnixStream::pair()?;
    Ok(one.peer_cred()?.uid())
}

/// Listens. `decide` says what a user who wants a role becomes, if anything.
fn open(
    hall: &Hall,
    path: PathBuf,
    mode: u32,
    decide: impl Fn(u32, Option<Role>) -> Option<Role> + Send + Sync + Clone + 'static,
) -> io::Result<Socket> {
    // What an earlier program left; anything but a socket is somebody's file.
    if fs::symlink_metadata(&path).is_ok_and(|old| old.file_type().is_socket()) {
        fs::remove_file(&path)?;
    }
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, Permissions::from_mode(mode))?;
    let accepting = tokio::spawn(accept(hall.clone(), listener, decide));
    Ok(Socket { path, accepting })
}

async fn accept(
    hall: Hall,
    listener: UnixListener,
    decide: impl Fn(u32, Option<Role>) -> Option<Role> + Send + Sync + Clone + 'static,
) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, most often: seats that leave give some back.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let (hall, decide) = (hall.clone(), decide.clone());
        tokio::spawn(async move {
            let _here = hall.present();
            let peer = stream.peer_cred().ok().map(|peer| peer.uid());
            let role = move |asked| decide(peer?, asked);
            // A link that breaks has nobody left to tell.
            let _ = come_in(&hall, stream, role).await;
        });
    }
}

/// Hears who comes in, and attends it.
async fn come_in(
    hall: &Hall,
    mut stream: UnixStream,
    decide: impl Fn(Option<Role>) -> Option<Role>,
) -> io::Result<()> {
    let first = timeout(HELLO, Frame::receive(&mut stream)).await??;
    let Frame::Hello(json) = first else {
        return end(&mut stream, "This is no pim.").await;
    };
    let hello: Option<Hello> = serde_json::from_slice(&json).ok();
    let Some(hello) = hello.filter(|one| one.version == VERSION) else {
        let why = "The other pim is of another version; use the same program for both.";
        return end(&mut stream, why).await;
    };
    let Some(role) = decide(hello.role) else {
        return end(&mut stream, "This session belongs to another user.").await;
    };
    match (&hello.copy, role) {
        (Some(to), Role::Facilitator) => {
            let said = hall.copied(PathBuf::from(to)).await;
            end(&mut stream, &said).await
        }
        (Some(_), _) => end(&mut stream, "Only who leads the session copies it.").await,
        (None, _) => seat(hall, stream, guest(&hello, role)).await,
    }
}

async fn end(stream: &mut UnixStream, why: &str) -> io::Result<()> {
    Frame::End(why.to_owned()).send(stream).await
}

fn guest(hello: &Hello, role: Role) -> Guest {
    let variable = |name: &str| {
        let found = hello.terminal.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone())
    };
    Guest {
        role,
        resume: hello.resume.clone(),
        at: hello.at.clone(),
        size: clamped(hello.columns.into(), hello.rows.into()),
        abilities: Abilities::guess(variable),
        look: GuestLook {
            theme: hello.theme.clone(),
            ascii: hello.ascii,
            no_colour: variable("NO_COLOR").is_some_and(|value| !value.is_empty()),
            slow: hello.slow,
        },
        code: OwnCode::default(),
    }
}

async fn seat(hall: &Hall, stream: UnixStream, guest: Guest) -> io::Result<()> {
    let (mut from, to) = stream.into_split();
    let (inputs, input) = mpsc::channel(INPUTS);
    let (output, frames) = tokio::io::duplex(OUTPUT);
    let (asides, aside) = mpsc::unbounded_channel();
    let reading = tokio::spawn(async move {
        while let Ok(frame) = Frame::receive(&mut from).await {
            let incoming = match frame {
                Frame::Bytes(bytes) => Incoming::Bytes(bytes),
                Frame::Resize(columns, rows) => Incoming::Resize(columns, rows),
                Frame::Redraw => Incoming::Redraw,
                _ => break,
            };
            if inputs.send(incoming).await.is_err() {
                break;
            }
        }
    });
    let writing = tokio::spawn(write(frames, aside, to));
    let link = Link {
        input,
        output,
        asides: Some(asides),
    };
    let code = guest.code.clone();
    let farewell = attend(hall, guest, link).await;
    reading.abort();
    if let Ok(Ok(mut to)) = timeout(HELLO, writing).await.unwrap_or(Ok(Err(()))) {
        let _ = Frame::End(words(farewell, code.get(), code.language()))
            .send(&mut to)
            .await;
    }
    Ok(())
}

/// Sends what a seat draws, until it draws no more; gives the link back.
async fn write<W: AsyncWrite + Unpin>(
    mut frames: tokio::io::DuplexStream,
    mut asides: mpsc::UnboundedReceiver<Aside>,
    mut to: W,
) -> Result<W, ()> {
    let mut buffer = vec![0; OUTPUT];
    let mut listens = true;
    loop {
        let frame = tokio::select! {
            read = frames.read(&mut buffer) => match read {
                Ok(n @ 1..) => Frame::Bytes(buffer.get(..n).unwrap_or_default().to_vec()),
                _ => return Ok(to),
            },
            aside = asides.recv(), if listens => match aside {
                Some(Aside::Mouse(on)) => Frame::Mouse(on),
                Some(Aside::Suspend) => Frame::Suspend,
                None => {
                    listens = false;
                    continue;
                }
            },
        };
        frame.send(&mut to).await.map_err(drop)?;
        to.flush().await.map_err(drop)?;
    }
}

/// What is said to whoever leaves, in the language of the seat.
pub fn words(farewell: Farewell, code: Option<String>, language: Language) -> String {
    let hints = &hints(language).farewell;
    let back = code.map(|code| format!(" {}", filled(&hints.code, &[("code", &code)])));
    let said = match farewell {
        Farewell::Quit if back.is_some() => &hints.left,
        Farewell::Quit | Farewell::Gone => "",
        Farewell::Stalled => &hints.stalled,
        Farewell::Idle => &hints.idle,
        Farewell::Closed => &hints.closed,
        Farewell::Elsewhere => &hints.elsewhere,
    };
    let leads_back = matches!(
        farewell,
        Farewell::Quit | Farewell::Stalled | Farewell::Idle
    );
    let back = back.filter(|_| leads_back).unwrap_or_default();
    format!("{said}{back}")
}
