//! What the wire sends shows what was drawn, on a terminal, whatever came before.

use pim::terminal::{Abilities, Colors};
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::wire_budget::smuggled;
use super::wire_scenes::{ABLE, Link, empty, page, prose};

/// A change that screens make.
#[derive(Debug, Clone)]
enum Change {
    Text(u16, u16, String, u8),
    Raw(u16, u16, &'static str, u8),
    Scroll(u16, u16, i16),
    Along(u16, u16, i16),
    Clear(u16, u16, u16, u16),
    Restyle(u16, u16, u16, u8),
    Fill(u64),
    Resize(u16, u16),
    Forget,
}

const SYMBOLS: [&str; 18] = [
    "a",
    "b",
    " ",
    " ",
    " ",
    "é",
    "漢",
    "か",
    "e\u{301}",
    "…",
    "😀",
    "👩\u{200d}🚀",
    "☺\u{fe0f}",
    "क्ष",
    "م\u{64e}",
    "\u{1b}",
    "x\u{7}",
    "\u{200d}",
];

fn style(seed: u8) -> Style {
    const COLORS: [Color; 8] = [
        Color::Reset,
        Color::Reset,
        Color::Red,
        Color::LightBlue,
        Color::Indexed(200),
        Color::Indexed(3),
        Color::Rgb(1, 20, 255),
        Color::White,
    ];
    const MODIFIERS: [Modifier; 8] = [
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::REVERSED,
        Modifier::UNDERLINED,
        Modifier::ITALIC.union(Modifier::BOLD),
        Modifier::UNDERLINED.union(Modifier::REVERSED),
    ];
    let seed = usize::from(seed);
    let plain = Style::new()
        .fg(COLORS[seed % 8])
        .add_modifier(MODIFIERS[seed / 8 % 8]);
    if seed < 192 {
        plain
    } else {
        plain.bg(COLORS[seed % 5 + 2])
    }
}

fn change() -> impl Strategy<Value = Change> {
    let text = proptest::collection::vec(0..SYMBOLS.len(), 1..30)
        .prop_map(|list| list.into_iter().map(|i| SYMBOLS[i]).collect::<String>());
    let words = "[a-e ]{1,40}";
    prop_oneof![
        6 => (0..45u16, 0..14u16, words, any::<u8>()).prop_map(|(x, y, t, s)| Change::Text(x, y, t, s)),
        4 => (0..45u16, 0..14u16, text, any::<u8>()).prop_map(|(x, y, t, s)| Change::Text(x, y, t, s)),
        4 => (0..45u16, 0..14u16, 0..SYMBOLS.len(), any::<u8>())
            .prop_map(|(x, y, i, s)| Change::Raw(x, y, SYMBOLS[i], s)),
        4 => (0..14u16, 0..14u16, -4..=4i16).prop_map(|(a, b, by)| Change::Scroll(a, b, by)),
        4 => (0..45u16, 0..14u16, -9..=9i16).prop_map(|(x, y, by)| Change::Along(x, y, by)),
        3 => (0..45u16, 0..14u16, 1..45u16, 1..6u16).prop_map(|(x, y, w, h)| Change::Clear(x, y, w, h)),
        3 => (0..45u16, 0..14u16, 1..45u16, any::<u8>()).prop_map(|(x, y, w, s)| Change::Restyle(x, y, w, s)),
        1 => any::<u64>().prop_map(Change::Fill),
        1 => (1..46u16, 1..15u16).prop_map(|(w, h)| Change::Resize(w, h)),
        1 => Just(Change::Forget),
    ]
}

impl Change {
    fn apply(&self, buffer: &mut Buffer) {
        let area = buffer.area;
        match self {
            Self::Text(x, y, text, seed) if *x < area.width && *y < area.height => {
                buffer.set_string(*x, *y, text, style(*seed));
            }
            Self::Raw(x, y, symbol, seed) if *x < area.width && *y < area.height => {
                buffer[(*x, *y)].set_symbol(symbol).set_style(style(*seed));
            }
            Self::Scroll(top, bottom, by) => scroll(buffer, *top, *bottom, *by),
            Self::Along(x, y, by) => along(buffer, *x, *y, *by),
            Self::Clear(x, y, width, height) => {
                let cleared = Rect::new(*x, *y, *width, *height).intersection(area);
                cleared.positions().for_each(|at| buffer[at].reset());
            }
            Self::Restyle(x, y, width, seed) => {
                buffer.set_style(
                    Rect::new(*x, *y, *width, 1).intersection(area),
                    style(*seed),
                );
            }
            Self::Fill(seed) => fill(buffer, *seed),
            Self::Resize(width, height) => *buffer = resized(buffer, *width, *height),
            _ => {}
        }
    }
}

fn scroll(buffer: &mut Buffer, top: u16, bottom: u16, by: i16) {
    let width = usize::from(buffer.area.width);
    let bottom = bottom.min(buffer.area.height.saturating_sub(1));
    if top >= bottom {
        return;
    }
    let region = &mut buffer.content[usize::from(top) * width..(usize::from(bottom) + 1) * width];
    let n = (usize::from(by.unsigned_abs()) * width).min(region.len());
    if by > 0 {
        region.rotate_left(n);
    } else {
        region.rotate_right(n);
    }
}

/// The rest of a row moves along, as behind a word that became longer or shorter.
fn along(buffer: &mut Buffer, x: u16, y: u16, by: i16) {
    let area = buffer.area;
    if x >= area.width || y >= area.height {
        return;
    }
    let row = usize::from(y) * usize::from(area.width);
    let rest = &mut buffer.content[row + usize::from(x)..row + usize::from(area.width)];
    let n = usize::from(by.unsigned_abs()).min(rest.len());
    let gone = if by > 0 {
        rest.rotate_right(n);
        0..n
    } else {
        rest.rotate_left(n);
        rest.len() - n..rest.len()
    };
    rest[gone].iter_mut().for_each(Cell::reset);
}

fn fill(buffer: &mut Buffer, seed: u64) {
    let mut state = seed | 1;
    for cell in &mut buffer.content {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let pick = (state >> 33) as usize;
        cell.reset();
        cell.set_symbol(SYMBOLS[pick % 10]);
        if pick.is_multiple_of(5) {
            cell.set_style(style((pick >> 8) as u8));
        }
    }
}

fn resized(buffer: &Buffer, width: u16, height: u16) -> Buffer {
    let mut next = empty(width, height);
    for at in next.area.intersection(buffer.area).positions() {
        next[at] = buffer[at].clone();
    }
    next
}

/// What a person would see in a cell.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    text: String,
    colors: (vt100::Color, vt100::Color),
    attributes: [bool; 5],
}

fn seen(cell: &vt100::Cell) -> Seen {
    let blank = !cell.has_contents() || cell.contents() == " ";
    let text = if blank {
        " ".to_owned()
    } else {
        cell.contents().to_owned()
    };
    let colors = (cell.fgcolor(), cell.bgcolor());
    let attributes = [
        cell.inverse(),
        cell.underline(),
        cell.bold(),
        cell.dim(),
        cell.italic(),
    ];
    Seen {
        text,
        colors,
        attributes,
    }
    .without_the_invisible()
}

fn drawn(cell: &Cell, text: &str) -> Seen {
    let has = |modifier| cell.modifier.contains(modifier);
    let attributes = [
        has(Modifier::REVERSED),
        has(Modifier::UNDERLINED),
        has(Modifier::BOLD),
        has(Modifier::DIM) && !has(Modifier::BOLD),
        has(Modifier::ITALIC),
    ];
    let colors = (color(cell.fg), color(cell.bg));
    Seen {
        text: text.to_owned(),
        colors,
        attributes,
    }
    .without_the_invisible()
}

fn color(color: Color) -> vt100::Color {
    match color {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::White => vt100::Color::Idx(15),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}

impl Seen {
    fn without_the_invisible(mut self) -> Self {
        let [inverse, underline, ..] = self.attributes;
        if self.text == " " && !inverse && !underline {
            self.colors.0 = vt100::Color::Default;
            self.attributes = [false; 5];
        }
        self
    }
}

/// Whether emulators and ratatui measure it alike.
fn is_unsure(symbol: &str) -> bool {
    symbol.contains(['😀', '👩', '🚀', '\u{fe0f}', 'ष'])
}

/// How many columns the most ignorant terminal would use.
fn reach(symbol: &str) -> u16 {
    let widest = |c: char| match c.to_string().cell_width() {
        0 => u16::from(c == '\u{fe0f}'),
        width => width.max(2),
    };
    symbol.chars().map(widest).sum()
}

fn is_hostile(symbol: &str) -> bool {
    symbol.chars().any(char::is_control)
}

/// What of a symbol must show where so many columns are left, whether that is all of it, and how
/// many columns it takes.
fn expectation(symbol: &str, room: u16) -> (String, bool, u16) {
    let width = if is_hostile(symbol) {
        1
    } else {
        symbol.cell_width()
    };
    let first = symbol.chars().next().unwrap_or(' ');
    let exactly = |text: &str, width| (text.to_owned(), true, width);
    match symbol {
        _ if is_hostile(symbol) => exactly("?", 1),
        _ if width == 0 => exactly(" ", 1),
        _ if is_unsure(symbol) && reach(symbol) <= room => (first.to_string(), false, width),
        _ if is_unsure(symbol) && "☺क".contains(first) => exactly(&first.to_string(), 1),
        _ if is_unsure(symbol) || width > room => exactly("?", 1),
        _ => exactly(symbol, width),
    }
}

/// Compares every cell of the screen with the buffer, as far as terminals agree on it.
fn assert_shows(link: &Link, buffer: &Buffer) {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let cell = &buffer[(x, y)];
            let symbol = cell.symbol().trim_end_matches('\u{200d}');
            let (text, whole, width) = expectation(symbol, columns - x);
            let shown = seen(link.terminal.screen().cell(y, x).expect("inside"));
            let right = if whole {
                shown == drawn(cell, &text)
            } else {
                shown.text.starts_with(&text)
            };
            let sent = || {
                String::from_utf8_lossy(&link.sent)
                    .escape_debug()
                    .to_string()
            };
            assert!(right, "{shown:?} at {x},{y} for {cell:?} after {}", sent());
            x += width;
        }
    }
}

fn assert_cursor(link: &Link, cursor: Option<Position>) {
    let screen = link.terminal.screen();
    assert_eq!(screen.hide_cursor(), cursor.is_none());
    if let Some(at) = cursor {
        assert_eq!(screen.cursor_position(), (at.y, at.x));
    }
}

fn assert_silent_when_repeated(link: &mut Link, buffer: &Buffer, cursor: Option<Position>) {
    assert_eq!(link.frame(buffer, cursor), b"", "a clean frame was sent");
}

/// What changes before a frame, and where its cursor is.
type Step = (Vec<Change>, Option<(u16, u16)>);

fn run(abilities: Abilities, size: (u16, u16), frames: &[Step]) {
    let mut link = Link::with(abilities, size.0, size.1);
    let mut buffer = empty(size.0, size.1);
    for (changes, cursor) in frames {
        for change in changes {
            change.apply(&mut buffer);
            if let Change::Forget = change {
                link.wire.forget();
                link.terminal.process(b"\x1b[3;2r\x1b[4mrubbish\x1b[?25l");
            }
        }
        let area = buffer.area;
        link.resize(area.width, area.height);
        let cursor = cursor.map(|(x, y)| Position::new(x % area.width, y % area.height));
        link.frame(&buffer, cursor);
        assert_shows(&link, &buffer);
        assert_cursor(&link, cursor);
        assert_eq!(smuggled(&link.sent), [""; 0]);
        assert_silent_when_repeated(&mut link, &buffer, cursor);
    }
}

fn step() -> impl Strategy<Value = Step> {
    let changes = proptest::collection::vec(change(), 1..6);
    (changes, proptest::option::of((0..46u16, 0..15u16)))
}

fn thousands() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: asked.cases.max(4000),
        failure_persistence: None,
        ..asked
    }
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn any_frames_one_after_another_show_what_was_drawn(
        size in (1..46u16, 1..15u16),
        (sync, scroll, tabs) in any::<(bool, bool, bool)>(),
        frames in proptest::collection::vec(step(), 1..7),
    ) {
        run(Abilities { sync, scroll, tabs, ..ABLE }, size, &frames);
    }
}

#[test]
fn a_terminal_resized_in_a_storm_shows_the_last_frame() {
    let lines = prose(40);
    let mut link = Link::new(80, 24);
    for step in 0..1000u16 {
        let (columns, rows) = (1 + step * 7 % 97, 1 + step * 5 % 31);
        link.resize(columns, rows);
        let buffer = page(columns, rows, &lines[usize::from(step % 9)..]);
        link.frame(&buffer, None);
        assert_shows(&link, &buffer);
    }
}

#[test]
fn an_area_that_does_not_begin_at_the_origin_is_the_whole_screen_all_the_same() {
    let mut buffer = Buffer::empty(Rect::new(5, 3, 20, 4));
    buffer.set_string(5, 3, "top left", Style::new());
    let mut link = Link::new(20, 4);
    link.frame(&buffer, Some(Position::new(7, 4)));
    assert_eq!(link.lines()[0], "top left");
    assert_eq!(link.terminal.screen().cursor_position(), (1, 2));
}

#[test]
fn the_last_column_leaves_nothing_astray() {
    let mut link = Link::new(10, 3);
    let mut buffer = page(10, 3, &["0123456789", "0123456789", "0123456789"]);
    link.frame(&buffer, Some(Position::new(9, 2)));
    assert_shows(&link, &buffer);
    buffer[(9, 0)].set_symbol("x");
    buffer[(0, 1)].set_symbol("y");
    buffer[(9, 1)].set_symbol("z");
    buffer[(9, 2)].set_symbol("!");
    link.frame(&buffer, Some(Position::new(0, 0)));
    assert_shows(&link, &buffer);
    assert_cursor(&link, Some(Position::new(0, 0)));
}

#[test]
fn half_of_a_wide_glyph_takes_the_other_half_with_it() {
    let mut link = Link::new(8, 1);
    for text in [
        "漢字漢字",
        "a漢字漢b",
        "漢字漢字",
        "漢x字 漢",
        "abcdefgh",
        "漢漢漢漢",
    ] {
        let buffer = page(8, 1, &[text]);
        link.frame(&buffer, None);
        assert_shows(&link, &buffer);
    }
}

#[test]
fn fewer_colours_still_show_every_letter() {
    let lines = prose(60);
    for colors in [Colors::Mono, Colors::Sixteen, Colors::Indexed] {
        let mut buffer = page(60, 10, &lines);
        for (place, cell) in buffer.content.iter_mut().enumerate() {
            cell.set_style(style(place as u8));
        }
        let mut link = Link::with(Abilities { colors, ..ABLE }, 60, 10);
        link.frame(&buffer, None);
        for (line, shown) in lines.iter().zip(link.lines()) {
            assert_eq!(line.trim_end(), shown.trim_end());
        }
        let screen = link.terminal.screen();
        let colours = (0..60).map(|x| screen.cell(0, x).expect("inside").fgcolor());
        let allowed = |color| match (color, colors) {
            (vt100::Color::Default, _) | (vt100::Color::Idx(_), Colors::Indexed) => true,
            (vt100::Color::Idx(index), Colors::Sixteen) => index < 16,
            _ => false,
        };
        assert!(colours.into_iter().all(allowed));
    }
}
