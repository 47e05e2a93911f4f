//! Who comes in through a door, and the seat that they get.
//!
//! Owns what a door knows of a guest, nothing that tells who somebody is, and how a seat begins
//! for one. Knows neither links nor bytes; [`attend`](super::attend()) attends the seat. Start at [`Guest`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::app::Seat;
use crate::app::own::Back;
use crate::content::Address;
use crate::exercise::Token;
use crate::hints::Language;
use crate::room::{Role, Room};
use crate::terminal::Abilities;
use crate::ui::theme;

/// What a door knows of somebody who comes in. No name, key or address.
#[derive(Clone, Debug)]
pub struct Guest {
    /// What the seat is there to do; the door decides it.
    pub role: Role,
    /// The code with which a participant comes back, as it was typed.
    pub resume: Option<String>,
    /// The address that whoever leads or reads wants to open on.
    pub at: Option<String>,
    /// Columns and rows, as the other side said; clamped by [`clamped`].
    pub size: (u16, u16),
    /// What the terminal can do, as its environment tells.
    pub abilities: Abilities,
    /// How things are to look.
    pub look: GuestLook,
    /// Where the code of the seat is told that they get.
    pub code: OwnCode,
}

/// How a guest wants things to look.
#[derive(Clone, Debug, Default)]
pub struct GuestLook {
    /// A theme by name; the host's own choice of a default where there is none of this name.
    pub theme: Option<String>,
    /// Marks and rules in ASCII only.
    pub ascii: bool,
    /// No colour.
    pub no_colour: bool,
    /// Spare a slow link.
    pub slow: bool,
}

/// Where a door reads the code of a participant's own seat, and in which language that seat is
/// spoken to, to say both however the seat ends.
#[derive(Clone, Debug, Default)]
pub struct OwnCode(Arc<Mutex<(Option<Token>, Language)>>);

impl OwnCode {
    /// The code, if there is an own seat.
    pub fn get(&self) -> Option<String> {
        self.told().0.map(|token| token.code())
    }

    /// The language of the seat.
    pub fn language(&self) -> Language {
        self.told().1
    }

    pub(super) fn set(&self, token: Option<Token>) {
        self.told().0 = token;
    }

    pub(super) fn speaks(&self, language: Language) {
        self.told().1 = language;
    }

    fn told(&self) -> MutexGuard<'_, (Option<Token>, Language)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sizes that are drawn: beyond them a size says more of a fault than of a screen.
#[must_use]
pub fn clamped(columns: u32, rows: u32) -> (u16, u16) {
    let within = |told: u32, usual: u32, least, most| match told {
        0 => usual as u16,
        told => told.clamp(least, most) as u16,
    };
    (within(columns, 80, 20, 300), within(rows, 24, 6, 100))
}

/// The seat of a guest, who may come back to one. A code that no seat has makes none: somebody
/// mistyped it, or takes one that stood in an example.
pub(super) fn seat(room: &Room, guest: &Guest, back: Option<Token>) -> Seat {
    let new = || getrandom::u64().ok().map(Token::from_random);
    let token = back.or_else(new);
    let mut seat = Seat::joined(&room.content, guest.size, guest.role, token);
    seat.own.again = back.is_some();
    seat.own.greeted = seat.own.again;
    if let (None, Some(typed), Some(_)) = (back, &guest.resume, seat.token) {
        seat.own.back = Some(Back::with(typed));
    }
    seat.themes = theme::shipped().into_iter().map(|one| one.name).collect();
    if let Some(name) = &guest.look.theme
        && seat.themes.contains(name)
    {
        seat.look.theme.clone_from(name);
    }
    seat.look.ascii = guest.look.ascii;
    seat.look.no_colour = guest.look.no_colour;
    seat.look.slow = guest.look.slow;
    let at = guest
        .at
        .as_deref()
        .map(|at| Address::parse(at, &room.content));
    if let (Some(Ok(address)), Role::Facilitator | Role::Reader) = (at, guest.role) {
        seat.jump(address);
        seat.reading = seat.full_width();
    }
    seat.sitting.folder = super::started_in();
    seat.sheet.seed = getrandom::u64().unwrap_or_default();
    seat
}
