//! Collect at a participant's seat: the line, the own items, what is perhaps there already.

use crate::app::Seat;
use crate::app::own::Own;
use crate::exercise::alike::alike;
use crate::exercise::{Exercise, Item, Mark, Standing};
use crate::hints::{Hints, filled};
use crate::room::Room;
use crate::ui::scenario::{Row, ScenarioScene, cut};

/// The screen.
pub(super) fn scene(room: &Room, seat: &Seat, run: &Exercise) -> ScenarioScene {
    let hints = seat.hints();
    let token = seat.token.as_ref();
    let own = token
        .map(|token| Own::items(token, run))
        .unwrap_or_default();
    let chosen = seat.own.chosen(token, run);
    let mut scene = ScenarioScene {
        rows: own.iter().map(|(item, _)| row(item, hints)).collect(),
        chosen: own.iter().position(|(item, _)| Some(item.id) == chosen),
        text: said(seat, run, own.len()),
        ..ScenarioScene::default()
    };
    if let Some(shut) = super::ballot::shut(room, run, hints) {
        scene.text.push(shut.to_owned());
    }
    if seat.own.away {
        scene.keys = vec![
            (&hints.keys.enter, &hints.collect.type_item),
            ("1", &hints.waiting.matrix),
            ("5", &hints.waiting.here),
            ("q", &hints.welcome.leave),
        ];
        return scene;
    }
    let line = &seat.own.line;
    let label = match (seat.own.rewords, seat.own.mark) {
        (Some(_), _) => &hints.collect.reword,
        (None, Mark::Must) => &hints.marks.must_have_line,
        (None, Mark::Nice) => &hints.marks.nice_to_have_line,
    };
    scene.entry = Some((label.clone(), line.text(), line.before_cursor()));
    scene.keys = keys(seat, !own.is_empty(), chosen.is_some());
    scene
}

fn row(item: &Item, hints: &Hints) -> Row {
    Row {
        sign: hints.sign(item.named),
        text: item.words().to_owned(),
        tail: match item.standing {
            Standing::Waiting => hints.collect.waits.clone(),
            Standing::Hidden => hints.collect.hidden.clone(),
            _ => String::new(),
        },
        ..Row::default()
    }
}

fn keys(seat: &Seat, has_own: bool, chosen: bool) -> Vec<(&'static str, &'static str)> {
    let hints = seat.hints();
    let (key, said) = (&hints.keys, &hints.collect);
    if seat.own.rewords.is_some() {
        return vec![(&key.enter, &said.keep), (&key.esc, &said.leave_it)];
    }
    let other = match seat.own.mark {
        Mark::Must => &said.nice_instead,
        Mark::Nice => &said.must_instead,
    };
    let mut keys: Vec<(&str, &str)> = vec![(&key.enter, &said.hand_in), ("Tab", other)];
    if chosen && seat.own.line.is_empty() {
        keys = vec![(&key.enter, &said.reword_chosen)];
    } else if has_own {
        keys.push((&key.up, &said.choose));
    }
    keys.push((&key.esc, &said.stop));
    keys
}

/// What is said below the own items: what is alike, or how many there are in the room.
fn said(seat: &Seat, run: &Exercise, own: usize) -> Vec<String> {
    let hints = &seat.hints().collect;
    let like = alike(run, &seat.own.line.text());
    let others = like.iter().filter(|id| Some(**id) != seat.own.rewords);
    let shown = others.filter_map(|id| run.item(*id).filter(|item| item.is_shown()));
    let words: Vec<String> = shown.map(|item| cut(item.words(), 60)).collect();
    if !words.is_empty() {
        let items = words.join("; ");
        return vec![filled(&hints.already, &[("items", &items)])];
    }
    if own == 0 {
        return vec![hints.begin.clone()];
    }
    let all = run.items.values().filter(|item| item.is_shown()).count();
    vec![filled(&hints.counted, &[("own", &own), ("all", &all)])]
}
