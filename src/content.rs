//! The framework's content: model, loading, checks, addresses.
//!
//! Owns what the RON files mean. Knows neither terminal, file system, clock nor
//! network: files come in as text, and the embedded ones are part of the binary.
//! Promises that a [`Content`] is complete (every cell, step and principle there,
//! every reference resolved), that everything wrong in a set of files is reported at
//! once, and that a text which a source states in a locked row cannot be replaced.
//! Start at [`shipped`], [`embedded`] and [`with_overrides`].

pub mod address;
mod check;
pub mod fault;
mod file;
pub mod ids;
mod later;
mod mend;
pub mod model;
mod overlay;
pub mod passage;
mod raw;
pub(crate) mod tree;

pub use address::{Address, Place, Tab};
pub use fault::{Fault, Faults};
pub use file::File;
pub use ids::{CategoryId, CriterionId, PrincipleId, Stage, StepId, SubStepId};
pub use later::Later;
pub use model::Content;
pub use passage::{Origin, Passage, Piece, Status};

use include_dir::{Dir, include_dir};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// Pages of the guide that the program makes from other parts of the content.
pub(crate) use check::MADE_PAGES;

/// The files that are part of the binary.
pub fn shipped_files() -> Vec<File> {
    shipped_below(&[""])
}

/// Those of them whose paths begin with one of these.
fn shipped_below(beginnings: &[&str]) -> Vec<File> {
    let mut files = Vec::new();
    collect(&SHIPPED, beginnings, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(dir: &Dir<'_>, beginnings: &[&str], files: &mut Vec<File>) {
    let wanted = |path: &str| beginnings.iter().any(|one| path.starts_with(one));
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if is_content(&path)
            && wanted(&path)
            && let Some(text) = file.contents_utf8()
        {
            files.push(File {
                path,
                text: text.to_owned(),
            });
        }
    }
    // Other folders are not even listed: their names lie in memory beside their texts, and to read
    // them takes pages of the program that are not needed yet.
    let leads = |inner: &&Dir<'_>| {
        let folder = format!("{}/", inner.path().to_string_lossy().replace('\\', "/"));
        let mut all = beginnings.iter();
        all.any(|one| one.starts_with(&folder) || folder.starts_with(one))
    };
    for inner in dir.dirs().filter(leads) {
        collect(inner, beginnings, files);
    }
}

/// The shipped RON files of a folder as path and text, for parts with readers of their own.
pub fn folder(name: &str) -> Vec<(&'static str, &'static str)> {
    let files = SHIPPED.get_dir(name).into_iter().flat_map(Dir::files);
    let mut files: Vec<(&str, &str)> = files
        .filter(|file| {
            file.path()
                .extension()
                .is_some_and(|ending| ending == "ron")
        })
        .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
        .collect();
    files.sort_unstable();
    files
}

/// Whether a path below the content folder is one that the model is made from.
pub fn is_content(path: &str) -> bool {
    let root = matches!(path, "process.ron" | "editor.ron" | "scenarios.ron");
    let below = ["sources/", "matrix/", "principles/", "guide/"]
        .iter()
        .any(|folder| path.starts_with(folder));
    std::path::Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "ron")
        && (root || below)
}

/// Whether a file is one of hints, as it ships.
fn is_hints(file: &File) -> bool {
    let shipped = SHIPPED.get_file(&file.path);
    file.path.starts_with("hints/")
        && shipped.and_then(|one| one.contents_utf8()) == Some(file.text.as_str())
}

/// Whether a path is one of Find's vocabulary, which has a reader of its own.
fn is_vocabulary(path: &str) -> bool {
    path.starts_with("thesaurus/") || path.starts_with("questions/")
}

/// The content that is part of the binary, all of it read and checked.
pub fn embedded() -> Result<Content, Faults> {
    check::content(&shipped_files())
}

/// The same for a reader who waits: what the first screen may show is read and checked, the
/// rest when it is first looked at. It is what [`embedded`] gives, and a test holds that.
pub fn shipped() -> Result<Content, Faults> {
    check::shipped()
}

/// Everything that `pim check` reports: what loading refuses, and references that a
/// reader never follows.
pub fn check_all(overrides: Vec<File>) -> Result<Content, Faults> {
    let content = if overrides.is_empty() {
        embedded()?
    } else {
        with_overrides(overrides.clone())?
    };
    let files = overlay::merge(shipped_files(), overrides);
    let faults = check::references(&content, &files);
    if faults.is_empty() {
        Ok(content)
    } else {
        Err(faults)
    }
}

/// The embedded content with a folder's files over it: a file with the same path
/// replaces the shipped one, others are added. What a source states stays. Find's
/// vocabulary is taken along as text; who reads it says what is wrong with it.
pub fn with_overrides(overrides: Vec<File>) -> Result<Content, Faults> {
    let shipped = embedded()?;
    let mut faults = Faults::default();
    let (vocabulary, overrides): (Vec<File>, Vec<File>) = overrides
        .into_iter()
        .partition(|file| is_vocabulary(&file.path));
    // A copy of the whole folder has the hints in it too.
    let overrides: Vec<File> = overrides.into_iter().filter(|one| !is_hints(one)).collect();
    for file in &overrides {
        if file.path.starts_with("hints/") {
            faults.push(file.fault("hints are part of the program and stay as they ship"));
        } else if !is_content(&file.path) {
            faults.push(
                file.fault(
                    "no content has this path; see the files that `pim print sources` lists",
                ),
            );
        }
    }
    let paths: Vec<String> = overrides.iter().map(|file| file.path.clone()).collect();
    let files = overlay::merge(shipped_files(), overrides);
    match check::content(&files) {
        Err(more) => faults.append(more),
        Ok(mut content) if faults.is_empty() => {
            faults.append(overlay::guard(&shipped, &content, &files));
            if faults.is_empty() {
                content.overridden = paths;
                content.vocabulary = vocabulary;
                return Ok(content);
            }
        }
        Ok(_) => {}
    }
    Err(faults)
}
