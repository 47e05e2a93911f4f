//! Collect at a participant's seat: the line, the own items, what is perhaps there already.

use crate::app::Seat;
use crate::app::own::Own;
use crate::exercise::alike::alike;
use crate::exercise::{Exercise, Item, Mark, Standing};
use crate::room::Room;
use crate::ui::scenario::{Row, ScenarioScene, cut, sign};

/// The screen.
pub(super) fn scene(room: &Room, seat: &Seat, run: &Exercise) -> ScenarioScene {
    let token = seat.token.as_ref();
    let own = token
        .map(|token| Own::items(token, run))
        .unwrap_or_default();
    let chosen = seat.own.chosen(token, run);
    let mut scene = ScenarioScene {
        rows: own.iter().map(|(item, _)| row(item)).collect(),
        chosen: own.iter().position(|(item, _)| Some(item.id) == chosen),
        text: said(seat, run, own.len()),
        ..ScenarioScene::default()
    };
    if let Some(shut) = super::ballot::shut(room, run) {
        scene.text.push(shut.to_owned());
    }
    if seat.own.away {
        scene.keys = vec![
            ("Enter", "type an item"),
            ("1", "read the Matrix"),
            ("5", "back here"),
            ("q", "leave"),
        ];
        return scene;
    }
    let line = &seat.own.line;
    let label = match (seat.own.rewords, seat.own.mark) {
        (Some(_), _) => "In other words",
        (None, Mark::Must) => "Must have",
        (None, Mark::Nice) => "Nice to have",
    };
    scene.entry = Some((label.to_owned(), line.text(), line.before_cursor()));
    scene.keys = keys(seat, !own.is_empty(), chosen.is_some());
    scene
}

fn row(item: &Item) -> Row {
    Row {
        sign: sign(item.named),
        text: item.words().to_owned(),
        tail: match item.standing {
            Standing::Waiting => "waits for the facilitator",
            Standing::Hidden => "taken off the wall",
            _ => "",
        }
        .to_owned(),
        ..Row::default()
    }
}

fn keys(seat: &Seat, has_own: bool, chosen: bool) -> Vec<(&'static str, &'static str)> {
    if seat.own.rewords.is_some() {
        return vec![
            ("Enter", "keep (an empty line takes it back)"),
            ("Esc", "leave it as it was"),
        ];
    }
    let other = match seat.own.mark {
        Mark::Must => "nice to have instead",
        Mark::Nice => "must have instead",
    };
    let mut keys = vec![("Enter", "hand it in"), ("Tab", other)];
    if chosen && seat.own.line.is_empty() {
        keys = vec![("Enter", "put the chosen one in other words")];
    } else if has_own {
        keys.push(("Up", "choose one to change it"));
    }
    keys.push(("Esc", "stop typing"));
    keys
}

/// What is said below the own items: what is alike, or how many there are in the room.
fn said(seat: &Seat, run: &Exercise, own: usize) -> Vec<String> {
    let like = alike(run, &seat.own.line.text());
    let others = like.iter().filter(|id| Some(**id) != seat.own.rewords);
    let shown = others.filter_map(|id| run.item(*id).filter(|item| item.is_shown()));
    let words: Vec<String> = shown.map(|item| cut(item.words(), 60)).collect();
    if !words.is_empty() {
        return vec![format!("Already there, perhaps: {}", words.join("; "))];
    }
    if own == 0 {
        return vec![
            "Type what you need to know, such as: people in need by age and sex. Then press \
             Enter."
                .to_owned(),
        ];
    }
    let all = run.items.values().filter(|item| item.is_shown()).count();
    vec![format!("{own} of yours; {all} in the room.")]
}
