//! What keys do at a participant's seat, in the exercise.
//!
//! Owns how an action of a participant becomes a proposal. Only the commands that
//! [`crate::exercise::rights`] lists for a participant are made here.

use super::scenarios::{propose, say};
use super::{Action, Effect};
use crate::app::input::Line;
use crate::app::key::{Code, Key};
use crate::app::own::{Back, Found, Own, Voice, attended};
use crate::app::seat::Seat;
use crate::content::Tab;
use crate::exercise::ballot_box::Replaces;
use crate::exercise::{Act, Command, Exercise, Mark, Phase, RoundId, Row, Token, Vote};
use crate::hints::filled;
use crate::room::rights::{Deed, may};
use crate::room::{self, Room};
use crate::ui;

/// Whether the exercise of a participant is what the keys go to.
pub(super) fn on(seat: &Seat) -> bool {
    may(seat.role, Deed::TakePart) && seat.at.tab() == Tab::Scenarios && seat.layers.is_empty()
}

/// Whether letters go into a line: for an item, or for the code of an own seat.
pub(super) fn types(room: &Room, seat: &Seat) -> bool {
    on(seat) && (seat.own.back.is_some() || attended(room).is_some_and(|run| seat.own.types(run)))
}

/// The line into which they go.
fn line(seat: &mut Seat) -> &mut Line {
    match &mut seat.own.back {
        Some(back) => &mut back.line,
        None => &mut seat.own.line,
    }
}

/// Takes a key into the line; nothing where the key is a command.
pub(super) fn takes(room: &Room, seat: &mut Seat, key: Key) -> Option<Vec<Effect>> {
    let text = match key.code {
        Code::Char(c) if key.ctrl => matches!(c, 'u' | 'w' | 'a' | 'e' | 'h'),
        Code::Char(_)
        | Code::Backspace
        | Code::Delete
        | Code::Left
        | Code::Right
        | Code::Home
        | Code::End => true,
        _ => false,
    };
    if !text || !types(room, seat) {
        return None;
    }
    line(seat).key(key);
    Some(Vec::new())
}

/// Takes what is pasted; says whether something is being typed.
pub(super) fn paste(room: &Room, seat: &mut Seat, text: &str) -> bool {
    let types = types(room, seat);
    if types {
        line(seat).insert(text);
    }
    types
}

/// Esc: rewording, the line, the late ballot. Says whether there was one.
pub(super) fn back(room: &Room, seat: &mut Seat) -> bool {
    let own = &mut seat.own;
    if own.back.take().is_some() {
        own.scroll = 0;
        // The first screen, with the code of this seat, is read next.
    } else if !own.greeted {
        own.greeted = true;
        own.scroll = 0;
    } else if own.rewords.take().is_some() {
        own.line = Line::default();
    } else if own.late {
        own.late = false;
    } else if attended(room).is_some_and(|run| own.types(run)) {
        own.away = true;
    }
    // Nothing lies above this screen.
    true
}

/// Carries out an action.
pub(super) fn act(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    if action == Action::Language {
        seat.language = seat.language.next();
        return say(seat, &seat.hints().said.language);
    }
    if seat.own.back.is_some() {
        scroll(room, seat, action);
        return coming_back(seat, action);
    }
    if action == Action::ComeBack {
        return asks_for_code(room, seat);
    }
    if !seat.own.greeted {
        scroll(room, seat, action);
        if matches!(action, Action::Open | Action::Choose) {
            seat.own.greeted = true;
            seat.own.scroll = 0;
        }
        return Vec::new();
    }
    let Some(run) = attended(room) else {
        scroll(room, seat, action);
        return Vec::new();
    };
    if let Some(voice) = Voice::of(run, &seat.own) {
        return vote(room, seat, run, voice, action);
    }
    match run.phase {
        Phase::Collect => collect(room, seat, run, action),
        Phase::Reveal | Phase::Match | Phase::Done => result(room, seat, run, action),
        _ => {
            scroll(room, seat, action);
            Vec::new()
        }
    }
}

/// Asks for the code of an own seat, unless this one was used: nobody counts twice.
fn asks_for_code(room: &Room, seat: &mut Seat) -> Vec<Effect> {
    let own = |run| {
        let token = seat.token.as_ref();
        token.is_some_and(|token| !token.own(run).is_empty())
    };
    if !seat.own.handed.is_empty() || attended(room).is_some_and(own) {
        return say(seat, &seat.hints().said.own_seat);
    }
    seat.own.back = Some(Back::default());
    seat.own.scroll = 0;
    Vec::new()
}

/// What keys do while the code of an own seat is typed.
fn coming_back(seat: &mut Seat, action: Action) -> Vec<Effect> {
    let Some(back) = seat.own.back.as_ref().filter(|_| action == Action::Open) else {
        return Vec::new();
    };
    let typed = back.line.text();
    if typed.trim().is_empty() {
        seat.own.back = None;
        seat.own.scroll = 0;
        return Vec::new();
    }
    vec![Effect::ComeBack(typed)]
}

/// A code was looked for: the seat that it belongs to is taken up again, if there is one.
pub(super) fn came_back(room: &Room, seat: &mut Seat, found: Option<Found>) -> Vec<Effect> {
    let Some(back) = seat.own.back.take() else {
        return Vec::new();
    };
    let Some(found) = found else {
        seat.own.back = Some(Back::with(&back.line.text()));
        seat.own.scroll = 0;
        return Vec::new();
    };
    seat.token = Some(found.token);
    seat.language = found.language.unwrap_or(seat.language);
    seat.own = Own {
        greeted: true,
        again: true,
        ..Own::default()
    };
    seat.message = Some(seat.hints().said.back.clone());
    recall(room, seat)
}

fn step(seat: &mut Seat, run: &Exercise, by: isize) {
    let all = seat.own.order(seat.token.as_ref(), run);
    let at = seat.own.chosen(seat.token.as_ref(), run);
    let at = at.and_then(|item| all.iter().position(|one| *one == item));
    let to = match at {
        Some(at) => at.saturating_add_signed(by),
        // The newest own item is the nearest to the line.
        None if by < 0 => all.len().saturating_sub(1),
        None => 0,
    };
    let item = all.get(to.min(all.len().saturating_sub(1))).copied();
    seat.own.item = item.map(|item| (run.phase, item));
}

/// How far a key moves; none where it moves nothing.
pub(super) fn moved(action: Action) -> Option<isize> {
    match action {
        Action::Up => Some(-1),
        Action::Down => Some(1),
        Action::PageUp => Some(-8),
        Action::PageDown => Some(8),
        _ => None,
    }
}

fn scroll(room: &Room, seat: &mut Seat, action: Action) {
    if let Some(by) = moved(action) {
        let end = ui::text_end(room, seat);
        let from = seat.own.scroll.min(end);
        seat.own.scroll = from.saturating_add_signed(by).min(end);
    }
}

fn collect(room: &Room, seat: &mut Seat, run: &Exercise, action: Action) -> Vec<Effect> {
    if let Some(by) = moved(action) {
        if seat.own.rewords.is_none() {
            step(seat, run, by);
        }
        return Vec::new();
    }
    match action {
        Action::Open if seat.own.away => seat.own.away = false,
        Action::MustOrNice => {
            seat.own.mark = match seat.own.mark {
                Mark::Must => Mark::Nice,
                Mark::Nice => Mark::Must,
            }
        }
        Action::Open => return name(room, seat, run),
        _ => {}
    }
    Vec::new()
}

/// Enter in Collect: names, rewords, takes back, or opens an own item to be reworded.
fn name(room: &Room, seat: &mut Seat, run: &Exercise) -> Vec<Effect> {
    let Some(token) = seat.token else {
        return Vec::new();
    };
    let text = seat.own.line.text();
    let blank = text.trim().is_empty();
    let own = Own::items(&token, run);
    let of = |id| own.iter().find(|(item, _)| item.id == id);
    let act = match seat.own.rewords {
        Some(id) => match of(id) {
            Some((_, claim)) if blank => Act::TakeBack {
                item: id,
                claim: *claim,
            },
            Some((_, claim)) => Act::Reword {
                item: id,
                text,
                claim: *claim,
            },
            None => {
                seat.own.rewords = None;
                return say(seat, &seat.hints().said.gone);
            }
        },
        None if blank => {
            let Some((item, _)) = seat.own.chosen(Some(&token), run).and_then(of) else {
                return say(seat, &seat.hints().said.type_first);
            };
            seat.own.rewords = Some(item.id);
            seat.own.line = Line::new(item.words());
            return Vec::new();
        }
        None => Act::Name {
            text,
            mark: Some(seat.own.mark),
            claim: Some(token.next_claim(run)),
        },
    };
    let effects = propose(room, seat, Command::In(run.id, act));
    if effects.is_empty() && seat.message.is_none() {
        // Nothing changed: the same words again.
        done_typing(seat);
    }
    effects
}

fn done_typing(seat: &mut Seat) {
    seat.own.line = Line::default();
    seat.own.rewords = None;
    seat.own.item = None;
}

fn vote(room: &Room, seat: &mut Seat, run: &Exercise, voice: Voice, action: Action) -> Vec<Effect> {
    if let Some(by) = moved(action) {
        step(seat, run, by);
        return Vec::new();
    }
    match (voice.vote, action) {
        (_, Action::Open) => hand_in(room, seat, run, voice),
        (Vote::Tag, Action::Choose) => {
            let token = seat.token.as_ref();
            let mut draft = seat.own.tags(token, run, voice.round);
            if let Some(item) = seat.own.chosen(token, run) {
                draft.cycle(item);
                seat.own.tags = Some((voice.round, draft));
            }
            Vec::new()
        }
        (Vote::Rank, action) => rank(seat, run, voice, action),
        _ => Vec::new(),
    }
}

fn rank(seat: &mut Seat, run: &Exercise, voice: Voice, action: Action) -> Vec<Effect> {
    let token = seat.token.as_ref();
    let all = seat.own.order(token, run);
    let Some(item) = seat.own.chosen(token, run) else {
        return Vec::new();
    };
    let mut draft = seat.own.ranks(run, voice.round);
    let placed = draft.place_of(item).is_some();
    let most = usize::from(run.settings.places);
    let full = most > 0 && draft.places().iter().flatten().count() >= most;
    let mut next = Some(item);
    match action {
        Action::Choose | Action::Level if !placed && full => {
            let why = filled(&seat.hints().said.all_placed, &[("n", &most)]);
            return say(seat, &why);
        }
        Action::Level if !run.settings.ties => {
            return say(seat, &seat.hints().said.not_shared);
        }
        Action::Choose => {
            draft.toggle(item);
            if !placed {
                // The next one without a place is next under the key.
                let at = all.iter().position(|one| *one == item).unwrap_or_default();
                next = all.get(at + 1).copied().or(next);
            }
        }
        Action::Level => drop(draft.level(item)),
        Action::MoveUp => drop(draft.up(item)),
        Action::MoveDown => drop(draft.down(item)),
        Action::TakeBack => drop(draft.undo()),
        _ => return Vec::new(),
    }
    seat.own.item = next.map(|item| (run.phase, item));
    seat.own.ranks = Some((voice.round, draft));
    Vec::new()
}

fn hand_in(room: &Room, seat: &mut Seat, run: &Exercise, voice: Voice) -> Vec<Effect> {
    let Some(key) = seat.token.as_ref().map(Token::key) else {
        return Vec::new();
    };
    let ballot = seat.own.ballot(seat.token.as_ref(), run, voice);
    let act = Act::HandIn {
        ballot: ballot.clone(),
        key,
        replaces: Replaces::MayBe,
    };
    let effects = propose(room, seat, Command::In(run.id, act));
    seat.own.asked = (!effects.is_empty()).then_some((voice.round, ballot));
    effects
}

fn result(room: &Room, seat: &mut Seat, run: &Exercise, action: Action) -> Vec<Effect> {
    scroll(room, seat, action);
    match action {
        Action::OtherResult => {
            seat.own.other = !seat.own.other;
            seat.own.scroll = 0;
        }
        Action::LateBallot if run.phase != Phase::Done => seat.own.late = true,
        _ => {}
    }
    Vec::new()
}

/// What was handed in or named is kept.
pub(super) fn kept(seat: &mut Seat, command: &room::Command) {
    let room::Command::Exercise(Command::In(_, act)) = command else {
        return;
    };
    match act {
        Act::HandIn { .. } => {
            if let Some((round, ballot)) = seat.own.asked.take() {
                seat.own.tags.take_if(|(of, _)| *of == round);
                seat.own.ranks.take_if(|(of, _)| *of == round);
                seat.own.handed.insert(round, ballot);
            }
        }
        Act::Name { .. } => {
            done_typing(seat);
            seat.message = Some(seat.hints().said.named.clone());
        }
        Act::Reword { .. } => {
            done_typing(seat);
            seat.message = Some(seat.hints().said.reworded.clone());
        }
        Act::TakeBack { .. } => {
            done_typing(seat);
            seat.message = Some(seat.hints().said.taken_back.clone());
        }
        _ => {}
    }
}

/// The room went over to another session: nothing here belongs to it, and what it has of this
/// seat is asked for.
pub(super) fn in_another(room: &Room, seat: &mut Seat) -> Vec<Effect> {
    seat.own = Own {
        greeted: seat.own.greeted,
        ..Own::default()
    };
    recall(room, seat)
}

/// A seat that came back asks for what it had handed in; of rounds that may still change.
pub(super) fn recall(room: &Room, seat: &Seat) -> Vec<Effect> {
    let (Some(token), Some(state)) = (&seat.token, &room.session) else {
        return Vec::new();
    };
    let runs = state.exercises.runs.values();
    let rounds = runs.flat_map(Exercise::ballot_rounds);
    let open = rounds.filter(|id| {
        let run = state.exercises.run(id.exercise);
        let round = run.and_then(|run| run.round(id.vote, id.number));
        round.is_none_or(|round| !round.sealed)
    });
    open.map(|round| Effect::Recall(round, token.key()))
        .collect()
}

/// What the ballot box has of this seat.
pub(super) fn recalled(seat: &mut Seat, round: RoundId, row: Option<&Row>) {
    if let Some(ballot) = row.and_then(Row::ballot) {
        seat.own.greeted = true;
        seat.own.handed.insert(round, ballot);
    }
}
