//! How to join, on the wall and on the facilitator's console.
//!
//! Owns the words. The code stands in large letters, where there is room for them.

use super::scenario::ScenarioScene;
use crate::hints::Language;
use crate::room::{Live, Wall};

/// How to join, for the wall.
pub(super) fn scene(live: &Live) -> ScenarioScene {
    if live.wall == Wall::Phones
        && let Some(link) = live.link()
    {
        return phones(live, link);
    }
    let mut text: Vec<String> = live
        .doors
        .iter()
        .map(|door| door.line(&live.code))
        .collect();
    text.extend(fingerprint(live));
    text.extend(live.notes.iter().cloned());
    text.push(
        "Nothing about you is asked or kept. Anonymous to the room, not against whoever runs \
         this computer. Kept until the facilitator wipes it."
            .to_owned(),
    );
    ScenarioScene {
        title: "Rank with us".to_owned(),
        status: format!("{} here", live.here),
        ask: match live.doors.len() {
            1 => "Type the line below on your own computer. The code of this room is",
            _ => "Type one of the lines below on your own computer. The code of this room is",
        }
        .to_owned(),
        big: live.code.clone(),
        text,
        ..ScenarioScene::default()
    }
}

/// How to join with a phone.
fn phones(live: &Live, link: &str) -> ScenarioScene {
    ScenarioScene {
        title: "Rank with us, on your phone".to_owned(),
        status: format!("{} here", live.here),
        ask: if live.advice.is_empty() {
            format!("Open {link}")
        } else {
            format!("In the same network, open {link}")
        },
        picture: live.picture.clone(),
        text: others(live, link)
            .into_iter()
            .chain(live.advice.iter().cloned())
            .collect(),
        ..ScenarioScene::default()
    }
}

/// The other addresses, for when the first does not open.
fn others(live: &Live, link: &str) -> Option<String> {
    let others: Vec<&str> = live.links().filter(|one| *one != link).collect();
    let said = others.join("  ");
    (!said.is_empty()).then(|| format!("If it does not open, try this: {said}"))
}

fn fingerprint(live: &Live) -> Option<String> {
    let print = live.fingerprint.as_ref()?;
    Some(format!(
        "The first time, your program shows this fingerprint: {print}"
    ))
}

/// The same on the facilitator's console, with what its keys do.
pub(super) fn console(live: Option<&Live>) -> ScenarioScene {
    let Some(live) = live else {
        return ScenarioScene {
            title: "The room is not open for others".to_owned(),
            ask: "Open it, so that others join from their own terminals?".to_owned(),
            text: vec![
                "Whoever is on the same network and types the room's code takes part. They name \
                 items, hand in a ballot and see what the wall shows; nothing else of the session."
                    .to_owned(),
            ],
            keys: vec![("Enter", "open the room"), ("Esc", "not now")],
            ..ScenarioScene::default()
        };
    };
    let wall = match live.next_wall() {
        Wall::Exercise => "wall: the exercise",
        Wall::Join => "wall: how to join",
        Wall::Phones => "wall: phones",
    };
    let phones = if live.picture.is_empty() {
        "phones too"
    } else {
        "no phones"
    };
    let mut keys = vec![("Enter", wall), ("p", phones)];
    if live.links().count() > 1 {
        keys.push(("a", "next address"));
    }
    let close = if live.picture.is_empty() {
        "close the room"
    } else {
        "close"
    };
    let (begin, named) = match live.language {
        Language::En => ("in English", "English"),
        Language::Fr => ("in French", "French"),
        Language::Es => ("in Spanish", "Spanish"),
    };
    // How to go back stands on the last line, and the picture needs each line.
    keys.extend([("l", begin), ("X", close)]);
    let mut scene = scene(live);
    if let Some(wrong) = live.guessed() {
        scene.status = format!("{}, {wrong} wrong codes", scene.status);
        scene.text.insert(0, guessed_at(wrong));
    }
    if live.picture.is_empty() {
        scene.text.push(format!(
            "Seats and phones begin in {named}; at a seat, Ctrl-G goes on to another."
        ));
    }
    ScenarioScene { keys, ..scene }
}

/// What is said to whoever leads the room, and to nobody else, once somebody seems to guess.
fn guessed_at(wrong: u32) -> String {
    format!(
        "{wrong} wrong codes in ten minutes: somebody may be guessing. The more come, the slower \
         they are heard; the right one may wait ten seconds. Among strangers a longer code is \
         better: pim serve --code LONG-CODE"
    )
}
