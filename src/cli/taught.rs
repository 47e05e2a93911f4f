//! What a user taught Find: one RON file of the user's own, never the shipped one.
//!
//! The file is at `taught.ron` in the data folder (`$XDG_DATA_HOME/pim-workshop`, or
//! `~/.local/share/pim-workshop`). It can be read, edited, copied to a colleague.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use crate::content::{Faults, File};
use crate::search::Taught;

/// The file as written.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawTaught {
    schema: u32,
    taught: Vec<Taught>,
}

/// Where the program keeps what is the user's own.
pub fn data_folder() -> anyhow::Result<PathBuf> {
    let base = etcetera::choose_base_strategy().context("this user has no home folder")?;
    Ok(base.data_dir().join("pim-workshop"))
}

/// Where taught phrases are kept.
pub fn path() -> anyhow::Result<PathBuf> {
    Ok(data_folder()?.join("taught.ron"))
}

/// What was taught; nothing where there is no file.
pub fn read(path: &Path) -> anyhow::Result<Vec<Taught>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let file = File {
        path: path.display().to_string(),
        text,
    };
    let mut faults = Faults::default();
    match file.read::<RawTaught>(&mut faults) {
        Some(raw) if faults.is_empty() => Ok(raw.taught),
        _ => Err(faults.into()),
    }
}

/// Keeps what was taught: whole or not at all.
pub fn write(path: &Path, taught: &[Taught]) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let raw = RawTaught {
        schema: 1,
        taught: taught.to_vec(),
    };
    let pretty = ron::ser::PrettyConfig::new().indentor("  ").new_line("\n");
    let text = ron::ser::to_string_pretty(&raw, pretty)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)
        .with_context(|| format!("cannot write in {}", folder.display()))?;
    writeln!(
        file,
        "// Phrases taught to Find: phrase and category. Yours to edit and to share.\n{text}"
    )?;
    file.as_file().sync_all()?;
    file.persist(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}
