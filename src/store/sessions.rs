//! The folder of sessions: which there are, and which one to begin with.
//!
//! Owns names of session files and the rule of the start: the last session is resumed if
//! somebody worked in it today, else a new one begins and the last is offered, because
//! another group's notes must not appear on the wall. A session without a title is a
//! scratch one; scratch sessions that nobody wrote in go away by themselves.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy;

use super::open::{folder_of, free_name};
use super::{Failure, Opened, Proposal, Rejected, Store, clock, private};
use crate::room::{
    Command, Event, MetaCommand, MetaEvent, Role, RoomState, SeatId, Time, What, text,
};

/// The ending of session files.
const ENDING: &str = "pim";

/// A folder of sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    folder: PathBuf,
}

/// What can be said about a session without working in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    /// Its file.
    pub file: PathBuf,
    /// The name of the file without its ending, by which commands call it.
    pub name: String,
    /// Its title; empty for a scratch session and where it cannot be read.
    pub title: String,
    /// Its date as people wrote it.
    pub date: String,
    /// Where it takes place, if anybody said so.
    pub place: String,
    /// When somebody last changed something.
    pub used: Option<Time>,
    /// How many notes it holds.
    pub notes: usize,
    /// How it is.
    pub condition: Condition,
    /// Whether it is open in this very program.
    pub here: bool,
}

/// How a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It can be worked in.
    Open,
    /// It was closed.
    Closed,
    /// Another pim has it open.
    Held,
    /// It is damaged; this is what was found, and what to do.
    Damaged(String),
    /// A newer program wrote it; this is what to do.
    Newer(String),
    /// It cannot be opened, for this reason.
    Unreadable(String),
}

/// What to begin with.
pub enum Start {
    /// The last session, which somebody worked in today.
    Resumed(Box<Opened>),
    /// A new session is due; the last one can be offered.
    Fresh {
        /// The last session with something in it, if there is one.
        offer: Option<SessionInfo>,
        /// The last session, where another pim has it open: it can be said.
        held: Option<PathBuf>,
    },
}

impl Condition {
    /// Why it cannot be opened, where it cannot; a session that another pim has open is sound.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Damaged(why) | Self::Newer(why) | Self::Unreadable(why) => Some(why),
            Self::Open | Self::Closed | Self::Held => None,
        }
    }
}

impl Sessions {
    /// The user's sessions: `pim-workshop/sessions` below the XDG data folder.
    pub fn of_user() -> Result<Self, Failure> {
        let base = etcetera::choose_base_strategy().map_err(|_| Failure::NoFolder)?;
        Ok(Self::in_folder(
            base.data_dir().join("pim-workshop").join("sessions"),
        ))
    }

    /// The sessions of a folder, which is made when the first one is.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All sessions, the last used first.
    pub fn list(&self) -> Result<Vec<SessionInfo>, Failure> {
        self.list_beside(None)
    }

    /// All sessions, the last used first. The one that this program has open is described as
    /// it is open: a second look into its file would let go of the lock on it.
    pub fn list_beside(
        &self,
        open: Option<(&Store, &RoomState)>,
    ) -> Result<Vec<SessionInfo>, Failure> {
        let here = open.map(|(store, state)| SessionInfo {
            here: true,
            ..describe(store.file(), store, state)
        });
        let of_file = |file: &PathBuf| match (&here, open) {
            (Some(here), Some((store, _))) if store.is_at(file) => here.clone(),
            _ => info(file),
        };
        let mut all: Vec<SessionInfo> = self.files()?.iter().map(of_file).collect();
        // A session in a file of somebody's own stands first.
        if let Some(here) = here
            && !all.iter().any(|one| one.here)
        {
            all.insert(0, here);
        }
        Ok(all)
    }

    /// The session that was written last.
    pub fn newest(&self) -> Result<Option<PathBuf>, Failure> {
        Ok(self.files()?.into_iter().next())
    }

    /// The session files, the last written first.
    fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        if !self.folder.is_dir() {
            return Ok(Vec::new());
        }
        let said = |error| Failure::io(&self.folder, error);
        let mut files: Vec<(SystemTime, PathBuf)> = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(said)? {
            let path = entry.map_err(said)?.path();
            let visible = !path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if visible && path.extension().is_some_and(|ending| ending == ENDING) {
                files.push((written(&path), path));
            }
        }
        files.sort_by(|a, b| b.cmp(a));
        Ok(files.into_iter().map(|(_, path)| path).collect())
    }

    /// What to begin with. Asks nothing and makes nothing.
    pub fn start(&self, now: Time) -> Result<Start, Failure> {
        let mut held = None;
        let mut offer = None;
        for (n, file) in self.files()?.into_iter().enumerate() {
            match Store::open(&file) {
                Ok((store, state)) => {
                    if n == 0 && resumes(&store, &state, now)? {
                        return Ok(Start::Resumed(Box::new((store, state))));
                    }
                    if !state.is_untouched() {
                        offer = Some(describe(&file, &store, &state));
                        break;
                    }
                    // An empty scratch session that a crash left.
                    store.end(&state)?;
                }
                Err(Failure::Held(file)) if n == 0 => held = Some(file),
                // What cannot be opened stands in the list with its reason.
                Err(_) => {}
            }
        }
        Ok(Start::Fresh { offer, held })
    }

    /// Begins a session; without a title it is a scratch one.
    pub fn create(&self, title: &str, now: Time) -> Result<Opened, Rejected> {
        let opening = opening(title, now)?;
        private::folder(&self.folder).map_err(|error| Failure::io(&self.folder, error))?;
        Ok(Store::create(&self.free_name(title, now), &[opening])?)
    }

    /// Keeps events that come from elsewhere, such as an import, as a session of their own.
    pub fn take_in(&self, events: &[Event], now: Time) -> Result<Opened, Failure> {
        private::folder(&self.folder).map_err(|error| Failure::io(&self.folder, error))?;
        let title = RoomState::fold(events).meta.title;
        Store::create(&self.free_name(&title, now), events)
    }

    /// The file that a name or a path means.
    pub fn find(&self, name: &str) -> Result<PathBuf, Failure> {
        let here = self.folder.join(format!("{name}.{ENDING}"));
        let plain = Path::new(name).components().count() == 1;
        if plain && here.is_file() {
            return Ok(here);
        }
        let path = PathBuf::from(name);
        if path.is_file() {
            return Ok(path);
        }
        let titled = self.list()?.into_iter().find(|one| one.title == name);
        titled.map(|one| one.file).ok_or(Failure::Missing(path))
    }

    /// Gives a session that nobody has open another title, and its file another name if it
    /// stands in this folder.
    pub fn rename(&self, file: &Path, title: &str, now: Time) -> Result<PathBuf, Rejected> {
        self.change(file, MetaCommand::Title(title.to_owned()), now)
    }

    /// Changes what a session that nobody has open is called or whether it is closed, and
    /// gives back its file: another one where a file of this folder got another title.
    pub fn change(
        &self,
        file: &Path,
        command: MetaCommand,
        now: Time,
    ) -> Result<PathBuf, Rejected> {
        let (mut store, mut state) = Store::open(file)?;
        let before = state.meta.title.clone();
        let proposal = Proposal::new(SeatId(0), Role::Facilitator, Command::Meta(command), now);
        store.propose(&mut state, proposal)?;
        store.close()?;
        if before == state.meta.title || folder_of(file) != self.folder {
            return Ok(file.to_owned());
        }
        let to = self.free_name(&state.meta.title, state.meta.opened);
        std::fs::hard_link(file, &to)
            .and_then(|()| std::fs::remove_file(file))
            .map_err(|error| Failure::io(&to, error))?;
        private::settle(&self.folder).map_err(|error| Failure::io(&self.folder, error))?;
        Ok(to)
    }

    /// A name such as `2026-03-04-winter-planning.pim` that is free.
    fn free_name(&self, title: &str, now: Time) -> PathBuf {
        let day = clock::day(now, &clock::zone());
        let slug = match text::slug(title, 40) {
            slug if slug.is_empty() => "scratch".to_owned(),
            slug => slug,
        };
        free_name(|number| self.folder.join(format!("{day}-{slug}{number}.{ENDING}")))
    }
}

/// The event that a session begins with.
fn opening(title: &str, now: Time) -> Result<Event, Rejected> {
    let title = text::LINE.named("title").entry(title)?;
    Ok(Event {
        by: Role::Facilitator,
        what: What::Meta(MetaEvent::Opened {
            at: now,
            title,
            date: clock::day(now, &clock::zone()),
            place: String::new(),
        }),
    })
}

/// Whether a session goes on: it is open, and somebody worked in it or began it today.
fn resumes(store: &Store, state: &RoomState, now: Time) -> Result<bool, Failure> {
    let used = store.used()?.unwrap_or(state.meta.opened);
    let zone = clock::zone();
    Ok(state.meta.closed.is_none() && clock::day(used, &zone) == clock::day(now, &zone))
}

/// When a session was last written, its write-ahead log included.
fn written(file: &Path) -> SystemTime {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    [file, Path::new(&log)]
        .iter()
        .filter_map(|path| path.metadata().ok()?.modified().ok())
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

fn name_of(file: &Path) -> String {
    file.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn describe(file: &Path, store: &Store, state: &RoomState) -> SessionInfo {
    SessionInfo {
        file: file.to_owned(),
        name: name_of(file),
        title: state.meta.title.clone(),
        date: state.meta.date.clone(),
        place: state.meta.place.clone(),
        used: store.used().ok().flatten().or(Some(state.meta.opened)),
        notes: state.notes.len(),
        condition: match state.meta.closed {
            Some(_) => Condition::Closed,
            None => Condition::Open,
        },
        here: false,
    }
}

fn info(file: &Path) -> SessionInfo {
    let condition = match Store::open(file) {
        Ok((store, state)) => return describe(file, &store, &state),
        Err(Failure::Held(_)) => Condition::Held,
        Err(why @ Failure::Damaged { .. }) => Condition::Damaged(why.to_string()),
        Err(why @ Failure::Newer { .. }) => Condition::Newer(why.to_string()),
        Err(other) => Condition::Unreadable(other.to_string()),
    };
    SessionInfo {
        file: file.to_owned(),
        name: name_of(file),
        title: String::new(),
        date: String::new(),
        place: String::new(),
        used: None,
        notes: 0,
        condition,
        here: false,
    }
}
