//! The exercise of must have and nice to have: what a room needs to know in a scenario.
//!
//! Owns the whole exercise as state and rules: items in people's own words, groups,
//! rounds, ballots as they are filled in, matching, results and what moves between
//! scenarios. Knows no screen, disk, clock, network or randomness: the time, tokens
//! and numbers that it needs come in with a command.
//!
//! ```text
//!  Command ─► Exercises::decide(role, moment) ─┬─► events ──► Exercises::apply   (the log)
//!                                              └─► ballot ──► BallotBox          (no log)
//!
//!  lobby ► collect ► merge ► tag ► shortlist ► rank ► reveal ► match ► rerank ► done
//!  the short way: collect ► tag ► reveal ► match
//!
//!  Exercise + sealed rows ─► results ─► tagging · ranking · by category · all scenarios
//! ```
//!
//! Promises: what a role may do is decided in one place ([`rights`]); state is the fold
//! of its events; no event holds a ballot, a token or who handed in; nothing is counted
//! before it is sealed; going back loses nothing and nobody counts twice; nobody's words
//! are edited by anybody else. Start at [`Exercises::decide`].

pub mod alike;
mod apply;
pub mod ballot;
pub mod ballot_box;
pub mod command;
pub mod compare;
pub mod counted;
mod decide;
pub mod draft;
pub mod event;
pub mod ids;
pub mod item;
pub mod matching;
pub mod phase;
pub mod refusal;
pub mod results;
pub mod rights;
pub mod round;
pub mod row;
pub mod scenario;
pub mod seen;
pub mod settings;
pub mod slip;
pub mod starter;
pub mod state;
pub mod text;
pub mod timer;
pub mod token;

pub use ballot::{RankBallot, TagBallot};
pub use ballot_box::{BallotBox, BallotChange, BoxFault, MemoryBox};
pub use command::{Act, Command, Moment};
pub use counted::Counted;
pub use decide::Decision;
pub use event::{Change, Erasable, ExerciseEvent};
pub use ids::{BallotKey, Claim, ExerciseId, GroupId, ItemId, RoundId, Time, Vote};
pub use item::{Group, Item, Mark, Said, Standing};
pub use matching::Verdict;
pub use phase::{Phase, Way};
pub use refusal::Refusal;
pub use rights::Role;
pub use round::{Hands, Round, Shown, Turnout};
pub use row::Row;
pub use scenario::ScenarioId;
pub use seen::Seen;
pub use settings::{Settings, Voting, Weigh};
pub use slip::Slip;
pub use state::{Exercise, Exercises};
pub use token::Token;
