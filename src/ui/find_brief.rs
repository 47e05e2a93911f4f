//! Find on a slow link: what is left of its screen where each byte counts.
//!
//! Owns what is left out there. The first three categories, each with one short reason, stand where
//! otherwise all eight stand with two; of the chosen Output there is a line. Whatever is typed, a
//! key costs two hundred bytes at most (a test holds that), so that texts are cut short and stay
//! where they are. What is left out, and which key brings it, is said. Start at [`Brief`].

use super::find::{self, Answer, output, source};
use crate::content::{CategoryId, Content};
use crate::search::{Hit, How, Reason, State};

/// What is left out, and the key that brings it.
const LEFT_OUT: &str = "The first three. Tab: all, with Output";
/// Nothing is left out, and the key that leaves it out again.
const ALL_SHOWN: &str = "All of it. Tab: the first three";
/// Of so many, nearly every need has its category among the first.
const FIRST: usize = 3;
/// Characters of a reason, of a line of an Output, of its source.
const WHY: usize = 24;
const GIST: usize = 56;
const SOURCE: usize = 48;

/// What is seen in Find on a slow link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// Whether all is asked for, and what is here is left out instead.
    pub unfolded: bool,
    /// How much was understood, and how sure the order is.
    pub verdict: String,
    /// What is left out, and the key that brings it.
    pub tab: &'static str,
    /// The first categories, and those that the choice went on to, each with why.
    pub rows: Vec<(String, String)>,
    /// A line of the chosen Output, and its status and source.
    pub gist: Option<(String, String)>,
}

/// What a seat on a slow link sees of an answer, with the gist of a category's Output.
pub(super) fn brief(answer: &Answer<'_>, gist_of: Option<CategoryId>, unfolded: bool) -> Brief {
    let listed = answer.is_ordered() || gist_of.is_some() || answer.chosen > 0;
    let count = FIRST.max(answer.chosen + 1);
    let order = answer.order.iter().take(if listed { count } else { 0 });
    let rows = order.enumerate().map(|(n, id)| {
        let name = answer.content.category(*id).short.clone();
        // Only the first three stand there because of what was typed.
        let why = Some(*id).filter(|_| n < FIRST && answer.is_ordered());
        (
            name,
            why.map(|id| why_short(answer, id)).unwrap_or_default(),
        )
    });
    Brief {
        unfolded,
        tab: if unfolded { ALL_SHOWN } else { LEFT_OUT },
        verdict: verdict(answer),
        rows: rows.collect(),
        gist: gist_of.map(|id| gist(id, answer.hit(id), answer.content)),
    }
}

fn verdict(answer: &Answer<'_>) -> String {
    let unsure = match answer.state {
        State::NotUnderstood if answer.ranking.is_some() => {
            return "No word of it is understood.".to_owned();
        }
        State::Unsure => ", not sure",
        State::Confident => "",
        State::Empty | State::NotUnderstood => return find::verdict(answer),
    };
    format!("{}{unsure}", answer.counted())
}

/// The words of the source behind the strongest reason; where only our thesaurus stands behind
/// it, the word that was typed.
fn why_short(answer: &Answer<'_>, id: CategoryId) -> String {
    let reason = answer.hit(id).and_then(|hit| hit.because.first());
    let Some(Reason {
        typed,
        source,
        how,
        from_thesaurus,
        ..
    }) = reason
    else {
        let ranking = answer.ranking.as_ref();
        let partners = ranking.and_then(|one| find::partners(one, id, answer.content));
        let partner = partners.and_then(|some| some.first().copied());
        return partner.map_or_else(String::new, |one| cut(&format!("with {}", one.short), WHY));
    };
    let said = match (how, from_thesaurus) {
        (How::Taught, _) => format!("taught: {typed}"),
        (_, true) => format!("thesaurus: {typed}"),
        (_, false) => source.clone(),
    };
    cut(&said, WHY)
}

/// Of the Output that answers best a line with its first marked word.
fn gist(id: CategoryId, hit: Option<&Hit>, content: &Content) -> (String, String) {
    let (_, text, marks) = output(id, hit, content);
    let later = marks.first().filter(|mark| mark.end > GIST);
    let line = match later {
        Some(mark) => {
            let rest: String = text.chars().skip(mark.start).collect();
            cut(&format!("... {rest}"), GIST)
        }
        None => cut(&text, GIST),
    };
    (line, cut(&source(id, hit, content), SOURCE))
}

/// A text that is short enough, or its beginning up to a word's end.
fn cut(text: &str, most: usize) -> String {
    const ELLIPSIS: &str = " ...";
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut room: String = text.chars().take(most - ELLIPSIS.len()).collect();
    room.truncate(room.rfind(' ').unwrap_or(room.len()));
    room + ELLIPSIS
}
