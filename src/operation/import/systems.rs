//! A table of systems, one a row.
//!
//! Owns how a row becomes a system, and how it is known again: by its id, or else by name
//! and organisation. Rows of one system under several categories are put together.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::sheet::Table;
use super::words::{Column, categories, column, folded, sharing, status};
use super::{Preview, What};
use crate::content::Content;
use crate::content::ids::is_slug;
use crate::operation::check::{LONG, MOST_SYSTEMS, SHORT};
use crate::operation::{NO_NAMES, Sharing, State, System, personal, personal_contact};
use crate::room::text::{Field, slug};

/// Headings stand in one of the first rows; above them there may be titles.
const HEADS_WITHIN: usize = 20;

/// Where the headings are, and which column is what.
pub(super) struct Heads {
    at: usize,
    columns: BTreeMap<Column, usize>,
    unknown: Vec<String>,
}

/// The headings of a table of systems, if it is one.
pub(super) fn heads(table: &Table) -> Option<Heads> {
    let rows = table.rows.iter().take(HEADS_WITHIN).enumerate();
    let found = rows.map(|(at, (_, row))| read_heads(at, row));
    found
        .filter(|one| {
            let known = |column| one.columns.contains_key(&column);
            known(Column::Name) && (known(Column::Categories) || known(Column::Organisation))
        })
        .max_by_key(|one| (one.columns.len(), std::cmp::Reverse(one.at)))
}

fn read_heads(at: usize, row: &[String]) -> Heads {
    let mut heads = Heads {
        at,
        columns: BTreeMap::new(),
        unknown: Vec::new(),
    };
    for (n, text) in row.iter().enumerate() {
        match column(text) {
            // The first of two columns that mean the same counts.
            Some(column) if !heads.columns.contains_key(&column) => {
                heads.columns.insert(column, n);
            }
            _ if text.trim().is_empty() => {}
            _ => heads.unknown.push(text.trim().chars().take(40).collect()),
        }
    }
    heads
}

impl Heads {
    /// What a row has in a column; nothing where the table has no such column.
    fn get<'r>(&self, row: &'r [String], column: Column) -> Option<&'r str> {
        self.columns.get(&column).map(|at| Table::cell(row, *at))
    }
}

/// Takes a table of systems.
pub(super) fn take(preview: &mut Preview, table: &Table, heads: &Heads, content: &Content) {
    if !heads.unknown.is_empty() {
        preview.remarks.push(format!(
            "{}: these columns mean nothing here and were left out: {}",
            table.name,
            heads.unknown.join(", ")
        ));
    }
    let mut taking = Taking::new(preview);
    for (number, row) in table.rows.iter().skip(heads.at + 1) {
        taking.row(table, *number, row, heads, content);
    }
}

/// A table being taken: what is known by which name.
struct Taking<'a> {
    preview: &'a mut Preview,
    ids: HashMap<String, usize>,
    names: HashMap<(String, String), usize>,
    /// The number that a stem of an id is at.
    numbers: HashMap<String, u32>,
    /// The systems that rows of this table named already.
    met: HashSet<usize>,
}

/// What a row says; nothing of what the table has no column for.
#[derive(Default)]
struct Row {
    system: System,
    said: Vec<Column>,
    remarks: Vec<String>,
}

impl<'a> Taking<'a> {
    fn new(preview: &'a mut Preview) -> Self {
        let systems = preview.operation.systems.iter().enumerate();
        let (mut ids, mut names) = (HashMap::new(), HashMap::new());
        for (n, system) in systems {
            ids.insert(system.id.clone(), n);
            names.entry(key(system)).or_insert(n);
        }
        Self {
            preview,
            ids,
            names,
            numbers: HashMap::new(),
            met: HashSet::new(),
        }
    }

    fn row(
        &mut self,
        table: &Table,
        number: usize,
        row: &[String],
        heads: &Heads,
        content: &Content,
    ) {
        let name: String = heads
            .get(row, Column::Name)
            .unwrap_or_default()
            .chars()
            .take(80)
            .collect();
        match read_row(row, heads, content) {
            Ok(row) => self.put(table, number, row),
            Err(why) => self
                .preview
                .line(table, number, What::Refused, &name, vec![why]),
        }
    }

    fn put(&mut self, table: &Table, number: usize, row: Row) {
        let known = self
            .ids
            .get(&row.system.id)
            .or_else(|| self.names.get(&key(&row.system)));
        match known.copied() {
            Some(at) => self.merge(table, number, at, row),
            None => self.add(table, number, row),
        }
    }

    fn add(&mut self, table: &Table, number: usize, mut row: Row) {
        let name = row.system.name.clone();
        let refused = if self.preview.operation.systems.len() >= MOST_SYSTEMS {
            Some(format!(
                "an operation holds {MOST_SYSTEMS} systems and no more"
            ))
        } else if row.system.categories.is_empty() {
            Some("a new system needs a category".to_owned())
        } else {
            None
        };
        if let Some(why) = refused {
            return self
                .preview
                .line(table, number, What::Refused, &name, vec![why]);
        }
        if !row.said.contains(&Column::Status) {
            row.system.status = State::Running;
            row.remarks
                .push("no status is given; taken as running".to_owned());
        }
        if !row.said.contains(&Column::Sharing) {
            row.remarks.push(format!(
                "no sharing level is given; taken as {}",
                Sharing::Own.title()
            ));
        }
        row.system.id = self.free_id(&row.system);
        let at = self.preview.operation.systems.len();
        self.ids.insert(row.system.id.clone(), at);
        self.names.insert(key(&row.system), at);
        self.met.insert(at);
        self.preview.systems().push(Arc::new(row.system));
        self.preview
            .line(table, number, What::Added, &name, row.remarks);
    }

    /// The id that the table gives, where it can be one, or one made from the name.
    fn free_id(&mut self, system: &System) -> String {
        if is_slug(&system.id) {
            return system.id.clone();
        }
        let made = slug(&system.name, 40);
        let stem = if made.is_empty() {
            "system".to_owned()
        } else {
            made
        };
        loop {
            let number = self.numbers.entry(stem.clone()).or_default();
            *number += 1;
            let id = match *number {
                1 => stem.clone(),
                n => format!("{stem}-{n}"),
            };
            if !self.ids.contains_key(&id) {
                return id;
            }
        }
    }

    fn merge(&mut self, table: &Table, number: usize, at: usize, row: Row) {
        let again = !self.met.insert(at);
        let Some(old) = self.preview.operation.systems.get(at).cloned() else {
            return;
        };
        let mut new = System::clone(&old);
        let changed = overlaid(&mut new, &row, again);
        let name = new.name.clone();
        let mut remarks = row.remarks;
        let what = if changed.is_empty() {
            What::Unchanged
        } else {
            What::Changed
        };
        if again {
            remarks.push("the same system as in a row above; put together".to_owned());
        }
        if what == What::Changed {
            remarks.insert(0, changed.join(", "));
            if let Some(slot) = self.preview.systems().get_mut(at) {
                *slot = Arc::new(new);
            }
        }
        self.preview.line(table, number, what, &name, remarks);
    }
}

fn key(system: &System) -> (String, String) {
    let name = folded(&system.name);
    // A name in signs only is compared as it is.
    let name = if name.is_empty() {
        system.name.clone()
    } else {
        name
    };
    (name, folded(&system.organisation))
}

fn read_row(row: &[String], heads: &Heads, content: &Content) -> Result<Row, String> {
    let mut out = Row::default();
    let get = |column| heads.get(row, column).unwrap_or_default();
    let short = |name: &'static str, column| entry(SHORT, name, get(column));
    let long = |name: &'static str, column| entry(LONG, name, get(column));
    out.system = System {
        id: get(Column::Id).to_owned(),
        name: short("name", Column::Name)?,
        organisation: short("organisation", Column::Organisation)?,
        coverage: long("coverage", Column::Coverage)?,
        frequency: short("frequency", Column::Frequency)?,
        unit: short("unit of analysis", Column::Unit)?,
        contact: short("contact", Column::Contact)?,
        note: long("note", Column::Note)?,
        categories: categories(get(Column::Categories), content)?,
        ..System::default()
    };
    if out.system.name.is_empty() {
        return Err("there is no name in this row".to_owned());
    }
    words(&mut out, get(Column::Status), get(Column::Sharing))?;
    if personal_contact(&out.system.contact).is_some() {
        out.system.contact.clear();
        out.remarks
            .push(format!("the contact was left out. {NO_NAMES}"));
    }
    for (name, text) in [
        ("note", &out.system.note),
        ("coverage", &out.system.coverage),
    ] {
        if let Some(what) = personal(text) {
            out.remarks.push(format!(
                "the {name} holds {}; take it out before this goes to others",
                what.word()
            ));
        }
    }
    let filled = heads
        .columns
        .keys()
        .filter(|column| !get(**column).is_empty());
    out.said = filled.copied().collect();
    Ok(out)
}

fn entry(field: Field, name: &'static str, text: &str) -> Result<String, String> {
    field.named(name).entry(text).map_err(|why| why.to_string())
}

fn words(out: &mut Row, state: &str, level: &str) -> Result<(), String> {
    let shown = |text: &str| text.chars().take(40).collect::<String>();
    if !state.is_empty() {
        out.system.status = status(state).ok_or_else(|| {
            let all = "planned, running, paused, closed";
            format!("the status \"{}\" is not known; known: {all}", shown(state))
        })?;
    }
    if !level.is_empty() {
        out.system.sharing = sharing(level).unwrap_or_else(|| {
            out.remarks.push(format!(
                "the sharing level \"{}\" is not known; taken as {}",
                shown(level),
                Sharing::Own.title()
            ));
            Sharing::Own
        });
    }
    Ok(())
}

/// Puts what a row says over a system, and says what changed. An empty cell changes
/// nothing. Categories of a second row of the same system come on top.
fn overlaid(system: &mut System, row: &Row, again: bool) -> Vec<String> {
    let before = system.clone();
    let new = &row.system;
    for column in &row.said {
        match column {
            Column::Id => {}
            Column::Name => system.name.clone_from(&new.name),
            Column::Categories if again => {
                let more = new
                    .categories
                    .iter()
                    .filter(|one| !before.categories.contains(one));
                system.categories.extend(more);
            }
            Column::Categories => system.categories.clone_from(&new.categories),
            Column::Organisation => system.organisation.clone_from(&new.organisation),
            Column::Status => system.status = new.status,
            Column::Coverage => system.coverage.clone_from(&new.coverage),
            Column::Frequency => system.frequency.clone_from(&new.frequency),
            Column::Unit => system.unit.clone_from(&new.unit),
            Column::Sharing => system.sharing = new.sharing,
            Column::Contact if new.contact.is_empty() => {}
            Column::Contact => system.contact.clone_from(&new.contact),
            Column::Note => system.note.clone_from(&new.note),
        }
    }
    [
        ("name", before.name != system.name),
        ("categories", before.categories != system.categories),
        ("organisation", before.organisation != system.organisation),
        ("status", before.status != system.status),
        ("coverage", before.coverage != system.coverage),
        ("frequency", before.frequency != system.frequency),
        ("unit of analysis", before.unit != system.unit),
        ("sharing", before.sharing != system.sharing),
        ("contact", before.contact != system.contact),
        ("note", before.note != system.note),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(name, _)| format!("{name} changes"))
    .collect()
}
