//! What people see: every kind of screen, at three sizes, in two themes; and that no size
//! and no content breaks the drawing.

use crate::support::Viewer;
use pim::content::address::places;

/// Every kind of screen, by an address and the keys that lead from there.
const SCREENS: &[(&str, &str, &str)] = &[
    ("cell", "matrix/case-management/output", ""),
    (
        "cell-with-sources",
        "matrix/security-situational-awareness/shared-data",
        "s",
    ),
    ("cell-summary", "matrix/population-data/definition", ""),
    ("row", "matrix/all/output", "Down"),
    ("compare", "matrix/case-management/output", "="),
    ("compare-three", "matrix/population-data/output", "= +"),
    ("column", "matrix/protection-monitoring/output", "Enter"),
    ("cover", "matrix", ""),
    ("find-empty", "find", ""),
    ("find", "find", "l a n d m i n e s"),
    ("find-nothing", "find", "z o r g l e"),
    (
        "find-together",
        "find",
        "c a s h Space t a r g e t i n g Down Down",
    ),
    ("process", "process", ""),
    ("step", "process/design", ""),
    ("sub-step", "process/implement/collect-data", ""),
    (
        "sub-step-read",
        "process/implement/collect-data",
        "Enter PageDown",
    ),
    ("principle", "principles/do-no-harm", ""),
    ("crossing", "principles/do-no-harm/collect-data", ""),
    (
        "crossing-empty",
        "principles/impartiality/store-and-maintain",
        "",
    ),
    ("stage-row", "principles/all/store-and-maintain", ""),
    ("guide", "guide/glossary", ""),
    ("editor", "guide/editor", ""),
    ("help", "matrix/case-management/output", "?"),
    ("go-to", "matrix/case-management/output", "g s t o r e"),
    ("themes", "matrix/case-management/output", "t"),
];

fn picture(address: &str, keys: &str, (width, height): (u16, u16), theme: &str) -> String {
    let mut viewer = Viewer::new(width, height);
    theme.clone_into(&mut viewer.seat.look.theme);
    viewer.goes_to(address).press(keys);
    viewer.picture()
}

#[test]
fn every_screen_looks_as_it_did() {
    for (name, address, keys) in SCREENS {
        for size in [(80, 24), (120, 40), (50, 18)] {
            for theme in ["sixteen", "mono"] {
                let picture = picture(address, keys, size, theme);
                insta::assert_snapshot!(format!("{name}_{}x{}_{theme}", size.0, size.1), picture);
            }
        }
    }
}

#[test]
fn a_screen_that_is_too_small_says_what_it_needs() {
    let mut viewer = Viewer::new(30, 8);
    viewer.sees("needs 40x10").sees("has 30x8");
}

#[test]
fn no_size_and_no_place_breaks_the_drawing() {
    let all = places(&crate::support::content());
    let sizes = [
        1, 2, 5, 10, 18, 24, 39, 40, 41, 50, 69, 70, 80, 100, 120, 160, 200,
    ];
    for width in sizes {
        for height in [1, 2, 9, 10, 11, 18, 24, 40, 60] {
            let mut viewer = Viewer::new(width, height);
            for place in all.iter().step_by(7) {
                viewer.seat.jump(place.clone().into());
                viewer.buffer();
                viewer.press("Tab PageDown Enter Tab End");
                viewer.buffer();
                viewer.press("Esc");
            }
        }
    }
}

#[test]
fn moving_the_selection_is_seen_without_colour() {
    let mut viewer = Viewer::new(80, 24);
    viewer.press("t End Enter");
    assert_eq!(viewer.seat.look.theme, "mono");
    let before = viewer.picture();
    viewer.press("Right");
    assert_ne!(before, viewer.picture());
    viewer.sees(">Needs Assessment");
}

#[test]
fn a_wide_screen_is_not_a_thin_column_in_a_sea() {
    let mut viewer = Viewer::new(200, 50);
    viewer.goes_to("matrix/all/output");
    let widest = viewer.text().lines().map(|line| line.chars().count()).max();
    assert!(widest > Some(170), "{}", viewer.text());
}
