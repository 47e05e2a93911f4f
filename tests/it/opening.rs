//! What opening a screen costs on the wire, for each byte of its text: growth fails.
//!
//! Every place that has an address and every layer is opened in a fresh terminal at both sizes,
//! with the bytes that take the terminal over. *Text* is what is visible, without blanks and
//! rules. The table says what the bytes are spent on; where it grows, read why before it is
//! accepted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::notes::Sitting;
use crate::operation_support::five_systems;
use crate::scenarios::{Hall, collected, ranking, tagged};
use crate::support::Viewer;
use pim::content::Place;
use pim::content::address::places;
use pim::terminal::manners::ENTER;
use pim::terminal::{Abilities, Wire};
use ratatui::buffer::Buffer;

/// Kinds of screens: an address, and the keys that lead on from there.
const SCREENS: &[(&str, &str, &str)] = &[
    ("a cell", "matrix/case-management/output", ""),
    ("a definition", "matrix/population-data/definition", ""),
    ("a row", "matrix/all/output", ""),
    ("a column", "matrix/protection-monitoring", ""),
    ("two side by side", "matrix/case-management/output", "="),
    ("three side by side", "matrix/population-data/output", "= +"),
    ("the cover", "matrix", ""),
    ("Find", "find", ""),
    ("the Process", "process", ""),
    ("a step", "process/design", ""),
    ("a sub-step", "process/implement/collect-data", ""),
    ("the principles", "principles", ""),
    ("a principle", "principles/do-no-harm", ""),
    ("a practice", "principles/do-no-harm/collect-data", ""),
    ("a stage, all principles", "principles/all/collect-data", ""),
    ("the scenarios", "scenarios", ""),
    ("the notes", "notes", ""),
    ("the operation, where none is open", "operation", ""),
    ("the glossary", "guide/glossary", ""),
    ("help", "matrix/case-management/output", "?"),
    ("keys to go to", "matrix/case-management/output", "g"),
    ("themes", "matrix/case-management/output", "t"),
];

/// Screens of an operation.
const OF_OPERATION: &[(&str, &str)] = &[
    ("an operation", "operation"),
    ("its coverage", "operation/coverage"),
    ("a system", "operation/systems/arrivals-register"),
    (
        "the Process of a system",
        "operation/systems/arrivals-register/process",
    ),
    ("a row of its own", "operation/rows/diagnosis"),
];

/// Screens of a session: the keys that lead on from its notes.
const OF_SESSION: &[(&str, &str)] = &[
    ("notes by place", "Home"),
    (
        "the agenda",
        "A a 4 5 Space M a p Enter a 9 Space T e a Enter",
    ),
    ("systems under design", "Tab a O n e Enter"),
    (
        "a checklist",
        "Tab a O n e Enter Enter Enter Esc Space Down",
    ),
];

/// How a phase of the exercise is reached.
type Phase = (&'static str, fn(u16, u16) -> Hall, &'static str);

/// Phases of the exercise.
const OF_EXERCISE: &[Phase] = &[
    ("the scenarios of a session", Hall::new, ""),
    ("the lobby", Hall::new, "Enter Enter"),
    ("collecting", collected, ""),
    ("marking must and nice", tagged, ""),
    ("a result", tagged, "n Enter A"),
    ("a result in sentences", tagged, "n Enter A x"),
    ("ranking", ranking, "Space Space Space ="),
];

/// Bytes by what they are for.
#[derive(Default)]
struct Cost {
    all: usize,
    text: usize,
    blanks: usize,
    moves: usize,
    looks: usize,
    erasures: usize,
    modes: usize,
}

impl Cost {
    /// Hundredths of a byte for each byte of text, rounded up.
    fn rate(&self) -> usize {
        (self.all * 100).div_ceil(self.text.max(1))
    }
}

/// Takes the bytes of an opening apart.
fn cost(viewer: &Viewer) -> Cost {
    let abilities = Abilities::guess(|name| (name == "TERM").then(|| "xterm-256color".to_owned()));
    let mut bytes = ENTER.to_vec();
    let buffer = viewer.buffer();
    Wire::new(abilities).frame(&buffer, None, &mut bytes);
    let mut cost = Cost {
        all: bytes.len(),
        text: text(&buffer),
        ..Cost::default()
    };
    let mut rest = bytes.as_slice();
    while let [first, ..] = rest {
        let length = match first {
            0x1b if rest.get(1).is_some_and(u8::is_ascii_digit) => 2,
            0x1b => {
                1 + rest
                    .iter()
                    .position(u8::is_ascii_alphabetic)
                    .expect("an end")
            }
            _ => 1,
        };
        let (one, more) = rest.split_at(length);
        *match one {
            b"\r" | b"\n" | b"\x08" => &mut cost.moves,
            b" " => &mut cost.blanks,
            [0x1b, b'[', b'?', ..] => &mut cost.modes,
            [0x1b, .., b'm'] => &mut cost.looks,
            [0x1b, .., b'J' | b'K' | b'X'] => &mut cost.erasures,
            [0x1b, ..] => &mut cost.moves,
            _ => {
                rest = more;
                continue;
            }
        } += length;
        rest = more;
    }
    cost
}

/// The bytes of what is visible, without blanks and rules: box and block characters, and runs of
/// three or more of `- = _ | +`.
fn text(buffer: &Buffer) -> usize {
    let columns = usize::from(buffer.area.width);
    let rows = buffer.content.chunks_exact(columns);
    rows.map(|row| {
        let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        let words = line.split(|c| c == ' ' || ('\u{2500}'..='\u{25ff}').contains(&c));
        words.map(of_word).sum::<usize>()
    })
    .sum()
}

fn of_word(word: &str) -> usize {
    let is_rule = |c: char| "-=_|+".contains(c);
    let is_bar = word == "|";
    let mut sum = 0;
    let mut run = 0;
    for c in word.chars().chain([' ']) {
        if is_rule(c) {
            run += 1;
            continue;
        }
        sum += if run < 3 { run } else { 0 } + if c == ' ' { 0 } else { c.len_utf8() };
        run = 0;
    }
    if is_bar { 0 } else { sum }
}

fn line(table: &mut String, name: &str, cost: &Cost) {
    let Cost {
        all,
        text,
        blanks,
        moves,
        looks,
        erasures,
        modes,
    } = cost;
    let rate = cost.rate();
    let _ = writeln!(
        table,
        "{}.{:02}  {name}: {all} for {text}, blanks {blanks}, moves {moves}, looks {looks}, \
         erasures {erasures}, modes {modes}",
        rate / 100,
        rate % 100
    );
}

#[test]
fn opening_a_screen_costs_what_it_did() {
    let mut table = String::new();
    for (width, height) in [(80, 24), (120, 40)] {
        let _ = writeln!(table, "{width}x{height}");
        for (name, address, keys) in SCREENS {
            let mut viewer = reader(width, height);
            viewer.goes_to(address).press(keys);
            line(&mut table, name, &cost(&viewer));
        }
        for (name, address) in OF_OPERATION {
            let mut viewer = Viewer::new(width, height);
            viewer.room.map(Arc::new(five_systems()));
            viewer.goes_to(address);
            line(&mut table, name, &cost(&viewer));
        }
        for (name, keys) in OF_SESSION {
            let mut one = Sitting::with_notes(width, height);
            one.press(keys);
            line(&mut table, name, &cost(&one.viewer));
        }
        for (name, make, keys) in OF_EXERCISE {
            let mut hall = make(width, height);
            hall.press(keys);
            line(&mut table, name, &cost(&hall.viewer));
        }
    }
    insta::assert_snapshot!(table);
}

/// Somebody who has just started the program: a session is there, and nothing in it.
fn reader(width: u16, height: u16) -> Viewer {
    let mut viewer = Viewer::new(width, height);
    viewer.room.session = Some(Arc::default());
    viewer
}

/// The kind of a place, in the words of the table.
const fn kind(place: &Place) -> &'static str {
    match place {
        Place::Matrix => "the cover",
        Place::Column(_) => "columns",
        Place::Cell(..) => "cells",
        Place::Row(_) => "rows",
        Place::Step(_) => "steps",
        Place::SubStep(_) => "sub-steps",
        Place::Principle(_) => "principles",
        Place::Crossing(..) => "principles at sub-steps",
        Place::StageRow(_) => "sub-steps, all principles",
        Place::Scenario(_) => "scenarios",
        Place::GuidePage(_) => "pages of the guide",
        _ => "single screens",
    }
}

/// All bytes and all text of a kind, and its dearest screen.
#[derive(Default)]
struct Sum {
    screens: usize,
    bytes: usize,
    text: usize,
    /// Screens that cost more than the aim.
    above: usize,
    worst: (usize, String),
}

/// The aim for a screen of this many columns, in hundredths of a byte for each byte of text.
const fn aim(width: u16) -> usize {
    if width < 120 { 140 } else { 135 }
}

#[test]
fn every_address_costs_what_it_did() {
    let mut table = String::new();
    for size in [(80, 24), (120, 40)] {
        let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
        let mut above = String::new();
        for place in places(&crate::support::content()) {
            let mut viewer = reader(size.0, size.1);
            viewer.seat.jump(place.clone().into());
            let cost = cost(&viewer);
            let worst = (cost.rate(), viewer.seat.address().to_string());
            if cost.rate() > aim(size.0) {
                line(&mut above, &worst.1, &cost);
            }
            for name in [kind(&place), "ALL"] {
                let sum = sums.entry(name).or_default();
                sum.screens += 1;
                sum.bytes += cost.all;
                sum.text += cost.text;
                sum.above += usize::from(cost.rate() > aim(size.0));
                sum.worst = std::mem::take(&mut sum.worst).max(worst.clone());
            }
        }
        let _ = writeln!(table, "{}x{}", size.0, size.1);
        for (name, sum) in sums {
            let mean = (sum.bytes * 100).div_ceil(sum.text);
            let (worst, at) = sum.worst;
            let _ = writeln!(
                table,
                "{name}: {} screens, {mean} bytes for a hundred of text, at most {worst} ({at}), \
                 {} above {}",
                sum.screens,
                sum.above,
                aim(size.0)
            );
        }
        table.push_str(&above);
    }
    insta::assert_snapshot!(table);
}
