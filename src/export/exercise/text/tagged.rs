//! The tagging result: how many say must have, nice to have and neither.

use super::{heading, para};
use crate::exercise::results::TagResult;
use crate::exercise::{Mark, Said};
use crate::export::blocks::{Bar, Block, Shade};
use crate::export::exercise::Run;
use crate::hints::{Language, of_tagging};

pub(super) fn tagged(blocks: &mut Vec<Block>, run: &Run) {
    heading(blocks, 4, "Tagging: must have, nice to have or neither");
    let Some(result) = &run.outcome.tagging else {
        para(blocks, "No tagging was revealed in this exercise.");
        return;
    };
    para(blocks, &of_tagging(Language::En, result).join(" "));
    if result.votes.counted().is_some() {
        top_four(blocks, result);
        bars(blocks, result);
    } else if result.agreed.iter().any(Option::is_some) {
        aloud(blocks, result);
    }
}

fn top_four(blocks: &mut Vec<Block>, result: &TagResult) {
    for (mark, title) in [(Mark::Must, "must have"), (Mark::Nice, "nice to have")] {
        let top = result.top_four(mark).into_iter();
        let top = top.filter_map(|(place, number)| {
            let words = &result.candidates.get(number)?.words;
            let (must, nice, _) = result.counts(number)?;
            let count = if mark == Mark::Must { must } else { nice };
            Some(format!("{words} (place {place}, {count})"))
        });
        let top: Vec<String> = top.collect();
        let text = if top.is_empty() {
            "nobody says so of anything".to_owned()
        } else {
            top.join("; ")
        };
        let what = format!("Top four for {title}");
        blocks.push(Block::Item(what, text, Vec::new()));
    }
}

fn bars(blocks: &mut Vec<Block>, result: &TagResult) {
    let Some(tally) = result.votes.counted() else {
        return;
    };
    let all = tally.submitted;
    let is_aloud = result.agreed.iter().any(Option::is_some);
    let mut head = ["Place", "Item", "Must", "Nice", "Neither"]
        .map(str::to_owned)
        .to_vec();
    if is_aloud {
        head.push("Agreed aloud".to_owned());
    }
    let places = tally.order(crate::tally::Tag::Must).places().into_iter();
    let rows = places.filter_map(|(place, number)| {
        let (must, nice, neither) = result.counts(number)?;
        let words = result.candidates.get(number)?.words.clone();
        let mut cells = vec![place.to_string(), words];
        cells.extend([must, nice, neither].map(|count| format!("{count} of {all}")));
        if is_aloud {
            cells.push(said(result.agreed.get(number).copied().flatten()).to_owned());
        }
        let parts = vec![(Shade::Full, must), (Shade::Striped, nice)];
        Some(Bar { cells, parts, all })
    });
    blocks.push(Block::Bars {
        legend: "Bar: must have (solid), nice to have (striped), neither (blank)".to_owned(),
        rows: rows.collect(),
        head,
    });
}

fn aloud(blocks: &mut Vec<Block>, result: &TagResult) {
    let rows = result.candidates.iter().zip(&result.agreed);
    let rows = rows.map(|(one, agreed)| vec![one.words.clone(), said(*agreed).to_owned()]);
    let head = ["Item", "Agreed aloud"].map(str::to_owned).to_vec();
    blocks.push(Block::Table(head, rows.collect()));
}

/// What the room agreed aloud, in words.
pub(in crate::export::exercise) const fn said(said: Option<Said>) -> &'static str {
    match said {
        Some(Said::Must) => "must have",
        Some(Said::Nice) => "nice to have",
        Some(Said::Neither) => "neither",
        None => "",
    }
}
