//! The map at the host: drafts of forms outlive the program, and what somebody else wrote into
//! the file is read, never overwritten.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use pim::app::{Effect, Msg};
use pim::content::Content;
use pim::live::Hall;
use pim::operation::{Draft, Edit, Operation, State, System, difference, write};
use pim::page::operation::differences;
use pim::room::{Role, Room, SeatId};
use pim::store::MapFile;

use crate::operation_support::{CONTENT, after, five_systems, meant};
use crate::support::Viewer;

struct Host {
    hall: Hall,
    seat: SeatId,
}

impl Host {
    /// A program that opens the map of a folder.
    fn new(folder: &Path) -> Self {
        let (map, operation) = MapFile::open(&folder.join("north.ron"), &CONTENT).unwrap();
        let content = Content {
            operation: Some(std::sync::Arc::new(operation)),
            ..CONTENT.clone()
        };
        let session = folder.join("session.pim");
        let hall = Hall::start(
            Room::new(content),
            session.to_str(),
            (&folder.join("taught.ron"), Some(map)),
            Box::new(|| ()),
        );
        let seat = hall.new_seat();
        hall.begin(seat, Role::Facilitator);
        Self { hall, seat }
    }

    fn ask(&self, effect: Effect) -> Vec<Msg> {
        self.hall.ask(self.seat, Role::Facilitator, effect)
    }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("north.ron"), write(&five_systems())).unwrap();
    folder
}

fn draft(name: &str) -> Draft {
    Draft {
        about: "system/".to_owned(),
        title: "A system".to_owned(),
        values: vec![name.to_owned()],
    }
}

fn typed(name: &str, at_once: bool) -> Effect {
    Effect::MapDraft {
        about: "system/".to_owned(),
        draft: Some(draft(name)),
        at_once,
    }
}

#[test]
fn a_draft_that_is_said_to_be_kept_outlives_the_program() {
    let folder = folder();
    let host = Host::new(folder.path());
    host.ask(typed("Radio", false));
    host.ask(typed("Radio call-ins", true));
    assert!(host.hall.room().map_drafts.kept);
    // The program ends here without a word: the other one finds what was kept.
    let file = folder.path().join(".north.ron.drafts");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "for its user only");
    }
    let copy = tempfile::tempdir().unwrap();
    for name in ["north.ron", ".north.ron.drafts"] {
        fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let again = Host::new(copy.path());
    let room = again.hall.room();
    assert_eq!(
        room.map_drafts.of("system/"),
        Some(&draft("Radio call-ins"))
    );
    let others = room.for_others();
    assert!(
        others.map_drafts.is_empty(),
        "nobody else sees what is typed"
    );
    again.ask(Effect::MapDraft {
        about: "system/".to_owned(),
        draft: None,
        at_once: true,
    });
    assert!(
        !copy.path().join(".north.ron.drafts").exists(),
        "no draft, no file"
    );
}

#[cfg(unix)]
#[test]
fn a_draft_that_cannot_be_written_is_said_and_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let host = Host::new(folder.path());
    // Where the drafts would be there is a folder, which no file takes the place of.
    let at = folder.path().join(".north.ron.drafts");
    fs::create_dir(&at).unwrap();
    fs::set_permissions(&at, fs::Permissions::from_mode(0o700)).unwrap();
    let said = host.ask(typed("Radio", true));
    assert!(
        matches!(&said[..], [Msg::Refused(why)] if why.to_string().contains("only while the program runs"))
    );
    let room = host.hall.room();
    assert!(!room.map_drafts.kept);
    assert_eq!(room.map_drafts.of("system/"), Some(&draft("Radio")));
}

#[test]
fn a_file_that_somebody_else_changed_is_read_again_before_it_is_written() {
    let folder = folder();
    let path = folder.path().join("north.ron");
    let host = Host::new(folder.path());
    let by_hand = after(
        &five_systems(),
        vec![Edit::Remove("school-watch".to_owned())],
    );
    let by_hand_text = write(&by_hand) + "// by hand\n";
    fs::write(&path, &by_hand_text).unwrap();
    let closes = || {
        let room = host.hall.room();
        let operation = room.content.operation.clone().unwrap();
        let headcount = operation.system("headcount").unwrap().clone();
        Effect::Map(vec![Edit::Change(System {
            status: State::Closed,
            ..headcount
        })])
    };
    let said = host.ask(closes());
    assert!(
        matches!(&said[..], [Msg::Refused(why)] if why.to_string().contains("Ctrl-O")),
        "{said:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), by_hand_text);
    let said = host.ask(Effect::MapRead);
    assert!(
        matches!(&said[..], [Msg::MapRead(said)] if said.contains("1 part")),
        "{said:?}"
    );
    assert!(matches!(&host.ask(closes())[..], [Msg::Mapped(_)]));
    let text = fs::read_to_string(&path).unwrap();
    let now = meant(&text).unwrap();
    assert!(text.ends_with("// by hand\n") && now.system("school-watch").is_none());
    assert_eq!(now.system("headcount").unwrap().status, State::Closed);
    // What cannot be read leaves the map as it was.
    fs::write(&path, text.replace("running", "runing")).unwrap();
    let said = host.ask(Effect::MapRead);
    assert!(
        matches!(&said[..], [Msg::Refused(why)] if why.to_string().contains("stays as it was")),
        "{said:?}"
    );
    let room = host.hall.room();
    assert_eq!(*room.content.operation.clone().unwrap(), now);
}

/// What others see of the map: the public part, at first and after every change.
#[cfg(unix)]
#[test]
fn whoever_joins_never_sees_what_is_not_public() {
    use std::os::unix::net::UnixStream;

    use pim::live::frames::{Frame, Hello, VERSION};
    use pim::live::{runtime, socket};

    let folder = folder();
    let host = Host::new(folder.path());
    let runtime = runtime::handle().unwrap();
    let _context = runtime.enter();
    let path = folder.path().join("room.sock");
    let door = socket::participants(&host.hall, &path, None).unwrap();
    let mut stream = UnixStream::connect(door.path()).unwrap();
    stream
        .set_read_timeout(Some(std::time::Duration::from_secs(30)))
        .unwrap();
    let hello = Hello {
        version: VERSION,
        columns: 80,
        rows: 24,
        role: Some(Role::Participant),
        ..Hello::default()
    };
    Frame::Hello(serde_json::to_vec(&hello).unwrap())
        .write(&mut stream)
        .unwrap();
    let cells = |n| std::num::NonZeroU16::new(n).unwrap();
    let mut screen = vt100::Parser::new(cells(24), cells(80), 0);
    let mut sees = |stream: &mut UnixStream, wanted: &str| {
        while !screen.screen().contents().contains(wanted) {
            match Frame::read(stream) {
                Ok(Frame::Bytes(bytes)) => screen.process(&bytes),
                other => panic!("no {wanted:?} but {other:?}"),
            }
            let text = screen.screen().contents();
            for secret in ["Headcount", "Detention", "survey", "School"] {
                assert!(!text.contains(secret), "{text}");
            }
        }
    };
    let types = |stream: &mut UnixStream, keys: &str| {
        let keys = Frame::Bytes(keys.as_bytes().to_vec());
        keys.write(stream).unwrap();
    };
    sees(&mut stream, "Press Enter to go on.");
    types(&mut stream, "\r");
    types(&mut stream, "1O");
    sees(&mut stream, "Arrivals register: IOM, running");
    let room = host.hall.room();
    let operation = room.content.operation.clone().unwrap();
    let register = operation.system("arrivals-register").unwrap().clone();
    let renamed = System {
        name: "Border register".to_owned(),
        ..register
    };
    host.ask(Effect::Map(vec![Edit::Change(renamed)]));
    sees(&mut stream, "Border register: IOM, running");
}

/// A seat at the host: keys go through the update loop, and what it wants is done for real.
struct Desk {
    host: Host,
    viewer: Viewer,
}

impl Desk {
    fn new(folder: &Path) -> Self {
        let host = Host::new(folder);
        let mut viewer = Viewer::new(80, 24);
        viewer.room = host.hall.room();
        Self { host, viewer }
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.viewer.press(key);
            self.carry_out();
        }
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.viewer.types(text);
        self.carry_out();
        self
    }

    fn carry_out(&mut self) {
        while !self.viewer.effects.is_empty() {
            let effect = self.viewer.effects.remove(0);
            let said = self.host.ask(effect);
            self.viewer.room = self.host.hall.room();
            for msg in said {
                self.viewer.send(msg);
            }
        }
    }

    /// Adds a system as the form asks for it: it runs, and falls under one category.
    fn adds(&mut self, name: &str, who: &str, category: usize) -> &mut Self {
        self.press("a").types(name).press("Down").types(who);
        self.press("Down Right").press(&"Tab ".repeat(7 + category));
        self.press("Space Ctrl-s");
        self.viewer.sees("Saved");
        self
    }
}

#[test]
fn an_imo_arrives_maps_and_exports_and_comes_back_a_month_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("north.ron");
    let start = Operation {
        name: "North".to_owned(),
        date: "March".to_owned(),
        ..Operation::default()
    };
    drop(MapFile::create(&path, &start).unwrap());
    let mut imo = Desk::new(folder.path());
    imo.press("O")
        .adds("Arrivals register", "IOM", 0)
        .adds("Headcount", "UNHCR", 0)
        .adds("Detention visits", "UNHCR", 2)
        .adds("Household survey", "DRC", 1)
        .adds("School watch", "UNICEF", 6);
    imo.press("Home Tab Enter");
    imo.viewer
        .sees("Security and Situational Awareness: nothing")
        .sees("Case Management: nothing")
        .sees("Population Data: 2 running (IOM, UNHCR)");
    // For the own organisation, as a workbook.
    imo.press("E End Down Down Down Enter Enter");
    imo.viewer.sees("Exported. For the own organisation only");
    let exported = folder.path().join("north-matrix-own-organisation.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&exported).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "Systems").unwrap();
    assert_eq!(
        sheet.rows().count(),
        2 + 5,
        "a mark, headings, five systems"
    );
    drop(imo);

    let march = folder.path().join("march.ron");
    fs::copy(&path, &march).unwrap();
    let mut imo = Desk::new(folder.path());
    imo.press("O");
    imo.viewer.sees("School watch: UNICEF, running");
    imo.press("i Tab Tab")
        .press("Ctrl-u")
        .types("April")
        .press("Ctrl-s");
    imo.adds("Radio call-ins", "Internews", 7);
    // To the headcount: it is over.
    imo.press("Home Tab Down Down i Down Down Right Right Ctrl-s");
    imo.viewer.sees("Headcount: UNHCR, closed");
    let open = |path: &Path| MapFile::open(path, &CONTENT).unwrap().1;
    let (before, now) = (open(&march), open(&path));
    let changes = difference(&before, &now, &CONTENT);
    insta::assert_snapshot!(differences(&changes, &before, &now));
}
