//! Checks the principles and the Principles in Action.

use unicode_width::UnicodeWidthStr;

use super::{Check, below, required};
use crate::content::fault::Faults;
use crate::content::file::File;
use crate::content::ids::{PrincipleId, Stage};
use crate::content::model::{Crossing, Part, Practice, Principle, Principles};
use crate::content::raw::{
    RawInAction, RawItem, RawPractice, RawPrinciple, RawPrinciples, RawSection,
};

/// Names in lists have room for this many cells.
const SHORT: usize = 22;

pub(super) fn principles(
    files: &[File],
    documents: &[String],
    faults: &mut Faults,
) -> Option<Principles> {
    let mut crossings = in_action(files, documents, faults);
    let file = required(files, "principles/principles.ron", faults)?;
    let raw: RawPrinciples = file.read(faults)?;
    let mut check = Check::new(file, documents, faults);
    check.schema(raw.schema);
    let introduction = check.passages(raw.introduction);
    let mut principles: Vec<Principle> = Vec::new();
    for one in raw.principles {
        let id = PrincipleId::from_slug(&one.id);
        let crossings = id.map(|id| std::mem::take(&mut crossings[id.index()]));
        principles.extend(principle(
            &mut check,
            one,
            id,
            crossings.unwrap_or_default(),
        ));
    }
    if !principles
        .iter()
        .map(|one| one.id)
        .eq(PrincipleId::ALL.iter().copied())
    {
        let message = format!("`principles` must be, in this order: {}", all().join(", "));
        check.faults.push(check.file.fault(message));
    }
    Some(Principles {
        introduction,
        principles,
        in_action: check.passages(raw.practices),
    })
}

fn all() -> Vec<&'static str> {
    PrincipleId::ALL.iter().map(|one| one.slug()).collect()
}

fn principle(
    check: &mut Check<'_>,
    raw: RawPrinciple,
    id: Option<PrincipleId>,
    crossings: Vec<Crossing>,
) -> Option<Principle> {
    let id = check.known(id, &raw.id, PrincipleId::WHAT, &all());
    check.text(&raw.title);
    check.text(&raw.short);
    if raw.short.width() > SHORT {
        check.at(
            &raw.short,
            format!("a short name has room for {SHORT} cells"),
        );
    }
    for alias in &raw.aliases {
        check.text(alias);
    }
    Some(Principle {
        other_names: check.names(raw.other_names),
        wordings: check.passages(raw.wordings),
        id: id?,
        title: raw.title,
        short: raw.short,
        aliases: raw.aliases,
        crossings,
    })
}

/// What each principle asks, in the order of [`PrincipleId::ALL`].
fn in_action(files: &[File], documents: &[String], faults: &mut Faults) -> Vec<Vec<Crossing>> {
    let mut found: Vec<Vec<Crossing>> = PrincipleId::ALL.iter().map(|_| Vec::new()).collect();
    for file in below(files, "principles/in-action/") {
        let Some(raw) = file.read::<RawInAction>(faults) else {
            continue;
        };
        let mut check = Check::new(file, documents, faults);
        check.schema(raw.schema);
        let id = PrincipleId::from_slug(&raw.principle);
        let id = check.known(id, &raw.principle, PrincipleId::WHAT, &all());
        let crossings = sections(&mut check, raw.sections);
        if let Some(id) = id {
            if !found[id.index()].is_empty() {
                check.at(id.slug(), "another file has this principle already");
            }
            found[id.index()] = crossings;
        }
    }
    for (id, crossings) in PrincipleId::ALL.iter().zip(&found) {
        if crossings.is_empty() {
            required(files, &format!("principles/in-action/{id}.ron"), faults);
        }
    }
    found
}

fn sections(check: &mut Check<'_>, raw: Vec<RawSection>) -> Vec<Crossing> {
    check.unique(raw.iter().map(|one| one.at.as_str()));
    let stages: Vec<&str> = Stage::ALL.iter().map(|one| one.slug()).collect();
    let mut crossings: Vec<Crossing> = Vec::new();
    for one in raw {
        let stage = check.known(Stage::from_slug(&one.at), &one.at, "sub-step", &stages);
        check.text(&one.heading);
        check.optional(one.open.as_ref());
        let practices = practices(check, one.practices);
        crossings.extend(stage.map(|stage| Crossing {
            stage,
            heading: one.heading,
            practices,
            open: one.open,
        }));
    }
    crossings.sort_by_key(|one| one.stage.index());
    crossings
}

fn practices(check: &mut Check<'_>, raw: Vec<RawPractice>) -> Vec<Practice> {
    check.unique(raw.iter().map(|one| one.id.as_str()));
    raw.into_iter().map(|one| practice(check, one)).collect()
}

fn practice(check: &mut Check<'_>, raw: RawPractice) -> Practice {
    check.slug(&raw.id);
    check.text(&raw.text);
    check.optional(raw.note.as_ref());
    for text in &raw.more {
        check.text(text);
    }
    check.unique(raw.items.iter().map(|one| one.id.as_str()));
    Practice {
        parts: raw.items.into_iter().map(|one| part(check, one)).collect(),
        id: raw.id,
        text: raw.text,
        more: raw.more,
        note: raw.note,
    }
}

fn part(check: &mut Check<'_>, raw: RawItem) -> Part {
    check.slug(&raw.id);
    check.text(&raw.text);
    check.optional(raw.note.as_ref());
    Part {
        id: raw.id,
        text: raw.text,
        note: raw.note,
    }
}
