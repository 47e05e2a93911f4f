//! The exercises in the outcome document, and their annex.
//!
//! Owns what is said in which order: of each run the tagging result, the ranking result,
//! never mixed, the result by category; then the scenarios side by side, how all of it was
//! counted, and at the end of the document what people said in their own words.

use super::{Exercises, Run};
use crate::exercise::Mark;
use crate::exercise::results::{Produced, Producer};
use crate::export::blocks::Block;

mod compared;
mod method;
mod ranked;
mod tagged;

pub(super) use compared::{cells_of, names};
pub(super) use tagged::said;

/// The results.
pub fn results(blocks: &mut Vec<Block>, all: &Exercises) {
    if all.runs.is_empty() {
        return;
    }
    heading(blocks, 2, "What people need, by scenario");
    para(
        blocks,
        "Tagging and ranking are two results and are never mixed. Tagging counts how many \
         people say must have and nice to have. Ranking adds up the places that ballots give.",
    );
    for run in &all.runs {
        one(blocks, all, run);
    }
    if let Some(comparison) = &all.comparison {
        compared::compared(blocks, all, comparison);
    }
    method::method(blocks, all);
}

fn one(blocks: &mut Vec<Block>, all: &Exercises, run: &Run) {
    heading(
        blocks,
        3,
        &format!("Exercise {}: {}", run.run.id.0, run.name()),
    );
    about(blocks, all, run);
    if run.run.candidates().is_empty() {
        para(blocks, "Nothing was named in this exercise.");
        return;
    }
    tagged::tagged(blocks, run);
    ranked::ranked(blocks, run);
    by_category(blocks, all, run);
}

fn about(blocks: &mut Vec<Block>, all: &Exercises, run: &Run) {
    let mut said = |what: &str, text: String| {
        if !text.is_empty() {
            blocks.push(Block::Item(what.to_owned(), text, Vec::new()));
        }
    };
    said("Brief", run.brief.clone().unwrap_or_default());
    said("Held", all.held.clone());
    let here = run.run.here.map(|here| here.to_string());
    said("People in the room", here.unwrap_or_default());
    said("Left in phase", run.run.phase.title().to_owned());
    said("Must or nice", run.outcome.labels.basis.words().to_owned());
}

fn by_category(blocks: &mut Vec<Block>, all: &Exercises, run: &Run) {
    let found = &run.outcome.categories;
    heading(blocks, 4, "By PIM category");
    let some = |one: &(Producer, Vec<Produced>)| one.0 != Producer::Unmatched && !one.1.is_empty();
    if !found.rows.iter().any(some) {
        para(
            blocks,
            "Nothing was matched to the categories in this exercise.",
        );
        return;
    }
    para(blocks, &must_exist(all, run));
    blocks.extend(none_of_eight(run).map(Block::Para));
    let head = ["Category", "Must have", "Nice to have", "Level or neither"];
    let rows = found.rows.iter().filter(|(producer, items)| {
        // A category without an item is a finding; that everything was matched is not.
        *producer != Producer::Unmatched || !items.is_empty()
    });
    let rows = rows.map(|(producer, items)| produced(all.producer(*producer), items));
    blocks.push(Block::Table(head.map(str::to_owned).into(), rows.collect()));
    if let Some(tagging) = &run.outcome.tagging {
        let top = found.of_top_four(tagging).into_iter();
        let top = top.map(|(producer, number)| format!("{} {number}", all.producer(producer)));
        let top: Vec<String> = top.collect();
        if !top.is_empty() {
            let top = top.join(", ");
            para(
                blocks,
                &format!("The top four for must have come from: {top}."),
            );
        }
    }
}

fn must_exist(all: &Exercises, run: &Run) -> String {
    let must = run.outcome.categories.must_exist().into_iter();
    let must: Vec<&str> = must.map(|id| all.category(id)).collect();
    match must.as_slice() {
        [] => "No must have is matched to a category.".to_owned(),
        [only] => format!("For its must haves this scenario needs one PIM system: {only}."),
        some => format!(
            "For its must haves this scenario needs {} PIM systems: {}.",
            some.len(),
            some.join(", ")
        ),
    }
}

/// "None of the eight" is a finding and is said as one.
fn none_of_eight(run: &Run) -> Option<String> {
    let mut rows = run.outcome.categories.rows.iter();
    let (_, items) = rows.find(|(producer, _)| *producer == Producer::NoneOfEight)?;
    let words: Vec<&str> = items.iter().map(|one| one.words.as_str()).collect();
    let verb = if words.len() == 1 {
        "item fits"
    } else {
        "items fit"
    };
    (!words.is_empty()).then(|| {
        format!(
            "Finding: {} {verb} none of the eight categories: {}.",
            words.len(),
            words.join("; ")
        )
    })
}

fn produced(name: String, items: &[Produced]) -> Vec<String> {
    use crate::exercise::results::Label;
    let with = |wanted: &[Option<Label>]| {
        let some = items.iter().filter(|one| wanted.contains(&one.label));
        let words = some.map(|one| match (one.label, one.counts) {
            (Some(Label::Must), Some((must, _))) => format!("{} ({must})", one.words),
            (Some(Label::Nice), Some((_, nice))) => format!("{} ({nice})", one.words),
            _ => one.words.clone(),
        });
        words.collect::<Vec<String>>().join("\n")
    };
    vec![
        name,
        with(&[Some(Label::Must)]),
        with(&[Some(Label::Nice)]),
        with(&[Some(Label::Level), Some(Label::Neither), None]),
    ]
}

/// What people said in their own words, at the end of the document.
pub fn annex(blocks: &mut Vec<Block>, all: &Exercises) {
    let named = |one: &&Run| !one.run.items.is_empty();
    let mut runs = all.runs.iter().filter(named).peekable();
    if runs.peek().is_none() {
        return;
    }
    heading(blocks, 2, "Annex: in people's own words");
    para(
        blocks,
        "Every item as it was named; nobody edited the words of anybody else.",
    );
    for run in runs {
        heading(
            blocks,
            3,
            &format!("Exercise {}: {}", run.run.id.0, run.name()),
        );
        merges(blocks, run);
        originals(blocks, all, run);
    }
}

fn merges(blocks: &mut Vec<Block>, run: &Run) {
    for candidate in run.merged() {
        let words = run.members(&candidate).map(|one| one.words().to_owned());
        let mark = "Merged".to_owned();
        blocks.push(Block::Item(mark, candidate.words.clone(), words.collect()));
    }
}

fn originals(blocks: &mut Vec<Block>, all: &Exercises, run: &Run) {
    let rows = run.originals().map(|item| {
        let counted = run.counted_as(item).map(|one| one.words);
        let counted = counted.filter(|words| words != item.words());
        vec![
            item.id.0.to_string(),
            item.words().to_owned(),
            item.named.map_or("", Mark::word).to_owned(),
            all.origin(item),
            counted.unwrap_or_default(),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if !rows.is_empty() {
        let head = ["No.", "In own words", "Said as", "From", "Counted under"];
        blocks.push(Block::Table(head.map(str::to_owned).into(), rows));
    }
    let unread = match run.unread() {
        0 => return,
        1 => "1 item was".to_owned(),
        n => format!("{n} items were"),
    };
    let text = format!("{unread} hidden or taken back; the words are not in this document.");
    blocks.push(Block::Small(text));
}

fn heading(blocks: &mut Vec<Block>, level: u8, text: &str) {
    blocks.push(Block::Heading(level, text.to_owned()));
}

fn para(blocks: &mut Vec<Block>, text: &str) {
    if !text.is_empty() {
        blocks.push(Block::Para(text.to_owned()));
    }
}
