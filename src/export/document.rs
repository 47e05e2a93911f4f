//! The whole session as one document, in JSON and RON, without loss.
//!
//! Owns the shape that other programs read, and its version. It is a promise: a field
//! keeps its meaning, a new one raises [`Document::VERSION`], and unknown fields are
//! refused rather than dropped. Deleted notes and drafts are not in it. Everything that is
//! imported is cleaned and bounded like something typed.
//!
//! ```text
//!  format    always "pim-session"
//!  version   2 (1 had no exercises)
//!  session   title, date, place (as people wrote them; may be empty);
//!            opened, closed? (times)
//!  agenda    [ title, minutes ]
//!  notes     [ number, kind, address?, text, who?, due?, written, changed?, resolved? ]
//!            kind: Note, Question, Decision, ActionPoint, ParkingLot
//!  systems   [ name, sub_steps: [slug], answers: [ address, answer?, note? ] ]
//!            answer: Done, ToDo, DoesNotApply
//!  timer?    seconds, label?, state: Ready, Running(since, left_ms), Paused(left_ms)
//!  scenarios, exercises, attended?    see [`exercises`]
//! ```
//!
//! Times are RFC 3339 in UTC. Fields with `?` are left out where there is nothing.

mod exercises;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use exercises::Ballots;

use super::Unwritten;
use crate::content::SubStepId;
use crate::exercise::{ExerciseEvent, ExerciseId, RoundId, Row};
use crate::room::agenda::Planned;
use crate::room::timer::Run;
use crate::room::{
    AgendaEvent, AgendaId, AgendaItem, Answer, Body, Design, DesignEvent, Event, Mark, MetaEvent,
    Note, NoteEvent, NoteId, NoteKind, Refusal, Role, RoomState, SystemId, Time, TimerEvent, What,
    decide, text,
};

const FORMAT: &str = "pim-session";
/// Numbers up to here are exact in every spreadsheet and every JSON reader.
const MOST_NUMBER: u64 = 1_000_000_000;

/// A session, as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    format: String,
    version: u32,
    session: About,
    agenda: Vec<Planned>,
    notes: Vec<Noted>,
    systems: Vec<System>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timer: Option<Countdown>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    scenarios: Vec<exercises::Written>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    exercises: Vec<exercises::Run>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attended: Option<ExerciseId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    title: String,
    date: String,
    place: String,
    opened: Stamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<Stamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noted {
    number: u64,
    kind: NoteKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    who: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    due: String,
    written: Stamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolved: Option<Stamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    name: String,
    sub_steps: Vec<String>,
    answers: Vec<Answered>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Countdown {
    seconds: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label: String,
    state: CountdownState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum CountdownState {
    Ready,
    Running { since: Stamp, left_ms: i64 },
    Paused { left_ms: i64 },
}

/// A time in RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp(Time);

impl Serialize for Stamp {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let stamp = jiff::Timestamp::from_millisecond(self.0.0).unwrap_or_default();
        to.collect_str(&stamp)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let stamp: jiff::Timestamp = text.parse().map_err(serde::de::Error::custom)?;
        Ok(Self(Time(stamp.as_millisecond())))
    }
}

/// Why a file cannot be imported. Nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unimportable {
    /// It is something else.
    #[error("this is not a pim session in JSON or RON: {0}")]
    NotASession(String),
    /// A newer program wrote it.
    #[error(
        "a newer pim wrote this (version {has}, this one reads up to {known}); import it with the newer one"
    )]
    Newer {
        /// Its version.
        has: u32,
        /// The newest version that is known here.
        known: u32,
    },
    /// Something in it cannot be taken.
    #[error("{place}: {why}")]
    Refused {
        /// Where it stands.
        place: String,
        /// Why it cannot be taken.
        why: Refusal,
    },
}

/// Enough of a document to see what it is.
#[derive(Deserialize)]
#[serde(rename = "session")]
struct Head {
    format: String,
    version: u32,
}

impl Document {
    /// The version that this program writes.
    pub const VERSION: u32 = 2;

    /// The document of a session, without a ballot.
    pub fn of(state: &RoomState) -> Self {
        Self::with(state, Ballots::Stay)
    }

    /// The document of a session, with or without the ballots of sealed rounds.
    pub fn with(state: &RoomState, ballots: Ballots) -> Self {
        let meta = &state.meta;
        let agenda = state.agenda.items().iter().map(|item| Planned {
            title: item.shown().to_owned(),
            minutes: item.minutes,
        });
        Self {
            format: FORMAT.to_owned(),
            version: Self::VERSION,
            session: About {
                title: meta.title.clone(),
                date: meta.date.clone(),
                place: meta.place.clone(),
                opened: Stamp(meta.opened),
                closed: meta.closed.map(Stamp),
            },
            agenda: agenda.collect(),
            notes: state.notes.iter().map(Noted::of).collect(),
            systems: state.designs.iter().map(System::of).collect(),
            timer: Countdown::of(state),
            scenarios: exercises::scenarios(state),
            exercises: exercises::runs(state, ballots),
            attended: state.exercises.attended,
        }
    }

    /// The document in JSON.
    pub fn to_json(&self) -> Result<String, Unwritten> {
        let mut json = serde_json::to_string_pretty(self)
            .map_err(|error| Unwritten::DoesNotFit(error.to_string()))?;
        json.push('\n');
        Ok(json)
    }

    /// The document in RON.
    pub fn to_ron(&self) -> Result<String, Unwritten> {
        let mut ron = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new())
            .map_err(|error| Unwritten::DoesNotFit(error.to_string()))?;
        ron.push('\n');
        Ok(ron)
    }

    /// Reads a document in JSON or in RON, whichever it is.
    pub fn read(text: &str) -> Result<Self, Unimportable> {
        if text.trim_start().starts_with('{') {
            let said = |error: serde_json::Error| Unimportable::NotASession(error.to_string());
            known(&serde_json::from_str(text).map_err(said)?)?;
            serde_json::from_str(text).map_err(said)
        } else {
            let said =
                |error: ron::error::SpannedError| Unimportable::NotASession(error.to_string());
            known(&ron::from_str(text).map_err(said)?)?;
            ron::from_str(text).map_err(said)
        }
    }

    /// The events of a session that is this document.
    pub fn events(&self) -> Result<Vec<Event>, Unimportable> {
        let mut whats = vec![self.session.opened()?];
        whats.extend(self.agenda()?);
        self.check_numbers()?;
        for note in &self.notes {
            whats.extend(note.events()?);
        }
        for (id, system) in (1..).zip(&self.systems) {
            whats.extend(system.events(SystemId(id))?);
        }
        if let Some(timer) = &self.timer {
            whats.extend(timer.events()?);
        }
        let exercises = self.exercises()?.into_iter().map(What::Exercise);
        whats.extend(exercises);
        let closed = self.session.closed;
        whats.extend(closed.map(|at| What::Meta(MetaEvent::Closed(at.0))));
        let by = |what| Event {
            by: Role::Facilitator,
            what,
        };
        Ok(whats.into_iter().map(by).collect())
    }

    /// What happened to the exercises, as one way of coming to where they stand.
    fn exercises(&self) -> Result<Vec<ExerciseEvent>, Unimportable> {
        let mut events = Vec::new();
        for scenario in &self.scenarios {
            events.extend(scenario.events().map_err(at("scenarios"))?);
        }
        let mut known = BTreeSet::new();
        for run in &self.exercises {
            if !known.insert(run.id()) {
                let why = Refusal::Unreadable("its number is used twice".to_owned());
                return Err(at(run.place())(why));
            }
            events.extend(run.events().map_err(at(run.place()))?);
        }
        if let Some(now) = self.attended.filter(|one| known.contains(one)) {
            let was = None;
            let now = Some(now);
            events.push(ExerciseEvent::Attended { was, now });
        }
        Ok(events)
    }

    /// The ballots that travelled, by sealed round; most documents have none.
    pub fn ballots(&self) -> Result<Vec<(RoundId, Vec<Row>)>, Unimportable> {
        let mut all = Vec::new();
        for run in &self.exercises {
            all.extend(run.ballots().map_err(at(run.place()))?);
        }
        Ok(all)
    }

    /// Numbers of notes are said aloud and stand in exports: each means one note.
    fn check_numbers(&self) -> Result<(), Unimportable> {
        let mut known = BTreeSet::new();
        for note in &self.notes {
            if !(1..=MOST_NUMBER).contains(&note.number) || !known.insert(note.number) {
                let why = "its number is used twice or is out of range".to_owned();
                return Err(at(format!("note {}", note.number))(Refusal::Unreadable(
                    why,
                )));
            }
        }
        Ok(())
    }

    fn agenda(&self) -> Result<Option<What>, Unimportable> {
        if self.agenda.is_empty() {
            return Ok(None);
        }
        let load = crate::room::AgendaCommand::Load(self.agenda.clone());
        let mut events = decided("agenda", crate::room::Command::Agenda(load))?;
        if let [What::Agenda(AgendaEvent::Loaded(items))] = events.as_mut_slice() {
            number(items);
        }
        Ok(events.pop())
    }
}

fn number(items: &mut [AgendaItem]) {
    for (id, item) in (1..).zip(items) {
        item.id = AgendaId(id);
    }
}

fn known(head: &Head) -> Result<(), Unimportable> {
    if head.format != FORMAT {
        let said = format!("its format is {}", head.format);
        return Err(Unimportable::NotASession(said));
    }
    if head.version > Document::VERSION {
        return Err(Unimportable::Newer {
            has: head.version,
            known: Document::VERSION,
        });
    }
    Ok(())
}

/// What an empty session decides about a command: the checks of typing hold here too.
fn decided(place: &str, command: crate::room::Command) -> Result<Vec<What>, Unimportable> {
    let state = RoomState::default();
    let events = decide(&state, Role::Facilitator, command, Time(0)).map_err(at(place))?;
    Ok(events.into_iter().map(|event| event.what).collect())
}

fn at(place: impl Into<String>) -> impl FnOnce(Refusal) -> Unimportable {
    let place = place.into();
    |why| Unimportable::Refused { place, why }
}

impl About {
    fn opened(&self) -> Result<What, Unimportable> {
        let line = |typed: &str, name| text::LINE.named(name).entry(typed).map_err(at("session"));
        Ok(What::Meta(MetaEvent::Opened {
            at: self.opened.0,
            title: line(&self.title, "title")?,
            date: line(&self.date, "date")?,
            place: line(&self.place, "place")?,
        }))
    }
}

impl Noted {
    fn of(note: &Note) -> Self {
        Self {
            number: note.id.0,
            kind: note.body.kind,
            address: note.anchor.clone(),
            text: note.body.text.clone(),
            who: note.body.who.clone(),
            due: note.body.due.clone(),
            written: Stamp(note.written),
            changed: note.changed.map(Stamp),
            resolved: note.resolved.map(Stamp),
        }
    }

    fn events(&self) -> Result<Vec<What>, Unimportable> {
        let place = format!("note {}", self.number);
        let id = NoteId(self.number);
        let typed = Body {
            kind: self.kind,
            text: self.text.clone(),
            who: self.who.clone(),
            due: self.due.clone(),
        };
        let body = typed.entry().map_err(at(&*place))?;
        let anchor = self.address.as_deref().map(text::address).transpose();
        let mut events = vec![NoteEvent::Written {
            id,
            at: self.written.0,
            anchor: anchor.map_err(at(place))?,
            body: body.clone(),
        }];
        if let Some(Stamp(at)) = self.changed {
            let at = Some(at);
            events.push(NoteEvent::Edited { id, at, body });
        }
        if let Some(Stamp(at)) = self.resolved {
            events.push(NoteEvent::Resolved { id, at });
        }
        Ok(events.into_iter().map(What::Note).collect())
    }
}

impl System {
    fn of(design: &Design) -> Self {
        let answers = design.marks.iter().map(|(address, mark)| Answered {
            address: address.clone(),
            answer: mark.answer,
            note: mark.note.clone(),
        });
        Self {
            name: design.title(),
            sub_steps: design.sub_steps.iter().map(ToString::to_string).collect(),
            answers: answers.collect(),
        }
    }

    fn events(&self, id: SystemId) -> Result<Vec<What>, Unimportable> {
        let place = format!("system {}", self.name);
        let name = text::LINE.named("name").required(&self.name);
        let mut events = vec![DesignEvent::Added {
            id,
            name: name.map_err(at(&*place))?,
        }];
        let slugs = self.sub_steps.iter();
        let sub_steps: BTreeSet<SubStepId> = slugs
            .filter_map(|slug| SubStepId::from_slug(slug))
            .collect();
        if !sub_steps.is_empty() {
            events.push(DesignEvent::Chosen { id, sub_steps });
        }
        for answered in &self.answers {
            events.push(answered.event(id).map_err(at(&*place))?);
        }
        Ok(events.into_iter().map(What::Design).collect())
    }
}

impl Answered {
    fn event(&self, id: SystemId) -> Result<DesignEvent, Refusal> {
        Ok(DesignEvent::Marked {
            id,
            address: text::address(&self.address)?,
            mark: Mark {
                answer: self.answer,
                note: crate::room::design::MARK_NOTE.entry(&self.note)?,
            },
        })
    }
}

impl Countdown {
    fn of(state: &RoomState) -> Option<Self> {
        let timer = &state.timer;
        (timer.seconds > 0).then(|| Self {
            seconds: timer.seconds,
            label: timer.label.clone(),
            state: match timer.run {
                Run::Ready => CountdownState::Ready,
                Run::Running { since, left } => CountdownState::Running {
                    since: Stamp(since),
                    left_ms: left,
                },
                Run::Paused { left } => CountdownState::Paused { left_ms: left },
            },
        })
    }

    /// The countdown as it stands, told as if it had been started once and paused once.
    fn events(&self) -> Result<Vec<What>, Unimportable> {
        let set = crate::room::TimerCommand::Set {
            seconds: self.seconds,
            label: self.label.clone(),
        };
        let mut events = decided("timer", crate::room::Command::Timer(set))?;
        let whole = i64::from(self.seconds) * 1000;
        let paused = |left: i64| {
            let gone = whole.saturating_sub(left.clamp(0, whole));
            [TimerEvent::Started(Time(0)), TimerEvent::Paused(Time(gone))]
        };
        let ran: Vec<TimerEvent> = match self.state {
            CountdownState::Ready => Vec::new(),
            CountdownState::Paused { left_ms } => paused(left_ms).into(),
            CountdownState::Running { since, left_ms } => {
                let mut ran: Vec<TimerEvent> = paused(left_ms).into();
                ran.push(TimerEvent::Started(since.0));
                ran
            }
        };
        events.extend(ran.into_iter().map(What::Timer));
        Ok(events)
    }
}
