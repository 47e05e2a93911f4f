//! Pages of the exercise: what it is, and one scenario.

use super::{Kind, Writer};
use crate::content::{Place, Status};

/// The guide's account of the exercise, and the scenarios that the source names.
pub(super) fn introduction(page: &mut Writer<'_>) {
    page.title("Must have, nice to have: the scenarios");
    let content = page.content;
    for scenario in &content.scenarios.named {
        page.link(&scenario.title, Place::Scenario(scenario.id.clone()));
    }
    let cited = content.cite(&content.scenarios.origin);
    page.block(
        Kind::Source(Status::Agreed),
        format!("{}. {cited}", Status::Agreed),
    );
}

/// One scenario: the sources give no more than its name.
pub(super) fn scenario(page: &mut Writer<'_>, id: &str) {
    let content = page.content;
    let Some(scenario) = content.scenario(id) else {
        return;
    };
    page.title(&scenario.title);
    page.block(Kind::Open, &content.scenarios.open);
}
