//! A hall of several seats over one session: every key goes through the real update, and what
//! is proposed is carried out by the real store, in a file that is gone afterwards.

use std::sync::Arc;

use pim::app::own::Found;
use pim::app::rights::allowed;
use pim::app::{Effect, Msg};
use pim::exercise::{Exercise, Phase, Token};
use pim::room::{Command, Door, Live, Role, Room, SeatId, Time, Wall};
use pim::store::{Proposal, Store};

use super::Viewer;
use crate::room_sitting::opening;

/// The moment at which everything happens.
const NOW: Time = Time(1_772_600_000_000);

/// Somebody in the hall.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Who(usize);

/// The screen of most people.
pub(crate) const SMALL: (u16, u16) = (80, 24);

/// The facilitator, who is always there.
pub(crate) const FACILITATOR: Who = Who(0);

/// Seats over one session.
pub(crate) struct Hall {
    pub(crate) room: Room,
    store: Store,
    seats: Vec<Option<Viewer>>,
    _folder: tempfile::TempDir,
}

impl Hall {
    /// A hall with a facilitator, closed for others yet.
    pub(crate) fn new(size: (u16, u16)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hall.pim");
        let (store, state) = Store::create(&file, &[opening("Test")]).unwrap();
        let mut facilitator = Viewer::new(size.0, size.1);
        facilitator.seat.sheet.seed = 1;
        let mut room = facilitator.room.clone();
        room.session = Some(Arc::new(state));
        facilitator.room = room.clone();
        let mut hall = Self {
            room,
            store,
            seats: vec![Some(facilitator)],
            _folder: folder,
        };
        hall.press(FACILITATOR, "5");
        hall
    }

    /// An open room with so many participants, whose tokens are those of 1, 2 and so on.
    pub(crate) fn open(participants: u64) -> (Self, Vec<Who>) {
        let mut hall = Self::new(SMALL);
        hall.opens();
        let all = (1..=participants).map(|n| hall.joins(SMALL, Role::Participant, n));
        let all = all.collect();
        (hall, all)
    }

    /// The room is open for others.
    pub(crate) fn opens(&mut self) -> &mut Self {
        self.room.live = Some(live());
        self.look_around();
        self
    }

    /// Somebody comes in; a participant with the token of a number.
    pub(crate) fn joins(&mut self, size: (u16, u16), role: Role, number: u64) -> Who {
        let token = Token::from_random(number);
        self.comes(size, role, token)
    }

    /// Somebody comes back with the code that was on the screen.
    pub(crate) fn comes_back(&mut self, size: (u16, u16), code: &str) -> Who {
        self.comes(size, Role::Participant, Token::parse(code).unwrap())
    }

    fn comes(&mut self, size: (u16, u16), role: Role, token: Token) -> Who {
        let mut viewer = Viewer::joined(size, role, Some(token));
        viewer.room = self.room.clone();
        viewer.send(Msg::Opened {
            drafts: Vec::new(),
            message: None,
        });
        self.seats.push(Some(viewer));
        let who = Who(self.seats.len() - 1);
        self.settle(who);
        self.look_around();
        who
    }

    /// A line drops.
    pub(crate) fn drops(&mut self, who: Who) {
        self.seats[who.0] = None;
        self.store.leave(SeatId(who.0 as u64 + 1));
        self.look_around();
    }

    /// The seat of somebody.
    pub(crate) fn at(&mut self, who: Who) -> &mut Viewer {
        self.seats[who.0].as_mut().unwrap()
    }

    /// Presses keys at a seat.
    pub(crate) fn press(&mut self, who: Who, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.at(who).press(key);
            self.settle(who);
        }
        self
    }

    /// Types letter by letter at a seat.
    pub(crate) fn types(&mut self, who: Who, text: &str) -> &mut Self {
        self.at(who).types(text);
        self.settle(who);
        self
    }

    /// Names items at a seat.
    pub(crate) fn names(&mut self, who: Who, items: &[&str]) -> &mut Self {
        for item in items {
            self.types(who, item).press(who, "Enter");
        }
        self
    }

    pub(crate) fn sees(&mut self, who: Who, wanted: &str) -> &mut Self {
        self.at(who).sees(wanted);
        self
    }

    pub(crate) fn sees_no(&mut self, who: Who, unwanted: &str) -> &mut Self {
        self.at(who).sees_no(unwanted);
        self
    }

    /// So many wrong codes were heard of late.
    pub(crate) fn hears_wrong_codes(&mut self, wrong: u32) -> &mut Self {
        self.room.live.as_mut().unwrap().wrong = wrong;
        self.look_around();
        self
    }

    /// The exercise that the room is in.
    pub(crate) fn run(&self) -> &Exercise {
        let state = self.room.session.as_ref().unwrap();
        state.exercises.current().unwrap()
    }

    /// The facilitator goes on to the next phase, whatever is asked before or typed after.
    pub(crate) fn goes_on(&mut self) -> &mut Self {
        self.press(FACILITATOR, "n");
        if self.at(FACILITATOR).seat.sheet.question.is_some() {
            self.press(FACILITATOR, "Enter");
        }
        if self.at(FACILITATOR).seat.sheet.entry.is_some() {
            self.press(FACILITATOR, "Esc");
        }
        self
    }

    /// The facilitator goes on until the room is in a phase.
    pub(crate) fn goes_on_to(&mut self, phase: Phase) -> &mut Self {
        for _ in Phase::ALL {
            if self.run().phase != phase {
                self.goes_on();
            }
        }
        self.is_in(phase)
    }

    /// What somebody reads on screens of these sizes, by size.
    pub(crate) fn screens(&mut self, who: Who, sizes: &[(u16, u16)]) -> Vec<(String, String)> {
        let was = self.at(who).seat.size;
        let screen = |size: &(u16, u16)| {
            self.at(who).seat.size = *size;
            (format!("{}x{}", size.0, size.1), self.at(who).text())
        };
        let screens = sizes.iter().map(screen).collect();
        self.at(who).seat.size = was;
        screens
    }

    pub(crate) fn is_in(&mut self, phase: Phase) -> &mut Self {
        let seen = self.at(FACILITATOR).text();
        assert_eq!(self.run().phase, phase, "{seen}");
        self
    }

    /// Does what the runtime does with what a seat asked for, until nothing is left.
    fn settle(&mut self, who: Who) {
        loop {
            let effects = std::mem::take(&mut self.at(who).effects);
            if effects.is_empty() {
                break;
            }
            for effect in effects {
                if let Some(heard) = self.carry_out(who, effect) {
                    self.look_around();
                    self.at(who).send(heard);
                }
            }
        }
    }

    fn carry_out(&mut self, who: Who, effect: Effect) -> Option<Msg> {
        let role = self.at(who).seat.role;
        assert!(allowed(role, &effect), "{role:?} asked for {effect:?}");
        match effect {
            Effect::Propose(command) | Effect::Save(command, _) => {
                Some(self.propose(who, role, command))
            }
            Effect::Recall(round, key) => {
                let held = self.store.row(round, key).unwrap();
                Some(Msg::Recalled(round, held))
            }
            Effect::ComeBack(typed) => {
                let token = Token::parse(&typed);
                let known = token.filter(|token| self.knows(token));
                let found = |token| Found {
                    token,
                    language: None,
                };
                Some(Msg::CameBack(known.map(found)))
            }
            Effect::GoLive(on) => {
                self.room.live = on.then(live);
                self.look_around();
                None
            }
            Effect::Phones(on) => {
                let live = self.room.live.as_mut().unwrap();
                *live = Live {
                    here: live.here,
                    ..if on { with_phones() } else { self::live() }
                };
                self.look_around();
                None
            }
            Effect::NextLink => {
                let live = self.room.live.as_mut().unwrap();
                live.chosen = live.next_link();
                live.picture = drawn(live);
                self.look_around();
                None
            }
            Effect::Speak(language) => {
                self.room.live.as_mut().unwrap().language = language;
                self.look_around();
                None
            }
            Effect::Show(wall) => {
                self.room.live.as_mut().unwrap().wall = wall;
                self.look_around();
                None
            }
            _ => None,
        }
    }

    /// Whether anything was named or handed in with a token.
    fn knows(&self, token: &Token) -> bool {
        let state = self.room.session.as_ref().unwrap();
        let mut runs = state.exercises.runs.values();
        runs.any(|run| !token.own(run).is_empty())
            || !self.store.held(state, token.key()).unwrap().is_empty()
    }

    fn propose(&mut self, who: Who, role: Role, command: Box<Command>) -> Msg {
        let state = Arc::make_mut(self.room.session.as_mut().unwrap());
        let seat = SeatId(who.0 as u64 + 1);
        let proposal = Proposal::new(seat, role, (*command).clone(), NOW);
        match self.store.propose(state, proposal) {
            Ok(_) => Msg::Kept {
                command,
                changed: true,
            },
            Err(why) => Msg::Refused(why.into()),
        }
    }

    /// Everybody sees the room as it is now.
    fn look_around(&mut self) {
        let seats = self.seats.iter().flatten();
        let here = seats.filter(|one| one.seat.role == Role::Participant);
        let here = here.count() as u32;
        if let Some(live) = &mut self.room.live {
            live.here = here;
        }
        for viewer in self.seats.iter_mut().flatten() {
            viewer.room = self.room.clone();
        }
    }
}

/// A room as it is open on a hotspot.
pub(crate) fn live() -> Live {
    Live {
        here: 0,
        code: "MANGO-42".to_owned(),
        doors: vec![Door::Ssh {
            host: "192.168.43.1".to_owned(),
            port: 2222,
        }],
        fingerprint: Some("SHA256:q0JdTz1LxqjUoQ8l6a2zXv5V0cE7sWb3nYkHgR4tM9w".to_owned()),
        notes: vec!["The first time, type yes.".to_owned()],
        ..Live::default()
    }
}

/// The same room, which phones can join too, at one of three addresses.
fn with_phones() -> Live {
    let mut live = live();
    for host in ["192.168.43.1:8080", "10.0.0.7:8080", "[2001:db8::7]:8080"] {
        let url = format!("http://{host}/mango-42");
        live.doors.push(Door::Phone { url });
    }
    live.wall = Wall::Phones;
    live.advice = pim::live::phones::ADVICE.map(str::to_owned).to_vec();
    live.picture = drawn(&live);
    live
}

fn drawn(live: &Live) -> Vec<String> {
    pim::live::phones::qr::Qr::of(live.link().unwrap())
        .unwrap()
        .lines()
}
