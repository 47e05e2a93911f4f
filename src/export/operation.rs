//! The customised Matrix and the systems, for an audience.
//!
//! Owns how a map leaves the program. Everything goes through [`for_audience`] first, so a
//! format cannot show what is not for the reader; every document says on its face whom it
//! is for and how much was left out. Start at [`render_map`].
//!
//! ```text
//!  content + operation ─► for_audience ─► Sheet ─┬─► blocks ─► Markdown, HTML
//!                                                └─► CSV, XLSX
//! ```

mod document;
mod grid;
mod workbook;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use grid::Grid;

use super::{Rendered, Unwritten, html, markdown, tables, write_new};
use crate::content::Content;
use crate::operation::{Operation, Sharing, System, Withheld, for_audience};
use crate::room::text;

/// A format for a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum MapFormat {
    /// A workbook: the Matrix as one sheet, the systems as another.
    Xlsx,
    /// One page to print.
    Html,
    /// A text to read and to edit.
    Md,
    /// Two tables: Matrix and systems.
    Csv,
}

impl MapFormat {
    /// All formats, in the order in which they are offered.
    pub const ALL: &'static [MapFormat] = &[Self::Xlsx, Self::Html, Self::Md, Self::Csv];

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Md => "md",
            Self::Csv => "csv",
        }
    }

    /// What it is, for a list to choose from.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Xlsx => "XLSX: the Matrix as one sheet, the systems as another",
            Self::Html => "HTML: one page to print",
            Self::Md => "Markdown: a text to read and to edit",
            Self::Csv => "CSV: Matrix and systems as tables",
        }
    }
}

/// The paper that a page is printed on, across.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Paper {
    /// Four categories a table.
    #[default]
    A4,
    /// All eight side by side.
    A3,
}

/// A map as an audience may see it.
pub(super) struct Shown {
    /// The content with what is left of the operation.
    pub(super) content: Content,
    /// What is left of the operation.
    pub(super) operation: Arc<Operation>,
    /// Whom it is for.
    pub(super) audience: Sharing,
    /// How much is not there.
    pub(super) withheld: Withheld,
}

impl Shown {
    fn of(content: &Content, operation: &Operation, audience: Sharing) -> Self {
        let (operation, withheld) = for_audience(operation, audience);
        let operation = Arc::new(operation);
        Self {
            content: Content {
                operation: Some(Arc::clone(&operation)),
                ..content.clone()
            },
            operation,
            audience,
            withheld,
        }
    }

    /// The line that marks the document.
    pub(super) fn mark(&self) -> String {
        crate::page::operation::marked(self.audience, self.withheld)
    }
}

/// The files of a map for an audience.
pub fn render_map(
    content: &Content,
    operation: &Operation,
    audience: Sharing,
    format: MapFormat,
    paper: Paper,
) -> Result<Vec<Rendered>, Unwritten> {
    let shown = Shown::of(content, operation, audience);
    let grid = Grid::of(&shown);
    let one = |bytes| {
        Ok(vec![Rendered {
            what: "matrix",
            bytes,
        }])
    };
    match format {
        MapFormat::Xlsx => one(workbook::workbook(&shown, &grid)?),
        MapFormat::Html => {
            let blocks = document::blocks(&shown, &grid, paper);
            one(html::html_on(&blocks, &document::style(paper, audience)).into_bytes())
        }
        MapFormat::Md => one(markdown(&document::text(&shown)).into_bytes()),
        MapFormat::Csv => Ok(vec![
            Rendered {
                what: "matrix",
                bytes: tables::records(&marked(&shown, grid.records())).into_bytes(),
            },
            Rendered {
                what: "systems",
                bytes: tables::records(&marked(&shown, records(&shown))).into_bytes(),
            },
        ]),
    }
}

/// Writes a map into a folder, and says where it is. The name says whom it is for.
pub fn export_map(
    content: &Content,
    operation: &Operation,
    audience: Sharing,
    (format, paper): (MapFormat, Paper),
    folder: &Path,
) -> Result<Vec<PathBuf>, Unwritten> {
    let name = match text::slug(&operation.name, 40) {
        slug if slug.is_empty() => "operation".to_owned(),
        slug => slug,
    };
    render_map(content, operation, audience, format, paper)?
        .into_iter()
        .map(|one| {
            let stem = format!("{name}-{}-{}", one.what, audience.slug());
            write_new(folder, &stem, format.ending(), &one.bytes)
        })
        .collect()
}

/// The columns of the systems, and how wide a text in them is. An import knows them again.
pub(super) const COLUMNS: &[(&str, u16)] = &[
    ("Id", 16),
    ("Name", 28),
    ("Categories", 36),
    ("Organisation", 20),
    ("Status", 12),
    ("Coverage", 36),
    ("Frequency", 16),
    ("Unit of analysis", 18),
    ("Sharing", 24),
    ("Contact (role)", 24),
    ("Note", 48),
];

/// The systems, a row each, in the order of [`COLUMNS`].
pub(super) fn systems(shown: &Shown) -> Vec<Vec<String>> {
    let systems = shown.operation.systems.iter();
    systems.map(|one| system(shown, one)).collect()
}

fn system(shown: &Shown, system: &System) -> Vec<String> {
    let categories: Vec<&str> = system
        .categories
        .iter()
        .map(|one| shown.content.category(*one).title.as_str())
        .collect();
    [
        system.id.as_str(),
        &system.name,
        &categories.join("; "),
        &system.organisation,
        system.status.title(),
        &system.coverage,
        &system.frequency,
        &system.unit,
        system.sharing.title(),
        &system.contact,
        &system.note,
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The systems with their headings.
fn records(shown: &Shown) -> Vec<Vec<String>> {
    let head = COLUMNS.iter().map(|(name, _)| (*name).to_owned());
    let mut all = vec![head.collect()];
    all.extend(systems(shown));
    all
}

/// A table with the line that marks it on top.
fn marked(shown: &Shown, mut records: Vec<Vec<String>>) -> Vec<Vec<String>> {
    records.insert(0, vec![shown.mark()]);
    records
}
