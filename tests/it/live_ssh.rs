//! The SSH door, from outside: who comes in, what they can do, and what they cannot.

use std::sync::Arc;
use std::time::{Duration, Instant};

use pim::app::Effect;
use pim::export::{Format, export};
use pim::live::Patience;
use pim::live::code::Code;
use pim::live::ssh::{Failure, Keys, Limits, Settings, number, open};
use pim::room::Role;
use pim::store::clock;
use russh::client::AuthResult;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::ssh_client::Asker;
use crate::ssh_support::{CODE, Place, Visitor, hall, loopback, new_key};

const LEAVE: &str = "\x1b[m\x1b[?25h\x1b[?1006;1000;2004;1049l";

#[tokio::test]
async fn a_participant_comes_with_the_code_reads_and_leaves() {
    let place = Place::open().await;
    let mut visitor = place.join().await;
    visitor.sees("Welcome").await;
    assert!(visitor.bytes.starts_with(b"\x1b[?1049;2004h"));
    visitor.types(b"\x03").await;
    let (status, said) = visitor.until_over().await;
    assert_eq!(status, Some(0));
    ends_with(&said, "You have left the room.");
    place.until_inside(0).await;
}

#[tokio::test]
async fn the_code_counts_however_it_is_typed_and_nothing_else_does() {
    let place = Place::open().await;
    for right in [CODE, "mango42", "Mango.42", "mango-42+K7P"] {
        let answer = place
            .connect()
            .await
            .authenticate_none(right)
            .await
            .unwrap();
        assert!(answer.success(), "{right}");
    }
    for wrong in ["mango-43", "root", "", "facilitator", "projector", "+K7P"] {
        let answer = place
            .connect()
            .await
            .authenticate_none(wrong)
            .await
            .unwrap();
        assert!(!answer.success(), "{wrong}");
    }
}

#[tokio::test]
async fn whoever_mistypes_the_code_is_not_asked_for_a_key() {
    let place = Place::open().await;
    let answer = place.connect().await.authenticate_none("mango-43").await;
    let Ok(AuthResult::Failure {
        remaining_methods, ..
    }) = answer
    else {
        panic!("a wrong code was right");
    };
    assert!(remaining_methods.is_empty());
}

#[tokio::test]
async fn the_facilitator_and_the_projector_come_with_a_key_that_was_given() {
    let place = Place::open().await;
    for role in ["facilitator", "projector"] {
        let (_client, answer) = place.login_with_key(role, place.key.clone()).await;
        assert!(answer.success(), "{role}");
        let (_client, answer) = place.login_with_key(role, Arc::new(new_key())).await;
        assert!(!answer.success(), "{role} with another key");
    }
    let (_client, answer) = place.login_with_key("root", place.key.clone()).await;
    assert!(!answer.success());
}

#[tokio::test]
async fn nothing_but_a_seat_can_be_had() {
    let place = Place::open().await;
    let client = place.logged_in().await;
    let mut channel = Asker::open(&client).await.unwrap();
    channel.say.exec(true, "id").await.unwrap();
    assert!(!channel.is_granted().await.unwrap(), "exec");
    channel.say.request_subsystem(true, "sftp").await.unwrap();
    assert!(!channel.is_granted().await.unwrap(), "subsystem");
    channel.say.set_env(true, "LANG", "C").await.unwrap();
    assert!(!channel.is_granted().await.unwrap(), "env");
    let cookie = ("MIT-MAGIC-COOKIE-1", "00");
    channel
        .say
        .request_x11(true, false, cookie.0, cookie.1, 0)
        .await
        .unwrap();
    assert!(!channel.is_granted().await.unwrap(), "x11");
    channel.say.agent_forward(true).await.unwrap();
    assert!(!channel.is_granted().await.unwrap(), "agent");
    assert!(Asker::open(&client).await.is_err(), "a second one");
}

#[tokio::test]
async fn nothing_is_forwarded() {
    let place = Place::open().await;
    let client = place.logged_in().await;
    let tcp = client.channel_open_direct_tcpip("127.0.0.1", 22, "127.0.0.1", 9);
    assert!(tcp.await.is_err());
    let socket = client.channel_open_direct_streamlocal("/run/anything");
    assert!(socket.await.is_err());
    assert!(client.tcpip_forward("127.0.0.1", 0).await.is_err());
    assert!(client.streamlocal_forward("/tmp/anything").await.is_err());
}

#[tokio::test]
async fn after_every_refusal_the_seat_is_still_to_be_had() {
    let place = Place::open().await;
    let client = place.logged_in().await;
    assert!(client.tcpip_forward("127.0.0.1", 0).await.is_err());
    let mut visitor = Visitor::sit(client, "xterm", (80, 24)).await;
    visitor.sees("Welcome").await;
    visitor.channel.say.exec(true, "id").await.unwrap();
    assert!(!visitor.channel.is_granted().await.unwrap());
    visitor.channel.say.request_shell(true).await.unwrap();
    assert!(
        !visitor.channel.is_granted().await.unwrap(),
        "a second shell"
    );
    visitor.types(b"\x03").await;
    assert_eq!(visitor.until_over().await.0, Some(0));
}

#[tokio::test]
async fn what_is_typed_before_the_shell_is_for_nobody() {
    let place = Place::open().await;
    let client = place.logged_in().await;
    let mut channel = Asker::open(&client).await.unwrap();
    channel.say.data_bytes(vec![b'q'; 10_000]).await.unwrap();
    channel
        .say
        .request_pty(true, "xterm", 80, 24, 0, 0, &[])
        .await
        .unwrap();
    assert!(channel.is_granted().await.unwrap());
    channel.say.request_shell(true).await.unwrap();
    assert!(channel.is_granted().await.unwrap());
    let mut visitor = Visitor::over(client, channel);
    visitor.sees("Welcome").await;
}

#[tokio::test]
async fn whoever_has_no_terminal_is_told_what_to_do() {
    let place = Place::open().await;
    let client = place.logged_in().await;
    let mut channel = Asker::open(&client).await.unwrap();
    channel.say.request_shell(true).await.unwrap();
    assert!(channel.is_granted().await.unwrap());
    let (status, said) = Visitor::over(client, channel).until_over().await;
    assert_eq!(status, Some(1));
    assert!(said.starts_with("There is nothing to draw on"), "{said:?}");
    assert!(!said.contains('\x1b'));
}

#[tokio::test]
async fn a_terminal_of_any_size_is_drawn_on() {
    let place = Place::open().await;
    let sizes = [
        (0, 0),
        (1, 1),
        (65_535, 65_535),
        (u32::MAX, u32::MAX),
        (u32::MAX, 0),
    ];
    for size in sizes {
        let mut visitor = Visitor::sit(place.logged_in().await, "xterm", size).await;
        for (columns, rows) in sizes {
            visitor
                .channel
                .say
                .window_change(columns, rows, 0, 0)
                .await
                .unwrap();
        }
        for n in 0..100 {
            visitor.channel.say.window_change(n, n, 0, 0).await.unwrap();
        }
        visitor
            .channel
            .say
            .window_change(80, 24, 0, 0)
            .await
            .unwrap();
        visitor.sees("Welcome").await;
        visitor.types(b"\x03").await;
        assert_eq!(visitor.until_over().await.0, Some(0), "{size:?}");
    }
}

#[tokio::test]
async fn keys_count_however_the_link_cuts_them_and_rubbish_harms_nobody() {
    let place = Place::open().await;
    let mut visitor = place.join().await;
    visitor.sees("Welcome").await;
    let unfinished_paste = [b"\x1b[200~".as_slice(), &vec![b'x'; 300_000], b"\x1b[201~"].concat();
    let unfinished_report = [b"\x1b]".as_slice(), &vec![b'y'; 300_000], b"\x07"].concat();
    let invalid = [b"\x1b[200~\xff\xfe\xc3\x1b[201~".as_slice(), &[0xff; 5000]].concat();
    for flood in [unfinished_paste, unfinished_report, invalid] {
        visitor.types(&flood).await;
    }
    for byte in b"\x1b[B\x1b[B\x1b[A?" {
        visitor.types(&[*byte]).await;
    }
    visitor.sees("Esc back").await;
    visitor.types(b"\x03").await;
    assert_eq!(visitor.until_over().await.0, Some(0));
}

#[tokio::test]
async fn a_reader_who_takes_nothing_is_let_go_and_the_others_stay() {
    let limits = Limits {
        patience: Patience {
            stalled: Duration::from_millis(200),
            ..Patience::default()
        },
        ..Limits::default()
    };
    let place = Place::with(limits).await;
    let mut other = place.join().await;
    let stalling = place.stalling().await;
    place.until_inside(2).await;
    // Frames are drawn until the link takes no more.
    let resizes = async {
        let mut columns = [299, 300].into_iter().cycle();
        let say = &stalling.channel.say;
        while let Some(columns) = columns.next()
            && say.window_change(columns, 100, 0, 0).await.is_ok()
        {
            tokio::task::yield_now().await;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = resizes => {}
        () = place.until_inside(1) => {}
    }
    other.sees("Welcome").await;
    other.types(b"\x03").await;
    assert_eq!(other.until_over().await.0, Some(0));
}

#[tokio::test]
async fn half_open_connections_keep_nobody_out() {
    let place = Place::with(Limits {
        unknown: 32,
        ..Limits::default()
    })
    .await;
    let mut silent = Vec::new();
    for _ in 0..64 {
        silent.push(TcpStream::connect(place.address()).await.unwrap());
    }
    let mut visitor = place.join().await;
    visitor.sees("Welcome").await;
}

#[tokio::test]
async fn whoever_says_nothing_is_let_go_at_the_deadline() {
    let place = Place::with(Limits {
        login: Duration::from_millis(50),
        ..Limits::default()
    })
    .await;
    let mut silent = TcpStream::connect(place.address()).await.unwrap();
    let mut slow = TcpStream::connect(place.address()).await.unwrap();
    slow.write_all(b"SSH-2.0-slow\r\n").await.unwrap();
    let mut heard = Vec::new();
    // Cut off or ended, as the system tells it.
    let _ = silent.read_to_end(&mut heard).await;
    let _ = slow.read_to_end(&mut heard).await;
    place.until_inside(0).await;
}

#[tokio::test]
async fn whoever_logs_in_and_takes_no_seat_is_let_go_too() {
    let place = Place::with(Limits {
        login: Duration::from_millis(50),
        question: Duration::from_millis(100),
        ..Limits::default()
    })
    .await;
    let _client = place.connect().await;
    place.until_inside(0).await;
}

#[tokio::test]
async fn a_full_room_lets_nobody_in_until_somebody_leaves() {
    let place = Place::with(Limits {
        total: 1,
        ..Limits::default()
    })
    .await;
    let mut first = place.join().await;
    first.sees("Welcome").await;
    let mut refused = TcpStream::connect(place.address()).await.unwrap();
    let mut heard = Vec::new();
    let _ = refused.read_to_end(&mut heard).await;
    assert!(heard.is_empty());
    first.types(b"\x03").await;
    first.until_over().await;
    drop(first);
    place.until_inside(0).await;
    place.join().await.sees("Welcome").await;
}

#[tokio::test]
async fn a_seat_that_panics_ends_alone() {
    let place = Place::open().await;
    let mut other = place.join().await;
    other.sees("Welcome").await;
    let client = place.logged_in().await;
    let mut failing = Visitor::sit(client, "pim-test-panic", (80, 24)).await;
    let (status, said) = failing.until_over().await;
    assert_eq!(status, Some(1));
    ends_with(&said, "This seat failed, and no other.");
    other.types(b"?").await;
    other.sees("Esc back").await;
    place.join().await.sees("Welcome").await;
}

#[tokio::test]
async fn closing_the_door_gives_every_terminal_back() {
    let mut place = Place::open().await;
    let (mut one, mut two) = (place.join().await, place.join().await);
    one.sees("Welcome").await;
    two.sees("Welcome").await;
    let silent = TcpStream::connect(place.address()).await.unwrap();
    let address = place.address();
    let closing = tokio::spawn(place.open.take().unwrap().close());
    for visitor in [&mut one, &mut two] {
        let (status, said) = visitor.until_over().await;
        assert_eq!(status, Some(0));
        ends_with(
            &said,
            "The room was closed by whoever runs it. What you handed in is kept.",
        );
    }
    drop((one, two));
    closing.await.unwrap();
    drop(silent);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn the_end_of_the_session_is_said() {
    let place = Place::open().await;
    let mut visitor = place.join().await;
    visitor.sees("Welcome").await;
    let hall = place.hall.clone();
    let close = move || hall.close(hall.new_seat());
    assert!(tokio::task::spawn_blocking(close).await.unwrap().is_empty());
    let (status, said) = visitor.until_over().await;
    assert_eq!(status, Some(0));
    assert!(
        said.ends_with("The session is over. Thank you.\r\n"),
        "{said:?}"
    );
}

#[tokio::test]
async fn a_port_that_is_taken_is_said_in_a_sentence() {
    let place = Place::open().await;
    let again = |file: &str| Settings {
        addresses: vec![place.address()],
        code: Code::chosen(CODE).unwrap(),
        host_key: place.folder.path().join(file),
        facilitators: Keys::default(),
        limits: Limits::default(),
    };
    let error = open(place.hall.clone(), again("other_key"))
        .await
        .err()
        .unwrap();
    assert!(matches!(error, Failure::InUse(_)));
    let port = place.address().port();
    assert_eq!(
        error.to_string(),
        format!(
            "another program uses port {port} of 127.0.0.1; close that one or choose another port"
        )
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_host_key_is_made_once_and_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::open().await;
    let folder = place.folder.path().join("keys");
    let file = folder.join("host_key");
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
    let settings = || Settings {
        addresses: vec![loopback()],
        code: Code::chosen(CODE).unwrap(),
        host_key: file.clone(),
        facilitators: Keys::default(),
        limits: Limits::default(),
    };
    let again = open(place.hall.clone(), settings()).await.unwrap();
    let first = place.open.as_ref().unwrap().fingerprint();
    assert_eq!(again.fingerprint(), first);
    assert!(first.starts_with("SHA256:"));

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let exposed = open(place.hall.clone(), settings()).await.err().unwrap();
    assert!(matches!(exposed, Failure::KeyExposed(_)), "{exposed}");

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&file, "something else").unwrap();
    let damaged = open(place.hall.clone(), settings()).await.err().unwrap();
    assert!(matches!(damaged, Failure::NoKey(_)), "{damaged}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "something else");
}

#[tokio::test]
async fn nothing_of_who_came_is_written_down() {
    const WRONG: &str = "7KQ4-M2XD";
    let place = Place::open().await;
    let mut visitor = place.join().await;
    visitor.sees("Welcome").await;
    let own = own_code(&visitor);
    visitor.types(b"\x03").await;
    visitor.until_over().await;
    for code in [own.as_str(), WRONG] {
        let mut client = place.connect().await;
        let user = format!("mango-42+{code}");
        assert!(client.authenticate_none(user).await.unwrap().success());
        let mut visitor = Visitor::sit(client, "xterm", (80, 24)).await;
        visitor.sees("Scenarios").await;
        visitor.types(b"\x03").await;
        visitor.until_over().await;
    }
    let (_client, _) = place.login_with_key("facilitator", place.key.clone()).await;

    let room = place.hall.room();
    let state = room.session.as_ref().unwrap();
    let folder = place.folder.path();
    for format in [Format::Md, Format::Json, Format::Csv] {
        export(&room.content, state, &clock::zone(), format, folder).unwrap();
    }
    let line = place.key.public_key().to_openssh().unwrap();
    let key = line.split(' ').nth(1).unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            for trace in [own.as_str(), WRONG, "mango", "127.0.0.1", key] {
                assert!(!text.contains(trace), "{trace} in {}", path.display());
            }
        }
    }
    assert!(files >= 4, "the session and its exports");
}

/// The terminal is given back, and it is said why and how one comes back.
fn ends_with(said: &str, why: &str) {
    let (_, end) = said.rsplit_once(LEAVE).unwrap();
    let (first, rest) = end.split_once("\r\n").unwrap();
    assert_eq!(first, why);
    assert!(
        rest.starts_with("To come back while the room is open"),
        "{rest:?}"
    );
    let code = rest.split_whitespace().next_back().unwrap();
    assert!(
        code.starts_with("mango-42+") && code.len() == 18,
        "{code:?}"
    );
}

/// The code that stands on somebody's first screen.
fn own_code(visitor: &Visitor) -> String {
    let text = visitor.text();
    let (_, rest) = text.split_once("If the line drops: ").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Somebody who comes with a code of an own seat.
async fn returns(place: &Place, code: &str) -> Visitor {
    let mut client = place.connect().await;
    let user = format!("mango-42+{code}");
    assert!(client.authenticate_none(user).await.unwrap().success());
    Visitor::sit(client, "xterm", (80, 24)).await
}

#[tokio::test]
async fn whoever_comes_back_takes_the_own_seat_over_and_is_one() {
    let place = Place::open().await;
    let mut first = place.join().await;
    first.sees("Welcome").await;
    let code = own_code(&first);
    // The first link hangs; whoever sits there comes again.
    let mut again = returns(&place, &code.to_lowercase().replace('-', "")).await;
    again.sees(&format!("If the line drops: {code}")).await;
    let (status, said) = first.until_over().await;
    assert_eq!(status, Some(0));
    assert!(
        said.ends_with("Your seat goes on where you took it up again with its code.\r\n"),
        "{said:?}"
    );
    again.sees("The exercise has not begun.").await;
}

#[tokio::test]
async fn a_mistyped_code_is_said_and_the_right_one_still_leads_back() {
    let place = Place::open().await;
    let mut first = place.join().await;
    first.sees("Welcome").await;
    let code = own_code(&first);
    first.types(b"\x03").await;
    first.until_over().await;

    for mistyped in ["0000-0000", "no code", "%1b%5b"] {
        let mut again = returns(&place, mistyped).await;
        again.sees("This code is not known here").await;
        again.sees(&format!("has the code {mistyped}.")).await;
        assert!(!again.text().contains("If the line drops"));
        again.types(b"0000-0001\r").await;
        again.sees("has the code 0000-0001.").await;
        again.types(code.as_bytes()).await;
        again.types(b"\r").await;
        again.sees("You are back at your own seat.").await;
        again.types(b"\x03").await;
        let (_, said) = again.until_over().await;
        assert!(said.contains(&format!("mango-42+{code}")), "{said:?}");
    }

    let mut anew = returns(&place, "0000-0000").await;
    anew.sees("begin a new ballot").await;
    anew.types(b"\r").await;
    anew.sees("Press Enter to go on.").await;
    assert_ne!(
        own_code(&anew),
        "0000-0000",
        "a code of an example makes no seat"
    );
}

#[tokio::test]
async fn wrong_codes_are_heard_at_a_pace_and_who_is_in_the_room_gets_in() {
    let place = Place::open().await;
    let mut inside = place.join().await;
    inside.sees("Welcome").await;
    let own = own_code(&inside);
    // Names that cannot be the code are no guesses.
    for name in ["root", "admin", "mango-421"] {
        for _ in 0..40 {
            let answer = place.connect().await.authenticate_none(name).await;
            assert!(!answer.unwrap().success());
        }
    }
    let (guesses, from) = (place.hall.guesses(), Some(place.address().ip()));
    assert!(!guesses.is_over(from, Instant::now()));
    let mut wrong = 0;
    while !guesses.is_over(from, Instant::now()) {
        let answer = place.connect().await.authenticate_none("mango-43").await;
        assert!(!answer.unwrap().success());
        wrong += 1;
    }
    assert!((60..80).contains(&wrong), "{wrong}");
    // Whoever has an own code does not wait; whoever has the right one waits a little.
    returns(&place, &own).await.sees("Scenarios").await;
    place.join().await.sees("Welcome").await;
}

#[test]
fn a_session_has_the_same_code_on_the_same_machine_and_another_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let key = |name: &str| folder.path().join(name).join("host_key");
    let (here, there) = (key("here"), key("there"));
    let code = |key, session: &[u8]| Code::from_random(number(key, session).unwrap());
    let first = code(&here, b"one");
    assert_eq!(code(&here, b"one"), first);
    assert_ne!(code(&here, b"two"), first);
    assert_ne!(code(&there, b"one"), first);
}

#[tokio::test]
async fn a_participant_has_no_hand_in_what_is_the_facilitators() {
    let place = Place::open().await;
    let hall = &place.hall;
    let seat = hall.new_seat();
    let heard = hall
        .asked(
            seat,
            Role::Participant,
            Effect::Export(Format::Json, String::new()),
        )
        .await;
    assert!(heard.is_empty(), "{heard:?}");
}

#[tokio::test]
async fn two_programs_that_begin_at_once_agree_on_the_host_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new").join("host_key");
    let hall = hall(folder.path().join("s.pim"), folder.path().join("taught")).await;
    let settings = || Settings {
        addresses: vec![loopback()],
        code: Code::chosen(CODE).unwrap(),
        host_key: file.clone(),
        facilitators: Keys::default(),
        limits: Limits::default(),
    };
    let (a, b) = tokio::join!(
        open(hall.clone(), settings()),
        open(hall.clone(), settings())
    );
    assert_eq!(a.unwrap().fingerprint(), b.unwrap().fingerprint());
}
