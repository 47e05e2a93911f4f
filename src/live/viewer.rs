//! One viewer at work, without the thing that carries its bytes.
//!
//! Owns a seat, its own copy of the room, and both directions of its bytes: what comes in is
//! decoded and given to the update, what is to be seen is drawn and compared with what was last
//! sent. What the update wants from outside is given back as effects. Reads the clock; sends and
//! waits for nothing, so that the local loop and a seat far away run the same code. Start at
//! [`Viewer::feed`], [`Viewer::handle`] and [`Viewer::frame`].

use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::events;
use crate::app::own::attended;
use crate::app::{Effect, Msg, Seat, update};
use crate::exercise::Phase;
use crate::room::{Role, Room};
use crate::store::clock;
use crate::terminal::decode::ESCAPE_TIMEOUT;
use crate::terminal::{Abilities, Asking, Decoded, Decoder, Pace, Report, Wire, clipboard};
use crate::ui::{self, Scene, Theme};

/// A seat, what it sees, and its bytes.
pub struct Viewer {
    /// The seat.
    pub seat: Seat,
    /// The room as this viewer last saw it.
    pub room: Room,
    themes: Arc<[Theme]>,
    decoder: Decoder,
    wire: Wire,
    pace: Pace,
    /// How fast frames may follow each other where the link is not a slow one.
    fastest: Pace,
    /// Bytes that go before the next frame.
    ahead: Vec<u8>,
    /// When the update wants to be woken.
    wake: Option<Instant>,
    /// When an Esc that may be the beginning of more counts as Esc.
    escape: Option<Instant>,
    /// A newer room that waits to be seen, and until when.
    coming: Option<(Room, Instant)>,
    /// When the room was last seen anew.
    seen: Option<Instant>,
    /// When the next second of a countdown begins.
    tick: Option<Instant>,
    /// What the terminal is asked.
    asking: Asking,
    /// What is to be done outside since the room went over to another session.
    owed: Vec<Effect>,
    /// Whether something changed since the last frame.
    stale: bool,
}

impl Viewer {
    /// A viewer whose terminal was sent nothing yet.
    pub fn new(room: Room, seat: Seat, themes: Arc<[Theme]>, abilities: Abilities) -> Self {
        Self {
            seat,
            room,
            themes,
            decoder: Decoder::default(),
            wire: Wire::new(abilities),
            pace: Pace::FREE,
            fastest: Pace::FREE,
            ahead: Vec::new(),
            wake: None,
            escape: None,
            coming: None,
            seen: None,
            tick: None,
            asking: Asking::default(),
            owed: Vec::new(),
            stale: true,
        }
    }

    /// The same with at most one frame in so much time.
    #[must_use]
    pub fn paced(mut self, gap: Duration) -> Self {
        self.fastest = Pace::every(gap);
        self
    }

    /// Decodes bytes of the terminal; what they say to the update.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Msg> {
        let mut decoded = Vec::new();
        self.decoder.feed(bytes, &mut decoded);
        let waits = self.decoder.pending_escape();
        self.escape = waits.then(|| self.gives_up(Instant::now()));
        self.decoded(decoded)
    }

    /// When an ESC counts as a key. What may be an answer that is awaited, and came in pieces, has
    /// as long as the answer.
    fn gives_up(&self, now: Instant) -> Instant {
        let answer = self.asking.awaited(now);
        let answer = answer.filter(|_| self.decoder.may_be_answer());
        answer.unwrap_or(now + ESCAPE_TIMEOUT)
    }

    /// What decoded input says to the update; answers of the terminal are learnt from.
    pub fn decoded(&mut self, decoded: Vec<Decoded>) -> Vec<Msg> {
        let mut said = Vec::new();
        for one in decoded {
            match one {
                Decoded::Event(event) => said.extend(events::msg(event)),
                Decoded::Report(report) => self.learn(report),
            }
        }
        said
    }

    /// Learns from an answer. Other colours are shown at once, and a next question goes out.
    fn learn(&mut self, report: Report) {
        let before = self.wire.abilities();
        let mut abilities = before;
        if abilities.learn(&report) {
            self.wire.set_abilities(abilities);
            self.stale |= abilities.colors != before.colors;
        }
        self.stale |= self.asking.hear(report);
    }

    /// Asks the terminal nothing, now and later: nobody would hear its answers, or the seat is
    /// being left.
    pub fn asks_no_more(&mut self) {
        self.asking.be_silent();
    }

    /// Until when answers are awaited, without which the terminal is not to be left: they would be
    /// typed into the shell. None if there are no more.
    pub fn awaits(&self) -> Option<Instant> {
        self.asking.awaited(Instant::now())
    }

    /// The terminal has another size.
    pub fn resized(&mut self, columns: u16, rows: u16) -> Vec<Effect> {
        self.asking.want_sync();
        self.handle(Msg::Resize(columns, rows))
    }

    /// Changes the seat by a message; gives back what is to be done outside.
    pub fn handle(&mut self, msg: Msg) -> Vec<Effect> {
        self.stale = true;
        self.room.now = clock::now();

        let effects = update(&self.room, &mut self.seat, msg);
        self.set_tick();
        effects
            .into_iter()
            .filter_map(|one| self.inside(one))
            .collect()
    }

    /// Does what concerns nothing but this viewer's bytes and times.
    fn inside(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Wake(after) => self.wake = Some(Instant::now() + after),
            Effect::Redraw => {
                self.asking.want_sync();
                self.wire.forget();
            }
            Effect::Copy(text) => match clipboard::copy(&text) {
                Ok(bytes) => self.ahead.extend(bytes),
                Err(error) => self.seat.message = Some(error.to_string()),
            },
            other => return Some(other),
        }
        None
    }

    /// Is told of a newer room. What others did is seen at once after a rest, and then no more
    /// often than `gap` says, so that a full room does not repaint itself all the time.
    pub fn hears_of(&mut self, room: &Room) {
        let numbers = self.room.differs_in_numbers_only(room);
        let due = self.seen.map(|at| at + gap(self.seat.role, numbers));
        match due.filter(|due| *due > Instant::now()) {
            Some(due) => self.coming = Some((room.clone(), due)),
            None => drop(self.sees(room)),
        }
    }

    /// Takes over a newer room now; says whether anything changed.
    pub fn sees(&mut self, room: &Room) -> bool {
        self.coming = None;
        let changed = !self.room.is_same(room);
        if changed {
            self.seen = Some(Instant::now());
            if self.seat.role == Role::Participant && phase(&self.room) != phase(room) {
                // What was said belongs to what was asked before.
                self.seat.message = None;
                self.seat.own.scroll = 0;
            }
            let moves = ![0, room.sitting].contains(&self.room.sitting);
            self.room = room.clone();
            if moves {
                let owed = self.handle(Msg::Moved);
                self.owed.extend(owed);
            }
            // What the seat has chosen is settled anew; a tick asks for nothing outside.
            let _ = self.handle(Msg::Tick(clock::now()));
        }
        changed
    }

    /// The terminal may show anything: the next frame is painted whole.
    pub fn forget(&mut self) {
        self.wire.forget();
        self.stale = true;
    }

    /// Says something to the terminal before the next frame.
    pub fn say(&mut self, bytes: &[u8]) {
        self.ahead.extend_from_slice(bytes);
        self.stale = true;
    }

    /// A second of a countdown is waited for only while one runs.
    fn set_tick(&mut self) {
        let now = clock::now();
        let timer = self.room.session.as_ref().map(|one| &one.timer);
        let left = timer
            .filter(|one| one.is_running(now))
            .and_then(|one| one.left(now));
        self.tick = left.map(|left| {
            let rest = (left - 1).rem_euclid(1000) + 1;
            Instant::now() + Duration::from_millis(rest.unsigned_abs())
        });
    }

    /// When this viewer wants to be woken, to do something or to be drawn.
    pub fn due(&self) -> Option<Instant> {
        let now = Instant::now();
        let frame = self.stale.then(|| now + self.pace.wait(now));
        [self.due_inside(), frame].into_iter().flatten().min()
    }

    /// When this viewer wants to be woken for anything but a frame.
    pub fn due_inside(&self) -> Option<Instant> {
        let coming = self.coming.as_ref().map(|(_, due)| *due);
        let owed = (!self.owed.is_empty()).then(Instant::now);
        let times = [self.wake, self.escape, self.tick, coming, owed];
        times.into_iter().flatten().min()
    }

    /// Does what is due; gives back what is to be done outside.
    pub fn woke(&mut self) -> Vec<Effect> {
        let now = Instant::now();
        if let Some((room, _)) = self.coming.take_if(|(_, due)| *due <= now) {
            self.sees(&room);
        }
        let due = |at: &mut Option<Instant>| at.take_if(|at| *at <= now).is_some();
        let mut said = Vec::new();
        if due(&mut self.escape) {
            let mut decoded = Vec::new();
            self.decoder.flush(&mut decoded);
            said.extend(self.decoded(decoded));
        }
        if due(&mut self.wake) {
            said.push(Msg::Woke);
        }
        if due(&mut self.tick) {
            said.push(Msg::Tick(clock::now()));
        }
        let owed = std::mem::take(&mut self.owed);
        let said = said.into_iter().flat_map(|msg| self.handle(msg));
        owed.into_iter().chain(said).collect()
    }

    /// Whether a frame may go now.
    pub fn is_due(&self) -> bool {
        self.stale && self.pace.wait(Instant::now()).is_zero()
    }

    /// Draws the newest state; the bytes that make the terminal show it. Call only when they
    /// can be sent.
    pub fn frame(&mut self) -> Vec<u8> {
        self.pace.limit(if self.seat.look.slow {
            Pace::SLOW
        } else {
            self.fastest
        });
        let (width, height) = self.seat.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let scene = Scene::of(&self.room, &self.seat);
        let layout = ui::layout(&scene, self.seat.size);
        let theme = theme_of(&self.seat, &self.themes);
        let cursor = ui::draw(&scene, &layout, &theme, &mut buffer);
        let mut bytes = self.before_the_frame(&theme);
        self.wire.frame(&buffer, cursor, &mut bytes);
        self.pace.sent(Instant::now());
        self.stale = false;
        bytes
    }

    /// What is said before a frame. Colours are asked for once a theme shows its own, and where
    /// the answer can make a difference. That a frame can be shown at once is asked for with the
    /// first repaint of a whole screen: opening paints an empty one, where nobody sees it.
    fn before_the_frame(&mut self, theme: &Theme) -> Vec<u8> {
        if theme.has_colours_of_its_own() && self.wire.abilities().may_show_more() {
            self.asking.want_colors();
        }
        let mut bytes = std::mem::take(&mut self.ahead);
        if self.asking.say(Instant::now(), &mut bytes) {
            self.wire.pen_is_plain();
        }
        bytes
    }
}

/// The phase that the room is in.
fn phase(room: &Room) -> Option<Phase> {
    attended(room).map(|run| run.phase)
}

/// How long a seat rests between two changes that others made. Numbers move for everybody who
/// has no part in leading the room at most every two seconds: they would say who handed in just
/// now.
fn gap(role: Role, numbers: bool) -> Duration {
    Duration::from_millis(match (role, numbers) {
        (Role::Participant | Role::Reader, true) => 2000,
        (Role::Participant | Role::Reader, false) => 250,
        (Role::Facilitator | Role::Projector, true) => 100,
        (Role::Facilitator | Role::Projector, false) => 0,
    })
}

fn theme_of(seat: &Seat, themes: &[Theme]) -> Theme {
    let theme = themes
        .iter()
        .find(|one| one.name == seat.look.theme)
        .or_else(|| themes.first());
    match theme {
        Some(theme) if seat.look.no_colour => theme.without_colour(),
        Some(theme) => theme.clone(),
        None => ui::theme::shipped().swap_remove(0),
    }
}
