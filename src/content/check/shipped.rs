//! The content that is part of the program, read as far as the first screen needs it.
//!
//! Owns which parts are read at once and which when they are first looked at. Checks nothing in
//! another way than the rest of the check does. Promises that no part is ever there by halves.

use super::{documents, guide, ids, matrix, principles, process, scenarios};
use crate::content::fault::Faults;
use crate::content::file::File;
use crate::content::later::Later;
use crate::content::model::Content;
use crate::content::shipped_below;

/// The content that is part of the program; what the first screen cannot show is read later.
pub(in crate::content) fn shipped() -> Result<Content, Faults> {
    let files = shipped_below(&["sources/", "matrix/", "scenarios.ron"]);
    let mut faults = Faults::default();
    let documents = documents(&files, &mut faults);
    let known = ids(&documents);
    let matrix = matrix::matrix(&files, &known, &mut faults);
    let scenarios = scenarios::scenarios(&files, &known, &mut faults);
    match (matrix, scenarios) {
        (Some(matrix), Some(scenarios)) if faults.is_empty() => Ok(Content {
            documents,
            matrix,
            process: Later::unread(|| part("process.ron", process::process)),
            principles: Later::unread(|| part("principles/", principles::principles)),
            scenarios,
            guide: Later::unread(|| part("guide/", |f, k, e| Some(guide::guide(f, k, e)))),
            decisions: Later::unread(|| part("editor.ron", |f, _, e| Some(super::decisions(f, e)))),
            overridden: Vec::new(),
            vocabulary: Vec::new(),
            operation: None,
        }),
        _ => Err(faults),
    }
}

/// A part of the shipped content.
///
/// # Panics
///
/// Where the shipped files have a fault. They are part of the program, and no program is built
/// from such files without a test that fails; half of them is never shown.
fn part<T>(beginning: &str, check: impl FnOnce(&[File], &[String], &mut Faults) -> Option<T>) -> T {
    let files = shipped_below(&["sources/", beginning]);
    let mut faults = Faults::default();
    let known = ids(&documents(&files, &mut faults));
    match check(&files, &known, &mut faults) {
        Some(part) if faults.is_empty() => part,
        _ => panic!("the shipped content is damaged:\n{faults}"),
    }
}
