//! Whoever leads a room, without a screen: what a facilitator does, asked of the hall itself.
//!
//! Shared with the room of the example `phones_load`.

use std::path::Path;

use pim::app::{Effect, Msg};
use pim::content::embedded;
use pim::exercise::{
    Act, Command as Exercise, ExerciseId, Phase, ScenarioId, Settings as Held, Vote, command,
};
use pim::live::Hall;
use pim::room::{Command, Role, Room, SeatId};

pub(crate) const LEADER: SeatId = SeatId(0);

/// A hall, and whoever leads it.
pub(crate) struct Leader {
    pub(crate) hall: Hall,
}

impl Leader {
    /// The session of a file, which is made if it is not there.
    pub(crate) fn at(file: &Path) -> Self {
        let taught = file.with_extension("taught");
        let room = Room::new(embedded().unwrap());
        let hall = Hall::start(room, file.to_str(), (&taught, None), Box::new(|| ()));
        let said = hall.begin(LEADER, Role::Facilitator);
        assert!(hall.room().session.is_some(), "{said:?}");
        Self { hall }
    }

    /// Does something; what there is to say about it.
    pub(crate) fn tries(&self, command: Exercise) -> Vec<Msg> {
        let command = Box::new(Command::Exercise(command));
        let effect = Effect::Propose(command);
        self.hall.ask(LEADER, Role::Facilitator, effect)
    }

    /// Does something that is taken.
    pub(crate) fn leads(&self, command: Exercise) {
        let said = self.tries(command);
        assert!(matches!(said[..], [Msg::Kept { .. }]), "{said:?}");
    }

    pub(crate) fn run(&self) -> ExerciseId {
        let session = self.hall.room().session.unwrap();
        session.exercises.attended.unwrap()
    }

    /// Does something in the run.
    pub(crate) fn does(&self, act: Act) {
        self.leads(Exercise::In(self.run(), act));
    }

    pub(crate) fn goes(&self, to: Phase) {
        self.does(Act::Go { to, seal: true });
    }

    pub(crate) fn shows(&self, vote: Vote) {
        let step = command::Step::All;
        self.does(Act::Reveal { vote, step });
    }

    /// A run in its lobby.
    pub(crate) fn opens(&self, settings: Held) {
        self.leads(Exercise::Open {
            scenario: ScenarioId::Source("sudden-onset-emergency".to_owned()),
            title: "Sudden onset emergency".to_owned(),
            settings,
            carry: None,
        });
    }

    /// A run that is open in Collect.
    pub(crate) fn begin(&self, settings: Held) {
        self.opens(settings);
        self.goes(Phase::Collect);
    }

    /// Items that the facilitator typed in.
    pub(crate) fn named<T: AsRef<str>>(&self, items: &[T]) {
        for text in items {
            self.does(Act::Name {
                text: text.as_ref().to_owned(),
                mark: None,
                claim: None,
            });
        }
    }
}
