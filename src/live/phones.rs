//! The phones' door: a participant's seat on a page of any browser.
//!
//! Owns the way from a request to what a seat may propose, and from the room to a page. It offers
//! what a participant's seat offers and no more: every act goes through the [`Hall`] like that of
//! any other seat, and obeys the same table. Keeps nothing itself. A seat is a token in its
//! phone's cookie, so that reloads, second tabs and a new start of this program find the same
//! seat. Promises that a page which says "handed in" is sent only after the disk has it; that no
//! address, name or kind of phone is written anywhere; and that a slow or hostile phone costs its
//! own connection alone. Start at [`open`], then `answer`, `view` and `pages`.
//!
//! ```text
//!  accept ─► guard ─► route ─┬─ GET ──────► view (plain data) ─► pages (HTML)
//!                            ├─ POST ─► form ─► acts ─► Hall ─► back to the page
//!                            └─ news ◄── "changed", one line a change
//! ```

mod accept;
mod acts;
mod answer;
mod body;
mod door;
mod fill;
mod form;
mod guard;
mod here;
mod kept;
mod language;
mod limits;
mod news;
mod pages;
mod parts;
pub mod public;
pub mod qr;
mod results;
mod route;
mod seat;
mod sheet;
mod view;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use thiserror::Error;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;

use super::code::Code;
use super::hall::Hall;
use door::Door;
pub use limits::CONNECTIONS;
pub use public::PublicUrl;

/// Connections that stand in line until they are taken.
const WAITING: u32 = 1024;

/// What people are told about joining, whatever the address.
pub const ADVICE: [&str; 3] = [
    "Phones and this computer must be in the same network. A hotspot of this computer or of one \
     phone does, without internet.",
    "Guest networks often keep their devices apart; if the page does not open, use a hotspot.",
    "The page is not encrypted on its way through the room (plain HTTP): whoever controls the \
     network can read and change what is sent. It asks for no name; for more, use a network that \
     you trust.",
];

/// How the door is opened.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// What people type to come in.
    pub code: Code,
    /// What people outside type, where a server in front of this one passes them on.
    pub public_url: Option<PublicUrl>,
    /// Connections at once; [`CONNECTIONS`] are enough for a room.
    pub connections: usize,
}

/// Why the door stays shut.
#[derive(Debug, Error)]
pub enum Failure {
    /// The address cannot be listened at.
    #[error("the page for phones cannot open at {address}: {why}; choose another address or port")]
    NotFree {
        /// The address that was wanted.
        address: SocketAddr,
        /// What the system says.
        why: io::Error,
    },
}

/// A door that is open, until it is closed or dropped.
#[derive(Debug)]
pub struct Open {
    address: SocketAddr,
    code: Code,
    public_url: Option<PublicUrl>,
    tasks: Vec<JoinHandle<()>>,
}

/// Opens the door, inside a runtime: what comes in from then on is answered. Nothing is answered
/// where the address cannot be had.
pub fn open(hall: &Hall, settings: Settings) -> Result<Open, Failure> {
    let Settings {
        address,
        code,
        public_url,
        connections,
    } = settings;
    let failed = |why| Failure::NotFree { address, why };
    let listener = listen(address).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (door, watching) = Door::new(hall, code.clone(), public_url.clone(), connections);
    let door = Arc::new(door);
    let counting = tokio::spawn(Door::count(Arc::clone(&door)));
    let accepting = tokio::spawn(accept::accept(door, listener));
    Ok(Open {
        address,
        code,
        public_url,
        tasks: vec![accepting, watching, counting],
    })
}

/// Listens at an address. A room that hands in at the same moment stands in line: whom the line
/// does not hold, the network lets wait for a second.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    }?;
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

impl Open {
    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What people open, for one of this machine's addresses; the public address where there is
    /// one.
    pub fn link(&self, machine: IpAddr) -> String {
        match &self.public_url {
            Some(public) => format!("{public}/{}", self.code),
            None => format!(
                "http://{}/{}",
                SocketAddr::new(machine, self.address.port()),
                self.code
            ),
        }
    }

    /// Shuts the door: the port is free and every phone is let go when this returns.
    pub async fn close(mut self) {
        for task in self.tasks.drain(..) {
            task.abort();
            // It was told to end; that is all there is to hear.
            let _ = task.await;
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
