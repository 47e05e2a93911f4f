//! A scenario before its items: the brief, what is kept, who takes part.

use super::ScenarioScene;
use crate::app::Seat;
use crate::app::update::scenarios::{last_with_items, scenario_of};
use crate::exercise::{Exercise, Phase, Way};
use crate::room::{Room, RoomState};

const KEPT: &[&str] = &[
    "Purpose: to find out which data and information this room needs here, and which PIM \
     categories produce it. The result is the room's, not a person's.",
    "Kept: the items in their own words, counts and results. No names are asked. Ballots are \
     anonymous to the room, not against whoever runs the host. All of it is kept in this \
     session until the facilitator purges it: pim session purge.",
];

pub(super) fn before(room: &Room, state: &RoomState, seat: &Seat, title: String) -> ScenarioScene {
    let id = scenario_of(&seat.at);
    let brief = id.as_ref().and_then(|id| state.exercises.brief(id));
    let open = room.content.scenarios.open.clone();
    let mut text = vec![brief.map_or(open, str::to_owned)];
    text.extend(KEPT.iter().map(|one| (*one).to_owned()));
    let mut keys = vec![("Enter", "begin")];
    if last_with_items(state).is_some() {
        keys.push(("B", "begin with last items"));
    }
    keys.extend([("e", "write the brief"), ("Esc", "all scenarios")]);
    ScenarioScene {
        title,
        status: "not begun".to_owned(),
        ask: Phase::Lobby.question().to_owned(),
        text,
        keys,
        ..ScenarioScene::default()
    }
}

pub(super) fn lobby(room: &Room, state: &RoomState, run: &Exercise) -> ScenarioScene {
    let brief = state.exercises.brief(&run.scenario);
    let mut text = vec![brief.map_or_else(|| room.content.scenarios.open.clone(), str::to_owned)];
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
