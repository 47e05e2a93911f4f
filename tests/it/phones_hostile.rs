//! Requests that no browser of a participant sends, and how little they do.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use pim::exercise::{Phase, Settings, Vote};

use crate::phones_support::{Answer, House, Phone, hidden, raw};

fn stranger(house: &House) -> Phone {
    Phone {
        address: house.address,
        cookies: String::new(),
    }
}

fn people_in(house: &House) -> u32 {
    let session = house.hall.room().session.unwrap();
    let run = session.exercises.current().unwrap();
    session
        .ballots
        .moment(pim::exercise::Time(0))
        .people_in(run, Vote::Tag)
}

fn tagging() -> House {
    let house = House::open();
    house.begin(Settings::default());
    house.named(&["Wells", "Roads"]);
    house.goes(Phase::Tag);
    house
}

#[test]
fn every_answer_is_held_in_by_its_headers() {
    let house = tagging();
    let mut phone = house.came(7);
    for path in ["/", "/nowhere/at/all", "/mango-42", "/guava-42"] {
        let answer = phone.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        for wanted in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(wanted), "{policy}");
        }
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        assert!(answer.header("server").is_none());
    }
}

#[test]
fn tokens_that_are_made_up_or_of_another_seat_do_nothing() {
    let house = tagging();
    let mut phone = house.came(7);
    let page = phone.get("/");
    let own = hidden(&page, "/seat/tag");
    // A seat that nobody gave out.
    for made_up in [
        "pim_seat=0000-0000-0009",
        "pim_seat=0000-0000-0009.00",
        "pim_seat=",
        "x",
    ] {
        let mut forger = stranger(&house);
        forger.cookies = made_up.to_owned();
        assert_eq!(forger.post("/seat/tag", &format!("{own}&i1=m")).status, 403);
        forger.get("/").sees("Type the code");
        assert_eq!(forger.get("/seat/news").status, 204);
    }
    // A phone may keep the seat of another day: that is no code that somebody tries.
    assert_eq!(house.heard_wrong(), 0);
    // A form of one seat, replayed by another.
    let mut other = house.came(8);
    let answer = other.post("/seat/tag", &format!("{own}&i1=m"));
    assert_eq!(answer.status, 403);
    answer.sees("nothing was changed");
    // A form without its token.
    assert_eq!(phone.post("/seat/tag", "run=1&round=1&i1=m").status, 403);
    assert_eq!(people_in(&house), 0);
    // Replayed by its own seat it is the same ballot.
    for _ in 0..3 {
        assert_eq!(phone.post("/seat/tag", &format!("{own}&i1=m")).status, 303);
    }
    assert_eq!(people_in(&house), 1);
}

#[test]
fn a_form_of_a_page_elsewhere_does_nothing() {
    let house = tagging();
    let mut phone = house.came(7);
    let page = phone.get("/");
    let form = format!("{}&i1=m", hidden(&page, "/seat/tag"));
    for more in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Referer: http://evil.example/\r\n",
    ] {
        assert_eq!(
            phone.post_as("/seat/tag", &form, more).status,
            403,
            "{more}"
        );
    }
    // A name that was pointed here.
    let rebound = format!(
        "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nCookie: {}\r\n\r\n",
        phone.cookies
    );
    let answer = raw(house.address, rebound.as_bytes());
    assert_eq!(answer.status, 421);
    answer.misses("Wells");
    assert_eq!(raw(house.address, b"GET / HTTP/1.0\r\n\r\n").status, 421);
    assert_eq!(people_in(&house), 0);
}

#[test]
fn methods_and_paths_that_are_not_there_are_no_pages() {
    let house = tagging();
    let phone = house.came(7);
    for (method, path, status) in [
        ("PUT", "/", 405),
        ("DELETE", "/seat/tag", 405),
        ("GET", "/seat/tag", 405),
        ("POST", "/", 405),
        ("OPTIONS", "/", 405),
        ("GET", "/../../etc/passwd", 404),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404),
        ("GET", "/seat//tag", 404),
        ("GET", "/favicon.ico", 404),
        ("GET", "//evil.example", 404),
        ("GET", "http://evil.example/seat/none", 404),
        ("HEAD", "/", 200),
    ] {
        let request = format!("{}\r\n", phone.head(method, path));
        assert_eq!(
            raw(house.address, request.as_bytes()).status,
            status,
            "{method} {path}"
        );
    }
}

#[test]
fn more_than_a_form_holds_is_not_read() {
    let house = tagging();
    let mut phone = house.came(7);
    let answer = phone.post("/seat/tag", &"x".repeat(1 << 20));
    // The answer may be cut off by what was still being sent; it is never taken.
    assert!(matches!(answer.status, 0 | 413), "{}", answer.status);
    let claimed = format!(
        "{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999999\r\n\r\n",
        phone.head("POST", "/seat/tag")
    );
    assert_eq!(raw(house.address, claimed.as_bytes()).status, 413);
    let json = format!(
        "{}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
        phone.head("POST", "/seat/tag")
    );
    assert_eq!(raw(house.address, json.as_bytes()).status, 415);
    let wide = format!(
        "{}X: {}\r\n\r\n",
        phone.head("GET", "/"),
        "y".repeat(20_000)
    );
    assert!(matches!(
        raw(house.address, wide.as_bytes()).status,
        0 | 431
    ));
    phone.get("/").sees("Wells");
}

#[test]
fn slow_headers_and_slow_bodies_end_while_others_are_served() {
    let house = tagging();
    let slow: Vec<TcpStream> = (0..50)
        .map(|number| {
            let mut stream = TcpStream::connect(house.address).unwrap();
            let phone = house.phone(1);
            let half = if number % 2 == 0 {
                phone.head("GET", "/")
            } else {
                let head = phone.head("POST", "/seat/tag");
                let kind = "Content-Type: application/x-www-form-urlencoded";
                format!("{head}{kind}\r\nContent-Length: 900\r\n\r\nform=")
            };
            stream.write_all(half.as_bytes()).unwrap();
            stream
        })
        .collect();
    house.came(7).get("/").sees("Wells");
    for mut stream in slow {
        let mut rest = Vec::new();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let ended = stream.read_to_end(&mut rest).map_err(|error| error.kind());
        assert!(
            !matches!(ended, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)),
            "let go, and not kept waiting"
        );
        assert!(!Answer::read(&rest).head.contains("200 OK"));
    }
    house.came(8).get("/").sees("Wells");
}

#[test]
fn markup_in_any_field_is_words() {
    let house = House::open();
    house.begin(Settings::default());
    let mut phone = house.came(7);
    let bad = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27%3E%3Cimg+src%3Dx+onerror%3Dy%3E%00%E2%80%AE%26lt%3B";
    let page = phone.get("/");
    let page = phone.fills(&page, "/seat/name", &format!("text={bad}&mark={bad}"));
    page.sees("&lt;script&gt;alert(1)")
        .misses("<script>alert")
        .misses("<img")
        .misses("\u{202e}");
    phone.get("/?item=1").sees("&lt;script&gt;").misses("<img");
    let long = format!(
        "{}&text={}{}",
        hidden(&page, "/seat/name"),
        bad,
        "x".repeat(300)
    );
    let back = phone.post("/seat/name", &long);
    assert_eq!(back.status, 422);
    back.sees("200 characters at most")
        .sees("&lt;script&gt;")
        .misses("<img");
    house.named(&["Roads"]);
    house.goes(Phase::Tag);
    let page = phone.get("/");
    page.sees("&lt;script&gt;").misses("<img");
    let fields = format!(
        "{}&i1={bad}&i{bad}=m&item={bad}",
        hidden(&page, "/seat/tag")
    );
    assert_eq!(phone.post("/seat/tag", &fields).status, 303);
    for path in ["/?item=%3Cimg", "/%3Cimg%20src=x%3E", "/?result=%3Cimg"] {
        phone.get(path).misses("<img");
    }
    let unknown = format!("{}&i999=m", hidden(&page, "/seat/tag"));
    phone
        .post("/seat/tag", &unknown)
        .sees("This item is not here any more.");
    let mut joining = stranger(&house);
    joining
        .post("/seat/join", &format!("code={bad}"))
        .misses("<img");
    let mut seatless = stranger(&house);
    seatless
        .post("/seat/name", &format!("text={bad}"))
        .sees("&lt;script&gt;")
        .misses("<img");
}

#[test]
fn somebody_elses_words_stay_theirs() {
    let house = House::open();
    house.begin(Settings::default());
    let (mut author, mut other) = (house.came(7), house.came(8));
    let page = author.get("/");
    author.fills(&page, "/seat/name", "text=Mine");
    let page = other.get("/");
    let hidden = hidden(&page, "/seat/name");
    other.get("/?item=1").misses("/seat/reword").misses("Mine");
    for path in ["/seat/reword", "/seat/take-back"] {
        let answer = other.post(path, &format!("{hidden}&item=1&text=Yours"));
        assert_eq!(answer.status, 422);
        answer.sees("Only whoever named it can change its words.");
    }
    author.get("/").sees("Mine");
}

#[test]
fn whoever_guesses_codes_is_made_to_wait() {
    let house = House::open();
    let mut guesser = stranger(&house);
    let found = (10..99).map(|number| guesser.get(&format!("/guava-{number}")).status);
    assert!(found.into_iter().any(|status| status == 429));
    guesser.get("/mango-42").sees("Wait a minute");
    assert!(house.heard_wrong() >= 60);
    assert_eq!(guesser.cookies, "");
}

#[test]
fn a_full_house_lets_one_more_go_at_once_and_serves_those_who_are_in() {
    let house = House::narrow(5);
    let mut inside: Vec<TcpStream> = (0..5)
        .map(|_| TcpStream::connect(house.address).unwrap())
        .collect();
    // Taken in the order in which they came: this one is the sixth.
    let mut sixth = TcpStream::connect(house.address).unwrap();
    sixth
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let mut rest = Vec::new();
    let ended = sixth.read_to_end(&mut rest).map_err(|error| error.kind());
    assert!(
        matches!(ended, Ok(0) | Err(ErrorKind::ConnectionReset)),
        "{ended:?}"
    );
    let request = format!("{}\r\n", house.phone(1).head("GET", "/"));
    inside[4].write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    inside[4].read_to_end(&mut answer).unwrap();
    Answer::read(&answer).sees("Type the code");
}

/// Listens until a line comes that is wanted.
fn hears(stream: &mut TcpStream, wanted: impl Fn(&str) -> bool) -> String {
    let mut heard = String::new();
    let mut bytes = [0; 512];
    while !wanted(&heard) {
        match stream.read(&mut bytes) {
            Ok(n @ 1..) => heard.push_str(&String::from_utf8_lossy(&bytes[..n])),
            ended => panic!("{ended:?} after {heard}"),
        }
    }
    heard
}

#[test]
fn a_page_hears_that_the_room_went_on_and_not_that_others_handed_in() {
    let mut house = tagging();
    let mut phone = house.came(7);
    let page = phone.get("/");
    let version = page.body.split("data-v=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap().to_owned();
    let mut news = TcpStream::connect(house.address).unwrap();
    news.set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let request = format!("{}\r\n", phone.head("GET", "/seat/news"));
    news.write_all(request.as_bytes()).unwrap();
    let now = hears(&mut news, |heard| {
        heard.contains("data: ") && heard.ends_with("\n\r\n")
    });
    assert!(now.contains(&format!("data: {version}\n")), "{now}");
    let mut other = house.came(8);
    let page = other.get("/");
    other.fills(&page, "/seat/tag", "i1=m");
    house.goes(Phase::Reveal);
    let next = hears(&mut news, |heard| heard.contains("data: "));
    assert_eq!(next.matches("data: ").count(), 1, "{next}");
    assert!(!next.contains(&version), "{next}");
    house.shut();
    let mut rest = Vec::new();
    // The door is shut: nobody is kept waiting at it.
    let _ = news.read_to_end(&mut rest);
    assert!(TcpStream::connect(house.address).is_err());
}
