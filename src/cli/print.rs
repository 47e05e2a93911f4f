//! `pim print …`: lists of what there is.

use std::process::ExitCode;

use clap::ValueEnum;

use super::out;
use crate::app::keymap;
use crate::content::address::addresses;
use crate::content::{Content, shipped_files};
use crate::ui::theme;

/// What can be listed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum What {
    /// Every address, one a line.
    Addresses,
    /// The keys.
    Keys,
    /// The themes.
    Themes,
    /// The source documents, and the content files that carry them.
    Sources,
}

pub(super) fn print(content: &Content, what: What) -> anyhow::Result<ExitCode> {
    match what {
        What::Addresses => out(&lines(addresses(content).iter().map(ToString::to_string))),
        What::Keys => out(&format!("{}\n", keymap::plain())),
        What::Themes => out(&lines(
            theme::shipped()
                .iter()
                .map(|one| format!("{:<18} {}", one.name, one.about)),
        )),
        What::Sources => out(&sources(content)),
    }
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.map(|item| item + "\n").collect()
}

fn sources(content: &Content) -> String {
    let mut text = String::new();
    for document in &content.documents {
        text.push_str(&format!(
            "{}  {} ({})\n",
            document.id, document.title, document.year
        ));
        text.push_str(&format!("    {}\n    {}\n", document.date, document.about));
    }
    text.push_str("\nFiles:\n");
    for file in shipped_files() {
        text.push_str(&format!("  {}\n", file.path));
    }
    text
}
