//! Properties of a session: state is the fold of its events, undo then redo is identity,
//! two seats never lose each other's work, an erased text is in no event.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use pim::room::agenda::Planned;
use pim::room::{
    AgendaCommand, AgendaId, Answer, Body, Command, DesignCommand, Event, Mark, MetaCommand,
    NoteCommand, NoteId, NoteKind, Refusal, Role, RoomState, SeatId, Subject, SystemId, Time,
    TimerCommand,
};
use pim::store::Failure;
use pim::store::{Log, MemoryLog, Rejected};
use proptest::prelude::*;

use crate::room_sitting::Sitting;

fn commands() -> impl Strategy<Value = Command> {
    let word = "[a-z\u{e9}\u{202e} \n]{0,12}";
    let note = (1..6_u64).prop_map(NoteId);
    let system = (1..4_u64).prop_map(SystemId);
    let item = (1..5_u64).prop_map(AgendaId);
    let kind = prop::sample::select(NoteKind::ALL);
    let body = (kind, word, word).prop_map(|(kind, text, who)| Body {
        kind,
        text,
        who,
        due: String::new(),
    });
    let anchor = prop::option::of(prop::sample::select(&["matrix", "process/implement"][..]))
        .prop_map(|anchor| anchor.map(str::to_owned));
    let planned = (word, 0..90_u32).prop_map(|(title, minutes)| Planned { title, minutes });
    let answer = prop::option::of(prop::sample::select(Answer::ALL));
    let mark = (answer, word).prop_map(|(answer, note)| Mark { answer, note });
    let line = prop::sample::select(&["process/a", "principles/b"][..]).prop_map(str::to_owned);
    prop_oneof![
        word.prop_map(|title| Command::Meta(MetaCommand::Title(title))),
        word.prop_map(|place| Command::Meta(MetaCommand::Place(place))),
        (anchor.clone(), body.clone())
            .prop_map(|(anchor, body)| Command::Note(NoteCommand::Write { anchor, body })),
        (note.clone(), body).prop_map(|(id, body)| Command::Note(NoteCommand::Edit { id, body })),
        (note.clone(), anchor)
            .prop_map(|(id, anchor)| Command::Note(NoteCommand::Move { id, anchor })),
        note.clone()
            .prop_map(|id| Command::Note(NoteCommand::Resolve(id))),
        note.clone()
            .prop_map(|id| Command::Note(NoteCommand::Reopen(id))),
        note.clone()
            .prop_map(|id| Command::Note(NoteCommand::Delete(id))),
        note.clone()
            .prop_map(|id| Command::Note(NoteCommand::Restore(id))),
        note.prop_map(|id| Command::Erase(Subject::Note(id))),
        word.prop_map(|name| Command::Design(DesignCommand::Add(name))),
        (system.clone(), word)
            .prop_map(|(id, name)| Command::Design(DesignCommand::Rename { id, name })),
        system
            .clone()
            .prop_map(|id| Command::Design(DesignCommand::Remove(id))),
        system
            .clone()
            .prop_map(|id| Command::Design(DesignCommand::Restore(id))),
        (system, line, mark).prop_map(|(id, address, mark)| Command::Design(DesignCommand::Mark {
            id,
            address,
            mark
        })),
        planned
            .clone()
            .prop_map(|one| Command::Agenda(AgendaCommand::Add(one))),
        (item.clone(), planned.clone())
            .prop_map(|(id, to)| Command::Agenda(AgendaCommand::Change { id, to })),
        (item.clone(), 0..5_usize)
            .prop_map(|(id, to)| Command::Agenda(AgendaCommand::Move { id, to })),
        item.clone()
            .prop_map(|id| Command::Agenda(AgendaCommand::Remove(id))),
        prop::collection::vec(planned, 0..3)
            .prop_map(|all| Command::Agenda(AgendaCommand::Load(all))),
        item.prop_map(|id| Command::Erase(Subject::Item(id))),
        Just(Command::Timer(TimerCommand::Set {
            seconds: 60,
            label: "x".to_owned()
        })),
        Just(Command::Timer(TimerCommand::Start)),
        Just(Command::Timer(TimerCommand::Pause)),
        Just(Command::Undo),
        Just(Command::Redo),
    ]
}

/// What a person sees of a session: numbers that are only counters left out.
fn seen(state: &RoomState) -> impl PartialEq + std::fmt::Debug {
    let notes: Vec<_> = state.notes.iter().cloned().collect();
    let systems: Vec<_> = state.designs.iter().cloned().collect();
    let agenda = state.agenda.items().to_vec();
    (
        state.meta.clone(),
        notes,
        systems,
        agenda,
        state.timer.clone(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_state_is_the_fold_of_its_events(
        all in prop::collection::vec((1..3_u64, commands()), 0..60)
    ) {
        let mut sitting = Sitting::new();
        for (seat, command) in all {
            let before = sitting.state.clone();
            if sitting.propose(seat, command).is_err() {
                prop_assert_eq!(&sitting.state, &before);
            }
        }
        let events = sitting.log.read_from(0).unwrap();
        prop_assert_eq!(RoomState::fold(&events), sitting.state);
    }

    #[test]
    fn undo_then_redo_is_identity(
        all in prop::collection::vec(commands(), 1..40), back in 1..30_usize
    ) {
        let mut sitting = Sitting::new();
        for command in all {
            let _ = sitting.propose(1, command);
        }
        let mut passed = Vec::new();
        for _ in 0..back {
            let now = format!("{:?}", seen(&sitting.state));
            match sitting.propose(1, Command::Undo) {
                Ok(_) => passed.push(now),
                // Where the same seat changed the same thing in a way that is not undone.
                Err(_) => break,
            }
        }
        while let Some(expected) = passed.pop() {
            sitting.propose(1, Command::Redo).unwrap();
            prop_assert_eq!(format!("{:?}", seen(&sitting.state)), expected);
        }
    }

    #[test]
    fn undoing_right_after_a_change_shows_what_was_seen_before(
        all in prop::collection::vec(commands(), 0..30), last in commands()
    ) {
        let mut sitting = Sitting::new();
        for command in all {
            let _ = sitting.propose(1, command);
        }
        let undoable = !matches!(
            last, Command::Erase(_) | Command::Timer(_) | Command::Undo | Command::Redo
        );
        let before = format!("{:?}", seen(&sitting.state));
        if let Ok(events) = sitting.propose(2, last) && undoable && !events.is_empty() {
            sitting.propose(2, Command::Undo).unwrap();
            prop_assert_eq!(format!("{:?}", seen(&sitting.state)), before);
        }
    }

    #[test]
    fn apply_takes_any_event_in_any_state(
        all in prop::collection::vec(commands(), 0..40), drop in 1..5_usize
    ) {
        let mut sitting = Sitting::new();
        for command in all {
            let _ = sitting.propose(1, command);
        }
        // A recovered file may lack entries.
        let events = sitting.log.read_from(0).unwrap();
        let holes: Vec<Event> = events.into_iter().enumerate()
            .filter(|(n, _)| n % (drop + 1) != 0).map(|(_, event)| event).collect();
        RoomState::fold(&holes);
    }
}

fn write(text: &str) -> Command {
    Command::Note(NoteCommand::Write {
        anchor: None,
        body: Body::new(NoteKind::Note, text),
    })
}

fn edit(text: &str) -> Command {
    Command::Note(NoteCommand::Edit {
        id: NoteId(1),
        body: Body::new(NoteKind::Note, text),
    })
}

fn text(sitting: &Sitting) -> String {
    let note = sitting.state.notes.get(NoteId(1));
    note.map_or_else(String::new, |note| note.body.text.clone())
}

#[test]
fn undo_is_refused_where_another_seat_changed_the_same_note_since() {
    let mut sitting = Sitting::new();
    sitting.propose(1, write("first")).unwrap();
    sitting.propose(2, edit("second")).unwrap();
    let refused = sitting.propose(1, Command::Undo).unwrap_err();
    assert!(matches!(refused, Rejected::Refused(Refusal::Overtaken)));
    assert_eq!(text(&sitting), "second");
    // Once the other seat took its change back, the note is what the first seat made.
    let mut sitting = Sitting::new();
    sitting.propose(1, write("first")).unwrap();
    sitting.propose(2, edit("second")).unwrap();
    sitting.propose(2, Command::Undo).unwrap();
    sitting.propose(1, Command::Undo).unwrap();
    assert_eq!(text(&sitting), "");
    sitting.propose(1, Command::Redo).unwrap();
    assert_eq!(text(&sitting), "first");
}

#[test]
fn a_seat_takes_back_its_own_changes_and_nobody_elses() {
    let mut sitting = Sitting::new();
    sitting.propose(1, write("mine")).unwrap();
    let refused = sitting.propose(2, Command::Undo).unwrap_err();
    assert!(matches!(refused, Rejected::Refused(Refusal::NothingToUndo)));
    sitting.propose(2, write("yours")).unwrap();
    sitting.propose(1, Command::Undo).unwrap();
    let left: Vec<&str> = sitting
        .state
        .notes
        .iter()
        .map(|note| note.body.text.as_str())
        .collect();
    assert_eq!(left, ["yours"]);
}

#[test]
fn a_system_that_others_answered_in_is_not_undone_away() {
    let mut sitting = Sitting::new();
    sitting
        .propose(
            1,
            Command::Design(DesignCommand::Add("Registry".to_owned())),
        )
        .unwrap();
    let mark = |answer| {
        Command::Design(DesignCommand::Mark {
            id: SystemId(1),
            address: "process/a".to_owned(),
            mark: Mark {
                answer: Some(answer),
                note: String::new(),
            },
        })
    };
    sitting.propose(2, mark(Answer::Done)).unwrap();
    let refused = sitting.propose(1, Command::Undo).unwrap_err();
    assert!(matches!(refused, Rejected::Refused(Refusal::Overtaken)));
}

#[test]
fn an_erased_text_cannot_be_brought_back_by_undo() {
    let mut sitting = Sitting::new();
    sitting.propose(1, write("a name")).unwrap();
    sitting.propose(1, edit("no name")).unwrap();
    sitting
        .propose(2, Command::Erase(Subject::Note(NoteId(1))))
        .unwrap();
    let refused = sitting.propose(1, Command::Undo).unwrap_err();
    assert!(matches!(refused, Rejected::Refused(Refusal::NothingToUndo)));
    let kept = format!("{:?}", sitting.log.read_from(0).unwrap());
    assert!(!kept.contains("name"), "{kept}");
    sitting.propose(1, write("next")).unwrap();
    assert!(
        sitting.state.notes.get(NoteId(2)).is_some(),
        "numbers are not used twice"
    );
}

#[test]
fn a_log_that_is_further_than_the_state_takes_nothing() {
    let mut log = MemoryLog::new(Sitting::new().log.read_from(0).unwrap());
    let refused = log.append(0, &mut || Ok(Vec::new())).unwrap_err();
    assert!(matches!(
        refused,
        Rejected::Failed(Failure::OutOfStep { at: 0, last: 1 })
    ));
}

#[test]
fn a_countdown_survives_a_restart() {
    let mut sitting = Sitting::new();
    let set = TimerCommand::Set {
        seconds: 60,
        label: String::new(),
    };
    sitting.propose(1, Command::Timer(set)).unwrap();
    sitting
        .propose(1, Command::Timer(TimerCommand::Start))
        .unwrap();
    let again = RoomState::fold(&sitting.log.read_from(0).unwrap());
    let now = Time(sitting.now.0 + 10_000);
    assert_eq!(again.timer.left(now), Some(50_000));
}

#[test]
fn roles_are_all_there() {
    assert_eq!(Role::ALL.len(), 4);
    assert_ne!(SeatId(1), SeatId(2));
}
