//! Which actions and effects belong to which seat.
//!
//! Owns the step from what a person presses, and from what leaves the update, to a
//! [`Deed`]; whose deed it is says [`crate::room::rights`] alone. An action that is not
//! listed is the facilitator's. Whoever carries effects out asks [`allowed`] again, so that a
//! fault in a screen opens nothing.

use super::layer::Layer;
use super::{Action, Effect, Seat};
use crate::content::{Address, Place, Tab};
use crate::room::rights;
use crate::room::{self, Deed, Role};

/// Whether a seat of a role may do what an effect asks for.
pub fn allowed(role: Role, effect: &Effect) -> bool {
    let deed = match effect {
        Effect::Wake(_) | Effect::Redraw | Effect::Quit => Deed::Read,
        Effect::Copy(_) => Deed::Copy,
        Effect::Mouse(_) => Deed::Mouse,
        Effect::Suspend => Deed::Suspend,
        Effect::Propose(command) => return room::may(role, command),
        Effect::Save(command, _) => {
            return room::may(role, command) && rights::may(role, Deed::DraftNotes);
        }
        Effect::Draft(..) => Deed::DraftNotes,
        Effect::Export(..) => Deed::Export,
        Effect::Resume | Effect::Errand(_) => Deed::Sessions,
        Effect::Teach(_) => Deed::Teach,
        Effect::Map(_)
        | Effect::MapUndo
        | Effect::MapRedo
        | Effect::MapDraft { .. }
        | Effect::MapRead
        | Effect::MapExport(..) => Deed::Map,
        Effect::LoadAgenda(_) => Deed::Plan,
        Effect::GoLive(_)
        | Effect::Phones(_)
        | Effect::NextLink
        | Effect::Speak(_)
        | Effect::Show(_) => Deed::GoLive,
        Effect::Recall(..) | Effect::ComeBack(_) => Deed::SeeOwnBallot,
    };
    rights::may(role, deed)
}

/// Whether a seat of a role may do something; keys, help and "go to" offer nothing else.
pub fn may(role: Role, action: Action) -> bool {
    rights::may(role, deed(action))
}

/// What doing an action is.
fn deed(action: Action) -> Deed {
    match action {
        Action::GoMatrix
        | Action::GoFind
        | Action::GoProcess
        | Action::GoPrinciples
        | Action::GoScenarios
        | Action::GoGuide
        | Action::Up
        | Action::Down
        | Action::Left
        | Action::Right
        | Action::ScrollUp
        | Action::ScrollDown
        | Action::PageUp
        | Action::PageDown
        | Action::Home
        | Action::End
        | Action::NextItem
        | Action::PreviousItem
        | Action::Open
        | Action::AlongRow
        | Action::Compare
        | Action::CompareMore
        | Action::CompareLess
        | Action::CrossOver
        | Action::Provenance
        | Action::Operation
        | Action::Original
        | Action::Difference
        | Action::HistoryBack
        | Action::HistoryForward
        | Action::Jump
        | Action::Themes
        | Action::Slow
        | Action::Unfold
        | Action::Redraw
        | Action::Help
        | Action::Back
        | Action::Quit => Deed::Read,
        Action::Choose
        | Action::MoveUp
        | Action::MoveDown
        | Action::Level
        | Action::TakeBack
        | Action::OtherResult => Deed::SeeExercise,
        Action::MustOrNice | Action::LateBallot | Action::ComeBack | Action::Language => {
            Deed::TakePart
        }
        Action::CopyAddress => Deed::Copy,
        Action::Mouse => Deed::Mouse,
        Action::Suspend => Deed::Suspend,
        Action::Export => Deed::Export,
        Action::Resume => Deed::Sessions,
        Action::Teach => Deed::Teach,
        Action::MapAdd
        | Action::MapEdit
        | Action::MapHide
        | Action::MapRow
        | Action::MapExport
        | Action::MapRead
        | Action::IntoOperation
        | Action::NextField
        | Action::PreviousField => Deed::Map,
        Action::GoNotes => Deed::SeeNotes,
        Action::GoLive
        | Action::CloseRoom
        | Action::Wall
        | Action::Phones
        | Action::NextLink
        | Action::RoomLanguage => Deed::GoLive,
        _ => Deed::LeadExercise,
    }
}

/// Whether a seat of a role may see what stands at a place.
pub fn sees(role: Role, place: &Place) -> bool {
    match place.tab() {
        Tab::Notes => rights::may(role, Deed::SeeNotes),
        _ => true,
    }
}

/// The tabs of a role.
pub fn tabs(role: Role) -> impl Iterator<Item = Tab> {
    let all = Tab::ALL.iter().copied();
    all.filter(move |tab| *tab != Tab::Notes || rights::may(role, Deed::SeeNotes))
}

/// Puts a seat back within its rights, whatever led it out of them.
pub(super) fn keep_within(seat: &mut Seat) {
    if !rights::may(seat.role, Deed::SeeNotes) {
        let opens = |layer: &Layer| {
            matches!(
                layer,
                Layer::Session(_) | Layer::Form(_) | Layer::Audience { .. }
            )
        };
        seat.layers.retain(|layer| !opens(layer));
        seat.sitting.drafts.clear();
    }
    if !sees(seat.role, &seat.at) || !sees(seat.role, &seat.shown) {
        seat.go(Address::from(Place::Scenarios));
    }
}
