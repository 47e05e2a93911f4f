//! A scenario before its items: the brief, what is kept, who takes part.

use super::ScenarioScene;
use crate::app::update::scenarios::last_with_items;
use crate::content::Status;
use crate::exercise::{Exercise, Phase, ScenarioId, Way};
use crate::room::{Room, RoomState};

const KEPT: &[&str] = &[
    "Purpose: to find out which data and information this room needs here, and which PIM \
     categories produce it. The result is the room's, not a person's.",
    "Kept: the items in their own words, counts and results. No names are asked. Ballots are \
     anonymous to the room, not against whoever runs the host. All of it is kept in this \
     session until the facilitator purges it: pim session purge.",
];

const WAYS: &str = "The short way, ten minutes: collect, tag, reveal, match. The long way: \
    collect, merge, tag, shortlist, rank, reveal, match.";

/// The status of the scenarios that a source names, and where it does.
pub(super) fn named_by(room: &Room) -> String {
    let cited = room.content.cite(&room.content.scenarios.origin);
    format!("{}. {cited}", Status::Agreed)
}

/// What a scenario is, in the words of whoever leads; where it has none, what is known of it.
fn brief(room: &Room, state: &RoomState, id: &ScenarioId) -> String {
    let brief = state.exercises.brief(id).map(str::to_owned);
    match id {
        ScenarioId::Source(_) => {
            let open = || room.content.scenarios.open.clone();
            let brief = brief.unwrap_or_else(open);
            format!("{brief}\n-- The name: {}", named_by(room))
        }
        ScenarioId::Own(_) => {
            brief.unwrap_or_else(|| "No brief yet. A facilitator can write one.".to_owned())
        }
    }
}

pub(super) fn before(
    room: &Room,
    state: &RoomState,
    id: &ScenarioId,
    title: String,
) -> ScenarioScene {
    let mut text = vec![brief(room, state, id)];
    text.extend(KEPT.iter().map(|one| (*one).to_owned()));
    text.push(WAYS.to_owned());
    let mut keys = vec![("Enter", "begin")];
    if last_with_items(state).is_some() {
        keys.push(("B", "begin with last items"));
    }
    keys.extend([("e", "write the brief"), ("Esc", "all scenarios")]);
    ScenarioScene {
        title,
        ask: Phase::Lobby.question().to_owned(),
        text,
        keys,
        ..ScenarioScene::default()
    }
}

pub(super) fn lobby(room: &Room, state: &RoomState, run: &Exercise) -> ScenarioScene {
    let mut text = vec![brief(room, state, &run.scenario)];
    text.extend(KEPT.iter().map(|one| (*one).to_owned()));
    text.push(match run.settings.way {
        Way::Short => "The short way, ten minutes: collect, tag, reveal, match. w: the long way.",
        Way::Long => "The long way: collect, merge, tag, shortlist, rank, reveal, match. w: the short way.",
    }.to_owned());
    ScenarioScene {
        text,
        keys: vec![
            ("n", "begin"),
            ("e", "brief"),
            ("N", "how many are here"),
            ("p", "who takes part"),
            ("w", "way"),
            (",", "settings"),
            ("R", "hold it again"),
            ("B", "again with these items"),
        ],
        ..ScenarioScene::default()
    }
}
