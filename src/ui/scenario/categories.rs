//! What the room needs, by the category that produces it.

use super::ScenarioScene;
use super::words::{cut, label};
use crate::exercise::results::{Outcome, Producer};
use crate::room::Room;

pub(super) fn categories(room: &Room, outcome: &Outcome) -> ScenarioScene {
    let mut text = Vec::new();
    let must: Vec<&str> = outcome
        .categories
        .must_exist()
        .into_iter()
        .map(|one| room.content.category(one).short.as_str())
        .collect();
    text.push(if must.is_empty() {
        "No must have is matched to a category yet.".to_owned()
    } else {
        format!("These must exist for this scenario: {}.", must.join(", "))
    });
    for (producer, items) in &outcome.categories.rows {
        let name = match producer {
            Producer::Category(one) => room.content.category(*one).short.clone(),
            Producer::NoneOfEight => "None of the eight".to_owned(),
            Producer::Unmatched => "Not matched".to_owned(),
        };
        let items = items.iter().map(|one| {
            let sign = label(one.label);
            format!("{sign} {}", cut(&one.words, 60)).trim().to_owned()
        });
        let items: Vec<String> = items.collect();
        let items = if items.is_empty() {
            "nothing".to_owned()
        } else {
            items.join("; ")
        };
        text.push(format!("{name}: {items}"));
    }
    text.push(format!("Must and nice {}.", outcome.labels.basis.words()));
    ScenarioScene {
        ask: "What this room needs, by the category that produces it.".to_owned(),
        text,
        keys: vec![("Up Down", "scroll"), ("Esc", "back")],
        ..ScenarioScene::default()
    }
}
