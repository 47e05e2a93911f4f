//! `pim serve`: hosts a session without a screen, for everybody who can type one line.
//!
//! Owns the arguments, the words that tell how to join, and the wait for the end. The session is
//! open to plain `pim` on this machine all the same.

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use etcetera::BaseStrategy;

use crate::app::Msg;
use crate::content::Content;
use crate::live::code::Code;
use crate::live::ssh::{Keys, Limits, Open, Settings, open};
use crate::live::{Hall, here, runtime};
use crate::room::{Role, Room, SeatId};

/// How the room is opened.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// Host this session: its name, its title or its file, which is made if it is not there.
    #[arg(long, value_name = "FILE")]
    session: Option<String>,
    /// The port that people connect to.
    #[arg(long, default_value_t = 2222)]
    port: u16,
    /// Listen at this address of this machine only.
    #[arg(long)]
    address: Option<IpAddr>,
    /// Let whoever has one of these public keys lead (as facilitator@) or show (as projector@).
    #[arg(long, value_name = "FILE")]
    facilitator_key: Option<PathBuf>,
    /// The room's code, in place of one that is made up: letters and digits.
    #[arg(long)]
    code: Option<String>,
}

/// Hosts a session until somebody ends the program.
pub(super) fn serve(args: &ServeArgs, content: Content) -> anyhow::Result<ExitCode> {
    let settings = settings(args)?;
    let code = settings.code.clone();
    let leads = !settings.facilitators.is_empty();
    let signals = Signals::new().context("cannot listen for the end")?;
    let (hall, seat) = hall(args, content)?;
    let runtime = runtime::handle().context("cannot start what attends the seats")?;
    let door = match runtime.block_on(open(hall.clone(), settings)) {
        Ok(door) => door,
        Err(error) => {
            hall.close(seat);
            return Err(error.into());
        }
    };
    super::out(&joining(&door, &code, leads))?;
    say("the room is open");
    signals.wait();
    runtime.block_on(door.close());
    let said = hall.close(seat);
    say("the room is closed");
    match said.into_iter().next() {
        Some(Msg::Refused(why)) => bail!("{why}"),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn settings(args: &ServeArgs) -> anyhow::Result<Settings> {
    let base = etcetera::choose_base_strategy().context("there is no folder for the host key")?;
    let addresses: Vec<IpAddr> = match args.address {
        Some(address) => vec![address],
        None => vec![Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()],
    };
    let facilitators = match &args.facilitator_key {
        Some(file) => Keys::read(file)?,
        None => Keys::default(),
    };
    Ok(Settings {
        addresses: addresses
            .into_iter()
            .map(|ip| SocketAddr::new(ip, args.port))
            .collect(),
        code: code(args.code.as_deref())?,
        host_key: base.data_dir().join("pim-workshop").join("host_key"),
        facilitators,
        limits: Limits::default(),
    })
}

fn code(wanted: Option<&str>) -> anyhow::Result<Code> {
    let Some(wanted) = wanted else {
        let random = getrandom::u64().context("no random numbers for a code")?;
        return Ok(Code::from_random(random));
    };
    Code::chosen(wanted)
        .with_context(|| format!("{wanted} is no code; take three letters or digits, up to 32"))
}

/// The hall with its session open, and the seat that holds it.
fn hall(args: &ServeArgs, content: Content) -> anyhow::Result<(Hall, SeatId)> {
    const UNOPENED: &str = "Reading only: ";
    let taught = super::taught::path()?;
    let mut room = Room::new(content);
    room.teach(super::taught::read(&taught)?);
    let hall = Hall::start(room, args.session.as_deref(), &taught, Box::new(|| ()));
    let seat = hall.new_seat();
    for msg in hall.begin(seat, Role::Facilitator) {
        if let Msg::Opened {
            message: Some(said),
            ..
        } = msg
            && let Some(why) = said.strip_prefix(UNOPENED)
        {
            bail!("{why}");
        }
    }
    Ok((hall, seat))
}

/// How to join, in the words that stand on the wall.
fn joining(door: &Open, code: &Code, leads: bool) -> String {
    let mut text = format!("The room {code} is open. Everybody types, in a terminal:\n\n");
    let hosts = hosts(door.addresses());
    let port = door.addresses().first().map_or(0, SocketAddr::port);
    for host in &hosts {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  ssh -p {port} {code}@{host}");
    }
    let host = hosts.first().map_or("ADDRESS", String::as_str);
    let _ = write!(
        text,
        "\nThe first time, ssh shows this fingerprint and asks whether to go on: type yes.\n\n  \
        {}\n\nTo be asked nothing, and where ssh warns that the identification has changed\n\
        (another machine had this address before):\n\n  \
        ssh -p {port} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null {code}@{host}\n\n\
        That is sound here: nothing secret goes over this line, nobody types a password or\n\
        shows a key, and the fingerprint above is there for whoever wants to compare it.\n",
        door.fingerprint(),
    );
    if leads {
        let _ = write!(
            text,
            "\nTo lead from elsewhere: ssh -p {port} facilitator@{host}\n\
            For the wall:           ssh -p {port} projector@{host}\n\
            (with the key that was given, and only after comparing the fingerprint)\n",
        );
    }
    text.push_str("\nOn this machine, plain pim joins too. Ctrl-C closes the room.\n");
    text
}

/// The addresses to type. Where all are listened at, those that others can reach.
fn hosts(listening: &[SocketAddr]) -> Vec<String> {
    let fixed = listening.iter().map(SocketAddr::ip);
    let fixed: Vec<IpAddr> = fixed.filter(|ip| !ip.is_unspecified()).collect();
    let all = if fixed.is_empty() {
        here::addresses()
    } else {
        fixed
    };
    if all.is_empty() {
        return vec!["localhost".to_owned()];
    }
    all.iter().map(ToString::to_string).collect()
}

/// One line for whoever keeps a log: that, and not who.
fn say(what: &str) {
    #[expect(
        clippy::print_stderr,
        reason = "the edge: beginning and end are said here"
    )]
    {
        eprintln!("pim: {what}");
    }
}

/// The signals that end the program.
#[cfg(unix)]
struct Signals(signal_hook::iterator::Signals);

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).map(Self)
    }

    fn wait(mut self) {
        let _ = self.0.forever().next();
    }
}

/// Here the system ends the program; what was acknowledged is on the disk.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    fn wait(self) {
        loop {
            std::thread::park();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_ones_own_is_taken_or_refused_with_what_to_do() {
        assert!(code(Some("Water 7")).is_ok_and(|code| code.as_str() == "water-7"));
        let refused = code(Some("?")).err().map(|why| why.to_string());
        let said = "? is no code; take three letters or digits, up to 32";
        assert_eq!(refused.as_deref(), Some(said));
    }

    #[test]
    fn the_address_that_was_chosen_is_the_one_to_type() {
        let one = SocketAddr::from(([192, 168, 43, 1], 2222));
        assert_eq!(hosts(&[one]), ["192.168.43.1"]);
    }
}
