//! What must hold for all ballots, against slow and plain ways of counting the same.

use pim::hints::{Language, sentences};
use pim::tally::merge::{self, Merge};
use pim::tally::tags::{Hands, Response, Tagging};
use pim::tally::{
    Ballot, Explanation, Half, HeadToHead, Order, Profile, Schulze, Tag, Tally, borda, kendall,
    report, table,
};
use proptest::prelude::*;

const MOST: usize = 6;

fn said(profile: &Profile) -> Vec<String> {
    let facts = Explanation::of(&Tally::count(profile));
    sentences(Language::En, &facts, profile.names())
}

fn labels(candidates: usize) -> Vec<String> {
    (0..candidates)
        .map(|number| format!("item {number}"))
        .collect()
}

/// A ballot from a level for each candidate; without a level it is not listed.
fn from_levels(count: u64, levels: &[Option<u8>]) -> Ballot {
    let group = |level: u8| -> Vec<usize> {
        (0..levels.len())
            .filter(|&c| levels[c] == Some(level))
            .collect()
    };
    let groups = (0..MOST as u8).map(group).filter(|group| !group.is_empty());
    Ballot::times(count, groups.collect())
}

fn a_ballot(candidates: usize) -> impl Strategy<Value = Ballot> {
    let level = proptest::option::weighted(0.7, 0..MOST as u8);
    let levels = proptest::collection::vec(level, candidates);
    (1..4_u64, levels).prop_map(|(count, levels)| from_levels(count, &levels))
}

fn a_profile() -> impl Strategy<Value = Profile> {
    (1..=MOST).prop_flat_map(|candidates| {
        let ballots = proptest::collection::vec(a_ballot(candidates), 0..12);
        ballots.prop_map(move |ballots| Profile::new(labels(candidates), ballots).unwrap())
    })
}

fn a_profile_and_a_ballot() -> impl Strategy<Value = (Profile, Ballot)> {
    a_profile().prop_flat_map(|profile| {
        let ballot = a_ballot(profile.candidates());
        (Just(profile), ballot)
    })
}

fn with_ballots(profile: &Profile, ballots: Vec<Ballot>) -> Profile {
    Profile::new(profile.names().to_vec(), ballots).unwrap()
}

/// One ballot a person.
fn singly(profile: &Profile) -> Profile {
    let each = profile.ballots().iter();
    let single = |ballot: &Ballot| {
        let one = Ballot::new(ballot.ranking.clone());
        std::iter::repeat_n(one, usize::try_from(ballot.count).unwrap())
    };
    with_ballots(profile, each.flat_map(single).collect())
}

/// The group of a candidate on a ballot, the unlisted last.
fn level(ballot: &Ballot, candidate: usize) -> usize {
    let found = ballot
        .ranking
        .iter()
        .position(|group| group.contains(&candidate));
    found.unwrap_or(ballot.ranking.len())
}

/// Borda as it is defined, ballot by ballot and pair by pair.
fn plain_borda(profile: &Profile) -> Vec<Half> {
    let all = 0..profile.candidates();
    let on = |ballot: &Ballot, a: usize, b: usize| match level(ballot, a).cmp(&level(ballot, b)) {
        std::cmp::Ordering::Less => 2,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 0,
    };
    let of = |a: usize| -> u64 {
        let others = || all.clone().filter(|&b| b != a);
        profile
            .filled()
            .map(|v| v.count * others().map(|b| on(v, a, b)).sum::<u64>())
            .sum()
    };
    all.clone().map(|a| Half::from_doubled(of(a))).collect()
}

/// The strongest path by walking all of them.
fn plain_path(matrix: &HeadToHead, from: usize, to: usize, been: &mut Vec<usize>) -> u64 {
    let link = |a, b| {
        if matrix.beats(a, b) {
            matrix.above(a, b)
        } else {
            0
        }
    };
    let mut best = link(from, to);
    been.push(from);
    for via in 0..matrix.candidates() {
        if via != to && !been.contains(&via) {
            best = best.max(link(from, via).min(plain_path(matrix, via, to, been)));
        }
    }
    been.pop();
    best
}

/// W by its definition over middle places, in floating point.
fn plain_w(profile: &Profile) -> Option<f64> {
    let profile = singly(profile);
    let (m, n) = (profile.counted() as f64, profile.candidates() as f64);
    let places = |ballot: &Ballot| -> Vec<f64> {
        let of = |c: usize| {
            let all = 0..profile.candidates();
            let above = all
                .clone()
                .filter(|&b| level(ballot, b) < level(ballot, c))
                .count();
            let same = all
                .clone()
                .filter(|&b| level(ballot, b) == level(ballot, c))
                .count();
            above as f64 + f64::midpoint(same as f64, 1.0)
        };
        (0..profile.candidates()).map(of).collect()
    };
    let all: Vec<Vec<f64>> = profile.filled().map(places).collect();
    let mean = m * (n + 1.0) / 2.0;
    let sum = |c: usize| all.iter().map(|places| places[c]).sum::<f64>();
    let s: f64 = (0..profile.candidates())
        .map(|c| (sum(c) - mean).powi(2))
        .sum();
    let ties = |places: &Vec<f64>| -> f64 {
        let tied = |c: usize| {
            places
                .iter()
                .filter(|&&p| (p - places[c]).abs() < 0.1)
                .count() as f64
        };
        (0..places.len()).map(|c| tied(c).powi(2) - 1.0).sum()
    };
    let below = m * m * (n.powi(3) - n) - m * all.iter().map(ties).sum::<f64>();
    (below > 0.5).then(|| 12.0 * s / below)
}

proptest! {
    #[test]
    fn the_order_of_ballots_does_not_matter(
        (profile, ballots) in a_profile().prop_flat_map(|profile| {
            let ballots = Just(profile.ballots().to_vec()).prop_shuffle();
            (Just(profile), ballots)
        })
    ) {
        let shuffled = with_ballots(&profile, ballots);
        prop_assert_eq!(Tally::count(&shuffled), Tally::count(&profile));
        prop_assert_eq!(report(&shuffled), report(&profile));
        prop_assert_eq!(
            table(&shuffled, &Tally::count(&shuffled), said(&shuffled)),
            table(&profile, &Tally::count(&profile), said(&profile))
        );
    }

    #[test]
    fn the_place_of_a_candidate_in_the_list_gives_no_advantage(profile in a_profile()) {
        let last = profile.candidates() - 1;
        let turn = |order: &Vec<Vec<usize>>| -> Vec<Vec<usize>> {
            order.iter().map(|group| group.iter().map(|c| last - c).collect()).collect()
        };
        let turned = |ballot: &Ballot| Ballot::times(ballot.count, turn(&ballot.ranking));
        let turned = with_ballots(&profile, profile.ballots().iter().map(turned).collect());
        let (one, two) = (Tally::count(&profile), Tally::count(&turned));
        let back = |order: &Order| Order::from_groups(turn(&order.groups().to_vec()));
        prop_assert_eq!(&back(&two.borda.order), &one.borda.order);
        prop_assert_eq!(&back(&two.copeland.order), &one.copeland.order);
        prop_assert_eq!(&back(&two.schulze.order), &one.schulze.order);
        prop_assert_eq!(two.condorcet_winner.map(|c| last - c), one.condorcet_winner);
        prop_assert_eq!(two.w, one.w);
    }

    #[test]
    fn a_count_is_that_many_single_ballots(profile in a_profile()) {
        prop_assert_eq!(Tally::count(&singly(&profile)), Tally::count(&profile));
    }

    #[test]
    fn a_withdrawn_ballot_leaves_no_trace(
        (profile, extra) in a_profile_and_a_ballot(),
        later in any::<bool>(),
    ) {
        let mut changed = profile.clone();
        changed.cast(extra.clone()).unwrap();
        let mut at = profile.ballots().len();
        if later && at > 0 {
            // The same with ballots that came after it.
            let first = changed.withdraw(0).unwrap();
            changed.cast(first).unwrap();
            at -= 1;
        }
        prop_assert_eq!(changed.withdraw(at), Some(extra));
        prop_assert_eq!(Tally::count(&changed), Tally::count(&profile));
    }

    #[test]
    fn a_refused_ballot_changes_nothing((profile, extra) in a_profile_and_a_ballot()) {
        let mut changed = profile.clone();
        let mut twice = extra.ranking.clone();
        twice.push(vec![0]);
        twice.push(vec![0]);
        prop_assert!(changed.cast(Ballot::new(twice)).is_err());
        prop_assert!(changed.cast(Ballot::times(0, extra.ranking.clone())).is_err());
        prop_assert!(changed.cast(Ballot::new(vec![vec![profile.candidates()]])).is_err());
        prop_assert!(changed.cast(Ballot::new(vec![Vec::new()])).is_err());
        prop_assert!(changed.cast(Ballot::times(u64::MAX, extra.ranking)).is_err());
        prop_assert_eq!(changed, profile);
    }

    #[test]
    fn unanimous_ballots_win_everywhere((profile, ballot) in a_profile_and_a_ballot(), times in 1..9_u64) {
        prop_assume!(!ballot.is_blank());
        let same = with_ballots(&profile, vec![Ballot::times(times, ballot.ranking.clone())]);
        let mut groups = ballot.ranking.clone();
        let listed: Vec<usize> = groups.iter().flatten().copied().collect();
        groups.push((0..profile.candidates()).filter(|c| !listed.contains(c)).collect());
        let wanted = Order::from_groups(groups);
        let tally = Tally::count(&same);
        prop_assert_eq!(&tally.borda.order, &wanted);
        prop_assert_eq!(&tally.copeland.order, &wanted);
        prop_assert_eq!(&tally.schulze.order, &wanted);
        prop_assert_eq!(&Schulze::margins(&tally.matrix).order, &wanted);
        prop_assert!(tally.schulze.is_weak_order());
        let first = wanted.leaders();
        prop_assert_eq!(tally.condorcet_winner, (first.len() == 1).then(|| first[0]));
        prop_assert_eq!(tally.w, (wanted.groups().len() > 1).then_some(1.0));
        prop_assert!(tally.disagreements().is_empty());
        prop_assert_eq!(tally.stability.map(|s| s.is_stable()), (times > 1).then_some(true));
    }

    #[test]
    fn schulze_and_copeland_agree_with_a_head_to_head_winner(profile in a_profile()) {
        let tally = Tally::count(&profile);
        if let Some(winner) = tally.condorcet_winner {
            prop_assert_eq!(tally.copeland.order.leaders(), &[winner]);
            prop_assert_eq!(tally.schulze.order.leaders(), &[winner]);
            let margins = Schulze::margins(&tally.matrix);
            prop_assert_eq!(margins.order.leaders(), &[winner]);
        }
    }

    #[test]
    fn borda_is_its_definition(profile in a_profile()) {
        let tally = Tally::count(&profile);
        prop_assert_eq!(&tally.borda.points, &plain_borda(&profile));
        let n = profile.candidates() as u64;
        let given: u64 = tally.borda.points.iter().map(|points| points.doubled()).sum();
        prop_assert_eq!(given, profile.counted() * n * (n - 1));
    }

    #[test]
    fn schulze_is_all_paths_walked(profile in a_profile()) {
        let tally = Tally::count(&profile);
        for a in 0..profile.candidates() {
            for b in (0..profile.candidates()).filter(|&b| b != a) {
                let plain = plain_path(&tally.matrix, a, b, &mut Vec::new());
                prop_assert_eq!(tally.schulze.path(a, b), plain);
            }
        }
        let unbeaten = |&a: &usize| (0..profile.candidates()).all(|b| !tally.schulze.beats(b, a));
        let first: Vec<usize> = (0..profile.candidates()).filter(unbeaten).collect();
        prop_assert_eq!(tally.schulze.order.leaders(), &first[..]);
        prop_assert_eq!(tally.schulze.order.len(), profile.candidates());
    }

    #[test]
    fn agreement_is_its_definition_and_does_not_grow_with_the_room(profile in a_profile()) {
        let w = Tally::count(&profile).w;
        match (w, plain_w(&profile)) {
            (Some(w), Some(plain)) => {
                prop_assert!((w - plain).abs() < 1e-9, "{} {}", w, plain);
                prop_assert!((0.0..=1.0).contains(&w));
            }
            (w, plain) => prop_assert_eq!(w, plain),
        }
        let tenfold = |ballot: &Ballot| Ballot::times(ballot.count * 10, ballot.ranking.clone());
        let tenfold = profile.ballots().iter().map(tenfold).collect();
        prop_assert_eq!(Tally::count(&with_ballots(&profile, tenfold)).w, w);
    }

    #[test]
    fn stability_is_every_ballot_left_out_in_turn(profile in a_profile()) {
        let singly = singly(&profile);
        let leaders = |profile: &Profile| Tally::count(profile).borda.order.leaders().to_vec();
        let today = leaders(&profile);
        let mut others = std::collections::BTreeSet::new();
        for number in (0..singly.ballots().len()).filter(|&b| !singly.ballots()[b].is_blank()) {
            let mut less = singly.clone();
            less.withdraw(number);
            others.insert(leaders(&less));
        }
        others.remove(&today);
        match Tally::count(&profile).stability {
            None => prop_assert!(profile.counted() < 2),
            Some(stability) => {
                prop_assert!(profile.counted() >= 2);
                prop_assert_eq!(stability.is_stable(), others.is_empty());
                let found: Vec<Vec<usize>> = stability.others().map(<[usize]>::to_vec).collect();
                prop_assert_eq!(found, others.into_iter().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn spread_lies_within_the_places_given(profile in a_profile()) {
        let n = profile.candidates() as u64;
        let tally = Tally::count(&profile);
        prop_assert_eq!(tally.spread.len(), if tally.counted == 0 { 0 } else { profile.candidates() });
        for spread in tally.spread {
            let rising = [spread.best, spread.quarter, spread.middle, spread.three_quarters, spread.worst];
            prop_assert!(rising.is_sorted(), "{:?}", spread);
            prop_assert!(spread.best.doubled() >= 2 && spread.worst.doubled() <= 2 * n);
        }
    }

    #[test]
    fn tau_knows_the_same_the_reverse_and_both_ways_round(one in a_profile(), two in a_profile()) {
        let (one, two) = (Tally::count(&one).borda.order, Tally::count(&two).borda.order);
        prop_assert_eq!(kendall::tau_b(&one, &two), kendall::tau_b(&two, &one));
        if one.groups().len() > 1 {
            let reversed = Order::from_groups(one.groups().iter().rev().cloned().collect());
            prop_assert!((kendall::tau_b(&one, &one).unwrap() - 1.0).abs() < 1e-12);
            prop_assert!((kendall::tau_b(&one, &reversed).unwrap() + 1.0).abs() < 1e-12);
        } else {
            prop_assert_eq!(kendall::tau_b(&one, &two), None);
        }
    }

    #[test]
    fn whatever_comes_in_it_explains_itself(profile in a_profile()) {
        let tally = Tally::count(&profile);
        for language in Language::ALL {
            let said = sentences(language, &Explanation::of(&tally), profile.names());
            prop_assert!(!said.is_empty());
            for one in said {
                prop_assert!(one.ends_with('.') && !one.contains("  "), "{}", one);
                prop_assert!(!one.contains(['{', '}']), "{}", one);
            }
        }
        let said = said(&profile);
        let table = table(&profile, &tally, said);
        prop_assert!(profile.names().iter().all(|name| table.contains(name)));
        prop_assert!(serde_json::to_string(&report(&profile)).is_ok());
    }

    #[test]
    fn merging_keeps_the_best_place_once(
        profile in a_profile(),
        chosen in proptest::collection::vec(any::<bool>(), MOST),
    ) {
        let parts: Vec<usize> = (0..profile.candidates()).filter(|&c| chosen[c]).collect();
        prop_assume!(!parts.is_empty());
        let merge = Merge { into: parts[0], from: parts[1..].to_vec() };
        let merged = merge::ballots(&profile, &[merge]).unwrap();
        prop_assert_eq!(merged.candidates(), profile.candidates() - parts.len() + 1);
        prop_assert_eq!((merged.counted(), merged.blank()), (profile.counted(), profile.blank()));
        // The old item behind each new one, and one that stands for the group.
        let old: Vec<usize> = (0..profile.candidates()).filter(|c| !parts[1..].contains(c)).collect();
        for (before, after) in profile.ballots().iter().zip(merged.ballots()) {
            let best = |new: usize| {
                let one = [old[new]];
                let parts = if old[new] == parts[0] { &parts[..] } else { &one[..] };
                let listed = |c: usize| before.ranking.iter().position(|group| group.contains(&c));
                parts.iter().filter_map(|&c| listed(c)).min()
            };
            for a in 0..old.len() {
                let places = after.ranking.iter().flatten().filter(|&&c| c == a).count();
                prop_assert_eq!(places, usize::from(best(a).is_some()));
                for b in (0..old.len()).filter(|&b| best(a).is_some() && best(b).is_some() && b != a) {
                    prop_assert_eq!(level(after, a).cmp(&level(after, b)), best(a).cmp(&best(b)));
                }
            }
        }
    }

    #[test]
    fn merging_tags_counts_a_person_once(
        sheets in proptest::collection::vec(proptest::collection::vec(0..3_u8, 4), 0..8),
        hands in proptest::option::of((proptest::collection::vec(0..4_u64, 8), 6..9_u64)),
    ) {
        let marked = |sheet: &[u8], tag| (0..4).filter(|&item| sheet[item] == tag).collect();
        let response = |sheet: &Vec<u8>| Response { count: 1, must: marked(sheet, 1), nice: marked(sheet, 2) };
        let shows: Vec<Hands> = hands.iter().map(|(raised, present)| Hands {
            present: *present,
            must: raised[..4].to_vec(),
            nice: raised[4..].to_vec(),
        }).collect();
        let tagging = Tagging::new(labels(4), sheets.iter().map(response).collect(), shows).unwrap();
        let merge = Merge { into: 2, from: vec![0, 3] };
        let merged = merge::tags(&tagging, &[merge]).unwrap();
        let (before, after) = (tagging.count(), merged.count());
        prop_assert_eq!(merged.items(), &labels(4)[1..3]);
        prop_assert_eq!(after.submitted, before.submitted);
        let any = |tag: u8| sheets.iter().filter(|s| [0, 2, 3].iter().any(|&i| s[i] == tag)).count() as u64;
        let either = sheets.iter().filter(|s| [0, 2, 3].iter().any(|&i| s[i] > 0)).count() as u64;
        if hands.is_none() {
            prop_assert_eq!(after.must[1], any(1));
            prop_assert_eq!(after.nice[1], either - any(1));
        }
        for item in 0..2 {
            prop_assert!(after.must[item] + after.nice[item] <= after.submitted);
            prop_assert_eq!(after.neither(item), after.submitted - after.must[item] - after.nice[item]);
        }
        for item in [0, 2, 3] {
            prop_assert!(after.must[1] >= before.must[item]);
            prop_assert!(after.neither(1) <= before.neither(item));
        }
        prop_assert_eq!((after.must[0], after.nice[0]), (before.must[1], before.nice[1]));
        prop_assert!(after.top_four(Tag::Must).candidates().all(|item| after.must[item] > 0));
    }
}

#[test]
fn blank_single_tied_and_unlisted_inputs_do_not_panic() {
    let all: Vec<usize> = (0..3).collect();
    let inputs = [
        Vec::new(),
        vec![Ballot::new(Vec::new())],
        vec![Ballot::new(vec![vec![1]])],
        vec![Ballot::new(vec![all.clone()])],
        vec![Ballot::times(7, vec![all]), Ballot::new(Vec::new())],
        vec![Ballot::times(pim::tally::MAX_BALLOTS, vec![vec![2]])],
    ];
    for candidates in [0, 1, 3] {
        for ballots in &inputs {
            let Ok(profile) = Profile::new(labels(candidates), ballots.clone()) else {
                continue;
            };
            let tally = Tally::count(&profile);
            assert!(!table(&profile, &tally, said(&profile)).is_empty());
            assert!(!said(&profile).is_empty());
            let report = serde_json::to_string(&report(&profile)).unwrap();
            assert!(!report.contains("NaN"), "{report}");
        }
    }
}

#[test]
fn nothing_counted_means_nothing_won() {
    let profile = Profile::new(labels(3), vec![Ballot::times(2, Vec::new())]).unwrap();
    let report = serde_json::to_value(report(&profile)).unwrap();
    assert_eq!(report["ballots_counted"], 0);
    assert_eq!(report["blank_ballots"], 2);
    assert!(report["condorcet_winner"].is_null());
    assert!(report["borda_leave_one_out_stable"].is_null());
    assert!(report["kendalls_w"].is_null());
    assert_eq!(report["borda"]["order"].as_array().unwrap().len(), 1);
}

#[test]
fn the_largest_profile_allowed_stays_exact() {
    let names = labels(pim::tally::MAX_CANDIDATES);
    let forwards: Vec<Vec<usize>> = (0..names.len()).map(|c| vec![c]).collect();
    let half = pim::tally::MAX_BALLOTS / 2;
    let backwards = forwards.iter().rev().cloned().collect();
    let ballots = vec![
        Ballot::times(half, forwards),
        Ballot::times(half, backwards),
    ];
    let profile = Profile::new(names, ballots).unwrap();
    let borda = borda::tournament(&HeadToHead::count(&profile));
    assert_eq!(borda.order.groups().len(), 1);
    assert_eq!(borda.points[0].doubled(), half * 2 * 999);
    let json = serde_json::to_string(&borda.points[0]).unwrap();
    assert_eq!(json, "499500000000000");
    assert_eq!(kendall::w(&profile, &borda), Some(0.0));
    let alike = Ballot::times(2 * half, profile.ballots()[0].ranking.clone());
    let alike = with_ballots(&profile, vec![alike]);
    let borda = borda::tournament(&HeadToHead::count(&alike));
    assert_eq!(kendall::w(&alike, &borda), Some(1.0));
}
