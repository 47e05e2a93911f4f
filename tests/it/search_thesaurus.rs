//! The search files are checked when they are read, and every fault says where it is.

use pim::search::{Questions, Thesaurus};

use super::search_support::{borrowed, corpus, files, questions, thesaurus};

fn faults(ron: &str) -> Vec<String> {
    Thesaurus::load(&[("mine.ron", ron)], &corpus())
        .err()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn concept(id: &str, en: &str, rest: &str) -> String {
    format!(
        "(id: \"{id}\", en: [{en}], points_to: [(\"population-data\", 1.0)], because: \"here\", {rest})"
    )
}

fn file(concepts: &[String]) -> String {
    format!(
        "(\n  schema: 1,\n  concepts: [\n{}\n  ],\n)",
        concepts.join(",\n")
    )
}

#[test]
fn every_shipped_file_is_valid() {
    let corpus = corpus();
    let thesaurus = thesaurus(&corpus);
    assert!(thesaurus.concepts.len() > 50);
    assert_eq!(thesaurus.combinations.len(), 3);
    assert!(questions(&corpus).0.len() > 2_000);
}

#[test]
fn every_category_has_questions_in_every_language() {
    for (name, text) in files("content/questions") {
        let loaded = Questions::load(&[(&name, &text)], &corpus()).expect("valid");
        for lang in pim::search::text::Lang::ALL {
            assert!(
                loaded.0.iter().filter(|q| q.lang == lang).count() >= 60,
                "{name} {lang:?}"
            );
        }
    }
}

#[test]
fn a_phrase_of_which_only_a_question_word_is_left_is_a_fault() {
    assert_eq!(
        faults(&file(&[concept("one", "\"who are they\"", "")])),
        [
            "mine.ron:4:18: \"who are they\" comes down to a word that shapes questions; make it longer, or weak"
        ]
    );
    assert_eq!(
        faults(&file(&[concept("one", "\"~who are they\"", "")])),
        Vec::<String>::new()
    );
}

#[test]
fn a_phrase_in_two_concepts_is_a_fault_unless_both_mean_it() {
    let twice = file(&[
        concept("one", "\"red tape\"", ""),
        concept("two", "\"Red  tape\"", ""),
    ]);
    assert_eq!(
        faults(&twice),
        [
            "mine.ron:5:18: \"Red  tape\" stands in \"one\" and in \"two\"; write = before both if meant"
        ]
    );
    let meant = file(&[
        concept("one", "\"=red tape\"", ""),
        concept("two", "\"=red tape\"", ""),
    ]);
    assert!(faults(&meant).is_empty(), "{:?}", faults(&meant));
}

#[test]
fn source_words_that_do_not_occur_are_a_fault() {
    let found = faults(&file(&[concept(
        "one",
        "\"red tape\"",
        "means: [\"mines and UXO\", \"unicorns\"]",
    )]));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].ends_with("\"one\" stands for \"unicorns\", which no source text contains"),
        "{found:?}"
    );
}

#[test]
fn unknown_categories_empty_reasons_and_empty_phrases_are_faults() {
    let ron = "(schema: 1, concepts: [(id: \"one\", en: [\"of the\"], points_to: [(\"populaton\", 1.0)], because: \" \")])";
    let found = faults(ron);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().any(|f| f.contains("\"one\" does not say why")));
    assert!(
        found
            .iter()
            .any(|f| f.contains("points to \"populaton\", which is no category"))
    );
    assert!(
        found
            .iter()
            .any(|f| f.contains("\"of the\" has only stop words"))
    );
}

#[test]
fn unknown_names_are_faults_with_their_place() {
    let found = faults("(\n  schema: 1,\n  concept: [],\n)");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("mine.ron:3:3: "), "{found:?}");
}

#[test]
fn the_same_question_twice_is_a_fault() {
    let ron = "(schema: 1, category: \"population-data\", en: [\"How many?\", \"HOW MANY?\"], fr: [], es: [])";
    let found = Questions::load(&[("q.ron", ron)], &corpus()).expect_err("a fault");
    assert_eq!(found.len(), 1);
    assert!(found[0].says.contains("is there twice"), "{found:?}");
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let files = [("a.ron", "(schema: 2)"), ("b.ron", "(")];
    assert_eq!(
        Thesaurus::load(&files, &corpus())
            .expect_err("faults")
            .len(),
        2
    );
    let shipped = super::search_support::files("content/thesaurus");
    assert!(Thesaurus::load(&borrowed(&shipped), &corpus()).is_ok());
}
