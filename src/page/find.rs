//! The page behind Find: what each category produces, and three plain questions.
//!
//! It is what one sees before a need is typed, and again where no word of it was
//! understood.

use super::{Kind, Writer};
use crate::content::{CategoryId, CriterionId, Place};

/// Questions that separate the eight; this project's own words.
pub const QUESTIONS: &[&str] = &[
    "Is it about people as numbers (Population Data), about one person (Case Management), or about a situation?",
    "A situation at one time (Protection Needs Assessment), or over time (Protection Monitoring)?",
    "About our own response (Response Monitoring and Evaluation), our safety and access (Security), another sector's services (Sectoral Systems), or how people communicate (Communicating)?",
];

/// The eight Output sentences and the questions.
pub(super) fn page(page: &mut Writer<'_>) {
    page.title("Find: which category produces what you need");
    let content = page.content;
    for category in CategoryId::ALL {
        let place = Place::Cell(*category, CriterionId::Output);
        page.link(&content.category(*category).title, place);
        if let Some(output) = content
            .cell(*category, CriterionId::Output)
            .passages
            .first()
        {
            page.block(Kind::Para, output.plain());
            let cited = content.cite(&output.origin);
            page.block(
                Kind::Source(output.status),
                format!("{}. {cited}", output.status),
            );
        }
    }
    page.heading("Three questions that narrow it down");
    for question in QUESTIONS {
        page.block(Kind::Item, *question);
    }
    page.block(
        Kind::Source(crate::content::Status::Summary),
        "Summary. pim-workshop",
    );
}
