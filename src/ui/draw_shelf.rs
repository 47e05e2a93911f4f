//! Paints what concerns sessions as a whole: their list, their names, the question of a purge.

use ratatui::layout::{Position, Rect};

use super::draw::Paint;
use super::draw_notes::one_line;
use super::shelf::{about, purge as purge_lines, row};
use super::theme::Role;
use super::wrap::{MEASURE, wrapped};
use crate::app::shelf::{Naming, Shelf};
use crate::store::{Purge, SessionInfo};

/// Rows kept for what there is to know of the chosen session.
const ABOUT: u16 = 6;
/// A row that is wider is hard to follow across a wall.
const WIDEST: u16 = 96;

/// The list, and below it what there is to know of the chosen one.
pub(super) fn shelf(paint: &mut Paint<'_>, shelf: &Shelf, rows: &[SessionInfo], area: Rect) {
    let (x, wide) = (area.x + 1, area.width - 2);
    paint.text(x, area.y, wide, "Sessions", Role::Title);
    if rows.is_empty() {
        let said = match shelf.rows {
            None => "Looking...",
            Some(_) => "No session is kept yet. The first note makes one; n begins one by name.",
        };
        paragraph(paint, said, Role::Open, below(area, 2));
        return;
    }
    let at = shelf.index();
    let under = if area.height >= 12 { ABOUT } else { 0 };
    let list = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(3 + under),
        ..area
    };
    let first = at.saturating_sub(usize::from(list.height.saturating_sub(1)));
    let shown = rows.iter().enumerate().skip(first);
    for ((n, info), y) in shown.zip(list.y..list.bottom()) {
        let chosen = n == at;
        if chosen {
            paint.text(area.x, y, 1, ">", Role::Mark);
        }
        let role = if chosen { Role::Selected } else { Role::Text };
        let text = row(info, usize::from((wide - 2).min(WIDEST)));
        paint.text(x, y, wide, &text, role);
    }
    if rows.len() > first + usize::from(list.height) {
        let right = area.right().saturating_sub(11);
        paint.text(right, list.bottom(), 10, "more below", Role::Dim);
    }
    if let Some(info) = rows.get(at).filter(|_| under > 0) {
        known(paint, info, below(area, area.height - ABOUT));
    }
}

fn known(paint: &mut Paint<'_>, info: &SessionInfo, area: Rect) {
    let lines = about(info);
    let last = lines.len().saturating_sub(1);
    let mut y = area.y;
    for (n, line) in lines.iter().enumerate() {
        let role = match n {
            0 => Role::Heading,
            n if n == last => Role::Source,
            _ => Role::Text,
        };
        let rest = Rect {
            y,
            height: area.bottom().saturating_sub(y),
            ..area
        };
        y += paragraph(paint, line, role, rest);
    }
}

/// What is below the first rows of an area.
fn below(area: Rect, rows: u16) -> Rect {
    Rect {
        y: area.y + rows,
        height: area.height.saturating_sub(rows),
        ..area
    }
}

/// A paragraph; gives back how many rows it took.
fn paragraph(paint: &mut Paint<'_>, text: &str, role: Role, area: Rect) -> u16 {
    let wide = (area.width - 2).min(MEASURE);
    let lines = wrapped(text, wide);
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        paint.text(area.x + 1, y, area.width - 2, line, role);
    }
    lines.len() as u16
}

/// Title, date and place as lines to type in.
pub(super) fn naming(paint: &mut Paint<'_>, naming: &Naming, area: Rect) -> Option<Position> {
    let (x, wide) = (area.x + 1, area.width - 2);
    paint.text(x, area.y, wide, "The session", Role::Title);
    let mut cursor = None;
    let rows = Naming::TITLES.iter().zip(&naming.lines).enumerate();
    for ((n, (title, line)), y) in rows.zip(area.y + 2..area.bottom()) {
        let typed = n == naming.field;
        let role = if typed { Role::Selected } else { Role::Label };
        paint.text(x, y, 6, title, role);
        let at = one_line(paint, line, Rect::new(x + 8, y, wide.saturating_sub(9), 1));
        if typed {
            cursor = Some(at);
        }
    }
    let help = "The title stands on exports and names the file. No names of affected people.";
    paragraph(paint, help, Role::Source, below(area, 6));
    cursor
}

/// What purging would remove, as a question.
pub(super) fn purge(paint: &mut Paint<'_>, plan: &Purge, scroll: usize, area: Rect) {
    let wide = (area.width - 2).min(MEASURE);
    let lines = purge_lines(plan).into_iter().flat_map(|(text, strong)| {
        let role = if strong { Role::Warn } else { Role::Text };
        let rows = wrapped(&text, wide).into_iter();
        rows.map(move |row| (row, role)).collect::<Vec<_>>()
    });
    let lines: Vec<(String, Role)> = lines.collect();
    let most = lines.len().saturating_sub(usize::from(area.height));
    let shown = lines.iter().skip(scroll.min(most));
    for ((line, role), y) in shown.zip(area.y..area.bottom()) {
        paint.text(area.x + 1, y, area.width - 2, line, *role);
    }
}

/// What was done.
pub(super) fn told(paint: &mut Paint<'_>, title: &str, lines: &[String], area: Rect) {
    paint.text(area.x + 1, area.y, area.width - 2, title, Role::Title);
    let mut rest = below(area, 2);
    for line in lines {
        let used = paragraph(paint, line, Role::Text, rest);
        rest = below(rest, used.min(rest.height));
    }
}
