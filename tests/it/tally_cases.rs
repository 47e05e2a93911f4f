//! Published elections with their answers: `tests/data/tally-cases.json` names the source of each.

use std::fmt::Write;

use pim::tally::input::{self, Format, Orders};
use pim::tally::merge::{self, Merge};
use pim::tally::tags::{Response, TagReport, Tagging};
use pim::tally::{Ballot, Profile, Schulze, Tally, borda, report};
use serde_json::{Value, json};

fn cases(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../data/tally-cases.json")).unwrap();
    all[kind].as_array().unwrap().clone()
}

fn names(list: &Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

fn profile(case: &Value) -> Profile {
    input::read(case.to_string().as_bytes(), Some(Format::Json)).unwrap()
}

/// By way of the printed text, as another program would read it.
fn printed(value: &impl serde::Serialize) -> Value {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// Points by name, from what a method of the library gives.
fn points(profile: &Profile, scored: &pim::tally::Scored) -> Value {
    let named = profile.names().iter().zip(&scored.points);
    named
        .map(|(name, points)| (name.clone(), printed(points)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn every_published_case_gives_its_expected_report() {
    for case in cases("cases") {
        let found = printed(&report(&profile(&case)));
        let offered = found.as_object().unwrap();
        for (field, expected) in case["expect"].as_object().unwrap() {
            if offered.contains_key(field) {
                assert_eq!(found[field], *expected, "{}: {field}", case["name"]);
            }
        }
        for field in ["borda", "borda_top4", "copeland", "schulze", "kendalls_w"] {
            assert!(
                case["expect"].get(field).is_some(),
                "{}: {field}",
                case["name"]
            );
        }
    }
}

#[test]
fn the_report_has_the_agreed_fields_and_no_other() {
    let found = printed(&report(&profile(&cases("cases")[0])));
    let mut fields: Vec<&String> = found.as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "ballots_counted",
            "blank_ballots",
            "borda",
            "borda_leave_one_out_stable",
            "borda_top4",
            "condorcet_winner",
            "copeland",
            "kendalls_w",
            "schulze",
            "schulze_beats",
            "schulze_is_weak_order",
        ]
    );
}

#[test]
fn the_alternatives_give_what_other_tools_publish() {
    let mut checked = 0;
    for case in cases("cases") {
        let (profile, expect) = (profile(&case), &case["expect"]);
        let matrix = Tally::count(&profile).matrix;
        let margins = Schulze::margins(&matrix);
        let alternatives = [
            (
                "borda_zero_unranked",
                points(&profile, &borda::zero_unranked(&profile)),
            ),
            (
                "borda_modified",
                points(&profile, &borda::modified(&profile)),
            ),
            (
                "schulze_margins",
                json!(margins.order.names(profile.names())),
            ),
        ];
        for (field, found) in alternatives {
            if let Some(expected) = expect.get(field) {
                assert_eq!(found, *expected, "{}: {field}", case["name"]);
                checked += 1;
            }
        }
        assert_eq!(
            margins.is_weak_order(),
            expect.get("schulze_margins").is_some(),
            "{}",
            case["name"]
        );
    }
    assert_eq!(checked, 4 + 4 + 12);
}

#[test]
fn what_the_sources_themselves_state_holds() {
    for case in cases("cases") {
        let (profile, published) = (profile(&case), &case["published"]);
        let tally = Tally::count(&profile);
        let index = |name: &str| profile.names().iter().position(|n| n == name).unwrap();
        let each = |field: &str, found: &dyn Fn(usize, usize) -> u64| {
            for (one, row) in published
                .get(field)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                for (other, expected) in row.as_object().unwrap() {
                    let found = found(index(one), index(other));
                    assert_eq!(
                        json!(found),
                        *expected,
                        "{}: {field} {one} {other}",
                        case["name"]
                    );
                }
            }
        };
        each("schulze_paths", &|a, b| tally.schulze.path(a, b));
        each("pairwise", &|a, b| tally.matrix.above(a, b));
        for (name, sum) in published
            .get("rank_sums")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let all = tally.counted * profile.candidates() as u64;
            let points = tally.borda.points[index(name)].as_f64();
            assert!(
                (all as f64 - points - sum.as_f64().unwrap()).abs() < 1e-9,
                "{}",
                case["name"]
            );
        }
        if let Some(leaders) = published.get("schulze_winners") {
            let found: Vec<&String> = tally
                .schulze
                .order
                .leaders()
                .iter()
                .map(|&c| &profile.names()[c])
                .collect();
            assert_eq!(json!(found), *leaders, "{}", case["name"]);
        }
    }
}

#[test]
fn published_agreement_holds_to_the_digits_that_are_printed() {
    let mut checked = 0;
    for case in cases("cases") {
        let tally = Tally::count(&profile(&case));
        let Some(w) = tally.w else { continue };
        let published = &case["published"];
        let chi2 = w * tally.counted as f64 * (tally.candidates() - 1) as f64;
        for (field, found) in [("kendalls_w", w), ("friedman_chi2", chi2)] {
            if let Some([value, digits]) = published
                .get(field)
                .and_then(Value::as_array)
                .map(Vec::as_slice)
            {
                let digits = usize::try_from(digits.as_u64().unwrap()).unwrap();
                assert_eq!(
                    format!("{found:.digits$}"),
                    format!("{:.digits$}", value.as_f64().unwrap())
                );
                checked += 1;
            }
        }
        if let Some(fraction) = published.get("kendalls_w_fraction") {
            let expected = fraction[0].as_f64().unwrap() / fraction[1].as_f64().unwrap();
            assert!((w - expected).abs() < 1e-12);
            checked += 1;
        }
    }
    assert_eq!(checked, 5);
}

#[test]
fn every_case_reads_the_same_from_preflib_files_new_and_old() {
    for case in cases("cases") {
        let profile = profile(&case);
        for text in [modern(&profile), old(&profile)] {
            let read = input::read(text.as_bytes(), None).unwrap();
            assert_eq!(report(&read), report(&profile), "{}", case["name"]);
            let hinted = input::read(text.as_bytes(), Some(Format::PrefLib(Orders::Toi))).unwrap();
            assert_eq!(hinted, profile);
        }
    }
}

fn modern(profile: &Profile) -> String {
    let mut text = format!(
        "# FILE NAME: x.toi\n# DATA TYPE: toi\n# NUMBER ALTERNATIVES: {}\n",
        profile.candidates()
    );
    writeln!(
        text,
        "# NUMBER VOTERS: {}",
        profile.counted() + profile.blank()
    )
    .unwrap();
    for (number, name) in (1..).zip(profile.names()) {
        writeln!(text, "# ALTERNATIVE NAME {number}: {name}").unwrap();
    }
    for ballot in profile.ballots() {
        writeln!(text, "{}: {}", ballot.count, order(ballot)).unwrap();
    }
    text
}

fn old(profile: &Profile) -> String {
    let mut text = format!("{}\n", profile.candidates());
    for (number, name) in (1..).zip(profile.names()) {
        writeln!(text, "{number},{name}").unwrap();
    }
    let all = profile.counted() + profile.blank();
    writeln!(text, "{all},{all},{}", profile.ballots().len()).unwrap();
    for ballot in profile.ballots() {
        writeln!(text, "{},{}", ballot.count, order(ballot)).unwrap();
    }
    text
}

fn order(ballot: &Ballot) -> String {
    let group = |group: &Vec<usize>| {
        let numbers: Vec<String> = group.iter().map(|c| (c + 1).to_string()).collect();
        if numbers.len() == 1 {
            numbers.concat()
        } else {
            format!("{{{}}}", numbers.join(","))
        }
    };
    ballot
        .ranking
        .iter()
        .map(group)
        .collect::<Vec<_>>()
        .join(",")
}

#[test]
fn every_tag_case_gives_its_expected_report() {
    for case in cases("tag_cases") {
        let items = names(&case["items"]);
        let indices = |list: &Value| {
            let position = |name: String| items.iter().position(|item| *item == name).unwrap();
            names(list).into_iter().map(position).collect()
        };
        let sheets = case["responses"].as_array().unwrap().iter();
        let sheet = |s: &Value| Response {
            count: 1,
            must: indices(&s["must"]),
            nice: indices(&s["nice"]),
        };
        let tagging = Tagging::new(items.clone(), sheets.map(sheet).collect(), Vec::new()).unwrap();
        assert_eq!(
            printed(&TagReport::of(&tagging)),
            case["expect"],
            "{}",
            case["name"]
        );
    }
}

#[test]
fn every_merge_case_gives_its_expected_ballots_and_points() {
    for case in cases("merge_cases") {
        let all = names(&case["candidates"]);
        let at = |name: &str| all.iter().position(|other| other == name).unwrap();
        let before = profile(&json!({"candidates": case["candidates"], "ballots": case["before"]}));
        let from = names(&case["merge"]["from"]);
        let merge = Merge {
            into: at(case["merge"]["into"].as_str().unwrap()),
            from: from.iter().map(|name| at(name)).collect(),
        };
        let after = merge::ballots(&before, &[merge]).unwrap();
        let left: Vec<&String> = all.iter().filter(|name| !from.contains(name)).collect();
        let expected = profile(&json!({"candidates": left, "ballots": case["after"]}));
        assert_eq!(after, expected, "{}", case["name"]);
        let leaders = |profile: &Profile| printed(&report(profile))["borda"]["order"][0].clone();
        assert_eq!(leaders(&before), case["expect"]["borda_leaders_before"]);
        assert_eq!(leaders(&after), case["expect"]["borda_leaders_after"]);
        let tally = Tally::count(&after);
        assert_eq!(points(&after, &tally.borda), case["expect"]["borda_points"]);
    }
}
