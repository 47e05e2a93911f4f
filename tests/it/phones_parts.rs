//! Ballots that are too long for one small page: nothing that was marked is lost on the way.

use pim::exercise::ballot::Ballot;
use pim::exercise::{Act, ItemId, Mark, Phase, Settings, Token, Vote, Way};

use crate::phones_support::{Answer, House, Phone, hidden};

/// The most bytes of a page.
const PAGE: usize = 15_000;

/// A hundred items as long as can be, of letters that take four bytes, run to the left, or
/// have to be escaped.
fn long_items(number: usize) -> Vec<String> {
    let fill = ['𐐷', 'ب', '&', '"', 'é'];
    let item = |at: usize| {
        let fill = fill[at % fill.len()].to_string();
        format!("{at} {}", fill.repeat(200 - at.to_string().len() - 1))
    };
    (1..=number).map(item).collect()
}

fn house(items: usize, to: Phase) -> House {
    let house = House::open();
    house.begin(Settings {
        way: Way::Long,
        places: 0,
        shortlist: 100,
        ties: false,
        ..Settings::default()
    });
    let texts = long_items(items);
    house.named(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    house.goes(to);
    house
}

fn small(page: &Answer) -> &Answer {
    assert!(page.body.len() <= PAGE, "{} bytes", page.body.len());
    page
}

/// The items on a page, as its form names them.
fn items(page: &Answer) -> Vec<u16> {
    let mut found: Vec<u16> = page
        .body
        .split("name=\"i")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect();
    found.dedup();
    found
}

/// Fills in what stands on each part and goes on; the last part, not yet handed in.
fn goes_through(
    phone: &mut Phone,
    from: Answer,
    path: &str,
    value: impl Fn(u16) -> String,
) -> (Answer, Vec<u16>) {
    let (mut page, mut seen) = (from, Vec::new());
    loop {
        let here = items(small(&page));
        assert!(!here.is_empty());
        seen.extend(here.iter().copied());
        if !page.body.contains(">Go on</button>") {
            return (page, seen);
        }
        let fields: Vec<String> = here
            .iter()
            .map(|id| format!("i{id}={}", value(*id)))
            .collect();
        let fields = format!("{}&to={}", fields.join("&"), part(&page) + 1);
        page = phone.fills(&page, path, &fields);
    }
}

fn part(page: &Answer) -> usize {
    let (_, rest) = page.body.split_once("name=\"part\" value=\"").unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

fn held(house: &House, number: u64) -> Option<Ballot> {
    let token = Token::from_random(number);
    let held = pim::live::runtime::handle()
        .unwrap()
        .block_on(house.hall.held(token));
    held.into_iter().map(|(_, ballot)| ballot).next_back()
}

fn marks(ballot: Option<Ballot>) -> std::collections::BTreeMap<ItemId, Mark> {
    match ballot {
        Some(Ballot::Tag(ballot)) => ballot.marks.into_iter().collect(),
        other => panic!("{other:?}"),
    }
}

fn letter(id: u16) -> String {
    ["m", "n", "o"][usize::from(id % 3)].to_owned()
}

#[test]
fn a_hundred_long_items_are_marked_part_by_part_and_all_of_them_count() {
    let house = house(100, Phase::Tag);
    let mut phone = house.came(7);
    let first = phone.get("/");
    let (last, mut seen) = goes_through(&mut phone, first, "/seat/tag", letter);
    assert!(part(&last) > 8, "{}", part(&last));
    seen.sort_unstable();
    assert_eq!(seen, (1..=100).collect::<Vec<_>>());
    assert!(held(&house, 7).is_none(), "going on is not handing in");
    // Back at the first part by a tap, by the address, in a second tab, after a new start.
    let back = format!("{}&to=1", hidden(&last, "/seat/tag"));
    let sent = phone.post("/seat/tag", &back);
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, Some("/?change"))
    );
    let house = house.again();
    phone.address = house.address;
    let mut tab = phone.clone();
    for page in [phone.get("/"), tab.get("/?change"), tab.get("/?p=1")] {
        small(&page)
            .sees("name=\"i1\" value=\"n\" checked")
            .sees("name=\"i3\" value=\"m\" checked");
    }
    // The last part again: nothing there was marked yet, and so it stays.
    let page = phone.get("/?change&p=99");
    assert_eq!(part(&page), part(&last));
    let page = phone.fills(&page, "/seat/tag", "i99=m&i100=m");
    small(&page).sees("Handed in");
    let counted = marks(held(&house, 7));
    for id in 1..=100_u16 {
        let wanted = match letter(id).as_str() {
            _ if id > 98 => Some(Mark::Must),
            _ if items(&last).contains(&id) => None,
            "m" => Some(Mark::Must),
            "n" => Some(Mark::Nice),
            _ => None,
        };
        assert_eq!(counted.get(&ItemId(id)).copied(), wanted, "{id}");
    }
    assert!(!phone.cookies.contains("pim_kept"), "{}", phone.cookies);
    // All of the own ballot can be read, on as many small pages.
    let mut read = 0;
    for at in 1.. {
        let page = phone.get(&format!("/?p={at}"));
        read += small(&page).body.matches("class=\"sign\"").count();
        if !page.body.contains(">Go on</a>") {
            break;
        }
    }
    assert_eq!(read, counted.len());
}

#[test]
fn a_ballot_that_is_in_is_changed_on_one_part_and_stays_on_the_others() {
    let house = house(60, Phase::Tag);
    let mut phone = house.came(7);
    let first = phone.get("/");
    let (last, _) = goes_through(&mut phone, first, "/seat/tag", |_| "m".to_owned());
    let here: Vec<String> = items(&last).iter().map(|id| format!("i{id}=m")).collect();
    phone.fills(&last, "/seat/tag", &here.join("&"));
    assert_eq!(marks(held(&house, 7)).len(), 60);
    // Handed in again from the first part alone: the others are as they were.
    let page = phone.get("/?change");
    phone.fills(&page, "/seat/tag", "i1=o&i2=n");
    let counted = marks(held(&house, 7));
    assert_eq!(counted.len(), 59);
    assert_eq!(counted.get(&ItemId(2)), Some(&Mark::Nice));
    // Begun and left: the ballot is as it was, and nothing of the beginning comes back.
    let page = phone.get("/?change");
    phone.fills(&page, "/seat/tag", "i2=o&i3=o&to=2");
    phone.get("/").sees("Go on changing it");
    phone.get("/?leave").sees("Handed in").sees(">Change it<");
    phone
        .get("/?change")
        .sees("name=\"i2\" value=\"n\" checked");
    assert_eq!(marks(held(&house, 7)).len(), 59);
}

#[test]
fn places_go_over_parts_and_what_is_wrong_is_shown_where_it_stands() {
    let house = house(40, Phase::Tag);
    for number in 20..25 {
        let mut other = house.came(number);
        let first = other.get("/");
        let (last, _) = goes_through(&mut other, first, "/seat/tag", |_| "m".to_owned());
        other.fills(&last, "/seat/tag", "i1=m");
    }
    house.goes(Phase::Shortlist);
    house.does(Act::Shortlist((1..=40).map(ItemId).collect()));
    house.goes(Phase::Rank);
    let mut phone = house.came(7);
    let first = phone.get("/");
    let one = items(&first)[0];
    // What is no place does not get lost by going on.
    let form = format!("{}&i{one}=first&to=2", hidden(&first, "/seat/rank"));
    let page = phone.post("/seat/rank", &form);
    assert_eq!(page.status, 422);
    small(&page).sees("Not gone on").sees("value=\"first\"");
    let (last, seen) = goes_through(&mut phone, page, "/seat/rank", |id| id.to_string());
    assert_eq!(seen.len(), 40);
    small(&last).sees("data-taken=\"");
    // The same place twice, on two parts: the first of them is shown.
    let two = items(&last)[0];
    let form = format!("{}&i{two}={one}", hidden(&last, "/seat/rank"));
    let page = phone.post("/seat/rank", &form);
    assert_eq!((page.status, part(&page)), (422, 1));
    small(&page).sees(&format!("Place {one} is given to 2 items."));
    let (last, _) = goes_through(&mut phone, page, "/seat/rank", |id| id.to_string());
    let here = items(&last);
    let fields: Vec<String> = here.iter().map(|id| format!("i{id}={id}")).collect();
    phone
        .fills(&last, "/seat/rank", &fields.join("&"))
        .sees("Handed in");
    let Some(Ballot::Rank(ballot)) = held(&house, 7) else {
        panic!("no order is in");
    };
    let order: Vec<u16> = ballot.places.iter().flatten().map(|id| id.0).collect();
    assert_eq!(order, (1..=40).collect::<Vec<_>>());
    // The result, on as many small pages as it takes.
    house.goes(Phase::Reveal);
    house.does(Act::FewAgree {
        vote: Vote::Rank,
        agrees: true,
    });
    house.shows(Vote::Rank);
    let mut lines = 0;
    for at in 1.. {
        let page = phone.get(&format!("/?result=rank&p={at}"));
        lines += small(&page).body.matches("class=\"sign\"").count();
        if !page.body.contains(">Go on</a>") {
            break;
        }
    }
    assert_eq!(lines, 40);
}

#[test]
fn what_was_begun_in_another_round_room_or_seat_is_not_taken_for_this_one() {
    let house = house(60, Phase::Tag);
    let mut phone = house.came(7);
    let first = phone.get("/");
    let old = first.body.clone();
    phone.fills(&first, "/seat/tag", "i1=m&i2=m&to=2");
    let kept = phone
        .cookies
        .split("; ")
        .find(|one| one.starts_with("pim_kept="))
        .unwrap();
    // By another seat.
    let mut other = house.came(8);
    other.cookies = format!("{}; {kept}", other.cookies);
    other.get("/").misses("value=\"m\" checked");
    // Made up.
    for made_up in [
        "pim_kept=1.t.1.mmm",
        "pim_kept=1.t.1.mmm.",
        "pim_kept=.",
        "pim_kept=1.t.1.mmm.00000000000000000000",
    ] {
        let mut forger = house.came(9);
        forger.cookies = format!("{}; {made_up}", forger.cookies);
        forger.get("/").misses("value=\"m\" checked");
    }
    // In the round before: somebody else handed in, so the next one is another.
    let mut fast = house.came(30);
    let page = fast.get("/");
    fast.fills(&page, "/seat/tag", "i1=m");
    house.goes(Phase::Shortlist);
    house.goes(Phase::Tag);
    phone.get("/").misses("value=\"m\" checked");
    // Sent from the page of that round all the same: refused, and everything comes back.
    let old = Answer {
        status: 200,
        head: String::new(),
        body: old,
    };
    let form = format!("{}&i3=m", hidden(&old, "/seat/tag"));
    let page = phone.post("/seat/tag", &form);
    assert_eq!(page.status, 422);
    page.sees("A new round has begun since")
        .sees("name=\"i1\" value=\"m\" checked")
        .sees("name=\"i3\" value=\"m\" checked");
    phone
        .get("/?change")
        .sees("name=\"i1\" value=\"m\" checked");
}

#[test]
fn sixty_long_items_of_ones_own_are_read_part_by_part() {
    let house = House::open();
    house.begin(Settings::default());
    let mut phone = house.came(7);
    let mut page = phone.get("/");
    for text in long_items(60) {
        let sent = text
            .bytes()
            .fold(String::new(), |sent, byte| format!("{sent}%{byte:02X}"));
        page = phone.fills(&page, "/seat/name", &format!("text={sent}&mark=m"));
        small(&page);
    }
    let mut read = 0;
    for at in 1.. {
        let page = phone.get(&format!("/?p={at}"));
        read += small(&page).body.matches("aria-labelledby").count();
        if !page.body.contains(">Go on</a>") {
            break;
        }
    }
    assert_eq!(read, 60);
}
