//! Notes, as people use them: written without leaving the page, found again, and never lost.

use std::fmt::Write as _;

use crate::support::Viewer;
use pim::app::{Effect, Msg};
use pim::room::{Command, Desk, NoteCommand, Role, SeatId, Time};
use pim::store::{MemoryLog, Proposal, propose};

/// A viewer in a session that is kept in memory.
pub(crate) struct Sitting {
    pub(crate) viewer: Viewer,
    log: MemoryLog,
    desk: Desk,
    done: usize,
    full: bool,
}

impl Sitting {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        let mut viewer = Viewer::new(width, height);
        viewer.room.session = Some(std::sync::Arc::default());
        Self {
            viewer,
            log: MemoryLog::new(Vec::new()),
            desk: Desk::default(),
            done: 0,
            full: false,
        }
    }

    /// Does what the runtime would do with the effects.
    pub(crate) fn settle(&mut self) -> &mut Self {
        while let Some(effect) = self.viewer.effects.get(self.done).cloned() {
            self.done += 1;
            if let Effect::Propose(command) | Effect::Save(command, _) = effect {
                let news = self.propose(command);
                self.viewer.send(news);
            }
        }
        self
    }

    fn propose(&mut self, command: Box<Command>) -> Msg {
        if self.full {
            return Msg::Refused("the disk is full, so this was not saved; make room".into());
        }
        let state = std::sync::Arc::make_mut(self.viewer.room.session.as_mut().expect("a session"));
        let proposal = Proposal::new(
            SeatId(1),
            Role::Facilitator,
            (*command).clone(),
            Time(1_000),
        );
        match propose(&mut self.log, &mut self.desk, state, proposal) {
            Ok(events) => Msg::Kept {
                command,
                changed: !events.is_empty(),
            },
            Err(why) => Msg::Refused(why.into()),
        }
    }

    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.viewer.press(key);
            self.settle();
        }
        self
    }

    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        self.viewer.types(text);
        self.settle()
    }

    fn goes_to(&mut self, address: &str) -> &mut Self {
        self.viewer.goes_to(address);
        self.settle()
    }

    pub(crate) fn sees(&mut self, wanted: &str) -> &mut Self {
        self.viewer.sees(wanted);
        self
    }

    pub(crate) fn sees_no(&mut self, unwanted: &str) -> &mut Self {
        self.viewer.sees_no(unwanted);
        self
    }

    pub(crate) fn notes(&self) -> usize {
        let session = self.viewer.room.session.as_ref();
        session.map_or(0, |one| one.notes.len())
    }

    /// A session in which a few things were written.
    pub(crate) fn with_notes(width: u16, height: u16) -> Self {
        let mut one = Self::new(width, height);
        one.goes_to("matrix/case-management/output")
            .press("n")
            .types("Who may see this output?")
            .press("Tab Ctrl-S n")
            .types("Agree the consent form")
            .press("Tab Tab Tab Down")
            .types("case management lead")
            .press("Down")
            .types("Friday")
            .press("Ctrl-S")
            .goes_to("process/implement/collect-data")
            .press("n")
            .types("We collect only what we use.")
            .press("Tab Tab Ctrl-S p")
            .types("Come back to data sharing")
            .press("Ctrl-S 6");
        one
    }
}

#[test]
fn a_question_from_the_room_is_written_without_leaving_the_page() {
    let mut facilitator = Sitting::new(80, 24);
    facilitator
        .goes_to("matrix/case-management/output")
        .press("n")
        .sees("On Case Management / Output")
        .sees("No names of affected people")
        .types("Who may see this?")
        .press("Tab Ctrl-S")
        .sees("Saved.")
        .sees("1 note here")
        .sees("Output (1)");
    facilitator.viewer.is_at("matrix/case-management/output");
    facilitator
        .press("6")
        .sees("Question")
        .sees("Who may see this?")
        .sees("matrix/case-management/output")
        .press("x");
    facilitator.viewer.is_at("matrix/case-management/output");
}

#[test]
fn what_is_written_and_not_saved_is_kept_and_comes_back() {
    let mut one = Sitting::new(80, 24);
    one.press("n")
        .types("half a tho")
        .press("Esc")
        .sees("draft");
    let kept = one
        .viewer
        .effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Draft(_, Some(body)) => Some(body.text.clone()),
            _ => None,
        });
    assert_eq!(kept.as_deref(), Some("half a tho"));
    one.press("n")
        .sees("half a tho")
        .types("ught")
        .press("Ctrl-S");
    assert_eq!(one.notes(), 1);
    one.press("n").sees_no("half a thought");
}

#[test]
fn the_editor_says_what_is_kept_and_only_that() {
    let mut one = Sitting::new(80, 24);
    one.press("n").types("half a tho").sees_no("draft kept");
    let draft = one.viewer.effects.iter().rev().find_map(|one| match one {
        Effect::Draft(_, body) => body.clone(),
        _ => None,
    });
    one.viewer.room.draft = draft.map(std::sync::Arc::new);
    one.sees("draft kept");
    one.types("u").sees_no("draft kept");
    one.press("Backspace").sees("draft kept");
    one.press("Esc").sees_no("draft kept\n");
}

#[test]
fn a_full_disk_is_said_and_the_text_stays_in_the_editor() {
    let mut one = Sitting::new(80, 24);
    one.press("n").types("precious");
    one.full = true;
    one.press("Ctrl-S")
        .sees("The disk is full")
        .sees("precious");
    one.full = false;
    one.press("Ctrl-S").sees("Saved.");
    assert_eq!(one.notes(), 1);
}

#[test]
fn nothing_typed_is_no_note_and_says_so() {
    let mut one = Sitting::new(80, 24);
    one.press("n Ctrl-S")
        .sees("The note is empty; type something first.");
    one.press("Esc u")
        .sees("There is nothing of yours to undo.");
}

#[test]
fn a_note_is_edited_settled_moved_deleted_undone_and_erased() {
    let mut one = Sitting::with_notes(80, 24);
    one.press("Home")
        .press("o o")
        .sees("by time")
        .press("Home")
        .sees("Come back to data sharing")
        .press("r")
        .sees("Settled.")
        .press("r")
        .sees("Open again.")
        .press("Enter")
        .types(" tomorrow")
        .press("Ctrl-S")
        .sees("Come back to data sharing tomorrow")
        .press("d")
        .sees("Deleted: r brings back")
        .press("u")
        .sees("tomorrow")
        .sees_no("Deleted:")
        .press("Ctrl-R")
        .sees("Deleted: r brings back")
        .press("u Home E")
        .sees("It cannot be undone")
        .press("n")
        .sees("Nothing was done.")
        .press("E y")
        .sees("Erased.")
        .sees_no("tomorrow");
    assert_eq!(one.notes(), 3);
    one.press("v").viewer.sees("Move the note to the address");
    one.press("Ctrl-U").types("guide/glossary").press("Enter");
    one.sees("Moved.").sees("guide/glossary");
}

#[test]
fn a_deleted_note_stands_at_the_end_until_it_is_brought_back_or_erased() {
    let mut one = Sitting::with_notes(80, 24);
    one.press("o o Home d")
        .sees("Deleted; u brings it back")
        .sees("Deleted: r brings back");
    // Whoever deletes stays among the notes, at the next one.
    let chosen = |one: &Sitting| one.viewer.seat.sitting.note(&one.viewer.room).cloned();
    assert!(chosen(&one).is_some_and(|note| !note.deleted));
    one.press("End")
        .sees("Parking lot 4, deleted")
        .press("Enter")
        .sees("This note is deleted: r brings it back")
        .press("d v")
        .sees("This note is deleted");
    assert_eq!(one.notes(), 3);
    one.press("r").sees("Brought back.").sees_no("Deleted:");
    assert_eq!(one.notes(), 4);
    one.press("u").sees("Undone.").sees("Deleted:");
    one.press("End E y")
        .sees("Erased.")
        .sees_no("Come back to data sharing")
        .sees_no("Deleted:");
    assert_eq!(one.notes(), 3);
    one.press("d d d").sees("Deleted: r brings back");
    assert!(chosen(&one).is_some_and(|note| note.deleted));
    one.press("r");
    assert_eq!(one.notes(), 1);
}

#[test]
fn n_writes_a_note_in_find_in_a_checklist_and_in_the_scenarios() {
    let mut one = Sitting::new(80, 24);
    one.press("2")
        .types("landmines")
        .press("n")
        .sees("landminesn");
    one.press("Backspace Down n")
        .sees("On Security")
        .types("Who clears the road?")
        .press("Ctrl-S")
        .sees("Saved.")
        .press("6")
        .sees("matrix/security-situational-awareness/output");
    one.press("Tab a")
        .types("Platform")
        .press("Enter Enter Enter Esc n")
        .types("ask the field")
        .press("Ctrl-S")
        .sees("ask the field");
    assert_eq!(one.notes(), 1, "a remark on a line is no note of its own");
    one.press("5 M")
        .sees("On Must have, nice to have: the scenarios")
        .types("Which one first?")
        .press("Ctrl-S");
    assert_eq!(one.notes(), 2);
}

#[test]
fn an_action_point_says_who_by_role_and_by_when() {
    let mut one = Sitting::with_notes(80, 24);
    one.press("o o Home Down Down")
        .sees("To do")
        .sees("Who: case management lead")
        .sees("By when: Friday");
}

#[test]
fn anything_can_be_pasted_into_a_note() {
    let mut one = Sitting::new(50, 18);
    for text in [
        "",
        "\u{0}\u{1b}[2J\u{202e}abc\r\nd",
        "\u{645}\u{627} \u{647}\u{64a}\n\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        &"x ".repeat(5_000),
        &"novel ".repeat(40_000),
    ] {
        one.press("n");
        one.viewer.send(Msg::Paste(text.to_owned()));
        one.press("Up Home Down End PageUp Backspace");
        one.viewer.buffer();
        one.press("Esc");
    }
}

#[test]
fn ten_thousand_notes_scroll_like_ten() {
    let mut one = Sitting::new(80, 24);
    for n in 0..10_000 {
        let anchor = Some(format!("guide/glossary/entry-{}", n % 300));
        let body = pim::room::Body::new(pim::room::NoteKind::Note, format!("note {n}"));
        let command = Command::Note(NoteCommand::Write { anchor, body });
        one.propose(Box::new(command));
    }
    one.press("6");
    let begun = std::time::Instant::now();
    for _ in 0..50 {
        one.press("Down");
        one.viewer.buffer();
    }
    // Not a measurement: sorting ten thousand for each key would take far longer.
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    let scene = pim::ui::Scene::of(&one.viewer.room, &one.viewer.seat);
    let pim::ui::scene::Body::Notes(notes) = &scene.body else {
        panic!("the notes are open");
    };
    assert!(notes.rows.len() < 24);
}

#[test]
fn a_checklist_is_for_a_named_system_and_for_chosen_sub_steps() {
    let mut one = Sitting::new(80, 24);
    one.press("6 Tab")
        .sees("No system yet")
        .press("a")
        .types("Monitoring platform")
        .press("Enter")
        .sees("Monitoring platform")
        .press("Enter")
        .sees("Sub-steps to look at")
        .press("Enter")
        .sees("[x]")
        .press("Esc")
        .sees("0 of")
        .press("Space")
        .sees("[x]")
        .sees("1 of")
        .press("Space")
        .sees("[!]")
        .press("Enter")
        .types("ask the field offices")
        .press("Ctrl-S")
        .sees("[!] *")
        .sees("ask the field offices")
        .press("Tab")
        .sees("Activities of the Process")
        .press("Esc Esc")
        .sees("Notes by place");
}

#[test]
fn a_countdown_runs_in_the_corner_and_nowhere_else() {
    let mut one = Sitting::new(80, 24);
    one.press("T")
        .types("10 ranking")
        .press("Enter")
        .sees("Saved.");
    one.viewer.send(Msg::Tick(Time(1_000)));
    one.sees("ranking 10:00");
    let before = one.viewer.text();
    one.viewer.send(Msg::Tick(Time(61_000)));
    one.sees("ranking 09:00");
    let after = one.viewer.text();
    let changed: Vec<usize> = before
        .lines()
        .zip(after.lines())
        .enumerate()
        .filter_map(|(n, (a, b))| (a != b).then_some(n))
        .collect();
    assert_eq!(changed, [1]);
    one.press("T").types("0").press("Enter").sees_no("09:00");
}

#[test]
fn an_agenda_is_typed_ordered_and_counted_down() {
    let mut one = Sitting::new(80, 24);
    one.press("A")
        .sees("Nothing is planned yet")
        .press("a")
        .types("15 Welcome")
        .press("Enter a")
        .types("45 The Matrix")
        .press("Enter Down K")
        .sees("> 45 min The Matrix")
        .press("T Esc");
    one.viewer.send(Msg::Tick(Time(1_000)));
    one.sees("The Matrix 45:00");
    one.press("A Enter")
        .types(" again")
        .press("Enter")
        .sees("The Matrix again");
    one.press("d").sees_no("again").press("u").sees("again");
    one.press("a")
        .types("no minutes")
        .press("Enter")
        .sees("Begin with minutes")
        .sees("no minutes")
        .press("Ctrl-U");
    one.full = true;
    one.types("20 Lunch")
        .press("Enter")
        .sees("The disk is full")
        .sees("20 Lunch");
}

#[test]
fn an_export_is_chosen_from_a_list() {
    let mut one = Sitting::with_notes(80, 24);
    one.press("e")
        .sees("Export the session as")
        .press("Down Enter")
        .sees("Export into the folder")
        .types("~/minutes")
        .press("Enter");
    let format = one
        .viewer
        .effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Export(format, folder) => Some((*format, folder.clone())),
            _ => None,
        });
    let wanted = (pim::export::Format::Html, "~/minutes".to_owned());
    assert_eq!(format, Some(wanted));
    one.viewer
        .send(Msg::Refused("there is no folder ~/minutes".into()));
    one.sees("There is no folder ~/minutes.").sees("~/minutes");
    one.viewer.send(Msg::Exported {
        folder: "~/minutes".to_owned(),
        paths: vec!["/home/x/minutes/2026-03-04-winter-outcome.html".to_owned()],
    });
    one.sees("Exported")
        .sees("/home/x/minutes/2026-03-04-winter-outcome.html")
        .press("Esc e Enter")
        .sees("~/minutes");
}

#[test]
fn the_screens_of_a_session_look_as_they_did() {
    for (width, height) in [(80, 24), (120, 40), (50, 18)] {
        for (name, keys) in [
            ("notes-by-place", "Home"),
            ("notes-by-kind", "o End"),
            ("note-editor", "Home n T e x t Tab Tab Tab"),
            ("note-erase", "E"),
            ("notes-export", "e"),
            ("agenda", "A a 4 5 Space M a p Enter a 9 Space T e a Enter"),
            ("systems", "Tab a O n e Enter"),
            ("sub-steps", "Tab a O n e Enter Enter Down Enter"),
            ("checklist", "Tab a O n e Enter Enter Enter Esc Space Down"),
        ] {
            let mut one = Sitting::with_notes(width, height);
            one.press(keys);
            let picture = one.viewer.picture();
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), picture);
        }
    }
}

#[test]
fn no_size_breaks_the_drawing_of_a_session() {
    let mut names = String::new();
    let mut one = Sitting::with_notes(80, 24);
    for width in [1, 2, 39, 40, 50, 80, 99, 120, 200] {
        for height in [1, 2, 9, 10, 11, 18, 24, 60] {
            one.viewer.send(Msg::Resize(width, height));
            for keys in [
                "End",
                "n",
                "x Tab Tab Tab Down",
                "Esc Esc",
                "Tab a",
                "b Enter",
                "Enter Enter",
                "Esc Space",
                "e Esc",
            ] {
                one.press(keys);
                one.viewer.buffer();
            }
            let _ = write!(names, "{width}x{height} ");
        }
    }
    assert!(names.contains("200x60"));
}
