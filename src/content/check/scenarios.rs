//! Checks the scenarios: the four names that the source gives, as it gives them.
//!
//! A content folder may replace what is said where a brief is missing, but neither
//! rename the four nor put further ones beside them: a scenario that a facilitator
//! adds belongs to the session, where it is told apart from the source's.

use super::{Check, required};
use crate::content::fault::Faults;
use crate::content::file::File;
use crate::content::model::{Scenario, Scenarios};
use crate::content::raw::{RawScenario, RawScenarios};

/// Slugs and titles, in the order of the source (Second Working Meeting, 11).
const NAMED: &[(&str, &str)] = &[
    ("sudden-onset-emergency", "Sudden-onset emergency"),
    ("protracted-emergency", "Protracted emergency"),
    ("protracted-non-emergency", "Protracted non-emergency"),
    ("comprehensive-solutions", "Comprehensive solutions"),
];

pub(super) fn scenarios(
    files: &[File],
    documents: &[String],
    faults: &mut Faults,
) -> Option<Scenarios> {
    let file = required(files, "scenarios.ron", faults)?;
    let raw: RawScenarios = file.read(faults)?;
    let mut check = Check::new(file, documents, faults);
    check.schema(raw.schema);
    check.text(&raw.open);
    let origin = check.origin(raw.from);
    if !origin.is_source() {
        check.faults.push(
            check
                .file
                .fault("the names of the scenarios are a source's: `from` must be `Source(…)`"),
        );
    }
    check.unique(raw.scenarios.iter().map(|one| one.id.as_str()));
    let given = raw.scenarios.len();
    let named = raw
        .scenarios
        .into_iter()
        .filter_map(|one| scenario(&mut check, one))
        .collect::<Vec<_>>();
    // A name that is not known was said already.
    if given == named.len() {
        complete(&mut check, &named);
    }
    Some(Scenarios {
        origin,
        open: raw.open,
        named,
    })
}

fn scenario(check: &mut Check<'_>, raw: RawScenario) -> Option<Scenario> {
    let slugs: Vec<&'static str> = NAMED.iter().map(|(slug, _)| *slug).collect();
    let found = NAMED.iter().find(|(slug, _)| *slug == raw.id);
    let (_, title) = check.known(found, &raw.id, "scenario", &slugs)?;
    if raw.title != *title {
        let help = Some(format!("the source says: \"{title}\""));
        check.at_with(&raw.title, "the source gives it another name", help);
    }
    Some(Scenario {
        id: raw.id,
        title: raw.title,
    })
}

fn complete(check: &mut Check<'_>, named: &[Scenario]) {
    let ids = named.iter().map(|one| one.id.as_str());
    if !ids.eq(NAMED.iter().map(|(slug, _)| *slug)) {
        let slugs: Vec<&str> = NAMED.iter().map(|(slug, _)| *slug).collect();
        let message = format!("`scenarios` must be, in this order: {}", slugs.join(", "));
        check.faults.push(check.file.fault(message));
    }
}
