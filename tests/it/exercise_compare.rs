//! Starters, hints, and scenarios side by side.

use pim::content::{self, CategoryId, CriterionId};
use pim::exercise::alike::{alike, pairs};
use pim::exercise::compare::{Column, Comparison, scenarios};
use pim::exercise::matching::{Suggest, Suggestion};
use pim::exercise::results::Outcome;
use pim::exercise::starter::{Starter, starters};
use pim::exercise::{Act, ExerciseId, Phase, Settings, Verdict, Vote, Way};

use crate::exercise_hall::{Hall, Must, Nice, item};

#[test]
fn every_starter_is_a_piece_of_an_output_as_the_source_has_it() {
    let content = content::embedded().unwrap();
    let all = starters(&content);
    for starter in &all {
        let cell = content.cell(starter.category(), CriterionId::Output);
        let passage = cell
            .passages
            .iter()
            .find(|one| one.id == starter.passage())
            .unwrap();
        assert!(passage.plain().contains(starter.text()), "{starter:?}");
        assert!(starter.text().chars().count() <= 300, "{starter:?}");
    }
    for category in CategoryId::ALL {
        assert!(
            all.iter().any(|one| one.category() == *category),
            "{category}"
        );
    }
    assert!(
        all.iter()
            .any(|one| one.text() == "Mapping the location of mines and UXO")
    );
    let first = "information on population figures, preferably disaggregated by age, sex, and \
                 location information (where people are or were located)";
    assert_eq!(all[0].text(), first);
}

#[test]
fn starters_stand_on_the_wall_as_starters_and_only_once() {
    let content = content::embedded().unwrap();
    let some: Vec<Starter> = starters(&content).into_iter().take(3).collect();
    let mut hall = Hall::open(Way::Short);
    hall.does(Act::AddStarters(some.clone()));
    assert!(
        hall.run()
            .items
            .values()
            .all(pim::exercise::Item::is_starter)
    );
    hall.refused(Act::AddStarters(some));
    hall.undoes().unwrap();
    assert!(hall.run().candidates().is_empty());
}

#[test]
fn what_is_typed_finds_what_is_alike_on_the_wall() {
    let mut hall = Hall::with(
        Way::Short,
        &["Population figures", "Access map", "Languages spoken"],
    );
    assert_eq!(alike(hall.run(), "figures on the population"), [item(1)]);
    assert_eq!(alike(hall.run(), "acess map"), [item(2)]);
    assert!(alike(hall.run(), "who does what where").is_empty());
    assert!(alike(hall.run(), "").is_empty());
    hall.names(&["Map of access"]);
    assert_eq!(pairs(hall.run()), [(item(2), item(4))]);
    hall.does(Act::Hide(item(2)));
    assert_eq!(
        alike(hall.run(), "access map"),
        [item(4)],
        "hidden items are not hinted at"
    );
}

struct Always;

impl Suggest for Always {
    fn suggest(&self, words: &str) -> Vec<Suggestion> {
        vec![Suggestion {
            category: CategoryId::Security,
            because: vec![words.to_owned()],
        }]
    }
}

#[test]
fn a_suggestion_says_why_and_decides_nothing() {
    let mut hall = Hall::with(Way::Short, &["Access map", "Map of access"]);
    hall.does(Act::Merge(vec![item(1), item(2)]));
    hall.goes(Phase::Match);
    let rows = hall.run().match_rows(&Always);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].verdict, None);
    assert_eq!(rows[0].suggestions[0].because, ["Access map"]);
    assert_eq!(hall.outcome().categories.must_exist(), []);
}

#[test]
fn what_was_matched_before_a_merge_is_matched_after_it_and_apart_again() {
    let mut hall = Hall::with(Way::Short, &["a", "b", "c"]);
    hall.goes(Phase::Match);
    for (number, category) in [(2, CategoryId::Security), (3, CategoryId::Sectoral)] {
        hall.does(Act::Match {
            item: item(number),
            verdict: Verdict::of([category]),
        });
    }
    hall.does(Act::Merge(vec![item(1), item(2), item(3)]));
    let both = Verdict::of([CategoryId::Security, CategoryId::Sectoral]);
    assert_eq!(hall.run().verdict(item(1)), both);
    hall.undoes().unwrap();
    assert_eq!(hall.run().verdict(item(1)), None);
    assert_eq!(
        hall.run().verdict(item(2)),
        Verdict::of([CategoryId::Security])
    );
}

/// Two scenarios: the second carries the items of the first over and adds one.
fn two() -> (Hall, ExerciseId, ExerciseId) {
    let mut hall = Hall::with(Way::Short, &["Population", "Access", "Cash"]);
    let first = hall.id();
    hall.goes(Phase::Tag);
    for seat in 1..=5 {
        hall.seat_tags(seat, &[(1, Must), (2, Must), (3, Nice)])
            .unwrap();
    }
    hall.goes(Phase::Reveal);
    hall.run_scenario("comprehensive-solutions", Settings::default(), Some(first));
    hall.goes(Phase::Collect);
    hall.names(&["Housing"]);
    hall.goes(Phase::Tag);
    for seat in 1..=6 {
        hall.seat_tags(seat, &[(1, Must), (2, Nice), (3, Must), (4, Must)])
            .unwrap();
    }
    hall.seat_tags(6, &[(1, Must)]).unwrap();
    hall.goes(Phase::Reveal);
    let second = hall.id();
    (hall, first, second)
}

fn compared(hall: &Hall, runs: &[ExerciseId]) -> Comparison {
    let outcomes: Vec<Outcome> = runs.iter().map(|id| hall.outcome_of(*id)).collect();
    let columns: Vec<Column<'_>> = runs
        .iter()
        .zip(&outcomes)
        .map(|(id, outcome)| Column {
            run: hall.state.run(*id).unwrap(),
            labels: &outcome.labels,
            tagging: outcome.tagging.as_ref(),
        })
        .collect();
    scenarios(&hall.state, &columns)
}

#[test]
fn two_scenarios_show_what_is_must_in_both_and_what_moves() {
    let (hall, first, second) = two();
    let comparison = compared(&hall, &[first, second]);
    let words = |lines: Vec<&pim::exercise::compare::Line>| {
        lines
            .into_iter()
            .map(|line| line.words.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(words(comparison.must_in_all().collect()), ["Population"]);
    assert_eq!(
        words(comparison.moving().collect()),
        ["Access", "Cash", "Housing"]
    );
    let table: Vec<(String, String, (u64, u64))> = comparison
        .all_scenarios()
        .into_iter()
        .map(|(place, line)| (place.to_string(), line.words.clone(), line.must()))
        .collect();
    assert_eq!(
        table,
        [
            ("1".to_owned(), "Population".to_owned(), (11, 11)),
            ("2".to_owned(), "Housing".to_owned(), (5, 6)),
            ("=3".to_owned(), "Access".to_owned(), (5, 11)),
            ("=3".to_owned(), "Cash".to_owned(), (5, 11)),
        ]
    );
    assert_eq!(comparison.top_four().len(), 4);
    let ((one, other), tau) = comparison.tau_b[0];
    assert_eq!((one, other), (first, second));
    assert_eq!(
        tau,
        Some(0.0),
        "one pair the same way, one the other, one level"
    );
}

#[test]
fn scenarios_that_were_run_apart_meet_by_their_words() {
    let mut hall = Hall::with(Way::Short, &["Population figures", "Access"]);
    let first = hall.id();
    hall.run_scenario("protracted-emergency", Settings::default(), None);
    hall.goes(Phase::Collect);
    hall.names(&["POPULATION  Figures", "Access to roads"]);
    let comparison = compared(&hall, &[first, hall.id()]);
    assert_eq!(comparison.lines.len(), 3);
    assert!(comparison.lines[0].cells.iter().all(Option::is_some));
    assert_eq!(comparison.tau_b[0].1, None, "nothing was counted");
}

#[test]
fn a_result_of_few_people_stays_shut_in_a_comparison_too() {
    let mut hall = Hall::with(Way::Short, &["Population", "Access"]);
    let first = hall.id();
    hall.goes(Phase::Tag);
    hall.seat_tags(1, &[(1, Must)]).unwrap();
    hall.goes(Phase::Reveal);
    let comparison = compared(&hall, &[first]);
    assert!(comparison.all_scenarios().is_empty());
    hall.does(Act::FewAgree {
        vote: Vote::Tag,
        agrees: true,
    });
    assert_eq!(compared(&hall, &[first]).all_scenarios().len(), 1);
}
