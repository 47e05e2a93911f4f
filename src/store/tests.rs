//! What only the inside of the store can bring about: a full disk, a crash between two
//! steps, an older schema.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::*;
use crate::room::{Body, MetaEvent, NoteCommand, NoteKind};

fn opening() -> Event {
    Event {
        by: Role::Facilitator,
        what: What::Meta(MetaEvent::Opened {
            at: Time(1),
            title: "Test".to_owned(),
            date: "2026-03-04".to_owned(),
            place: String::new(),
        }),
    }
}

fn write(text: &str) -> Proposal {
    let command = Command::Note(NoteCommand::Write {
        anchor: None,
        body: Body::new(NoteKind::Note, text),
    });
    Proposal::new(SeatId(1), Role::Facilitator, command, Time(5))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn holds(folder: &Path, needle: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|one| one.unwrap().path());
    files
        .filter(|path| {
            let bytes = std::fs::read(path).unwrap_or_default();
            bytes
                .windows(needle.len())
                .any(|part| part == needle.as_bytes())
        })
        .collect()
}

#[test]
fn a_full_disk_is_said_and_nothing_of_the_proposal_is_kept() {
    let folder = folder();
    let file = folder.path().join("full.pim");
    let (mut store, mut state) = Store::create(&file, &[opening()]).unwrap();
    store.propose(&mut state, write("fits")).unwrap();
    let pages: i64 = store
        .log
        .db
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    store
        .log
        .db
        .query_row(
            &format!("PRAGMA max_page_count = {}", pages + 1),
            [],
            |_| Ok(()),
        )
        .unwrap();
    let before = state.clone();
    let error = store
        .propose(&mut state, write(&"x".repeat(9_999)))
        .unwrap_err();
    assert!(matches!(error, Rejected::Failed(Failure::Full)), "{error}");
    assert_eq!(
        error.to_string(),
        "the disk is full, so this was not saved; make room and save again"
    );
    assert_eq!(state, before);
    store
        .log
        .db
        .query_row("PRAGMA max_page_count = 100000", [], |_| Ok(()))
        .unwrap();
    store.propose(&mut state, write("room again")).unwrap();
    drop(store);
    assert_eq!(Store::open(&file).unwrap().1, state);
}

#[test]
fn a_file_that_turns_read_only_is_said_and_the_state_stays() {
    let folder = folder();
    let (mut store, mut state) = Store::create(&folder.path().join("a.pim"), &[opening()]).unwrap();
    store
        .log
        .db
        .execute_batch("PRAGMA query_only = ON")
        .unwrap();
    let before = state.clone();
    let error = store.propose(&mut state, write("no")).unwrap_err();
    assert!(
        matches!(error, Rejected::Failed(Failure::ReadOnly(_))),
        "{error}"
    );
    assert_eq!(state, before);
}

#[test]
fn an_erasure_that_could_not_be_cleaned_up_is_finished_when_the_file_is_opened_next() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    let (mut store, mut state) = Store::create(&file, &[opening()]).unwrap();
    store
        .propose(&mut state, write("name of a survivor"))
        .unwrap();
    let id = state.notes.iter().next().unwrap().id;
    // A program that dies between the commit and the cleaning.
    let mut erase = || {
        let what = What::Erased(Subject::Note(id));
        let by = Role::Facilitator;
        Ok(vec![Event { by, what }])
    };
    store.log.append(state.seq, &mut erase).unwrap();
    drop(store);
    assert!(
        Connection::open(&file)
            .unwrap()
            .query_row("SELECT value FROM facts WHERE name = 'scrub'", [], |_| Ok(
                ()
            ))
            .is_ok()
    );
    let (store, state) = Store::open(&file).unwrap();
    assert!(store.unscrubbed().is_none());
    assert!(state.notes.is_empty());
    assert_eq!(holds(folder.path(), "survivor"), Vec::<PathBuf>::new());
    assert!(store.log.fact("scrub").unwrap().is_none());
}

#[test]
fn no_room_to_clean_up_after_an_erasure_is_said_and_the_text_is_gone_from_the_session() {
    let folder = folder();
    let (mut store, mut state) = Store::create(&folder.path().join("a.pim"), &[opening()]).unwrap();
    store
        .propose(&mut state, write("name of a survivor"))
        .unwrap();
    let id = state.notes.iter().next().unwrap().id;
    // A folder in the way of wiping stands for whatever makes it fail.
    let stuck = folder.path().join("a.pim.v1.bak");
    std::fs::create_dir_all(stuck.join("inner")).unwrap();
    let erase = Proposal::new(
        SeatId(1),
        Role::Facilitator,
        Command::Erase(Subject::Note(id)),
        Time(9),
    );
    store.propose(&mut state, erase).unwrap();
    assert!(store.unscrubbed().is_some());
    assert!(state.notes.is_empty());
    assert_eq!(store.log.fact("scrub").unwrap().as_deref(), Some("pending"));
}

/// The tables as version 1 had them; not taken from the schema, which may change its mind.
fn version_1(file: &Path) {
    let db = Connection::open(file).unwrap();
    let event = serde_json::to_string(&opening()).unwrap();
    db.execute_batch(&format!(
        "PRAGMA application_id = 0x70696d57; PRAGMA user_version = 1;
         CREATE TABLE events (seq INTEGER PRIMARY KEY, event TEXT NOT NULL) STRICT;
         CREATE TABLE drafts (slot TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
         INSERT INTO events VALUES (1, '{event}');"
    ))
    .unwrap();
}

#[test]
fn an_older_schema_migrates_and_leaves_a_backup_that_purging_finds() {
    let folder = folder();
    let file = folder.path().join("old.pim");
    version_1(&file);
    let (mut store, mut state) = Store::open(&file).unwrap();
    assert_eq!(state.meta.title, "Test");
    store.propose(&mut state, write("written after")).unwrap();
    assert_eq!(schema::version(&store.log.db).unwrap(), schema::VERSION);
    let backup = folder.path().join("old.pim.v1.bak");
    let old: i64 = Connection::open(&backup)
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(old, 1);
    drop(store);
    assert!(Purge::plan(&file).unwrap().removes.contains(&backup));
}

#[test]
fn erasing_reaches_the_backup_of_a_migration() {
    let folder = folder();
    let file = folder.path().join("old.pim");
    version_1(&file);
    let (mut store, mut state) = Store::open(&file).unwrap();
    let erase = Command::Erase(Subject::Session);
    store
        .propose(
            &mut state,
            Proposal::new(SeatId(1), Role::Facilitator, erase, Time(9)),
        )
        .unwrap();
    assert!(store.unscrubbed().is_none());
    assert!(!folder.path().join("old.pim.v1.bak").exists());
}
