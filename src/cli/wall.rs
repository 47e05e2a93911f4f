//! `pim wall`: the presenter's view of the session that is open on this machine.
//!
//! For the window on the projector, while the facilitator leads in another one. Whatever is
//! pressed there, nobody's ballot and no note ever stands on it.

use std::process::ExitCode;

use anyhow::Context;

use super::open::LookArgs;
use crate::live::socket;
use crate::room::Role;
use crate::tui;

pub(super) fn wall(look: &LookArgs) -> anyhow::Result<ExitCode> {
    tui::size()?;
    let stream = socket::reach(look.session()).context(
        "no session is open on this machine; open it first, with pim or pim serve, in another window",
    )?;
    let look = super::open::look(look)?;
    tui::join(stream, &look, Role::Projector, None)?;
    Ok(ExitCode::SUCCESS)
}
