//! Rules for undo: a compensating event, or a reason why not.
//!
//! The seat remembers what it did and proposes the events of one step; each is taken back
//! in turn, the last first, if the state still is as the event left it. So the log needs no
//! history, nothing is ever rewound over somebody else's work, and undoing an undo works
//! the same way.

use crate::exercise::{
    Change, Exercise, ExerciseEvent, Exercises, Moment, Refusal, RoundId, Standing, Vote,
};

impl Exercises {
    pub(super) fn undo(
        &self,
        events: &[ExerciseEvent],
        moment: &Moment,
    ) -> Result<Vec<ExerciseEvent>, Refusal> {
        let mut scratch = self.clone();
        let mut undone = Vec::new();
        for event in events.iter().rev() {
            let mut event = event.clone();
            // What was erased must not come back with an older event.
            for erased in &self.erased {
                event.redact(erased);
            }
            let inverse = event.inverse().ok_or_else(|| why_not(&event))?;
            scratch.holds(&event, moment)?;
            scratch.apply(&inverse);
            undone.push(inverse);
        }
        if undone.is_empty() {
            return Err(Refusal::Nothing);
        }
        // A vote without an open round takes nothing: that is what going back is for.
        if scratch.runs.values().any(Exercise::votes_on_nothing) {
            return Err(Refusal::NotUndone(SEALED));
        }
        Ok(undone)
    }

    /// Whether the state is as an event left it.
    fn holds(&self, event: &ExerciseEvent, moment: &Moment) -> Result<(), Refusal> {
        let holds = match event {
            ExerciseEvent::Titled { scenario, now, .. } => {
                let title = self.written.get(scenario).map(|one| &one.title);
                title.is_some_and(|title| title == now)
                    && (!self.runs.values().any(|run| run.scenario == *scenario))
            }
            ExerciseEvent::Briefed { scenario, now, .. } => self.brief(scenario) == now.as_deref(),
            ExerciseEvent::Attended { now, .. } => self.attended == *now,
            ExerciseEvent::In(id, change) => {
                let run = self.run(*id).ok_or(Refusal::NoExercise(*id))?;
                run.may_undo(change, moment)?;
                run.holds(change)
            }
            ExerciseEvent::Opened { .. } | ExerciseEvent::Erased(_) => false,
        };
        holds.then_some(()).ok_or(Refusal::LaterChanges)
    }
}

const SEALED: &str = "the round is sealed; going back starts a new one";

fn why_not(event: &ExerciseEvent) -> Refusal {
    Refusal::NotUndone(match event {
        ExerciseEvent::Opened { .. } => "an exercise that was opened stays; leave it instead",
        ExerciseEvent::Erased(_) => "what was erased is gone",
        ExerciseEvent::In(_, Change::Reworded { .. }) => {
            "only whoever named it can change its words"
        }
        ExerciseEvent::In(_, Change::Sealed { .. }) => SEALED,
        _ => "ballots that were given up are gone",
    })
}

impl Exercise {
    /// What undoing would break that the values alone do not show.
    fn may_undo(&self, change: &Change, moment: &Moment) -> Result<(), Refusal> {
        match change {
            // Late ballots of a later round go on waiting; those of the first were cast.
            Change::RoundOpened { vote, number: 1 } => self.is_untouched(*vote, 1, moment),
            Change::RoundOpened { vote, number } => self.is_silent(*vote, *number),
            Change::Named { item, .. } if self.group_of(*item).is_some() => Err(Refusal::InGroup),
            Change::Set { was, now } if (was.places, was.ties) != (now.places, now.ties) => {
                match self.open_round(Vote::Rank) {
                    Some(round) => self.is_untouched(Vote::Rank, round.number, moment),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn votes_on_nothing(&self) -> bool {
        let vote = self.phase.vote();
        vote.is_some_and(|vote| self.open_round(vote).is_none())
    }

    fn is_untouched(&self, vote: Vote, number: u16, moment: &Moment) -> Result<(), Refusal> {
        let round = self.round(vote, number).ok_or(Refusal::LaterChanges)?;
        let turnout = moment.turnout(RoundId {
            exercise: self.id,
            vote,
            number,
        });
        if turnout.ballots > 0 || !round.is_silent() {
            return Err(Refusal::BallotsIn(turnout));
        }
        Ok(())
    }

    fn is_silent(&self, vote: Vote, number: u16) -> Result<(), Refusal> {
        let round = self.round(vote, number).ok_or(Refusal::LaterChanges)?;
        round.is_silent().then_some(()).ok_or(Refusal::LaterChanges)
    }

    fn holds(&self, change: &Change) -> bool {
        let open = |vote, number| {
            let round = self.round(vote, number);
            round.filter(|round| !round.sealed)
        };
        match change {
            Change::Named { item, standing, .. } => self.stands(*item, *standing),
            Change::Stands { item, now, .. } => self.stands(*item, *now),
            Change::Grouped { group, was, now } => {
                self.groups.get(group) == now.as_ref() && self.can_regroup(*group, was.as_ref())
            }
            Change::Set { now, .. } => self.settings == *now,
            Change::Labelled { now, .. } => self.label == *now,
            Change::Here { now, .. } => self.here == *now,
            Change::Moved { now, .. } => self.phase == *now,
            Change::Locked { now, .. } => self.locked == *now,
            Change::Timed { now, .. } => self.timer == *now,
            Change::Covered { now, .. } => self.covered == *now,
            Change::Shortlisted { now, .. } => {
                self.shortlist == *now && self.open_round(Vote::Rank).is_none()
            }
            Change::Matched { item, now, .. } => self.matches.get(item) == now.as_ref(),
            Change::RoundOpened { vote, number } => open(*vote, *number).is_some(),
            Change::RoundDropped { vote, number, .. } => {
                let last = self.last_round(*vote);
                last.map_or(0, |round| round.number) + 1 == *number
                    && last.is_none_or(|round| round.sealed)
            }
            Change::Revealed {
                vote, number, now, ..
            } => self
                .round(*vote, *number)
                .is_some_and(|one| one.shown == *now),
            Change::FewAgreed {
                vote, number, now, ..
            } => self
                .round(*vote, *number)
                .is_some_and(|one| one.few_agree == *now),
            Change::HandsPresent { number, was, now } => {
                open(Vote::Tag, *number).is_some_and(|round| {
                    let most = round.hands.values().map(|one| one.must + one.nice).max();
                    round.present == *now && most.unwrap_or_default() <= *was
                })
            }
            Change::HandsCounted {
                number, item, now, ..
            } => open(Vote::Tag, *number).is_some_and(|one| one.hands.get(item) == now.as_ref()),
            Change::TagAgreed {
                number, item, now, ..
            } => open(Vote::Tag, *number).is_some_and(|one| one.agreed.get(item) == now.as_ref()),
            Change::OrderAgreed { number, now, .. } => {
                open(Vote::Rank, *number).is_some_and(|one| one.order == *now)
            }
            Change::Reworded { .. } | Change::Sealed { .. } | Change::Counted { .. } => false,
        }
    }

    fn stands(&self, item: crate::exercise::ItemId, now: Standing) -> bool {
        let found = self.item(item);
        found.is_some_and(|item| item.standing == now && item.text.is_some())
    }

    /// A group comes back only if none of its items went into another one meanwhile.
    fn can_regroup(
        &self,
        id: crate::exercise::GroupId,
        was: Option<&crate::exercise::Group>,
    ) -> bool {
        let members = was.into_iter().flat_map(|group| &group.members);
        members
            .filter_map(|item| self.group_of(*item))
            .all(|(other, _)| other == id)
    }
}
