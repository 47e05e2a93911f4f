//! Buffers to send, and a terminal to send them to.

use std::num::NonZeroU16;

use pim::terminal::{Abilities, Colors, Wire};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

pub(crate) const ABLE: Abilities = Abilities {
    colors: Colors::True,
    sync: false,
    scroll: true,
    tabs: true,
    ambiguous_may_be_wide: false,
};

/// A wire, and an emulator that shows what was sent over it.
pub(crate) struct Link {
    pub(crate) wire: Wire,
    pub(crate) terminal: vt100::Parser,
    pub(crate) sent: Vec<u8>,
}

impl Link {
    pub(crate) fn new(columns: u16, rows: u16) -> Self {
        Self::with(ABLE, columns, rows)
    }

    pub(crate) fn with(abilities: Abilities, columns: u16, rows: u16) -> Self {
        let mut terminal = vt100::Parser::new(count(rows), count(columns), 0);
        // What a shell may have left behind.
        terminal.process("\x1b[31;7mold text 漢\r\n\x1b[5;9H".repeat(3).as_bytes());
        Self {
            wire: Wire::new(abilities),
            terminal,
            sent: Vec::new(),
        }
    }

    /// Sends a frame; returns its bytes.
    pub(crate) fn frame(&mut self, buffer: &Buffer, cursor: Option<Position>) -> &[u8] {
        self.sent.clear();
        self.wire.frame(buffer, cursor, &mut self.sent);
        self.terminal.process(&self.sent);
        &self.sent
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let screen = self.terminal.screen_mut();
        screen.set_size(count(rows), count(columns));
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        let screen = self.terminal.screen();
        screen.rows(0, screen.size().1.get()).collect()
    }
}

fn count(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("no terminal is empty")
}

pub(crate) fn empty(columns: u16, rows: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, columns, rows))
}

/// Lines of text from the top left on.
pub(crate) fn page<S: AsRef<str>>(columns: u16, rows: u16, lines: &[S]) -> Buffer {
    let mut buffer = empty(columns, rows);
    for (y, line) in (0..rows).zip(lines) {
        buffer.set_string(0, y, line, Style::new());
    }
    buffer
}

/// Prose, filled to a width.
pub(crate) fn prose(width: usize) -> Vec<String> {
    const TEXT: &str = "Protection information management is a set of principled, systematised and \
        collaborative processes to collect, process, analyse, store, share and use data and \
        information to enable evidence-informed action for quality protection outcomes. People in \
        need of protection, and the communities in which they live, come first: what is collected \
        must serve a defined purpose, be proportional to it, and never expose those who gave it. \
        Before anything new is collected, look for what exists, ask who else needs it, and agree on \
        how it will be shared, with whom, in what form, and for how long it will be kept. ";
    textwrap::wrap(&TEXT.repeat(12), width)
        .into_iter()
        .enumerate()
        .map(|(number, line)| {
            if number % 7 == 6 {
                String::new()
            } else {
                line.into_owned()
            }
        })
        .collect()
}

/// A full-width reading view from line `first` on, with a title and a line of keys.
pub(crate) fn reading(columns: u16, rows: u16, first: usize) -> Buffer {
    let lines = prose(usize::from(columns).min(78));
    let mut buffer = empty(columns, rows);
    title(&mut buffer, "Guide", &format!("line {}", first + 1));
    for (y, line) in (2..rows - 1).zip(lines.iter().cycle().skip(first)) {
        buffer.set_string(0, y, line, Style::new());
    }
    keys(&mut buffer);
    buffer
}

/// A list on the left, and the passage of what is selected on the right.
pub(crate) fn list_and_passage(columns: u16, rows: u16, selected: usize, passage: usize) -> Buffer {
    let left = 28;
    let lines = prose(usize::from(columns - left));
    let mut buffer = empty(columns, rows);
    title(&mut buffer, "Process", "2 of 4");
    for (y, item) in (2..rows - 1).zip(0..) {
        let chosen = Style::new().add_modifier(Modifier::REVERSED);
        let (mark, style) = if item == selected {
            ("> ", chosen)
        } else {
            ("  ", Style::new())
        };
        let name = NAMES[item % NAMES.len()];
        buffer.set_string(0, y, format!("{mark}{name}"), style);
    }
    buffer.set_string(
        left,
        2,
        NAMES[passage],
        Style::new().add_modifier(Modifier::BOLD),
    );
    let skipped = passage * 5 % 20;
    for (y, line) in (4..rows - 2).zip(lines.iter().skip(skipped)) {
        buffer.set_string(left, y, line, Style::new());
    }
    keys(&mut buffer);
    buffer
}

/// A table of short cells, eight or fewer columns of it.
pub(crate) fn table(columns: u16, rows: u16, row: u16) -> Buffer {
    let width = 19;
    let mut buffer = empty(columns, rows);
    title(&mut buffer, "Matrix", "by criterion");
    for (column, x) in (0..columns - width / 2)
        .step_by(usize::from(width) + 1)
        .enumerate()
    {
        let name = NAMES[column % NAMES.len()];
        let head = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
        buffer.set_stringn(x, 2, name, usize::from(width), head);
        for y in 4..rows - 1 {
            let text = NAMES[(usize::from(y) * 3 + column * 5) % NAMES.len()];
            let style = if y == row {
                Modifier::REVERSED
            } else {
                Modifier::empty()
            };
            buffer.set_stringn(x, y, text, usize::from(width), style);
        }
    }
    keys(&mut buffer);
    buffer
}

const NAMES: [&str; 14] = [
    "Assess information landscape",
    "Define purpose",
    "Establish collaboration",
    "Design system",
    "Collect data",
    "Process and analyse",
    "Store and maintain",
    "Review the sharing",
    "Disseminate",
    "Evaluate impact",
    "Case management",
    "Population data",
    "Needs assessments",
    "Response monitoring",
];

fn title(buffer: &mut Buffer, tab: &str, right: &str) {
    let tabs = [
        "Matrix",
        "Find",
        "Process",
        "Principles",
        "Scenarios",
        "Notes",
        "Guide",
    ];
    let mut x = 0;
    for name in tabs {
        let style = if name == tab {
            Modifier::REVERSED
        } else {
            Modifier::empty()
        };
        buffer.set_string(x, 0, name, style);
        x += name.len() as u16 + 2;
    }
    let x = buffer.area.width - right.len() as u16;
    buffer.set_string(x, 0, right, Style::new().add_modifier(Modifier::DIM));
}

fn keys(buffer: &mut Buffer) {
    let y = buffer.area.height - 1;
    let line = "? keys  / search  Tab next  q quit";
    buffer.set_string(0, y, line, Style::new().add_modifier(Modifier::DIM));
}

/// Bytes of what is visible, without blanks.
pub(crate) fn text(buffer: &Buffer) -> usize {
    let symbols = buffer.content.iter().map(ratatui::buffer::Cell::symbol);
    symbols.filter(|symbol| *symbol != " ").map(str::len).sum()
}
