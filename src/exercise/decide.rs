//! The one place where it is decided what happens.
//!
//! Owns the rules. First the role, then the phase and the state; a decision is a list of
//! events, or what is to be done with the ballot box, never both. The store decides inside
//! its write transaction, so two seats never decide on the same state. Pure: the same state,
//! role, command and moment give the same decision. Start at [`Exercises::decide`].

mod ballots;
mod flow;
mod groups;
mod items;
mod session;
mod undo;
mod voices;

use super::ballot_box::BallotChange;
use super::{
    Act, Change, Command, Exercise, ExerciseEvent, Exercises, Moment, Phase, Refusal, Role, Vote,
};

/// What is to be done, in this order and in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// To be logged and applied.
    pub events: Vec<ExerciseEvent>,
    /// To be done with the ballot box, without a trace in the log.
    pub ballot: Option<BallotChange>,
}

impl From<Vec<ExerciseEvent>> for Decision {
    fn from(events: Vec<ExerciseEvent>) -> Self {
        Self {
            events,
            ballot: None,
        }
    }
}

type Changes = Result<Vec<Change>, Refusal>;

impl Exercises {
    /// Decides on a command of a seat.
    pub fn decide(
        &self,
        by: Role,
        command: &Command,
        moment: &Moment,
    ) -> Result<Decision, Refusal> {
        if !by.may(command) {
            return Err(Refusal::NotYours);
        }
        let decision: Decision = match command {
            Command::In(id, act) => return self.decide_in(by, *id, act, moment),
            Command::AddScenario { title } => self.add_scenario(title)?.into(),
            Command::Retitle { scenario, title } => self.retitle(scenario, title)?.into(),
            Command::WriteBrief { scenario, brief } => {
                self.write_brief(scenario, brief.as_deref())?.into()
            }
            Command::Open {
                scenario,
                title,
                settings,
                carry,
            } => self.open(scenario, title, *settings, *carry)?.into(),
            Command::Attend(to) => self.attend(*to)?.into(),
            Command::Erase(what) => self.decide_erase(what)?.into(),
            Command::Undo(events) => self.undo(events, moment)?.into(),
        };
        Ok(decision)
    }

    fn decide_in(
        &self,
        by: Role,
        id: super::ExerciseId,
        act: &Act,
        moment: &Moment,
    ) -> Result<Decision, Refusal> {
        let run = self.run(id).ok_or(Refusal::NoExercise(id))?;
        if let Some(change) = run.decide_ballot(by, act, moment)? {
            return Ok(Decision {
                events: Vec::new(),
                ballot: Some(change),
            });
        }
        let changes = run.decide(by, act, moment)?;
        if changes.is_empty() {
            return Err(Refusal::Nothing);
        }
        let events = changes.into_iter().map(|one| ExerciseEvent::In(id, one));
        Ok(events.collect::<Vec<_>>().into())
    }
}

impl Exercise {
    fn decide(&self, by: Role, act: &Act, moment: &Moment) -> Changes {
        match act {
            Act::Name { text, mark, claim } => self.name(by, text, *mark, *claim, moment),
            Act::AddStarters(starters) => self.add_starters(starters),
            Act::Reword { item, text, claim } => self.reword(by, *item, text, *claim, moment),
            Act::TakeBack { item, claim } => self.take_back(by, *item, *claim, moment),
            Act::Show(item) => self.show(*item),
            Act::Hide(item) => self.hide(*item),
            Act::Merge(items) => self.merge(items),
            Act::Part(item) => self.part(*item),
            Act::Split(group) => self.split(*group),
            Act::Lead(item) => self.lead(*item),
            Act::Head { group, heading } => self.head(*group, heading.as_deref()),
            Act::Go { to, seal } => self.go(*to, *seal, moment),
            Act::Lock(locked) => self.lock(*locked),
            Act::Timer(clock) => self.time(*clock, moment.now),
            Act::Set(settings) => self.set(*settings, moment),
            Act::Label(label) => self.relabel(label.as_deref()),
            Act::Here(people) => Ok(self.say_here(*people)),
            Act::Cover(on) => Ok(self.cover(*on)),
            Act::Shortlist(items) => self.choose(items, moment),
            Act::HandsPresent(people) => self.hands_present(*people),
            Act::CountHands { item, hands } => self.count_hands(*item, *hands),
            Act::AgreeTag { item, said } => self.agree_tag(*item, *said),
            Act::AgreeOrder(order) => self.agree_order(order),
            Act::FewAgree { vote, agrees } => self.agree_few(*vote, *agrees),
            Act::Reveal { vote, step } => self.reveal(*vote, *step),
            Act::Match { item, verdict } => self.match_item(*item, verdict.clone()),
            Act::DropRound { vote, sure } => self.drop_round(*vote, *sure, moment),
            // Ballots are decided apart, since no event tells of them.
            Act::HandIn { .. } | Act::Withdraw { .. } => Ok(Vec::new()),
        }
    }

    /// What stands on the wall under an item's number.
    fn there(&self, item: super::ItemId) -> Result<&super::Item, Refusal> {
        let found = self.item(item).filter(|one| one.text.is_some());
        found.ok_or(Refusal::NoItem(item))
    }

    /// Only in some phases; `belongs` says in which, to whoever comes in another.
    fn only_in(&self, phases: &[Phase], belongs: &'static [Phase]) -> Result<(), Refusal> {
        if phases.contains(&self.phase) {
            return Ok(());
        }
        Err(Refusal::NotNow {
            now: self.phase,
            belongs,
        })
    }
}

/// Where ballots of a vote are given, as a refusal says it.
const fn phase_of(vote: Vote) -> &'static [Phase] {
    match vote {
        Vote::Tag => &[Phase::Tag],
        Vote::Rank => &[Phase::Rank],
    }
}
