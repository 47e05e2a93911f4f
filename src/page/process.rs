//! Pages of the Process: what it is, a step, a sub-step.

use super::{Kind, Writer};
use crate::content::model::SubStep;
use crate::content::passage::OtherName;
use crate::content::{
    Origin, Passage, Piece, Place, PrincipleId, Stage, Status, StepId, SubStepId,
};

/// What the Process is and how it is applied.
pub(super) fn introduction(page: &mut Writer<'_>) {
    page.title("The PIM Process");
    let process = &page.content.process;
    page.passages(&process.introduction);
    for step in &process.steps {
        page.link(&step.title, Place::Step(step.id));
    }
    page.heading("Applying the Process");
    page.passages(&process.applying);
}

/// A step and what falls under it.
pub(super) fn step(page: &mut Writer<'_>, id: StepId) {
    let content = page.content;
    let step = content.step(id);
    page.title(format!("Step {}: {}", id.index() + 1, step.title));
    names(page, &step.other_names);
    page.passages(&step.passages);
    for sub_step in SubStepId::ALL.iter().filter(|one| one.of_step() == id) {
        page.link(
            &content.sub_step(*sub_step).title,
            Place::SubStep(*sub_step),
        );
        if let Some(newest) = content.sub_step(*sub_step).description.first() {
            page.block(Kind::Para, newest.plain());
            page.block(
                Kind::Source(newest.status),
                format!("{}. {}", newest.status, content.cite(&newest.origin)),
            );
        }
    }
    if id == StepId::Evaluate {
        asked(page, Stage::Evaluate);
    }
}

/// A sub-step: descriptions, purposes, activities, and what the principles ask.
pub(super) fn sub_step(page: &mut Writer<'_>, id: SubStepId) {
    let content = page.content;
    let sub_step = content.sub_step(id);
    page.title(&sub_step.title);
    names(page, &sub_step.other_names);
    page.passages(&sub_step.description);
    if !sub_step.purposes.is_empty() {
        page.heading("Purpose");
        page.passages(&sub_step.purposes);
    }
    activities(page, sub_step);
    page.passages(&sub_step.pointers);
    asked(page, Stage::for_sub_step(id));
}

fn names(page: &mut Writer<'_>, names: &[OtherName]) {
    for name in names {
        let cited = page.content.cite(&name.origin);
        page.block(
            Kind::Detail,
            format!("Called \"{}\" in {cited}.", name.name),
        );
        if let Some(note) = &name.note {
            page.block(Kind::Detail, note);
        }
    }
}

fn activities(page: &mut Writer<'_>, sub_step: &SubStep) {
    page.heading("Activities");
    let Some(origin) = sub_step
        .activities_origin
        .clone()
        .filter(|_| !sub_step.activities.is_empty())
    else {
        page.block(Kind::Open, "No source gives activities for this sub-step.");
        return;
    };
    for activity in &sub_step.activities {
        page.anchored(Kind::Item, &activity.text, &activity.id);
        if let Some(note) = &activity.note {
            page.block(Kind::Detail, format!("Editor's note: {note}"));
        }
        let passage =
            activity_passage(&activity.id, &activity.text, &origin, activity.note.clone());
        page.page.passages.push((activity.id.clone(), passage));
    }
    let cited = page.content.cite(&origin);
    page.block(Kind::Source(Status::Agreed), format!("Agreed. {cited}"));
}

fn activity_passage(id: &str, text: &str, origin: &Origin, note: Option<String>) -> Passage {
    Passage {
        id: id.to_owned(),
        label: None,
        body: vec![Piece::Item(text.to_owned())],
        origin: origin.clone(),
        status: Status::Agreed,
        note,
    }
}

/// What each principle asks at a stage, as links.
fn asked(page: &mut Writer<'_>, stage: Stage) {
    let content = page.content;
    page.heading("What the principles ask here");
    for id in PrincipleId::ALL {
        let principle = content.principle(*id);
        let count = principle.at(stage).map_or(0, |one| one.practices.len());
        let how_many = if count == 0 {
            "no action given".to_owned()
        } else {
            count.to_string()
        };
        page.link(
            format!("{}: {how_many}", principle.title),
            Place::Crossing(*id, stage),
        );
    }
}
