//! Listening at addresses, with what can go wrong said in sentences.

use std::io;
use std::net::SocketAddr;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::TcpListener;

use super::failure::Failure;

/// Connections that wait until they are looked at: a room that joins at once fits.
const BACKLOG: i32 = 1024;

/// Listens at all of the addresses. A machine without IPv6 is no reason to fail where another
/// address works.
pub(super) fn all(addresses: &[SocketAddr]) -> Result<Vec<TcpListener>, Failure> {
    let mut listeners = Vec::new();
    let mut missing = None;
    for address in addresses {
        match listen(*address) {
            Ok(listener) => listeners.push(listener),
            Err(error) if address.is_ipv6() && is_absent(&error) => {
                missing = Some(failure(*address, error));
            }
            Err(error) => return Err(failure(*address, error)),
        }
    }
    if listeners.is_empty() {
        return Err(missing.unwrap_or(Failure::Nowhere));
    }
    Ok(listeners)
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    if address.is_ipv6() {
        // IPv4 has a listener of its own.
        socket.set_only_v6(true)?;
    }
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}

fn is_absent(error: &io::Error) -> bool {
    // Its number differs between systems and has no kind of its own.
    error.kind() == io::ErrorKind::AddrNotAvailable
        || matches!(error.raw_os_error(), Some(97 | 47 | 10047))
}

fn failure(address: SocketAddr, error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AddrInUse => Failure::InUse(address),
        io::ErrorKind::PermissionDenied => Failure::NotPermitted(address),
        io::ErrorKind::AddrNotAvailable => Failure::NotHere(address),
        _ => Failure::Listen(address, error),
    }
}
