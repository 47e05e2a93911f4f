//! The ballot box on disk: what its file gives away, and what a crash leaves.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use std::path::Path;

use super::ballots::SqliteBox;
use super::*;
use crate::exercise::ballot::Ballot;
use crate::exercise::ballot_box::Replaces;
use crate::exercise::{
    Act, BallotKey, Command as Exercise, ExerciseId, ItemId, Mark, Phase, Row, ScenarioId,
    Settings, Slip, TagBallot, Turnout, Vote,
};
use crate::room::MetaEvent;

const ROUND: RoundId = RoundId {
    exercise: ExerciseId(1),
    vote: Vote::Tag,
    number: 1,
};

struct Sitting {
    folder: tempfile::TempDir,
    store: Store,
    state: RoomState,
}

impl Sitting {
    /// A session in which people tag twenty items.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opening = Event {
            by: Role::Facilitator,
            what: What::Meta(MetaEvent::Opened {
                at: Time(1),
                title: "Test".to_owned(),
                date: "2026-03-04".to_owned(),
                place: String::new(),
            }),
        };
        let file = folder.path().join("a.pim");
        let (store, state) = Store::create(&file, &[opening]).unwrap();
        let mut sitting = Self {
            folder,
            store,
            state,
        };
        sitting.does(Exercise::Open {
            scenario: ScenarioId::Source("sudden-onset-emergency".to_owned()),
            title: "Sudden-onset emergency".to_owned(),
            settings: Settings::default(),
            carry: None,
        });
        for n in 1..=20 {
            sitting.acts(Act::Name {
                text: format!("item {n}"),
                mark: None,
                claim: None,
            });
        }
        sitting.goes(Phase::Tag);
        sitting
    }

    fn proposes(&mut self, role: Role, command: Exercise) -> Result<Vec<Event>, Rejected> {
        let command = Command::Exercise(command);
        let proposal = Proposal::new(SeatId(1), role, command, Time(5_000));
        self.store.propose(&mut self.state, proposal)
    }

    fn does(&mut self, command: Exercise) {
        self.proposes(Role::Facilitator, command).unwrap();
    }

    fn acts(&mut self, act: Act) {
        self.does(Exercise::In(ExerciseId(1), act));
    }

    fn goes(&mut self, to: Phase) {
        self.acts(Act::Go { to, seal: true });
    }

    fn hands_in(&mut self, seat: u128, ballot: Ballot) {
        let act = Act::HandIn {
            ballot,
            key: BallotKey::Seat(seat),
            replaces: Replaces::MayBe,
        };
        self.proposes(Role::Participant, Exercise::In(ExerciseId(1), act))
            .unwrap();
    }

    fn ballots(&self) -> SqliteBox<'_> {
        SqliteBox {
            log: &self.store.log,
        }
    }

    fn turnout(&self) -> Turnout {
        self.ballots().turnout(ROUND).unwrap()
    }

    /// Every byte of every file of the session.
    fn files(&self) -> Vec<Vec<u8>> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files
            .map(|one| std::fs::read(one.unwrap().path()).unwrap())
            .collect()
    }

    fn find(&self, needle: &[u8]) -> Vec<usize> {
        self.files()
            .iter()
            .flat_map(|bytes| {
                let windows = bytes.windows(needle.len()).enumerate();
                let found = windows.filter(|(_, part)| *part == needle);
                found.map(|(at, _)| at).collect::<Vec<_>>()
            })
            .collect()
    }

    fn reopened(self) -> Self {
        let file = self.store.file().to_owned();
        drop(self.store);
        let (store, state) = Store::open(&file).unwrap();
        Self {
            folder: self.folder,
            store,
            state,
        }
    }
}

/// A ballot that says must of these items: a pattern of bytes that nothing else has.
fn must(items: impl IntoIterator<Item = u16>) -> Ballot {
    let marks = items.into_iter().map(|item| (ItemId(item), Mark::Must));
    Ballot::Tag(TagBallot::new(marks))
}

/// The numbers whose bits are set, as items from 1.
fn bits(number: u16) -> Vec<u16> {
    (0..16)
        .filter(|bit| number >> bit & 1 == 1)
        .map(|bit| bit + 1)
        .collect()
}

fn pattern(ballot: &Ballot) -> Vec<u8> {
    Row::from(ballot).bytes().iter().copied().take(24).collect()
}

#[test]
fn a_replaced_ballot_is_in_no_file_any_more() {
    let mut sitting = Sitting::new();
    let (first, second) = (must([1, 3, 5, 8, 13]), must([2, 4, 6]));
    sitting.hands_in(7, first.clone());
    assert_eq!(sitting.find(&pattern(&first)).len(), 1);
    sitting.hands_in(7, second.clone());
    assert_eq!(sitting.find(&pattern(&first)), Vec::<usize>::new());
    assert_eq!(sitting.find(&pattern(&second)).len(), 1);
    assert_eq!(sitting.turnout().ballots, 1);
    let key = BallotKey::Seat(7);
    let mut ballots = sitting.ballots();
    ballots.withdraw(ROUND, key).unwrap();
    assert_eq!(sitting.find(&pattern(&second)), Vec::<usize>::new());
    assert_eq!(sitting.turnout().ballots, 0);
}

#[test]
fn the_files_do_not_tell_in_which_order_ballots_came() {
    let mut in_order = 0;
    for _ in 0..3 {
        let mut sitting = Sitting::new();
        let ballots: Vec<Ballot> = (1..=8).map(|n| must(bits(n * 257 + 1))).collect();
        for (seat, ballot) in (1..).zip(&ballots) {
            sitting.hands_in(seat * 0x1234_5678_9abc, ballot.clone());
        }
        let places: Vec<usize> = ballots
            .iter()
            .flat_map(|ballot| sitting.find(&pattern(ballot)))
            .collect();
        assert_eq!(places.len(), 8, "each ballot stands in one place");
        in_order += usize::from(places.is_sorted());
        sitting.goes(Phase::Reveal);
        let sealed: Vec<usize> = ballots
            .iter()
            .flat_map(|ballot| sitting.find(&pattern(ballot)))
            .collect();
        assert_eq!(sealed.len(), 8, "the seal leaves each in one place");
        in_order += usize::from(sealed.is_sorted());
    }
    // By chance once in 40,320 times.
    assert!(
        in_order < 2,
        "places in the file follow the order of arrival"
    );
}

#[test]
fn after_the_seal_no_key_is_in_any_file() {
    let mut sitting = Sitting::new();
    let slip = Slip::from_random(4711);
    for seat in 1..=5_u128 {
        sitting.hands_in(0xfeed_f00d_dead_beef_0000 + seat, must([1, 2]));
    }
    sitting.acts(Act::HandIn {
        ballot: must([3]),
        key: BallotKey::Slip(slip),
        replaces: Replaces::Nothing,
    });
    let seat_bytes = 0xfeed_f00d_dead_beef_u64.to_be_bytes();
    assert!(!sitting.find(&seat_bytes).is_empty());
    assert!(!sitting.find(slip.to_string().as_bytes()).is_empty());
    sitting.goes(Phase::Reveal);
    assert_eq!(sitting.find(&seat_bytes), Vec::<usize>::new());
    assert_eq!(
        sitting.find(slip.to_string().as_bytes()),
        Vec::<usize>::new()
    );
    assert_eq!(sitting.ballots().read_all(ROUND).unwrap().len(), 6);
    assert!(sitting.state.ballots.rows(ROUND).len() == 6);
}

#[test]
fn no_event_tells_of_a_ballot_and_what_was_acknowledged_is_there_after_a_crash() {
    let mut sitting = Sitting::new();
    let before = sitting.state.seq;
    sitting.hands_in(1, must([1]));
    assert_eq!(sitting.state.seq, before);
    // What a killed program leaves: the files as they are.
    let copy = sitting.folder.path().join("copy.pim");
    std::fs::copy(sitting.store.file(), &copy).unwrap();
    let (_, state) = Store::open(&copy).unwrap();
    let run = state.exercises.current().unwrap();
    let people = state.ballots.moment(crate::exercise::Time(0));
    assert_eq!(people.people_in(run, Vote::Tag), 1);
}

/// Leaves a sealed round in the state that a crash after some steps would.
fn crashed_after(steps: usize) -> Sitting {
    let mut sitting = Sitting::new();
    for seat in 1..=6 {
        sitting.hands_in(seat, must([1, 2]));
    }
    // Only what goes into the commit of the events, and then some steps.
    let command = Command::Exercise(Exercise::In(
        ExerciseId(1),
        Act::Go {
            to: Phase::Reveal,
            seal: true,
        },
    ));
    let proposal = Proposal::new(SeatId(1), Role::Facilitator, command, Time(5_000));
    let Store { log, desk, .. } = &mut sitting.store;
    let beside = Beside {
        settles: None,
        now: None,
    };
    propose::carry_out(desk, &mut sitting.state, proposal, |after, decide| {
        log.append_beside(after, decide, &beside)
    })
    .unwrap();
    let ballots = sitting.ballots();
    if steps > 0 {
        ballots.shuffle(ROUND).unwrap();
    }
    if steps > 1 {
        ballots.clean().unwrap();
    }
    assert!(!ballots.is_sealed(ROUND).unwrap());
    assert!(ballots.read_all(ROUND).is_err(), "nothing is counted yet");
    sitting
}

#[test]
fn a_crash_between_the_steps_of_the_seal_is_finished_on_opening() {
    for steps in 0..3 {
        let sitting = crashed_after(steps).reopened();
        let ballots = sitting.ballots();
        assert!(ballots.is_sealed(ROUND).unwrap(), "after {steps} steps");
        assert_eq!(ballots.read_all(ROUND).unwrap().len(), 6);
        assert_eq!(ballots.held(ROUND, BallotKey::Seat(1)), Ok(None));
        assert_eq!(sitting.state.ballots.rows(ROUND).len(), 6);
        assert!(sitting.store.unsealed().is_none());
    }
}

#[test]
fn a_sealed_round_takes_nothing_and_a_late_ballot_waits_for_the_next() {
    let mut sitting = Sitting::new();
    sitting.hands_in(1, must([1]));
    sitting.goes(Phase::Reveal);
    let mut ballots = sitting.ballots();
    let row = Row::from(&must([2]));
    let put = ballots.put(ROUND, BallotKey::Seat(2), &row, Replaces::MayBe);
    assert_eq!(put, Err(BoxFault::Sealed));
    sitting.hands_in(2, must([2]));
    assert_eq!(sitting.turnout().ballots, 1);
    assert_eq!(sitting.ballots().turnout(ROUND.next()).unwrap().ballots, 1);
}

#[test]
fn a_round_that_is_given_up_is_gone_from_the_file() {
    let mut sitting = Sitting::new();
    let ballot = must([1, 4, 9, 16]);
    sitting.hands_in(1, ballot.clone());
    sitting.acts(Act::DropRound {
        vote: Vote::Tag,
        sure: true,
    });
    assert_eq!(sitting.find(&pattern(&ballot)), Vec::<usize>::new());
    assert_eq!(sitting.turnout().ballots, 0);
}

#[test]
fn what_an_exercise_kept_of_an_erased_item_is_in_no_file() {
    let mut sitting = Sitting::new();
    sitting.goes(Phase::Collect);
    sitting.acts(Act::Name {
        text: "a name that must go".to_owned(),
        mark: None,
        claim: None,
    });
    let item = *sitting
        .state
        .exercises
        .current()
        .unwrap()
        .items
        .keys()
        .next_back()
        .unwrap();
    sitting.does(Exercise::Erase(crate::exercise::Erasable::Item(
        ExerciseId(1),
        item,
    )));
    assert_eq!(sitting.find(b"name that must go"), Vec::<usize>::new());
    let file: &Path = sitting.store.file();
    assert!(file.is_file());
}

#[test]
fn sealed_ballots_are_salvaged_from_around_a_broken_page() {
    let mut sitting = Sitting::new();
    for seat in 1..=60 {
        sitting.hands_in(seat, must(1..=20));
    }
    sitting.goes(Phase::Reveal);
    let file = sitting.store.file().to_owned();
    let folder = sitting.folder;
    sitting.store.close().unwrap();
    let row = Row::from(&must(1..=20));
    let mut bytes = std::fs::read(&file).unwrap();
    let found = |page: &[u8]| page.windows(1024).any(|part| part == row.bytes());
    let holding: Vec<usize> = (0..bytes.len() / 4096)
        .filter(|page| found(&bytes[page * 4096..(page + 1) * 4096]))
        .collect();
    assert!(holding.len() >= 15, "three rows fit a page: {holding:?}");
    for page in [holding[3], holding[4], holding[9]] {
        bytes[page * 4096..(page + 1) * 4096].fill(0xA5);
    }
    std::fs::write(&file, &bytes).unwrap();

    let recovered = recover(&file, None).unwrap();
    assert_eq!((recovered.lost, recovered.emptied), (0, 0));
    assert!(
        (51..60).contains(&recovered.ballots),
        "what is lost stood on three pages: {recovered:?}"
    );
    let (store, state) = Store::open(&recovered.file).unwrap();
    assert!(store.unsealed().is_none());
    let run = state.exercises.current().unwrap();
    let tagging = state.ballots.outcome(run).tagging.unwrap();
    assert_eq!(tagging.votes.people() as usize, recovered.ballots);
    let keys: i64 = store
        .log
        .db
        .query_row("SELECT count(*) FROM ballot_keys", [], |row| row.get(0))
        .unwrap();
    assert_eq!(keys, 0, "nothing ties a ballot to a seat");
    drop(folder);
}

#[test]
fn ballots_that_were_not_revealed_are_left_behind_and_that_is_not_a_loss_of_a_result() {
    let mut sitting = Sitting::new();
    for seat in 1..=6 {
        sitting.hands_in(seat, must([1]));
    }
    let file = sitting.store.file().to_owned();
    let folder = sitting.folder;
    sitting.store.close().unwrap();
    let recovered = recover(&file, None).unwrap();
    assert_eq!((recovered.ballots, recovered.emptied), (0, 0));
    let (store, state) = Store::open(&recovered.file).unwrap();
    let turnout = SqliteBox { log: &store.log }.turnout(ROUND).unwrap();
    assert_eq!(turnout, Turnout::default());
    assert!(
        state
            .exercises
            .current()
            .unwrap()
            .open_round(Vote::Tag)
            .is_some()
    );
    drop(folder);
}

#[test]
fn a_sealed_round_whose_ballots_are_all_gone_is_said() {
    let mut sitting = Sitting::new();
    for seat in 1..=6 {
        sitting.hands_in(seat, must([1]));
    }
    sitting.goes(Phase::Reveal);
    sitting
        .store
        .log
        .db
        .execute("DELETE FROM ballots", [])
        .unwrap();
    let file = sitting.store.file().to_owned();
    let folder = sitting.folder;
    sitting.store.close().unwrap();
    let recovered = recover(&file, None).unwrap();
    assert_eq!((recovered.ballots, recovered.emptied), (0, 1));
    drop(folder);
}
