//! Paints a picture for cameras, and beside it what there is to read.
//!
//! Owns where the two go: next to each other, below each other, or, on a screen that is too small
//! for the picture, words that say so. Part of a picture is none.

use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthStr;

use super::draw::Paint;
use super::draw_scenario::{paragraph, wrapped};
use super::scenario::ScenarioScene;
use super::theme::Role;

/// Cells between picture and text.
const GAP: u16 = 3;
/// A column of text that is narrower than this is hard to read.
const NARROW: u16 = 24;
const SMALL: &str = "This screen is too small for the picture that cameras read. Make the window \
                     larger or the type smaller (80 by 24 cells are enough), or type the address.";

/// Paints the picture of a scene and its text; how far the text can be scrolled.
pub(super) fn beside_text(paint: &mut Paint<'_>, scene: &ScenarioScene, area: Rect) -> usize {
    let lines = &scene.picture;
    let width = lines
        .iter()
        .map(|line| line.width())
        .max()
        .unwrap_or_default() as u16;
    let height = lines.len() as u16;
    // The empty line above the keys counts too: on a usual screen the picture just fits.
    let seen = Rect::new(area.x, area.y, area.width, area.height + 1);
    if width > seen.width || height > seen.height {
        let mut y = area.y;
        for line in wrapped(SMALL, area.width) {
            if y < area.bottom() {
                paint.text(area.x, y, area.width, &line, Role::Warn);
            }
            y += 1;
        }
        let y = (y + 1).min(area.bottom());
        return text(
            paint,
            scene,
            Rect::new(area.x, y, area.width, area.bottom() - y),
        );
    }
    picture(paint, lines, seen);
    let left = width + GAP;
    if left + NARROW <= area.width {
        let area = Rect::new(area.x + left, area.y, area.width - left, area.height);
        text(paint, scene, area)
    } else {
        let from = (area.y + height + 1).min(area.bottom());
        text(
            paint,
            scene,
            Rect::new(area.x, from, area.width, area.bottom() - from),
        )
    }
}

/// Dark on light, whatever the theme.
fn picture(paint: &mut Paint<'_>, lines: &[String], area: Rect) {
    let style = Style::reset().fg(Color::Black).bg(Color::White);
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        paint
            .buffer
            .set_stringn(area.x, y, line, area.width.into(), style);
    }
}

fn text(paint: &mut Paint<'_>, scene: &ScenarioScene, area: Rect) -> usize {
    let all = scene.text.iter();
    let lines: Vec<String> = all
        .flat_map(|one| wrapped(one, area.width.min(100)))
        .collect();
    paragraph(paint, scene, &lines, area, true)
}
