//! Why the SSH door could not be opened, each in one sentence with what to do.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What kept the door shut.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Another program listens there.
    #[error("another program uses port {} of {}; close that one or choose another port", .0.port(), .0.ip())]
    InUse(SocketAddr),
    /// The system does not let this user listen there.
    #[error("port {} may not be used; choose one above 1023, such as 2222", .0.port())]
    NotPermitted(SocketAddr),
    /// The address is another machine's.
    #[error("{} is not an address of this machine; leave the address out to use all of them", .0.ip())]
    NotHere(SocketAddr),
    /// Something else about listening.
    #[error("nobody can be let in at {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// No address was given.
    #[error("no address to listen at was given")]
    Nowhere,
    /// The host key can be read by others, who could pretend to be this machine.
    #[error("{} can be read by others, so it proves nothing; remove it, and a new one is made (fingerprints on the wall change)", .0.display())]
    KeyExposed(PathBuf),
    /// What stands there is no host key.
    #[error("{} is no host key; remove it, and a new one is made", .0.display())]
    NoKey(PathBuf),
    /// The host key cannot be made or read.
    #[error("the host key {} cannot be made or read: {why}", file.display())]
    KeyFile {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        why: io::Error,
    },
    /// The file of facilitators' keys cannot be read.
    #[error("{} cannot be read: {why}", file.display())]
    Facilitators {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        why: io::Error,
    },
    /// A line of it is not understood.
    #[error("line {line} of the facilitators' keys {why}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// What is wrong, and what to do.
        why: &'static str,
    },
}
