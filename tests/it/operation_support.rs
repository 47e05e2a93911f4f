//! An operation of five systems, as an IMO maps it in the first week.

use std::sync::{Arc, LazyLock};

use pim::content::{CategoryId, Content, CriterionId, Faults, File, embedded};
use pim::operation::{Edit, Operation, Own, Sharing, State, System, read};

/// The shipped content, read once.
pub(crate) static CONTENT: LazyLock<Content> =
    LazyLock::new(|| embedded().unwrap_or_else(|faults| panic!("{faults}")));

/// A system with what a first talk tells of it.
pub(crate) fn system(name: &str, category: CategoryId, who: &str, status: State) -> System {
    System {
        name: name.to_owned(),
        categories: vec![category],
        organisation: who.to_owned(),
        status,
        coverage: "North province".to_owned(),
        frequency: "monthly".to_owned(),
        unit: "household".to_owned(),
        sharing: Sharing::Humanitarian,
        contact: "IM officer".to_owned(),
        ..System::default()
    }
}

/// A text for an audience.
pub(crate) fn own(id: &str, text: &str, sharing: Sharing) -> Own {
    Own {
        id: id.to_owned(),
        text: text.to_owned(),
        sharing,
    }
}

/// An operation after some changes, each of which must be taken.
pub(crate) fn after(start: &Operation, edits: Vec<Edit>) -> Operation {
    edits.into_iter().fold(start.clone(), |now, edit| {
        now.with(edit.clone(), &CONTENT)
            .unwrap_or_else(|why| panic!("{edit:?}: {why}"))
    })
}

/// Five systems: two agencies do the same, two categories are empty, one is only planned.
pub(crate) fn five_systems() -> Operation {
    use CategoryId as C;
    let start = Operation {
        name: "North province floods".to_owned(),
        place: "North province".to_owned(),
        date: "March 2026".to_owned(),
        language: "en".to_owned(),
        ..Operation::default()
    };
    let secret = System {
        sharing: Sharing::Own,
        note: "Two field sites; ask before quoting.".to_owned(),
        ..system(
            "Detention visits",
            C::ProtectionMonitoring,
            "UNHCR",
            State::Running,
        )
    };
    let mut registration = system(
        "Arrivals register",
        C::PopulationData,
        "IOM",
        State::Running,
    );
    registration.sharing = Sharing::Public;
    registration.categories.push(C::CaseManagement);
    after(
        &start,
        vec![
            Edit::Add(registration),
            Edit::Add(system(
                "Headcount",
                C::PopulationData,
                "UNHCR",
                State::Running,
            )),
            Edit::Add(secret),
            Edit::Add(system(
                "Household survey",
                C::ProtectionNeedsAssessment,
                "DRC",
                State::Planned,
            )),
            Edit::Add(system(
                "School watch",
                C::Sectoral,
                "UNICEF",
                State::Running,
            )),
            Edit::Write(
                C::ProtectionMonitoring,
                CriterionId::Methods,
                own(
                    "",
                    "Weekly calls to village committees",
                    Sharing::Protection,
                ),
            ),
            Edit::Hide(
                C::PopulationData,
                CriterionId::Methods,
                "ways-of-finding-figures".to_owned(),
            ),
            Edit::Replace(
                C::PopulationData,
                CriterionId::Examples,
                own(
                    "registration-and-tracking-systems",
                    "Here: the arrivals register",
                    Sharing::Public,
                ),
            ),
            Edit::Row(String::new(), "Diagnosis".to_owned(), Sharing::Humanitarian),
            Edit::Fill(
                "diagnosis".to_owned(),
                C::PopulationData,
                own("", "Two counts that do not agree", Sharing::Protection),
            ),
        ],
    )
}

/// A file with a text.
pub(crate) fn file(text: &str) -> File {
    File {
        path: "north.ron".to_owned(),
        text: text.to_owned(),
    }
}

/// What a text means.
pub(crate) fn meant(text: &str) -> Result<Operation, Faults> {
    read(&file(text), &CONTENT)
}

/// The shipped content with an operation over it.
pub(crate) fn laid(operation: Operation) -> Content {
    Content {
        operation: Some(Arc::new(operation)),
        ..CONTENT.clone()
    }
}
