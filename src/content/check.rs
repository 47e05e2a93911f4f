//! From raw shapes to checked content.
//!
//! Owns every rule that a content file must keep beyond its grammar: slugs, texts,
//! references, completeness, unique ids. Collects every fault of every file instead
//! of stopping at the first. Knows no file system: files come in as text. Start at
//! [`content`].

mod guide;
pub(crate) use guide::MADE_PAGES;
mod matrix;
mod principles;
mod process;
mod scenarios;
mod shipped;
pub(super) use shipped::shipped;

use std::collections::HashMap;

use super::fault::{Faults, did_you_mean};
use super::file::File;
use super::ids::is_slug;
use super::later::Later;
use super::model::{Content, Decision};
use super::passage::{Document, Origin, OtherName, Passage, Piece, Status};
use super::raw::{RawDocument, RawEditor, RawName, RawOrigin, RawPassage, RawPiece, RawStatus};

/// The version of the file format that this program reads.
const SCHEMA: u32 = 1;

/// Checks every file and puts the content together, or says all that is wrong.
pub(super) fn content(files: &[File]) -> Result<Content, Faults> {
    let mut faults = Faults::default();
    let documents = documents(files, &mut faults);
    let known = ids(&documents);
    let matrix = matrix::matrix(files, &known, &mut faults);
    let process = process::process(files, &known, &mut faults);
    let principles = principles::principles(files, &known, &mut faults);
    let scenarios = scenarios::scenarios(files, &known, &mut faults);
    let guide = guide::guide(files, &known, &mut faults);
    let decisions = decisions(files, &mut faults);
    match (matrix, process, principles, scenarios) {
        (Some(matrix), Some(process), Some(principles), Some(scenarios)) if faults.is_empty() => {
            Ok(Content {
                documents,
                matrix,
                process: Later::Read(process),
                principles: Later::Read(principles),
                scenarios,
                guide: Later::Read(guide),
                decisions: Later::Read(decisions),
                overridden: Vec::new(),
                vocabulary: Vec::new(),
                operation: None,
            })
        }
        _ => Err(faults),
    }
}

fn ids(documents: &[Document]) -> Vec<String> {
    documents.iter().map(|one| one.id.clone()).collect()
}

/// Faults for addresses in the editor's file that lead nowhere. Slow beside the other
/// checks, and of no use to a reader, so it is for `pim check` and for tests.
pub(super) fn references(content: &Content, files: &[File]) -> Faults {
    let mut faults = Faults::default();
    let Some(file) = files.iter().find(|file| file.path == "editor.ron") else {
        return faults;
    };
    let all = super::address::addresses(content);
    let known: Vec<String> = all.iter().map(ToString::to_string).collect();
    for shown in content.decisions.iter().flat_map(|one| &one.shown) {
        if known.contains(shown) {
            continue;
        }
        let mut fault = file.fault_at(shown, 0, format!("nothing has the address {shown}"));
        fault.help = did_you_mean(shown, known.iter().map(String::as_str))
            .map(|near| format!("did you mean \"{near}\"?"));
        faults.push(fault);
    }
    faults
}

/// The file at a path, or a fault that says it is missing.
fn required<'a>(files: &'a [File], path: &str, faults: &mut Faults) -> Option<&'a File> {
    let found = files.iter().find(|file| file.path == path);
    if found.is_none() {
        let missing = File {
            path: path.to_owned(),
            text: String::new(),
        };
        faults.push(missing.fault("this file is missing"));
    }
    found
}

/// The files of a folder.
fn below<'a>(files: &'a [File], folder: &'a str) -> impl Iterator<Item = &'a File> {
    files
        .iter()
        .filter(move |file| file.path.starts_with(folder))
}

fn documents(files: &[File], faults: &mut Faults) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for file in below(files, "sources/") {
        let Some(raw) = file.read::<RawDocument>(faults) else {
            continue;
        };
        let mut check = Check::new(file, &[], faults);
        check.schema(raw.schema);
        check.slug(&raw.id);
        for text in [&raw.title, &raw.short, &raw.date, &raw.about] {
            check.text(text);
        }
        if documents.iter().any(|other| other.id == raw.id) {
            check.at(&raw.id, "two documents have this id");
        }
        documents.push(Document {
            id: raw.id,
            title: raw.title,
            short: raw.short,
            year: raw.year,
            date: raw.date,
            about: raw.about,
            number: raw.number,
        });
    }
    documents.sort_by(|a, b| b.year.cmp(&a.year).then(a.id.cmp(&b.id)));
    documents
}

fn decisions(files: &[File], faults: &mut Faults) -> Vec<Decision> {
    let Some(file) = required(files, "editor.ron", faults) else {
        return Vec::new();
    };
    let Some(raw) = file.read::<RawEditor>(faults) else {
        return Vec::new();
    };
    let mut check = Check::new(file, &[], faults);
    check.schema(raw.schema);
    check.unique(raw.decisions.iter().map(|one| one.id.as_str()));
    let mut decisions = Vec::new();
    for one in raw.decisions {
        for text in [&one.id, &one.place, &one.what, &one.decision, &one.why] {
            check.text(text);
        }
        decisions.push(Decision {
            id: one.id,
            place: one.place,
            what: one.what,
            decision: one.decision,
            why: one.why,
            shown: one.shown,
        });
    }
    decisions
}

/// The check of one file: what it has seen, and where its faults go.
struct Check<'a> {
    file: &'a File,
    documents: &'a [String],
    faults: &'a mut Faults,
    /// How often each id was met, so that a fault points at the right one.
    met: HashMap<String, usize>,
}

impl<'a> Check<'a> {
    fn new(file: &'a File, documents: &'a [String], faults: &'a mut Faults) -> Self {
        Self {
            file,
            documents,
            faults,
            met: HashMap::new(),
        }
    }

    /// A fault where a quoted text first stands.
    fn at(&mut self, quoted: &str, message: impl Into<String>) {
        self.faults.push(self.file.fault_at(quoted, 0, message));
    }

    /// A fault where a quoted text first stands, with what would be right.
    fn at_with(&mut self, quoted: &str, message: impl Into<String>, help: Option<String>) {
        let mut fault = self.file.fault_at(quoted, 0, message);
        fault.help = help;
        self.faults.push(fault);
    }

    fn schema(&mut self, schema: u32) {
        if schema != SCHEMA {
            self.faults.push(self.file.fault(format!(
                "schema {schema} is not known to this version, which reads schema {SCHEMA}"
            )));
        }
    }

    fn slug(&mut self, id: &str) {
        if !is_slug(id) {
            let message =
                format!("`{id}` is not an id: use small letters, digits and single hyphens");
            self.at(id, message);
        }
    }

    /// Ids that stand beside each other must differ.
    fn unique<'i>(&mut self, ids: impl Iterator<Item = &'i str>) {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            let nth = self.met.entry(id.to_owned()).or_default();
            if seen.contains(&id) {
                let message = format!("`{id}` is used twice here");
                self.faults.push(self.file.fault_at(id, *nth, message));
            }
            *nth += 1;
            seen.push(id);
        }
    }

    /// A text that a person reads: not empty, and nothing in it that a terminal would obey.
    fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.at(text, "this text is empty");
        } else if text.trim() != text {
            self.at(text, "this text begins or ends with a blank");
        } else if text.chars().any(is_harmful) {
            self.at(
                text,
                "this text holds a control character, a line break or a direction override",
            );
        }
    }

    fn optional(&mut self, text: Option<&String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }

    /// A closed name, with a suggestion where it is mistyped.
    fn known<T>(
        &mut self,
        found: Option<T>,
        slug: &str,
        what: &str,
        all: &[&'static str],
    ) -> Option<T> {
        if found.is_none() {
            let help = did_you_mean(slug, all.iter().copied()).map_or_else(
                || Some(format!("known: {}", all.join(", "))),
                |near| Some(format!("did you mean \"{near}\"?")),
            );
            self.at_with(slug, format!("unknown {what} `{slug}`"), help);
        }
        found
    }

    fn origin(&mut self, raw: RawOrigin) -> Origin {
        match raw {
            RawOrigin::Source { doc, section } => {
                if !self.documents.contains(&doc) {
                    let near = did_you_mean(&doc, self.documents.iter().map(String::as_str))
                        .map(|near| format!("did you mean \"{near}\"?"));
                    self.at_with(&doc, format!("no source document is called `{doc}`"), near);
                }
                self.text(&section);
                Origin::Source { doc, section }
            }
            RawOrigin::Ours { facts } => {
                for fact in &facts {
                    self.text(fact);
                }
                Origin::Ours { facts }
            }
        }
    }

    fn names(&mut self, raw: Vec<RawName>) -> Vec<OtherName> {
        raw.into_iter()
            .map(|one| {
                self.text(&one.name);
                self.optional(one.note.as_ref());
                OtherName {
                    origin: self.origin(one.from),
                    name: one.name,
                    note: one.note,
                }
            })
            .collect()
    }

    fn passages(&mut self, raw: Vec<RawPassage>) -> Vec<Passage> {
        self.unique(raw.iter().map(|one| one.id.as_str()));
        raw.into_iter().map(|one| self.passage(one)).collect()
    }

    fn passage(&mut self, raw: RawPassage) -> Passage {
        self.slug(&raw.id);
        self.optional(raw.label.as_ref());
        self.optional(raw.note.as_ref());
        if raw.body.is_empty() {
            self.at(&raw.id, format!("the passage `{}` has no text", raw.id));
        }
        let status = status(raw.status);
        let origin = self.origin(raw.from);
        if !origin.is_source() && status != Status::Summary {
            self.at(
                &raw.id,
                "only a source's words can have this status: our own are `Summary`",
            );
        }
        if origin.is_source() && matches!(status, Status::Summary | Status::Open) {
            self.at(
                &raw.id,
                "what a source states is not a `Summary` and not `Open`",
            );
        }
        let body: Vec<Piece> = raw.body.into_iter().map(piece).collect();
        for one in &body {
            self.text(one.text());
        }
        Passage {
            id: raw.id,
            label: raw.label,
            body,
            origin,
            status,
            note: raw.note,
        }
    }
}

/// Characters that a terminal or a reader could be deceived with.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

const fn status(raw: RawStatus) -> Status {
    match raw {
        RawStatus::Agreed => Status::Agreed,
        RawStatus::Superseded => Status::Superseded,
        RawStatus::Draft => Status::Draft,
        RawStatus::Illustrative => Status::Illustrative,
        RawStatus::Summary => Status::Summary,
        RawStatus::Open => Status::Open,
    }
}

fn piece(raw: RawPiece) -> Piece {
    match raw {
        RawPiece::Para(text) => Piece::Para(text),
        RawPiece::Head(text) => Piece::Head(text),
        RawPiece::Item(text) => Piece::Item(text),
        RawPiece::SubItem(text) => Piece::SubItem(text),
    }
}
