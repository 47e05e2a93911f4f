//! Collect: what is named, and what is perhaps there already.

use super::rows::base;
use super::words::cut;
use super::{Row, ScenarioScene};
use crate::app::sheet::Sheet;
use crate::app::update::scenarios::{chosen, items, waiting};
use crate::exercise::Exercise;
use crate::exercise::alike::alike;

pub(super) fn collect(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    let waiting = waiting(run);
    for item in waiting.iter().filter_map(|id| run.item(*id)) {
        scene.rows.push(Row {
            sign: "? waits".to_owned(),
            text: item.words().to_owned(),
            ..Row::default()
        });
    }
    let item = chosen(run, sheet);
    scene.chosen = items(run, sheet).iter().position(|one| Some(*one) == item);
    if let Some(entry) = &sheet.entry {
        // The newest is what everybody looks for.
        scene.chosen = candidates.len().checked_sub(1);
        let like = alike(run, &entry.line.text());
        let words = like
            .iter()
            .filter_map(|id| Some(cut(run.item(*id)?.words(), 60)));
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            scene.text = vec![format!("Already there, perhaps: {}", words.join("; "))];
        }
    }
    if run.settings.moderated {
        let said = "What seats name waits for you: y lets an item in, H takes it off. M ends it.";
        scene.text.push(said.to_owned());
    }
    scene.keys = vec![
        ("Enter", "type an item"),
        ("s", "starters"),
        ("H", "hide"),
        ("T", "timer"),
        ("L", "lock"),
        ("u", "undo"),
        ("n", "next"),
    ];
    scene
}
