//! Tag and Rank at a participant's seat: the own ballot, and what became of it.

use crate::app::Seat;
use crate::app::own::Voice;
use crate::exercise::ballot::Ballot;
use crate::exercise::draft::RankDraft;
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, Time, Vote};
use crate::hints::{Ballot as Words, Hints, filled};
use crate::room::Room;
use crate::ui::scenario::{Row, ScenarioScene};

/// The screen of a ballot.
pub(super) fn scene(room: &Room, seat: &Seat, run: &Exercise, voice: Voice) -> ScenarioScene {
    let hints = seat.hints();
    let token = seat.token.as_ref();
    let order = seat.own.order(token, run);
    let chosen = seat.own.chosen(token, run);
    let candidates = run.candidates();
    let listed = order
        .iter()
        .filter_map(|id| candidates.iter().find(|one| one.id == *id));
    let rows: Vec<Row> = match voice.vote {
        Vote::Tag => {
            let draft = seat.own.tags(token, run, voice.round);
            let row = |one: &Candidate| Row {
                sign: hints.sign(draft.mark(one.id)),
                text: one.words.clone(),
                ..Row::default()
            };
            listed.map(row).collect()
        }
        Vote::Rank => {
            let draft = seat.own.ranks(run, voice.round);
            listed.map(|one| ranked(&draft, one)).collect()
        }
    };
    ScenarioScene {
        ask: ask(run, voice, rows.len(), &hints.ballot),
        chosen: order.iter().position(|id| Some(*id) == chosen),
        rows,
        text: said(room, seat, run, voice),
        keys: keys(run, voice, hints),
        ..ScenarioScene::default()
    }
}

fn ranked(draft: &RankDraft, one: &Candidate) -> Row {
    let level = if draft.is_level(one.id) { "=" } else { "" };
    let place = draft.place_of(one.id);
    Row {
        lead: place.map_or_else(|| "-".to_owned(), |place| format!("{level}{place}")),
        text: one.words.clone(),
        ..Row::default()
    }
}

fn ask(run: &Exercise, voice: Voice, items: usize, hints: &Words) -> String {
    let most = usize::from(run.settings.places).min(items);
    match voice.vote {
        Vote::Tag => hints.ask_tag.clone(),
        Vote::Rank if most > 0 => filled(&hints.ask_top, &[("n", &most)]),
        Vote::Rank => hints.ask_rank.clone(),
    }
}

fn keys(run: &Exercise, voice: Voice, hints: &'static Hints) -> Vec<(&'static str, &'static str)> {
    let (key, said) = (&hints.keys, &hints.ballot);
    let mut keys: Vec<(&str, &str)> = vec![(&key.up_down, &said.choose)];
    match voice.vote {
        Vote::Tag => keys.push((&key.space, &said.marks)),
        Vote::Rank => {
            keys.extend([
                (key.space.as_str(), said.next_place.as_str()),
                ("J K", &said.move_it),
            ]);
            if run.settings.ties {
                keys.push(("=", &said.level));
            }
            keys.push(("u", &said.undo));
        }
    }
    keys.push((&key.enter, &said.hand_in));
    if voice.waits {
        keys.push((&key.esc, &said.back));
    }
    keys
}

/// Why nothing is taken now.
pub(super) fn shut<'a>(room: &Room, run: &Exercise, hints: &'a Hints) -> Option<&'a str> {
    let now = Time(u64::try_from(room.now.0 / 1000).unwrap_or_default());
    let over = room.now.0 > 0 && run.timer.is_some_and(|timer| timer.is_over(now));
    if run.locked {
        Some(&hints.ballot.locked)
    } else if over {
        Some(&hints.ballot.time_up)
    } else {
        None
    }
}

/// Whether the ballot is in, and what to press.
fn said(room: &Room, seat: &Seat, run: &Exercise, voice: Voice) -> Vec<String> {
    let hints = seat.hints();
    let said = &hints.ballot;
    let handed = seat.own.handed.get(&voice.round);
    let now = seat.own.ballot(seat.token.as_ref(), run, voice);
    let closes = if voice.waits {
        &said.waits
    } else {
        &said.may_change
    };
    let state = match handed {
        Some(ballot) if *ballot == now => {
            let what = counted(ballot, said);
            filled(&said.handed, &[("what", &what), ("closes", closes)])
        }
        Some(_) => said.changed.clone(),
        None if voice.waits => said.late.clone(),
        None => said.not_yet.clone(),
    };
    let shut = shut(room, run, hints).filter(|_| !voice.waits);
    match (shut, handed) {
        (Some(shut), Some(_)) => vec![format!("{shut} {}", said.is_in)],
        (Some(shut), None) => vec![shut.to_owned()],
        (None, _) => vec![state],
    }
}

/// What is on a ballot, in a few words.
fn counted(ballot: &Ballot, said: &Words) -> String {
    match ballot {
        Ballot::Tag(ballot) => {
            let must = ballot.marks.values();
            let must = must.filter(|mark| **mark == crate::exercise::Mark::Must);
            let must = must.count();
            let nice = ballot.marks.len() - must;
            filled(&said.must_and_nice, &[("must", &must), ("nice", &nice)])
        }
        Ballot::Rank(ballot) => match ballot.places.iter().flatten().count() {
            0 => said.blank.clone(),
            placed => filled(&said.placed, &[("n", &placed)]),
        },
    }
}
