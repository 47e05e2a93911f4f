//! Paints what lies on top: help, go to, themes.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::draw::{Paint, cut_front, more};
use super::draw_scenario::cut;
use super::layout::Layout;
use super::scene::Scene;
use super::theme::Role;
use super::wrap::wrapped;
use crate::app::keymap::{Context, bindings, key_of, reaches, spelled};
use crate::app::layer::{Goal, Jump, Layer, Target};
use crate::hints::{Language, hints};
use crate::room;

/// Paints a layer; gives back where the cursor is to be seen.
pub(super) fn layer(
    paint: &mut Paint<'_>,
    scene: &Scene,
    layer: &Layer,
    layout: &Layout,
) -> Option<Position> {
    match layer {
        Layer::Help { scroll } => {
            help(paint, scene, *scroll, layout.body);
            None
        }
        Layer::Jump(jump) if scene.look.slow => {
            let above = over(paint, layout.body);
            Some(go_to(paint, jump, true, above))
        }
        Layer::Jump(jump) => Some(go_to(paint, jump, false, layout.body)),
        Layer::Session(sheet) => super::draw_notes::sheet(paint, scene, sheet, layout.body),
        Layer::Form(form) => super::draw_form::form(paint, form, layout.body),
        Layer::Audience { audience, row } => {
            super::draw_form::audience(paint, *audience, *row, layout.body);
            None
        }
        Layer::Join { .. } => {
            let join = scene.join.as_deref()?;
            super::draw_scenario::scenario(paint, join, layout.body).cursor
        }
        Layer::Themes { tried, .. } => {
            themes(paint, scene, tried, layout.body);
            None
        }
    }
}

/// Every key, place by place: a line is a key and what it does, or a heading. A participant reads
/// it in the language of the seat.
fn key_table(role: room::Role, language: Language) -> Vec<(String, String)> {
    if role == room::Role::Participant {
        return hints(language).key_table();
    }
    let mut lines = Vec::new();
    let all = Context::ALL.iter().copied();
    for context in all.filter(|context| reaches(role, *context)) {
        if !lines.is_empty() {
            lines.push((String::new(), String::new()));
        }
        lines.push((context.title().to_owned(), String::new()));
        for binding in bindings(role, context) {
            lines.push((spelled(binding), binding.action.does().to_owned()));
        }
    }
    lines
}

/// The same on a screen of so many columns: what does not fit goes on below, without a key.
pub(super) fn help_lines(
    role: room::Role,
    language: Language,
    columns: u16,
) -> Vec<(String, String)> {
    let table = key_table(role, language).into_iter();
    let rows = table.flat_map(|(keys, does)| {
        if does.is_empty() {
            let mut heading = wrapped(&keys, columns.saturating_sub(2));
            heading.resize(heading.len().max(1), String::new());
            return heading
                .into_iter()
                .map(|line| (line, does.clone()))
                .collect();
        }
        let room = columns.saturating_sub(words_begin(&keys, columns) + 1);
        let mut keys = Some(keys);
        let lines = wrapped(&does, room).into_iter();
        lines
            .map(|line| (keys.take().unwrap_or_default(), line))
            .collect::<Vec<_>>()
    });
    rows.collect()
}

/// The column behind the keys. Few long keys rather cut their own line than all the others; words
/// begin at a tab stop where there is room, for little is sent on the way there.
fn words_begin(keys: &str, columns: u16) -> u16 {
    let least = if columns < 70 { 10 } else { 21 };
    1 + (keys.width() as u16).clamp(least, 30) + 2
}

fn help(paint: &mut Paint<'_>, scene: &Scene, scroll: usize, area: Rect) {
    let lines = help_lines(scene.role, scene.language, area.width);
    if scroll + usize::from(area.height) < lines.len() {
        paint.text_right(
            area.right() - 1,
            area.bottom(),
            more(scene.language),
            Role::Dim,
        );
    }
    for ((keys, does), y) in lines.iter().skip(scroll).zip(area.y..area.bottom()) {
        if does.is_empty() {
            paint.text(area.x + 1, y, area.width - 2, keys, Role::Heading);
            continue;
        }
        paint.text(area.x + 1, y, 30, keys, Role::Key);
        let x = area.x + words_begin(keys, area.width);
        paint.text(x, y, area.right().saturating_sub(x), does, Role::Text);
    }
}

/// The upper part of the page, cleared: on a slow link the rest of it stays, and few finds are
/// enough, for each letter brings others.
fn over(paint: &mut Paint<'_>, body: Rect) -> Rect {
    const ROWS: u16 = 5;
    let height = ROWS.min(body.height);
    let blank = " ".repeat(usize::from(body.width));
    for y in body.y..(body.y + height + 1).min(body.bottom()) {
        paint.text(body.x, y, body.width, &blank, Role::Text);
    }
    Rect { height, ..body }
}

fn go_to(paint: &mut Paint<'_>, jump: &Jump, slow: bool, area: Rect) -> Position {
    let x = area.x + 1 + paint.text(area.x + 1, area.y, 8, "Go to: ", Role::Title);
    let room = area.right().saturating_sub(x + 1);
    let before = jump.line.before_cursor();
    let skip = before
        .width()
        .saturating_sub(usize::from(room.saturating_sub(1)));
    let text = jump.line.text();
    paint.text(x, area.y, room, &cut_front(&text, skip), Role::Text);
    if jump.found.is_empty() {
        let sorry = "Nothing has this title or address.";
        paint.text(area.x + 1, area.y + 2, area.width - 2, sorry, Role::Open);
    }
    let rows = usize::from(area.height - 2);
    let first = jump.index().saturating_sub(rows.saturating_sub(2));
    let shown = jump.found.iter().enumerate().skip(first);
    for ((n, target), y) in shown.zip(area.y + 2..area.bottom()) {
        let chosen = n == jump.index();
        if chosen {
            paint.text(area.x, y, 1, ">", Role::Mark);
        }
        found(
            paint,
            target,
            (chosen, slow),
            Rect::new(area.x + 1, y, area.width - 2, 1),
        );
    }
    let column = x + (before.width() - skip) as u16;
    Position::new(column.min(area.right() - 1), area.y)
}

/// A find: its title, and its address where there is room for all of both, and the link is not slow.
/// Words on a page are cut rather than where they stand.
fn found(paint: &mut Paint<'_>, target: &Target, (chosen, slow): (bool, bool), area: Rect) {
    let address = match &target.goal {
        Goal::Address(address) | Goal::Note(address) => address.to_string(),
        Goal::Action(action) => key_of(*action).map_or(String::new(), |key| format!("key {key}")),
    };
    let wide = address.width() as u16;
    let on_a_page = match &target.goal {
        Goal::Address(address) => address.item.is_some(),
        Goal::Note(_) => true,
        Goal::Action(_) => false,
    };
    let both = !slow && target.title.width() as u16 + 2 + wide <= area.width;
    let beside = both || on_a_page && wide <= area.width * 3 / 5;
    let room = area.width - if beside { wide + 2 } else { 0 };
    let role = if chosen { Role::Selected } else { Role::Text };
    let title = cut(&target.title, room);
    paint.text(area.x, area.y, area.width, &title, role);
    mark(paint, &target.title, &target.marked, area.x, area.y, chosen);
    if beside {
        paint.text(area.right() - wide, area.y, wide, &address, Role::Source);
    }
}

/// Sets the matched letters apart.
fn mark(paint: &mut Paint<'_>, title: &str, marked: &[usize], x: u16, y: u16, chosen: bool) {
    if chosen {
        return;
    }
    let mut at = x;
    for (n, c) in title.chars().enumerate() {
        let wide = c.to_string().width() as u16;
        if marked.contains(&n) {
            paint.text(at, y, wide, &c.to_string(), Role::Found);
        }
        at += wide;
    }
}

/// A small list over the page, so that the theme is seen at work beside it.
fn themes(paint: &mut Paint<'_>, scene: &Scene, tried: &str, area: Rect) {
    let width = 26.min(area.width);
    let x = area.right() - width;
    let rows = scene.themes.len() as u16 + 2;
    let blank = " ".repeat(usize::from(width));
    for y in area.y..(area.y + rows).min(area.bottom()) {
        paint.text(x, y, width, &blank, Role::Text);
    }
    paint.text(x + 2, area.y, width - 2, "Theme", Role::Title);
    for (name, y) in scene.themes.iter().zip(area.y + 1..area.bottom()) {
        let chosen = name == tried;
        let role = if chosen { Role::Selected } else { Role::Text };
        if chosen {
            paint.text(x + 1, y, 1, ">", Role::Mark);
        }
        paint.text(x + 3, y, width - 4, name, role);
    }
}
