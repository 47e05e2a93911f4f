//! The settings of an exercise, one by one, as a small sheet turns them.
//!
//! Owns what can be chosen, in which words, and what comes next. Whether a change is taken
//! is decided where everything is decided. Start at [`Choice::turned`].

use crate::exercise::settings::LONGEST;
use crate::exercise::{Settings, Vote, Voting, Way, Weigh};

/// One thing that a facilitator can choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Choice {
    /// The short or the long way.
    #[default]
    Way,
    /// How tags are taken.
    Tagging,
    /// How the order is taken.
    Ranking,
    /// How many places a ballot gives.
    Places,
    /// Whether places may be shared.
    Ties,
    /// How many items the shortlist holds.
    Shortlist,
    /// Whether items wait for the facilitator.
    Moderated,
    /// What the ballot of a table weighs.
    Weigh,
}

impl Choice {
    /// All of them, in the order of the sheet.
    pub const ALL: &'static [Choice] = &[
        Self::Way,
        Self::Tagging,
        Self::Ranking,
        Self::Places,
        Self::Ties,
        Self::Shortlist,
        Self::Moderated,
        Self::Weigh,
    ];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Way => "The way through",
            Self::Tagging => "Must and nice are taken by",
            Self::Ranking => "The order is taken by",
            Self::Places => "Places on a ballot",
            Self::Ties => "Level places on a ballot",
            Self::Shortlist => "Most items to put in order",
            Self::Moderated => "New items",
            Self::Weigh => "The ballot of a table counts",
        }
    }

    /// What is chosen now, in words.
    pub fn value(self, now: &Settings) -> String {
        match self {
            Self::Way => match now.way {
                Way::Short => "short",
                Way::Long => "long",
            },
            Self::Tagging => now.tagging.title(),
            Self::Ranking => now.ranking.title(),
            Self::Places if now.places == 0 => "all",
            Self::Places => return format!("top {}", now.places),
            Self::Ties => yes(now.ties, "allowed", "not allowed"),
            Self::Shortlist => return now.shortlist.to_string(),
            Self::Moderated => yes(now.moderated, "wait for you", "stand at once"),
            Self::Weigh => match now.weigh {
                Weigh::People => "people",
                Weigh::Ballots => "one voice",
            },
        }
        .to_owned()
    }

    /// What it means, to be read below the list.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Way => {
                "Short: collect, tag, reveal, match, in ten minutes. Long: merge, shortlist and \
                 rank as well."
            }
            Self::Tagging | Self::Ranking => {
                "What the screen opens with; v changes it on the spot, and ways can be mixed."
            }
            Self::Places => {
                "How many of the items a ballot puts in order; the others share the last place."
            }
            Self::Ties => "Whether two items may stand on the same place of a ballot.",
            Self::Shortlist => "More than this cannot be ranked: choose the shortlist first.",
            Self::Moderated => {
                "Whether what people name from their own places waits until you let it in."
            }
            Self::Weigh => {
                "All who sit at a table, so that rates are shares of people; or one voice a \
                 table, however many sit there."
            }
        }
    }

    /// The settings with this one turned a step on, or back.
    #[must_use]
    pub fn turned(self, now: &Settings, on: bool) -> Settings {
        let mut next = *now;
        match self {
            Self::Way => {
                next.way = match now.way {
                    Way::Short => Way::Long,
                    Way::Long => Way::Short,
                }
            }
            Self::Tagging => next.tagging = voting(now.tagging, Vote::Tag, on),
            Self::Ranking => next.ranking = voting(now.ranking, Vote::Rank, on),
            // 0 is all of them, which stands after the most.
            Self::Places => next.places = number(now.places, 0, now.shortlist, on),
            Self::Ties => next.ties = !now.ties,
            Self::Shortlist => next.shortlist = number(now.shortlist, 2, LONGEST, on),
            Self::Moderated => next.moderated = !now.moderated,
            Self::Weigh => {
                next.weigh = match now.weigh {
                    Weigh::People => Weigh::Ballots,
                    Weigh::Ballots => Weigh::People,
                }
            }
        }
        next.bounded()
    }

    /// The one `by` places further, stopping at the ends.
    #[must_use]
    pub fn step(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|one| *one == self);
        let to = at.unwrap_or_default().saturating_add_signed(by);
        let last = Self::ALL.len() - 1;
        Self::ALL.get(to.min(last)).copied().unwrap_or(self)
    }
}

const fn yes(on: bool, yes: &'static str, no: &'static str) -> &'static str {
    if on { yes } else { no }
}

/// One more or less, round and round.
const fn number(now: u8, least: u8, most: u8, on: bool) -> u8 {
    match on {
        true if now >= most => least,
        true => now + 1,
        false if now <= least => most,
        false => now - 1,
    }
}

fn voting(now: Voting, vote: Vote, on: bool) -> Voting {
    let all = Voting::ALL.iter().copied().filter(|one| one.serves(vote));
    let all: Vec<Voting> = all.collect();
    let at = all.iter().position(|one| *one == now).unwrap_or_default();
    let by = if on { 1 } else { all.len() - 1 };
    all.get((at + by) % all.len()).copied().unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::Choice;
    use crate::exercise::Settings;

    #[test]
    fn every_choice_turned_on_and_back_is_as_it_was() {
        let now = Settings::default();
        for choice in Choice::ALL {
            let next = choice.turned(&now, true);
            assert_ne!(next, now, "{choice:?}");
            assert_ne!(choice.value(&next), choice.value(&now), "{choice:?}");
            assert_eq!(choice.turned(&next, false), now, "{choice:?}");
        }
    }

    #[test]
    fn an_order_is_never_taken_by_show_of_hands() {
        let mut now = Settings::default();
        for _ in 0..10 {
            now = Choice::Ranking.turned(&now, true);
            assert_ne!(Choice::Ranking.value(&now), "show of hands");
        }
    }
}
