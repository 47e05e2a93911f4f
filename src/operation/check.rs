//! From a file to a checked operation.
//!
//! Owns every rule that an operation file must keep beyond its grammar. Collects every
//! fault with its line and column instead of stopping at the first, and says what would be
//! right. A Definition or an Output in the file is refused in the source's words. Start at
//! [`read`].

mod matrix;
mod systems;
mod texts;

pub(super) use systems::answer_slug;

use super::model::{Endorsed, Operation};
use super::raw::RawOperation;
use crate::content::fault::Faults;
use crate::content::tree::Node;
use crate::content::tree::Step::In;
use crate::content::{Content, File};
use crate::room::text::Field;

/// The version of the file format that this program reads.
const SCHEMA: u32 = 1;
/// More systems than any operation has.
pub(super) const MOST_SYSTEMS: usize = 20_000;
/// A name, a place, a role.
pub(super) const SHORT: Field = Field {
    name: "text",
    most: 300,
    lines: false,
};
/// A text over several lines.
pub(super) const LONG: Field = Field {
    name: "text",
    most: 8_000,
    lines: true,
};
/// What is said of an endorsed Definition whose words were changed by hand.
pub const SEALED: &str =
    "the endorsed Definition is locked, and these are not the words that were endorsed";

/// Reads and checks a file, or says all that is wrong with it.
pub fn read(file: &File, content: &Content) -> Result<Operation, Faults> {
    let mut faults = Faults::default();
    let Some(raw) = file.read::<RawOperation>(&mut faults) else {
        return Err(faults);
    };
    let mut check = Check {
        file,
        tree: Node::of(&file.text),
        content,
        faults,
    };
    let operation = check.operation(raw);
    if check.faults.is_empty() {
        Ok(operation)
    } else {
        Err(check.faults)
    }
}

/// A short sum over an endorsed text: a change by hand shows.
pub fn sealed(endorsed: &Endorsed) -> String {
    // FNV-1a: it is there to notice slips, not to keep out somebody who means harm.
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for text in [&endorsed.text, &endorsed.document, &endorsed.section] {
        for byte in text.bytes().chain([0]) {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{sum:016x}")
}

struct Check<'a> {
    file: &'a File,
    tree: Option<Node>,
    content: &'a Content,
    faults: Faults,
}

impl Check<'_> {
    fn operation(&mut self, raw: RawOperation) -> Operation {
        if raw.schema != SCHEMA {
            let said = format!(
                "schema {} is not known to this version, which reads schema {SCHEMA}",
                raw.schema
            );
            self.at(&[In("schema")], said, None);
        }
        let mut operation = Operation {
            name: self.required(&[In("name")], &raw.name),
            place: self.short(&[In("place")], &raw.place),
            date: self.short(&[In("date")], &raw.date),
            language: self.short(&[In("language")], &raw.language),
            endorsed: self.definitions(&raw.endorsed),
            ..Operation::default()
        };
        operation.systems = self.systems(raw.systems);
        operation.cells = self.cells(raw.cells, &operation);
        operation.rows = self.rows(raw.rows);
        operation
    }
}
