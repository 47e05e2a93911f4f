//! What two programs of one machine say to each other over a socket.
//!
//! Owns the frames: a letter, a length, and what belongs to it. Whoever sends a frame that is
//! longer than [`MOST`] or unknown is not one of us, and the link ends. Knows no socket. Start at
//! [`Frame`].

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The most that one frame carries, in bytes.
pub const MOST: usize = 64 * 1024;
/// The form of these frames; two programs that differ in it cannot talk.
pub const VERSION: u32 = 2;

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The first frame of whoever comes in: who it is, as JSON.
    Hello(Vec<u8>),
    /// Bytes of or for the terminal.
    Bytes(Vec<u8>),
    /// The terminal has this size.
    Resize(u16, u16),
    /// The terminal may show anything: paint it whole.
    Redraw,
    /// Ask the terminal for mouse events, or no longer.
    Mouse(bool),
    /// Leave to the shell until the user comes back.
    Suspend,
    /// The seat is over; a sentence that says why, or nothing.
    End(String),
}

/// What whoever comes in says of itself. No name, key or address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// See [`VERSION`].
    pub version: u32,
    /// Columns of the terminal.
    pub columns: u16,
    /// Rows of the terminal.
    pub rows: u16,
    /// Variables that tell what the terminal can do, such as `TERM`.
    pub terminal: Vec<(String, String)>,
    /// A theme by name.
    pub theme: Option<String>,
    /// Marks and rules in ASCII only.
    pub ascii: bool,
    /// Spare a slow link.
    pub slow: bool,
    /// What the seat wants to be; the host decides.
    pub role: Option<crate::room::Role>,
    /// The code with which a participant comes back to the own ballot.
    pub resume: Option<String>,
    /// The address that whoever leads or reads wants to open on.
    pub at: Option<String>,
    /// No seat is wanted, but a whole copy of the session in this file.
    pub copy: Option<String>,
}

/// The variables that a [`Hello`] carries: nothing that tells who somebody is.
pub const VARIABLES: &[&str] = &["TERM", "COLORTERM", "NO_COLOR", "WT_SESSION"];

impl Frame {
    fn letter(&self) -> u8 {
        match self {
            Self::Hello(_) => b'H',
            Self::Bytes(_) => b'B',
            Self::Resize(..) => b'R',
            Self::Redraw => b'F',
            Self::Mouse(_) => b'M',
            Self::Suspend => b'S',
            Self::End(_) => b'E',
        }
    }

    /// The frame as it is sent. More than [`MOST`] bytes are cut; send them in parts.
    pub fn encoded(&self) -> Vec<u8> {
        let body: Vec<u8> = match self {
            Self::Hello(bytes) | Self::Bytes(bytes) => bytes.clone(),
            Self::Resize(columns, rows) => [columns.to_be_bytes(), rows.to_be_bytes()].concat(),
            Self::Mouse(on) => vec![u8::from(*on)],
            Self::Redraw | Self::Suspend => Vec::new(),
            Self::End(why) => why.clone().into_bytes(),
        };
        let body = body.get(..MOST).unwrap_or(&body);
        let length = u32::try_from(body.len()).unwrap_or_default();
        let mut sent = vec![self.letter()];
        sent.extend(length.to_be_bytes());
        sent.extend(body);
        sent
    }

    fn decoded(letter: u8, body: Vec<u8>) -> io::Result<Self> {
        Ok(match (letter, body.as_slice()) {
            (b'H', _) => Self::Hello(body),
            (b'B', _) => Self::Bytes(body),
            (b'R', &[a, b, c, d]) => {
                Self::Resize(u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))
            }
            (b'F', []) => Self::Redraw,
            (b'M', &[on]) => Self::Mouse(on != 0),
            (b'S', []) => Self::Suspend,
            (b'E', _) => Self::End(String::from_utf8_lossy(&body).into_owned()),
            _ => return Err(io::ErrorKind::InvalidData.into()),
        })
    }

    /// Reads a frame, and waits for it.
    pub fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut head = [0; 5];
        from.read_exact(&mut head)?;
        let mut body = vec![0; length(head)?];
        from.read_exact(&mut body)?;
        Self::decoded(head[0], body)
    }

    /// Sends a frame, in one write.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(&self.encoded())
    }

    /// Reads a frame. What was read of one is lost if this is given up half-way.
    pub async fn receive(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Self> {
        let mut head = [0; 5];
        from.read_exact(&mut head).await?;
        let mut body = vec![0; length(head)?];
        from.read_exact(&mut body).await?;
        Self::decoded(head[0], body)
    }

    /// Sends a frame.
    pub async fn send(&self, to: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
        to.write_all(&self.encoded()).await
    }
}

fn length(head: [u8; 5]) -> io::Result<usize> {
    let [_, a, b, c, d] = head;
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    if length > MOST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::{Frame, MOST};

    #[test]
    fn every_frame_comes_out_as_it_went_in() {
        let all = [
            Frame::Hello(b"{}".to_vec()),
            Frame::Bytes(b"\x1b[A".to_vec()),
            Frame::Resize(80, 24),
            Frame::Redraw,
            Frame::Mouse(true),
            Frame::Suspend,
            Frame::End("The session was closed.".to_owned()),
        ];
        let sent: Vec<u8> = all.iter().flat_map(Frame::encoded).collect();
        let mut rest = sent.as_slice();
        for frame in all {
            assert_eq!(Frame::read(&mut rest).ok(), Some(frame));
        }
        assert!(Frame::read(&mut rest).is_err());
    }

    #[test]
    fn what_is_too_long_or_unknown_is_refused_before_it_is_read() {
        let long = [&b"B"[..], &u32::MAX.to_be_bytes()].concat();
        assert!(Frame::read(&mut long.as_slice()).is_err());
        assert!(Frame::read(&mut &b"X\0\0\0\0"[..]).is_err());
        assert!(Frame::read(&mut &b"R\0\0\0\x01a"[..]).is_err());
        assert_eq!(Frame::Bytes(vec![0; MOST + 9]).encoded().len(), MOST + 5);
    }
}
