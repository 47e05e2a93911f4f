//! Saving what can be read from a damaged session into a new one.
//!
//! Owns the ways of reading a damaged file, tried in turn: as it is, with the first 100
//! bytes of a sound file, with the whole first page of one. The damaged file is never
//! written: all of it happens on a copy in a folder that goes away afterwards. Every entry
//! is asked for by its number, so that a broken page costs only what stands on it; the
//! ballots of sealed rounds are looked for around a broken page, and shuffled again. Ballots
//! of a round that was not sealed are left behind: what ties them to a seat or a slip would
//! have to come with them, and people can hand in again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::open::{connect, create, folder_of, free_name};
use super::{Failure, Store, Trace, ballots, private};
use crate::exercise::{RoundId, Row};
use crate::room::{Body, Event, RoomState};
use crate::store::Slot;

/// The size of a page in every file that this program makes.
const PAGE: usize = 4096;
/// Numbers that are tried past the last entry that was found.
const PAST_THE_END: i64 = 2_000;
/// How far the search for ballots steps at a broken page: a small part of the ids that
/// stand on one, even in a large box.
const STRIDE: i64 = i64::MAX / 20_000;

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The new file.
    pub file: PathBuf,
    /// Entries that were saved.
    pub events: usize,
    /// Entries that are known to be missing.
    pub lost: usize,
    /// Drafts that were saved.
    pub drafts: usize,
    /// Ballots of sealed rounds that were saved.
    pub ballots: usize,
    /// Sealed rounds of which no ballot was found and that have no hands or words beside.
    pub emptied: usize,
}

/// What could be read.
#[derive(Default)]
struct Salvage {
    events: Vec<Event>,
    last: i64,
    drafts: Vec<(Slot, Body)>,
    traces: Vec<Trace>,
    ballots: BTreeMap<i64, Vec<Row>>,
}

/// Saves what can be read into a new file: the one that is named, or one beside it.
pub fn recover(file: &Path, to: Option<&Path>) -> Result<Recovered, Failure> {
    refuse_held(file)?;
    let salvage = salvage(file)?;
    if salvage.events.is_empty() {
        return Err(Failure::Lost(file.to_owned()));
    }
    let to = to.map_or_else(|| name_beside(file), Path::to_owned);
    let (mut store, mut state) = Store::create(&to, &salvage.events)?;
    let (ballots, emptied) = take_in(&mut store, &mut state, &salvage.ballots)?;
    for (slot, body) in &salvage.drafts {
        store.keep_draft(slot, body)?;
    }
    for trace in &salvage.traces {
        store.log.keep_trace(trace)?;
    }
    store.note_trace("recovered from", file)?;
    store.close()?;
    let events = salvage.events.len();
    Ok(Recovered {
        file: to,
        events,
        lost: usize::try_from(salvage.last)
            .unwrap_or_default()
            .saturating_sub(events),
        drafts: salvage.drafts.len(),
        ballots,
        emptied,
    })
}

/// Puts the ballots of the rounds that the saved entries tell of as sealed into the box.
/// Gives back how many, and how many rounds are left without any.
fn take_in(
    store: &mut Store,
    state: &mut RoomState,
    found: &BTreeMap<i64, Vec<Row>>,
) -> Result<(usize, usize), Failure> {
    let sealed: Vec<RoundId> = state.exercises.sealed_rounds().collect();
    let of = |round: &RoundId| found.get(&ballots::number(*round)).cloned();
    let all: Vec<(RoundId, Vec<Row>)> = sealed
        .iter()
        .filter_map(|round| Some((*round, of(round)?)))
        .collect();
    let taken = store.take_in_ballots(state, &all);
    let taken = taken.map_err(|error| Failure::damaged(store.file(), error.to_string()))?;
    // A round by show of hands or agreed aloud needs no ballot.
    let silent = |round: &RoundId| {
        let run = state.exercises.run(round.exercise);
        let round = run.and_then(|run| run.round(round.vote, round.number));
        round.is_some_and(|one| one.is_silent() && one.counted.is_none())
    };
    let emptied = sealed.iter().filter(|one| of(one).is_none() && silent(one));
    Ok((taken, emptied.count()))
}

/// A file that somebody has open is not damaged as far as anybody knows, and half of its
/// last entries are in that program's hands.
fn refuse_held(file: &Path) -> Result<(), Failure> {
    if !file.is_file() {
        return Err(Failure::Missing(file.to_owned()));
    }
    let shared = with_ending(file, "-shm");
    let was_there = shared.exists();
    let tried = look_at(file).map_err(|error| Failure::sqlite(file, error));
    if let Err(held @ Failure::Held(_)) = tried {
        return Err(held);
    }
    if !was_there && shared.exists() {
        private::wipe(&shared).map_err(|error| Failure::io(&shared, error))?;
    }
    Ok(())
}

/// Reads as little as possible, without the right to change anything.
fn look_at(file: &Path) -> rusqlite::Result<()> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    db.busy_timeout(std::time::Duration::ZERO)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

fn name_beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    free_name(|number| folder_of(file).join(format!("{stem}.recovered{number}.pim")))
}

/// The best of what the ways of reading give.
fn salvage(file: &Path) -> Result<Salvage, Failure> {
    let folder = folder_of(file);
    let said = |error| Failure::io(file, error);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let workshop = tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(".new")
        .tempdir_in(&folder)
        .map_err(|error| Failure::io(&folder, error))?;
    let mut best = Salvage::default();
    for way in [Mend::Nothing, Mend::Header, Mend::FirstPage] {
        let copy = workshop.path().join(format!("{way:?}.pim"));
        copy_with_log(file, &copy).map_err(said)?;
        mend(&copy, way, workshop.path())?;
        let read = read(&copy);
        let ballots = richer(std::mem::take(&mut best.ballots), &read.ballots);
        if read.events.len() > best.events.len() {
            best = read;
        }
        best.ballots = ballots;
    }
    for entry in fs::read_dir(workshop.path()).map_err(said)?.flatten() {
        private::wipe(&entry.path()).map_err(said)?;
    }
    Ok(best)
}

/// Of each round the ballots of whichever way of reading found more.
fn richer(
    mut best: BTreeMap<i64, Vec<Row>>,
    read: &BTreeMap<i64, Vec<Row>>,
) -> BTreeMap<i64, Vec<Row>> {
    for (round, rows) in read {
        let known = best.entry(*round).or_default();
        if rows.len() > known.len() {
            known.clone_from(rows);
        }
    }
    best
}

fn copy_with_log(file: &Path, copy: &Path) -> std::io::Result<()> {
    fs::copy(file, copy)?;
    let log = with_ending(file, "-wal");
    if log.is_file() {
        fs::copy(log, with_ending(copy, "-wal"))?;
    }
    Ok(())
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// What is put in order before reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mend {
    Nothing,
    Header,
    FirstPage,
}

/// Puts the beginning of a sound file in place of a damaged one's: tables stand at the
/// same pages in every session.
fn mend(copy: &Path, way: Mend, workshop: &Path) -> Result<(), Failure> {
    if way == Mend::Nothing {
        return Ok(());
    }
    let sound = workshop.join(format!("sound-{way:?}.pim"));
    create(&sound, &[])?;
    let said = |error| Failure::io(copy, error);
    let model = fs::read(&sound).map_err(said)?;
    let mut bytes = fs::read(copy).map_err(said)?;
    let length = if way == Mend::Header { 100 } else { PAGE };
    let (Some(head), Some(model)) = (bytes.get_mut(..length), model.get(..length)) else {
        return Ok(());
    };
    head.copy_from_slice(model);
    if with_ending(copy, "-wal").is_file() {
        // Bytes 18 and 19 say that there is a write-ahead log.
        head.iter_mut().skip(18).take(2).for_each(|byte| *byte = 2);
    }
    let pages = u32::try_from(bytes.len() / PAGE).unwrap_or(u32::MAX);
    if let Some(field) = bytes.get_mut(28..32) {
        field.copy_from_slice(&pages.to_be_bytes());
    }
    fs::write(copy, bytes).map_err(said)
}

/// Everything that can be read, entry by entry.
fn read(copy: &Path) -> Salvage {
    let mut salvage = Salvage::default();
    let Ok(db) = connect(copy) else {
        return salvage;
    };
    // A copy that only this function knows needs no other care.
    let _ = db.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA locking_mode = EXCLUSIVE;");
    read_events(&db, &mut salvage);
    read_ballots(&db, &mut salvage.ballots);
    salvage.drafts = pairs(&db, "SELECT slot, body FROM drafts")
        .iter()
        .filter_map(|(slot, body)| {
            Some((
                serde_json::from_str(slot).ok()?,
                serde_json::from_str(body).ok()?,
            ))
        })
        .collect();
    let trace = |(kind, path): (String, String)| Trace {
        kind,
        path: PathBuf::from(path),
    };
    let traces = pairs(&db, "SELECT kind, path FROM traces");
    salvage.traces = traces.into_iter().map(trace).collect();
    salvage
}

fn read_events(db: &Connection, salvage: &mut Salvage) {
    let Ok(mut one) = db.prepare("SELECT event FROM events WHERE seq = ?1") else {
        return;
    };
    let newest: i64 = db
        .query_row("SELECT coalesce(max(seq), 0) FROM events", [], |row| {
            row.get(0)
        })
        .unwrap_or_default();
    let mut seq = 1;
    while seq <= newest.max(salvage.last + PAST_THE_END) {
        let text: rusqlite::Result<String> = one.query_row([seq], |row| row.get(0));
        if let Ok(text) = text {
            salvage.last = seq;
            salvage.events.extend(serde_json::from_str::<Event>(&text));
        }
        seq += 1;
    }
    salvage.last = salvage.last.max(newest);
}

/// Every ballot that can be read, by the number of its round. Ids are spread at random over
/// their whole range: at a broken page the search goes on a step further, until it is past
/// it.
fn read_ballots(db: &Connection, found: &mut BTreeMap<i64, Vec<Row>>) {
    let query = "SELECT id, round, row FROM ballots WHERE id > ?1 ORDER BY id";
    let Ok(mut all) = db.prepare(query) else {
        return;
    };
    let mut after = Some(-1);
    while let Some(from) = after {
        let mut last: i64 = from;
        let rows = all.query_map([from], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let Ok(rows) = rows else { return };
        let mut broken = false;
        for row in rows {
            let Ok::<(i64, i64, Vec<u8>), _>((id, round, bytes)) = row else {
                broken = true;
                break;
            };
            last = last.max(id);
            keep(found, round, &bytes);
        }
        after = last.checked_add(STRIDE).filter(|_| broken);
    }
}

fn keep(found: &mut BTreeMap<i64, Vec<Row>>, round: i64, bytes: &[u8]) {
    let row = Row::from_bytes(bytes).filter(|row| !row.is_vacant());
    if let Some(row) = row {
        found.entry(round).or_default().push(row);
    }
}

fn pairs(db: &Connection, query: &str) -> Vec<(String, String)> {
    let Ok(mut statement) = db.prepare(query) else {
        return Vec::new();
    };
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.map_or_else(|_| Vec::new(), |rows| rows.map_while(Result::ok).collect())
}
