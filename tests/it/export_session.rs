//! A session as a room would leave it, with what people should not have typed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use pim::content::SubStepId;
use pim::room::agenda::Planned;
use pim::room::{
    AgendaCommand, Answer, Body, Command, DesignCommand, Mark, MetaCommand, NoteCommand, NoteId,
    NoteKind, SystemId, TimerCommand,
};

use crate::room_sitting::Sitting;
use crate::store_support::note;

fn answer(address: &str, answer: Option<Answer>, said: &str) -> Command {
    Command::Design(DesignCommand::Mark {
        id: SystemId(1),
        address: address.to_owned(),
        mark: Mark {
            answer,
            note: said.to_owned(),
        },
    })
}

fn planned(title: &str, minutes: u32) -> Command {
    Command::Agenda(AgendaCommand::Add(Planned {
        title: title.to_owned(),
        minutes,
    }))
}

/// A session with something of everything.
pub(crate) fn a_workshop() -> Sitting {
    let mut sitting = Sitting::new();
    let output = Some("matrix/case-management/output");
    let action = Body {
        kind: NoteKind::ActionPoint,
        text: "Draft the sharing protocol".to_owned(),
        who: "IM officer, protection cluster".to_owned(),
        due: "before the rains".to_owned(),
    };
    let in_action = "principles/do-no-harm/collect-data";
    let commands = vec![
        Command::Meta(MetaCommand::Title(
            "Réunion *Winter* <b>planning</b>".to_owned(),
        )),
        Command::Meta(MetaCommand::Place("Genève & Amman".to_owned())),
        planned("Welcome", 10),
        planned("The Matrix | row by row", 45),
        note(
            NoteKind::Note,
            None,
            "# We begin late\n\n- <script>alert(1)</script>\n1. see https://example.org",
        ),
        note(
            NoteKind::Question,
            output,
            "Who holds the individual files?\nAnd for how long?",
        ),
        note(
            NoteKind::Decision,
            Some("process/implement/collect-data"),
            "=HYPERLINK(\"http://example.org\",\"x\")",
        ),
        Command::Note(NoteCommand::Write {
            anchor: output.map(str::to_owned),
            body: action,
        }),
        note(
            NoteKind::ParkingLot,
            Some("matrix/all/output"),
            "@everyone: \u{645}\u{631}\u{62d}\u{628}\u{627}, \u{4e2d}\u{6587}",
        ),
        note(
            NoteKind::Note,
            Some("guide/no-such-page"),
            "an address that this content lacks",
        ),
        note(NoteKind::Note, None, "taken back"),
        Command::Note(NoteCommand::Delete(NoteId(7))),
        Command::Note(NoteCommand::Resolve(NoteId(2))),
        Command::Note(NoteCommand::Edit {
            id: NoteId(3),
            body: Body::new(NoteKind::Decision, "+1 to \"one registry\", as agreed"),
        }),
        Command::Design(DesignCommand::Add("-Case files".to_owned())),
        Command::Design(DesignCommand::Choose {
            id: SystemId(1),
            sub_steps: BTreeSet::from([SubStepId::CollectData]),
        }),
        answer(
            &first_line(in_action),
            Some(Answer::Done),
            "briefed in *May*",
        ),
        answer(
            "process/assess/data-and-information-review/x",
            Some(Answer::ToDo),
            "",
        ),
        Command::Timer(TimerCommand::Set {
            seconds: 600,
            label: "Groups".to_owned(),
        }),
        Command::Timer(TimerCommand::Start),
    ];
    for command in commands {
        sitting.propose(1, command).unwrap();
    }
    sitting
}

/// The first thing to answer at a place of the content.
fn first_line(place: &str) -> String {
    let content = pim::content::embedded().unwrap();
    let all = pim::content::address::addresses(&content);
    let inside = format!("{place}/");
    let mut lines = all
        .iter()
        .map(ToString::to_string)
        .filter(|one| one.starts_with(&inside));
    lines.next().unwrap()
}
