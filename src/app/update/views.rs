//! From one view of a place to another: full width, a whole row, side by side, crossing over.
//!
//! Owns what Enter, `c`, `=`, `+`, `-` and `x` lead to from each place, and what Esc leads
//! back to. None of them loses the place.

use super::reveal_stop;
use crate::app::moves::one_more;
use crate::app::rights::sees;
use crate::app::seat::{Seat, Stop};
use crate::content::{Address, CategoryId, CriterionId, Place, PrincipleId, Stage, SubStepId, Tab};
use crate::room::Room;

/// The view that a full-width view was opened from.
pub(super) fn one_level_up(seat: &Seat) -> Option<Place> {
    let slug = match &seat.stop {
        Some(Stop::Item(item)) => item.split('/').next().unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    match &seat.at {
        Place::Column(category) => {
            let row = CriterionId::from_slug(&slug).unwrap_or(CriterionId::Output);
            Some(Place::Cell(*category, row))
        }
        Place::Row(row) => {
            let category = CategoryId::from_slug(&slug).unwrap_or(CategoryId::PopulationData);
            Some(Place::Cell(category, *row))
        }
        Place::Compare(some, row) => some.first().map(|first| Place::Cell(*first, *row)),
        Place::StageRow(stage) => {
            let principle = PrincipleId::from_slug(&slug).unwrap_or(PrincipleId::PeopleCentred);
            Some(Place::Crossing(principle, *stage))
        }
        Place::ComparePrinciples(some, stage) => {
            some.first().map(|first| Place::Crossing(*first, *stage))
        }
        Place::Coverage | Place::System(_) | Place::OwnRow(_) => Some(Place::Operation),
        Place::Worksheet(id) => Some(Place::System(id.clone())),
        Place::Matrix | Place::Operation => {
            Some(Place::Cell(CategoryId::PopulationData, CriterionId::Output))
        }
        Place::Principles => Some(Place::Principle(PrincipleId::PeopleCentred)),
        _ => None,
    }
}

/// Follows the link, or opens the chosen one, or reads in full width.
pub(super) fn open(room: &Room, seat: &mut Seat) {
    if let Some(Stop::Link(place)) = seat.stop.clone() {
        if matches!(place, Place::Worksheet(_)) {
            open_worksheet(seat, place);
        } else {
            seat.jump(Address::from(place));
        }
        return;
    }
    if let (Place::Worksheet(system), Some(Stop::Item(item))) = (seat.at.clone(), &seat.stop)
        && let Some(sub_step) = SubStepId::from_slug(item)
        && sees(seat.role, &Place::Notes)
    {
        super::sitting::open_at(seat, &system, sub_step);
        return;
    }
    match seat.at.clone() {
        Place::Cell(category, row) => {
            let row = if CriterionId::ROWS.contains(&row) {
                row
            } else {
                CriterionId::Output
            };
            let to = Address {
                place: Place::Column(category),
                item: Some(row.slug().to_owned()),
            };
            seat.jump(to);
            seat.reading = true;
            reveal_stop(room, seat);
        }
        Place::Row(_) | Place::StageRow(_) | Place::Compare(..) | Place::ComparePrinciples(..) => {
            if let Some(place) = one_level_up(seat) {
                seat.jump(Address::from(place));
            }
        }
        _ if !seat.full_width() => seat.reading = true,
        _ => {
            seat.message = Some(
                "This is the full width already. Tab goes through what can be opened.".to_owned(),
            );
        }
    }
}

/// Goes to a worksheet, and says what can be done there.
pub(super) fn open_worksheet(seat: &mut Seat, place: Place) {
    seat.jump(Address::from(place));
    if sees(seat.role, &Place::Notes) {
        let said = "Enter on a sub-step opens its checklist; i writes what was decided.";
        seat.message = Some(said.to_owned());
    }
}

/// The cell that is read: the chosen one, or in a column the one that is pointed at.
fn cell_of(seat: &Seat) -> Option<(CategoryId, CriterionId)> {
    match seat.at {
        Place::Cell(category, row) => Some((category, row)),
        Place::Column(category) => {
            let item = match &seat.stop {
                Some(Stop::Item(item)) => item.split('/').next(),
                _ => None,
            };
            let row = item.and_then(CriterionId::from_slug);
            Some((category, row.unwrap_or(CriterionId::ROWS[0])))
        }
        _ => None,
    }
}

pub(super) fn along_row(room: &Room, seat: &mut Seat) {
    let (place, item) = match seat.at.clone() {
        Place::Cell(..) | Place::Column(_) => {
            let Some((category, row)) = cell_of(seat) else {
                return;
            };
            (Place::Row(row), category.to_string())
        }
        Place::Crossing(principle, stage) => (Place::StageRow(stage), principle.to_string()),
        Place::Principle(principle) => (Place::StageRow(Stage::ALL[0]), principle.to_string()),
        Place::SubStep(sub_step) => (
            Place::StageRow(Stage::for_sub_step(sub_step)),
            PrincipleId::PeopleCentred.to_string(),
        ),
        Place::Row(_) | Place::StageRow(_) | Place::Compare(..) | Place::ComparePrinciples(..) => {
            if let Some(place) = one_level_up(seat) {
                seat.jump(Address::from(place));
            }
            return;
        }
        _ => {
            seat.message = Some("Rows are in the Matrix and in the Principles.".to_owned());
            return;
        }
    };
    seat.jump(Address {
        place,
        item: Some(item),
    });
    reveal_stop(room, seat);
}

pub(super) fn compare(seat: &mut Seat) {
    let place = match seat.at.clone() {
        Place::Cell(..) | Place::Column(_) => cell_of(seat).and_then(|(category, row)| {
            one_more(&[category], CategoryId::ALL).map(|some| Place::Compare(some, row))
        }),
        Place::Crossing(principle, stage) => one_more(&[principle], PrincipleId::ALL)
            .map(|some| Place::ComparePrinciples(some, stage)),
        Place::Compare(..) | Place::ComparePrinciples(..) => one_level_up(seat),
        _ => None,
    };
    match place {
        Some(place) => seat.jump(Address::from(place)),
        None => {
            seat.message =
                Some("Choose a cell of the Matrix or of the Principles first.".to_owned());
        }
    }
}

pub(super) fn compare_more(seat: &mut Seat) {
    let place = match &seat.at {
        Place::Compare(some, row) => {
            one_more(some, CategoryId::ALL).map(|some| Place::Compare(some, *row))
        }
        Place::ComparePrinciples(some, stage) => {
            one_more(some, PrincipleId::ALL).map(|some| Place::ComparePrinciples(some, *stage))
        }
        _ => return compare(seat),
    };
    match place {
        Some(place) => seat.go(Address::from(place)),
        None => seat.message = Some("Three fit side by side.".to_owned()),
    }
}

pub(super) fn compare_less(seat: &mut Seat) {
    let place = match &seat.at {
        Place::Compare(some, row) if some.len() > 2 => Some(Place::Compare(
            some.iter().take(some.len() - 1).copied().collect(),
            *row,
        )),
        Place::ComparePrinciples(some, stage) if some.len() > 2 => Some(Place::ComparePrinciples(
            some.iter().take(some.len() - 1).copied().collect(),
            *stage,
        )),
        Place::Compare(..) | Place::ComparePrinciples(..) => one_level_up(seat),
        _ => None,
    };
    if let Some(place) = place {
        seat.go(Address::from(place));
    }
}

/// From a sub-step to what the principles ask there, and back.
pub(super) fn cross_over(seat: &mut Seat) {
    let place = match seat.at.clone() {
        Place::SubStep(sub_step) => {
            let principle = last_principle(seat);
            Place::Crossing(principle, Stage::for_sub_step(sub_step))
        }
        Place::Step(_) => Place::Crossing(last_principle(seat), Stage::Evaluate),
        Place::Crossing(_, Stage::At(sub_step)) | Place::StageRow(Stage::At(sub_step)) => {
            Place::SubStep(sub_step)
        }
        Place::Crossing(_, Stage::Evaluate) | Place::StageRow(Stage::Evaluate) => {
            Place::SubStep(SubStepId::ReviewImpacts)
        }
        _ => {
            seat.message = Some(
                "Cross over from a sub-step of the Process, or from a principle at one.".to_owned(),
            );
            return;
        }
    };
    seat.jump(Address::from(place));
}

pub(super) fn last_principle(seat: &Seat) -> PrincipleId {
    match seat
        .tabs
        .get(Tab::Principles.index())
        .and_then(Option::as_ref)
        .map(|address| &address.place)
    {
        Some(Place::Principle(principle) | Place::Crossing(principle, _)) => *principle,
        _ => PrincipleId::PeopleCentred,
    }
}
