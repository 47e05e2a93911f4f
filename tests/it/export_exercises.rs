//! The exercises in every export: what they say, what they never say, and that they come
//! back whole.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::LazyLock;

use calamine::Reader;
use jiff::tz::TimeZone;
use pim::content::{Content, embedded};
use pim::exercise::{Act, Command as Exercise, Erasable, ExerciseId, ItemId, Vote};
use pim::export::{Ballots, Document, Format, render, render_with};
use pim::room::{Command, RoomState, Subject};
use pim::store::{Sessions, clock};

use crate::export_exercise_room::{Workshop, a_workshop};

static CONTENT: LazyLock<Content> = LazyLock::new(|| embedded().unwrap());

fn files(state: &RoomState, format: Format, ballots: Ballots) -> Vec<(String, Vec<u8>)> {
    let files = render_with(&CONTENT, state, &TimeZone::UTC, format, ballots).unwrap();
    let named = files
        .into_iter()
        .map(|one| (one.what.to_owned(), one.bytes));
    named.collect()
}

fn text(state: &RoomState, format: Format) -> String {
    let files = files(state, format, Ballots::Stay).into_iter();
    let all: Vec<String> = files
        .map(|(what, bytes)| format!("== {what} ==\n{}", String::from_utf8(bytes).unwrap()))
        .collect();
    all.join("\n").replace('\r', "")
}

#[test]
fn markdown_tells_every_exercise() {
    insta::assert_snapshot!(text(&a_workshop().state, Format::Md));
}

#[test]
fn html_tells_every_exercise_with_bars() {
    insta::assert_snapshot!(text(&a_workshop().state, Format::Html));
}

#[test]
fn tables_hold_every_exercise() {
    insta::assert_snapshot!(text(&a_workshop().state, Format::Csv));
}

#[test]
fn json_holds_every_exercise_as_counts() {
    insta::assert_snapshot!(text(&a_workshop().state, Format::Json));
}

#[test]
fn workbooks_say_what_the_tables_say() {
    let state = a_workshop().state;
    let (_, bytes) = files(&state, Format::Xlsx, Ballots::Stay).remove(0);
    let mut book: calamine::Xlsx<_> = Reader::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = files(&state, Format::Csv, Ballots::Stay)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(book.sheet_names(), names);
    for name in &names {
        assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name}");
    }
    let ranking = book.worksheet_range("ranking").unwrap();
    let points: Vec<Option<f64>> = ranking
        .rows()
        .skip(1)
        .map(|row| calamine::DataType::get_float(&row[5]))
        .collect();
    assert!(
        points.iter().all(Option::is_some),
        "numbers are numbers: {points:?}"
    );
}

/// A ballot has a look of its own in every format that could hold one.
fn has_ballots(format: Format, text: &str) -> bool {
    match format {
        Format::Json => text.contains("\"ballots\": ["),
        Format::Ron => text.contains("ballots: Some("),
        _ => text.contains("Ballot (order means nothing)"),
    }
}

#[test]
fn no_default_export_holds_a_ballot() {
    let state = a_workshop().state;
    for format in [Format::Json, Format::Ron, Format::Csv] {
        assert!(!has_ballots(format, &text(&state, format)), "{format:?}");
        let asked: Vec<u8> = files(&state, format, Ballots::Travel)
            .into_iter()
            .flat_map(|(_, bytes)| bytes)
            .collect();
        let asked = String::from_utf8(asked).unwrap();
        assert!(
            has_ballots(format, &asked),
            "the test knows a ballot in {format:?}"
        );
    }
    for format in [Format::Md, Format::Html] {
        let asked = render_with(&CONTENT, &state, &TimeZone::UTC, format, Ballots::Travel);
        let error = asked.unwrap_err().to_string();
        assert!(error.contains("has no place for ballots"), "{error}");
    }
    for format in Format::ALL {
        let plain = render(&CONTENT, &state, &TimeZone::UTC, *format).unwrap();
        let tables = plain.iter().map(|one| one.what);
        assert!(!tables.into_iter().any(|name| name == "ballots"));
    }
}

/// Two rooms in which the same was said, by other people on other ballots, in another
/// order: by default nobody can tell one from the other.
#[test]
fn exports_tell_what_a_room_said_and_nothing_of_who_said_what() {
    let room = |ballots: &[(&[u16], &[u16])]| {
        let mut workshop = Workshop::new();
        workshop.opens("s", "S", pim::exercise::Settings::default());
        workshop.goes(pim::exercise::Phase::Collect);
        workshop.names(&["a", "b", "c"]);
        workshop.goes(pim::exercise::Phase::Tag);
        for (must, nice) in ballots {
            workshop.tags(1, must, nice);
        }
        workshop.goes(pim::exercise::Phase::Reveal);
        let formats = Format::ALL.iter().filter(|one| **one != Format::Xlsx);
        formats
            .map(|format| text(&workshop.state, *format))
            .collect::<Vec<String>>()
    };
    let one = room(&[
        (&[1], &[2]),
        (&[1, 2], &[]),
        (&[], &[]),
        (&[3], &[]),
        (&[], &[1]),
    ]);
    let other = room(&[
        (&[], &[]),
        (&[1, 2, 3], &[]),
        (&[1], &[2]),
        (&[], &[1]),
        (&[], &[]),
    ]);
    assert_eq!(one, other);
}

#[test]
fn a_result_of_too_few_people_is_shut_in_every_export_until_the_room_agrees() {
    let mut workshop = a_workshop();
    for format in [Format::Json, Format::Ron, Format::Csv] {
        let all: Vec<u8> = files(&workshop.state, format, Ballots::Travel)
            .into_iter()
            .filter(|(what, _)| what != "items")
            .flat_map(|(_, bytes)| bytes)
            .collect();
        let all = String::from_utf8(all).unwrap();
        if format == Format::Csv {
            let lines = all.lines().filter(|line| line.contains("Land titles"));
            let ballots: Vec<&str> = lines.filter(|line| line.contains(",must")).collect();
            assert_eq!(ballots, Vec::<&str>::new());
        }
    }
    let document = Document::with(&workshop.state, Ballots::Travel);
    let shut = serde_json::to_value(&document).unwrap();
    let round = &shut["exercises"][2]["rounds"][0];
    assert_eq!(round["counted"]["turnout"]["people"], 3);
    assert!(round["counted"]["count"].is_null());
    assert!(round.get("ballots").is_none());
    let markdown = text(&workshop.state, Format::Md);
    assert!(markdown.contains("3 handed in; a result of fewer than five people"));

    workshop.does(Exercise::In(
        ExerciseId(3),
        Act::FewAgree {
            vote: Vote::Tag,
            agrees: true,
        },
    ));
    let markdown = text(&workshop.state, Format::Md);
    assert!(markdown.contains("Land titles leads: 3 of 3"), "{markdown}");
}

fn imported(state: &RoomState, format: Format, ballots: Ballots) -> (RoomState, usize) {
    let (_, bytes) = files(state, format, ballots).remove(0);
    let document = Document::read(&String::from_utf8(bytes).unwrap()).unwrap();
    let folder = crate::store_support::folder();
    let sessions = Sessions::in_folder(folder.path());
    let events = document.events().unwrap();
    let (mut store, mut state) = sessions.take_in(&events, clock::now()).unwrap();
    let taken = store
        .take_in_ballots(&mut state, &document.ballots().unwrap())
        .unwrap();
    let file = store.file().to_owned();
    store.close().unwrap();
    let again = pim::store::Store::open(&file).unwrap().1;
    assert_eq!(again.exercises, state.exercises);
    assert_eq!(again.ballots.clone(), state.ballots);
    (again, taken)
}

#[test]
fn exercises_are_imported_without_loss_and_their_results_too() {
    let state = a_workshop().state;
    for format in [Format::Json, Format::Ron] {
        let (again, taken) = imported(&state, format, Ballots::Stay);
        assert_eq!(taken, 0);
        assert_eq!(Document::of(&again), Document::of(&state), "{format:?}");
        for readable in [Format::Md, Format::Html, Format::Csv] {
            assert_eq!(
                text(&again, readable),
                text(&state, readable),
                "{readable:?}"
            );
        }
    }
}

#[test]
fn ballots_that_travel_are_counted_again_where_they_arrive() {
    let state = a_workshop().state;
    let (again, taken) = imported(&state, Format::Json, Ballots::Travel);
    assert_eq!(
        taken,
        8 + 8 + 7,
        "two votes of eight and one of seven; three stay shut"
    );
    let rounds = |state: &RoomState| Document::with(state, Ballots::Travel);
    assert_eq!(rounds(&again), rounds(&state));
    assert_eq!(text(&again, Format::Md), text(&state, Format::Md));
}

#[test]
fn words_that_were_hidden_or_erased_are_in_no_readable_export() {
    let mut workshop = a_workshop();
    workshop.tells(Command::Erase(Subject::Exercise(Erasable::Item(
        ExerciseId(1),
        ItemId(2),
    ))));
    for format in [Format::Md, Format::Html, Format::Csv] {
        let text = text(&workshop.state, format);
        assert!(!text.contains("said in anger"), "hidden, in {format:?}");
        assert!(!text.contains("roads are open"), "erased, in {format:?}");
    }
    let json = text(&workshop.state, Format::Json);
    assert!(!json.contains("roads are open"));
    let (again, _) = imported(&workshop.state, Format::Json, Ballots::Stay);
    assert_eq!(Document::of(&again), Document::of(&workshop.state));
}

#[test]
fn a_document_of_before_the_exercises_is_still_read() {
    let state = crate::export_session::a_workshop().state;
    let (_, bytes) = files(&state, Format::Json, Ballots::Stay).remove(0);
    let old = String::from_utf8(bytes)
        .unwrap()
        .replace("\"version\": 2", "\"version\": 1");
    let events = Document::read(&old).unwrap().events().unwrap();
    assert_eq!(RoomState::fold(&events).notes.len(), state.notes.len());
}

#[test]
fn a_document_that_does_not_fit_together_is_refused_with_its_place() {
    let (_, bytes) = files(&a_workshop().state, Format::Json, Ballots::Travel).remove(0);
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let spoiled = |path: &str, value: serde_json::Value| {
        let mut json = json.clone();
        *json.pointer_mut(path).unwrap() = value;
        let document = Document::read(&json.to_string()).unwrap();
        let events = document.events().map(drop);
        let said = events.and_then(|()| document.ballots().map(drop));
        said.unwrap_err().to_string()
    };
    let said = [
        spoiled("/exercises/0/number", 0.into()),
        spoiled("/exercises/1/number", 1.into()),
        spoiled("/exercises/0/items/0/number", 2.into()),
        spoiled("/exercises/0/items/0/text", "x".repeat(201).into()),
        spoiled("/exercises/0/groups/0/items", serde_json::json!([1, 99])),
        spoiled("/exercises/0/rounds/1/number", 2.into()),
        spoiled("/exercises/0/rounds/0/counted/count/Tags/of", 1.into()),
        spoiled(
            "/exercises/0/rounds/1/counted/count/Ranks/tally/above/0/1",
            99.into(),
        ),
        spoiled("/exercises/1/rounds/0/hands/0/must", 99.into()),
        spoiled("/exercises/0/rounds/0/ballots/0/Tags/people", 0.into()),
        spoiled(
            "/exercises/0/rounds/1/ballots/1/Ranks/places",
            serde_json::json!([[1], [1]]),
        ),
    ];
    insta::assert_snapshot!(said.join("\n"));
}
