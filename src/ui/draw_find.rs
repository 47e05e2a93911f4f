//! Paints Find: the need, the eight categories with why, the chosen Output.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::draw::Paint;
use super::find::{FindRow, FindScene};
use super::find_brief::Brief;
use super::theme::Role;
use super::wrap::wrapped;

/// Cells for the names of the categories.
const NAMES: u16 = 25;
/// The same on a slow link: a tab stop.
const WHYS: u16 = 24;
/// Cells of a need that are seen there, and by how many a longer one moves on at once.
const MOST: u16 = 64;
const STRIDE: usize = 32;

/// Paints Find into an area; gives back where the cursor is to be seen.
pub(super) fn find(paint: &mut Paint<'_>, scene: &FindScene, area: Rect) -> Option<Position> {
    let cursor = line(paint, scene, area);
    let head = head(paint, scene, area);
    let below = Rect::new(
        area.x,
        area.y + head,
        area.width,
        area.height.saturating_sub(head),
    );
    match &scene.brief {
        Some(brief) if !brief.unfolded => self::brief(paint, brief, scene.chosen, below),
        _ => all(paint, scene, below),
    }
    scene.typing.then_some(cursor)
}

/// How much was understood, and on a slow link what is left out; gives back how many lines it
/// and the need take.
fn head(paint: &mut Paint<'_>, scene: &FindScene, area: Rect) -> u16 {
    let (x, width) = (area.x + 1, area.width - 2);
    if let Some(brief) = &scene.brief {
        paint.text(x, area.y + 1, width, &brief.verdict, Role::Dim);
        paint.text(x, area.y + 2, width, brief.tab, Role::Dim);
        return 4;
    }
    let role = if scene.unsure { Role::Warn } else { Role::Dim };
    paint.text(x, area.y + 1, width, &scene.verdict, role);
    3
}

/// All eight categories, and the chosen Output.
fn all(paint: &mut Paint<'_>, scene: &FindScene, below: Rect) {
    let names = if scene.brief.is_some() { WHYS } else { NAMES };
    let plain = scene.line.trim().is_empty();
    let each = if plain { (below.height / 8).max(1) } else { 1 };
    let mut y = below.y;
    for (n, row) in scene.rows.iter().enumerate() {
        if y >= below.bottom() {
            break;
        }
        y = self::row(
            paint,
            row,
            (n == scene.chosen, names),
            Rect {
                y,
                height: each,
                ..below
            },
            below.bottom(),
        );
    }
    if !plain {
        rest(
            paint,
            scene,
            Rect {
                y: y + 1,
                height: below.bottom().saturating_sub(y + 1),
                ..below
            },
        );
    }
}

/// What a slow link has of it. Each text begins where the one before it stood.
fn brief(paint: &mut Paint<'_>, brief: &Brief, chosen: usize, area: Rect) {
    const ROWS: u16 = 8;
    const GIST: u16 = 2;
    const LEAST: u16 = 3;
    let tells = area.height > LEAST + GIST;
    let gist = if tells { GIST + 1 } else { 0 };
    let height = ROWS.min(area.height - gist);
    // A choice that has gone far down is seen on a low screen too.
    let first = (chosen + 1).saturating_sub(height.into());
    let rows = brief.rows.iter().enumerate().skip(first);
    for ((n, (name, why)), y) in rows.zip(area.y..area.y + height) {
        self::name(
            paint,
            name,
            n == chosen,
            Rect {
                y,
                width: WHYS,
                ..area
            },
        );
        let width = area.width.saturating_sub(WHYS + 1);
        paint.text(area.x + WHYS, y, width, why, Role::Text);
    }
    if let Some((line, source)) = brief.gist.as_ref().filter(|_| tells) {
        let (x, y, width) = (area.x + 1, area.y + height + 1, area.width - 2);
        paint.text(x, y, width, line, Role::Text);
        paint.text(x, y + 1, width, source, Role::Source);
    }
}

/// The name of a category at the left of an area.
fn name(paint: &mut Paint<'_>, name: &str, chosen: bool, area: Rect) {
    if chosen {
        paint.text(area.x, area.y, 1, ">", Role::Mark);
    }
    let role = if chosen { Role::Selected } else { Role::Text };
    paint.text(area.x + 1, area.y, area.width - 1, name, role);
}

fn line(paint: &mut Paint<'_>, scene: &FindScene, area: Rect) -> Position {
    let x = area.x + 1 + paint.text(area.x + 1, area.y, 6, "Need: ", Role::Title);
    let mut room = area.right().saturating_sub(x + 1);
    if scene.brief.is_some() {
        room = room.min(MOST);
    }
    let mut skip = scene
        .before_cursor
        .width()
        .saturating_sub(usize::from(room.saturating_sub(1)));
    if scene.brief.is_some() {
        // In strides, so that a letter at the edge does not move all others.
        skip = skip
            .next_multiple_of(STRIDE)
            .min(scene.before_cursor.width());
    }
    paint.text(
        x,
        area.y,
        room,
        &super::draw::cut_front(&scene.line, skip),
        Role::Text,
    );
    let column = x + (scene.before_cursor.width() - skip) as u16;
    Position::new(column.min(area.right().saturating_sub(1)), area.y)
}

/// A category and why it stands here; gives back the line below it.
fn row(
    paint: &mut Paint<'_>,
    row: &FindRow,
    (chosen, names): (bool, u16),
    area: Rect,
    bottom: u16,
) -> u16 {
    let width = names;
    name(paint, &row.name, chosen, Rect { width, ..area });
    let x = area.x + names;
    let width = area.right().saturating_sub(x + 1);
    let lines = wrapped(&row.why, width);
    let cut = lines.len() > usize::from(area.height);
    let mut y = area.y;
    for (n, line) in lines.iter().take(usize::from(area.height)).enumerate() {
        if y >= bottom {
            break;
        }
        let last = cut && n + 1 == usize::from(area.height);
        let text = if last {
            format!("{} ...", cut_words(line, width))
        } else {
            line.clone()
        };
        paint.text(x, y, width, &text, Role::Text);
        y += 1;
    }
    y.max(area.y + 1)
}

/// A line without its last words, so that an ellipsis fits.
fn cut_words(line: &str, width: u16) -> String {
    let mut line = line.to_owned();
    while line.width() + 4 > usize::from(width) {
        match line.rfind(' ') {
            Some(at) => line.truncate(at),
            None => {
                return line
                    .chars()
                    .take(usize::from(width.saturating_sub(4)))
                    .collect();
            }
        }
    }
    line
}

/// Combinations, questions where nothing was understood, and the chosen Output.
fn rest(paint: &mut Paint<'_>, scene: &FindScene, area: Rect) {
    let mut y = area.y;
    let mut say = |paint: &mut Paint<'_>, text: &str, role: Role| {
        for line in wrapped(text, area.width.saturating_sub(2)) {
            if y < area.bottom() {
                paint.text(area.x + 1, y, area.width - 2, &line, role);
            }
            y += 1;
        }
    };
    for question in &scene.questions {
        say(paint, question, Role::Text);
    }
    for combination in &scene.combinations {
        say(paint, combination, Role::Text);
    }
    let left = Rect::new(
        area.x + 1,
        y.min(area.bottom()),
        area.width - 2,
        area.bottom().saturating_sub(y),
    );
    output(paint, scene, left);
}

/// The chosen Output as far as there is room, with its source below: a long one from the line of
/// its first marked word on.
fn output(paint: &mut Paint<'_>, scene: &FindScene, area: Rect) {
    let (title, text, marks) = &scene.output;
    if area.height < 2 {
        return;
    }
    // Where there is little room the category's name, which is chosen above, gives way first.
    let titles = usize::from(area.height >= 4);
    let lines = laid(text, area.width);
    let mut sources = wrapped(&scene.source, area.width);
    sources.truncate(usize::from(area.height) / 2);
    let room = usize::from(area.height).saturating_sub(titles + sources.len());
    let seen = window(&lines, marks.first(), room);
    let begins_later = if seen.start > 0 { " ..." } else { "" };
    let ends_earlier = seen.end < lines.len();
    let mut y = area.y;
    let mut say = |paint: &mut Paint<'_>, text: &str, role: Role| {
        if y < area.bottom() {
            paint.text(area.x, y, area.width, text, role);
        }
        y += 1;
        y - 1
    };
    if titles > 0 {
        say(paint, &format!("{title}{begins_later}"), Role::Heading);
    }
    for (start, line) in lines.get(seen).unwrap_or_default() {
        let y = say(paint, line, Role::Text);
        mark(paint, (line, *start), marks, Rect { y, ..area });
    }
    let more = if ends_earlier { "... " } else { "" };
    for (n, source) in sources.iter().enumerate() {
        let more = if n == 0 { more } else { "" };
        say(paint, &format!("{more}{source}"), Role::Source);
    }
}

/// Which lines are seen where there is room for some: all, or those from a marked word on.
fn window(lines: &[Line], mark: Option<&Range<usize>>, room: usize) -> Range<usize> {
    let marked = mark.and_then(|mark| {
        lines
            .iter()
            .position(|(start, line)| (*start..start + line.chars().count()).contains(&mark.start))
    });
    let most = lines.len().saturating_sub(room);
    let first = marked.filter(|n| *n >= room).unwrap_or_default().min(most);
    first..(first + room).min(lines.len())
}

/// Sets the marked ranges of the whole text apart, as far as they begin in a line.
fn mark(paint: &mut Paint<'_>, (line, start): (&str, usize), marks: &[Range<usize>], area: Rect) {
    let count = line.chars().count();
    for mark in marks {
        let Some(at) = mark.start.checked_sub(start).filter(|at| *at < count) else {
            continue;
        };
        let before: String = line.chars().take(at).collect();
        let word: String = line.chars().skip(at).take(mark.len()).collect();
        let x = area.x + before.width() as u16;
        paint.text(x, area.y, area.width, &word, Role::Found);
    }
}

/// A line of a text, and the place of its first character in the text.
type Line = (usize, String);

/// The lines of a text, each with its place.
fn laid(text: &str, width: u16) -> Vec<Line> {
    let whole: Vec<char> = text.chars().collect();
    let mut at = 0;
    let place = |line: String| {
        at += whole.iter().skip(at).take_while(|c| **c == ' ').count();
        let start = at;
        at += line.chars().count();
        (start, line)
    };
    wrapped(text, width).into_iter().map(place).collect()
}
