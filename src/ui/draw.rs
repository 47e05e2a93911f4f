//! Paints a scene into cells.
//!
//! Owns how things look, given where they go. Paints no boxes and few rules: on a slow
//! line every cell that is not text is paid for. The selection is a mark and reverse
//! video, never colour alone.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::draw_find::find as draw_find;
use super::draw_layers::layer;
use super::draw_notes::notes as draw_notes;
use super::draw_scenario::{cut, scenario as draw_scenario};
use super::layout::{LEAST, Layout, ListBox, Pane, beside_badge, tab_label};
use super::lists::List;
use super::scene::{Body, Scene};
use super::theme::{Role, Theme};
use super::wrap::{TextLine, wrapped};
use crate::app::keymap::key_of;
use crate::app::layer::Layer;
use crate::app::seat::Stop;
use crate::app::{Action, Key};
use crate::hints::{Language, hints as words_in};

/// Paints the scene; gives back where the cursor is to be seen, if anywhere.
pub fn draw(
    scene: &Scene,
    layout: &Layout,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    let mut paint = Paint { theme, buffer };
    paint.background(layout.screen);
    if layout.too_small {
        paint.too_small(layout.screen);
        return None;
    }
    paint.tabs(scene, layout);
    if let Some(said) = &scene.live {
        // The tabs take all of a usual screen's first line.
        paint.text(1, 1, layout.screen.width - 2, said, Role::Dim);
    }
    if let Some((left, over)) = &scene.countdown {
        let role = if *over { Role::Warn } else { Role::Title };
        paint.text_right(layout.screen.width - 1, 1, left, role);
    }
    paint.footer(scene, layout);
    if let Some(top) = &scene.layer
        && !shows_page(scene, top)
    {
        let cursor = layer(&mut paint, scene, top, layout);
        paint.long_message(scene, layout);
        return cursor;
    }
    let cursor = paint.body(scene, layout);
    let over = scene
        .layer
        .as_ref()
        .map(|top| layer(&mut paint, scene, top, layout));
    paint.long_message(scene, layout);
    over.unwrap_or(cursor)
}

/// Whether the page is still seen below a layer.
const fn shows_page(scene: &Scene, layer: &Layer) -> bool {
    match layer {
        Layer::Themes { .. } => true,
        Layer::Jump(_) => scene.look.slow,
        _ => false,
    }
}

/// A buffer and the theme to paint in it with.
pub(super) struct Paint<'a> {
    pub(super) theme: &'a Theme,
    pub(super) buffer: &'a mut Buffer,
}

impl Paint<'_> {
    /// Themes with colours of their own paint the whole screen.
    pub(super) fn background(&mut self, area: Rect) {
        let style = self.theme.style(Role::Text);
        if style != Style::new() {
            self.buffer.set_style(area, style);
        }
    }

    /// Writes a text, cut at a width; gives back how many cells it took.
    pub(super) fn text(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        if !self.buffer.area.contains(Position::new(x, y)) {
            return 0;
        }
        let style = self.theme.style(role);
        let (end, _) = self
            .buffer
            .set_stringn(x, y, text, usize::from(width), style);
        end - x
    }

    /// A bar of so many cells. Blanks in reverse video look like full blocks, take one byte each
    /// instead of three, and are of one width everywhere.
    pub(super) fn bar(&mut self, x: u16, y: u16, cells: u16, role: Role) {
        let style = Style {
            add_modifier: Modifier::REVERSED,
            ..self.theme.style(role)
        };
        let bar = Rect::new(x, y, cells, 1).intersection(self.buffer.area);
        self.buffer.set_style(bar, style);
    }

    /// Writes a text that ends at a column; nothing where it does not fit.
    pub(super) fn text_right(&mut self, right: u16, y: u16, text: &str, role: Role) {
        let wide = text.width() as u16;
        if wide <= right {
            self.text(right - wide, y, wide, text, role);
        }
    }

    fn too_small(&mut self, screen: Rect) {
        let (width, height) = LEAST;
        let has = (screen.width, screen.height);
        let lines = [
            format!("needs {width}x{height}"),
            format!("has {}x{}", has.0, has.1),
            "q quits".to_owned(),
        ];
        for (y, line) in (0..screen.height).zip(&lines) {
            self.text(0, y, screen.width, line, Role::Text);
        }
    }

    fn tabs(&mut self, scene: &Scene, layout: &Layout) {
        if layout.screen.width >= 60 {
            self.text(1, 0, 4, "PIM", Role::Text);
        }
        for (area, tab) in &layout.tabs {
            let role = if *tab == scene.tab {
                Role::Selected
            } else {
                Role::Text
            };
            self.text(area.x, 0, area.width, &tab_label(*tab), role);
        }
        let used = layout.tabs.last().map_or(0, |(area, _)| area.right());
        let signs = signs(scene);
        if usize::from(used) + 3 + signs.width() < usize::from(layout.screen.width) {
            self.text_right(layout.screen.width - 1, 0, &signs, Role::Dim);
        }
    }

    /// The last line: the address or a sentence, and what the next key could be.
    fn footer(&mut self, scene: &Scene, layout: &Layout) {
        let area = layout.footer;
        let said = scene.message.as_deref().unwrap_or_default();
        // The beginning of a long sentence stands above.
        let mut rows = wrapped(said, area.width.saturating_sub(2));
        let last = rows.pop().unwrap_or_default();
        let (text, role) = match &scene.message {
            Some(_) => (last.as_str(), Role::Warn),
            None if scene.draft_kept => ("draft kept", Role::Source),
            None if scene.layer.is_some() => ("", Role::Text),
            None => (scene.address.as_str(), Role::Source),
        };
        let text = cut(text, area.width.saturating_sub(2 + beside_help(scene)));
        let used = 1 + self.text(1, area.y, area.width.saturating_sub(2), &text, role);
        let hints = hints(scene, area.width.saturating_sub(used + 4));
        let mut x = area.right().saturating_sub(1 + hints_width(&hints));
        for (key, hint) in &hints {
            x += self.text(x, area.y, 12, key, Role::Key) + 1;
            x += self.text(x, area.y, 12, hint, Role::Text) + 2;
        }
        let seen = |layer| shows_page(scene, layer);
        if !scene.layer.as_ref().is_none_or(seen) {
            return;
        }
        self.position(layout, scene.language, area.y - 1);
        if scene.notes_here > 0 && scene.layer.is_none() {
            let here = format!("{} here", super::notes::counted(scene.notes_here, "note"));
            self.text(1, area.y - 1, area.width - 2, &here, Role::Label);
        }
    }

    /// The first lines of a sentence that does not fit on the last one, over what stands there.
    fn long_message(&mut self, scene: &Scene, layout: &Layout) {
        let area = layout.footer;
        let said = scene.message.as_deref().unwrap_or_default();
        let rows = wrapped(said, area.width.saturating_sub(2));
        let above = rows
            .len()
            .saturating_sub(1)
            .min(usize::from(layout.body.height));
        let blank = " ".repeat(usize::from(area.width));
        let from = area.y.saturating_sub(above as u16);
        for (row, y) in rows.iter().zip(from..area.y) {
            self.text(0, y, area.width, &blank, Role::Text);
            self.text(1, y, area.width - 2, row, Role::Warn);
        }
    }

    /// How far the page is scrolled; nothing where all of it is seen.
    fn position(&mut self, layout: &Layout, language: Language, y: u16) {
        let most = layout.most_scroll();
        if most == 0 || !layout_scrolls(layout) {
            return;
        }
        let at = layout.scrolled().min(most);
        let mark = match at {
            0 => more(language).to_owned(),
            at if at == most => "end".to_owned(),
            // In tenths, so that a line scrolled seldom costs a new number.
            at => format!("{}0%", (at * 10 / most).max(1)),
        };
        self.text_right(layout.screen.width - 1, y, &mark, Role::Dim);
    }

    fn body(&mut self, scene: &Scene, layout: &Layout) -> Option<Position> {
        let (title, badge) = match &scene.body {
            Body::Browse { lists, page } => {
                for shown in &layout.lists {
                    self.list(shown, lists);
                }
                (page.title.as_str(), page.badge)
            }
            Body::Read { page, .. } => (page.title.as_str(), page.badge),
            Body::Columns { title, badge, .. } => (title.as_str(), *badge),
            Body::Find(find) => return draw_find(self, find, layout.body),
            Body::Notes(notes) => {
                draw_notes(self, notes, layout);
                return None;
            }
            Body::Scenario(scene) => {
                return draw_scenario(self, scene, layout.body).cursor;
            }
        };
        self.title(layout.title, title, badge);
        for pane in &layout.panes {
            self.pane(scene, layout, pane);
        }
        None
    }

    /// A title, over two lines where it has them, with its badge behind it.
    fn title(&mut self, area: Rect, title: &str, badge: Option<&str>) {
        let room = beside_badge(area.width, badge);
        let lines = match area.height {
            0 | 1 => vec![title.to_owned()],
            _ => wrapped(title, room),
        };
        let mut end = (area.x, area.y);
        for (line, y) in lines.iter().zip(area.y..area.bottom()) {
            end = (area.x + self.text(area.x, y, room, line, Role::Title), y);
        }
        if let Some(badge) = badge {
            let wide = badge.width() as u16;
            self.text(end.0 + 2, end.1, wide, badge, Role::Source);
        }
    }

    fn list(&mut self, shown: &ListBox, lists: &[List]) {
        let Some(list) = lists.get(shown.list) else {
            return;
        };
        let badges = badges_begin(list, shown.area.x);
        let rows = list.rows.iter().enumerate().skip(shown.first);
        for ((n, row), y) in rows.zip(shown.area.y..shown.area.bottom()) {
            let selected = list.selected == Some(n);
            let x = shown.area.x + 1 + row.indent;
            let room = shown.area.width - 2 - row.indent;
            let badge = row.badge.width() as u16;
            if selected {
                self.text(shown.area.x, y, 1, ">", Role::Mark);
            }
            let role = if selected { Role::Selected } else { Role::Text };
            let room = room.saturating_sub(if badge > 0 { badge + 1 } else { 0 });
            self.text(x, y, room, &row.text, role);
            if badge > 0 {
                let edge = shown.area.right().saturating_sub(1 + badge);
                self.text(badges.min(edge), y, badge, &row.badge, Role::Text);
            }
        }
    }

    fn pane(&mut self, scene: &Scene, layout: &Layout, pane: &Pane) {
        if let Some((area, heading)) = &pane.heading {
            self.text(area.x, area.y, area.width, heading, Role::Heading);
        }
        // What stands there twice is pointed at where it stands first.
        let points = |line: &TextLine| line.stop.is_some() && line.stop == scene.stop;
        let pointed = pane.lines.iter().position(points);
        let most = layout.most_scroll();
        let skipped = scene.scroll.min(most);
        let mut lines = pane.lines.iter().enumerate().skip(skipped);
        for column in &pane.columns {
            for y in column.y..column.bottom() {
                let Some((n, line)) = lines.next() else {
                    return;
                };
                let here = pointed == Some(n);
                if here {
                    self.text(column.x.saturating_sub(1), y, 1, ">", Role::Mark);
                }
                let role = match &line.stop {
                    Some(Stop::Link(_)) if here => Role::Selected,
                    _ => line.role,
                };
                self.text(column.x, y, column.width, &line.text, role);
            }
        }
    }
}

fn layout_scrolls(layout: &Layout) -> bool {
    !layout.panes.is_empty() && layout.screen.height > 4
}

/// Switches that are on, at the right of the tabs.
fn signs(scene: &Scene) -> String {
    let mut signs = Vec::new();
    if scene.overridden {
        signs.push("own content");
    }
    if scene.look.slow {
        signs.push("slow");
    }
    if scene.look.mouse {
        signs.push("mouse");
    }
    signs.join("  ")
}

/// Where the badges of a list begin: at the first tab stop behind all words that have one, for
/// least is sent on the way there and on from there to the page.
fn badges_begin(list: &List, x: u16) -> u16 {
    let with_badge = list.rows.iter().filter(|row| !row.badge.is_empty());
    let ends = with_badge.map(|row| x + 1 + row.indent + row.text.width() as u16);
    (ends.max().unwrap_or_default() / 8 + 1) * 8
}

/// A text without its first cells.
pub(super) fn cut_front(text: &str, cells: usize) -> String {
    let mut gone = 0;
    text.chars()
        .skip_while(|c| {
            let skip = gone < cells;
            gone += c.to_string().width();
            skip
        })
        .collect()
}

/// As many hints as fit; the last one, help, always first among equals.
fn hints(scene: &Scene, room: u16) -> Vec<(String, &'static str)> {
    let mut hints: Vec<(String, &'static str)> = scene
        .hints
        .iter()
        .filter_map(|action| {
            let key = named(key_of(*action)?, scene.language);
            Some((key, hint(*action, scene.language)))
        })
        .collect();
    while hints_width(&hints) > room && !hints.is_empty() {
        let from_the_middle = hints.len().saturating_sub(2);
        hints.remove(from_the_middle);
    }
    hints
}

/// Cells that the way to help takes beside an address, however long that is; none beside a
/// sentence, which is to be read whole.
fn beside_help(scene: &Scene) -> u16 {
    match scene.hints.last() {
        Some(Action::Help) if scene.message.is_none() => {
            let help = hint(Action::Help, scene.language);
            let key = key_of(Action::Help).map(|key| named(key, scene.language));
            (key.map_or(0, |key| key.width()) + help.width()) as u16 + 4
        }
        _ => 0,
    }
}

/// The words of an action on the last line. Of those a participant's own screens offer, there are
/// the keys and the way back from them; pages are in English, and so is what is done with them.
fn hint(action: Action, language: Language) -> &'static str {
    match action {
        // The facilitator's first frame is not to wait for words that it has already.
        Action::Help if language != Language::En => &words_in(language).keys.help,
        Action::Back if language != Language::En => &words_in(language).keys.leave,
        _ => action.hint(),
    }
}

/// A key by its name in a language.
fn named(key: Key, language: Language) -> String {
    match language {
        Language::En => key.to_string(),
        _ => words_in(language).key(key),
    }
}

/// The word for text that goes on below.
pub(super) fn more(language: Language) -> &'static str {
    match language {
        Language::En => "more",
        _ => &words_in(language).keys.more,
    }
}

fn hints_width(hints: &[(String, &'static str)]) -> u16 {
    let wide: usize = hints
        .iter()
        .map(|(key, hint)| key.width() + hint.width() + 3)
        .sum();
    wide.saturating_sub(2) as u16
}
