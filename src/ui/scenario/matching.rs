//! Match: which of the eight categories produces an item.

use super::rows::base;
use super::words::cut;
use super::{Row, ScenarioScene};
use crate::app::sheet::Sheet;
use crate::content::CategoryId;
use crate::exercise::matching::{Suggest, Suggestion};
use crate::exercise::{Exercise, Verdict};
use crate::room::Room;
use crate::search::Query;

/// The search of the Matrix, as the exercise asks it.
struct Finds<'a>(&'a Room);

impl Suggest for Finds<'_> {
    fn suggest(&self, words: &str) -> Vec<Suggestion> {
        let Some(ranking) = self.0.rank(&Query::whole(words)) else {
            return Vec::new();
        };
        let found = ranking.hits.iter().filter(|hit| !hit.because.is_empty());
        let found = found.filter_map(|hit| {
            let because = hit.because.iter().take(2);
            Some(Suggestion {
                category: CategoryId::from_slug(&hit.id)?,
                because: because
                    .map(|one| format!("{} -> {}", one.typed, one.source))
                    .collect(),
            })
        });
        found.take(3).collect()
    }
}

pub(super) fn matching(room: &Room, run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    for (row, one) in scene.rows.iter_mut().zip(&candidates) {
        row.tail = verdict(room, run.verdict(one.id).as_ref());
    }
    let Some(one) = scene.chosen.and_then(|at| candidates.get(at)) else {
        return scene;
    };
    let found = Finds(room).suggest(&one.words);
    let now = run.verdict(one.id);
    let box_of = |on: bool| if on { "[x]" } else { "[ ]" }.to_owned();
    for category in CategoryId::ALL {
        let on = now
            .as_ref()
            .is_some_and(|now| now.categories().any(|one| one == *category));
        let why = found.iter().find(|one| one.category == *category);
        scene.second.push(Row {
            sign: box_of(on),
            text: room.content.category(*category).short.clone(),
            tail: why.map_or_else(String::new, |why| {
                format!("suggested: {}", cut(&why.because.join("; "), 44))
            }),
            ..Row::default()
        });
    }
    scene.second.push(Row {
        sign: box_of(now == Some(Verdict::NoneOfEight)),
        text: "None of the eight (a finding)".to_owned(),
        ..Row::default()
    });
    scene.second_chosen = Some(sheet.category);
    scene.keys = vec![
        ("Up Down", "item"),
        ("Left Right", "category"),
        ("Space", "yes or no"),
        ("0", "none of the eight"),
        ("o", "by category"),
        ("n", "next"),
    ];
    scene
}

fn verdict(room: &Room, verdict: Option<&Verdict>) -> String {
    match verdict {
        None => "-".to_owned(),
        Some(Verdict::NoneOfEight) => "none of the eight".to_owned(),
        Some(verdict) => {
            let codes = verdict.categories();
            let codes = codes.map(|one| room.content.category(one).code.clone());
            codes.collect::<Vec<_>>().join(" ")
        }
    }
}
