//! A page cut into lines of a given width.
//!
//! Owns how blocks look as lines: indents, bullets, the empty lines between. The same blocks
//! give the same lines; those that were cut last are remembered, for most keys stay on their page
//! and cutting it would be most of what they take.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use textwrap::{Options, WordSplitter, WrapAlgorithm};

use super::theme::Role;
use crate::app::seat::Stop;
use crate::page::{Block, Kind, Page, gap};

/// A line of a page, ready to be painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// The words, with their indent.
    pub text: String,
    /// How they look.
    pub role: Role,
    /// What can be pointed at that begins on this line.
    pub stop: Option<Stop>,
}

/// Long lines are hard to read: a column of text is never wider than this.
pub const MEASURE: u16 = 96;

/// A page that was cut: all that its lines hang on, and they.
struct Cut {
    blocks: Vec<Block>,
    width: u16,
    provenance: bool,
    lines: Arc<[TextLine]>,
}

/// As many as stand side by side.
const REMEMBERED: usize = 8;

thread_local! {
    static CUTS: RefCell<VecDeque<Cut>> = const { RefCell::new(VecDeque::new()) };
}

/// The lines of a page.
pub fn lines(page: &Page, width: u16, provenance: bool) -> Arc<[TextLine]> {
    let same = |cut: &&Cut| {
        (cut.width, cut.provenance) == (width, provenance) && cut.blocks == page.blocks
    };
    CUTS.with_borrow_mut(|cuts| {
        if let Some(cut) = cuts.iter().find(same) {
            return Arc::clone(&cut.lines);
        }
        let lines: Arc<[TextLine]> = cut(&page.blocks, width, provenance).into();
        cuts.truncate(REMEMBERED - 1);
        cuts.push_front(Cut {
            blocks: page.blocks.clone(),
            width,
            provenance,
            lines: Arc::clone(&lines),
        });
        lines
    })
}

fn cut(blocks: &[Block], width: u16, provenance: bool) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let mut before: Option<&Kind> = None;
    let shown = |block: &&Block| provenance || block.kind != Kind::Detail;
    for block in blocks.iter().filter(shown) {
        if before.is_some_and(|kind| gap(kind, &block.kind)) {
            lines.push(TextLine {
                text: String::new(),
                role: Role::Text,
                stop: None,
            });
        }
        block_lines(block, width, provenance, &mut lines);
        before = Some(&block.kind);
    }
    lines
}

fn block_lines(block: &Block, width: u16, provenance: bool, lines: &mut Vec<TextLine>) {
    let (role, first, rest) = dress(&block.kind);
    let width = usize::from(width.min(MEASURE)).max(8);
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(true);
    let text = words(block, provenance);
    let mut stop = stop(block);
    for line in textwrap::wrap(&text, options) {
        lines.push(TextLine {
            text: line.trim_end().to_owned(),
            role,
            stop: stop.take(),
        });
    }
}

/// The words of a block. What is this project's own line above a text stands in brackets,
/// as editors' words do.
fn words(block: &Block, provenance: bool) -> Cow<'_, str> {
    match block.kind {
        Kind::Label => format!("[{}]", block.text).into(),
        Kind::Open => format!("[Open] {}", block.text).into(),
        Kind::Source(_) if provenance => block.text.trim_end_matches(" [note: s]").into(),
        _ => block.text.as_str().into(),
    }
}

fn stop(block: &Block) -> Option<Stop> {
    match (&block.kind, &block.anchor) {
        (Kind::Link(place), _) => Some(Stop::Link(place.clone())),
        (_, Some(item)) => Some(Stop::Item(item.clone())),
        _ => None,
    }
}

/// The role of a kind of block, and the indents of its first and further lines.
const fn dress(kind: &Kind) -> (Role, &'static str, &'static str) {
    match kind {
        Kind::Heading | Kind::Subheading => (Role::Heading, "", ""),
        Kind::Label => (Role::Label, "", ""),
        Kind::Para => (Role::Text, "", ""),
        Kind::Item => (Role::Text, "- ", "  "),
        Kind::SubItem => (Role::Text, "  - ", "    "),
        Kind::Source(_) => (Role::Source, "-- ", "   "),
        Kind::Open | Kind::Nothing => (Role::Open, "", ""),
        Kind::Detail => (Role::Dim, "  ", "  "),
        Kind::Link(_) => (Role::Link, "-> ", "   "),
        Kind::Own(sign) => (Role::Text, sign.mark(), sign.mark()),
    }
}

/// The lines of a text at a width.
pub(super) fn wrapped(text: &str, width: u16) -> Vec<String> {
    let options = Options::new(usize::from(width.max(8)))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options)
        .into_iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}
