//! What of an operation an audience may see.
//!
//! Owns the one filter through which everything that leaves the program goes. Who runs what
//! where is sensitive, so what is not for the audience is not there at all afterwards; only
//! how much was left out is said. Start at [`for_audience`].

use std::sync::Arc;

use super::model::{Adapted, Operation, Own, Sharing, System, Worksheet};
use super::personal::personal_contact;

/// How much was left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Systems.
    pub systems: usize,
    /// Texts in cells, rows among them.
    pub texts: usize,
    /// Worksheets of systems that may be seen themselves.
    pub worksheets: usize,
    /// Contacts that name a person where a role is meant.
    pub contacts: usize,
}

impl Withheld {
    /// What the page says about it.
    pub fn said(self) -> String {
        let parts: Vec<String> = [
            (self.systems, "system"),
            (self.texts, "text"),
            (self.worksheets, "worksheet"),
            (self.contacts, "personal contact"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| counted(n, what))
        .collect();
        if parts.is_empty() {
            "Nothing was left out.".to_owned()
        } else {
            format!("Not for this audience, and left out: {}.", parts.join(", "))
        }
    }
}

pub(super) fn counted(n: usize, what: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {what}{s}")
}

/// The operation as an audience may see it, and how much was left out.
pub fn for_audience(operation: &Operation, audience: Sharing) -> (Operation, Withheld) {
    let mut shown = operation.clone();
    let mut withheld = Withheld::default();
    shown.systems.retain(|one| {
        let may = one.sharing.may_reach(audience);
        withheld.systems += usize::from(!may);
        may
    });
    for system in &mut shown.systems {
        worksheet(system, audience, &mut withheld);
        if personal_contact(&system.contact).is_some() {
            withheld.contacts += 1;
            Arc::make_mut(system).contact.clear();
        }
    }
    for cell in shown.cells.values_mut() {
        adapted(cell, audience, &mut withheld);
    }
    shown.cells.retain(|_, cell| !cell.is_empty());
    shown.rows.retain(|row| {
        let may = row.sharing.may_reach(audience);
        withheld.texts += if may { 0 } else { 1 + row.cells.len() };
        may
    });
    for row in &mut shown.rows {
        row.cells
            .retain(|_, one| reaches(one, audience, &mut withheld));
    }
    (shown, withheld)
}

fn worksheet(system: &mut Arc<System>, audience: Sharing, withheld: &mut Withheld) {
    let sheet = &system.worksheet;
    if sheet.is_empty() || sheet.sharing.may_reach(audience) {
        return;
    }
    withheld.worksheets += 1;
    Arc::make_mut(system).worksheet = Worksheet::default();
}

/// A changed text that is not for the audience gives way to the shipped one again.
fn adapted(cell: &mut Adapted, audience: Sharing, withheld: &mut Withheld) {
    cell.changed.retain(|one| reaches(one, audience, withheld));
    cell.added.retain(|one| reaches(one, audience, withheld));
}

fn reaches(own: &Own, audience: Sharing, withheld: &mut Withheld) -> bool {
    let may = own.sharing.may_reach(audience);
    withheld.texts += usize::from(!may);
    may
}
