//! What the README says of keys and screens is what the program has.

use std::path::Path;

use crate::support::Viewer;

/// The part of the README between two marks; written anew when asked to.
fn part(mark: &str, current: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("there is a README");
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let (before, rest) = readme.split_once(&open).expect("the mark is there");
    let (found, after) = rest.split_once(&close).expect("the end mark is there");
    if std::env::var_os("UPDATE_README").is_some() {
        let text = format!("{before}{open}{current}\n{close}{after}");
        std::fs::write(&path, text).expect("the README can be written");
    } else {
        assert!(
            found.trim() == current.trim(),
            "the README is not current; run: UPDATE_README=1 cargo test --test it readme"
        );
    }
}

#[test]
fn the_readme_is_current() {
    part("keys", &pim::app::keymap::markdown());
    let mut viewer = Viewer::new(80, 24);
    viewer.goes_to("matrix/case-management/output");
    part("screen", &format!("```text\n{}```", viewer.text()));
}
