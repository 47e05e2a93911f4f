//! The exercises of a document as events and ballots of a session.
//!
//! Owns the checks: what comes in is cleaned and bounded like something typed, and nothing
//! may name an item that is not there.

use std::collections::BTreeSet;

use super::{Cast, Grouped, Named, Raised, Run, Taken, Written};
use crate::exercise::ballot::{Ballot, MAX_PEOPLE};
use crate::exercise::item::Origin;
use crate::exercise::row::MAX_ITEMS;
use crate::exercise::text::{BRIEF, ITEM, NAME, clean};
use crate::exercise::{
    Change, Erasable, ExerciseEvent, ExerciseId, Group, GroupId, ItemId, Mark, Phase, RankBallot,
    RoundId, Row, Shown, TagBallot, Vote,
};
use crate::room::Refusal;

/// The most exercises of a document.
const MOST_RUNS: u32 = 1_000;
/// Words of a source are longer than what people type.
const SOURCE: usize = 1_000;

type Events = Result<Vec<ExerciseEvent>, Refusal>;
type Changes = Result<Vec<Change>, Refusal>;

fn wrong<T>(what: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Unreadable(what.into()))
}

fn cleaned(text: Option<&String>, most: usize) -> Result<Option<String>, Refusal> {
    Ok(text.map(|text| clean(text, most)).transpose()?)
}

impl Written {
    pub(in crate::export::document) fn events(&self) -> Events {
        let scenario = || self.scenario.clone();
        let title = cleaned(self.title.as_ref(), NAME)?;
        let brief = cleaned(self.brief.as_ref(), BRIEF)?;
        let title = title.map(|title| ExerciseEvent::Titled {
            scenario: scenario(),
            was: None,
            now: Some(title),
        });
        let brief = brief.map(|brief| ExerciseEvent::Briefed {
            scenario: scenario(),
            was: None,
            now: Some(brief),
        });
        Ok(title.into_iter().chain(brief).collect())
    }
}

impl Run {
    /// What the run is called in a message.
    pub(in crate::export::document) fn place(&self) -> String {
        format!("exercise {}", self.number)
    }

    /// Its id.
    pub(in crate::export::document) const fn id(&self) -> ExerciseId {
        ExerciseId(self.number)
    }

    /// What happened, as one way of coming to where the run stands.
    pub(in crate::export::document) fn events(&self) -> Events {
        if !(1..=MOST_RUNS).contains(&self.number) {
            return wrong("its number is out of range");
        }
        let id = self.id();
        let title = cleaned(self.title.as_ref(), NAME)?;
        let mut events = vec![ExerciseEvent::Opened {
            id,
            scenario: self.scenario.clone(),
            title: title.unwrap_or_default(),
            settings: self.settings.bounded(),
        }];
        let changes = self.changes()?.into_iter();
        events.extend(changes.map(|one| ExerciseEvent::In(id, one)));
        let without = self.items.iter().filter(|one| one.text.is_none());
        let erased = without.map(|one| Erasable::Item(id, one.number));
        events.extend(erased.map(ExerciseEvent::Erased));
        Ok(events)
    }

    fn changes(&self) -> Changes {
        self.check_items()?;
        let items = self.items.iter().map(Named::change);
        let mut changes = items.collect::<Result<Vec<Change>, Refusal>>()?;
        changes.extend(self.groups()?);
        changes.extend(self.said()?);
        for (at, round) in self.rounds.iter().enumerate() {
            let earlier = self.rounds.get(..at).unwrap_or_default();
            changes.extend(round.changes(self, earlier)?);
        }
        changes.extend(self.stands());
        Ok(changes)
    }

    fn check_items(&self) -> Result<(), Refusal> {
        let mut known = BTreeSet::new();
        let fits = |one: &Named| {
            let number = one.number;
            (1..=MAX_ITEMS).contains(&number.0) && known.insert(number)
        };
        if self.items.iter().all(fits) {
            return Ok(());
        }
        wrong("the number of an item is used twice or is out of range")
    }

    /// Refuses items that are not there, and any that stand twice.
    fn known<'a>(&self, items: impl IntoIterator<Item = &'a ItemId>) -> Result<(), Refusal> {
        let mut left: BTreeSet<ItemId> = self.items.iter().map(|one| one.number).collect();
        let mut items = items.into_iter();
        match items.find(|item| !left.remove(item)) {
            Some(item) => wrong(format!("item {} is not there or stands twice", item.0)),
            None => Ok(()),
        }
    }

    fn groups(&self) -> Changes {
        self.known(self.groups.iter().flat_map(|one| &one.items))?;
        let mut seen = BTreeSet::new();
        if !self.groups.iter().all(|one| seen.insert(one.number)) {
            return wrong("the number of a group is used twice");
        }
        self.groups.iter().map(Grouped::change).collect()
    }

    /// What was said about the run and its items.
    fn said(&self) -> Changes {
        self.known(&self.shortlist)?;
        self.known(self.matches.iter().map(|one| &one.item))?;
        let mut changes = Vec::new();
        let label = cleaned(self.label.as_ref(), NAME)?;
        changes.extend(label.map(|label| Change::Labelled {
            was: None,
            now: Some(label),
        }));
        changes.extend(self.matches.iter().map(|one| Change::Matched {
            item: one.item,
            was: None,
            now: Some(one.verdict.clone()),
        }));
        changes.push(Change::Shortlisted {
            was: Vec::new(),
            now: self.shortlist.clone(),
        });
        Ok(changes)
    }

    /// Where the run stands now.
    fn stands(&self) -> Vec<Change> {
        let (was, now) = (false, true);
        let mut changes = vec![Change::Moved {
            was: Phase::Lobby,
            now: self.phase,
        }];
        changes.extend(self.locked.then_some(Change::Locked { was, now }));
        changes.extend(self.covered.then_some(Change::Covered { was, now }));
        let now = self.here;
        changes.extend(now.map(|_| Change::Here { was: None, now }));
        let now = self.timer;
        changes.extend(now.map(|_| Change::Timed { was: None, now }));
        changes
    }

    /// The ballots that travelled, by round.
    pub(in crate::export::document) fn ballots(&self) -> Result<Vec<(RoundId, Vec<Row>)>, Refusal> {
        let mut all = Vec::new();
        for round in &self.rounds {
            let Some(ballots) = &round.ballots else {
                continue;
            };
            if !round.sealed {
                return wrong("ballots travel with sealed rounds only");
            }
            let rows = ballots.iter().map(|one| one.row(self, round));
            all.push((round.id(self), rows.collect::<Result<_, Refusal>>()?));
        }
        Ok(all)
    }
}

impl Named {
    fn change(&self) -> Result<Change, Refusal> {
        let most = match self.origin {
            Origin::Room => ITEM,
            Origin::Starter { .. } | Origin::Carried { .. } => SOURCE,
        };
        let text = cleaned(self.text.as_ref(), most)?;
        Ok(Change::Named {
            item: self.number,
            // Without words it is erased right after.
            text: text.unwrap_or_default(),
            mark: self.mark,
            origin: self.origin.clone(),
            standing: self.standing,
            claim: None,
        })
    }
}

impl Grouped {
    fn change(&self) -> Result<Change, Refusal> {
        if self.items.is_empty() {
            return wrong(format!("group {} is empty", self.number));
        }
        Ok(Change::Grouped {
            group: GroupId(self.number),
            was: None,
            now: Some(Group {
                members: self.items.clone(),
                heading: cleaned(self.heading.as_ref(), NAME)?,
            }),
        })
    }
}

impl Taken {
    const fn id(&self, run: &Run) -> RoundId {
        RoundId {
            exercise: run.id(),
            vote: self.vote,
            number: self.number,
        }
    }

    fn name(&self) -> String {
        let vote = match self.vote {
            Vote::Tag => "tagging",
            Vote::Rank => "ranking",
        };
        format!("round {} of {vote}", self.number)
    }

    fn changes(&self, run: &Run, earlier: &[Self]) -> Changes {
        self.check(run, earlier)?;
        let (vote, number) = (self.vote, self.number);
        let mut changes = vec![Change::RoundOpened { vote, number }];
        changes.extend(self.voices());
        changes.extend(self.few_agree.then_some(Change::FewAgreed {
            vote,
            number,
            was: false,
            now: true,
        }));
        if self.sealed {
            changes.extend(self.sealed());
        }
        Ok(changes)
    }

    fn sealed(&self) -> Vec<Change> {
        let (vote, number) = (self.vote, self.number);
        let mut changes = vec![
            Change::Sealed {
                vote,
                number,
                list: self.list.clone(),
            },
            Change::Revealed {
                vote,
                number,
                was: Shown::Nothing,
                now: self.shown,
            },
        ];
        // Ballots that travelled are counted again.
        let counted = self.counted.clone().filter(|_| self.ballots.is_none());
        changes.extend(counted.map(|counted| Change::Counted {
            vote,
            number,
            counted,
        }));
        changes
    }

    fn check(&self, run: &Run, earlier: &[Self]) -> Result<(), Refusal> {
        let name = self.name();
        let mut before = earlier.iter().filter(|one| one.vote == self.vote);
        let next = before.clone().count() + 1;
        if before.any(|one| !one.sealed) || next != usize::from(self.number) {
            return wrong(format!("{name} does not follow the one before"));
        }
        run.known(&self.list)?;
        run.known(self.order.iter().flatten())?;
        run.known(self.hands.iter().map(|one| &one.item))?;
        run.known(self.agreed.iter().map(|one| &one.item))?;
        let many = |one: &Raised| one.must.saturating_add(one.nice) > self.present;
        if self.hands.iter().any(many) || self.present > 1_000_000 {
            return wrong(format!("{name} has more hands than people"));
        }
        if let Some(counted) = &self.counted {
            run.known(&counted.items())?;
            if !self.sealed || !counted.is_sound(self.vote) {
                return wrong(format!("the numbers of {name} do not fit together"));
            }
        }
        Ok(())
    }

    /// What was said aloud and by raising hands.
    fn voices(&self) -> Vec<Change> {
        let number = self.number;
        if self.vote == Vote::Rank {
            return vec![Change::OrderAgreed {
                number,
                was: Vec::new(),
                now: self.order.clone(),
            }];
        }
        let mut changes = vec![Change::HandsPresent {
            number,
            was: 0,
            now: self.present,
        }];
        changes.extend(self.hands().map(|(item, hands)| Change::HandsCounted {
            number,
            item,
            was: None,
            now: Some(hands),
        }));
        changes.extend(self.agreed.iter().map(|one| Change::TagAgreed {
            number,
            item: one.item,
            was: None,
            now: Some(one.said),
        }));
        changes
    }
}

impl Cast {
    fn row(&self, run: &Run, round: &Taken) -> Result<Row, Refusal> {
        let (people, ballot) = match (self, round.vote) {
            (Self::Tags { people, must, nice }, Vote::Tag) => {
                run.known(must.iter().chain(nice))?;
                let must = must.iter().map(|item| (*item, Mark::Must));
                let nice = nice.iter().map(|item| (*item, Mark::Nice));
                (*people, Ballot::Tag(TagBallot::new(must.chain(nice))))
            }
            (Self::Ranks { people, places }, Vote::Rank) => {
                run.known(places.iter().flatten())?;
                if places.len() > usize::from(u8::MAX) || places.iter().any(Vec::is_empty) {
                    return wrong(format!("a ballot of {} has no such places", round.name()));
                }
                (*people, Ballot::Rank(RankBallot::new(places.clone())))
            }
            _ => return wrong(format!("a ballot of {} is of the other kind", round.name())),
        };
        if people == 0 || people > MAX_PEOPLE {
            return wrong(format!("a ballot stands for 1 to {MAX_PEOPLE} people"));
        }
        Ok(Row::from(&ballot.of_table(people)))
    }
}
