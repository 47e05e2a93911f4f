//! The addresses under which others on the network reach this machine.
//!
//! Owns how they are found without a library: where the system lists them in `/proc` they are
//! read there, elsewhere a socket that sends nothing is asked which address it would use. A
//! guess for the wall; nothing depends on its being complete.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// Neighbours by whom to ask: the usual home networks, hotspots, and the world.
const NEIGHBOURS: [&str; 8] = [
    "192.168.43.254",
    "192.168.137.254",
    "192.168.12.254",
    "192.168.1.254",
    "172.20.10.14",
    "10.42.0.254",
    "10.0.0.254",
    "192.0.2.1",
];

/// This machine's IPv4 addresses that others can type, none of them its own loopback.
pub fn addresses() -> Vec<IpAddr> {
    let listed = std::fs::read_to_string("/proc/net/fib_trie").unwrap_or_default();
    let mut all: BTreeSet<Ipv4Addr> = local(&listed).collect();
    all.extend(NEIGHBOURS.iter().filter_map(|to| towards(to)));
    all.retain(|one| !one.is_loopback() && !one.is_unspecified() && !one.is_link_local());
    all.into_iter().map(IpAddr::V4).collect()
}

/// The address that would be used towards a neighbour. Nothing is sent.
fn towards(neighbour: &str) -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((neighbour, 9)).ok()?;
    match socket.local_addr().ok()?.ip() {
        IpAddr::V4(own) => Some(own),
        IpAddr::V6(_) => None,
    }
}

/// Own addresses in the table of routes, where the line after an address says so.
fn local(table: &str) -> impl Iterator<Item = Ipv4Addr> {
    let pairs = table.lines().zip(table.lines().skip(1));
    pairs.filter_map(|(line, next)| {
        let own = next.trim_start().starts_with("/32 host LOCAL");
        let address = line.trim_start().strip_prefix("|-- ")?;
        own.then(|| address.trim().parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_addresses_are_those_that_the_table_calls_local() {
        let table = "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n        /0 universe UNICAST\n     \
            +-- 192.168.43.0/24 2 0 2\n        |-- 192.168.43.0\n           /24 link UNICAST\n        \
            |-- 192.168.43.17\n           /32 host LOCAL\n        |-- 192.168.43.255\n           \
            /32 link BROADCAST\n";
        let found: Vec<Ipv4Addr> = local(table).collect();
        assert_eq!(found, [Ipv4Addr::new(192, 168, 43, 17)]);
    }
}
