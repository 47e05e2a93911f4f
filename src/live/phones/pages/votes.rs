//! The pages on which ballots are filled in, and the one that shows a ballot that is in.

use maud::{Markup, html};

use super::{Hidden, called, withdraw};
use crate::exercise::Vote;
use crate::live::phones::sheet::{Entry, Sheet};
use crate::live::phones::view::HandedIn;

/// With more to choose from than this on a page, numbers are typed: the page stays small, and a
/// long list is no quicker than a number.
const CHOICES: usize = 150;

/// Must, nice or neither.
pub(super) fn tags(sheet: &Sheet, hidden: Hidden<'_>) -> Markup {
    html! {
        p.small { "What you leave open counts as neither." }
        form method="post" action="/seat/tag" {
            (hidden.fields())
            input type="hidden" name="round" value=(sheet.round.number);
            @for entry in &sheet.entries { (marks(entry)) }
            (hand_in(sheet))
        }
    }
}

fn marks(entry: &Entry) -> Markup {
    let name = format!("i{}", entry.id.0);
    html! {
        fieldset.row {
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

fn hand_in(sheet: &Sheet) -> Markup {
    html! {
        div.go {
            button { @if sheet.replaces { "Hand it in again" } @else { "Hand in" } }
            @if sheet.replaces { a href="/" { "Leave it as it is" } }
        }
    }
}

/// Places.
pub(super) fn ranks(sheet: &Sheet, hidden: Hidden<'_>) -> Markup {
    let most = sheet.places;
    let chosen = sheet.entries.len() * (most + 1) <= CHOICES;
    html! {
        p.small {
            "Give places from 1, the most needed, to at most " (most) ". "
            @if sheet.ties { "Two may share a place. " }
            "The rest stays empty."
        }
        form method="post" action="/seat/rank" {
            (hidden.fields())
            input type="hidden" name="round" value=(sheet.round.number);
            ol #rank data-most=(most) {
                @for entry in &sheet.entries { (place(entry, most, chosen)) }
            }
            (hand_in(sheet))
        }
    }
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
                strong.fault id=(id) { (said) }
            }
        }
    }
}

/// Whether a list of places can show what was typed; nothing that was typed is lost.
fn is_choice(entry: &Entry, most: usize) -> bool {
    entry.value.is_empty() || (1..=most).any(|at| entry.value == at.to_string())
}

/// The own ballot.
pub(super) fn handed_in(ballot: &HandedIn, hidden: Hidden<'_>) -> Markup {
    html! {
        section.own {
            h2 { "Handed in" }
            @if ballot.lines.is_empty() {
                p { (empty(ballot.vote)) }
            } @else {
                ul { @for (sign, words) in &ballot.lines {
                    li { b.sign { (sign) } span dir="auto" { (words) } }
                } }
            }
            @if ballot.is_open {
                p { "You can change it until the reveal." }
                p { a.button href="/?change" { "Change it" } }
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
