//! Rules for items: who names them, whose words they are, what stands on the wall.

use super::Changes;
use crate::exercise::item::Origin;
use crate::exercise::row::MAX_ITEMS;
use crate::exercise::starter::Starter;
use crate::exercise::text::{ITEM, clean};
use crate::exercise::{
    Change, Claim, Exercise, Item, ItemId, Mark, Moment, Phase, Refusal, Role, Standing,
};

impl Exercise {
    pub(super) fn name(
        &self,
        by: Role,
        text: &str,
        mark: Option<Mark>,
        claim: Option<Claim>,
        moment: &Moment,
    ) -> Changes {
        self.collecting(by, moment)?;
        let waits = self.settings.moderated && by == Role::Participant;
        let named = Change::Named {
            item: self.next_item()?,
            text: clean(text, ITEM)?,
            mark,
            origin: Origin::Room,
            standing: if waits {
                Standing::Waiting
            } else {
                Standing::Shown
            },
            claim,
        };
        Ok(vec![named])
    }

    /// Participants name while it is collected; the facilitator prepares before and adds
    /// what was said while it is merged.
    fn collecting(&self, by: Role, moment: &Moment) -> Result<(), Refusal> {
        if by == Role::Facilitator {
            return self.only_in(
                &[Phase::Lobby, Phase::Collect, Phase::Merge],
                &[Phase::Collect],
            );
        }
        self.only_in(&[Phase::Collect], &[Phase::Collect])?;
        self.taking(by, moment)
    }

    /// Whether something can be handed in at all.
    pub(super) fn taking(&self, by: Role, moment: &Moment) -> Result<(), Refusal> {
        if self.locked {
            return Err(Refusal::Locked);
        }
        let over = self.timer.is_some_and(|timer| timer.is_over(moment.now));
        // The facilitator may still be typing in what was handed over in time.
        if over && by == Role::Participant {
            return Err(Refusal::TimeOver);
        }
        Ok(())
    }

    fn next_item(&self) -> Result<ItemId, Refusal> {
        let last = self.items.keys().next_back().map_or(0, |id| id.0);
        if last >= MAX_ITEMS {
            return Err(Refusal::Full { most: MAX_ITEMS });
        }
        Ok(ItemId(last + 1))
    }

    pub(super) fn add_starters(&self, starters: &[Starter]) -> Changes {
        self.only_in(
            &[Phase::Lobby, Phase::Collect, Phase::Merge],
            &[Phase::Collect],
        )?;
        let first = self.next_item()?.0;
        let there = |one: &&Starter| {
            let mut items = self.items.values();
            !items.any(|item| item.is_starter() && item.is_shown() && item.words() == one.text())
        };
        let new: Vec<&Starter> = starters.iter().filter(there).collect();
        if new.len() > usize::from(MAX_ITEMS - first) + 1 {
            return Err(Refusal::Full { most: MAX_ITEMS });
        }
        let named = (first..).zip(new).map(|(number, starter)| Change::Named {
            item: ItemId(number),
            text: starter.text().to_owned(),
            mark: None,
            origin: starter.origin(),
            standing: Standing::Shown,
            claim: None,
        });
        Ok(named.collect())
    }

    /// The item, if the claim is its author's. Nobody learns whether a claim was near.
    fn own(&self, item: ItemId, claim: Claim) -> Result<&Item, Refusal> {
        let found = self.there(item)?;
        if !found.is_claimed_by(claim) {
            return Err(Refusal::NotTheAuthor);
        }
        if found.standing == Standing::TakenBack {
            return Err(Refusal::NoItem(item));
        }
        if self.group_of(item).is_some() {
            return Err(Refusal::InGroup);
        }
        Ok(found)
    }

    pub(super) fn reword(
        &self,
        by: Role,
        item: ItemId,
        text: &str,
        claim: Claim,
        moment: &Moment,
    ) -> Changes {
        self.collecting(by, moment)?;
        let was = self.own(item, claim)?.words().to_owned();
        let now = clean(text, ITEM)?;
        let changed = was != now;
        Ok(changed
            .then_some(Change::Reworded { item, was, now })
            .into_iter()
            .collect())
    }

    pub(super) fn take_back(
        &self,
        by: Role,
        item: ItemId,
        claim: Claim,
        moment: &Moment,
    ) -> Changes {
        self.collecting(by, moment)?;
        let was = self.own(item, claim)?.standing;
        Ok(vec![Change::Stands {
            item,
            was,
            now: Standing::TakenBack,
        }])
    }

    pub(super) fn show(&self, item: ItemId) -> Changes {
        self.stand(item, Standing::Shown)
    }

    pub(super) fn hide(&self, item: ItemId) -> Changes {
        self.stand(item, Standing::Hidden)
    }

    /// What its author took back, nobody brings back.
    fn stand(&self, item: ItemId, now: Standing) -> Changes {
        let was = self.there(item)?.standing;
        if was == Standing::TakenBack {
            return Err(Refusal::NoItem(item));
        }
        let changed = was != now;
        let stands = Change::Stands { item, was, now };
        Ok(changed.then_some(stands).into_iter().collect())
    }
}
