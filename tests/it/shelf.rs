//! The sessions of this user inside the program: found, opened, begun, named, closed, purged.

use std::path::PathBuf;

use crate::notes::Sitting;
use pim::app::shelf::Errand;
use pim::app::{Effect, Msg};
use pim::room::{Command, MetaCommand};
use pim::store::{Condition, Purge, SessionInfo, Trace};

fn file(name: &str) -> PathBuf {
    PathBuf::from(format!("/home/x/sessions/{name}.pim"))
}

fn info(name: &str, title: &str, condition: Condition) -> SessionInfo {
    SessionInfo {
        file: file(name),
        name: name.to_owned(),
        title: title.to_owned(),
        date: "4 March 2026".to_owned(),
        place: "Amman".to_owned(),
        used: None,
        notes: 3,
        condition,
        here: false,
    }
}

fn rows() -> Vec<SessionInfo> {
    let damaged = "/home/x/sessions/2026-01-08-damp.pim is damaged";
    let newer = "/home/x/sessions/2026-02-01-next.pim was written by a newer pim (format 9, \
                 this one reads up to 2); open it with the newer one";
    vec![
        SessionInfo {
            here: true,
            ..info("2026-03-04-scratch", "", Condition::Open)
        },
        info("2026-03-03-winter", "Winter planning", Condition::Open),
        info("2026-03-01-lessons", "Lessons learnt", Condition::Closed),
        info("2026-02-20-other", "", Condition::Held),
        info("2026-02-01-next", "", Condition::Newer(newer.to_owned())),
        info(
            "2026-01-08-damp",
            "",
            Condition::Damaged(damaged.to_owned()),
        ),
    ]
}

/// A viewer before the list of sessions.
fn before_the_list(width: u16, height: u16) -> Sitting {
    let mut one = Sitting::with_notes(width, height);
    one.press("W").sees("Looking...");
    assert_eq!(asked(&one), Some(Errand::List));
    one.viewer.send(found(rows()));
    one
}

fn found(rows: Vec<SessionInfo>) -> Msg {
    Msg::Shelf {
        rows,
        chosen: None,
        message: None,
    }
}

/// The last errand that was asked for.
fn asked(one: &Sitting) -> Option<Errand> {
    let mut effects = one.viewer.effects.iter().rev();
    effects.find_map(|effect| match effect {
        Effect::Errand(errand) => Some((**errand).clone()),
        _ => None,
    })
}

fn plan(elsewhere: Vec<Trace>) -> Msg {
    let session = file("2026-03-03-winter");
    let log = PathBuf::from("/home/x/sessions/2026-03-03-winter.pim-wal");
    Msg::Planned(Box::new(Purge {
        file: session.clone(),
        removes: vec![session, log],
        elsewhere,
    }))
}

#[test]
fn another_session_is_opened_from_the_list_and_nothing_of_the_first_stays() {
    let mut one = before_the_list(80, 24);
    one.sees("open here")
        .sees("Winter planning")
        .sees("closed")
        .sees("elsewhere")
        .sees("newer")
        .sees("damaged")
        .press("Enter")
        .sees("This session is open; Esc goes back to it.")
        .press("Down Enter");
    assert_eq!(asked(&one), Some(Errand::Open(file("2026-03-03-winter"))));
    one.viewer.room.session = Some(std::sync::Arc::default());
    one.viewer.send(Msg::Opened {
        drafts: Vec::new(),
        message: Some("Open now: Winter planning.".to_owned()),
    });
    one.sees("Open now: Winter planning.")
        .sees("Nothing is noted yet.")
        .sees_no("Who may see this output?");
}

#[test]
fn what_cannot_be_opened_says_why_and_what_to_do() {
    let mut one = before_the_list(80, 24);
    one.press("Down Down Down Enter")
        .sees("Another pim has it open: work in that one")
        .press("Down Enter")
        .sees("It cannot be opened; why stands below.")
        .sees("written by a newer pim")
        .press("Down")
        .sees("r saves what can be read of it")
        .press("r");
    assert_eq!(asked(&one), Some(Errand::Recover(file("2026-01-08-damp"))));
    one.press("P");
    assert_eq!(
        asked(&one),
        Some(Errand::PlanPurge(file("2026-01-08-damp")))
    );
}

#[test]
fn a_refusal_that_is_longer_than_the_last_line_is_read_whole() {
    let mut one = before_the_list(50, 18);
    let why = "/home/x/sessions/2026-03-03-winter.pim cannot be written, so this was not saved; \
               check that the folder is yours and not read-only";
    one.viewer.send(Msg::Refused(why.into()));
    one.sees("cannot be written").sees("not read-only.");
}

#[test]
fn a_session_is_begun_by_name_and_the_line_stays_until_it_is() {
    let mut one = before_the_list(80, 24);
    one.press("n").types("Spring").press("Enter");
    assert_eq!(asked(&one), Some(Errand::Begin("Spring".to_owned())));
    one.viewer.send(Msg::Refused("the disk is full".into()));
    one.sees("The disk is full.").sees("Spring").press("Esc");
    one.sees("Winter planning");
}

#[test]
fn title_date_and_place_are_typed_together_and_only_what_changed_is_kept() {
    let mut one = before_the_list(80, 24);
    one.press("N")
        .types("Autumn")
        .press("Tab Tab")
        .types("Geneva")
        .press("Enter")
        .sees("Saved.")
        .sees("Autumn")
        .sees("Geneva");
    one.press("u").sees("Autumn").press("Down N Tab");
    one.press("Ctrl-U").types("5 March").press("Enter");
    let about = MetaCommand::About {
        title: None,
        date: Some("5 March".to_owned()),
        place: None,
    };
    let wanted = Errand::Change(file("2026-03-03-winter"), about);
    assert_eq!(asked(&one), Some(wanted));
    let mut renamed = rows();
    renamed[1].date = "5 March".to_owned();
    one.viewer.send(found(renamed));
    one.sees("Date: 5 March").press("Esc u");
    one.sees("Undone.");
    let session = one.viewer.room.session.as_ref().expect("a session");
    assert_eq!(session.meta.title, "", "one undo takes all three back");
    assert_eq!(session.meta.place, "");
}

#[test]
fn a_session_without_a_title_keeps_its_date_when_it_is_named() {
    let mut one = Sitting::new(80, 24);
    one.press("6 N").types("Spring").press("Enter");
    let named = one.viewer.effects.iter().any(|effect| {
        let about = MetaCommand::About {
            title: Some("Spring".to_owned()),
            date: None,
            place: None,
        };
        *effect == Effect::Propose(Box::new(Command::Meta(about)))
    });
    assert!(named);
    one.sees("Saved.").sees("Spring");
}

#[test]
fn closing_is_a_change_of_the_open_one_and_an_errand_for_another() {
    let mut one = before_the_list(80, 24);
    one.press("c")
        .sees("Closed: nothing in it changes")
        .sees("here, cl.");
    one.press("c").sees("Reopened.").press("Down Down c");
    let wanted = Errand::Change(file("2026-03-01-lessons"), MetaCommand::Reopen);
    assert_eq!(asked(&one), Some(wanted));
}

#[test]
fn purging_says_what_goes_and_what_stays_and_asks_once() {
    let copy = Trace {
        kind: "copy".to_owned(),
        path: PathBuf::from("/media/stick/winter.pim"),
    };
    let mut one = before_the_list(80, 24);
    one.press("Down P");
    assert_eq!(
        asked(&one),
        Some(Errand::PlanPurge(file("2026-03-03-winter")))
    );
    one.viewer.send(plan(vec![copy.clone()]));
    one.sees("2026-03-03-winter.pim-wal")
        .sees("These were made from it and stay:")
        .sees("/media/stick/winter.pim (copy)")
        .sees("Purging cannot reach what others made")
        .press("x")
        .sees("Nothing was removed.")
        .sees("Winter planning");
    let purge = |elsewhere| {
        let file = file("2026-03-03-winter");
        Some(Errand::Purge { file, elsewhere })
    };
    one.viewer.send(plan(vec![copy]));
    one.press("Y");
    assert_eq!(asked(&one), purge(true));
    one.viewer.send(found(rows()));
    one.viewer.send(Msg::Told {
        title: "Purged".to_owned(),
        lines: vec!["Removed: /home/x/sessions/2026-03-03-winter.pim".to_owned()],
    });
    one.sees("Purged").press("Esc").sees("Lessons learnt");
    one.viewer.send(plan(Vec::new()));
    one.press("Y").sees("Nothing was removed.");
    one.viewer.send(plan(Vec::new()));
    one.press("y");
    assert_eq!(asked(&one), purge(false));
}

#[test]
fn a_copy_goes_where_somebody_types() {
    let mut one = before_the_list(80, 24);
    one.viewer.seat.sitting.folder = "/media/stick".to_owned();
    one.press("Down y")
        .sees("/media/stick/2026-03-03-winter-copy.pim")
        .press("Enter");
    let wanted = Errand::Copy {
        file: file("2026-03-03-winter"),
        to: "/media/stick/2026-03-03-winter-copy.pim".to_owned(),
    };
    assert_eq!(asked(&one), Some(wanted));
}

#[test]
fn the_list_is_reached_by_its_words_and_from_every_tab() {
    for tab in ["1", "2 Esc", "3", "4", "5", "6", "6 Tab", "7"] {
        let mut one = Sitting::new(80, 24);
        one.press(tab).press("W").sees("Sessions").sees("Looking");
        one.viewer.send(found(Vec::new()));
        one.sees("No session is kept yet.")
            .press("P")
            .sees("No session is kept yet; n begins one.");
    }
    let mut one = Sitting::new(80, 24);
    one.press("g").types("sessions open").press("Enter");
    assert_eq!(asked(&one), Some(Errand::List));
}

#[test]
fn an_agenda_comes_from_a_file_that_somebody_types() {
    let mut one = Sitting::new(80, 24);
    one.press("A L")
        .sees("Take the agenda from the RON file")
        .press("Ctrl-U")
        .types("~/day one.ron")
        .press("Enter");
    let wanted = Effect::LoadAgenda("~/day one.ron".to_owned());
    assert!(one.viewer.effects.contains(&wanted));
    one.viewer
        .send(Msg::Refused("cannot read ~/day one.ron".into()));
    one.sees("Cannot read ~/day one.ron.").sees("~/day one.ron");
}

#[test]
fn the_screens_of_the_list_look_as_they_did() {
    let trace = |kind: &str, path: &str| Trace {
        kind: kind.to_owned(),
        path: PathBuf::from(path),
    };
    for (width, height) in [(80, 24), (120, 40), (50, 18)] {
        let shot = |name: &str, one: &Sitting| {
            let picture = one.viewer.picture();
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), picture);
        };
        let mut one = before_the_list(width, height);
        shot("sessions", &one);
        one.press("Down Down Down Down");
        shot("sessions-newer", &one);
        one.press("Up Up Up N");
        shot("session-named", &one);
        one.press("Esc n");
        shot("session-begun", &one);
        one.press("Esc");
        one.viewer.send(plan(vec![
            trace("export", "/home/x/2026-03-03-winter-outcome.html"),
            trace("copy", "/media/stick/winter.pim"),
        ]));
        shot("session-purge", &one);
        one.press("x Esc o o Home d End");
        shot("notes-deleted", &one);
    }
}

#[test]
fn no_size_breaks_the_list() {
    let mut one = before_the_list(80, 24);
    for (width, height) in [(40, 10), (44, 11), (50, 12), (60, 13), (72, 14), (200, 60)] {
        one.viewer.send(Msg::Resize(width, height));
        for keys in [
            "Up Up Up Up Up",
            "Down",
            "N Tab",
            "Esc",
            "y",
            "Esc",
            "Down Down Down Down",
        ] {
            one.press(keys);
            one.viewer.buffer();
        }
        one.viewer.send(plan(Vec::new()));
        one.press("Down Down PageDown");
        one.viewer.buffer();
        one.press("x").sees("Nothing was removed.");
    }
}
