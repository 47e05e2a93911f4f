//! Rules for what stands above one run: scenarios, opening, going from run to run, erasing.

use crate::exercise::item::Origin;
use crate::exercise::text::{BRIEF, NAME, clean};
use crate::exercise::{
    Change, Erasable, ExerciseEvent, ExerciseId, Exercises, GroupId, ItemId, Refusal, ScenarioId,
    Settings, Standing,
};

type Events = Result<Vec<ExerciseEvent>, Refusal>;

impl Exercises {
    pub(super) fn add_scenario(&self, title: &str) -> Events {
        let number = self
            .written
            .keys()
            .filter_map(|id| match id {
                ScenarioId::Own(number) => Some(*number),
                ScenarioId::Source(_) => None,
            })
            .max()
            .unwrap_or_default();
        Ok(vec![ExerciseEvent::Titled {
            scenario: ScenarioId::Own(number + 1),
            was: None,
            now: Some(clean(title, NAME)?),
        }])
    }

    /// The name of an added scenario; those of the source keep theirs.
    fn own_title(&self, scenario: &ScenarioId) -> Result<&str, Refusal> {
        let written = match scenario {
            ScenarioId::Own(_) => self.written.get(scenario),
            ScenarioId::Source(_) => None,
        };
        let title = written.and_then(|written| written.title.as_deref());
        title.ok_or(Refusal::NoScenario)
    }

    pub(super) fn retitle(&self, scenario: &ScenarioId, title: &str) -> Events {
        let was = self.own_title(scenario)?.to_owned();
        let now = clean(title, NAME)?;
        if was == now {
            return Err(Refusal::Nothing);
        }
        Ok(vec![ExerciseEvent::Titled {
            scenario: scenario.clone(),
            was: Some(was),
            now: Some(now),
        }])
    }

    pub(super) fn write_brief(&self, scenario: &ScenarioId, brief: Option<&str>) -> Events {
        if matches!(scenario, ScenarioId::Own(_)) {
            self.own_title(scenario)?;
        }
        let was = self.brief(scenario).map(str::to_owned);
        let now = brief.map(|brief| clean(brief, BRIEF)).transpose()?;
        if was == now {
            return Err(Refusal::Nothing);
        }
        Ok(vec![ExerciseEvent::Briefed {
            scenario: scenario.clone(),
            was,
            now,
        }])
    }

    pub(super) fn open(
        &self,
        scenario: &ScenarioId,
        title: &str,
        settings: Settings,
        carry: Option<ExerciseId>,
    ) -> Events {
        let title = match scenario {
            ScenarioId::Own(_) => self.own_title(scenario)?.to_owned(),
            ScenarioId::Source(_) => clean(title, NAME)?,
        };
        let last = self.runs.keys().next_back().map_or(0, |id| id.0);
        let id = ExerciseId(last + 1);
        let mut events = vec![ExerciseEvent::Opened {
            id,
            scenario: scenario.clone(),
            title,
            settings: settings.bounded(),
        }];
        if let Some(from) = carry {
            events.extend(self.carried(from, id)?);
        }
        events.push(ExerciseEvent::Attended {
            was: self.attended,
            now: Some(id),
        });
        Ok(events)
    }

    /// What stood on the wall of another run, one item for each group.
    fn carried(&self, from: ExerciseId, to: ExerciseId) -> Events {
        let run = self.run(from).ok_or(Refusal::NoExercise(from))?;
        let candidates = run.candidates().into_iter().zip(1..);
        let events = candidates.filter_map(|(candidate, number)| {
            let item = run.item(candidate.id)?;
            let change = Change::Named {
                item: ItemId(number),
                text: item.text.clone()?,
                mark: None,
                origin: match &item.origin {
                    Origin::Carried { .. } | Origin::Starter { .. } => item.origin.clone(),
                    Origin::Room => Origin::Carried {
                        exercise: from,
                        item: candidate.id,
                    },
                },
                standing: Standing::Shown,
                claim: None,
            };
            Some(ExerciseEvent::In(to, change))
        });
        Ok(events.collect())
    }

    pub(super) fn attend(&self, to: Option<ExerciseId>) -> Events {
        if let Some(id) = to
            && self.run(id).is_none()
        {
            return Err(Refusal::NoExercise(id));
        }
        if to == self.attended {
            return Err(Refusal::Already);
        }
        Ok(vec![ExerciseEvent::Attended {
            was: self.attended,
            now: to,
        }])
    }

    /// Erasing an item erases what was carried from it too: it is the same text.
    pub(super) fn decide_erase(&self, what: &Erasable) -> Events {
        let there = match what {
            Erasable::Item(exercise, item) => {
                let item = self.run(*exercise).and_then(|run| run.item(*item));
                item.is_some_and(|item| item.text.is_some())
            }
            Erasable::Heading(exercise, group) => self.heading(*exercise, *group).is_some(),
            Erasable::Label(exercise) => self.run(*exercise).is_some_and(|run| run.label.is_some()),
            Erasable::Scenario(scenario) => self
                .written
                .get(scenario)
                .is_some_and(|written| written.title.is_some() || written.brief.is_some()),
        };
        if !there {
            return Err(Refusal::Nothing);
        }
        let mut all = vec![ExerciseEvent::Erased(what.clone())];
        if let Erasable::Item(exercise, item) = what {
            all.extend(self.copies(*exercise, *item).map(ExerciseEvent::Erased));
        }
        Ok(all)
    }

    fn heading(&self, exercise: ExerciseId, group: GroupId) -> Option<&str> {
        self.run(exercise)?.groups.get(&group)?.heading.as_deref()
    }

    /// The item and its copies all lead back to where the words were first named.
    fn copies(&self, exercise: ExerciseId, item: ItemId) -> impl Iterator<Item = Erasable> + '_ {
        let root = self.root(exercise, item);
        let all = self
            .runs
            .values()
            .flat_map(|run| run.items.keys().map(|item| (run.id, *item)));
        all.filter(move |(run, one)| {
            let same = self.root(*run, *one) == root && (*run, *one) != (exercise, item);
            let item = self.run(*run).and_then(|run| run.item(*one));
            same && item.is_some_and(|item| item.text.is_some())
        })
        .map(|(run, item)| Erasable::Item(run, item))
    }

    /// Where the words of an item were first named.
    pub(in crate::exercise) fn root(
        &self,
        exercise: ExerciseId,
        item: ItemId,
    ) -> (ExerciseId, ItemId) {
        let found = self.run(exercise).and_then(|run| run.item(item));
        match found.map(|item| &item.origin) {
            Some(Origin::Carried { exercise, item }) => (*exercise, *item),
            _ => (exercise, item),
        }
    }
}
