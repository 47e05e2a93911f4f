//! The pages on which ballots are filled in, and the one that shows a ballot that is in.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{Hidden, called, part_of, withdraw};
use crate::exercise::Vote;
use crate::hints::{Marks, Phone, filled};
use crate::live::phones::parts::{Part, bytes};
use crate::live::phones::sheet::{Entry, Fault, Sheet};
use crate::live::phones::view::HandedIn;

/// With more to choose from than this on a page, numbers are typed: the page stays small, and a
/// long list is no quicker than a number.
const CHOICES: usize = 150;

/// What the tags around one entry take, in bytes, with all that may be said of it: its marks, its
/// place with a fault, its line on a ballot that is in. An option takes some more.
const MARKS: usize = 290;
const PLACE: usize = 310;
const OPTION: usize = 24;
const LINE: usize = 76;

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
        p.small { (hidden.hints.phone.open_is_neither) }
        form method="post" action="/seat/tag" {
            (fields(sheet, hidden, part))
            @for entry in shown(sheet, part) { (marks(entry, &hidden.hints.marks)) }
            (hand_in(sheet, part, &hidden.hints.phone))
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

fn marks(entry: &Entry, said: &Marks) -> Markup {
    let name = format!("i{}", entry.id.0);
    html! {
        fieldset {
            legend dir="auto" { (entry.words) }
            @for (value, word) in [("m", &said.must), ("n", &said.nice), ("o", &said.neither)] {
                label {
                    input type="radio" name=(name) value=(value) checked[entry.value == value];
                    (word)
                }
            }
        }
    }
}

/// Hands in where all has been seen, else goes on; what was marked comes along.
fn hand_in(sheet: &Sheet, part: &Part, said: &Phone) -> Markup {
    let all = sheet.entries.len();
    let entries = sheet.entries.iter();
    let n = entries.filter(|one| !one.value.trim().is_empty()).count();
    html! {
        @if part.is_one_of_several() {
            p.small {
                (part_of(part, said)) ". " (filled(&said.filled_in, &[("n", &n), ("all", &all)]))
            }
        }
        div.go {
            @if let Some(to) = part.after() { button name="to" value=(to) { (said.go_on) } }
            @if part.after().is_none() || sheet.replaces {
                button.quiet[part.after().is_some()] {
                    @if sheet.replaces { (said.hand_in_again) } @else { (said.hand_in) }
                }
            }
            @if let Some(to) = part.before() { button.quiet name="to" value=(to) { (said.back) } }
            @if sheet.replaces { a href="/?leave" { (said.leave_it) } }
        }
    }
}

/// Places.
pub(super) fn ranks(sheet: &Sheet, hidden: Hidden<'_>, part: &Part) -> Markup {
    let most = sheet.places;
    let chosen = is_chosen(sheet);
    let said = &hidden.hints.phone;
    let count = [("n", &most as &dyn std::fmt::Display)];
    html! {
        p.small {
            (filled(&said.give_places, &[("n", &most)])) " "
            @if sheet.ties { (said.may_share) " " }
            (said.rest_empty)
        }
        form method="post" action="/seat/rank" {
            (fields(sheet, hidden, part))
            ol #rank data-most=(most) data-taken=(taken(sheet, part))
                data-tap=(filled(&said.tap, &count)) data-all=(filled(&said.all_given, &count))
                data-numbers=(said.numbers) data-taps=(said.tap_instead) {
                @for entry in shown(sheet, part) { (place(entry, (most, chosen), said)) }
            }
            (hand_in(sheet, part, &hidden.hints.phone))
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

fn place(entry: &Entry, (most, chosen): (usize, bool), said: &Phone) -> Markup {
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
            @if let (Some(wrong), Some(id)) = (entry.fault, &fault) {
                strong id=(id) { (told(wrong, said)) }
            }
        }
    }
}

/// What is wrong with a place.
fn told(fault: Fault, said: &Phone) -> String {
    match fault {
        Fault::Shared { place, items } => filled(&said.shared, &[("place", &place), ("n", &items)]),
        Fault::NoPlace(most) => filled(&said.from_to, &[("n", &most)]),
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
    let said = &hidden.hints.phone;
    html! {
        section.own {
            h2 { (said.handed_in) }
            @if ballot.lines.is_empty() {
                p { (empty(ballot.vote, said)) }
            } @else {
                ul { @for (sign, words) in lines {
                    li { b.sign { (sign) } span dir="auto" { (words) } }
                } }
                (ways)
            }
            @if ballot.is_open {
                p { (said.may_change) }
                p {
                    a.button href="/?change" {
                        @if ballot.began { (said.change_on) } @else { (said.change_it) }
                    }
                }
                (withdraw(ballot.vote, hidden))
            } @else {
                p { (filled(&said.counts, &[("vote", &called(ballot.vote, said))])) }
            }
        }
        p { a href="/" { (said.look_again) } }
    }
}

fn empty(vote: Vote, said: &Phone) -> &str {
    match vote {
        Vote::Tag => &said.all_neither,
        Vote::Rank => &said.blank,
    }
}
