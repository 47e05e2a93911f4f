//! Which scenario a place shows, which run of it, and what can be pointed at there.

use crate::app::sheet::{Sheet, View};
use crate::content::Place;
use crate::exercise::{Exercise, Item, ItemId, Phase, ScenarioId, Standing, Vote};
use crate::room::{Room, RoomState};

/// The scenario of a place.
pub fn scenario_of(place: &Place) -> Option<ScenarioId> {
    let Place::Scenario(id) = place else {
        return None;
    };
    let own = id
        .strip_prefix("own-")
        .and_then(|number| number.parse().ok());
    Some(own.map_or_else(|| ScenarioId::Source(id.clone()), ScenarioId::Own))
}

pub(super) fn place_of(scenario: &ScenarioId) -> Place {
    Place::Scenario(match scenario {
        ScenarioId::Source(id) => id.clone(),
        ScenarioId::Own(number) => format!("own-{number}"),
    })
}

/// All scenarios with their names: those of the source, then those that were added.
pub fn all(room: &Room, state: &RoomState) -> Vec<(ScenarioId, String)> {
    let named = room.content.scenarios.named.iter();
    let named = named.map(|one| (ScenarioId::Source(one.id.clone()), one.title.clone()));
    let own = state.exercises.own_scenarios();
    let own = own.map(|(id, title)| (id.clone(), title.to_owned()));
    named.chain(own).collect()
}

/// The run that a place shows: the one that the room is in, or else the newest.
pub fn run_of<'a>(state: &'a RoomState, scenario: &ScenarioId) -> Option<&'a Exercise> {
    let current = state.exercises.current();
    current.filter(|run| run.scenario == *scenario).or_else(|| {
        let mut runs = state.exercises.runs.values().rev();
        runs.find(|run| run.scenario == *scenario)
    })
}

/// What seats named and the facilitator has not let in yet.
pub fn waiting(run: &Exercise) -> Vec<ItemId> {
    let waits = |one: &&Item| one.standing == Standing::Waiting && one.text.is_some();
    run.items.values().filter(waits).map(|one| one.id).collect()
}

/// What can be pointed at in a phase, from top to bottom.
pub fn items(run: &Exercise, sheet: &Sheet) -> Vec<ItemId> {
    let all = || -> Vec<ItemId> { run.candidates().into_iter().map(|one| one.id).collect() };
    if run.phase == Phase::Collect {
        return all().into_iter().chain(waiting(run)).collect();
    }
    if !matches!(run.phase, Phase::Rank | Phase::Rerank) {
        return all();
    }
    let placed: Vec<ItemId> = sheet.rank.places().iter().flatten().copied().collect();
    let rest = run.ranked().into_iter().map(|one| one.id);
    let rest = rest.filter(|id| !placed.contains(id)).collect::<Vec<_>>();
    placed.into_iter().chain(rest).collect()
}

/// The vote whose result is shown.
pub fn shown_vote(run: &Exercise, view: View) -> Vote {
    let ranking = run.sealed_round(Vote::Rank).is_some();
    if ranking && (view == View::Ranking || run.sealed_round(Vote::Tag).is_none()) {
        Vote::Rank
    } else {
        Vote::Tag
    }
}

/// The chosen item, or the first.
pub fn chosen(run: &Exercise, sheet: &Sheet) -> Option<ItemId> {
    sheet.item.or_else(|| items(run, sheet).first().copied())
}
