//! Rules for ballots: when one counts, when it waits, when it is too late.
//!
//! What is decided here is for the ballot box alone. After the seal one changed bar would
//! show who came late, so a late ballot waits for the next round; whether there will be one
//! is the room's to say.

use super::super::ballot::Ballot;
use super::super::ballot_box::{BallotChange, Replaces};
use crate::exercise::{Act, BallotKey, Exercise, Moment, Phase, Refusal, Role, RoundId, Row, Vote};

/// Where a ballot goes.
struct Target {
    round: RoundId,
    waits: bool,
}

impl Exercise {
    /// What is to be done with the ballot box; nothing for acts that are none of its.
    pub(super) fn decide_ballot(
        &self,
        by: Role,
        act: &Act,
        moment: &Moment,
    ) -> Result<Option<BallotChange>, Refusal> {
        match act {
            Act::HandIn {
                ballot,
                key,
                replaces,
            } => self.hand_in(by, ballot, *key, *replaces, moment).map(Some),
            Act::Withdraw { vote, key } => {
                let round = self.target(by, *vote, moment)?.round;
                Ok(Some(BallotChange::Withdraw { round, key: *key }))
            }
            _ => Ok(None),
        }
    }

    fn hand_in(
        &self,
        by: Role,
        ballot: &Ballot,
        key: BallotKey,
        replaces: Replaces,
        moment: &Moment,
    ) -> Result<BallotChange, Refusal> {
        let target = self.target(by, ballot.vote(), moment)?;
        ballot.check(self)?;
        // A seat hands in again whenever it likes; two slips never share a number.
        let replaces = match (key, replaces) {
            (BallotKey::Seat(_), _) => Replaces::MayBe,
            (BallotKey::Slip(_), Replaces::MayBe) => Replaces::Nothing,
            (BallotKey::Slip(_), asked) => asked,
        };
        Ok(BallotChange::Put {
            round: target.round,
            key,
            row: Row::from(ballot),
            replaces,
            waits: target.waits,
        })
    }

    /// The round that a ballot is for now.
    fn target(&self, by: Role, vote: Vote, moment: &Moment) -> Result<Target, Refusal> {
        if self.phase == Phase::Done {
            return Err(Refusal::Finished);
        }
        let not_now = Refusal::NotNow {
            now: self.phase,
            belongs: super::phase_of(vote),
        };
        let round = self.last_round(vote).ok_or(not_now.clone())?;
        if round.sealed {
            return Ok(Target {
                round: self.round_id(round).next(),
                waits: true,
            });
        }
        if self.phase.vote() != Some(vote) {
            return Err(not_now);
        }
        self.taking(by, moment)?;
        Ok(Target {
            round: self.round_id(round),
            waits: false,
        })
    }
}
