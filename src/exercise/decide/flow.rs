//! Rules for phases: what must be there before one, what is sealed by one, what going back
//! begins anew.
//!
//! A round is open from the first time its phase is entered until a phase that shows or
//! uses its result. Going back before that finds its ballots as they were; going back after
//! it opens a new round, so that nobody counts twice. A round in which nothing happened is
//! given up on the way forward: looking back costs nothing.

use super::Changes;
use crate::exercise::command::Clock;
use crate::exercise::text::{NAME, clean};
use crate::exercise::timer::Timer;
use crate::exercise::{
    Change, Exercise, ItemId, Moment, Phase, Refusal, Round, Settings, Time, Vote,
};

/// The longest timer: a day.
const LONGEST: u32 = 24 * 60 * 60;

impl Exercise {
    pub(super) fn go(&self, to: Phase, seal: bool, moment: &Moment) -> Changes {
        if to == self.phase {
            return Err(Refusal::Already);
        }
        self.may_begin(to, moment)?;
        let mut changes = Vec::new();
        for vote in to.after() {
            changes.extend(self.end_round(*vote, seal, moment)?);
        }
        changes.extend(self.set_locked(false));
        changes.extend(self.set_timer(None));
        changes.push(Change::Moved {
            was: self.phase,
            now: to,
        });
        changes.extend(to.vote().and_then(|vote| self.begin_round(vote)));
        Ok(changes)
    }

    /// Whether a round has anything in it.
    fn is_empty(&self, round: &Round, moment: &Moment) -> bool {
        round.is_silent() && moment.turnout(self.round_id(round)).ballots == 0
    }

    fn may_begin(&self, to: Phase, moment: &Moment) -> Result<(), Refusal> {
        match to {
            Phase::Tag | Phase::Shortlist | Phase::Match if self.candidates().is_empty() => {
                Err(Refusal::NoItems)
            }
            Phase::Rank => self.may_rank(),
            Phase::Rerank => match self.sealed_round(Vote::Rank) {
                None => Err(Refusal::NoFirstRanking),
                Some(_) => self.may_rank(),
            },
            Phase::Reveal if !self.has_result(moment) => Err(Refusal::NothingIn),
            _ => Ok(()),
        }
    }

    fn may_rank(&self) -> Result<(), Refusal> {
        let (items, most) = (self.ranked().len(), usize::from(self.settings.shortlist));
        match items {
            0 => Err(Refusal::NoItems),
            1 => Err(Refusal::TooFewToRank),
            items if items > most => Err(Refusal::TooManyToRank { items, most }),
            _ => Ok(()),
        }
    }

    fn has_result(&self, moment: &Moment) -> bool {
        let mut rounds = self.rounds.iter();
        rounds.any(|round| round.sealed || !self.is_empty(round, moment))
    }

    /// Seals the open round of a vote, or gives it up where nothing is in it.
    fn end_round(
        &self,
        vote: Vote,
        seal: bool,
        moment: &Moment,
    ) -> Result<Option<Change>, Refusal> {
        let Some(round) = self.open_round(vote) else {
            return Ok(None);
        };
        let number = round.number;
        if self.is_empty(round, moment) {
            return Ok(Some(Change::RoundDropped {
                vote,
                number,
                destroys: false,
            }));
        }
        if !seal {
            return Err(Refusal::SealsFirst {
                ballots: moment.turnout(self.round_id(round)),
                destroys: false,
            });
        }
        Ok(Some(Change::Sealed {
            vote,
            number,
            list: self.voted_on(vote),
        }))
    }

    /// Everything that a vote is on now, with all that is merged into it: what is taken
    /// apart later keeps its place in the result.
    fn voted_on(&self, vote: Vote) -> Vec<ItemId> {
        let candidates = match vote {
            Vote::Tag => self.candidates(),
            Vote::Rank => self.ranked(),
        };
        let members = candidates.into_iter().flat_map(|one| one.members);
        members.collect()
    }

    fn begin_round(&self, vote: Vote) -> Option<Change> {
        if self.open_round(vote).is_some() {
            return None;
        }
        let last = self.last_round(vote).map_or(0, |round| round.number);
        Some(Change::RoundOpened {
            vote,
            number: last + 1,
        })
    }

    pub(super) fn drop_round(&self, vote: Vote, sure: bool, moment: &Moment) -> Changes {
        let round = self.open_round(vote).ok_or(Refusal::NoRound)?;
        let empty = self.is_empty(round, moment);
        if !empty && !sure {
            return Err(Refusal::SealsFirst {
                ballots: moment.turnout(self.round_id(round)),
                destroys: true,
            });
        }
        let mut changes = vec![Change::RoundDropped {
            vote,
            number: round.number,
            destroys: !empty,
        }];
        // In its own phase the room begins again at once.
        if self.phase.vote() == Some(vote) {
            changes.push(Change::RoundOpened {
                vote,
                number: round.number,
            });
        }
        Ok(changes)
    }

    fn set_locked(&self, now: bool) -> Option<Change> {
        let was = self.locked;
        (was != now).then_some(Change::Locked { was, now })
    }

    fn set_timer(&self, now: Option<Timer>) -> Option<Change> {
        let was = self.timer;
        (was != now).then_some(Change::Timed { was, now })
    }

    pub(super) fn lock(&self, locked: bool) -> Changes {
        if !self.phase.takes_input() {
            return Err(Refusal::NotNow {
                now: self.phase,
                belongs: &[Phase::Collect, Phase::Tag, Phase::Rank],
            });
        }
        Ok(self.set_locked(locked).into_iter().collect())
    }

    pub(super) fn time(&self, clock: Clock, now: Time) -> Changes {
        if self.phase == Phase::Done {
            return Err(Refusal::Finished);
        }
        let left = self.timer.map_or(0, |timer| timer.left(now));
        let runs = |seconds: u32| Timer::Runs {
            ends: now.plus(seconds.min(LONGEST)),
        };
        let timer = match (clock, self.timer) {
            (Clock::Start(seconds), _) => Some(runs(seconds)),
            (Clock::More(more), Some(Timer::Rests { .. })) => Some(Timer::Rests {
                left: left.saturating_add(more).min(LONGEST),
            }),
            (Clock::More(more), _) => Some(runs(left.saturating_add(more))),
            (Clock::Toggle, Some(Timer::Runs { .. })) => Some(Timer::Rests { left }),
            (Clock::Toggle, Some(Timer::Rests { .. })) => Some(runs(left)),
            (Clock::Toggle, None) => Some(runs(self.phase.minutes(self.settings.way) * 60)),
            (Clock::Stop, _) => None,
        };
        Ok(self.set_timer(timer).into_iter().collect())
    }

    /// What a ballot may hold does not change under ballots that are in.
    pub(super) fn set(&self, settings: Settings, moment: &Moment) -> Changes {
        let (was, now) = (self.settings, settings.bounded());
        let form = |one: &Settings| (one.places, one.ties);
        if form(&was) != form(&now) {
            self.nothing_in(Vote::Rank, moment)?;
        }
        let changed = was != now;
        Ok(changed
            .then_some(Change::Set { was, now })
            .into_iter()
            .collect())
    }

    fn nothing_in(&self, vote: Vote, moment: &Moment) -> Result<(), Refusal> {
        match self.open_round(vote) {
            Some(round) if !self.is_empty(round, moment) => {
                Err(Refusal::BallotsIn(moment.turnout(self.round_id(round))))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn choose(&self, items: &[ItemId], moment: &Moment) -> Changes {
        self.only_in(&[Phase::Shortlist], &[Phase::Shortlist])?;
        self.nothing_in(Vote::Rank, moment)?;
        for item in items {
            self.speaker(*item).ok_or(Refusal::NoItem(*item))?;
        }
        let now: Vec<ItemId> = self.standing_for(items).iter().map(|one| one.id).collect();
        let most = usize::from(self.settings.shortlist);
        if now.len() > most {
            return Err(Refusal::TooManyToRank {
                items: now.len(),
                most,
            });
        }
        let was = self.shortlist.clone();
        let changed = was != now;
        Ok(changed
            .then_some(Change::Shortlisted { was, now })
            .into_iter()
            .collect())
    }

    pub(super) fn relabel(&self, label: Option<&str>) -> Changes {
        let was = self.label.clone();
        let now = label.map(|label| clean(label, NAME)).transpose()?;
        let changed = was != now;
        Ok(changed
            .then_some(Change::Labelled { was, now })
            .into_iter()
            .collect())
    }

    pub(super) fn say_here(&self, now: Option<u32>) -> Vec<Change> {
        let was = self.here;
        let changed = was != now;
        changed
            .then_some(Change::Here { was, now })
            .into_iter()
            .collect()
    }

    pub(super) fn cover(&self, now: bool) -> Vec<Change> {
        let was = self.covered;
        let changed = was != now;
        changed
            .then_some(Change::Covered { was, now })
            .into_iter()
            .collect()
    }
}
