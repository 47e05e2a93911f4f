//! Who is let in, as far as numbers go.
//!
//! Owns the counts of connections: in all, from one address, and of those that have not said
//! who they are. A room often stands behind one address, so the limit for near addresses is
//! above any room's size. When too many stand at the door without a word, the oldest of them
//! goes: half-open connections never keep somebody out who logs in. Addresses are kept in
//! memory only, and only while somebody from there is in.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::closing::Closing;
use crate::live::addresses::{is_near, network};
use crate::live::attend::Patience;

/// How many are let in, and how long they are waited for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections in all.
    pub total: usize,
    /// Connections that have not said who they are.
    pub unknown: usize,
    /// Connections from one address of a private network or of this machine.
    pub near: usize,
    /// Connections from one address anywhere else (for IPv6 from one network of 64 bits).
    pub far: usize,
    /// How long greeting, key exchange and login may take.
    pub login: Duration,
    /// How long a person may look at the question about the host key, or type a passphrase.
    pub question: Duration,
    /// How long a seat is waited for.
    pub patience: Patience,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: 600,
            unknown: 500,
            near: 600,
            far: 16,
            login: Duration::from_secs(15),
            question: Duration::from_secs(120),
            patience: Patience::default(),
        }
    }
}

/// Counts who is in.
#[derive(Debug)]
pub(super) struct Doorman {
    limits: Limits,
    counts: Mutex<Counts>,
    inside: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct Counts {
    from: HashMap<IpAddr, usize>,
    /// Who has not said who it is, the oldest first.
    unknown: VecDeque<(u64, Closing)>,
    next: u64,
}

/// Somebody's place. Dropping it makes room.
#[derive(Debug)]
pub(super) struct Place {
    doorman: Arc<Doorman>,
    from: IpAddr,
    number: u64,
    seated: AtomicBool,
}

impl Doorman {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            counts: Mutex::default(),
            inside: watch::Sender::new(0),
        }
    }

    /// How many connections there are, now and from now on.
    pub(super) fn inside(&self) -> watch::Receiver<usize> {
        self.inside.subscribe()
    }

    /// A place for somebody who comes from `address`, unless there is none.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr, closing: &Closing) -> Option<Place> {
        let from = network(address);
        let most = if is_near(from) {
            self.limits.near
        } else {
            self.limits.far
        };
        let mut counts = self.counts();
        if counts.from.get(&from).is_some_and(|n| *n >= most) {
            return None;
        }
        let inside = *self.inside.borrow();
        if inside >= self.limits.total || counts.unknown.len() >= self.limits.unknown {
            let (_, oldest) = counts.unknown.pop_front()?;
            oldest.fire();
        }
        let number = counts.next;
        counts.next += 1;
        self.inside.send_modify(|n| *n += 1);
        *counts.from.entry(from).or_default() += 1;
        counts.unknown.push_back((number, closing.clone()));
        Some(Place {
            doorman: self.clone(),
            from,
            number,
            seated: AtomicBool::new(false),
        })
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// The network that they come from.
    pub(super) fn from(&self) -> IpAddr {
        self.from
    }

    /// Whoever is here has said who it is.
    pub(super) fn known(&self) {
        let mut counts = self.doorman.counts();
        counts.unknown.retain(|(number, _)| *number != self.number);
    }

    /// Whoever is here has a seat.
    pub(super) fn sit(&self) {
        self.seated.store(true, Ordering::Relaxed);
    }

    /// Whether somebody sits here.
    pub(super) fn is_seated(&self) -> bool {
        self.seated.load(Ordering::Relaxed)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.known();
        let mut counts = self.doorman.counts();
        self.doorman
            .inside
            .send_modify(|n| *n = n.saturating_sub(1));
        if let Some(n) = counts.from.get_mut(&self.from) {
            *n = n.saturating_sub(1);
            if *n == 0 {
                counts.from.remove(&self.from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doorman(total: usize, unknown: usize, near: usize, far: usize) -> Arc<Doorman> {
        Arc::new(Doorman::new(Limits {
            total,
            unknown,
            near,
            far,
            ..Limits::default()
        }))
    }

    fn come(doorman: &Arc<Doorman>, from: &str) -> Option<Place> {
        doorman.admit(from.parse().ok()?, &Closing::default())
    }

    #[test]
    fn a_room_behind_one_address_gets_in_and_a_crowd_from_afar_does_not() {
        let doorman = doorman(600, 600, 300, 2);
        let room: Vec<_> = (0..300).map(|_| come(&doorman, "192.168.43.7")).collect();
        assert!(room.iter().all(Option::is_some));
        assert!(come(&doorman, "192.168.43.7").is_none());
        let far: Vec<_> = (0..2).map(|_| come(&doorman, "203.0.113.9")).collect();
        assert!(far.iter().all(Option::is_some));
        assert!(come(&doorman, "203.0.113.9").is_none());
        drop(far);
        assert!(come(&doorman, "::ffff:203.0.113.9").is_some());
    }

    #[test]
    fn all_of_one_ipv6_network_count_as_one() {
        let doorman = doorman(600, 600, 300, 1);
        let _one = come(&doorman, "2001:db8:1:2::1");
        assert!(come(&doorman, "2001:db8:1:2:ffff::9").is_none());
        assert!(come(&doorman, "2001:db8:1:3::1").is_some());
    }

    #[test]
    fn of_those_who_say_nothing_the_oldest_goes_and_the_seated_stay() {
        let doorman = doorman(3, 2, 9, 9);
        let seated = come(&doorman, "10.0.0.1");
        seated.iter().for_each(Place::known);
        let (first, second) = (Closing::default(), Closing::default());
        let ip = "10.0.0.2"
            .parse()
            .unwrap_or(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));
        let _one = doorman.admit(ip, &first);
        let _two = doorman.admit(ip, &second);
        assert!(come(&doorman, "10.0.0.3").is_some(), "somebody new gets in");
        assert!(first.is_fired() && !second.is_fired());
    }

    #[test]
    fn a_full_house_of_seats_lets_nobody_in_until_one_leaves() {
        let doorman = doorman(2, 2, 9, 9);
        let all: Vec<_> = (0..2).filter_map(|_| come(&doorman, "10.0.0.1")).collect();
        all.iter().for_each(Place::known);
        assert!(come(&doorman, "10.0.0.2").is_none());
        drop(all);
        assert!(come(&doorman, "10.0.0.2").is_some());
    }
}
