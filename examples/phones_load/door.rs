//! The room that is measured: a session with an exercise, its doors on loopback.
//!
//! Opens them as `pim serve --phones` does, prints their ports, and does what it reads.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use pim::app::Effect;
use pim::content::embedded;
use pim::exercise::command::Step;
use pim::exercise::{Act, Command as Exercise, Phase, ScenarioId, Settings as Held, Vote, Way};
use pim::live::Hall;
use pim::live::code::Code;
use pim::live::doors::{How, Phones};
use pim::room::{Command, Door, Role, Room, SeatId};

use super::ITEMS;

const LEADER: SeatId = SeatId(0);

fn leads(hall: &Hall, command: Exercise) {
    let command = Box::new(Command::Exercise(command));
    let said = hall.ask(LEADER, Role::Facilitator, Effect::Propose(command));
    println!("{said:?}");
}

pub(super) fn serve(file: &Path) {
    let room = Room::new(embedded().unwrap());
    let taught = file.with_extension("taught");
    let hall = Hall::start(room, file.to_str(), (&taught, None), Box::new(|| ()));
    hall.begin(LEADER, Role::Facilitator);
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
    let said = hall.go_live(how);
    let live = hall.room().live;
    let live = live.unwrap_or_else(|| panic!("the doors stay shut: {said:?}"));
    if hall.room().session.unwrap().exercises.current().is_none() {
        begin(&hall);
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
        obey(&hall, &line.unwrap());
    }
}

fn begin(hall: &Hall) {
    leads(
        hall,
        Exercise::Open {
            scenario: ScenarioId::Source("sudden-onset-emergency".to_owned()),
            title: "Sudden onset emergency".to_owned(),
            settings: Held {
                way: Way::Long,
                shortlist: 15,
                ..Held::default()
            },
            carry: None,
        },
    );
    let words = [
        "Where families sleep tonight",
        "Which wells still give water",
        "كم عدد الأطفال غير المصحوبين؟",
        "Roads that trucks can use",
        "Who does what, where",
        "Number of people who crossed the border this week, by age and sex",
    ];
    for number in 0..ITEMS {
        let words = words[usize::from(number) % words.len()];
        let text = match number {
            0..6 => words.to_owned(),
            _ => format!("{words} ({number})"),
        };
        let (mark, claim) = (None, None);
        does(hall, Act::Name { text, mark, claim });
    }
}

fn does(hall: &Hall, act: Act) {
    let run = hall.room().session.unwrap().exercises.attended.unwrap();
    leads(hall, Exercise::In(run, act));
}

fn obey(hall: &Hall, line: &str) {
    let vote = if line.ends_with("tag") {
        Vote::Tag
    } else {
        Vote::Rank
    };
    match line.split_once(' ').unwrap_or((line, "")) {
        ("go", to) => {
            let to = *Phase::ALL
                .iter()
                .find(|one| format!("{one:?}") == to)
                .unwrap();
            does(hall, Act::Go { to, seal: true });
        }
        ("show", _) => {
            let agrees = Act::FewAgree { vote, agrees: true };
            does(hall, agrees);
            let step = Step::All;
            does(hall, Act::Reveal { vote, step });
        }
        ("shortlist", _) => {
            let run = hall
                .room()
                .session
                .unwrap()
                .exercises
                .current()
                .unwrap()
                .clone();
            let items = run.candidates().into_iter().map(|one| one.id).take(6);
            does(hall, Act::Shortlist(items.collect()));
        }
        ("many", _) => {
            for number in 0..40 {
                let text = format!("{number} {}", "words of somebody ".repeat(11));
                let (mark, claim) = (None, None);
                does(hall, Act::Name { text, mark, claim });
            }
        }
        ("moderate", _) => {
            let run = hall.room().session.unwrap();
            let settings = run.exercises.current().unwrap().settings;
            let moderated = Held {
                moderated: true,
                ..settings
            };
            does(hall, Act::Set(moderated));
        }
        ("lock", _) => does(hall, Act::Lock(true)),
        ("open", _) => does(hall, Act::Lock(false)),
        _ => println!("what? {line}"),
    }
}
