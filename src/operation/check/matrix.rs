//! What an operation file does to the Matrix: adapted cells, rows of its own, endorsed
//! Definitions. Whatever would touch a Definition or an Output that a source states is
//! refused in the source's words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, SEALED, sealed};
use crate::content::tree::Step::{self, In, Nth};
use crate::content::{CategoryId, CriterionId};
use crate::operation::lock::{locked, may_endorse};
use crate::operation::raw::{RawCell, RawDefinition, RawRow, RawText};
use crate::operation::{Adapted, AddedRow, Endorsed, Operation, Own};

impl Check<'_> {
    pub(super) fn cells(
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

    pub(super) fn rows(&mut self, raw: Vec<RawRow>) -> Vec<AddedRow> {
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

    pub(super) fn definitions(&mut self, raw: &[RawDefinition]) -> BTreeMap<CategoryId, Endorsed> {
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
}

/// The cell that an address means.
pub(in crate::operation) fn cell_at(address: &str) -> Option<(CategoryId, CriterionId)> {
    let (category, row) = address.strip_prefix("matrix/")?.split_once('/')?;
    Some((
        CategoryId::from_slug(category)?,
        CriterionId::from_slug(row)?,
    ))
}
