//! The Process applied to a system of the operation, and its checklist: one system for the
//! worksheet and for the Notes tab.

use pim::content::SubStepId;
use pim::operation::{Edit, Entry, Operation, Progress, Sharing};
use pim::room::{Answer, Command, DesignCommand, DesignEvent, Event, Mark, Role, What};

use crate::operation_support::{Mapper, after, five_systems, shots};

const SURVEY: &str = "operation/systems/household-survey/process";

/// The survey is planned with some care already.
fn planned() -> Operation {
    let id = || "household-survey".to_owned();
    let mark = |answer, note: &str| Mark {
        answer: Some(answer),
        note: note.to_owned(),
    };
    let lines = pim::room::checklist::principle_lines(
        &crate::operation_support::CONTENT,
        &[SubStepId::DefinePurpose].into(),
    );
    let line = |n: usize| lines[n].address.to_string();
    let entry = |progress, decided: &str, questions: &[&str]| Entry {
        progress,
        decided: decided.to_owned(),
        questions: questions.iter().map(|one| (*one).to_owned()).collect(),
    };
    after(
        &five_systems(),
        vec![
            Edit::Work(
                id(),
                SubStepId::DefinePurpose,
                entry(
                    Progress::Done,
                    "Which households were displaced twice, and what they fear",
                    &[],
                ),
            ),
            Edit::Work(
                id(),
                SubStepId::DataReview,
                entry(Progress::Begun, "", &["Does the register of IOM say it?"]),
            ),
            Edit::WorkFor(id(), Sharing::Protection),
            Edit::Answer(id(), line(0), mark(Answer::Done, "")),
            Edit::Answer(id(), line(1), mark(Answer::ToDo, "with the women's centre")),
            Edit::Answer(id(), line(3), mark(Answer::DoesNotApply, "")),
        ],
    )
}

#[test]
fn the_worksheet_its_checklist_and_the_list_of_systems() {
    let operation = planned();
    shots("worksheet", &operation, |one| {
        one.goes(SURVEY);
    });
    shots("worksheet-told", &operation, |one| {
        one.goes(SURVEY).press("PageDown");
    });
    shots("worksheet-checklist", &operation, |one| {
        one.goes(SURVEY).press("Tab Enter Down");
    });
    shots("worksheet-remark", &operation, |one| {
        one.goes(SURVEY).press("Tab Enter Down Enter");
    });
    shots("worksheet-systems", &operation, |one| {
        one.press("6 Tab Down Down Down");
    });
}

#[test]
fn a_system_is_planned_from_the_notes_and_worked_through() {
    let mut imo = Mapper::new((80, 24), five_systems());
    imo.press("6 Tab a").types("Radio call-ins").press("Enter");
    imo.types("UNHCR")
        .press(&"Tab ".repeat(15))
        .press("Space Ctrl-s");
    let operation = imo.operation();
    let system = operation.system("radio-call-ins").unwrap();
    assert_eq!(system.status, pim::operation::State::Planned);
    // The one that was just added is the chosen one; Enter opens its worksheet.
    imo.press("Enter");
    imo.viewer.is_at("operation/systems/radio-call-ins/process");
    imo.press("Tab Enter Space Down Space Space");
    let seen = imo.sees();
    assert!(seen.contains("[x]") && seen.contains("[!]"), "{seen}");
    assert!(seen.contains("2 of 48 answered"), "{seen}");
    imo.press("Enter")
        .types("at the market first")
        .press("Ctrl-s");
    imo.press("Esc");
    let seen = imo.sees();
    assert!(seen.contains("2 of 48, 1 to do"), "{seen}");
    imo.press("i Right Right Tab")
        .types("Three questions, no more");
    imo.press("Ctrl-s");
    let seen = imo.sees();
    assert!(seen.contains("1 of 12 sub-steps done"), "{seen}");
    let operation = imo.operation();
    let sheet = &operation.system("radio-call-ins").unwrap().worksheet;
    assert!(
        sheet
            .answers
            .values()
            .any(|mark| mark.note == "at the market first")
    );
    imo.press("u u");
    let operation = imo.operation();
    let sheet = &operation.system("radio-call-ins").unwrap().worksheet;
    assert!(sheet.entries.is_empty(), "undone: {sheet:?}");
    assert!(sheet.answers.values().all(|mark| mark.note.is_empty()));
}

#[test]
fn a_system_of_the_session_becomes_one_of_the_operation_with_its_checklist() {
    let mut imo = Mapper::new((80, 24), five_systems());
    let address = "principles/do-no-harm/collect-data/inform-staff-of-risks".to_owned();
    let mark = Mark {
        answer: Some(Answer::ToDo),
        note: "with the drivers".to_owned(),
    };
    let id = pim::room::SystemId(1);
    let all = [
        DesignEvent::Added {
            id,
            name: "Border monitoring".to_owned(),
        },
        DesignEvent::Chosen {
            id,
            sub_steps: [SubStepId::CollectData].into(),
        },
        DesignEvent::Marked {
            id,
            address: address.clone(),
            mark: mark.clone(),
        },
    ]
    .map(|event| Event {
        by: Role::Facilitator,
        what: What::Design(event),
    });
    let state = pim::room::RoomState::fold(&all);
    imo.viewer.room.session = Some(std::sync::Arc::new(state));
    imo.press("6 Tab End");
    assert!(
        imo.sees()
            .contains("Border monitoring (in this session only)")
    );
    imo.press("O")
        .press(&"Tab ".repeat(11))
        .press("Space Ctrl-s");
    let operation = imo.operation();
    let system = operation.system("border-monitoring").unwrap();
    assert_eq!(system.worksheet.answers.get(&address), Some(&mark));
    assert!(
        system
            .worksheet
            .entries
            .contains_key(&SubStepId::CollectData)
    );
    // There are not two of it: the one of the session is proposed away.
    let removed = Command::Design(DesignCommand::Remove(id));
    assert!(imo.proposed.contains(&removed), "{:?}", imo.proposed);
}

#[test]
fn a_worksheet_outlives_the_file_and_is_left_out_for_others() {
    let operation = planned();
    let text = pim::operation::write(&operation);
    assert_eq!(crate::operation_support::meant(&text).unwrap(), operation);
    let (shown, withheld) = pim::operation::for_audience(&operation, Sharing::Humanitarian);
    assert!(
        shown
            .system("household-survey")
            .unwrap()
            .worksheet
            .is_empty()
    );
    assert_eq!(withheld.worksheets, 1);
}

#[test]
fn forms_take_roles_and_doubt_names() {
    let mut imo = Mapper::new((80, 24), five_systems());
    imo.goes("operation/systems/headcount")
        .press("i")
        .press(&"Tab ".repeat(7));
    imo.press("Ctrl-w Ctrl-w")
        .types("jane@unhcr.org")
        .press("Ctrl-s");
    assert!(imo.sees().contains("e-mail address"), "{}", imo.sees());
    imo.press("Ctrl-w").types("Jane Doe").press("Ctrl-s");
    assert!(imo.sees().contains("looks like the name"), "{}", imo.sees());
    assert_eq!(*imo.operation(), five_systems(), "nothing was taken yet");
    imo.press("Ctrl-w Ctrl-w")
        .types("IM officer")
        .press("Ctrl-s");
    imo.press("i Tab").types(", IOM").press("Ctrl-s");
    let operation = imo.operation();
    let headcount = operation.system("headcount").unwrap();
    assert_eq!(headcount.organisation, "UNHCR, IOM");
    assert_eq!(headcount.contact, "IM officer");
}

#[test]
fn what_the_worked_example_says_of_a_step_is_still_its_words() {
    let content = &crate::operation_support::CONTENT;
    let page = pim::page::Page::of(
        &pim::content::Place::Worksheet("household-survey".to_owned()),
        &crate::operation_support::laid(planned()),
    );
    let example = &content.process.applying[0];
    let told = page
        .blocks
        .iter()
        .filter(|block| example.body.iter().any(|piece| piece.text() == block.text));
    assert_eq!(told.count(), 3, "two paragraphs for Assess, one for Design");
}
