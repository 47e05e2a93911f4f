//! Every page is small, whatever people wrote, and no entry is left out of all of its parts.

use std::sync::Arc;

use proptest::prelude::*;

use super::seat;
use crate::exercise::{ExerciseId, ItemId, Mark, RoundId, Standing, Vote};
use crate::hints::{Language, hints};
use crate::live::phones::parts::{self, PAGE};
use crate::live::phones::results::{Counted, Line, Results, Table};
use crate::live::phones::route::Query;
use crate::live::phones::sheet::{Entry, Fault, Sheet};
use crate::live::phones::view::{Body, Collect, HandedIn, Own, Reword, View};

const TOKEN: &str = "0123456789abcdef0123";

/// Texts that take the most room: escaped signs, four bytes, right to left, one long word.
fn text() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        Just('"'),
        Just('&'),
        Just('<'),
        Just('𐐷'),
        Just('م'),
        Just('é'),
        Just('x'),
        any::<char>(),
    ];
    prop_oneof![
        one.clone().prop_map(|one| one.to_string().repeat(200)),
        proptest::collection::vec(one, 1..=200).prop_map(|all| all.into_iter().collect()),
    ]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let many = prop_oneof![Just(1_usize), Just(30), Just(60), Just(100)];
    (many, proptest::collection::vec(text(), 1..8))
        .prop_map(|(many, texts)| texts.iter().cycle().take(many).cloned().collect())
}

fn ids() -> impl Iterator<Item = ItemId> {
    (900..).map(ItemId)
}

/// A page with as much around its list as there can be.
fn view(body: Body, part: usize, heading: &str, language: Language) -> View {
    let long = |most: usize| heading.chars().cycle().take(most).collect::<String>();
    View {
        version: u64::MAX >> 12,
        title: Some(long(163)),
        ask: "Which data and information do we need to know, in your own words, one at a time?",
        language,
        left: Some((5_999, true)),
        said: vec!["A sentence that says why something was not done. ".repeat(3); 2],
        typed: None,
        run: Some(ExerciseId(u32::MAX)),
        late: Some(Vote::Rank),
        query: Query {
            change: true,
            part: Some(part),
            ..Query::default()
        },
        has_typed: true,
        body,
    }
}

fn sheet(texts: &[String], vote: Vote, places: usize) -> Sheet {
    let entry = |(id, words): (ItemId, &String)| Entry {
        id,
        words: words.clone(),
        value: match vote {
            Vote::Tag => "m".to_owned(),
            Vote::Rank => id.0.to_string(),
        },
        fault: (vote == Vote::Rank).then_some(Fault::Shared {
            place: 100,
            items: 100,
        }),
    };
    Sheet {
        round: RoundId {
            exercise: ExerciseId(u32::MAX),
            vote,
            number: u16::MAX,
        },
        entries: ids().zip(texts).map(entry).collect(),
        places,
        ties: true,
        replaces: true,
    }
}

fn results(texts: &[String]) -> Arc<Results> {
    let line = |words: &String| Line {
        place: "=100".to_owned(),
        words: words.clone(),
        counted: Counted::Marks(1000, 1000, 1000),
        bar: Some((100, 100)),
        ends_top: true,
    };
    let table = |vote| Table {
        vote,
        is_shown: true,
        covered: 0,
        lines: texts.iter().map(line).collect(),
        said: std::array::from_fn(|_| vec![parts::beginning(&texts.concat(), 400); 5]),
    };
    Arc::new(Results {
        tables: vec![table(Vote::Tag), table(Vote::Rank)],
    })
}

fn own(texts: &[String]) -> Vec<Own> {
    let own = |(id, words): (ItemId, &String)| Own {
        id,
        words: words.clone(),
        mark: Some(Mark::Must),
        standing: Standing::Hidden,
        is_free: true,
    };
    ids().zip(texts).map(own).collect()
}

/// Writes all parts of a page in every language; each is small, and each entry's mark stands in
/// exactly one.
fn holds(body: impl Fn() -> Body, heading: &str, marks: &[String]) {
    for language in Language::ALL {
        holds_in(language, &body, heading, marks);
    }
}

fn holds_in(language: Language, body: &impl Fn() -> Body, heading: &str, marks: &[String]) {
    let mut found = vec![0; marks.len()];
    let goes_on = format!("\">{}</", hints(language).phone.go_on);
    for part in 1..=marks.len().max(1) {
        let page = seat(&view(body(), part, heading, language), TOKEN);
        let bytes = page.len();
        assert!(bytes <= PAGE, "{bytes} bytes, part {part}, {language:?}");
        for (count, mark) in found.iter_mut().zip(marks) {
            *count += page.matches(mark.as_str()).count();
        }
        if !page.contains(&goes_on) {
            break;
        }
    }
    assert!(found.iter().all(|count| *count == 1), "{found:?}");
}

fn marks(texts: &[String], mark: impl Fn(u16) -> String) -> Vec<String> {
    ids().zip(texts).map(|(id, _)| mark(id.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn ballots_of_any_length_go_over_small_pages(texts in texts(), heading in text()) {
        let tags = || Body::Tag(sheet(&texts, Vote::Tag, 0));
        holds(tags, &heading, &marks(&texts, |id| format!("name=\"i{id}\" value=\"m\"")));
        for places in [4, texts.len()] {
            let ranks = || Body::Rank(sheet(&texts, Vote::Rank, places));
            holds(ranks, &heading, &marks(&texts, |id| format!("<label for=\"i{id}\"")));
        }
    }

    #[test]
    fn lists_of_any_length_go_over_small_pages(texts in texts(), heading in text()) {
        let places: Vec<String> = (0..texts.len()).map(|at| format!("<b class=\"sign\">p{at}</b>")).collect();
        let lines = || (0..).zip(&texts).map(|(at, words)| (format!("p{at}"), words.clone()));
        let held = || Body::In(HandedIn {
            vote: Vote::Tag, lines: lines().collect(), is_open: true, began: true,
        });
        holds(held, &heading, &places);
        let results = results(&texts);
        for wanted in [None, Some(Vote::Tag)] {
            let results = || Body::Results { results: Arc::clone(&results), wanted };
            holds(results, &heading, &[]);
        }
        let collect = || Body::Collect(Collect {
            next: 60,
            text: texts[0].clone(),
            fault: Some("200 characters at most; these are 4000. Shorten it.".to_owned()),
            mark: None,
            moderated: true,
            own: own(&texts),
            kept: true,
            near: texts.iter().take(3).cloned().collect(),
        });
        holds(collect, &heading, &marks(&texts, |id| format!("id=\"w{id}\"")));
    }

    #[test]
    fn pages_without_a_list_are_small(text in text(), heading in text()) {
        let much = text.repeat(40);
        let brief: String = much.chars().take(1_000).collect();
        holds(|| Body::Lobby(Some(brief.clone())), &heading, &[]);
        holds(|| Body::Reword(Reword {
            item: ItemId(9),
            words: parts::typed(&much),
            fault: Some("Too long.".to_owned()),
        }), &heading, &[]);
        for language in Language::ALL {
            let mut waits = view(Body::Wait("Closed for now."), 1, &heading, language);
            waits.typed = Some(parts::typed(&much));
            prop_assert!(seat(&waits, TOKEN).len() <= PAGE);
            let seatless = super::plain(&super::Plain::NoSeat(Some(&much)), language);
            prop_assert!(seatless.len() <= PAGE);
        }
    }
}
