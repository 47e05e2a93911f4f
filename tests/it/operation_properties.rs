//! Whatever an operation holds and whatever path it comes by: what a source states in a
//! locked row stays, files come back byte for byte, and comments stay.

use pim::content::{CategoryId, Content, CriterionId, Place};
use pim::operation::import::{Table, preview};
use pim::operation::{
    Edit, Endorsed, Entry, Operation, Own, Progress, Sharing, State, System, Versions, rewrite,
    write,
};
use pim::page::{Kind, Lens, Page};
use proptest::prelude::*;
use std::sync::Arc;

use crate::operation_support::{CONTENT, laid, meant};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ,.\"\\\\()/:#*é\u{645}'=+-]{0,24}",
        Just("// no comment, \"quoted\" (and) [all]\nsecond line".to_owned()),
    ]
}

fn category() -> impl Strategy<Value = CategoryId> {
    prop::sample::select(CategoryId::ALL)
}

fn row() -> impl Strategy<Value = CriterionId> {
    prop::sample::select(CriterionId::ALL)
}

fn sharing() -> impl Strategy<Value = Sharing> {
    prop::sample::select(Sharing::ALL)
}

fn own() -> impl Strategy<Value = Own> {
    (text(), sharing()).prop_map(|(text, sharing)| Own {
        id: String::new(),
        text,
        sharing,
    })
}

fn a_system() -> impl Strategy<Value = System> {
    let words = (text(), text(), text(), text());
    let rest = (
        category(),
        category(),
        sharing(),
        prop::sample::select(State::ALL),
    );
    (words, rest).prop_map(
        |((name, who, coverage, note), (one, two, sharing, status))| System {
            name: format!("S{name}"),
            categories: vec![one, two],
            organisation: who,
            coverage,
            note,
            sharing,
            status,
            ..System::default()
        },
    )
}

/// A change; numbers choose among what is there.
#[derive(Clone, Debug)]
enum Wish {
    Plain(Edit),
    Change(usize, System),
    Remove(usize),
    Work(usize, String),
    Answer(usize, String),
    Passage(CategoryId, CriterionId, usize, Own, bool),
    Drop(usize),
}

fn wish() -> impl Strategy<Value = Wish> {
    let endorsed = (category(), text()).prop_map(|(one, text)| {
        let text = format!("E{text}");
        let source = "Flyer".to_owned();
        Edit::Endorse(
            one,
            Endorsed {
                text,
                document: source.clone(),
                section: source,
            },
        )
    });
    prop_oneof![
        a_system().prop_map(|one| Wish::Plain(Edit::Add(one))),
        (category(), row(), own()).prop_map(|(a, b, c)| Wish::Plain(Edit::Write(a, b, c))),
        (text(), sharing()).prop_map(|(a, b)| Wish::Plain(Edit::Row(String::new(), a, b))),
        (category(), own()).prop_map(|(a, b)| Wish::Plain(Edit::Fill("row".to_owned(), a, b))),
        endorsed.prop_map(Wish::Plain),
        (any::<usize>(), a_system()).prop_map(|(n, one)| Wish::Change(n, one)),
        any::<usize>().prop_map(Wish::Remove),
        (any::<usize>(), text()).prop_map(|(n, text)| Wish::Work(n, text)),
        (any::<usize>(), text()).prop_map(|(n, text)| Wish::Answer(n, text)),
        (category(), row(), any::<usize>(), own(), any::<bool>())
            .prop_map(|(a, b, n, own, hide)| Wish::Passage(a, b, n, own, hide)),
        any::<usize>().prop_map(Wish::Drop),
    ]
}

/// The operation after a wish; as it was where it was refused.
fn granted(operation: &Operation, wish: &Wish) -> Operation {
    let id = |n: usize| {
        let count = operation.systems.len().max(1);
        operation
            .systems
            .get(n % count)
            .map(|one| one.id.clone())
            .unwrap_or_default()
    };
    let edit = match wish.clone() {
        Wish::Plain(edit) => edit,
        Wish::Change(n, system) => Edit::Change(System {
            id: id(n),
            ..system
        }),
        Wish::Remove(n) => Edit::Remove(id(n)),
        Wish::Work(n, text) => {
            let sub_steps = pim::content::SubStepId::ALL;
            let entry = Entry {
                progress: Progress::Begun,
                questions: vec![text.clone(), "?".to_owned()],
                decided: text,
            };
            Edit::Work(id(n), sub_steps[n % sub_steps.len()], entry)
        }
        Wish::Answer(n, note) => {
            let answers = pim::room::Answer::ALL;
            let mark = pim::room::Mark {
                answer: answers.get(n % 4).copied(),
                note,
            };
            let line = format!("principles/do-no-harm/collect-data/{}", n % 5);
            Edit::Answer(id(n), line, mark)
        }
        Wish::Passage(category, row, n, own, hide) => {
            let passages = &CONTENT.cell(category, row).passages;
            let Some(passage) = passages.get(n % passages.len().max(1)) else {
                return operation.clone();
            };
            if hide {
                Edit::Hide(category, row, passage.id.clone())
            } else {
                Edit::Replace(
                    category,
                    row,
                    Own {
                        id: passage.id.clone(),
                        ..own
                    },
                )
            }
        }
        Wish::Drop(n) => {
            let added: Vec<_> = operation.cells.iter().collect();
            let Some(((category, row), cell)) = added.get(n % added.len().max(1)) else {
                return operation.clone();
            };
            let id = cell
                .added
                .first()
                .map(|one| one.id.clone())
                .unwrap_or_default();
            Edit::Write(
                *category,
                *row,
                Own {
                    id,
                    ..Own::default()
                },
            )
        }
    };
    operation
        .with(edit, &CONTENT)
        .unwrap_or_else(|_| operation.clone())
}

fn operation() -> impl Strategy<Value = Operation> {
    prop::collection::vec(wish(), 0..24).prop_map(|wishes| {
        let start = Operation {
            name: "Anywhere".to_owned(),
            ..Operation::default()
        };
        wishes.iter().fold(start, |now, wish| granted(&now, wish))
    })
}

/// What a source states in the locked rows, as the pages show it.
fn stated(content: &Content, lens: Lens) -> Vec<String> {
    let mut all = Vec::new();
    for category in CategoryId::ALL {
        for row in CriterionId::ALL.iter().filter(|row| row.locked()) {
            let page = Page::seen(&Place::Cell(*category, *row), content, lens);
            let some = page
                .passages
                .iter()
                .filter(|(_, one)| one.origin.is_source());
            all.extend(some.map(|(item, one)| format!("{category}/{row}/{item}: {one:?}")));
        }
    }
    all
}

/// What of the operation's own stands in the locked cells that a source fills.
fn intruders(content: &Content) -> usize {
    let mut count = 0;
    for category in CategoryId::ALL {
        for row in [CriterionId::Definition, CriterionId::Output] {
            if CONTENT.cell(*category, row).is_stated() {
                let page = Page::of(&Place::Cell(*category, row), content);
                count += page
                    .blocks
                    .iter()
                    .filter(|one| matches!(one.kind, Kind::Own(_)))
                    .count();
            }
        }
    }
    count
}

/// The text with a comment at the end of every line that can bear one, and blanks about.
fn scribbled(text: &str) -> (String, usize) {
    let mut out = String::from("/* mine */\n\n");
    let mut count = 1;
    for (n, line) in text.lines().enumerate() {
        let can = line.ends_with(['(', '[', ',']) && !line.trim_start().starts_with("//");
        if can {
            count += 1;
            out.push_str(&format!("{line}   // remark {n}.\n"));
        } else {
            out.push_str(&format!("{line}\n"));
        }
    }
    (out, count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_operation_changes_what_a_source_states_in_a_locked_row(operation in operation()) {
        let text = write(&operation);
        let read = meant(&text).map_err(|faults| TestCaseError::fail(faults.to_string()))?;
        prop_assert_eq!(&read, &operation);
        prop_assert_eq!(write(&read), text);
        let content = laid(read);
        for lens in [Lens::Mine, Lens::Original, Lens::Difference] {
            prop_assert_eq!(stated(&content, lens), stated(&CONTENT, Lens::Mine));
        }
        prop_assert_eq!(intruders(&content), 0);
    }

    #[test]
    fn no_table_changes_a_locked_row(
        before in operation(), cells in prop::collection::vec((row(), category(), text()), 1..12)
    ) {
        let mut heads = vec!["Criterion".to_owned()];
        heads.extend(CategoryId::ALL.iter().map(|one| CONTENT.category(*one).title.clone()));
        let mut rows = vec![(1, heads)];
        for (n, (row, category, text)) in cells.into_iter().enumerate() {
            let mut line = vec![String::new(); 1 + CategoryId::ALL.len()];
            line[0] = CONTENT.criterion(row).title.clone();
            line[1 + category.index()] = format!("Ours {text}");
            rows.push((n + 2, line));
        }
        let table = Table { name: "t".to_owned(), rows };
        let seen = preview(&before, &[table], &CONTENT);
        prop_assert!(seen.operation.cells.keys().all(|(_, row)| !row.locked()));
        prop_assert_eq!(&seen.operation.endorsed, &before.endorsed);
        let again = meant(&write(&seen.operation));
        prop_assert_eq!(again.map_err(|e| TestCaseError::fail(e.to_string()))?, seen.operation);
    }

    #[test]
    fn a_change_in_a_file_by_hand_means_what_was_changed_and_keeps_other_lines(
        before in operation(), wishes in prop::collection::vec(wish(), 1..6)
    ) {
        let (text, _) = scribbled(&write(&before));
        prop_assert_eq!(&meant(&text).map_err(|e| TestCaseError::fail(e.to_string()))?, &before);
        let now = wishes.iter().fold(before.clone(), |now, wish| granted(&now, wish));
        let after = rewrite(&text, &before, &now, &CONTENT)
            .map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(&meant(&after).map_err(|e| TestCaseError::fail(e.to_string()))?, &now);
        prop_assert!(after.starts_with("/* mine */\n\n"));
        let grows = wishes.iter().all(|wish| matches!(wish, Wish::Plain(Edit::Add(_) | Edit::Endorse(..))));
        if grows {
            for line in text.lines() {
                let remark = line.rsplit_once("// remark").map(|(_, rest)| rest);
                prop_assert!(remark.is_none_or(|one| after.contains(one)), "{line} is gone");
            }
        }
    }

    #[test]
    fn undo_goes_back_to_what_was_and_redo_forth_again(
        start in operation(), wishes in prop::collection::vec(wish(), 1..12)
    ) {
        let mut versions = Versions::default();
        let mut now = Arc::new(start);
        let mut passed = vec![Arc::clone(&now)];
        for wish in &wishes {
            let next = Arc::new(granted(&now, wish));
            if next.endorsed != now.endorsed {
                passed.clear();
            }
            versions.note(Arc::clone(&now), &next);
            passed.push(Arc::clone(&next));
            now = next;
        }
        let last = Arc::clone(&now);
        for expected in passed.iter().rev().skip(1) {
            now = versions.undo(now).ok_or_else(|| TestCaseError::fail("too short"))?;
            prop_assert_eq!(&now, expected);
        }
        prop_assert!(versions.undo(Arc::clone(&now)).is_none());
        while let Some(next) = versions.redo(Arc::clone(&now)) {
            now = next;
        }
        prop_assert_eq!(now, last);
    }
}
