//! The speed promise: 1,000 ballots on 50 items, every method, in under 50 ms.

use pim::hints::{Language, sentences};
use pim::tally::input::{self, Format};
use pim::tally::{Ballot, Explanation, Profile, Schulze, Tally, borda, report, table};

fn main() {
    divan::main();
}

/// Full, short and tied ballots in turn, none like another; the same on every run.
fn profile(ballots: u64, items: usize) -> Profile {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut ballot = |number: u64| {
        let mut order: Vec<(u64, usize)> = (0..items).map(|item| (next(), item)).collect();
        order.sort_unstable();
        let order: Vec<usize> = order.into_iter().map(|(_, item)| item).collect();
        match number % 3 {
            0 => Ballot::new(order.iter().map(|&item| vec![item]).collect()),
            1 => Ballot::new(order.iter().take(5).map(|&item| vec![item]).collect()),
            _ => Ballot::new(order.chunks(3).map(<[usize]>::to_vec).collect()),
        }
    };
    let names = (0..items)
        .map(|item| format!("Item number {item}"))
        .collect();
    Profile::new(names, (0..ballots).map(&mut ballot).collect()).unwrap_or_default()
}

/// What the room sees: tally, cross-checks, explanation, report and table.
#[divan::bench(args = [(40, 15), (1_000, 50), (10_000, 50)])]
fn every_method(bencher: divan::Bencher, (ballots, items): (u64, usize)) {
    let profile = profile(ballots, items);
    bencher.bench(|| {
        let tally = Tally::count(&profile);
        let margins = Schulze::margins(&tally.matrix);
        let others = (
            borda::zero_unranked(&profile),
            borda::modified(&profile),
            margins,
        );
        let said = sentences(Language::En, &Explanation::of(&tally), profile.names());
        let json = serde_json::to_string(&report(&profile));
        (others, json.map_err(drop), table(&profile, &tally, said))
    });
}

/// The most items that a file may bring: slow, but bounded.
#[divan::bench(sample_count = 3, args = [(100, 1_000)])]
fn the_most_items(bencher: divan::Bencher, (ballots, items): (u64, usize)) {
    let profile = profile(ballots, items);
    bencher.bench(|| Tally::count(&profile));
}

#[divan::bench(args = [(1_000, 50)])]
fn read_json(bencher: divan::Bencher, (ballots, items): (u64, usize)) {
    let profile = profile(ballots, items);
    let named = |ballot: &Ballot| {
        let names = |group: &Vec<usize>| group.iter().map(|&c| &profile.names()[c]).collect();
        let ranking: Vec<Vec<&String>> = ballot.ranking.iter().map(names).collect();
        serde_json::json!({"count": ballot.count, "ranking": ranking})
    };
    let ballots: Vec<_> = profile.ballots().iter().map(named).collect();
    let text = serde_json::json!({"candidates": profile.names(), "ballots": ballots}).to_string();
    bencher.bench(|| input::read(text.as_bytes(), Some(Format::Json)));
}
