//! Paints the exercise: head, question, list with bars, text, the line that is typed, keys.

use ratatui::layout::{Position, Rect};
use textwrap::{Options, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

use super::draw::{Paint, cut_front, more};
use super::scenario::{Row, ScenarioScene};
use super::theme::Role;

/// Fewer lines than this leave no room for empty ones.
const SMALL: u16 = 16;

/// What there is to know once the exercise is painted.
pub(super) struct Painted {
    /// Where the cursor is to be seen, if anywhere.
    pub(super) cursor: Option<Position>,
    /// How far its list or its text can be scrolled.
    pub(super) most: usize,
}

/// Paints the exercise into an area.
pub(super) fn scenario(paint: &mut Paint<'_>, scene: &ScenarioScene, area: Rect) -> Painted {
    let inner = Rect::new(area.x + 1, area.y, area.width - 2, area.height);
    let top = head(paint, scene, inner);
    let (cursor, bottom) = foot(paint, scene, inner);
    if !scene.picture.is_empty() {
        let area = Rect::new(inner.x, top, inner.width, bottom.saturating_sub(top));
        let most = super::draw_picture::beside_text(paint, scene, area);
        return Painted { cursor, most };
    }
    let text: Vec<String> = scene
        .text
        .iter()
        .flat_map(|one| wrapped(one, inner.width.min(100)))
        .collect();
    let height = bottom.saturating_sub(top);
    let only_text = scene.rows.is_empty();
    let below = if only_text {
        height
    } else {
        let beside_rows = height.saturating_sub(scene.rows.len() as u16);
        (text.len() as u16 + 1).min(beside_rows.max(height / 2))
    };
    // Where both lists do not fit, they share what there is, line by line.
    let second = (scene.second.len() as u16 + 1).min(height.saturating_sub(2).max(height / 2));
    let second = if scene.second.is_empty() { 0 } else { second };
    let below = if second > 0 { 0 } else { below };
    let list = Rect::new(inner.x, top, inner.width, height - below - second);
    let mut most = 0;
    if !only_text {
        most = rows(paint, scene, list);
    }
    if second > 0 {
        let from = list.bottom() + 1;
        let area = Rect::new(inner.x, from, inner.width, bottom.saturating_sub(from));
        boxes(paint, scene, area);
    }
    if below > 0 {
        let gap = u16::from(!only_text);
        let from = (bottom - below + gap).min(bottom);
        let area = Rect::new(inner.x, from, inner.width, bottom - from);
        most = most.max(paragraph(paint, scene, &text, area, only_text));
    }
    Painted { cursor, most }
}

/// Title and state, then what is asked; gives back the first free line.
fn head(paint: &mut Paint<'_>, scene: &ScenarioScene, area: Rect) -> u16 {
    let status = scene.status.width() as u16;
    let beside = scene.title.width() as u16 + status + 2 <= area.width;
    paint.text(area.x, area.y, area.width, &scene.title, Role::Title);
    let mut y = area.y;
    if !beside && status > 0 {
        y += 1;
    }
    let x = area.right().saturating_sub(status.min(area.width));
    paint.text(x, y, area.width, &scene.status, Role::Source);
    for line in wrapped(&scene.ask, area.width) {
        y += 1;
        paint.text(area.x, y, area.width, &line, Role::Text);
    }
    if !scene.big.is_empty() {
        y += 2;
        y += super::letters::big(
            paint,
            &scene.big,
            scene.ascii,
            Rect::new(area.x, y, area.width, area.bottom().saturating_sub(y)),
        );
        return (y + 1).min(area.bottom());
    }
    if !scene.picture.is_empty() {
        return y + 1;
    }
    let heads = scene.heads.width() as u16;
    if heads > 0 {
        y += 1;
        let x = area.right().saturating_sub(heads);
        paint.text(x, y, heads, &scene.heads, Role::Heading);
        return y + 1;
    }
    // A small screen has better things to show than an empty line.
    let gap = if area.height < SMALL { 1 } else { 2 };
    (y + gap).min(area.bottom())
}

/// The keys, and above them the line that is typed or the question; gives back the first
/// line that they take.
fn foot(paint: &mut Paint<'_>, scene: &ScenarioScene, area: Rect) -> (Option<Position>, u16) {
    let lines = key_lines(scene, area.width);
    let mut y = area.bottom().saturating_sub(lines.len() as u16);
    for (line, at) in lines.iter().zip(y..area.bottom()) {
        let mut x = area.x;
        for (key, does) in line {
            x += paint.text(x, at, 24, key, Role::Key) + 1;
            x += paint.text(x, at, 40, does, Role::Text) + 2;
        }
    }
    let mut cursor = None;
    if let Some(question) = &scene.question {
        let lines = wrapped(question, area.width);
        y = y.saturating_sub(lines.len() as u16);
        for (line, at) in lines.iter().zip(y..) {
            paint.text(area.x, at, area.width, line, Role::Warn);
        }
    } else if let Some((label, text, before)) = &scene.entry {
        y = y.saturating_sub(1);
        let label = format!("{label}: ");
        let x = area.x + paint.text(area.x, y, area.width / 2, &label, Role::Title);
        let room = area.right().saturating_sub(x + 1);
        let skip = before
            .width()
            .saturating_sub(usize::from(room.saturating_sub(1)));
        paint.text(x, y, room, &cut_front(text, skip), Role::Text);
        let column = x + (before.width() - skip) as u16;
        cursor = Some(Position::new(column.min(area.right().saturating_sub(1)), y));
    }
    (cursor, y.saturating_sub(1))
}

type KeyLine = Vec<(&'static str, &'static str)>;

fn key_lines(scene: &ScenarioScene, width: u16) -> Vec<KeyLine> {
    let mut lines: Vec<KeyLine> = vec![Vec::new()];
    let mut used = 0;
    for (key, does) in &scene.keys {
        let wide = key.width() + does.width() + 3;
        if used + wide > usize::from(width) + 2 {
            lines.push(Vec::new());
            used = 0;
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push((key, does));
        }
    }
    lines
}

/// The list, scrolled so that the chosen row is seen; with air between where it fits. How far it
/// can be scrolled where none is chosen.
fn rows(paint: &mut Paint<'_>, scene: &ScenarioScene, area: Rect) -> usize {
    let rules = scene.rows.iter().filter(|row| row.rule.is_some()).count();
    let airy = (scene.rows.len() * 2 + rules) <= usize::from(area.height) && area.height > 24;
    let each = if airy { 2 } else { 1 };
    let fits = (usize::from(area.height) / each)
        .saturating_sub(rules)
        .max(1);
    let most = scene.rows.len().saturating_sub(fits);
    let first = match scene.chosen {
        Some(chosen) => chosen.saturating_sub(fits.saturating_sub(2)).min(most),
        None => scene.scroll.min(most),
    };
    let shape = Shape::of(scene, area);
    let mut y = area.y;
    for (number, row) in scene.rows.iter().enumerate().skip(first) {
        if let Some(words) = row.rule {
            if y < area.bottom() {
                let dashes = usize::from(area.width).saturating_sub(words.len() + 5);
                let rule = format!("--- {words} {}", "-".repeat(dashes));
                paint.text(area.x, y, area.width, &rule, Role::Dim);
            }
            y += each as u16;
        }
        if y >= area.bottom() {
            break;
        }
        let line = Rect::new(area.x, y, area.width, 1);
        shape.row(paint, row, scene.chosen == Some(number), line);
        y += each as u16;
    }
    if first > 0 || first + fits < scene.rows.len() {
        let shown = (first + fits).min(scene.rows.len());
        let mark = format!("{}-{shown} of {}", first + 1, scene.rows.len());
        let x = area.right().saturating_sub(mark.width() as u16);
        paint.text(x, area.bottom(), 20, &mark, Role::Dim);
    }
    if scene.chosen.is_none() { most } else { 0 }
}

/// The columns of a list: as wide as its rows need.
struct Shape {
    lead: u16,
    sign: u16,
    bar: u16,
    tail: u16,
    ascii: bool,
}

impl Shape {
    fn of(scene: &ScenarioScene, area: Rect) -> Self {
        let widest = |part: fn(&Row) -> &str| {
            let all = scene.rows.iter().map(|row| part(row).width());
            all.max().unwrap_or_default() as u16
        };
        let bars = scene.rows.iter().any(|row| row.bar.is_some());
        Self {
            lead: widest(|row| &row.lead),
            sign: widest(|row| &row.sign),
            bar: match area.width {
                _ if !bars => 0,
                // Words before bars, where both do not fit beside the numbers.
                0..60 if widest(|row| &row.tail) > 14 => 0,
                0..60 => 8,
                60..100 => 12,
                _ => 24,
            },
            tail: widest(|row| &row.tail),
            ascii: scene.ascii,
        }
    }

    fn row(&self, paint: &mut Paint<'_>, row: &Row, chosen: bool, area: Rect) {
        // Beside a number or a sign the mark needs air; words begin where all words do.
        let (mark, mut x) = match self.lead + self.sign {
            0 => (area.x.saturating_sub(1), area.x),
            _ => (area.x, area.x + 2),
        };
        if chosen {
            paint.text(mark, area.y, 1, ">", Role::Mark);
        }
        if self.lead > 0 {
            let lead = format!("{:>1$}", row.lead, usize::from(self.lead));
            paint.text(x, area.y, self.lead, &lead, Role::Text);
            x += self.lead + 2;
        }
        if self.sign > 0 {
            paint.text(x, area.y, self.sign, &row.sign, role(&row.sign));
            x += self.sign + 2;
        }
        let right = area.right();
        let tail = right.saturating_sub(self.tail);
        let bar = tail.saturating_sub(if self.bar > 0 { self.bar + 1 } else { 0 });
        let room = bar.saturating_sub(x + 1);
        let words = if chosen { Role::Selected } else { Role::Text };
        paint.text(x, area.y, room, &cut(&row.text, room), words);
        if let Some((part, whole)) = row.bar {
            let cells = (u64::from(self.bar) * part + whole / 2).checked_div(whole);
            let cells = usize::try_from(cells.unwrap_or_default()).unwrap_or_default();
            let cells = cells.max(usize::from(part > 0)).min(usize::from(self.bar));
            if self.ascii {
                paint.text(bar, area.y, self.bar, &"#".repeat(cells), Role::Must);
            } else {
                paint.bar(bar, area.y, cells as u16, Role::Must);
            }
        }
        let x = right.saturating_sub(row.tail.width() as u16);
        paint.text(x, area.y, self.tail, &row.tail, Role::Text);
    }
}

fn role(sign: &str) -> Role {
    match sign.chars().next() {
        Some('!') => Role::Must,
        Some('+') => Role::Nice,
        _ => Role::Text,
    }
}

/// The categories of an item, each with a box.
fn boxes(paint: &mut Paint<'_>, scene: &ScenarioScene, area: Rect) {
    let fits = usize::from(area.height).max(1);
    let chosen = scene.second_chosen.unwrap_or_default();
    let all = scene.second.len();
    // One line beyond the chosen one is seen, so that it is clear that there is more.
    let first = (chosen + 2).min(all).saturating_sub(fits).min(chosen);
    if fits < all {
        let mark = format!("{}-{} of {all}", first + 1, (first + fits).min(all));
        let x = area.right().saturating_sub(mark.width() as u16);
        paint.text(x, area.bottom(), 20, &mark, Role::Dim);
    }
    let rows = scene.second.iter().enumerate().skip(first);
    for ((number, row), y) in rows.zip(area.y..area.bottom()) {
        let on = number == chosen;
        if on {
            paint.text(area.x, y, 1, ">", Role::Mark);
        }
        paint.text(area.x + 2, y, 3, &row.sign, Role::Text);
        let words = if on { Role::Selected } else { Role::Text };
        let used = paint.text(area.x + 6, y, 30, &row.text, words);
        let x = area.x + 6 + used.max(24) + 1;
        let room = area.right().saturating_sub(x);
        paint.text(x, y, room, &cut(&row.tail, room), Role::Label);
    }
}

/// A text, as far as there is room; how far it can be scrolled.
pub(super) fn paragraph(
    paint: &mut Paint<'_>,
    scene: &ScenarioScene,
    lines: &[String],
    area: Rect,
    airy: bool,
) -> usize {
    if !airy {
        for (line, y) in lines.iter().zip(area.y..area.bottom()) {
            paint.text(area.x, y, area.width, line, Role::Label);
        }
        return 0;
    }
    // Texts to be read aloud: one by one, with a gap, if there is room.
    let parts = scene
        .text
        .iter()
        .map(|one| wrapped(one, area.width.min(100)));
    let gap = lines.len() + scene.text.len() <= usize::from(area.height);
    let mut all: Vec<String> = Vec::new();
    for part in parts {
        all.extend(part);
        if gap {
            all.push(String::new());
        }
    }
    let most = all.len().saturating_sub(usize::from(area.height));
    let shown = all.iter().skip(scene.scroll.min(most));
    for (line, y) in shown.zip(area.y..area.bottom()) {
        paint.text(area.x, y, area.width, line, Role::Text);
    }
    if most > scene.scroll {
        let more = match scene.more {
            "" => more(scene.language),
            own => own,
        };
        paint.text_right(area.right(), area.bottom(), more, Role::Dim);
    }
    most
}

/// A text that ends in dots where it does not fit.
/// A text that fits, with dots where it was cut.
pub(super) fn cut(text: &str, room: u16) -> String {
    let room = usize::from(room);
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + c.to_string().width() + 3 > room {
            break;
        }
        kept.push(c);
    }
    format!("{}...", kept.trim_end())
}

pub(super) fn wrapped(text: &str, width: u16) -> Vec<String> {
    let options = Options::new(usize::from(width.max(8)))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let lines = textwrap::wrap(text, options).into_iter();
    lines.map(|line| line.trim_end().to_owned()).collect()
}
