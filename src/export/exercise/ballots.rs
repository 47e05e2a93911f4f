//! The ballots of sealed rounds, for those who ask for them on purpose.
//!
//! Owns which ballots may leave a session at all: of rounds that are sealed and whose
//! result may be seen. Promises that their order says nothing: they are sorted by what they
//! say, so that neither the order of arrival nor the place in the file is told.

use crate::exercise::ballot::Ballot;
use crate::exercise::results::{Votes, ranking, tagging};
use crate::exercise::{Exercise, Round, Row, Vote};
use crate::room::RoomState;

/// The ballots of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voted {
    /// The run.
    pub run: Exercise,
    /// On what.
    pub vote: Vote,
    /// Which round.
    pub number: u16,
    /// The ballots, in an order that means nothing.
    pub ballots: Vec<Ballot>,
}

/// The ballots that may be seen, round by round.
pub fn voted(state: &RoomState) -> Vec<Voted> {
    let runs = state.exercises.runs.values();
    let rounds = runs.flat_map(|run| run.rounds.iter().map(move |round| (run, round)));
    let open = rounds.filter(|(run, round)| is_open(state, run, round));
    open.map(|(run, round)| Voted {
        run: run.clone(),
        vote: round.vote,
        number: round.number,
        ballots: sorted(state.ballots.rows(run.round_id(round))),
    })
    .filter(|one| !one.ballots.is_empty())
    .collect()
}

/// Whether the result of a round may be seen; what is shut on screen is shut here.
pub(in crate::export) fn is_open(state: &RoomState, run: &Exercise, round: &Round) -> bool {
    let rows = state.ballots.rows(run.round_id(round));
    match round.vote {
        Vote::Tag => tagging(run, round.number, &rows).is_some_and(|one| is_seen(&one.votes)),
        Vote::Rank => ranking(run, round.number, &rows).is_some_and(|one| is_seen(&one.votes)),
    }
}

const fn is_seen<T>(votes: &Votes<T>) -> bool {
    !matches!(votes, Votes::Shut { .. })
}

fn sorted(mut rows: Vec<Row>) -> Vec<Ballot> {
    rows.sort_by(|one, other| one.bytes().cmp(other.bytes()));
    rows.iter().filter_map(Row::ballot).collect()
}
