//! The file of an operation: what is wrong in it is said where it is wrong, what was written
//! by hand stays, and nobody's change is overwritten.

use std::fs;

use pim::content::{CategoryId, CriterionId};
use pim::operation::{Edit, Endorsed, Operation, Sharing, State, rewrite, write};
use pim::store::{MapFailure, MapFile};

use crate::operation_support::{CONTENT, after, five_systems, meant, own, system};
use crate::store_support::folder;

fn faults(text: &str) -> String {
    meant(text).map_or_else(
        |faults| faults.to_string(),
        |_| "nothing is wrong".to_owned(),
    )
}

#[test]
fn a_file_of_the_program_reads_as_it_is() {
    insta::assert_snapshot!(write(&five_systems()));
}

#[test]
fn a_file_that_the_program_wrote_comes_back_byte_for_byte() {
    let text = write(&five_systems());
    let again = meant(&text).unwrap();
    assert_eq!(again, five_systems());
    assert_eq!(write(&again), text);
}

#[test]
fn everything_wrong_in_a_file_is_said_at_once_with_its_place() {
    let text = r#"(
  schema: 1,
  name: "Here",
  systems: [
    (id: "a", name: "One", categories: ["case-managment"], status: "runing"),
    (id: "a", name: "", categories: [], sharing: "everybody"),
  ],
  cells: [
    (at: "matrix/case-management/output", added: [(id: "x", text: "ours")]),
    (at: "matrix/population-data/methods", hidden: ["ways-of-finding"]),
    (at: "matrix/nowhere", added: []),
  ],
  rows: [(id: "methods", title: "Ours")],
)"#;
    insta::assert_snapshot!(faults(text));
}

#[test]
fn an_unknown_field_is_a_fault_with_what_would_be_right() {
    let text = "(schema: 1, name: \"x\", systems: [(id: \"a\", name: \"A\", categories: [], organization: \"b\")])";
    insta::assert_snapshot!(faults(text));
}

/// A file as people write it: comments, an order of their own, fields left out.
const BY_HAND: &str = r#"// Kept by the cluster's IM team.
(
  name: "Coast", // as on the web page
  schema: 1,
  systems: [
    // asked on Monday
    (id: "calls", categories: ["protection-monitoring"], name: "Calls", /* who? */ organisation: "NRC"),

    (
      id: "tents",
      name: r"Tents",
      categories: ["sectoral-systems"], // not sure
    ), // ask again
  ],
  /* nothing
     adapted yet */
)
// the end
"#;

#[test]
fn of_a_file_written_by_hand_only_what_changed_is_written_anew() {
    let before = meant(BY_HAND).unwrap();
    let calls = before.system("calls").unwrap().clone();
    let now = after(
        &before,
        vec![
            Edit::Change(pim::operation::System {
                status: State::Running,
                organisation: "DRC".to_owned(),
                ..calls
            }),
            Edit::Add(system(
                "Register",
                CategoryId::PopulationData,
                "IOM",
                State::Planned,
            )),
            Edit::Remove("tents".to_owned()),
            Edit::Write(
                CategoryId::CaseManagement,
                CriterionId::Methods,
                own("", "By phone", Sharing::Public),
            ),
        ],
    );
    let text = rewrite(BY_HAND, &before, &now, &CONTENT).unwrap();
    assert_eq!(meant(&text).unwrap(), now);
    for comment in [
        "Kept by",
        "as on the web",
        "asked on Monday",
        "who?",
        "ask again",
        "adapted yet */",
        "the end",
    ] {
        assert!(text.contains(comment), "{comment} is gone:\n{text}");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_change_taken_back_leaves_a_file_by_hand_as_it_was() {
    let before = meant(BY_HAND).unwrap();
    assert_eq!(
        rewrite(BY_HAND, &before, &before, &CONTENT).as_deref(),
        Ok(BY_HAND)
    );
}

#[test]
fn what_somebody_wrote_meanwhile_is_not_overwritten() {
    let folder = folder();
    let path = folder.path().join("north.ron");
    let before = five_systems();
    let mut map = MapFile::create(&path, &before).unwrap();
    let now = after(&before, vec![Edit::Remove("headcount".to_owned())]);
    let by_hand = fs::read_to_string(&path).unwrap() + "// by hand\n";
    fs::write(&path, &by_hand).unwrap();
    let refused = map.save(&before, &now, &CONTENT).unwrap_err();
    assert!(matches!(refused, MapFailure::ChangedOnDisk(_)), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), by_hand);
    let (mut map, again) = MapFile::open(&path, &CONTENT).unwrap();
    assert_eq!(again, before);
    map.save(&again, &now, &CONTENT).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.ends_with("// by hand\n") && meant(&text).unwrap() == now);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing passing stays"
    );
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let folder = folder();
    let path = folder.path().join("north.ron");
    fs::write(&path, "mine").unwrap();
    let refused = MapFile::create(&path, &Operation::default()).unwrap_err();
    assert!(matches!(refused, MapFailure::Exists(_)), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn definition_and_output_are_refused_in_the_words_of_the_source() {
    let operation = five_systems();
    for row in [CriterionId::Output, CriterionId::Definition] {
        let edit = Edit::Write(CategoryId::Security, row, own("", "ours", Sharing::Public));
        let why = operation.with(edit, &CONTENT).unwrap_err().to_string();
        let stated = CONTENT.cell(CategoryId::Security, row).passages[0].plain();
        assert!(why.contains(&stated.replace('\n', " ")), "{why}");
    }
}

#[test]
fn a_summary_gives_way_to_the_endorsed_text_once_and_is_locked_then() {
    let endorsed = |text: &str| {
        let one = Endorsed {
            text: text.to_owned(),
            document: "Quick Reference Flyer (2018)".to_owned(),
            section: "Definition".to_owned(),
        };
        Edit::Endorse(CategoryId::PopulationData, one)
    };
    let now = after(&five_systems(), vec![endorsed("As it was endorsed.")]);
    let again = now.with(endorsed("Otherwise."), &CONTENT).unwrap_err();
    assert!(again.to_string().contains("As it was endorsed."), "{again}");
    let by_hand = write(&now).replace("As it was endorsed.", "Otherwise.");
    assert!(faults(&by_hand).contains("locked"), "{}", faults(&by_hand));
    let stated = Endorsed {
        text: "Ours".to_owned(),
        document: "None".to_owned(),
        section: "None".to_owned(),
    };
    let why = now.with(Edit::Endorse(CategoryId::Security, stated), &CONTENT);
    assert!(why.unwrap_err().to_string().contains("locked"));
}
