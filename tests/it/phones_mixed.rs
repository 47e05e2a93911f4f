//! Terminals over SSH and a socket, phones and paper in one round: each person once.

#![cfg(unix)]

use pim::app::{Effect, Msg};
use pim::exercise::ballot::Ballot;
use pim::exercise::ballot_box::Replaces;
use pim::exercise::slip::Slip;
use pim::exercise::{
    Act, BallotKey, Command as Exercise, ItemId, Mark, Phase, Settings, TagBallot, Time, Vote,
};
use pim::live::code::Code;
use pim::live::ssh::{self, Keys, Limits};
use pim::live::{runtime, socket};
use pim::room::{Command, Role};

use crate::leader::LEADER;
use crate::live_socket::{Caller, hello};
use crate::phones_support::House;
use crate::ssh_client::connect;
use crate::ssh_support::{Visitor, loopback};

fn people_in(house: &House) -> u32 {
    let session = house.hall.room().session.unwrap();
    let run = session.exercises.current().unwrap();
    session.ballots.moment(Time(0)).people_in(run, Vote::Tag)
}

/// A slip of paper that the facilitator types in; whether it was taken.
fn slip(house: &House, number: u64) -> bool {
    let marks = [(ItemId(1), Mark::Must)];
    let act = Act::HandIn {
        ballot: Ballot::Tag(TagBallot::new(marks)),
        key: BallotKey::Slip(Slip::from_random(number)),
        replaces: Replaces::MayBe,
    };
    let command = Command::Exercise(Exercise::In(house.run(), act));
    let effect = Effect::Propose(Box::new(command));
    let said = house.hall.ask(LEADER, Role::Facilitator, effect);
    matches!(said[..], [Msg::Kept { .. }])
}

#[test]
fn terminals_phones_and_paper_count_in_one_round_each_person_once() {
    let house = House::open();
    house.begin(Settings::default());
    house.named(&["Wells", "Roads"]);
    house.goes(Phase::Tag);
    let runtime = runtime::handle().unwrap();
    let folder = tempfile::tempdir().unwrap();

    // Over SSH: handed in, changed, handed in again.
    let settings = ssh::Settings {
        addresses: vec![loopback()],
        code: Code::chosen("mango-42").unwrap(),
        host_key: folder.path().join("keys").join("host_key"),
        facilitators: Keys::default(),
        limits: Limits::default(),
    };
    let door = runtime
        .block_on(ssh::open(house.hall.clone(), settings))
        .unwrap();
    let mut visitor = runtime.block_on(async {
        let mut client = connect(door.addresses()[0]).await.unwrap();
        assert!(
            client
                .authenticate_none("mango-42")
                .await
                .unwrap()
                .success()
        );
        let mut visitor = Visitor::sit(client, "xterm-256color", (80, 24)).await;
        visitor.sees("Press Enter to go on.").await;
        visitor.types(b"\r").await;
        visitor.sees("Enter hands it in.").await;
        visitor.types(b"\r").await;
        visitor.sees("Handed in:").await;
        visitor.types(b" ").await;
        visitor.sees("Changed").await;
        visitor.types(b"\r").await;
        visitor.sees("Handed in: 1 must").await;
        visitor
    });
    assert_eq!(people_in(&house), 1);

    // Through the socket of this machine.
    let path = folder.path().join("room.sock");
    let entered = runtime.enter();
    let _socket = socket::participants(&house.hall, &path, None).unwrap();
    drop(entered);
    let mut caller = Caller::comes(&path, &hello(Role::Participant));
    caller.sees("Press Enter to go on.").types("\r");
    caller
        .sees("Enter hands it in.")
        .types("\r")
        .sees("Handed in:");
    assert_eq!(people_in(&house), 2);

    // With a phone: two tabs, a reload, and the way back, which sends the form once more.
    let mut phone = house.came(7);
    let mut tab = phone.clone();
    let (page, other) = (phone.get("/"), tab.get("/"));
    phone.fills(&page, "/seat/tag", "i1=m");
    phone.get("/").sees("Handed in");
    tab.fills(&other, "/seat/tag", "i2=m");
    phone.fills(&page, "/seat/tag", "i1=m&i2=n");
    assert_eq!(people_in(&house), 3);

    // On paper; one is typed in twice by mistake.
    assert!(slip(&house, 1));
    assert!(!slip(&house, 1), "a slip is taken once");
    assert!(slip(&house, 2));
    assert_eq!(people_in(&house), 5);

    // All of them see the same result.
    house.goes(Phase::Reveal);
    house.shows(Vote::Tag);
    phone
        .get("/")
        .sees("5 took part")
        .sees("4 must, 0 nice, 1 neither");
    caller.sees("5 took part");
    runtime.block_on(async {
        visitor.sees("5 took part").await;
        door.close().await;
    });
}
