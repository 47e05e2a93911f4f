//! What people see and do with an operation in the program: told apart at a glance, changed
//! in forms, refused in the source's words, never lost.

use pim::app::Effect;
use pim::content::{CategoryId, CriterionId};
use pim::operation::{Edit, Operation, Sharing};

use crate::operation_support::{Mapper, after, five_systems, shots};

#[test]
fn the_operation_its_coverage_and_a_system() {
    let operation = five_systems();
    shots("operation", &operation, |one| {
        one.press("O");
    });
    shots("coverage", &operation, |one| {
        one.goes("operation/coverage");
    });
    shots("system", &operation, |one| {
        one.goes("operation/systems/arrivals-register");
    });
    shots("own-row", &operation, |one| {
        one.goes("operation/rows/diagnosis");
    });
}

#[test]
fn a_cell_with_the_operations_words_the_original_and_the_difference() {
    let operation = five_systems();
    let at = "matrix/population-data/examples";
    shots("cell-mine", &operation, |one| {
        one.goes(at);
    });
    shots("cell-original", &operation, |one| {
        one.goes(at).press("o");
    });
    shots("cell-difference", &operation, |one| {
        one.goes(at).press("d");
    });
    shots("output", &operation, |one| {
        one.goes("matrix/population-data/output").press("End");
    });
}

#[test]
fn forms() {
    let operation = five_systems();
    shots("form-system", &operation, |one| {
        one.goes("operation/systems/arrivals-register").press("i");
    });
    shots("form-refused", &operation, |one| {
        one.press("O a").types("Radio call-ins").press("Ctrl-s");
    });
    shots("form-endorse", &operation, |one| {
        one.goes("matrix/population-data/definition").press("a");
    });
    shots("form-work", &operation, |one| {
        one.goes("operation/systems/household-survey/process")
            .press("Tab i Right Tab");
        one.types("Women and men asked apart");
    });
    shots("audience", &operation, |one| {
        one.press("O E");
    });
}

#[test]
fn an_imo_arrives_maps_five_systems_sees_the_gaps_and_exports() {
    let start = Operation {
        name: "North".to_owned(),
        ..Operation::default()
    };
    let mut imo = Mapper::new((80, 24), start);
    imo.press("O");
    let five = [
        ("Arrivals register", "IOM", 0),
        ("Headcount", "UNHCR", 0),
        ("Detention visits", "UNHCR", 2),
        ("Household survey", "DRC", 1),
        ("School watch", "UNICEF", 6),
    ];
    for (name, who, category) in five {
        imo.press("a")
            .types(name)
            .press("Down")
            .types(who)
            .press("Down Right");
        // Past sharing, coverage, frequency, unit, contact and note to the categories.
        imo.press(&"Tab ".repeat(7 + category))
            .press("Space Ctrl-s");
        assert!(imo.sees().contains("Saved"), "{}", imo.sees());
    }
    let operation = imo.operation();
    assert_eq!(operation.systems.len(), 5);
    assert!(
        operation
            .systems
            .iter()
            .all(|one| one.sharing == Sharing::Own)
    );
    imo.goes("operation/coverage");
    let seen = imo.sees();
    assert!(seen.contains("Case Management: nothing"), "{seen}");
    assert!(
        seen.contains("Population Data: 2 running (IOM, UNHCR)"),
        "{seen}"
    );
    imo.viewer.press("E Down Enter Enter");
    let exported = imo.viewer.effects.iter().any(|one| {
        matches!(
            one,
            Effect::MapExport(Sharing::Humanitarian, pim::export::MapFormat::Xlsx)
        )
    });
    assert!(exported, "{:?}", imo.viewer.effects);
}

#[test]
fn going_on_through_the_coverage_ends_at_its_last_category() {
    for key in ["Tab", "Down"] {
        let mut imo = Mapper::new((80, 24), five_systems());
        imo.goes("operation/coverage")
            .press(&format!("{key} ").repeat(60));
        imo.press(if key == "Tab" { "Enter" } else { "Tab Enter" });
        imo.viewer
            .is_at("matrix/communicating-affected-communities/output");
    }
}

#[test]
fn undo_in_the_program_takes_back_what_was_saved() {
    let mut imo = Mapper::new((80, 24), five_systems());
    imo.goes("operation/systems/headcount").press("H");
    assert!(imo.operation().system("headcount").is_none());
    assert!(
        imo.sees().contains("North province floods"),
        "back at the operation"
    );
    imo.press("u");
    assert_eq!(*imo.operation(), five_systems());
    imo.press("Ctrl-r");
    assert!(imo.operation().system("headcount").is_none());
}

#[test]
fn no_key_on_a_locked_cell_changes_it_and_the_source_is_quoted() {
    for row in [CriterionId::Output, CriterionId::Definition] {
        for key in ["a", "i", "H", "a Ctrl-s", "Tab i", "Tab H", "Tab H Ctrl-s"] {
            let mut imo = Mapper::new((120, 40), five_systems());
            imo.goes(&format!("matrix/security-situational-awareness/{row}"));
            imo.press(key);
            assert_eq!(*imo.operation(), five_systems(), "{row} {key}");
            assert!(imo.sees().contains("ocked"), "{row} {key}: {}", imo.sees());
        }
    }
}

#[test]
fn what_is_typed_into_a_form_and_left_is_there_again() {
    let mut imo = Mapper::new((80, 24), five_systems());
    imo.press("O a").types("Radio call-ins").press("Esc");
    assert!(imo.sees().contains("kept"), "{}", imo.sees());
    imo.press("a");
    assert!(imo.sees().contains("Radio call-ins"), "{}", imo.sees());
}

#[test]
fn a_text_over_several_lines_survives_an_edit() {
    let text = "First line\nSecond line, longer than any line of a form would be: ".to_owned()
        + &"words ".repeat(90)
        + "end";
    let own = crate::operation_support::own("", &text, Sharing::Public);
    let (category, row) = (CategoryId::CaseManagement, CriterionId::Methods);
    let operation = after(&five_systems(), vec![Edit::Write(category, row, own)]);
    let id = operation.adapted(category, row).unwrap().added[0]
        .id
        .clone();
    let mut imo = Mapper::new((80, 24), operation);
    imo.goes(&format!("matrix/case-management/methods/{id}"));
    imo.press("i Tab Right Ctrl-s");
    let now = imo.operation();
    let changed = &now.adapted(category, row).unwrap().added[0];
    assert_eq!(
        (changed.text.as_str(), changed.sharing),
        (text.trim(), Sharing::Humanitarian)
    );
}

#[test]
fn other_seats_see_of_the_operation_only_what_is_public() {
    let imo = Mapper::new((80, 24), five_systems());
    let others = imo.viewer.room.for_others();
    let seen = others.content.operation.clone().unwrap();
    let names: Vec<&str> = seen.systems.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Arrivals register"]);
    assert!(
        others.is_same(&imo.viewer.room.for_others()),
        "made once, so that idle is idle"
    );
}

#[test]
fn forms_at_odd_sizes_never_panic() {
    for size in [(1, 1), (40, 10), (41, 11), (50, 12), (200, 60)] {
        let mut imo = Mapper::new(size, five_systems());
        for keys in [
            "O",
            "a",
            "Tab Tab Tab Tab",
            "Enter",
            "Up",
            "Esc",
            "E",
            "Down",
            "Enter",
            "Esc",
            "d",
        ] {
            imo.press(keys).types("x\u{645}\u{301}");
            imo.sees();
        }
    }
}
