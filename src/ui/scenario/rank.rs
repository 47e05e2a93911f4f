//! The short list, and the order that is being made of it.

use super::rows::{base, row};
use super::tag::slip_text;
use super::{Row, ScenarioScene};
use crate::app::sheet::Sheet;
use crate::app::update::scenarios::items;
use crate::exercise::results::{Outcome, TagResult};
use crate::exercise::{Exercise, ItemId, Vote, Voting};

pub(super) fn shortlist(run: &Exercise, sheet: &Sheet, outcome: &Outcome) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    let list = run.standing_for(&run.shortlist);
    for (row, one) in scene.rows.iter_mut().zip(&candidates) {
        if list.is_empty() || list.iter().any(|listed| listed.id == one.id) {
            "* in".clone_into(&mut row.sign);
        }
        row.tail = tagged(outcome.tagging.as_ref(), one.id);
    }
    "must nice".clone_into(&mut scene.heads);
    scene.text = vec![format!(
        "{} of {} are put in order; {} at most.",
        run.ranked().len(),
        candidates.len(),
        run.settings.shortlist
    )];
    scene.keys = vec![
        ("Enter", "take the most wanted"),
        ("Space", "in or out"),
        ("b", "back"),
        ("n", "next"),
    ];
    scene
}

fn tagged(result: Option<&TagResult>, item: ItemId) -> String {
    let counts = result.and_then(|result| {
        let number = result.candidates.iter().position(|one| one.id == item)?;
        result.counts(number)
    });
    counts.map_or_else(String::new, |(must, nice, _)| {
        format!("{must:>4} {nice:>4}")
    })
}

pub(super) fn rank(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let voting = sheet.voting(run, Vote::Rank);
    let hidden = run.covered && voting != Voting::Aloud;
    let order = if hidden {
        run.ranked().iter().map(|one| one.id).collect()
    } else {
        items(run, sheet)
    };
    let ranked = run.ranked();
    let rows = order
        .iter()
        .filter_map(|id| ranked.iter().find(|one| one.id == *id));
    let rows = rows.map(|one| {
        let level = if sheet.rank.is_level(one.id) { "=" } else { "" };
        let place = sheet.rank.place_of(one.id).filter(|_| !hidden);
        let place = place.map_or_else(|| "-".to_owned(), |place| format!("{level}{place}"));
        Row {
            lead: place,
            ..row(run, one, 0)
        }
    });
    let item = sheet.item.or_else(|| order.first().copied());
    let mut keys = vec![
        ("Space", "next place"),
        ("J K", "move"),
        ("=", "level"),
        ("u", "undo"),
    ];
    let text = if voting == Voting::Aloud {
        keys.push(("Enter", "the room agrees"));
        "Agreed aloud: move the items until the room agrees.".to_owned()
    } else {
        keys.extend([("Enter", "hand in"), ("d", "slip back"), ("C", "cover")]);
        slip_text(run, sheet, voting)
    };
    keys.extend([("v", "another way"), ("n", "next")]);
    ScenarioScene {
        rows: rows.collect(),
        chosen: order.iter().position(|one| Some(*one) == item),
        text: vec![text],
        keys,
        ..ScenarioScene::default()
    }
}
