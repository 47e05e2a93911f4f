//! What leaves for an audience holds nothing that is not for it, says so, and keeps what is
//! locked; what was exported can be imported again.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use pim::content::CategoryId;
use pim::export::{MapFormat, Paper, render_map};
use pim::operation::import::{preview, tables};
use pim::operation::{
    Coverage, Edit, Entry, Operation, Progress, Sharing, State, difference, for_audience,
};
use pim::page::operation::differences;

use crate::operation_support::{CONTENT, after, five_systems, own, system};

/// The five systems with a worksheet, and a text for each audience.
fn all_levels() -> Operation {
    let entry = Entry {
        progress: Progress::Begun,
        decided: "secret-decision".to_owned(),
        questions: vec!["secret-question".to_owned()],
    };
    let mut edits = vec![Edit::Work(
        "household-survey".to_owned(),
        pim::content::SubStepId::CollectData,
        entry,
    )];
    let lines = pim::room::checklist::principle_lines(
        &CONTENT,
        &[pim::content::SubStepId::CollectData].into(),
    );
    edits.push(Edit::Answer(
        "household-survey".to_owned(),
        lines[0].address.to_string(),
        pim::room::Mark {
            answer: Some(pim::room::Answer::ToDo),
            note: "secret-remark".to_owned(),
        },
    ));
    for (n, level) in Sharing::ALL.iter().enumerate() {
        let text = own("", &format!("text-{}", level.slug()), *level);
        edits.push(Edit::Write(
            CategoryId::CaseManagement,
            pim::content::CriterionId::Sources,
            text,
        ));
        let mut one = system(
            &format!("sys-{}", level.slug()),
            CategoryId::Communicating,
            "Org",
            State::Planned,
        );
        one.sharing = *level;
        one.note = format!("note-{n}-{}", level.slug());
        edits.push(Edit::Add(one));
    }
    after(&five_systems(), edits)
}

/// Everything in a file, as text.
fn everything(format: MapFormat, audience: Sharing) -> String {
    let files = render_map(&CONTENT, &all_levels(), audience, format, Paper::A4).unwrap();
    files
        .into_iter()
        .map(|file| plain(format, &file.bytes))
        .collect()
}

fn plain(format: MapFormat, bytes: &[u8]) -> String {
    if format != MapFormat::Xlsx {
        return String::from_utf8(bytes.to_vec()).unwrap();
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for (name, sheet) in book.worksheets() {
        text.push_str(&format!("== {name}\n"));
        for row in sheet.rows() {
            let row: Vec<String> = row.iter().map(ToString::to_string).collect();
            text.push_str(&format!("{}\n", row.join(" | ")));
        }
    }
    text
}

#[test]
fn no_format_shows_what_is_not_for_its_audience_and_each_says_whom_it_is_for() {
    for format in MapFormat::ALL {
        for audience in Sharing::ALL {
            // Markdown marks hyphens nowhere in words, so the texts can be looked for.
            let text = everything(*format, *audience);
            assert!(text.contains(audience.mark()), "{format:?} {audience:?}");
            for level in Sharing::ALL {
                for what in ["text", "sys"] {
                    let shown = text.contains(&format!("{what}-{}", level.slug()));
                    assert_eq!(
                        shown,
                        level.may_reach(*audience),
                        "{format:?} {audience:?} {level:?}"
                    );
                }
            }
            if *audience != Sharing::Own {
                assert!(!text.contains("secret-"), "{format:?}");
                assert!(!text.contains("Detention visits"), "{format:?}");
                assert!(text.contains("left out"), "{format:?}");
            }
        }
    }
}

#[test]
fn a_page_for_the_humanitarian_community() {
    insta::assert_snapshot!(everything(MapFormat::Md, Sharing::Humanitarian));
}

#[test]
fn a_workbook_holds_the_matrix_with_its_locked_cells_and_the_systems() {
    let text = everything(MapFormat::Xlsx, Sharing::Protection);
    insta::assert_snapshot!(text);
}

#[test]
fn what_was_exported_comes_back_as_it_was() {
    for format in [MapFormat::Xlsx, MapFormat::Csv] {
        let operation = all_levels();
        for file in render_map(&CONTENT, &operation, Sharing::Own, format, Paper::A3).unwrap() {
            let tables = tables(&file.bytes, "again").unwrap();
            let seen = preview(&operation, &tables, &CONTENT);
            assert_eq!(
                seen.operation, operation,
                "{format:?} {}: {:#?}",
                file.what, seen.lines
            );
        }
    }
}

#[test]
fn a_sheet_with_changed_locked_cells_leaves_them_and_says_so() {
    let operation = five_systems();
    let files = render_map(
        &CONTENT,
        &operation,
        Sharing::Own,
        MapFormat::Csv,
        Paper::A4,
    )
    .unwrap();
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    let changed = text.replace("The output of a case management system is", "Ours is");
    assert_ne!(text, changed);
    let seen = preview(
        &operation,
        &tables(changed.as_bytes(), "x").unwrap(),
        &CONTENT,
    );
    assert_eq!(seen.operation, operation);
    let refused: Vec<&str> = seen
        .lines
        .iter()
        .flat_map(|one| &one.remarks)
        .map(String::as_str)
        .collect();
    assert!(
        refused
            .iter()
            .any(|why| why.contains("The output of a case management system is"))
    );
}

#[test]
fn coverage_shows_the_gaps_and_who_does_the_same() {
    let coverage = Coverage::of(&five_systems(), &CONTENT);
    let doubles: Vec<CategoryId> = coverage.doubles().map(|one| one.category).collect();
    assert_eq!(doubles, [CategoryId::PopulationData]);
    let gaps: Vec<(CategoryId, bool)> = coverage
        .gaps()
        .map(|one| (one.category, one.is_coming()))
        .collect();
    assert_eq!(
        gaps,
        [
            (CategoryId::ProtectionNeedsAssessment, true),
            (CategoryId::ResponseMonitoring, false),
            (CategoryId::Security, false),
            (CategoryId::Communicating, false),
        ]
    );
    let (public, _) = for_audience(&five_systems(), Sharing::Public);
    let none = Coverage::of(&public, &CONTENT);
    assert_eq!(none.gaps().count(), 6, "what may not be seen fills no gap");
}

#[test]
fn a_month_later_the_difference_says_what_happened() {
    let before = five_systems();
    let survey = before.system("household-survey").unwrap().clone();
    let now = after(
        &before,
        vec![
            Edit::About(
                [
                    "North province floods",
                    "North province",
                    "April 2026",
                    "en",
                ]
                .map(str::to_owned),
            ),
            Edit::Change(pim::operation::System {
                status: State::Running,
                ..survey
            }),
            Edit::Remove("headcount".to_owned()),
            Edit::Add(system(
                "Radio call-ins",
                CategoryId::Communicating,
                "Internews",
                State::Running,
            )),
        ],
    );
    let changes = difference(&before, &now, &CONTENT);
    insta::assert_snapshot!(differences(&changes, &before, &now));
    assert!(difference(&now, &now, &CONTENT).is_empty());
}

#[test]
fn a_contact_that_somebody_wrote_by_hand_leaves_for_nobody() {
    let text = pim::operation::write(&five_systems())
        .replacen("IM officer", "jane.doe@unhcr.org", 1)
        .replacen("IM officer", "Jane Doe", 1);
    let operation = crate::operation_support::meant(&text).unwrap();
    assert_eq!(
        pim::operation::doubts(&operation),
        [
            "the contact of Arrivals register holds an e-mail address",
            "the contact of Headcount looks like a name",
        ]
    );
    let (shown, withheld) = for_audience(&operation, Sharing::Own);
    assert_eq!(shown.system("arrivals-register").unwrap().contact, "");
    assert!(withheld.said().contains("1 personal contact"));
}
