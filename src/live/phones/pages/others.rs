//! Pages of those who wait, come in or went astray.

use maud::{Markup, html};

use super::frame::{self, Head};
use crate::hints::{Language, Phone, hints};
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

/// Writes a page without a seat.
pub(in crate::live::phones) fn plain(page: &Plain<'_>, language: Language) -> String {
    let said = &hints(language).phone;
    let head = Head {
        title: &said.title,
        language,
        refresh: None,
        at: "/",
        typed: false,
        // A page of this door asks, so the phone shows its seat.
        leads: matches!(page, Plain::Show).then_some("/?again"),
        version: None,
        ranks: false,
    };
    frame::page(&head, &words(page, said))
}

fn words(page: &Plain<'_>, said: &Phone) -> Markup {
    match page {
        Plain::Join => join(&said.come_in, &said.type_code, said),
        Plain::WrongCode => join(&said.not_this_code, &said.wrong_code, said),
        Plain::Guessing => join(&said.one_moment, &said.guessing, said),
        Plain::Show => html! {
            h1 { (said.you_have_a_seat) }
            p { a.button href="/?again" { (said.back_to_it) } }
        },
        Plain::Nowhere => html! {
            h1 { (said.nothing_here) }
            p { a.button href="/" { (said.to_the_exercise) } }
        },
        Plain::WrongHost => html! {
            h1 { (said.not_this_name) }
            p { (said.open_address) }
        },
        Plain::Foreign => html! {
            h1 { (said.not_done) }
            p { (said.foreign) }
            p { a.button href="/" { (said.to_the_exercise) } }
        },
        Plain::TooMuch => html! {
            h1 { (said.not_taken) }
            p { (said.too_much) }
        },
        Plain::NoSeat(typed) => html! {
            (join(&said.come_in_again, &said.no_seat, said))
            @if let Some(typed) = typed {
                p { (said.typed) }
                blockquote dir="auto" { (parts::typed(typed)) }
            }
        },
    }
}

fn join(title: &str, text: &str, said: &Phone) -> Markup {
    html! {
        h1 { (title) }
        p { (text) }
        form method="post" action="/seat/join" {
            label for="code" { (said.code) }
            input #code name="code" required maxlength="40" autocomplete="off"
                autocapitalize="none" spellcheck="false" placeholder=(said.code_like);
            button { (said.come_in) }
        }
        (kept(said))
    }
}

/// What is kept, and what plain HTTP means.
fn kept(said: &Phone) -> Markup {
    let all = [&said.purpose, &said.kept, &said.on_the_way];
    html! { section.kept { @for one in all { p { (one) } } } }
}

/// People arrive.
pub(super) fn lobby(brief: Option<&str>, said: &Phone) -> Markup {
    html! {
        @if let Some(brief) = brief { p dir="auto" { (brief) } }
        p { b { (said.you_are_in) } " " (said.begins_soon) }
        (look_again(said))
        (kept(said))
    }
}

/// For browsers that are not told.
pub(super) fn look_again(said: &Phone) -> Markup {
    html! { p { a href="/" { (said.look_again) } } }
}
