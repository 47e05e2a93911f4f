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

/// Appends the bytes of one frame or of the other.
type Send<'a> = dyn FnMut(bool, &mut Vec<u8>) + 'a;

/// One way to send two frames in turn.
struct Runner<'a> {
    send: Box<Send<'a>>,
    out: Vec<u8>,
    flip: bool,
    best: f64,
}

impl<'a> Runner<'a> {
    fn new(send: impl FnMut(bool, &mut Vec<u8>) + 'a) -> Self {
        Self {
            send: Box::new(send),
            out: Vec::new(),
            flip: false,
            best: f64::MAX,
        }
    }

    /// Times both ways to go, and keeps the best in microseconds a frame.
    fn round(&mut self) {
        const TURNS: u32 = 4;
        let start = Instant::now();
        for _ in 0..TURNS {
            self.out.clear();
            self.flip = !self.flip;
            (self.send)(self.flip, &mut self.out);
            black_box(&self.out);
        }
        self.best = self
            .best
            .min(start.elapsed().as_secs_f64() * 1e6 / f64::from(TURNS));
    }
}

fn wire<'a>(a: &'a Buffer, b: &'a Buffer) -> Runner<'a> {
    let colors = Colors::Indexed;
    let mut wire = Wire::new(Abilities {
        colors,
        scroll: true,
        ..Abilities::default()
    });
    Runner::new(move |flip, out| wire.frame(black_box(if flip { a } else { b }), None, out))
}

fn stock<'a>(a: &'a Buffer, b: &'a Buffer) -> Runner<'a> {
    Runner::new(move |flip, out| {
        let (old, new) = if flip { (b, a) } else { (a, b) };
        let changes = black_box(old).diff(black_box(new)).into_iter();
        CrosstermBackend::new(out)
            .draw(changes)
            .expect("a vector takes everything");
    })
}

#[expect(clippy::print_stdout, reason = "the report of a bench")]
fn main() {
    const ROUNDS: usize = 400;
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
    for (name, second) in frames {
        let (mut ours, mut theirs) = (wire(&first, &second), stock(&first, &second));
        for _ in 0..ROUNDS {
            ours.round();
            theirs.round();
        }
        let bytes = (ours.out.len(), theirs.out.len());
        println!(
            "{name:18} {:9.1} {:9.1} {:9} {:9}",
            ours.best, theirs.best, bytes.0, bytes.1
        );
    }
}
