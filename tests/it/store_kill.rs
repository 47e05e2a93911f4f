//! A program that is killed at any moment has lost nothing that it confirmed.
//!
//! The test binary runs itself again as the writer, which says "saved N" only after the
//! store confirmed note N, and is killed at a random moment; then the file is opened and
//! counted. `PIM_KILLS=500 cargo test --test it store_kill` is the long run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use pim::room::{Command, NoteId, NoteKind, Subject};
use pim::store::{Failure, Rejected, Slot, Store};

use crate::store_support::{as_facilitator, folder, go, note, session};

const FILE: &str = "PIM_TEST_WRITES_TO";

/// Not a test of its own: what the killed program does.
#[test]
fn writer_that_is_killed() {
    let Some(file) = std::env::var_os(FILE).map(PathBuf::from) else {
        return;
    };
    let (mut store, mut state) = Store::open(&file).unwrap();
    for _ in 0..100_000 {
        let next = state.seq;
        let text = format!("note {next} {}", "words ".repeat((next % 90) as usize));
        let slot = Slot::New(None);
        let body = pim::room::Body::new(NoteKind::Note, text.clone());
        store.keep_draft(&slot, &body).unwrap();
        let write = as_facilitator(note(NoteKind::Note, None, &text)).settling(slot);
        store.propose(&mut state, write).unwrap();
        say(&format!("saved {}", state.seq));
        if next % 17 == 0 {
            // An erasure in between: cleaning up is where most is written at once.
            let id = NoteId(state.seq - 1);
            let _ = go(&mut store, &mut state, Command::Erase(Subject::Note(id)));
            say(&format!("saved {}", state.seq));
        }
    }
}

fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

/// Runs the writer, kills it while it goes on after so many confirmations, and gives back
/// the last number it confirmed.
fn confirmed_before_the_kill(file: &Path, after: usize) -> u64 {
    let mut child = Process::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "store_kill::writer_that_is_killed",
            "--nocapture",
        ])
        .env(FILE, file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let mut confirmed = BufReader::new(out)
        .lines()
        .map_while(Result::ok)
        // The first line begins with what the test runner says of itself.
        .filter_map(|line| line.rsplit_once("saved ")?.1.parse::<u64>().ok());
    let seen = confirmed.by_ref().take(after).max();
    child.kill().unwrap();
    child.wait().unwrap();
    // What it still said between the last line that was waited for and its end counts too.
    confirmed.max().max(seen).unwrap_or_default()
}

#[test]
fn everything_confirmed_is_there_after_a_kill_at_any_moment() {
    let kills: u64 = std::env::var("PIM_KILLS").map_or(40, |kills| kills.parse().unwrap());
    let folder = folder();
    let file = folder.path().join("killed.pim");
    let mut most = session(&file).1.seq;
    let mut random = u64::from(std::process::id()) | 1;
    for kill in 0..kills {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(kill | 1);
        let after = ((random >> 33) % 30) as usize;
        let confirmed = confirmed_before_the_kill(&file, after);
        let (store, state) = Store::open(&file).unwrap();
        assert!(
            state.seq >= confirmed.max(most),
            "confirmed {confirmed}, found {}",
            state.seq
        );
        assert!(
            state.seq <= confirmed.max(most) + 1,
            "only the last entry may lack its confirmation: confirmed {confirmed}, found {}",
            state.seq
        );
        assert!(store.unscrubbed().is_none());
        most = state.seq;
    }
    assert!(most > kills, "the writer came to write: {most} entries");
}

#[test]
fn a_second_program_is_told_that_another_pim_has_the_session_open() {
    let folder = folder();
    let file = folder.path().join("held.pim");
    let (mut store, mut state) = session(&file);
    // A program of its own, since locks of one process do not hold it off.
    let out = Process::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "store_kill::opener_that_is_refused",
            "--nocapture",
        ])
        .env(FILE, &file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(said.contains("refused: another pim has"), "{said}");
    go(
        &mut store,
        &mut state,
        note(NoteKind::Note, None, "still mine"),
    )
    .unwrap();
}

/// Not a test of its own: what the second program does.
#[test]
fn opener_that_is_refused() {
    if let Some(file) = std::env::var_os(FILE).map(PathBuf::from) {
        match Store::open(&file) {
            Err(held @ Failure::Held(_)) => say(&format!("refused: {held}")),
            Err(other) => say(&format!("other: {other}")),
            Ok(_) => say("opened"),
        }
    }
}

#[test]
fn a_second_store_of_the_same_program_is_refused_too() {
    let folder = folder();
    let file = folder.path().join("held.pim");
    let (mut store, mut state) = session(&file);
    assert!(matches!(Store::open(&file), Err(Failure::Held(_))));
    let wrote: Result<_, Rejected> = go(
        &mut store,
        &mut state,
        note(NoteKind::Note, None, "still mine"),
    );
    wrote.unwrap();
}
