//! Addresses: those of this machine that others reach, and what an address of others tells.
//!
//! Owns the choice and the order of this machine's: asks the system which addresses its
//! interfaces have, and sends nothing. A laptop in a workshop has several: the room's Wi-Fi, its
//! own hotspot, a cable, and bridges of programs that nobody ever reaches. Owns too which
//! addresses belong to a room and which to the world.

use std::io;
use std::net::{IpAddr, Ipv6Addr};

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
    found.sort_by_key(|one| (one.is_virtual, one.ip.is_ipv6(), !is_near(one.ip), one.ip));
    found.dedup_by_key(|one| one.ip);
    found
}

/// A link-local address needs its zone, which no browser takes and nobody types.
fn is_reachable(ip: IpAddr) -> bool {
    let here_only = ip.is_loopback() || ip.is_unspecified() || ip.is_multicast();
    let link_only = match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    !here_only && !link_only
}

/// Those of this machine that people type: of the room's networks, in the form that is easiest
/// to type. Others only where there are no such.
pub fn to_type() -> Vec<IpAddr> {
    easiest(&of_this_machine().unwrap_or_default())
}

fn easiest(all: &[Address]) -> Vec<IpAddr> {
    let those = |is: fn(&Address) -> bool| -> Vec<IpAddr> {
        all.iter().filter(|one| is(one)).map(|one| one.ip).collect()
    };
    let kinds: [fn(&Address) -> bool; 3] = [
        |one| one.ip.is_ipv4() && !one.is_virtual,
        |one| !one.is_virtual,
        |_| true,
    ];
    let found = kinds.into_iter().map(those);
    found
        .into_iter()
        .find(|some| !some.is_empty())
        .unwrap_or_default()
}

/// Whether an address belongs to a room, or is this machine's own, rather than the internet's.
pub fn is_near(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            let of_a_carrier = a == 100 && b & 0xc0 == 64;
            ip.is_private() || ip.is_loopback() || ip.is_link_local() || of_a_carrier
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

/// What counts as one address: whoever has IPv6 has a whole network of 64 bits.
pub fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(own) if !own.is_loopback() => {
            let [a, b, c, d, ..] = own.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        other => other,
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

    use super::{chosen, easiest, is_near, network, of_this_machine};

    #[test]
    fn what_others_reach_comes_first_and_what_they_cannot_is_left_out() {
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
    fn people_type_the_short_form_and_another_only_where_there_is_none() {
        let typed = |all: &[(&str, &str)]| -> Vec<String> {
            let all = all
                .iter()
                .map(|(name, ip)| ((*name).to_owned(), ip.parse().unwrap()));
            let all = chosen(all);
            easiest(&all).iter().map(ToString::to_string).collect()
        };
        let (bridge, long) = (("docker0", "172.17.0.1"), ("wlan0", "2001:db8::7"));
        let all = [bridge, long, ("wlan0", "192.168.43.1")];
        assert_eq!(typed(&all), ["192.168.43.1"]);
        assert_eq!(typed(&[bridge, long]), ["2001:db8::7"]);
        assert_eq!(typed(&[bridge]), ["172.17.0.1"]);
        assert!(typed(&[]).is_empty());
    }

    #[test]
    fn near_is_what_has_not_the_world_in_it() {
        for near in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.1.1",
            "100.64.0.1",
            "::1",
            "fd00::1",
            "fe80::1",
            "::ffff:10.0.0.1",
        ] {
            let ip = near.parse().unwrap();
            assert!(is_near(ip) && is_near(network(ip)), "{near}");
        }
        for far in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "2001:db8::1",
            "192.169.0.1",
        ] {
            let ip = far.parse().unwrap();
            assert!(!is_near(ip) && !is_near(network(ip)), "{far}");
        }
    }

    #[test]
    fn this_machine_can_be_asked() {
        let found = of_this_machine().unwrap();
        assert!(found.iter().all(|one| !one.ip.is_loopback()));
    }
}
