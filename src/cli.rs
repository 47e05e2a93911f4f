//! The command line: one file a command.
//!
//! Owns what is printed without a screen, and the reading of files that commands name.
//! Everything printed is plain text that a pipe, a log and a screen reader can read.
//! Start at [`run`].

mod check;
pub mod export;
pub mod files;
mod find;
#[cfg(unix)]
mod join;
mod open;
pub mod operation;
mod print;
mod serve;
pub mod session;
mod show;
mod tally;
pub mod taught;
#[cfg(unix)]
mod wall;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::content::Content;
use crate::store::{MapFile, Sessions};

/// Run and follow up Protection Information Management (PIM) workshops.
///
/// Without a command, opens the Matrix on the screen: arrows move, Enter reads, ? shows
/// every key, q quits. Everything has an address, such as matrix/case-management/output;
/// `pim print addresses` lists them all.
#[derive(Debug, Default, Parser)]
#[command(name = "pim", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    look: open::LookArgs,

    /// A folder whose files replace or extend the content that is built in.
    #[arg(long, value_name = "DIR", global = true)]
    content: Option<PathBuf>,

    /// The map of an operation to lay over the Matrix.
    #[arg(long = "operation", value_name = "FILE", global = true)]
    map: Option<PathBuf>,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the program on the screen, at an address if one is given.
    Open {
        /// Where to begin, such as process/implement/collect-data.
        address: Option<String>,
    },
    /// Take part in the session that this machine hosts; meant for an account under sshd.
    #[cfg(unix)]
    Join(join::JoinArgs),
    /// Show the open session on a second screen: the question, counters, results; no ballot, no note.
    #[cfg(unix)]
    Wall,
    /// Open the room to everybody on the network: people join with one ssh line.
    Serve(serve::ServeArgs),
    /// Print what stands at an address.
    Show(show::ShowArgs),
    /// Find the category that produces what you need, in your own words.
    Find(find::FindArgs),
    /// Count ballots: Borda, Copeland, Schulze, agreement.
    Tally(tally::TallyArgs),
    /// Print lists: every address, the keys, the themes, the sources.
    Print {
        /// What to list.
        #[arg(value_enum)]
        what: print::What,
    },
    /// Sessions: list, begin, rename, close, copy, purge, recover.
    #[command(subcommand)]
    Session(session::SessionCommand),
    /// Map the systems of your operation over the Matrix: new, check, show, import, export.
    #[command(subcommand)]
    Operation(operation::OperationCommand),
    /// Write a session to a file: Markdown, HTML, CSV, XLSX, JSON or RON.
    Export(export::ExportArgs),
    /// Make a session from one that was exported as JSON or RON.
    Import(export::ImportArgs),
    /// Check content files; prints every fault with its place and exits 1 if there are any.
    Check,
}

impl Cli {
    /// What was typed; what is wrong with it, or asked of it, is said and ends the program.
    ///
    /// The plain `pim` is not given to the parser: to describe every command to it takes longer,
    /// and more of the program in memory, than the first screen.
    pub fn typed() -> Self {
        if std::env::args_os().len() == 1 {
            Self::default()
        } else {
            Self::parse()
        }
    }
}

/// Runs the command line; what goes wrong is said on standard error.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let files = Files {
        content: cli.content.as_deref(),
        map: cli.map.as_deref(),
    };
    match cli.command {
        None => open::open(&cli.look, &files, None),
        Some(Command::Open { address }) => open::open(&cli.look, &files, address.as_deref()),
        #[cfg(unix)]
        Some(Command::Join(args)) => join::join(&args, &cli.look),
        #[cfg(unix)]
        Some(Command::Wall) => wall::wall(&cli.look),
        Some(Command::Serve(args)) => serve::serve(&args, &files),
        Some(Command::Show(args)) => show::show(&laid(&files)?.0, &args),
        Some(Command::Find(args)) => find::find(&laid(&files)?.0, &args),
        Some(Command::Tally(args)) => tally::tally(&args),
        Some(Command::Print { what }) => print::print(&laid(&files)?.0, what),
        Some(Command::Operation(command)) => {
            let content = load(cli.content.as_deref())?;
            out(&operation::operation(
                &command,
                &content,
                &mut session::ask_on_terminal,
            )?)
        }
        Some(Command::Session(command)) => {
            let sessions = Sessions::of_user()?;
            out(&session::session(
                &command,
                &sessions,
                &mut session::ask_on_terminal,
            )?)
        }
        Some(Command::Export(args)) => {
            let content = load(cli.content.as_deref())?;
            out(&export::run_export(&args, &content, &Sessions::of_user()?)?)
        }
        Some(Command::Import(args)) => out(&export::run_import(&args, &Sessions::of_user()?)?),
        Some(Command::Check) => check::check(cli.content.as_deref()),
    }
}

/// The content, with a folder's files over it where one is given.
fn load(folder: Option<&Path>) -> anyhow::Result<Content> {
    let Some(folder) = folder else {
        return Ok(crate::content::shipped()?);
    };
    let content = crate::content::with_overrides(files::read_folder(folder)?)?;
    if !content.vocabulary.is_empty() {
        let faults = crate::find::faults(&content);
        if !faults.is_empty() {
            return Err(faults.into());
        }
    }
    Ok(content)
}

/// The files that the whole program works with.
struct Files<'a> {
    /// A folder over the built-in content.
    content: Option<&'a Path>,
    /// The map of an operation.
    map: Option<&'a Path>,
}

/// The content with the map over it, where one is given, and the file of the map.
fn laid(files: &Files<'_>) -> anyhow::Result<(Content, Option<MapFile>)> {
    let mut content = load(files.content)?;
    let Some(map) = files.map else {
        return Ok((content, None));
    };
    let (map, operation) = MapFile::open(map, &content)?;
    content.operation = Some(Arc::new(operation));
    Ok((content, Some(map)))
}

/// Writes to standard output; a reader that went away is no error.
fn out(text: &str) -> anyhow::Result<ExitCode> {
    use std::io::Write;
    let mut stdout = std::io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_what_the_parser_makes_of_it() {
        let parsed = Cli::try_parse_from(["pim"]).expect("nothing needs to be typed");
        assert_eq!(format!("{parsed:?}"), format!("{:?}", Cli::default()));
    }
}
