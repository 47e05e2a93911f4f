//! The exercises as tables, for spreadsheets.
//!
//! Owns the columns. Every row begins with the number and the name of its exercise, so that
//! a table can be sorted and filtered.

use super::ballots::Voted;
use super::text::{cells_of, names, said};
use super::{Exercises, Run};
use crate::exercise::ballot::Ballot;
use crate::exercise::results::{Producer, TagResult};
use crate::exercise::{ItemId, Mark, Vote};
use crate::export::sheets::{Cell, Sheet, sheet};
use crate::hints::{Language, hints};
use crate::tally::{Half, Order, Place, Tag};

/// All tables, the empty ones left out.
pub fn all(exercises: &Exercises) -> Vec<Sheet> {
    let all = [
        runs(exercises),
        tagging(exercises),
        ranking(exercises),
        head_to_head(exercises),
        items(exercises),
        categories(exercises),
        scenarios(exercises),
    ];
    all.into_iter().filter(|one| !one.rows.is_empty()).collect()
}

fn of_run(run: &Run) -> Vec<Cell> {
    vec![run.run.id.0.into(), run.name().into()]
}

/// The number alone: level items share it, and a sign before it would look like a formula.
fn place(order: &Order, number: usize) -> Cell {
    order.place_of(number).map_or_else(|| "".into(), of_place)
}

fn of_place(place: Place) -> Cell {
    Cell::Number(place.number as u64)
}

fn half(value: Option<Half>) -> Cell {
    value.map_or_else(|| "".into(), |value| Cell::Decimal(value.as_f64()))
}

fn runs(all: &Exercises) -> Sheet {
    let row = |run: &Run| {
        let (tags, ranks) = (&run.outcome.tagging, &run.outcome.ranking);
        let tally = ranks.as_ref().and_then(|one| one.votes.counted());
        let w = tally.and_then(|one| Some((one.w?, one.agreement()?)));
        let number = |number: Option<u64>| number.map_or_else(|| "".into(), Cell::Number);
        let mut cells = of_run(run);
        cells.extend([
            run.brief.clone().unwrap_or_default().into(),
            all.held.clone().into(),
            number(run.run.here.map(u64::from)),
            run.run.phase.title().into(),
            number(tags.as_ref().map(|one| u64::from(one.votes.people()))),
            run.outcome.labels.basis.words().into(),
            number(ranks.as_ref().map(|one| u64::from(one.votes.people()))),
            number(tally.map(|one| one.counted)),
            number(tally.map(|one| one.blank)),
            w.map_or_else(|| "".into(), |(w, _)| Cell::Decimal(thousandths(w))),
            w.map_or_else(String::new, |(_, word)| word.to_string())
                .into(),
        ]);
        cells
    };
    sheet(
        "exercises",
        &[
            ("Exercise", 9),
            ("Scenario", 30),
            ("Brief", 50),
            ("Held", 24),
            ("In the room", 11),
            ("Left in phase", 16),
            ("People who tagged", 16),
            ("Must or nice is", 30),
            ("People who ranked", 16),
            ("Ballots counted", 14),
            ("Blank ballots", 12),
            ("Agreement W", 12),
            ("Agreement", 12),
        ],
        all.runs.iter().map(row).collect(),
    )
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn tagging(all: &Exercises) -> Sheet {
    let rows = all.runs.iter().flat_map(|run| {
        let is_said = |one: &&TagResult| {
            one.votes.counted().is_some() || one.agreed.iter().any(Option::is_some)
        };
        let result = run.outcome.tagging.iter().filter(is_said);
        result.flat_map(move |result| {
            let tally = result.votes.counted();
            let order =
                tally.map_or_else(|| flat(result.candidates.len()), |one| one.order(Tag::Must));
            let rows = order.candidates().collect::<Vec<usize>>().into_iter();
            rows.map(move |number| {
                let mut cells = of_run(run);
                cells.push(u32::from(result.number).into());
                cells.push(tally.map_or_else(|| "".into(), |_| place(&order, number)));
                cells.push(words(result.candidates.get(number).map(|one| &one.words)));
                cells.extend(counts(result, number));
                let agreed = result.agreed.get(number).copied().flatten();
                cells.push(said(agreed).into());
                cells
            })
            .collect::<Vec<_>>()
        })
    });
    sheet(
        "tagging",
        &[
            ("Exercise", 9),
            ("Scenario", 30),
            ("Round", 7),
            ("Place by must", 12),
            ("Item", 50),
            ("Must", 7),
            ("Nice", 7),
            ("Neither", 8),
            ("Of", 7),
            ("Must %", 8),
            ("Nice %", 8),
            ("Top four", 14),
            ("Agreed aloud", 14),
        ],
        rows.collect(),
    )
}

fn flat(items: usize) -> Order {
    Order::from_groups((0..items).map(|one| vec![one]).collect())
}

fn words(words: Option<&String>) -> Cell {
    words.map(String::as_str).unwrap_or_default().into()
}

fn counts(result: &TagResult, number: usize) -> Vec<Cell> {
    let Some((must, nice, neither)) = result.counts(number) else {
        return vec!["".into(); 7];
    };
    let of = must + nice + neither;
    let share = |count: u64| Cell::Decimal(percent(count, of));
    let in_top = |mark| result.top_four(mark).iter().any(|(_, one)| *one == number);
    let top = [(Mark::Must, "must"), (Mark::Nice, "nice")].into_iter();
    let top: Vec<&str> = top
        .filter(|(mark, _)| in_top(*mark))
        .map(|(_, word)| word)
        .collect();
    vec![
        Cell::Number(must),
        Cell::Number(nice),
        Cell::Number(neither),
        Cell::Number(of),
        share(must),
        share(nice),
        top.join(" and ").into(),
    ]
}

/// With one decimal.
fn percent(part: u64, all: u64) -> f64 {
    if all == 0 {
        return 0.0;
    }
    (part as f64 * 1000.0 / all as f64).round() / 10.0
}

fn ranking(all: &Exercises) -> Sheet {
    let rows = all.runs.iter().flat_map(|run| {
        let result = run.outcome.ranking.iter();
        result.flat_map(move |result| {
            let order = result.order().cloned().unwrap_or_default();
            let tally = result.votes.counted().filter(|one| one.counted > 0);
            let rows = order.candidates().collect::<Vec<usize>>().into_iter();
            rows.map(move |number| {
                let mut cells = of_run(run);
                cells.push(u32::from(result.number).into());
                cells.push(place(&order, number));
                cells.push(words(result.candidates.get(number).map(|one| &one.words)));
                let spread = tally.and_then(|one| one.spread.get(number));
                cells.extend([
                    half(tally.and_then(|one| one.borda.points.get(number).copied())),
                    half(tally.and_then(|one| one.copeland.points.get(number).copied())),
                    tally.map_or_else(|| "".into(), |one| place(&one.schulze.order, number)),
                    half(spread.map(|one| one.best)),
                    half(spread.map(|one| one.middle)),
                    half(spread.map(|one| one.worst)),
                ]);
                let agreed = result.agreed.as_ref();
                cells.push(agreed.map_or_else(|| "".into(), |one| place(one, number)));
                cells.push(moved(run, result.candidates.get(number).map(|one| one.id)));
                cells
            })
            .collect::<Vec<_>>()
        })
    });
    sheet(
        "ranking",
        &[
            ("Exercise", 9),
            ("Scenario", 30),
            ("Round", 7),
            ("Place", 7),
            ("Item", 50),
            ("Points", 8),
            ("Copeland", 9),
            ("Schulze", 9),
            ("Best place", 10),
            ("Middle place", 12),
            ("Worst place", 11),
            ("Agreed aloud", 13),
            ("Moved", 16),
        ],
        rows.collect(),
    )
}

fn moved(run: &Run, item: Option<ItemId>) -> Cell {
    let moves = run.moved.iter().flat_map(|(_, moves)| &moves.items);
    let mut found = moves.filter(|one| Some(one.item) == item);
    found
        .next()
        .map(|one| hints(Language::En).of_move(one))
        .unwrap_or_default()
        .into()
}

/// A grid for each ranking: the lines are the items, the columns the same by their numbers.
fn head_to_head(all: &Exercises) -> Sheet {
    let mut rows = Vec::new();
    let mut widest = 0;
    for run in &all.runs {
        let result = run.outcome.ranking.as_ref();
        let tally = result
            .and_then(|one| one.votes.counted())
            .filter(|one| one.counted > 0);
        let (Some(result), Some(tally)) = (result, tally) else {
            continue;
        };
        let order: Vec<usize> = tally.borda.order.candidates().collect();
        widest = widest.max(order.len());
        for (number, one) in (1_u32..).zip(&order) {
            let mut cells = of_run(run);
            cells.push(number.into());
            cells.push(words(result.candidates.get(*one).map(|one| &one.words)));
            cells.extend(order.iter().map(|other| {
                if other == one {
                    return "".into();
                }
                Cell::Number(tally.matrix.above(*one, *other))
            }));
            rows.push(cells);
        }
    }
    let mut sheet = sheet(
        "head-to-head",
        &[("Exercise", 9), ("Scenario", 30), ("No.", 5), ("Item", 50)],
        rows,
    );
    let numbers = (1..=widest).map(|number| (format!("Above no. {number}"), 11));
    sheet.columns.extend(numbers);
    for row in &mut sheet.rows {
        row.resize(sheet.columns.len(), "".into());
    }
    sheet
}

fn items(all: &Exercises) -> Sheet {
    let rows = all.runs.iter().flat_map(|run| {
        run.originals().map(move |item| {
            let counted = run.counted_as(item);
            let label = counted
                .as_ref()
                .and_then(|one| run.outcome.labels.of_item(one.id));
            let verdict = counted.as_ref().and_then(|one| run.run.verdict(one.id));
            let made = match &verdict {
                Some(crate::exercise::Verdict::NoneOfEight) => {
                    vec![all.producer(Producer::NoneOfEight)]
                }
                Some(some) => some
                    .categories()
                    .map(|one| all.category(one).to_owned())
                    .collect(),
                None => Vec::new(),
            };
            let mut cells = of_run(run);
            cells.extend([
                u32::from(item.id.0).into(),
                item.words().into(),
                item.named.map_or("", Mark::word).into(),
                all.origin(item).into(),
                counted.map(|one| one.words).unwrap_or_default().into(),
                run.word(label).into(),
                made.join("; ").into(),
            ]);
            cells
        })
    });
    sheet(
        "items",
        &[
            ("Exercise", 9),
            ("Scenario", 30),
            ("No.", 6),
            ("In own words", 50),
            ("Said as", 8),
            ("From", 30),
            ("Counted under", 50),
            ("Must or nice", 18),
            ("Categories", 40),
        ],
        rows.collect(),
    )
}

fn categories(all: &Exercises) -> Sheet {
    let rows = all
        .runs
        .iter()
        .filter(|run| !run.run.candidates().is_empty());
    let rows = rows.flat_map(|run| {
        run.outcome
            .categories
            .rows
            .iter()
            .flat_map(move |(producer, items)| {
                let name = all.producer(*producer);
                items.iter().map(move |one| {
                    let count =
                        |number: Option<u64>| number.map_or_else(|| "".into(), Cell::Number);
                    let mut cells = of_run(run);
                    cells.extend([
                        name.clone().into(),
                        one.words.clone().into(),
                        run.word(one.label).into(),
                        count(one.counts.map(|(must, _)| must)),
                        count(one.counts.map(|(_, nice)| nice)),
                    ]);
                    cells
                })
            })
    });
    sheet(
        "categories",
        &[
            ("Exercise", 9),
            ("Scenario", 30),
            ("Category", 40),
            ("Item", 50),
            ("Must or nice", 18),
            ("Must", 7),
            ("Nice", 7),
        ],
        rows.collect(),
    )
}

fn scenarios(all: &Exercises) -> Sheet {
    let Some(found) = &all.comparison else {
        return sheet("scenarios", &[], Vec::new());
    };
    let places = found.all_scenarios();
    let rows = found.lines.iter().map(|line| {
        let mut places = places.iter();
        let place = places.find(|(_, one)| std::ptr::eq(*one, line));
        let (must, of) = line.must();
        let mut cells: Vec<Cell> = vec![
            line.words.clone().into(),
            if line.is_must_in_all() { "yes" } else { "" }.into(),
            if line.moves() { "yes" } else { "" }.into(),
            place.map_or_else(|| "".into(), |(place, _)| of_place(*place)),
            Cell::Number(must),
            Cell::Number(of),
        ];
        cells.extend(cells_of(all, found, line).map(Cell::Text));
        cells
    });
    let mut sheet = sheet(
        "scenarios",
        &[
            ("Item", 50),
            ("Must in all", 11),
            ("Moves", 8),
            ("Place in all", 12),
            ("Must", 7),
            ("Of", 7),
        ],
        rows.collect(),
    );
    sheet
        .columns
        .extend(names(all, found).into_iter().map(|name| (name, 30)));
    sheet
}

/// The ballots, a row for each item on each; a ballot with nothing on it is a row too.
pub fn ballots(voted: &[Voted]) -> Sheet {
    let mut rows = Vec::new();
    for one in voted {
        let vote = match one.vote {
            Vote::Tag => "tagging",
            Vote::Rank => "ranking",
        };
        for (number, ballot) in (1_u32..).zip(&one.ballots) {
            let head: Vec<Cell> = vec![
                one.run.id.0.into(),
                vote.into(),
                u32::from(one.number).into(),
                number.into(),
                u32::from(ballot.people()).into(),
            ];
            let mut said = on_ballot(ballot);
            if said.is_empty() {
                said.push((None, "blank".into()));
            }
            rows.extend(said.into_iter().map(|(item, said)| {
                let known = item
                    .and_then(|id| one.run.item(id))
                    .filter(|one| one.is_shown());
                let mut cells = head.clone();
                cells.push(item.map_or_else(|| "".into(), |id| u32::from(id.0).into()));
                cells.push(known.map_or("", |one| one.words()).into());
                cells.push(said);
                cells
            }));
        }
    }
    sheet(
        "ballots",
        &[
            ("Exercise", 9),
            ("Vote", 9),
            ("Round", 7),
            ("Ballot (order means nothing)", 14),
            ("People", 8),
            ("Item no.", 8),
            ("Item", 50),
            ("Mark or place", 14),
        ],
        rows,
    )
}

fn on_ballot(ballot: &Ballot) -> Vec<(Option<ItemId>, Cell)> {
    match ballot {
        Ballot::Tag(ballot) => {
            let marks = ballot.marks.iter();
            marks
                .map(|(item, mark)| (Some(*item), mark.word().into()))
                .collect()
        }
        Ballot::Rank(ballot) => {
            let places = (1_u32..).zip(&ballot.places);
            let all = places.flat_map(|(place, items)| items.iter().map(move |one| (place, *one)));
            all.map(|(place, item)| (Some(item), place.into()))
                .collect()
        }
    }
}
