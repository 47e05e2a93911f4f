//! A room that others can join: how they come in, and how many are here.
//!
//! Owns what the wall and the facilitator's console say about joining. Knows no socket and no
//! key: whoever opens the doors says what they are. No name, address or token of anybody who
//! came in is in it.

use std::time::Duration;

use crate::hints::Language;

/// So many wrong codes are mistyped by those who are not in yet.
pub const MISTYPED: u32 = 20;

/// A way into the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// Over SSH.
    Ssh {
        /// The name or address that people type.
        host: String,
        /// The port.
        port: u16,
    },
    /// For those who have an account on this machine.
    Socket {
        /// The file of the socket.
        path: String,
    },
    /// With the browser of a phone.
    Phone {
        /// The address that people type.
        url: String,
    },
}

/// What the wall shows while the room is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wall {
    /// How to join.
    #[default]
    Join,
    /// The exercise.
    Exercise,
    /// The picture that phones read.
    Phones,
}

impl Wall {
    /// The next one; phones have one of their own where they can join.
    #[must_use]
    pub const fn next(self, phones: bool) -> Self {
        match self {
            Self::Join if phones => Self::Phones,
            Self::Join | Self::Phones => Self::Exercise,
            Self::Exercise => Self::Join,
        }
    }
}

/// For how long a wrong code counts in [`Live::wrong`].
pub const WRONG_FOR: Duration = Duration::from_secs(10 * 60);

/// A room that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// How many participants are here.
    pub here: u32,
    /// The room's code, as it is said aloud.
    pub code: String,
    /// The ways in, the usual one first.
    pub doors: Vec<Door>,
    /// The fingerprint that a program shows when it comes the first time.
    pub fingerprint: Option<String>,
    /// What else there is to say to those who come in; a sentence each.
    pub notes: Vec<String>,
    /// Which of the addresses for phones is shown to them.
    pub chosen: usize,
    /// The picture of it that phones read, line by line; empty while they cannot join.
    pub picture: Vec<String>,
    /// What there is to say about joining with a phone; a sentence or two each.
    pub advice: Vec<String>,
    /// What the wall shows.
    pub wall: Wall,
    /// How many wrong codes were said in the last [`WRONG_FOR`]. For whoever leads the room alone.
    pub wrong: u32,
    /// In which language seats and phones begin; each of them chooses its own then.
    pub language: Language,
}

impl Live {
    /// How many wrong codes were said of late, where people who mistype do not explain it: each of
    /// those who are in may have done so once, and twenty more on their way.
    pub fn guessed(&self) -> Option<u32> {
        let explained = self.here.saturating_add(MISTYPED);
        (self.wrong > explained).then_some(self.wrong)
    }

    /// What the wall shows next.
    pub fn next_wall(&self) -> Wall {
        self.wall.next(!self.picture.is_empty())
    }

    /// What phones can open, the likeliest first.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.doors.iter().filter_map(|door| match door {
            Door::Phone { url } => Some(url.as_str()),
            _ => None,
        })
    }

    /// What phones are shown to open.
    pub fn link(&self) -> Option<&str> {
        self.links().nth(self.chosen)
    }

    /// The number of the next address for phones; after the last comes the first.
    pub fn next_link(&self) -> usize {
        (self.chosen + 1) % self.links().count().max(1)
    }
}

impl Door {
    /// The line that brings a seat back with its own code; none where there is no such line.
    pub fn line_back(&self, code: &str, own: &str) -> Option<String> {
        match self {
            Self::Ssh { .. } => Some(self.line(&format!("{code}+{own}"))),
            Self::Socket { .. } => Some(format!("{} --resume {own}", self.line(code))),
            Self::Phone { .. } => None,
        }
    }

    /// The line to type.
    pub fn line(&self, code: &str) -> String {
        let code = code.to_lowercase();
        match self {
            Self::Ssh { host, port: 22 } => format!("ssh {code}@{host}"),
            Self::Ssh { host, port } => format!("ssh -p {port} {code}@{host}"),
            Self::Socket { path } => format!("pim join --socket {path}"),
            Self::Phone { url } => url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Door, Live};

    #[test]
    fn a_room_is_guessed_at_once_mistyping_does_not_explain_it() {
        let with = |here, wrong| Live {
            here,
            wrong,
            ..Live::default()
        };
        assert_eq!(with(0, 20).guessed(), None);
        assert_eq!(with(0, 21).guessed(), Some(21));
        assert_eq!(with(60, 80).guessed(), None);
        assert_eq!(with(60, 81).guessed(), Some(81));
        assert_eq!(with(u32::MAX, u32::MAX).guessed(), None);
    }

    #[test]
    fn a_door_says_the_line_to_type() {
        let ssh = |port| Door::Ssh {
            host: "192.168.43.1".to_owned(),
            port,
        };
        assert_eq!(
            ssh(2222).line("MANGO-42"),
            "ssh -p 2222 mango-42@192.168.43.1"
        );
        assert_eq!(ssh(22).line("MANGO-42"), "ssh mango-42@192.168.43.1");
    }
}
