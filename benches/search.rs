//! What a key press costs: `cargo bench --bench search`.
//!
//! Types every need of three sets letter by letter and prints how long the slowest key presses took,
//! and how long the engine takes to build. Fails above the promised limits.

#[allow(missing_docs, clippy::unwrap_used, reason = "shared with the tests")]
#[path = "../tests/it/search_support.rs"]
mod support;

use std::io::{self, Write};
use std::time::{Duration, Instant};

use pim::search::{Engine, Query, Questions, Thesaurus};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let corpus = support::corpus();
    let (thesaurus_files, question_files) = (
        support::files("content/thesaurus"),
        support::files("content/questions"),
    );
    let mut best = [Duration::MAX; 2];
    let mut built = None;
    for _ in 0..5 {
        let begin = Instant::now();
        let thesaurus =
            Thesaurus::load(&support::borrowed(&thesaurus_files), &corpus).unwrap_or_default();
        let questions =
            Questions::load(&support::borrowed(&question_files), &corpus).unwrap_or_default();
        best[0] = best[0].min(begin.elapsed());
        let begin = Instant::now();
        built = Some(Engine::new(&corpus, thesaurus, questions, &[]));
        best[1] = best[1].min(begin.elapsed());
    }
    writeln!(
        out,
        "read and check the files {:?}, build the engine {:?}",
        best[0], best[1]
    )?;
    let Some(engine) = built else { return Ok(()) };
    let mut presses: Vec<Duration> = Vec::new();
    for need in ["seen", "development", "held-out"]
        .into_iter()
        .flat_map(support::needs)
    {
        let letters: Vec<char> = need.text.chars().collect();
        for end in 1..=letters.len() {
            let text: String = letters[..end].iter().collect();
            let begin = Instant::now();
            let ranking = engine.rank(&Query::typing(&text));
            presses.push(begin.elapsed());
            assert_eq!(ranking.hits.len(), 8);
        }
    }
    presses.sort_unstable();
    let at = |share: usize| presses[(presses.len() - 1) * share / 1000];
    writeln!(
        out,
        "{} key presses: half within {:?}, 95 % {:?}, 99 % {:?}, 99.9 % {:?}, slowest {:?}",
        presses.len(),
        at(500),
        at(950),
        at(990),
        at(999),
        at(1000)
    )?;
    assert!(
        at(990) < Duration::from_millis(1),
        "99 % of key presses must take less than a millisecond"
    );
    Ok(())
}
