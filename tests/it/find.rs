//! Find, as people use it: a need in their own words, and the category that produces it.

use crate::support::Viewer;
use pim::app::{Effect, Msg};
use pim::content::CategoryId;

#[test]
fn a_need_is_typed_and_the_category_that_produces_it_comes_first() {
    let mut imo = Viewer::new(80, 24);
    imo.press("2")
        .sees("Type what you need to know")
        .types("landmines on the road")
        .sees(">Security & Situational")
        .sees("landmines ->")
        .sees("Security and Situational Awareness / Output")
        .sees("Mapping the location of mines and UXO")
        .sees("Superseded. Second Working Meeting (2015)")
        .press("Enter")
        .is_at("matrix/security-situational-awareness/output")
        .press("Up")
        .is_at("matrix/security-situational-awareness/examples")
        .press("[")
        .is_at("find")
        .sees("Need: landmines on the road");
}

#[test]
fn all_eight_stay_listed_whatever_is_typed() {
    let mut imo = Viewer::new(80, 24);
    imo.press("2").types("who controls this area");
    for name in [
        "Population Data",
        "Needs Assessment",
        "Case Management",
        "Response M&E",
        "Communicating",
    ] {
        imo.sees(name);
    }
}

#[test]
fn the_order_stays_under_whoever_goes_down_into_it() {
    for need in [
        "tea",
        "camp",
        "protect",
        "latri",
        "who does wha",
        "landmines on the road",
    ] {
        let mut imo = Viewer::new(80, 24);
        let content = imo.room.content.clone();
        let shorts = CategoryId::ALL
            .iter()
            .map(|id| &content.category(*id).short);
        let shorts: Vec<&str> = shorts.map(String::as_str).collect();
        imo.press("2").types(need);
        let order = |imo: &Viewer| {
            let lines = imo.text();
            let names = lines.lines().filter_map(|line| line.get(1..24));
            let names = names.filter(|name| shorts.iter().any(|one| name.starts_with(*one)));
            names.take(8).map(str::to_owned).collect::<Vec<_>>()
        };
        let typed = order(&imo);
        assert_eq!(typed.len(), 8, "{typed:?}");
        imo.press("Down");
        assert_eq!(order(&imo), typed, "{need}");
        imo.sees(&format!(">{}", typed[0].trim_end()));
        imo.press("Down");
        assert_eq!(order(&imo), typed, "{need}");
    }
}

#[test]
fn words_that_are_not_understood_are_answered_honestly() {
    Viewer::new(80, 24)
        .press("2")
        .types("qwertyuiop")
        .sees("No word was understood")
        .sees("Is it about people as numbers");
}

#[test]
fn letters_are_text_until_down_or_escape() {
    let mut imo = Viewer::new(80, 24);
    imo.press("2").types("q?1=c").sees("Need: q?1=c");
    assert!(imo.effects.is_empty());
    imo.press("Esc")
        .sees("Letters are commands now")
        .press("1")
        .is_at("matrix/population-data/output");
    imo.press("2").sees("Need: q?1=c");
}

#[test]
fn a_need_that_the_sources_answer_by_combining_says_so() {
    Viewer::new(120, 40)
        .press("2")
        .types("cash targeting")
        .sees("Case Management and Protection Monitoring together")
        .sees("design a cash-targeting programme");
}

#[test]
fn a_phrase_is_taught_and_taken_back() {
    let mut imo = Viewer::new(80, 24);
    imo.press("2")
        .types("zorbal counts")
        .press("Down Down Ctrl-T")
        .sees("Taught:");
    let Some(Effect::Teach(taught)) = imo.effects.last().cloned() else {
        panic!("something is taught: {:?}", imo.effects);
    };
    assert_eq!(taught.len(), 1);
    let category = taught[0].category.clone();
    imo.room.teach(taught);
    imo.sees("zorbal counts -> taught with Ctrl-T");
    imo.press("Ctrl-T");
    assert_eq!(imo.effects.last(), Some(&Effect::Teach(Vec::new())));
    let ranking = imo
        .room
        .rank(&pim::search::Query::whole("zorbal counts"))
        .expect("a vocabulary");
    assert_eq!(ranking.hits[0].id, category);
}

#[test]
fn on_a_slow_link_the_order_waits_until_typing_pauses() {
    let mut imo = Viewer::new(80, 24);
    imo.press("2");
    imo.seat.look.slow = true;
    for c in "landmines".chars() {
        let key = Msg::Key(pim::app::Key::char(c));
        let effects = pim::app::update(&imo.room, &mut imo.seat, key);
        assert!(matches!(effects.as_slice(), [Effect::Wake(_)]));
    }
    imo.sees("Need: landmines")
        .sees_no(">Security & Situational")
        .send(Msg::Woke)
        .sees(">Security & Situational");
}

#[test]
fn running_text_is_found_from_go_to() {
    Viewer::new(120, 40)
        .press("g")
        .types("enumerators supervisors")
        .sees("process/implement/collect-data/")
        .press("Enter")
        .is_at("process/implement/collect-data/train-enumerators-and-supervisors");
}

#[test]
fn anything_can_be_pasted_as_a_need() {
    let mut imo = Viewer::new(80, 24);
    imo.press("2");
    for text in [
        "",
        "\u{0}\u{1b}[2J",
        "\u{202e}abc",
        "\u{645}\u{627} \u{647}\u{64a}",
        &"x ".repeat(40_000),
    ] {
        imo.send(Msg::Paste(text.to_owned()));
        imo.buffer();
        imo.press("Ctrl-U");
    }
}

#[test]
fn a_command_is_found_by_its_words_and_done() {
    let mut imo = Viewer::new(80, 24);
    imo.press("g")
        .types("slow link")
        .sees("key S")
        .press("Enter")
        .sees("Sparing a slow link: on.");
}

#[test]
fn a_note_is_found_by_its_words_and_leads_to_its_place() {
    use pim::room::{Body, Event, NoteCommand, NoteKind, RoomState, Time, decide};
    let mut imo = Viewer::new(80, 24);
    let mut state = RoomState::default();
    let write = pim::room::Command::Note(NoteCommand::Write {
        anchor: Some("process/implement/collect-data".to_owned()),
        body: Body::new(NoteKind::Question, "Which enumerators speak Zaghawa?"),
    });
    let events: Vec<Event> =
        decide(&state, pim::room::Role::Facilitator, write, Time(1)).expect("it may be written");
    for event in &events {
        state.apply(event);
    }
    imo.room.session = Some(std::sync::Arc::new(state));
    imo.press("g")
        .types("zaghawa")
        .sees("Note: Which enumerators speak Zaghawa?")
        .press("Enter")
        .is_at("process/implement/collect-data");
}

#[test]
fn commands_are_found_by_the_words_that_people_have_for_them() {
    for (typed, key) in [
        ("theme", "key t"),
        ("dark", "key t"),
        ("colours", "key t"),
        ("export", "key e"),
        ("print", "key e"),
        ("sessions", "key W"),
        ("live", "key I"),
        ("join", "key I"),
        ("timer", "key T"),
        ("mouse", "key m"),
        ("undo", "key u"),
        ("exit", "key q"),
        ("shortcuts", "key ?"),
    ] {
        let mut imo = Viewer::new(80, 24);
        imo.press("g").types(typed);
        let lines: Vec<String> = imo.text().lines().map(str::to_owned).collect();
        let at = lines.iter().position(|line| line.contains(key));
        assert!(at.is_some_and(|at| at <= 9), "{typed}: {lines:#?}");
    }
}

#[test]
fn titles_still_go_before_commands_that_only_share_a_word() {
    for title in ["matrix", "principles", "case management", "PNA", "output"] {
        let mut imo = Viewer::new(80, 24);
        imo.press("g").types(title);
        let first = imo
            .text()
            .lines()
            .find(|line| line.contains('>'))
            .map(str::to_owned);
        assert!(first.is_some_and(|line| !line.contains("key ")), "{title}");
    }
}

#[test]
fn every_find_can_be_stepped_to() {
    let mut imo = Viewer::new(80, 24);
    imo.press("g").types("data");
    let Some(pim::app::layer::Layer::Jump(jump)) = imo.seat.layers.last() else {
        panic!("no go to");
    };
    let mut jump = jump.clone();
    for place in 0..jump.found.len() {
        assert_eq!(jump.index(), place);
        jump.step(1);
    }
}
