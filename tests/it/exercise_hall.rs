//! A room for tests: an exercise, its log and its ballot box, driven as a facilitator and
//! people would drive it.
//!
//! Does what the store does: decides, logs, applies, carries out ballots, seals and drops
//! rounds. After every step it makes sure that the log alone makes the same state.

use pim::exercise::ballot::Ballot;
use pim::exercise::ballot_box::Replaces;
use pim::exercise::command::{Clock, Step};
use pim::exercise::results::Outcome;
use pim::exercise::{
    Act, BallotBox, BallotChange, BallotKey, Change, Claim, Command, Decision, Exercise,
    ExerciseEvent, ExerciseId, Exercises, ItemId, Mark, MemoryBox, Moment, Phase, RankBallot,
    Refusal, Role, RoundId, ScenarioId, Settings, Slip, TagBallot, Time, Turnout, Vote, Way,
};

pub(crate) use pim::exercise::Mark::{Must, Nice};

/// The room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hall {
    pub(crate) state: Exercises,
    pub(crate) log: Vec<ExerciseEvent>,
    pub(crate) ballots: MemoryBox,
    pub(crate) now: Time,
    /// The events of the last step, as the seat that did it remembers them.
    pub(crate) last: Vec<ExerciseEvent>,
    slips: u64,
}

pub(crate) fn item(number: u16) -> ItemId {
    ItemId(number)
}

pub(crate) fn source(slug: &str) -> ScenarioId {
    ScenarioId::Source(slug.to_owned())
}

impl Hall {
    /// A room in which an exercise of a scenario was opened.
    pub(crate) fn open(way: Way) -> Self {
        let mut hall = Self {
            now: Time(1_000_000),
            ..Self::default()
        };
        let settings = Settings {
            way,
            ..Settings::default()
        };
        hall.run_scenario("sudden-onset-emergency", settings, None);
        hall
    }

    pub(crate) fn run_scenario(
        &mut self,
        slug: &str,
        settings: Settings,
        carry: Option<ExerciseId>,
    ) {
        self.command(
            Role::Facilitator,
            &Command::Open {
                scenario: source(slug),
                title: slug.to_owned(),
                settings,
                carry,
            },
        )
        .unwrap();
    }

    /// An exercise in Collect with some items of the room.
    pub(crate) fn with(way: Way, items: &[&str]) -> Self {
        let mut hall = Self::open(way);
        hall.goes(Phase::Collect);
        hall.names(items);
        hall
    }

    pub(crate) fn id(&self) -> ExerciseId {
        self.state.attended.unwrap()
    }

    pub(crate) fn run(&self) -> &Exercise {
        self.state.current().unwrap()
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment::read(self.now, &self.ballots, &self.state).unwrap()
    }

    /// Proposes a command and does with the decision what the store does.
    pub(crate) fn command(
        &mut self,
        by: Role,
        command: &Command,
    ) -> Result<Option<BallotChange>, Refusal> {
        let Decision { events, ballot } = self.state.decide(by, command, &self.moment())?;
        assert!(events.is_empty() || ballot.is_none(), "one or the other");
        for event in &events {
            self.state.apply(event);
            self.keep_box(event);
        }
        self.log.extend(events.iter().cloned());
        if !events.is_empty() {
            self.last = events;
        }
        if let Some(change) = &ballot {
            self.ballots.carry_out(change).unwrap();
        }
        assert_eq!(Exercises::fold(&self.log), self.state, "state is the fold");
        Ok(ballot)
    }

    fn keep_box(&mut self, event: &ExerciseEvent) {
        let ExerciseEvent::In(exercise, change) = event else {
            return;
        };
        let id = |vote: Vote, number: u16| RoundId {
            exercise: *exercise,
            vote,
            number,
        };
        match change {
            Change::Sealed { vote, number, .. } => {
                self.ballots.seal(id(*vote, *number)).unwrap();
            }
            Change::RoundDropped {
                vote,
                number,
                destroys: true,
            } => self.ballots.drop_round(id(*vote, *number)).unwrap(),
            _ => {}
        }
    }

    pub(crate) fn act(&mut self, by: Role, act: Act) -> Result<Option<BallotChange>, Refusal> {
        let id = self.id();
        self.command(by, &Command::In(id, act))
    }

    /// The facilitator does something.
    pub(crate) fn does(&mut self, act: Act) {
        self.act(Role::Facilitator, act).unwrap();
    }

    /// The facilitator tries something and is told why not.
    pub(crate) fn refused(&mut self, act: Act) -> Refusal {
        let before = self.state.clone();
        let refusal = self.act(Role::Facilitator, act).unwrap_err();
        assert_eq!(self.state, before, "a refusal changes nothing");
        refusal
    }

    pub(crate) fn goes(&mut self, to: Phase) {
        self.does(Act::Go { to, seal: true });
    }

    /// The one key that leads on.
    pub(crate) fn goes_on(&mut self) {
        let to = self.run().next_phase().unwrap();
        self.goes(to);
    }

    /// The one key that leads back.
    pub(crate) fn goes_back(&mut self) {
        let to = self.run().previous_phase().unwrap();
        self.goes(to);
    }

    /// Undoes the last step.
    pub(crate) fn undoes(&mut self) -> Result<(), Refusal> {
        let events = self.last.clone();
        self.command(Role::Facilitator, &Command::Undo(events))
            .map(drop)
    }

    /// The facilitator types what people say.
    pub(crate) fn names(&mut self, items: &[&str]) {
        for text in items {
            self.does(Act::Name {
                text: (*text).to_owned(),
                mark: None,
                claim: None,
            });
        }
    }

    /// A participant names something.
    pub(crate) fn participant_names(
        &mut self,
        text: &str,
        mark: Option<Mark>,
        claim: u64,
    ) -> Result<ItemId, Refusal> {
        self.act(
            Role::Participant,
            Act::Name {
                text: text.to_owned(),
                mark,
                claim: Some(Claim(claim)),
            },
        )?;
        Ok(*self.run().items.keys().next_back().unwrap())
    }

    /// A seat hands in tags; says whether the ballot waits for the next round.
    pub(crate) fn seat_tags(&mut self, seat: u128, marks: &[(u16, Mark)]) -> Result<bool, Refusal> {
        let ballot = Ballot::Tag(TagBallot::new(
            marks.iter().map(|(number, mark)| (item(*number), *mark)),
        ));
        self.seat_hands_in(seat, ballot)
    }

    /// A seat hands in an order, best first; level items stand together.
    pub(crate) fn seat_ranks(&mut self, seat: u128, places: &[&[u16]]) -> Result<bool, Refusal> {
        self.seat_hands_in(seat, order(places))
    }

    pub(crate) fn seat_hands_in(&mut self, seat: u128, ballot: Ballot) -> Result<bool, Refusal> {
        let act = Act::HandIn {
            ballot,
            key: BallotKey::Seat(seat),
            replaces: Replaces::MayBe,
        };
        match self.act(Role::Participant, act)? {
            Some(BallotChange::Put { waits, .. }) => Ok(waits),
            _ => panic!("handing in fills the box"),
        }
    }

    /// The facilitator types a slip in; the number goes on the paper.
    pub(crate) fn types_slip(&mut self, ballot: Ballot) -> Slip {
        self.slips += 1;
        let slip = Slip::from_random(self.slips * 7919);
        self.does(Act::HandIn {
            ballot,
            key: BallotKey::Slip(slip),
            replaces: Replaces::Nothing,
        });
        slip
    }

    /// How much is in the newest round of a vote.
    pub(crate) fn turnout(&self, vote: Vote) -> Turnout {
        let run = self.run();
        let round = run.last_round(vote).unwrap();
        self.ballots.turnout(run.round_id(round)).unwrap()
    }

    /// What there is to show, from sealed rounds alone.
    pub(crate) fn outcome(&self) -> Outcome {
        self.outcome_of(self.id())
    }

    pub(crate) fn outcome_of(&self, id: ExerciseId) -> Outcome {
        let run = self.state.run(id).unwrap();
        Outcome::of(run, |round| self.ballots.read_all(round).unwrap())
    }

    pub(crate) fn shows_all(&mut self, vote: Vote) {
        self.does(Act::Reveal {
            vote,
            step: Step::All,
        });
    }

    pub(crate) fn timer(&mut self, seconds: u32) {
        self.does(Act::Timer(Clock::Start(seconds)));
    }
}

pub(crate) fn tags(marks: &[(u16, Mark)]) -> Ballot {
    Ballot::Tag(TagBallot::new(
        marks.iter().map(|(number, mark)| (item(*number), *mark)),
    ))
}

pub(crate) fn order(places: &[&[u16]]) -> Ballot {
    let place = |items: &&[u16]| items.iter().copied().map(ItemId).collect();
    Ballot::Rank(RankBallot::new(places.iter().map(place).collect()))
}

/// How many say must and nice of every candidate, by its words.
pub(crate) fn rates(outcome: &Outcome) -> Vec<(String, u64, u64)> {
    let result = outcome.tagging.as_ref().expect("a tagging result");
    let candidates = result.candidates.iter().enumerate();
    candidates
        .map(|(number, candidate)| {
            let (must, nice, _) = result.counts(number).expect("it is counted");
            (candidate.words.clone(), must, nice)
        })
        .collect()
}

/// The ranking, best first, by words; level ones joined.
pub(crate) fn ranked(outcome: &Outcome) -> Vec<String> {
    let result = outcome.ranking.as_ref().expect("a ranking result");
    let names = result.names();
    let groups = result.order().expect("an order").groups();
    let joined = |group: &Vec<usize>| {
        let words: Vec<&str> = group.iter().map(|&one| names[one].as_str()).collect();
        words.join(" = ")
    };
    groups.iter().map(joined).collect()
}
