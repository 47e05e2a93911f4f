//! From a file to a checked operation.
//!
//! Owns every rule that an operation file must keep beyond its grammar. Collects every
//! fault with its line and column instead of stopping at the first, and says what would be
//! right. A Definition or an Output in the file is refused in the source's words. Start at
//! [`read`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::lock::{locked, may_endorse};
use super::model::{
    Adapted, AddedRow, Endorsed, Entry, Operation, Own, Progress, Sharing, State, System, Worksheet,
};
use super::raw::{
    RawAnswer, RawCell, RawDefinition, RawOperation, RawRow, RawStage, RawSystem, RawText,
    RawWorksheet,
};
use crate::content::fault::{Faults, did_you_mean};
use crate::content::ids::is_slug;
use crate::content::tree::Node;
use crate::content::tree::Step::{self, In, Nth};
use crate::content::{CategoryId, Content, CriterionId, File, SubStepId};
use crate::room::Answer;
use crate::room::text::Field;

/// The version of the file format that this program reads.
const SCHEMA: u32 = 1;
/// More systems than any operation has.
pub(super) const MOST_SYSTEMS: usize = 20_000;
/// A name, a place, a role.
pub(super) const SHORT: Field = Field {
    name: "text",
    most: 300,
    lines: false,
};
/// A text over several lines.
pub(super) const LONG: Field = Field {
    name: "text",
    most: 8_000,
    lines: true,
};
/// What is said of an endorsed Definition whose words were changed by hand.
pub const SEALED: &str =
    "the endorsed Definition is locked, and these are not the words that were endorsed";

/// Reads and checks a file, or says all that is wrong with it.
pub fn read(file: &File, content: &Content) -> Result<Operation, Faults> {
    let mut faults = Faults::default();
    let Some(raw) = file.read::<RawOperation>(&mut faults) else {
        return Err(faults);
    };
    let mut check = Check {
        file,
        tree: Node::of(&file.text),
        content,
        faults,
    };
    let operation = check.operation(raw);
    if check.faults.is_empty() {
        Ok(operation)
    } else {
        Err(check.faults)
    }
}

/// A short sum over an endorsed text: a change by hand shows.
pub fn sealed(endorsed: &Endorsed) -> String {
    // FNV-1a: it is there to notice slips, not to keep out somebody who means harm.
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for text in [&endorsed.text, &endorsed.document, &endorsed.section] {
        for byte in text.bytes().chain([0]) {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{sum:016x}")
}

pub(super) fn answer_slug(answer: Answer) -> &'static str {
    match answer {
        Answer::Done => "done",
        Answer::ToDo => "to-do",
        Answer::DoesNotApply => "does-not-apply",
    }
}

struct Check<'a> {
    file: &'a File,
    tree: Option<Node>,
    content: &'a Content,
    faults: Faults,
}

impl Check<'_> {
    /// A fault at a value of the file.
    fn at(&mut self, steps: &[Step<'_>], message: impl Into<String>, help: Option<String>) {
        let place = self.tree.as_ref().map(|tree| tree.at(steps).place().start);
        let before = place.and_then(|at| self.file.text.get(..at));
        let mut fault = match before {
            Some(before) => {
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                self.file.fault_on(line, column, message)
            }
            None => self.file.fault(message),
        };
        fault.help = help;
        self.faults.push(fault);
    }

    fn operation(&mut self, raw: RawOperation) -> Operation {
        if raw.schema != SCHEMA {
            let said = format!(
                "schema {} is not known to this version, which reads schema {SCHEMA}",
                raw.schema
            );
            self.at(&[In("schema")], said, None);
        }
        let mut operation = Operation {
            name: self.required(&[In("name")], &raw.name),
            place: self.short(&[In("place")], &raw.place),
            date: self.short(&[In("date")], &raw.date),
            language: self.short(&[In("language")], &raw.language),
            endorsed: self.definitions(&raw.endorsed),
            ..Operation::default()
        };
        operation.systems = self.systems(raw.systems);
        operation.cells = self.cells(raw.cells, &operation);
        operation.rows = self.rows(raw.rows);
        operation
    }

    fn systems(&mut self, raw: Vec<RawSystem>) -> Vec<Arc<System>> {
        if raw.len() > MOST_SYSTEMS {
            let said = format!(
                "{} systems are more than the {MOST_SYSTEMS} that fit",
                raw.len()
            );
            self.at(&[In("systems")], said, None);
            return Vec::new();
        }
        let mut met = BTreeSet::new();
        let mut systems = Vec::new();
        for (n, one) in raw.into_iter().enumerate() {
            let at = [In("systems"), Nth(n)];
            self.slug(&at, "id", &one.id, &mut met);
            systems.push(Arc::new(self.system(&at, one)));
        }
        systems
    }

    fn system(&mut self, at: &[Step<'_>], raw: RawSystem) -> System {
        let inside = |name| [at, &[In(name)]].concat();
        System {
            name: self.required(&inside("name"), &raw.name),
            categories: self.categories(&inside("categories"), &raw.categories),
            organisation: self.short(&inside("organisation"), &raw.organisation),
            status: self.word(&inside("status"), raw.status.as_ref(), "status", State::ALL),
            coverage: self.long(&inside("coverage"), &raw.coverage),
            frequency: self.short(&inside("frequency"), &raw.frequency),
            unit: self.short(&inside("unit"), &raw.unit),
            sharing: self.sharing(&inside("sharing"), raw.sharing.as_ref()),
            contact: self.short(&inside("contact"), &raw.contact),
            note: self.long(&inside("note"), &raw.note),
            worksheet: raw
                .worksheet
                .map(|one| self.worksheet(&inside("worksheet"), one))
                .unwrap_or_default(),
            id: raw.id,
        }
    }

    fn categories(&mut self, at: &[Step<'_>], raw: &[String]) -> Vec<CategoryId> {
        if raw.is_empty() {
            let help = format!(
                "known: {}",
                slugs(CategoryId::ALL.iter().map(|one| one.slug()))
            );
            self.at(at, "a system needs a category", Some(help));
        }
        let mut found = Vec::new();
        for (n, slug) in raw.iter().enumerate() {
            let here = [at, &[Nth(n)]].concat();
            let Some(category) = self.category(&here, slug) else {
                continue;
            };
            if found.contains(&category) {
                self.at(&here, format!("`{slug}` is used twice here"), None);
            } else {
                found.push(category);
            }
        }
        found
    }

    fn category(&mut self, at: &[Step<'_>], slug: &str) -> Option<CategoryId> {
        let found = CategoryId::from_slug(slug);
        if found.is_none() {
            self.unknown(
                at,
                "category",
                slug,
                CategoryId::ALL.iter().map(|one| one.slug()),
            );
        }
        found
    }

    fn unknown<'s>(
        &mut self,
        at: &[Step<'_>],
        what: &str,
        slug: &str,
        all: impl Iterator<Item = &'s str> + Clone,
    ) {
        let help = did_you_mean(slug, all.clone()).map_or_else(
            || format!("known: {}", slugs(all)),
            |near| format!("did you mean \"{near}\"?"),
        );
        self.at(at, format!("unknown {what} `{slug}`"), Some(help));
    }

    fn worksheet(&mut self, at: &[Step<'_>], raw: RawWorksheet) -> Worksheet {
        let sharing = self.sharing(&[at, &[In("sharing")]].concat(), raw.sharing.as_ref());
        let mut entries = BTreeMap::new();
        for (n, one) in raw.sub_steps.into_iter().enumerate() {
            let here = [at, &[In("sub_steps"), Nth(n)]].concat();
            let slug = one.at.clone();
            let place = [here.as_slice(), &[In("at")]].concat();
            let entry = self.entry(&here, one);
            let Some(sub_step) = SubStepId::from_slug(&slug) else {
                let all = SubStepId::ALL.iter().map(|one| one.slug());
                self.unknown(&place, SubStepId::WHAT, &slug, all);
                continue;
            };
            if entries.insert(sub_step, entry).is_some() {
                self.at(&place, format!("`{slug}` is used twice here"), None);
            }
        }
        entries.retain(|_, entry| !entry.is_empty());
        Worksheet { sharing, entries }
    }

    fn entry(&mut self, at: &[Step<'_>], raw: RawStage) -> Entry {
        let inside = |name| [at, &[In(name)]].concat();
        let progress = inside("progress");
        let questions = raw.questions.iter().enumerate();
        Entry {
            progress: self.word(&progress, raw.progress.as_ref(), "progress", Progress::ALL),
            decided: self.long(&inside("decided"), &raw.decided),
            questions: questions
                .map(|(n, one)| self.required(&[at, &[In("questions"), Nth(n)]].concat(), one))
                .collect(),
            answers: self.answers(&inside("answers"), raw.answers),
        }
    }

    fn answers(&mut self, at: &[Step<'_>], raw: Vec<RawAnswer>) -> BTreeMap<String, Answer> {
        let mut answers = BTreeMap::new();
        for (n, one) in raw.into_iter().enumerate() {
            let line = [at, &[Nth(n), In("at")]].concat();
            if !crate::room::text::is_address(&one.at) {
                self.at(
                    &line,
                    format!("nothing can have the address {}", one.at),
                    None,
                );
            }
            let all = Answer::ALL.iter().copied();
            let answer = all
                .clone()
                .find(|answer| answer_slug(*answer) == one.answer);
            let Some(answer) = answer else {
                let here = [at, &[Nth(n), In("answer")]].concat();
                self.unknown(&here, "answer", &one.answer, all.map(answer_slug));
                continue;
            };
            if answers.insert(one.at.clone(), answer).is_some() {
                self.at(&line, format!("`{}` is used twice here", one.at), None);
            }
        }
        answers
    }

    fn cells(
        &mut self,
        raw: Vec<RawCell>,
        operation: &Operation,
    ) -> BTreeMap<(CategoryId, CriterionId), Adapted> {
        let mut cells = BTreeMap::new();
        for (n, one) in raw.into_iter().enumerate() {
            let here = [In("cells"), Nth(n)];
            let at = [In("cells"), Nth(n), In("at")];
            let Some((category, row)) = self.free_cell(&at, &one.at, operation) else {
                continue;
            };
            let adapted = self.adapted(&here, one, (category, row));
            if cells.insert((category, row), adapted).is_some() {
                self.at(&at, "this cell is in the file already", None);
            }
        }
        cells.retain(|_, adapted: &mut Adapted| !adapted.is_empty());
        cells
    }

    /// The free cell that an address means.
    fn free_cell(
        &mut self,
        at: &[Step<'_>],
        address: &str,
        operation: &Operation,
    ) -> Option<(CategoryId, CriterionId)> {
        let Some((category, row)) = cell_at(address) else {
            let help = "a cell is written as matrix/case-management/methods".to_owned();
            self.at(at, format!("no cell has the address {address}"), Some(help));
            return None;
        };
        if let Some(why) = locked(self.content, operation, category, row) {
            self.at(
                at,
                why.to_string(),
                Some("take this cell out of the file".to_owned()),
            );
            return None;
        }
        Some((category, row))
    }

    fn adapted(
        &mut self,
        at: &[Step<'_>],
        raw: RawCell,
        (category, row): (CategoryId, CriterionId),
    ) -> Adapted {
        let inside = |name| [at, &[In(name)]].concat();
        let adapted = Adapted {
            changed: self.texts(&inside("changed"), raw.changed),
            added: self.texts(&inside("added"), raw.added),
            hidden: raw.hidden.iter().cloned().collect(),
        };
        let passages = &self.content.cell(category, row).passages;
        let known: Vec<String> = passages.iter().map(|one| one.id.clone()).collect();
        let changed = adapted.changed.iter().map(|one| one.id.as_str());
        let named = changed
            .enumerate()
            .map(|(n, id)| ([&inside("changed")[..], &[Nth(n), In("id")]].concat(), id));
        let hidden = raw.hidden.iter().enumerate();
        let hidden =
            hidden.map(|(n, id)| ([&inside("hidden")[..], &[Nth(n)]].concat(), id.as_str()));
        let all: Vec<(Vec<Step<'_>>, &str)> = named.chain(hidden).collect();
        for (here, id) in all {
            if !known.iter().any(|one| one == id) {
                self.unknown(&here, "passage", id, known.iter().map(String::as_str));
            }
        }
        for (n, one) in adapted.added.iter().enumerate() {
            if known.contains(&one.id) {
                let here = [&inside("added")[..], &[Nth(n), In("id")]].concat();
                let help = "put it under `changed`, or give it another id".to_owned();
                self.at(
                    &here,
                    format!("the Matrix has a passage `{}` here", one.id),
                    Some(help),
                );
            }
        }
        adapted
    }

    fn texts(&mut self, at: &[Step<'_>], raw: Vec<RawText>) -> Vec<Own> {
        let mut met = BTreeSet::new();
        let mut texts = Vec::new();
        for (n, one) in raw.into_iter().enumerate() {
            let here = [at, &[Nth(n)]].concat();
            self.slug(&here, "id", &one.id, &mut met);
            texts.push(self.text(&here, one));
        }
        texts
    }

    fn text(&mut self, at: &[Step<'_>], raw: RawText) -> Own {
        Own {
            text: {
                let here = [at, &[In("text")]].concat();
                let text = self.long(&here, &raw.text);
                if text.is_empty() {
                    let help = "to leave a passage out, put its id under `hidden`".to_owned();
                    self.at(&here, "this text is empty", Some(help));
                }
                text
            },
            sharing: self.sharing(&[at, &[In("sharing")]].concat(), raw.sharing.as_ref()),
            id: raw.id,
        }
    }

    fn rows(&mut self, raw: Vec<RawRow>) -> Vec<AddedRow> {
        let mut met = BTreeSet::new();
        let mut rows = Vec::new();
        for (n, one) in raw.into_iter().enumerate() {
            let here = [In("rows"), Nth(n)];
            self.slug(&here, "id", &one.id, &mut met);
            if CriterionId::from_slug(&one.id).is_some() {
                let said = format!("the Matrix has a row `{}`", one.id);
                self.at(
                    &[In("rows"), Nth(n), In("id")],
                    said,
                    Some("give it another id".to_owned()),
                );
            }
            rows.push(AddedRow {
                title: self.required(&[In("rows"), Nth(n), In("title")], &one.title),
                sharing: self.sharing(&[In("rows"), Nth(n), In("sharing")], one.sharing.as_ref()),
                cells: self.row_cells(&here, one.cells),
                id: one.id,
            });
        }
        rows
    }

    fn row_cells(&mut self, at: &[Step<'_>], raw: Vec<RawText>) -> BTreeMap<CategoryId, Own> {
        let mut cells = BTreeMap::new();
        for (n, one) in raw.into_iter().enumerate() {
            let here = [at, &[In("cells"), Nth(n)]].concat();
            let place = [at, &[In("cells"), Nth(n), In("id")]].concat();
            let category = self.category(&place, &one.id);
            let text = self.text(&here, one);
            if let Some(category) = category
                && cells.insert(category, text).is_some()
            {
                self.at(&place, format!("`{category}` is used twice here"), None);
            }
        }
        cells
    }

    fn definitions(&mut self, raw: &[RawDefinition]) -> BTreeMap<CategoryId, Endorsed> {
        let mut endorsed = Operation::default();
        for (n, one) in raw.iter().enumerate() {
            let inside = |name| [In("endorsed"), Nth(n), In(name)];
            let Some(category) = self.category(&inside("category"), &one.category) else {
                continue;
            };
            let definition = Endorsed {
                text: self.required_long(&inside("text"), &one.text),
                document: self.required(&inside("document"), &one.document),
                section: self.required(&inside("section"), &one.section),
            };
            if !may_endorse(self.content, &endorsed, category) {
                let row = CriterionId::Definition;
                let why = locked(self.content, &endorsed, category, row);
                let said = why.map_or_else(String::new, |why| why.to_string());
                let help = "take this entry out of the file".to_owned();
                self.at(&inside("category"), said, Some(help));
            } else if one
                .sealed
                .as_ref()
                .is_some_and(|sum| *sum != sealed(&definition))
            {
                let help = "bring back the words from before, or take the whole entry out";
                self.at(&inside("text"), SEALED, Some(help.to_owned()));
            }
            endorsed.endorsed.entry(category).or_insert(definition);
        }
        endorsed.endorsed
    }

    fn slug(&mut self, at: &[Step<'_>], name: &str, id: &str, met: &mut BTreeSet<String>) {
        let here = [at, &[In(name)]].concat();
        if !is_slug(id) {
            let said = format!("`{id}` is not an id: use small letters, digits and single hyphens");
            self.at(&here, said, None);
        } else if !met.insert(id.to_owned()) {
            self.at(&here, format!("`{id}` is used twice here"), None);
        }
    }

    fn word<T: Copy + Default + Word>(
        &mut self,
        at: &[Step<'_>],
        slug: Option<&String>,
        what: &str,
        all: &[T],
    ) -> T {
        let Some(slug) = slug else {
            return T::default();
        };
        let found = all.iter().copied().find(|one| one.word() == slug);
        if found.is_none() {
            self.unknown(at, what, slug, all.iter().map(Word::word));
        }
        found.unwrap_or_default()
    }

    fn sharing(&mut self, at: &[Step<'_>], slug: Option<&String>) -> Sharing {
        self.word(at, slug, "sharing level", Sharing::ALL)
    }

    fn short(&mut self, at: &[Step<'_>], text: &str) -> String {
        self.clean(at, text, SHORT)
    }

    fn long(&mut self, at: &[Step<'_>], text: &str) -> String {
        self.clean(at, text, LONG)
    }

    fn required(&mut self, at: &[Step<'_>], text: &str) -> String {
        if text.trim().is_empty() {
            self.at(at, "this text is empty", None);
        }
        self.short(at, text)
    }

    fn required_long(&mut self, at: &[Step<'_>], text: &str) -> String {
        if text.trim().is_empty() {
            self.at(at, "this text is empty", None);
        }
        self.long(at, text)
    }

    /// A text as it stands; what would have to be changed to be harmless is a fault, so that
    /// a file never means something else than what it says.
    fn clean(&mut self, at: &[Step<'_>], text: &str, field: Field) -> String {
        match field.entry(text) {
            Ok(clean) if clean == text => {}
            Ok(_) => {
                let help = "write it again without control characters, blanks at its ends, \
                            direction overrides or letters taken apart from their accents";
                let said = "this text holds something that cannot be shown as it is";
                self.at(at, said, Some(help.to_owned()));
            }
            Err(refusal) => self.at(at, refusal.to_string(), None),
        }
        text.to_owned()
    }
}

trait Word {
    fn word(&self) -> &'static str;
}

macro_rules! word {
    ($($name:ident),+) => { $(impl Word for $name { fn word(&self) -> &'static str { self.slug() } })+ };
}

word!(State, Sharing, Progress);

fn slugs<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = all.collect();
    all.join(", ")
}

/// The cell that an address means.
pub(super) fn cell_at(address: &str) -> Option<(CategoryId, CriterionId)> {
    let (category, row) = address.strip_prefix("matrix/")?.split_once('/')?;
    Some((
        CategoryId::from_slug(category)?,
        CriterionId::from_slug(row)?,
    ))
}
