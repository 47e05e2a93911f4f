//! The host key, and the keys of those who lead.
//!
//! Owns the file of the host key: made once, readable by its owner only, and refused when it is
//! not. Reads lines as they stand in `authorized_keys`; a line that would promise more than is
//! kept here (an option, an RSA key) is refused rather than half understood.

use std::fs::{self, DirBuilder, Metadata};
use std::io::{self, Write};
use std::path::Path;

use russh::keys::key::safe_rng;
use russh::keys::ssh_key::LineEnding;
use russh::keys::ssh_key::authorized_keys::Entry;
use russh::keys::{Algorithm, PrivateKey, PublicKey};
use sha2::{Digest, Sha256};

use super::failure::Failure;

/// Keys whose owners may lead the room.
#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<PublicKey>);

impl Keys {
    /// Reads a file of lines such as `ssh-ed25519 AAAA… name`.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or a line that is not understood.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(file).map_err(|why| Failure::Facilitators {
            file: file.to_owned(),
            why,
        })?;
        Self::parse(&text)
    }

    /// Reads lines such as `ssh-ed25519 AAAA… name`; empty ones and those with `#` say nothing.
    ///
    /// # Errors
    ///
    /// A line that is not understood.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let lines = text.lines().enumerate();
        let told = lines.map(|(at, line)| (at + 1, line.trim()));
        told.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(line, text)| key(text).map_err(|why| Failure::Line { line, why }))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a key is one of them.
    pub(super) fn holds(&self, key: &PublicKey) -> bool {
        self.0.iter().any(|one| one.key_data() == key.key_data())
    }
}

fn key(line: &str) -> Result<PublicKey, &'static str> {
    let entry: Entry = line
        .parse()
        .map_err(|_| "is no public key; it begins with ssh-ed25519 or the like")?;
    if !entry.config_opts().is_empty() {
        return Err("has options before the key, which are not kept here; leave them out");
    }
    let key = entry.public_key().clone();
    match key.algorithm() {
        Algorithm::Ed25519
        | Algorithm::Ecdsa { .. }
        | Algorithm::SkEd25519
        | Algorithm::SkEcdsaSha2NistP256 => Ok(key),
        _ => Err("is of a kind that is not used here; make one with ssh-keygen -t ed25519"),
    }
}

/// The host key in a file, which is made if it is not there.
pub(super) fn host_key(file: &Path) -> Result<PrivateKey, Failure> {
    let failed = |why| Failure::KeyFile {
        file: file.to_owned(),
        why,
    };
    match fs::metadata(file) {
        Ok(found) => read(file, &found),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make(file).map_err(failed)?;
            read(file, &fs::metadata(file).map_err(failed)?)
        }
        Err(error) => Err(failed(error)),
    }
}

/// A number that follows from the host key and `of`, and that nobody without the key can know.
pub(super) fn number(file: &Path, of: &[u8]) -> Result<u64, Failure> {
    host_key(file)?;
    let text = text(file)?;
    let hash = Sha256::new()
        .chain_update(b"pim room code")
        .chain_update(Sha256::digest(&text))
        .chain_update(of)
        .finalize();
    let first = hash.iter().take(8);
    Ok(first.fold(0, |number, byte| (number << 8) | u64::from(*byte)))
}

fn read(file: &Path, found: &Metadata) -> Result<PrivateKey, Failure> {
    if is_exposed(found) {
        return Err(Failure::KeyExposed(file.to_owned()));
    }
    match PrivateKey::from_openssh(text(file)?) {
        Ok(key) if key.algorithm() == Algorithm::Ed25519 && !key.is_encrypted() => Ok(key),
        _ => Err(Failure::NoKey(file.to_owned())),
    }
}

fn text(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|why| Failure::KeyFile {
        file: file.to_owned(),
        why,
    })
}

#[cfg(unix)]
fn is_exposed(found: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    found.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_exposed(_found: &Metadata) -> bool {
    false
}

/// Makes a key. It appears whole or not at all, and never in place of another: of two programs
/// that start at once, both use the one that was first.
fn make(file: &Path) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let key = PrivateKey::random(&mut safe_rng(), Algorithm::Ed25519).map_err(io::Error::other)?;
    let text = key.to_openssh(LineEnding::LF).map_err(io::Error::other)?;
    // Made for its owner only, whatever the umask.
    let mut made = tempfile::NamedTempFile::new_in(folder)?;
    made.write_all(text.as_bytes())?;
    made.as_file().sync_all()?;
    match made.persist_noclobber(file) {
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.error),
        Ok(_) => Ok(()),
    }
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ a";

    #[test]
    fn keys_are_read_as_they_stand_in_authorized_keys() {
        let text = format!("# who leads\n\n{GOOD}\n  {GOOD}\n");
        assert!(Keys::parse(&text).is_ok_and(|keys| keys.0.len() == 2));
        assert!(Keys::parse("").is_ok_and(|keys| keys.is_empty()));
    }

    #[test]
    fn a_line_that_promises_more_than_is_kept_is_refused_with_its_number() {
        let said = |text: &str| Keys::parse(text).err().map(|why| why.to_string());
        let option = said(&format!("\nfrom=\"10.0.0.1\" {GOOD}"));
        assert_eq!(
            option.as_deref(),
            Some(
                "line 2 of the facilitators' keys has options before the key, which are not kept here; leave them out"
            )
        );
        assert!(said("a sentence").is_some_and(|why| why.contains("line 1")));
    }
}
