//! The pages on which items are named and changed.

use maud::{Markup, html};

use super::Hidden;
use crate::exercise::text::ITEM;
use crate::exercise::{Mark, Standing};
use crate::hints::{Hints, Phone};
use crate::live::phones::parts::{Part, bytes};
use crate::live::phones::view::{Collect, Own, Reword};

/// What the tags around an own item take, in bytes, with all that may be said of it.
const OWN: usize = 280;

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
    let (marks, said) = (&hidden.hints.marks, &hidden.hints.phone);
    html! {
        @if let Some(newest) = collect.own.first().filter(|_| collect.kept) {
            (kept(newest, &collect.near, said))
        }
        form method="post" action="/seat/name" {
            (hidden.fields())
            input type="hidden" name="n" value=(collect.next);
            label for="text" { (said.one_thing) }
            (words(&collect.text, fault))
            fieldset {
                legend { (said.do_we_need_it) }
                (choice("m", &marks.must_have, collect.mark == Some(Mark::Must)))
                (choice("n", &marks.nice_to_have, collect.mark == Some(Mark::Nice)))
                (choice("", &said.not_said, collect.mark.is_none()))
            }
            button { (said.add) }
        }
        @if collect.moderated {
            p.small { (said.moderated) }
        }
        @if !collect.own.is_empty() {
            section.own {
                h2 { (said.named) }
                ul { @for own in own { (line(own, hidden.hints)) } }
                (ways)
            }
        }
    }
}

/// The newest item is kept; others that are like it.
fn kept(newest: &Own, near: &[String], said: &Phone) -> Markup {
    html! {
        div.said role="status" {
            @if near.is_empty() { p { (said.kept_one) } }
            @else {
                p { (said.alike) }
                @for words in near { p dir="auto" { b { (words) } } }
                p {
                    (said.if_alike)
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

fn line(own: &Own, hints: &Hints) -> Markup {
    let phone = &hints.phone;
    let mark = own.mark.map(|mark| hints.sign(Some(mark)));
    let stands = match own.standing {
        Standing::Waiting => Some(&phone.waits),
        Standing::Hidden => Some(&phone.hidden),
        Standing::Shown | Standing::TakenBack => None,
    };
    let group = (!own.is_free).then_some(&phone.in_group);
    let said: Vec<String> = mark.into_iter().chain(stands.or(group).cloned()).collect();
    let id = own.id.0;
    html! {
        li {
            span id={ "w" (id) } dir="auto" { (own.words) }
            @if !said.is_empty() { small { (said.join(", ")) } }
            @if own.is_free {
                a id={ "c" (id) } href={ "/?item=" (id) } aria-labelledby={ "c" (id) " w" (id) } {
                    (phone.change)
                }
            }
        }
    }
}

/// An own item in other words.
pub(super) fn reword(own: &Reword, hidden: Hidden<'_>) -> Markup {
    let item = own.item;
    let said = &hidden.hints.phone;
    html! {
        form method="post" action="/seat/reword" {
            (hidden.fields())
            input type="hidden" name="item" value=(item.0);
            label for="text" { (said.your_words) }
            (words(&own.words, own.fault.as_deref()))
            button { (said.keep_words) }
        }
        form method="post" action="/seat/take-back" {
            (hidden.fields())
            input type="hidden" name="item" value=(item.0);
            button.quiet { (said.take_back) }
        }
        p { a href="/" { (said.leave_it) } }
    }
}
