//! Why something does not happen, in a sentence that says what would.
//!
//! Owns the sentences. One is a question and not a refusal: [`Refusal::SealsFirst`] is
//! asked once before a step that cannot be taken back, and answered by proposing the same
//! again with `seal` or `sure`.

use thiserror::Error;

use super::{ExerciseId, GroupId, ItemId, Phase, Turnout};

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The role may not.
    #[error("this seat cannot do that; only the facilitator can")]
    NotYours,
    /// There is no such run.
    #[error("this exercise is not here any more")]
    NoExercise(ExerciseId),
    /// There is no such scenario.
    #[error("this scenario is not here any more")]
    NoScenario,
    /// There is no such item.
    #[error("this item is not here any more")]
    NoItem(ItemId),
    /// There is no such group.
    #[error("this group is not here any more")]
    NoGroup(GroupId),
    /// It belongs into another phase.
    #[error("{} is now; this is done in {}", .now.title(), titles(.belongs))]
    NotNow {
        /// The phase of the room.
        now: Phase,
        /// Where it belongs.
        belongs: &'static [Phase],
    },
    /// The room is there already.
    #[error("the room is there already")]
    Already,
    /// Nothing would change.
    #[error("nothing would change")]
    Nothing,
    /// It is closed.
    #[error("closed for now; the facilitator can open it again")]
    Locked,
    /// The timer is over.
    #[error("the time is over; the facilitator can give more")]
    TimeOver,
    /// The exercise is over.
    #[error("the exercise is finished; go back one step to go on with it")]
    Finished,
    /// A question before ballots are sealed or destroyed.
    #[error("{}", seals(*.ballots, *.destroys))]
    SealsFirst {
        /// What is in.
        ballots: Turnout,
        /// Whether they would be destroyed and not counted.
        destroys: bool,
    },
    /// There is nothing to show.
    #[error("nothing was handed in yet, so there is no result to show")]
    NothingIn,
    /// There are no items.
    #[error("there is no item yet; go back to Collect and name some")]
    NoItems,
    /// Too few items to put in order.
    #[error("an order needs at least two items")]
    TooFewToRank,
    /// Too many items to put in order.
    #[error("{items} items are too many to put in order; choose at most {most} in Shortlist")]
    TooManyToRank {
        /// How many there are.
        items: usize,
        /// How many the shortlist holds.
        most: usize,
    },
    /// A second ranking needs a first.
    #[error("ranking again needs a first ranking that was revealed")]
    NoFirstRanking,
    /// Ballots are in on this.
    #[error("{} on this; reveal them first, or give the round up", ballots_are_in(*.0))]
    BallotsIn(Turnout),
    /// No round is open.
    #[error("no round is open for this")]
    NoRound,
    /// Nothing was sealed.
    #[error("nothing is counted before the reveal")]
    NotSealed,
    /// Not the author.
    #[error("only whoever named it can change its words")]
    NotTheAuthor,
    /// An item is in a group.
    #[error("it is in a group; take it out of the group first")]
    InGroup,
    /// A group needs two.
    #[error("a group needs at least two items")]
    TooFewToMerge,
    /// No words.
    #[error("there are no words in it")]
    NoWords,
    /// Too long.
    #[error("{most} characters at most; this has {length}")]
    TooLong {
        /// The most.
        most: usize,
        /// What it has.
        length: usize,
    },
    /// The wall is full.
    #[error("{most} items at most")]
    Full {
        /// The most.
        most: u16,
    },
    /// More hands than people.
    #[error("{hands} hands, but {present} take part by raising hands; say how many do")]
    MoreHands {
        /// Hands for must and nice together.
        hands: u32,
        /// How many take part.
        present: u32,
    },
    /// Not a number of people.
    #[error("a ballot stands for 1 to {most} people")]
    People {
        /// The most.
        most: u16,
    },
    /// An item twice on a ballot.
    #[error("an item is on this ballot twice")]
    TwiceOnBallot,
    /// A place without an item.
    #[error("a place on this ballot is empty")]
    EmptyPlace,
    /// No ties.
    #[error("places cannot be shared in this exercise")]
    NoTies,
    /// Too many places.
    #[error("{most} places at most")]
    TooManyPlaces {
        /// The most.
        most: usize,
    },
    /// It is not undone.
    #[error("{0}")]
    NotUndone(&'static str),
    /// Something later stands on it.
    #[error("something that came later stands on this; take that back first")]
    LaterChanges,
}

/// "Collect, Tag and Rank".
fn titles(phases: &[Phase]) -> String {
    let titles: Vec<&str> = phases.iter().map(|one| one.title()).collect();
    match titles.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => titles.concat(),
    }
}

fn ballots_are_in(turnout: Turnout) -> String {
    match turnout.ballots {
        0 => "something is in".to_owned(),
        1 => "1 ballot is in".to_owned(),
        ballots => format!("{ballots} ballots are in"),
    }
}

fn seals(turnout: Turnout, destroys: bool) -> String {
    let end = if destroys {
        "giving the round up destroys it for good. Give it up?"
    } else {
        "sealing ends the round: nobody can change anything in it any more. Seal it?"
    };
    format!("{}; {end}", ballots_are_in(turnout))
}
