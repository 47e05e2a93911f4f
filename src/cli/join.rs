//! `pim join`: a seat of the session that another program of this machine hosts.
//!
//! Meant for an ordinary sshd, where it is what an account runs: it opens no file and carries
//! bytes only. What comes through the participants' socket is a participant.

use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::open::LookArgs;
use crate::room::Role;
use crate::tui;

/// Where the participants' socket is, unless somebody says otherwise.
pub(super) const SOCKET: &str = "/run/pim-workshop/room.sock";

/// Take part in the session that this machine hosts.
#[derive(Debug, Args)]
pub(super) struct JoinArgs {
    /// The participants' socket of the program that hosts the session.
    #[arg(long, value_name = "PATH", env = "PIM_SOCKET", default_value = SOCKET)]
    socket: PathBuf,
    /// The code that brings you back to your own ballot, after the line dropped.
    #[arg(long, value_name = "CODE")]
    resume: Option<String>,
}

pub(super) fn join(args: &JoinArgs, look: &LookArgs) -> anyhow::Result<ExitCode> {
    tui::size()?;
    let stream = UnixStream::connect(&args.socket).with_context(|| {
        format!(
            "no session is hosted here (nobody listens on {}); ask who leads the workshop",
            args.socket.display()
        )
    })?;
    let look = super::open::look(look)?;
    tui::join(stream, &look, Role::Participant, args.resume.as_deref())?;
    Ok(ExitCode::SUCCESS)
}
