//! A seat that is attended from elsewhere: the loop between a link and the hall.
//!
//! Owns the order of things for one such seat, as [`crate::tui`] does for the local one. Knows
//! nothing of what carries the bytes. Promises that only the newest frame waits for a slow
//! reader, that a reader who takes nothing for [`STALLED`] is let go, that a seat which says
//! nothing for [`IDLE`] is let go, and that nothing here waits for another seat. Start at
//! [`attend`].

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, watch};
use tokio::time::sleep_until;

use super::guest::{Guest, OwnCode, clamped, seat};
use super::hall::Hall;
use super::seats::Taken;
use super::viewer::Viewer;
use crate::app::own::Found;
use crate::app::{Effect, Msg};
use crate::exercise::Token;
use crate::hints::Language;
use crate::room::{Role, Room, SeatId};
use crate::terminal::manners;
use crate::ui::theme;

/// How long a reader may take nothing of what is waiting for it.
pub const STALLED: Duration = Duration::from_secs(20);
/// How long a seat may say nothing.
pub const IDLE: Duration = Duration::from_secs(4 * 60 * 60);

/// Frames of a seat from elsewhere follow each other no faster: nobody sees more, and a flood of
/// keys or sizes costs the others little.
const FRAMES: Duration = Duration::from_millis(20);
/// How many codes of seats somebody may try.
const TRIES: u32 = 20;

/// How long a seat is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How long its reader may take nothing of what is waiting for it.
    pub stalled: Duration,
    /// How long it may say nothing.
    pub idle: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            stalled: STALLED,
            idle: IDLE,
        }
    }
}

/// What comes in through a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// Bytes of the terminal.
    Bytes(Vec<u8>),
    /// The terminal has another size.
    Resize(u16, u16),
    /// The terminal may show anything.
    Redraw,
}

/// What goes out besides frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Ask the terminal for mouse events, or no longer.
    Mouse(bool),
    /// Leave to the shell until the user comes back.
    Suspend,
}

/// The two directions of a link. The link is over when `input` is closed or `output` fails.
pub struct Link<W> {
    /// What comes in; bounded, so that a flood waits at the other side.
    pub input: mpsc::Receiver<Incoming>,
    /// Where frames go.
    pub output: W,
    /// Where asides go, where the other side understands them.
    pub asides: Option<mpsc::UnboundedSender<Aside>>,
}

/// Why a seat was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Farewell {
    /// The viewer asked to leave.
    Quit,
    /// The link ended.
    Gone,
    /// The reader took nothing for too long.
    Stalled,
    /// Nothing came for too long.
    Idle,
    /// The session is over.
    Closed,
    /// Whoever sat there took the seat up again elsewhere.
    Elsewhere,
}

/// Attends a seat until it leaves or its link ends.
pub async fn attend<W: AsyncWrite + Unpin>(hall: &Hall, guest: Guest, link: Link<W>) -> Farewell {
    attend_for(hall, guest, link, Patience::default()).await
}

/// The same with a patience of the door's own.
pub async fn attend_for<W: AsyncWrite + Unpin>(
    hall: &Hall,
    guest: Guest,
    link: Link<W>,
    patience: Patience,
) -> Farewell {
    let seated = Seated {
        hall: hall.clone(),
        id: hall.new_seat(),
        role: guest.role,
    };
    let back = comes_back(hall, &guest).await;
    let mut attended = Attended::new(&seated, &guest, back, (link, patience));
    let farewell = attended.run().await;
    attended.sign_off(farewell).await;
    farewell
}

/// The seat that somebody comes back to, if a seat has the code with which they come.
async fn comes_back(hall: &Hall, guest: &Guest) -> Option<Token> {
    known(hall, guest.resume.as_deref()?).await
}

/// The seat of a code, as it was typed.
async fn known(hall: &Hall, typed: &str) -> Option<Token> {
    let token = Token::parse(typed)?;
    hall.knows(token).await.then_some(token)
}

/// A seat that came in. It leaves the hall however its attendance ends, even by a panic.
struct Seated {
    hall: Hall,
    id: SeatId,
    role: Role,
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.hall.leave(self.id, self.role);
    }
}

struct Attended<W> {
    hall: Hall,
    id: SeatId,
    role: Role,
    viewer: Viewer,
    /// The seat of a participant, held against others who come with its code.
    holds: Option<Taken>,
    /// Where the code of that seat is told.
    code: OwnCode,
    /// The language in which it began.
    began: Language,
    /// The language that was last told to the door and the hall.
    spoken: Option<Language>,
    /// Codes that were tried in vain.
    tried: u32,
    rooms: Rooms,
    link: Link<W>,
    /// What of the last frame is not sent yet.
    waiting: Bytes,
    /// When the reader last took something, while something waits.
    taken: Instant,
    /// When something last came.
    heard: Instant,
    patience: Patience,
    over: Option<Farewell>,
}

impl<W: AsyncWrite + Unpin> Attended<W> {
    fn new(
        seated: &Seated,
        guest: &Guest,
        back: Option<Token>,
        (link, patience): (Link<W>, Patience),
    ) -> Self {
        let hall = seated.hall.clone();
        let mut rooms = Rooms::new(&hall, seated.role);
        let room = rooms.newest();
        let mut seat = seat(&room, guest, back);
        let began = begins_in(&hall, seated.role, back);
        seat.language = began;
        guest.code.set(seat.token);
        let holds = seat.token.map(|token| hall.take(token));
        let themes: Arc<[_]> = theme::shipped().into();
        let now = Instant::now();
        Self {
            hall,
            id: seated.id,
            role: seated.role,
            viewer: Viewer::new(room, seat, themes, guest.abilities).paced(FRAMES),
            holds,
            code: guest.code.clone(),
            began,
            spoken: None,
            tried: 0,
            rooms,
            link,
            waiting: Bytes::new(),
            taken: now,
            heard: now,
            patience,
            over: None,
        }
    }

    async fn run(&mut self) -> Farewell {
        let news = self.hall.entered(self.id, self.role).await;
        self.hear(news).await;
        loop {
            self.speak();
            if let Some(farewell) = self.over {
                return farewell;
            }
            self.draw();
            if let Err(farewell) = self.wait().await {
                return farewell;
            }
        }
    }

    /// Tells the language of the seat, for the farewell and for whoever comes back to it.
    fn speak(&mut self) {
        let language = self.viewer.seat.language;
        if self.spoken == Some(language) {
            return;
        }
        self.spoken = Some(language);
        self.code.speaks(language);
        if let Some(token) = self.viewer.seat.token {
            self.hall.speaks(token, language);
        }
    }

    /// Draws a frame once the one before is sent and the pace allows it.
    fn draw(&mut self) {
        if self.waiting.is_empty() && self.viewer.is_due() {
            self.waiting = self.viewer.frame().into();
            self.taken = Instant::now();
        }
    }

    /// Sleeps until something happens, and handles it.
    async fn wait(&mut self) -> Result<(), Farewell> {
        let due = self.due();
        tokio::select! {
            written = self.link.output.write(&self.waiting), if !self.waiting.is_empty() => {
                match written {
                    Ok(0) | Err(_) => return Err(Farewell::Gone),
                    Ok(n) => self.took(n).await?,
                }
            }
            input = self.link.input.recv() => match input {
                Some(input) => self.input(input).await,
                None => return Err(Farewell::Gone),
            },
            changed = self.rooms.published.changed() => match changed {
                Ok(()) => self.hear_of_room(),
                Err(_) => return Err(Farewell::Closed),
            },
            () = lost(self.holds.as_ref()) => return Err(Farewell::Elsewhere),
            () = sleep_until(due.into()) => self.timeout().await?,
        }
        Ok(())
    }

    async fn took(&mut self, n: usize) -> Result<(), Farewell> {
        self.waiting.advance(n);
        self.taken = Instant::now();
        if self.waiting.is_empty() {
            let flushed = self.link.output.flush().await;
            flushed.map_err(|_| Farewell::Gone)?;
        }
        Ok(())
    }

    /// When to wake: for the viewer, or because somebody took or said nothing for too long.
    fn due(&self) -> Instant {
        let inside = if self.waiting.is_empty() {
            self.viewer.due()
        } else {
            let stalled = self.taken + self.patience.stalled;
            Some(
                self.viewer
                    .due_inside()
                    .map_or(stalled, |at| at.min(stalled)),
            )
        };
        let idle = self.heard + self.patience.idle;
        inside.map_or(idle, |at| at.min(idle))
    }

    async fn timeout(&mut self) -> Result<(), Farewell> {
        let now = Instant::now();
        if !self.waiting.is_empty() && now >= self.taken + self.patience.stalled {
            return Err(Farewell::Stalled);
        }
        if now >= self.heard + self.patience.idle {
            return Err(Farewell::Idle);
        }
        let effects = self.viewer.woke();
        self.perform(effects).await;
        Ok(())
    }

    fn hear_of_room(&mut self) {
        let room = self.rooms.newest();
        self.viewer.hears_of(&room);
    }

    /// Sees the room as it is after what this seat did.
    fn look_around(&mut self) {
        let room = self.rooms.newest();
        self.viewer.sees(&room);
    }

    async fn input(&mut self, input: Incoming) {
        self.heard = Instant::now();
        match input {
            Incoming::Bytes(bytes) => {
                let said = self.viewer.feed(&bytes);
                self.hear(said).await;
            }
            Incoming::Redraw => self.viewer.forget(),
            Incoming::Resize(columns, rows) => {
                let effects = self.resized(columns, rows);
                self.perform(effects).await;
            }
        }
    }

    fn resized(&mut self, columns: u16, rows: u16) -> Vec<Effect> {
        let (columns, rows) = clamped(columns.into(), rows.into());
        self.viewer.resized(columns, rows)
    }

    async fn hear(&mut self, news: Vec<Msg>) {
        for msg in news {
            let effects = self.viewer.handle(msg);
            self.perform(effects).await;
        }
    }

    async fn perform(&mut self, effects: Vec<Effect>) {
        let mut all: std::collections::VecDeque<Effect> = effects.into();
        while let Some(effect) = all.pop_front() {
            match effect {
                Effect::Quit => self.over = Some(Farewell::Quit),
                Effect::Mouse(on) => self.mouse(on),
                Effect::Suspend => {
                    self.hears_out().await;
                    self.aside(Aside::Suspend);
                }
                Effect::ComeBack(typed) => {
                    let found = self.finds(&typed).await;
                    all.extend(self.viewer.handle(Msg::CameBack(found)));
                }
                for_the_host => {
                    let news = self.hall.asked(self.id, self.role, for_the_host).await;
                    self.look_around();
                    for msg in news {
                        all.extend(self.viewer.handle(msg));
                    }
                }
            }
        }
    }

    /// Takes up the seat of a code, if a seat has it. Nobody tries many. It goes on in its
    /// language, unless another was chosen before the code was typed.
    async fn finds(&mut self, typed: &str) -> Option<Found> {
        if self.role != Role::Participant || self.tried >= TRIES {
            return None;
        }
        self.tried += 1;
        let token = known(&self.hall, typed).await?;
        if self.viewer.seat.token != Some(token) {
            self.holds = Some(self.hall.take(token));
            self.code.set(Some(token));
        }
        // What is chosen from here on is the found seat's.
        self.spoken = None;
        let as_begun = self.viewer.seat.language == self.began;
        let language = self.hall.spoken(token).filter(|_| as_begun);
        Some(Found { token, language })
    }

    /// A link that knows nothing of asides is told in its own bytes.
    fn mouse(&mut self, on: bool) {
        if self.link.asides.is_some() {
            self.aside(Aside::Mouse(on));
        } else if on {
            self.viewer.say(manners::MOUSE);
        } else {
            self.viewer.say(manners::NO_MOUSE);
        }
    }

    fn aside(&self, aside: Aside) {
        if let Some(asides) = &self.link.asides {
            // A link that ended is seen at its input.
            let _ = asides.send(aside);
        }
    }

    /// Waits for answers of the terminal that are on their way: they would be typed into the
    /// shell of whoever sits there.
    async fn hears_out(&mut self) {
        while let Some(until) = self.viewer.awaits() {
            tokio::select! {
                input = self.link.input.recv() => match input {
                    Some(Incoming::Bytes(bytes)) => drop(self.viewer.feed(&bytes)),
                    Some(Incoming::Resize(columns, rows)) => drop(self.resized(columns, rows)),
                    Some(Incoming::Redraw) => self.viewer.forget(),
                    None => return,
                },
                written = self.link.output.write(&self.waiting), if !self.waiting.is_empty() => {
                    match written {
                        Ok(n @ 1..) if self.took(n).await.is_ok() => {}
                        _ => return,
                    }
                }
                () = sleep_until(until.into()) => return,
            }
        }
    }

    /// Gives the terminal back and says why the seat was left, as far as it still can be said.
    async fn sign_off(&mut self, farewell: Farewell) {
        let answers = !matches!(farewell, Farewell::Gone | Farewell::Stalled);
        if answers {
            self.hears_out().await;
        }
        // Nothing is heard any more, so that a flood does not hold up what is still to be said.
        self.link.input.close();
        if !answers {
            return;
        }
        let _ = tokio::time::timeout(Duration::from_secs(5), async {
            while !self.waiting.is_empty() {
                match self.link.output.write(&self.waiting).await {
                    Ok(n @ 1..) => self.waiting.advance(n),
                    _ => return,
                }
            }
            let _ = self.link.output.flush().await;
        })
        .await;
    }
}

/// The rooms to come, as a role may see them: there is no other way to one from a seat.
struct Rooms {
    role: Role,
    published: watch::Receiver<Room>,
}

impl Rooms {
    fn new(hall: &Hall, role: Role) -> Self {
        let published = hall.rooms();
        Self { role, published }
    }

    /// The newest one.
    fn newest(&mut self) -> Room {
        let room = self.published.borrow_and_update();
        match self.role {
            Role::Facilitator => room.clone(),
            _ => room.for_others(),
        }
    }
}

/// Waits until the seat is taken up elsewhere; a seat that is nobody's own never is.
async fn lost(holds: Option<&Taken>) {
    match holds {
        Some(seat) => seat.lost().await,
        None => std::future::pending().await,
    }
}

/// The language in which a seat begins: its own, or the room's. Only participants are spoken to in
/// others than English.
fn begins_in(hall: &Hall, role: Role, back: Option<Token>) -> Language {
    let kept = back.and_then(|token| hall.spoken(token));
    match role {
        Role::Participant => kept.unwrap_or_else(|| hall.language()),
        _ => Language::En,
    }
}
