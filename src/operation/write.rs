//! An operation as the text of its file.
//!
//! Owns how the program writes: one field a line, always in the same order, cells in the
//! order of the Matrix, so that two versions differ only where the map does. The same
//! operation always gives the same bytes.

use std::fmt::Write;

use super::check::{answer_slug, sealed};
use super::model::{Adapted, AddedRow, Entry, Operation, Own, System, Worksheet};
use crate::content::CategoryId;

const HEAD: &str = "\
// The PIM systems of an operation, laid over the Matrix. Yours to edit, by hand or with
// `pim --operation`; `pim operation check` says what is wrong with it.
// Give roles and organisations, never names of people.
";

/// The text of the file.
pub fn write(operation: &Operation) -> String {
    let mut out = Out(HEAD.to_owned());
    out.line(0, "(");
    out.line(1, "schema: 1,");
    out.field(1, "name", &operation.name);
    out.field(1, "place", &operation.place);
    out.field(1, "date", &operation.date);
    out.field(1, "language", &operation.language);
    out.list(1, "systems", true, &operation.systems, |out, one| {
        system(out, one);
    });
    let cells: Vec<_> = operation.cells.iter().collect();
    out.list(1, "cells", false, &cells, |out, ((category, row), one)| {
        out.field(3, "at", &format!("matrix/{category}/{row}"));
        adapted(out, one);
    });
    out.list(1, "rows", false, &operation.rows, row);
    let endorsed: Vec<_> = operation.endorsed.iter().collect();
    out.list(1, "endorsed", false, &endorsed, |out, (category, one)| {
        out.field(3, "category", category.slug());
        out.field(3, "text", &one.text);
        out.field(3, "document", &one.document);
        out.field(3, "section", &one.section);
        out.field(3, "sealed", &sealed(one));
    });
    out.line(0, ")");
    out.0
}

fn system(out: &mut Out, system: &System) {
    let categories: Vec<&str> = system.categories.iter().map(|one| one.slug()).collect();
    out.field(3, "id", &system.id);
    out.field(3, "name", &system.name);
    out.words(3, "categories", &categories);
    out.field(3, "organisation", &system.organisation);
    out.field(3, "status", system.status.slug());
    out.field(3, "coverage", &system.coverage);
    out.field(3, "frequency", &system.frequency);
    out.field(3, "unit", &system.unit);
    out.field(3, "sharing", system.sharing.slug());
    out.field(3, "contact", &system.contact);
    out.field(3, "note", &system.note);
    if system.worksheet != Worksheet::default() {
        worksheet(out, &system.worksheet);
    }
}

fn worksheet(out: &mut Out, worksheet: &Worksheet) {
    out.line(3, "worksheet: (");
    out.field(4, "sharing", worksheet.sharing.slug());
    let entries: Vec<_> = worksheet.entries.iter().collect();
    out.list(4, "sub_steps", false, &entries, |out, (sub_step, one)| {
        out.field(6, "at", sub_step.slug());
        entry(out, one);
    });
    let answers: Vec<_> = worksheet.answers.iter().collect();
    out.list(4, "answers", false, &answers, |out, (at, mark)| {
        out.field(6, "at", at);
        if let Some(answer) = mark.answer {
            out.field(6, "answer", answer_slug(answer));
        }
        if !mark.note.is_empty() {
            out.field(6, "remark", &mark.note);
        }
    });
    out.line(3, "),");
}

fn entry(out: &mut Out, entry: &Entry) {
    out.field(6, "progress", entry.progress.slug());
    if !entry.decided.is_empty() {
        out.field(6, "decided", &entry.decided);
    }
    if !entry.questions.is_empty() {
        out.words(6, "questions", &entry.questions);
    }
}

fn adapted(out: &mut Out, adapted: &Adapted) {
    out.list(3, "changed", false, &adapted.changed, own);
    out.list(3, "added", false, &adapted.added, own);
    let hidden: Vec<&String> = adapted.hidden.iter().collect();
    if !hidden.is_empty() {
        out.words(3, "hidden", &hidden);
    }
}

fn own(out: &mut Out, own: &Own) {
    out.field(5, "id", &own.id);
    out.field(5, "text", &own.text);
    out.field(5, "sharing", own.sharing.slug());
}

fn row(out: &mut Out, row: &AddedRow) {
    out.field(3, "id", &row.id);
    out.field(3, "title", &row.title);
    out.field(3, "sharing", row.sharing.slug());
    let cells: Vec<(&CategoryId, &Own)> = row.cells.iter().collect();
    out.list(3, "cells", false, &cells, |out, (category, one)| {
        out.field(5, "id", category.slug());
        out.field(5, "text", &one.text);
        out.field(5, "sharing", one.sharing.slug());
    });
}

struct Out(String);

impl Out {
    fn line(&mut self, depth: usize, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{}{text}", "  ".repeat(depth));
    }

    fn field(&mut self, depth: usize, name: &str, text: &str) {
        self.line(depth, &format!("{name}: {},", quoted(text)));
    }

    /// Words in one line.
    fn words<T: AsRef<str>>(&mut self, depth: usize, name: &str, words: &[T]) {
        let words: Vec<String> = words.iter().map(|one| quoted(one.as_ref())).collect();
        self.line(depth, &format!("{name}: [{}],", words.join(", ")));
    }

    /// A list of structures; an empty one only where it is `always` there.
    fn list<T>(
        &mut self,
        depth: usize,
        name: &str,
        always: bool,
        items: &[T],
        write: impl Fn(&mut Self, &T),
    ) {
        if items.is_empty() {
            if always {
                self.line(depth, &format!("{name}: [],"));
            }
            return;
        }
        self.line(depth, &format!("{name}: ["));
        for item in items {
            self.line(depth + 1, "(");
            write(self, item);
            self.line(depth + 1, "),");
        }
        self.line(depth, "],");
    }
}

/// A text in quotes, as RON has it.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
