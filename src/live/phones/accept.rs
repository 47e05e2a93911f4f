//! Connections: taking them, counting them, ending them.
//!
//! Owns the deadlines. Headers may take [`HEADERS`], a whole request [`REQUEST`]; a connection
//! that is quiet between two requests is given up like slow headers. Only news last longer. Out
//! of descriptors, it waits for connections to end instead of ending itself.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use super::answer;
use super::body::Body;
use super::door::Door;
use super::limits::Place;
use super::news;

/// How long headers may take, and how long a connection may be quiet.
pub(super) const HEADERS: Duration = Duration::from_secs(5);
/// How long a request may take, from its first byte to the last of its answer.
pub(super) const REQUEST: Duration = Duration::from_secs(10);
/// Bytes of headers that are read.
const HEADER_BYTES: usize = 16 * 1024;

/// Takes connections until it is stopped; all of them end with it.
pub(super) async fn accept(door: Arc<Door>, listener: TcpListener) {
    let mut all = JoinSet::new();
    loop {
        let (stream, from) = tokio::select! {
            accepted = listener.accept() => if let Ok(accepted) = accepted { accepted } else {
                // Out of descriptors, most often: phones that leave give some back.
                sleep(Duration::from_millis(100)).await;
                continue;
            },
            Some(_) = all.join_next() => continue,
        };
        let ip = from.ip().to_canonical();
        // One too many is let go at once; a browser says so and can try again.
        if let Some(place) = door.limits.enter(ip) {
            let _ = stream.set_nodelay(true);
            notice_silence(&stream);
            all.spawn(serve(Arc::clone(&door), stream, ip, place));
        }
    }
}

/// Lets the system give up a phone that left without a word.
fn notice_silence(stream: &TcpStream) {
    #[cfg(target_os = "linux")]
    {
        let socket = socket2::SockRef::from(stream);
        // Without it the phone is noticed later, that is all.
        let _ = socket.set_tcp_user_timeout(Some(Duration::from_secs(30)));
    }
    #[cfg(not(target_os = "linux"))]
    let _ = stream;
}

/// When a connection ends at the latest, as its requests move it.
type Deadline = Arc<Mutex<Instant>>;

fn set(deadline: &Deadline, after: Duration) {
    *deadline.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now() + after;
}

async fn over(deadline: &Deadline) {
    loop {
        let at = *deadline.lock().unwrap_or_else(PoisonError::into_inner);
        if Instant::now() >= at {
            return;
        }
        sleep_until(at).await;
    }
}

async fn serve(door: Arc<Door>, stream: TcpStream, ip: IpAddr, _place: Place) {
    let deadline: Deadline = Arc::new(Mutex::new(Instant::now() + REQUEST));
    let service = service_fn(|request: Request<Incoming>| {
        let (door, deadline) = (Arc::clone(&door), Arc::clone(&deadline));
        async move {
            set(&deadline, REQUEST);
            let answer = answer::answer(&door, ip, request).await;
            if matches!(answer.body(), Body::News(_)) {
                set(&deadline, news::LIFE + REQUEST);
            }
            Ok::<_, Infallible>(answer)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // However it ended: there is nobody to tell, and nothing is written about it.
        _ = connection => {}
        () = over(&deadline) => {}
    }
}
