//! Spreadsheets as people keep them become systems, or are refused row by row with a reason.

use pim::content::{CategoryId, CriterionId};
use pim::operation::import::{Preview, Unreadable, What, preview, tables};
use pim::operation::{Operation, Sharing, State, write};
use rust_xlsxwriter::{Format, Workbook};

use crate::operation_support::{CONTENT, five_systems, meant};

fn taken(operation: &Operation, bytes: &[u8]) -> Preview {
    preview(operation, &tables(bytes, "list.csv").unwrap(), &CONTENT)
}

fn said(preview: &Preview) -> String {
    let lines = preview.lines.iter().map(|one| {
        let remarks = one.remarks.join("; ");
        format!(
            "{} {}: {} {} | {remarks}\n",
            one.sheet,
            one.row,
            one.what.word(),
            one.about
        )
    });
    let remarks = preview.remarks.iter().map(|one| format!("{one}\n"));
    remarks.chain(lines).collect()
}

const MESSY: &str = "\u{feff}Systems as of March;;;;;\n\
;;;;;\n\
 STATUS ;Lead agency;Name of the system;PIM Category;Colour;Focal point\n\
ongoing;IOM;Arrivals register;Population data;blue;Registration officer\n\
;;;;;\n\
Active;UNHCR;\"Calls,\nweekly\";protection monitoring / Case Management;;amina@example.org\n\
running;UNHCR;Border watch;Protection Monitorin;;\n\
sometimes;DRC;Survey;Protection Needs Assessments;;\n\
;;;Population Data;;\n\
planned;DRC;Survey;Protection Needs Assessments;;\n\
planned;DRC;survey ;Sectoral Systems/Other;;\n\
on hold;;=HYPERLINK(1);PD;;\n";

#[test]
fn a_messy_table_is_taken_row_by_row_with_reasons() {
    let seen = taken(&five_systems(), MESSY.as_bytes());
    insta::assert_snapshot!(said(&seen));
    let survey = seen.operation.system("survey").unwrap();
    let both = [CategoryId::ProtectionNeedsAssessment, CategoryId::Sectoral];
    assert_eq!(
        (survey.categories.as_slice(), survey.status),
        (&both[..], State::Planned)
    );
    let calls = seen.operation.system("calls-weekly").unwrap();
    assert!(calls.contact.is_empty(), "no address of a person is kept");
    assert_eq!(
        calls.sharing,
        Sharing::Own,
        "what says nothing is for nobody else"
    );
    assert_eq!(meant(&write(&seen.operation)).unwrap(), seen.operation);
}

#[test]
fn the_same_table_again_changes_nothing() {
    let once = taken(&five_systems(), MESSY.as_bytes());
    let again = taken(&once.operation, MESSY.as_bytes());
    assert_eq!(again.operation, once.operation);
    assert_eq!(again.count(What::Added), 0);
}

#[test]
fn older_encodings_and_other_separators_are_read() {
    let latin = b"Nom,Organisation,Category\nEnqu\xeate,DRC,\"Case Management, Population Data\"\n";
    let seen = taken(&Operation::default(), latin);
    assert_eq!(seen.operation.systems[0].name, "Enquête");
    assert_eq!(seen.operation.systems[0].categories.len(), 2);
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            "System\tAgency\tType\nA\tB\tCM\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    assert_eq!(
        taken(&Operation::default(), &wide).operation.systems[0].organisation,
        "B"
    );
}

#[test]
fn merged_cells_and_cells_far_away_are_no_trouble() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let look = Format::new();
    page.merge_range(0, 0, 0, 3, "Systems in the north", &look)
        .unwrap();
    for (at, name) in (0..).zip(["Organisation", "System", "Category", "Status"]) {
        page.write(2, at, name).unwrap();
    }
    // One row more than there are systems: what is only lent is no row.
    page.merge_range(3, 0, 6, 0, "IOM", &look).unwrap();
    for (row, name) in (3..).zip(["Register", "Flow counts", "Site list"]) {
        page.write(row, 1, name).unwrap();
        page.write(row, 2, "Population Data").unwrap();
        page.write(row, 3, "running").unwrap();
    }
    page.write(1_048_575, 16_383, "far away").unwrap();
    let seen = taken(&Operation::default(), &book.save_to_buffer().unwrap());
    let who: Vec<&str> = seen
        .operation
        .systems
        .iter()
        .map(|one| one.organisation.as_str())
        .collect();
    assert_eq!(who, ["IOM", "IOM", "IOM"], "{}", said(&seen));
    assert_eq!((seen.lines.len(), seen.lines[2].row), (3, 6));
}

#[test]
fn ten_thousand_rows_are_taken_and_come_back_byte_for_byte() {
    let mut text = String::from("Name,Agency,Category\n");
    for n in 0..10_000 {
        text.push_str(&format!(
            "\u{645}\u{631}\u{643}\u{632} {n},Org {},CM\n",
            n % 40
        ));
    }
    let seen = taken(
        &Operation {
            name: "x".to_owned(),
            ..Operation::default()
        },
        text.as_bytes(),
    );
    assert_eq!(seen.count(What::Added), 10_000);
    let file = write(&seen.operation);
    assert_eq!(write(&meant(&file).unwrap()), file);
    let more = format!("Name\n{}", "x\n".repeat(20_001));
    assert!(matches!(
        tables(more.as_bytes(), "x"),
        Err(Unreadable::TooLong { .. })
    ));
}

#[test]
fn a_matrix_that_comes_back_brings_new_words_and_no_change_of_a_locked_cell() {
    let text = "Criterion,Population Data,Case Management\n\
        Definition,Our own definition,\n\
        Methods,Headcount by volunteers,\"Home visits\n\nBy phone\"\n\
        Output,,Anything we like\n\
        Evaluation,Two counts that do not agree,\n";
    let seen = taken(&five_systems(), text.as_bytes());
    insta::assert_snapshot!(said(&seen));
    for row in [CriterionId::Definition, CriterionId::Output] {
        for category in CategoryId::ALL {
            assert!(seen.operation.adapted(*category, row).is_none());
        }
    }
    assert_eq!(seen.operation.endorsed, five_systems().endorsed);
}

#[test]
fn what_is_no_table_is_said_and_never_a_panic() {
    let nothing = taken(&five_systems(), b"just,some\nwords,here\n");
    assert_eq!(nothing.operation, five_systems());
    insta::assert_snapshot!(said(&nothing));
    assert!(tables(b"PK\x03\x04 not really", "x").is_err());
    for bytes in [
        &b""[..],
        b"\xff\xfe\x00",
        b"\"",
        b"Name,Category\n\"open",
        b"\x00\x01\x02",
    ] {
        let tables = tables(bytes, "x").unwrap_or_default();
        preview(&five_systems(), &tables, &CONTENT);
    }
}
