//! A link that can be cut, from outside or because its reader takes nothing.
//!
//! Owns what `russh` lacks: its own way to disconnect waits behind everything that a stalled
//! client did not take, and so do its keepalives. Once [`Closing::fire`] was called, every read
//! and write of the [`Closable`] fails at once, and what the system still holds for it is thrown
//! away. A write that the system takes nothing of for too long cuts the link by itself: a seat
//! whose last frame is on its way has nothing more to say, and would never notice.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// Cuts a link; clones cut the same one.
#[derive(Clone, Debug, Default)]
pub(super) struct Closing(Arc<State>);

#[derive(Debug, Default)]
struct State {
    fired: AtomicBool,
    heard: AtomicUsize,
    reader: Mutex<Option<Waker>>,
    writer: Mutex<Option<Waker>>,
}

impl Closing {
    /// Cuts the link; once more does nothing.
    pub(super) fn fire(&self) {
        self.0.fired.store(true, Ordering::SeqCst);
        for waiting in [&self.0.reader, &self.0.writer] {
            if let Some(waker) = lock(waiting).take() {
                waker.wake();
            }
        }
    }

    /// Whether the link was cut.
    #[cfg(test)]
    pub(super) fn is_fired(&self) -> bool {
        self.0.fired.load(Ordering::SeqCst)
    }

    /// Bytes that came in so far.
    pub(super) fn heard(&self) -> usize {
        self.0.heard.load(Ordering::Relaxed)
    }

    /// Whether the link was cut; if not, `waker` is woken when it is.
    fn check(&self, slot: &Mutex<Option<Waker>>, waker: &Waker) -> io::Result<()> {
        {
            let mut slot = lock(slot);
            if !slot.as_ref().is_some_and(|old| old.will_wake(waker)) {
                *slot = Some(waker.clone());
            }
        }
        if self.0.fired.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }
}

fn lock(slot: &Mutex<Option<Waker>>) -> MutexGuard<'_, Option<Waker>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A TCP stream that a [`Closing`] cuts.
#[derive(Debug)]
pub(super) struct Closable {
    stream: TcpStream,
    closing: Closing,
    /// How long a reader may take nothing.
    stalled: Duration,
    /// Runs while it does so.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Closable {
    pub(super) fn new(stream: TcpStream, closing: Closing, stalled: Duration) -> Self {
        Self {
            stream,
            closing,
            stalled,
            waiting: None,
        }
    }

    /// Whether the reader took nothing for too long; asked after a write that has to wait.
    fn is_stalled(&mut self, context: &mut Context<'_>) -> bool {
        let stalled = self.stalled;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(stalled)));
        waiting.as_mut().poll(context).is_ready()
    }

    fn check(&self, slot: &Mutex<Option<Waker>>, context: &Context<'_>) -> io::Result<()> {
        let open = self.closing.check(slot, context.waker());
        if open.is_err() {
            // Else the system would go on offering bytes that nobody takes.
            let _ = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        }
        open
    }

    fn writes(&self, context: &Context<'_>) -> io::Result<()> {
        self.check(&self.closing.0.writer, context)
    }
}

impl AsyncRead for Closable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(&self.closing.0.reader, context)?;
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        let more = buffer.filled().len().saturating_sub(before);
        self.closing.0.heard.fetch_add(more, Ordering::Relaxed);
        read
    }
}

impl AsyncWrite for Closable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.writes(context)?;
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        if written.is_ready() {
            self.waiting = None;
        } else if self.is_stalled(context) {
            self.closing.fire();
            self.writes(context)?;
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writes(context)?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writes(context)?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
