//! A ballot while it is being filled in: one seat's, not the room's.
//!
//! Owns the moves of ranking with a keyboard: take the next place, move up and down, level
//! with the one above, put back, undo. A draft counts nowhere; handing it in makes the
//! ballot. It follows items that are merged, hidden or added while somebody fills it in.

use std::collections::BTreeMap;

use super::ballot::Ballot;
use super::{ItemId, Mark, RankBallot, TagBallot};

/// An order being made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankDraft {
    places: Vec<Vec<ItemId>>,
    before: Vec<Vec<Vec<ItemId>>>,
}

impl RankDraft {
    /// A draft that begins with what was handed in.
    pub fn from_ballot(ballot: &RankBallot) -> Self {
        Self {
            places: ballot.places.clone(),
            before: Vec::new(),
        }
    }

    /// Level items together, best first.
    pub fn places(&self) -> &[Vec<ItemId>] {
        &self.places
    }

    /// The place of an item, as people count: after two on place 2 comes place 4.
    pub fn place_of(&self, item: ItemId) -> Option<usize> {
        let at = self.at(item)?;
        Some(1 + self.places.iter().take(at).map(Vec::len).sum::<usize>())
    }

    /// Whether an item shares its place.
    pub fn is_level(&self, item: ItemId) -> bool {
        let place = self.at(item).and_then(|at| self.places.get(at));
        place.is_some_and(|place| place.len() > 1)
    }

    fn at(&self, item: ItemId) -> Option<usize> {
        self.places.iter().position(|place| place.contains(&item))
    }

    /// Changes the places, unless that changes nothing.
    fn change(&mut self, change: impl FnOnce(&mut Vec<Vec<ItemId>>)) -> bool {
        let before = self.places.clone();
        change(&mut self.places);
        self.places.retain(|place| !place.is_empty());
        let changed = self.places != before;
        if changed {
            self.before.push(before);
        }
        changed
    }

    /// Gives an item the next place, or takes its place away.
    pub fn toggle(&mut self, item: ItemId) -> bool {
        let at = self.at(item);
        self.change(|places| match at {
            None => places.push(vec![item]),
            Some(at) => places[at].retain(|one| *one != item),
        })
    }

    /// Moves an item one place up, out of a shared place first.
    pub fn up(&mut self, item: ItemId) -> bool {
        let Some(at) = self.at(item) else {
            return false;
        };
        self.change(|places| {
            if places[at].len() > 1 {
                places[at].retain(|one| *one != item);
                places.insert(at, vec![item]);
            } else if at > 0 {
                places.swap(at - 1, at);
            }
        })
    }

    /// Moves an item one place down, out of a shared place first.
    pub fn down(&mut self, item: ItemId) -> bool {
        let Some(at) = self.at(item) else {
            return false;
        };
        self.change(|places| {
            if places[at].len() > 1 {
                places[at].retain(|one| *one != item);
                places.insert(at + 1, vec![item]);
            } else if at + 1 < places.len() {
                places.swap(at, at + 1);
            }
        })
    }

    /// Puts an item level with the place above it; an item without a place goes level with
    /// the last.
    pub fn level(&mut self, item: ItemId) -> bool {
        let at = self.at(item).unwrap_or(self.places.len());
        let alone = self.places.get(at).is_none_or(|place| place.len() == 1);
        if at == 0 || !alone {
            return false;
        }
        self.change(|places| {
            if let Some(place) = places.get_mut(at) {
                place.clear();
            }
            places[at - 1].push(item);
        })
    }

    /// Takes the last move back.
    pub fn undo(&mut self) -> bool {
        let before = self.before.pop();
        let undone = before.is_some();
        self.places = before.unwrap_or_else(|| self.places.clone());
        undone
    }

    /// Follows the room: `speaker` says which item speaks for an item now, if any. An item
    /// that was merged with a better placed one goes with it.
    pub fn reconcile(&mut self, speaker: impl Fn(ItemId) -> Option<ItemId>) {
        let mut seen = Vec::new();
        let mut follow = |places: &mut Vec<Vec<ItemId>>| {
            seen.clear();
            for place in places.iter_mut() {
                let now: Vec<ItemId> = place.iter().filter_map(|item| speaker(*item)).collect();
                place.clear();
                for item in now {
                    if !seen.contains(&item) {
                        seen.push(item);
                        place.push(item);
                    }
                }
            }
            places.retain(|place| !place.is_empty());
        };
        follow(&mut self.places);
        self.before.iter_mut().for_each(follow);
    }

    /// The ballot that handing in makes of it.
    pub fn ballot(&self) -> Ballot {
        Ballot::Rank(RankBallot::new(self.places.clone()))
    }
}

/// Marks being made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagDraft {
    marks: BTreeMap<ItemId, Mark>,
}

impl TagDraft {
    /// A draft that begins with what was handed in.
    pub fn from_ballot(ballot: &TagBallot) -> Self {
        Self {
            marks: ballot.marks.clone(),
        }
    }

    /// What is said of an item.
    pub fn mark(&self, item: ItemId) -> Option<Mark> {
        self.marks.get(&item).copied()
    }

    /// Says must, nice or neither; own entries are marked so from the start.
    pub fn set(&mut self, item: ItemId, mark: Option<Mark>) {
        match mark {
            Some(mark) => self.marks.insert(item, mark),
            None => self.marks.remove(&item),
        };
    }

    /// One key: must, then nice, then neither.
    pub fn cycle(&mut self, item: ItemId) {
        self.set(
            item,
            match self.mark(item) {
                None => Some(Mark::Must),
                Some(Mark::Must) => Some(Mark::Nice),
                Some(Mark::Nice) => None,
            },
        );
    }

    /// How many are must and how many are nice.
    pub fn counts(&self) -> (usize, usize) {
        let must = self.marks.values().filter(|mark| **mark == Mark::Must);
        let must = must.count();
        (must, self.marks.len() - must)
    }

    /// The ballot that handing in makes of it.
    pub fn ballot(&self) -> Ballot {
        Ballot::Tag(TagBallot {
            people: 1,
            marks: self.marks.clone(),
        })
    }
}

/// Items in an order of a seat's own, so that nobody is first on everybody's list. The same
/// seed gives the same order.
pub fn shuffled(items: &[ItemId], seed: u64) -> Vec<ItemId> {
    let mut state = seed;
    let mut keyed: Vec<(u64, ItemId)> = items
        .iter()
        .map(|item| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            (mixed(state), *item)
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, item)| item).collect()
}

/// `SplitMix64`: spreads the bits of a counter.
fn mixed(state: u64) -> u64 {
    let a = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    b ^ (b >> 31)
}

#[cfg(test)]
mod tests {
    use super::{RankDraft, TagDraft, shuffled};
    use crate::exercise::{ItemId, Mark};

    const A: ItemId = ItemId(1);
    const B: ItemId = ItemId(2);
    const C: ItemId = ItemId(3);

    fn abc() -> RankDraft {
        let mut draft = RankDraft::default();
        for item in [A, B, C] {
            draft.toggle(item);
        }
        draft
    }

    #[test]
    fn space_gives_the_next_place_and_takes_it_away_again() {
        let mut draft = abc();
        assert_eq!(draft.places(), [[A], [B], [C]]);
        draft.toggle(B);
        assert_eq!(draft.places(), [[A], [C]]);
    }

    #[test]
    fn an_item_moves_up_and_down_and_stops_at_the_ends() {
        let mut draft = abc();
        assert!(draft.up(C));
        assert_eq!(draft.places(), [[A], [C], [B]]);
        assert!(!draft.up(A));
        assert!(draft.down(A));
        assert!(!draft.down(B));
        assert_eq!(draft.places(), [[C], [A], [B]]);
    }

    #[test]
    fn level_items_share_a_place_and_part_when_one_moves() {
        let mut draft = abc();
        assert!(draft.level(B));
        assert_eq!(draft.places(), [vec![A, B], vec![C]]);
        assert_eq!((draft.place_of(B), draft.place_of(C)), (Some(1), Some(3)));
        assert!(draft.is_level(A) && !draft.is_level(C));
        assert!(draft.down(A));
        assert_eq!(draft.places(), [[B], [A], [C]]);
        assert!(!draft.level(B), "nobody stands above the first");
    }

    #[test]
    fn undo_takes_back_one_move_at_a_time_down_to_the_empty_ballot() {
        let mut draft = abc();
        draft.level(C);
        assert!(draft.undo());
        assert_eq!(draft.places(), [[A], [B], [C]]);
        assert!(draft.undo() && draft.undo() && draft.undo());
        assert!(draft.places().is_empty());
        assert!(!draft.undo());
    }

    #[test]
    fn a_draft_follows_what_was_merged_and_drops_what_was_hidden() {
        let mut draft = abc();
        draft.reconcile(|item| match item {
            C => Some(A),
            B => None,
            other => Some(other),
        });
        assert_eq!(draft.places(), [[A]]);
    }

    #[test]
    fn one_key_goes_through_must_nice_and_neither() {
        let mut draft = TagDraft::default();
        draft.cycle(A);
        assert_eq!((draft.mark(A), draft.counts()), (Some(Mark::Must), (1, 0)));
        draft.cycle(A);
        assert_eq!((draft.mark(A), draft.counts()), (Some(Mark::Nice), (0, 1)));
        draft.cycle(A);
        assert_eq!(draft.mark(A), None);
    }

    #[test]
    fn every_seat_has_its_own_order_and_keeps_it() {
        let items: Vec<ItemId> = (1..=15).map(ItemId).collect();
        assert_eq!(shuffled(&items, 7), shuffled(&items, 7));
        assert_ne!(shuffled(&items, 7), shuffled(&items, 8));
        let mut sorted = shuffled(&items, 7);
        sorted.sort_unstable();
        assert_eq!(sorted, items);
    }
}
