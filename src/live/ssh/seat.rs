//! One seat over SSH, from taking the terminal over to giving it back.
//!
//! Owns the bytes around the frames, the sentence at the end and the exit status. Each seat is
//! attended in a task of its own, so that a panic there is a farewell here.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use russh::ChannelWriteHalf;
use russh::server::Msg;
use tokio::io::AsyncWrite;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use super::Door;
use super::caller::Terminal;
use super::closing::Closing;
use super::login::Login;
use crate::hints::{Farewells, hints};
use crate::live::attend::{Farewell, Incoming, Link, attend_for};
use crate::live::guest::{Guest, GuestLook, OwnCode};
use crate::terminal::{Abilities, manners};

/// How long the last words may take on their way.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// How long a client has to go by itself, once its channel is closed.
const GRACE: Duration = Duration::from_secs(3);
/// A terminal of this name makes its seat panic; not in a release.
const PANICS: &str = "pim-test-panic";

/// All that a seat needs.
pub(super) struct Seat {
    pub(super) door: Arc<Door>,
    pub(super) login: Login,
    pub(super) terminal: Option<Terminal>,
    pub(super) input: mpsc::Receiver<Incoming>,
    pub(super) output: ChannelWriteHalf<Msg>,
    pub(super) closing: Closing,
}

/// Why a seat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Farewell(Farewell),
    /// The door is being closed.
    Shut,
    /// Its own fault.
    Failed,
    /// There is nothing to draw on.
    NoTerminal,
}

impl End {
    /// What is said to the person in the language of the seat, and the exit status.
    fn words(self, hints: &'static Farewells) -> (&'static str, u32) {
        match self {
            Self::Farewell(Farewell::Idle) => (&hints.idle, 0),
            Self::Farewell(Farewell::Closed) => (&hints.closed, 0),
            Self::Farewell(Farewell::Elsewhere) => (&hints.elsewhere, 0),
            Self::Farewell(_) => (&hints.left, 0),
            Self::Shut => (&hints.shut, 0),
            Self::Failed => (&hints.failed, 1),
            Self::NoTerminal => (
                "There is nothing to draw on: leave out what stands after the address, or add -t.",
                1,
            ),
        }
    }

    /// Whether there is, or may soon be again, a seat to come back to.
    fn leads_back(self) -> bool {
        matches!(
            self,
            Self::Farewell(Farewell::Idle | Farewell::Quit) | Self::Shut | Self::Failed
        )
    }

    /// Whether nobody is left who could read a last word.
    fn is_silent(self) -> bool {
        matches!(self, Self::Farewell(Farewell::Gone | Farewell::Stalled))
    }
}

/// Attends a seat and takes leave of it.
pub(super) async fn sit(mut seat: Seat) {
    let here = seat.door.hall.present();
    let code = OwnCode::default();
    let end = match seat.terminal.take() {
        Some(terminal) => seat.attended(terminal, &code).await,
        None => End::NoTerminal,
    };
    if !end.is_silent()
        && timeout(LAST_WORDS, seat.leave(end, &code))
            .await
            .is_ok_and(|left| left)
    {
        drop(here);
        sleep(GRACE).await;
    }
    // Whoever is still connected takes nothing, or does not go.
    seat.closing.fire();
}

impl Seat {
    /// Why the seat ended.
    async fn attended(&mut self, terminal: Terminal, code: &OwnCode) -> End {
        let patience = self.door.limits.patience;
        let enter = self.output.data_bytes(manners::ENTER);
        if !matches!(timeout(patience.stalled, enter).await, Ok(Ok(()))) {
            return End::Farewell(Farewell::Stalled);
        }
        let panics = cfg!(debug_assertions) && terminal.term == PANICS;
        let (_, none) = mpsc::channel(1);
        let link = Link {
            input: std::mem::replace(&mut self.input, none),
            output: Output {
                writer: self.output.make_writer(),
                panics,
            },
            asides: None,
        };
        let (hall, guest) = (self.door.hall.clone(), guest(&self.login, &terminal, code));
        let mut attending =
            tokio::spawn(async move { attend_for(&hall, guest, link, patience).await });
        tokio::select! {
            ended = &mut attending => ended.map_or(End::Failed, End::Farewell),
            () = self.door.shut.wait() => {
                attending.abort();
                let _ = attending.await;
                End::Shut
            }
        }
    }

    /// Gives the terminal back, says why, and closes the channel; whether all of it went out.
    async fn leave(&self, end: End, code: &OwnCode) -> bool {
        let hints = &hints(code.language()).farewell;
        let (words, status) = end.words(hints);
        let mut bytes = Vec::new();
        if end != End::NoTerminal {
            bytes.extend_from_slice(manners::LEAVE_WITH_MOUSE);
        }
        bytes.extend_from_slice(words.as_bytes());
        if end.leads_back() {
            bytes.extend_from_slice(self.way_back(code.get(), hints).as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        let output = &self.output;
        output.data_bytes(bytes).await.is_ok()
            && output.exit_status(status).await.is_ok()
            && output.eof().await.is_ok()
            && output.close().await.is_ok()
    }
}

impl Seat {
    /// How one comes back, in words that are right whatever the address is called.
    fn way_back(&self, code: Option<String>, hints: &Farewells) -> String {
        match code {
            Some(own) => {
                let room = &self.door.code;
                format!("\r\n{}\r\n\r\n    {room}+{own}\r\n", hints.line)
            }
            None => format!(" {}", hints.same_line),
        }
    }
}

/// What the hall is told of somebody.
fn guest(login: &Login, terminal: &Terminal, code: &OwnCode) -> Guest {
    let term = |name: &str| (name == "TERM").then(|| terminal.term.clone());
    Guest {
        role: login.role,
        resume: login.resume.clone(),
        at: None,
        size: terminal.size,
        abilities: Abilities::guess(term),
        look: GuestLook::default(),
        code: code.clone(),
    }
}

/// Where frames go; fails on purpose where a test asks for it.
struct Output<W> {
    writer: W,
    panics: bool,
}

impl<W> Output<W> {
    fn maybe_panic(&self) {
        assert!(!self.panics, "asked to panic, to see that others stay");
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Output<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.maybe_panic();
        Pin::new(&mut self.writer).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_shutdown(context)
    }
}
