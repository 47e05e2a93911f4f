//! A seat that is driven by keys and looked at as text, without a terminal.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

pub(crate) mod answers;
pub(crate) mod hall;

use std::fmt::Write as _;
use std::sync::OnceLock;

use pim::app::{Effect, Msg, Seat, update};
use pim::content::{Content, embedded};
use pim::room::Room;
use pim::ui::{self, Scene, Theme, theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// The shipped content, loaded once.
pub(crate) fn content() -> Content {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    CONTENT
        .get_or_init(|| embedded().unwrap_or_else(|faults| panic!("{faults}")))
        .clone()
}

/// A room with the shipped content; its indexes are made once for all tests.
fn room() -> Room {
    static ROOM: OnceLock<Room> = OnceLock::new();
    ROOM.get_or_init(|| Room::new(content())).clone()
}

/// One viewer, driven as a person would.
pub(crate) struct Viewer {
    pub(crate) room: Room,
    pub(crate) seat: Seat,
    pub(crate) effects: Vec<Effect>,
    themes: Vec<Theme>,
}

impl Viewer {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        let room = room();
        let mut seat = Seat::new(&room.content, (width, height));
        let themes = theme::shipped();
        seat.themes = themes.iter().map(|one| one.name.clone()).collect();
        Self {
            room,
            seat,
            effects: Vec::new(),
            themes,
        }
    }

    /// A viewer who joined.
    pub(crate) fn joined(
        (width, height): (u16, u16),
        role: pim::room::Role,
        token: Option<pim::exercise::Token>,
    ) -> Self {
        let mut viewer = Self::new(width, height);
        let themes = viewer.seat.themes.clone();
        viewer.seat = Seat::joined(&viewer.room.content, (width, height), role, token);
        viewer.seat.themes = themes;
        viewer
    }

    /// Sends a message, and lets the selection rest if it wants to.
    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        let effects = update(&self.room, &mut self.seat, msg);
        let wakes = effects.iter().any(|one| matches!(one, Effect::Wake(_)));
        self.effects.extend(effects);
        if wakes {
            update(&self.room, &mut self.seat, Msg::Woke);
        }
        self
    }

    /// Presses keys by their names, separated by blanks: `"Down c Enter"`.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.send(Msg::Key(key.parse().unwrap()));
        }
        self
    }

    /// Types a text letter by letter.
    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Msg::Key(pim::app::Key::char(c)));
        }
        self
    }

    /// Goes to an address.
    pub(crate) fn goes_to(&mut self, address: &str) -> &mut Self {
        self.press("g").types(address).press("Enter")
    }

    /// The cells that the viewer sees.
    pub(crate) fn buffer(&self) -> Buffer {
        self.frame().0
    }

    /// The same, and where the cursor stands.
    pub(crate) fn frame(&self) -> (Buffer, Option<Position>) {
        let (width, height) = self.seat.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let scene = Scene::of(&self.room, &self.seat);
        let layout = ui::layout(&scene, self.seat.size);
        let theme = self
            .themes
            .iter()
            .find(|one| one.name == self.seat.look.theme)
            .unwrap();
        let cursor = ui::draw(&scene, &layout, theme, &mut buffer);
        (buffer, cursor)
    }

    /// What the viewer reads.
    pub(crate) fn text(&self) -> String {
        text_of(&self.buffer())
    }

    /// Text and looks, for a snapshot.
    pub(crate) fn picture(&self) -> String {
        picture_of(&self.buffer())
    }

    /// Makes sure that something can be read, on one line or over a line's end.
    pub(crate) fn sees(&mut self, wanted: &str) -> &mut Self {
        let text = self.text();
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            flat.contains(wanted),
            "expected to see {wanted:?} in\n{text}"
        );
        self
    }

    /// Makes sure that something stands on the page, on the screen or further down.
    pub(crate) fn reads(&mut self, wanted: &str) -> &mut Self {
        let layout = ui::layout_of(&self.room, &self.seat);
        let lines = layout.panes.iter().flat_map(|pane| pane.lines.iter());
        let words: Vec<&str> = lines
            .flat_map(|line| line.text.split_whitespace())
            .collect();
        let page = words.join(" ");
        assert!(
            page.contains(wanted),
            "expected to read {wanted:?} in\n{page}"
        );
        self
    }

    /// Makes sure that something cannot be read.
    pub(crate) fn sees_no(&mut self, unwanted: &str) -> &mut Self {
        let text = self.text();
        assert!(
            !text.contains(unwanted),
            "expected not to see {unwanted:?} in\n{text}"
        );
        self
    }

    /// Makes sure where the viewer is.
    pub(crate) fn is_at(&mut self, address: &str) -> &mut Self {
        assert_eq!(self.seat.address().to_string(), address);
        self
    }
}

fn text_of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += (unicode_width::UnicodeWidthStr::width(symbol) as u16).max(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The text, and below each row that has any looks of its own a row of letters for them.
fn picture_of(buffer: &Buffer) -> String {
    let mut legend: Vec<Style> = Vec::new();
    let mut out = String::new();
    for (y, line) in text_of(buffer).lines().enumerate() {
        let _ = writeln!(out, "{y:>3} |{line}");
        let looks: String = (0..buffer.area.width)
            .map(|x| letter(&mut legend, buffer[(x, y as u16)].style()))
            .collect();
        if !looks.trim().is_empty() {
            let _ = writeln!(out, "    :{}", looks.trim_end());
        }
    }
    for (n, style) in legend.iter().enumerate() {
        let _ = writeln!(out, "{} = {}", char::from(b'a' + n as u8), say(*style));
    }
    out
}

fn letter(legend: &mut Vec<Style>, style: Style) -> char {
    if say(style).is_empty() {
        return ' ';
    }
    let n = legend
        .iter()
        .position(|one| say(*one) == say(style))
        .unwrap_or_else(|| {
            legend.push(style);
            legend.len() - 1
        });
    char::from(b'a' + n as u8)
}

fn say(style: Style) -> String {
    let mut said = Vec::new();
    let coloured = |colour: Option<ratatui::style::Color>| {
        colour.filter(|one| *one != ratatui::style::Color::Reset)
    };
    if let Some(fg) = coloured(style.fg) {
        said.push(format!("{fg}"));
    }
    if let Some(bg) = coloured(style.bg) {
        said.push(format!("on {bg}"));
    }
    if style.add_modifier != Modifier::empty() {
        said.push(format!("{:?}", style.add_modifier));
    }
    said.join(" ")
}
