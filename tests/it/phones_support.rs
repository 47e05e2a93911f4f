//! A room whose door for phones is open, and phones that speak HTTP by hand.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use pim::app::{Effect, Msg};
use pim::exercise::{
    Act, Command as Exercise, ExerciseId, Phase, ScenarioId, Settings as Held, command,
};
use pim::live::Hall;
use pim::live::code::Code;
use pim::live::phones::{CONNECTIONS, Open, Settings, open};
use pim::live::runtime;
use pim::room::{Command, Role, Room, SeatId};

use crate::support;

pub(crate) const LEADER: SeatId = SeatId(0);

/// A host with its door open.
pub(crate) struct House {
    pub(crate) hall: Hall,
    pub(crate) door: Option<Open>,
    pub(crate) address: SocketAddr,
    file: PathBuf,
    folder: Option<tempfile::TempDir>,
}

impl House {
    /// A new session in a folder of its own, with nothing opened yet.
    pub(crate) fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut house = Self::at(&folder.path().join("room.pim"), CONNECTIONS);
        house.folder = Some(folder);
        house
    }

    /// The same, for no more than so many connections at once.
    pub(crate) fn narrow(connections: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut house = Self::at(&folder.path().join("room.pim"), connections);
        house.folder = Some(folder);
        house
    }

    /// The session of a file.
    fn at(file: &Path, connections: usize) -> Self {
        let taught = file.with_extension("taught");
        let room = Room::new(support::content());
        let hall = Hall::start(room, file.to_str(), (&taught, None), Box::new(|| ()));
        let said = hall.begin(LEADER, Role::Facilitator);
        assert!(hall.room().session.is_some(), "{said:?}");
        let settings = Settings {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            code: Code::chosen("mango-42").unwrap(),
            public_url: None,
            connections,
        };
        let runtime = runtime::handle().unwrap();
        let context = runtime.enter();
        let door = open(&hall, settings).unwrap();
        drop(context);
        Self {
            hall,
            address: door.address(),
            door: Some(door),
            file: file.to_owned(),
            folder: None,
        }
    }

    /// Closes everything and begins again from the file.
    pub(crate) fn again(mut self) -> Self {
        self.shut();
        assert!(self.hall.close(LEADER).is_empty());
        let mut house = Self::at(&self.file, CONNECTIONS);
        house.folder = self.folder;
        house
    }

    pub(crate) fn shut(&mut self) {
        if let Some(door) = self.door.take() {
            runtime::handle().unwrap().block_on(door.close());
        }
    }

    /// The facilitator does something.
    pub(crate) fn leads(&self, command: Exercise) {
        let command = Box::new(Command::Exercise(command));
        let said = self
            .hall
            .ask(LEADER, Role::Facilitator, Effect::Propose(command));
        assert!(matches!(said[..], [Msg::Kept { .. }]), "{said:?}");
    }

    pub(crate) fn run(&self) -> ExerciseId {
        let session = self.hall.room().session.unwrap();
        session.exercises.attended.unwrap()
    }

    /// The facilitator does something in the run.
    pub(crate) fn does(&self, act: Act) {
        self.leads(Exercise::In(self.run(), act));
    }

    pub(crate) fn goes(&self, to: Phase) {
        self.does(Act::Go { to, seal: true });
    }

    pub(crate) fn shows(&self, vote: pim::exercise::Vote) {
        let step = command::Step::All;
        self.does(Act::Reveal { vote, step });
    }

    /// A run that is open in Collect.
    pub(crate) fn begin(&self, settings: Held) {
        self.leads(Exercise::Open {
            scenario: ScenarioId::Source("sudden-onset-emergency".to_owned()),
            title: "Sudden onset emergency".to_owned(),
            settings,
            carry: None,
        });
        self.goes(Phase::Collect);
    }

    /// Items that the facilitator typed in.
    pub(crate) fn named(&self, items: &[&str]) {
        for text in items {
            self.does(Act::Name {
                text: (*text).to_owned(),
                mark: None,
                claim: None,
            });
        }
    }

    /// A phone that nobody used yet, whose seat will be known by a number.
    pub(crate) fn phone(&self, number: u64) -> Phone {
        let token = pim::exercise::Token::from_random(number).code();
        Phone {
            address: self.address,
            cookies: format!("pim_seat={token}"),
        }
    }

    /// A phone that came in.
    pub(crate) fn came(&self, number: u64) -> Phone {
        let mut phone = self.phone(number);
        assert_eq!(phone.get("/mango-42").status, 303);
        phone
    }
}

/// A browser: it keeps cookies and says where its forms come from.
#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) address: SocketAddr,
    pub(crate) cookies: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Self {
            status: status.unwrap_or_default(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let (_, value) = lines.find(|(one, _)| one.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// The part of the page that is its own, a line a tag.
    pub(crate) fn main(&self) -> String {
        let (_, from) = self.body.split_once("<main>").unwrap();
        let (main, _) = from.split_once("</main>").unwrap();
        main.replace("><", ">\n<")
    }

    #[track_caller]
    pub(crate) fn sees(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "{text:?} is not in {}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn misses(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{text:?} is in {}", self.body);
        self
    }
}

/// Sends bytes and reads until the other side closes.
pub(crate) fn raw(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    // A refusal may come before everything is sent.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Answer::read(&answer)
}

impl Phone {
    pub(crate) fn head(&self, method: &str, path: &str) -> String {
        let (address, cookies) = (self.address, &self.cookies);
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {cookies}\r\n"
        )
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let answer = raw(
            self.address,
            format!("{}\r\n", self.head("GET", path)).as_bytes(),
        );
        self.keep(&answer);
        answer
    }

    /// Sends a form as it stands.
    pub(crate) fn post(&mut self, path: &str, form: &str) -> Answer {
        let origin = format!("Origin: http://{}\r\n", self.address);
        self.post_as(path, form, &origin)
    }

    pub(crate) fn post_as(&mut self, path: &str, form: &str, more: &str) -> Answer {
        let head = self.head("POST", path);
        let length = form.len();
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let request = format!("{head}{more}{kind}\r\nContent-Length: {length}\r\n\r\n{form}");
        let answer = raw(self.address, request.as_bytes());
        self.keep(&answer);
        answer
    }

    /// Sends the form of the page that is open, with some fields filled in; the page after it.
    #[track_caller]
    pub(crate) fn fills(&mut self, page: &Answer, path: &str, fields: &str) -> Answer {
        let hidden = hidden(page, path);
        let sent = self.post(path, &format!("{hidden}&{fields}"));
        assert_eq!(sent.status, 303, "{}", sent.body);
        let to = sent.header("location").unwrap().to_owned();
        self.get(&to)
    }

    fn keep(&mut self, answer: &Answer) {
        let lines = answer.head.lines().filter_map(|line| line.split_once(": "));
        let set = lines.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        for (_, cookie) in set {
            let pair = cookie.split(';').next().unwrap();
            let name = format!("{}=", pair.split('=').next().unwrap());
            let mut kept: Vec<&str> = self.cookies.split("; ").collect();
            kept.retain(|one| !one.is_empty() && !one.starts_with(&name));
            if !cookie.contains("Max-Age=0") {
                kept.push(pair);
            }
            self.cookies = kept.join("; ");
        }
    }
}

/// The hidden fields of a form of a page.
#[track_caller]
pub(crate) fn hidden(page: &Answer, path: &str) -> String {
    let form = page.body.split_once(&format!("action=\"{path}\""));
    let Some((_, form)) = form else {
        panic!("no form for {path} in {}", page.body);
    };
    let form = form.split("</form>").next().unwrap();
    let fields = form.split("<input type=\"hidden\"").skip(1).map(|field| {
        let quoted: Vec<&str> = field.split('"').collect();
        format!("{}={}", quoted[1], quoted[3])
    });
    fields.collect::<Vec<_>>().join("&")
}
