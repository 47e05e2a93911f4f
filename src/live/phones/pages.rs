//! Pages as HTML.
//!
//! Owns how a view is written: one column, plain forms, one style and one small script in the
//! page itself. Everything works without the script. All text goes through the templates, which
//! escape it; words of people say themselves in which direction they run. A list that is too long
//! for one page goes over several. Pure. Start at [`seat`] and [`plain`].

mod collect;
mod frame;
mod others;
mod results;
#[cfg(test)]
#[expect(
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]
mod small;
mod votes;

use maud::{Markup, html};

use super::parts::{Part, Wanted, beginning};
use super::route::Query;
use super::view::{Body, View};
use crate::exercise::Vote;
use crate::hints::{Hints, Phone, filled, hints};
pub(super) use frame::{HEADERS, policy};
pub(super) use others::{Plain, plain};

/// What each form of a seat carries.
#[derive(Clone, Copy)]
struct Hidden<'a> {
    /// The token of the form.
    token: &'a str,
    /// The run that it is for.
    run: u32,
    /// What is said, in the language of the phone.
    hints: &'static Hints,
}

/// Bytes of the longest heading that a page bears.
const HEADING: usize = 600;

impl Hidden<'_> {
    fn fields(self) -> Markup {
        html! {
            input type="hidden" name="form" value=(self.token);
            input type="hidden" name="run" value=(self.run);
        }
    }
}

/// The page of a seat.
pub(super) fn seat(view: &View, token: &str) -> String {
    let sizes = sizes(&view.body);
    if sizes.is_empty() {
        return written(view, token, &Part::NONE, true);
    }
    let bare = written(view, token, &Part::NONE, false).len() + beside(&view.body);
    let part = Part::of(&sizes, bare, wanted(view));
    written(view, token, &part, true)
}

/// What is said of entries on other parts, in bytes.
fn beside(body: &Body) -> usize {
    match body {
        Body::Rank(sheet) => "100 ".len() * sheet.places,
        _ => 0,
    }
}

/// What each entry of a page's list takes, in bytes.
fn sizes(body: &Body) -> Vec<usize> {
    match body {
        Body::Wait(_) | Body::Lobby(_) | Body::Reword(_) => Vec::new(),
        Body::Collect(collect) => collect::sizes(collect),
        Body::Tag(sheet) => votes::sizes_of_tags(sheet),
        Body::Rank(sheet) => votes::sizes_of_ranks(sheet),
        Body::In(ballot) => votes::sizes_of_ballot(ballot),
        Body::Results { results, wanted } => results::sizes(results, *wanted),
    }
}

/// The part that was asked for; else the first in which something is wrong.
fn wanted(view: &View) -> Wanted {
    let wrong = match &view.body {
        Body::Rank(sheet) => sheet.entries.iter().position(|one| one.fault.is_some()),
        _ => None,
    };
    match (view.query.part, wrong) {
        (None, Some(entry)) => Wanted::With(entry),
        (part, _) => Wanted::Part(part.unwrap_or(1)),
    }
}

/// Writes a page. What comes and goes while a ballot is filled in can be left out, so that its
/// parts are always cut at the same entries.
fn written(view: &View, token: &str, part: &Part, whole: bool) -> String {
    let said = &hints(view.language).phone;
    let at = view.query.address(Some(part.number));
    let hidden = Hidden {
        token,
        run: view.run.map_or(0, |run| run.0),
        hints: hints(view.language),
    };
    let title = view.title.as_deref().unwrap_or(&said.title);
    let title = beginning(title, HEADING);
    let head = frame::Head {
        title: &title,
        language: view.language,
        refresh: view.waits().then(frame::jitter),
        at: if whole { &at } else { "" },
        leads: None,
        version: Some(view.version),
        typed: whole && view.has_typed,
        ranks: matches!(view.body, Body::Rank(_)),
    };
    let main = html! {
        header {
            @if view.title.is_some() { p.where dir="auto" { (title) } }
            @if let Some((left, runs)) = view.left.filter(|_| whole) { (time(left, runs, said)) }
        }
        @if whole && !view.said.is_empty() {
            div.said role="alert" { @for one in &view.said { p { (one) } } }
        }
        @if let Some(typed) = &view.typed {
            p { (said.typed) }
            blockquote dir="auto" { (typed) }
        }
        h1 { @if view.ask.is_empty() { (said.welcome) } @else { (view.ask) } }
        (body(view, hidden, part))
        @if let Some(vote) = view.late { (late(vote, hidden)) }
    };
    frame::page(&head, &main)
}

fn time(left: u32, runs: bool, said: &Phone) -> Markup {
    let shown = format!("{}:{:02}", left / 60, left % 60);
    html! {
        p.left {
            (said.time_left)
            @if runs { b #left data-s=(left) { (shown) } } @else { b { (shown) } " " (said.stopped) }
        }
    }
}

fn body(view: &View, hidden: Hidden<'_>, part: &Part) -> Markup {
    let said = hidden.hints;
    let ways = ways(&view.query, part, &said.phone);
    match &view.body {
        Body::Wait(waits) => html! { p { (waits) } (others::look_again(&said.phone)) },
        Body::Lobby(brief) => others::lobby(brief.as_deref(), &said.phone),
        Body::Collect(collect) => collect::page(collect, hidden, (part, &ways)),
        Body::Reword(own) => collect::reword(own, hidden),
        Body::Tag(sheet) => votes::tags(sheet, hidden, part),
        Body::Rank(sheet) => votes::ranks(sheet, hidden, part),
        Body::In(ballot) => votes::handed_in(ballot, hidden, (part, &ways)),
        Body::Results { results, wanted } => {
            results::page(results, *wanted, (part, &ways), view.language)
        }
    }
}

/// The ways to the other parts of a list that is only read.
fn ways(query: &Query, part: &Part, said: &Phone) -> Markup {
    html! {
        @if part.is_one_of_several() {
            nav.go aria-label=(said.parts) {
                @if let Some(to) = part.before() {
                    a.button.quiet rel="prev" href=(query.address(Some(to))) { (said.back) }
                }
                span { (part_of(part, said)) }
                @if let Some(to) = part.after() {
                    a.button.quiet rel="next" href=(query.address(Some(to))) { (said.go_on) }
                }
            }
        }
    }
}

/// What a vote is called on a page.
fn called(vote: Vote, said: &Phone) -> &str {
    match vote {
        Vote::Tag => &said.marks,
        Vote::Rank => &said.order,
    }
}

/// Which part of how many.
fn part_of(part: &Part, said: &Phone) -> String {
    filled(&said.part, &[("n", &part.number), ("all", &part.of)])
}

/// What it is called in a form or an address.
const fn slug(vote: Vote) -> &'static str {
    match vote {
        Vote::Tag => "tag",
        Vote::Rank => "rank",
    }
}

fn late(vote: Vote, hidden: Hidden<'_>) -> Markup {
    let said = &hidden.hints.phone;
    html! {
        section.own {
            p { (filled(&said.late, &[("vote", &called(vote, said))])) }
            (withdraw(vote, hidden))
        }
    }
}

fn withdraw(vote: Vote, hidden: Hidden<'_>) -> Markup {
    html! {
        form method="post" action="/seat/withdraw" {
            (hidden.fields())
            input type="hidden" name="vote" value=(slug(vote));
            button.quiet { (hidden.hints.phone.take_back) }
        }
    }
}
