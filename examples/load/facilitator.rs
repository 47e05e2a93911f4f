//! Whoever leads, with a key: an exercise that is in Tag, with items to mark.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::ensure;
use russh::keys::{PrivateKey, PrivateKeyWithHashAlg, load_secret_key};

use crate::client::{Seat, connect};

/// The items that are marked.
pub(crate) const ITEMS: [&str; 6] = [
    "Where families sleep",
    "Wells that give water",
    "Roads that trucks use",
    "Schools that are open",
    "Who does what, where",
    "Languages people speak",
];

/// A key of a file.
pub(crate) fn key(file: &Path) -> anyhow::Result<PrivateKey> {
    Ok(load_secret_key(file, None)?)
}

/// Comes in with a key, as the facilitator or the wall.
pub(crate) async fn comes(to: SocketAddr, user: &str, key: &PrivateKey) -> anyhow::Result<Seat> {
    let mut client = connect(to).await?;
    let key = PrivateKeyWithHashAlg::new(Arc::new(key.clone()), None);
    let answer = client.authenticate_publickey(user, key).await?;
    ensure!(answer.success(), "the key of {user} was refused");
    Seat::sit(client, "xterm-256color", (80, 24)).await
}

/// Opens an exercise, names the items, and goes on to Tag; the wall shows it.
pub(crate) async fn holds_a_vote(to: SocketAddr, key: &PrivateKey) -> anyhow::Result<Seat> {
    let mut leads = comes(to, "facilitator", key).await?;
    leads.sees("? keys").await?;
    leads.types(b"5").await?;
    leads.sees("Scenarios").await?;
    // The first scenario, its first screen, Collect.
    leads.types(b"\r").await?;
    leads.sees("begin").await?;
    leads.types(b"\r").await?;
    leads.sees("Lobby").await?;
    leads.types(b"n").await?;
    leads.sees("Collect").await?;
    for item in ITEMS {
        leads.types(item.as_bytes()).await?;
        leads.types(b"\r").await?;
        leads.sees(item).await?;
    }
    leads.types(b"\x1b").await?;
    leads.sees("Enter type an item").await?;
    leads.types(b"P").await?;
    leads.types(b"n").await?;
    leads.sees(" Tag").await?;
    Ok(leads)
}
