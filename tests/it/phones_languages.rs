//! The pages of a phone in English, French and Spanish, over HTTP.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use pim::exercise::{Act, Phase, Settings, Vote, Way};

use crate::phones_support::{Answer, House, Phone, hidden, raw};

/// A page as a browser with these preferences gets it.
pub(crate) fn asks(phone: &Phone, path: &str, prefers: &[u8]) -> Answer {
    let head = phone.head("GET", path);
    let mut request = head.into_bytes();
    request.extend_from_slice(b"Accept-Language: ");
    request.extend_from_slice(prefers);
    request.extend_from_slice(b"\r\n\r\n");
    raw(phone.address, &request)
}

fn new(house: &House) -> Phone {
    Phone {
        address: house.address,
        cookies: String::new(),
    }
}

#[test]
fn a_browser_is_answered_in_the_language_that_it_prefers() {
    let house = House::open();
    let phone = new(&house);
    for (prefers, tag, words) in [
        ("fr-CH,fr;q=0.9,en;q=0.8", "fr", "Tapez le code"),
        ("de,es-CO;q=0.7,en;q=0.3", "es", "Escriba el código"),
        ("sw,ar;q=0.5", "en", "Type the code"),
        ("en-GB", "en", "Type the code"),
    ] {
        let page = asks(&phone, "/", prefers.as_bytes());
        page.sees(&format!("<html lang=\"{tag}\">")).sees(words);
        assert_eq!(page.header("set-cookie"), None, "nothing is kept of it");
        asks(&phone, "/nothing/here", prefers.as_bytes()).sees(&format!("<html lang=\"{tag}\">"));
    }
}

#[test]
fn hostile_preferences_change_nothing_but_the_language() {
    let house = House::open();
    let phone = new(&house);
    let flood = "fr-FR;q=0.001,".repeat(500);
    for prefers in [
        &b"../../etc/passwd"[..],
        b"\"><script>alert(1)</script>",
        b"fr\x00",
        b"\xff\xfe\xfd",
        b";;;,,,q=",
        b"fr;q=NaN,es;q=1e999",
        b"",
        flood.as_bytes(),
    ] {
        let page = asks(&phone, "/", prefers);
        assert!(page.status == 200 || page.status == 400, "{}", page.head);
        page.misses("alert(").misses("passwd");
        if page.status == 200 {
            page.sees("<html lang=\"");
        }
    }
    let mut tapped = new(&house);
    for path in ["/?lang=../fr", "/?lang=%22%3E", "/?lang=", "/?lang=de"] {
        let page = tapped.get(path);
        assert_eq!((page.status, page.header("set-cookie")), (200, None));
    }
    tapped.cookies = "pim_lang=<script>".to_owned();
    tapped
        .get("/")
        .sees("<html lang=\"en\">")
        .misses("<script>");
}

#[test]
fn what_was_tapped_stays_and_gives_nobody_a_second_seat() {
    let house = House::open();
    let mut phone = house.came(1);
    let seat = phone.cookies.clone();
    phone
        .get("/")
        .sees("href=\"/?lang=fr\" lang=\"fr\">Français</a>");
    let tapped = phone.get("/?lang=fr");
    assert_eq!((tapped.status, tapped.header("location")), (303, Some("/")));
    let cookie = tapped.header("set-cookie").unwrap();
    assert!(cookie.starts_with("pim_lang=fr; Path=/; "), "{cookie}");
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    assert_eq!(phone.cookies, format!("{seat}; pim_lang=fr"));
    asks(&phone, "/", b"es").sees("Aucun exercice n'est encore ouvert.");
}

/// A phone's whole way in a language; what it is told is snapped.
fn goes_through(tag: &str) {
    let house = House::open();
    house.begin(Settings {
        way: Way::Long,
        ..Settings::default()
    });
    house.goes(Phase::Lobby);
    let mut phone = house.came(7);
    phone.get(&format!("/?lang={tag}"));
    let mut seen = Vec::new();
    let mut looks = |page: &Answer| {
        assert!(page.body.len() <= 15_000, "{} bytes", page.body.len());
        page.sees(&format!("<html lang=\"{tag}\">"));
        seen.push(page.main());
    };
    looks(&phone.get("/"));
    house.goes(Phase::Collect);
    house.named(&["Who does what, where", "Roads that trucks can use", "Wells"]);
    looks(&phone.get("/"));
    let page = phone.get("/");
    let page = phone.fills(&page, "/seat/name", "text=Which+wells+give+water&mark=m");
    looks(&page);
    looks(&phone.get("/?item=4"));
    let fields = hidden(&phone.get("/"), "/seat/name");
    looks(&phone.post("/seat/name", &format!("{fields}&text={}", "x".repeat(300))));
    house.goes(Phase::Merge);
    looks(&phone.get("/"));
    house.goes(Phase::Tag);
    let page = phone.get("/");
    looks(&page);
    looks(&phone.fills(&page, "/seat/tag", "i1=m&i2=n&i3=o"));
    house.does(Act::Lock(true));
    looks(&phone.get("/"));
    house.does(Act::Lock(false));
    for number in 20..25 {
        let mut other = house.came(number);
        let page = other.get("/");
        other.fills(&page, "/seat/tag", "i1=m&i2=m&i3=n");
    }
    house.goes(Phase::Shortlist);
    house.shows(Vote::Tag);
    looks(&phone.get("/"));
    house.goes(Phase::Rank);
    let page = phone.get("/");
    looks(&page);
    let wrong = format!("{}&i1=1&i2=60&i3=2", hidden(&page, "/seat/rank"));
    let page = phone.post("/seat/rank", &wrong);
    assert_eq!(page.status, 422);
    looks(&page);
    looks(&phone.fills(&page, "/seat/rank", "i1=1&i2=3&i3=2"));
    house.goes(Phase::Reveal);
    looks(&phone.get("/"));
    looks(&phone.get("/nowhere/at-all"));
    insta::assert_snapshot!(format!("pages_{tag}"), seen.join("\n\n"));
}

#[test]
fn a_phones_whole_way_in_french() {
    goes_through("fr");
}

#[test]
fn a_phones_whole_way_in_spanish() {
    goes_through("es");
}
