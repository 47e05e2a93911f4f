//! An operation of five systems, as an IMO maps it in the first week.

use std::sync::{Arc, LazyLock};

use pim::app::{Effect, Msg};
use pim::content::{Address, CategoryId, Content, CriterionId, Faults, File, embedded};
use pim::operation::{Edit, Operation, Own, Sharing, State, System, Versions, read};
use pim::room::Command;

use crate::support::Viewer;

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

/// A viewer whose changes of the operation are kept as the host keeps them, without a disk.
pub(crate) struct Mapper {
    pub(crate) viewer: Viewer,
    versions: Versions,
    /// What was proposed to the session.
    pub(crate) proposed: Vec<Command>,
}

impl Mapper {
    pub(crate) fn new(size: (u16, u16), operation: Operation) -> Self {
        let mut viewer = Viewer::new(size.0, size.1);
        viewer.room.map(Arc::new(operation));
        Self {
            viewer,
            versions: Versions::default(),
            proposed: Vec::new(),
        }
    }

    pub(crate) fn operation(&self) -> Arc<Operation> {
        self.viewer.room.content.operation.clone().unwrap()
    }

    pub(crate) fn keep(&mut self) -> &mut Self {
        while !self.viewer.effects.is_empty() {
            let effect = self.viewer.effects.remove(0);
            let before = self.operation();
            let after = match effect {
                Effect::Map(edits) => edits
                    .into_iter()
                    .try_fold(Operation::clone(&before), |now, edit| {
                        now.with(edit, &CONTENT)
                    })
                    .map(|new| {
                        self.versions.note(Arc::clone(&before), &new);
                        Arc::new(new)
                    })
                    .map_err(|why| why.to_string()),
                Effect::MapUndo => self
                    .versions
                    .undo(before)
                    .ok_or_else(|| "nothing".to_owned()),
                Effect::MapRedo => self
                    .versions
                    .redo(before)
                    .ok_or_else(|| "nothing".to_owned()),
                Effect::MapDraft { about, draft, .. } => {
                    Arc::make_mut(&mut self.viewer.room.map_drafts).put(&about, draft);
                    Arc::make_mut(&mut self.viewer.room.map_drafts).kept = true;
                    continue;
                }
                Effect::Propose(command) => {
                    self.proposed.push(*command);
                    continue;
                }
                _ => continue,
            };
            let msg = match after {
                Ok(new) => {
                    self.viewer.room.map(new);
                    Msg::Mapped("Saved; u takes it back.".to_owned())
                }
                Err(why) => Msg::Refused(why.into()),
            };
            self.viewer.send(msg);
        }
        self
    }

    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.viewer.press(key);
            self.keep();
        }
        self
    }

    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        self.viewer.types(text);
        self.keep()
    }

    pub(crate) fn goes(&mut self, address: &str) -> &mut Self {
        let address = Address::parse(address, &self.viewer.room.content).unwrap();
        self.viewer.seat.jump(address);
        self
    }

    pub(crate) fn sees(&self) -> String {
        self.viewer.text()
    }
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (50, 18)];

/// Snapshots of a scene at three sizes.
pub(crate) fn shots(name: &str, operation: &Operation, play: impl Fn(&mut Mapper)) {
    for size in SIZES {
        let mut mapper = Mapper::new(size, operation.clone());
        play(&mut mapper);
        let name = format!("{name}_{}x{}", size.0, size.1);
        insta::with_settings!({prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(format!("it__operation_screens__{name}"), mapper.sees());
        });
    }
}
