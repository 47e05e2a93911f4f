//! The host: the one thread that changes the room.
//!
//! Owns the room and its session, and the order in which things happen to them. Everything that
//! waits is done before the room is published, and ballots that wait share one write to the
//! disk; an answer is given only after both. Start at [`Host::run`].

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

use anyhow::Context;
use tokio::sync::{oneshot, watch};

use super::doors::{self, Doors, How, Phones};
use super::hall::{Ask, Bell, Hall, What};
use super::mapping::MapDesk;
use super::sitting::{Sitting, why};
use super::wrong;
use crate::app::rights::allowed;
use crate::app::{Effect, Msg};
use crate::cli::taught;
use crate::room::live::MISTYPED;
use crate::room::{Command, Role, Room, SeatId, Time, Wall};
use crate::search::Taught;

/// The owner of the room.
pub(super) struct Host {
    room: Room,
    sitting: Sitting,
    taught: PathBuf,
    map: MapDesk,
    publish: watch::Sender<Room>,
    bell: Bell,
    /// For seats that come in through a door.
    hall: Hall,
    #[cfg(unix)]
    socket: Option<super::socket::Socket>,
    /// How the room is opened for others.
    how: How,
    /// How the page for phones is opened.
    page: Phones,
    /// The doors, while the room is live.
    doors: Option<Doors>,
    /// Participants at terminals, and phones.
    seats: u32,
    phones: u32,
    /// When wrong codes are counted again.
    recount: Option<Instant>,
    /// The session whose door was last tried.
    tried: Option<PathBuf>,
    over: bool,
}

/// An answer, and who waits for it.
type Answer = (oneshot::Sender<Vec<Msg>>, Vec<Msg>);

impl Host {
    pub(super) fn new(
        room: Room,
        sitting: Sitting,
        (taught, map): (&Path, MapDesk),
        publish: watch::Sender<Room>,
        (hall, bell): (Hall, Bell),
    ) -> Self {
        Self {
            room,
            sitting,
            taught: taught.to_owned(),
            map,
            publish,
            bell,
            hall,
            #[cfg(unix)]
            socket: None,
            how: How::default(),
            page: Phones::default(),
            doors: None,
            seats: 0,
            phones: 0,
            recount: None,
            tried: None,
            over: false,
        }
    }

    /// Does what is asked, until the session is closed or nobody is left who could ask.
    pub(super) fn run(mut self, inbox: &Receiver<Ask>) {
        while !self.over {
            let first = match self.next(inbox) {
                Ok(ask) => Some(ask),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            self.sitting.woke(&mut self.room);
            self.map.woke(&mut self.room);
            if self.recount.is_some_and(|at| at <= Instant::now()) {
                self.count_wrong();
            }
            let all = first.into_iter().chain(inbox.try_iter()).collect();
            let answers = self.carry_out(all);
            self.publish();
            self.keep_door();
            for (answer, news) in answers {
                // Whoever asked may be gone by now.
                let _ = answer.send(news);
            }
        }
        let _ = self.map.flush(&mut self.room);
        let _ = self.sitting.close(&mut self.room);
    }

    fn next(&self, inbox: &Receiver<Ask>) -> Result<Ask, RecvTimeoutError> {
        let due = [self.sitting.due(), self.map.due(), self.recount];
        match due.into_iter().flatten().min() {
            Some(at) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Does everything in its order; ballots that stand together in one write.
    fn carry_out(&mut self, asks: Vec<Ask>) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(asks.len());
        let mut ballots: Vec<Ask> = Vec::new();
        for ask in asks {
            if is_ballot(&ask.what) {
                ballots.push(ask);
                continue;
            }
            answers.extend(self.cast(std::mem::take(&mut ballots)));
            let news = self.one(ask.seat, ask.role, ask.what);
            answers.push((ask.answer, news));
        }
        answers.extend(self.cast(ballots));
        answers
    }

    fn cast(&mut self, ballots: Vec<Ask>) -> Vec<Answer> {
        if ballots.is_empty() {
            return Vec::new();
        }
        let (mut wanted, mut waiting) = (Vec::new(), Vec::new());
        for ask in ballots {
            if let What::Effect(Effect::Propose(command)) = ask.what {
                wanted.push((ask.role, command));
                waiting.push(ask.answer);
            }
        }
        let news = self.sitting.cast(&mut self.room, wanted);
        waiting.into_iter().zip(news).collect()
    }

    fn one(&mut self, seat: SeatId, role: Role, what: What) -> Vec<Msg> {
        match what {
            What::Begin => {
                let said = self.map.begin(&mut self.room);
                let opened = self.sitting.begin(&mut self.room);
                let mapped = said.map(Msg::Said);
                std::iter::once(opened).chain(mapped).collect()
            }
            What::Effect(effect) => self
                .effect(seat, role, effect)
                .unwrap_or_else(|error| vec![Msg::Refused(why(error))]),
            What::Live(how) => {
                self.how = how;
                self.one(seat, role, What::Effect(Effect::GoLive(true)))
            }
            What::Phones(here) => {
                self.phones = here;
                self.count(Role::Reader, 0);
                Vec::new()
            }
            What::Wrong => {
                self.count_wrong();
                Vec::new()
            }
            What::Enter => {
                self.count(role, 1);
                vec![self.sitting.entered(role)]
            }
            What::Copy(to) => vec![self.sitting.copy(&self.room, &to)],
            What::Held(token, answer) => {
                // Whoever asked may be gone by now.
                let _ = answer.send(self.sitting.held(&self.room, token));
                Vec::new()
            }
            What::Leave => {
                self.count(role, -1);
                self.sitting.leave(seat);
                Vec::new()
            }
            What::Close => {
                self.over = true;
                // Seats from elsewhere take leave before the session is closed under them.
                if let Some(doors) = self.doors.take() {
                    doors.close();
                }
                let closed = self.sitting.close(&mut self.room);
                let said = closed.err().map(|error| Msg::Refused(why(error)));
                said.into_iter().collect()
            }
        }
    }

    fn effect(&mut self, seat: SeatId, role: Role, effect: Effect) -> anyhow::Result<Vec<Msg>> {
        // A fault in a screen opens nothing.
        if !allowed(role, &effect) {
            return Ok(Vec::new());
        }
        let room = &mut self.room;
        match effect {
            Effect::Propose(command) => Ok(self.sitting.propose(room, (seat, role), command, None)),
            Effect::Save(command, slot) => {
                Ok(self
                    .sitting
                    .propose(room, (seat, role), command, Some(slot)))
            }
            Effect::Recall(round, key) => {
                let row = self.sitting.recalled(round, key)?;
                Ok(vec![Msg::Recalled(round, row)])
            }
            Effect::GoLive(true) => self.go_live().map(|()| Vec::new()),
            Effect::GoLive(false) => {
                self.shut();
                Ok(vec![Msg::Said("The room is closed to others.".to_owned())])
            }
            Effect::Phones(on) => self.set_phones(on).map(|()| Vec::new()),
            Effect::NextLink => {
                if let Some(live) = &mut self.room.live {
                    live.chosen = live.next_link();
                    live.wall = Wall::Phones;
                    doors::draw(live);
                }
                Ok(Vec::new())
            }
            Effect::Speak(language) => {
                self.how.language = language;
                if let Some(live) = &mut self.room.live {
                    live.language = language;
                }
                Ok(Vec::new())
            }
            Effect::Show(wall) => {
                if let Some(live) = &mut self.room.live {
                    live.wall = wall;
                }
                Ok(Vec::new())
            }
            Effect::Draft(slot, body) => {
                self.sitting.draft(room, slot, body);
                Ok(Vec::new())
            }
            Effect::Export(format, folder) => Ok(vec![self.sitting.export(room, format, folder)?]),
            Effect::Errand(errand) => self.sitting.errand(room, *errand),
            Effect::LoadAgenda(file) => self.sitting.load_agenda(room, (seat, role), &file),
            Effect::Resume => Ok(vec![self.sitting.resume(room)?]),
            Effect::Teach(all) => self.teach(all).map(|()| Vec::new()),
            Effect::Map(edits) => Ok(vec![Msg::Mapped(self.map.change(room, edits)?)]),
            Effect::MapDraft {
                about,
                draft,
                at_once,
            } => {
                self.map.draft(room, (&about, draft), at_once)?;
                Ok(Vec::new())
            }
            Effect::MapRead => Ok(vec![Msg::MapRead(self.map.read_again(room)?)]),
            Effect::MapUndo => Ok(vec![Msg::Mapped(self.map.step(room, true)?)]),
            Effect::MapRedo => Ok(vec![Msg::Mapped(self.map.step(room, false)?)]),
            Effect::MapExport(audience, format) => {
                Ok(vec![self.map.export(room, audience, format)?])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Opens the doors. The session is there before anybody comes.
    fn go_live(&mut self) -> anyhow::Result<()> {
        if self.doors.is_none() {
            self.sitting.make(&mut self.room)?;
            let session = self.room.session.as_ref();
            let begun = session.map_or(Time::default(), |state| state.meta.opened);
            let (doors, live) = Doors::open(&self.hall, &self.how, begun)?;
            self.doors = Some(doors);
            self.room.live = Some(live);
        }
        Ok(())
    }

    /// Lets phones in, or no longer. Where it cannot be, everything stays as it was but that.
    fn set_phones(&mut self, on: bool) -> anyhow::Result<()> {
        let (Some(doors), Some(live)) = (&mut self.doors, &self.room.live) else {
            return Ok(());
        };
        // Opened again, it is the page that was asked for at the start.
        if let Some(before) = self.how.phones.take() {
            self.page = before;
        }
        self.how.phones = on.then(|| self.page.clone());
        let live = doors.set_phones(&self.hall, &self.how, live)?;
        self.room.live = Some(live);
        if !on {
            self.phones = 0;
            self.count(Role::Reader, 0);
        }
        Ok(())
    }

    /// Shuts the doors, and lets everybody see that it is over. Whoever is in takes leave while
    /// the host goes on to answer.
    fn shut(&mut self) {
        self.room.live = None;
        if let Some(doors) = self.doors.take() {
            std::thread::spawn(move || doors.close());
        }
    }

    /// Counts participants, for the numbers on the wall.
    fn count(&mut self, role: Role, by: i32) {
        if role == Role::Participant {
            self.seats = self.seats.saturating_add_signed(by);
        }
        if let Some(live) = &mut self.room.live {
            live.here = self.seats.saturating_add(self.phones);
        }
    }

    /// Counts wrong codes, and again in a while as long as there are many.
    fn count_wrong(&mut self) {
        let now = Instant::now();
        let wrong = self.hall.wrong(now);
        self.recount = (wrong > MISTYPED).then(|| now + wrong::REST);
        if let Some(live) = &mut self.room.live {
            live.wrong = wrong;
        }
    }

    /// Keeps what was taught; it counts from now on only if it could be kept.
    fn teach(&mut self, all: Vec<Taught>) -> anyhow::Result<()> {
        taught::write(&self.taught, &all).context("Not taught")?;
        self.room.teach(all);
        Ok(())
    }

    /// Keeps the owner's socket where the session is that is open. A session without a door
    /// works all the same, for one.
    #[cfg(unix)]
    fn keep_door(&mut self) {
        let file = self.sitting.file().map(Path::to_owned);
        if file == self.tried {
            return;
        }
        self.socket = None;
        if let (Some(file), Ok(runtime)) = (&file, super::runtime::handle()) {
            let _context = runtime.enter();
            self.socket = super::socket::owners(&self.hall, file).ok();
        }
        self.tried = file;
    }

    #[cfg(not(unix))]
    fn keep_door(&mut self) {
        self.tried = None;
    }

    /// Lets everybody see the room, if it is another than before.
    fn publish(&self) {
        let changed = self.publish.send_if_modified(|shown| {
            let changes = !shown.is_same(&self.room);
            if changes {
                *shown = self.room.clone();
            }
            changes
        });
        if changed {
            (self.bell)();
        }
    }
}

fn is_ballot(what: &What) -> bool {
    match what {
        What::Effect(Effect::Propose(command)) => match &**command {
            Command::Exercise(command) => command.is_ballot(),
            _ => false,
        },
        _ => false,
    }
}
