//! The Matrix as a table: categories across, criteria down.
//!
//! Owns how such a table comes back after colleagues wrote into it. What it holds that the
//! Matrix does not becomes text of the operation; what a locked cell holds beyond the
//! source's words is refused; what is missing from the table stays, since a copy with half
//! of the rows is common and no wish to delete.

use std::collections::HashSet;

use super::sheet::Table;
use super::words::{category, folded};
use super::{Preview, What};
use crate::content::{CategoryId, Content, CriterionId};
use crate::operation::{Edit, Own, Sharing, locked};

const HEADS_WITHIN: usize = 20;
/// What exports write before a text of the operation's own, and before a locked cell.
const OURS: &str = "[This operation]";
const LOCKED: &str = "[locked]";

/// Where the categories stand.
pub(super) struct Heads {
    at: usize,
    columns: Vec<(usize, CategoryId)>,
}

/// The headings of a Matrix, if the table is one: two categories across at least.
pub(super) fn heads(table: &Table, content: &Content) -> Option<Heads> {
    let rows = table.rows.iter().take(HEADS_WITHIN).enumerate();
    let found = rows.map(|(at, (_, row))| {
        let named = row.iter().enumerate().skip(1);
        let columns = named.filter_map(|(n, text)| Some((n, category(text, content)?)));
        Heads {
            at,
            columns: columns.collect(),
        }
    });
    found
        .filter(|one| one.columns.len() >= 2)
        .max_by_key(|one| one.columns.len())
}

/// Takes a Matrix.
pub(super) fn take(preview: &mut Preview, table: &Table, heads: &Heads, content: &Content) {
    for (number, row) in table.rows.iter().skip(heads.at + 1) {
        let label = Table::cell(row, 0).to_owned();
        let text = |(at, category): &(usize, CategoryId)| {
            let text = Table::cell(row, *at).to_owned();
            (!text.is_empty()).then_some((*category, text))
        };
        let cells: Vec<(CategoryId, String)> = heads.columns.iter().filter_map(text).collect();
        match row_of(&label, content) {
            _ if cells.is_empty() => {}
            RowIs::Systems => preview.remarks.push(format!(
                "{}, row {number}: systems are taken from a table of systems, not from here",
                table.name
            )),
            RowIs::Criterion(row) => {
                for (category, text) in cells {
                    criterion_cell(preview, table, *number, (category, row), &text, content);
                }
            }
            RowIs::Own => own_row(preview, table, *number, &label, cells, content),
        }
    }
}

enum RowIs {
    Criterion(CriterionId),
    Systems,
    Own,
}

/// What a row's heading means; the second meeting called one row by another name.
fn row_of(label: &str, content: &Content) -> RowIs {
    let label = folded(&label.replace("(locked)", ""));
    let criterion = content.matrix.criteria.iter().find(|one| {
        let title = folded(&one.title);
        title == label
            || folded(one.id.slug()) == label
            || title.split("dataand").next() == Some(&label)
    });
    match criterion {
        Some(one) => RowIs::Criterion(one.id),
        None if label == "systemsinthisoperation" => RowIs::Systems,
        None if label == "tools" => RowIs::Criterion(CriterionId::Examples),
        None if label == "output" => RowIs::Criterion(CriterionId::Output),
        None => RowIs::Own,
    }
}

fn criterion_cell(
    preview: &mut Preview,
    table: &Table,
    number: usize,
    (category, row): (CategoryId, CriterionId),
    text: &str,
    content: &Content,
) {
    let about = format!(
        "{} / {}",
        content.category(category).title,
        content.criterion(row).title
    );
    let new = new_texts(preview, (category, row), text, content);
    if new.is_empty() {
        return;
    }
    if let Some(why) = locked(content, &preview.operation, category, row) {
        return preview.line(table, number, What::Refused, &about, vec![why.to_string()]);
    }
    for text in new {
        let own = Own {
            id: String::new(),
            text,
            sharing: Sharing::Own,
        };
        let remark = format!("for: {}", Sharing::Own.title());
        edit(
            preview,
            table,
            number,
            &about,
            Edit::Write(category, row, own),
            remark,
            content,
        );
    }
}

fn edit(
    preview: &mut Preview,
    table: &Table,
    number: usize,
    about: &str,
    edit: Edit,
    remark: String,
    content: &Content,
) {
    match preview.operation.with(edit, content) {
        Ok(operation) => {
            preview.operation = operation;
            preview.line(table, number, What::Added, about, vec![remark]);
        }
        Err(why) => preview.line(table, number, What::Refused, about, vec![why.to_string()]),
    }
}

/// The paragraphs of a cell that neither the Matrix nor the operation has.
fn new_texts(
    preview: &Preview,
    (category, row): (CategoryId, CriterionId),
    text: &str,
    content: &Content,
) -> Vec<String> {
    let known = known_lines(preview, (category, row), content);
    let mut texts = vec![String::new()];
    for line in text.lines() {
        let own = line.trim_start().strip_prefix(OURS);
        let line = own.unwrap_or(line).trim();
        if own.is_some() || line.is_empty() {
            texts.push(String::new());
        }
        let is_new = !line.is_empty() && line != LOCKED && !known.contains(&folded(line));
        if let Some(last) = texts.last_mut().filter(|_| is_new) {
            if !last.is_empty() {
                last.push('\n');
            }
            last.push_str(line);
        }
    }
    texts.retain(|text| !folded(text).is_empty());
    texts
}

/// The lines that an export of the cell would have, folded.
fn known_lines(
    preview: &Preview,
    (category, row): (CategoryId, CriterionId),
    content: &Content,
) -> HashSet<String> {
    let cell = content.cell(category, row);
    let mut known: HashSet<String> = HashSet::new();
    known.insert(folded("(open)"));
    for passage in &cell.passages {
        known.extend(passage.body.iter().map(|piece| folded(piece.text())));
        known.insert(folded(&format!(
            "{}. {}",
            passage.status,
            content.cite(&passage.origin)
        )));
    }
    let mut add = |text: &str| known.extend(text.lines().map(folded));
    if let Some(adapted) = preview.operation.adapted(category, row) {
        for own in adapted.changed.iter().chain(&adapted.added) {
            add(&own.text);
        }
    }
    if let Some(one) = preview.operation.endorsed.get(&category)
        && row == CriterionId::Definition
    {
        add(&one.text);
        add(&format!("Agreed. {}, {}", one.document, one.section));
    }
    known
}

/// A row that the Matrix does not have: one of the operation's own.
fn own_row(
    preview: &mut Preview,
    table: &Table,
    number: usize,
    label: &str,
    cells: Vec<(CategoryId, String)>,
    content: &Content,
) {
    if label.is_empty() {
        let why = "this row has no heading, so it is not known what it holds".to_owned();
        return preview.line(table, number, What::Refused, "", vec![why]);
    }
    let find = |preview: &Preview| {
        let rows = preview.operation.rows.iter();
        rows.clone()
            .find(|row| folded(&row.title) == folded(label))
            .cloned()
    };
    if find(preview).is_none() {
        let add = Edit::Row(String::new(), label.to_owned(), Sharing::Own);
        let remark = format!(
            "a row of the operation's own, for: {}",
            Sharing::Own.title()
        );
        edit(preview, table, number, label, add, remark, content);
    }
    let Some(row) = find(preview) else { return };
    for (category, text) in cells {
        let text = text.trim_start_matches(OURS).trim().to_owned();
        let old = row.cells.get(&category);
        if old.is_some_and(|one| folded(&one.text) == folded(&text)) {
            continue;
        }
        let about = format!("{} / {label}", content.category(category).title);
        let own = Own {
            id: String::new(),
            text,
            sharing: old.map_or(Sharing::Own, |one| one.sharing),
        };
        let remark = if old.is_some() {
            "takes the place of the text before"
        } else {
            "new"
        };
        let fill = Edit::Fill(row.id.clone(), category, own);
        edit(
            preview,
            table,
            number,
            &about,
            fill,
            remark.to_owned(),
            content,
        );
    }
}
