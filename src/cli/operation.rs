//! `pim operation …`: the map of the systems in one's own operation, without a screen.
//!
//! Owns the arguments and the sentences. Each function gives back what is to be printed;
//! whoever asks a question (importing does) is handed in. Nothing that leaves for others is
//! written before it is said whom it is for.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};

use super::session::Ask;
use crate::content::{Address, Content};
use crate::export::{MapFormat, Paper, export_map};
use crate::operation::import::{Preview, What, preview, tables};
use crate::operation::{NO_NAMES, Operation, Sharing, difference, doubts, for_audience};
use crate::page::operation::{differences, doubted, marked};
use crate::page::{Lens, Page, plain};
use crate::store::MapFile;

/// No spreadsheet of systems is nearly this large.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// As many rows of a kind are shown in a preview.
const SHOWN: usize = 30;

/// Whom something is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// Anybody.
    Public,
    /// Humanitarian organisations.
    HumanitarianCommunity,
    /// Protection actors.
    ProtectionActors,
    /// Nobody outside the own organisation.
    OwnOrganisation,
}

impl Audience {
    const fn level(self) -> Sharing {
        match self {
            Self::Public => Sharing::Public,
            Self::HumanitarianCommunity => Sharing::Humanitarian,
            Self::ProtectionActors => Sharing::Protection,
            Self::OwnOrganisation => Sharing::Own,
        }
    }
}

/// How the Matrix is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// With what the operation changes.
    Mine,
    /// As it ships.
    Original,
    /// Both, told apart.
    Difference,
}

/// What can be done with the map of an operation.
#[derive(Clone, Debug, Subcommand)]
pub enum OperationCommand {
    /// Begin a map: an empty file to fill in, by hand or with `pim --operation FILE`.
    New {
        /// The file to make; nothing is overwritten.
        file: PathBuf,
        /// The name of the operation.
        #[arg(long)]
        name: String,
        /// Where it is.
        #[arg(long, default_value = "")]
        place: String,
        /// The date of the map, in your own words.
        #[arg(long, default_value = "")]
        date: String,
        /// The language of its texts.
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Check a map; prints every fault with its place and fails if there are any.
    Check {
        /// The file.
        file: PathBuf,
    },
    /// Print what stands at an address with the map over the Matrix.
    Show {
        /// The file.
        file: PathBuf,
        /// An address, such as operation, operation/coverage or matrix/case-management/methods.
        #[arg(default_value = "operation")]
        address: String,
        /// With the changes of the operation, as it ships, or both told apart.
        #[arg(long, value_enum, default_value = "mine")]
        view: View,
        /// Leave out what is not for this audience.
        #[arg(long, value_enum, default_value = "own-organisation")]
        audience: Audience,
    },
    /// Print gaps, duplication, and which outputs can be combined.
    Coverage {
        /// The file.
        file: PathBuf,
        /// Leave out what is not for this audience.
        #[arg(long, value_enum, default_value = "own-organisation")]
        audience: Audience,
    },
    /// Take systems and texts from a CSV or XLSX file; shows what would change, and asks.
    Import {
        /// The file of the map.
        file: PathBuf,
        /// The spreadsheet.
        table: PathBuf,
        /// Do not ask.
        #[arg(long, conflicts_with = "preview")]
        yes: bool,
        /// Only show what would change.
        #[arg(long)]
        preview: bool,
    },
    /// Write the Matrix and the systems for an audience.
    Export {
        /// The file.
        file: PathBuf,
        /// Whom it is for; what is not for them is left out.
        #[arg(long, value_enum)]
        audience: Audience,
        /// The format.
        #[arg(long, short, value_enum, default_value = "xlsx")]
        format: MapFormat,
        /// The paper of an HTML page.
        #[arg(long, value_enum, default_value = "a4")]
        paper: Paper,
        /// The folder to write into; nothing in it is overwritten.
        #[arg(long, value_name = "DIR", default_value = ".")]
        to: PathBuf,
    },
    /// Print what differs between two maps, or one map at two dates.
    Diff {
        /// The earlier or the one file.
        before: PathBuf,
        /// The later or the other file.
        after: PathBuf,
        /// Leave out what is not for this audience.
        #[arg(long, value_enum, default_value = "own-organisation")]
        audience: Audience,
    },
}

/// Carries a command out and gives back what is to be printed.
pub fn operation(
    command: &OperationCommand,
    content: &Content,
    ask: Ask<'_>,
) -> anyhow::Result<String> {
    match command {
        OperationCommand::New {
            file,
            name,
            place,
            date,
            language,
        } => new(file, [name, place, date, language], content),
        OperationCommand::Check { file } => {
            let (map, operation) = MapFile::open(file, content)?;
            checked(file, &map, &operation)
        }
        OperationCommand::Show {
            file,
            address,
            view,
            audience,
        } => show(file, address, *view, *audience, content),
        OperationCommand::Coverage { file, audience } => {
            show(file, "operation/coverage", View::Mine, *audience, content)
        }
        OperationCommand::Import {
            file,
            table,
            yes,
            preview,
        } => import(file, table, (*yes, *preview), content, ask),
        OperationCommand::Export {
            file,
            audience,
            format,
            paper,
            to,
        } => {
            let (_, operation) = MapFile::open(file, content)?;
            let paths = export_map(content, &operation, audience.level(), (*format, *paper), to)?;
            let (shown, withheld) = for_audience(&operation, audience.level());
            let mut text = String::new();
            for path in &paths {
                writeln!(text, "Exported to {}", path.display())?;
            }
            writeln!(text, "{}", marked(audience.level(), withheld))?;
            if let Some(doubted) = doubted(&shown) {
                writeln!(text, "{doubted}")?;
            }
            Ok(text)
        }
        OperationCommand::Diff {
            before,
            after,
            audience,
        } => diff(before, after, *audience, content),
    }
}

fn new(file: &Path, texts: [&String; 4], content: &Content) -> anyhow::Result<String> {
    let edit = crate::operation::Edit::About(texts.map(String::clone));
    let operation = Operation::default().with(edit, content)?;
    let map = MapFile::create(file, &operation)?;
    Ok(format!(
        "Begun: {}\nGo on with `pim --operation {}`, or import a table of systems.\n{}\n",
        map.path().display(),
        file.display(),
        crate::operation::NO_NAMES
    ))
}

/// The content with what an audience may see of an operation, and the line that says so.
fn laid(content: &Content, file: &Path, audience: Audience) -> anyhow::Result<(Content, String)> {
    let (_, operation) = MapFile::open(file, content)?;
    let (operation, withheld) = for_audience(&operation, audience.level());
    let mut content = content.clone();
    content.operation = Some(Arc::new(operation));
    Ok((content, marked(audience.level(), withheld)))
}

fn show(
    file: &Path,
    address: &str,
    view: View,
    audience: Audience,
    content: &Content,
) -> anyhow::Result<String> {
    let (content, mark) = laid(content, file, audience)?;
    let address = Address::parse(address, &content)?;
    let lens = match view {
        View::Mine => Lens::Mine,
        View::Original => Lens::Original,
        View::Difference => Lens::Difference,
    };
    let page = Page::seen(&address.place, &content, lens);
    let text = plain(
        &page,
        address.item.as_deref(),
        super::show::terminal_width().into(),
    );
    Ok(format!("{mark}\n{text}"))
}

fn diff(
    before: &Path,
    after: &Path,
    audience: Audience,
    content: &Content,
) -> anyhow::Result<String> {
    let open = |file: &Path| -> anyhow::Result<_> {
        let (_, operation) = MapFile::open(file, content)?;
        Ok(for_audience(&operation, audience.level()))
    };
    let ((old, _), (new, withheld)) = (open(before)?, open(after)?);
    let changes = difference(&old, &new, content);
    let mark = marked(audience.level(), withheld);
    Ok(format!("{mark}\n{}", differences(&changes, &old, &new)))
}

fn import(
    file: &Path,
    table: &Path,
    (yes, only): (bool, bool),
    content: &Content,
    ask: Ask<'_>,
) -> anyhow::Result<String> {
    let (mut map, before) = MapFile::open(file, content)?;
    let shown = table.display();
    let cannot = || format!("cannot read {shown}");
    if std::fs::metadata(table).with_context(cannot)?.len() > MOST_BYTES {
        bail!("{shown} is too large for a table of systems; import it in parts");
    }
    let bytes = std::fs::read(table).with_context(cannot)?;
    let name = table.file_name().unwrap_or_default().to_string_lossy();
    let tables = tables(&bytes, &name).with_context(cannot)?;
    let seen = preview(&before, &tables, content);
    let said = previewed(&seen)?;
    if only || seen.operation == before {
        return Ok(format!("{said}Nothing was written.\n"));
    }
    if !yes && !ask(&format!("{said}Write this into {}?", file.display())) {
        bail!("{said}Nothing was written; say yes to the question, or use --yes.");
    }
    map.save(&before, &seen.operation, content)?;
    Ok(format!("{said}Saved: {}\n", map.path().display()))
}

/// What there is to say of a map that can be read.
fn checked(file: &Path, map: &MapFile, operation: &Operation) -> anyhow::Result<String> {
    let mut text = String::new();
    let n = operation.systems.len();
    let systems = if n == 1 { "system" } else { "systems" };
    writeln!(text, "{}: {n} {systems}, nothing is wrong.", file.display())?;
    let doubts = doubts(operation);
    if !doubts.is_empty() {
        writeln!(text, "{NO_NAMES} To look at:")?;
    }
    for doubt in doubts {
        writeln!(text, "  {doubt}")?;
    }
    for draft in map.drafts()?.iter() {
        writeln!(text, "Typed in the program and not saved: {}", draft.title)?;
    }
    Ok(text)
}

/// What an import would do, row by row; what it refuses first.
fn previewed(seen: &Preview) -> anyhow::Result<String> {
    let mut text = String::new();
    for remark in &seen.remarks {
        writeln!(text, "{remark}")?;
    }
    for what in [What::Refused, What::Changed, What::Added] {
        let some = seen.lines.iter().filter(|one| one.what == what);
        for line in some.take(SHOWN) {
            let (sheet, row, word) = (&line.sheet, line.row, what.word());
            let remarks = line.remarks.join("; ");
            let said = [line.about.as_str(), &remarks];
            let said: Vec<&str> = said.into_iter().filter(|one| !one.is_empty()).collect();
            writeln!(text, "{sheet}, row {row}, {word}: {}", said.join(": "))?;
        }
        if let Some(more) = seen.count(what).checked_sub(SHOWN).filter(|more| *more > 0) {
            writeln!(text, "... and {more} more {}", what.word())?;
        }
    }
    let counts = [What::Added, What::Changed, What::Unchanged, What::Refused];
    let counts = counts.map(|what| format!("{} {}", seen.count(what), what.word()));
    writeln!(text, "{}.", counts.join(", "))?;
    Ok(text)
}
