//! A participant's journey on a phone, page by page, over HTTP.

use pim::exercise::command::Step;
use pim::exercise::{Act, Phase, Settings, Vote, Way};

use crate::phones_support::{House, Phone, hidden};

const ITEMS: [&str; 6] = [
    "Number of people who crossed the border this week",
    "Where families sleep tonight",
    "Which wells still give water",
    "Who does what, where",
    "كم عدد الأطفال غير المصحوبين؟",
    "Roads that trucks can use",
];

fn long() -> Settings {
    Settings {
        way: Way::Long,
        ..Settings::default()
    }
}

#[test]
fn a_code_gives_a_phone_a_seat_and_the_seat_stays() {
    let house = House::open();
    let mut phone = Phone {
        address: house.address,
        cookies: String::new(),
    };
    phone.get("/").sees("Type the code that is on the wall");
    let wrong = phone.get("/guava-42");
    assert_eq!(wrong.status, 404);
    wrong.sees("Not this code");
    assert_eq!(phone.cookies, "");
    let came = phone.get("/Mango%2042");
    assert_eq!((came.status, came.header("location")), (303, Some("/")));
    let seat = phone.cookies.clone();
    let cookies: Vec<&str> = came
        .head
        .lines()
        .filter(|line| line.starts_with("set-cookie"))
        .collect();
    assert!(cookies[0].contains("HttpOnly; SameSite=Strict") && !cookies[0].contains("Secure"));
    phone.get("/").sees("No exercise is open yet");
    // Scanned again, typed again: the same seat.
    phone.get("/mango-42");
    assert_eq!(phone.cookies, seat);
    phone.post("/seat/join", "code=MANGO+42");
    assert_eq!(phone.cookies, seat);
}

#[test]
fn a_link_from_elsewhere_gives_nobody_a_second_seat() {
    let house = House::open();
    let phone = house.came(1);
    let mut linked = phone.clone();
    // The browser holds the seat back and sends only that there is one.
    linked.cookies = "pim_here=1".to_owned();
    for path in ["/mango-42", "/"] {
        let page = linked.get(path);
        assert_eq!((page.status, page.header("set-cookie")), (200, None));
        page.sees("<meta http-equiv=\"refresh\" content=\"0;url=/?again\">");
    }
    // Asked by a page of this door, it has none after all.
    linked
        .get("/?again")
        .sees("Type the code that is on the wall");
}

#[test]
fn naming_tagging_ranking_and_the_results_page_by_page() {
    let house = House::open();
    house.begin(long());
    house.goes(Phase::Lobby);
    let mut phone = house.came(7);
    insta::assert_snapshot!("phones_lobby", phone.get("/").main());

    house.goes(Phase::Collect);
    house.named(&ITEMS);
    let page = phone.get("/");
    insta::assert_snapshot!("phones_collect", page.main());
    let page = phone.fills(&page, "/seat/name", "text=Water+from+which+wells&mark=m");
    insta::assert_snapshot!("phones_collect_near", page.main());
    let page = phone.get("/?item=7");
    insta::assert_snapshot!("phones_reword", page.main());
    let page = phone.fills(&page, "/seat/reword", "text=Who+speaks+which+language");
    page.sees("Who speaks which language")
        .misses("Kept. This is on the wall already");

    house.goes(Phase::Merge);
    phone
        .get("/")
        .sees("The room puts together what means the same");
    house.goes(Phase::Tag);
    let page = phone.get("/");
    insta::assert_snapshot!("phones_tag", page.main());
    let page = phone.fills(&page, "/seat/tag", "i1=m&i2=n&i3=o&i7=m");
    insta::assert_snapshot!("phones_tag_in", page.main());
    let page = phone.get("/?change");
    page.sees("Hand it in again");
    phone
        .fills(&page, "/seat/tag", "i1=n&i5=m")
        .sees("غير المصحوبين");

    for number in 20..25 {
        let mut other = house.came(number);
        let page = other.get("/");
        other.fills(&page, "/seat/tag", "i1=m&i2=m&i3=n");
    }
    house.does(Act::Lock(true));
    insta::assert_snapshot!("phones_tag_locked", phone.get("/").main());
    house.does(Act::Lock(false));
    house.goes(Phase::Shortlist);
    phone
        .get("/")
        .sees("not on the wall yet")
        .misses("Number of people");
    house.shows(Vote::Tag);
    insta::assert_snapshot!("phones_tag_result", phone.get("/").main());

    house.goes(Phase::Rank);
    let page = phone.get("/");
    insta::assert_snapshot!("phones_rank", page.main());
    let wrong = format!("{}&i1=1&i2=6&i3=2", hidden(&page, "/seat/rank"));
    let page = phone.post("/seat/rank", &wrong);
    assert_eq!(page.status, 422);
    insta::assert_snapshot!("phones_rank_wrong", page.main());
    let page = phone.fills(&page, "/seat/rank", "i1=1&i2=3&i3=3&i4=2");
    insta::assert_snapshot!("phones_rank_in", page.main());
    for number in 20..25 {
        let mut other = house.came(number);
        let page = other.get("/");
        other.fills(&page, "/seat/rank", "i1=2&i2=1&i3=3");
    }
    house.goes(Phase::Reveal);
    house.does(Act::Reveal {
        vote: Vote::Rank,
        step: Step::To(1),
    });
    let page = phone.get("/");
    page.sees("Still covered").misses("Where families sleep");
    house.shows(Vote::Rank);
    let page = phone.get("/");
    insta::assert_snapshot!("phones_rank_result", page.main());
    phone.get("/?result=tag").sees("Which data must we have?");
    house.goes(Phase::Done);
    phone.get("/").sees("Where families sleep");
}

#[test]
fn pages_without_a_seat() {
    let house = House::open();
    let mut phone = Phone {
        address: house.address,
        cookies: String::new(),
    };
    insta::assert_snapshot!("phones_join", phone.get("/").main());
    insta::assert_snapshot!("phones_wrong_code", phone.get("/guava-10").main());
    insta::assert_snapshot!("phones_nowhere", phone.get("/a/b").main());
}

#[test]
fn sent_twice_from_two_tabs_or_after_going_back_it_is_one_seat() {
    let house = House::open();
    house.begin(long());
    let mut phone = house.came(7);
    let page = phone.get("/");
    let once = format!("{}&text=Where+families+sleep", hidden(&page, "/seat/name"));
    // A double tap: the second comes while the first is on its way.
    let taps: Vec<_> = (0..4)
        .map(|_| {
            let (mut phone, once) = (phone.clone(), once.clone());
            std::thread::spawn(move || phone.post("/seat/name", &once).status)
        })
        .collect();
    for tap in taps {
        assert_eq!(tap.join().unwrap(), 303);
    }
    let items = |house: &House| {
        house
            .hall
            .room()
            .session
            .unwrap()
            .exercises
            .current()
            .unwrap()
            .items
            .len()
    };
    assert_eq!(items(&house), 1);
    // The other tab still shows the form of before and names something else: both are kept.
    let other = once.replace("families+sleep", "wells+are");
    assert_eq!(phone.post("/seat/name", &other).status, 303);
    assert_eq!(items(&house), 2);
    phone
        .get("/")
        .sees("Where families sleep")
        .sees("Where wells are");

    house.goes(Phase::Tag);
    let mut tab = phone.clone();
    let (first, second) = (phone.get("/"), tab.get("/"));
    phone.fills(&first, "/seat/tag", "i1=m");
    tab.fills(&second, "/seat/tag", "i2=m");
    let run = house.hall.room().session.unwrap();
    let run = run.exercises.current().unwrap().clone();
    let session = house.hall.room().session.unwrap();
    let turnout = session.ballots.moment(pim::exercise::Time(0));
    assert_eq!(
        turnout.people_in(&run, Vote::Tag),
        1,
        "one seat, one ballot"
    );
    phone
        .get("/")
        .sees("Where wells are")
        .misses("Where families sleep");
    // Taken back twice.
    let page = phone.get("/");
    let back = hidden(&page, "/seat/withdraw");
    for _ in 0..2 {
        assert_eq!(phone.post("/seat/withdraw", &back).status, 303);
    }
    phone.get("/").sees("Hand in");
}

#[test]
fn after_a_new_start_every_phone_finds_its_seat_its_items_and_its_ballot() {
    let house = House::open();
    house.begin(long());
    let mut phone = house.came(7);
    let page = phone.get("/");
    phone.fills(&page, "/seat/name", "text=Where+families+sleep&mark=n");
    let house = house.again();
    phone.address = house.address;
    phone.get("/").sees("Where families sleep").sees("nice");
    house.goes(Phase::Tag);
    let page = phone.get("/");
    page.sees("value=\"n\" checked");
    phone.fills(&page, "/seat/tag", "i1=m");
    let house = house.again();
    phone.address = house.address;
    phone
        .get("/")
        .sees("Handed in")
        .sees("Where families sleep");
}

#[test]
fn nothing_typed_is_lost_when_the_room_has_gone_on() {
    let house = House::open();
    house.begin(long());
    house.named(&ITEMS);
    let mut phone = house.came(7);
    let naming = phone.get("/");
    house.goes(Phase::Tag);
    let late = format!("{}&text=Late+words", hidden(&naming, "/seat/name"));
    let page = phone.post("/seat/name", &late);
    assert_eq!(page.status, 422);
    page.sees("Tag is now; this is done in Collect.")
        .sees("You had typed:")
        .sees("Late words");

    // A form of the first round does not count in the second.
    let tagging = phone.get("/");
    let ballot = format!("{}&i1=m&i2=n", hidden(&tagging, "/seat/tag"));
    phone.post("/seat/tag", &ballot);
    house.goes(Phase::Shortlist);
    house.goes(Phase::Tag);
    let page = phone.post("/seat/tag", &ballot);
    assert_eq!(page.status, 422);
    page.sees("A new round has begun since")
        .sees("value=\"m\" checked");
    phone.fills(&page, "/seat/tag", "i1=m");

    // Closed while it was filled in: what was said stays on the form.
    let change = phone.get("/?change");
    house.does(Act::Lock(true));
    let ballot = format!("{}&i2=m", hidden(&change, "/seat/tag"));
    let page = phone.post("/seat/tag", &ballot);
    page.sees("Closed for now")
        .sees("name=\"i2\" value=\"m\" checked");
    phone
        .get("/")
        .sees("Closed for now")
        .sees("Number of people");
}

#[test]
fn a_ballot_after_the_reveal_waits_for_the_next_round() {
    let house = House::open();
    house.begin(Settings::default());
    house.named(&ITEMS);
    house.goes(Phase::Tag);
    let (mut phone, mut late) = (house.came(7), house.came(8));
    let (page, slow) = (phone.get("/"), late.get("/"));
    phone.fills(&page, "/seat/tag", "i1=m");
    house.goes(Phase::Reveal);
    let page = late.fills(&slow, "/seat/tag", "i2=m");
    page.sees("came after the reveal")
        .sees("waits for the next round");
    phone.get("/").misses("came after the reveal");
    house.goes(Phase::Tag);
    late.get("/").sees("Handed in").sees("Where families sleep");
    phone.get("/").sees("Hand in");
}

#[test]
fn a_moderated_item_waits_and_a_few_peoples_result_stays_shut() {
    let house = House::open();
    house.begin(Settings {
        moderated: true,
        ..Settings::default()
    });
    let mut phone = house.came(7);
    let page = phone.get("/");
    let page = phone.fills(&page, "/seat/name", "text=Where+families+sleep");
    page.sees("waits for the facilitator");
    let mut other = house.came(8);
    other.get("/").misses("Where families sleep");
    house.named(&ITEMS);
    house.goes(Phase::Tag);
    let page = phone.get("/");
    page.misses("<legend dir=\"auto\">Where families sleep</legend>");
    phone.fills(&page, "/seat/tag", "i2=m");
    house.goes(Phase::Reveal);
    house.shows(Vote::Tag);
    let page = phone.get("/");
    page.sees("fewer than five people").misses("1 must");
}

#[test]
fn every_page_of_thirty_items_is_small() {
    let house = House::open();
    house.begin(Settings {
        way: Way::Long,
        places: 9,
        shortlist: 30,
        ..Settings::default()
    });
    let mut phone = house.came(7);
    let mut page = phone.get("/");
    let mut sizes = Vec::new();
    for number in 0..30 {
        let text = format!(
            "{number}+Numbers+of+people+who+crossed+by+age+and+sex+in+each+village+this+week"
        );
        page = phone.fills(&page, "/seat/name", &format!("text={text}&mark=m"));
    }
    sizes.push(("collect", page.body.len()));
    house.goes(Phase::Tag);
    let page = phone.get("/");
    sizes.push(("tag", page.body.len()));
    let marks: Vec<String> = (1..=30).map(|item| format!("i{item}=m")).collect();
    let page = phone.fills(&page, "/seat/tag", &marks.join("&"));
    sizes.push(("tag, in", page.body.len()));
    for number in 20..25 {
        let mut other = house.came(number);
        let page = other.get("/");
        other.fills(&page, "/seat/tag", &marks.join("&"));
    }
    house.goes(Phase::Shortlist);
    house.shows(Vote::Tag);
    sizes.push(("tag, result", phone.get("/").body.len()));
    house.goes(Phase::Rank);
    let page = phone.get("/");
    sizes.push(("rank", page.body.len()));
    let too_many: Vec<String> = (1..=30).map(|item| format!("i{item}=99")).collect();
    let ballot = format!("{}&{}", hidden(&page, "/seat/rank"), too_many.join("&"));
    sizes.push((
        "rank, all wrong",
        phone.post("/seat/rank", &ballot).body.len(),
    ));
    for (page, size) in &sizes {
        assert!(*size <= 15_000, "{page} of {sizes:?}");
    }
}
