//! The pages on which ballots are filled in, and the one that shows a ballot that is in.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{Hidden, called, withdraw};
use crate::exercise::Vote;
use crate::live::phones::parts::{Part, bytes};
use crate::live::phones::sheet::{Entry, Sheet};
use crate::live::phones::view::HandedIn;

/// With more to choose from than this on a page, numbers are typed: the page stays small, and a
/// long list is no quicker than a number.
const CHOICES: usize = 150;

/// What the tags around one entry take, in bytes, with all that may be said of it: its marks, its
/// place with a fault, its line on a ballot that is in. An option takes some more.
const MARKS: usize = 260;
const PLACE: usize = 290;
const OPTION: usize = 24;
const LINE: usize = 64;

fn sizes(sheet: &Sheet, around: usize) -> Vec<usize> {
    let entries = sheet.entries.iter();
    entries.map(|one| around + bytes(&one.words)).collect()
}

pub(super) fn sizes_of_tags(sheet: &Sheet) -> Vec<usize> {
    sizes(sheet, MARKS)
}

pub(super) fn sizes_of_ranks(sheet: &Sheet) -> Vec<usize> {
    let options = if is_chosen(sheet) {
        OPTION * (sheet.places + 1)
    } else {
        0
    };
    sizes(sheet, PLACE + options)
}

pub(super) fn sizes_of_ballot(ballot: &HandedIn) -> Vec<usize> {
    let lines = ballot.lines.iter();
    lines.map(|(_, words)| LINE + bytes(words)).collect()
}

/// Must, nice or neither.
pub(super) fn tags(sheet: &Sheet, hidden: Hidden<'_>, part: &Part) -> Markup {
    html! {
        p.small { "What you leave open counts as neither." }
        form method="post" action="/seat/tag" {
            (fields(sheet, hidden, part))
            @for entry in shown(sheet, part) { (marks(entry)) }
            (hand_in(sheet, part))
        }
    }
}

fn fields(sheet: &Sheet, hidden: Hidden<'_>, part: &Part) -> Markup {
    html! {
        (hidden.fields())
        input type="hidden" name="round" value=(sheet.round.number);
        @if part.is_one_of_several() {
            input type="hidden" name="part" value=(part.number);
        }
    }
}

/// The entries of a part.
fn shown<'a>(sheet: &'a Sheet, part: &Part) -> &'a [Entry] {
    sheet.entries.get(part.range.clone()).unwrap_or_default()
}

fn marks(entry: &Entry) -> Markup {
    let name = format!("i{}", entry.id.0);
    html! {
        fieldset {
            legend dir="auto" { (entry.words) }
            @for (value, word) in [("m", "must"), ("n", "nice"), ("o", "neither")] {
                label {
                    input type="radio" name=(name) value=(value) checked[entry.value == value];
                    (word)
                }
            }
        }
    }
}

/// Hands in where all has been seen, else goes on; what was marked comes along.
fn hand_in(sheet: &Sheet, part: &Part) -> Markup {
    let said = sheet.entries.iter();
    let said = said.filter(|one| !one.value.trim().is_empty()).count();
    html! {
        @if part.is_one_of_several() {
            p.small {
                "Part " (part.number) " of " (part.of) ". You have filled in " (said) " of "
                (sheet.entries.len()) "."
            }
        }
        div.go {
            @if let Some(to) = part.after() { button name="to" value=(to) { "Go on" } }
            @if part.after().is_none() || sheet.replaces {
                button.quiet[part.after().is_some()] {
                    @if sheet.replaces { "Hand it in again" } @else { "Hand in" }
                }
            }
            @if let Some(to) = part.before() { button.quiet name="to" value=(to) { "Back" } }
            @if sheet.replaces { a href="/?leave" { "Leave it as it is" } }
        }
    }
}

/// Places.
pub(super) fn ranks(sheet: &Sheet, hidden: Hidden<'_>, part: &Part) -> Markup {
    let most = sheet.places;
    let chosen = is_chosen(sheet);
    html! {
        p.small {
            "Give places from 1, the most needed, to at most " (most) ". "
            @if sheet.ties { "Two may share a place. " }
            "The rest stays empty."
        }
        form method="post" action="/seat/rank" {
            (fields(sheet, hidden, part))
            ol #rank data-most=(most) data-taken=(taken(sheet, part)) {
                @for entry in shown(sheet, part) { (place(entry, most, chosen)) }
            }
            (hand_in(sheet, part))
        }
    }
}

/// Whether places are chosen from a list.
fn is_chosen(sheet: &Sheet) -> bool {
    sheet.entries.len() * (sheet.places + 1) <= CHOICES
}

/// The places that are given on other parts.
fn taken(sheet: &Sheet, part: &Part) -> String {
    if *part == Part::NONE {
        return String::new();
    }
    let others = sheet.entries.iter().enumerate();
    let others = others.filter(|(at, _)| !part.range.contains(at));
    let places: BTreeSet<usize> = others
        .filter_map(|(_, one)| one.value.trim().parse().ok())
        .filter(|place| (1..=sheet.places).contains(place))
        .collect();
    let places: Vec<String> = places.iter().map(ToString::to_string).collect();
    places.join(" ")
}

fn place(entry: &Entry, most: usize, chosen: bool) -> Markup {
    let name = format!("i{}", entry.id.0);
    let fault = entry.fault.as_ref().map(|_| format!("f{}", entry.id.0));
    html! {
        li {
            label for=(name) dir="auto" { (entry.words) }
            @if chosen && is_choice(entry, most) {
                select id=(name) name=(name) aria-describedby=[&fault] {
                    option value="" { "–" }
                    @for at in 1..=most {
                        option selected[entry.value == at.to_string()] { (at) }
                    }
                }
            } @else {
                input id=(name) name=(name) value=(entry.value) inputmode="numeric"
                    maxlength="4" aria-describedby=[&fault];
            }
            @if let (Some(said), Some(id)) = (&entry.fault, &fault) {
                strong id=(id) { (said) }
            }
        }
    }
}

/// Whether a list of places can show what was typed; nothing that was typed is lost.
fn is_choice(entry: &Entry, most: usize) -> bool {
    entry.value.is_empty() || (1..=most).any(|at| entry.value == at.to_string())
}

/// The own ballot.
pub(super) fn handed_in(
    ballot: &HandedIn,
    hidden: Hidden<'_>,
    (part, ways): (&Part, &Markup),
) -> Markup {
    let lines = ballot.lines.get(part.range.clone()).unwrap_or_default();
    html! {
        section.own {
            h2 { "Handed in" }
            @if ballot.lines.is_empty() {
                p { (empty(ballot.vote)) }
            } @else {
                ul { @for (sign, words) in lines {
                    li { b.sign { (sign) } span dir="auto" { (words) } }
                } }
                (ways)
            }
            @if ballot.is_open {
                p { "You can change it until the reveal." }
                p {
                    a.button href="/?change" {
                        @if ballot.began { "Go on changing it" } @else { "Change it" }
                    }
                }
                (withdraw(ballot.vote, hidden))
            } @else {
                p { "Closed for now. Your ballot on " (called(ballot.vote)) " counts as it is." }
            }
        }
        p { a href="/" { "Look again" } }
    }
}

const fn empty(vote: Vote) -> &'static str {
    match vote {
        Vote::Tag => "Neither for every item.",
        Vote::Rank => "A blank ballot: you give no order.",
    }
}
