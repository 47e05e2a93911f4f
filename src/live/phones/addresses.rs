//! The addresses of this machine that a phone may reach, and what to say of them.
//!
//! Owns their choice and their order. Asks the system which addresses its interfaces have, and
//! sends nothing. A laptop in a workshop has several: the room's Wi-Fi, its own hotspot, a cable,
//! and bridges of programs that no phone ever reaches.

use std::io;
use std::net::IpAddr;

/// What people are told about joining, whatever the address.
pub const ADVICE: [&str; 3] = [
    "Phones and this computer must be in the same network. A hotspot of this computer or of one \
     phone does, without internet.",
    "Guest networks often keep their devices apart; if the page does not open, use a hotspot.",
    "The page is not encrypted on its way through the room (plain HTTP): whoever controls the \
     network can read and change what is sent. It asks for no name; for more, use a network that \
     you trust.",
];

/// An address of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub ip: IpAddr,
    /// What the system calls the interface.
    pub interface: String,
    /// Whether it belongs to a bridge or tunnel of another program.
    pub is_virtual: bool,
}

/// The addresses to choose from, the likeliest first.
pub fn of_this_machine() -> io::Result<Vec<Address>> {
    let all = if_addrs::get_if_addrs()?;
    let found = all.into_iter().map(|one| (one.name.clone(), one.ip()));
    Ok(chosen(found))
}

fn chosen(all: impl IntoIterator<Item = (String, IpAddr)>) -> Vec<Address> {
    let reachable = all.into_iter().filter(|(_, ip)| is_reachable(*ip));
    let mut found: Vec<Address> = reachable
        .map(|(interface, ip)| Address {
            ip,
            is_virtual: is_virtual(&interface),
            interface,
        })
        .collect();
    found.sort_by_key(|one| {
        (
            one.is_virtual,
            one.ip.is_ipv6(),
            !is_private(one.ip),
            one.ip,
        )
    });
    found.dedup_by_key(|one| one.ip);
    found
}

/// Phones need the zone of a link-local address, which no browser takes.
fn is_reachable(ip: IpAddr) -> bool {
    let here_only = ip.is_loopback() || ip.is_unspecified() || ip.is_multicast();
    let link_only = match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    !here_only && !link_only
}

/// Whether an address belongs to a room rather than to the internet.
pub(super) fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_private() || ip.is_loopback() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

fn is_virtual(interface: &str) -> bool {
    const OF_PROGRAMS: [&str; 11] = [
        "docker", "br-", "veth", "virbr", "vmnet", "vbox", "tun", "utun", "tap", "wg", "podman",
    ];
    let name = interface.to_ascii_lowercase();
    OF_PROGRAMS.iter().any(|one| name.starts_with(one))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use std::net::IpAddr;

    use super::{chosen, of_this_machine};

    #[test]
    fn what_phones_reach_comes_first_and_what_they_cannot_is_left_out() {
        let all = [
            ("lo", "127.0.0.1"),
            ("docker0", "172.17.0.1"),
            ("wlan0", "fe80::1"),
            ("wlan0", "2001:db8::7"),
            ("eth0", "203.0.113.9"),
            ("wlan0", "192.168.43.1"),
            ("eth1", "169.254.3.4"),
        ];
        let all = all.map(|(name, ip)| (name.to_owned(), ip.parse::<IpAddr>().unwrap()));
        let found: Vec<String> = chosen(all).iter().map(|one| one.ip.to_string()).collect();
        assert_eq!(
            found,
            ["192.168.43.1", "203.0.113.9", "2001:db8::7", "172.17.0.1"]
        );
    }

    #[test]
    fn this_machine_can_be_asked() {
        let found = of_this_machine().unwrap();
        assert!(found.iter().all(|one| !one.ip.is_loopback()));
    }
}
