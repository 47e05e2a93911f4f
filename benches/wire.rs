//! How long a frame takes, against stock ratatui: `Buffer::diff` drawn by `CrosstermBackend`.
//!
//! Prints microseconds a frame at 120×40, the best of many rounds, for the frames that screens
//! make: nothing new, a selection that moves, a line scrolled, another page, and every cell new in
//! colour. Run with `cargo bench --bench wire`.

use std::hint::black_box;
use std::time::Instant;

use pim::terminal::{Abilities, Colors, Wire};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

const COLUMNS: u16 = 120;
const ROWS: u16 = 40;
const TEXT: &str = "Protection information management is a set of principled, systematised and \
    collaborative processes to collect, process, analyse, store, share and use data and \
    information to enable evidence-informed action for quality protection outcomes. ";

/// A title, and prose from its line `first` on.
fn page(first: usize, selected: usize) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
    let text = TEXT.repeat(3);
    buffer.set_string(0, 0, "Prose", Style::new().add_modifier(Modifier::BOLD));
    for y in 1..ROWS {
        let number = first + usize::from(y);
        let line = text
            .chars()
            .skip(number * 37 % 150)
            .take(60 + number * 13 % 50);
        let style = match number {
            _ if number == selected => Style::new().add_modifier(Modifier::REVERSED),
            _ if number.is_multiple_of(5) => Style::new().fg(Color::Cyan),
            _ => Style::new(),
        };
        buffer.set_string(0, y, line.collect::<String>(), style);
    }
    buffer
}

/// Another letter in another colour in every cell.
fn noise() -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
    for (place, cell) in buffer.content.iter_mut().enumerate() {
        let letter = b'a' + (place % 26) as u8;
        cell.set_char(char::from(letter))
            .set_fg(Color::Indexed((place % 200) as u8));
    }
    buffer
}

/// Microseconds a call, the best of many rounds.
fn best(mut call: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..300 {
        let start = Instant::now();
        (0..4).for_each(|_| call());
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / 4.0);
    }
    best
}

fn wire(a: &Buffer, b: &Buffer) -> (f64, usize) {
    let abilities = Abilities {
        colors: Colors::Indexed,
        scroll: true,
        ..Abilities::default()
    };
    let (mut wire, mut out) = (Wire::new(abilities), Vec::new());
    let mut flip = false;
    let time = best(|| {
        out.clear();
        flip = !flip;
        wire.frame(black_box(if flip { a } else { b }), None, &mut out);
        black_box(&out);
    });
    (time, out.len())
}

fn stock(a: &Buffer, b: &Buffer) -> (f64, usize) {
    let mut out = Vec::new();
    let mut flip = false;
    let time = best(|| {
        out.clear();
        flip = !flip;
        let (old, new) = if flip { (b, a) } else { (a, b) };
        let mut backend = CrosstermBackend::new(&mut out);
        let changes = black_box(old).diff(black_box(new));
        backend
            .draw(changes.into_iter())
            .expect("a vector takes everything");
        black_box(&out);
    });
    (time, out.len())
}

#[expect(clippy::print_stdout, reason = "the report of a bench")]
fn main() {
    let first = page(0, 3);
    let frames = [
        ("nothing new", first.clone()),
        ("selection moves", page(0, 4)),
        ("one line scrolled", page(1, 3)),
        ("another page", page(39, 3)),
        ("every cell new", noise()),
    ];
    println!(
        "{:18} {:>9} {:>9} {:>9} {:>9}",
        "120x40", "wire us", "stock us", "wire B", "stock B"
    );
    let wanted = std::env::args().nth(1).filter(|arg| !arg.starts_with('-'));
    for (name, second) in frames {
        if wanted
            .as_ref()
            .is_some_and(|wanted| !name.contains(wanted.as_str()))
        {
            continue;
        }
        let ((ours, few), (theirs, many)) = (wire(&first, &second), stock(&first, &second));
        println!("{name:18} {ours:9.1} {theirs:9.1} {few:9} {many:9}");
    }
}
