//! A ballot form that was sent, put together with what its other parts say.
//!
//! Owns what counts where a ballot goes over several pages: what is sent now, else what the phone
//! kept of the other parts, else what the seat handed in before or said of its own items. Nothing
//! that was marked is lost on the way from one part to the next. Pure.

use std::collections::BTreeSet;

use super::form::Form;
use super::kept::Kept;
use super::sheet::{Faults, Sheet, no_places, places, read_ranks, read_tags};
use super::view::own;
use crate::exercise::ballot::Ballot;
use crate::exercise::{Exercise, ItemId, RoundId, Token, Vote};

/// A ballot form with everything that it says.
pub(super) struct Filled {
    /// All fields.
    pub(super) form: Form,
    /// What the phone is to keep until it is handed in; nothing where one page holds it all, or
    /// where its round is over.
    pub(super) kept: Option<Kept>,
    /// The part that was sent.
    pub(super) part: Option<usize>,
}

impl Filled {
    /// The part that is wanted instead of handing in.
    pub(super) fn turns(&self) -> Option<usize> {
        self.part?;
        self.form.number("to")
    }
}

/// Puts a form together. A form of one page says everything by itself.
pub(super) fn filled(
    run: &Exercise,
    vote: Vote,
    token: Token,
    (form, kept): (Form, Option<Kept>),
    held: &[(RoundId, Ballot)],
) -> Filled {
    let part = form.number("part");
    if part.is_none() {
        return Filled {
            form,
            kept: None,
            part,
        };
    }
    let of = |round: RoundId| Some(round.number) == form.number("round");
    let kept = kept.filter(|kept| kept.round.exercise == run.id && kept.round.vote == vote);
    let kept = kept.filter(|kept| of(kept.round));
    let open = run.open_round(vote).map(|round| run.round_id(round));
    let other = match (kept, open) {
        // What was taken off the ballot meanwhile is no mistake of whoever marked it.
        (Some(mut kept), _) => {
            let here = items(run, vote);
            kept.values.retain(|id, _| here.contains(id));
            kept.form()
        }
        (None, Some(round)) => begun(run, round, token, held),
        (None, None) => Form::default(),
    };
    let form = form.completed(&other);
    Filled {
        kept: open.map(|round| Kept::of(round, &form)),
        form,
        part,
    }
}

/// What a sheet says before anything is filled in.
fn begun(run: &Exercise, round: RoundId, token: Token, held: &[(RoundId, Ballot)]) -> Form {
    let held = held.iter().find(|(id, _)| *id == round);
    let sheet = match (round.vote, held.map(|(_, ballot)| ballot)) {
        (Vote::Tag, Some(Ballot::Tag(held))) => Sheet::tags(run, round, &[], Some(held), None),
        (Vote::Tag, _) => Sheet::tags(run, round, &own(run, token).0, None, None),
        (Vote::Rank, Some(Ballot::Rank(held))) => Sheet::ranks(run, round, token, Some(held), None),
        (Vote::Rank, _) => Sheet::ranks(run, round, token, None, None),
    };
    sheet.form()
}

fn items(run: &Exercise, vote: Vote) -> BTreeSet<ItemId> {
    let all = match vote {
        Vote::Tag => run.candidates(),
        Vote::Rank => run.ranked(),
    };
    all.into_iter().map(|one| one.id).collect()
}

/// The ballot of a form, or what is wrong with it beside each item.
pub(super) fn ballot(run: &Exercise, vote: Vote, form: &Form) -> Result<Ballot, Faults> {
    match vote {
        Vote::Tag => Ok(Ballot::Tag(read_tags(form))),
        Vote::Rank => read_ranks(form, places(run), run.settings.ties).map(Ballot::Rank),
    }
}

/// What of a form cannot be kept as it is.
pub(super) fn unkept(run: &Exercise, vote: Vote, form: &Form) -> Faults {
    match vote {
        Vote::Tag => Faults::new(),
        Vote::Rank => no_places(form, places(run)),
    }
}
