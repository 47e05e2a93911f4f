//! Which files a session makes, which it refuses, and what is left after erase and purge.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::PathBuf;

use pim::room::agenda::Planned;
use pim::room::{
    AgendaCommand, AgendaId, Answer, Body, Command, DesignCommand, Mark, MetaCommand, NoteCommand,
    NoteId, NoteKind, Subject, SystemId, TimerCommand,
};
use pim::store::{Condition, Failure, Purge, Sessions, Slot, Start, Store, clock, recover};

use crate::store_support::{as_facilitator, folder, go, holding, note, session};

const NAME: &str = "Rosalind Quennell";

#[test]
fn what_was_written_is_there_when_the_session_is_opened_again() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    let (mut store, mut state) = session(&file);
    go(
        &mut store,
        &mut state,
        note(NoteKind::Decision, Some("matrix"), "agreed"),
    )
    .unwrap();
    go(&mut store, &mut state, Command::Undo).unwrap();
    go(&mut store, &mut state, Command::Redo).unwrap();
    store.close().unwrap();
    let (_, again) = Store::open(&file).unwrap();
    assert_eq!(again, state);
    assert_eq!(
        again.seq, 4,
        "taking back and making again are entries of their own"
    );
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_a_session() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let sessions = Sessions::in_folder(folder.path().join("data/sessions"));
    let (mut store, mut state) = sessions.create("Amman", clock::now()).unwrap();
    go(&mut store, &mut state, note(NoteKind::Note, None, "x")).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(sessions.folder()), 0o700);
    for entry in fs::read_dir(sessions.folder()).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
    let copy = folder.path().join("copy.pim");
    store.copy(&copy).unwrap();
    assert_eq!(mode(&copy), 0o600);
    // A file that somebody opened to others is narrowed when it is opened.
    drop(store);
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o644)).unwrap();
    drop(Store::open(&copy).unwrap());
    assert_eq!(mode(&copy), 0o600);
}

#[test]
fn a_draft_is_kept_until_it_is_saved_or_dropped() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    let (mut store, _) = session(&file);
    let (new, other) = (Slot::New(Some("matrix".to_owned())), Slot::New(None));
    let typed = Body::new(NoteKind::Question, "half a sen\ttence\n");
    store
        .keep_draft(&new, &Body::new(NoteKind::Note, "ha"))
        .unwrap();
    store.keep_draft(&new, &typed).unwrap();
    store.keep_draft(&other, &typed).unwrap();
    drop(store);
    let (mut store, mut state) = Store::open(&file).unwrap();
    let drafts = store.drafts().unwrap();
    assert_eq!(drafts.len(), 2);
    assert!(
        drafts
            .iter()
            .any(|one| one.slot == new && one.body == typed)
    );
    let save = as_facilitator(note(NoteKind::Question, Some("matrix"), "a whole one"));
    store.propose(&mut state, save.settling(new)).unwrap();
    store.drop_draft(&other).unwrap();
    assert_eq!(store.drafts().unwrap(), []);
    assert_eq!(holding(folder.path(), "half a sen"), Vec::<PathBuf>::new());
}

#[test]
fn a_refused_proposal_keeps_its_draft() {
    let folder = folder();
    let (mut store, mut state) = session(&folder.path().join("a.pim"));
    let slot = Slot::New(None);
    store
        .keep_draft(&slot, &Body::new(NoteKind::Note, " "))
        .unwrap();
    let save = as_facilitator(note(NoteKind::Note, None, " ")).settling(slot);
    store.propose(&mut state, save).unwrap_err();
    assert_eq!(store.drafts().unwrap().len(), 1);
}

/// Types a name into every place that takes text, with what erases it there.
fn type_everywhere(store: &mut Store, state: &mut pim::room::RoomState) -> Vec<Subject> {
    let line = "principles/do-no-harm/collect-data/inform-staff-of-risks".to_owned();
    let planned = |title: &str| Planned {
        title: title.to_owned(),
        minutes: 5,
    };
    let edit = |text: &str| {
        Command::Note(NoteCommand::Edit {
            id: NoteId(1),
            body: Body {
                kind: NoteKind::ActionPoint,
                text: text.to_owned(),
                who: text.to_owned(),
                due: text.to_owned(),
            },
        })
    };
    let long = format!("{}{NAME}", "x ".repeat(4_500));
    let commands = [
        Command::Meta(MetaCommand::Title(NAME.to_owned())),
        Command::Meta(MetaCommand::Place(NAME.to_owned())),
        note(NoteKind::Note, Some("matrix"), NAME),
        edit(NAME),
        edit("nobody"),
        note(NoteKind::Note, None, &long),
        Command::Note(NoteCommand::Delete(NoteId(2))),
        Command::Design(DesignCommand::Add(NAME.to_owned())),
        Command::Design(DesignCommand::Mark {
            id: SystemId(1),
            address: line.clone(),
            mark: Mark {
                answer: Some(Answer::ToDo),
                note: NAME.to_owned(),
            },
        }),
        Command::Agenda(AgendaCommand::Add(planned(NAME))),
        Command::Agenda(AgendaCommand::Load(vec![planned(NAME), planned("Close")])),
        Command::Undo,
        Command::Timer(TimerCommand::Set {
            seconds: 60,
            label: NAME.to_owned(),
        }),
    ];
    for command in commands {
        go(store, state, command).unwrap();
    }
    store
        .keep_draft(&Slot::Note(NoteId(1)), &Body::new(NoteKind::Note, NAME))
        .unwrap();
    vec![
        Subject::Session,
        Subject::Note(NoteId(1)),
        Subject::Note(NoteId(2)),
        Subject::System(SystemId(1)),
        Subject::Mark(SystemId(1), line),
        Subject::Item(AgendaId(1)),
        Subject::Item(AgendaId(2)),
        Subject::Timer,
    ]
}

#[test]
fn after_erasing_the_bytes_are_in_no_file_of_the_folder() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    let (mut store, mut state) = session(&file);
    let subjects = type_everywhere(&mut store, &mut state);
    assert!(
        !holding(folder.path(), NAME).is_empty(),
        "the search finds what is there"
    );
    for subject in subjects {
        go(&mut store, &mut state, Command::Erase(subject)).unwrap();
    }
    assert!(store.unscrubbed().is_none());
    assert_eq!(holding(folder.path(), NAME), Vec::<PathBuf>::new());
    assert!(!format!("{state:?}").contains(NAME));
    // Nothing that can still be undone brings it back.
    while go(&mut store, &mut state, Command::Undo).is_ok() {}
    assert!(!format!("{state:?}").contains(NAME));
    store.close().unwrap();
    assert_eq!(holding(folder.path(), NAME), Vec::<PathBuf>::new());
    let (_, again) = Store::open(&file).unwrap();
    assert_eq!(again, state, "what is kept folds to what was seen");
}

#[test]
fn after_purging_nothing_is_left_and_what_is_elsewhere_is_named() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    let (mut store, mut state) = session(&file);
    type_everywhere(&mut store, &mut state);
    let copy = folder.path().join("carried-away.pim");
    store.copy(&copy).unwrap();
    let export = folder.path().join("outcome.md");
    fs::write(&export, NAME).unwrap();
    store.note_export(&export).unwrap();
    assert!(matches!(Purge::plan(&file), Err(Failure::Held(_))));
    store.close().unwrap();
    recover(&file, None).unwrap();
    let crashed = folder.path().join(".a.pim.x1.new");
    fs::write(&crashed, NAME).unwrap();

    let plan = Purge::plan(&file).unwrap();
    let names: Vec<String> = plan
        .removes
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["a.pim", ".a.pim.x1.new", "a.recovered.pim"]);
    let purged = plan.carry_out(false);
    assert_eq!(purged.left, []);
    let mut elsewhere = purged.elsewhere.clone();
    elsewhere.sort();
    assert_eq!(elsewhere, [copy.clone(), export.clone()]);
    let mut left = holding(folder.path(), NAME);
    left.sort();
    assert_eq!(left, [copy, export], "only what was named is left");
}

#[test]
fn purging_takes_exports_and_copies_too_if_asked() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    let (mut store, mut state) = session(&file);
    type_everywhere(&mut store, &mut state);
    store.copy(&folder.path().join("copy.pim")).unwrap();
    store.close().unwrap();
    let purged = Purge::plan(&file).unwrap().carry_out(true);
    assert_eq!(purged.elsewhere, Vec::<PathBuf>::new());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn purging_a_link_removes_what_it_leads_to() {
    let folder = folder();
    let file = folder.path().join("real/a.pim");
    drop(session(&file));
    let link = folder.path().join("link.pim");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let purged = Purge::plan(&link).unwrap().carry_out(false);
    assert_eq!(purged.left, []);
    assert!(!file.exists());
}

#[test]
fn a_copy_is_whole_and_overwrites_nothing() {
    let folder = folder();
    let (mut store, mut state) = session(&folder.path().join("a.pim"));
    go(
        &mut store,
        &mut state,
        note(NoteKind::Note, None, "only in the log so far"),
    )
    .unwrap();
    let to = folder.path().join("b.pim");
    store.copy(&to).unwrap();
    assert!(matches!(store.copy(&to), Err(Failure::Exists(_))));
    assert_eq!(Store::open(&to).unwrap().1, state);
}

#[test]
fn what_is_not_a_session_is_refused_with_what_to_do_and_left_as_it_is() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("letter.pim"), "Dear all").unwrap();
    fs::write(path("empty.pim"), "").unwrap();
    let other = rusqlite::Connection::open(path("other.pim")).unwrap();
    other.execute_batch("CREATE TABLE t (x)").unwrap();
    drop(other);
    drop(session(&path("newer.pim")));
    let newer = rusqlite::Connection::open(path("newer.pim")).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    newer.close().unwrap();
    let mut said = Vec::new();
    for name in [
        "letter.pim",
        "empty.pim",
        "other.pim",
        "newer.pim",
        "none.pim",
    ] {
        let before = fs::read(path(name)).ok();
        let error = Store::open(&path(name)).err().unwrap();
        assert_eq!(fs::read(path(name)).ok(), before, "{name} is left as it is");
        said.push(
            error
                .to_string()
                .replace(&folder.path().display().to_string(), "DIR"),
        );
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        4,
        "nothing was made beside them"
    );
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_newer_version_that_only_the_log_knows_of_is_refused_too() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    drop(session(&file));
    let newer = rusqlite::Connection::open(&file).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    // A program that died before its log went into the file.
    let copy = folder.path().join("b.pim");
    fs::copy(&file, &copy).unwrap();
    fs::copy(
        folder.path().join("a.pim-wal"),
        folder.path().join("b.pim-wal"),
    )
    .unwrap();
    drop(newer);
    assert!(matches!(
        Store::open(&copy),
        Err(Failure::Newer { has: 99, .. })
    ));
}

/// A session of some hundred notes on many pages.
fn large(file: &std::path::Path) -> pim::room::RoomState {
    let (mut store, mut state) = session(file);
    for n in 0..300 {
        let text = format!("note {n} {}", "words and words ".repeat(20));
        go(&mut store, &mut state, note(NoteKind::Note, None, &text)).unwrap();
    }
    store
        .keep_draft(&Slot::New(None), &Body::new(NoteKind::Note, "typing"))
        .unwrap();
    store.close().unwrap();
    state
}

#[test]
fn a_damaged_page_is_refused_and_the_rest_is_recovered_to_a_new_file() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    let whole = large(&file);
    let mut bytes = fs::read(&file).unwrap();
    assert!(bytes.len() > 20 * 4096);
    bytes[12 * 4096..13 * 4096].fill(0xA5);
    fs::write(&file, &bytes).unwrap();
    let error = Store::open(&file).err().unwrap();
    assert!(matches!(error, Failure::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("pim session recover"));
    let recovered = recover(&file, None).unwrap();
    assert_eq!(
        fs::read(&file).unwrap(),
        bytes,
        "the damaged file is left as it is"
    );
    assert_eq!(recovered.file, folder.path().join("a.recovered.pim"));
    assert!(
        recovered.events >= 280 && recovered.lost >= 1,
        "{recovered:?}"
    );
    assert_eq!(recovered.events + recovered.lost, 301);
    assert_eq!(recovered.drafts, 1);
    let (store, state) = Store::open(&recovered.file).unwrap();
    assert_eq!(state.notes.len(), recovered.events - 1);
    for note in state.notes.iter() {
        assert_eq!(whole.notes.get(note.id), Some(note));
    }
    assert_eq!(store.traces().unwrap()[0].kind, "recovered from");
}

#[test]
fn a_smashed_beginning_is_mended_from_a_sound_file() {
    for smashed in [100, 4096] {
        let folder = folder();
        let file = folder.path().join("a.pim");
        let whole = large(&file);
        let mut bytes = fs::read(&file).unwrap();
        bytes[..smashed].fill(0);
        fs::write(&file, &bytes).unwrap();
        assert!(Store::open(&file).is_err());
        let to = folder.path().join("saved.pim");
        let recovered = recover(&file, Some(&to)).unwrap();
        assert_eq!(
            (recovered.events, recovered.lost),
            (301, 0),
            "{smashed} bytes"
        );
        assert_eq!(Store::open(&to).unwrap().1.notes, whole.notes);
    }
}

#[test]
fn what_holds_nothing_readable_is_said_and_no_file_is_made() {
    let folder = folder();
    let file = folder.path().join("a.pim");
    fs::write(&file, vec![7; 8192]).unwrap();
    let error = recover(&file, None).unwrap_err();
    assert!(
        error.to_string().contains("can be read any more"),
        "{error}"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_session_of_today_is_resumed_and_one_of_another_day_is_only_offered() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let folder = folder();
    let sessions = Sessions::in_folder(folder.path());
    let monday = clock::now();
    let tuesday = pim::room::Time(monday.0 + DAY);
    assert!(matches!(
        sessions.start(monday),
        Ok(Start::Fresh {
            offer: None,
            held: None
        })
    ));
    let (mut store, mut state) = sessions.create("Winter planning", monday).unwrap();
    let write = pim::store::Proposal {
        now: monday,
        ..as_facilitator(note(NoteKind::Note, None, "theirs"))
    };
    store.propose(&mut state, write).unwrap();
    match sessions.start(monday).unwrap() {
        Start::Fresh {
            offer: None,
            held: Some(file),
        } => assert_eq!(file, store.file()),
        _ => panic!("another pim has it open"),
    }
    store.end(&state).unwrap();
    match sessions.start(monday).unwrap() {
        Start::Resumed(opened) => assert_eq!(opened.1, state),
        Start::Fresh { .. } => panic!("it is of today"),
    }
    match sessions.start(tuesday).unwrap() {
        Start::Fresh {
            offer: Some(offer),
            held: None,
        } => {
            assert_eq!((offer.title.as_str(), offer.notes), ("Winter planning", 1));
        }
        _ => panic!("another group's notes must not appear on the wall"),
    }
}

#[test]
fn a_scratch_session_that_nobody_wrote_in_goes_away() {
    let folder = folder();
    let sessions = Sessions::in_folder(folder.path());
    let (store, state) = sessions.create("", clock::now()).unwrap();
    assert!(store.file().to_string_lossy().ends_with("-scratch.pim"));
    store.end(&state).unwrap();
    assert_eq!(sessions.list().unwrap(), []);
    let (mut store, mut state) = sessions.create("", clock::now()).unwrap();
    go(&mut store, &mut state, note(NoteKind::Note, None, "kept")).unwrap();
    store.end(&state).unwrap();
    assert_eq!(sessions.list().unwrap().len(), 1);
}

#[test]
fn sessions_are_listed_found_and_renamed() {
    let folder = folder();
    let sessions = Sessions::in_folder(folder.path());
    let now = clock::now();
    let (store, _) = sessions.create("Réunion / Genève", now).unwrap();
    let first = store.file().to_owned();
    store.close().unwrap();
    let (held, _) = sessions.create("Réunion / Genève", now).unwrap();
    fs::write(folder.path().join("bad.pim"), "no").unwrap();
    let mut list = sessions.list().unwrap();
    list.sort_by(|a, b| a.name.cmp(&b.name));
    let conditions: Vec<&Condition> = list.iter().map(|one| &one.condition).collect();
    assert!(matches!(
        conditions[..],
        [Condition::Open, Condition::Held, Condition::Unreadable(_)]
    ));
    assert!(
        list[0].name.ends_with("-reunion-geneve") && list[1].name.ends_with("-reunion-geneve-2")
    );
    assert_eq!(sessions.find(&list[0].name).unwrap(), first);
    assert_eq!(sessions.find("Réunion / Genève").unwrap(), first);
    assert!(matches!(sessions.find("../bad"), Err(Failure::Missing(_))));
    let renamed = sessions.rename(&first, "Amman", now).unwrap();
    assert!(renamed.to_string_lossy().ends_with("-amman.pim") && !first.exists());
    assert_eq!(Store::open(&renamed).unwrap().1.meta.title, "Amman");
    assert!(sessions.rename(held.file(), "x", now).is_err());
}

#[test]
fn a_bell_rings_after_each_write_and_a_late_comer_reads_what_it_missed() {
    let folder = folder();
    let (mut store, mut state) = session(&folder.path().join("a.pim"));
    let (send, heard) = std::sync::mpsc::channel();
    store.wake(Box::new(move |seq| send.send(seq).unwrap()));
    go(&mut store, &mut state, note(NoteKind::Note, None, "one")).unwrap();
    go(&mut store, &mut state, note(NoteKind::Note, None, " ")).unwrap_err();
    go(&mut store, &mut state, note(NoteKind::Note, None, "two")).unwrap();
    drop(store.read_from(0).unwrap());
    assert_eq!(heard.try_iter().collect::<Vec<u64>>(), [2, 3]);
    assert_eq!(store.read_from(2).unwrap().len(), 1);
}

#[test]
fn a_state_of_another_session_is_refused() {
    let folder = folder();
    let (mut store, mut state) = session(&folder.path().join("a.pim"));
    go(&mut store, &mut state, note(NoteKind::Note, None, "x")).unwrap();
    let (_, mut other) = session(&folder.path().join("b.pim"));
    let error = go(&mut store, &mut other, note(NoteKind::Note, None, "y")).unwrap_err();
    assert!(
        error.to_string().contains("open the session again"),
        "{error}"
    );
}

#[test]
fn a_store_can_live_on_a_thread_of_its_own() {
    fn can_move<T: Send>() {}
    can_move::<Store>();
}

/// The long run: `PIM_SMALL_DISK` names a folder on a file system of a megabyte or two.
#[test]
fn a_small_disk_fills_up_and_loses_nothing_that_was_confirmed() {
    let Some(disk) = std::env::var_os("PIM_SMALL_DISK").map(PathBuf::from) else {
        return;
    };
    let file = disk.join("a.pim");
    let (mut store, mut state) = session(&file);
    let text = "words ".repeat(1_000);
    let error = loop {
        match go(&mut store, &mut state, note(NoteKind::Note, None, &text)) {
            Ok(_) => assert!(state.notes.len() < 100_000, "the disk is not small"),
            Err(error) => break error,
        }
    };
    assert!(error.to_string().starts_with("the disk is full"), "{error}");
    drop(store);
    let (mut store, again) = Store::open(&file).unwrap();
    assert_eq!(again, state);
    let content = pim::content::embedded().unwrap();
    let to = disk.join("out");
    let format = pim::export::Format::Json;
    let unwritten = pim::export::export(&content, &state, &clock::zone(), format, &to).unwrap_err();
    assert!(
        unwritten.to_string().starts_with("the disk is full"),
        "{unwritten}"
    );
    assert_eq!(fs::read_dir(&to).map_or(0, Iterator::count), 0);
    // Erasing asks for room too; what cannot be cleaned now is said.
    let erase = Command::Erase(Subject::Note(NoteId(1)));
    let erased = go(&mut store, &mut state, erase).is_ok();
    assert!(!erased || store.unscrubbed().is_some() || state.notes.get(NoteId(1)).is_none());
}
