//! pending
#![allow(missing_docs)]
use crate::{app::Seat, room::Room, ui::Theme};
pub fn size() -> anyhow::Result<(u16, u16)> {
    Ok((80, 24))
}
pub fn run(_room: &Room, _seat: Seat, _themes: &[Theme]) -> anyhow::Result<()> {
    Ok(())
}
