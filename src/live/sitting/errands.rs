//! What is done with the sessions of this user: listed, opened, begun, named, copied, purged,
//! recovered.
//!
//! Owns the order in which files are closed and opened: another session is opened before the
//! present one is closed, so that a session which cannot be opened leaves everything as it
//! was. The file that is open here is never looked into a second time, since that would let go
//! of the lock on it. Start at [`Sitting::errand`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::{Sitting, name};
use crate::app::Msg;
use crate::app::shelf::Errand;
use crate::room::{MetaCommand, Room};
use crate::store::{Purge, Purged, Sessions, Store, clock, recover};

impl Sitting {
    /// Does an errand, and gives back what the seat is to hear.
    pub(in crate::live) fn errand(
        &mut self,
        room: &mut Room,
        errand: Errand,
    ) -> anyhow::Result<Vec<Msg>> {
        self.flush(room);
        match errand {
            Errand::List => Ok(vec![self.shelf(room, None, None)?]),
            Errand::Open(file) => self.open(room, &file),
            Errand::Begin(title) => self.begin_anew(room, &title),
            Errand::Change(file, command) => self.change(room, &file, command),
            Errand::PlanPurge(file) => self.plan_purge(&file),
            Errand::Purge { file, elsewhere } => self.purge(room, &file, elsewhere),
            Errand::Copy { file, to } => self.copy_to(&file, &to),
            Errand::Recover(file) => self.recover(room, &file),
        }
    }

    /// The folder of sessions.
    pub(super) fn folder(&mut self) -> anyhow::Result<&Sessions> {
        if self.sessions.is_none() {
            self.sessions = Some(Sessions::of_user()?);
        }
        self.sessions.as_ref().context("no folder for sessions")
    }

    fn shelf(
        &mut self,
        room: &Room,
        chosen: Option<PathBuf>,
        message: Option<String>,
    ) -> anyhow::Result<Msg> {
        let sessions = self.folder()?.clone();
        let rows = sessions.list_beside(self.store.as_ref().zip(room.session.as_deref()))?;
        Ok(Msg::Shelf {
            rows,
            chosen,
            message,
        })
    }

    fn is_here(&self, file: &Path) -> bool {
        self.store.as_ref().is_some_and(|store| store.is_at(file))
    }

    fn open(&mut self, room: &mut Room, file: &Path) -> anyhow::Result<Vec<Msg>> {
        if self.is_here(file) {
            bail!("this session is open already");
        }
        let opened = Store::open(file)?;
        self.close(room)?;
        let title = name(&opened.1.meta.title);
        let said = match opened.1.meta.closed {
            None => format!("Open now: {title}."),
            Some(_) => format!("To read: {title}. It is closed; W, then c reopens it."),
        };
        Ok(vec![self.take(room, opened, Some(said))])
    }

    fn begin_anew(&mut self, room: &mut Room, title: &str) -> anyhow::Result<Vec<Msg>> {
        if title.is_empty() {
            bail!("type a title for the new session first");
        }
        let opened = self.folder()?.create(title, clock::now())?;
        self.close(room)?;
        let said = format!("Begun: {}.", opened.1.meta.title);
        Ok(vec![self.take(room, opened, Some(said))])
    }

    fn change(
        &mut self,
        room: &Room,
        file: &Path,
        command: MetaCommand,
    ) -> anyhow::Result<Vec<Msg>> {
        let said = match &command {
            MetaCommand::Close => "Closed: nothing in it changes until it is reopened.",
            MetaCommand::Reopen => "Reopened.",
            _ => "Saved.",
        };
        let to = self.folder()?.change(file, command, clock::now())?;
        Ok(vec![self.shelf(room, Some(to), Some(said.to_owned()))?])
    }

    fn plan_purge(&mut self, file: &Path) -> anyhow::Result<Vec<Msg>> {
        let plan = match &self.store {
            Some(store) if store.is_at(file) => Purge::plan_open(store)?,
            _ => Purge::plan(file)?,
        };
        self.plan = Some(plan.clone());
        Ok(vec![Msg::Planned(Box::new(plan))])
    }

    /// Purges what was planned last, and nothing that was not named then.
    fn purge(&mut self, room: &mut Room, file: &Path, elsewhere: bool) -> anyhow::Result<Vec<Msg>> {
        let Some(plan) = self.plan.take().filter(|plan| plan.file == file) else {
            bail!("look once more at what would be removed, then answer");
        };
        let mut news = Vec::new();
        if self.is_here(file) && room.live.is_some() {
            bail!("others can be in this session; close the room first (I, then X)");
        }
        if self.is_here(file) {
            if let Some(store) = self.store.take() {
                store.close()?;
            }
            room.sitting += 1;
            room.session = Some(Arc::default());
            news.push(Msg::Opened {
                drafts: Vec::new(),
                message: None,
            });
        }
        let lines = removed(&plan.carry_out(elsewhere));
        news.push(self.shelf(room, None, None)?);
        let title = "Purged".to_owned();
        news.push(Msg::Told { title, lines });
        Ok(news)
    }

    fn copy_to(&mut self, file: &Path, to: &str) -> anyhow::Result<Vec<Msg>> {
        let mut to = typed_path(to)?;
        if to.is_dir() {
            to = to.join(file.file_name().unwrap_or_default());
        }
        match &mut self.store {
            Some(store) if store.is_at(file) => store.copy(&to)?,
            _ => {
                let (mut store, _) = Store::open(file)?;
                store.copy(&to)?;
                store.close()?;
            }
        }
        let title = "Copied".to_owned();
        let lines = vec![to.display().to_string()];
        Ok(vec![Msg::Told { title, lines }])
    }

    fn recover(&mut self, room: &Room, file: &Path) -> anyhow::Result<Vec<Msg>> {
        let saved = recover(file, None)?;
        let told = Msg::Told {
            title: "Recovered".to_owned(),
            lines: vec![
                format!(
                    "{} entries saved, {} lost, {} drafts saved. The new session:",
                    saved.events, saved.lost, saved.drafts
                ),
                saved.file.display().to_string(),
                "The damaged file is as it was; P purges it once you need it no longer.".to_owned(),
            ],
        };
        Ok(vec![self.shelf(room, Some(saved.file), None)?, told])
    }
}

/// What a purge did, in sentences.
fn removed(purged: &Purged) -> Vec<String> {
    let gone = purged.removed.iter();
    let mut lines: Vec<String> = gone
        .map(|path| format!("Removed: {}", path.display()))
        .collect();
    for (path, why) in &purged.left {
        lines.push(format!("Could not be removed: {} ({why})", path.display()));
    }
    for path in &purged.elsewhere {
        lines.push(format!("Still there: {}", path.display()));
    }
    lines.push(Purge::CANNOT.to_owned());
    lines
}

/// The folder where the program was started: exports go there until somebody types another.
pub fn started_in() -> String {
    let folder = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    folder.display().to_string()
}

/// The path that somebody typed: `~` is the home folder, and nothing is refused.
pub(super) fn typed_path(typed: &str) -> anyhow::Result<PathBuf> {
    if typed.is_empty() {
        bail!("type a path first");
    }
    let below = match typed.strip_prefix('~') {
        Some("") => Some(""),
        Some(rest) => rest.strip_prefix('/'),
        None => None,
    };
    match below {
        None => Ok(PathBuf::from(typed)),
        Some(below) => {
            let home = etcetera::home_dir().context("no home folder is known; type it in full")?;
            Ok(home.join(below))
        }
    }
}
