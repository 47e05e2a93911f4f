//! A participant's side of the exercise: what is typed, marked and ordered at one seat, and
//! what the seat handed in.
//!
//! Owns the drafts of one person, each tied to its round, so that a step back and forth of
//! the room loses none of them. Nothing here counts until it is proposed and kept. Nobody
//! else's ballot is ever in it. Knows nothing of drawing. Start at [`Own`] and [`Voice::of`].

use std::collections::BTreeMap;

use super::input::Line;
use crate::exercise::ballot::Ballot;
use crate::exercise::draft::{RankDraft, TagDraft, shuffled};
use crate::exercise::{
    Claim, Exercise, Item, ItemId, Mark, Phase, RankBallot, RoundId, Shown, Token, Vote,
};
use crate::hints::Language;
use crate::room::Room;

/// What a participant has open.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Whether the first screen was read.
    pub greeted: bool,
    /// The code of an own seat, while it is typed.
    pub back: Option<Back>,
    /// Whether the seat was taken up again with its code.
    pub again: bool,
    /// The line for an item.
    pub line: Line,
    /// Whether the line was left, so that letters are keys.
    pub away: bool,
    /// What the next item is named as.
    pub mark: Mark,
    /// The own item that is put in other words.
    pub rewords: Option<ItemId>,
    /// The chosen item, and the phase in which it was chosen.
    pub item: Option<(Phase, ItemId)>,
    /// Marks that are being made, and for which round.
    pub tags: Option<(RoundId, TagDraft)>,
    /// The order that is being made, and for which round.
    pub ranks: Option<(RoundId, RankDraft)>,
    /// What was proposed and is not kept yet.
    pub asked: Option<(RoundId, Ballot)>,
    /// What the seat handed in.
    pub handed: BTreeMap<RoundId, Ballot>,
    /// Whether a ballot for the next round is filled in while a result is shown.
    pub late: bool,
    /// Whether the other of two results is shown.
    pub other: bool,
    /// The first line of a result.
    pub scroll: usize,
}

/// Coming back to a seat by its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Back {
    /// The code as it is typed.
    pub line: Line,
    /// The code with which somebody came, where no seat has it.
    pub unknown: Option<String>,
}

impl Back {
    /// Somebody came with a code that no seat has.
    pub fn with(unknown: &str) -> Self {
        // Longer is no code, and nothing to be shown.
        let short: String = unknown.chars().take(24).collect();
        let line = Line::new(&short);
        Self {
            unknown: Some(line.text()),
            line: Line::default(),
        }
    }
}

/// The seat that belongs to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it finds its own by.
    pub token: Token,
    /// The language to go on in; none where whoever came chose one before.
    pub language: Option<Language>,
}

impl Default for Own {
    fn default() -> Self {
        Self {
            greeted: false,
            back: None,
            again: false,
            line: Line::default(),
            away: false,
            mark: Mark::Must,
            rewords: None,
            item: None,
            tags: None,
            ranks: None,
            asked: None,
            handed: BTreeMap::new(),
            late: false,
            other: false,
            scroll: 0,
        }
    }
}

/// The exercise that the room is in.
pub fn attended(room: &Room) -> Option<&Exercise> {
    room.session.as_ref()?.exercises.current()
}

/// The vote whose result the wall shows: the newest of which anything was shown, or else the
/// one that the facilitator begins with.
pub fn revealed(run: &Exercise) -> Option<Vote> {
    let sealed = || run.rounds.iter().rev().filter(|round| round.sealed);
    let shown = sealed().find(|round| round.shown != Shown::Nothing || round.few_agree);
    let first = || {
        [Vote::Tag, Vote::Rank]
            .into_iter()
            .find(|vote| run.sealed_round(*vote).is_some())
    };
    shown.map(|round| round.vote).or_else(first)
}

/// The round that a seat's ballot is for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// What is asked.
    pub vote: Vote,
    /// Which round.
    pub round: RoundId,
    /// Whether it came after the reveal and waits for the next round.
    pub waits: bool,
}

impl Voice {
    /// The voice of a seat; none while nothing is voted on.
    pub fn of(run: &Exercise, own: &Own) -> Option<Self> {
        let late = own.late && run.phase != Phase::Done;
        let vote = run.phase.vote();
        let vote = vote.or_else(|| late.then(|| revealed(run)).flatten())?;
        let last = run.last_round(vote)?;
        let round = run.round_id(last);
        Some(Self {
            vote,
            round: if last.sealed { round.next() } else { round },
            waits: last.sealed,
        })
    }
}

impl Own {
    /// The own items that stand or wait, with what proves them to be one's own.
    pub fn items<'a>(token: &Token, run: &'a Exercise) -> Vec<(&'a Item, Claim)> {
        use crate::exercise::Standing;
        let own = token.own(run).into_iter();
        let own = own.filter_map(|(id, claim)| Some((run.item(id)?, claim)));
        own.filter(|(item, _)| item.standing != Standing::TakenBack && item.text.is_some())
            .collect()
    }

    /// Whether letters go into the line for an item.
    pub fn types(&self, run: &Exercise) -> bool {
        self.greeted && !self.away && run.phase == Phase::Collect
    }

    /// The marks of a round: as they were left, as they were handed in, or those of the own
    /// items.
    pub fn tags(&self, token: Option<&Token>, run: &Exercise, round: RoundId) -> TagDraft {
        let left = self.tags.as_ref().filter(|(of, _)| *of == round);
        if let Some((_, draft)) = left {
            return draft.clone();
        }
        if let Some(Ballot::Tag(ballot)) = self.handed.get(&round) {
            return TagDraft::from_ballot(ballot);
        }
        let mut draft = TagDraft::default();
        let own = token.map(|token| Self::items(token, run));
        for (item, _) in own.unwrap_or_default() {
            if let Some(speaker) = run.speaker(item.id) {
                draft.set(speaker, item.named);
            }
        }
        draft
    }

    /// The order of a round: as it was left, as it was handed in, or empty.
    pub fn ranks(&self, run: &Exercise, round: RoundId) -> RankDraft {
        let left = self.ranks.as_ref().filter(|(of, _)| *of == round);
        let mut draft = match (left, self.handed.get(&round)) {
            (Some((_, draft)), _) => draft.clone(),
            (None, Some(Ballot::Rank(ballot))) => RankDraft::from_ballot(ballot),
            _ => RankDraft::from_ballot(&RankBallot::new(Vec::new())),
        };
        draft.reconcile(|item| run.speaker(item));
        draft
    }

    /// What the seat can point at, from top to bottom.
    pub fn order(&self, token: Option<&Token>, run: &Exercise) -> Vec<ItemId> {
        let own = || {
            token
                .map(|token| Self::items(token, run))
                .unwrap_or_default()
        };
        match Voice::of(run, self) {
            Some(Voice {
                vote: Vote::Rank,
                round,
                ..
            }) => {
                let draft = self.ranks(run, round);
                let placed: Vec<ItemId> = draft.places().iter().flatten().copied().collect();
                let rest: Vec<ItemId> = run.ranked().iter().map(|one| one.id).collect();
                let seed = token.map_or(0, |token| token.order(run.id));
                let rest = shuffled(&rest, seed).into_iter();
                let rest = rest.filter(|id| !placed.contains(id)).collect::<Vec<_>>();
                placed.into_iter().chain(rest).collect()
            }
            Some(_) => run.candidates().iter().map(|one| one.id).collect(),
            None if run.phase == Phase::Collect => own().iter().map(|(item, _)| item.id).collect(),
            None => Vec::new(),
        }
    }

    /// The chosen item; where none was chosen the first, but none of the own ones, since
    /// there Enter names a new one.
    pub fn chosen(&self, token: Option<&Token>, run: &Exercise) -> Option<ItemId> {
        let all = self.order(token, run);
        let item = self.item.filter(|(phase, _)| *phase == run.phase);
        let item = item.map(|(_, item)| run.speaker(item).unwrap_or(item));
        let there = item.filter(|item| all.contains(item));
        match Voice::of(run, self) {
            Some(_) => there.or_else(|| all.first().copied()),
            None => there,
        }
    }

    /// The ballot that Enter would hand in.
    pub fn ballot(&self, token: Option<&Token>, run: &Exercise, voice: Voice) -> Ballot {
        match voice.vote {
            Vote::Tag => self.tags(token, run, voice.round).ballot(),
            Vote::Rank => self.ranks(run, voice.round).ballot(),
        }
    }
}
