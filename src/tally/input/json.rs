//! Our own JSON: candidates by name, ballots that repeat the names. Fields beside `candidates` and
//! `ballots` are passed over (a title, a source); within a ballot an unknown field is a fault,
//! since it could be a weight that we would not count.

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};

use super::{InputError, check_distinct, check_some, placed};
use crate::tally::{Ballot, Profile};

#[derive(Deserialize)]
struct RawProfile {
    candidates: Vec<String>,
    ballots: RawBallots,
}

struct RawBallots(Vec<RawBallot>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBallot {
    count: serde_json::Number,
    ranking: Vec<RawPlace>,
}

struct RawPlace(Vec<String>);

pub(super) fn read(text: &str) -> Result<Profile, InputError> {
    let raw: RawProfile = serde_json::from_str(text).map_err(InputError::whole)?;
    check_some(raw.candidates.len())?;
    check_distinct(&raw.candidates)?;
    let numbers = (0..)
        .zip(&raw.candidates)
        .map(|(number, name)| (name.as_str(), number))
        .collect();
    let ballots: Result<Vec<Ballot>, InputError> = (1..)
        .zip(&raw.ballots.0)
        .map(|(number, ballot)| {
            ballot
                .checked(&numbers)
                .map_err(|what| InputError::ballot(number, what))
        })
        .collect();
    Profile::new(raw.candidates.clone(), ballots?)
        .map_err(|fault| placed(fault, InputError::ballot))
}

impl RawBallot {
    fn checked(&self, numbers: &HashMap<&str, usize>) -> Result<Ballot, String> {
        let count = &self.count;
        let whole = count.as_u64().filter(|&count| count > 0);
        let count = whole
            .ok_or_else(|| format!("its count is {count}; it must be a whole number from 1"))?;
        let number = |name: &String| {
            numbers
                .get(name.as_str())
                .copied()
                .ok_or_else(|| unknown(name))
        };
        let group = |RawPlace(names): &RawPlace| names.iter().map(number).collect();
        let ranking: Result<Vec<Vec<usize>>, String> = self.ranking.iter().map(group).collect();
        Ok(Ballot::times(count, ranking?))
    }
}

fn unknown(name: &str) -> String {
    format!("it ranks {name:?}, which is not among the candidates")
}

/// By hand, so that a fault says which ballot it is in.
impl<'de> Deserialize<'de> for RawBallots {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Ballots;

        impl<'de> Visitor<'de> for Ballots {
            type Value = RawBallots;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of ballots")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RawBallots, A::Error> {
                let mut ballots = Vec::new();
                loop {
                    let number = ballots.len() + 1;
                    let named = |fault| A::Error::custom(format!("ballot {number}: {fault}"));
                    match seq.next_element().map_err(named)? {
                        Some(ballot) => ballots.push(ballot),
                        None => return Ok(RawBallots(ballots)),
                    }
                }
            }
        }

        deserializer.deserialize_seq(Ballots)
    }
}

/// By hand, so that a fault shows what a place looks like: a bare name is the likeliest slip.
impl<'de> Deserialize<'de> for RawPlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = RawPlace;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of the names on one place, as in [\"A\"] or [\"B\", \"C\"]")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RawPlace, A::Error> {
                let mut names = Vec::with_capacity(1);
                while let Some(name) = seq.next_element()? {
                    names.push(name);
                }
                Ok(RawPlace(names))
            }
        }

        deserializer.deserialize_seq(Names)
    }
}
