//! The way to the host: asking it, and seeing what it published.
//!
//! Owns the two ends that viewers hold. Asking never changes anything here; what was asked has
//! happened once the answer is there, and the room that is published by then shows it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use tokio::sync::{oneshot, watch};

use super::doors::How;
use super::guesses::Guesses;
use super::host::Host;
use super::mapping::MapDesk;
use super::presence::{Presence, Present};
use super::seats::{Seats, Taken};
use super::sitting::Sitting;
use super::wrong::Wrong;
use crate::app::{Effect, Msg};
use crate::exercise::ballot::Ballot;
use crate::exercise::{RoundId, Token};
use crate::hints::Language;
use crate::room::{Role, Room, SeatId};
use crate::store::MapFile;

/// Called after each change, for viewers that wait for something else.
pub(super) type Bell = Box<dyn Fn() + Send>;

/// What the host is asked.
pub(super) struct Ask {
    /// By whom: in memory only, for undo.
    pub(super) seat: SeatId,
    /// As what.
    pub(super) role: Role,
    /// What.
    pub(super) what: What,
    /// Who waits for the answer: what the seat is to hear.
    pub(super) answer: oneshot::Sender<Vec<Msg>>,
}

/// What can be asked of the host.
pub(super) enum What {
    /// Open the session.
    Begin,
    /// What the update wants to happen outside.
    Effect(Effect),
    /// Open the room for others, in this way.
    Live(How),
    /// So many phones are here.
    Phones(u32),
    /// More wrong codes were said than people who come in mistype.
    Wrong,
    /// A seat from elsewhere comes in.
    Enter,
    /// A seat is gone: what it could undo is forgotten.
    Leave,
    /// Copy the session to a file.
    Copy(PathBuf),
    /// The ballots of a seat.
    Held(Token, oneshot::Sender<Vec<(RoundId, Ballot)>>),
    /// Write what waits and close the session.
    Close,
}

/// A handle on the host; clones reach the same one.
#[derive(Clone)]
pub struct Hall {
    asks: Sender<Ask>,
    rooms: watch::Receiver<Room>,
    numbers: Arc<AtomicU64>,
    presence: Presence,
    seats: Seats,
    guesses: Arc<Guesses>,
    wrong: Arc<Wrong>,
}

/// How long seats may take to leave when the session is closed.
const LEAVING: Duration = Duration::from_secs(2);

impl Hall {
    /// Starts the host of a room, in which `wanted` or what the start finds will be opened;
    /// what is taught to Find is kept in the file `taught`, and changes of the operation in
    /// the file `map`.
    pub fn start(
        room: Room,
        wanted: Option<&str>,
        (taught, map): (&Path, Option<MapFile>),
        bell: Box<dyn Fn() + Send>,
    ) -> Self {
        let (asks, inbox) = channel();
        let (publish, rooms) = watch::channel(room.clone());
        let hall = Self {
            asks,
            rooms,
            numbers: Arc::new(AtomicU64::new(1)),
            presence: Presence::default(),
            seats: Seats::default(),
            guesses: Arc::default(),
            wrong: Arc::default(),
        };
        let sitting = Sitting::new(wanted);
        let host = Host::new(
            room,
            sitting,
            (taught, MapDesk::new(map)),
            publish,
            (hall.clone(), bell),
        );
        std::thread::spawn(move || host.run(&inbox));
        hall
    }

    /// The room as it is now.
    pub fn room(&self) -> Room {
        self.rooms.borrow().clone()
    }

    /// The rooms to come, for whoever can wait for them.
    pub fn rooms(&self) -> watch::Receiver<Room> {
        self.rooms.clone()
    }

    /// A seat that nobody had before.
    pub fn new_seat(&self) -> SeatId {
        SeatId(self.numbers.fetch_add(1, Ordering::Relaxed))
    }

    /// Opens the session; what there is to say about it.
    pub fn begin(&self, seat: SeatId, role: Role) -> Vec<Msg> {
        wait(self.send(seat, role, What::Begin))
    }

    /// Opens the room for others; what there is to say, if it cannot be. The room that is
    /// published then says how to join.
    pub fn go_live(&self, how: How) -> Vec<Msg> {
        wait(self.send(SeatId(0), Role::Facilitator, What::Live(how)))
    }

    /// Has an effect carried out, and waits for it; what the seat is to hear.
    pub fn ask(&self, seat: SeatId, role: Role, effect: Effect) -> Vec<Msg> {
        wait(self.send(seat, role, What::Effect(effect)))
    }

    /// A seat from elsewhere comes in; what it is to hear first.
    pub async fn entered(&self, seat: SeatId, role: Role) -> Vec<Msg> {
        let answer = self.send(seat, role, What::Enter);
        answer.await.unwrap_or_else(|_| gone())
    }

    /// The same as [`Hall::ask`] for whoever must not block.
    pub async fn asked(&self, seat: SeatId, role: Role, effect: Effect) -> Vec<Msg> {
        let answer = self.send(seat, role, What::Effect(effect));
        answer.await.unwrap_or_else(|_| gone())
    }

    /// Has the session copied to a file; what became of it, as a sentence.
    pub async fn copied(&self, to: PathBuf) -> String {
        let answer = self.send(SeatId(0), Role::Facilitator, What::Copy(to));
        let said = answer.await.unwrap_or_else(|_| gone());
        match said.into_iter().next() {
            Some(Msg::Said(said)) => said,
            Some(Msg::Refused(why)) => why.to_string(),
            _ => String::new(),
        }
    }

    /// The ballots that a seat has in, for itself alone.
    pub async fn held(&self, token: Token) -> Vec<(RoundId, Ballot)> {
        let (answer, held) = oneshot::channel();
        drop(self.send(SeatId(0), Role::Participant, What::Held(token, answer)));
        held.await.unwrap_or_default()
    }

    /// Whether a token is that of a seat that was given out, or with which something was named or
    /// handed in. Of closed votes nobody knows the seats any more.
    pub(super) async fn knows(&self, token: Token) -> bool {
        if self.seats.knows(token.key()) {
            return true;
        }
        let named = || {
            let session = self.rooms.borrow().session.clone();
            let mut runs = session.iter().flat_map(|one| one.exercises.runs.values());
            runs.any(|run| !token.own(run).is_empty())
        };
        named() || !self.held(token).await.is_empty()
    }

    /// Sits down in the seat of a token; whoever sat there hears of it.
    pub(super) fn take(&self, token: Token) -> Taken {
        self.seats.take(token.key())
    }

    /// The seat of a token was spoken to in a language.
    pub(super) fn speaks(&self, token: Token, language: Language) {
        self.seats.speaks(token.key(), language);
    }

    /// The language in which the seat of a token goes on, where it had one.
    pub(super) fn spoken(&self, token: Token) -> Option<Language> {
        self.seats.language(token.key())
    }

    /// The language in which seats and phones begin.
    pub(super) fn language(&self) -> Language {
        let room = self.rooms.borrow();
        room.live
            .as_ref()
            .map_or(Language::En, |live| live.language)
    }

    /// How many wrong codes were said, at all doors.
    pub fn guesses(&self) -> &Guesses {
        &self.guesses
    }

    /// A wrong code was heard. Whoever leads the room is told once there are many.
    pub(super) fn heard_wrong(&self, now: Instant) {
        if self.wrong.one(now) {
            drop(self.send(SeatId(0), Role::Participant, What::Wrong));
        }
    }

    /// How many wrong codes were heard of late.
    pub fn wrong(&self, now: Instant) -> u32 {
        self.wrong.lately(now)
    }

    /// Says how many phones are here.
    pub fn phones(&self, here: u32) {
        drop(self.send(SeatId(0), Role::Participant, What::Phones(here)));
    }

    /// Forgets a seat that is gone.
    pub fn leave(&self, seat: SeatId, role: Role) {
        drop(self.send(seat, role, What::Leave));
    }

    /// Writes what waits and closes the session, and waits for seats from elsewhere to hear of
    /// it; what there is to say, if anything.
    pub fn close(&self, seat: SeatId) -> Vec<Msg> {
        let said = wait(self.send(seat, Role::Facilitator, What::Close));
        self.presence.wait(LEAVING);
        said
    }

    /// Says that somebody from elsewhere is here, until what it gives is dropped.
    pub fn present(&self) -> Present {
        self.presence.enter()
    }

    fn send(&self, seat: SeatId, role: Role, what: What) -> oneshot::Receiver<Vec<Msg>> {
        let (answer, answered) = oneshot::channel();
        let ask = Ask {
            seat,
            role,
            what,
            answer,
        };
        // A host that is gone drops the sender, which the receiver sees.
        let _ = self.asks.send(ask);
        answered
    }
}

fn wait(answer: oneshot::Receiver<Vec<Msg>>) -> Vec<Msg> {
    answer.blocking_recv().unwrap_or_else(|_| gone())
}

fn gone() -> Vec<Msg> {
    vec![Msg::Refused(
        "the session is closed, so nothing is kept; leave and open it again".into(),
    )]
}
