//! Rules for groups: merging openly, originals kept, everything taken apart again.

use std::collections::BTreeSet;

use super::Changes;
use crate::exercise::text::{NAME, clean};
use crate::exercise::{Change, Exercise, Group, GroupId, ItemId, Phase, Refusal};

/// Not while people vote: the list under their hands stays as it is.
const MERGING: &[Phase] = &[
    Phase::Collect,
    Phase::Merge,
    Phase::Shortlist,
    Phase::Reveal,
    Phase::Match,
];

impl Exercise {
    fn merging(&self) -> Result<(), Refusal> {
        self.only_in(MERGING, &[Phase::Merge])
    }

    pub(super) fn merge(&self, items: &[ItemId]) -> Changes {
        self.merging()?;
        let members = self.together(items)?;
        if members.len() < 2 {
            return Err(Refusal::TooFewToMerge);
        }
        let mut touched: Vec<(GroupId, Group)> = Vec::new();
        for item in &members {
            if let Some((id, group)) = self.group_of(*item)
                && !touched.iter().any(|(other, _)| *other == id)
            {
                touched.push((id, group.clone()));
            }
        }
        Ok(self.merged(members, touched))
    }

    /// Every item with those it is grouped with already, in the order given.
    fn together(&self, items: &[ItemId]) -> Result<Vec<ItemId>, Refusal> {
        let mut seen = BTreeSet::new();
        let mut members = Vec::new();
        for item in items {
            if !self.there(*item)?.is_shown() {
                return Err(Refusal::NoItem(*item));
            }
            let class = self.class_of(*item).into_iter();
            members.extend(class.filter(|one| seen.insert(*one)));
        }
        Ok(members)
    }

    /// The first group takes the others in; without one a new group is made.
    fn merged(&self, members: Vec<ItemId>, touched: Vec<(GroupId, Group)>) -> Vec<Change> {
        let mut touched = touched.into_iter();
        let (group, was) = match touched.next() {
            Some((id, group)) => (id, Some(group)),
            None => (self.next_group(), None),
        };
        let heading = was.as_ref().and_then(|group| group.heading.clone());
        let gone = touched.map(|(group, was)| Change::Grouped {
            group,
            was: Some(was),
            now: None,
        });
        let mut changes: Vec<Change> = gone.collect();
        let now = Group { members, heading };
        if was.as_ref() != Some(&now) {
            changes.push(Change::Grouped {
                group,
                was,
                now: Some(now),
            });
        }
        changes
    }

    /// A number that no group has; those of groups taken apart can come again.
    fn next_group(&self) -> GroupId {
        let last = self.groups.keys().next_back().map_or(0, |id| id.0);
        GroupId(last.saturating_add(1))
    }

    fn group(&self, id: GroupId) -> Result<&Group, Refusal> {
        self.groups.get(&id).ok_or(Refusal::NoGroup(id))
    }

    pub(super) fn part(&self, item: ItemId) -> Changes {
        self.merging()?;
        let (id, group) = self.group_of(item).ok_or(Refusal::NoItem(item))?;
        let mut rest = group.clone();
        rest.members.retain(|one| *one != item);
        Ok(vec![Change::Grouped {
            group: id,
            was: Some(group.clone()),
            now: (rest.members.len() > 1).then_some(rest),
        }])
    }

    pub(super) fn split(&self, id: GroupId) -> Changes {
        self.merging()?;
        Ok(vec![Change::Grouped {
            group: id,
            was: Some(self.group(id)?.clone()),
            now: None,
        }])
    }

    pub(super) fn lead(&self, item: ItemId) -> Changes {
        self.merging()?;
        if !self.there(item)?.is_shown() {
            return Err(Refusal::NoItem(item));
        }
        let (id, group) = self.group_of(item).ok_or(Refusal::NoItem(item))?;
        let mut now = group.clone();
        now.members.retain(|one| *one != item);
        now.members.insert(0, item);
        Ok(self.regrouped(id, now))
    }

    pub(super) fn head(&self, id: GroupId, heading: Option<&str>) -> Changes {
        self.merging()?;
        let mut now = self.group(id)?.clone();
        now.heading = heading.map(|heading| clean(heading, NAME)).transpose()?;
        Ok(self.regrouped(id, now))
    }

    fn regrouped(&self, group: GroupId, now: Group) -> Vec<Change> {
        let was = self.groups.get(&group).cloned();
        let changed = was.as_ref() != Some(&now);
        let grouped = Change::Grouped {
            group,
            was,
            now: Some(now),
        };
        changed.then_some(grouped).into_iter().collect()
    }
}
