//! What a form wants done, as commands of a participant.
//!
//! Owns the way from fields to a command and back to a page. Decides nothing that the rules
//! decide: it says only what browsers make necessary to ask. Is the form for the exercise and the
//! round that the room is in? Was it sent twice? An act that was done leads to a page that can be
//! fetched again; one that was not gives everything back that was typed.

use super::door::Door;
use super::fill::{self, Filled};
use super::form::Form;
use super::kept::Kept;
use super::route::{Deed, Query};
use super::sheet::Faults;
use super::view::{Back, OWN, Why, mark, own};
use crate::exercise::ballot_box::Replaces;
use crate::exercise::text::{ITEM, clean};
use crate::exercise::{Act, Command, Exercise, ExerciseId, ItemId, Token, Vote};
use crate::room::Room;

/// What became of an act.
pub(super) enum Done {
    /// It was done and is kept; where to go.
    Go(String),
    /// A ballot is in, or taken back; the phone has nothing of it to keep any more.
    Settled,
    /// Another part of a ballot is wanted; what the phone is to keep meanwhile, and where to go.
    Turn(Kept, String),
    /// It was not done; the page that says so.
    Again(Query, Back),
}

/// Does what a form of a seat wants.
pub(super) async fn act(
    door: &Door,
    token: Token,
    deed: Deed,
    form: Form,
    kept: Option<Kept>,
) -> Done {
    let room = door.hall.room();
    let wanted = form.number("run").map(ExerciseId);
    let Some(run) = attended(&room).filter(|run| Some(run.id) == wanted) else {
        return again(Why::MovedOn, form);
    };
    match deed {
        Deed::Join => Done::Go("/".to_owned()),
        Deed::Name => {
            // One after the other, so that a double tap finds what its first half named.
            let _turn = door.naming.lock().await;
            let room = door.hall.room();
            match attended(&room).filter(|run| Some(run.id) == wanted) {
                Some(run) => name(door, token, run, form).await,
                None => again(Why::MovedOn, form),
            }
        }
        Deed::Reword => reword(door, token, run, form).await,
        Deed::TakeBack => take_back(door, token, run, form).await,
        Deed::Tag => vote(door, token, (run, Vote::Tag), form, kept).await,
        Deed::Rank => vote(door, token, (run, Vote::Rank), form, kept).await,
        Deed::Withdraw => withdraw(door, token, run, form).await,
    }
}

fn attended(room: &Room) -> Option<&Exercise> {
    room.session.as_deref()?.exercises.current()
}

fn again(said: Why, form: Form) -> Done {
    refused(Query::default(), said, form)
}

fn refused(query: Query, why: Why, form: Form) -> Done {
    let back = Back {
        said: Some(why),
        form: Some(form),
        ..Back::default()
    };
    Done::Again(query, back)
}

/// A ballot that was not handed in: everything that it says comes back.
fn not_in(filled: Filled, why: Why, faults: Faults) -> Done {
    let query = Query {
        change: true,
        part: filled.part,
        ..Query::default()
    };
    let back = Back {
        said: Some(why),
        faults,
        kept: filled.kept,
        form: Some(filled.form),
    };
    Done::Again(query, back)
}

fn wrong_places(filled: Filled, faults: Faults, turned: bool) -> Done {
    let said = Why::Places {
        faults: faults.len(),
        turned,
    };
    // The part with the first of them is shown.
    let filled = Filled {
        part: None,
        ..filled
    };
    not_in(filled, said, faults)
}

async fn name(door: &Door, token: Token, run: &Exercise, form: Form) -> Done {
    let text = form.get("text").unwrap_or_default().to_owned();
    let asked: Option<u32> = form.number("n").filter(|n| *n < OWN);
    let (_, next) = own(run, token);
    // The same form came twice: a double tap, or a reload.
    if let Some(item) = asked.and_then(|n| claimed(run, token, n))
        && clean(&text, ITEM).is_ok_and(|text| is_worded(run, item, &text))
    {
        return Done::Go(near(item));
    }
    if next >= OWN {
        return again(Why::Enough, form);
    }
    let act = Act::Name {
        text,
        mark: mark(&form),
        claim: Some(token.claim(run.id, next)),
    };
    match door.propose(Command::In(run.id, act)).await {
        Ok(()) => {
            let room = door.hall.room();
            let named = attended(&room).and_then(|run| claimed(run, token, next));
            Done::Go(named.map_or_else(|| "/".to_owned(), near))
        }
        Err(why) => again(Why::Rule(why), form),
    }
}

fn near(item: ItemId) -> String {
    format!("/?near={}", item.0)
}

fn claimed(run: &Exercise, token: Token, n: u32) -> Option<ItemId> {
    let claim = token.claim(run.id, n);
    let mut items = run.items.values();
    Some(items.find(|item| item.is_claimed_by(claim))?.id)
}

fn is_worded(run: &Exercise, item: ItemId, text: &str) -> bool {
    run.item(item).is_some_and(|item| item.words() == text)
}

/// The claim by which the seat named an item; that of nothing where it did not.
fn claim_of(run: &Exercise, token: Token, item: ItemId) -> crate::exercise::Claim {
    let mut numbers = 0..OWN;
    let n = numbers.find(|n| claimed(run, token, *n) == Some(item));
    token.claim(run.id, n.unwrap_or(OWN))
}

async fn reword(door: &Door, token: Token, run: &Exercise, form: Form) -> Done {
    let item = form.item("item").unwrap_or_default();
    let act = Act::Reword {
        item,
        text: form.get("text").unwrap_or_default().to_owned(),
        claim: claim_of(run, token, item),
    };
    let same = clean(form.get("text").unwrap_or_default(), ITEM)
        .is_ok_and(|text| is_worded(run, item, &text));
    if same {
        return Done::Go("/".to_owned());
    }
    match door.propose(Command::In(run.id, act)).await {
        Ok(()) => Done::Go(near(item)),
        Err(why) => {
            let query = Query {
                item: Some(item),
                ..Query::default()
            };
            refused(query, Why::Rule(why), form)
        }
    }
}

async fn take_back(door: &Door, token: Token, run: &Exercise, form: Form) -> Done {
    let item = form.item("item").unwrap_or_default();
    let claim = claim_of(run, token, item);
    let act = Act::TakeBack { item, claim };
    match door.propose(Command::In(run.id, act)).await {
        Ok(()) => Done::Go("/".to_owned()),
        Err(why) => Done::Again(
            Query::default(),
            Back {
                said: Some(Why::Rule(why)),
                ..Back::default()
            },
        ),
    }
}

/// Hands a ballot in, or turns to another part of it.
async fn vote(
    door: &Door,
    token: Token,
    (run, vote): (&Exercise, Vote),
    form: Form,
    kept: Option<Kept>,
) -> Done {
    // Only where a form is silent about other parts, it matters what was handed in before.
    let held = if form.get("part").is_some() && kept.is_none() {
        door.hall.held(token).await
    } else {
        Vec::new()
    };
    let filled = fill::filled(run, vote, token, (form, kept), &held);
    if let Some(to) = filled.turns() {
        return turn(run, vote, filled, to);
    }
    // A form of a round that is over would count in one that its reader never saw.
    let open = run.open_round(vote).map(|round| round.number);
    if open.is_some() && open != filled.form.number("round") {
        return not_in(filled, Why::NewRound, Faults::new());
    }
    let ballot = match fill::ballot(run, vote, &filled.form) {
        Ok(ballot) => ballot,
        Err(faults) => return wrong_places(filled, faults, false),
    };
    let act = Act::HandIn {
        ballot,
        key: token.key(),
        replaces: Replaces::MayBe,
    };
    match door.propose(Command::In(run.id, act)).await {
        Ok(()) => Done::Settled,
        Err(why) => not_in(filled, Why::Rule(why), Faults::new()),
    }
}

/// What stands on a part is kept by the phone before another is shown.
fn turn(run: &Exercise, vote: Vote, filled: Filled, to: usize) -> Done {
    let faults = fill::unkept(run, vote, &filled.form);
    if !faults.is_empty() {
        return wrong_places(filled, faults, true);
    }
    let query = Query {
        change: true,
        ..Query::default()
    };
    match filled.kept {
        Some(kept) => Done::Turn(kept, query.address(Some(to))),
        // The round is over: the page says what is on now.
        None => Done::Go("/".to_owned()),
    }
}

async fn withdraw(door: &Door, token: Token, run: &Exercise, form: Form) -> Done {
    let vote = match form.get("vote") {
        Some("rank") => Vote::Rank,
        _ => Vote::Tag,
    };
    // Sent twice: it is gone already.
    let held = door.hall.held(token).await;
    if !held
        .iter()
        .any(|(round, _)| round.vote == vote && round.exercise == run.id)
    {
        return Done::Go("/".to_owned());
    }
    let key = token.key();
    let act = Act::Withdraw { vote, key };
    match door.propose(Command::In(run.id, act)).await {
        Ok(()) => Done::Settled,
        Err(why) => Done::Again(
            Query::default(),
            Back {
                said: Some(Why::Rule(why)),
                ..Back::default()
            },
        ),
    }
}
