//! How it was counted: methods and conventions, so that the numbers can be checked.

use super::heading;
use crate::exercise::{Vote, Weigh};
use crate::export::blocks::Block;
use crate::export::exercise::{Exercises, Run};

pub(super) fn method(blocks: &mut Vec<Block>, all: &Exercises) {
    let is_ranked = all.runs.iter().any(|one| one.outcome.ranking.is_some());
    heading(blocks, 3, "How it was counted");
    let mut lines: Vec<(&str, String)> = all
        .runs
        .iter()
        .map(|one| ("Held", format!("exercise {}: {}", one.run.id.0, held(one))))
        .collect();
    lines.extend(TAGGING.map(|(what, text)| (what, text.to_owned())));
    if is_ranked {
        lines.extend(RANKING.map(|(what, text)| (what, text.to_owned())));
    }
    lines.extend(ALWAYS.map(|(what, text)| (what, text.to_owned())));
    let items = lines.into_iter();
    blocks.extend(items.map(|(what, text)| Block::Item(what.to_owned(), text, Vec::new())));
    let version = concat!("Counted by pim-workshop ", env!("CARGO_PKG_VERSION"), ".");
    blocks.push(Block::Small(version.to_owned()));
}

const TAGGING: [(&str, &str); 1] = [(
    "Tagging",
    "a rate is the share of all who handed in or took part by raising hands, those who marked \
     nothing included. The top four keep every tie at the cut, so they can be more than four.",
)];

const RANKING: [(&str, &str); 4] = [
    (
        "Points (Borda)",
        "on each ballot an item gets a point for every item below it and half a point for every \
         item level with it. Items that a ballot leaves out share its last place. A blank ballot \
         is an abstention: it is shown and not counted.",
    ),
    (
        "Cross-checks",
        "Copeland counts head-to-head wins, a tie as half. Schulze follows the strongest paths of \
         head-to-head wins (winning votes). They do not change the points; where they differ, \
         that is said.",
    ),
    (
        "Agreement",
        "Kendall's W, corrected for ties: 0 is none, 1 is all ballots alike. Under 0.3 little, \
         from 0.3 some, from 0.5 moderate, from 0.7 strong; told from five ballots and three \
         items on.",
    ),
    (
        "Leave one out",
        "everything is counted again without each ballot in turn, to see whether one voice \
         decides first place.",
    ),
];

const ALWAYS: [(&str, &str); 3] = [
    (
        "Merged items",
        "a person counts once for a group: the best place counts, and must have beats nice to \
         have.",
    ),
    ("Ties", "=2 means level on place 2. No tie is broken."),
    (
        "Ballots",
        "results of fewer than five people stay shut unless the room agrees to see them. No \
         ballot is in this document.",
    ),
];

/// How a run was held.
fn held(run: &Run) -> String {
    let settings = run.run.settings;
    let mut said = vec![format!("tags by {}", settings.tagging.title())];
    let rounds = |vote| {
        run.run
            .rounds
            .iter()
            .filter(|one| one.vote == vote && one.sealed)
            .count()
    };
    if rounds(Vote::Rank) > 0 {
        let places = match settings.places {
            0 => "all places".to_owned(),
            n => format!("{n} places a ballot"),
        };
        let ties = if settings.ties { "ties" } else { "no ties" };
        let how = settings.ranking.title();
        said.push(format!("the order by {how}, {places}, {ties} allowed"));
    }
    said.push(
        match settings.weigh {
            Weigh::People => "a ballot of a table counts for all who sit there",
            Weigh::Ballots => "a ballot of a table counts as one voice",
        }
        .to_owned(),
    );
    for (vote, what) in [(Vote::Tag, "tagging"), (Vote::Rank, "ranking")] {
        if rounds(vote) > 1 {
            let number = rounds(vote);
            said.push(format!(
                "{number} rounds of {what}, of which the last is shown"
            ));
        }
    }
    format!("{}.", said.join("; "))
}
