//! What the ranking engine promises whatever is typed.

use std::time::{Duration, Instant};

use pim::search::text::{Lang, fold, stop_words};
use pim::search::{Engine, How, Query, State, Taught};
use proptest::prelude::*;

use super::search_support::{Dice, corpus, engine, needs, questions, thesaurus};

fn first(engine: &Engine, need: &str) -> String {
    engine.rank(&Query::whole(need)).hits[0].id.clone()
}

#[test]
fn a_stop_word_never_changes_the_first_place() {
    let engine = engine();
    let stops: Vec<&str> = stop_words().collect();
    for need in needs("seen").iter().chain(&needs("development")) {
        let mut dice = Dice::of(&need.text);
        let mut words: Vec<&str> = need.text.split(' ').collect();
        words.insert(dice.roll(words.len() + 1), stops[dice.roll(stops.len())]);
        assert_eq!(
            first(engine, &words.join(" ")),
            first(engine, &need.text),
            "{words:?}"
        );
    }
}

#[test]
fn case_accents_and_spaces_never_change_the_first_place() {
    let engine = engine();
    for need in needs("seen").iter().chain(&needs("development")) {
        let plain = first(engine, &need.text);
        for other in [
            need.text.to_uppercase(),
            fold(&need.text),
            need.text.replace(' ', "   "),
            format!(" {} ?", need.text),
        ] {
            assert_eq!(first(engine, &other), plain, "{other}");
        }
    }
}

#[test]
fn all_eight_are_always_there_and_reasons_name_a_place() {
    let engine = engine();
    for need in needs("development") {
        let ranking = engine.rank(&Query::whole(&need.text));
        let mut ids: Vec<&str> = ranking.hits.iter().map(|h| h.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 8);
        assert!(
            ranking
                .hits
                .windows(2)
                .all(|pair| pair[0].score >= pair[1].score)
        );
        for reason in ranking.hits.iter().flat_map(|h| &h.because) {
            assert!(
                need.text
                    .contains(reason.typed.split(' ').next().unwrap_or_default()),
                "{reason:?}"
            );
            assert!(
                reason.from_thesaurus || reason.address.is_some(),
                "{reason:?}"
            );
        }
    }
}

#[test]
fn landmines_are_explained_with_the_words_of_the_output() {
    let ranking = engine().rank(&Query::whole("landmines"));
    let reason = &ranking.hits[0].because[0];
    assert_eq!(
        (reason.typed.as_str(), reason.from_thesaurus),
        ("landmines", false)
    );
    assert!(reason.source.to_lowercase().contains("mines"), "{reason:?}");
    assert!(reason.row.starts_with("Output"), "{reason:?}");
    assert!(matches!(&reason.how, How::Thesaurus { concept, .. } if concept == "mines"));
}

#[test]
fn odd_input_gets_a_clear_answer() {
    let engine = engine();
    for (text, state) in [
        ("", State::Empty),
        ("   \t\n", State::Empty),
        ("!!! ??? ...", State::Empty),
        ("the of and", State::Empty),
        ("خريطة الألغام", State::NotUnderstood),
        ("где мины", State::NotUnderstood),
        ("地雷在哪里", State::NotUnderstood),
        ("qwertyuiop", State::NotUnderstood),
        ("\u{1b}[31m\u{0}\u{7}", State::NotUnderstood),
    ] {
        for query in [Query::whole(text), Query::typing(text)] {
            let ranking = engine.rank(&query);
            assert_eq!(ranking.hits.len(), 8, "{text:?}");
            assert!(!ranking.confident);
            if state != State::NotUnderstood || !text.starts_with('\u{1b}') {
                assert_eq!(ranking.state(), state, "{text:?} {ranking:?}");
            }
        }
    }
}

#[test]
fn huge_input_ends_in_bounded_time() {
    let engine = engine();
    let nonsense = (0..9_000)
        .map(|n| format!("xq{n}zvk"))
        .collect::<Vec<_>>()
        .join(" ");
    for text in [
        "landmines ".repeat(7_000),
        "a".repeat(65_536),
        nonsense,
        "\u{301}".repeat(32_768),
        "é ".repeat(32_768),
    ] {
        let begin = Instant::now();
        let ranking = engine.rank(&Query::typing(&text));
        assert!(ranking.cut || ranking.hits.len() == 8);
        assert!(
            begin.elapsed() < Duration::from_millis(500),
            "{:?}",
            begin.elapsed()
        );
    }
}

#[test]
fn an_unfinished_word_counts_only_while_typing() {
    let engine = engine();
    let typing = engine.rank(&Query::typing("latri"));
    assert_eq!(typing.hits[0].id, "sectoral-systems");
    assert!(!typing.confident, "one unfinished word is never enough");
    assert_eq!(
        engine.rank(&Query::typing("latri ")).corrected,
        engine.rank(&Query::whole("latri")).corrected
    );
}

#[test]
fn a_mistyped_word_says_what_it_was_read_as() {
    let ranking = engine().rank(&Query::whole("protecton montoring"));
    assert_eq!(ranking.hits[0].id, "protection-monitoring");
    let read: Vec<&str> = ranking
        .corrected
        .iter()
        .map(|(_, read)| read.as_str())
        .collect();
    assert_eq!(read, ["protection", "monitoring"]);
}

#[test]
fn a_name_among_small_words_is_no_typing_error() {
    let engine = engine();
    let ranking = engine.rank(&Query::whole("estimation des ménages à Port-au-Prince"));
    assert_eq!(ranking.corrected, []);
    assert_eq!(ranking.hits[0].id, "population-data");
    let small = engine.rank(&Query::whole("prptection trends"));
    let title = engine.rank(&Query::whole("Prptection Trends"));
    assert_eq!(
        small.corrected.len(),
        title.corrected.len(),
        "a title is no name"
    );
}

#[test]
fn a_typing_error_is_read_in_the_language_of_the_line() {
    let ranking = engine().rank(&Query::whole(
        "lo que la gente quiere saver sobre el retorno",
    ));
    assert_eq!(
        ranking.corrected,
        [("saver".to_owned(), "saber".to_owned())]
    );
}

#[test]
fn an_acronym_that_is_also_a_word_counts_only_in_capitals() {
    let engine = engine();
    let concepts = |need: &str| -> Vec<String> {
        let ranking = engine.rank(&Query::whole(need));
        let reasons = ranking.hits.into_iter().flat_map(|hit| hit.because);
        reasons
            .filter_map(|reason| match reason.how {
                How::Thesaurus { concept, .. } => Some(concept),
                _ => None,
            })
            .collect()
    };
    assert!(concepts("MAS par district").contains(&"nutrition-food".to_owned()));
    assert!(!concepts("más hombres que mujeres").contains(&"nutrition-food".to_owned()));
}

#[test]
fn a_word_never_met_is_read_by_how_it_begins() {
    // "xenofóbicamente" stands nowhere; "xenofobia" and "xenophobia" do.
    assert_eq!(
        first(engine(), "tratados xenofóbicamente"),
        "protection-monitoring"
    );
}

#[test]
fn combined_needs_show_both_categories_and_the_source() {
    let engine = engine();
    for (need, pair) in [
        (
            "which households should get cash",
            ["case-management", "protection-monitoring"],
        ),
        (
            "who should be selected for cash assistance",
            ["case-management", "protection-monitoring"],
        ),
        (
            "does informal justice work well",
            ["protection-monitoring", "case-management"],
        ),
        (
            "trends in refoulement of asylum seekers",
            ["protection-monitoring", "population-data"],
        ),
        (
            "critères de ciblage pour les transferts monétaires",
            ["case-management", "protection-monitoring"],
        ),
    ] {
        let ranking = engine.rank(&Query::whole(need));
        let combination = ranking
            .combinations
            .first()
            .unwrap_or_else(|| panic!("{need}"));
        assert!(!combination.because.is_empty() && !combination.result.is_empty());
        assert!(ranking.confident, "{need}: the sources themselves say so");
        assert_eq!(
            [ranking.hits[0].id.as_str(), ranking.hits[1].id.as_str()],
            pair,
            "{need}"
        );
    }
    for other in [
        "headcount by age",
        "did the people who got cash from us feel safer",
        "how many households spent the cash on rent",
        "which families lost their cash at the checkpoint",
    ] {
        let ranking = engine.rank(&Query::whole(other));
        assert!(ranking.combinations.is_empty(), "{other}");
    }
}

#[test]
fn a_taught_phrase_goes_first_and_can_be_forgotten() {
    let corpus = corpus();
    let taught = [Taught {
        phrase: "gloomy paperwork".into(),
        category: "case-management".into(),
    }];
    let build =
        |taught: &[Taught]| Engine::new(&corpus, thesaurus(&corpus), questions(&corpus), taught);
    let ranking = build(&taught).rank(&Query::whole("the gloomy paperwork of Friday"));
    assert_eq!(ranking.hits[0].id, "case-management");
    assert_eq!(ranking.hits[0].because[0].how, How::Taught);
    assert!(!build(&[]).rank(&Query::whole("gloomy paperwork")).confident);
}

#[test]
fn british_and_american_spelling_are_the_same() {
    let engine = engine();
    for (british, american) in [
        ("rumours in the centre", "rumors in the center"),
        ("organisation of labour", "organization of labor"),
    ] {
        assert_eq!(first(engine, british), first(engine, american));
    }
}

#[test]
fn the_three_languages_have_codes() {
    assert_eq!(Lang::ALL.map(Lang::code), ["en", "fr", "es"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_typed_makes_it_panic(text in "\\PC{0,80}", typing in any::<bool>()) {
        prop_assert_eq!(engine().rank(&Query { text: &text, typing }).hits.len(), 8);
    }
}
