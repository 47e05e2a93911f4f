//! `pim session …`: the sessions of this user, without a screen.
//!
//! Owns the arguments and the sentences. Each function gives back what is to be printed;
//! whoever asks a question (purging does) is handed in.

use std::fmt::Write;
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;

use crate::room::agenda::Planned;
use crate::room::{AgendaCommand, Command, MetaCommand, Role, SeatId};
use crate::store::{
    Condition, Proposal, Purge, Purged, Recovered, SessionInfo, Sessions, Store, clock, recover,
};

/// What can be done with sessions.
#[derive(Clone, Debug, Subcommand)]
pub enum SessionCommand {
    /// List all sessions, the last used first.
    List,
    /// Begin a session under a title.
    New {
        /// Its title.
        title: String,
    },
    /// Give a session another title.
    Rename {
        /// Its name in the list, its title or its file.
        session: String,
        /// The title from now on.
        title: String,
    },
    /// Close a session: nothing in it changes until it is reopened.
    Close {
        /// Its name in the list, its title or its file.
        session: String,
        /// Reopen it instead.
        #[arg(long)]
        reopen: bool,
    },
    /// Remove a session with everything that was made beside it. Says what, and asks once.
    Purge {
        /// Its name in the list, its title or its file.
        session: String,
        /// Remove its exports and copies too, wherever they were put.
        #[arg(long)]
        exports: bool,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Make a whole copy of a session.
    Copy {
        /// Its name in the list, its title or its file.
        session: String,
        /// The file to make; nothing is overwritten.
        to: PathBuf,
    },
    /// Put an agenda in place of the one that a session has.
    Agenda {
        /// Its name in the list, its title or its file.
        session: String,
        /// A RON file such as [(title: "Welcome", minutes: 10), (title: "The Matrix", minutes: 45)].
        file: PathBuf,
    },
    /// Save what can be read of a damaged session into a new one.
    Recover {
        /// Its name in the list or its file.
        session: String,
        /// The file to make; beside the damaged one if not given.
        to: Option<PathBuf>,
    },
}

/// Puts a question to a person; true means yes.
pub type Ask<'a> = &'a mut dyn FnMut(&str) -> bool;

/// Carries a command out and gives back what is to be printed.
pub fn session(
    command: &SessionCommand,
    sessions: &Sessions,
    ask: Ask<'_>,
) -> anyhow::Result<String> {
    match command {
        SessionCommand::List => list(sessions),
        SessionCommand::New { title } => new(sessions, title),
        SessionCommand::Rename { session, title } => {
            let file = sessions.find(session)?;
            let renamed = sessions.rename(&file, title, clock::now())?;
            Ok(format!("Renamed: {}\n", renamed.display()))
        }
        SessionCommand::Close { session, reopen } => close(sessions, session, *reopen),
        SessionCommand::Purge {
            session,
            exports,
            yes,
        } => purge(sessions, session, *exports, *yes, ask),
        SessionCommand::Copy { session, to } => copy(&sessions.find(session)?, to),
        SessionCommand::Agenda { session, file } => agenda(sessions, session, file),
        SessionCommand::Recover { session, to } => recovered(sessions, session, to.as_ref()),
    }
}

/// Copies a session; one that another program has open is copied by that one.
fn copy(file: &Path, to: &Path) -> anyhow::Result<String> {
    match Store::open(file) {
        Ok((mut store, _)) => {
            store.copy(to)?;
            store.close()?;
            Ok(format!("Copied to {}\n", to.display()))
        }
        #[cfg(unix)]
        Err(held @ crate::store::Failure::Held(_)) => match crate::live::socket::holder(file) {
            Some(holder) => copy_through(holder, to),
            None => Err(held.into()),
        },
        Err(other) => Err(other.into()),
    }
}

#[cfg(unix)]
fn copy_through(mut holder: std::os::unix::net::UnixStream, to: &Path) -> anyhow::Result<String> {
    use crate::live::frames::{Frame, Hello, VERSION};
    let to = std::path::absolute(to)?;
    let hello = Hello {
        version: VERSION,
        copy: Some(to.display().to_string()),
        ..Hello::default()
    };
    Frame::Hello(serde_json::to_vec(&hello)?).write(&mut holder)?;
    match Frame::read(&mut holder)? {
        Frame::End(said) if to.is_file() => Ok(format!("{said}\n")),
        Frame::End(why) => bail!("{why}"),
        _ => bail!("the pim that has the session open did not copy it"),
    }
}

/// An agenda is a page of text; more is something else.
const MOST_BYTES: u64 = 1024 * 1024;

/// The agenda that a RON file holds.
pub(crate) fn planned(file: &Path) -> anyhow::Result<Vec<Planned>> {
    let cannot = || format!("cannot read {}", file.display());
    if std::fs::metadata(file).with_context(cannot)?.len() > MOST_BYTES {
        bail!("{} is too large for an agenda", file.display());
    }
    let text = std::fs::read_to_string(file).with_context(cannot)?;
    Ok(crate::room::agenda::read(&text)?)
}

fn agenda(sessions: &Sessions, name: &str, file: &Path) -> anyhow::Result<String> {
    let planned = planned(file)?;
    let (mut store, mut state) = Store::open(&sessions.find(name)?)?;
    let command = Command::Agenda(AgendaCommand::Load(planned));
    let proposal = Proposal::new(SeatId(0), Role::Facilitator, command, clock::now());
    store.propose(&mut state, proposal)?;
    store.close()?;
    let agenda = &state.agenda;
    Ok(format!(
        "Agenda of {name}: {}, {} minutes\n",
        crate::ui::notes::counted(agenda.items().len(), "item"),
        agenda.minutes()
    ))
}

/// Asks on the terminal; without one the answer is no.
pub fn ask_on_terminal(question: &str) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    #[expect(clippy::print_stderr, reason = "a question to whoever sits there")]
    {
        eprint!("{question} [y/N] ");
    }
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.is_ok() && matches!(line.trim(), "y" | "Y" | "yes" | "Yes")
}

fn list(sessions: &Sessions) -> anyhow::Result<String> {
    let all = sessions.list()?;
    if all.is_empty() {
        let folder = sessions.folder().display();
        return Ok(format!("No sessions yet in {folder}.\n"));
    }
    Ok(all.iter().map(line).collect())
}

fn line(info: &SessionInfo) -> String {
    let title = match info.title.as_str() {
        "" => "(no title)",
        title => title,
    };
    let state = match &info.condition {
        Condition::Open => String::new(),
        Condition::Closed => "  closed".to_owned(),
        Condition::Held => return format!("{}  open in another pim\n", info.name),
        Condition::Damaged(why) | Condition::Newer(why) | Condition::Unreadable(why) => {
            return format!("{}  {why}\n", info.name);
        }
    };
    let used = info
        .used
        .map_or_else(String::new, |at| clock::minute(at, &clock::zone()));
    let notes = match info.notes {
        1 => "1 note".to_owned(),
        n => format!("{n} notes"),
    };
    format!("{}  {title}  {notes}  {used}{state}\n", info.name)
}

fn new(sessions: &Sessions, title: &str) -> anyhow::Result<String> {
    if title.trim().is_empty() {
        bail!("a session that is begun here needs a title");
    }
    let (store, _) = sessions.create(title, clock::now())?;
    let file = store.file().to_owned();
    store.close()?;
    Ok(format!("Begun: {}\n", file.display()))
}

fn close(sessions: &Sessions, name: &str, reopen: bool) -> anyhow::Result<String> {
    let (mut store, mut state) = Store::open(&sessions.find(name)?)?;
    let (command, said) = if reopen {
        (MetaCommand::Reopen, "Reopened")
    } else {
        (MetaCommand::Close, "Closed")
    };
    let command = Command::Meta(command);
    let proposal = Proposal::new(SeatId(0), Role::Facilitator, command, clock::now());
    let changed = !store.propose(&mut state, proposal)?.is_empty();
    store.close()?;
    let already = if changed { "" } else { " already" };
    Ok(format!("{said}{already}: {name}\n"))
}

fn purge(
    sessions: &Sessions,
    name: &str,
    exports: bool,
    yes: bool,
    ask: Ask<'_>,
) -> anyhow::Result<String> {
    let plan = Purge::plan(&sessions.find(name)?)?;
    let question = question(&plan, exports)?;
    if !yes && !ask(&question) {
        bail!("{question}\nNothing was removed; say yes to the question, or use --yes.");
    }
    let purged = plan.carry_out(exports);
    let text = reported(&purged)?;
    if purged.left.is_empty() {
        Ok(text)
    } else {
        bail!("{text}")
    }
}

/// What would go, as a question.
fn question(plan: &Purge, exports: bool) -> anyhow::Result<String> {
    let mut text = String::from("This removes for good:\n");
    for path in &plan.removes {
        writeln!(text, "  {}", path.display())?;
    }
    if !plan.elsewhere.is_empty() && !exports {
        text.push_str("These were made from it and stay (--exports removes them too):\n");
    }
    for trace in &plan.elsewhere {
        writeln!(text, "  {} ({})", trace.path.display(), trace.kind)?;
    }
    write!(text, "{}\nRemove?", Purge::CANNOT)?;
    Ok(text)
}

fn reported(purged: &Purged) -> anyhow::Result<String> {
    let mut text = String::new();
    for path in &purged.removed {
        writeln!(text, "Removed: {}", path.display())?;
    }
    for (path, why) in &purged.left {
        writeln!(text, "Could not be removed: {} ({why})", path.display())?;
    }
    for path in &purged.elsewhere {
        writeln!(text, "Still there: {}", path.display())?;
    }
    writeln!(text, "{}", Purge::CANNOT)?;
    Ok(text)
}

fn recovered(sessions: &Sessions, name: &str, to: Option<&PathBuf>) -> anyhow::Result<String> {
    let file = sessions.find(name)?;
    let saved = recover(&file, to.map(PathBuf::as_path))
        .with_context(|| format!("nothing was recovered from {}", file.display()))?;
    let mut text = format!(
        "Recovered to {}: {} entries saved, {} lost, {} drafts saved.\n",
        saved.file.display(),
        saved.events,
        saved.lost,
        saved.drafts,
    );
    if saved.ballots > 0 || saved.emptied > 0 {
        writeln!(text, "{}", ballots_saved(&saved))?;
    }
    text.push_str(
        "The damaged file is as it was; `pim session purge` removes it once you need it no \
         longer.\n",
    );
    Ok(text)
}

fn ballots_saved(saved: &Recovered) -> String {
    let ballots = match saved.ballots {
        1 => "1 ballot of revealed votes was saved".to_owned(),
        n => format!("{n} ballots of revealed votes were saved"),
    };
    let emptied = match saved.emptied {
        0 => String::new(),
        1 => "; of 1 vote no ballot could be read".to_owned(),
        n => format!("; of {n} votes no ballot could be read"),
    };
    format!("{ballots}{emptied}. What was handed in and not revealed is to be handed in again.")
}
