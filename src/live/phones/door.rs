//! What all connections of the door share.
//!
//! Owns the way to the hall, the room's code, the counts, and the newest results: these are
//! counted once a change and not once a phone.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::here::Here;
use super::limits::Limits;
use super::news;
use super::public::PublicUrl;
use super::results::Results;
use crate::app::{Effect, Msg, Reason};
use crate::exercise::{self, Token};
use crate::live::code::Code;
use crate::live::hall::Hall;
use crate::room::{Command, Role, Room, SeatId};

/// The door.
pub(super) struct Door {
    pub(super) hall: Hall,
    pub(super) code: Code,
    pub(super) public: Option<PublicUrl>,
    pub(super) limits: Arc<Limits>,
    pub(super) news: watch::Receiver<u64>,
    /// All phones are one seat to the hall: none of them undoes anything, and no phone is to be
    /// told from another there.
    seat: SeatId,
    /// Which phones are here.
    here: Here,
    /// Held while an item is named.
    pub(super) naming: tokio::sync::Mutex<()>,
    counted: Mutex<Option<(u64, Arc<Results>)>>,
}

impl Door {
    /// A door, and the task that watches the room for it.
    pub(super) fn new(
        hall: &Hall,
        code: Code,
        public: Option<PublicUrl>,
        connections: usize,
    ) -> (Self, JoinHandle<()>) {
        let (tell, news) = watch::channel(news::version(&hall.room()));
        let watching = tokio::spawn(news::watch(hall.rooms(), tell));
        let door = Self {
            seat: hall.new_seat(),
            hall: hall.clone(),
            code,
            public,
            limits: Arc::new(Limits::new(connections)),
            news,
            here: Here::default(),
            naming: tokio::sync::Mutex::default(),
            counted: Mutex::new(None),
        };
        (door, watching)
    }

    /// A phone asked for something: it is here.
    pub(super) fn hears(&self, token: Token) {
        if let Some(here) = self.here.heard(Some(token.key()), Instant::now()) {
            self.hall.phones(here);
        }
    }

    /// Lets phones that are silent for long count no more.
    pub(super) async fn count(door: Arc<Self>) {
        let mut minutes = tokio::time::interval(Duration::from_secs(60));
        loop {
            minutes.tick().await;
            if let Some(here) = door.here.heard(None, Instant::now()) {
                door.hall.phones(here);
            }
        }
    }

    /// Has something done as a participant; why not, where it was refused.
    pub(super) async fn propose(&self, command: exercise::Command) -> Result<(), Reason> {
        let command = Box::new(Command::Exercise(command));
        let effect = Effect::Propose(command);
        let news = self.hall.asked(self.seat, Role::Participant, effect).await;
        let mut kept = false;
        for one in news {
            match one {
                Msg::Kept { .. } => kept = true,
                Msg::Refused(why) => return Err(why),
                _ => {}
            }
        }
        if kept { Ok(()) } else { Err(Reason::NotKept) }
    }

    /// The results of a room whose pages have this number.
    pub(super) fn results(&self, room: &Room, version: u64) -> Arc<Results> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        match &*counted {
            Some((of, results)) if *of == version => Arc::clone(results),
            _ => {
                let results = Arc::new(Results::of(room));
                *counted = Some((version, Arc::clone(&results)));
                results
            }
        }
    }

    /// Whether the way to the phones is encrypted.
    pub(super) fn is_secure(&self) -> bool {
        self.public.as_ref().is_some_and(PublicUrl::is_secure)
    }

    /// Whether an address has said too many wrong codes.
    pub(super) fn is_guessing(&self, peer: IpAddr) -> bool {
        let guesses = self.hall.guesses();
        guesses.is_over(self.told(peer), Instant::now())
    }

    /// An address said a wrong code.
    pub(super) fn was_wrong(&self, peer: IpAddr) {
        self.is_not_of_here(peer);
        self.hall.heard_wrong(Instant::now());
    }

    /// An address showed a seat that is none of this room. It costs what a wrong code costs, but
    /// whoever leads is not told: phones keep the seat of another day.
    pub(super) fn is_not_of_here(&self, peer: IpAddr) {
        let guesses = self.hall.guesses();
        guesses.was_wrong(self.told(peer), Instant::now());
    }

    /// What an address tells: nothing, where a server in front passes everybody on.
    fn told(&self, peer: IpAddr) -> Option<IpAddr> {
        self.public.is_none().then_some(peer)
    }
}
