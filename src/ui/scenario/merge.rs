//! Merge: what is marked, what stands together, what is perhaps the same.

use super::ScenarioScene;
use super::rows::base;
use super::words::cut;
use crate::app::sheet::Sheet;
use crate::app::update::scenarios::chosen;
use crate::exercise::{Exercise, Item, alike};

pub(super) fn merge(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    for (row, one) in scene.rows.iter_mut().zip(&candidates) {
        if sheet.marked.contains(&one.id) {
            "* marked".clone_into(&mut row.sign);
        }
    }
    let item = chosen(run, sheet);
    let group = candidates.iter().find(|one| Some(one.id) == item);
    let originals = group.filter(|one| one.members.len() > 1).map(|one| {
        let words = one.members.iter().filter_map(|id| run.item(*id));
        let words: Vec<&str> = words.map(Item::words).collect();
        format!("Together, in their own words: {}", words.join("; "))
    });
    let pairs = alike::pairs(run);
    let hint = pairs.first().and_then(|(a, b)| {
        let (a, b) = (run.item(*a)?.words(), run.item(*b)?.words());
        Some(format!("The same, perhaps: {}; {}", cut(a, 50), cut(b, 50)))
    });
    scene.text = originals.into_iter().chain(hint).collect();
    scene.keys = vec![
        ("Space", "mark"),
        ("a", "put together"),
        ("-", "take apart"),
        ("f", "other words first"),
        ("e", "heading"),
        ("u", "undo"),
        ("n", "next"),
    ];
    scene
}
