//! The screen of Find: the need, the eight categories with why, and the chosen Output.
//!
//! Owns what each line says. Every category is always listed, best first; a reason that
//! comes from this project's thesaurus and not from a source's words says so; what was
//! not understood is said too.

use super::find_brief::{Brief, brief};
use crate::app::Seat;
use crate::app::seat::Beside;
use crate::app::update::{find_order, find_ranking};
use crate::content::model::Category;
use crate::content::{CategoryId, Content, CriterionId, Status};
use crate::page::QUESTIONS;
use crate::room::Room;
use crate::search::text::occurrences;
use crate::search::{Combination, Hit, How, Ranking, Reason, State};

/// What is seen in Find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindScene {
    /// What is typed.
    pub line: String,
    /// What is typed before the cursor.
    pub before_cursor: String,
    /// Whether letters are text.
    pub typing: bool,
    /// The categories, best first, each with why.
    pub rows: Vec<FindRow>,
    /// Which row is chosen.
    pub chosen: usize,
    /// How much was understood, and how sure the order is.
    pub verdict: String,
    /// Whether the verdict is a warning.
    pub unsure: bool,
    /// Outputs that the sources combine for such a need.
    pub combinations: Vec<String>,
    /// Title and text of the chosen Output, with the parts to mark, those of the strongest reason
    /// first.
    pub output: (String, String, Vec<std::ops::Range<usize>>),
    /// Status and source of that text.
    pub source: String,
    /// What is offered where nothing was understood.
    pub questions: Vec<&'static str>,
    /// What is seen instead of most of that on a slow link.
    pub brief: Option<Brief>,
}

/// A category in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindRow {
    /// Its short name.
    pub name: String,
    /// Why it stands here; the beginning of its Output where nothing is typed.
    pub why: String,
}

/// What is known of a need.
pub(super) struct Answer<'a> {
    pub(super) content: &'a Content,
    pub(super) ranking: Option<Ranking>,
    pub(super) state: State,
    /// The categories, best first.
    pub(super) order: Vec<CategoryId>,
    /// Which of them is chosen.
    pub(super) chosen: usize,
}

impl<'a> Answer<'a> {
    fn of(room: &'a Room, seat: &Seat) -> Self {
        let ranking = find_ranking(room, seat);
        let order = find_order(ranking.as_ref());
        let without = if seat.need.ranked.trim().is_empty() {
            State::Empty
        } else {
            State::NotUnderstood
        };
        Self {
            content: &room.content,
            state: ranking.as_ref().map_or(without, Ranking::state),
            chosen: seat.need.index(&order),
            ranking,
            order,
        }
    }

    /// Whether the order means anything.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(self.state, State::Unsure | State::Confident)
    }

    /// What was found in a category.
    pub(super) fn hit(&self, id: CategoryId) -> Option<&Hit> {
        let mut hits = self.ranking.iter().flat_map(|one| &one.hits);
        hits.find(|hit| hit.id == id.slug())
    }

    /// How many words were understood.
    pub(super) fn counted(&self) -> String {
        let (understood, not) = self.ranking.as_ref().map_or((0, 0), |one| {
            (one.understood.len(), one.not_understood.len())
        });
        format!("{understood} of {} words understood", understood + not)
    }
}

/// What a seat sees in Find.
pub fn scene(room: &Room, seat: &Seat) -> FindScene {
    let answer = Answer::of(room, seat);
    let content = answer.content;
    let ranking = answer.ranking.as_ref();
    let rows = answer.order.iter().map(|id| {
        let hit = answer.hit(*id).filter(|_| answer.is_ordered());
        let with = ranking.and_then(|one| combined(one, *id, content));
        row(*id, hit, with, content)
    });
    let chosen = match seat.beside() {
        Some(Beside::Category(category)) => *category,
        _ => seat.need.chosen,
    };
    let first = || answer.order.first().copied();
    let category = chosen.or_else(first).unwrap_or(CategoryId::PopulationData);
    let hit = answer.hit(category);
    FindScene {
        line: seat.need.line.text(),
        before_cursor: seat.need.line.before_cursor(),
        typing: !seat.need.commands,
        rows: rows.collect(),
        chosen: answer.chosen,
        verdict: verdict(&answer),
        unsure: matches!(answer.state, State::NotUnderstood | State::Unsure),
        combinations: ranking
            .map(|one| combinations(one, content))
            .unwrap_or_default()
            .into_iter()
            .chain(who(category, content))
            .collect(),
        output: output(category, hit, content),
        source: source(category, hit, content),
        questions: if answer.state == State::NotUnderstood {
            QUESTIONS.to_vec()
        } else {
            Vec::new()
        },
        brief: (seat.look.slow).then(|| brief(&answer, chosen, seat.need.unfolded)),
    }
}

fn row(id: CategoryId, hit: Option<&Hit>, with: Option<String>, content: &Content) -> FindRow {
    let why = match (hit, with) {
        (Some(hit), None) if hit.because.is_empty() => "no word of it stands here".to_owned(),
        (Some(hit), None) => reasons(&hit.because),
        (Some(hit), Some(with)) if hit.because.is_empty() => with,
        (Some(hit), Some(with)) => format!("{with}; {}", reasons(&hit.because)),
        (None, _) => output_text(id, content, None).0,
    };
    FindRow {
        name: content.category(id).short.clone(),
        why,
    }
}

/// The categories that the sources combine one with for such a need.
pub(super) fn partners<'a>(
    ranking: &Ranking,
    id: CategoryId,
    content: &'a Content,
) -> Option<Vec<&'a Category>> {
    let ours = |one: &&Combination| one.between.contains(&id.index());
    let combination = ranking.combinations.iter().find(ours)?;
    let others = combination.between.iter().filter(|n| **n != id.index());
    let found = others.filter_map(|n| content.matrix.categories.get(*n));
    Some(found.collect())
}

fn combined(ranking: &Ranking, id: CategoryId, content: &Content) -> Option<String> {
    let partners = partners(ranking, id, content)?;
    let names: Vec<&str> = partners.iter().map(|one| one.title.as_str()).collect();
    Some(format!(
        "the sources combine it with {}",
        names.join(" and ")
    ))
}

/// The reasons as they are read: typed word, source word, row.
fn reasons(because: &[Reason]) -> String {
    let said: Vec<String> = because.iter().take(2).map(reason).collect();
    said.join("; ")
}

fn reason(reason: &Reason) -> String {
    let typed = match &reason.read_as {
        Some(read) => format!("{} (read as {read})", reason.typed),
        None => reason.typed.clone(),
    };
    if reason.how == How::Taught {
        format!("{typed} -> taught with Ctrl-T")
    } else if reason.from_thesaurus {
        format!("{typed} -> {}, by our thesaurus", reason.source)
    } else {
        format!("{typed} -> {}, in {}", reason.source, reason.row)
    }
}

pub(super) fn verdict(answer: &Answer<'_>) -> String {
    let counted = answer.counted();
    match answer.state {
        State::Empty => "Type what you need to know, in your own words.".to_owned(),
        State::NotUnderstood if answer.ranking.is_none() => {
            "Find has no vocabulary; `pim check` says why.".to_owned()
        }
        State::NotUnderstood => {
            "No word was understood. Here is what each category produces.".to_owned()
        }
        State::Unsure => format!("Not sure: {counted}. Look at the first three."),
        State::Confident => format!("{counted}."),
    }
}

/// Who could give the chosen category's output, where an operation is open.
fn who(category: CategoryId, content: &Content) -> Option<String> {
    let operation = content.operation.as_deref()?;
    let some: Vec<String> = operation
        .under(category)
        .map(|one| format!("{} ({}, {})", one.who(), one.name, one.status.title()))
        .collect();
    let title = operation.title();
    Some(if some.is_empty() {
        format!("Nobody in {title} could give you this.")
    } else {
        format!("In {title} you could ask {}.", some.join(", "))
    })
}

fn combinations(ranking: &Ranking, content: &Content) -> Vec<String> {
    let said = ranking.combinations.iter().map(|one| {
        let names: Vec<&str> = one
            .between
            .iter()
            .filter_map(|n| content.matrix.categories.get(*n))
            .map(|category| category.title.as_str())
            .collect();
        format!(
            "{} together: {} ({})",
            names.join(" and "),
            one.result,
            one.because
        )
    });
    said.collect()
}

/// The Output that answers the need best: where the strongest reason stands, or the agreed one.
fn output_text(id: CategoryId, content: &Content, hit: Option<&Hit>) -> (String, String) {
    let passages = &content.cell(id, CriterionId::Output).passages;
    let at = |reason: &Reason| {
        let (_, item) = reason.address.as_deref()?.split_once("/output/")?;
        passages.iter().find(|one| one.id == item)
    };
    let addressed = hit.and_then(|hit| hit.because.iter().find_map(at));
    let passage = addressed.or_else(|| passages.first());
    passage.map_or_else(Default::default, |one| {
        let cited = content.cite(&one.origin);
        let status: Status = one.status;
        (one.plain().replace('\n', " "), format!("{status}. {cited}"))
    })
}

pub(super) fn output(
    id: CategoryId,
    hit: Option<&Hit>,
    content: &Content,
) -> (String, String, Vec<std::ops::Range<usize>>) {
    let title = format!("{} / Output", content.category(id).title);
    let (text, _) = output_text(id, content, hit);
    let because = hit.map_or(&[][..], |hit| &hit.because);
    let marks = because
        .iter()
        .flat_map(|one| occurrences(&text, &one.mark))
        .collect();
    (title, text, marks)
}

pub(super) fn source(id: CategoryId, hit: Option<&Hit>, content: &Content) -> String {
    output_text(id, content, hit).1
}
