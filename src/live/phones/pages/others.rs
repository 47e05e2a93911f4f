//! Pages of those who wait, come in or went astray.

use maud::{Markup, html};

use super::frame::{self, Head};
use crate::live::phones::parts;

/// A page without a seat.
pub(in crate::live::phones) enum Plain<'a> {
    /// Asks for the code.
    Join,
    /// The code was wrong.
    WrongCode,
    /// Too many wrong codes came from here.
    Guessing,
    /// The phone has a seat and is asked to show it, which it does when this page asks for it.
    Show,
    /// There is no such page.
    Nowhere,
    /// The door is not reached by this name.
    WrongHost,
    /// The form was not one of this seat.
    Foreign,
    /// Too much, or nothing that a form sends.
    TooMuch,
    /// The form was sent without a seat, with what was typed.
    NoSeat(Option<&'a str>),
}

/// What is kept, and what plain HTTP means.
const KEPT: [&str; 3] = [
    "Purpose: to find out which data and information this room needs, and which PIM categories \
     produce it. The result is the room's, not a person's.",
    "Kept: the items in their own words, counts and results, until the facilitator purges the \
     session. No name is asked, and no address or kind of phone is written down. Ballots are \
     anonymous to the room, not against whoever runs the host.",
    "On the way: in a room without the internet this page is not encrypted. Whoever controls the \
     network can read what you send. Write nothing that could harm anybody.",
];

/// Writes a page without a seat.
pub(in crate::live::phones) fn plain(page: &Plain<'_>) -> String {
    let head = Head {
        title: "Rank with us",
        refresh: None,
        at: "/",
        typed: false,
        // A page of this door asks, so the phone shows its seat.
        leads: matches!(page, Plain::Show).then_some("/?again"),
        version: None,
        ranks: false,
    };
    let main = match page {
        Plain::Join => join("Come in", "Type the code that is on the wall."),
        Plain::WrongCode => join(
            "Not this code",
            "That is not the code of this room. Look at the wall once more: one word and two \
             digits.",
        ),
        Plain::Guessing => join(
            "One moment",
            "Too many wrong codes came from here. Wait a minute, then type the code again.",
        ),
        Plain::Show => html! {
            h1 { "You have a seat" }
            p { a.button href="/?again" { "Back to it" } }
        },
        Plain::Nowhere => html! {
            h1 { "Nothing is here" }
            p { a.button href="/" { "To the exercise" } }
        },
        Plain::WrongHost => html! {
            h1 { "Not under this name" }
            p { "Open the address that is on the wall, as it is written there." }
        },
        Plain::Foreign => html! {
            h1 { "Not done" }
            p { "This was not sent from the page of your seat, so nothing was changed." }
            p { a.button href="/" { "To the exercise" } }
        },
        Plain::TooMuch => html! {
            h1 { "Not taken" }
            p { "This is more than the form holds, so nothing was changed. Go back and shorten it." }
        },
        Plain::NoSeat(typed) => html! {
            (join("Come in again", "This phone has no seat here any more, so nothing was changed."))
            @if let Some(typed) = typed {
                p { "You had typed:" }
                blockquote dir="auto" { (parts::typed(typed)) }
            }
        },
    };
    frame::page(&head, &main)
}

fn join(title: &str, said: &str) -> Markup {
    html! {
        h1 { (title) }
        p { (said) }
        form method="post" action="/seat/join" {
            label for="code" { "Code" }
            input #code name="code" required maxlength="40" autocomplete="off"
                autocapitalize="none" spellcheck="false" placeholder="word-12";
            button { "Come in" }
        }
        (kept())
    }
}

fn kept() -> Markup {
    html! { section.kept { @for one in KEPT { p { (one) } } } }
}

/// People arrive.
pub(super) fn lobby(brief: Option<&str>) -> Markup {
    html! {
        @if let Some(brief) = brief { p dir="auto" { (brief) } }
        p { b { "You are in." } " It begins soon; this page follows." }
        (look_again())
        (kept())
    }
}

/// For browsers that are not told.
pub(super) fn look_again() -> Markup {
    html! { p { a href="/" { "Look again" } } }
}
