//! Results.

use maud::{Markup, html};

use super::{called, slug};
use crate::exercise::{Said, Vote};
use crate::hints::{Hints, Language, Phone, filled, hints};
use crate::live::phones::parts::{Part, bytes};
use crate::live::phones::results::{Counted, Line, Results, Table};

/// What the tags around a line take, in bytes, with what was counted.
const LINE: usize = 340;

/// What the lines of a result take. What is said of it stands on the first part, and has its room
/// on all.
pub(super) fn sizes(results: &Results, wanted: Option<Vote>) -> Vec<usize> {
    let Some(table) = results.first(wanted).filter(|table| table.is_shown) else {
        return Vec::new();
    };
    let lines = table.lines.iter();
    lines.map(|one| LINE + bytes(&one.words)).collect()
}

/// One result, and the way to the other.
pub(super) fn page(
    results: &Results,
    wanted: Option<Vote>,
    (part, ways): (&Part, &Markup),
    language: Language,
) -> Markup {
    let said = &hints(language).phone;
    let Some(table) = results.first(wanted) else {
        return html! { p { (said.no_result) } (super::others::look_again(said)) };
    };
    html! {
        h2 { (heading(table.vote, said)) }
        @if table.is_shown { (shown(table, part, language)) (ways) } @else {
            p { (said.not_on_wall) }
        }
        @if let Some(other) = results.other(table.vote) {
            p { a href={ "/?result=" (slug(other)) } { (said.other_result) (called(other, said)) } }
        }
        p { a href="/" { (said.look_again) } }
    }
}

fn heading(vote: Vote, said: &Phone) -> &str {
    match vote {
        Vote::Tag => &said.which_must,
        Vote::Rank => &said.which_order,
    }
}

fn shown(table: &Table, part: &Part, language: Language) -> Markup {
    let hints = hints(language);
    let lines = table.lines.get(part.range.clone()).unwrap_or_default();
    html! {
        @if table.covered > 0 {
            p.small { (filled(&hints.phone.covered, &[("n", &table.covered)])) }
        }
        ul.result { @for one in lines { (line(one, hints)) } }
        @if part.number == 1 { @for said in table.said(language) { p dir="auto" { (said) } } }
    }
}

/// Bars are drawn as shapes: the policy of the page allows no style in a line.
fn line(line: &Line, hints: &Hints) -> Markup {
    html! {
        li class=[line.ends_top.then_some("top")] {
            @if !line.place.is_empty() { b.sign { (line.place) } }
            span dir="auto" { (line.words) }
            @if let Some((must, nice)) = line.bar {
                svg aria-hidden="true" {
                    rect width={ (must) "%" } {}
                    @if nice > 0 { rect.n x={ (must) "%" } width={ (nice) "%" } {} }
                }
            }
            small { (counted(&line.counted, hints)) }
            @if line.ends_top { em { (hints.phone.top_four) } }
        }
    }
}

/// What was counted, in words.
fn counted(counted: &Counted, hints: &Hints) -> String {
    match counted {
        Counted::Marks(must, nice, neither) => filled(
            &hints.phone.counted,
            &[("must", must), ("nice", nice), ("neither", neither)],
        ),
        Counted::Aloud(Said::Must) => hints.marks.must_have.clone(),
        Counted::Aloud(Said::Nice) => hints.marks.nice_to_have.clone(),
        Counted::Aloud(Said::Neither) => hints.marks.neither.clone(),
        Counted::Points(points) => filled(&hints.phone.points, &[("n", &hints.decimal(points))]),
        Counted::Nothing => String::new(),
    }
}
