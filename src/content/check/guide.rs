//! Checks the pages of the guide.

use super::{Check, below};
use crate::content::fault::Faults;
use crate::content::file::File;
use crate::content::model::{GuidePage, GuideSection};
use crate::content::raw::{RawGuidePage, RawGuideSection};

/// Pages that the program makes itself, at `guide/…`, from other parts of the content.
pub(crate) const MADE_PAGES: &[&str] = &["documents", "editor"];

pub(super) fn guide(files: &[File], documents: &[String], faults: &mut Faults) -> Vec<GuidePage> {
    let mut pages: Vec<GuidePage> = Vec::new();
    for file in below(files, "guide/") {
        let Some(raw) = file.read::<RawGuidePage>(faults) else {
            continue;
        };
        let mut check = Check::new(file, documents, faults);
        check.schema(raw.schema);
        check.slug(&raw.id);
        check.text(&raw.title);
        if pages.iter().any(|page| page.id == raw.id) || MADE_PAGES.contains(&raw.id.as_str()) {
            check.at(&raw.id, "another page of the guide has this id");
        }
        pages.push(GuidePage {
            sections: sections(&mut check, raw.sections),
            id: raw.id,
            title: raw.title,
            order: raw.order,
        });
    }
    pages.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
    pages
}

fn sections(check: &mut Check<'_>, raw: Vec<RawGuideSection>) -> Vec<GuideSection> {
    check.unique(raw.iter().map(|one| one.id.as_str()));
    raw.into_iter()
        .map(|one| {
            check.slug(&one.id);
            check.text(&one.title);
            GuideSection {
                passages: check.passages(one.passages),
                id: one.id,
                title: one.title,
            }
        })
        .collect()
}
