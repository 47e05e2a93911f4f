//! The room that is measured: a session with an exercise, its doors on loopback.
//!
//! Opens them as `pim serve --phones` does, prints their ports, and does what it reads.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use pim::app::Msg;
use pim::exercise::command::Step;
use pim::exercise::{Act, Command as Exercise, Phase, Settings as Held, Vote, Way};
use pim::live::code::Code;
use pim::live::doors::{How, Phones};
use pim::room::Door;

use super::ITEMS;
use super::leader::Leader;

pub(super) fn serve(file: &Path) {
    let leader = Leader::at(file);
    let told = |name: &str| std::env::var(name).ok();
    let how = How {
        address: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        port: Some(0),
        code: Some(Code::chosen("mango-42").unwrap()),
        phones: Some(Phones {
            port: Some(told("PHONES_PORT").map_or(0, |port| port.parse().unwrap())),
            public_url: told("PHONES_PUBLIC").map(|url| url.parse().unwrap()),
        }),
        ..How::default()
    };
    let said = leader.hall.go_live(how);
    let live = leader.hall.room().live;
    let live = live.unwrap_or_else(|| panic!("the doors stay shut: {said:?}"));
    if leader
        .hall
        .room()
        .session
        .unwrap()
        .exercises
        .current()
        .is_none()
    {
        begin(&leader);
    }
    for door in &live.doors {
        match door {
            Door::Ssh { port, .. } => println!("ssh {port}"),
            Door::Phone { url } => println!("phones {url}"),
            Door::Socket { .. } => {}
        }
    }
    println!("ready");
    for line in std::io::stdin().lines() {
        println!("{:?}", obey(&leader, &line.unwrap()));
    }
}

fn begin(leader: &Leader) {
    leader.opens(Held {
        way: Way::Long,
        shortlist: 15,
        ..Held::default()
    });
    let words = [
        "Where families sleep tonight",
        "Which wells still give water",
        "كم عدد الأطفال غير المصحوبين؟",
        "Roads that trucks can use",
        "Who does what, where",
        "Number of people who crossed the border this week, by age and sex",
    ];
    let item = |number: u16| {
        let words = words[usize::from(number) % words.len()];
        match number {
            0..6 => words.to_owned(),
            _ => format!("{words} ({number})"),
        }
    };
    let items: Vec<String> = (0..ITEMS).map(item).collect();
    leader.named(&items);
}

/// Does what was read; what there is to say about it.
fn obey(leader: &Leader, line: &str) -> Vec<Msg> {
    let vote = if line.ends_with("tag") {
        Vote::Tag
    } else {
        Vote::Rank
    };
    let does = |act| leader.tries(Exercise::In(leader.run(), act));
    let run = || {
        let session = leader.hall.room().session.unwrap();
        session.exercises.current().unwrap().clone()
    };
    match line.split_once(' ').unwrap_or((line, "")) {
        ("go", to) => {
            let named = |one: &&Phase| format!("{one:?}") == to;
            let to = *Phase::ALL.iter().find(named).unwrap();
            does(Act::Go { to, seal: true })
        }
        ("show", _) => {
            let agrees = Act::FewAgree { vote, agrees: true };
            let step = Step::All;
            let both = [agrees, Act::Reveal { vote, step }];
            both.into_iter().flat_map(does).collect()
        }
        ("shortlist", _) => {
            let items = run().candidates().into_iter().map(|one| one.id).take(6);
            does(Act::Shortlist(items.collect()))
        }
        ("many", _) => {
            let item = |number| format!("{number} {}", "words of somebody ".repeat(11));
            let items: Vec<String> = (0..40).map(item).collect();
            leader.named(&items);
            Vec::new()
        }
        ("moderate", _) => does(Act::Set(Held {
            moderated: true,
            ..run().settings
        })),
        ("lock", _) => does(Act::Lock(true)),
        ("open", _) => does(Act::Lock(false)),
        _ => vec![Msg::Said(format!("what? {line}"))],
    }
}
