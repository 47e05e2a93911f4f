//! Ballots from files: what is read, and what is said when something is wrong.

use pim::tally::input::{self, Format, Orders};
use pim::tally::{Profile, report};
use proptest::prelude::*;

fn read(text: &str) -> Result<Profile, String> {
    input::read(text.as_bytes(), None).map_err(|fault| fault.to_string())
}

fn json(ballots: &str) -> Result<Profile, String> {
    read(&format!(
        r#"{{"candidates": ["A", "B, with a comma", "C"], "ballots": [{ballots}]}}"#
    ))
}

const HEADER: &str = "# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: A\n\
    # ALTERNATIVE NAME 2: Smith, John: of town\n# ALTERNATIVE NAME 3: C\n";

fn preflib(ballots: &str) -> Result<Profile, String> {
    read(&format!("{HEADER}{ballots}"))
}

#[test]
fn json_names_may_hold_commas_and_any_script() {
    let text = r#"{"title": "kept out", "candidates": ["B, b", "é", "بيانات", "C\"D"],
        "ballots": [{"count": 2, "ranking": [["بيانات", "B, b"], ["é"]]}, {"count": 1, "ranking": []}]}"#;
    let profile = read(text).unwrap();
    assert_eq!(profile.names()[0], "B, b");
    assert_eq!(profile.ballots()[0].ranking, [vec![2, 0], vec![1]]);
    assert_eq!(
        (profile.counted(), profile.blank(), profile.partial()),
        (2, 1, 2)
    );
}

#[test]
fn a_wrong_ballot_is_named_with_its_fault() {
    let good = r#"{"count": 1, "ranking": [["A"]]}"#;
    let faults = [
        (
            r#"{"count": 1, "ranking": [["X"]]}"#,
            r#"it ranks "X", which is not among the candidates"#,
        ),
        (
            r#"{"count": 1, "ranking": [["A"], ["A"]]}"#,
            r#"it ranks "A" more than once"#,
        ),
        (
            r#"{"count": 1, "ranking": [["A", "A"]]}"#,
            r#"it ranks "A" more than once"#,
        ),
        (
            r#"{"count": 1, "ranking": [["A"], []]}"#,
            "its place 2 is empty",
        ),
        (
            r#"{"count": 0, "ranking": [["A"]]}"#,
            "its count is 0; it must be a whole number from 1",
        ),
        (
            r#"{"count": -3, "ranking": [["A"]]}"#,
            "its count is -3; it must be a whole number from 1",
        ),
        (
            r#"{"count": 1.5, "ranking": [["A"]]}"#,
            "its count is 1.5; it must be a whole number",
        ),
        (
            r#"{"count": 1e300, "ranking": [["A"]]}"#,
            "its count is 1e+300; it must be a whole number",
        ),
        (
            r#"{"count": 18446744073709551615, "ranking": []}"#,
            "with it there are more than 1000000000000 ballots",
        ),
        (
            r#"{"count": 99999999999999999999, "ranking": []}"#,
            "it must be a whole number from 1",
        ),
        (
            r#"{"count": "2", "ranking": [["A"]]}"#,
            "expected a JSON number",
        ),
        (r#"{"ranking": [["A"]]}"#, "missing field `count`"),
        (r#"{"count": 1}"#, "missing field `ranking`"),
        (
            r#"{"count": 1, "count": 2, "ranking": []}"#,
            "duplicate field `count`",
        ),
        (
            r#"{"count": 1, "ranking": ["A", "B"]}"#,
            r#"expected a list of the names on one place, as in ["A"] or ["B", "C"]"#,
        ),
        (r#"{"count": 1, "ranking": [[1]]}"#, "expected a string"),
        (
            r#"{"count": 1, "weight": 2, "ranking": []}"#,
            "unknown field `weight`",
        ),
        ("7", "expected struct"),
    ];
    for (ballot, fault) in faults {
        let said = json(&format!("{good}, {ballot}, {good}")).unwrap_err();
        assert!(said.starts_with("ballot 2: "), "{ballot}\n{said}");
        assert!(said.contains(fault), "{ballot}\n{said}");
    }
}

#[test]
fn counts_that_only_together_are_too_many_name_the_ballot_that_breaks_it() {
    let half = r#"{"count": 600000000000, "ranking": [["A"]]}"#;
    assert!(json(half).is_ok());
    let said = json(&format!("{half}, {half}")).unwrap_err();
    assert_eq!(
        said,
        "ballot 2: with it there are more than 1000000000000 ballots"
    );
}

#[test]
fn wrong_json_says_what_and_where() {
    let faults = [
        ("", "the file is empty"),
        ("{", "EOF while parsing"),
        ("[]", "expected struct"),
        (r#"{"candidates": ["A"]}"#, "missing field `ballots`"),
        (r#"{"ballots": []}"#, "missing field `candidates`"),
        (
            r#"{"candidates": [], "ballots": []}"#,
            "there are no candidates",
        ),
        (
            r#"{"candidates": ["A", "B", "A"], "ballots": []}"#,
            r#"candidates 1 and 3 are both called "A""#,
        ),
        (
            r#"{"candidates": ["A", ""], "ballots": []}"#,
            "candidate 2 has no name",
        ),
        (
            r#"{"candidates": ["  "], "ballots": []}"#,
            "candidate 1 has no name",
        ),
        (
            r#"{"candidates": ["A\u001b[2J"], "ballots": []}"#,
            "candidate 1 holds a control character",
        ),
        (
            r#"{"candidates": ["A\u202eB"], "ballots": []}"#,
            "candidate 1 holds a control character",
        ),
        (
            r#"{"candidates": ["A"], "ballots": []} x"#,
            "trailing characters",
        ),
        (
            r#"{"candidates": ["A"], "ballots": 3}"#,
            "a list of ballots",
        ),
    ];
    for (text, fault) in faults {
        let said = input::read(text.as_bytes(), Some(Format::Json))
            .unwrap_err()
            .to_string();
        assert!(said.contains(fault), "{text}\n{said}");
    }
}

#[test]
fn faults_never_carry_control_characters_from_the_file() {
    let hostile = [
        "{\"candidates\": [\"A\"], \"ballots\": [{\"count\": 1, \"\\u001b[2Jx\": 0, \"ranking\": []}]}",
        "{\"candidates\": [\"A\"], \"ballots\": [{\"count\": 1, \"ranking\": [[\"\\u001b[2J\\u202e\"]]}]}",
        "# DATA TYPE: \u{1b}[2J\n",
        "# ALTERNATIVE NAME \u{1b}[2J: x\n",
        "1: \u{1b}[2J",
    ];
    for text in hostile {
        let said = read(text).unwrap_err();
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    }
}

#[test]
fn modern_preflib_files_are_read() {
    let profile =
        preflib("# NUMBER VOTERS: 7\n# NOTE\n3: 1,{2,3}\n\n2: { 3, 1 },2\r\n1: 2\n1:\n").unwrap();
    assert_eq!(profile.names()[1], "Smith, John: of town");
    let rankings: Vec<_> = profile
        .ballots()
        .iter()
        .map(|ballot| ballot.ranking.clone())
        .collect();
    assert_eq!(
        rankings,
        [
            vec![vec![0], vec![1, 2]],
            vec![vec![2, 0], vec![1]],
            vec![vec![1]],
            vec![]
        ]
    );
    assert_eq!((profile.counted(), profile.blank()), (6, 1));
}

#[test]
fn old_preflib_files_are_read() {
    let profile = read("\u{feff}3\n1,A\n2,Smith, John\n3,C\n5,6,3\n3,1,{2,3}\n2,2\n1,\n").unwrap();
    assert_eq!(profile.names(), ["A", "Smith, John", "C"]);
    assert_eq!(
        (profile.counted(), profile.blank(), profile.partial()),
        (5, 1, 2)
    );
}

#[test]
fn wrong_preflib_lines_are_named_with_their_fault() {
    let faults = [
        ("1: 1,4", "line 6: it ranks candidate 4, but there are 3"),
        ("1: 0", "line 6: candidates are counted from 1"),
        ("1: 1,1", "line 6: it ranks \"A\" more than once"),
        ("1: 1,,2", "line 6: \"\" is not a candidate's number"),
        ("1: A", "line 6: \"A\" is not a candidate's number"),
        ("1: 1,{}", "line 6: \"\" is not a candidate's number"),
        ("1: {1,2", "line 6: a { is not closed"),
        ("1: 1,2}", "line 6: a } has no {"),
        ("1: {1,{2,3}}", "line 6: a { stands inside a {"),
        (
            "0: 1",
            "line 6: its count is 0; a ballot counts at least once",
        ),
        (
            "-1: 1",
            "line 6: \"-1\" is not a whole number that can be counted",
        ),
        (
            "99999999999999999999: 1",
            "line 6: \"99999999999999999999\" is not a whole number that can be counted",
        ),
        (
            "9999999999999: 1",
            "line 6: with it there are more than 1000000000000 ballots",
        ),
        (
            "1: 99999999999",
            "line 6: it ranks candidate 99999999999, but there are 3",
        ),
        (
            "1 1,2",
            "line 6: neither a header (# KEY: value) nor a ballot (count: order)",
        ),
        (
            "# ALTERNATIVE NAME 2: B",
            "line 6: candidate 2 is named twice",
        ),
        (
            "# ALTERNATIVE NAME 4: D",
            "candidate 4 is named, but there are 3",
        ),
        (
            "# ALTERNATIVE NAME 999999999: D",
            "line 6: 999999999 is more than 1000 candidates",
        ),
        ("# NUMBER ALTERNATIVES: 4", "candidate 4 is not named"),
        (
            "# NUMBER VOTERS: 3\n2: 1",
            "the header promises 3 voters, the ballots add up to 2",
        ),
        (
            "# DATA TYPE: cat",
            "line 6: the data type is \"cat\"; soc, soi, toc and toi hold orders that can be counted",
        ),
        (
            "# DATA TYPE: soi\n1: 1\n1: 1,{2,3}",
            "line 8: it ties candidates in a file of strict orders",
        ),
        (
            "# DATA TYPE: soc\n1: 1,2",
            "line 7: it leaves candidates out in a file of complete orders",
        ),
        (
            "# DATA TYPE: toc\n1: {1,2},3\n1: {1,2}",
            "line 8: it leaves candidates out in a file of complete orders",
        ),
    ];
    for (ballots, fault) in faults {
        assert_eq!(preflib(ballots).unwrap_err(), fault, "{ballots}");
    }
}

#[test]
fn wrong_old_preflib_lines_are_named_with_their_fault() {
    let faults = [
        (
            "x",
            "line 1: \"x\" is not a whole number that can be counted",
        ),
        ("2000000", "line 1: 2000000 is more than 1000 candidates"),
        ("0\n1,1,1", "there are no candidates"),
        ("2\n1,A", "the file ends before the last candidate"),
        ("2\n1,A\n1,B", "line 3: candidate 1 is named twice"),
        (
            "2\n1,A\n2",
            "line 3: a candidate should stand here: number,name",
        ),
        ("2\n1,A\n2,B", "the file ends before the numbers of voters"),
        (
            "2\n1,A\n2,B\n1,2",
            "line 4: three numbers should stand here: voters, sum of counts, different orders",
        ),
        (
            "2\n1,A\n2,B\n9,9,1\n1,1,2",
            "the header promises 9 voters, the ballots add up to 1",
        ),
        (
            "2\n1,A\n2,B\n2,2,1\n\n2,1,3",
            "line 6: it ranks candidate 3, but there are 2",
        ),
    ];
    for (text, fault) in faults {
        let said = read(text).unwrap_err();
        assert_eq!(said, fault, "{text}");
    }
}

#[test]
fn the_end_of_a_file_name_gives_the_format() {
    assert_eq!(Format::from_extension("JSON"), Some(Format::Json));
    assert_eq!(
        Format::from_extension("soc"),
        Some(Format::PrefLib(Orders::Soc))
    );
    assert_eq!(Format::from_extension("cat"), None);
    let old = b"2\n1,A\n2,B\n1,1,1\n1,1\n";
    assert!(input::read(old, Format::from_extension("soi")).is_ok());
    assert!(input::read(old, Format::from_extension("soc")).is_err());
}

#[test]
fn files_that_are_too_large_or_not_text_are_refused() {
    let large = vec![b' '; input::MAX_BYTES + 1];
    assert_eq!(
        input::read(&large, None).unwrap_err().to_string(),
        "more than 16 MiB"
    );
    assert_eq!(
        input::read(b"1\n1,\xff\n", None).unwrap_err().to_string(),
        "line 2: not UTF-8 text"
    );
}

#[test]
fn a_profile_may_repeat_names_and_the_report_still_tells_them_apart() {
    let names = ["A", "A", "A (2)", "A"].map(String::from).to_vec();
    let ballot = pim::tally::Ballot::new(vec![vec![3], vec![1]]);
    let profile = Profile::new(names, vec![ballot]).unwrap();
    let order = report(&profile).borda.order;
    assert_eq!(order, [vec!["A (4)"], vec!["A (3)"], vec!["A", "A (2)"]]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = input::read(&bytes, None);
        let _ = input::read(&bytes, Some(Format::Json));
    }

    #[test]
    fn nothing_that_looks_like_preflib_makes_it_panic(
        text in "(# (DATA TYPE|NUMBER VOTERS|NUMBER ALTERNATIVES|ALTERNATIVE NAME [0-9]{1,4}): ?[a-z0-9]{0,3}\n){0,5}([0-9]{0,20}[:,] ?[{}0-9, ]{0,12}\n){0,4}"
    ) {
        let _ = read(&text);
    }
}

#[test]
fn a_cut_file_is_not_counted_by_half() {
    let text = format!("# NUMBER VOTERS: 6\n{HEADER}3: 1,2,3\n2: 2,{{1,3}}\n1: 3\n");
    let lines: Vec<&str> = text.lines().collect();
    for kept in 0..lines.len() {
        assert!(read(&lines[..kept].join("\n")).is_err(), "{kept} lines");
    }
    assert!(read(&text).is_ok());
}
