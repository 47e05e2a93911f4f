//! What named journeys cost on the wire, in bytes, as a committed table: growth fails.
//!
//! Each step is the frame at once and, where the selection then rests, the passage that
//! follows. Sizes are those of the text as it is, so that a change of content shows here too.

use std::fmt::Write as _;

use crate::support::Viewer;
use pim::app::{Effect, Msg, update};
use pim::terminal::{Abilities, Wire};

/// A viewer whose frames go through a wire.
struct Link {
    viewer: Viewer,
    wire: Wire,
}

impl Link {
    fn open(address: &str, width: u16, height: u16) -> (Self, usize) {
        let mut viewer = Viewer::new(width, height);
        viewer.goes_to(address);
        let abilities =
            Abilities::guess(|name| (name == "TERM").then(|| "xterm-256color".to_owned()));
        let mut link = Self {
            viewer,
            wire: Wire::new(abilities),
        };
        let opened = link.sent();
        (link, opened)
    }

    fn sent(&mut self) -> usize {
        let mut bytes = Vec::new();
        self.wire.frame(&self.viewer.buffer(), None, &mut bytes);
        bytes.len()
    }

    /// The bytes of a key: at once, and when the selection rests.
    fn key(&mut self, name: &str) -> (usize, usize) {
        let key = Msg::Key(name.parse().expect("a key"));
        let effects = update(&self.viewer.room, &mut self.viewer.seat, key);
        let at_once = self.sent();
        if !effects.iter().any(|one| matches!(one, Effect::Wake(_))) {
            return (at_once, 0);
        }
        update(&self.viewer.room, &mut self.viewer.seat, Msg::Woke);
        (at_once, self.sent())
    }
}

/// Name, where it begins, and the keys.
const JOURNEYS: &[(&str, &str, &str)] = &[
    (
        "through the categories",
        "matrix/population-data/output",
        "Right Right Right Left",
    ),
    (
        "through the rows",
        "matrix/protection-monitoring/output",
        "Down Down Up Up",
    ),
    ("along a row, line by line", "matrix/all/output", "J J J J"),
    (
        "a column in full width",
        "matrix/protection-monitoring",
        "Down Down Down Down PageDown PageDown",
    ),
    (
        "through the sub-steps",
        "process/implement/collect-data",
        "Down Down Up",
    ),
    (
        "a principle in action",
        "principles/do-no-harm/collect-data",
        "Down Right PageDown",
    ),
    (
        "compare and back",
        "matrix/case-management/output",
        "= Down Esc",
    ),
    ("nothing", "matrix/case-management/output", "F"),
];

#[test]
fn named_journeys_cost_what_they_did() {
    let mut table = String::new();
    for size in [(80, 24), (120, 40)] {
        for (name, address, keys) in JOURNEYS {
            let (mut link, opened) = Link::open(address, size.0, size.1);
            let _ = write!(table, "{}x{} {name}: opens {opened}", size.0, size.1);
            for key in keys.split_whitespace() {
                let (at_once, rested) = link.key(key);
                let _ = write!(table, "  {key} {at_once}");
                if rested > 0 {
                    let _ = write!(table, "+{rested}");
                }
            }
            table.push('\n');
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_selection_moves_for_sixty_bytes() {
    let (mut link, _) = Link::open("matrix/population-data/output", 80, 24);
    for key in [
        "Right", "Right", "Right", "Right", "Right", "Right", "Right", "Up", "Up", "Down", "Left",
    ] {
        let (at_once, _) = link.key(key);
        assert!(at_once <= 60, "{key}: {at_once}");
    }
}

#[test]
fn a_frame_with_nothing_new_is_no_bytes() {
    let (mut link, _) = Link::open("matrix/population-data/output", 80, 24);
    assert_eq!(link.sent(), 0);
}
