//! Ballots as forms: what a seat fills in, and what it then means.
//!
//! Owns the reading of both kinds. What was typed comes back beside what is wrong with it, and
//! nothing of it is lost. A number left out is no mistake: places are an order, and an order has
//! no holes.

use std::collections::{BTreeMap, BTreeSet};

use super::form::Form;
use crate::exercise::draft::shuffled;
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, ItemId, Mark, RankBallot, RoundId, TagBallot, Token};

/// An item on a ballot to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Which one.
    pub(super) id: ItemId,
    /// Its words.
    pub(super) words: String,
    /// What is said of it so far: `m`, `n`, `o`, a place, or nothing.
    pub(super) value: String,
    /// What is wrong with that.
    pub(super) fault: Option<Fault>,
}

/// A ballot to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The round that it is for.
    pub(super) round: RoundId,
    /// The items, in this seat's order.
    pub(super) entries: Vec<Entry>,
    /// The most places; 0 where there are none to give.
    pub(super) places: usize,
    /// Whether places can be shared.
    pub(super) ties: bool,
    /// Whether a ballot is in that this one replaces.
    pub(super) replaces: bool,
}

/// What is wrong with a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Several items have it, and places are not shared.
    Shared {
        /// The place.
        place: usize,
        /// How many items.
        items: usize,
    },
    /// It is none from 1 to this.
    NoPlace(usize),
}

/// What is wrong with places, by item.
pub(super) type Faults = BTreeMap<ItemId, Fault>;

/// The most places that a seat can give.
pub(super) fn places(run: &Exercise) -> usize {
    let items = run.ranked().len();
    match usize::from(run.settings.places) {
        0 => items,
        most => most.min(items),
    }
}

impl Sheet {
    /// Everything that it says, as a form.
    pub(super) fn form(&self) -> Form {
        let values = self.entries.iter();
        let values = values.map(|entry| (entry.id, entry.value.clone()));
        Form::of_items(&values.collect())
    }

    /// Must and nice: as typed, else as handed in, else as the seat said when it named an item.
    pub(super) fn tags(
        run: &Exercise,
        round: RoundId,
        own: &[ItemId],
        held: Option<&TagBallot>,
        typed: Option<&Form>,
    ) -> Self {
        let typed: Option<BTreeMap<ItemId, &str>> = typed.map(|form| form.items().collect());
        let value = |one: &Candidate| {
            if let Some(typed) = &typed {
                return typed.get(&one.id).copied().unwrap_or_default();
            }
            match held {
                Some(held) => held.marks.get(&one.id).map_or("o", |mark| letter(*mark)),
                None => named(run, own, one).map_or("", letter),
            }
        };
        let entries = run.candidates().into_iter().map(|one| Entry {
            id: one.id,
            value: value(&one).to_owned(),
            words: one.words,
            fault: None,
        });
        Self {
            round,
            entries: entries.collect(),
            places: 0,
            ties: false,
            replaces: held.is_some(),
        }
    }

    /// Places: as typed, else as handed in. Nobody is first on everybody's list.
    pub(super) fn ranks(
        run: &Exercise,
        round: RoundId,
        token: Token,
        held: Option<&RankBallot>,
        typed: Option<(&Form, &Faults)>,
    ) -> Self {
        let mut words: BTreeMap<ItemId, String> = run
            .ranked()
            .into_iter()
            .map(|one| (one.id, one.words))
            .collect();
        let ids: Vec<ItemId> = words.keys().copied().collect();
        let values: BTreeMap<ItemId, String> = match (typed, held) {
            (Some((form, _)), _) => form
                .items()
                .map(|(id, value)| (id, value.to_owned()))
                .collect(),
            (None, Some(held)) => (1..)
                .zip(&held.places)
                .flat_map(|(place, items)| items.iter().map(move |id| (*id, format!("{place}"))))
                .collect(),
            (None, None) => BTreeMap::new(),
        };
        let fault = |id| typed.and_then(|(_, faults)| faults.get(&id).copied());
        let entries = shuffled(&ids, token.order(run.id))
            .into_iter()
            .map(|id| Entry {
                id,
                words: words.remove(&id).unwrap_or_default(),
                value: values.get(&id).cloned().unwrap_or_default(),
                fault: fault(id),
            });
        Self {
            round,
            entries: entries.collect(),
            places: places(run),
            ties: run.settings.ties,
            replaces: held.is_some(),
        }
    }
}

const fn letter(mark: Mark) -> &'static str {
    match mark {
        Mark::Must => "m",
        Mark::Nice => "n",
    }
}

/// What a seat said of its own items when it named them.
fn named(run: &Exercise, own: &[ItemId], candidate: &Candidate) -> Option<Mark> {
    let own = candidate.members.iter().filter(|id| own.contains(id));
    own.filter_map(|id| run.item(*id)?.named).min()
}

/// The marks of a form. What is left open is neither.
pub(super) fn read_tags(form: &Form) -> TagBallot {
    TagBallot::new(form.items().filter_map(|(id, value)| match value {
        "m" => Some((id, Mark::Must)),
        "n" => Some((id, Mark::Nice)),
        _ => None,
    }))
}

/// The order of a form, or what is wrong with it beside each item.
pub(super) fn read_ranks(form: &Form, most: usize, ties: bool) -> Result<RankBallot, Faults> {
    let (places, mut faults) = numbers(form, most);
    for (place, items) in places.iter().filter(|(_, items)| !ties && items.len() > 1) {
        let fault = Fault::Shared {
            place: *place,
            items: items.len(),
        };
        faults.extend(items.iter().map(|id| (*id, fault)));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let places = places
        .into_values()
        .map(|items| items.into_iter().collect());
    Ok(RankBallot::new(places.collect()))
}

/// What of a form is no place at all.
pub(super) fn no_places(form: &Form, most: usize) -> Faults {
    numbers(form, most).1
}

/// The items on each place, and what is no place.
fn numbers(form: &Form, most: usize) -> (BTreeMap<usize, BTreeSet<ItemId>>, Faults) {
    let mut faults = Faults::new();
    let mut places: BTreeMap<usize, BTreeSet<ItemId>> = BTreeMap::new();
    for (id, value) in form.items().filter(|(_, value)| !value.trim().is_empty()) {
        match value.trim().parse::<usize>() {
            Ok(place) if (1..=most).contains(&place) => {
                places.entry(place).or_default().insert(id);
            }
            _ => {
                faults.insert(id, Fault::NoPlace(most));
            }
        }
    }
    (places, faults)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::{Fault, Form, ItemId, read_ranks, read_tags};
    use crate::exercise::Mark;

    #[test]
    fn an_order_has_no_holes_and_an_empty_form_is_a_blank_ballot() {
        let form = Form::read(b"i1=4&i2=&i3=2&i4=2");
        let ballot = read_ranks(&form, 5, true).unwrap();
        assert_eq!(ballot.places, [vec![ItemId(3), ItemId(4)], vec![ItemId(1)]]);
        let blank = read_ranks(&Form::read(b"i1=&i2="), 5, true).unwrap();
        assert!(blank.places.is_empty());
    }

    #[test]
    fn what_is_wrong_is_said_beside_each_item() {
        let form = Form::read(b"i1=1&i2=1&i3=6&i4=first&i5=-1&i6=2");
        let faults = read_ranks(&form, 5, false).unwrap_err();
        let ids: Vec<u16> = faults.keys().map(|id| id.0).collect();
        assert_eq!(ids, [1, 2, 3, 4, 5]);
        assert_eq!(faults[&ItemId(1)], Fault::Shared { place: 1, items: 2 });
        assert_eq!(faults[&ItemId(3)], Fault::NoPlace(5));
    }

    #[test]
    fn what_is_left_open_is_neither() {
        let ballot = read_tags(&Form::read(b"i1=m&i2=n&i3=o&i4=&i5=x&run=3"));
        let marks: Vec<_> = ballot.marks.into_iter().collect();
        assert_eq!(marks, [(ItemId(1), Mark::Must), (ItemId(2), Mark::Nice)]);
    }
}
