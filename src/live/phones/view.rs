//! What one seat's page shows, as plain data.
//!
//! Owns the choice of the page from the room, the seat's own ballots and what is wanted; knows
//! neither HTML nor network. The same input gives the same page. Nothing of other seats is in it
//! but what is on the wall.

use std::sync::Arc;

use super::form::Form;
use super::kept::Kept;
use super::parts;
use super::results::Results;
use super::route::Query;
use super::sheet::{Faults, Sheet, places, read_ranks};
use crate::app::Reason;
use crate::exercise::alike::alike;
use crate::exercise::ballot::Ballot;
use crate::exercise::timer::Timer;
use crate::exercise::{
    Exercise, ExerciseId, Item, ItemId, Mark, Phase, RoundId, Standing, Time, Token, Vote,
};
use crate::hints::{Hints, Language, filled, hints, sentence};
use crate::room::{Room, RoomState};

/// The most items that one seat names in a run.
pub(super) const OWN: u32 = 60;

/// A page before it is written.
#[derive(Debug)]
pub(super) struct View {
    /// The number of what it shows.
    pub(super) version: u64,
    /// The scenario, and who takes part.
    pub(super) title: Option<String>,
    /// What the room is asked.
    pub(super) ask: &'static str,
    /// In which language it is written.
    pub(super) language: Language,
    /// Seconds left when the page was made, and whether they run.
    pub(super) left: Option<(u32, bool)>,
    /// What the seat is told first.
    pub(super) said: Vec<String>,
    /// What was typed and could not be kept, where no field of the page holds it.
    pub(super) typed: Option<String>,
    /// The run that forms are for.
    pub(super) run: Option<ExerciseId>,
    /// A ballot that waits for the next round.
    pub(super) late: Option<Vote>,
    /// How it was asked for.
    pub(super) query: Query,
    /// Whether something on it was typed and is not kept yet.
    pub(super) has_typed: bool,
    /// The page itself.
    pub(super) body: Body,
}

/// The part of a page that is its own.
#[derive(Debug)]
pub(super) enum Body {
    /// Nothing to do; what is waited for.
    Wait(&'static str),
    /// People arrive; the brief of the scenario, where one was written.
    Lobby(Option<String>),
    /// Naming.
    Collect(Collect),
    /// An own item is changed.
    Reword(Reword),
    /// Must and nice are filled in.
    Tag(Sheet),
    /// An order is filled in.
    Rank(Sheet),
    /// The own ballot is in.
    In(HandedIn),
    /// Results.
    Results {
        /// All of them.
        results: Arc<Results>,
        /// Which one is wanted.
        wanted: Option<Vote>,
    },
}

/// An own item that is changed.
#[derive(Debug)]
pub(super) struct Reword {
    /// Which one.
    pub(super) item: ItemId,
    /// Its words, or what was typed instead.
    pub(super) words: String,
    /// What is wrong with them.
    pub(super) fault: Option<String>,
}

/// Naming: what is typed, and what this seat named.
#[derive(Debug)]
pub(super) struct Collect {
    /// The number of the next own item, so that sending a form twice names one item.
    pub(super) next: u32,
    /// What was typed and is not kept yet.
    pub(super) text: String,
    /// What is wrong with it.
    pub(super) fault: Option<String>,
    /// Must or nice, as typed.
    pub(super) mark: Option<Mark>,
    /// Whether items wait for the facilitator.
    pub(super) moderated: bool,
    /// This seat's items, the newest first.
    pub(super) own: Vec<Own>,
    /// Whether the newest was named just now.
    pub(super) kept: bool,
    /// Items on the wall that may mean the same as the newest.
    pub(super) near: Vec<String>,
}

/// An item that this seat named.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Own {
    /// Which one.
    pub(super) id: ItemId,
    /// Its words.
    pub(super) words: String,
    /// What was said of it.
    pub(super) mark: Option<Mark>,
    /// Where it stands.
    pub(super) standing: Standing,
    /// Whether it can be changed: what is in a group cannot.
    pub(super) is_free: bool,
}

/// A ballot that is in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HandedIn {
    /// Of which vote.
    pub(super) vote: Vote,
    /// What it says: a sign or place, and the item.
    pub(super) lines: Vec<(String, String)>,
    /// Whether it can be changed now.
    pub(super) is_open: bool,
    /// Whether its owner began to change it and has not handed in yet.
    pub(super) began: bool,
}

/// What a form gives back that could not be done.
#[derive(Debug, Default)]
pub(super) struct Back {
    /// Why not.
    pub(super) said: Option<Why>,
    /// What was typed.
    pub(super) form: Option<Form>,
    /// What is wrong with places.
    pub(super) faults: Faults,
    /// What the phone is to keep of a ballot that goes over several pages.
    pub(super) kept: Option<Kept>,
}

/// Why something was not done.
#[derive(Debug)]
pub(super) enum Why {
    /// The rules say so, or a machine.
    Rule(Reason),
    /// The room is in another exercise.
    MovedOn,
    /// The form was for a round that is over.
    NewRound,
    /// One seat named enough.
    Enough,
    /// So many places need another look.
    Places {
        /// How many.
        faults: usize,
        /// Whether another part was wanted instead of handing in.
        turned: bool,
    },
}

impl Why {
    fn said(&self, hints: &Hints) -> String {
        let said = &hints.phone;
        match self {
            Self::Rule(why) => sentence(&hints.reason(why)),
            Self::MovedOn => said.moved_on.clone(),
            Self::NewRound => said.new_round.clone(),
            Self::Enough => filled(&said.enough, &[("n", &OWN)]),
            Self::Places { faults, turned } => {
                let not = if *turned { &said.not_on } else { &said.not_in };
                let what = match faults {
                    1 => said.one_place.clone(),
                    n => filled(&said.places, &[("n", n)]),
                };
                format!("{not}: {what}")
            }
        }
    }
}

/// Everything that a page is made from.
pub(super) struct Look<'a> {
    pub(super) room: &'a Room,
    pub(super) version: u64,
    pub(super) token: Token,
    pub(super) held: &'a [(RoundId, Ballot)],
    pub(super) query: &'a Query,
    pub(super) language: Language,
    pub(super) back: &'a Back,
    /// What the phone kept of a ballot that it did not hand in.
    pub(super) kept: Option<&'a Kept>,
    pub(super) results: Arc<Results>,
}

/// The items of a seat, the first first, and the number of its next one.
pub(super) fn own(run: &Exercise, token: Token) -> (Vec<ItemId>, u32) {
    let mut own = Vec::new();
    let mut next = 0;
    for n in 0..OWN {
        let claim = token.claim(run.id, n);
        let mut items = run.items.values();
        if let Some(item) = items.find(|item| item.is_claimed_by(claim)) {
            own.push(item.id);
            next = n + 1;
        }
    }
    (own, next)
}

impl View {
    /// The page of a seat.
    pub(super) fn of(look: &Look<'_>) -> Self {
        let hints = hints(look.language);
        let session = look.room.session.as_deref();
        let mut view = Self {
            version: look.version,
            title: None,
            ask: "",
            language: look.language,
            left: None,
            said: look.back.said.iter().map(|why| why.said(hints)).collect(),
            typed: None,
            run: None,
            late: None,
            query: look.query.clone(),
            has_typed: look.back.form.is_some(),
            body: Body::Wait(&hints.phone.not_open),
        };
        match session {
            Some(one) if one.meta.closed.is_some() => {
                view.body = Body::Wait(&hints.phone.session_over);
            }
            Some(one) => {
                if let Some(run) = one.exercises.current() {
                    view.attend(look, one, run);
                }
            }
            None => {}
        }
        view.keep_typed(look.back);
        view
    }

    fn attend(&mut self, look: &Look<'_>, session: &RoomState, run: &Exercise) {
        let title = run.title.clone().unwrap_or_default();
        let label = run.label.as_ref().map(|label| format!(" · {label}"));
        self.title = Some(title + &label.unwrap_or_default());
        let hints = hints(look.language);
        self.ask = hints.questions.of(run.phase);
        self.run = Some(run.id);
        let now = Time(u64::try_from(look.room.now.0 / 1000).unwrap_or_default());
        self.left = run
            .timer
            .map(|timer| (timer.left(now), matches!(timer, Timer::Runs { .. })));
        let over = run.timer.is_some_and(|timer| timer.is_over(now));
        let open = !run.locked && !over;
        self.late = late(run, look.held);
        self.body = match run.phase {
            Phase::Lobby => Body::Lobby(session.exercises.brief(&run.scenario).map(str::to_owned)),
            Phase::Collect => self.collect(look, run, open),
            Phase::Merge => Body::Wait(&hints.phone.merging),
            Phase::Tag | Phase::Rank | Phase::Rerank => Self::vote(look, run, open),
            Phase::Shortlist | Phase::Reveal | Phase::Match | Phase::Done => Body::Results {
                results: Arc::clone(&look.results),
                wanted: look.query.result,
            },
        };
    }

    fn collect(&mut self, look: &Look<'_>, run: &Exercise, open: bool) -> Body {
        let (ids, next) = own(run, look.token);
        let typed = look.back.form.as_ref();
        let text = typed.and_then(|form| form.get("text"));
        // What is wrong with words is said beside them.
        let fault = text.and_then(|_| self.said.pop());
        if !open {
            self.said.push(closed(run.locked, look.language).to_owned());
        }
        let here = |id: ItemId| {
            let item = run.item(id).filter(|_| ids.contains(&id));
            item.filter(|one| one.standing != Standing::TakenBack)
        };
        if let Some(found) = look.query.item.and_then(here) {
            return Body::Reword(Reword {
                item: found.id,
                words: parts::typed(text.unwrap_or(found.words())),
                fault,
            });
        }
        let newest = look.query.near.and_then(here);
        Body::Collect(Collect {
            next,
            text: parts::typed(text.unwrap_or_default()),
            fault,
            mark: typed.and_then(mark),
            moderated: run.settings.moderated,
            own: ids
                .iter()
                .rev()
                .filter_map(|id| here(*id))
                .map(|one| owned(run, one))
                .collect(),
            kept: newest.is_some(),
            near: newest.map_or_else(Vec::new, |one| near(run, one)),
        })
    }

    fn vote(look: &Look<'_>, run: &Exercise, open: bool) -> Body {
        let vote = run.phase.vote().unwrap_or(Vote::Tag);
        let Some(round) = run.open_round(vote).map(|round| run.round_id(round)) else {
            return Body::Wait(&hints(look.language).phone.in_a_moment);
        };
        let held = look
            .held
            .iter()
            .find(|(id, _)| *id == round)
            .map(|(_, one)| one);
        let back = look.back.form.as_ref();
        let kept = look.kept.filter(|kept| kept.round == round);
        let changes = look.query.change && open;
        if let Some(held) = held.filter(|_| back.is_none() && !changes) {
            return Body::In(HandedIn {
                vote,
                lines: lines(run, held, look.language),
                is_open: open,
                began: kept.is_some(),
            });
        }
        if !open && back.is_none() {
            return Body::Wait(closed(run.locked, look.language));
        }
        let kept = kept.map(Kept::form);
        let form = back.or(kept.as_ref());
        if vote == Vote::Tag {
            let held = held.and_then(|held| match held {
                Ballot::Tag(held) => Some(held),
                Ballot::Rank(_) => None,
            });
            let (own, _) = own(run, look.token);
            return Body::Tag(Sheet::tags(run, round, &own, held, form));
        }
        // On a part that is turned to, what does not go together is said as well.
        let found = kept.as_ref().filter(|_| back.is_none());
        let found = found.and_then(|form| {
            let read = read_ranks(form, places(run), run.settings.ties);
            read.err()
        });
        let faults = found.as_ref().unwrap_or(&look.back.faults);
        let typed = form.map(|form| (form, faults));
        let held = held.and_then(|held| match held {
            Ballot::Rank(held) => Some(held),
            Ballot::Tag(_) => None,
        });
        Body::Rank(Sheet::ranks(run, round, look.token, held, typed))
    }

    /// Words that were typed for a page that is gone are shown, so that they can be copied.
    fn keep_typed(&mut self, back: &Back) {
        let text = back.form.as_ref().and_then(|form| form.get("text"));
        if !matches!(self.body, Body::Collect(_) | Body::Reword(_)) {
            self.typed = text
                .filter(|text| !text.trim().is_empty())
                .map(parts::typed);
        }
    }

    /// Whether there is nothing to fill in, so that the page may be fetched again by itself.
    pub(super) const fn waits(&self) -> bool {
        self.typed.is_none()
            && matches!(
                self.body,
                Body::Wait(_) | Body::Lobby(_) | Body::In(_) | Body::Results { .. }
            )
    }
}

/// Must or nice, as a form says it.
pub(super) fn mark(form: &Form) -> Option<Mark> {
    match form.get("mark")? {
        "m" => Some(Mark::Must),
        "n" => Some(Mark::Nice),
        _ => None,
    }
}

fn closed(locked: bool, language: Language) -> &'static str {
    let said = &hints(language).phone;
    if locked {
        &said.locked
    } else {
        &said.time_over
    }
}

/// The words of items on the wall that are like an item.
fn near(run: &Exercise, item: &Item) -> Vec<String> {
    let like = alike(run, item.words()).into_iter();
    let others = like.filter(|id| *id != item.id);
    others
        .filter_map(|id| Some(run.item(id)?.words().to_owned()))
        .collect()
}

fn owned(run: &Exercise, item: &Item) -> Own {
    Own {
        id: item.id,
        words: item.words().to_owned(),
        mark: item.named,
        standing: item.standing,
        is_free: run.group_of(item.id).is_none() && item.text.is_some(),
    }
}

/// The vote of which a ballot of the seat waits for a round that nobody opened yet.
fn late(run: &Exercise, held: &[(RoundId, Ballot)]) -> Option<Vote> {
    let waits = |vote: &Vote| {
        let sealed = run.last_round(*vote).filter(|round| round.sealed);
        let next = sealed.map(|round| run.round_id(round).next());
        held.iter().any(|(round, _)| Some(*round) == next)
    };
    [Vote::Rank, Vote::Tag].into_iter().find(waits)
}

/// What a ballot says, in the order in which it is read.
fn lines(run: &Exercise, ballot: &Ballot, language: Language) -> Vec<(String, String)> {
    let words = |id: &ItemId| {
        run.item(*id)
            .map(|_| run.standing_for(&[*id]))
            .and_then(|one| one.into_iter().next().map(|one| one.words))
    };
    match ballot {
        Ballot::Tag(ballot) => {
            let mut marks: Vec<_> = ballot.marks.iter().collect();
            marks.sort_by_key(|(id, mark)| (**mark, **id));
            let line = |(id, mark): (&ItemId, &Mark)| {
                Some((hints(language).mark(*mark).to_owned(), words(id)?))
            };
            marks.into_iter().filter_map(line).collect()
        }
        Ballot::Rank(ballot) => {
            let mut before = 0;
            let mut lines = Vec::new();
            for level in &ballot.places {
                let sign = if level.len() > 1 { "=" } else { "" };
                let place = format!("{sign}{}", before + 1);
                lines.extend(
                    level
                        .iter()
                        .filter_map(|id| Some((place.clone(), words(id)?))),
                );
                before += level.len();
            }
            lines
        }
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
