//! Tag, and the slip that is handed in here and in Rank.

use super::super::{Action, Effect};
use super::propose::propose;
use super::run::ask;
use crate::app::seat::Seat;
use crate::app::sheet::Asked;
use crate::exercise::ballot::Ballot;
use crate::exercise::ballot_box::Replaces;
use crate::exercise::draft::{RankDraft, TagDraft};
use crate::exercise::{Act, BallotKey, Command, Exercise, ItemId, Said, Vote, Voting};
use crate::room::Room;

pub(super) fn tag(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let Some(item) = item else {
        return Vec::new();
    };
    let voting = seat.sheet.voting(run, Vote::Tag);
    let round = run.open_round(Vote::Tag);
    match (voting, action) {
        (Voting::Hands, Action::Count) => ask(seat, Asked::Present, ""),
        (Voting::Hands, Action::Open | Action::Choose | Action::Write) => {
            if round.is_some_and(|round| round.present == 0) {
                return ask(seat, Asked::Present, "");
            }
            ask(seat, Asked::Hands(item), "")
        }
        (Voting::Aloud, Action::Choose | Action::Open) => {
            let now = round.and_then(|round| round.agreed.get(&item).copied());
            let said = match now {
                None => Some(Said::Must),
                Some(Said::Must) => Some(Said::Nice),
                Some(Said::Nice) => Some(Said::Neither),
                Some(Said::Neither) => None,
            };
            propose(
                room,
                seat,
                Command::In(run.id, Act::AgreeTag { item, said }),
            )
        }
        (Voting::Slips | Voting::Tables, Action::Choose) => {
            seat.sheet.tags.cycle(item);
            Vec::new()
        }
        (Voting::Tables, Action::Count) => ask(seat, Asked::Table, ""),
        (Voting::Slips | Voting::Tables, Action::Open) => {
            let ballot = seat.sheet.tags.ballot();
            hand_in(room, seat, run, voting, ballot)
        }
        (_, Action::Withdraw) => ask(seat, Asked::Withdraw, ""),
        _ => Vec::new(),
    }
}

/// Hands a slip or the ballot of a table in, under the number that is on the screen.
pub(super) fn hand_in(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    voting: Voting,
    ballot: Ballot,
) -> Vec<Effect> {
    let ballot = if voting == Voting::Tables {
        ballot.of_table(seat.sheet.table)
    } else {
        ballot
    };
    let slip = seat.sheet.slip();
    let act = Act::HandIn {
        ballot,
        key: BallotKey::Slip(slip),
        replaces: Replaces::Nothing,
    };
    let effects = propose(room, seat, Command::In(run.id, act));
    if !effects.is_empty() {
        seat.sheet.slips += 1;
        seat.sheet.tags = TagDraft::default();
        seat.sheet.rank = RankDraft::default();
        seat.sheet.item = None;
        seat.message = Some(format!(
            "In. Pencil {slip} on it: d and the number take it back."
        ));
    }
    effects
}
