//! Pages of the guide: those in the content, and two that are made from it.

use super::{Kind, Writer};
use crate::content::{Content, MADE_PAGES, Place, Status};

/// The ids of all pages, in reading order.
pub fn guide_page_ids(content: &Content) -> impl Iterator<Item = String> + '_ {
    content
        .guide
        .iter()
        .map(|page| page.id.clone())
        .chain(MADE_PAGES.iter().map(|id| (*id).to_owned()))
}

/// The page on which the guide opens: the first.
pub fn guide_opens_on(content: &Content) -> Place {
    let first = content.guide.first();
    Place::GuidePage(first.map_or_else(|| MADE_PAGES[0].to_owned(), |page| page.id.clone()))
}

/// Whether the guide has a page.
pub fn guide_page_exists(id: &str, content: &Content) -> bool {
    MADE_PAGES.contains(&id) || content.guide_page(id).is_some()
}

/// The title of a page.
pub fn guide_page_title(id: &str, content: &Content) -> String {
    match id {
        "documents" => "Documents and statuses".to_owned(),
        "editor" => "The editor's decisions".to_owned(),
        _ => content
            .guide_page(id)
            .map_or_else(|| id.to_owned(), |page| page.title.clone()),
    }
}

/// One page.
pub(super) fn page(page: &mut Writer<'_>, id: &str) {
    let content = page.content;
    page.title(guide_page_title(id, content));
    match id {
        "documents" => documents(page),
        "editor" => editor(page),
        _ => sections(page, id),
    }
}

fn sections(page: &mut Writer<'_>, id: &str) {
    let content = page.content;
    let Some(guide) = content.guide_page(id) else {
        return;
    };
    for section in &guide.sections {
        page.anchored(Kind::Heading, &section.title, &section.id);
        for passage in &section.passages {
            page.passage(passage, &format!("{}/{}", section.id, passage.id));
        }
    }
}

fn documents(page: &mut Writer<'_>) {
    let content = page.content;
    for document in &content.documents {
        page.anchored(Kind::Heading, &document.title, &document.id);
        page.block(Kind::Para, &document.date);
        page.block(Kind::Para, &document.about);
        page.block(
            Kind::Detail,
            format!("Editors cite its lines as {}:LINE.", document.number),
        );
    }
    page.heading("How far a text is agreed");
    for status in Status::ALL {
        page.block(Kind::Item, format!("{status}: {}.", status.meaning()));
    }
    if !content.overridden.is_empty() {
        page.heading("Replaced or added at run time");
        for path in &content.overridden {
            page.block(Kind::Item, path);
        }
    }
}

fn editor(page: &mut Writer<'_>) {
    let content = page.content;
    page.block(
        Kind::Para,
        "What was left out or mended in the source documents, where, and why. \
         Places are document and line of the transcription.",
    );
    for decision in &content.decisions {
        page.anchored(
            Kind::Heading,
            format!("{}  {}", decision.id, decision.place),
            &decision.id.to_lowercase(),
        );
        page.block(Kind::Para, format!("The source: {}", decision.what));
        page.block(Kind::Para, format!("Here: {}", decision.decision));
        page.block(Kind::Para, format!("Why: {}", decision.why));
        for shown in &decision.shown {
            page.block(Kind::Detail, shown);
        }
    }
}
