//! The pages on which items are named and changed.

use maud::{Markup, html};

use super::Hidden;
use crate::exercise::text::ITEM;
use crate::exercise::{Mark, Standing};
use crate::live::phones::parts::{Part, bytes};
use crate::live::phones::view::{Collect, Own, Reword};

/// What the tags around an own item take, in bytes, with all that may be said of it.
const OWN: usize = 240;

/// What the own items take.
pub(super) fn sizes(collect: &Collect) -> Vec<usize> {
    let own = collect.own.iter();
    own.map(|one| OWN + bytes(&one.words)).collect()
}

/// Naming, and what the seat named so far.
pub(super) fn page(
    collect: &Collect,
    hidden: Hidden<'_>,
    (part, ways): (&Part, &Markup),
) -> Markup {
    let own = collect.own.get(part.range.clone()).unwrap_or_default();
    let fault = collect.fault.as_deref();
    html! {
        @if let Some(newest) = collect.own.first().filter(|_| collect.kept) {
            (kept(newest, &collect.near))
        }
        form method="post" action="/seat/name" {
            (hidden.fields())
            input type="hidden" name="n" value=(collect.next);
            label for="text" { "One thing that you need to know" }
            (words(&collect.text, fault))
            fieldset {
                legend { "Do we need it?" }
                (choice("m", "must have", collect.mark == Some(Mark::Must)))
                (choice("n", "nice to have", collect.mark == Some(Mark::Nice)))
                (choice("", "not said", collect.mark.is_none()))
            }
            button { "Add it" }
        }
        @if collect.moderated {
            p.small { "The facilitator looks at each item before it is on the wall." }
        }
        @if !collect.own.is_empty() {
            section.own {
                h2 { "Named by you" }
                ul { @for own in own { (line(own)) } }
                (ways)
            }
        }
    }
}

/// The newest item is kept; others that are like it.
fn kept(newest: &Own, near: &[String]) -> Markup {
    html! {
        div.said role="status" {
            @if near.is_empty() { p { "Kept. Name another, or wait for the room." } }
            @else {
                p { "Kept. This is on the wall already and may mean the same:" }
                @for words in near { p dir="auto" { b { (words) } } }
                p {
                    "If it does, take yours back: "
                    a href={ "/?item=" (newest.id.0) } dir="auto" { (newest.words) }
                }
            }
        }
    }
}

/// A field for words, and what is wrong with them.
fn words(text: &str, fault: Option<&str>) -> Markup {
    html! {
        @if let Some(fault) = fault { strong.fault #fault role="alert" { (fault) } }
        textarea #text name="text" rows="3" maxlength=(ITEM) dir="auto" required
            aria-describedby=[fault.map(|_| "fault")] { (text) }
    }
}

fn choice(value: &str, word: &str, checked: bool) -> Markup {
    html! { label { input type="radio" name="mark" value=(value) checked[checked]; (word) } }
}

fn line(own: &Own) -> Markup {
    let mark = own
        .mark
        .map(|mark| format!("{} {}", mark.sign(), mark.word()));
    let stands = match own.standing {
        Standing::Waiting => Some("waits for the facilitator"),
        Standing::Hidden => Some("taken off the wall by the facilitator"),
        Standing::Shown | Standing::TakenBack => None,
    };
    let group = (!own.is_free).then_some("in a group");
    let said: Vec<String> = mark
        .into_iter()
        .chain(stands.or(group).map(str::to_owned))
        .collect();
    let id = own.id.0;
    html! {
        li {
            span id={ "w" (id) } dir="auto" { (own.words) }
            @if !said.is_empty() { small { (said.join(", ")) } }
            @if own.is_free {
                a id={ "c" (id) } href={ "/?item=" (id) } aria-labelledby={ "c" (id) " w" (id) } {
                    "Change"
                }
            }
        }
    }
}

/// An own item in other words.
pub(super) fn reword(own: &Reword, hidden: Hidden<'_>) -> Markup {
    let item = own.item;
    html! {
        form method="post" action="/seat/reword" {
            (hidden.fields())
            input type="hidden" name="item" value=(item.0);
            label for="text" { "In your words" }
            (words(&own.words, own.fault.as_deref()))
            button { "Keep these words" }
        }
        form method="post" action="/seat/take-back" {
            (hidden.fields())
            input type="hidden" name="item" value=(item.0);
            button.quiet { "Take it back" }
        }
        p { a href="/" { "Leave it as it is" } }
    }
}
