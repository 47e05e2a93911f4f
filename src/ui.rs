//! Drawing: from a seat's state to cells.
//!
//! Owns what the screen looks like. [`Scene`] is plain data copied out of room and
//! seat; [`layout::layout`] says where everything goes, for the drawing, for the
//! mouse and for page heights; [`draw::draw`] paints. The same input gives the same
//! cells. Knows no files, clock or terminal. Start at [`Scene::of`].

pub mod draw;
mod draw_find;
mod draw_form;
mod draw_layers;
mod draw_notes;
mod draw_picture;
mod draw_scenario;
mod draw_shelf;
pub mod find;
pub mod find_brief;
mod join;
pub mod layout;
mod letters;
pub mod lists;
pub mod notes;
mod own;
pub mod scenario;
pub mod scene;
pub mod shelf;
pub mod theme;
mod wall;
pub mod wrap;

pub use draw::draw;
pub use draw_form::form_width;
pub use layout::{Hit, Layout, layout};
pub use scene::Scene;
pub use theme::{Role, Theme};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::Seat;
use crate::room::Room;

/// The layout of what a seat sees now.
pub fn layout_of(room: &Room, seat: &Seat) -> Layout {
    layout(&Scene::of(room, seat), seat.size)
}

/// Whether a screen has room for nothing but a card.
pub fn too_small(size: (u16, u16)) -> bool {
    size.0 < layout::LEAST.0 || size.1 < layout::LEAST.1
}

/// The furthest that the text of an exercise, or of how to join, can be scrolled as a seat sees it:
/// nobody scrolls into nothing and then has to come back.
pub fn text_end(room: &Room, seat: &Seat) -> usize {
    let scene = Scene::of(room, seat);
    let area = layout(&scene, seat.size).body;
    let shown = match (&scene.join, &scene.body) {
        (Some(join), _) => join.as_ref(),
        (None, scene::Body::Scenario(shown)) => shown,
        _ => return 0,
    };
    let (width, height) = seat.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let theme = theme::shipped().swap_remove(0);
    let mut paint = draw::Paint {
        theme: &theme,
        buffer: &mut buffer,
    };
    draw_scenario::scenario(&mut paint, shown, area).most
}

/// The furthest that help can be scrolled at a seat's size.
pub fn help_end(seat: &Seat) -> usize {
    draw_layers::help_lines(seat.role, seat.language, seat.size.0)
        .len()
        .saturating_sub(usize::from(seat.size.1.saturating_sub(4)))
}
