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
    tui::pipe::join(stream, &look, Role::Participant, args.resume.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

/// The participants' socket of a program that hosts a session.
#[derive(Debug, Args)]
pub(super) struct SocketArgs {
    /// Make a socket for `pim join` too, for people who log in to this machine.
    #[arg(long, value_name = "PATH", num_args = 0..=1, default_missing_value = SOCKET)]
    socket: Option<PathBuf>,
    /// The group, by name or number, that may use the socket.
    #[arg(long, value_name = "GROUP", requires = "socket")]
    socket_group: Option<String>,
}

impl SocketArgs {
    /// The file of the socket, if one is to be made, and the number of its group.
    pub(super) fn wanted(&self) -> anyhow::Result<Option<(PathBuf, Option<u32>)>> {
        let group = self.socket_group.as_deref().map(group).transpose()?;
        Ok(self.socket.clone().map(|path| (path, group)))
    }
}

/// The number of a group that is given by name or number.
fn group(wanted: &str) -> anyhow::Result<u32> {
    if let Ok(number) = wanted.parse() {
        return Ok(number);
    }
    let file = std::fs::read_to_string("/etc/group").unwrap_or_default();
    let found = file.lines().find_map(|line| {
        let mut parts = line.split(':');
        let named = parts.next()? == wanted;
        named.then(|| parts.nth(1)?.parse().ok())?
    });
    found.with_context(|| format!("this machine has no group {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::group;

    #[test]
    fn a_group_is_known_by_number_and_an_unknown_one_is_said() {
        assert_eq!(group("42").ok(), Some(42));
        let refused = group("no such group").err().map(|why| why.to_string());
        let said = "this machine has no group no such group";
        assert_eq!(refused.as_deref(), Some(said));
    }
}
