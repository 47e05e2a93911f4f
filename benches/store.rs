//! How fast a session opens, and how fast a proposal is on the disk.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use pim::room::{
    Body, Command, Event, MetaEvent, NoteCommand, NoteEvent, NoteId, NoteKind, Role, RoomState,
    SeatId, Time, What,
};
use pim::store::{Proposal, Store};

fn main() {
    divan::main();
}

fn by_facilitator(what: What) -> Event {
    Event {
        by: Role::Facilitator,
        what,
    }
}

/// A session with some notes of three lines, most of them on an address.
fn notes(count: u64) -> Vec<Event> {
    let opened = MetaEvent::Opened {
        at: Time(1),
        title: "Bench".to_owned(),
        date: String::new(),
        place: String::new(),
    };
    let written = (1..=count).map(|id| {
        let text = format!("Note {id} of the room\nwho collects what, where and for whom\nand why");
        by_facilitator(What::Note(NoteEvent::Written {
            id: NoteId(id),
            at: Time(1),
            anchor: (id % 4 > 0).then(|| "matrix/case-management/output".to_owned()),
            body: Body::new(NoteKind::Question, text),
        }))
    });
    std::iter::once(by_facilitator(What::Meta(opened)))
        .chain(written)
        .collect()
}

#[divan::bench(args = [10, 10_000])]
fn open(bencher: divan::Bencher<'_, '_>, count: u64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pim");
    drop(Store::create(&file, &notes(count)).unwrap());
    bencher.bench_local(|| Store::open(&file).unwrap().1);
}

#[divan::bench(args = [10, 10_000])]
fn propose_a_note(bencher: divan::Bencher<'_, '_>, count: u64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pim");
    let (mut store, mut state) = Store::create(&file, &notes(count)).unwrap();
    bencher.bench_local(|| {
        let body = Body::new(NoteKind::Note, "one more");
        let write = Command::Note(NoteCommand::Write { anchor: None, body });
        let proposal = Proposal::new(SeatId(1), Role::Facilitator, write, Time(2));
        store.propose(&mut state, proposal).unwrap()
    });
}

#[divan::bench(args = [10_000])]
fn erase_a_note(bencher: divan::Bencher<'_, '_>, count: u64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pim");
    let (mut store, mut state) = Store::create(&file, &notes(count)).unwrap();
    let mut next = 0;
    bencher.bench_local(|| {
        next += 1;
        let erase = Command::Erase(pim::room::Subject::Note(NoteId(next)));
        let proposal = Proposal::new(SeatId(1), Role::Facilitator, erase, Time(2));
        store.propose(&mut state, proposal).unwrap()
    });
}

#[divan::bench]
fn fold_ten_thousand_notes(bencher: divan::Bencher<'_, '_>) {
    let events = notes(10_000);
    bencher.bench_local(|| RoomState::fold(&events));
}
