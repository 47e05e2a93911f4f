//! The rule that Definition and Output stay as they are.
//!
//! Owns which cells an operation may not touch, and the sentence that says why in the
//! source's words. Screen, file and import all ask here. Start at [`locked`].

use super::Operation;
use crate::content::{CategoryId, Content, CriterionId};

/// Why a cell cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{row} of {category} is locked: nobody can change it{}. {help}", self.words())]
pub struct Locked {
    /// The category, as people call it.
    pub category: String,
    /// The row, as people call it.
    pub row: String,
    /// What the source states, and where; nothing where none states anything.
    pub stated: Option<(String, String)>,
    /// What can be done instead.
    pub help: &'static str,
}

const OTHER_ROWS: &str = "The other rows may be adapted, added to or emptied.";
const ENDORSED_TEXT: &str =
    "Only the endorsed text can take the place of our summary, with its document and section.";

impl Locked {
    fn words(&self) -> String {
        match &self.stated {
            Some((text, source)) => format!(". The source says: \"{text}\" ({source})"),
            None => String::new(),
        }
    }
}

/// Whether a row is one that no operation changes: Definition, and Output with what stands
/// under it.
pub(super) const fn is_locked(row: CriterionId) -> bool {
    row.locked()
}

/// Why an operation may not change a cell, where it may not.
pub fn locked(
    content: &Content,
    operation: &Operation,
    category: CategoryId,
    row: CriterionId,
) -> Option<Locked> {
    if !is_locked(row) {
        return None;
    }
    let endorsed = operation
        .endorsed
        .get(&category)
        .filter(|_| row == CriterionId::Definition)
        .map(|one| {
            (
                one.text.clone(),
                format!("{}, {}", one.document, one.section),
            )
        });
    let stated = endorsed.or_else(|| stated(content, category, row));
    let open = row == CriterionId::Definition && stated.is_none();
    Some(Locked {
        category: content.category(category).title.clone(),
        row: content.criterion(row).title.clone(),
        stated,
        help: if open { ENDORSED_TEXT } else { OTHER_ROWS },
    })
}

/// What a source states in a shipped cell, and where.
fn stated(content: &Content, category: CategoryId, row: CriterionId) -> Option<(String, String)> {
    let passages = &content.cell(category, row).passages;
    let first = passages.iter().find(|one| one.origin.is_source())?;
    let words = first.plain().replace('\n', " ");
    Some((words, content.cite(&first.origin)))
}

/// Whether a Definition may still be endorsed: it ships with a summary, and nobody gave
/// the endorsed text yet.
pub(super) fn may_endorse(content: &Content, operation: &Operation, category: CategoryId) -> bool {
    !content.cell(category, CriterionId::Definition).is_stated()
        && !operation.endorsed.contains_key(&category)
}
