//! Needs find their category. The table behind these gates: `cargo run --release --example relevance`.

use pim::search::Query;

use super::search_support::{Need, Report, Score, engine, mistyped, needs, nonsense};

fn gate(set: &str, first: f64, third: f64) {
    let engine = engine();
    let needs = needs(set);
    let report = Report::of(engine, &needs);
    let (got_first, got_third) = (
        Score::percent(report.all.first, report.all.needs),
        Score::percent(report.all.third, report.all.needs),
    );
    let missed: Vec<&str> = needs
        .iter()
        .filter(|n| engine.rank(&Query::whole(&n.text)).hits[0].id != n.category)
        .map(|n| n.text.as_str())
        .collect();
    let listed = if set.starts_with("held") || set.starts_with("third") {
        Vec::new()
    } else {
        missed
    };
    assert!(
        got_first >= first,
        "{set}: right category first for {got_first:.1} % {listed:#?}"
    );
    assert!(
        got_third >= third,
        "{set}: among the first three for {got_third:.1} % {listed:#?}"
    );
}

#[test]
fn seen_needs_find_their_category() {
    gate("seen", 95.0, 99.0);
}

#[test]
fn development_needs_find_their_category() {
    gate("development", 95.0, 99.0);
}

#[test]
fn held_out_needs_find_their_category() {
    for set in [
        "held-out",
        "held-out-2",
        "held-out-3",
        "held-out-4",
        "held-out-5",
        "held-out-7",
    ] {
        gate(set, 95.0, 99.0);
    }
}

/// Nobody has read what misses here, so the floor stands a little below the score: a drop fails.
#[test]
fn needs_that_stay_unread_find_their_category() {
    gate("held-out-6", 93.0, 98.5);
    gate("held-out-8", 95.0, 99.0);
    gate("third-party-2", 90.0, 97.0);
}

#[test]
fn terse_phrases_of_other_organisations_find_their_category() {
    gate("third-party", 85.0, 96.0);
}

#[test]
fn needs_that_everybody_asks_come_first() {
    let engine = engine();
    for (need, category) in [
        ("where are the landmines", "security-situational-awareness"),
        ("headcount by age and sex", "population-data"),
        (
            "are our services working",
            "protection-response-monitoring-evaluation",
        ),
        ("protection needs right now", "protection-needs-assessment"),
        ("trends in human rights violations", "protection-monitoring"),
        ("follow-up of an unaccompanied child", "case-management"),
        ("how many latrines", "sectoral-systems"),
        (
            "which languages do people speak",
            "communicating-affected-communities",
        ),
        ("how many people", "population-data"),
        ("où sont les mines", "security-situational-awareness"),
        (
            "¿en qué idioma habla la gente?",
            "communicating-affected-communities",
        ),
    ] {
        assert_eq!(
            engine.rank(&Query::whole(need)).hits[0].id,
            category,
            "{need}"
        );
    }
}

#[test]
fn a_plain_word_of_the_field_is_sure() {
    for need in [
        "landmines",
        "latrines",
        "refoulement",
        "rumours",
        "case files",
    ] {
        assert!(engine().rank(&Query::whole(need)).confident, "{need}");
    }
}

#[test]
fn a_typing_error_does_not_lose_the_category() {
    let engine = engine();
    for (set, errors, floor) in [
        ("seen", 1, 95.0),
        ("held-out", 2, 95.0),
        ("held-out-4", 2, 95.0),
        ("held-out-6", 2, 90.0),
        ("held-out-8", 2, 94.0),
    ] {
        let mistyped: Vec<Need> = needs(set)
            .into_iter()
            .map(|n| Need {
                text: mistyped(&n.text, errors),
                ..n
            })
            .collect();
        let report = Report::of(engine, &mistyped);
        assert!(
            Score::percent(report.all.first, report.all.needs) >= floor,
            "{set}: {:?}",
            report.all
        );
    }
}

#[test]
fn nonsense_is_never_a_confident_hit() {
    let engine = engine();
    for need in nonsense() {
        for query in [Query::whole(&need), Query::typing(&need)] {
            assert!(!engine.rank(&query).confident, "{need}");
        }
    }
}

#[test]
fn confident_answers_are_right() {
    let engine = engine();
    for set in [
        "seen",
        "development",
        "held-out",
        "held-out-2",
        "held-out-4",
        "held-out-5",
        "held-out-6",
        "held-out-7",
        "held-out-8",
        "third-party-2",
    ] {
        let mut score = Score::default();
        for need in needs(set) {
            score.note(&need, &engine.rank(&Query::whole(&need.text)));
        }
        assert!(
            Score::percent(score.confident_right, score.confident) >= 97.0,
            "{set}: {score:?}"
        );
    }
}
