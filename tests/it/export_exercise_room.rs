//! A session with exercises as rooms would leave them: one with slips, merges and a second
//! ranking, one by show of hands, one of too few people, and words that are no markup.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use pim::content::CategoryId;
use pim::exercise::ballot::Ballot;
use pim::exercise::ballot_box::Replaces;
use pim::exercise::{
    Act, BallotKey, Command as Exercise, ExerciseId, Hands, ItemId, Mark, Phase, RankBallot, Said,
    ScenarioId, Settings, Slip, TagBallot, Verdict, Voting, Way,
};
use pim::room::{Command, MetaCommand, RoomState};
use pim::store::Store;

use crate::store_support::{folder, go, session};

pub(crate) struct Workshop {
    _folder: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) state: RoomState,
    slips: u64,
}

impl Workshop {
    pub(crate) fn new() -> Self {
        let folder = folder();
        let (store, state) = session(&folder.path().join("a.pim"));
        let mut workshop = Self {
            _folder: folder,
            store,
            state,
            slips: 0,
        };
        workshop.tells(Command::Meta(MetaCommand::Title("Needs".to_owned())));
        workshop.tells(Command::Meta(MetaCommand::Place("Amman".to_owned())));
        workshop
    }

    pub(crate) fn tells(&mut self, command: Command) {
        go(&mut self.store, &mut self.state, command).unwrap();
    }

    pub(crate) fn does(&mut self, command: Exercise) {
        self.tells(Command::Exercise(command));
    }

    pub(crate) fn acts(&mut self, act: Act) {
        let id = self.state.exercises.attended.unwrap();
        self.does(Exercise::In(id, act));
    }

    pub(crate) fn opens(&mut self, slug: &str, title: &str, settings: Settings) {
        self.does(Exercise::Open {
            scenario: ScenarioId::Source(slug.to_owned()),
            title: title.to_owned(),
            settings,
            carry: None,
        });
    }

    pub(crate) fn goes(&mut self, to: Phase) {
        self.acts(Act::Go { to, seal: true });
    }

    pub(crate) fn names(&mut self, words: &[&str]) {
        for text in words {
            self.acts(Act::Name {
                text: (*text).to_owned(),
                mark: None,
                claim: None,
            });
        }
    }

    pub(crate) fn hands_in(&mut self, ballot: Ballot) {
        self.slips += 1;
        self.acts(Act::HandIn {
            ballot,
            key: BallotKey::Slip(Slip::from_random(self.slips * 37)),
            replaces: Replaces::Nothing,
        });
    }

    pub(crate) fn tags(&mut self, times: usize, must: &[u16], nice: &[u16]) {
        let must = must.iter().map(|item| (ItemId(*item), Mark::Must));
        let nice = nice.iter().map(|item| (ItemId(*item), Mark::Nice));
        let ballot = TagBallot::new(must.chain(nice));
        for _ in 0..times {
            self.hands_in(Ballot::Tag(ballot.clone()));
        }
    }

    pub(crate) fn ranks(&mut self, times: usize, places: &[&[u16]]) {
        let place = |items: &&[u16]| items.iter().map(|item| ItemId(*item)).collect();
        let ballot = RankBallot::new(places.iter().map(place).collect());
        for _ in 0..times {
            self.hands_in(Ballot::Rank(ballot.clone()));
        }
    }
}

fn long() -> Settings {
    Settings {
        way: Way::Long,
        tagging: Voting::Slips,
        ranking: Voting::Slips,
        ..Settings::default()
    }
}

/// The first exercise: slips, a merge, a ranking and another one after the talk.
fn sudden_onset(workshop: &mut Workshop) {
    workshop.opens("sudden-onset-emergency", "Sudden-onset emergency", long());
    let scenario = ScenarioId::Source("sudden-onset-emergency".to_owned());
    workshop.does(Exercise::WriteBrief {
        scenario,
        brief: Some("An earthquake; roads are cut. <b>Day 3</b>".to_owned()),
    });
    workshop.acts(Act::Label(Some("group *A*".to_owned())));
    workshop.acts(Act::Here(Some(9)));
    workshop.goes(Phase::Collect);
    workshop.names(&[
        "Population figures",
        "Where the roads are open",
        "=SUM(people in need)",
        "People by age & sex",
        "<script>alert(1)</script>",
        "said in anger",
        "Who does what | where",
    ]);
    workshop.acts(Act::Hide(ItemId(6)));
    workshop.goes(Phase::Merge);
    workshop.acts(Act::Merge(vec![ItemId(1), ItemId(4)]));
    let group = *workshop
        .state
        .exercises
        .current()
        .unwrap()
        .groups
        .keys()
        .next()
        .unwrap();
    workshop.acts(Act::Head {
        group,
        heading: Some("Population by age and sex".to_owned()),
    });
    workshop.goes(Phase::Tag);
    workshop.tags(4, &[1, 2], &[3]);
    workshop.tags(2, &[4, 3], &[2, 7]);
    workshop.tags(1, &[2], &[5]);
    workshop.tags(1, &[], &[]);
    workshop.goes(Phase::Shortlist);
    workshop.acts(Act::Shortlist(vec![
        ItemId(1),
        ItemId(2),
        ItemId(3),
        ItemId(7),
    ]));
    workshop.goes(Phase::Rank);
    workshop.ranks(3, &[&[2], &[1], &[3]]);
    workshop.ranks(3, &[&[1], &[2], &[7]]);
    workshop.ranks(1, &[&[3, 7]]);
    workshop.ranks(1, &[]);
    workshop.goes(Phase::Reveal);
    workshop.goes(Phase::Match);
    for (item, categories) in [
        (1, vec![CategoryId::PopulationData]),
        (2, vec![CategoryId::Security, CategoryId::Sectoral]),
        (3, vec![CategoryId::ProtectionNeedsAssessment]),
    ] {
        workshop.acts(Act::Match {
            item: ItemId(item),
            verdict: Verdict::of(categories),
        });
    }
    workshop.acts(Act::Match {
        item: ItemId(7),
        verdict: Some(Verdict::NoneOfEight),
    });
    workshop.goes(Phase::Rerank);
    workshop.ranks(5, &[&[1], &[2], &[3]]);
    workshop.ranks(2, &[&[2], &[1], &[7]]);
    workshop.goes(Phase::Reveal);
    workshop.goes(Phase::Done);
}

/// The second: hands in the room, and one thing agreed aloud.
fn protracted(workshop: &mut Workshop) {
    workshop.opens(
        "protracted-emergency",
        "Protracted emergency",
        Settings::default(),
    );
    workshop.goes(Phase::Collect);
    workshop.names(&["population figures", "Complaints heard"]);
    workshop.goes(Phase::Tag);
    workshop.acts(Act::HandsPresent(11));
    for (item, must, nice) in [(1, 5, 6), (2, 9, 1)] {
        workshop.acts(Act::CountHands {
            item: ItemId(item),
            hands: Some(Hands { must, nice }),
        });
    }
    workshop.acts(Act::AgreeTag {
        item: ItemId(2),
        said: Some(Said::Must),
    });
    workshop.goes(Phase::Reveal);
}

/// The third: three people, and nobody asked whether the room agrees.
fn too_few(workshop: &mut Workshop) {
    workshop.opens(
        "comprehensive-solutions",
        "Comprehensive solutions",
        Settings::default(),
    );
    workshop.goes(Phase::Collect);
    workshop.names(&["Land titles", "Return intentions"]);
    workshop.goes(Phase::Tag);
    workshop.tags(3, &[1], &[2]);
    workshop.goes(Phase::Reveal);
}

/// All of them.
pub(crate) fn a_workshop() -> Workshop {
    let mut workshop = Workshop::new();
    sudden_onset(&mut workshop);
    protracted(&mut workshop);
    too_few(&mut workshop);
    assert_eq!(workshop.state.exercises.attended, Some(ExerciseId(3)));
    workshop
}
