//! The short words of the exercise: signs, labels, and what a typed line is for.

use crate::app::Seat;
use crate::app::sheet::Asked;
use crate::app::update::scenarios::{run_of, scenario_of};
use crate::exercise::results::Label;
use crate::exercise::{ItemId, Mark, Said};
use crate::hints::{Language, hints};
use crate::room::RoomState;

pub(super) fn asked(asked: &Asked, state: &RoomState, seat: &Seat) -> String {
    let words = |item: ItemId| {
        let run = scenario_of(&seat.at).and_then(|id| run_of(state, &id));
        let item = run.and_then(|run| run.item(item));
        item.map_or_else(String::new, |item| cut(item.words(), 24))
    };
    match asked {
        Asked::Item => "Item".to_owned(),
        Asked::Brief(_) => "Brief".to_owned(),
        Asked::Scenario => "New scenario".to_owned(),
        Asked::Heading(_) => "Heading".to_owned(),
        Asked::Label => "Who takes part".to_owned(),
        Asked::Here => "How many are here".to_owned(),
        Asked::Present => "How many take part by hands".to_owned(),
        Asked::Hands(item) => format!("Must and nice for {}", words(*item)),
        Asked::Table => "How many sit at this table".to_owned(),
        Asked::Withdraw => "Number on the slip".to_owned(),
    }
}

pub(in crate::ui) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end())
}

pub(super) fn sign(mark: Option<Mark>) -> String {
    hints(Language::En).sign(mark)
}

pub(super) fn said(said: Option<Said>) -> String {
    hints(Language::En).agreed(said)
}

pub(super) fn label(label: Option<Label>) -> String {
    match label {
        Some(Label::Must) => sign(Some(Mark::Must)),
        Some(Label::Nice) => sign(Some(Mark::Nice)),
        Some(Label::Level) => "= level".to_owned(),
        _ => String::new(),
    }
}
