//! Reading on after a fault.
//!
//! Owns what makes the text of a file readable again once a fault in it was noted, so that the
//! faults behind it are found in the same run: a mistyped name is read as the nearest one, and
//! what cannot be read is taken out. The file itself is never changed, and every fault is said
//! where it stands there. What came out of a guess is not handed on: better no value than one
//! whose faults nobody wrote. Knows nothing of what the files mean. Start at [`read`].

use std::ops::Range;

use ron::Error as Code;
use ron::error::Position;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::fault::{Faults, did_you_mean};
use super::file::File;
use super::tree::{Field, Node};

/// More faults in one file are those of another kind of file.
const MOST: usize = 100;

/// Reads a file into a shape and notes every fault of its grammar. There is a value where the
/// file has none, or where it is plain what was meant.
pub(super) fn read<T: DeserializeOwned>(file: &File, faults: &mut Faults) -> Option<T> {
    let mut copy = Copy {
        text: file.text.clone(),
        edits: Vec::new(),
        is_plain: true,
    };
    for _ in 0..MOST {
        let parsed = ron::Options::default()
            .with_default_extension(Extensions::IMPLICIT_SOME)
            .from_str::<T>(&copy.text);
        let error = match parsed {
            Ok(value) => return copy.is_plain.then_some(value),
            Err(error) => error,
        };
        let at = error.span.start;
        let (line, column) = copy.original(at);
        faults.push(file.ron_fault(&error.code, line, column));
        copy.mend(&error.code, at)?;
    }
    None
}

/// The text of a file with what was wrong in it taken out.
struct Copy {
    text: String,
    /// What was put in place of something else, in order: line, column, and how much longer it is.
    edits: Vec<(usize, usize, isize)>,
    /// Whether it is plain for every mend what was meant.
    is_plain: bool,
}

impl Copy {
    /// Where a place of this text stands in the file; no edit moves a line.
    fn original(&self, at: Position) -> (usize, usize) {
        let column = self.edits.iter().rev().fold(at.col, |column, edit| {
            let (line, from, longer) = *edit;
            if line == at.line && column > from {
                column.saturating_add_signed(-longer)
            } else {
                column
            }
        });
        (at.line, column)
    }

    /// Makes the text readable past this fault; nothing where there is no telling how.
    fn mend(&mut self, code: &Code, at: Position) -> Option<()> {
        let place = self.byte(at)?;
        match code {
            Code::NoSuchStructField {
                expected, found, ..
            } => match did_you_mean(found, expected.iter().copied()) {
                Some(near) => self.rename(at, place, found, near),
                None => self.take_out_field(place),
            },
            Code::NoSuchEnumVariant {
                expected, found, ..
            } => {
                let near = did_you_mean(found, expected.iter().copied());
                self.is_plain &= near.is_some();
                self.rename(at, place, found, near.or(expected.first().copied())?)
            }
            Code::DuplicateStructField { .. } => self.take_out_field(place),
            Code::MissingStructField { .. } => self.take_out_item(place),
            Code::ExpectedString => self.straighten(place),
            _ => None,
        }
    }

    /// The place in bytes of a line and a column.
    fn byte(&self, at: Position) -> Option<usize> {
        let line = self.text.split_inclusive('\n').nth(at.line.checked_sub(1)?);
        let before: usize = self
            .text
            .split_inclusive('\n')
            .take(at.line - 1)
            .map(str::len)
            .sum();
        let within = line.unwrap_or_default().char_indices();
        let within = within.map(|(byte, _)| byte).nth(at.col.checked_sub(1)?)?;
        Some(before + within)
    }

    /// Reads a mistyped name as another one.
    fn rename(&mut self, at: Position, place: usize, found: &str, name: &str) -> Option<()> {
        let range = place..place + found.len();
        if self.text.get(range.clone())? != found {
            return None;
        }
        let longer = name.chars().count().cast_signed() - found.chars().count().cast_signed();
        self.text.replace_range(range, name);
        self.edits.push((at.line, at.col, longer));
        Some(())
    }

    /// Takes out the field that begins at a place, with its value.
    fn take_out_field(&mut self, place: usize) -> Option<()> {
        let tree = Node::of(&self.text)?;
        let field = field_at(&tree, place)?.all.clone();
        self.blank(field)
    }

    /// Takes out the item of a list that holds the structure whose end is at a place: what it
    /// lacks cannot be made up.
    fn take_out_item(&mut self, place: usize) -> Option<()> {
        self.is_plain = false;
        let tree = Node::of(&self.text)?;
        let item = item_around(&tree, place)?;
        self.blank(item)
    }

    /// Reads a text in curly quotes as one in straight quotes.
    fn straighten(&mut self, place: usize) -> Option<()> {
        let rest = self.text.get(place..)?;
        let opened = place + rest.find(|c: char| !c.is_whitespace())?;
        let text = self.text.get(opened..)?;
        let close = match text.chars().next()? {
            '“' | '„' | '”' => ['”', '“'],
            '«' => ['»', '»'],
            _ => return None,
        };
        let line = text.split('\n').next()?;
        let (closed, sign) = line
            .char_indices()
            .skip(1)
            .find(|(_, c)| close.contains(c))?;
        let (first, last) = (text.chars().next()?.len_utf8(), sign.len_utf8());
        let inner = line.get(first..closed)?.to_owned();
        if inner.contains(['"', '\\']) {
            return None;
        }
        self.text
            .replace_range(opened..opened + closed + last, &format!("\"{inner}\""));
        Some(())
    }

    /// Puts blanks in place of something and of the comma behind it, so that nothing moves.
    fn blank(&mut self, range: Range<usize>) -> Option<()> {
        let behind = self.text.get(range.end..)?;
        let comma = behind.trim_start().starts_with(',');
        let gap = behind.len() - behind.trim_start().len();
        let end = range.end + if comma { gap + 1 } else { 0 };
        let blank: String = self
            .text
            .get(range.start..end)?
            .chars()
            .map(|c| if c == '\n' { '\n' } else { ' ' })
            .collect();
        self.text.replace_range(range.start..end, &blank);
        Some(())
    }
}

/// The field that begins at a place.
fn field_at(node: &Node, place: usize) -> Option<&Field> {
    match node {
        Node::Leaf(_) => None,
        Node::List(_, items) => items.iter().find_map(|item| field_at(item, place)),
        Node::Struct(_, fields) => fields.iter().find_map(|field| {
            let here = field.all.start == place;
            if here {
                Some(field)
            } else {
                field_at(&field.node, place)
            }
        }),
    }
}

/// The innermost item of a list around a place.
fn item_around(node: &Node, place: usize) -> Option<Range<usize>> {
    let inside = |node: &&Node| node.place().contains(&place);
    match node {
        Node::Leaf(_) => None,
        Node::List(_, items) => {
            let item = items.iter().find(inside)?;
            Some(item_around(item, place).unwrap_or_else(|| item.place()))
        }
        Node::Struct(_, fields) => {
            let field = fields.iter().map(|field| &field.node).find(inside)?;
            item_around(field, place)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct RawList {
        title: String,
        kinds: Vec<RawOne>,
    }

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct RawOne {
        id: String,
        kind: RawKind,
    }

    #[derive(Deserialize, Debug, PartialEq)]
    enum RawKind {
        Must,
        Nice,
    }

    fn reading(text: &str) -> (Option<RawList>, Vec<String>) {
        let file = File {
            path: "f.ron".to_owned(),
            text: text.to_owned(),
        };
        let mut faults = Faults::default();
        let value = read(&file, &mut faults);
        let said = faults.sorted().into_iter();
        let said = said.map(|one| format!("{}:{} {}", one.line, one.column, one.message));
        (value, said.collect())
    }

    #[test]
    fn every_fault_is_said_where_it_stands_and_what_is_plainly_meant_is_read_on_with() {
        let text = "(\n  titel: “a”, size: [1, 2], kinds: [\n    (id: \"a\", kind: Mustt), (id: \"b\", kind: Nic),\n    (id: \"d\", kind: Must, kind: Nice),\n    (idd: \"e\", kind: Nice, more: [\"(\", 1],),\n  ],\n)";
        let (value, said) = reading(text);
        assert_eq!(
            said,
            [
                "2:3 unknown field `titel` in list",
                "2:9 expected text in quotes",
                "2:15 unknown field `size` in list",
                "3:21 unknown name `Mustt`",
                "3:45 unknown name `Nic`",
                "4:27 `kind` is given twice",
                "5:6 unknown field `idd` in one",
                "5:28 unknown field `more` in one",
            ]
        );
        let value = value.expect("all of it was plain");
        assert_eq!((value.title.as_str(), value.kinds.len()), ("a", 4));
    }

    #[test]
    fn an_item_that_lacks_something_does_not_hide_the_faults_after_it_and_gives_no_value() {
        let text = "(title: \"a\", kinds: [(id: \"a\"), (kind: Must), (id: \"c\", kind: Other)])";
        let (value, said) = reading(text);
        assert_eq!(
            said,
            [
                "1:30 `kind` is missing from this one",
                "1:44 `id` is missing from this one",
                "1:63 unknown name `Other`",
            ]
        );
        assert_eq!(value, None);
    }

    #[test]
    fn a_text_that_nothing_can_be_made_of_is_said_once() {
        for text in [
            "",
            "(",
            "(title: \"a",
            "(title: \"a\", kinds: [(id: \"a\" kind: Must)])",
        ] {
            let (value, said) = reading(text);
            assert_eq!((value, said.len()), (None, 1), "{text}");
        }
    }
}
