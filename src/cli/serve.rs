//! `pim serve`: hosts a session without a screen, for everybody who can type one line.
//!
//! Owns the arguments, the words that tell how to join, and the wait for the end. The session is
//! open to plain `pim` on this machine all the same.

use std::fmt::Write;
use std::io::IsTerminal;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use crate::app::Msg;
use crate::content::Content;
use crate::hints::Language;
use crate::live::Hall;
use crate::live::code::Code;
use crate::live::doors::{How, Phones};
use crate::live::phones::PublicUrl;
use crate::live::ssh::Keys;
use crate::room::{Door, Live, Role, Room, SeatId};
use crate::store::MapFile;

/// How the room is opened.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// Host this session: its name, its title or its file, which is made if it is not there.
    #[arg(long, value_name = "FILE")]
    session: Option<String>,
    /// The port that people connect to.
    #[arg(long, default_value_t = crate::live::doors::PORT)]
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
    /// The language in which seats and phones begin: en, fr or es. Each of them can choose another.
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language)]
    language: Language,
    /// Open a page for phones too.
    #[arg(long)]
    phones: bool,
    /// The port of the page for phones.
    #[arg(long, default_value_t = crate::live::doors::PHONES, requires = "phones")]
    phones_port: u16,
    /// The address of the page as people outside type it, behind a web server of yours.
    #[arg(long, value_name = "URL", requires = "phones")]
    public_url: Option<PublicUrl>,
    /// The socket for people who log in to this machine.
    #[cfg(unix)]
    #[command(flatten)]
    socket: super::join::SocketArgs,
}

/// Hosts a session until somebody ends the program.
pub(super) fn serve(args: &ServeArgs, files: &super::Files<'_>) -> anyhow::Result<ExitCode> {
    let how = how(args)?;
    let leads = !how.facilitators.is_empty();
    let signals = Signals::new().context("cannot listen for the end")?;
    let (content, map) = super::laid(files)?;
    let (hall, seat) = hall(args, content, map)?;
    let said = hall.go_live(how);
    let Some(live) = hall.room().live else {
        hall.close(seat);
        bail!("{}", refused(said).unwrap_or_default());
    };
    super::out(&joining(&live, leads))?;
    say("the room is open");
    signals.wait();
    let said = hall.close(seat);
    say("the room is closed");
    match refused(said) {
        Some(why) => bail!("{why}"),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn refused(said: Vec<Msg>) -> Option<String> {
    said.into_iter().find_map(|msg| match msg {
        Msg::Refused(why) => Some(why.to_string()),
        _ => None,
    })
}

fn how(args: &ServeArgs) -> anyhow::Result<How> {
    let facilitators = match &args.facilitator_key {
        Some(file) => Keys::read(file)?,
        None => Keys::default(),
    };
    Ok(How {
        address: args.address,
        port: Some(args.port),
        code: args.code.as_deref().map(code).transpose()?,
        facilitators,
        language: args.language,
        phones: args.phones.then(|| Phones {
            port: Some(args.phones_port),
            public_url: args.public_url.clone(),
        }),
        #[cfg(unix)]
        socket: args.socket.wanted()?,
        #[cfg(not(unix))]
        socket: None,
    })
}

fn language(wanted: &str) -> Result<Language, String> {
    Language::of(wanted).ok_or_else(|| {
        let known = Language::ALL.map(|one| format!("{} ({})", one.tag(), one.name()));
        format!("take one of {}", known.join(", "))
    })
}

fn code(wanted: &str) -> anyhow::Result<Code> {
    Code::chosen(wanted)
        .with_context(|| format!("{wanted} is no code; take three letters or digits, up to 32"))
}

/// The hall with its session open, and the seat that holds it.
fn hall(
    args: &ServeArgs,
    content: Content,
    map: Option<MapFile>,
) -> anyhow::Result<(Hall, SeatId)> {
    const UNOPENED: &str = "Reading only: ";
    let taught = super::taught::path()?;
    let mut room = Room::new(content);
    room.teach(super::taught::read(&taught)?);
    let hall = Hall::start(
        room,
        args.session.as_deref(),
        (&taught, map),
        Box::new(|| ()),
    );
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
fn joining(live: &Live, leads: bool) -> String {
    let code = &live.code;
    let mut text = format!("The room {code} is open. Everybody types, in a terminal:\n\n");
    let is_phone = |door: &&Door| matches!(door, Door::Phone { .. });
    for door in live.doors.iter().filter(|door| !is_phone(door)) {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {}", door.line(code));
    }
    text.push_str(&phones(live));
    if live.language != Language::En {
        let _ = writeln!(
            text,
            "\nSeats and phones begin in {}; Ctrl-G at a seat goes on to another.",
            live.language.name()
        );
    }
    let Some((host, port)) = live.doors.iter().find_map(|door| match door {
        Door::Ssh { host, port } => Some((host, port)),
        _ => None,
    }) else {
        return text;
    };
    let _ = write!(
        text,
        "\nThe first time, ssh shows this fingerprint and asks whether to go on: type yes.\n\n  \
        {}\n\nTo be asked nothing, and where ssh warns that the identification has changed\n\
        (another machine had this address before):\n\n  \
        ssh -p {port} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null {code}@{host}\n\n\
        That is sound here: nothing secret goes over this line, nobody types a password or\n\
        shows a key, and the fingerprint above is there for whoever wants to compare it.\n",
        live.fingerprint.as_deref().unwrap_or_default(),
    );
    if leads {
        let _ = write!(
            text,
            "\nTo lead from elsewhere: ssh -p {port} facilitator@{host}\n\
            For the wall:           ssh -p {port} projector@{host}\n\
            (with the key that was given, and only after comparing the fingerprint)\n",
        );
    }
    text.push_str(
        "\nOn this machine, in other windows: pim leads, pim wall is for the projector.\n\
         Ctrl-C closes the room.\n",
    );
    text
}

/// How to join with a phone, where that is possible.
fn phones(live: &Live) -> String {
    let mut text = String::new();
    if live.picture.is_empty() {
        return text;
    }
    text.push_str("\nOr opens, with the browser of a phone:\n\n");
    for link in live.links() {
        let _ = writeln!(text, "  {link}");
    }
    for one in &live.advice {
        let _ = writeln!(text, "\n{}", textwrap::fill(one, 78));
    }
    if std::io::stdout().is_terminal() {
        text.push('\n');
        for line in &live.picture {
            // Dark on light, whatever the terminal's own colours are.
            let _ = writeln!(text, "  \x1b[30;107m{line}\x1b[0m");
        }
    }
    text
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
    use super::{Language, code, language};

    #[test]
    fn a_language_is_one_of_those_in_which_hints_are_written() {
        assert_eq!(language("fr-CH"), Ok(Language::Fr));
        let said = "take one of en (English), fr (Français), es (Español)";
        assert_eq!(language("de"), Err(said.to_owned()));
    }

    #[test]
    fn a_code_of_ones_own_is_taken_or_refused_with_what_to_do() {
        assert!(code("Water 7").is_ok_and(|code| code.as_str() == "water-7"));
        let refused = code("?").err().map(|why| why.to_string());
        let said = "? is no code; take three letters or digits, up to 32";
        assert_eq!(refused.as_deref(), Some(said));
    }
}
