//! Collect: what is named, and what is perhaps there already.

use super::ScenarioScene;
use super::rows::base;
use super::words::cut;
use crate::app::sheet::Sheet;
use crate::exercise::Exercise;
use crate::exercise::alike::alike;

pub(super) fn collect(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
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
