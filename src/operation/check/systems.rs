//! The systems of an operation file, with their worksheets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::texts::slugs;
use super::{Check, MOST_SYSTEMS};
use crate::content::tree::Step::{self, In, Nth};
use crate::content::{CategoryId, SubStepId};
use crate::operation::raw::{RawAnswer, RawStage, RawSystem, RawWorksheet};
use crate::operation::{Entry, Progress, State, System, Worksheet};
use crate::room::design::MARK_NOTE;
use crate::room::text::is_address;
use crate::room::{Answer, Mark};

/// The word for an answer that stands in files.
pub(in crate::operation) fn answer_slug(answer: Answer) -> &'static str {
    match answer {
        Answer::Done => "done",
        Answer::ToDo => "to-do",
        Answer::DoesNotApply => "does-not-apply",
    }
}

impl Check<'_> {
    pub(super) fn systems(&mut self, raw: Vec<RawSystem>) -> Vec<Arc<System>> {
        if raw.len() > MOST_SYSTEMS {
            let said = format!(
                "{} systems are more than the {MOST_SYSTEMS} that fit",
                raw.len()
            );
            self.at(&[In("systems")], said, None);
            return Vec::new();
        }
        let mut met = BTreeSet::new();
        let mut systems = Vec::new();
        for (n, one) in raw.into_iter().enumerate() {
            let at = [In("systems"), Nth(n)];
            self.slug(&at, "id", &one.id, &mut met);
            systems.push(Arc::new(self.system(&at, one)));
        }
        systems
    }

    fn system(&mut self, at: &[Step<'_>], raw: RawSystem) -> System {
        let inside = |name| [at, &[In(name)]].concat();
        System {
            name: self.required(&inside("name"), &raw.name),
            categories: self.categories(&inside("categories"), &raw.categories),
            organisation: self.short(&inside("organisation"), &raw.organisation),
            status: self.word(&inside("status"), raw.status.as_ref(), "status", State::ALL),
            coverage: self.long(&inside("coverage"), &raw.coverage),
            frequency: self.short(&inside("frequency"), &raw.frequency),
            unit: self.short(&inside("unit"), &raw.unit),
            sharing: self.sharing(&inside("sharing"), raw.sharing.as_ref()),
            contact: self.short(&inside("contact"), &raw.contact),
            note: self.long(&inside("note"), &raw.note),
            worksheet: raw
                .worksheet
                .map(|one| self.worksheet(&inside("worksheet"), one))
                .unwrap_or_default(),
            id: raw.id,
        }
    }

    fn categories(&mut self, at: &[Step<'_>], raw: &[String]) -> Vec<CategoryId> {
        if raw.is_empty() {
            let help = format!(
                "known: {}",
                slugs(CategoryId::ALL.iter().map(|one| one.slug()))
            );
            self.at(at, "a system needs a category", Some(help));
        }
        let mut found = Vec::new();
        for (n, slug) in raw.iter().enumerate() {
            let here = [at, &[Nth(n)]].concat();
            let Some(category) = self.category(&here, slug) else {
                continue;
            };
            if found.contains(&category) {
                self.at(&here, format!("`{slug}` is used twice here"), None);
            } else {
                found.push(category);
            }
        }
        found
    }

    fn worksheet(&mut self, at: &[Step<'_>], raw: RawWorksheet) -> Worksheet {
        let sharing = self.sharing(&[at, &[In("sharing")]].concat(), raw.sharing.as_ref());
        let mut entries = BTreeMap::new();
        for (n, one) in raw.sub_steps.into_iter().enumerate() {
            let here = [at, &[In("sub_steps"), Nth(n)]].concat();
            let slug = one.at.clone();
            let place = [here.as_slice(), &[In("at")]].concat();
            let entry = self.entry(&here, &one);
            let Some(sub_step) = SubStepId::from_slug(&slug) else {
                let all = SubStepId::ALL.iter().map(|one| one.slug());
                self.unknown(&place, SubStepId::WHAT, &slug, all);
                continue;
            };
            if entries.insert(sub_step, entry).is_some() {
                self.at(&place, format!("`{slug}` is used twice here"), None);
            }
        }
        entries.retain(|_, entry| !entry.is_empty());
        let answers = self.answers(&[at, &[In("answers")]].concat(), raw.answers);
        Worksheet {
            sharing,
            entries,
            answers,
        }
    }

    fn entry(&mut self, at: &[Step<'_>], raw: &RawStage) -> Entry {
        let inside = |name| [at, &[In(name)]].concat();
        let progress = inside("progress");
        let questions = raw.questions.iter().enumerate();
        Entry {
            progress: self.word(&progress, raw.progress.as_ref(), "progress", Progress::ALL),
            decided: self.long(&inside("decided"), &raw.decided),
            questions: questions
                .map(|(n, one)| self.required(&[at, &[In("questions"), Nth(n)]].concat(), one))
                .collect(),
        }
    }

    fn answers(&mut self, at: &[Step<'_>], raw: Vec<RawAnswer>) -> BTreeMap<String, Mark> {
        let mut answers = BTreeMap::new();
        for (n, one) in raw.into_iter().enumerate() {
            let inside = |name| [at, &[Nth(n), In(name)]].concat();
            if !is_address(&one.at) {
                let said = format!("nothing can have the address {}", one.at);
                self.at(&inside("at"), said, None);
            }
            let all = Answer::ALL.iter().copied();
            let known = |slug: &String| all.clone().find(|answer| answer_slug(*answer) == slug);
            let answer = one.answer.as_ref().and_then(known);
            if let (Some(slug), None) = (&one.answer, answer) {
                self.unknown(&inside("answer"), "answer", slug, all.map(answer_slug));
                continue;
            }
            let mark = Mark {
                answer,
                note: self.clean(&inside("remark"), &one.remark, MARK_NOTE),
            };
            if mark.is_empty() {
                let said = "neither an answer nor a remark stands here";
                self.at(&inside("at"), said, None);
            } else if answers.insert(one.at.clone(), mark).is_some() {
                self.at(
                    &inside("at"),
                    format!("`{}` is used twice here", one.at),
                    None,
                );
            }
        }
        answers
    }
}
