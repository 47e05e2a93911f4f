//! Writing into a file that somebody wrote by hand.
//!
//! Owns the decision what of a file is written anew: only what changed. Whoever keeps a map
//! by hand keeps it with comments, in an order and with line breaks of their own, and would
//! stop editing in the program the day it threw those away. So the text as it is, the text
//! as the program would have written it, and the text as it would write it now are compared
//! value by value; where the last two agree, the first stays.
//!
//! Promises that the result, read again, is the operation that was to be written; where
//! that cannot be had, it is refused and nothing is lost. A file as the program writes it
//! becomes another such file.

use std::ops::Range;

use super::{Operation, read, write};
use crate::content::tree::Node;
use crate::content::{Content, File};

/// A change that the text of the file has no place for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this change cannot be put into the file without losing what was written there by hand; \
     nothing was written. Change the file itself, or save the map under another name"
)]
pub struct CannotKeep;

/// The text of a file after a change: what did not change stays as it is.
pub fn rewrite(
    old: &str,
    before: &Operation,
    now: &Operation,
    content: &Content,
) -> Result<String, CannotKeep> {
    let (base, new) = (write(before), write(now));
    if old == base {
        return Ok(new);
    }
    merged(old, &base, &new)
        .filter(|text| means(text, now, content))
        .or_else(|| (!has_comments(old)).then_some(new))
        .ok_or(CannotKeep)
}

fn means(text: &str, operation: &Operation, content: &Content) -> bool {
    let file = File {
        path: String::new(),
        text: text.to_owned(),
    };
    read(&file, content).is_ok_and(|one| one == *operation)
}

/// Whether a text may hold comments; a `//` in a web address counts too, to be safe.
fn has_comments(text: &str) -> bool {
    text.contains("//") || text.contains("/*")
}

fn merged(old: &str, base: &str, new: &str) -> Option<String> {
    let merge = Merge {
        old,
        base,
        new,
        edits: Vec::new(),
    };
    let edits = merge.all(&Node::of(old)?, &Node::of(base)?, &Node::of(new)?);
    let mut text = old.to_owned();
    for (place, instead) in edits.into_iter().rev() {
        text.get(place.clone())?;
        text.replace_range(place, &instead);
    }
    Some(text)
}

struct Merge<'a> {
    old: &'a str,
    base: &'a str,
    new: &'a str,
    edits: Vec<(Range<usize>, String)>,
}

/// What names an item among its neighbours.
fn key(node: &Node, text: &str) -> Option<String> {
    let name = ["id", "at", "category"]
        .iter()
        .find_map(|name| node.field(name))?;
    let written = text.get(name.node.place())?;
    Some(written.trim_matches(['r', '#', '"']).to_owned())
}

impl Merge<'_> {
    /// The edits in the order of their places.
    fn all(mut self, old: &Node, base: &Node, new: &Node) -> Vec<(Range<usize>, String)> {
        self.node(old, base, new);
        // The sort is stable: what is put in at one place stays in its order.
        self.edits
            .sort_by_key(|(place, _)| (place.start, place.end));
        self.edits
    }

    fn same(&self, base: &Node, new: &Node) -> bool {
        self.base.get(base.place()) == self.new.get(new.place())
    }

    fn written(&self, new: Range<usize>) -> String {
        self.new.get(new).unwrap_or_default().to_owned()
    }

    fn node(&mut self, old: &Node, base: &Node, new: &Node) {
        if self.same(base, new) {
            return;
        }
        match (old, base, new) {
            (Node::Struct(..), Node::Struct(..), Node::Struct(..)) => self.fields(old, base, new),
            (Node::List(_, old_items), Node::List(_, base_items), Node::List(_, new_items))
                if self.has_keys(new_items, self.new) && self.has_keys(base_items, self.base) =>
            {
                self.items(old, old_items, base_items, new_items);
            }
            _ => {
                let instead = self.written(new.place());
                self.edits.push((old.place(), instead));
            }
        }
    }

    #[expect(
        clippy::unused_self,
        reason = "reads as one of the questions beside it"
    )]
    fn has_keys(&self, items: &[Node], text: &str) -> bool {
        items.iter().all(|one| key(one, text).is_some())
    }

    fn fields(&mut self, old: &Node, base: &Node, new: &Node) {
        let (Node::Struct(place, old_fields), Node::Struct(_, new_fields)) = (old, new) else {
            return;
        };
        for field in new_fields {
            let before = base.field(&field.name);
            if before.is_some_and(|one| self.same(&one.node, &field.node)) {
                continue;
            }
            match (old.field(&field.name), before) {
                (Some(old), Some(before)) => self.node(&old.node, &before.node, &field.node),
                (Some(old), None) => {
                    let instead = self.written(field.node.place());
                    self.edits.push((old.node.place(), instead));
                }
                (None, _) => {
                    let last = old_fields.last().map(|one| one.all.end);
                    self.put_in(last, place, field.all.clone());
                }
            }
        }
        for field in old_fields {
            if base.field(&field.name).is_some() && new.field(&field.name).is_none() {
                let place = self.with_comma(field.all.clone());
                self.edits.push((place, String::new()));
            }
        }
    }

    fn items(&mut self, list: &Node, old: &[Node], base: &[Node], new: &[Node]) {
        let find = |items: &[Node], text: &str, wanted: &Option<String>| {
            items.iter().find(|one| key(one, text) == *wanted).cloned()
        };
        let mut behind = None;
        for item in new {
            let name = key(item, self.new);
            match (find(old, self.old, &name), find(base, self.base, &name)) {
                (Some(old), Some(before)) => {
                    self.node(&old, &before, item);
                    behind = Some(old.place().end);
                }
                (Some(old), None) => {
                    // An entry that said nothing: the program would not have written it.
                    let instead = self.written(item.place());
                    self.edits.push((old.place(), instead));
                    behind = Some(old.place().end);
                }
                (None, _) => self.put_in(behind, &list.place(), item.place()),
            }
        }
        for item in old {
            let name = key(item, self.old);
            if find(base, self.base, &name).is_some() && find(new, self.new, &name).is_none() {
                let place = self.with_comma(item.place());
                self.edits.push((place, String::new()));
            }
        }
    }

    /// Puts a value in behind another one, or in front where there is none.
    fn put_in(&mut self, behind: Option<usize>, outer: &Range<usize>, new: Range<usize>) {
        let indent = self.indent(new.start);
        let text = self.written(new);
        let Some(end) = behind else {
            let at = self
                .old
                .get(outer.start..)
                .and_then(|rest| rest.find(['(', '[']));
            let at = outer.start + at.unwrap_or_default() + 1;
            self.edits.push((at..at, format!("\n{indent}{text},")));
            return;
        };
        let after = self.comma_after(end);
        let comma = if after.is_none() { "," } else { "" };
        let at = after.unwrap_or(end);
        self.edits
            .push((at..at, format!("{comma}\n{indent}{text},")));
    }

    /// The blanks before a value where the program writes it.
    fn indent(&self, at: usize) -> String {
        let before = self.new.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().take_while(|c| *c == ' ').collect()
    }

    /// The place behind the comma that follows, past blanks and comments.
    fn comma_after(&self, end: usize) -> Option<usize> {
        let mut at = end;
        loop {
            let rest = self.old.get(at..)?;
            let blank = rest.len() - rest.trim_start().len();
            let rest = rest.get(blank..)?;
            at += blank;
            if rest.starts_with(',') {
                return Some(at + 1);
            } else if rest.starts_with("//") {
                at += rest.find('\n')?;
            } else if rest.starts_with("/*") {
                at += rest.find("*/")? + 2;
            } else {
                return None;
            }
        }
    }

    /// A value with its comma, and with its line where nothing else stands on it. Comments
    /// between value and comma keep the comma out.
    fn with_comma(&self, place: Range<usize>) -> Range<usize> {
        let rest = self.old.get(place.end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        let comma = rest.get(blank..).is_some_and(|rest| rest.starts_with(','));
        let end = if comma {
            place.end + blank + 1
        } else {
            place.end
        };
        let before = self.old.get(..place.start).unwrap_or_default();
        let line = before.len() - before.trim_end_matches([' ', '\t']).len();
        let alone = before
            .get(..before.len() - line)
            .is_none_or(|rest| rest.ends_with('\n'));
        let newline = self
            .old
            .get(end..)
            .is_some_and(|rest| rest.starts_with('\n'));
        if alone && newline {
            place.start - line..end + 1
        } else {
            place.start..end
        }
    }
}
