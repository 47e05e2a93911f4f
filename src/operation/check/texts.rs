//! What every value of an operation file must be, whatever it stands for.
//!
//! Owns how a fault finds its place, and the checks of ids, words of a closed set and texts.
//! Knows nothing of systems or of the Matrix.

use std::collections::BTreeSet;

use super::{Check, LONG, SHORT};
use crate::content::CategoryId;
use crate::content::fault::did_you_mean;
use crate::content::ids::is_slug;
use crate::content::tree::Step::{self, In};
use crate::operation::{Progress, Sharing, State};
use crate::room::text::Field;

impl Check<'_> {
    /// A fault at a value of the file.
    pub(super) fn at(
        &mut self,
        steps: &[Step<'_>],
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let place = self.tree.as_ref().map(|tree| tree.at(steps).place().start);
        let before = place.and_then(|at| self.file.text.get(..at));
        let mut fault = match before {
            Some(before) => {
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                self.file.fault_on(line, column, message)
            }
            None => self.file.fault(message),
        };
        fault.help = help;
        self.faults.push(fault);
    }

    pub(super) fn category(&mut self, at: &[Step<'_>], slug: &str) -> Option<CategoryId> {
        let found = CategoryId::from_slug(slug);
        if found.is_none() {
            self.unknown(
                at,
                "category",
                slug,
                CategoryId::ALL.iter().map(|one| one.slug()),
            );
        }
        found
    }

    pub(super) fn unknown<'s>(
        &mut self,
        at: &[Step<'_>],
        what: &str,
        slug: &str,
        all: impl Iterator<Item = &'s str> + Clone,
    ) {
        let help = did_you_mean(slug, all.clone()).map_or_else(
            || format!("known: {}", slugs(all)),
            |near| format!("did you mean \"{near}\"?"),
        );
        self.at(at, format!("unknown {what} `{slug}`"), Some(help));
    }

    pub(super) fn slug(
        &mut self,
        at: &[Step<'_>],
        name: &str,
        id: &str,
        met: &mut BTreeSet<String>,
    ) {
        let here = [at, &[In(name)]].concat();
        if !is_slug(id) {
            let said = format!("`{id}` is not an id: use small letters, digits and single hyphens");
            self.at(&here, said, None);
        } else if !met.insert(id.to_owned()) {
            self.at(&here, format!("`{id}` is used twice here"), None);
        }
    }

    pub(super) fn word<T: Copy + Default + Word>(
        &mut self,
        at: &[Step<'_>],
        slug: Option<&String>,
        what: &str,
        all: &[T],
    ) -> T {
        let Some(slug) = slug else {
            return T::default();
        };
        let found = all.iter().copied().find(|one| one.word() == slug);
        if found.is_none() {
            self.unknown(at, what, slug, all.iter().map(Word::word));
        }
        found.unwrap_or_default()
    }

    pub(super) fn sharing(&mut self, at: &[Step<'_>], slug: Option<&String>) -> Sharing {
        self.word(at, slug, "sharing level", Sharing::ALL)
    }

    pub(super) fn short(&mut self, at: &[Step<'_>], text: &str) -> String {
        self.clean(at, text, SHORT)
    }

    pub(super) fn long(&mut self, at: &[Step<'_>], text: &str) -> String {
        self.clean(at, text, LONG)
    }

    pub(super) fn required(&mut self, at: &[Step<'_>], text: &str) -> String {
        if text.trim().is_empty() {
            self.at(at, "this text is empty", None);
        }
        self.short(at, text)
    }

    pub(super) fn required_long(&mut self, at: &[Step<'_>], text: &str) -> String {
        if text.trim().is_empty() {
            self.at(at, "this text is empty", None);
        }
        self.long(at, text)
    }

    /// A text as it stands; what would have to be changed to be harmless is a fault, so that
    /// a file never means something else than what it says.
    pub(super) fn clean(&mut self, at: &[Step<'_>], text: &str, field: Field) -> String {
        match field.entry(text) {
            Ok(clean) if clean == text => {}
            Ok(_) => {
                let help = "write it again without control characters, blanks at its ends, \
                            direction overrides or letters taken apart from their accents";
                let said = "this text holds something that cannot be shown as it is";
                self.at(at, said, Some(help.to_owned()));
            }
            Err(refusal) => self.at(at, refusal.to_string(), None),
        }
        text.to_owned()
    }
}

/// A word of a closed set.
pub(super) trait Word {
    /// As it stands in files.
    fn word(&self) -> &'static str;
}

macro_rules! word {
    ($($name:ident),+) => { $(impl Word for $name { fn word(&self) -> &'static str { self.slug() } })+ };
}

word!(State, Sharing, Progress);

pub(super) fn slugs<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = all.collect();
    all.join(", ")
}
