//! Side by side: rounds of one exercise, and exercises of several scenarios.
//!
//! Owns what is said when two results are compared: what moved, what is must have
//! everywhere, and how far two orders agree (Kendall's tau-b). Items of two exercises are
//! the same when one was carried over from the other, or when their words fold to the same;
//! nothing else is guessed. Puts numbers beside each other and adds up only what was
//! counted the same way.

use std::collections::BTreeMap;

use super::alike::folded;
use super::results::{Label, Labels, RankResult, TagResult};
use super::{Exercise, ExerciseId, Exercises, ItemId};
use crate::tally::kendall::tau_b;
use crate::tally::{Order, Place, TOP, Tag};

/// An item in two rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The item that speaks.
    pub item: ItemId,
    /// Its words, or the group's heading.
    pub words: String,
    /// Its place in the first round.
    pub was: Option<Place>,
    /// Its place in the second round.
    pub now: Option<Place>,
}

impl Move {
    /// Places gained: positive is up.
    pub fn gained(&self) -> Option<i64> {
        let number = |place: Place| i64::try_from(place.number).ok();
        Some(number(self.was?)? - number(self.now?)?)
    }
}

/// Two rounds of ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Moves {
    /// Every item of either round, by its place in the second.
    pub items: Vec<Move>,
    /// How far the two orders agree, over the items that both hold.
    pub tau_b: Option<f64>,
}

/// What moved between two rounds; nothing where one of them shows no order.
pub fn moves(first: &RankResult, second: &RankResult) -> Option<Moves> {
    let (was, now) = (by_item(first)?, by_item(second)?);
    let (places_was, places_now) = (places(&was), places(&now));
    let both = second.candidates.iter().chain(&first.candidates);
    let mut items: Vec<Move> = Vec::new();
    for candidate in both {
        if !items.iter().any(|one| one.item == candidate.id) {
            let key = usize::from(candidate.id.0);
            items.push(Move {
                item: candidate.id,
                words: candidate.words.clone(),
                was: places_was.get(&key).copied(),
                now: places_now.get(&key).copied(),
            });
        }
    }
    items.sort_by_key(|one| (one.now.is_none(), one.now, one.was, one.item));
    Some(Moves {
        items,
        tau_b: tau_b(&was, &now),
    })
}

/// The order of a result with items in place of positions in its list.
fn by_item(result: &RankResult) -> Option<Order> {
    let groups = result.order()?.groups().iter().map(|group| {
        let items = group.iter().filter_map(|&one| result.candidates.get(one));
        items.map(|one| usize::from(one.id.0)).collect()
    });
    Some(Order::from_groups(groups.collect()))
}

fn places(order: &Order) -> BTreeMap<usize, Place> {
    order
        .places()
        .into_iter()
        .map(|(place, one)| (one, place))
        .collect()
}

/// An exercise in a comparison: one for each scenario.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// The exercise.
    pub run: &'a Exercise,
    /// Its words for items.
    pub labels: &'a Labels,
    /// Its tagging result, where there is one.
    pub tagging: Option<&'a TagResult>,
}

/// An item in one scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The item that speaks there.
    pub item: ItemId,
    /// Must or nice there.
    pub label: Option<Label>,
    /// How many say must, of how many; where that was counted.
    pub must: Option<(u64, u64)>,
    /// Its place there by must have.
    pub place: Option<Place>,
}

/// An item across scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its words in the first scenario that has it.
    pub words: String,
    /// One for each scenario; nothing where it was not named.
    pub cells: Vec<Option<Cell>>,
}

impl Line {
    /// Whether it is must have in every scenario.
    pub fn is_must_in_all(&self) -> bool {
        let must = |cell: &Option<Cell>| {
            cell.as_ref()
                .is_some_and(|cell| cell.label == Some(Label::Must))
        };
        self.cells.iter().all(must)
    }

    /// Whether its word differs between scenarios that have it, or one has it and another
    /// not.
    pub fn moves(&self) -> bool {
        let label = |cell: &Option<Cell>| cell.as_ref().and_then(|cell| cell.label);
        let first = self.cells.first().map(label);
        self.cells.iter().any(|cell| Some(label(cell)) != first)
    }

    /// How many say must over all scenarios that counted it, of how many. Who took part in
    /// several scenarios counts in each.
    pub fn must(&self) -> (u64, u64) {
        let counted = self.cells.iter().flatten().filter_map(|cell| cell.must);
        counted.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }
}

/// Scenarios side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The exercises, in the order given.
    pub runs: Vec<ExerciseId>,
    /// Every item of any of them.
    pub lines: Vec<Line>,
    /// How far each two scenarios agree on what is must have, over the items of both.
    pub tau_b: Vec<((ExerciseId, ExerciseId), Option<f64>)>,
}

/// Puts scenarios side by side.
pub fn scenarios(all: &Exercises, columns: &[Column<'_>]) -> Comparison {
    let mut comparison = Comparison {
        runs: columns.iter().map(|column| column.run.id).collect(),
        lines: Vec::new(),
        tau_b: Vec::new(),
    };
    let mut known: Vec<Known> = Vec::new();
    let mut orders: Vec<Option<Order>> = Vec::new();
    for (number, column) in columns.iter().enumerate() {
        let (places, order) = standing(column);
        let mut lines_of: BTreeMap<usize, usize> = BTreeMap::new();
        for candidate in column.run.candidates() {
            let key = Known::of(all, column.run, &candidate);
            let free = |line: usize, lines: &[Line]| {
                lines
                    .get(line)
                    .is_some_and(|line: &Line| line.cells[number].is_none())
            };
            let found = known.iter().position(|one| one.is(&key));
            let line = found.filter(|line| free(*line, &comparison.lines));
            let line = line.unwrap_or_else(|| {
                comparison.lines.push(Line {
                    words: candidate.words.clone(),
                    cells: vec![None; columns.len()],
                });
                known.push(key);
                known.len() - 1
            });
            lines_of.insert(usize::from(candidate.id.0), line);
            comparison.lines[line].cells[number] = Some(cell(column, candidate.id, &places));
        }
        orders.push(order.map(|order| renumbered(&order, &lines_of)));
    }
    comparison.tau_b = pairs(&comparison.runs, &orders);
    comparison
}

/// By what an item is known again.
struct Known {
    root: Vec<(ExerciseId, ItemId)>,
    words: Vec<Vec<String>>,
}

impl Known {
    fn of(all: &Exercises, run: &Exercise, candidate: &super::state::Candidate) -> Self {
        let members = candidate.members.iter();
        let words = members
            .clone()
            .filter_map(|id| run.item(*id)?.text.as_deref());
        Self {
            words: words
                .map(folded)
                .filter(|words| !words.is_empty())
                .collect(),
            root: members.map(|item| all.root(run.id, *item)).collect(),
        }
    }

    fn is(&self, other: &Self) -> bool {
        self.root.iter().any(|one| other.root.contains(one))
            || self.words.iter().any(|one| other.words.contains(one))
    }
}

type Places = BTreeMap<ItemId, (Place, (u64, u64))>;

/// The places by must have in one scenario, and the order by item.
fn standing(column: &Column<'_>) -> (Places, Option<Order>) {
    let mut found = Places::new();
    let counted = column
        .tagging
        .and_then(|one| Some((one, one.votes.counted()?)));
    let Some((result, tally)) = counted else {
        return (found, None);
    };
    let order = tally.order(Tag::Must);
    for (place, number) in order.places() {
        if let (Some(candidate), Some(must)) =
            (result.candidates.get(number), tally.must.get(number))
        {
            found.insert(candidate.id, (place, (*must, tally.submitted)));
        }
    }
    let groups = order.groups().iter().map(|group| {
        let items = group.iter().filter_map(|&one| result.candidates.get(one));
        items.map(|one| usize::from(one.id.0)).collect()
    });
    (found, Some(Order::from_groups(groups.collect())))
}

fn cell(column: &Column<'_>, item: ItemId, places: &Places) -> Cell {
    let found = places.get(&item);
    Cell {
        item,
        label: column.labels.of_item(item),
        must: found.map(|(_, must)| *must),
        place: found.map(|(place, _)| *place),
    }
}

/// An order with the lines of the comparison in place of items.
fn renumbered(order: &Order, lines: &BTreeMap<usize, usize>) -> Order {
    let groups = order.groups().iter().map(|group| {
        let lines = group.iter().filter_map(|item| lines.get(item).copied());
        lines.collect()
    });
    Order::from_groups(groups.collect())
}

fn pairs(
    runs: &[ExerciseId],
    orders: &[Option<Order>],
) -> Vec<((ExerciseId, ExerciseId), Option<f64>)> {
    let all: Vec<(&ExerciseId, &Option<Order>)> = runs.iter().zip(orders).collect();
    let mut found = Vec::new();
    for (number, (first, one)) in all.iter().enumerate() {
        for (second, other) in all.iter().skip(number + 1) {
            let tau = one.as_ref().zip(other.as_ref());
            let tau = tau.and_then(|(one, other)| tau_b(one, other));
            found.push(((**first, **second), tau));
        }
    }
    found
}

impl Comparison {
    /// What is must have in every scenario.
    pub fn must_in_all(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_must_in_all())
    }

    /// What moves between scenarios.
    pub fn moving(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.moves())
    }

    /// "All scenarios: must have": the lines by their share over all scenarios that counted
    /// them, with their places. Lines that nobody called must have are left out.
    pub fn all_scenarios(&self) -> Vec<(Place, &Line)> {
        let mut wanted: Vec<&Line> = self.lines.iter().filter(|one| one.must().0 > 0).collect();
        let share = |line: &Line| Share(line.must());
        wanted.sort_by_key(|line| std::cmp::Reverse(share(line)));
        let shares: Vec<Share> = wanted.iter().map(|line| share(line)).collect();
        let places = Order::by_score(&shares).places().into_iter();
        places
            .filter_map(|(place, number)| Some((place, *wanted.get(number)?)))
            .collect()
    }

    /// The first four of [`Self::all_scenarios`], ties at the cut kept.
    pub fn top_four(&self) -> Vec<(Place, &Line)> {
        let mut all = self.all_scenarios();
        all.retain(|(place, _)| place.number <= TOP);
        all
    }
}

/// A share, compared exactly.
#[derive(Clone, Copy)]
struct Share((u64, u64));

impl Ord for Share {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let cross = |a: u64, b: u64| u128::from(a) * u128::from(b);
        let (a, b) = (self.0, other.0);
        cross(a.0, b.1.max(1)).cmp(&cross(b.0, a.1.max(1)))
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Share {}
