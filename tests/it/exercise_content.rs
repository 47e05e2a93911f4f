//! The scenarios that the source names, and what a content folder may do to them.

use pim::content::{self, File};

fn faults(text: &str) -> String {
    let file = File {
        path: "scenarios.ron".to_owned(),
        text: text.to_owned(),
    };
    content::with_overrides(vec![file]).unwrap_err().to_string()
}

fn shipped() -> String {
    content::shipped_files()
        .into_iter()
        .find(|file| file.path == "scenarios.ron")
        .unwrap()
        .text
}

#[test]
fn the_four_scenarios_are_those_of_the_source_and_have_no_brief() {
    let content = content::embedded().unwrap();
    let titles: Vec<&str> = content
        .scenarios
        .named
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Sudden-onset emergency",
            "Protracted emergency",
            "Protracted non-emergency",
            "Comprehensive solutions"
        ]
    );
    assert!(content.scenarios.origin.is_source());
    assert_eq!(
        content.cite(&content.scenarios.origin),
        "Second Working Meeting (2015), 11 Essential Data: 'Nice to Have' v. 'Must Have', by Scenario"
    );
}

#[test]
fn a_mistyped_scenario_is_pointed_at() {
    let said = faults(&shipped().replace("\"protracted-emergency\"", "\"protacted-emergency\""));
    assert!(
        said.contains("scenarios.ron:8:10: unknown scenario `protacted-emergency`"),
        "{said}"
    );
    assert!(
        said.contains("did you mean \"protracted-emergency\"?"),
        "{said}"
    );
}

#[test]
fn a_scenario_of_the_source_keeps_its_name() {
    let said = faults(&shipped().replace("\"Comprehensive solutions\"", "\"Durable solutions\""));
    assert!(
        said.contains("the source says: \"Comprehensive solutions\""),
        "{said}"
    );
}

#[test]
fn none_of_the_four_can_be_left_out() {
    let line = "    (id: \"comprehensive-solutions\", title: \"Comprehensive solutions\"),\n";
    let said = faults(&shipped().replace(line, ""));
    assert!(
        said.contains("`scenarios` must be, in this order"),
        "{said}"
    );
}

#[test]
fn what_is_said_in_place_of_a_brief_may_be_reworded() {
    let text = shipped().replace("The source gives the name only.", "Only a name.");
    let file = File {
        path: "scenarios.ron".to_owned(),
        text,
    };
    let content = content::with_overrides(vec![file]).unwrap();
    assert!(content.scenarios.open.starts_with("Only a name."));
}
