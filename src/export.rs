//! What a workshop leaves behind, in the formats that people use the next day.
//!
//! Owns the outcome document and its renderings. Knows no screen and no database: it gets
//! a content and a state. Promises that typed text is escaped for every format (markup in
//! Markdown and HTML, formulas in CSV and XLSX), that no file is overwritten, that a file
//! is either whole or not there, and that JSON and RON can be imported again without loss.
//! Start at [`export`].
//!
//! ```text
//!  content + state ─► Outcome ─┬─► blocks ─► Markdown, HTML
//!                              └─► sheets ─► CSV, XLSX
//!  state ◄─► Document ─► JSON, RON
//! ```
//!
//! A part that has something to add to the outcome (an exercise, say) adds blocks in
//! [`blocks::outcome`], sheets in [`sheets::all`] and a field to [`Document`], whose
//! version then goes up.

pub mod blocks;
mod document;
pub mod exercise;
mod file;
mod html;
mod markdown;
mod outcome;
pub mod sheets;
mod tables;

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

pub use document::{Ballots, Document, Unimportable};
pub use file::{file_stem, write_new};
pub use html::html;
pub use markdown::markdown;
pub use outcome::{Checklist, Entry, Group, Line, Outcome, Quote, Section};
pub use tables::{csv, xlsx};

use crate::content::Content;
use crate::room::RoomState;

/// A format to export to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Format {
    /// The outcome document, to read and to edit.
    Md,
    /// The outcome document as one page that prints on A4.
    Html,
    /// Notes, checklists and exercises as tables, one file each.
    Csv,
    /// Notes, checklists and exercises as sheets of one workbook.
    Xlsx,
    /// The whole session, to import again or to work with.
    Json,
    /// The whole session in RON.
    Ron,
}

impl Format {
    /// All formats.
    pub const ALL: &'static [Format] = &[
        Self::Md,
        Self::Html,
        Self::Csv,
        Self::Xlsx,
        Self::Json,
        Self::Ron,
    ];

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Ron => "ron",
        }
    }

    /// Whether ballots have a place in it.
    pub const fn holds_ballots(self) -> bool {
        !matches!(self, Self::Md | Self::Html)
    }

    /// What it is, for a list to choose from.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Md => "Markdown: the outcome document",
            Self::Html => "HTML: the outcome document, one page that prints",
            Self::Csv => "CSV: notes, checklists and exercises as tables",
            Self::Xlsx => "XLSX: notes, checklists and exercises as a workbook",
            Self::Json => "JSON: the whole session, to import again",
            Self::Ron => "RON: the whole session, to import again",
        }
    }
}

/// Why an export was not written. Nothing is left half written.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// The disk is full.
    #[error("the disk is full, so nothing was exported; make room or choose another folder")]
    Full,
    /// The folder cannot be written.
    #[error("nothing can be written into {}; choose a folder that is yours", .0.display())]
    ReadOnly(PathBuf),
    /// The system refused.
    #[error("{} could not be written: {source}", file.display())]
    Io {
        /// The file or folder.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Ballots were asked for in a format to read.
    #[error("{0} has no place for ballots; choose json, ron, csv or xlsx")]
    NoBallots(&'static str),
    /// The workbook could not be made.
    #[error("the session does not fit this format: {0}")]
    DoesNotFit(String),
}

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// What it holds, for its name: "outcome", "notes", "session".
    pub what: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The files of a format, without a ballot.
pub fn render(
    content: &Content,
    state: &RoomState,
    zone: &TimeZone,
    format: Format,
) -> Result<Vec<Rendered>, Unwritten> {
    render_with(content, state, zone, format, Ballots::Stay)
}

/// The files of a format, with the ballots of sealed rounds where they are asked for.
pub fn render_with(
    content: &Content,
    state: &RoomState,
    zone: &TimeZone,
    format: Format,
    ballots: Ballots,
) -> Result<Vec<Rendered>, Unwritten> {
    if ballots == Ballots::Travel && !format.holds_ballots() {
        return Err(Unwritten::NoBallots(format.ending()));
    }
    let outcome = || Outcome::of(content, state, zone);
    let tables = || {
        let mut tables = sheets::all(&outcome());
        if ballots == Ballots::Travel {
            tables.push(exercise::sheets::ballots(&exercise::ballots::voted(state)));
        }
        tables
    };
    let document = || Document::with(state, ballots);
    let one = |what, bytes| Ok(vec![Rendered { what, bytes }]);
    match format {
        Format::Md => one(
            "outcome",
            markdown(&blocks::outcome(&outcome())).into_bytes(),
        ),
        Format::Html => one("outcome", html(&blocks::outcome(&outcome())).into_bytes()),
        Format::Csv => Ok(tables::csv_files(&tables())),
        Format::Xlsx => one("outcome", xlsx(&tables())?),
        Format::Json => one("session", document().to_json()?.into_bytes()),
        Format::Ron => one("session", document().to_ron()?.into_bytes()),
    }
}

/// Writes the files of a format into a folder, and says where they are.
pub fn export(
    content: &Content,
    state: &RoomState,
    zone: &TimeZone,
    format: Format,
    folder: &Path,
) -> Result<Vec<PathBuf>, Unwritten> {
    let files = render(content, state, zone, format)?;
    write(state, zone, format, folder, files)
}

/// Writes files of a format that were rendered, and says where they are.
pub fn write(
    state: &RoomState,
    zone: &TimeZone,
    format: Format,
    folder: &Path,
    files: Vec<Rendered>,
) -> Result<Vec<PathBuf>, Unwritten> {
    let stem = file_stem(state, zone);
    files
        .into_iter()
        .map(|one| {
            let name = format!("{stem}-{}", one.what);
            write_new(folder, &name, format.ending(), &one.bytes)
        })
        .collect()
}
