//! The results, as far as the room was shown them.

use super::{Row, ScenarioScene};
use crate::app::sheet::Sheet;
use crate::app::update::scenarios::shown_vote;
use crate::exercise::compare::Moves;
use crate::exercise::results::{Outcome, RankResult, TagResult, Votes};
use crate::exercise::state::Candidate;
use crate::exercise::{Exercise, Mark, Moment, Said, Shown, Vote};
use crate::hints::{Hints, Language, filled, hints};
use crate::tally::{Order, Place};

/// What is known beside the results.
pub(super) struct Beside<'a> {
    /// How much is in each round.
    pub(super) moment: &'a Moment,
    /// What moved since which round of ranking.
    pub(super) moved: Option<(u16, Moves)>,
}

pub(super) fn reveal(
    run: &Exercise,
    sheet: &Sheet,
    outcome: &Outcome,
    beside: &Beside<'_>,
) -> ScenarioScene {
    let vote = shown_vote(run, sheet.view);
    let hints = hints(Language::En);
    let mut scene = shown(run, vote, outcome, beside, hints);
    let few = match vote {
        Vote::Tag => outcome
            .tagging
            .as_ref()
            .is_some_and(|one| is_shut(&one.votes)),
        Vote::Rank => outcome
            .ranking
            .as_ref()
            .is_some_and(|one| is_shut(&one.votes)),
    };
    if few {
        scene.text.push("y: the room agrees to see it.".to_owned());
    }
    let disagree = &hints.result.disagree;
    if let Some(said) = scene.text.iter_mut().find(|one| *one == disagree) {
        said.push_str(" x says how.");
    }
    let mut keys = vec![("Space", "one line more"), ("A", "all"), ("x", "explain")];
    if outcome.tagging.is_some() && outcome.ranking.is_some() {
        keys.push(("r", "the other result"));
    }
    keys.extend([("o", "by category"), ("c", "scenarios")]);
    if outcome.ranking.is_some() {
        keys.push(("O", "rank again"));
    }
    keys.push(("n", "next"));
    scene.keys = keys;
    scene
}

/// Whether too few handed in for the result to be seen unasked.
fn is_shut<T>(votes: &Votes<T>) -> bool {
    matches!(votes, Votes::Shut { .. })
}

/// A result as far as the room was shown it, as everybody sees it.
pub(super) fn shown(
    run: &Exercise,
    vote: Vote,
    outcome: &Outcome,
    beside: &Beside<'_>,
    hints: &'static Hints,
) -> ScenarioScene {
    let mut scene = match (vote, &outcome.tagging, &outcome.ranking) {
        (Vote::Rank, _, Some(result)) => ranking(result, beside.moved.as_ref(), hints),
        (Vote::Tag, Some(result), _) => tagging(result, hints),
        _ => ScenarioScene {
            text: vec![hints.result.sealing.clone()],
            ..ScenarioScene::default()
        },
    };
    let late = beside.moment.waiting(run, vote);
    if late > 0 {
        let late = filled(&hints.result.late, &[("n", &late)]);
        scene.text.push(late);
    }
    scene
}

fn tagging(result: &TagResult, hints: &'static Hints) -> ScenarioScene {
    let mut scene = ScenarioScene {
        ask: hints.result.ask_tag.clone(),
        heads: hints.heads(),
        ..ScenarioScene::default()
    };
    let explained = || hints.of_tagging(result);
    let Votes::Counted { tally, .. } = &result.votes else {
        scene.text = explained();
        scene.heads = String::new();
        if matches!(result.votes, Votes::Shut { .. }) {
            return scene;
        }
        let mut agreed: Vec<(&Candidate, Option<Said>)> = result
            .candidates
            .iter()
            .zip(result.agreed.iter().copied())
            .collect();
        agreed.sort_by_key(|(_, said)| (said.is_none(), *said));
        let rows = agreed.into_iter().map(|(one, agreed)| Row {
            sign: hints.agreed(agreed),
            text: one.words.clone(),
            ..Row::default()
        });
        scene.rows = rows.collect();
        return scene;
    };
    let lines = result.lines();
    let top = result.top_four(Mark::Must).len();
    scene.rows = hidden(result.candidates.len().saturating_sub(lines.len()));
    for (place, number) in lines {
        let (must, nice, neither) = result.counts(number).unwrap_or_default();
        scene.rows.push(Row {
            lead: placed(place),
            text: named(&result.candidates, number),
            bar: Some((must, tally.submitted)),
            tail: format!("{must:>4} {nice:>4} {neither:>4}"),
            ..Row::default()
        });
    }
    if result.shown == Shown::All && top > 0 {
        if let Some(row) = scene.rows.get_mut(top) {
            row.rule = Some(&hints.phone.top_four);
        }
        scene.text = explained().into_iter().take(1).collect();
    }
    scene
}

/// A place as wide as a shared one, so that nothing moves when level items come.
fn placed(place: Place) -> String {
    format!("{:>2}", place.to_string())
}

fn hidden(rows: usize) -> Vec<Row> {
    let row = Row {
        lead: " ?".to_owned(),
        text: "...".to_owned(),
        ..Row::default()
    };
    vec![row; rows]
}

fn named(candidates: &[Candidate], number: usize) -> String {
    candidates
        .get(number)
        .map_or_else(String::new, |one| one.words.clone())
}

fn ranking(
    result: &RankResult,
    moved: Option<&(u16, Moves)>,
    hints: &'static Hints,
) -> ScenarioScene {
    let words = &hints.result;
    let mut scene = ScenarioScene {
        ask: words.ask_rank.clone(),
        ..ScenarioScene::default()
    };
    let lines = result.lines();
    let most = result.order().map_or(0, Order::len);
    scene.rows = hidden(most.saturating_sub(lines.len()));
    let tally = result.votes.counted().filter(|tally| tally.counted > 0);
    let best = tally.and_then(|tally| tally.borda.points.iter().max().copied());
    for (place, number) in lines {
        let points = tally.and_then(|tally| tally.borda.points.get(number).copied());
        scene.rows.push(Row {
            lead: placed(place),
            text: named(&result.candidates, number),
            bar: points
                .zip(best)
                .map(|(points, best)| (points.doubled(), best.doubled().max(1))),
            tail: points.map_or_else(String::new, |points| {
                format!("{:>7}", hints.decimal(&points))
            }),
            ..Row::default()
        });
        if let (Some((_, moves)), Some(row)) = (moved, scene.rows.last_mut()) {
            row.tail.push_str(&went(result, moves, number, hints));
        }
    }
    if tally.is_some() {
        scene.heads.clone_from(&words.points);
        if moved.is_some() {
            scene.heads.push_str(&format!("{:>10}", words.moved));
        }
    } else {
        scene.text = hints.of_ranking(result);
    }
    if result.shown == Shown::All
        && let Some((round, moves)) = moved
    {
        scene.text.push(since(*round, moves, hints));
    }
    if result.shown == Shown::All
        && let Some(tally) = tally
    {
        let said = tally.w.zip(tally.agreement());
        scene.text.extend(said.map(|(w, word)| {
            let (word, w) = hints.agreement(w, word);
            filled(&words.agreement, &[("word", &word), ("w", &w)])
        }));
        if !tally.disagreements().is_empty() {
            scene.text.push(words.disagree.clone());
        }
    }
    scene
}

/// How far an item moved, in a word of fixed width.
fn went(result: &RankResult, moves: &Moves, number: usize, hints: &Hints) -> String {
    let item = result.candidates.get(number).map(|one| one.id);
    let found = moves.items.iter().find(|one| Some(one.item) == item);
    let word = found.map_or_else(String::new, |one| hints.of_move(one));
    format!("{word:>10}")
}

fn since(round: u16, moves: &Moves, hints: &Hints) -> String {
    let said = &hints.result;
    let left: Vec<&str> = moves
        .items
        .iter()
        .filter(|one| one.now.is_none())
        .map(|one| one.words.as_str())
        .collect();
    let tau = moves.tau_b.map(|tau| {
        let tau = hints.decimal(&format!("{tau:.2}"));
        filled(&said.orders_agree, &[("tau", &tau)])
    });
    let items = left.join("; ");
    let left = (!left.is_empty()).then(|| filled(&said.not_again, &[("items", &items)]));
    let since = filled(&said.since, &[("n", &round)]);
    let all: Vec<String> = [Some(since), tau, left].into_iter().flatten().collect();
    all.join(" ")
}

pub(super) fn explain(outcome: &Outcome, run: &Exercise) -> ScenarioScene {
    let hints = hints(Language::En);
    let mut text = Vec::new();
    if let Some(result) = &outcome.tagging {
        text.push("Must have and nice to have:".to_owned());
        text.extend(hints.of_tagging(result));
    }
    let shown = run
        .sealed_round(Vote::Rank)
        .is_some_and(|one| one.shown == Shown::All);
    if let Some(result) = outcome.ranking.as_ref().filter(|_| shown) {
        text.push("The ranking:".to_owned());
        text.extend(hints.of_ranking(result));
    }
    ScenarioScene {
        ask: "What this result says, to be read aloud.".to_owned(),
        text,
        keys: vec![("Up Down", "scroll"), ("Esc", "back to the result")],
        ..ScenarioScene::default()
    }
}
