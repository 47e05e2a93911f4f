//! `pim session`, `pim export` and `pim import`, as they are typed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use clap::Parser;
use pim::cli::export::{ExportArgs, ImportArgs, run_export, run_import};
use pim::cli::session::{SessionCommand, session};
use pim::store::Sessions;

use crate::store_support::folder;

#[derive(Parser)]
enum Pim {
    #[command(subcommand)]
    Session(SessionCommand),
    Export(ExportArgs),
    Import(ImportArgs),
}

/// Runs a line as somebody types it, who answers every question with `yes` or not.
fn pim(folder: &Path, yes: bool, line: &[&str]) -> (String, Vec<String>) {
    let sessions = Sessions::in_folder(folder.join("sessions"));
    let args = ["pim"].iter().chain(line);
    let mut asked = Vec::new();
    let mut ask = |question: &str| {
        asked.push(question.to_owned());
        yes
    };
    let said = match Pim::try_parse_from(args).unwrap() {
        Pim::Session(command) => session(&command, &sessions, &mut ask),
        Pim::Export(args) => run_export(&args, &pim::content::embedded().unwrap(), &sessions),
        Pim::Import(args) => run_import(&args, &sessions),
    };
    let said = said.unwrap_or_else(|error| format!("error: {error:#}"));
    let plain = |text: String| text.replace(&folder.display().to_string(), "DIR");
    (plain(said), asked.into_iter().map(plain).collect())
}

#[test]
fn sessions_are_begun_listed_closed_exported_imported_and_purged() {
    let home = folder();
    let dir = home.path();
    let go = |line: &[&str]| pim(dir, false, line).0;
    assert!(go(&["session", "list"]).starts_with("No sessions yet"));
    assert!(go(&["session", "new", "Winter planning"]).ends_with("-winter-planning.pim\n"));
    assert!(go(&["session", "list"]).contains("  Winter planning  0 notes"));
    assert!(go(&["session", "rename", "Winter planning", "Spring"]).ends_with("-spring.pim\n"));
    assert_eq!(go(&["session", "close", "Spring"]), "Closed: Spring\n");
    assert_eq!(
        go(&["session", "close", "Spring"]),
        "Closed already: Spring\n"
    );
    assert!(go(&["session", "list"]).contains("closed"));
    assert_eq!(
        go(&["session", "close", "--reopen", "Spring"]),
        "Reopened: Spring\n"
    );
    let out = dir.join("out").display().to_string();
    let said = go(&[
        "export",
        "--session",
        "Spring",
        "--format",
        "json",
        "--to",
        &out,
    ]);
    let export = fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
    assert_eq!(
        said,
        format!(
            "Exported to DIR/out/{}\n",
            export.file_name().unwrap().display()
        )
    );
    let said = go(&["import", &export.display().to_string()]);
    assert!(
        said.starts_with("Imported 0 notes to DIR/sessions/"),
        "{said}"
    );
    let copy = dir.join("copy.pim").display().to_string();
    let one = fs::read_dir(dir.join("sessions"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let one = one.display().to_string();
    assert_eq!(
        go(&["session", "copy", &one, &copy]),
        "Copied to DIR/copy.pim\n"
    );
    assert!(go(&["session", "copy", &one, &copy]).contains("never overwritten"));
    assert!(go(&["session", "recover", &copy]).contains("entries saved, 0 lost"));
}

#[test]
fn purging_asks_once_and_says_what_went_and_what_cannot() {
    let home = folder();
    let dir = home.path();
    pim(dir, false, &["session", "new", "Spring"]);
    let out = dir.join("out").display().to_string();
    pim(
        dir,
        false,
        &["export", "-s", "Spring", "-f", "md", "--to", &out],
    );
    let (said, asked) = pim(dir, false, &["session", "purge", "Spring"]);
    assert_eq!(asked.len(), 1);
    assert!(said.contains("Nothing was removed"), "{said}");
    assert!(asked[0].contains("-spring.pim") && asked[0].contains("outcome.md (export)"));
    let (said, asked) = pim(dir, true, &["session", "purge", "Spring"]);
    assert_eq!(asked.len(), 1);
    assert!(said.starts_with("Removed: DIR/sessions/") && said.contains("Still there: DIR/out/"));
    assert!(said.contains("solid-state"));
    assert!(
        pim(dir, true, &["session", "list"])
            .0
            .starts_with("No sessions yet")
    );
    let (said, _) = pim(dir, true, &["session", "purge", "Spring"]);
    assert!(said.contains("there is no session"), "{said}");
}
