//! What files given at run time may do to the shipped content.
//!
//! Owns the rule that what a source states nobody edits: in the locked rows
//! (Definition and Output) every passage of a source must stay as it is and where
//! it is, and anywhere else a changed text may not keep a source's name. A summary
//! in a locked row may give way to the endorsed text with its document and section.
//! Works on checked content only. Start at [`guard`].

use super::address::Address;
use super::fault::Faults;
use super::file::File;
use super::ids::{CategoryId, CriterionId};
use super::model::{Cell, Content};
use super::passage::Passage;

/// The shipped files with the given ones over them.
pub(super) fn merge(shipped: Vec<File>, overrides: Vec<File>) -> Vec<File> {
    let mut files: Vec<File> = shipped
        .into_iter()
        .filter(|file| !overrides.iter().any(|other| other.path == file.path))
        .collect();
    files.extend(overrides);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Everything by which the new content would change what a source states.
pub(super) fn guard(shipped: &Content, new: &Content, files: &[File]) -> Faults {
    let mut guard = Guard {
        new,
        files,
        faults: Faults::default(),
    };
    guard.documents(shipped);
    for category in CategoryId::ALL {
        for criterion in CriterionId::ALL.iter().filter(|one| one.locked()) {
            guard.locked_cell(
                *category,
                *criterion,
                shipped.cell(*category, *criterion),
                new.cell(*category, *criterion),
            );
        }
    }
    guard.elsewhere(shipped);
    guard.faults
}

struct Guard<'a> {
    new: &'a Content,
    files: &'a [File],
    faults: Faults,
}

impl Guard<'_> {
    fn fault(&mut self, path: &str, quoted: &str, message: String, help: String) {
        if let Some(file) = self.files.iter().find(|file| file.path.ends_with(path)) {
            let mut fault = file.fault_at(quoted, 0, message);
            fault.help = Some(help);
            self.faults.push(fault);
        }
    }

    /// Who wrote what is not to be edited either.
    fn documents(&mut self, shipped: &Content) {
        for document in &shipped.documents {
            if self.new.document(&document.id) != Some(document) {
                self.fault(
                    &format!("sources/{}.ron", document.id),
                    &document.id,
                    format!("the source document `{}` cannot be changed", document.id),
                    "add a file of its own for another document".to_owned(),
                );
            }
        }
    }

    fn locked_cell(&mut self, category: CategoryId, row: CriterionId, old: &Cell, new: &Cell) {
        let path = format!("matrix/{category}.ron");
        for passage in old.passages.iter().filter(|one| one.origin.is_source()) {
            if new.passages.iter().any(|one| same_statement(one, passage)) {
                continue;
            }
            let message = format!(
                "{row} of {category} is locked: a source states it and nobody can change it"
            );
            let help = format!(
                "the agreed words are: \"{}\" ({})",
                passage.plain().replace('\n', " "),
                self.new.cite(&passage.origin)
            );
            self.fault(&path, &passage.id, message, help);
        }
        self.additions(&path, category, row, old, new);
    }

    /// What may be added to a locked row: the endorsed text where there is only our summary.
    fn additions(
        &mut self,
        path: &str,
        category: CategoryId,
        row: CriterionId,
        old: &Cell,
        new: &Cell,
    ) {
        let summarised = old.passages.iter().any(|one| !one.origin.is_source());
        let stated = old.passages.iter().any(Passage::is_agreed) && !summarised;
        let was_there = |one: &Passage| old.passages.iter().any(|other| same_statement(other, one));
        for passage in new.passages.iter().filter(|one| !was_there(one)) {
            let fills_a_gap = !stated && passage.is_agreed();
            let ours = !passage.origin.is_source() && !stated;
            if fills_a_gap || ours {
                continue;
            }
            let message = format!("{row} of {category} is locked: nothing can be added to it");
            let help = "the other rows may be adapted, added to or emptied".to_owned();
            self.fault(path, &passage.id, message, help);
        }
    }

    /// Outside the locked rows a text may go, but not change under a source's name.
    fn elsewhere(&mut self, shipped: &Content) {
        let old = statements(shipped);
        for (address, passage) in statements(self.new) {
            let Some((_, was)) = old.iter().find(|(other, _)| *other == address) else {
                continue;
            };
            if was.origin.is_source() && passage.origin.is_source() && was.body != passage.body {
                let message = format!("`{address}` changes what a source states");
                let help =
                    "give your own wording as `from: Ours(facts: [])`, status `Summary`, beside it"
                        .to_owned();
                let path = self.path_of(&address);
                self.fault(&path, &passage.id, message, help);
            }
        }
    }

    /// The file that an address is written in.
    fn path_of(&self, address: &str) -> String {
        let parts: Vec<&str> = address.split('/').collect();
        match (parts.first().copied(), parts.get(1).copied()) {
            (Some("matrix"), Some(category)) if CategoryId::from_slug(category).is_some() => {
                format!("matrix/{category}.ron")
            }
            (Some("matrix"), _) => "matrix/matrix.ron".to_owned(),
            (Some("principles"), Some(one)) if parts.len() > 3 => {
                format!("principles/in-action/{one}.ron")
            }
            (Some("principles"), _) => "principles/principles.ron".to_owned(),
            (Some("guide"), Some(page)) => self.guide_path(page),
            _ => "process.ron".to_owned(),
        }
    }

    fn guide_path(&self, page: &str) -> String {
        let wanted = format!("id: \"{page}\"");
        self.files
            .iter()
            .find(|file| file.path.starts_with("guide/") && file.text.contains(&wanted))
            .map_or_else(String::new, |file| file.path.clone())
    }
}

fn same_statement(a: &Passage, b: &Passage) -> bool {
    a.id == b.id && a.body == b.body && a.origin == b.origin && a.status == b.status
}

/// Every passage of the content with its address.
pub(super) fn statements(content: &Content) -> Vec<(String, Passage)> {
    let mut all: Vec<(String, Passage)> = Vec::new();
    for place in super::address::places(content) {
        let page = crate::page::Page::of(&place, content);
        for (anchor, passage) in page.passages {
            let address = Address {
                place: place.clone(),
                item: Some(anchor),
            };
            all.push((address.to_string(), passage));
        }
    }
    all
}
