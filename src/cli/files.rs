//! Reads a folder of content files, as text with paths below it.

use std::path::Path;

use anyhow::{Context, bail};

use crate::content::File;

/// No content file is nearly this large; a larger one is a mistake.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Every RON file below a folder.
pub fn read_folder(folder: &Path) -> anyhow::Result<Vec<File>> {
    if !folder.is_dir() {
        bail!("{} is not a folder", folder.display());
    }
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) -> anyhow::Result<()> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "ron") {
            files.push(read_file(root, &path)?);
        }
    }
    Ok(())
}

/// One file as text, with its path below `root`.
pub fn read_file(root: &Path, path: &Path) -> anyhow::Result<File> {
    let size = std::fs::metadata(path)
        .with_context(|| format!("cannot read {}", path.display()))?
        .len();
    if size > MOST_BYTES {
        bail!("{} is too large for a content file", path.display());
    }
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} is not a text file in UTF-8", path.display()))?;
    let below = path.strip_prefix(root).unwrap_or(path);
    Ok(File {
        path: below.to_string_lossy().replace('\\', "/"),
        text,
    })
}
