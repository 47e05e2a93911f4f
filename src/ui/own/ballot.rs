//! Tag and Rank at a participant's seat: the own ballot, and what became of it.

use crate::app::Seat;
use crate::app::own::Voice;
use crate::exercise::ballot::Ballot;
use crate::exercise::draft::RankDraft;
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, Time, Vote};
use crate::room::Room;
use crate::ui::scenario::{Row, ScenarioScene, sign};

/// The screen of a ballot.
pub(super) fn scene(room: &Room, seat: &Seat, run: &Exercise, voice: Voice) -> ScenarioScene {
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
                sign: sign(draft.mark(one.id)),
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
        ask: ask(run, voice, rows.len()),
        chosen: order.iter().position(|id| Some(*id) == chosen),
        rows,
        text: said(room, seat, run, voice),
        keys: keys(run, voice),
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

fn ask(run: &Exercise, voice: Voice, items: usize) -> String {
    let most = usize::from(run.settings.places).min(items);
    match voice.vote {
        Vote::Tag => "Which of these must we have, and which are nice to have?".to_owned(),
        Vote::Rank if most > 0 => {
            format!("Put your top {most} in order. Space gives the next place.")
        }
        Vote::Rank => "Put them in order. Space gives the next place.".to_owned(),
    }
}

fn keys(run: &Exercise, voice: Voice) -> Vec<(&'static str, &'static str)> {
    let mut keys = match voice.vote {
        Vote::Tag => vec![("Up Down", "choose"), ("Space", "must, nice, neither")],
        Vote::Rank => {
            let mut keys = vec![
                ("Up Down", "choose"),
                ("Space", "next place"),
                ("J K", "move"),
            ];
            if run.settings.ties {
                keys.push(("=", "level with the one above"));
            }
            keys.push(("u", "undo"));
            keys
        }
    };
    keys.push(("Enter", "hand in"));
    if voice.waits {
        keys.push(("Esc", "back to the result"));
    }
    keys
}

/// Why nothing is taken now.
pub(super) fn shut(room: &Room, run: &Exercise) -> Option<&'static str> {
    let now = Time(u64::try_from(room.now.0 / 1000).unwrap_or_default());
    let over = room.now.0 > 0 && run.timer.is_some_and(|timer| timer.is_over(now));
    if run.locked {
        Some("Closed for the moment: nothing is taken in.")
    } else if over {
        Some("Time is up: nothing is taken in.")
    } else {
        None
    }
}

/// Whether the ballot is in, and what to press.
fn said(room: &Room, seat: &Seat, run: &Exercise, voice: Voice) -> Vec<String> {
    let handed = seat.own.handed.get(&voice.round);
    let now = seat.own.ballot(seat.token.as_ref(), run, voice);
    let closes = if voice.waits {
        "It waits for the next round, if the room holds one."
    } else {
        "You can change it until voting closes."
    };
    let state = match handed {
        Some(ballot) if *ballot == now => {
            format!("Handed in: {}. {closes}", counted(ballot))
        }
        Some(_) => "Changed, and not handed in again yet: Enter hands it in.".to_owned(),
        None if voice.waits => {
            "Too late for this round. Enter hands it in for the next one.".to_owned()
        }
        None => "Not handed in yet: Enter hands it in.".to_owned(),
    };
    let shut = shut(room, run).filter(|_| !voice.waits);
    match (shut, handed) {
        (Some(shut), Some(_)) => vec![format!("{shut} What you handed in is in.")],
        (Some(shut), None) => vec![shut.to_owned()],
        (None, _) => vec![state],
    }
}

/// What is on a ballot, in a few words.
fn counted(ballot: &Ballot) -> String {
    match ballot {
        Ballot::Tag(ballot) => {
            let must = ballot.marks.values();
            let must = must.filter(|mark| **mark == crate::exercise::Mark::Must);
            let must = must.count();
            format!("{must} must, {} nice", ballot.marks.len() - must)
        }
        Ballot::Rank(ballot) => match ballot.places.iter().flatten().count() {
            0 => "a blank ballot".to_owned(),
            placed => format!("{placed} in order"),
        },
    }
}
