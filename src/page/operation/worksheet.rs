//! The Process applied to a system: what was decided, what is open, how far the checklist is.
//!
//! Owns the order in which a worksheet is read: how far it is as a whole and at each sub-step,
//! then step by step, each with what the worked example of the source says of it. The lines of the checklist are
//! [`crate::room::checklist`]'s; of those that are answered with done only the number is told.

use std::collections::BTreeMap;

use super::{Kind, Sign, Writer, found};
use crate::content::{Place, Stage, Status, StepId, SubStepId};
use crate::operation::{Entry, Progress, Worksheet};
use crate::room::checklist::{self, Line, activity_lines, principle_lines};
use crate::room::{Answer, Mark};

/// The passage of the source that applies the Process to a protection needs assessment.
const EXAMPLE: &str = "worked-example";
/// Which of its paragraphs speaks of which step, and by which words that is known.
const SAYS: &[(StepId, &str)] = &[
    (StepId::Assess, "define the data and information needs"),
    (StepId::Assess, "assess the information landscape"),
    (StepId::Design, "design IM systems"),
];

/// How an answer stands in a list.
pub const fn answer_box(answer: Option<Answer>) -> &'static str {
    match answer {
        None => "[ ]",
        Some(Answer::Done) => "[x]",
        Some(Answer::ToDo) => "[!]",
        Some(Answer::DoesNotApply) => "[-]",
    }
}

/// How many sub-steps are done.
pub(super) fn steps(worksheet: &Worksheet) -> String {
    let done = worksheet.count(Progress::Done);
    format!("{done} of {} sub-steps done", SubStepId::ALL.len())
}

/// How far a worksheet is as a whole.
pub fn overall(worksheet: &Worksheet) -> String {
    let begun = worksheet.count(Progress::Begun);
    let entries = worksheet.entries.values();
    let open: usize = entries.map(|one| one.questions.len()).sum();
    let s = if open == 1 { "" } else { "s" };
    format!(
        "{}, {begun} begun; {open} open question{s}",
        steps(worksheet)
    )
}

/// The worksheet of a system.
pub(in crate::page) fn worksheet(page: &mut Writer<'_>, id: &str) {
    let Some(system) = found(page, id) else {
        return;
    };
    page.title(format!("{}: the Process", system.name));
    let sheet = &system.worksheet;
    let content = page.content;
    let all = SubStepId::ALL.iter().copied().collect();
    let progress = checklist::Progress::of(&sheet.answers, &principle_lines(content, &all));
    let line = format!(
        "{}. Principles' checklist: {} of {} lines answered, {} to do.",
        overall(sheet),
        progress.answered(),
        progress.lines,
        progress.to_do
    );
    page.block(Kind::Para, line);
    let line = format!("This worksheet is for: {}", sheet.sharing.title());
    page.block(Kind::Source(Status::Illustrative), line);
    page.heading("The sub-steps, and how far their checklists are answered");
    for sub_step in SubStepId::ALL {
        state(page, sheet, *sub_step);
    }
    for step in StepId::ALL {
        let title = &content.step(*step).title;
        page.heading(format!("Step {}: {title}", step.index() + 1));
        let within = SubStepId::ALL.iter().filter(|one| one.of_step() == *step);
        let mut any = false;
        for sub_step in within {
            any |= told(page, sheet, *sub_step);
        }
        if !any {
            page.block(Kind::Nothing, "Nothing is decided, open or to do here yet.");
        }
        example(page, *step);
    }
    page.link(
        "The whole worked example, and how the Process is applied",
        Place::Process,
    );
}

/// A sub-step with how far it is: what Enter opens and `i` changes.
fn state(page: &mut Writer<'_>, sheet: &Worksheet, sub_step: SubStepId) {
    let title = &page.content.sub_step(sub_step).title;
    let entry = sheet.entries.get(&sub_step);
    let mut said = entry
        .map_or("not begun", |one| one.progress.title())
        .to_owned();
    if is_first_of_stage(sub_step) {
        let lines = principle_lines(page.content, &[sub_step].into());
        let progress = checklist::Progress::of(&sheet.answers, &lines);
        said.push_str(&format!("; {} of {}", progress.answered(), progress.lines));
        if progress.to_do > 0 {
            said.push_str(&format!(", {} to do", progress.to_do));
        }
    }
    match entry.map_or(0, |one| one.questions.len()) {
        0 => {}
        1 => said.push_str("; 1 open question"),
        n => said.push_str(&format!("; {n} open questions")),
    }
    page.anchored(
        Kind::Own(Sign::Own),
        format!("{title}: {said}"),
        sub_step.slug(),
    );
}

/// What the principles ask of Evaluate they ask of the step as a whole; that is told once.
fn is_first_of_stage(sub_step: SubStepId) -> bool {
    let stage = Stage::for_sub_step(sub_step);
    let first = SubStepId::ALL
        .iter()
        .find(|one| Stage::for_sub_step(**one) == stage);
    first == Some(&sub_step)
}

/// What the worked example says of a step.
fn example(page: &mut Writer<'_>, step: StepId) {
    let content = page.content;
    let applying = &content.process.applying;
    let Some(passage) = applying.iter().find(|one| one.id == EXAMPLE) else {
        return;
    };
    let said = |words: &str| passage.body.iter().find(|one| one.text().contains(words));
    let of_step = SAYS.iter().filter(|(of, _)| *of == step);
    let pieces: Vec<_> = of_step.filter_map(|(_, words)| said(words)).collect();
    if pieces.is_empty() {
        return;
    }
    page.block(
        Kind::Label,
        "As a guide: the worked example, a protection needs assessment",
    );
    for piece in pieces {
        page.block(Kind::Para, piece.text());
    }
    let line = format!("{}. {}", passage.status, content.cite(&passage.origin));
    page.block(Kind::Source(passage.status), line);
}

/// What was decided at a sub-step, what is open, and what its checklist asks for; false where
/// that is nothing.
fn told(page: &mut Writer<'_>, sheet: &Worksheet, sub_step: SubStepId) -> bool {
    let content = page.content;
    let entry = sheet.entries.get(&sub_step);
    let lines = if is_first_of_stage(sub_step) {
        let mut lines = principle_lines(content, &[sub_step].into());
        lines.extend(activity_lines(content, &[sub_step].into()));
        lines
    } else {
        activity_lines(content, &[sub_step].into())
    };
    let asked = asked(&sheet.answers, &lines);
    if entry.is_none() && asked.is_empty() {
        return false;
    }
    page.block(Kind::Subheading, content.sub_step(sub_step).title.clone());
    if let Some(entry) = entry {
        decided(page, entry);
    }
    for line in asked {
        page.own(Sign::Own, &line, None);
    }
    true
}

/// The lines that are to do, and those with a remark.
fn asked(answers: &BTreeMap<String, Mark>, lines: &[Line]) -> Vec<String> {
    let mut asked = Vec::new();
    for line in lines {
        let Some(mark) = answers.get(&line.address.to_string()) else {
            continue;
        };
        if mark.answer == Some(Answer::ToDo) || !mark.note.is_empty() {
            let words = line.text.replace('\n', " ");
            asked.push(format!("{} {words}", answer_box(mark.answer)));
            asked.extend(mark.note.lines().map(|remark| format!("    {remark}")));
        }
    }
    asked
}

fn decided(page: &mut Writer<'_>, entry: &Entry) {
    if !entry.decided.is_empty() {
        page.own(Sign::Own, &format!("Decided: {}", entry.decided), None);
    }
    for question in &entry.questions {
        page.own(Sign::Own, &format!("Open question: {question}"), None);
    }
}
