//! What exports say, that nothing typed becomes markup or a formula, and that what can be
//! read back is what was there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use calamine::Reader;
use jiff::tz::TimeZone;
use pim::content::{Content, embedded};
use pim::export::blocks::Block;
use pim::export::{Document, Format, Unimportable, export, render, write_new};
use pim::room::{Command, MetaCommand, RoomState};
use pim::store::{Sessions, Store, clock};
use proptest::prelude::*;

use crate::export_session::a_workshop;
use crate::room_sitting::Sitting;
use crate::store_support::{folder, note};

/// Reading the content takes longer than any export.
static CONTENT: LazyLock<Content> = LazyLock::new(|| embedded().unwrap());

fn rendered(state: &RoomState, format: Format) -> Vec<(String, Vec<u8>)> {
    let files = render(&CONTENT, state, &TimeZone::UTC, format).unwrap();
    files
        .into_iter()
        .map(|one| (one.what.to_owned(), one.bytes))
        .collect()
}

fn text(state: &RoomState, format: Format) -> String {
    let files = rendered(state, format).into_iter();
    let all: Vec<String> = files
        .map(|(what, bytes)| format!("== {what} ==\n{}", String::from_utf8(bytes).unwrap()))
        .collect();
    all.join("\n")
}

#[test]
fn markdown_reads_as_an_outcome_document() {
    insta::assert_snapshot!(text(&a_workshop().state, Format::Md));
}

#[test]
fn html_reads_as_an_outcome_document() {
    insta::assert_snapshot!(text(&a_workshop().state, Format::Html));
}

#[test]
fn csv_reads_as_tables() {
    let text = text(&a_workshop().state, Format::Csv);
    insta::assert_snapshot!(
        text.replace('\r', "")
            .lines()
            .take(40)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn json_says_everything() {
    insta::assert_snapshot!(text(&a_workshop().state, Format::Json));
}

#[test]
fn ron_says_everything() {
    insta::assert_snapshot!(text(&a_workshop().state, Format::Ron));
}

#[test]
fn a_session_without_anything_says_so() {
    insta::assert_snapshot!(text(&Sitting::new().state, Format::Md));
}

#[test]
fn deleted_notes_are_in_no_export() {
    let state = a_workshop().state;
    for format in Format::ALL.iter().filter(|one| **one != Format::Xlsx) {
        assert!(!text(&state, *format).contains("taken back"), "{format:?}");
    }
}

/// Reads CSV as RFC 4180 says.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    rows
}

/// What stood in a cell before it was made harmless.
fn as_typed(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[test]
fn workbooks_and_csv_read_back_hold_what_was_written_and_no_formula() {
    let state = a_workshop().state;
    let (_, bytes) = rendered(&state, Format::Xlsx).remove(0);
    let mut book: calamine::Xlsx<_> = Reader::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["notes", "checklist", "agenda"]);
    let csv = rendered(&state, Format::Csv);
    for (name, csv) in csv {
        let csv = read_csv(&String::from_utf8(csv).unwrap());
        let sheet = book.worksheet_range(&name).unwrap();
        let cells: Vec<Vec<String>> = sheet
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        assert_eq!(cells, csv, "{name}: both say the same");
        assert!(book.worksheet_formula(&name).unwrap().is_empty());
        for cell in csv.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        }
        if name == "notes" {
            let texts: Vec<&str> = csv.iter().skip(1).map(|row| as_typed(&row[2])).collect();
            let typed: Vec<&str> = state
                .notes
                .iter()
                .map(|one| one.body.text.as_str())
                .collect();
            assert_eq!(texts, typed);
        }
    }
}

#[test]
fn json_and_ron_are_imported_without_loss() {
    let state = a_workshop().state;
    for format in [Format::Json, Format::Ron] {
        let (_, bytes) = rendered(&state, format).remove(0);
        let read = Document::read(&String::from_utf8(bytes).unwrap()).unwrap();
        let again = RoomState::fold(&read.events().unwrap());
        assert_eq!(Document::of(&again), Document::of(&state), "{format:?}");
        assert_eq!(again.meta, state.meta);
        assert_eq!(again.timer, state.timer);
        assert!(again.notes.iter().eq(state.notes.iter()));
        assert!(again.designs.iter().eq(state.designs.iter()));
    }
}

#[test]
fn an_import_of_something_else_says_what_is_wrong() {
    let json = text(&a_workshop().state, Format::Json).replace("== session ==\n", "");
    let long = "x".repeat(10_001);
    let cases = [
        "Dear all".to_owned(),
        "{\"format\": \"other\", \"version\": 1}".to_owned(),
        json.replace("\"version\": 2", "\"version\": 9"),
        json.replace("\"agenda\"", "\"agendum\""),
        json.replace("\"number\": 2", "\"number\": 1"),
        json.replace("matrix/case-management/output", "matrix/../..//<b>"),
        json.replace("an address that this content lacks", &long),
        json.replace("\"minutes\": 45", "\"minutes\": 0"),
        json.replace("2026-03-04T", "yesterday "),
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|case| {
            let error: Unimportable = Document::read(case)
                .and_then(|document| document.events())
                .unwrap_err();
            error.to_string()
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn exports_get_safe_names_and_overwrite_nothing() {
    let folder = folder();
    let mut sitting = Sitting::new();
    let title = "../../etc/CON: \u{202e}r\u{e9}union?";
    sitting
        .propose(1, Command::Meta(MetaCommand::Title(title.to_owned())))
        .unwrap();
    let to = folder.path().join("out");
    let mut paths = Vec::new();
    for _ in 0..2 {
        paths.extend(export(&CONTENT, &sitting.state, &TimeZone::UTC, Format::Md, &to).unwrap());
    }
    let names: Vec<PathBuf> = paths
        .iter()
        .map(|path| path.strip_prefix(&to).unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            PathBuf::from("2026-03-04-etc-con-reunion-outcome.md"),
            PathBuf::from("2026-03-04-etc-con-reunion-outcome-2.md"),
        ]
    );
    assert_eq!(
        fs::read_dir(&to).unwrap().count(),
        2,
        "nothing else is left there"
    );
}

#[cfg(unix)]
#[test]
fn an_export_never_follows_a_link_and_only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let target = folder.path().join("precious");
    fs::write(&target, "precious").unwrap();
    std::os::unix::fs::symlink(&target, folder.path().join("a.md")).unwrap();
    let path = write_new(folder.path(), "a", "md", b"export").unwrap();
    assert_eq!(path, folder.path().join("a-2.md"));
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn an_imported_session_is_a_session_of_its_own() {
    let folder = folder();
    let sessions = Sessions::in_folder(folder.path());
    let state = a_workshop().state;
    let events = Document::of(&state).events().unwrap();
    let (store, imported) = sessions.take_in(&events, clock::now()).unwrap();
    let file = store.file().to_owned();
    store.close().unwrap();
    assert_eq!(Store::open(&file).unwrap().1, imported);
}

/// The characters of a Markdown text as a reader of the language sees them, blanks left
/// out, and whatever markup in it this program never writes.
fn read_markdown(markdown: &str) -> (String, Vec<String>) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let (mut words, mut foreign) = (String::new(), Vec::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) => words.extend(text.split_whitespace()),
            Event::InlineHtml(html) if ["<small>", "</small>", "<br>"].contains(&&*html) => {}
            Event::Start(
                Tag::Paragraph
                | Tag::List(None)
                | Tag::Item
                | Tag::Strong
                | Tag::BlockQuote(None)
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            )
            | Event::End(_)
            | Event::SoftBreak
            | Event::HardBreak => {}
            other => foreign.push(format!("{other:?}")),
        }
    }
    (words, foreign)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_note_survives_every_format_that_can_be_read_back(typed in "\\PC{1,40}(\n\\PC{0,20})?") {
        let mut sitting = Sitting::new();
        prop_assume!(sitting.propose(1, note(pim::room::NoteKind::Note, None, &typed)).is_ok());
        let state = &sitting.state;
        let kept = state.notes.iter().next().unwrap().body.text.clone();
        for format in [Format::Json, Format::Ron] {
            let (_, bytes) = rendered(state, format).remove(0);
            let read = Document::read(&String::from_utf8(bytes).unwrap()).unwrap();
            prop_assert_eq!(read, Document::of(state));
        }
        let (_, csv) = rendered(state, Format::Csv).remove(0);
        let csv = read_csv(&String::from_utf8(csv).unwrap());
        let cell = &csv[1][2];
        let marked = format!("'{kept}");
        prop_assert!(*cell == kept || *cell == marked);
        prop_assert!(!cell.starts_with(['=', '+', '-', '@']));
    }

    #[test]
    fn markdown_reads_back_as_what_was_typed(
        typed in "[-#+=>*_`~|!<&;:@$\\\\.()\\[\\]{}^'\"0-3a-cw/ \n]{0,40}"
    ) {
        let Ok(clean) = pim::room::text::NOTE.required(&typed) else { return Ok(()) };
        for block in [
            Block::Item("Note 1".to_owned(), clean.clone(), vec![clean.clone()]),
            Block::Quote(vec![clean.clone()], clean.clone()),
            Block::Para(clean.clone()),
            Block::Table(vec!["x".to_owned()], vec![vec![clean.clone()]]),
        ] {
            let markdown = pim::export::markdown(std::slice::from_ref(&block));
            let (words, foreign) = read_markdown(&markdown);
            prop_assert_eq!(foreign, Vec::<String>::new(), "{}", markdown);
            let once: String = clean.split_whitespace().collect();
            prop_assert!(words.contains(&once), "{words}\n{markdown}");
        }
    }

    #[test]
    fn no_note_brings_a_tag_into_html(typed in "[<>&\"'a-z/= \n]{1,60}") {
        let mut sitting = Sitting::new();
        prop_assume!(sitting.propose(1, note(pim::room::NoteKind::Note, None, &typed)).is_ok());
        let (_, with) = rendered(&sitting.state, Format::Html).remove(0);
        let mut plain = Sitting::new();
        plain.propose(1, note(pim::room::NoteKind::Note, None, "x")).unwrap();
        let (_, without) = rendered(&plain.state, Format::Html).remove(0);
        let tags = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches('<').count();
        prop_assert_eq!(tags(&with), tags(&without));
    }
}
