//! What a role may do, and what the state allows: a table.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use pim::room::agenda::Planned;
use pim::room::{
    AgendaCommand, AgendaId, Answer, Body, Command, DesignCommand, Event, Mark, MetaCommand,
    NoteCommand, NoteId, NoteKind, Refusal, Role, RoomState, Subject, SystemId, Time, TimerCommand,
    decide, may,
};

/// One command of every kind, each sensible after the ones before it.
fn every_command() -> Vec<Command> {
    let body = Body::new(NoteKind::Question, "Who collects this?");
    let planned = Planned {
        title: "Welcome".to_owned(),
        minutes: 10,
    };
    let mark = Mark {
        answer: Some(Answer::Done),
        note: "since May".to_owned(),
    };
    let address = "principles/do-no-harm/collect-data/inform-staff-of-risks".to_owned();
    let (note, system, item) = (NoteId(1), SystemId(1), AgendaId(1));
    vec![
        Command::Meta(MetaCommand::Title("Amman".to_owned())),
        Command::Meta(MetaCommand::Date("4 March".to_owned())),
        Command::Meta(MetaCommand::Place("Amman".to_owned())),
        Command::Note(NoteCommand::Write {
            anchor: Some("matrix/case-management/output".to_owned()),
            body: body.clone(),
        }),
        Command::Note(NoteCommand::Edit {
            id: note,
            body: Body::new(NoteKind::Decision, "UNHCR collects this."),
        }),
        Command::Note(NoteCommand::Move {
            id: note,
            anchor: None,
        }),
        Command::Note(NoteCommand::Resolve(note)),
        Command::Note(NoteCommand::Reopen(note)),
        Command::Note(NoteCommand::Delete(note)),
        Command::Note(NoteCommand::Restore(note)),
        Command::Design(DesignCommand::Add("Case files".to_owned())),
        Command::Design(DesignCommand::Rename {
            id: system,
            name: "Case files 2".to_owned(),
        }),
        Command::Design(DesignCommand::Choose {
            id: system,
            sub_steps: BTreeSet::from([pim::content::SubStepId::CollectData]),
        }),
        Command::Design(DesignCommand::Mark {
            id: system,
            address: address.clone(),
            mark,
        }),
        Command::Design(DesignCommand::Remove(system)),
        Command::Design(DesignCommand::Restore(system)),
        Command::Agenda(AgendaCommand::Add(planned.clone())),
        Command::Agenda(AgendaCommand::Change {
            id: item,
            to: Planned {
                title: "Opening".to_owned(),
                minutes: 15,
            },
        }),
        Command::Agenda(AgendaCommand::Load(vec![planned.clone(), planned])),
        Command::Agenda(AgendaCommand::Move {
            id: AgendaId(2),
            to: 1,
        }),
        Command::Agenda(AgendaCommand::Remove(AgendaId(2))),
        Command::Timer(TimerCommand::Set {
            seconds: 600,
            label: "Groups".to_owned(),
        }),
        Command::Timer(TimerCommand::Start),
        Command::Timer(TimerCommand::Pause),
        Command::Timer(TimerCommand::Reset),
        Command::Erase(Subject::Mark(system, address)),
        Command::Erase(Subject::Note(note)),
        Command::Meta(MetaCommand::Close),
        Command::Meta(MetaCommand::Reopen),
    ]
}

fn take(state: &mut RoomState, events: &[Event]) {
    for event in events {
        state.apply(event);
    }
}

#[test]
fn a_facilitator_may_do_everything_and_each_command_is_one_event() {
    let mut state = RoomState::default();
    for command in every_command() {
        let events = decide(&state, Role::Facilitator, command.clone(), Time(7));
        let events = events.unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
        assert_eq!(events.len(), 1, "{command:?}");
        take(&mut state, &events);
    }
}

#[test]
fn nobody_else_may_do_anything_here() {
    let state = RoomState::default();
    let mut commands = every_command();
    commands.extend([Command::Undo, Command::Redo]);
    for role in [Role::Projector, Role::Participant, Role::Reader] {
        for command in &commands {
            assert!(!may(role, command), "{role:?} {command:?}");
            let refused = decide(&state, role, command.clone(), Time(7));
            assert_eq!(refused, Err(Refusal::NotForRole(role)), "{command:?}");
        }
    }
}

#[test]
fn a_closed_session_takes_nothing_but_reopening_and_erasing() {
    let mut state = RoomState::default();
    let go = |state: &mut RoomState, command| {
        let events = decide(state, Role::Facilitator, command, Time(7))?;
        take(state, &events);
        Ok::<(), Refusal>(())
    };
    for command in every_command().into_iter().take(4) {
        go(&mut state, command).unwrap();
    }
    go(&mut state, Command::Meta(MetaCommand::Close)).unwrap();
    for command in every_command() {
        let taken = matches!(
            command,
            Command::Erase(_) | Command::Meta(MetaCommand::Reopen | MetaCommand::Close)
        );
        let answer = decide(&state, Role::Facilitator, command.clone(), Time(8));
        assert_eq!(answer == Err(Refusal::Closed), !taken, "{command:?}");
    }
    go(&mut state, Command::Erase(Subject::Note(NoteId(1)))).unwrap();
    go(&mut state, Command::Meta(MetaCommand::Reopen)).unwrap();
}

#[test]
fn what_changes_nothing_is_no_event() {
    let mut state = RoomState::default();
    for command in every_command().into_iter().take(5) {
        let events = decide(&state, Role::Facilitator, command, Time(7)).unwrap();
        take(&mut state, &events);
    }
    for again in every_command()
        .into_iter()
        .take(5)
        .filter(|one| !matches!(one, Command::Note(NoteCommand::Write { .. })))
    {
        let events = decide(&state, Role::Facilitator, again, Time(9)).unwrap();
        assert_eq!(events, vec![]);
    }
}

#[test]
fn refusals_say_what_is_the_matter() {
    let state = RoomState::default();
    let say = |command| {
        decide(&state, Role::Facilitator, command, Time(7))
            .unwrap_err()
            .to_string()
    };
    let write = |text: &str, anchor: Option<&str>| {
        Command::Note(NoteCommand::Write {
            anchor: anchor.map(str::to_owned),
            body: Body::new(NoteKind::Note, text),
        })
    };
    let said = [
        say(write(" \n", None)),
        say(write(&"x".repeat(10_001), None)),
        say(write("x", Some("matrix/<b>\u{1b}[0m"))),
        say(Command::Note(NoteCommand::Resolve(NoteId(4)))),
        say(Command::Timer(TimerCommand::Start)),
        say(Command::Timer(TimerCommand::Set {
            seconds: 0,
            label: String::new(),
        })),
        say(Command::Erase(Subject::Note(NoteId(4)))),
        say(Command::Undo),
        Refusal::NotForRole(Role::Participant).to_string(),
        Refusal::Closed.to_string(),
        Refusal::Overtaken.to_string(),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn who_and_by_when_belong_to_action_points_only() {
    let mut body = Body::new(NoteKind::Decision, "Agreed.");
    body.who = "coordinator".to_owned();
    assert_eq!(body.entry().unwrap().who, "");
    body.kind = NoteKind::ActionPoint;
    assert_eq!(body.entry().unwrap().who, "coordinator");
}
