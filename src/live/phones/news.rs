//! News for pages: one line whenever what they show has changed.
//!
//! Owns what counts as a change. A page does not change because somebody else handed in or named
//! something, so three hundred phones are not woken three hundred times. One task watches the
//! room and tells all of them; each hears only a number, and fetches its page when the number is
//! not the one that it shows.

use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hasher};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

use crate::exercise::{Exercise, Phase};
use crate::room::Room;

/// How long a phone is told news before it has to ask again.
pub(super) const LIFE: Duration = Duration::from_secs(10 * 60);
/// How often silence is broken, so that a phone that is gone is noticed.
const BEAT: Duration = Duration::from_secs(25);

/// Adds what it is told to a number.
struct Facts(DefaultHasher);

impl Write for Facts {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

/// The number of what pages show of a room. The same facts give the same number.
pub(super) fn version(room: &Room) -> u64 {
    let mut facts = Facts(DefaultHasher::new());
    // A hash takes everything.
    let _ = told(&mut facts, room);
    // Scripts read it as a number without loss, and as text without quotes.
    facts.0.finish() >> 12
}

fn told(facts: &mut Facts, room: &Room) -> fmt::Result {
    let Some(session) = &room.session else {
        return Ok(());
    };
    write!(facts, "{:?}", session.meta.closed)?;
    let Some(run) = session.exercises.current() else {
        return Ok(());
    };
    let brief = session.exercises.brief(&run.scenario);
    write!(
        facts,
        "{:?} {:?} {:?} {brief:?}",
        run.id, run.title, run.label
    )?;
    write!(facts, "{:?} {:?} {:?}", run.phase, run.locked, run.timer)?;
    write!(facts, "{:?}", run.settings)?;
    told_of_rounds(facts, run)
}

fn told_of_rounds(facts: &mut Facts, run: &Exercise) -> fmt::Result {
    for round in &run.rounds {
        write!(facts, "{:?} {} {}", round.vote, round.number, round.sealed)?;
        if round.sealed {
            write!(facts, "{round:?}")?;
        }
    }
    match run.phase {
        // What others name is not on anybody's page.
        Phase::Lobby | Phase::Collect | Phase::Merge => Ok(()),
        _ => write!(
            facts,
            "{:?} {:?} {:?}",
            run.candidates(),
            run.shortlist,
            run.here
        ),
    }
}

/// Watches the rooms and tells when the number changes, until there are no more rooms.
pub(super) async fn watch(mut rooms: watch::Receiver<Room>, tell: watch::Sender<u64>) {
    loop {
        let now = version(&rooms.borrow_and_update());
        tell.send_if_modified(|told| std::mem::replace(told, now) != now);
        if rooms.changed().await.is_err() {
            return;
        }
    }
}

/// Tells one phone, until it is gone, the session is over or its time is.
pub(super) async fn tell(mut news: watch::Receiver<u64>, phone: mpsc::Sender<Bytes>) {
    let end = Instant::now() + LIFE;
    let first = format!("retry: 4000\ndata: {}\n\n", *news.borrow_and_update());
    if phone.send(first.into()).await.is_err() {
        return;
    }
    loop {
        let beat = (Instant::now() + BEAT).min(end);
        let line = tokio::select! {
            changed = news.changed() => match changed {
                Ok(()) => format!("data: {}\n\n", *news.borrow_and_update()),
                Err(_) => return,
            },
            () = sleep_until(beat) => ":\n\n".to_owned(),
            () = phone.closed() => return,
        };
        if Instant::now() >= end || phone.send(line.into()).await.is_err() {
            return;
        }
    }
}
