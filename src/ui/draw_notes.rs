//! Paints the Notes tab, and what lies on top of a page in a session.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::draw::{Paint, cut_front};
use super::draw_shelf;
use super::layout::Layout;
use super::notes::{NotesRow, NotesScene, areas, editor_width, instead};
use super::scene::Scene;
use super::theme::Role;
use super::wrap::wrapped;
use crate::app::editor::{Editor, Field};
use crate::app::input::Line;
use crate::app::sitting::{Ask, FORMATS, Sheet};
use crate::room::NoteKind;

/// What no note may hold; said where one is written.
const REMINDER: &str = "No names of affected people, no case details: they do not belong here.";
/// The same where there is little room.
const SHORT: &str = "No names of affected people, no case details.";

/// Paints the Notes tab.
pub(super) fn notes(paint: &mut Paint<'_>, scene: &NotesScene, layout: &Layout) {
    let (title, list, beside) = areas((layout.screen.width, layout.screen.height));
    let text = if scene.rows.is_empty() {
        instead(list, beside)
    } else {
        beside
    };
    let used = paint.text(title.x, title.y, title.width, &scene.title, Role::Title);
    let room = title.width.saturating_sub(used + 2);
    paint.text(
        title.x + used + 2,
        title.y,
        room,
        &scene.beside,
        Role::Source,
    );
    for (row, y) in scene.rows.iter().zip(list.y..list.bottom()) {
        self::row(
            paint,
            row,
            scene.marks,
            Rect {
                y,
                height: 1,
                ..list
            },
        );
    }
    let below = list.bottom();
    for (more, y, word) in [
        (scene.more.0, list.y.saturating_sub(1), "more above"),
        (scene.more.1, below, "more below"),
    ] {
        if more {
            let wide = word.width() as u16;
            paint.text(list.right().saturating_sub(wide), y, wide, word, Role::Dim);
        }
    }
    for ((line, role), y) in scene.detail.iter().zip(text.y..text.bottom()) {
        paint.text(text.x, y, text.width, line, *role);
    }
}

fn row(paint: &mut Paint<'_>, row: &NotesRow, marks: u16, area: Rect) {
    if row.heading {
        paint.text(area.x, area.y, area.width, &row.text, Role::Heading);
        return;
    }
    if row.chosen {
        paint.text(area.x.saturating_sub(1), area.y, 1, ">", Role::Mark);
    }
    let (mark, role) = if row.quiet {
        (Role::Dim, Role::Dim)
    } else {
        (Role::Label, Role::Text)
    };
    let role = if row.chosen { Role::Selected } else { role };
    paint.text(area.x, area.y, marks, &row.mark, mark);
    let room = area.width.saturating_sub(marks + 1);
    paint.text(area.x + marks + 1, area.y, room, &row.text, role);
}

/// Paints what lies on top; gives back where the cursor is to be seen.
pub(super) fn sheet(
    paint: &mut Paint<'_>,
    scene: &Scene,
    sheet: &Sheet,
    area: Rect,
) -> Option<Position> {
    match sheet {
        Sheet::Editor(one) => return Some(editor(paint, one, area)),
        Sheet::Prompt { ask, line } => return Some(prompt(paint, *ask, line, area)),
        Sheet::Naming(naming) => return draw_shelf::naming(paint, naming, area),
        Sheet::Shelf(shelf) => draw_shelf::shelf(paint, shelf, &scene.shelf, area),
        Sheet::Purge { plan, scroll } => draw_shelf::purge(paint, plan, *scroll, area),
        Sheet::Told { title, lines } => draw_shelf::told(paint, title, lines, area),
        Sheet::Confirm { question, .. } => {
            let width = area.width.saturating_sub(4).min(super::wrap::MEASURE);
            for (line, y) in wrapped(question, width).iter().zip(area.y..area.bottom()) {
                paint.text(area.x + 1, y, area.width - 2, line, Role::Warn);
            }
        }
        Sheet::Export(at) => {
            let rows: Vec<String> = FORMATS.iter().map(|one| one.title().to_owned()).collect();
            list(paint, "Export the session as", &rows, *at, area);
        }
        Sheet::SubSteps { row, .. } => {
            let title = "Sub-steps to look at (Enter chooses)";
            list(paint, title, &scene.sheet_rows, *row, area);
        }
        Sheet::Agenda(_) if scene.sheet_rows.is_empty() => {
            paint.text(area.x + 1, area.y, area.width - 2, "Agenda", Role::Title);
            let sorry = "Nothing is planned yet; a adds an item, L takes a file.";
            paint.text(area.x + 1, area.y + 2, area.width - 2, sorry, Role::Open);
        }
        Sheet::Agenda(row) => list(paint, "Agenda", &scene.sheet_rows, *row, area),
    }
    None
}

pub(super) fn list(paint: &mut Paint<'_>, title: &str, rows: &[String], at: usize, area: Rect) {
    paint.text(area.x + 1, area.y, area.width - 2, title, Role::Title);
    let tall = usize::from(area.height.saturating_sub(2));
    let first = at.saturating_sub(tall.saturating_sub(1));
    let shown = rows.iter().enumerate().skip(first);
    for ((n, row), y) in shown.zip(area.y + 2..area.bottom()) {
        let chosen = n == at;
        if chosen {
            paint.text(area.x, y, 1, ">", Role::Mark);
        }
        let role = if chosen { Role::Selected } else { Role::Text };
        paint.text(area.x + 1, y, area.width - 2, row, role);
    }
}

fn prompt(paint: &mut Paint<'_>, ask: Ask, line: &Line, area: Rect) -> Position {
    let (x, wide) = (area.x + 1, area.width - 2);
    paint.text(x, area.y, wide, ask.title(), Role::Title);
    let help = wrapped(ask.help(), wide.min(super::wrap::MEASURE));
    for (line, y) in help.iter().zip(area.y + 4..area.bottom()) {
        paint.text(x, y, wide, line, Role::Source);
    }
    one_line(
        paint,
        line,
        Rect::new(area.x + 1, area.y + 2, area.width - 2, 1),
    )
}

/// A line with its cursor.
pub(super) fn one_line(paint: &mut Paint<'_>, line: &Line, area: Rect) -> Position {
    let before = line.before_cursor();
    let most = usize::from(area.width.saturating_sub(1));
    let skip = before.width().saturating_sub(most);
    let text = cut_front(&line.text(), skip);
    paint.text(area.x, area.y, area.width, &text, Role::Text);
    let column = area.x + (before.width().saturating_sub(skip)) as u16;
    Position::new(column.min(area.right().saturating_sub(1)), area.y)
}

fn editor(paint: &mut Paint<'_>, editor: &Editor, area: Rect) -> Position {
    let about = format!("On {}", editor.about);
    paint.text(area.x + 1, area.y, area.width - 2, &about, Role::Title);
    let reminder = if REMINDER.width() > usize::from(area.width.saturating_sub(2)) {
        SHORT
    } else {
        REMINDER
    };
    if editor.has_kind() {
        kinds(
            paint,
            editor.kind,
            Rect {
                y: area.y + 1,
                ..area
            },
        );
    }
    paint.text(
        area.x + 1,
        area.y + 2,
        area.width - 2,
        reminder,
        Role::Source,
    );
    let action = editor.kind == NoteKind::ActionPoint;
    let fields = if action { 2 } else { 0 };
    let top = (area.y + 4).min(area.bottom().saturating_sub(1));
    let tall = area.bottom().saturating_sub(top + fields).max(1);
    let cursor = text(
        paint,
        editor,
        Rect::new(area.x + 1, top, area.width - 2, tall),
    );
    if !action {
        return cursor;
    }
    let y = area.bottom().saturating_sub(2);
    let who = field(paint, "Who, by role: ", &editor.who, Rect { y, ..area });
    let due = field(
        paint,
        "By when:      ",
        &editor.due,
        Rect { y: y + 1, ..area },
    );
    match editor.field {
        Field::Text => cursor,
        Field::Who => who,
        Field::Due => due,
    }
}

fn kinds(paint: &mut Paint<'_>, chosen: NoteKind, area: Rect) {
    let mut x = area.x + 1;
    let wide: usize = NoteKind::ALL
        .iter()
        .map(|one| one.title().width() + 2)
        .sum();
    if wide > usize::from(area.width.saturating_sub(2)) {
        let at = NoteKind::ALL.iter().position(|one| *one == chosen);
        let said = format!(
            "{} ({} of {}, Tab for the next)",
            chosen.title(),
            at.unwrap_or_default() + 1,
            NoteKind::ALL.len()
        );
        paint.text(x, area.y, area.width - 2, &said, Role::Label);
        return;
    }
    for kind in NoteKind::ALL {
        let role = if *kind == chosen {
            Role::Selected
        } else {
            Role::Dim
        };
        let room = area.right().saturating_sub(x + 1);
        x += paint.text(x, area.y, room, kind.title(), role) + 2;
    }
}

fn field(paint: &mut Paint<'_>, title: &str, line: &Line, area: Rect) -> Position {
    let used = paint.text(area.x + 1, area.y, area.width - 2, title, Role::Label);
    let x = area.x + 1 + used;
    let room = area.right().saturating_sub(x + 1);
    one_line(paint, line, Rect::new(x, area.y, room, 1))
}

/// The text, scrolled so that the cursor is seen.
fn text(paint: &mut Paint<'_>, editor: &Editor, area: Rect) -> Position {
    let width = editor_width((area.width + 3, 0)).min(usize::from(area.width));
    let rows = editor.text.rows(width);
    let (row, column) = editor.text.spot(width);
    let first = (row + 1).saturating_sub(usize::from(area.height));
    for (range, y) in rows.iter().skip(first).zip(area.y..area.bottom()) {
        let line = editor.text.part(range.clone());
        paint.text(area.x, y, area.width, &line, Role::Text);
    }
    let x = area.x + (column as u16).min(area.width.saturating_sub(1));
    Position::new(x, area.y + (row - first) as u16)
}
