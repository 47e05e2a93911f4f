//! What named journeys cost on the wire, in bytes, as a committed table: growth fails.
//!
//! Each step is the frame at once and, where the selection then rests, the passage that
//! follows. Sizes are those of the text as it is, so that a change of content shows here too.

use std::fmt::Write as _;

use crate::notes::Sitting;
use crate::scenarios::Hall;
use crate::support::Viewer;
use pim::app::{Effect, Msg, update};
use pim::terminal::{Abilities, Wire};

/// A viewer whose frames go through a wire.
pub(crate) struct Link {
    pub(crate) viewer: Viewer,
    wire: Wire,
}

impl Link {
    fn open(address: &str, width: u16, height: u16) -> (Self, usize) {
        let mut viewer = Viewer::new(width, height);
        viewer.goes_to(address);
        Self::of(viewer)
    }

    pub(crate) fn of(viewer: Viewer) -> (Self, usize) {
        let abilities =
            Abilities::guess(|name| (name == "TERM").then(|| "xterm-256color".to_owned()));
        let mut link = Self {
            viewer,
            wire: Wire::new(abilities),
        };
        let opened = link.sent();
        (link, opened)
    }

    pub(crate) fn sent(&mut self) -> usize {
        let (mut bytes, (buffer, cursor)) = (Vec::new(), self.viewer.frame());
        self.wire.frame(&buffer, cursor, &mut bytes);
        bytes.len()
    }

    /// The bytes of a key: at once, and when the selection rests.
    pub(crate) fn key(&mut self, name: &str) -> (usize, usize) {
        match self.held(name) {
            (at_once, true) => (at_once, self.rests()),
            (at_once, false) => (at_once, 0),
        }
    }

    /// The bytes of a key that is held, and whether more follows once it is let go.
    pub(crate) fn held(&mut self, name: &str) -> (usize, bool) {
        let key = Msg::Key(name.parse().expect("a key"));
        let effects = update(&self.viewer.room, &mut self.viewer.seat, key);
        let wakes = effects.iter().any(|one| matches!(one, Effect::Wake(_)));
        (self.sent(), wakes)
    }

    /// The bytes of what follows.
    pub(crate) fn rests(&mut self) -> usize {
        update(&self.viewer.room, &mut self.viewer.seat, Msg::Woke);
        self.sent()
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

/// Every list in which a key can be held.
fn lists((width, height): (u16, u16)) -> Vec<(&'static str, Viewer)> {
    let at = |address: &str| {
        let mut viewer = Viewer::new(width, height);
        viewer.goes_to(address);
        viewer
    };
    let in_session = |keys: &str| {
        let mut one = Sitting::with_notes(width, height);
        one.press(keys);
        one.viewer
    };
    let mut guide = Viewer::new(width, height);
    guide.press("7");
    let mut need = Viewer::new(width, height);
    need.press("2").types("landmines on the road").press("Down");
    vec![
        ("the Matrix", at("matrix/case-management/definition")),
        ("the Process", at("process")),
        ("the principles", at("principles/do-no-harm")),
        ("the guide", guide),
        ("Find, nothing typed", at("find")),
        ("Find, a need", need),
        ("the notes", in_session("Home")),
        (
            "the systems",
            in_session("Tab a O n e Enter a T w o Enter a S i x Enter Home"),
        ),
        (
            "a checklist",
            in_session("Tab a O n e Enter Enter Enter Esc Home"),
        ),
        ("the scenarios", Hall::new(width, height).viewer),
    ]
}

#[test]
fn a_held_key_paints_two_rows_and_the_rest_once_it_is_let_go() {
    // The mark, the looks and the way to each of two rows and to the address.
    const BESIDES: usize = 40;
    let mut table = String::new();
    for size in [(80, 24), (120, 40)] {
        for (name, viewer) in lists(size) {
            let (mut link, _) = Link::of(viewer);
            let _ = write!(table, "{}x{} {name}:", size.0, size.1);
            let mut follows = false;
            for _ in 0..4 {
                let before = link.viewer.buffer();
                let (at_once, wakes) = link.held("Down");
                let after = link.viewer.buffer();
                let cells = before.content.iter().zip(&after.content);
                let changed = cells.filter(|(a, b)| a != b).count();
                let rows = before.area.rows().filter(|row| {
                    let differs = |at| before[at] != after[at];
                    row.positions().any(differs)
                });
                assert!(rows.count() <= 3, "{name}");
                assert!(
                    at_once <= changed + BESIDES,
                    "{name}: {at_once} for {changed}"
                );
                follows |= wakes;
                let _ = write!(table, " {at_once}");
            }
            if follows {
                let _ = write!(table, ", then {}", link.rests());
            }
            table.push('\n');
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn what_a_selection_flies_past_is_not_shown() {
    for (name, viewer) in lists((80, 24)) {
        let (mut link, _) = Link::of(viewer);
        // The first key may only leave the line that is typed.
        link.key("Down");
        let before = link.viewer.text();
        if !link.held("Down").1 {
            continue;
        }
        let flying = link.viewer.text();
        let lines = before.lines().zip(flying.lines());
        // The two rows, and the address on the last line.
        assert!(
            lines.filter(|(a, b)| a != b).count() <= 3,
            "{name}:\n{flying}"
        );
        link.rests();
        assert_ne!(link.viewer.text(), flying, "{name}: nothing followed");
    }
}
