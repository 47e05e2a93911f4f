//! One SSH connection as `russh` tells of it.
//!
//! Owns the answers: who may log in, and that a terminal with a shell is all there is. Every
//! request is answered at once, because a client waits for each answer for ever.

use std::sync::Arc;
use std::time::Instant;

use russh::keys::PublicKey;
use russh::server::{
    Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Session, VerifiedPublicKey,
};
use russh::{
    Channel, ChannelId, ChannelOpenFailure, ChannelWriteHalf, Error, MethodKind, MethodSet, Pty,
};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::Door;
use super::closing::Closing;
use super::doorman::Place;
use super::login::{Asked, Login, asked};
use super::seat::{self, Seat};
use crate::exercise::Token;
use crate::live::attend::Incoming;
use crate::live::guesses::Turn;
use crate::live::guest::clamped;

/// Inputs that wait for a seat; more wait at the other side.
const INPUTS: usize = 16;
/// The longest name of a terminal that is looked at.
const LONGEST_TERM: usize = 64;

/// Said before the login, for whoever mistypes the code.
const BANNER: &str = "pim: what stands before the @ is the room's code, from the wall.\r\n";

/// Said in its place while wrong codes come from the same network.
const WAIT: &str = "pim: wrong codes come from your network, so that the answer may take ten \
seconds. If it is no, wait a minute, compare the code with the wall, and try again.\r\n";

/// Somebody who is connected.
pub(super) struct Caller {
    door: Arc<Door>,
    closing: Closing,
    place: Arc<Place>,
    login: Option<Login>,
    channel: Option<ChannelId>,
    output: Option<ChannelWriteHalf<Msg>>,
    terminal: Option<Terminal>,
    input: Option<mpsc::Sender<Incoming>>,
}

/// What the other side said of its terminal.
#[derive(Clone, Debug, Default)]
pub(super) struct Terminal {
    /// The value of `TERM`.
    pub(super) term: String,
    /// Columns and rows, clamped.
    pub(super) size: (u16, u16),
}

impl Caller {
    pub(super) fn new(door: Arc<Door>, closing: Closing, place: Arc<Place>) -> Self {
        Self {
            door,
            closing,
            place,
            login: None,
            channel: None,
            output: None,
            terminal: None,
            input: None,
        }
    }

    /// What a user name asks for, once its turn has come: wrong codes are heard at a pace, and so
    /// are right ones from where they come. Whoever shows the code of an own seat does not guess.
    async fn in_turn(&self, user: &str) -> Asked {
        let door = &self.door;
        let asked = asked(user, &door.code);
        let guess = user.split('+').next().unwrap_or_default();
        if matches!(asked, Asked::Key(_)) || !door.code.has_shape_of(guess) {
            return asked;
        }
        if let Asked::Seat(login) = &asked
            && let Some(token) = login.resume.as_deref().and_then(Token::parse)
            && door.hall.knows(token).await
        {
            return asked;
        }
        let (guesses, from) = (door.hall.guesses(), Some(self.place.from()));
        match guesses.turn(from, Instant::now()) {
            Turn::Now => {}
            Turn::After(wait) => sleep(wait).await,
            Turn::Never => return Asked::Nothing,
        }
        if matches!(asked, Asked::Seat(_)) {
            guesses.was_right(from);
        } else {
            door.hall.heard_wrong(Instant::now());
        }
        asked
    }

    /// Who comes with this key under this name, if anybody may.
    fn keyed(&self, user: &str, key: &PublicKey) -> Option<Login> {
        match asked(user, &self.door.code) {
            Asked::Key(role) if self.door.facilitators.holds(key) => {
                Some(Login { role, resume: None })
            }
            _ => None,
        }
    }

    async fn hears(&mut self, incoming: Incoming) {
        if let Some(input) = &self.input
            && input.send(incoming).await.is_err()
        {
            // The seat is left; what comes later is for nobody.
            self.input = None;
        }
    }

    fn is_ours(&self, channel: ChannelId) -> bool {
        self.channel == Some(channel)
    }
}

/// Refuses, and names the ways that are left.
fn refuse(ways: &[MethodKind]) -> Auth {
    Auth::Reject {
        proceed_with_methods: Some(MethodSet::from(ways)),
        partial_success: false,
    }
}

impl Handler for Caller {
    type Error = Error;

    async fn authentication_banner(&mut self) -> Result<Option<String>, Error> {
        let from = Some(self.place.from());
        let waits = self.door.hall.guesses().is_over(from, Instant::now());
        Ok(Some(if waits { WAIT } else { BANNER }.to_owned()))
    }

    async fn auth_none(&mut self, user: &str) -> Result<Auth, Error> {
        Ok(match self.in_turn(user).await {
            Asked::Seat(login) => {
                self.login = Some(login);
                Auth::Accept
            }
            Asked::Key(_) if !self.door.facilitators.is_empty() => refuse(&[MethodKind::PublicKey]),
            // No other way is named, so that nobody's keys are asked for.
            Asked::Key(_) | Asked::Nothing => refuse(&[]),
        })
    }

    async fn auth_publickey_offered(
        &mut self,
        user: &str,
        offer: PublicKeyOffer<'_>,
    ) -> Result<Auth, Error> {
        Ok(match self.keyed(user, offer.public_key) {
            Some(_) => Auth::Accept,
            None => Auth::reject(),
        })
    }

    async fn auth_publickey(
        &mut self,
        user: &str,
        key: VerifiedPublicKey<'_>,
    ) -> Result<Auth, Error> {
        self.login = self.keyed(user, key.public_key);
        Ok(match self.login {
            Some(_) => Auth::Accept,
            None => Auth::reject(),
        })
    }

    async fn auth_succeeded(&mut self, _session: &mut Session) -> Result<(), Error> {
        self.place.known();
        Ok(())
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Error> {
        if self.login.is_none() || self.channel.is_some() {
            reply.reject(ChannelOpenFailure::ResourceShortage).await;
            return Ok(());
        }
        self.channel = Some(channel.id());
        // What comes in is heard below, one packet at a time; unread, the other half would fill.
        let (unread, output) = channel.split();
        drop(unread);
        self.output = Some(output);
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        _width: u32,
        _height: u32,
        _modes: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Error> {
        if self.output.is_none() || !self.is_ours(channel) {
            return session.channel_failure(channel);
        }
        self.terminal = Some(Terminal {
            term: term.chars().take(LONGEST_TERM).collect(),
            size: clamped(columns, rows),
        });
        session.channel_success(channel)
    }

    async fn shell_request(
        &mut self,
        channel: ChannelId,
        session: &mut Session,
    ) -> Result<(), Error> {
        let (Some(login), Some(output)) = (self.login.clone(), self.output.take()) else {
            return session.channel_failure(channel);
        };
        let (sender, input) = mpsc::channel(INPUTS);
        self.input = Some(sender);
        self.place.sit();
        session.channel_success(channel)?;
        tokio::spawn(seat::sit(Seat {
            door: self.door.clone(),
            login,
            terminal: self.terminal.take(),
            input,
            output,
            closing: self.closing.clone(),
        }));
        Ok(())
    }

    async fn window_change_request(
        &mut self,
        channel: ChannelId,
        columns: u32,
        rows: u32,
        _width: u32,
        _height: u32,
        session: &mut Session,
    ) -> Result<(), Error> {
        let (columns, rows) = clamped(columns, rows);
        self.hears(Incoming::Resize(columns, rows)).await;
        session.channel_success(channel)
    }

    async fn data(
        &mut self,
        _channel: ChannelId,
        data: &[u8],
        _session: &mut Session,
    ) -> Result<(), Error> {
        self.hears(Incoming::Bytes(data.to_vec())).await;
        Ok(())
    }

    async fn channel_eof(
        &mut self,
        _channel: ChannelId,
        _session: &mut Session,
    ) -> Result<(), Error> {
        self.input = None;
        Ok(())
    }

    async fn channel_close(
        &mut self,
        _channel: ChannelId,
        _session: &mut Session,
    ) -> Result<(), Error> {
        self.input = None;
        Ok(())
    }

    // All the rest is refused; agents and forwarding are so by default.

    async fn exec_request(
        &mut self,
        channel: ChannelId,
        _command: &[u8],
        session: &mut Session,
    ) -> Result<(), Error> {
        session.channel_failure(channel)
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        _name: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        session.channel_failure(channel)
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        _name: &str,
        _value: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        session.channel_failure(channel)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _single: bool,
        _protocol: &str,
        _cookie: &str,
        _screen: u32,
        session: &mut Session,
    ) -> Result<(), Error> {
        session.channel_failure(channel)
    }
}
