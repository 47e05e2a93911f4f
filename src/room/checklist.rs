//! The lines of a system's checklist, and how far they are answered.
//!
//! Owns which passages of the content are lines: the Principles in Action and the
//! activities of the Process, for the sub-steps that were chosen. Answers stand with the
//! system, in the session or in the operation; nothing is kept here. A line is a practice with its parts under it; parts
//! can be answered on their own, and progress counts every line.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Mark};
use crate::content::model::{Crossing, Practice};
use crate::content::{Address, Content, Place, PrincipleId, Stage, SubStepId};

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in the content, and so what its answer is kept under.
    pub address: Address,
    /// The words of the source.
    pub text: String,
    /// The principle that asks for it; none for an activity of the Process.
    pub principle: Option<PrincipleId>,
    /// When in the Process it applies.
    pub stage: Stage,
    /// Whether it stands under the line before.
    pub is_part: bool,
}

/// The Principles in Action at the chosen sub-steps, in Process order, then by principle.
pub fn principle_lines(content: &Content, chosen: &BTreeSet<SubStepId>) -> Vec<Line> {
    let mut lines = Vec::new();
    for stage in stages(chosen) {
        for principle in PrincipleId::ALL {
            if let Some(crossing) = content.principle(*principle).at(stage) {
                crossing_lines(&mut lines, *principle, crossing);
            }
        }
    }
    lines
}

/// The activities of the chosen sub-steps, in Process order.
pub fn activity_lines(content: &Content, chosen: &BTreeSet<SubStepId>) -> Vec<Line> {
    let mut lines = Vec::new();
    for sub_step in chosen {
        let place = Place::SubStep(*sub_step);
        for activity in &content.sub_step(*sub_step).activities {
            lines.push(Line {
                address: at(&place, activity.id.clone()),
                text: activity.text.clone(),
                principle: None,
                stage: Stage::At(*sub_step),
                is_part: false,
            });
        }
    }
    lines
}

/// The stages that the chosen sub-steps fall under, each once, in Process order.
fn stages(chosen: &BTreeSet<SubStepId>) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for sub_step in SubStepId::ALL {
        let stage = Stage::for_sub_step(*sub_step);
        if chosen.contains(sub_step) && !stages.contains(&stage) {
            stages.push(stage);
        }
    }
    stages
}

fn crossing_lines(lines: &mut Vec<Line>, principle: PrincipleId, crossing: &Crossing) {
    let place = Place::Crossing(principle, crossing.stage);
    for practice in &crossing.practices {
        let line = |item: String, text: String, is_part| Line {
            address: at(&place, item),
            text,
            principle: Some(principle),
            stage: crossing.stage,
            is_part,
        };
        lines.push(line(practice.id.clone(), whole(practice), false));
        for part in &practice.parts {
            let item = format!("{}/{}", practice.id, part.id);
            lines.push(line(item, part.text.clone(), true));
        }
    }
}

fn whole(practice: &Practice) -> String {
    let mut text = practice.text.clone();
    for more in &practice.more {
        text.push('\n');
        text.push_str(more);
    }
    text
}

fn at(place: &Place, item: String) -> Address {
    Address {
        place: place.clone(),
        item: Some(item),
    }
}

/// How far some lines are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All lines.
    pub lines: usize,
    /// Answered with done.
    pub done: usize,
    /// Answered with to do.
    pub to_do: usize,
    /// Answered with does not apply.
    pub does_not_apply: usize,
}

impl Progress {
    /// How far some lines are answered, by the marks that stand at their addresses.
    pub fn of<'a>(
        marks: &BTreeMap<String, Mark>,
        lines: impl IntoIterator<Item = &'a Line>,
    ) -> Self {
        let mut progress = Self::default();
        for line in lines {
            progress.lines += 1;
            let mark = marks.get(&line.address.to_string());
            match mark.and_then(|mark| mark.answer) {
                Some(Answer::Done) => progress.done += 1,
                Some(Answer::ToDo) => progress.to_do += 1,
                Some(Answer::DoesNotApply) => progress.does_not_apply += 1,
                None => {}
            }
        }
        progress
    }

    /// Lines that have an answer.
    pub const fn answered(self) -> usize {
        self.done + self.to_do + self.does_not_apply
    }
}
