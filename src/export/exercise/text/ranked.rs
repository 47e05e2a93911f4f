//! The ranking result: points, how far the ballots agree, who stands above whom, and what
//! moved since the ranking before.

use super::{heading, para};
use crate::exercise::results::RankResult;
use crate::export::blocks::{Bar, Block, Shade};
use crate::export::exercise::Run;
use crate::hints::{Language, hints, of_ranking};
use crate::tally::{Place, Tally};

/// More columns than this do not fit the width of a page; the tables hold all of them.
const WIDEST: usize = 12;

pub(super) fn ranked(blocks: &mut Vec<Block>, run: &Run) {
    let Some(result) = &run.outcome.ranking else {
        return;
    };
    heading(blocks, 4, "Ranking: the shortlist in order");
    para(blocks, &of_ranking(Language::En, result).join(" "));
    match result.votes.counted().filter(|tally| tally.counted > 0) {
        Some(tally) => {
            bars(blocks, result, tally);
            pairs(blocks, result, tally);
        }
        None => aloud(blocks, result),
    }
    moved(blocks, run);
}

fn bars(blocks: &mut Vec<Block>, result: &RankResult, tally: &Tally) {
    let head = [
        "Place",
        "Item",
        "Points",
        "Copeland",
        "Schulze",
        "Places given",
    ];
    // Doubled, as points are: every other item below it on every ballot.
    let all = 2 * tally.counted * tally.candidates().saturating_sub(1) as u64;
    let rows = tally
        .borda
        .order
        .places()
        .into_iter()
        .filter_map(|(place, number)| {
            let points = *tally.borda.points.get(number)?;
            let cells = vec![
                place.to_string(),
                result.candidates.get(number)?.words.clone(),
                points.to_string(),
                tally.copeland.points.get(number)?.to_string(),
                tally.schulze.order.place_of(number)?.to_string(),
                spread(tally, number),
            ];
            let parts = vec![(Shade::Full, points.doubled())];
            Some(Bar { cells, parts, all })
        });
    blocks.push(Block::Bars {
        legend: "Bar: points, of all that an item could have".to_owned(),
        rows: rows.collect(),
        head: head.map(str::to_owned).into(),
    });
}

/// Opposed camps show here, where points alone hide them.
fn spread(tally: &Tally, number: usize) -> String {
    let spread = tally.spread.get(number);
    spread.map_or_else(String::new, |one| {
        format!(
            "{} to {}, half {} or better",
            one.best, one.worst, one.middle
        )
    })
}

fn pairs(blocks: &mut Vec<Block>, result: &RankResult, tally: &Tally) {
    let order: Vec<usize> = tally.borda.order.candidates().collect();
    if order.len() > WIDEST {
        let text = "Who stands above whom is in the tables of this session: too many items for a \
                    page.";
        para(blocks, text);
        return;
    }
    let text = format!(
        "Who stands above whom: on how many of {} ballots the item of the line stands above the \
         item with the number at the top.",
        tally.counted
    );
    para(blocks, &text);
    let mut head = vec!["No.".to_owned(), "Item".to_owned()];
    head.extend((1..=order.len()).map(|number| number.to_string()));
    let rows = (1..)
        .zip(&order)
        .filter_map(|(number, one): (usize, &usize)| {
            let mut cells = vec![
                number.to_string(),
                result.candidates.get(*one)?.words.clone(),
            ];
            cells.extend(order.iter().map(|other| {
                if other == one {
                    return "\u{2013}".to_owned();
                }
                tally.matrix.above(*one, *other).to_string()
            }));
            Some(cells)
        });
    blocks.push(Block::Table(head, rows.collect()));
}

fn aloud(blocks: &mut Vec<Block>, result: &RankResult) {
    let Some(order) = &result.agreed else { return };
    let rows = order.places().into_iter().filter_map(|(place, number)| {
        let words = result.candidates.get(number)?.words.clone();
        Some(vec![place.to_string(), words])
    });
    let head = ["Place", "Item"].map(str::to_owned).to_vec();
    blocks.push(Block::Table(head, rows.collect()));
}

fn moved(blocks: &mut Vec<Block>, run: &Run) {
    let Some((round, moves)) = &run.moved else {
        return;
    };
    let alike = moves.tau_b.map_or_else(String::new, |tau| {
        format!(" The two orders agree by {tau:.2} (Kendall's tau-b; 1 is the same order).")
    });
    para(
        blocks,
        &format!("What moved since round {round} of ranking.{alike}"),
    );
    let place = |place: Option<Place>| place.map_or_else(String::new, |one| one.to_string());
    let rows = moves.items.iter();
    let rows = rows.map(|one| {
        vec![
            one.words.clone(),
            place(one.was),
            place(one.now),
            hints(Language::En).of_move(one),
        ]
    });
    let head = ["Item", "Before", "Now", "Moved"];
    blocks.push(Block::Table(head.map(str::to_owned).into(), rows.collect()));
}
