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
    AddedRow, Edit, Endorsed, Entry, Operation, Own, Progress, Sharing, State, System,
};

/// What a form is about, and so what its fields become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The operation itself.
    Operation,
    /// A system; a new one has no id.
    System(Box<System>),
    /// A text of the operation's own in a cell; a new one has no id.
    Text(CategoryId, CriterionId, String),
    /// A text in the place of a shipped passage.
    Replace(CategoryId, CriterionId, String),
    /// A row of the operation's own; a new one has no id.
    Row(String),
    /// A text in such a row.
    Fill(String, CategoryId),
    /// A sub-step of the Process, for a system.
    Work(String, SubStepId, Entry),
    /// The endorsed Definition of a category.
    Endorse(CategoryId),
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
    pub hint: &'static str,
    /// Its fields, from top to bottom.
    pub fields: Vec<Field>,
    /// The field that is typed in.
    pub at: usize,
    /// Why it was not taken, the last time.
    pub refused: Option<String>,
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
const PROGRESS: &[&str] = &["not begun", "begun", "done"];
const ROLES: &str = "Roles and organisations, never names of people.";
const LOCKS: &str = "Locked from the moment it is saved: copy it word for word.";

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
    fn new(about: About, title: String, hint: &'static str, fields: Vec<Field>) -> Self {
        Self {
            about,
            title,
            hint,
            before: fields.clone(),
            fields,
            at: 0,
            refused: None,
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

    /// A system.
    pub fn system(system: &System, content: &Content) -> Self {
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
            About::System(Box::new(system.clone())),
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
        let about = About::Work(system.id.clone(), sub_step, entry);
        Self::new(about, title, "One open question a line.", fields)
    }

    /// The endorsed Definition of a category.
    pub fn endorse(category: CategoryId, content: &Content) -> Self {
        let title = format!("Endorsed Definition: {}", content.category(category).title);
        let fields = vec![text("Text", ""), line("Document", ""), line("Section", "")];
        Self::new(About::Endorse(category), title, LOCKS, fields)
    }

    /// Whether anything was typed or chosen.
    pub fn is_changed(&self) -> bool {
        self.fields != self.before
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
            About::System(old) => {
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
            About::Work(id, sub_step, entry) => vec![
                Edit::Work(id.clone(), *sub_step, self.read_entry(entry)),
                Edit::WorkFor(id.clone(), self.level(3)),
            ],
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
            contact: self.words(7),
            note: self.words(8),
            categories: on.map(|(_, category)| *category).collect(),
            ..old.clone()
        }
    }

    fn read_entry(&self, old: &Entry) -> Entry {
        let progress = Progress::ALL.get(self.chosen(0));
        Entry {
            progress: progress.copied().unwrap_or_default(),
            decided: self.words(1),
            questions: self.words(2).lines().map(str::to_owned).collect(),
            ..old.clone()
        }
    }
}

/// What a viewer sees and does with the operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// How the Matrix is seen.
    pub lens: crate::page::Lens,
    /// What was typed into a form and not saved.
    pub draft: Option<Box<Form>>,
    /// Whether the last change of this seat was one of the map, so that undo means it.
    pub is_last: bool,
}
