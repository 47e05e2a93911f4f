//! What a symbol does to the cursor: how wide it is, and whether terminals agree.
//!
//! Owns the judgement of graphemes, and nothing of where they stand. A symbol holding a control or
//! a direction override is no symbol at all. Where terminals differ (emoji, joined sequences,
//! conjuncts), the glyph is *unsure*: the wire then never trusts the cursor after it, and rewrites
//! what a terminal that draws it wider would have covered. Start at [`Glyph::of`].

use ratatui::buffer::CellWidth;
use unicode_width::UnicodeWidthChar;

/// The width that ratatui laid out, and whether the terminal can be trusted to agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) width: usize,
    pub(super) sure: bool,
}

/// Longer symbols are a hostile heap of marks.
const LONGEST: usize = 64;
/// Wider ones do not exist in any script.
const WIDEST: usize = 7;

impl Glyph {
    /// Judges a symbol; none where it must not be sent.
    pub(super) fn of(symbol: &str, ambiguous_may_be_wide: bool) -> Option<Self> {
        if symbol.len() > LONGEST || symbol.chars().any(is_hostile) {
            return None;
        }
        let width = usize::from(symbol.cell_width());
        let sure = is_sure(symbol, ambiguous_may_be_wide);
        (width <= WIDEST).then_some(Self { width, sure })
    }
}

/// How many columns a terminal might use that knows nothing of joining and has large glyphs.
pub(super) fn reach(symbol: &str) -> usize {
    let widest = |c: char| match c.width() {
        Some(0) | None => usize::from(c == '\u{fe0f}'),
        Some(width) => width.max(2),
    };
    symbol.chars().map(widest).sum()
}

/// Controls, line separators and direction overrides.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e001f}')
}

fn is_sure(symbol: &str, ambiguous_may_be_wide: bool) -> bool {
    let mut chars = symbol.chars();
    let Some(base) = chars.next() else {
        return true;
    };
    let base_is_sure = match base.width() {
        Some(1) => !(ambiguous_may_be_wide && base.width_cjk() == Some(2)),
        Some(2) => is_always_wide(base),
        _ => true,
    };
    base_is_sure && chars.all(is_plain_mark)
}

/// Wide since long before emoji.
fn is_always_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// Latin, Greek, Cyrillic, Hebrew and Arabic marks and joiners, on which terminals agree.
fn is_plain_mark(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{652}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(symbol: &str) -> Option<(usize, bool)> {
        Glyph::of(symbol, false).map(|glyph| (glyph.width, glyph.sure))
    }

    #[test]
    fn letters_of_every_script_are_sure() {
        for symbol in [
            "a",
            "é",
            "e\u{301}",
            "…",
            "م",
            "م\u{64e}",
            "ی\u{200c}",
            "Ж",
            "│",
            "€",
        ] {
            assert_eq!(judged(symbol), Some((1, true)), "{symbol}");
        }
        for symbol in ["漢", "か", "한", "Ａ"] {
            assert_eq!(judged(symbol), Some((2, true)), "{symbol}");
        }
    }

    #[test]
    fn what_terminals_measure_differently_is_unsure() {
        for symbol in ["😀", "👩\u{200d}🚀", "☺\u{fe0f}", "क्ष"] {
            assert_eq!(judged(symbol), Some((2, false)), "{symbol}");
        }
        assert_eq!(Glyph::of("…", true).map(|glyph| glyph.sure), Some(false));
        assert_eq!(
            (reach("👩\u{200d}🚀"), reach("☺\u{fe0f}"), reach("क्ष")),
            (4, 3, 4)
        );
    }

    #[test]
    fn controls_and_overrides_are_not_symbols() {
        let heap = format!("a{}", "\u{301}".repeat(40));
        for symbol in [
            "\x1b",
            "a\x07",
            "\u{9b}2J",
            "\x7f",
            "\u{202e}",
            "a\u{2066}",
            heap.as_str(),
        ] {
            assert_eq!(judged(symbol), None, "{symbol:?}");
        }
    }
}
