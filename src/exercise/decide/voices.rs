//! Rules for what is said openly: hands, what the room agrees aloud, how much of a result
//! is on the wall, and which categories an item belongs to.

use std::collections::BTreeSet;

use super::Changes;
use crate::exercise::command::Step;
use crate::exercise::{
    Change, Exercise, Hands, ItemId, Phase, Refusal, Round, Said, Shown, Verdict, Vote,
};

impl Exercise {
    /// The open round of a vote, in its own phase and while it is not closed.
    fn voting(&self, vote: Vote) -> Result<&Round, Refusal> {
        if self.phase.vote() != Some(vote) {
            return Err(Refusal::NotNow {
                now: self.phase,
                belongs: super::phase_of(vote),
            });
        }
        if self.locked {
            return Err(Refusal::Locked);
        }
        self.open_round(vote).ok_or(Refusal::NoRound)
    }

    /// An item as the room votes on it.
    fn voted(&self, item: ItemId) -> Result<ItemId, Refusal> {
        self.speaker(item).ok_or(Refusal::NoItem(item))
    }

    pub(super) fn hands_present(&self, now: u32) -> Changes {
        let round = self.voting(Vote::Tag)?;
        let most = round.hands.values().map(|hands| hands.must + hands.nice);
        if let Some(hands) = most.max().filter(|hands| *hands > now) {
            return Err(Refusal::MoreHands {
                hands,
                present: now,
            });
        }
        let was = round.present;
        let present = Change::HandsPresent {
            number: round.number,
            was,
            now,
        };
        Ok((was != now).then_some(present).into_iter().collect())
    }

    pub(super) fn count_hands(&self, item: ItemId, now: Option<Hands>) -> Changes {
        let round = self.voting(Vote::Tag)?;
        let item = self.voted(item)?;
        if let Some(hands) = now {
            let both = hands.must.saturating_add(hands.nice);
            if both > round.present {
                return Err(Refusal::MoreHands {
                    hands: both,
                    present: round.present,
                });
            }
        }
        let was = round.hands.get(&item).copied();
        let counted = Change::HandsCounted {
            number: round.number,
            item,
            was,
            now,
        };
        Ok((was != now).then_some(counted).into_iter().collect())
    }

    pub(super) fn agree_tag(&self, item: ItemId, now: Option<Said>) -> Changes {
        let round = self.voting(Vote::Tag)?;
        let item = self.voted(item)?;
        let was = round.agreed.get(&item).copied();
        let agreed = Change::TagAgreed {
            number: round.number,
            item,
            was,
            now,
        };
        Ok((was != now).then_some(agreed).into_iter().collect())
    }

    pub(super) fn agree_order(&self, order: &[Vec<ItemId>]) -> Changes {
        let round = self.voting(Vote::Rank)?;
        let ranked: BTreeSet<ItemId> = self.ranked().iter().map(|one| one.id).collect();
        let mut seen = BTreeSet::new();
        for item in order.iter().flatten() {
            if !ranked.contains(item) {
                return Err(Refusal::NoItem(*item));
            }
            if !seen.insert(*item) {
                return Err(Refusal::TwiceOnBallot);
            }
        }
        if order.iter().any(Vec::is_empty) {
            return Err(Refusal::EmptyPlace);
        }
        let (was, now) = (round.order.clone(), order.to_vec());
        let changed = was != now;
        let agreed = Change::OrderAgreed {
            number: round.number,
            was,
            now,
        };
        Ok(changed.then_some(agreed).into_iter().collect())
    }

    fn revealed(&self, vote: Vote) -> Result<&Round, Refusal> {
        self.sealed_round(vote).ok_or(Refusal::NotSealed)
    }

    pub(super) fn agree_few(&self, vote: Vote, now: bool) -> Changes {
        let round = self.revealed(vote)?;
        let was = round.few_agree;
        let agreed = Change::FewAgreed {
            vote,
            number: round.number,
            was,
            now,
        };
        Ok((was != now).then_some(agreed).into_iter().collect())
    }

    pub(super) fn reveal(&self, vote: Vote, step: Step) -> Changes {
        let round = self.revealed(vote)?;
        let lines = self.standing_for(&round.list).len();
        let was = round.shown;
        let now = Shown::after(step, lines);
        let revealed = Change::Revealed {
            vote,
            number: round.number,
            was,
            now,
        };
        Ok((was != now).then_some(revealed).into_iter().collect())
    }

    pub(super) fn match_item(&self, item: ItemId, now: Option<Verdict>) -> Changes {
        self.only_in(&[Phase::Match], &[Phase::Match])?;
        let item = self.voted(item)?;
        let now = match now {
            Some(Verdict::Categories(set)) if set.is_empty() => None,
            other => other,
        };
        let was = self.matches.get(&item).cloned();
        let changed = was != now;
        let matched = Change::Matched { item, was, now };
        Ok(changed.then_some(matched).into_iter().collect())
    }
}

impl Shown {
    /// What a step leads to, where there are so many lines.
    fn after(step: Step, lines: usize) -> Self {
        match step {
            Step::Nothing | Step::To(0) => Self::Nothing,
            Step::To(wanted) if usize::from(wanted) < lines => Self::Bottom(wanted),
            Step::To(_) | Step::All => Self::All,
        }
    }
}
