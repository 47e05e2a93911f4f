//! The language of a room and of its seats, through the doors of the real program.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use russh::keys::{PrivateKey, PrivateKeyWithHashAlg};

use crate::phones_languages::asks;
use crate::phones_support::Phone;
use crate::ssh_client::{Seat, connect, with_code};
use crate::ssh_support::new_key;

/// `pim serve`, in a folder of its own.
struct Served {
    program: Child,
    ssh: SocketAddr,
    phones: SocketAddr,
    key: Arc<PrivateKey>,
}

impl Served {
    fn begin(folder: &Path, language: &str) -> Self {
        let key = Arc::new(new_key());
        let keys = folder.join("keys");
        std::fs::write(&keys, key.public_key().to_openssh().unwrap()).unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_pim"))
            .args(["serve", "--address", "127.0.0.1", "--port", "0"])
            .args(["--phones", "--phones-port", "0", "--code", "mango-42"])
            .args(["--language", language, "--facilitator-key"])
            .arg(keys)
            .arg("--session")
            .arg(folder.join("room.pim"))
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(program.stdout.take().unwrap());
        let (mut ssh, mut phones) = (None, None);
        let mut lines = said.lines().map(Result::unwrap);
        while ssh.is_none() || phones.is_none() {
            let line = lines.next().unwrap();
            let line = line.trim();
            let port = line.strip_prefix("ssh -p ");
            let port = port.and_then(|rest| rest.split(' ').next());
            ssh = ssh.or_else(|| port?.parse().ok());
            let port = line.strip_prefix("http://127.0.0.1:");
            let port = port.and_then(|rest| rest.split('/').next());
            phones = phones.or_else(|| port?.parse().ok());
        }
        Self {
            program,
            ssh: ([127, 0, 0, 1], ssh.unwrap()).into(),
            phones: ([127, 0, 0, 1], phones.unwrap()).into(),
            key,
        }
    }

    /// Whoever leads, with the key that was given.
    async fn led(&self) -> Seat {
        let mut client = connect(self.ssh).await.unwrap();
        let key = PrivateKeyWithHashAlg::new(self.key.clone(), None);
        let answer = client.authenticate_publickey("facilitator", key);
        assert!(answer.await.unwrap().success());
        Seat::sit(client, "xterm", (80, 24)).await.unwrap()
    }

    async fn comes(&self, user: &str) -> Seat {
        let client = with_code(self.ssh, user).await.unwrap();
        Seat::sit(client, "xterm", (80, 24)).await.unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

/// Leaves; the user name that leads back, and all that was said.
async fn leaves(mut seat: Seat) -> (String, String) {
    seat.types(b"\x03").await.unwrap();
    let (status, said) = seat.until_over().await.unwrap();
    assert_eq!(status, Some(0));
    let user = said.split_whitespace().next_back().unwrap().to_owned();
    (user, said)
}

async fn sees(seat: &mut Seat, text: &str) {
    seat.sees(text).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_begins_in_the_rooms_language_and_comes_back_in_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let room = Served::begin(folder.path(), "fr-CH");
    let mut seat = room.comes("mango-42").await;
    sees(&mut seat, "Bienvenue").await;
    seat.types(b"\x07").await.unwrap();
    sees(&mut seat, "Le damos la bienvenida").await;
    let (user, said) = leaves(seat).await;
    assert!(said.contains("Ha salido de la sala."), "{said}");
    let mut again = room.comes(&user).await;
    sees(&mut again, "El ejercicio no ha empezado.").await;
    let (user, _) = leaves(again).await;
    // Its code is typed on the first screen of a new seat, which begins as the room does.
    let (_, code) = user.split_once('+').unwrap();
    let mut other = room.comes("mango-42+0000-0000").await;
    sees(&mut other, "Ce code n'est pas connu ici").await;
    other.types(format!("{code}\r").as_bytes()).await.unwrap();
    sees(&mut other, "Ha vuelto a su puesto.").await;
    let (user, _) = leaves(other).await;
    // A language that was chosen before the code was typed stays.
    let mut other = room.comes("mango-42+0000-0000").await;
    other.types(b"\x07\x07").await.unwrap();
    sees(&mut other, "This code is not known here").await;
    other.types(format!("{code}\r").as_bytes()).await.unwrap();
    sees(&mut other, "You are back at your own seat.").await;
    leaves(other).await;
    // It is written nowhere: after a new start a seat begins as the room does.
    drop(room);
    let room = Served::begin(folder.path(), "fr");
    let mut again = room.comes(&user).await;
    sees(&mut again, "Ce code n'est pas connu ici").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn phones_begin_in_the_rooms_language_unless_they_prefer_another() {
    let folder = tempfile::tempdir().unwrap();
    let room = Served::begin(folder.path(), "es");
    let mut phone = Phone {
        address: room.phones,
        cookies: String::new(),
    };
    phone
        .get("/")
        .sees("<html lang=\"es\">")
        .sees("Escriba el código");
    for (prefers, tag) in [("fr-CH,en;q=0.5", "fr"), ("en", "en"), ("sw,ar", "es")] {
        asks(&phone, "/", prefers.as_bytes()).sees(&format!("<html lang=\"{tag}\">"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leads_reads_english_and_sets_the_language_of_those_who_come() {
    let folder = tempfile::tempdir().unwrap();
    let room = Served::begin(folder.path(), "fr");
    let mut leads = room.led().await;
    sees(&mut leads, "more").await;
    leads.types(b"I").await.unwrap();
    sees(&mut leads, "l in French").await;
    leads.types(b"l").await.unwrap();
    sees(&mut leads, "l in Spanish").await;
    let mut seat = room.comes("mango-42").await;
    sees(&mut seat, "Le damos la bienvenida").await;
    let mut phone = Phone {
        address: room.phones,
        cookies: String::new(),
    };
    phone.get("/").sees("<html lang=\"es\">");
    // Closed for phones and opened to them again, the room is still the same.
    leads.types(b"p").await.unwrap();
    sees(&mut leads, "p phones too").await;
    sees(&mut leads, "l in Spanish").await;
}

#[test]
fn a_language_in_which_nothing_is_written_is_refused_with_those_that_are() {
    let said = Command::new(env!("CARGO_BIN_EXE_pim"))
        .args(["serve", "--language", "de"])
        .output()
        .unwrap();
    assert!(!said.status.success());
    let why = String::from_utf8(said.stderr).unwrap();
    assert!(
        why.contains("take one of en (English), fr (Français), es (Español)"),
        "{why}"
    );
}
