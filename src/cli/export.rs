//! `pim export` and `pim import`: sessions to files and back.
//!
//! Owns the arguments and the sentences. Each function gives back what is to be printed.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use crate::content::Content;
use crate::export::{Ballots, Document, Format, render_with, write};
use crate::store::{Sessions, Store, clock};

/// No session is nearly this large.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What to export, and how.
#[derive(Clone, Debug, Args)]
pub struct ExportArgs {
    /// The session: its name in `pim session list`, its title or its file.
    #[arg(long, short)]
    session: String,
    /// The format.
    #[arg(long, short, value_enum, default_value = "md")]
    format: Format,
    /// The folder to write into; nothing in it is overwritten.
    #[arg(long, value_name = "DIR", default_value = ".")]
    to: PathBuf,
    /// Put the ballots of revealed votes in too, in an order that means nothing (json, ron,
    /// csv and xlsx). Only where the room has agreed to it.
    #[arg(long)]
    ballots: bool,
}

/// What to import.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// A session that was exported as JSON or RON.
    file: PathBuf,
}

/// Writes an export and says where it is.
pub fn run_export(
    args: &ExportArgs,
    content: &Content,
    sessions: &Sessions,
) -> anyhow::Result<String> {
    let (mut store, state) = Store::open(&sessions.find(&args.session)?)?;
    let ballots = if args.ballots {
        Ballots::Travel
    } else {
        Ballots::Stay
    };
    let (zone, format) = (clock::zone(), args.format);
    let files = render_with(content, &state, &zone, format, ballots)?;
    let paths = write(&state, &zone, format, &args.to, files)?;
    let mut text = String::new();
    for path in &paths {
        // An export that the session does not know of could not be named by a purge.
        store.note_export(path)?;
        writeln!(text, "Exported to {}", path.display())?;
    }
    store.close()?;
    Ok(text)
}

/// Makes a session of its own from an export.
pub fn run_import(args: &ImportArgs, sessions: &Sessions) -> anyhow::Result<String> {
    let file = args.file.display();
    let cannot = || format!("cannot read {file}");
    if std::fs::metadata(&args.file).with_context(cannot)?.len() > MOST_BYTES {
        bail!("{file} is too large for a session");
    }
    let text = std::fs::read_to_string(&args.file).with_context(cannot)?;
    let nothing = || format!("nothing was imported from {file}");
    let document = Document::read(&text).with_context(nothing)?;
    let events = document.events().with_context(nothing)?;
    let ballots = document.ballots().with_context(nothing)?;
    let (mut store, mut state) = sessions.take_in(&events, clock::now())?;
    store.take_in_ballots(&mut state, &ballots)?;
    let made = store.file().to_owned();
    store.close()?;
    let notes = state.notes.len();
    Ok(format!("Imported {notes} notes to {}\n", made.display()))
}
