//! A room whose door for phones is open, and phones that speak HTTP by hand.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pim::live::code::Code;
use pim::live::phones::{CONNECTIONS, Open, Settings, open};
use pim::live::runtime;

use crate::leader::{LEADER, Leader};

/// A host with its door open.
pub(crate) struct House {
    leader: Leader,
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
        let leader = Leader::at(file);
        let settings = Settings {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            code: Code::chosen("mango-42").unwrap(),
            public_url: None,
            connections,
        };
        let runtime = runtime::handle().unwrap();
        let context = runtime.enter();
        let door = open(&leader.hall, settings).unwrap();
        drop(context);
        Self {
            leader,
            address: door.address(),
            door: Some(door),
            file: file.to_owned(),
            folder: None,
        }
    }

    /// How many wrong codes were heard of late.
    pub(crate) fn heard_wrong(&self) -> u32 {
        self.leader.hall.wrong(Instant::now())
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

impl Deref for House {
    type Target = Leader;

    fn deref(&self) -> &Leader {
        &self.leader
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
