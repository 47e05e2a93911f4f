//! The doors of a room that is live, all of them together.
//!
//! Owns which doors are open and what the wall says of them. The host opens and closes them; each
//! door knows only the hall. A door that cannot be opened is said in one sentence, and the others
//! are closed again. Start at [`How`].

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::Context;
use etcetera::BaseStrategy;

use super::code::Code;
use super::hall::Hall;
use super::phones::{self, PublicUrl};
use super::ssh::{self, Keys, Limits};
use super::{addresses, runtime};
use crate::hints::Language;
use crate::room::{Door, Live, Time, Wall};

/// The port that people type, unless somebody says otherwise.
pub const PORT: u16 = 2222;

/// The port of the page for phones.
pub const PHONES: u16 = 8080;

/// How a room is opened.
#[derive(Clone, Debug, Default)]
pub struct How {
    /// Listen at this address of this machine only.
    pub address: Option<IpAddr>,
    /// The port of the SSH door; [`PORT`] where none is given.
    pub port: Option<u16>,
    /// The room's code, in place of one that is made up.
    pub code: Option<Code>,
    /// Who may lead the room or show it on the wall, from elsewhere.
    pub facilitators: Keys,
    /// The page for phones, where it is wanted.
    pub phones: Option<Phones>,
    /// In which language seats and phones begin.
    pub language: Language,
    /// A participants' socket for an ordinary sshd: its file, and the group that may use it.
    pub socket: Option<(PathBuf, Option<u32>)>,
}

/// How the page for phones is opened.
#[derive(Clone, Debug, Default)]
pub struct Phones {
    /// The port; [`PHONES`] where none is given.
    pub port: Option<u16>,
    /// What people outside type, where a server in front of this one passes them on.
    pub public_url: Option<PublicUrl>,
}

/// The doors of a room. Dropping them shuts them without waiting for anybody.
pub(super) struct Doors {
    ssh: ssh::Open,
    phones: Option<phones::Open>,
    #[cfg(unix)]
    _socket: Option<super::socket::Socket>,
}

impl Doors {
    /// Opens the doors; what the wall says of them.
    ///
    /// A session has the same code each time it is opened on this machine, so that the lines
    /// which people typed bring them back after a new start; `begun` tells which session it is.
    pub(super) fn open(hall: &Hall, how: &How, begun: Time) -> anyhow::Result<(Self, Live)> {
        let code = match &how.code {
            Some(code) => code.clone(),
            None => Code::from_random(ssh::number(&host_key()?, &begun.0.to_be_bytes())?),
        };
        let runtime = runtime::handle().context("cannot start what attends the seats")?;
        runtime::make_room();
        let settings = settings(how, &code)?;
        let ssh = runtime.block_on(ssh::open(hall.clone(), settings))?;
        let doors = Self {
            #[cfg(unix)]
            _socket: socket(hall, how)?,
            phones: phones(hall, how, &code)?,
            ssh,
        };
        let live = doors.live(how, &code);
        Ok((doors, live))
    }

    fn live(&self, how: &How, code: &Code) -> Live {
        let port = self.ssh.addresses().first().map_or(PORT, SocketAddr::port);
        let ssh = hosts(how.address)
            .into_iter()
            .map(|host| Door::Ssh { host, port });
        let phones = self.phones.iter().flat_map(|open| links(open, how.address));
        let socket = how.socket.iter().map(|(path, _)| Door::Socket {
            path: path.display().to_string(),
        });
        let advice = phones::ADVICE.iter();
        // Behind a server of the internet, nobody needs to be told of networks in a room.
        let in_room = |phones: &Phones| phones.public_url.is_none();
        let advice = advice.filter(|_| how.phones.as_ref().is_some_and(in_room));
        let mut live = Live {
            code: code.to_string(),
            doors: ssh.chain(phones).chain(socket).collect(),
            fingerprint: Some(self.ssh.fingerprint().to_owned()),
            notes: notes(),
            advice: advice.map(|one| (*one).to_owned()).collect(),
            language: how.language,
            ..Live::default()
        };
        draw(&mut live);
        live
    }

    /// Lets phones in, or no longer; what the wall then says.
    pub(super) fn set_phones(
        &mut self,
        hall: &Hall,
        how: &How,
        live: &Live,
    ) -> anyhow::Result<Live> {
        let code = Code::chosen(&live.code).context("the room has no code")?;
        if let Some(open) = self.phones.take() {
            runtime::handle()?.block_on(open.close());
        }
        self.phones = phones(hall, how, &code)?;
        let wall = if self.phones.is_some() {
            Wall::Phones
        } else {
            Wall::Join
        };
        Ok(Live {
            here: live.here,
            wrong: live.wrong,
            wall,
            ..self.live(how, &code)
        })
    }

    /// Closes the doors: every seat is told so and gets its terminal back.
    pub(super) fn close(self) {
        if let Ok(runtime) = runtime::handle() {
            runtime.block_on(async {
                self.ssh.close().await;
                if let Some(phones) = self.phones {
                    phones.close().await;
                }
            });
        }
    }
}

/// Draws the picture of the address that phones are shown.
pub(super) fn draw(live: &mut Live) {
    let drawn = live.link().and_then(phones::qr::Qr::of);
    live.picture = drawn.map(|one| one.lines()).unwrap_or_default();
}

/// Opens the page for phones, where it is wanted.
fn phones(hall: &Hall, how: &How, code: &Code) -> anyhow::Result<Option<phones::Open>> {
    let Some(wanted) = &how.phones else {
        return Ok(None);
    };
    let ip = how.address.unwrap_or(Ipv4Addr::UNSPECIFIED.into());
    let settings = phones::Settings {
        address: SocketAddr::new(ip, wanted.port.unwrap_or(PHONES)),
        code: code.clone(),
        public_url: wanted.public_url.clone(),
        connections: phones::CONNECTIONS,
    };
    let runtime = runtime::handle()?;
    let _context = runtime.enter();
    Ok(Some(phones::open(hall, settings)?))
}

/// The links that the wall shows: one for each address of this machine, or the public one.
fn links(open: &phones::Open, only: Option<IpAddr>) -> Vec<Door> {
    let mut found = only.map_or_else(addresses::to_type, |one| vec![one]);
    if found.is_empty() {
        // Without a network the page can be tried on this computer at least.
        found.push(Ipv4Addr::LOCALHOST.into());
    }
    let mut links: Vec<String> = found.into_iter().map(|ip| open.link(ip)).collect();
    links.dedup();
    links.into_iter().map(|url| Door::Phone { url }).collect()
}

#[cfg(unix)]
fn socket(hall: &Hall, how: &How) -> anyhow::Result<Option<super::socket::Socket>> {
    let Some((path, group)) = &how.socket else {
        return Ok(None);
    };
    let _context = runtime::handle()?.enter();
    let said = || format!("the participants' socket {} cannot be made", path.display());
    let socket = super::socket::participants(hall, path, *group).with_context(said)?;
    Ok(Some(socket))
}

fn settings(how: &How, code: &Code) -> anyhow::Result<ssh::Settings> {
    let all = [Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()];
    let addresses: Vec<IpAddr> = how.address.map_or_else(|| all.to_vec(), |one| vec![one]);
    let port = how.port.unwrap_or(PORT);
    let at = |ip| SocketAddr::new(ip, port);
    Ok(ssh::Settings {
        addresses: addresses.into_iter().map(at).collect(),
        code: code.clone(),
        host_key: host_key()?,
        facilitators: how.facilitators.clone(),
        limits: Limits::default(),
    })
}

/// Where the host key of this user is.
fn host_key() -> anyhow::Result<PathBuf> {
    let base = etcetera::choose_base_strategy().context("there is no folder for the host key")?;
    Ok(base.data_dir().join("pim-workshop").join("host_key"))
}

/// What people type after the `@`: the addresses under which this machine is reached.
fn hosts(only: Option<IpAddr>) -> Vec<String> {
    let found = only.map_or_else(addresses::to_type, |one| vec![one]);
    let mut hosts: Vec<String> = found.iter().map(ToString::to_string).collect();
    if hosts.is_empty() {
        hosts.push("localhost".to_owned());
    }
    hosts
}

/// What else there is to say to those who come in.
fn notes() -> Vec<String> {
    vec![
        "Compare it, then type yes.".to_owned(),
        "To be asked nothing: add -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
         after ssh. Sound here: no password and nothing secret goes over this line."
            .to_owned(),
    ]
}
