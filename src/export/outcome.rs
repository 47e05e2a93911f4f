//! The outcome of a session: what the readable exports say, before any format.
//!
//! Owns the order (notes by place, in the order of the framework) and what stands beside
//! each note: the passage that it hangs on, with its status and source. Deleted notes are
//! in no export.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::exercise::Exercises;
use crate::content::address::places;
use crate::content::{Address, Content, Passage, Place};
use crate::page::{Page, passages_at};
use crate::room::checklist::{self, Progress};
use crate::room::{Answer, Design, Note, NoteKind, RoomState};
use crate::store::clock;

/// What a session came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its title.
    pub title: String,
    /// Its date, as people wrote it.
    pub date: String,
    /// Its place, if anybody said so.
    pub place: String,
    /// The agenda: what, and minutes.
    pub agenda: Vec<(String, u32)>,
    /// All notes but the parking lot, by place.
    pub sections: Vec<Section>,
    /// The parking lot, in the order in which it was written.
    pub parking: Vec<Entry>,
    /// The checklists.
    pub checklists: Vec<Checklist>,
    /// The exercises and their results.
    pub exercises: Exercises,
}

/// The notes of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The address; none for what concerns the whole session.
    pub address: Option<String>,
    /// What stands there.
    pub title: String,
    /// The passages that the notes hang on.
    pub quotes: Vec<Quote>,
    /// The notes, in the order in which they were written.
    pub entries: Vec<Entry>,
}

/// A passage with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Its text, a piece each.
    pub text: Vec<String>,
    /// Status and source.
    pub source: String,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub number: u64,
    /// What it is.
    pub kind: NoteKind,
    /// What is written.
    pub text: String,
    /// Who does it, by role.
    pub who: String,
    /// By when.
    pub due: String,
    /// When it was written.
    pub written: String,
    /// When it was resolved.
    pub resolved: Option<String>,
    /// What stands where it hangs.
    pub place: String,
    /// Its address.
    pub address: Option<String>,
}

/// The checklist of a system under design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// The system.
    pub name: String,
    /// How far all lines are answered.
    pub progress: Progress,
    /// The lines, by stage and principle.
    pub groups: Vec<Group>,
}

/// Lines that stand together in the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are about.
    pub title: String,
    /// Status and source of their words.
    pub source: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line of a checklist with what is said at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its address.
    pub address: String,
    /// The words of the source.
    pub text: String,
    /// The answer, if one was given.
    pub answer: Option<Answer>,
    /// What people say about it.
    pub note: String,
}

impl Outcome {
    /// The outcome of a session, read beside a content.
    pub fn of(content: &Content, state: &RoomState, zone: &TimeZone) -> Self {
        let meta = &state.meta;
        let agenda = state.agenda.items().iter();
        let designs = state.designs.iter();
        let (parking, others): (Vec<&Note>, Vec<&Note>) = state
            .notes
            .iter()
            .partition(|note| note.body.kind == NoteKind::ParkingLot);
        let writer = Writer { content, zone };
        Self {
            title: meta.title.clone(),
            date: meta.date.clone(),
            place: meta.place.clone(),
            agenda: agenda
                .map(|item| (item.shown().to_owned(), item.minutes))
                .collect(),
            sections: writer.sections(&others),
            parking: writer.parking(&parking),
            checklists: designs.map(|design| writer.checklist(design)).collect(),
            exercises: Exercises::of(content, state),
        }
    }

    /// The notes of a kind, in the order of their numbers.
    pub fn of_kind(&self, kind: NoteKind) -> Vec<&Entry> {
        let all = self.sections.iter().flat_map(|section| &section.entries);
        let mut some: Vec<&Entry> = all.filter(|entry| entry.kind == kind).collect();
        some.sort_by_key(|entry| entry.number);
        some
    }
}

struct Writer<'a> {
    content: &'a Content,
    zone: &'a TimeZone,
}

impl Writer<'_> {
    fn sections(&self, notes: &[&Note]) -> Vec<Section> {
        let mut by_anchor: BTreeMap<Option<&str>, Vec<&Note>> = BTreeMap::new();
        for note in notes {
            let anchor = note.anchor.as_deref();
            by_anchor.entry(anchor).or_default().push(note);
        }
        let order = places(self.content);
        let mut sections: Vec<((usize, usize), Section)> = by_anchor
            .into_iter()
            .map(|(anchor, notes)| self.section(anchor, &notes, &order))
            .collect();
        sections.sort_by_key(|(rank, _)| *rank);
        sections.into_iter().map(|(_, section)| section).collect()
    }

    /// A section, with its rank in the order of the framework.
    fn section(
        &self,
        anchor: Option<&str>,
        notes: &[&Note],
        order: &[Place],
    ) -> ((usize, usize), Section) {
        let address = anchor.and_then(|text| Address::parse(text, self.content).ok());
        let title = self.title(anchor, address.as_ref());
        let quotes = address.as_ref().map(|one| self.quotes(one));
        let entries = notes.iter().map(|note| self.entry(note, &title));
        let section = Section {
            address: anchor.map(str::to_owned),
            entries: entries.collect(),
            quotes: quotes.unwrap_or_default(),
            title,
        };
        (self.rank(anchor, address.as_ref(), order), section)
    }

    fn rank(
        &self,
        anchor: Option<&str>,
        address: Option<&Address>,
        order: &[Place],
    ) -> (usize, usize) {
        // What concerns the whole session comes first, what is not in this content last.
        let Some(address) = address else {
            return (if anchor.is_some() { usize::MAX } else { 0 }, 0);
        };
        let place = order.iter().position(|one| *one == address.place);
        let item = address.item.as_ref().map(|item| {
            let page = Page::of(&address.place, self.content);
            let here = |anchor: &Option<String>| anchor.as_ref() == Some(item);
            let at = page.blocks.iter().position(|block| here(&block.anchor));
            at.map_or(usize::MAX, |at| at + 1)
        });
        (
            place.map_or(usize::MAX - 1, |at| at + 1),
            item.unwrap_or_default(),
        )
    }

    fn title(&self, anchor: Option<&str>, address: Option<&Address>) -> String {
        match (anchor, address) {
            (None, _) => "The session as a whole".to_owned(),
            (Some(text), None) => format!("{text} (not in this content)"),
            (_, Some(address)) => Page::of(&address.place, self.content).title,
        }
    }

    /// The passage that is meant, or the first one of the place.
    fn quotes(&self, address: &Address) -> Vec<Quote> {
        let most = match (&address.item, &address.place) {
            (Some(_), _) => 3,
            (None, Place::Cell(..) | Place::SubStep(_) | Place::Principle(_)) => 1,
            // A note on a whole column or tab hangs on its title.
            (None, _) => 0,
        };
        let passages = passages_at(address, self.content);
        let some = passages.iter().take(most);
        some.map(|(_, passage)| self.quote(passage)).collect()
    }

    fn quote(&self, passage: &Passage) -> Quote {
        Quote {
            text: passage
                .body
                .iter()
                .map(|one| one.text().to_owned())
                .collect(),
            source: self.source(passage),
        }
    }

    fn source(&self, passage: &Passage) -> String {
        format!("{}. {}", passage.status, self.content.cite(&passage.origin))
    }

    fn parking(&self, notes: &[&Note]) -> Vec<Entry> {
        let entry = |note: &&Note| {
            let anchor = note.anchor.as_deref();
            let address = anchor.and_then(|text| Address::parse(text, self.content).ok());
            self.entry(note, &self.title(anchor, address.as_ref()))
        };
        notes.iter().map(entry).collect()
    }

    fn entry(&self, note: &Note, place: &str) -> Entry {
        Entry {
            number: note.id.0,
            kind: note.body.kind,
            text: note.body.text.clone(),
            who: note.body.who.clone(),
            due: note.body.due.clone(),
            written: clock::minute(note.written, self.zone),
            resolved: note.resolved.map(|at| clock::minute(at, self.zone)),
            place: place.to_owned(),
            address: note.anchor.clone(),
        }
    }

    fn checklist(&self, design: &Design) -> Checklist {
        let mut lines = checklist::principle_lines(self.content, &design.sub_steps);
        lines.extend(checklist::activity_lines(self.content, &design.sub_steps));
        let mut groups: Vec<(Place, Group)> = Vec::new();
        for line in &lines {
            let place = &line.address.place;
            if groups.last().is_none_or(|(last, _)| last != place) {
                groups.push((place.clone(), self.group(&line.address)));
            }
            if let Some((_, group)) = groups.last_mut() {
                group.lines.push(said(design, line));
            }
        }
        let mut groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
        groups.extend(not_chosen(design, &lines));
        Checklist {
            name: design.title(),
            progress: Progress::of(&design.marks, &lines),
            groups,
        }
    }

    fn group(&self, address: &Address) -> Group {
        let page = Page::of(&address.place, self.content);
        let item = address.item.as_deref().unwrap_or_default();
        let passage = page.passage(item);
        Group {
            source: passage.map_or_else(String::new, |one| self.source(one)),
            title: page.title,
            lines: Vec::new(),
        }
    }
}

fn said(design: &Design, line: &checklist::Line) -> Line {
    let address = line.address.to_string();
    let mark = design.marks.get(&address).cloned().unwrap_or_default();
    Line {
        text: line.text.clone(),
        answer: mark.answer,
        note: mark.note,
        address,
    }
}

/// Answers at lines of sub-steps that are not chosen any more, or that this content lacks:
/// nothing that people answered is left out.
fn not_chosen(design: &Design, lines: &[checklist::Line]) -> Option<Group> {
    let known: Vec<String> = lines.iter().map(|line| line.address.to_string()).collect();
    let others = design.marks.iter().filter(|(one, _)| !known.contains(one));
    let lines: Vec<Line> = others
        .map(|(address, mark)| Line {
            address: address.clone(),
            text: address.clone(),
            answer: mark.answer,
            note: mark.note.clone(),
        })
        .collect();
    (!lines.is_empty()).then(|| Group {
        title: "Answered in sub-steps that are not chosen now".to_owned(),
        source: String::new(),
        lines,
    })
}
