//! Prints how well needs find their category: `cargo run --release --example relevance`.
//!
//! With the name of a set (`development`) it also lists the needs that miss, with their reasons; a name
//! that is not among the sets is that of a file beside them, for trying out new needs. Do not list the
//! sets that are marked unread: their failures are not to be read while the vocabulary grows.

#[allow(missing_docs, clippy::unwrap_used, reason = "shared with the tests")]
#[path = "../tests/it/search_support.rs"]
mod support;

use std::io::{self, Write};

use pim::search::{Engine, Query};
use support::{Need, Report, Score};

/// The sets of needs; their files say which of them are unread.
const SETS: [&str; 12] = [
    "seen",
    "development",
    "held-out",
    "held-out-2",
    "held-out-3",
    "held-out-4",
    "held-out-5",
    "held-out-6",
    "held-out-7",
    "held-out-8",
    "third-party",
    "third-party-2",
];
const FOLDS: &str = "folds";

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let engine = support::engine();
    let listed: Vec<String> = std::env::args().skip(1).collect();
    writeln!(
        out,
        "{:44} needs  first strict  top 3  conf. %  right %",
        ""
    )?;
    let others = listed
        .iter()
        .map(String::as_str)
        .filter(|name| !SETS.contains(name) && *name != FOLDS);
    for name in SETS.into_iter().chain(others) {
        let needs = support::needs(name);
        set(&mut out, engine, name, &needs, true)?;
        for errors in [1, 2] {
            let mistyped: Vec<Need> = needs
                .iter()
                .map(|n| Need {
                    text: support::mistyped(&n.text, errors),
                    ..n.clone()
                })
                .collect();
            set(
                &mut out,
                engine,
                &format!("{name}, {errors} typing error(s)"),
                &mistyped,
                false,
            )?;
        }
        if listed.iter().any(|l| l == name) {
            misses(&mut out, engine, &needs)?;
        }
    }
    folds(&mut out, listed.iter().any(|l| l == FOLDS))?;
    let nonsense = support::nonsense();
    let fooled: Vec<&String> = nonsense
        .iter()
        .filter(|n| engine.rank(&Query::whole(n)).confident)
        .collect();
    writeln!(
        out,
        "\nnonsense: {} of {} taken for a confident hit {fooled:?}",
        fooled.len(),
        nonsense.len()
    )
}

fn set(
    out: &mut impl Write,
    engine: &Engine,
    name: &str,
    needs: &[Need],
    detail: bool,
) -> io::Result<()> {
    let report = Report::of(engine, needs);
    writeln!(
        out,
        "{}{name:44} {}",
        if detail { "\n" } else { "" },
        report.all.line()
    )?;
    if !detail {
        return Ok(());
    }
    for (group, score) in &report.groups {
        writeln!(out, "  {group:42} {}", score.line())?;
    }
    let mut pairs: Vec<_> = report.confusion.iter().collect();
    pairs.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    for ((wanted, got), count) in pairs.into_iter().take(6) {
        writeln!(out, "    {count:3} × {wanted} taken for {got}")?;
    }
    Ok(())
}

fn misses(out: &mut impl Write, engine: &Engine, needs: &[Need]) -> io::Result<()> {
    for need in needs {
        let ranking = engine.rank(&Query::whole(&need.text));
        let right = |id: &String| *id == need.category || need.also.contains(id);
        let place = ranking.hits.iter().position(|h| right(&h.id)).unwrap_or(8);
        if place == 0 {
            continue;
        }
        let sure = if ranking.confident { "!" } else { " " };
        writeln!(
            out,
            "  {sure}{} {} | {}",
            place + 1,
            need.category,
            need.text
        )?;
        for hit in [&ranking.hits[0], &ranking.hits[place]] {
            let reasons: Vec<String> = hit
                .because
                .iter()
                .map(|r| format!("{} [{}] {:.1}", r.typed, how(&r.how), r.gain))
                .collect();
            writeln!(
                out,
                "        {:.1} {}: {}",
                hit.score,
                hit.id,
                reasons.join("; ")
            )?;
        }
        if !ranking.not_understood.is_empty() || !ranking.corrected.is_empty() {
            writeln!(
                out,
                "        not understood {:?}, read as {:?}",
                ranking.not_understood, ranking.corrected
            )?;
        }
    }
    let _ = Score::default();
    Ok(())
}

fn how(how: &pim::search::How) -> String {
    match how {
        pim::search::How::Thesaurus { concept, .. } | pim::search::How::Cue { concept } => {
            concept.clone()
        }
        other => format!("{other:?}"),
    }
}

/// Every fifth example question is taken out in turn and asked as a need.
fn folds(out: &mut impl Write, list: bool) -> io::Result<()> {
    let corpus = support::corpus();
    let all = support::questions(&corpus).0;
    let mut score = Score::default();
    for fold in 0..5 {
        let (asked, kept): (Vec<_>, Vec<_>) = all
            .iter()
            .cloned()
            .enumerate()
            .partition(|(n, _)| n % 5 == fold);
        let kept = pim::search::Questions(kept.into_iter().map(|(_, q)| q).collect());
        let engine = Engine::new(&corpus, support::thesaurus(&corpus), kept, &[]);
        let needs: Vec<Need> = asked
            .into_iter()
            .map(|(_, q)| Need {
                text: q.text,
                category: corpus.categories[q.category].id.clone(),
                also: Vec::new(),
                lang: q.lang,
                kind: support::NeedKind::Terse,
            })
            .collect();
        for need in &needs {
            score.note(need, &engine.rank(&Query::whole(&need.text)));
        }
        if list {
            misses(out, &engine, &needs)?;
        }
    }
    writeln!(
        out,
        "\n{:44} {}",
        "example questions, each left out once",
        score.line()
    )
}
