//! What the passage beside a list costs once the selection rests, for each byte that changed.
//!
//! From every place that has an address the selection moves down and to the right, and rests.
//! *Changed* are the cells that differ, each with the bytes of what it shows now. Blanks between
//! two words that changed are often blank before and after; so *text* is counted too: the words of
//! which any cell changed, and the blank behind each that another such word follows. Growth fails.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::budget::Link;
use crate::support::{Viewer, content};
use pim::content::Place;
use pim::content::address::places;
use ratatui::buffer::{Buffer, Cell};

/// What a passage cost, and for how much.
struct Passage {
    bytes: usize,
    changed: usize,
    text: usize,
    at: String,
}

impl Passage {
    fn of_changed(&self) -> usize {
        rate(self.bytes, self.changed)
    }

    fn of_text(&self) -> usize {
        rate(self.bytes, self.text)
    }
}

/// Hundredths of a byte for each of so many, rounded up.
fn rate(bytes: usize, of: usize) -> usize {
    (bytes * 100).div_ceil(of.max(1))
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content.chunks(usize::from(buffer.area.width))
}

fn bytes(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.symbol().len()).sum()
}

fn changed(before: &Buffer, after: &Buffer) -> usize {
    let cells = before.content.iter().zip(&after.content);
    let differ = cells.filter(|(before, after)| before != after);
    differ.map(|(_, after)| after.symbol().len()).sum()
}

fn text(before: &Buffer, after: &Buffer) -> usize {
    rows(before)
        .zip(rows(after))
        .map(|(a, b)| text_of(a, b))
        .sum()
}

fn text_of(before: &[Cell], after: &[Cell]) -> usize {
    let (mut sum, mut start, mut follows) = (0, 0, false);
    for word in after.chunk_by(|a, b| (a.symbol() == " ") == (b.symbol() == " ")) {
        let end = start + word.len();
        let is_blank = word[0].symbol() == " ";
        let differ = before[start..end].iter().zip(word).filter(|(a, b)| a != b);
        let differ = differ.count();
        if is_blank {
            // Counted with the word behind it, where it is one blank.
            sum += if word.len() == 1 { 0 } else { differ };
            follows &= word.len() == 1;
        } else if differ > 0 {
            sum += bytes(word) + usize::from(follows);
            follows = true;
        } else {
            follows = false;
        }
        start = end;
    }
    sum
}

/// The passage that follows a key at a place, if one does.
fn passage(place: &Place, key: &str, (width, height): (u16, u16)) -> Option<Passage> {
    let mut viewer = Viewer::new(width, height);
    viewer.seat.jump(place.clone().into());
    let (mut link, _) = Link::of(viewer);
    if !link.held(key).1 {
        return None;
    }
    let before = link.viewer.buffer();
    let bytes = link.rests();
    let after = link.viewer.buffer();
    let passage = Passage {
        bytes,
        changed: changed(&before, &after),
        text: text(&before, &after),
        at: format!("{place}, {key}"),
    };
    (passage.changed > 0).then_some(passage)
}

/// What passages of a kind cost together, and the dearest of them.
fn line(table: &mut String, name: &str, passages: &[Passage]) {
    let sum = |part: fn(&Passage) -> usize| passages.iter().map(part).sum::<usize>();
    let bytes = sum(|one| one.bytes);
    let dearest = passages.iter().max_by_key(|one| one.of_changed());
    let _ = writeln!(
        table,
        "{name}: {} passages, {bytes} bytes. For a hundred that changed {}, {}. For a hundred of text {}, {}. \
         Most: {}",
        passages.len(),
        rate(bytes, sum(|one| one.changed)),
        spread(passages, Passage::of_changed),
        rate(bytes, sum(|one| one.text)),
        spread(passages, Passage::of_text),
        dearest.map_or("", |one| &one.at),
    );
}

/// From the cheapest to the dearest, the median, and how many miss the aim.
fn spread(passages: &[Passage], rate: fn(&Passage) -> usize) -> String {
    const AIM: usize = 110;
    let mut rates: Vec<usize> = passages.iter().map(rate).collect();
    rates.sort_unstable();
    let above = rates.iter().filter(|rate| **rate > AIM).count();
    let (least, median) = (rates[0], rates[rates.len() / 2]);
    let most = rates[rates.len() - 1];
    format!("{least} to {most}, median {median}, {above} above {AIM}")
}

#[test]
fn a_passage_costs_what_it_did() {
    let places = places(&content());
    let mut table = String::new();
    for size in [(80, 24), (120, 40)] {
        let _ = writeln!(table, "{}x{}", size.0, size.1);
        let mut kinds: BTreeMap<String, Vec<Passage>> = BTreeMap::new();
        for place in &places {
            for key in ["Down", "Right"] {
                let address = place.to_string();
                let tab = address.split('/').next().unwrap_or_default();
                let found = passage(place, key, size);
                kinds
                    .entry(format!("{tab}, {key}"))
                    .or_default()
                    .extend(found);
            }
        }
        kinds.retain(|_, passages| !passages.is_empty());
        for (name, passages) in &kinds {
            line(&mut table, name, passages);
        }
        let all: Vec<Passage> = kinds.into_values().flatten().collect();
        line(&mut table, "ALL", &all);
    }
    insta::assert_snapshot!(table);
}
