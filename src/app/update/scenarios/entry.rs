//! The line that is typed: its keys, and Enter at its end.

use super::super::Effect;
use super::list::brief;
use super::places::items;
use super::propose::{propose, say};
use crate::app::key::{Code, Key};
use crate::app::seat::Seat;
use crate::app::sheet::Asked;
use crate::exercise::{Act, BallotKey, Command, Exercise, Hands, Slip, Vote};
use crate::room::Room;

/// Takes a key into the line that is typed; nothing where none is, or the key is a command.
pub(in crate::app::update) fn takes(seat: &mut Seat, key: Key) -> Option<Vec<Effect>> {
    let entry = seat.sheet.entry.as_mut()?;
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
    text.then(|| {
        entry.line.key(key);
        Vec::new()
    })
}

/// Takes what is pasted; says whether something is being typed.
pub(in crate::app::update) fn paste(seat: &mut Seat, text: &str) -> bool {
    match &mut seat.sheet.entry {
        Some(entry) => {
            entry.line.insert(text);
            true
        }
        None => false,
    }
}

/// Enter at the end of a line.
pub(super) fn entered(room: &Room, seat: &mut Seat, run: &Exercise) -> Vec<Effect> {
    let Some(entry) = seat.sheet.entry.take() else {
        return Vec::new();
    };
    let text = entry.line.text();
    let some = || (!text.trim().is_empty()).then(|| text.clone());
    let number = || text.trim().parse::<u32>().ok();
    let act = match &entry.asked {
        Asked::Item if text.trim().is_empty() => return Vec::new(),
        Asked::Item => Some(Act::Name {
            text: text.clone(),
            mark: None,
            claim: None,
        }),
        Asked::Brief(scenario) => return brief(room, seat, scenario, &text),
        Asked::Scenario => return propose(room, seat, Command::AddScenario { title: text }),
        Asked::Heading(group) => Some(Act::Head {
            group: *group,
            heading: some(),
        }),
        Asked::Label => Some(Act::Label(some())),
        Asked::Here if text.trim().is_empty() => Some(Act::Here(None)),
        Asked::Here => number().map(|people| Act::Here(Some(people))),
        Asked::Present => number().map(Act::HandsPresent),
        Asked::Hands(item) => hands(&text).map(|hands| Act::CountHands {
            item: *item,
            hands: Some(hands),
        }),
        Asked::Table => match text.trim().parse::<u16>() {
            Ok(people) if people > 0 => {
                seat.sheet.table = people;
                return Vec::new();
            }
            _ => None,
        },
        Asked::Withdraw => Slip::parse(&text).map(|slip| Act::Withdraw {
            vote: run.phase.vote().unwrap_or(Vote::Tag),
            key: BallotKey::Slip(slip),
        }),
    };
    let Some(act) = act else {
        let wants = wanted(&entry.asked);
        seat.sheet.entry = Some(entry);
        return say(seat, wants);
    };
    let effects = propose(room, seat, Command::In(run.id, act));
    if effects.is_empty() && seat.message.is_some() {
        // Refused: what was typed stays to be mended.
        seat.sheet.entry = Some(entry);
    } else if entry.asked == Asked::Item {
        // The next person is speaking already.
        seat.sheet.ask(Asked::Item, "");
    } else if let Asked::Hands(item) = entry.asked {
        let all = items(run, &seat.sheet);
        let at = all.iter().position(|one| *one == item).unwrap_or_default();
        seat.sheet.item = all.get(at + 1).or(all.get(at)).copied();
    }
    effects
}

fn wanted(asked: &Asked) -> &'static str {
    match asked {
        Asked::Hands(_) => "two numbers, must and nice: 19 5",
        Asked::Withdraw => "five digits as they stand on the slip; one of these is mistyped",
        _ => "a number of people, such as 28",
    }
}

fn hands(text: &str) -> Option<Hands> {
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|one| !one.is_empty());
    let must = numbers.next()?.parse().ok()?;
    let nice = numbers.next().map_or(Some(0), |one| one.parse().ok())?;
    numbers.next().is_none().then_some(Hands { must, nice })
}
