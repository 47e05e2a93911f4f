//! What people do, through the real update loop, in their words.

use crate::support::Viewer;
use pim::app::{Effect, Msg};

#[test]
fn the_facilitator_opens_the_lid_and_asks_who_knows_what_case_management_produces() {
    let mut facilitator = Viewer::new(80, 24);
    facilitator
        .is_at("matrix/population-data/output")
        .sees("Population Data / Output locked")
        .reads("The output of a population data system provides information")
        .press("t Down Enter")
        .press("Right Right Right")
        .sees("Case Management / Output")
        .reads("Agreed. Third Working Meeting (2016), 4.3.4 Case Management")
        .press("Left")
        .sees("Protection Monitoring / Output")
        .press("Right =")
        .sees("Output, compared")
        .press("Left")
        .is_at("matrix/case-management+protection-monitoring/output")
        .press("Esc")
        .is_at("matrix/case-management/output");
    assert_eq!(facilitator.seat.look.theme, "projector-light");
}

#[test]
fn a_newcomer_reads_along_a_row_and_comes_back_to_the_same_cell() {
    Viewer::new(80, 24)
        .goes_to("matrix/protection-monitoring/methods")
        .press("c")
        .is_at("matrix/all/methods/protection-monitoring")
        .sees("Methods: all eight categories")
        .sees(">Protection Monitoring")
        .press("Down")
        .is_at("matrix/all/methods/case-management")
        .press("c")
        .is_at("matrix/case-management/methods");
}

#[test]
fn an_imo_goes_up_the_column_from_the_output_to_the_methods() {
    Viewer::new(80, 24)
        .goes_to("matrix/protection-needs-assessment/output")
        .press("Up Up")
        .is_at("matrix/protection-needs-assessment/methods")
        .press("Enter")
        .is_at("matrix/protection-needs-assessment/methods")
        .sees(">Methods")
        .press("Esc")
        .is_at("matrix/protection-needs-assessment/methods");
}

#[test]
fn from_a_sub_step_to_what_a_principle_asks_there_and_back() {
    Viewer::new(80, 24)
        .goes_to("process/implement/collect-data")
        .press("x")
        .is_at("principles/people-centred-and-inclusive/collect-data")
        .press("Right")
        .sees("Do no harm / Collect data")
        .press("x")
        .is_at("process/implement/collect-data")
        .press("[")
        .is_at("principles/do-no-harm/collect-data")
        .press("[")
        .is_at("process/implement/collect-data")
        .press("]")
        .is_at("principles/do-no-harm/collect-data");
}

#[test]
fn an_empty_crossing_says_so() {
    Viewer::new(80, 24)
        .goes_to("principles/impartiality/store-and-maintain")
        .sees("No action given.");
}

#[test]
fn sources_and_notes_are_one_key_away() {
    Viewer::new(100, 40)
        .goes_to("matrix/security-situational-awareness/shared-data")
        .sees("[note: s]")
        .sees_no("Editor's note")
        .press("s")
        .sees("Editor's note")
        .sees("Geneva, December 2015")
        .press("s")
        .sees_no("Editor's note");
}

#[test]
fn what_may_go_only_to_protection_actors_stands_beside_shared_data() {
    let mut viewer = Viewer::new(120, 60);
    for category in pim::content::CategoryId::ALL {
        viewer
            .goes_to(&format!("matrix/{category}/shared-data"))
            .sees("Conditions of sharing")
            .reads("some only with protection actors");
    }
}

#[test]
fn a_summarised_definition_is_not_shown_as_agreed() {
    Viewer::new(80, 24)
        .goes_to("matrix/population-data/definition")
        .sees("Summary: not the agreed wording")
        .sees("Summary. pim-workshop")
        .sees_no("locked");
}

#[test]
fn tabs_remember_where_they_were_left() {
    Viewer::new(80, 24)
        .goes_to("process/design/develop-im-system")
        .press("1")
        .is_at("matrix/population-data/output")
        .press("3")
        .is_at("process/design/develop-im-system");
}

#[test]
fn a_mistyped_address_finds_what_is_near_and_nothing_is_lost() {
    let mut viewer = Viewer::new(80, 24);
    viewer
        .press("g")
        .types("zzzzqq")
        .sees("Nothing has this title or address.")
        .press("Enter")
        .sees("zzzzqq")
        .press("Esc")
        .is_at("matrix/population-data/output");
}

#[test]
fn escape_steps_back_and_never_quits() {
    let mut viewer = Viewer::new(80, 24);
    viewer.press("Esc Esc Esc").sees("q quits");
    assert!(!viewer.effects.contains(&Effect::Quit));
    viewer.press("q");
    assert!(viewer.effects.contains(&Effect::Quit));
}

#[test]
fn letters_typed_into_go_to_are_text_and_not_commands() {
    let mut viewer = Viewer::new(80, 24);
    viewer.press("g").types("q=c?").sees("Go to: q=c?");
    assert!(viewer.effects.is_empty());
}

#[test]
fn a_theme_is_tried_at_once_and_esc_returns_to_the_old_one() {
    let mut viewer = Viewer::new(80, 24);
    viewer.press("t Down");
    assert_eq!(viewer.seat.look.theme, "projector-light");
    viewer.press("Esc");
    assert_eq!(viewer.seat.look.theme, "sixteen");
}

#[test]
fn a_link_on_the_page_is_followed() {
    Viewer::new(120, 40)
        .goes_to("process/implement/collect-data")
        .press("Enter Tab Tab Tab Tab")
        .press("Shift-Tab End Shift-Tab")
        .goes_to("principles/do-no-harm")
        .press("Tab Tab Tab Enter")
        .is_at("principles/do-no-harm/define-purpose-and-information-needs");
}

#[test]
fn the_address_can_be_copied() {
    let mut viewer = Viewer::new(80, 24);
    viewer
        .press("y")
        .sees("Copied: matrix/population-data/output");
    let copied = Effect::Copy("matrix/population-data/output".to_owned());
    assert!(viewer.effects.contains(&copied));
}

#[test]
fn a_held_key_paints_the_passage_only_when_it_rests() {
    let mut viewer = Viewer::new(80, 24);
    let right = Msg::Key("Right".parse().expect("a key"));
    let effects = pim::app::update(&viewer.room, &mut viewer.seat, right);
    assert!(matches!(effects.as_slice(), [Effect::Wake(_)]));
    viewer
        .sees(">Needs Assessment")
        .sees("Population Data / Output");
    viewer
        .send(Msg::Woke)
        .sees("Protection Needs Assessment / Output");
}

#[test]
fn a_pointer_clicks_a_tab_and_a_row_and_turns_the_wheel() {
    let mut viewer = Viewer::new(80, 24);
    viewer
        .send(Msg::Click(5, 5))
        .is_at("matrix/case-management/output")
        .send(Msg::Wheel(3))
        .send(Msg::Click(27, 0))
        .is_at("process");
}

#[test]
fn scrolling_stops_at_the_end() {
    let mut viewer = Viewer::new(80, 24);
    viewer.press("End").sees("end");
    let end = viewer.seat.scroll;
    viewer.press("PageDown J J");
    assert_eq!(viewer.seat.scroll, end);
    viewer.press("Home");
    assert_eq!(viewer.seat.scroll, 0);
}

#[test]
fn a_pasted_novel_is_cut_and_harmless() {
    let mut viewer = Viewer::new(80, 24);
    viewer
        .press("g")
        .send(Msg::Paste("\u{1b}[2Jx\n".repeat(70_000)));
    assert!(!viewer.text().contains('\u{1b}'));
    viewer.press("Esc").is_at("matrix/population-data/output");
}

#[test]
fn a_column_leads_along_its_rows_and_is_left_at_once() {
    let mut imo = Viewer::new(80, 24);
    imo.press("Enter")
        .is_at("matrix/population-data/output")
        .press("PageDown Esc")
        .sees("Population Data / Output")
        .press("Enter c")
        .is_at("matrix/all/output/population-data")
        .press("Esc Enter =")
        .sees("Output, compared");
}

#[test]
fn what_leads_twice_to_one_place_is_pointed_at_once() {
    let mut imo = Viewer::new(80, 24);
    imo.press("PageDown Tab").sees(">-> All categories");
    assert_eq!(imo.text().matches(">->").count(), 1, "{}", imo.text());
}

#[test]
fn the_last_line_never_loses_the_way_to_help() {
    for size in [(40, 10), (50, 18), (80, 24)] {
        for place in pim::content::address::places(&crate::support::content()) {
            let mut imo = Viewer::new(size.0, size.1);
            imo.seat.jump(place.into());
            let text = imo.text();
            let last = text.lines().last().unwrap_or_default();
            // In Find letters are text, and Esc leads out of it.
            let way = if imo.seat.searches() {
                "Esc back"
            } else {
                "? keys"
            };
            assert!(last.trim_end().ends_with(way), "{size:?} {last}");
        }
    }
}

#[test]
fn how_far_one_has_read_is_never_nothing() {
    let mut imo = Viewer::new(80, 24);
    imo.press("c Down PageDown");
    for _ in 0..4 {
        imo.press("J");
        assert!(!imo.text().contains("00%"), "{}", imo.text());
    }
}

#[test]
fn help_says_all_of_what_a_key_does_on_any_screen() {
    for size in [(50, 18), (80, 24), (120, 40)] {
        let mut imo = Viewer::new(size.0, size.1);
        imo.press("?");
        let words = |imo: &Viewer| {
            let text = imo.text();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let last = "(Tab in it: question, decision, action point)";
        while !words(&imo).contains(last) {
            let before = imo.text();
            imo.press("Down");
            assert_ne!(imo.text(), before, "{size:?}: it ends before");
        }
    }
}
