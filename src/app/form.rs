//! A form: what is asked about a system, a text, a row, a sub-step.
//!
//! Owns the fields with what is typed in them, and how they become a change of the
//! operation. Asks for roles and organisations, never for names of people. Knows nothing of
//! how a form is drawn, nor of whether the change is taken.

use super::editor::Text;
use super::input::Line;
use super::key::{Code, Key};
use crate::content::{CategoryId, Content, CriterionId, SubStepId};
use crate::operation::{
    AddedRow, Draft, Edit, Endorsed, Entry, Operation, Own, Progress, Sharing, State, System,
    looks_like_a_name,
};
use crate::room::{Answer, Mark, SystemId};

/// What a form is about, and so what its fields become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The operation itself.
    Operation,
    /// A system; a new one has no id. With the system of the session that it was begun as, where
    /// it was one.
    System(Box<System>, Option<SystemId>),
    /// A text of the operation's own in a cell; a new one has no id.
    Text(CategoryId, CriterionId, String),
    /// A text in the place of a shipped passage.
    Replace(CategoryId, CriterionId, String),
    /// A row of the operation's own; a new one has no id.
    Row(String),
    /// A text in such a row.
    Fill(String, CategoryId),
    /// A sub-step of the Process, for a system.
    Work(String, SubStepId),
    /// A line of a system's checklist, by its address.
    Remark(String, String),
    /// The endorsed Definition of a category.
    Endorse(CategoryId),
}

impl About {
    /// What names the form, so that what was typed into it is found again.
    pub fn key(&self) -> String {
        match self {
            Self::Operation => "operation".to_owned(),
            Self::System(system, None) => format!("system/{}", system.id),
            Self::System(_, Some(id)) => format!("session-system/{}", id.0),
            Self::Text(category, row, id) => format!("text/{category}/{row}/{id}"),
            Self::Replace(category, row, id) => format!("replace/{category}/{row}/{id}"),
            Self::Row(id) => format!("row/{id}"),
            Self::Fill(id, category) => format!("fill/{id}/{category}"),
            Self::Work(id, sub_step) => format!("work/{id}/{sub_step}"),
            Self::Remark(id, address) => format!("remark/{id}/{address}"),
            Self::Endorse(category) => format!("endorse/{category}"),
        }
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A line.
    Line(Line),
    /// A text of several lines.
    Text(Text),
    /// One of some words.
    Choice(&'static [&'static str], usize),
    /// Chosen or not.
    Switch(bool),
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What is asked.
    pub name: String,
    /// What is typed or chosen.
    pub value: Value,
}

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it is about.
    pub about: About,
    /// Its title.
    pub title: String,
    /// What to know before writing.
    pub hint: String,
    /// Its fields, from top to bottom.
    pub fields: Vec<Field>,
    /// The field that is typed in.
    pub at: usize,
    /// Why it was not taken, the last time.
    pub refused: Option<String>,
    /// The contact that was doubted already: saved again, it is taken.
    pub doubted: Option<String>,
    /// What it held when it was opened.
    before: Vec<Field>,
}

const STATES: &[&str] = &["planned", "running", "paused", "closed"];
const LEVELS: &[&str] = &[
    "public",
    "humanitarian community",
    "protection actors",
    "own organisation",
];
/// The place of the contact among the fields of a system.
const CONTACT: usize = 7;
const ANSWERS: &[&str] = &["not answered", "done", "to do", "does not apply"];
const PROGRESS: &[&str] = &["not begun", "begun", "done"];
const ROLES: &str = "Roles and organisations, never names of people.";
const LOCKS: &str = "Locked from the moment it is saved: copy it word for word.";

impl Field {
    /// What it holds, as a text that outlives the program.
    fn written(&self) -> String {
        match &self.value {
            Value::Line(line) => line.text(),
            Value::Text(text) => text.text(),
            Value::Choice(words, at) => words.get(*at).copied().unwrap_or_default().to_owned(),
            Value::Switch(on) => if *on { "yes" } else { "no" }.to_owned(),
        }
    }

    /// Takes such a text; a word that is none of those to choose from changes nothing.
    fn read(&mut self, written: &str) {
        match &mut self.value {
            Value::Line(line) => *line = Line::new(written),
            Value::Text(text) => *text = Text::new(written),
            Value::Choice(words, at) => {
                let found = words.iter().position(|word| *word == written);
                *at = found.unwrap_or(*at);
            }
            Value::Switch(on) => *on = written == "yes",
        }
    }
}

fn answer(n: usize) -> Option<Answer> {
    Answer::ALL.get(n).copied()
}

fn line(name: &str, text: &str) -> Field {
    Field {
        name: name.to_owned(),
        value: Value::Line(Line::new(text)),
    }
}

fn text(name: &str, text: &str) -> Field {
    Field {
        name: name.to_owned(),
        value: Value::Text(Text::new(text)),
    }
}

fn choice(name: &str, words: &'static [&'static str], at: usize) -> Field {
    Field {
        name: name.to_owned(),
        value: Value::Choice(words, at),
    }
}

fn for_whom(sharing: Sharing) -> Field {
    choice("For", LEVELS, sharing as usize)
}

impl Form {
    fn new(about: About, title: String, hint: &str, fields: Vec<Field>) -> Self {
        Self {
            about,
            title,
            hint: hint.to_owned(),
            before: fields.clone(),
            fields,
            at: 0,
            refused: None,
            doubted: None,
        }
    }

    /// The operation itself.
    pub fn operation(operation: &Operation) -> Self {
        let fields = vec![
            line("Name", &operation.name),
            line("Place", &operation.place),
            line("Date of the map", &operation.date),
            line("Language", &operation.language),
        ];
        Self::new(About::Operation, "The operation".to_owned(), ROLES, fields)
    }

    /// A system; `from` is the one of the session that it was begun as.
    pub fn system(system: &System, from: Option<SystemId>, content: &Content) -> Self {
        let title = if system.id.is_empty() {
            "A system".to_owned()
        } else {
            format!("System: {}", system.name)
        };
        let mut fields = vec![
            line("Name", &system.name),
            line("Organisation", &system.organisation),
            choice("Status", STATES, system.status as usize),
            for_whom(system.sharing),
            text("Coverage", &system.coverage),
            line("Frequency", &system.frequency),
            line("Unit of analysis", &system.unit),
            line("Contact, by role", &system.contact),
            text("Note", &system.note),
        ];
        fields.extend(CategoryId::ALL.iter().map(|one| Field {
            name: content.category(*one).short.clone(),
            value: Value::Switch(system.categories.contains(one)),
        }));
        Self::new(
            About::System(Box::new(system.clone()), from),
            title,
            ROLES,
            fields,
        )
    }

    /// A text in a cell; `shipped` where it stands in the place of a passage.
    pub fn own(
        (category, row): (CategoryId, CriterionId),
        own: &Own,
        shipped: bool,
        content: &Content,
    ) -> Self {
        let title = format!(
            "{} / {}",
            content.category(category).title,
            content.criterion(row).title
        );
        let id = own.id.clone();
        let about = if shipped {
            About::Replace(category, row, id)
        } else {
            About::Text(category, row, id)
        };
        let hint = if shipped {
            "Instead of the text that ships; empty brings that back."
        } else {
            ROLES
        };
        let fields = vec![text("Text", &own.text), for_whom(own.sharing)];
        Self::new(about, title, hint, fields)
    }

    /// A row of the operation's own.
    pub fn row(row: &AddedRow) -> Self {
        let fields = vec![line("Heading", &row.title), for_whom(row.sharing)];
        let title = "A row of this operation".to_owned();
        let hint = "Such as Diagnosis, Evaluation, Gaps. Empty takes it away.";
        Self::new(About::Row(row.id.clone()), title, hint, fields)
    }

    /// A text in such a row.
    pub fn fill(row: &AddedRow, category: CategoryId, content: &Content) -> Self {
        let own = row.cells.get(&category).cloned().unwrap_or_default();
        let title = format!("{} / {}", content.category(category).title, row.title);
        let fields = vec![text("Text", &own.text), for_whom(own.sharing)];
        Self::new(About::Fill(row.id.clone(), category), title, ROLES, fields)
    }

    /// A sub-step, for a system.
    pub fn work(system: &System, sub_step: SubStepId, content: &Content) -> Self {
        let sheet = &system.worksheet;
        let entry = sheet.entries.get(&sub_step).cloned().unwrap_or_default();
        let title = format!("{}: {}", system.name, content.sub_step(sub_step).title);
        let fields = vec![
            choice("Progress", PROGRESS, entry.progress as usize),
            text("Decided", &entry.decided),
            text("Open questions", &entry.questions.join("\n")),
            for_whom(sheet.sharing),
        ];
        let about = About::Work(system.id.clone(), sub_step);
        Self::new(about, title, "One open question a line.", fields)
    }

    /// A line of a system's checklist.
    pub fn remark(system: &System, address: &str, words: &str) -> Self {
        let mark = system.worksheet.answers.get(address);
        let mark = mark.cloned().unwrap_or_default();
        let answer = mark.answer.map_or(0, |one| one as usize + 1);
        let fields = vec![
            text("Remark", &mark.note),
            choice("Answer", ANSWERS, answer),
        ];
        let about = About::Remark(system.id.clone(), address.to_owned());
        Self::new(about, format!("{}: a remark", system.name), words, fields)
    }

    /// The endorsed Definition of a category.
    pub fn endorse(category: CategoryId, content: &Content) -> Self {
        let title = format!("Endorsed Definition: {}", content.category(category).title);
        let fields = vec![text("Text", ""), line("Document", ""), line("Section", "")];
        Self::new(About::Endorse(category), title, LOCKS, fields)
    }

    /// What was typed or chosen and is not saved; nothing where nothing was.
    pub fn draft(&self) -> Option<Draft> {
        (self.fields != self.before).then(|| Draft {
            about: self.about.key(),
            title: self.title.clone(),
            values: self.fields.iter().map(Field::written).collect(),
        })
    }

    /// Takes up what was typed before; false where that was another form.
    pub fn take_up(&mut self, draft: &Draft) -> bool {
        if draft.about != self.about.key() || draft.values.len() != self.fields.len() {
            return false;
        }
        for (field, value) in self.fields.iter_mut().zip(&draft.values) {
            field.read(value);
        }
        true
    }

    /// Takes over what the operation has now, where nothing was typed: `fresh` is the same form
    /// as it would open now.
    pub fn refresh(&mut self, fresh: Self) {
        if fresh.fields.len() != self.fields.len() {
            return;
        }
        let now = fresh.fields.iter().zip(&self.before);
        for (field, (now, before)) in self.fields.iter_mut().zip(now) {
            if field == before {
                field.clone_from(now);
            }
        }
        self.about = fresh.about;
        self.before = fresh.before;
    }

    /// Why it should not be saved as it is: once only, since it may be right all the same.
    pub fn doubt(&mut self) -> Option<&'static str> {
        let About::System(..) = &self.about else {
            return None;
        };
        let contact = self.words(CONTACT);
        if !looks_like_a_name(&contact) || self.doubted.as_ref() == Some(&contact) {
            return None;
        }
        self.doubted = Some(contact);
        Some(
            "This contact looks like the name of a person. A role stays true when people move: \
             write the role, or save once more if it is one.",
        )
    }

    /// The next field, or the one before.
    pub fn step(&mut self, by: isize) {
        let last = self.fields.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Puts a pasted text in; false where it does not fit.
    pub fn paste(&mut self, pasted: &str) -> bool {
        match self.fields.get_mut(self.at).map(|one| &mut one.value) {
            Some(Value::Line(line)) => line.insert(pasted),
            Some(Value::Text(text)) => return text.insert(pasted),
            _ => {}
        }
        true
    }

    /// Takes a key; `width` is that of a text on the screen. Says whether it meant anything.
    pub fn key(&mut self, key: Key, width: usize) -> bool {
        let step = match key.code {
            Code::Up if !key.ctrl => -1,
            Code::Down if !key.ctrl => 1,
            _ => 0,
        };
        let Some(field) = self.fields.get_mut(self.at) else {
            return false;
        };
        let turn = match key.code {
            Code::Left => -1,
            Code::Right | Code::Char(' ') => 1,
            _ => 0,
        };
        let stays = match &mut field.value {
            Value::Text(text) if step == 0 || text.can_step(step, width) => {
                text.key(key, width);
                true
            }
            Value::Line(line) if step == 0 && key.code != Code::Enter => line.key(key),
            Value::Choice(words, at) if turn != 0 => {
                let on = if turn > 0 { 1 } else { words.len() - 1 };
                *at = (*at + on) % words.len().max(1);
                true
            }
            Value::Switch(on) if turn != 0 => {
                *on = !*on;
                true
            }
            _ => false,
        };
        let enters = key.code == Code::Enter;
        if !stays && (step != 0 || enters) {
            self.step(if enters { 1 } else { step });
        }
        stays || step != 0 || enters
    }

    fn words(&self, n: usize) -> String {
        match self.fields.get(n).map(|one| &one.value) {
            Some(Value::Line(line)) => line.text(),
            Some(Value::Text(text)) => text.text(),
            _ => String::new(),
        }
    }

    fn chosen(&self, n: usize) -> usize {
        match self.fields.get(n).map(|one| &one.value) {
            Some(Value::Choice(_, at)) => *at,
            _ => 0,
        }
    }

    fn level(&self, n: usize) -> Sharing {
        let level = Sharing::ALL.get(self.chosen(n));
        level.copied().unwrap_or_default()
    }

    /// What the form asks for.
    pub fn edits(&self) -> Vec<Edit> {
        let own = |id: &str| Own {
            id: id.to_owned(),
            text: self.words(0),
            sharing: self.level(1),
        };
        match &self.about {
            About::Operation => {
                let texts = [self.words(0), self.words(1), self.words(2), self.words(3)];
                vec![Edit::About(texts)]
            }
            About::System(old, _) => {
                let system = self.read_system(old);
                vec![if old.id.is_empty() {
                    Edit::Add(system)
                } else {
                    Edit::Change(system)
                }]
            }
            About::Text(category, row, id) => vec![Edit::Write(*category, *row, own(id))],
            About::Replace(category, row, id) => vec![Edit::Replace(*category, *row, own(id))],
            About::Row(id) => vec![Edit::Row(id.clone(), self.words(0), self.level(1))],
            About::Fill(id, category) => vec![Edit::Fill(id.clone(), *category, own(""))],
            About::Work(id, sub_step) => vec![
                Edit::Work(id.clone(), *sub_step, self.read_entry()),
                Edit::WorkFor(id.clone(), self.level(3)),
            ],
            About::Remark(id, address) => {
                let mark = Mark {
                    answer: self.chosen(1).checked_sub(1).and_then(answer),
                    note: self.words(0),
                };
                vec![Edit::Answer(id.clone(), address.clone(), mark)]
            }
            About::Endorse(category) => {
                let endorsed = Endorsed {
                    text: self.words(0),
                    document: self.words(1),
                    section: self.words(2),
                };
                vec![Edit::Endorse(*category, endorsed)]
            }
        }
    }

    fn read_system(&self, old: &System) -> System {
        let switched = self.fields.iter().skip(9).zip(CategoryId::ALL);
        let on = switched.filter(|(field, _)| field.value == Value::Switch(true));
        System {
            name: self.words(0),
            organisation: self.words(1),
            status: State::ALL.get(self.chosen(2)).copied().unwrap_or_default(),
            sharing: self.level(3),
            coverage: self.words(4),
            frequency: self.words(5),
            unit: self.words(6),
            contact: self.words(CONTACT),
            note: self.words(8),
            categories: on.map(|(_, category)| *category).collect(),
            ..old.clone()
        }
    }

    fn read_entry(&self) -> Entry {
        let progress = Progress::ALL.get(self.chosen(0));
        Entry {
            progress: progress.copied().unwrap_or_default(),
            decided: self.words(1),
            questions: self.words(2).lines().map(str::to_owned).collect(),
        }
    }
}

/// What a viewer sees and does with the operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// How the Matrix is seen.
    pub lens: crate::page::Lens,
    /// Whether the last change of this seat was one of the map, so that undo means it.
    pub is_last: bool,
}
