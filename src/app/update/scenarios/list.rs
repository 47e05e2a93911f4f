//! The list of scenarios, and a scenario that no exercise was held on yet.

use super::super::{Action, Effect};
use super::places::{all, place_of, run_of};
use super::propose::{propose, say};
use crate::app::seat::Seat;
use crate::app::sheet::{Asked, View};
use crate::content::Address;
use crate::exercise::{Command, Exercise, ExerciseId, ScenarioId, Settings};
use crate::room::{Room, RoomState};

pub(super) fn in_list(
    room: &Room,
    state: &RoomState,
    seat: &mut Seat,
    action: Action,
) -> Vec<Effect> {
    let all = all(room, state);
    if let Some(entry) = &seat.sheet.entry {
        let title = entry.line.text();
        if action == Action::Open && entry.asked == Asked::Scenario {
            seat.sheet.entry = None;
            return propose(room, seat, Command::AddScenario { title });
        }
        return Vec::new();
    }
    let chosen = seat.sheet.scenario.clone();
    let at = all.iter().position(|(id, _)| Some(id) == chosen.as_ref());
    let at = at.unwrap_or_default();
    match action {
        Action::Up | Action::Down => {
            let by = if action == Action::Up { -1 } else { 1 };
            let to = at
                .saturating_add_signed(by)
                .min(all.len().saturating_sub(1));
            seat.sheet.scenario = all.get(to).map(|(id, _)| id.clone());
        }
        Action::Write => seat.sheet.ask(Asked::Scenario, ""),
        Action::CompareScenarios => seat.sheet.view = View::Compare,
        Action::Open => {
            if let Some((id, _)) = all.get(at) {
                seat.sheet.view = View::Phase;
                seat.jump(Address::from(place_of(id)));
                let run = run_of(state, id).map(|run| run.id);
                if run.is_some() && run != state.exercises.attended {
                    return propose(room, seat, Command::Attend(run));
                }
            }
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn open(
    room: &Room,
    state: &RoomState,
    scenario: &ScenarioId,
    settings: Settings,
    carry: Option<ExerciseId>,
) -> Command {
    let all = all(room, state);
    let title = all.into_iter().find(|(id, _)| id == scenario);
    Command::Open {
        scenario: scenario.clone(),
        title: title.map(|(_, title)| title).unwrap_or_default(),
        settings,
        carry,
    }
}

/// A scenario that no exercise was held on yet.
pub(super) fn before(
    room: &Room,
    state: &RoomState,
    seat: &mut Seat,
    scenario: &ScenarioId,
    action: Action,
) -> Vec<Effect> {
    if let Some(entry) = &seat.sheet.entry {
        let text = entry.line.text();
        if action == Action::Open {
            seat.sheet.entry = None;
            return brief(room, seat, scenario, &text);
        }
        return Vec::new();
    }
    match action {
        Action::Open | Action::NextPhase => {
            let command = open(room, state, scenario, Settings::default(), None);
            propose(room, seat, command)
        }
        Action::CarryOver => match last_with_items(state) {
            Some(last) => {
                let command = open(room, state, scenario, last.settings, Some(last.id));
                propose(room, seat, command)
            }
            None => say(seat, "no exercise has items to carry over yet"),
        },
        Action::WriteMore => {
            let text = state.exercises.brief(scenario).unwrap_or_default();
            seat.sheet.ask(Asked::Brief(scenario.clone()), text);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The newest exercise that has something to carry over.
pub fn last_with_items(state: &RoomState) -> Option<&Exercise> {
    let mut runs = state.exercises.runs.values().rev();
    runs.find(|run| !run.candidates().is_empty())
}

pub(super) fn brief(
    room: &Room,
    seat: &mut Seat,
    scenario: &ScenarioId,
    text: &str,
) -> Vec<Effect> {
    let brief = (!text.trim().is_empty()).then(|| text.to_owned());
    let scenario = scenario.clone();
    propose(room, seat, Command::WriteBrief { scenario, brief })
}
