//! Where the arrows lead from each place.
//!
//! Owns the geometry of the content: the Matrix and the Principles in Action are
//! grids (left and right through the columns, up and down through the rows), the
//! Process and the guide are lists. Pure: a place and a direction give a place.

use crate::content::{
    CategoryId, Content, CriterionId, Place, PrincipleId, Stage, StepId, SubStepId,
};
use crate::page::guide_page_ids;

/// A direction on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
}

impl Direction {
    const fn sign(self) -> isize {
        match self {
            Self::Up | Self::Left => -1,
            Self::Down | Self::Right => 1,
        }
    }

    const fn is_vertical(self) -> bool {
        matches!(self, Self::Up | Self::Down)
    }
}

/// The place that an arrow leads to; the same one at an edge.
pub fn step(place: &Place, direction: Direction, content: &Content) -> Place {
    let by = direction.sign();
    match (place, direction.is_vertical()) {
        (Place::Cell(category, row), true) => Place::Cell(*category, next_row(*row, by)),
        (Place::Cell(category, row), false) => Place::Cell(category.step(by), *row),
        (Place::Column(category), false) => Place::Column(category.step(by)),
        (Place::Row(row), false) => Place::Row(next_row(*row, by)),
        (Place::Compare(some, row), true) => Place::Compare(some.clone(), next_row(*row, by)),
        (Place::Compare(some, row), false) => Place::Compare(turn(some, by, CategoryId::ALL), *row),
        (Place::Principle(_) | Place::Crossing(..), _) => principle_step(place, direction),
        (Place::StageRow(stage), false) => Place::StageRow(next_in(Stage::ALL, *stage, by)),
        (Place::ComparePrinciples(some, stage), true) => {
            Place::ComparePrinciples(some.clone(), next_in(Stage::ALL, *stage, by))
        }
        (Place::ComparePrinciples(some, stage), false) => {
            Place::ComparePrinciples(turn(some, by, PrincipleId::ALL), *stage)
        }
        (Place::Process | Place::Step(_) | Place::SubStep(_), true) => {
            next_in(&process_list(), place.clone(), by)
        }
        (Place::Process | Place::Step(_) | Place::SubStep(_), false) => next_step(place, by),
        (Place::GuidePage(_), true) => next_in(&guide_list(content), place.clone(), by),
        _ => place.clone(),
    }
}

/// The places of the Process, as its list shows them.
pub fn process_list() -> Vec<Place> {
    let mut list = vec![Place::Process];
    for step in StepId::ALL {
        list.push(Place::Step(*step));
        let under = SubStepId::ALL.iter().filter(|one| one.of_step() == *step);
        list.extend(under.map(|one| Place::SubStep(*one)));
    }
    list
}

/// The pages of the guide, as its list shows them.
pub fn guide_list(content: &Content) -> Vec<Place> {
    guide_page_ids(content).map(Place::GuidePage).collect()
}

/// The rows of a principle: its wording, then each stage.
pub fn principle_rows(principle: PrincipleId) -> Vec<Place> {
    let mut rows = vec![Place::Principle(principle)];
    rows.extend(
        Stage::ALL
            .iter()
            .map(|stage| Place::Crossing(principle, *stage)),
    );
    rows
}

fn next_in<T: PartialEq + Clone>(list: &[T], one: T, by: isize) -> T {
    let at = list
        .iter()
        .position(|other| *other == one)
        .unwrap_or_default();
    let to = at
        .saturating_add_signed(by)
        .min(list.len().saturating_sub(1));
    list.get(to).cloned().unwrap_or(one)
}

/// The next of the seven rows; the two headings under Output count as Output.
fn next_row(row: CriterionId, by: isize) -> CriterionId {
    let row = if CriterionId::ROWS.contains(&row) {
        row
    } else {
        CriterionId::Output
    };
    next_in(CriterionId::ROWS, row, by)
}

fn principle_step(place: &Place, direction: Direction) -> Place {
    let (principle, stage) = match place {
        Place::Crossing(principle, stage) => (*principle, Some(*stage)),
        Place::Principle(principle) => (*principle, None),
        _ => return place.clone(),
    };
    if direction.is_vertical() {
        return next_in(&principle_rows(principle), place.clone(), direction.sign());
    }
    let principle = principle.step(direction.sign());
    match stage {
        Some(stage) => Place::Crossing(principle, stage),
        None => Place::Principle(principle),
    }
}

fn next_step(place: &Place, by: isize) -> Place {
    let step = match place {
        Place::Step(step) => *step,
        Place::SubStep(sub_step) => sub_step.of_step(),
        _ if by > 0 => return Place::Step(StepId::Assess),
        _ => return place.clone(),
    };
    if by < 0 && matches!(place, Place::SubStep(_)) {
        return Place::Step(step);
    }
    if by < 0 && step == StepId::Assess {
        return Place::Process;
    }
    Place::Step(step.step(by))
}

/// Replaces the last of those compared by the next one that is not compared yet.
fn turn<T: PartialEq + Copy>(some: &[T], by: isize, all: &[T]) -> Vec<T> {
    let mut some = some.to_vec();
    if let Some(last) = some.pop() {
        let next = free_from(&some, last, by, all);
        some.push(next.unwrap_or(last));
    }
    some
}

/// The nearest one after `from` in a direction that is not among `some`.
fn free_from<T: PartialEq + Copy>(some: &[T], from: T, by: isize, all: &[T]) -> Option<T> {
    let at = all.iter().position(|one| *one == from)?;
    let ahead: Vec<T> = if by > 0 {
        all.iter().skip(at + 1).copied().collect()
    } else {
        all.iter().take(at).rev().copied().collect()
    };
    ahead.into_iter().find(|one| !some.contains(one))
}

/// One more to compare: the next one that is not compared yet, from the last.
pub fn one_more<T: PartialEq + Copy>(some: &[T], all: &[T]) -> Option<Vec<T>> {
    if some.len() >= 3 {
        return None;
    }
    let last = *some.last()?;
    let next = free_from(some, last, 1, all).or_else(|| free_from(some, last, -1, all))?;
    let mut more = some.to_vec();
    more.push(next);
    Some(more)
}
