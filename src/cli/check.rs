//! `pim check`: every fault of the content, with its place.

use std::path::Path;
use std::process::ExitCode;

use super::{files, out};
use crate::content::check_all;
use crate::find::faults;

/// Checks the built-in content, or what it becomes with a folder over it.
pub(super) fn check(folder: Option<&Path>) -> anyhow::Result<ExitCode> {
    let overrides = match folder {
        Some(folder) => files::read_folder(folder)?,
        None => Vec::new(),
    };
    let count = overrides.len();
    let found = check_all(overrides).and_then(|content| {
        let faults = faults(&content);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    });
    match found {
        Ok(()) if folder.is_some() => out(&format!(
            "{count} files over the built-in content: nothing is wrong.\n"
        )),
        Ok(()) => out("The built-in content: nothing is wrong.\n"),
        Err(faults) => {
            let things = match faults.len() {
                1 => "1 thing is wrong".to_owned(),
                n => format!("{n} things are wrong"),
            };
            out(&format!("{faults}\n\n{things}.\n"))?;
            Ok(ExitCode::FAILURE)
        }
    }
}
