//! What a form wants done, as commands of a participant.
//!
//! Owns the way from fields to a command and back to a page. Decides nothing that the rules
//! decide: it says only what browsers make necessary to ask. Is the form for the exercise and the
//! round that the room is in? Was it sent twice? An act that was done leads to a page that can be
//! fetched again; one that was not gives everything back that was typed.

use super::door::Door;
use super::form::Form;
use super::route::{Deed, Query};
use super::sheet::{Faults, places, read_ranks, read_tags};
use super::view::{Back, OWN, mark, own};
use crate::exercise::ballot::Ballot;
use crate::exercise::ballot_box::Replaces;
use crate::exercise::text::{ITEM, clean};
use crate::exercise::{Act, Command, Exercise, ExerciseId, ItemId, Token, Vote};
use crate::room::Room;

/// What became of an act.
pub(super) enum Done {
    /// It was done and is kept; where to go.
    Go(String),
    /// It was not; the page that says so.
    Again(Query, Back),
}

const MOVED_ON: &str = "The room has gone on to another exercise since.";
const NEW_ROUND: &str = "A new round has begun since. Look at it once more and hand it in.";

/// Does what a form of a seat wants.
pub(super) async fn act(door: &Door, token: Token, deed: Deed, form: Form) -> Done {
    let room = door.hall.room();
    let wanted = form.number("run").map(ExerciseId);
    let Some(run) = attended(&room).filter(|run| Some(run.id) == wanted) else {
        return again(MOVED_ON, form);
    };
    match deed {
        Deed::Join => Done::Go("/".to_owned()),
        Deed::Name => {
            // One after the other, so that a double tap finds what its first half named.
            let _turn = door.naming.lock().await;
            let room = door.hall.room();
            match attended(&room).filter(|run| Some(run.id) == wanted) {
                Some(run) => name(door, token, run, form).await,
                None => again(MOVED_ON, form),
            }
        }
        Deed::Reword => reword(door, token, run, form).await,
        Deed::TakeBack => take_back(door, token, run, form).await,
        Deed::Tag => {
            let ballot = Ballot::Tag(read_tags(&form));
            hand_in(door, token, run, ballot, form).await
        }
        Deed::Rank => match read_ranks(&form, places(run), run.settings.ties) {
            Ok(ballot) => hand_in(door, token, run, Ballot::Rank(ballot), form).await,
            Err(faults) => wrong_places(form, faults),
        },
        Deed::Withdraw => withdraw(door, token, run, form).await,
    }
}

fn attended(room: &Room) -> Option<&Exercise> {
    room.session.as_deref()?.exercises.current()
}

fn again(said: &str, form: Form) -> Done {
    refused(Query::default(), said, form)
}

fn refused(query: Query, why: &str, form: Form) -> Done {
    let back = Back {
        said: Some(sentence(why)),
        form: Some(form),
        faults: Faults::new(),
    };
    Done::Again(query, back)
}

fn wrong_places(form: Form, faults: Faults) -> Done {
    let said = match faults.len() {
        1 => "Not handed in: one place needs another look.".to_owned(),
        n => format!("Not handed in: {n} places need another look."),
    };
    let back = Back {
        said: Some(said),
        form: Some(form),
        faults,
    };
    Done::Again(Query::default(), back)
}

/// A reason as a sentence of its own.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let mut said = first.unwrap_or_default() + letters.as_str();
    if !said.ends_with(['.', '?', '!']) {
        said.push('.');
    }
    said
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
        let why = format!("{OWN} items from one seat are enough; tell the room the others");
        return again(&why, form);
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
        Err(why) => again(&why, form),
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
            refused(query, &why, form)
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
                said: Some(sentence(&why)),
                ..Back::default()
            },
        ),
    }
}

async fn hand_in(door: &Door, token: Token, run: &Exercise, ballot: Ballot, form: Form) -> Done {
    let vote = ballot.vote();
    let filled_for: Option<u16> = form.number("round");
    // A form of a round that is over would count in one that its reader never saw.
    let open = run.open_round(vote).map(|round| round.number);
    if open.is_some() && open != filled_for {
        return again(NEW_ROUND, form);
    }
    let act = Act::HandIn {
        ballot,
        key: token.key(),
        replaces: Replaces::MayBe,
    };
    match door.propose(Command::In(run.id, act)).await {
        Ok(()) => Done::Go("/".to_owned()),
        Err(why) => again(&why, form),
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
        Ok(()) => Done::Go("/".to_owned()),
        Err(why) => Done::Again(
            Query::default(),
            Back {
                said: Some(sentence(&why)),
                ..Back::default()
            },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_reason_becomes_a_sentence() {
        assert_eq!(sentence("no items"), "No items.");
        assert_eq!(sentence("Done."), "Done.");
        assert_eq!(sentence(""), ".");
    }
}
