//! What a facilitator reads aloud, and the table that `pim tally` prints.

use pim::hints::{Language, sentences};
use pim::tally::explain::Standing;
use pim::tally::tags::{Hands, Response, TagFault, Tagging};
use pim::tally::{
    Agreement, Ballot, Explanation, Half, Merge, MergeFault, Merging, Order, Profile, Tag, Tally,
    table,
};

/// Ballots as `4 B=C>A`.
fn profile(candidates: &str, ballots: &[&str]) -> Profile {
    let names: Vec<String> = candidates.split(' ').map(String::from).collect();
    let at = |name: &str| names.iter().position(|other| other == name).unwrap();
    let ballot = |text: &&str| {
        let (count, order) = text.split_once(' ').unwrap();
        let groups = order.split('>').filter(|group| !group.is_empty());
        let ranking = groups.map(|group| group.split('=').map(at).collect());
        Ballot::times(count.parse().unwrap(), ranking.collect())
    };
    let ballots = ballots.iter().map(ballot).collect();
    Profile::new(names.clone(), ballots).unwrap()
}

fn all_said(profile: &Profile) -> Vec<String> {
    let facts = Explanation::of(&Tally::count(profile));
    sentences(Language::En, &facts, profile.names())
}

fn said(profile: &Profile) -> String {
    all_said(profile).join("\n")
}

#[test]
fn a_clear_result_is_told_with_its_reasons() {
    let clear = profile(
        "Map 3W Referrals",
        &["5 Map>3W>Referrals", "2 3W>Map=Referrals", "1 Map", "2 "],
    );
    assert_eq!(
        said(&clear),
        "Map leads with 13 points: over 8 ballots it was placed above another item 12 times and \
         level twice.\n\
         It beats all two others head to head, closest 6–2 over 3W.\n\
         No single ballot decides first place.\n\
         Points, Copeland and Schulze agree on first place.\n\
         There is moderate agreement (W 0.60).\n\
         1 ballot leaves items out; those share its last place.\n\
         2 ballots are blank and not counted."
    );
}

#[test]
fn a_majority_that_points_pass_over_is_said_aloud() {
    let passed = profile(
        "A B C D",
        &["30 B>A>C>D", "30 B>A>D>C", "25 A>C>D>B", "15 A>D>C>B"],
    );
    let said = said(&passed);
    assert!(
        said.contains("Head to head, it beats two of three others and loses to B, 40–60."),
        "{said}"
    );
    let disagree =
        "The methods disagree: B beats every other item head to head, points put A first.";
    assert!(said.contains(disagree), "{said}");
}

#[test]
fn a_cycle_and_a_narrow_lead_are_said_aloud() {
    let cycle = profile("A B C", &["4 A>B>C", "3 B>C>A", "2 C>A>B"]);
    let said = said(&cycle);
    assert!(
        said.contains("One ballot could change first place: A or B."),
        "{said}"
    );
    assert!(
        said.contains("No item beats all others head to head."),
        "{said}"
    );
    let tied = profile("A B C", &["1 A>B>C", "1 B>C>A", "1 C>A>B"]);
    let said = self::said(&tied);
    assert!(
        said.starts_with("All three items are level on first place with 3 points each"),
        "{said}"
    );
}

#[test]
fn a_top_four_that_differs_is_said_aloud() {
    let agree = profile("A B C D E F", &["3 A>B>C>D>E>F", "2 A>B>C>D>F>E"]);
    assert!(!said(&agree).contains("top four"), "{}", said(&agree));
    // Three of five put E above D; the other two put it so far below that points leave it out.
    let differ = profile("A B C D E F", &["3 A>B>C>E>D>F", "2 A>B>C>D>F>E"]);
    let said = said(&differ);
    assert!(
        said.contains("The top four differ: counting wins (Copeland) has E where points have D."),
        "{said}"
    );
    assert!(
        said.contains("The top four differ: strongest paths (Schulze) has E where points have D."),
        "{said}"
    );
}

#[test]
fn leaders_that_are_level_are_each_told() {
    let level = profile("A B C", &["2 A>B>C", "2 B>A>C"]);
    assert_eq!(
        said(&level),
        "A and B are level on first place with 6 points each, over 4 ballots.\n\
         Head to head, A beats one of two others and is level with B.\n\
         Head to head, B beats one of two others and is level with A.\n\
         One ballot could change first place: A or B.\n\
         No item beats all others head to head.\n\
         Points, Copeland and Schulze agree on first place."
    );
}

#[test]
fn few_ballots_get_no_word_on_agreement() {
    assert_eq!(Agreement::of(0.9, 4, 3), None);
    assert_eq!(Agreement::of(0.9, 5, 2), None);
    let word = |w| Agreement::of(w, 5, 3).unwrap().to_string();
    assert_eq!(
        [0.29, 0.3, 0.5, 0.7].map(word),
        ["little", "some", "moderate", "strong"]
    );
}

#[test]
fn nothing_to_tell_is_told() {
    assert_eq!(said(&profile("A B", &[])), "No ballot ranks anything yet.");
    let blank = profile("A B", &["1 "]);
    assert_eq!(
        said(&blank),
        "No ballot ranks anything yet.\n1 ballot is blank and not counted."
    );
    assert!(said(&profile("A", &["2 A"])).starts_with("A is the only item."));
}

#[test]
fn any_item_can_be_explained() {
    let cities = profile(
        "M N C K",
        &["42 M>N>C>K", "26 N>C>K>M", "15 C>K>N>M", "17 K>C>N>M"],
    );
    let standing = Standing::of(&Tally::count(&cities), 2).unwrap();
    assert_eq!(
        (standing.place.to_string(), standing.points),
        ("2".into(), Half::from_doubled(2 * 173))
    );
    assert_eq!(
        standing
            .beats
            .iter()
            .map(|duel| duel.other)
            .collect::<Vec<_>>(),
        [0, 3]
    );
    assert_eq!(
        standing
            .loses_to
            .iter()
            .map(|duel| duel.other)
            .collect::<Vec<_>>(),
        [1]
    );
    assert_eq!(Standing::of(&Tally::count(&cities), 9), None);
}

#[test]
fn opposed_camps_show_in_the_spread() {
    let camps = profile("A B C", &["5 A>B>C", "5 C>B>A"]);
    let tally = Tally::count(&camps);
    assert_eq!(tally.w, Some(0.0));
    let [a, b] = [tally.spread[0], tally.spread[1]].map(|s| [s.quarter, s.three_quarters]);
    assert_eq!(a.map(|place| place.to_string()), ["1", "3"]);
    assert_eq!(b.map(|place| place.to_string()), ["2", "2"]);
}

#[test]
fn the_table_keeps_numbers_in_line_whatever_the_names() {
    let text = |profile: &Profile| table(profile, &Tally::count(profile), all_said(profile));
    let wide = profile(
        "données 数据 بيانات D E",
        &["3 数据>données=بيانات", "1 D>E>数据", "1 "],
    );
    insta::assert_snapshot!(text(&wide), @r"
    Ballots: 4 counted, 1 blank.

    place    points  Copeland  Schulze  item
        1        14         4        1  数据
       =2         8       2.5       =2  données
       =2         8       2.5       =2  بيانات
        4       5.5         1        4  D
    --- top 4 above --------------------------------------------------------------
        5       4.5         0        5  E

    数据 leads with 14 points: over 4 ballots it was placed above another item
    14 times.
    It beats all four others head to head, closest 3–1 over D.
    No single ballot decides first place.
    Points, Copeland and Schulze agree on first place.
    4 ballots leave items out; those share the last place there.
    1 ballot is blank and not counted.
    ");
    let open = profile(
        "A B C D",
        &["3 A>B>C>D", "2 C>B>D>A", "2 D>A>B>C", "2 D>B>C>A"],
    );
    assert!(text(&open).contains("Of Schulze's places only the first is certain here."));
}

#[test]
fn tau_compares_rounds_over_the_items_they_share() {
    let order =
        |groups: &[&[usize]]| Order::from_groups(groups.iter().map(|g| g.to_vec()).collect());
    let (first, second) = (
        order(&[&[0], &[1], &[2], &[3]]),
        order(&[&[1], &[0], &[2, 5]]),
    );
    let tau = pim::tally::kendall::tau_b(&first, &second).unwrap();
    assert!((tau - 1.0 / 3.0).abs() < 1e-12, "{tau}");
    // Five pairs, one of them level in the second order: 5 / sqrt(6 * 5).
    let tied = order(&[&[0], &[1], &[2, 3]]);
    let tau = pim::tally::kendall::tau_b(&first, &tied).unwrap();
    assert!((tau - 5.0 / 30.0_f64.sqrt()).abs() < 1e-12, "{tau}");
}

#[test]
fn places_are_shared_and_cut_with_all_ties() {
    let order = Order::by_score(&[5, 9, 5, 1, 1, 0]);
    let places: Vec<String> = order
        .places()
        .iter()
        .map(|(place, _)| place.to_string())
        .collect();
    assert_eq!(places, ["1", "=2", "=2", "=4", "=4", "6"]);
    assert_eq!(order.top(4).len(), 5);
    assert_eq!(order.top(3).len(), 3);
    assert_eq!(order.top(0).len(), 0);
}

#[test]
fn a_merge_that_cannot_be_is_refused() {
    let merge = |into, from: &[usize]| Merge {
        into,
        from: from.to_vec(),
    };
    let fault = |merges: &[Merge]| Merging::new(3, merges).unwrap_err();
    assert_eq!(
        fault(&[merge(0, &[3])]),
        MergeFault::Unknown { item: 4, items: 3 }
    );
    assert_eq!(fault(&[merge(0, &[0])]), MergeFault::Twice { item: 1 });
    assert_eq!(
        fault(&[merge(0, &[1]), merge(1, &[2])]),
        MergeFault::Twice { item: 2 }
    );
    let plan = Merging::new(3, &[merge(2, &[0])]).unwrap();
    assert_eq!(plan.kept(), [1, 2]);
    assert_eq!([0, 1, 2].map(|item| plan.place_now(item)), [1, 0, 1]);
}

#[test]
fn sheets_and_hands_count_together_and_say_their_denominator() {
    let items = ["A", "B"].map(String::from).to_vec();
    let sheet = Response {
        count: 2,
        must: vec![0],
        nice: vec![1],
    };
    let hands = Hands {
        present: 6,
        must: vec![4, 0],
        nice: vec![1, 0],
    };
    let tally = Tagging::new(items, vec![sheet], vec![hands])
        .unwrap()
        .count();
    assert_eq!(
        (
            tally.submitted,
            tally.must[0],
            tally.nice[0],
            tally.neither(0)
        ),
        (8, 6, 1, 1)
    );
    assert_eq!(tally.rate(Tag::Must, 0), Some(0.75));
    assert_eq!(tally.top_four(Tag::Must).groups(), [[0]]);
}

#[test]
fn wrong_sheets_and_hands_are_named() {
    let fault = |responses, hands| {
        let items = ["A", "B"].map(String::from).to_vec();
        Tagging::new(items, responses, hands).unwrap_err()
    };
    let sheet = |must: &[usize], nice: &[usize]| Response {
        count: 1,
        must: must.to_vec(),
        nice: nice.to_vec(),
    };
    let both = fault(vec![sheet(&[0], &[]), sheet(&[1], &[1])], vec![]);
    assert_eq!(both, TagFault::Twice { sheet: 2, item: 2 });
    assert_eq!(both.to_string(), "sheet 2: it marks item 2 more than once");
    let unknown = fault(vec![sheet(&[2], &[])], vec![]);
    assert_eq!(
        unknown,
        TagFault::Unknown {
            sheet: 1,
            item: 3,
            items: 2
        }
    );
    let many = fault(
        vec![],
        vec![Hands {
            present: 3,
            must: vec![2, 0],
            nice: vec![2, 0],
        }],
    );
    assert_eq!(
        many.to_string(),
        "show of hands 1: item 1 has 4 hands of 3 present"
    );
    let short = fault(
        vec![],
        vec![Hands {
            present: 3,
            must: vec![2],
            nice: vec![2, 0],
        }],
    );
    assert!(matches!(short, TagFault::Numbers { show: 1, .. }));
}

#[test]
fn nobody_answering_gives_no_rate_and_no_top_four() {
    let tally = Tagging::new(vec!["A".into()], vec![], vec![])
        .unwrap()
        .count();
    assert_eq!(tally.rate(Tag::Nice, 0), None);
    assert!(tally.top_four(Tag::Must).is_empty());
}

#[test]
fn the_same_facts_are_said_in_french_and_spanish() {
    let clear = ["5 Map>3W>Referrals", "2 3W>Map=Referrals", "1 Map", "2 "];
    let circle = ["2 A>B>C>D", "1 B>C>A>D", "2 C>A>B>D", "1 A=B"];
    let camps = ["3 A>B>C", "3 C>B>A"];
    let passed = ["30 B>A>C>D", "30 B>A>D>C", "25 A>C>D>B", "15 A>D>C>B"];
    let differ = ["3 A>B>C>E>D>F", "2 A>B>C>D>F>E"];
    let level = ["2 A>B>C", "2 B>A>C"];
    let mut seen = Vec::new();
    for (names, ballots) in [
        ("Map 3W Referrals", &clear[..]),
        ("A B C D", &circle[..]),
        ("A B C", &camps[..]),
        ("A B C D", &passed[..]),
        ("A B C D E F", &differ[..]),
        ("A B C", &level[..]),
    ] {
        let profile = profile(names, ballots);
        let facts = Explanation::of(&Tally::count(&profile));
        for language in Language::ALL {
            seen.extend(sentences(language, &facts, profile.names()));
            seen.push(String::new());
        }
    }
    insta::assert_snapshot!(seen.join("\n"));
}
