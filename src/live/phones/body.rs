//! What is sent back: a page, or news for as long as somebody listens.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use tokio::sync::mpsc;

/// The body of an answer.
pub(super) enum Body {
    /// A page; empty once it was taken.
    Page(Bytes),
    /// News, until the sender ends.
    News(mpsc::Receiver<Bytes>),
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let frame = |bytes| Ok(Frame::data(bytes));
        match self.get_mut() {
            Self::Page(page) if page.is_empty() => Poll::Ready(None),
            Self::Page(page) => Poll::Ready(Some(frame(std::mem::take(page)))),
            Self::News(news) => news.poll_recv(context).map(|one| one.map(frame)),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Page(page) if page.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Page(page) => SizeHint::with_exact(page.len() as u64),
            Self::News(_) => SizeHint::default(),
        }
    }
}
