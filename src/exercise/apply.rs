//! The fold: what an event makes of the state.
//!
//! Owns every change of state. Asks nothing and refuses nothing: what may happen was
//! decided before the event was logged. An event about something that is not there
//! changes nothing, so that no log can break the program.

use std::collections::BTreeMap;

use super::{
    Change, Erasable, Exercise, ExerciseEvent, ExerciseId, Exercises, Item, Phase, Round,
    ScenarioId, Settings, Vote,
};

impl Exercises {
    /// Changes the state by an event.
    pub fn apply(&mut self, event: &ExerciseEvent) {
        match event {
            ExerciseEvent::Titled { scenario, now, .. } => {
                self.written
                    .entry(scenario.clone())
                    .or_default()
                    .title
                    .clone_from(now);
            }
            ExerciseEvent::Briefed { scenario, now, .. } => {
                self.written
                    .entry(scenario.clone())
                    .or_default()
                    .brief
                    .clone_from(now);
            }
            ExerciseEvent::Opened {
                id,
                scenario,
                title,
                settings,
            } => {
                let run = Exercise::opened(*id, scenario, title, *settings);
                self.runs.insert(*id, run);
            }
            ExerciseEvent::Attended { now, .. } => self.attended = *now,
            ExerciseEvent::In(id, change) => {
                if let Some(run) = self.runs.get_mut(id) {
                    run.apply(change);
                }
            }
            ExerciseEvent::Erased(what) => self.erase(what),
        }
    }

    /// The state that a log makes.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a ExerciseEvent>) -> Self {
        let mut state = Self::default();
        for event in events {
            state.apply(event);
        }
        state
    }

    fn erase(&mut self, what: &Erasable) {
        self.erased.insert(what.clone());
        match what {
            Erasable::Item(exercise, item) => {
                let run = self.runs.get_mut(exercise);
                if let Some(item) = run.and_then(|run| run.items.get_mut(item)) {
                    item.text = None;
                    item.claim = None;
                }
            }
            Erasable::Heading(exercise, group) => {
                let run = self.runs.get_mut(exercise);
                if let Some(group) = run.and_then(|run| run.groups.get_mut(group)) {
                    group.heading = None;
                }
            }
            Erasable::Label(exercise) => {
                if let Some(run) = self.runs.get_mut(exercise) {
                    run.label = None;
                }
            }
            Erasable::Scenario(scenario) => self.erase_scenario(scenario),
        }
    }

    fn erase_scenario(&mut self, scenario: &ScenarioId) {
        if let Some(written) = self.written.get_mut(scenario) {
            written.title = None;
            written.brief = None;
        }
        for run in self
            .runs
            .values_mut()
            .filter(|run| run.scenario == *scenario)
        {
            run.title = None;
        }
    }
}

impl Exercise {
    fn opened(id: ExerciseId, scenario: &ScenarioId, title: &str, settings: Settings) -> Self {
        Self {
            id,
            scenario: scenario.clone(),
            title: (!title.is_empty()).then(|| title.to_owned()),
            label: None,
            settings,
            phase: Phase::Lobby,
            locked: false,
            timer: None,
            here: None,
            covered: false,
            items: BTreeMap::new(),
            groups: BTreeMap::new(),
            rounds: Vec::new(),
            shortlist: Vec::new(),
            matches: BTreeMap::new(),
        }
    }

    pub(super) fn apply(&mut self, change: &Change) {
        match change {
            Change::Named { .. } | Change::Reworded { .. } | Change::Stands { .. } => {
                self.apply_to_item(change);
            }
            Change::Grouped { group, now, .. } => put(&mut self.groups, *group, now.clone()),
            Change::Set { now, .. } => self.settings = *now,
            Change::Labelled { now, .. } => self.label.clone_from(now),
            Change::Here { now, .. } => self.here = *now,
            Change::Moved { now, .. } => self.phase = *now,
            Change::Locked { now, .. } => self.locked = *now,
            Change::Timed { now, .. } => self.timer = *now,
            Change::Covered { now, .. } => self.covered = *now,
            Change::Shortlisted { now, .. } => self.shortlist.clone_from(now),
            Change::Matched { item, now, .. } => put(&mut self.matches, *item, now.clone()),
            Change::RoundOpened { vote, number } => self.rounds.push(Round::new(*vote, *number)),
            Change::RoundDropped { vote, number, .. } => {
                let dropped = |one: &Round| one.vote == *vote && one.number == *number;
                self.rounds.retain(|one| !dropped(one));
            }
            _ => self.apply_to_round(change),
        }
    }

    fn apply_to_item(&mut self, change: &Change) {
        match change {
            Change::Named {
                item,
                text,
                mark,
                origin,
                standing,
                claim,
            } => {
                let named = Item {
                    id: *item,
                    text: Some(text.clone()),
                    named: *mark,
                    origin: origin.clone(),
                    standing: *standing,
                    claim: *claim,
                };
                self.items.insert(*item, named);
            }
            Change::Reworded { item, now, .. } => {
                if let Some(item) = self.items.get_mut(item) {
                    item.text = Some(now.clone());
                }
            }
            Change::Stands { item, now, .. } => {
                if let Some(item) = self.items.get_mut(item) {
                    item.standing = *now;
                }
            }
            _ => {}
        }
    }

    fn apply_to_round(&mut self, change: &Change) {
        let Some((vote, number)) = change.round() else {
            return;
        };
        let mut rounds = self.rounds.iter_mut();
        let Some(round) = rounds.find(|one| one.vote == vote && one.number == number) else {
            return;
        };
        match change {
            Change::Sealed { list, .. } => {
                round.sealed = true;
                round.list.clone_from(list);
            }
            Change::Counted { counted, .. } => round.counted = Some(counted.clone()),
            Change::Revealed { now, .. } => round.shown = *now,
            Change::FewAgreed { now, .. } => round.few_agree = *now,
            Change::HandsPresent { now, .. } => round.present = *now,
            Change::HandsCounted { item, now, .. } => put(&mut round.hands, *item, *now),
            Change::TagAgreed { item, now, .. } => put(&mut round.agreed, *item, *now),
            Change::OrderAgreed { now, .. } => round.order.clone_from(now),
            _ => {}
        }
    }
}

impl Change {
    /// The round that a change is about.
    pub(super) const fn round(&self) -> Option<(Vote, u16)> {
        match self {
            Self::RoundOpened { vote, number }
            | Self::RoundDropped { vote, number, .. }
            | Self::Sealed { vote, number, .. }
            | Self::Counted { vote, number, .. }
            | Self::Revealed { vote, number, .. }
            | Self::FewAgreed { vote, number, .. } => Some((*vote, *number)),
            Self::HandsPresent { number, .. }
            | Self::HandsCounted { number, .. }
            | Self::TagAgreed { number, .. } => Some((Vote::Tag, *number)),
            Self::OrderAgreed { number, .. } => Some((Vote::Rank, *number)),
            _ => None,
        }
    }
}

fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => {
            map.insert(key, value);
        }
        None => {
            map.remove(&key);
        }
    }
}
