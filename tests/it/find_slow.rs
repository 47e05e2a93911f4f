//! Find on a slow link: what a key costs, whatever is typed, and what is left to see.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::budget::Link;
use crate::search_support;
use crate::support::Viewer;
use pim::app::{Key, Msg, update};

/// What a key may cost, with what follows once typing or the choice rests.
const MOST: usize = 200;

/// Needs as people type them.
const NEEDS: &[&str] = &[
    "landmines on the road to the camp",
    "how many people crossed this week",
    "cash targeting",
    "who controls this area",
    "gbv cases referred last month",
    "combien de personnes sont deplacees",
    "which schools and health posts still work",
    "what do people say about the aid they got",
    "tea",
    "children without parents at the border",
];

/// Keys after a need was typed, each after a rest.
const KEYS: &[&str] = &[
    "Home",
    "End",
    "Backspace",
    "Backspace",
    "Down",
    "Down",
    "Down",
    "Down",
    "Up",
    "PageDown",
    "PageDown",
    "PageUp",
    "PageDown",
    "PageUp",
    "PageUp",
    "PageUp",
    "PageUp",
    "PageUp",
    "Ctrl-W",
    "Ctrl-U",
    "Down",
    "Down",
];

fn viewer((width, height): (u16, u16)) -> Viewer {
    let mut viewer = Viewer::new(width, height);
    viewer.seat.look.slow = true;
    viewer.press("2");
    viewer
}

/// The bytes of a key, and of what follows it.
fn cost(link: &mut Link, key: &str) -> usize {
    let (at_once, rests) = link.key(key);
    at_once + rests
}

/// Every key of a need typed with a rest after each letter, and those that follow: its name, what
/// it cost, and what was typed.
fn costs(size: (u16, u16), need: &str) -> Vec<(&'static str, usize, String)> {
    let (mut link, _) = Link::of(viewer(size));
    let mut costs = Vec::new();
    let mut typed = String::new();
    for c in need.chars() {
        let key = if c == ' ' {
            "Space".to_owned()
        } else {
            c.to_string()
        };
        typed.push(c);
        costs.push(("a letter", cost(&mut link, &key), typed.clone()));
    }
    for key in KEYS {
        costs.push((key, cost(&mut link, key), need.to_owned()));
    }
    costs
}

#[test]
fn a_key_costs_two_hundred_bytes_at_most() {
    let mut table = String::new();
    for size in [(80, 24), (120, 40)] {
        let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for need in NEEDS {
            for (key, cost, typed) in costs(size, need) {
                assert!(cost <= MOST, "{key}: {cost} after {typed:?}");
                kinds.entry(key).or_default().push(cost);
            }
        }
        for (key, mut costs) in kinds {
            costs.sort_unstable();
            let (median, most) = (costs[costs.len() / 2], costs.last().unwrap());
            let _ = writeln!(
                table,
                "{}x{} {key}: median {median}, most {most}",
                size.0, size.1
            );
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_letter_costs_no_more_whoever_types() {
    let sets = ["third-party", "held-out-8", "development"];
    let needs = sets.iter().flat_map(|set| search_support::needs(set));
    for need in needs.step_by(53) {
        for (key, cost, typed) in costs((80, 24), &need.text) {
            assert!(cost <= MOST, "{key}: {cost} after {typed:?}");
        }
    }
}

/// Going somewhere by its name shows three finds over the page, each without its address.
#[test]
fn going_to_a_name_costs_little_more() {
    const LITTLE_MORE: usize = 250;
    for (size, name) in [(80, 24), (120, 40)]
        .into_iter()
        .flat_map(|size| ["consent", "output", "glossary"].map(|name| (size, name)))
    {
        let mut viewer = Viewer::new(size.0, size.1);
        viewer.seat.look.slow = true;
        let (mut link, _) = Link::of(viewer);
        for key in std::iter::once('g').chain(name.chars()) {
            let cost = cost(&mut link, &key.to_string());
            assert!(cost <= LITTLE_MORE, "{key} of {name}: {cost} at {size:?}");
        }
    }
}

#[test]
fn it_looks_as_it_did() {
    const STATES: &[(&str, &str, &str)] = &[
        ("empty", "", ""),
        ("typed", "landmines on the road", ""),
        ("unsure", "tea", ""),
        ("nothing", "zorgle", ""),
        ("chosen", "landmines on the road", "Down"),
        ("fourth", "landmines on the road", "Down Down Down Down"),
        ("all", "landmines on the road", "Tab"),
    ];
    for size in [(80, 24), (50, 18), (40, 10)] {
        for (name, need, keys) in STATES {
            let mut viewer = viewer(size);
            viewer.types(need).press(keys);
            let name = format!("{name}_{}x{}", size.0, size.1);
            insta::assert_snapshot!(name, viewer.picture());
        }
    }
}

#[test]
fn tab_brings_all_until_something_else_is_typed() {
    viewer((80, 24))
        .types("landmines on the road")
        .sees("The first three. Tab: all, with Output")
        .sees("mines")
        .sees_no("Response M&E")
        .press("Tab")
        .sees("landmines -> mines")
        .sees("Mapping the location of mines and UXO")
        .sees("Response M&E")
        .press("Tab")
        .sees_no("Response M&E")
        .press("Tab Down Down")
        .sees("Response M&E")
        .press("Up Up")
        .types("s")
        .sees_no("Response M&E");
}

#[test]
fn what_is_chosen_has_a_line_of_its_output() {
    viewer((80, 24))
        .types("landmines on the road")
        .sees_no("Superseded")
        .press("Down")
        .sees("... mines and UXO")
        .sees("Superseded. Second Working Meeting (2015)")
        .press("PageDown PageDown PageDown PageDown")
        .sees("Response M&E")
        .sees("Agreed. Third Working Meeting (2016)");
}

#[test]
fn a_category_that_the_sources_combine_with_another_says_so() {
    viewer((80, 24))
        .types("cash targeting")
        .sees("with Protection ...");
}

#[test]
fn what_is_opened_is_what_was_typed_last() {
    let mut imo = viewer((80, 24));
    for c in "landmines".chars() {
        let key = Msg::Key(Key::char(c));
        update(&imo.room, &mut imo.seat, key);
    }
    imo.press("Enter")
        .is_at("matrix/security-situational-awareness/output");
}

#[test]
fn tab_says_so_where_nothing_is_left_out() {
    Viewer::new(80, 24)
        .press("2 Tab")
        .sees("All eight are shown.");
}

#[test]
fn no_size_breaks_the_drawing() {
    for width in [1, 39, 40, 41, 50, 70, 120, 200] {
        for height in [1, 9, 10, 11, 12, 13, 18, 24, 60] {
            let mut viewer = viewer((width, height));
            viewer
                .types(&"the road to the camp \u{6f22} ".repeat(5))
                .buffer();
            viewer.press("Left Home End Backspace Down Down Down Down PageDown");
            viewer.buffer();
            viewer.press("Tab Up");
            viewer.buffer();
        }
    }
}
