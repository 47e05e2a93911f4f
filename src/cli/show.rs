//! `pim show ADDRESS`: what stands there, as text or JSON.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::out;
use crate::content::{Address, Content, Origin, Passage};
use crate::page::{Page, passages_at, plain};

/// What to show, and how.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// An address, such as matrix/case-management/output.
    address: String,
    /// Columns to wrap at; the terminal's width, or 80, where none is given.
    #[arg(long, value_name = "COLUMNS")]
    width: Option<u16>,
    /// One JSON object, for machines.
    #[arg(long)]
    json: bool,
}

pub(super) fn show(content: &Content, args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let address = Address::parse(&args.address, content)?;
    if args.json {
        let object = serde_json::to_string_pretty(&as_json(&address, content))?;
        return out(&format!("{object}\n"));
    }
    let page = Page::of(&address.place, content);
    let width = args.width.unwrap_or_else(terminal_width);
    out(&plain(&page, address.item.as_deref(), usize::from(width)))
}

/// As wide as the terminal, for reading never wider than a hundred columns.
pub(super) fn terminal_width() -> u16 {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() {
        return 80;
    }
    ratatui::crossterm::terminal::size().map_or(80, |(columns, _)| columns.clamp(20, 100))
}

fn as_json(address: &Address, content: &Content) -> serde_json::Value {
    let page = Page::of(&address.place, content);
    let passages: Vec<_> = passages_at(address, content)
        .iter()
        .map(|(item, passage)| passage_json(address, item, passage, content))
        .collect();
    json!({
        "address": address.to_string(),
        "title": page.title,
        "locked": page.badge == Some("locked"),
        "passages": passages,
    })
}

fn passage_json(
    address: &Address,
    item: &str,
    passage: &Passage,
    content: &Content,
) -> serde_json::Value {
    let source = match &passage.origin {
        Origin::Source { doc, section } => json!({
            "document": doc,
            "title": content.document(doc).map(|one| one.title.clone()),
            "year": content.document(doc).map(|one| one.year),
            "section": section,
        }),
        Origin::Ours { facts } => json!({ "ours": true, "facts": facts }),
    };
    json!({
        "address": format!("{}/{item}", address.place),
        "label": passage.label,
        "text": passage.body.iter().map(crate::content::Piece::text).collect::<Vec<_>>(),
        "status": passage.status.word(),
        "source": source,
        "note": passage.note,
    })
}
