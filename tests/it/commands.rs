//! The commands without a screen, run as programs.

use assert_cmd::Command;

/// The program, with a home of its own.
fn pim(args: &[&str]) -> (bool, String, String) {
    let home = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_pim"))
        .args(args)
        .env("XDG_DATA_HOME", home.path())
        .output()
        .expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.success(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn what_stands_at_an_address_is_shown_as_plain_text() {
    let (ok, out, _) = pim(&["show", "matrix/case-management/output", "--width", "60"]);
    assert!(ok);
    assert!(!out.contains('\u{1b}'));
    assert!(out.lines().all(|line| line.chars().count() <= 60));
    insta::assert_snapshot!(out);
}

#[test]
fn what_stands_at_an_address_is_shown_as_json() {
    let (ok, out, _) = pim(&["show", "matrix/case-management/output/phase-one", "--json"]);
    assert!(ok);
    insta::assert_snapshot!(out);
}

#[test]
fn one_practice_is_shown_with_its_source() {
    let (ok, out, _) = pim(&["show", "principles/do-no-harm/collect-data"]);
    assert!(
        ok && out
            .contains("Draft. Principles in Action (2016), Do no harm: Conduct Data Collection"),
        "{out}"
    );
}

#[test]
fn a_wrong_address_fails_and_says_what_is_near() {
    let (ok, _, err) = pim(&["show", "matrix/case-managment"]);
    assert!(!ok && err.contains("matrix/case-management"), "{err}");
}

#[test]
fn a_session_is_begun_planned_exported_and_taken_in_again() {
    let home = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_pim"))
            .args(args)
            .env("XDG_DATA_HOME", home.path())
            .current_dir(home.path())
            .output()
            .expect("it runs");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {err}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run(&["session", "new", "Winter planning"]);
    let agenda = home.path().join("agenda.ron");
    std::fs::write(&agenda, "[(title: \"Welcome\", minutes: 10)]").expect("a file");
    let said = run(&["session", "agenda", "Winter planning", "agenda.ron"]);
    assert!(said.contains("1 item, 10 minutes"), "{said}");
    assert!(run(&["session", "list"]).contains("Winter planning"));
    let said = run(&["export", "--session", "Winter planning", "--format", "json"]);
    let path = said.trim().trim_start_matches("Exported to ").to_owned();
    assert!(run(&["import", &path]).contains("Imported 0 notes"));
}

#[test]
fn the_lists_are_printed() {
    for (what, wanted) in [
        ("addresses", "principles/do-no-harm/collect-data/"),
        ("keys", "Ctrl-T"),
        ("themes", "projector-light"),
        (
            "sources",
            "Third Protection Information Management Working Meeting",
        ),
    ] {
        let (ok, out, _) = pim(&["print", what]);
        assert!(ok && out.contains(wanted), "{what}: {out}");
    }
}

#[test]
fn a_check_of_the_shipped_content_finds_nothing() {
    let (ok, out, _) = pim(&["check"]);
    assert!(ok && out.contains("nothing is wrong"), "{out}");
}

#[test]
fn a_broken_folder_is_refused_with_place_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("guide")).expect("a folder");
    std::fs::write(
        folder.path().join("guide/ours.ron"),
        "(schema: 1,\n id: \"ours\",\n titel: \"Ours\")",
    )
    .expect("a file");
    let path = folder.path().to_str().expect("a path");
    let (ok, out, _) = pim(&["check", "--content", path]);
    assert!(
        !ok && out.contains("guide/ours.ron:3:2: unknown field `titel`"),
        "{out}"
    );
    let (ok, _, err) = pim(&["--content", path, "show", "matrix"]);
    assert!(!ok && err.contains("did you mean `title`?"), "{err}");
}

#[test]
fn a_need_is_answered_with_reasons() {
    let (ok, out, _) = pim(&["find", "landmines on the road"]);
    assert!(
        ok && out.contains("1 Security and Situational Awareness"),
        "{out}"
    );
}

#[test]
fn a_need_is_answered_as_one_object_with_all_eight() {
    let (ok, out, _) = pim(&["find", "--json", "headcount by age and sex"]);
    let object: serde_json::Value = serde_json::from_str(&out).expect("one object");
    assert!(ok);
    assert_eq!(object["hits"].as_array().map(Vec::len), Some(8));
    assert_eq!(object["hits"][0]["category"], "population-data");
    assert_eq!(object["confident"], true);
}

#[test]
fn a_batch_gives_one_object_a_line_whatever_it_is_fed() {
    let mut needs = b"how many people fled\n\n\xff\xfe\x00\x1b[2J\n".to_vec();
    needs.extend("x".repeat(65_536).into_bytes());
    needs.extend("\n\u{645}\u{627} \u{647}\u{64a}\n".bytes());
    let home = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_pim"))
        .args(["find", "--json", "--batch"])
        .env("XDG_DATA_HOME", home.path())
        .write_stdin(needs)
        .output()
        .expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.lines().count(), 5);
    for line in text.lines() {
        let object: serde_json::Value = serde_json::from_str(line).expect("an object");
        assert_eq!(object["hits"].as_array().map(Vec::len), Some(8));
    }
}

#[test]
fn ballots_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.json");
    std::fs::write(
        &path,
        r#"{"candidates":["A","B"],"ballots":[{"count":3,"ranking":[["A"],["B"]]}]}"#,
    )
    .expect("a file");
    let (ok, out, err) = pim(&["tally", path.to_str().expect("a path"), "--json"]);
    assert!(ok, "{err}");
    let object: serde_json::Value = serde_json::from_str(&out).expect("one object");
    assert_eq!(object["condorcet_winner"], "A");
}

#[test]
fn bad_ballots_are_refused_and_nothing_is_half_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.json");
    std::fs::write(
        &path,
        r#"{"candidates":["A"],"ballots":[{"count":1,"ranking":[["Z"]]}]}"#,
    )
    .expect("a file");
    let (ok, out, err) = pim(&["tally", path.to_str().expect("a path")]);
    assert!(!ok && out.is_empty() && err.contains('Z'), "{err}");
}
