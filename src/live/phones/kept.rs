//! What a seat has filled in of a ballot that goes over several pages, and not handed in yet.
//!
//! Owns the cookie in which it travels: on the phone alone, so that a reload, the way back, a
//! second tab and a new start of this program all find it, and nothing of it has to be held here.
//! It counts nowhere. It is tied to the seat, the session and the round, so that what was begun
//! in another room is never taken for this one's.

use std::collections::BTreeMap;

use hyper::HeaderMap;

use super::form::Form;
use super::seat;
use crate::exercise::{ExerciseId, ItemId, RoundId, Token, Vote};
use crate::live::code::Code;
use crate::room::Room;

const NAME: &str = "pim_kept";
/// Browsers keep cookies of four thousand bytes.
const LONGEST: usize = 3_600;

/// Marks or places of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// The round that they are for.
    pub(super) round: RoundId,
    /// By item, as a form says them: `m`, `n`, `o`, or a place.
    pub(super) values: BTreeMap<ItemId, String>,
}

impl Kept {
    /// What a form says for a round, where it is anything.
    pub(super) fn of(round: RoundId, form: &Form) -> Self {
        let said = form.items().filter(|(_, value)| !value.trim().is_empty());
        Self {
            round,
            values: said
                .map(|(id, value)| (id, value.trim().to_owned()))
                .collect(),
        }
    }

    /// What a request shows, if it is of this seat in this room.
    pub(super) fn shown(
        headers: &HeaderMap,
        code: &Code,
        room: &Room,
        token: Token,
    ) -> Option<Self> {
        let sent = seat::cookie(headers, NAME)?;
        let (said, proof) = sent.rsplit_once('.')?;
        seat::same(proof, &proved(token, code, room)?).then(|| read(said))?
    }

    /// The cookie that keeps it; none where a phone cannot keep so much.
    pub(super) fn cookie(
        &self,
        code: &Code,
        room: &Room,
        token: Token,
        secure: bool,
    ) -> Option<String> {
        let said = self.written()?;
        let proof = proved(token, code, room)?;
        (said.len() <= LONGEST)
            .then(|| seat::set(NAME, &format!("{said}.{proof}"), "Strict", secure))
    }

    /// The cookie that ends it.
    pub(super) fn gone(secure: bool) -> String {
        seat::end(NAME, secure)
    }

    /// The same as a form.
    pub(super) fn form(&self) -> Form {
        Form::of_items(&self.values)
    }

    /// `RUN.VOTE.ROUND.` and an entry an item: how many items lie between it and the one before,
    /// where any do, then its letter; a place is an `r`, the number and a comma.
    fn written(&self) -> Option<String> {
        let vote = match self.round.vote {
            Vote::Tag => 't',
            Vote::Rank => 'r',
        };
        let mut said = format!("{}.{vote}.{}.", self.round.exercise.0, self.round.number);
        let mut next = 0;
        for (id, value) in &self.values {
            let between = id.0.checked_sub(next)?;
            if between > 0 {
                said += &between.to_string();
            }
            match value.as_str() {
                "m" | "n" | "o" => said += value,
                place => said += &format!("r{},", place.parse::<u16>().ok()?),
            }
            next = id.0.checked_add(1)?;
        }
        Some(said)
    }
}

fn read(said: &str) -> Option<Kept> {
    let mut fields = said.splitn(4, '.');
    let exercise = ExerciseId(fields.next()?.parse().ok()?);
    let vote = match fields.next()? {
        "t" => Vote::Tag,
        "r" => Vote::Rank,
        _ => return None,
    };
    let number = fields.next()?.parse().ok()?;
    let mut values = BTreeMap::new();
    let (mut next, mut rest) = (0_u16, fields.next()?);
    while !rest.is_empty() {
        let (between, after) = digits(rest);
        let between = if between.is_empty() {
            0
        } else {
            between.parse().ok()?
        };
        let id = next.checked_add(between)?;
        let mut letters = after.chars();
        let value = match letters.next()? {
            'r' => {
                let (place, after) = digits(letters.as_str());
                rest = after.strip_prefix(',')?;
                place.parse::<u16>().ok()?.to_string()
            }
            letter @ ('m' | 'n' | 'o') => {
                rest = letters.as_str();
                letter.to_string()
            }
            _ => return None,
        };
        values.insert(ItemId(id), value);
        next = id.checked_add(1)?;
    }
    let round = RoundId {
        exercise,
        vote,
        number,
    };
    Some(Kept { round, values })
}

/// The digits at the beginning of a text, and what comes after them.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

fn proved(token: Token, code: &Code, room: &Room) -> Option<String> {
    let opened = room.session.as_deref()?.meta.opened;
    let opened = format!("{opened:?}");
    let parts = ["phones kept", code.as_str(), &token.code(), &opened];
    Some(seat::digest(&parts))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use proptest::prelude::*;

    use super::{Kept, read};
    use crate::exercise::{ExerciseId, ItemId, RoundId, Vote};

    fn kept(vote: Vote, values: &[(u16, &str)]) -> Kept {
        let values = values
            .iter()
            .map(|(id, value)| (ItemId(*id), (*value).to_owned()));
        Kept {
            round: RoundId {
                exercise: ExerciseId(3),
                vote,
                number: 2,
            },
            values: values.collect(),
        }
    }

    #[test]
    fn it_is_short_and_comes_back_as_it_was() {
        let marks = kept(Vote::Tag, &[(1, "m"), (2, "o"), (3, "n"), (40, "m")]);
        assert_eq!(marks.written().unwrap(), "3.t.2.1mon36m");
        let places = kept(Vote::Rank, &[(7, "12"), (8, "1")]);
        assert_eq!(places.written().unwrap(), "3.r.2.7r12,r1,");
        for one in [marks, places] {
            assert_eq!(read(&one.written().unwrap()), Some(one));
        }
    }

    #[test]
    fn what_is_none_is_nothing() {
        for said in [
            "",
            "3",
            "3.x.1.m",
            "3.t.1.z",
            "3.t.1.70000m",
            "3.t.1.65535mm",
            "3.r.1.r1",
            "3.r.1.r70000,",
        ] {
            assert_eq!(read(said), None, "{said}");
        }
        assert_eq!(kept(Vote::Rank, &[(1, "first")]).written(), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(said in "[0-9trmno.,é]{0,40}") {
            let _ = read(&said);
        }

        #[test]
        fn any_marks_come_back(ids in proptest::collection::btree_set(0_u16..2_000, 0..200)) {
            let values: Vec<(u16, &str)> = ids.iter().map(|id| (*id, if id % 2 == 0 { "m" } else { "77" })).collect();
            let one = kept(Vote::Tag, &values);
            prop_assert_eq!(read(&one.written().unwrap()), Some(one));
        }
    }
}
