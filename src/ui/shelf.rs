//! The list of sessions in words: a row each, and what there is to know of the chosen one.
//!
//! Owns which columns a width has room for: the title and the condition always, then the
//! notes, the date, the place.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::notes::counted;
use crate::store::{Condition, Purge, SessionInfo};

/// A row, at a width in cells.
pub fn row(info: &SessionInfo, width: usize) -> String {
    let condition = condition(info);
    let notes = counted(info.notes, "note");
    let mut columns: Vec<(&str, usize)> = Vec::new();
    if width >= 60 {
        columns.push((&info.date, if width >= 90 { 24 } else { 12 }));
    }
    if width >= 72 {
        columns.push((&info.place, if width >= 90 { 20 } else { 12 }));
    }
    columns.push((if is_read(info) { &notes } else { "" }, 9));
    columns.push((condition, 9));
    let taken: usize = columns.iter().map(|(_, wide)| wide + 2).sum();
    let mut row = fitted(&title(info), width.saturating_sub(taken).max(8));
    for (text, wide) in columns {
        row.push_str("  ");
        row.push_str(&fitted(text, wide));
    }
    row.trim_end().to_owned()
}

/// Whether anything of what is in a session is known.
fn is_read(info: &SessionInfo) -> bool {
    info.condition != Condition::Held && info.condition.why().is_none()
}

/// What a session is called: its title, or else its file.
pub fn title(info: &SessionInfo) -> String {
    if !is_read(info) {
        info.name.clone()
    } else if info.title.is_empty() {
        "(no title)".to_owned()
    } else {
        info.title.clone()
    }
}

const fn condition(info: &SessionInfo) -> &'static str {
    match (&info.condition, info.here) {
        (Condition::Closed, true) => "here, cl.",
        (_, true) => "open here",
        (Condition::Open, _) => "",
        (Condition::Closed, _) => "closed",
        (Condition::Held, _) => "elsewhere",
        (Condition::Damaged(_), _) => "damaged",
        (Condition::Newer(_), _) => "newer",
        (Condition::Unreadable(_), _) => "unread",
    }
}

/// What there is to know of the chosen session.
pub fn about(info: &SessionInfo) -> Vec<String> {
    let mut lines = vec![title(info)];
    for (word, said) in [("Date", &info.date), ("Place", &info.place)] {
        if !said.is_empty() {
            lines.push(format!("{word}: {said}"));
        }
    }
    let state = match &info.condition {
        Condition::Open => String::new(),
        Condition::Closed => "Closed: nothing in it changes until c reopens it.".to_owned(),
        Condition::Held => format!(
            "Another pim has it open; `pim --session {}` in a shell joins that one.",
            info.name
        ),
        Condition::Damaged(_) => {
            "Damaged: r saves what can be read of it into a new session.".to_owned()
        }
        Condition::Newer(why) | Condition::Unreadable(why) => format!("Cannot be opened: {why}."),
    };
    if !state.is_empty() {
        lines.push(state);
    }
    lines.push(info.file.display().to_string());
    lines
}

/// What purging would remove, what stays, and how to answer.
pub fn purge(plan: &Purge) -> Vec<(String, bool)> {
    let quiet = |path: &std::path::Path| (format!("  {}", path.display()), false);
    let mut lines = vec![("This removes for good:".to_owned(), true)];
    lines.extend(plan.removes.iter().map(|path| quiet(path)));
    if !plan.elsewhere.is_empty() {
        lines.push(("These were made from it and stay:".to_owned(), true));
        for one in &plan.elsewhere {
            lines.push((format!("  {} ({})", one.path.display(), one.kind), false));
        }
    }
    lines.push((Purge::CANNOT.to_owned(), false));
    let answer = if plan.elsewhere.is_empty() {
        "y removes it; any other key keeps everything."
    } else {
        "y removes it; Y what was made from it too; any other key keeps everything."
    };
    lines.push((answer.to_owned(), true));
    lines
}

/// A text cut or filled up to a width.
fn fitted(text: &str, width: usize) -> String {
    let mut cut = String::new();
    let mut cells = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or_default();
        if cells + wide > width {
            break;
        }
        cells += wide;
        cut.push(c);
    }
    let rest = width.saturating_sub(cut.width());
    cut.push_str(&" ".repeat(rest));
    cut
}
