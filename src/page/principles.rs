//! Pages of the principles: what they are, one principle, and the Principles in Action.

use super::{Kind, Writer};
use crate::content::model::{Crossing, Practice};
use crate::content::{
    Origin, Passage, Piece, Place, PrincipleId, Stage, Status, StepId, SubStepId,
};

/// What is said where the draft gives no action.
const NO_ACTION: &str = "No action given.";
/// The same on a page of its own, where there is room to say who is silent.
const NO_ENTRY: &str = "No action given. The Principles in Action, a draft, have no entry for \
    this principle at this point of the Process.";

/// What the principles are, and what the Principles in Action are.
pub(super) fn introduction(page: &mut Writer<'_>) {
    page.title("The PIM Principles");
    let principles = &page.content.principles;
    page.passages(&principles.introduction);
    for principle in &principles.principles {
        page.link(&principle.title, Place::Principle(principle.id));
    }
    page.heading("Principles in Action");
    page.passages(&principles.in_action);
}

/// A principle in its wordings, and where it asks something.
pub(super) fn principle(page: &mut Writer<'_>, id: PrincipleId) {
    let content = page.content;
    let principle = content.principle(id);
    page.title(&principle.title);
    for name in &principle.other_names {
        let cited = content.cite(&name.origin);
        page.block(
            Kind::Detail,
            format!("Called \"{}\" in {cited}.", name.name),
        );
    }
    page.passages(&principle.wordings);
    page.heading("In action, by step of the Process");
    for stage in Stage::ALL {
        let count = principle.at(*stage).map_or(0, |one| one.practices.len());
        let how_many = if count == 0 {
            "no action given".to_owned()
        } else {
            count.to_string()
        };
        let text = format!("{}: {how_many}", content.stage_title(*stage));
        page.link(text, Place::Crossing(id, *stage));
    }
}

/// What a principle asks at a stage.
pub(super) fn crossing_page(page: &mut Writer<'_>, id: PrincipleId, stage: Stage) {
    let content = page.content;
    let title = format!(
        "{} / {}",
        content.principle(id).title,
        content.stage_title(stage)
    );
    page.title(title);
    if let Some(at_stage) = content.principle(id).at(stage) {
        crossing(page, id, at_stage);
    } else {
        page.block(Kind::Open, NO_ENTRY);
        those_that_ask(page, stage);
    }
    newest(
        page,
        "The principle",
        "principle/",
        &content.principle(id).wordings,
    );
    let sub_step = |page: &mut Writer<'_>, id: SubStepId, prefix: &str| {
        let sub_step = content.sub_step(id);
        newest(page, &sub_step.title, prefix, &sub_step.description);
    };
    match stage {
        Stage::At(id) => sub_step(page, id, "step/"),
        // The draft does not divide it.
        Stage::Evaluate => {
            let of_evaluate = |id: &&SubStepId| id.of_step() == StepId::Evaluate;
            for id in SubStepId::ALL.iter().filter(of_evaluate) {
                sub_step(page, *id, &format!("step/{}/", id.slug()));
            }
        }
    }
}

/// Where one can go on to from a point at which a principle asks nothing.
fn those_that_ask(page: &mut Writer<'_>, stage: Stage) {
    let content = page.content;
    page.block(Kind::Label, "Principles with an action at this point");
    for id in PrincipleId::ALL {
        let principle = content.principle(*id);
        let actions = principle.at(stage).map_or(0, |one| one.practices.len());
        if actions > 0 {
            let text = format!("{}: {actions}", principle.title);
            page.link(text, Place::Crossing(*id, stage));
        }
    }
}

/// The newest wording of what meets at a crossing; nothing where there is none.
fn newest(page: &mut Writer<'_>, what: &str, prefix: &str, wordings: &[Passage]) {
    let Some(newest) = wordings.first() else {
        return;
    };
    prefix.clone_into(&mut page.prefix);
    page.brought(what, newest);
    page.prefix.clear();
}

/// What all principles ask at a stage.
pub(super) fn row(page: &mut Writer<'_>, stage: Stage) {
    page.title(format!(
        "{}: all eight principles",
        page.content.stage_title(stage)
    ));
    compare_blocks(page, PrincipleId::ALL, stage);
}

/// What some principles ask at a stage, one after the other.
pub(super) fn compare(page: &mut Writer<'_>, some: &[PrincipleId], stage: Stage) {
    page.title(format!("{}, compared", page.content.stage_title(stage)));
    compare_blocks(page, some, stage);
}

fn compare_blocks(page: &mut Writer<'_>, some: &[PrincipleId], stage: Stage) {
    for id in some {
        let principle = page.content.principle(*id);
        let Some(at_stage) = principle.at(stage) else {
            // In a line, so that those that ask something stand out.
            let silent = format!("{}: no action given.", principle.title);
            page.anchored(Kind::Open, silent, id.slug());
            continue;
        };
        page.anchored(Kind::Heading, &principle.title, id.slug());
        page.prefix = format!("{id}/");
        crossing(page, *id, at_stage);
        page.prefix.clear();
    }
}

fn crossing(page: &mut Writer<'_>, id: PrincipleId, crossing: &Crossing) {
    let content = page.content;
    if crossing.practices.is_empty() {
        page.block(
            Kind::Open,
            format!(
                "{NO_ACTION} {}",
                crossing.open.as_deref().unwrap_or_default()
            )
            .trim_end(),
        );
    }
    let origin = origin(id, crossing, page);
    for practice in &crossing.practices {
        write(page, practice, &origin);
    }
    let cited = content.cite(&origin);
    page.block(Kind::Source(Status::Draft), format!("Draft. {cited}"));
    page.block(Kind::Detail, format!("Draft: {}.", Status::Draft.meaning()));
    page.provenance(&origin);
}

fn origin(id: PrincipleId, crossing: &Crossing, page: &Writer<'_>) -> Origin {
    Origin::Source {
        doc: "principles-in-action".to_owned(),
        section: format!("{}: {}", page.content.principle(id).title, crossing.heading),
    }
}

fn write(page: &mut Writer<'_>, practice: &Practice, origin: &Origin) {
    page.anchored(Kind::Item, &practice.text, &practice.id);
    for text in &practice.more {
        page.block(Kind::Para, text);
    }
    for part in &practice.parts {
        page.anchored(
            Kind::SubItem,
            &part.text,
            &format!("{}/{}", practice.id, part.id),
        );
        note(page, part.note.as_ref());
        let passage = as_passage(
            &part.id,
            vec![Piece::SubItem(part.text.clone())],
            origin,
            part.note.clone(),
        );
        let item = format!("{}{}/{}", page.prefix, practice.id, part.id);
        page.page.passages.push((item, passage));
    }
    note(page, practice.note.as_ref());
    let mut body = vec![Piece::Item(practice.text.clone())];
    body.extend(practice.more.iter().cloned().map(Piece::Para));
    let passage = as_passage(&practice.id, body, origin, practice.note.clone());
    page.page
        .passages
        .push((format!("{}{}", page.prefix, practice.id), passage));
}

fn note(page: &mut Writer<'_>, note: Option<&String>) {
    if let Some(note) = note {
        page.block(Kind::Detail, format!("Editor's note: {note}"));
    }
}

fn as_passage(id: &str, body: Vec<Piece>, origin: &Origin, note: Option<String>) -> Passage {
    Passage {
        id: id.to_owned(),
        label: None,
        body,
        origin: origin.clone(),
        status: Status::Draft,
        note,
    }
}
