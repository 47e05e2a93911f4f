//! The session of a host.
//!
//! Owns the open file and the draft that waits to be written. Opens nothing before it is asked
//! to, and makes a new session's file only when there is something to keep, so that reading
//! leaves no trace. What cannot be opened is said once, and the program still reads. Start at
//! [`Sitting::begin`].

mod errands;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::bail;

use crate::app::{Msg, Reason};
use crate::cli::session::planned;
use crate::exercise::ballot::Ballot;
use crate::exercise::{BallotChange, BallotKey, RoundId, Row, Token};
use crate::export::{Format, export};
use crate::room::{
    self, AgendaCommand, Body, Command, Event, MetaEvent, Refusal, Role, Room, RoomState, SeatId,
    What,
};
use crate::store::{
    Failure, Opened, Proposal, Purge, Rejected, SessionInfo, Sessions, Slot, Start, Store, clock,
};
pub use errands::started_in;
use errands::typed_path;

/// A draft is written when typing pauses, or at the latest after this time.
pub(super) const DRAFT_AFTER: Duration = Duration::from_millis(400);
/// The session, open or not.
#[derive(Default)]
pub(super) struct Sitting {
    sessions: Option<Sessions>,
    wanted: Option<String>,
    store: Option<Store>,
    offer: Option<SessionInfo>,
    /// Why no session can be opened.
    shut: Option<String>,
    /// The purge that a question was asked about.
    plan: Option<Purge>,
    draft: Option<(Slot, Option<Body>)>,
    draft_due: Option<Instant>,
}

impl Sitting {
    /// A session that is not open yet: the wanted one, or what the start finds.
    pub(super) fn new(wanted: Option<&str>) -> Self {
        Self {
            wanted: wanted.map(str::to_owned),
            ..Self::default()
        }
    }

    /// Opens the wanted session or the last one of today; says what there is to say. Where none
    /// is, there is an empty one to work in, whose file is made with the first thing to keep.
    pub(super) fn begin(&mut self, room: &mut Room) -> Msg {
        room.session = Some(Arc::default());
        match self.find() {
            Ok((Some(opened), said)) => self.take(room, opened, said),
            Ok((None, message)) => Msg::Opened {
                drafts: Vec::new(),
                message,
            },
            Err(error) => {
                let why = format!("{error:#}");
                let message = Some(format!("Reading only: {why}"));
                self.shut = Some(why);
                Msg::Opened {
                    drafts: Vec::new(),
                    message,
                }
            }
        }
    }

    fn find(&mut self) -> anyhow::Result<(Option<Opened>, Option<String>)> {
        let sessions = Sessions::of_user();
        if let Some(wanted) = self.wanted.clone() {
            return Ok((Some(wanted_session(sessions.ok().as_ref(), &wanted)?), None));
        }
        let start = self.sessions.insert(sessions?).start(clock::now())?;
        Ok(match start {
            Start::Resumed(opened) => {
                let said = match opened.1.notes.len() {
                    0 => None,
                    n => Some(format!(
                        "Today's session goes on: {}, {}.",
                        name(&opened.1.meta.title),
                        crate::ui::notes::counted(n, "note")
                    )),
                };
                (Some(*opened), said)
            }
            Start::Fresh { held: Some(_), .. } => (
                None,
                Some("Another pim has the last session open; this one begins its own.".to_owned()),
            ),
            Start::Fresh { offer, .. } => {
                let said = offer.as_ref().map(|last| {
                    format!(
                        "A new session. R resumes the last one: {}, {}.",
                        name(&last.title),
                        last.date
                    )
                });
                self.offer = offer;
                (None, said)
            }
        })
    }

    fn take(&mut self, room: &mut Room, (store, state): Opened, message: Option<String>) -> Msg {
        let drafts = store.drafts().unwrap_or_default();
        let message = message.or_else(|| {
            let unsaved = drafts.first()?;
            let what = match &unsaved.slot {
                Slot::New(Some(anchor)) => format!("a note on {anchor}"),
                Slot::New(None) => "a note on the session".to_owned(),
                Slot::Note(_) | Slot::Mark(..) => "a change".to_owned(),
            };
            Some(format!("Kept as a draft and not saved: {what}."))
        });
        room.draft = None;
        room.sitting += 1;
        room.session = Some(Arc::new(state));
        self.store = Some(store);
        self.shut = None;
        self.offer = None;
        Msg::Opened { drafts, message }
    }

    /// What a seat that comes in later hears: drafts are a facilitator's.
    pub(super) fn entered(&self, role: Role) -> Msg {
        let drafts = match (&self.store, role) {
            (Some(store), Role::Facilitator) => store.drafts().unwrap_or_default(),
            _ => Vec::new(),
        };
        let leads = role == Role::Facilitator;
        let said = "Another pim has this session open; what you both do is seen by both.";
        Msg::Opened {
            drafts,
            message: leads.then(|| said.to_owned()),
        }
    }

    /// The open file; a new session's is made when it is first needed.
    fn store<'a>(
        &'a mut self,
        room: &'a mut Room,
    ) -> anyhow::Result<(&'a mut Store, &'a mut RoomState)> {
        if let Some(why) = &self.shut {
            bail!("{why}");
        }
        if self.store.is_none() {
            let (store, state) = self.folder()?.create("", clock::now())?;
            self.store = Some(store);
            room.session = Some(Arc::new(state));
        }
        match (&mut self.store, &mut room.session) {
            (Some(store), Some(state)) => Ok((store, Arc::make_mut(state))),
            _ => bail!("no session is open"),
        }
    }

    /// Keeps what is proposed, or says why not.
    pub(super) fn propose(
        &mut self,
        room: &mut Room,
        (seat, role): (SeatId, Role),
        command: Box<Command>,
        settles: Option<Slot>,
    ) -> Vec<Msg> {
        self.flush(room);
        let now = clock::now();
        let saves = settles.is_some();
        let outcome = self.store(room).and_then(|(store, state)| {
            let mut proposal = Proposal::new(seat, role, (*command).clone(), now);
            if let Some(slot) = settles {
                proposal = proposal.settling(slot);
            }
            let events = store.propose(state, proposal)?;
            Ok((
                !events.is_empty(),
                store.unscrubbed().map(ToString::to_string),
            ))
        });
        let erases = matches!(*command, Command::Erase(_));
        if outcome.is_ok() && (saves || erases) {
            room.draft = None;
        }
        match outcome {
            Ok((_, Some(why))) if erases => vec![
                Msg::Kept {
                    command,
                    changed: true,
                },
                Msg::Refused(Reason::Fault(format!(
                    "erased, but traces may stay in the file until it is opened again: {why}"
                ))),
            ],
            Ok((changed, _)) => vec![Msg::Kept { command, changed }],
            Err(error) => vec![Msg::Refused(why(error))],
        }
    }

    /// Keeps a draft once typing pauses.
    pub(super) fn draft(&mut self, room: &mut Room, slot: Slot, body: Option<Body>) {
        if self.draft.as_ref().is_some_and(|(other, _)| *other != slot) {
            self.flush(room);
        }
        self.draft = Some((slot, body));
        self.draft_due
            .get_or_insert_with(|| Instant::now() + DRAFT_AFTER);
    }

    /// Writes the draft that waits. A draft that cannot be written stays in the editor, and
    /// saving says why.
    fn flush(&mut self, room: &mut Room) {
        self.draft_due = None;
        let Some((slot, body)) = self.draft.take() else {
            return;
        };
        if body.is_none() && self.store.is_none() {
            return;
        }
        let kept = self.store(room).and_then(|(store, _)| {
            match &body {
                Some(body) => store.keep_draft(&slot, body)?,
                None => store.drop_draft(&slot)?,
            }
            Ok(body)
        });
        room.draft = kept.ok().flatten().map(Arc::new);
    }

    /// Hands in or takes back ballots, all in one write; what each seat is to hear.
    pub(super) fn cast(
        &mut self,
        room: &mut Room,
        all: Vec<(Role, Box<Command>)>,
    ) -> Vec<Vec<Msg>> {
        let now = clock::now();
        let (store, state) = match self.store(room) {
            Ok(open) => open,
            Err(error) => {
                let why = Msg::Refused(why(error));
                return all.iter().map(|_| vec![why.clone()]).collect();
            }
        };
        let decide = |(role, command): &(Role, Box<Command>)| {
            room::ballot(state, *role, command, now)?.ok_or(Refusal::NoBox)
        };
        let decided: Vec<Result<BallotChange, Refusal>> = all.iter().map(decide).collect();
        let changes: Vec<BallotChange> = decided.iter().flatten().cloned().collect();
        let mut done = store.cast_all(state, &changes).into_iter();
        let answer = |((_, command), decided): ((Role, Box<Command>), Result<_, Refusal>)| {
            let kept = decided.and_then(|_| done.next().unwrap_or(Ok(())).map_err(Refusal::from));
            vec![match kept {
                Ok(()) => Msg::Kept {
                    command,
                    changed: true,
                },
                Err(why) => Msg::Refused(why.into()),
            }]
        };
        all.into_iter().zip(decided).map(answer).collect()
    }

    /// The ballot of a key in a round, for whoever holds the key.
    pub(super) fn recalled(&self, round: RoundId, key: BallotKey) -> anyhow::Result<Option<Row>> {
        match &self.store {
            Some(store) => Ok(store.row(round, key)?),
            None => Ok(None),
        }
    }

    /// Makes the session's file where there is none yet.
    pub(super) fn make(&mut self, room: &mut Room) -> anyhow::Result<()> {
        self.store(room).map(drop)
    }

    /// The ballots that a seat has in.
    pub(super) fn held(&self, room: &Room, token: Token) -> Vec<(RoundId, Ballot)> {
        let open = self.store.as_ref().zip(room.session.as_ref());
        let held = open.map(|(store, state)| store.held(state, token.key()));
        held.and_then(Result::ok).unwrap_or_default()
    }

    /// When something is due: a draft.
    pub(super) fn due(&self) -> Option<Instant> {
        self.draft_due
    }

    /// Does what is due.
    pub(super) fn woke(&mut self, room: &mut Room) {
        if self.draft_due.is_some_and(|at| at <= Instant::now()) {
            self.flush(room);
        }
    }

    /// The file of the open session.
    #[cfg(unix)]
    pub(super) fn file(&self) -> Option<&Path> {
        self.store.as_ref().map(Store::file)
    }

    /// Forgets what a seat that is gone could undo.
    pub(super) fn leave(&mut self, seat: SeatId) {
        if let Some(store) = &mut self.store {
            store.leave(seat);
        }
    }

    /// Makes a whole copy of the session.
    pub(super) fn copy(&mut self, room: &Room, to: &Path) -> Msg {
        let Some(store) = self.store.as_mut().filter(|_| room.session.is_some()) else {
            return Msg::Refused("no session is open, so there is nothing to copy".into());
        };
        match store.copy(to) {
            Ok(()) => Msg::Said(format!("Copied to {}", to.display())),
            Err(error) => Msg::Refused(error.to_string().into()),
        }
    }

    /// Writes the session to files in a folder that somebody typed.
    pub(super) fn export(
        &mut self,
        room: &Room,
        format: Format,
        typed: String,
    ) -> anyhow::Result<Msg> {
        let Some(state) = room.session.as_ref().filter(|_| self.store.is_some()) else {
            bail!("Nothing to export yet: nothing was written");
        };
        let folder = typed_path(&typed)?;
        if !folder.is_dir() {
            bail!("There is no folder {}", folder.display());
        }
        // A session says nothing of an operation that is not public.
        let content = room.for_others().content;
        let paths = export(&content, state, &clock::zone(), format, &folder)?;
        if let Some(store) = &mut self.store {
            for path in &paths {
                store.note_export(path)?;
            }
        }
        let paths = paths.iter().map(|one| one.display().to_string()).collect();
        Ok(Msg::Exported {
            folder: typed,
            paths,
        })
    }

    /// Puts the agenda of a file that somebody typed in place of the present one.
    pub(super) fn load_agenda(
        &mut self,
        room: &mut Room,
        from: (SeatId, Role),
        typed: &str,
    ) -> anyhow::Result<Vec<Msg>> {
        let planned = planned(&typed_path(typed)?)?;
        let command = Command::Agenda(AgendaCommand::Load(planned));
        Ok(self.propose(room, from, Box::new(command), None))
    }

    /// Goes on with the session that was offered; the one that is open is closed.
    pub(super) fn resume(&mut self, room: &mut Room) -> anyhow::Result<Msg> {
        let Some(offer) = self.offer.clone() else {
            bail!("No earlier session was offered; `pim session list` shows all");
        };
        let opened = Store::open(&offer.file)?;
        self.close(room)?;
        let said = format!("Resumed: {}, {}.", name(&offer.title), offer.date);
        Ok(self.take(room, opened, Some(said)))
    }

    /// Writes what waits and closes the file.
    pub(super) fn close(&mut self, room: &mut Room) -> anyhow::Result<()> {
        self.flush(room);
        if let (Some(store), Some(state)) = (self.store.take(), room.session.take()) {
            store.end(&state)?;
        }
        Ok(())
    }
}

/// Why something was not done: what the rules refuse stays data on its way to the seat.
pub(super) fn why(error: anyhow::Error) -> Reason {
    let other = |error: anyhow::Error| Reason::Fault(format!("{error:#}"));
    error
        .downcast::<Rejected>()
        .map_or_else(other, Reason::from)
}

fn name(title: &str) -> &str {
    if title.is_empty() { "no title" } else { title }
}

/// The session that was asked for; a file that is not there is begun.
fn wanted_session(sessions: Option<&Sessions>, wanted: &str) -> Result<Opened, Failure> {
    let here = Path::new(wanted);
    let found = match sessions {
        Some(sessions) => sessions.find(wanted),
        None => Ok(here.to_owned()),
    };
    match found {
        Ok(file) => Store::open(&file),
        Err(Failure::Missing(_)) => Store::create(here, &[opening()]),
        Err(other) => Err(other),
    }
}

fn opening() -> Event {
    let now = clock::now();
    Event {
        by: Role::Facilitator,
        what: What::Meta(MetaEvent::Opened {
            at: now,
            title: String::new(),
            date: clock::day(now, &clock::zone()),
            place: String::new(),
        }),
    }
}
