//! Checks the Process: four steps, twelve sub-steps, each under its step.

use super::{Check, required};
use crate::content::fault::Faults;
use crate::content::file::File;
use crate::content::ids::{StepId, SubStepId};
use crate::content::model::{Activity, Process, Step, SubStep};
use crate::content::raw::{RawActivity, RawProcess, RawStep, RawSubStep};

pub(super) fn process(
    files: &[File],
    documents: &[String],
    faults: &mut Faults,
) -> Option<Process> {
    let file = required(files, "process.ron", faults)?;
    let raw: RawProcess = file.read(faults)?;
    let mut check = Check::new(file, documents, faults);
    check.schema(raw.schema);
    let introduction = check.passages(raw.introduction);
    let mut steps = Vec::new();
    let mut sub_steps = Vec::new();
    for one in raw.steps {
        step(&mut check, one, &mut steps, &mut sub_steps);
    }
    complete(&mut check, &steps, &sub_steps);
    Some(Process {
        introduction,
        steps,
        sub_steps,
        applying: check.passages(raw.applying),
    })
}

fn complete(check: &mut Check<'_>, steps: &[Step], sub_steps: &[SubStep]) {
    if !steps
        .iter()
        .map(|one| one.id)
        .eq(StepId::ALL.iter().copied())
    {
        let all: Vec<&str> = StepId::ALL.iter().map(|one| one.slug()).collect();
        let message = format!("`steps` must be, in this order: {}", all.join(", "));
        check.faults.push(check.file.fault(message));
    }
    if !sub_steps
        .iter()
        .map(|one| one.id)
        .eq(SubStepId::ALL.iter().copied())
    {
        let all: Vec<&str> = SubStepId::ALL.iter().map(|one| one.slug()).collect();
        let message = format!("the sub-steps must be, in this order: {}", all.join(", "));
        check.faults.push(check.file.fault(message));
    }
}

fn step(check: &mut Check<'_>, raw: RawStep, steps: &mut Vec<Step>, subs: &mut Vec<SubStep>) {
    let all: Vec<&str> = StepId::ALL.iter().map(|one| one.slug()).collect();
    let id = check.known(StepId::from_slug(&raw.id), &raw.id, StepId::WHAT, &all);
    check.text(&raw.title);
    let other_names = check.names(raw.other_names);
    let passages = check.passages(raw.passages);
    for one in raw.sub_steps {
        subs.extend(sub_step(check, one, id));
    }
    steps.extend(id.map(|id| Step {
        id,
        title: raw.title,
        other_names,
        passages,
    }));
}

fn sub_step(check: &mut Check<'_>, raw: RawSubStep, step: Option<StepId>) -> Option<SubStep> {
    let all: Vec<&str> = SubStepId::ALL.iter().map(|one| one.slug()).collect();
    let id = check.known(
        SubStepId::from_slug(&raw.id),
        &raw.id,
        SubStepId::WHAT,
        &all,
    );
    check.text(&raw.title);
    if let (Some(id), Some(step)) = (id, step)
        && id.of_step() != step
    {
        check.at(
            &raw.id,
            format!("this sub-step falls under `{}`", id.of_step()),
        );
    }
    let origin = raw.activities_from.map(|from| check.origin(from));
    if origin.is_none() && !raw.activities.is_empty() {
        check.at(
            &raw.id,
            "say where the activities come from: `activities_from`",
        );
    }
    Some(SubStep {
        other_names: check.names(raw.other_names),
        description: check.passages(raw.description),
        purposes: check.passages(raw.purposes),
        activities: activities(check, raw.activities),
        activities_origin: origin,
        pointers: check.passages(raw.pointers),
        id: id?,
        title: raw.title,
    })
}

fn activities(check: &mut Check<'_>, raw: Vec<RawActivity>) -> Vec<Activity> {
    check.unique(raw.iter().map(|one| one.id.as_str()));
    raw.into_iter()
        .map(|one| {
            check.slug(&one.id);
            check.text(&one.text);
            check.optional(one.note.as_ref());
            Activity {
                id: one.id,
                text: one.text,
                note: one.note,
            }
        })
        .collect()
}
