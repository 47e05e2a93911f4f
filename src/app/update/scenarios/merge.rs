//! Merge: marking, putting together, taking apart, headings.

use super::super::{Action, Effect};
use super::propose::{propose, say};
use super::run::ask;
use crate::app::seat::Seat;
use crate::app::sheet::Asked;
use crate::exercise::{Act, Command, Exercise, Item, ItemId};
use crate::room::Room;

pub(super) fn merge(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let Some(item) = item else {
        return Vec::new();
    };
    let group = run.group_of(item);
    match action {
        Action::Choose => {
            if !seat.sheet.marked.remove(&item) {
                seat.sheet.marked.insert(item);
            }
            Vec::new()
        }
        Action::PutTogether | Action::Open => {
            let marked = seat.sheet.marked.iter().filter_map(|one| run.speaker(*one));
            let marked: Vec<ItemId> = marked.collect();
            let effects = propose(room, seat, Command::In(run.id, Act::Merge(marked)));
            if !effects.is_empty() {
                seat.sheet.marked.clear();
            }
            effects
        }
        Action::LeadNext => match group {
            Some((_, group)) => {
                let shown = |id: &&ItemId| run.item(**id).is_some_and(Item::is_shown);
                let next = group.members.iter().filter(shown).nth(1).copied();
                let lead = next.map(|next| Command::In(run.id, Act::Lead(next)));
                seat.sheet.item = next.or(Some(item));
                lead.map_or_else(Vec::new, |lead| propose(room, seat, lead))
            }
            None => say(seat, "this item is in no group"),
        },
        Action::TakeApart => match group {
            Some((group, _)) => propose(room, seat, Command::In(run.id, Act::Split(group))),
            None => say(seat, "this item is in no group"),
        },
        Action::WriteMore => match group {
            Some((id, group)) => {
                let heading = group.heading.clone().unwrap_or_default();
                ask(seat, Asked::Heading(id), &heading)
            }
            None => say(
                seat,
                "only a group has a heading; an item keeps its author's words",
            ),
        },
        _ => Vec::new(),
    }
}
