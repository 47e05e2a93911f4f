//! Systems and texts from spreadsheets, seen before anything is written.
//!
//! Owns what a table means, however it was kept: headings in another order or another
//! word, merged cells, empty lines, a list of systems or the Matrix itself with categories
//! across. Promises that a row is taken, or refused with its number and a reason; that a
//! locked cell is left as it is; and that nothing is taken away: what a table lacks stays.
//! Start at [`tables`] and [`preview`].

mod matrix;
mod sheet;
mod systems;
mod words;

use std::sync::Arc;

pub use sheet::{Table, Unreadable, tables};

use super::Operation;
use crate::content::Content;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Something new.
    Added,
    /// Something that is there already gets another value.
    Changed,
    /// It is there already, as it is.
    Unchanged,
    /// It cannot be taken.
    Refused,
}

impl What {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }
}

/// What becomes of one row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The table.
    pub sheet: String,
    /// The row, from 1, as a spreadsheet counts.
    pub row: usize,
    /// What becomes of it.
    pub what: What,
    /// What it is about.
    pub about: String,
    /// Why, or what to know.
    pub remarks: Vec<String>,
}

/// What an import would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What becomes of each row.
    pub lines: Vec<Line>,
    /// What to know of whole tables.
    pub remarks: Vec<String>,
    /// The operation as it would be.
    pub operation: Operation,
}

impl Preview {
    /// How many rows end in some way.
    pub fn count(&self, what: What) -> usize {
        self.lines.iter().filter(|one| one.what == what).count()
    }
}

/// What some tables would do to an operation.
pub fn preview(operation: &Operation, tables: &[Table], content: &Content) -> Preview {
    let mut preview = Preview {
        lines: Vec::new(),
        remarks: Vec::new(),
        operation: operation.clone(),
    };
    for table in tables {
        if let Some(heads) = systems::heads(table) {
            systems::take(&mut preview, table, &heads, content);
        } else if let Some(heads) = matrix::heads(table, content) {
            matrix::take(&mut preview, table, &heads, content);
        } else if !table.rows.is_empty() {
            preview.remarks.push(format!(
                "{}: no table of systems and no Matrix was found. A table of systems has \
                 headings such as Name, Category, Organisation; the Matrix has the categories \
                 across.",
                table.name
            ));
        }
    }
    preview
}

impl Preview {
    fn line(&mut self, table: &Table, row: usize, what: What, about: &str, remarks: Vec<String>) {
        self.lines.push(Line {
            sheet: table.name.clone(),
            row,
            what,
            about: about.to_owned(),
            remarks,
        });
    }

    fn systems(&mut self) -> &mut Vec<Arc<super::System>> {
        &mut self.operation.systems
    }
}
