//! How many wrong codes are listened to, from one network and in all; for every door.
//!
//! Owns a debt of time: each wrong code costs a moment, and a network that owes too much waits
//! until some of it is paid. A room that mistypes all at once fits, also behind one address. A
//! network that guesses goes on at a fixed pace, so that whoever has the right code there waits
//! a little and gets in all the same. The right code costs nothing. Debts are in memory until
//! they are paid, by network and not by address, and are written nowhere. Knows no clock.
//!
//! With the codes that [`super::code`] makes, a working day of guessing from one network finds
//! one room in forty; from the whole world, one in ten.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::addresses::{is_near, network};

/// What a wrong code costs, and how much of that may be owed.
#[derive(Clone, Copy, Debug)]
struct Price {
    each: Duration,
    most: Duration,
}

/// Of one network: sixty at once, thirty a minute.
const OF_ONE: Price = Price {
    each: Duration::from_secs(2),
    most: Duration::from_secs(2 * 60),
};
/// Of all together: four times as many.
const OF_ALL: Price = Price {
    each: Duration::from_millis(500),
    most: Duration::from_secs(2 * 60),
};
/// Longer than this nobody is let wait.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// The facilitator is told of guessing no more often than this.
const TELL: Duration = Duration::from_secs(10);
/// Networks that are remembered; with more, those that owe nothing are forgotten.
const NETWORKS: usize = 1024;

/// When a code that somebody says is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Now.
    Now,
    /// After so long.
    After(Duration),
    /// Not at all: too many wait already. Wrong codes in a while are heard again.
    Never,
}

/// Wrong codes that are not paid for yet.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<Debts>);

/// Until when is paid what is owed.
#[derive(Debug, Default)]
struct Debts {
    of_one: HashMap<IpAddr, Instant>,
    /// The networks of rooms and those of the world owe apart, so that the world keeps nobody
    /// out who is in the room.
    near: Option<Instant>,
    far: Option<Instant>,
    /// Wrong codes so far.
    wrong: u32,
    /// When it was last told how many they are.
    told: Option<Instant>,
}

impl Guesses {
    /// Takes a place for a code from an address: it counts as wrong until [`Self::was_right`].
    /// Behind a server that passes everybody on, the address tells nothing and is left out.
    pub fn turn(&self, from: Option<IpAddr>, now: Instant) -> Turn {
        let mut debts = self.debts();
        let wait = debts.wait(from, now);
        if wait > PATIENCE {
            return Turn::Never;
        }
        debts.owes(from, now);
        if wait.is_zero() {
            Turn::Now
        } else {
            Turn::After(wait)
        }
    }

    /// The code was right: it costs nothing.
    pub fn was_right(&self, from: Option<IpAddr>) {
        self.debts().pays(from);
    }

    /// A wrong code came.
    pub fn was_wrong(&self, from: Option<IpAddr>, now: Instant) {
        self.debts().owes(from, now);
    }

    /// Whether too many wrong codes came for another to be heard at once.
    pub fn is_over(&self, from: Option<IpAddr>, now: Instant) -> bool {
        !self.debts().wait(from, now).is_zero()
    }

    /// How many wrong codes came, once they are more than mistyping explains, and then now and
    /// again while they come. Of whom, nobody is told.
    pub fn worth_telling(&self, from: Option<IpAddr>, now: Instant) -> Option<u32> {
        let mut debts = self.debts();
        let told = debts.told.is_some_and(|at| now < at + TELL);
        if told || debts.wait(from, now).is_zero() {
            return None;
        }
        debts.told = Some(now);
        Some(debts.wrong)
    }

    fn debts(&self) -> MutexGuard<'_, Debts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Debts {
    fn of_all(&mut self, from: Option<IpAddr>) -> &mut Option<Instant> {
        match from {
            Some(from) if !is_near(from) => &mut self.far,
            _ => &mut self.near,
        }
    }

    fn wait(&mut self, from: Option<IpAddr>, now: Instant) -> Duration {
        let of_one = from.and_then(|from| self.of_one.get(&network(from)).copied());
        let all = *self.of_all(from);
        // One more has to fit.
        let over = |owed: Option<Instant>, price: Price| {
            let owed = owed.map_or(Duration::ZERO, |at| at.saturating_duration_since(now));
            (owed + price.each).saturating_sub(price.most)
        };
        over(of_one, OF_ONE).max(over(all, OF_ALL))
    }

    fn owes(&mut self, from: Option<IpAddr>, now: Instant) {
        self.wrong = self.wrong.saturating_add(1);
        let all = self.of_all(from);
        *all = Some(all.unwrap_or(now).max(now) + OF_ALL.each);
        let Some(from) = from else {
            return;
        };
        if self.of_one.len() >= NETWORKS {
            self.of_one.retain(|_, owed| *owed > now);
        }
        let owed = self.of_one.entry(network(from)).or_insert(now);
        *owed = (*owed).max(now) + OF_ONE.each;
    }

    fn pays(&mut self, from: Option<IpAddr>) {
        self.wrong = self.wrong.saturating_sub(1);
        let less = |owed: Instant, price: Price| owed.checked_sub(price.each).unwrap_or(owed);
        let all = self.of_all(from);
        *all = all.map(|owed| less(owed, OF_ALL));
        if let Some(owed) = from.and_then(|from| self.of_one.get_mut(&network(from))) {
            *owed = less(*owed, OF_ONE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> Option<IpAddr> {
        text.parse().ok()
    }

    /// Says wrong codes as long as they are looked at at once; how many were.
    fn guess(guesses: &Guesses, from: Option<IpAddr>, now: Instant) -> usize {
        let heard = |_: &usize| {
            let heard = !guesses.is_over(from, now);
            heard.then(|| guesses.was_wrong(from, now));
            heard
        };
        (0..10_000).take_while(heard).count()
    }

    #[test]
    fn a_room_behind_one_address_mistypes_all_at_once_and_gets_in() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        let room = ip("192.168.43.1");
        for person in 0..600 {
            if person % 11 == 0 {
                assert_eq!(guesses.turn(room, now), Turn::Now, "{person} mistypes");
            }
            assert_eq!(guesses.turn(room, now), Turn::Now, "{person}");
            guesses.was_right(room);
        }
    }

    #[test]
    fn whoever_guesses_goes_on_at_a_pace_and_the_right_code_gets_in_between() {
        let (guesses, start) = (Guesses::default(), Instant::now());
        let one = ip("192.168.43.1");
        assert_eq!(guess(&guesses, one, start), 60);
        assert!(guesses.is_over(one, start));
        // The next waits as long as one costs, and so on until too many wait.
        let waits = (0..100).map(|_| guesses.turn(one, start));
        let waits: Vec<Turn> = waits.take_while(|turn| *turn != Turn::Never).collect();
        assert!(waits.len() <= 5, "{waits:?}");
        // In an hour no more than its pace, and what it could once more say at once.
        let heard: usize = (1..=3600)
            .map(|second| guess(&guesses, one, start + Duration::from_secs(second)))
            .sum();
        assert!((1700..=1860).contains(&heard), "{heard}");
        let later = start + Duration::from_secs(3600);
        assert_eq!(guesses.turn(ip("192.168.43.9"), later), Turn::Now);
    }

    #[test]
    fn guessing_is_told_once_mistyping_does_not_explain_it_and_then_now_and_again() {
        let (guesses, start) = (Guesses::default(), Instant::now());
        let one = ip("10.0.0.1");
        guesses.was_wrong(one, start);
        assert_eq!(guesses.worth_telling(one, start), None);
        assert_eq!(guess(&guesses, one, start), 59);
        assert_eq!(guesses.worth_telling(one, start), Some(60));
        guesses.was_wrong(one, start);
        assert_eq!(guesses.worth_telling(one, start), None);
        let more = guess(&guesses, one, start + TELL);
        let all = u32::try_from(61 + more).ok();
        assert_eq!(guesses.worth_telling(one, start + TELL), all);
        // Later it is paid for.
        assert_eq!(guesses.worth_telling(one, start + OF_ONE.most * 2), None);
    }

    #[test]
    fn whoever_has_the_right_code_never_waits_longer_than_patience() {
        let (guesses, start) = (Guesses::default(), Instant::now());
        let one = ip("10.0.0.1");
        guess(&guesses, one, start);
        let Turn::After(wait) = guesses.turn(one, start) else {
            panic!("it was heard at once, or not at all");
        };
        assert!(wait <= PATIENCE);
        guesses.was_right(one);
        assert!(!guesses.is_over(one, start + OF_ONE.most));
    }

    #[test]
    fn the_world_together_is_slowed_down_and_keeps_nobody_out_who_is_in_the_room() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        let heard: usize = (0..200_u8)
            .map(|n| guess(&guesses, ip(&format!("203.0.113.{n}")), now))
            .sum();
        assert_eq!(heard, 240);
        assert_eq!(guesses.turn(ip("192.168.1.4"), now), Turn::Now);
    }

    #[test]
    fn all_of_one_ipv6_network_owe_together_and_old_debts_are_forgotten() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        guess(&guesses, ip("2001:db8:1:2::1"), now);
        assert!(guesses.is_over(ip("2001:db8:1:2:9::7"), now));
        let later = now + Duration::from_secs(600);
        for n in 0..NETWORKS {
            guesses.was_wrong(ip(&format!("2001:db8:{n:x}:7::1")), later);
        }
        let debts = guesses.debts();
        assert!(debts.of_one.len() <= NETWORKS, "{}", debts.of_one.len());
    }

    #[test]
    fn behind_a_server_that_passes_on_only_all_together_count() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        assert_eq!(guess(&guesses, None, now), 240);
    }
}
