//! The phases of an exercise and the two ways through them.
//!
//! Owns their order, what they are called and what a facilitator says in each. The short
//! way fits ten minutes; every other phase is one key more, whichever way was chosen.

use serde::{Deserialize, Serialize};

use super::Vote;

/// Where the room is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// People arrive; purpose and what is kept are said.
    Lobby,
    /// People name what they need.
    Collect,
    /// What means the same is put together.
    Merge,
    /// Must have, nice to have or neither.
    Tag,
    /// The items that are worth ranking; the tagging result is on the wall.
    Shortlist,
    /// The shortlist in order.
    Rank,
    /// The results.
    Reveal,
    /// Which categories produce it.
    Match,
    /// The shortlist in order once more, after the talk.
    Rerank,
    /// Finished; results stay.
    Done,
}

/// Which phases the exercise goes through by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Way {
    /// Collect, tag, reveal, match.
    #[default]
    Short,
    /// Merge, shortlist and rank as well.
    Long,
}

impl Phase {
    /// All phases, in their order.
    pub const ALL: &'static [Phase] = &[
        Self::Lobby,
        Self::Collect,
        Self::Merge,
        Self::Tag,
        Self::Shortlist,
        Self::Rank,
        Self::Reveal,
        Self::Match,
        Self::Rerank,
        Self::Done,
    ];

    /// The word on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Lobby => "Lobby",
            Self::Collect => "Collect",
            Self::Merge => "Merge",
            Self::Tag => "Tag",
            Self::Shortlist => "Shortlist",
            Self::Rank => "Rank",
            Self::Reveal => "Reveal",
            Self::Match => "Discuss and match",
            Self::Rerank => "Rank again",
            Self::Done => "Done",
        }
    }

    /// What the room is asked, as it can be read aloud.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Lobby => "Which data and information do we need in this scenario?",
            Self::Collect => "Which data or information do you need? In your own words.",
            Self::Merge => "Which of these mean the same?",
            Self::Tag => "Which must we have, and which are nice to have?",
            Self::Shortlist => "Which ones do we put in order?",
            Self::Rank => "Put them in order, the most needed first.",
            Self::Reveal => "This is what the room said.",
            Self::Match => "Which PIM categories produce it? Several, one or none of the eight.",
            Self::Rerank => "After the talk: put them in order once more.",
            Self::Done => "The exercise is finished.",
        }
    }

    /// The vote that is taken in this phase.
    pub const fn vote(self) -> Option<Vote> {
        match self {
            Self::Tag => Some(Vote::Tag),
            Self::Rank | Self::Rerank => Some(Vote::Rank),
            _ => None,
        }
    }

    /// Whether people hand something in here, so that it can be locked.
    pub const fn takes_input(self) -> bool {
        matches!(self, Self::Collect | Self::Tag | Self::Rank | Self::Rerank)
    }

    /// The votes that must be over when this phase begins.
    pub const fn after(self) -> &'static [Vote] {
        match self {
            Self::Lobby | Self::Collect | Self::Merge | Self::Tag => &[],
            Self::Shortlist | Self::Rank | Self::Rerank => &[Vote::Tag],
            Self::Reveal | Self::Match | Self::Done => &[Vote::Tag, Vote::Rank],
        }
    }

    /// Minutes that are offered for the timer; the short way makes ten.
    pub const fn minutes(self, way: Way) -> u32 {
        match (self, way) {
            (Self::Collect, Way::Short) => 4,
            (Self::Tag | Self::Match, Way::Short) => 3,
            (Self::Collect, Way::Long) => 8,
            (Self::Match, Way::Long) => 15,
            (Self::Merge | Self::Tag | Self::Rank | Self::Rerank, _) => 5,
            _ => 0,
        }
    }

    /// Whether the way leads through this phase by itself.
    pub const fn is_on(self, way: Way) -> bool {
        match self {
            Self::Rerank => false,
            Self::Merge | Self::Shortlist | Self::Rank => matches!(way, Way::Long),
            _ => true,
        }
    }

    /// The phase that one key leads to.
    pub fn next(self, way: Way) -> Option<Self> {
        // A second ranking is shown like the first.
        if self == Self::Rerank {
            return Some(Self::Reveal);
        }
        let after = Self::ALL.iter().copied().filter(|one| *one > self);
        after.into_iter().find(|one| one.is_on(way))
    }

    /// The phase that one key leads back to.
    pub fn previous(self, way: Way) -> Option<Self> {
        let before = Self::ALL.iter().rev().copied().filter(|one| *one < self);
        before.into_iter().find(|one| one.is_on(way))
    }
}

#[cfg(test)]
mod tests {
    use super::{Phase, Way};

    fn walk(way: Way) -> Vec<Phase> {
        std::iter::successors(Some(Phase::Lobby), |phase| phase.next(way)).collect()
    }

    #[test]
    fn the_short_way_is_collect_tag_reveal_match() {
        assert_eq!(
            walk(Way::Short),
            [
                Phase::Lobby,
                Phase::Collect,
                Phase::Tag,
                Phase::Reveal,
                Phase::Match,
                Phase::Done
            ]
        );
        assert_eq!(Way::default(), Way::Short);
    }

    #[test]
    fn the_short_way_fits_ten_minutes() {
        let minutes: u32 = walk(Way::Short)
            .iter()
            .map(|one| one.minutes(Way::Short))
            .sum();
        assert_eq!(minutes, 10);
    }

    #[test]
    fn the_long_way_leads_through_everything_but_ranking_again() {
        let walked = walk(Way::Long);
        assert_eq!(walked.len(), Phase::ALL.len() - 1);
        assert!(!walked.contains(&Phase::Rerank));
    }

    #[test]
    fn one_step_back_undoes_one_step_forward() {
        for way in [Way::Short, Way::Long] {
            for pair in walk(way).windows(2) {
                assert_eq!(pair[1].previous(way), Some(pair[0]));
            }
        }
    }

    #[test]
    fn a_phase_off_the_way_leads_back_onto_it() {
        assert_eq!(Phase::Merge.next(Way::Short), Some(Phase::Tag));
        assert_eq!(Phase::Rank.next(Way::Short), Some(Phase::Reveal));
        assert_eq!(Phase::Rerank.next(Way::Short), Some(Phase::Reveal));
    }
}
