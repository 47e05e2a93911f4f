//! Results.

use maud::{Markup, html};

use super::{called, slug};
use crate::exercise::Vote;
use crate::live::phones::parts::{Part, bytes};
use crate::live::phones::results::{Line, Results, Table};

/// What the tags around a line take, in bytes, with what was counted.
const LINE: usize = 300;

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
) -> Markup {
    let Some(table) = results.first(wanted) else {
        return html! { p { "There is no result to show yet." } (super::others::look_again()) };
    };
    html! {
        h2 { (heading(table.vote)) }
        @if table.is_shown { (shown(table, part)) (ways) } @else {
            p { "The result is not on the wall yet. This page follows." }
        }
        @if let Some(other) = results.other(table.vote) {
            p { a href={ "/?result=" (slug(other)) } { "The other result: " (called(other)) } }
        }
        p { a href="/" { "Look again" } }
    }
}

const fn heading(vote: Vote) -> &'static str {
    match vote {
        Vote::Tag => "Which data must we have?",
        Vote::Rank => "In which order do we need it?",
    }
}

fn shown(table: &Table, part: &Part) -> Markup {
    let lines = table.lines.get(part.range.clone()).unwrap_or_default();
    html! {
        @if table.covered > 0 {
            p.small { "Still covered: " (table.covered) " above these." }
        }
        ul.result { @for one in lines { (line(one)) } }
        @if part.number == 1 { @for said in &table.said { p dir="auto" { (said) } } }
    }
}

/// Bars are drawn as shapes: the policy of the page allows no style in a line.
fn line(line: &Line) -> Markup {
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
            small { (line.counted) }
            @if line.ends_top { em { "top four above" } }
        }
    }
}
