//! Pages as HTML.
//!
//! Owns how a view is written: one column, plain forms, one style and one small script in the
//! page itself. Everything works without the script. All text goes through the templates, which
//! escape it; words of people say themselves in which direction they run. Pure. Start at
//! [`seat`] and [`plain`].

mod collect;
mod frame;
mod others;
mod results;
mod votes;

use maud::{Markup, html};

use super::view::{Body, View};
use crate::exercise::Vote;
pub(super) use frame::{HEADERS, policy};
pub(super) use others::{Plain, plain};

/// What each form of a seat carries.
#[derive(Clone, Copy)]
struct Hidden<'a> {
    /// The token of the form.
    token: &'a str,
    /// The run that it is for.
    run: u32,
}

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
    let hidden = Hidden {
        token,
        run: view.run.map_or(0, |run| run.0),
    };
    let title = view.title.as_deref().unwrap_or("Rank with us");
    let head = frame::Head {
        title,
        refresh: view.waits().then(frame::jitter),
        leads: None,
        version: Some(view.version),
        ranks: matches!(view.body, Body::Rank(_)),
    };
    let main = html! {
        header {
            @if view.title.is_some() { p.where dir="auto" { (title) } }
            @if let Some((left, runs)) = view.left { (time(left, runs)) }
        }
        @if !view.said.is_empty() {
            div.said role="alert" { @for one in &view.said { p { (one) } } }
        }
        @if let Some(typed) = &view.typed {
            p { "You had typed:" }
            blockquote dir="auto" { (typed) }
        }
        h1 { @if view.ask.is_empty() { "Welcome" } @else { (view.ask) } }
        (body(&view.body, hidden))
        @if let Some(vote) = view.late { (late(vote, hidden)) }
    };
    frame::page(&head, &main)
}

fn time(left: u32, runs: bool) -> Markup {
    let shown = format!("{}:{:02}", left / 60, left % 60);
    html! {
        p.left {
            "Time left: "
            @if runs { b #left data-s=(left) { (shown) } } @else { b { (shown) } " (stopped)" }
        }
    }
}

fn body(body: &Body, hidden: Hidden<'_>) -> Markup {
    match body {
        Body::Wait(said) => html! { p { (said) } (others::look_again()) },
        Body::Lobby(brief) => others::lobby(brief.as_deref()),
        Body::Collect(collect) => collect::page(collect, hidden),
        Body::Reword(own) => collect::reword(own, hidden),
        Body::Tag(sheet) => votes::tags(sheet, hidden),
        Body::Rank(sheet) => votes::ranks(sheet, hidden),
        Body::In(ballot) => votes::handed_in(ballot, hidden),
        Body::Results { results, wanted } => results::page(results, *wanted),
    }
}

/// What a vote is called on a page.
const fn called(vote: Vote) -> &'static str {
    match vote {
        Vote::Tag => "must and nice",
        Vote::Rank => "the order",
    }
}

/// What it is called in a form or an address.
const fn slug(vote: Vote) -> &'static str {
    match vote {
        Vote::Tag => "tag",
        Vote::Rank => "rank",
    }
}

fn late(vote: Vote, hidden: Hidden<'_>) -> Markup {
    html! {
        section.own {
            p {
                "Your ballot on " (called(vote)) " came after the reveal. It is kept, waits for \
                 the next round, and counts if there is one."
            }
            (withdraw(vote, hidden))
        }
    }
}

fn withdraw(vote: Vote, hidden: Hidden<'_>) -> Markup {
    html! {
        form method="post" action="/seat/withdraw" {
            (hidden.fields())
            input type="hidden" name="vote" value=(slug(vote));
            button.quiet { "Take it back" }
        }
    }
}
