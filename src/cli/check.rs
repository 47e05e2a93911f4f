//! `pim check`: every fault of the content, with its place.

use std::path::Path;
use std::process::ExitCode;

use super::{files, out};
use crate::content::check_all;
use crate::find::faults;
use crate::search::Fault;

/// Checks the built-in content, or what it becomes with a folder over it.
pub(super) fn check(folder: Option<&Path>) -> anyhow::Result<ExitCode> {
    let overrides = match folder {
        Some(folder) => files::read_folder(folder)?,
        None => Vec::new(),
    };
    let count = overrides.len();
    match check_all(overrides) {
        Ok(content) if !faults(&content).is_empty() => vocabulary(&faults(&content)),
        Ok(_) if folder.is_some() => out(&format!(
            "{count} files over the built-in content: nothing is wrong.\n"
        )),
        Ok(_) => out("The built-in content: nothing is wrong.\n"),
        Err(faults) => {
            let n = faults.len();
            let things = if n == 1 {
                "1 thing is wrong".to_owned()
            } else {
                format!("{n} things are wrong")
            };
            out(&format!("{faults}\n\n{things}.\n"))?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// What is wrong with the thesaurus and the example questions.
fn vocabulary(faults: &[Fault]) -> anyhow::Result<ExitCode> {
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    out(&format!("{}\n", said.join("\n")))?;
    Ok(ExitCode::FAILURE)
}
