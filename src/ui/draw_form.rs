//! Paints a form, and the choice of whom an export is for.
//!
//! Owns where fields stand: a name and what is typed, one below the other, the text that is
//! written in with as many rows as it needs. Scrolled so that the field in use is seen.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::draw::{Paint, cut_front};
use super::theme::Role;
use super::wrap::{MEASURE, wrapped};
use crate::app::form::{Field, Form, Value};
use crate::export::MapFormat;
use crate::operation::Sharing;

/// Cells for the names of fields.
const NAMES: u16 = 24;
/// A text that is not written in shows so many rows, and one that is, so many.
const ROWS: usize = 1;
const MOST_ROWS: usize = 6;

/// Cells for a text of a form.
pub fn form_width((width, _): (u16, u16)) -> usize {
    let beside = width.saturating_sub(names(width) + 4);
    usize::from(beside.min(MEASURE)).max(8)
}

/// On a narrow screen names get less.
const fn names(width: u16) -> u16 {
    if width < 70 { 18 } else { NAMES }
}

/// Paints a form; gives back where the cursor is.
pub(super) fn form(paint: &mut Paint<'_>, form: &Form, area: Rect) -> Option<Position> {
    let wide = area.width.saturating_sub(2);
    paint.text(area.x + 1, area.y, wide, &form.title, Role::Title);
    let (said, role) = match &form.refused {
        Some(why) => (why.as_str(), Role::Warn),
        None => (form.hint.as_str(), Role::Source),
    };
    let mut top = area.y + 1;
    for line in wrapped(said, wide.min(MEASURE)).iter().take(4) {
        paint.text(area.x + 1, top, wide, line, role);
        top += 1;
    }
    let rest = Rect {
        y: top + 1,
        height: area.bottom().saturating_sub(top + 1),
        ..area
    };
    fields(paint, form, rest)
}

fn fields(paint: &mut Paint<'_>, form: &Form, area: Rect) -> Option<Position> {
    let width = form_width((area.width, 0));
    let tall = |n: usize, field: &Field| rows(field, n == form.at, width);
    let mut first = 0;
    let used = |first: usize| -> usize {
        let some = form.fields.iter().enumerate().skip(first);
        some.take_while(|(n, _)| *n <= form.at)
            .map(|(n, one)| tall(n, one))
            .sum()
    };
    while first < form.at && used(first) > usize::from(area.height) {
        first += 1;
    }
    let (mut y, mut cursor) = (area.y, None);
    for (n, one) in form.fields.iter().enumerate().skip(first) {
        let height = tall(n, one) as u16;
        if y >= area.bottom() {
            break;
        }
        let here = Rect::new(area.x, y, area.width, height.min(area.bottom() - y));
        let at = field(paint, one, n == form.at, here);
        cursor = cursor.or(at);
        y += height;
    }
    cursor
}

fn rows(field: &Field, focused: bool, width: usize) -> usize {
    match &field.value {
        Value::Text(text) if focused => text.rows(width).len().clamp(1, MOST_ROWS),
        _ => ROWS,
    }
}

fn field(paint: &mut Paint<'_>, field: &Field, focused: bool, area: Rect) -> Option<Position> {
    if focused {
        paint.text(area.x, area.y, 1, ">", Role::Mark);
    }
    let names = names(area.width);
    paint.text(area.x + 1, area.y, names - 1, &field.name, Role::Label);
    let x = area.x + 1 + names;
    let room = area.right().saturating_sub(x + 1);
    let role = if focused { Role::Selected } else { Role::Text };
    match &field.value {
        Value::Choice(words, at) => {
            let word = words.get(*at).copied().unwrap_or_default();
            let said = if focused {
                format!("< {word} >")
            } else {
                word.to_owned()
            };
            paint.text(x, area.y, room, &said, role);
            None
        }
        Value::Switch(on) => {
            let said = if *on { "[x] yes" } else { "[ ]" };
            paint.text(x, area.y, room, said, role);
            None
        }
        Value::Line(line) if focused => {
            let before = line.before_cursor();
            let skip = before
                .width()
                .saturating_sub(usize::from(room.saturating_sub(1)));
            let text = cut_front(&line.text(), skip);
            paint.text(x, area.y, room, &text, Role::Text);
            let column = x + (before.width() - skip) as u16;
            Some(Position::new(
                column.min(area.right().saturating_sub(1)),
                area.y,
            ))
        }
        Value::Line(line) => {
            paint.text(x, area.y, room, &line.text(), Role::Text);
            None
        }
        Value::Text(text) => {
            let width = form_width((area.width, 0));
            let rows = text.rows(width);
            let (row, column) = text.spot(width);
            let first = if focused {
                (row + 1).saturating_sub(usize::from(area.height))
            } else {
                0
            };
            for (range, y) in rows.iter().skip(first).zip(area.y..area.bottom()) {
                paint.text(x, y, room, &text.part(range.clone()), Role::Text);
            }
            if !focused && rows.len() > 1 {
                let more = " ...";
                let right = area.right().saturating_sub(more.len() as u16);
                paint.text(right, area.y, more.len() as u16, more, Role::Dim);
            }
            let at = Position::new(x + (column as u16).min(room), area.y + (row - first) as u16);
            focused.then_some(at)
        }
    }
}

/// Whom an export is for, and then its format.
pub(super) fn audience(paint: &mut Paint<'_>, audience: Option<Sharing>, row: usize, area: Rect) {
    let (title, rows): (String, Vec<String>) = match audience {
        None => (
            "Whom is it for? The rest is left out.".to_owned(),
            Sharing::ALL
                .iter()
                .map(|one| one.mark().to_owned())
                .collect(),
        ),
        Some(audience) => (
            format!("{}. Export the map as", audience.mark()),
            MapFormat::ALL
                .iter()
                .map(|one| one.title().to_owned())
                .collect(),
        ),
    };
    super::draw_notes::list(paint, &title, &rows, row, area);
}
