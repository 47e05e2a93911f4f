//! A page as plain text, for a pipe, a log and a screen reader.

use textwrap::{Options, WordSplitter};

use super::{Block, Kind, Page, gap};

/// The page as text of at most `width` cells; of one item only, where one is given.
pub fn plain(page: &Page, item: Option<&str>, width: usize) -> String {
    let mut out = String::new();
    let badge = page
        .badge
        .map_or(String::new(), |badge| format!(" ({badge})"));
    push(&mut out, &format!("{}{badge}", page.title), width, "", "");
    push(&mut out, &page.place.to_string(), width, "", "");
    let mut before: Option<&Kind> = None;
    for block in chosen(page, item) {
        if before.is_none_or(|kind| gap(kind, &block.kind)) {
            out.push('\n');
        }
        block_text(&mut out, block, width);
        before = Some(&block.kind);
    }
    out
}

/// The blocks of an item: from its anchor to the next anchor that is not below it.
fn chosen<'a>(page: &'a Page, item: Option<&str>) -> Vec<&'a Block> {
    let Some(item) = item else {
        return page.blocks.iter().collect();
    };
    let below = format!("{item}/");
    let begins = |block: &Block| block.anchor.as_deref() == Some(item);
    let ends = |block: &Block| {
        block
            .anchor
            .as_deref()
            .is_some_and(|anchor| anchor != item && !anchor.starts_with(&below))
            || block.kind == Kind::Heading
    };
    let Some(start) = page.blocks.iter().position(begins) else {
        return Vec::new();
    };
    let rest = page.blocks.iter().skip(start);
    let mut blocks: Vec<&Block> = rest
        .enumerate()
        .take_while(|(n, block)| *n == 0 || !ends(block))
        .map(|(_, block)| block)
        .collect();
    if !blocks
        .iter()
        .any(|block| matches!(block.kind, Kind::Source(_)))
    {
        let after = page.blocks.iter().skip(start);
        blocks.extend(
            after
                .filter(|block| matches!(block.kind, Kind::Source(_)))
                .take(1),
        );
    }
    blocks
}

fn block_text(out: &mut String, block: &Block, width: usize) {
    match &block.kind {
        Kind::Heading => {
            push(out, &block.text.to_uppercase(), width, "", "");
        }
        Kind::Subheading => push(out, &format!("{}:", block.text), width, "", ""),
        Kind::Label => push(out, &format!("[{}]", block.text), width, "", ""),
        Kind::Para | Kind::Nothing => push(out, &block.text, width, "", ""),
        Kind::Item => push(out, &block.text, width, "- ", "  "),
        Kind::SubItem => push(out, &block.text, width, "  - ", "    "),
        Kind::Source(_) => push(
            out,
            &block.text.replace(" [note: s]", ""),
            width,
            "  -- ",
            "     ",
        ),
        Kind::Open => push(out, &format!("(open) {}", block.text), width, "", ""),
        Kind::Detail => push(out, &block.text, width, "     ", "     "),
        Kind::Own(sign) => push(out, &block.text, width, sign.mark(), sign.mark()),
        Kind::Link(place) => {
            push(out, &format!("{} [{place}]", block.text), width, "> ", "  ");
        }
    }
}

fn push(out: &mut String, text: &str, width: usize, first: &str, rest: &str) {
    let options = Options::new(width.max(20))
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(true);
    for line in textwrap::wrap(text, options) {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
