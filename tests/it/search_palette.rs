//! Titles are found by their letters, with accents, acronyms and slips of the finger.

use pim::search::palette::{Item, Palette, Part};

fn palette() -> (Vec<Item>, Palette) {
    let item = |title: &str, address: &str, aliases: &[&str]| Item {
        title: title.to_owned(),
        address: address.to_owned(),
        aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
    };
    let items = vec![
        item("Population Data", "matrix/population-data", &["PD"]),
        item(
            "Protection Needs Assessment",
            "matrix/protection-needs-assessment",
            &["PNA"],
        ),
        item(
            "Protection Monitoring",
            "matrix/protection-monitoring",
            &["PM"],
        ),
        item(
            "Case Management",
            "matrix/case-management",
            &["CM", "case files"],
        ),
        item(
            "Protection Response Monitoring and Evaluation",
            "matrix/protection-response-monitoring-evaluation",
            &["PRME", "M&E"],
        ),
        item(
            "Security and Situational Awareness",
            "matrix/security-situational-awareness",
            &["SSA"],
        ),
        item(
            "Sectoral Systems/Other",
            "matrix/sectoral-systems",
            &["SEC"],
        ),
        item(
            "Communicating with(in) Affected Communities",
            "matrix/communicating-affected-communities",
            &["CwC"],
        ),
        item("Do no harm", "principles/do-no-harm", &["DNH"]),
        item("Évaluation à Ñuñoa", "notes/nunoa", &[]),
        item("Export the notes", "command/export", &[]),
        item("Quit", "command/quit", &["exit"]),
    ];
    let palette = Palette::new(&items);
    (items, palette)
}

fn best(query: &str) -> String {
    let (items, palette) = palette();
    palette
        .find(query)
        .first()
        .map(|f| items[f.item].title.clone())
        .unwrap_or_default()
}

#[test]
fn names_are_found_the_way_people_type_them() {
    for (query, title) in [
        ("population", "Population Data"),
        ("PNA", "Protection Needs Assessment"),
        ("cwc", "Communicating with(in) Affected Communities"),
        ("m&e", "Protection Response Monitoring and Evaluation"),
        ("dnh", "Do no harm"),
        ("harm", "Do no harm"),
        ("exit", "Quit"),
        ("export", "Export the notes"),
        ("evaluation a nunoa", "Évaluation à Ñuñoa"),
        ("ÉVAL", "Évaluation à Ñuñoa"),
        ("monitoring protection", "Protection Monitoring"),
        ("needs ass", "Protection Needs Assessment"),
        ("secto", "Sectoral Systems/Other"),
        ("sit aware", "Security and Situational Awareness"),
    ] {
        assert_eq!(best(query), title, "{query}");
    }
}

#[test]
fn a_slip_of_the_finger_still_finds() {
    for (query, title) in [
        ("montioring", "Protection Monitoring"),
        ("popultion", "Population Data"),
        ("secutity", "Security and Situational Awareness"),
        ("managment", "Case Management"),
    ] {
        assert_eq!(best(query), title, "{query}");
    }
}

#[test]
fn the_start_of_a_word_outranks_scattered_letters() {
    let items = [
        Item {
            title: "Complaints and feedback".into(),
            ..Item::default()
        },
        Item {
            title: "Safe camps".into(),
            ..Item::default()
        },
        Item {
            title: "Camp".into(),
            ..Item::default()
        },
    ];
    let found = Palette::new(&items).find("camp");
    assert_eq!(
        found.iter().map(|f| f.item).take(2).collect::<Vec<_>>(),
        [2, 1]
    );
}

#[test]
fn positions_are_characters_of_the_title() {
    let (items, palette) = palette();
    let found = palette.find("nunoa").into_iter().next().expect("found");
    assert_eq!(found.part, Part::Title);
    let marked: String = found
        .positions
        .iter()
        .filter_map(|at| items[found.item].title.chars().nth(*at))
        .collect();
    assert_eq!(marked, "Ñuñoa");
}

#[test]
fn letters_spread_too_far_do_not_match() {
    assert!(palette().1.find("pxqz").is_empty());
    assert!(palette().1.find("landmines").is_empty());
}

#[test]
fn an_empty_query_lists_everything_in_order() {
    let (items, palette) = palette();
    let found: Vec<usize> = palette.find("  ").into_iter().map(|f| f.item).collect();
    assert_eq!(found, (0..items.len()).collect::<Vec<_>>());
}

#[test]
fn odd_input_is_no_problem() {
    let (_, palette) = palette();
    for query in [
        "\u{301}\u{301}",
        "🦀",
        "\u{0}\u{1b}",
        "خريطة",
        "/",
        "&",
        "a&",
    ] {
        let _ = palette.find(query);
    }
    let _ = palette.find(&"é".repeat(65_536));
}
