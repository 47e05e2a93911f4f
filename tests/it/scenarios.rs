//! The exercise as a facilitator holds it on one terminal: every key goes through the real
//! update, and what is proposed is carried out in memory.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use pim::app::update::scenarios::run_of;
use pim::app::{Effect, Msg};
use pim::content::CategoryId;
use pim::exercise::{
    BallotBox, Change, Exercise, ExerciseEvent, MemoryBox, Phase, RoundId, ScenarioId, Seen, Vote,
};
use pim::room::{Command, Desk, Role, RoomState, SeatId, Time, What, ballot};
use pim::store::{MemoryLog, Proposal, propose};

use crate::room_sitting::opening;
use crate::support::Viewer;

/// A facilitator at work.
pub(crate) struct Hall {
    pub(crate) viewer: Viewer,
    log: MemoryLog,
    desk: Desk,
    ballots: MemoryBox,
}

impl Hall {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        let opening = opening("Test");
        let mut viewer = Viewer::new(width, height);
        viewer.room.session = Some(std::sync::Arc::new(RoomState::fold([&opening])));
        viewer.seat.sheet.seed = 1;
        viewer.press("5");
        Self {
            viewer,
            log: MemoryLog::new(vec![opening]),
            desk: Desk::default(),
            ballots: MemoryBox::default(),
        }
    }

    /// Does what the runtime does with what was asked for.
    fn settle(&mut self) {
        for effect in std::mem::take(&mut self.viewer.effects) {
            if let Effect::Propose(command) = effect
                && let Err(sentence) = self.carry_out(*command)
            {
                self.viewer.seat.message = Some(sentence);
            }
        }
    }

    fn carry_out(&mut self, command: Command) -> Result<(), String> {
        let Some(state) = &mut self.viewer.room.session else {
            return Ok(());
        };
        let state = std::sync::Arc::make_mut(state);
        let now = Time(1_772_600_000_000);
        let said = ballot(state, Role::Facilitator, &command, now);
        if let Some(change) = said.map_err(|refusal| refusal.to_string())? {
            let done = self.ballots.carry_out(&change);
            done.map_err(|fault| fault.to_string())?;
        } else {
            let proposal = Proposal::new(SeatId(1), Role::Facilitator, command, now);
            let events = propose(&mut self.log, &mut self.desk, state, proposal)
                .map_err(|rejected| rejected.to_string())?;
            for event in events {
                keep(&mut self.ballots, &event.what);
            }
        }
        state.ballots = Seen::read(&self.ballots, &state.exercises).unwrap();
        Ok(())
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
        self.settle();
        self
    }

    pub(crate) fn names(&mut self, items: &[&str]) -> &mut Self {
        for item in items {
            self.types(item).press("Enter");
        }
        self
    }

    pub(crate) fn sees(&mut self, wanted: &str) -> &mut Self {
        self.viewer.sees(wanted);
        self
    }

    pub(crate) fn sees_no(&mut self, unwanted: &str) -> &mut Self {
        self.viewer.sees_no(unwanted);
        self
    }

    pub(crate) fn run(&self) -> &Exercise {
        let scenario = ScenarioId::Source("sudden-onset-emergency".to_owned());
        run_of(self.viewer.room.session.as_ref().unwrap(), &scenario).unwrap()
    }

    pub(crate) fn is_in(&mut self, phase: Phase) -> &mut Self {
        assert_eq!(self.run().phase, phase, "{}", self.viewer.text());
        self
    }
}

/// The box follows the log as the store makes it.
fn keep(ballots: &mut MemoryBox, what: &What) {
    let What::Exercise(ExerciseEvent::In(exercise, change)) = what else {
        return;
    };
    let round = |vote: Vote, number| RoundId {
        exercise: *exercise,
        vote,
        number,
    };
    match change {
        Change::Sealed { vote, number, .. } => ballots.seal(round(*vote, *number)).unwrap(),
        Change::RoundDropped {
            vote,
            number,
            destroys: true,
        } => ballots.drop_round(round(*vote, *number)).unwrap(),
        _ => {}
    }
}

const NEEDS: &[&str] = &[
    "Population figures by age, sex, place",
    "Access and security for teams",
    "Urgent protection needs",
    "Who does what, where",
    "Languages and trusted channels",
    "Services that still work",
];

/// An exercise in Collect with six items.
pub(crate) fn collected(width: u16, height: u16) -> Hall {
    let mut hall = Hall::new(width, height);
    hall.press("Enter Enter N").types("28").press("Enter n");
    hall.names(NEEDS);
    hall
}

/// The same, tagged by hands, before the reveal.
pub(crate) fn tagged(width: u16, height: u16) -> Hall {
    let mut hall = collected(width, height);
    hall.press("Esc n")
        .types("")
        .press("p")
        .types("26")
        .press("Enter");
    for hands in ["24 2", "19 5", "19 7", "14 9", "9 15", "6 12"] {
        hall.press("Enter").types(hands).press("Enter");
    }
    hall
}

/// The long way up to Rank.
pub(crate) fn ranking(width: u16, height: u16) -> Hall {
    let mut hall = Hall::new(width, height);
    hall.press("Enter Enter N").types("28").press("Enter w n");
    hall.names(NEEDS)
        .names(&["Population figures by sex and age"]);
    hall.press("Esc n Space Down Down Down Down Down Down Space a n p");
    hall.types("26").press("Enter");
    for hands in ["24 2", "19 5", "19 7", "14 9", "9 15", "6 12"] {
        hall.press("Enter").types(hands).press("Enter");
    }
    hall.press("n Enter Enter n");
    hall
}

/// The ranking by slips, revealed.
pub(crate) fn ranked(width: u16, height: u16) -> Hall {
    let mut hall = ranking(width, height);
    hall.press("v");
    for _ in 0..4 {
        hall.press("Space Space Space Space Space Enter");
    }
    hall.press("Down Space Up Space Space Enter");
    hall.press("n Enter");
    hall
}

#[test]
fn each_step_of_a_reveal_is_seen_also_where_items_are_level() {
    let mut hall = tagged(80, 24);
    hall.press("n Enter");
    let mut seen = vec![hall.viewer.text()];
    for _ in 0..5 {
        hall.press("Space");
        seen.push(hall.viewer.text());
    }
    let steps: Vec<usize> = seen
        .iter()
        .map(|text| text.matches("?  .").count())
        .collect();
    assert_eq!(steps, [6, 5, 4, 3, 1, 0], "two are level: {}", seen[4]);
    for before in [1, 3, 4] {
        hall.press("Left");
        assert_eq!(hall.viewer.text().matches("?  .").count(), before);
    }
}

#[test]
fn a_result_without_lines_is_shown_whole_by_the_second_step() {
    let mut hall = collected(80, 24);
    hall.press("Esc n v v v Space Down Space Space n Enter Space Space");
    let run = hall.run();
    let shown = run.sealed_round(Vote::Tag).map(|round| round.shown);
    assert_eq!(
        shown,
        Some(pim::exercise::Shown::All),
        "{}",
        hall.viewer.text()
    );
}

#[test]
fn the_short_way_from_the_list_to_the_categories() {
    let mut hall = Hall::new(80, 24);
    hall.sees("Sudden-onset emergency")
        .sees("-- The scenarios: Agreed. Second Working Meeting (2015)")
        .press("Enter")
        .sees("not against whoever runs the host")
        .press("Enter N")
        .types("28")
        .press("Enter")
        .sees("28 here")
        .press("n")
        .is_in(Phase::Collect)
        .names(NEEDS)
        .sees("6 Services that still work")
        .types("population figures by sex")
        .sees("Already there, perhaps: Population figures")
        .press("Ctrl-U Esc n")
        .is_in(Phase::Tag)
        .press("Enter")
        .types("26")
        .press("Enter");
    for hands in ["24 2", "19 5", "19 7", "14 9", "9 15", "6 12"] {
        hall.press("Enter").types(hands).press("Enter");
    }
    hall.sees("26 in / 28 here")
        .press("n")
        .sees("Seal it?")
        .is_in(Phase::Tag)
        .press("Enter")
        .is_in(Phase::Reveal)
        .sees_no("Population figures")
        .press("Space")
        .sees("Services that still work")
        .sees_no("Population figures")
        .press("A")
        .sees("=2 Access and security")
        .sees("top four above")
        .sees("26 of 28 took part")
        .press("x")
        .sees("Population figures by age, sex, place leads: 24 of 26 (92 %) say must have.")
        .press("Esc n")
        .is_in(Phase::Match)
        .sees("suggested:")
        .press("Space Down Right Space Down 0 o")
        .sees("These must exist")
        .sees("None of the eight: ! must Urgent protection needs")
        .press("Esc n")
        .is_in(Phase::Done);
    let verdicts = hall
        .run()
        .items
        .keys()
        .filter_map(|item| hall.run().verdict(*item));
    let first = verdicts
        .flat_map(|one| one.categories().collect::<Vec<_>>())
        .next();
    assert_eq!(first, Some(CategoryId::PopulationData));
}

#[test]
fn the_long_way_with_slips_and_both_results() {
    let mut hall = ranked(80, 24);
    hall.is_in(Phase::Reveal)
        .press("A")
        .sees("26 in")
        .press("r A")
        .sees("points")
        .sees("In which order")
        .press("x")
        .sees("The ranking:")
        .press("Esc n n b b O")
        .is_in(Phase::Rerank)
        .sees("round 2");
}

#[test]
fn a_timer_that_runs_is_shown_and_asks_to_be_drawn_anew() {
    let mut hall = collected(80, 24);
    hall.viewer.room.now = Time(1_772_600_065_000);
    hall.press("Esc");
    hall.viewer.press("T");
    let wakes = |hall: &Hall| {
        hall.viewer
            .effects
            .iter()
            .any(|one| matches!(one, Effect::Wake(_)))
    };
    assert!(!wakes(&hall), "nothing runs yet");
    hall.settle();
    hall.sees("02:55");
    hall.viewer.press("Down");
    assert!(wakes(&hall));
    hall.settle();
    hall.press("L").sees("locked").press("u").sees_no("locked");
}

#[test]
fn going_back_before_the_reveal_loses_nothing() {
    let mut hall = tagged(80, 24);
    hall.press("b")
        .is_in(Phase::Collect)
        .press("Esc n")
        .is_in(Phase::Tag)
        .sees("24 2");
}

#[test]
fn a_slip_of_the_facilitator_is_undone() {
    let mut hall = collected(80, 24);
    hall.press("Esc u").sees_no("Services that still work");
    hall.press("w n Space Down Space a").sees("(2 together)");
    hall.press("u").sees_no("together)").is_in(Phase::Merge);
    hall.press("n u").is_in(Phase::Merge);
}

#[test]
fn a_slip_is_typed_and_taken_back_by_its_number() {
    let mut hall = collected(80, 24);
    hall.press("Esc n v Space Down Space Space Enter")
        .sees("Pencil");
    let message = hall.viewer.seat.message.clone().unwrap();
    let slip: String = message.chars().filter(char::is_ascii_digit).collect();
    hall.sees("1 in")
        .press("d")
        .types("12345")
        .press("Enter")
        .sees("mistyped");
    hall.press("Ctrl-U")
        .types(&slip)
        .press("Enter")
        .sees("0 in");
    hall.press("C Space").sees("covered").sees_no("! must");
}

#[test]
fn a_result_of_few_stays_shut_until_the_room_agrees() {
    let mut hall = collected(80, 24);
    hall.press("Esc n v Space Enter n Enter")
        .is_in(Phase::Reveal)
        .sees("only if the room agrees")
        .press("y A")
        .sees_no("only if the room agrees")
        .sees("Population figures");
}

#[test]
fn without_a_session_the_page_of_the_scenarios_stays_readable() {
    let mut viewer = Viewer::new(80, 24);
    viewer.press("5").sees("Sudden-onset emergency");
}

#[test]
fn an_own_scenario_is_added_and_its_brief_is_written() {
    let mut hall = Hall::new(80, 24);
    hall.press("i")
        .types("Floods in the delta")
        .press("Enter Down Down Down Down Enter");
    hall.press("e")
        .types("Two districts under water")
        .press("Enter");
    hall.sees("Two districts under water")
        .press("Esc")
        .sees("Floods in the delta");
}

#[test]
fn every_phase_looks_as_it_did() {
    type Make = fn(u16, u16) -> Hall;
    let screens: &[(&str, Make, &str)] = &[
        ("list", Hall::new, ""),
        ("before", Hall::new, "Enter"),
        ("lobby", Hall::new, "Enter Enter"),
        ("collect", collected, ""),
        ("tag-hands", tagged, ""),
        ("tag-aloud", collected, "Esc n v v v Space Down Space Space"),
        ("tag-slips", collected, "Esc n v Space Down Space Space"),
        ("tag-question", tagged, "n"),
        ("reveal-some", tagged, "n Enter Space Space"),
        ("reveal", tagged, "n Enter A"),
        ("explain", tagged, "n Enter A x"),
        ("match", tagged, "n Enter A n Space"),
        ("categories", tagged, "n Enter A n Space o"),
        ("compare", tagged, "n Enter A c"),
        ("merge", collected, "Esc w n Space Down Space"),
        ("shortlist", ranking, "b"),
        ("rank", ranking, "Space Space Space ="),
        ("rank-slips", ranking, "v Space Space"),
        ("reveal-ranking", ranked, "r A"),
    ];
    for (name, make, keys) in screens {
        for (width, height) in [(80, 24), (120, 40), (50, 18)] {
            let mut hall = make(width, height);
            hall.press(keys);
            let picture = hall.viewer.picture();
            insta::assert_snapshot!(format!("exercise-{name}_{width}x{height}"), picture);
        }
    }
}

#[test]
fn no_size_breaks_any_phase() {
    for (width, height) in [(1, 1), (40, 10), (41, 11), (60, 12), (200, 60)] {
        let mut hall = ranked(120, 40);
        hall.viewer.send(Msg::Resize(width, height));
        for keys in [
            "A", "r", "x", "Esc", "o", "Esc", "c", "Esc", "n", "Right", "b", "b", "b",
        ] {
            hall.press(keys);
            hall.viewer.buffer();
        }
    }
}
