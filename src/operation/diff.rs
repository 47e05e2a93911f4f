//! What differs between two maps: two operations, or one at two dates.
//!
//! Owns how parts are matched (by their ids) and what is said of each. Start at
//! [`difference`].

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Entry, Operation, Own, System};
use crate::content::Content;
use crate::room::Answer;

/// What happened to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is only in the second.
    Added,
    /// It is only in the first.
    Removed,
    /// It is in both and differs.
    Changed,
}

impl Kind {
    /// The mark before it and the word for it.
    pub const fn mark(self) -> (&'static str, &'static str) {
        match self {
            Self::Added => ("+", "added"),
            Self::Removed => ("-", "removed"),
            Self::Changed => ("~", "changed"),
        }
    }
}

/// A part that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// What it is, for people.
    pub part: String,
    /// What differs in it: field, before, after.
    pub fields: Vec<(String, String, String)>,
}

/// Everything that differs, in the order of the second map, then what is only in the first.
pub fn difference(before: &Operation, after: &Operation, content: &Content) -> Vec<Change> {
    let (old, new) = (parts(before, content), parts(after, content));
    let by_key: BTreeMap<&str, &Part> = old.iter().map(|one| (one.key.as_str(), one)).collect();
    let mut changes = Vec::new();
    for part in &new {
        match by_key.get(part.key.as_str()) {
            None => changes.push(part.change(Kind::Added)),
            Some(old) => changes.extend(old.against(part)),
        }
    }
    let kept: BTreeSet<&str> = new.iter().map(|one| one.key.as_str()).collect();
    let gone = old.iter().filter(|one| !kept.contains(one.key.as_str()));
    changes.extend(gone.map(|one| one.change(Kind::Removed)));
    changes
}

/// A part of a map with its fields as texts.
struct Part {
    key: String,
    title: String,
    fields: Vec<(String, String)>,
}

impl Part {
    fn change(&self, kind: Kind) -> Change {
        let filled = self.fields.iter().filter(|(_, text)| !text.is_empty());
        let fields = filled.map(|(name, text)| match kind {
            Kind::Removed => (name.clone(), text.clone(), String::new()),
            _ => (name.clone(), String::new(), text.clone()),
        });
        Change {
            kind,
            part: self.title.clone(),
            fields: fields.collect(),
        }
    }

    /// What differs from another version of the same part, if anything does.
    fn against(&self, after: &Part) -> Option<Change> {
        let old: BTreeMap<&str, &str> = pairs(&self.fields).collect();
        let new: BTreeMap<&str, &str> = pairs(&after.fields).collect();
        let names = after
            .fields
            .iter()
            .chain(&self.fields)
            .map(|(name, _)| name);
        let mut fields: Vec<(String, String, String)> = Vec::new();
        for name in names {
            let was = old.get(name.as_str()).copied().unwrap_or_default();
            let is = new.get(name.as_str()).copied().unwrap_or_default();
            if was != is && !fields.iter().any(|(met, ..)| met == name) {
                fields.push((name.clone(), was.to_owned(), is.to_owned()));
            }
        }
        (!fields.is_empty()).then(|| Change {
            kind: Kind::Changed,
            part: after.title.clone(),
            fields,
        })
    }
}

fn pairs(fields: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
}

fn field(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

fn parts(operation: &Operation, content: &Content) -> Vec<Part> {
    let mut parts = vec![Part {
        key: "about".to_owned(),
        title: "The operation".to_owned(),
        fields: vec![
            field("Name", &operation.name),
            field("Place", &operation.place),
            field("Date", &operation.date),
            field("Language", &operation.language),
        ],
    }];
    let systems = operation.systems.iter();
    parts.extend(systems.map(|one| system(one, content)));
    for ((category, row), cell) in &operation.cells {
        let at = format!(
            "{} / {}",
            content.category(*category).title,
            content.criterion(*row).title
        );
        let mut fields: Vec<(String, String)> = Vec::new();
        let text = |what: &str, one: &Own| (format!("{what} {}", one.id), shared(one));
        fields.extend(cell.changed.iter().map(|one| text("In the place of", one)));
        fields.extend(cell.added.iter().map(|one| text("Added:", one)));
        fields.extend(
            cell.hidden
                .iter()
                .map(|id| (format!("Left out: {id}"), "yes".to_owned())),
        );
        parts.push(Part {
            key: format!("matrix/{category}/{row}"),
            title: at,
            fields,
        });
    }
    for row in &operation.rows {
        let mut fields = vec![
            field("Heading", &row.title),
            field("Sharing", row.sharing.title()),
        ];
        let cells = row.cells.iter();
        fields.extend(cells.map(|(one, own)| (content.category(*one).title.clone(), shared(own))));
        parts.push(Part {
            key: format!("row/{}", row.id),
            title: format!("Row: {}", row.title),
            fields,
        });
    }
    for (category, one) in &operation.endorsed {
        parts.push(Part {
            key: format!("endorsed/{category}"),
            title: format!(
                "Endorsed Definition of {}",
                content.category(*category).title
            ),
            fields: vec![
                field("Text", &one.text),
                field("Source", &format!("{}, {}", one.document, one.section)),
            ],
        });
    }
    parts
}

fn shared(own: &Own) -> String {
    format!("{} [{}]", own.text, own.sharing.title())
}

fn system(system: &System, content: &Content) -> Part {
    let categories: Vec<&str> = system
        .categories
        .iter()
        .map(|one| content.category(*one).title.as_str())
        .collect();
    let mut fields = vec![
        field("Name", &system.name),
        field("Categories", &categories.join(", ")),
        field("Organisation", &system.organisation),
        field("Status", system.status.title()),
        field("Coverage", &system.coverage),
        field("Frequency", &system.frequency),
        field("Unit of analysis", &system.unit),
        field("Sharing", system.sharing.title()),
        field("Contact (role)", &system.contact),
        field("Note", &system.note),
    ];
    for (sub_step, entry) in &system.worksheet.entries {
        let title = &content.sub_step(*sub_step).title;
        fields.push((title.clone(), worked(entry)));
    }
    for (address, mark) in &system.worksheet.answers {
        let answer = mark.answer.map_or("not answered", Answer::title);
        let said = [answer, &mark.note].map(str::to_owned);
        let said: Vec<String> = said.into_iter().filter(|one| !one.is_empty()).collect();
        fields.push((address.clone(), said.join("; ")));
    }
    Part {
        key: format!("system/{}", system.id),
        title: format!("System: {}", system.name),
        fields,
    }
}

fn worked(entry: &Entry) -> String {
    let mut said = vec![entry.progress.title().to_owned()];
    said.extend(
        Some(&entry.decided)
            .filter(|text| !text.is_empty())
            .cloned(),
    );
    said.extend(entry.questions.iter().map(|one| format!("open: {one}")));
    said.join("; ")
}
