//! How an operation changes.
//!
//! Owns every change that a person can make and the sentences that refuse one. A change is
//! a function from one version to the next; texts are cleaned and bounded on entry, and
//! nothing reaches a locked row. Start at [`Operation::with`].

use std::sync::Arc;

use super::NO_NAMES;
use super::check::{LONG, MOST_SYSTEMS, SHORT};
use super::lock::{Locked, locked, may_endorse};
use super::model::{Adapted, AddedRow, Endorsed, Entry, Operation, Own, Sharing, System};
use super::personal::{Personal, personal, personal_contact};
use crate::content::{CategoryId, Content, CriterionId, SubStepId};
use crate::room::design::MARK_NOTE;
use crate::room::text::slug;
use crate::room::{self, Mark};

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The row is locked.
    #[error(transparent)]
    Locked(#[from] Locked),
    /// A text cannot enter.
    #[error(transparent)]
    Text(#[from] room::Refusal),
    /// It is not there, or no longer.
    #[error("this {0} is not there any more")]
    Gone(&'static str),
    /// A system falls under a category.
    #[error("a system needs a category; choose at least one of the eight")]
    NoCategory,
    /// A text names a person.
    #[error("the {0} holds {what}. {NO_NAMES}", what = .1.word())]
    Personal(&'static str, Personal),
    /// There are too many already.
    #[error("there are {MOST_SYSTEMS} systems already, and that is the most an operation holds")]
    TooMany,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Name, place, date and language.
    About([String; 4]),
    /// A new system; its id is made from its name.
    Add(System),
    /// Another version of a system, by its id; its worksheet stays.
    Change(System),
    /// A system goes.
    Remove(String),
    /// What a sub-step came to for a system; an empty entry takes it away.
    Work(String, SubStepId, Entry),
    /// What stands at a line of a system's checklist; an empty mark takes it away.
    Answer(String, String, Mark),
    /// Who may see the worksheet of a system.
    WorkFor(String, Sharing),
    /// A text in the place of a shipped passage (its id); an empty one brings that back.
    Replace(CategoryId, CriterionId, Own),
    /// A text of one's own in a free cell, by its id; an empty one takes it away, an empty
    /// id adds.
    Write(CategoryId, CriterionId, Own),
    /// A shipped passage is left out, or comes back.
    Hide(CategoryId, CriterionId, String),
    /// A row of one's own: an empty id adds, an empty title takes it away.
    Row(String, String, Sharing),
    /// A text in a row of one's own; an empty one takes it away.
    Fill(String, CategoryId, Own),
    /// The endorsed Definition of a category that ships with a summary; locked afterwards.
    Endorse(CategoryId, Endorsed),
}

impl Operation {
    /// The next version, or why there is none. The old one stays as it is.
    pub fn with(&self, edit: Edit, content: &Content) -> Result<Self, Refusal> {
        let mut new = self.clone();
        match edit {
            Edit::About(texts) => new.about(texts)?,
            Edit::Add(system) => new.add(system)?,
            Edit::Change(system) => new.change(system)?,
            Edit::Remove(id) => {
                new.place_of(&id)?;
                new.systems.retain(|one| one.id != id);
            }
            Edit::Work(id, sub_step, entry) => new.work(&id, sub_step, &entry)?,
            Edit::Answer(id, address, mark) => new.answer(&id, &address, &mark)?,
            Edit::WorkFor(id, sharing) => new.system_mut(&id)?.worksheet.sharing = sharing,
            Edit::Replace(category, row, own) => {
                let known = shipped(content, category, row, &own.id);
                let adapted = new.free(content, category, row)?;
                known?;
                put(&mut adapted.changed, own)?;
            }
            Edit::Write(category, row, own) => new.write(content, category, row, own)?,
            Edit::Hide(category, row, id) => {
                let known = shipped(content, category, row, &id);
                let adapted = new.free(content, category, row)?;
                known?;
                if !adapted.hidden.remove(&id) {
                    adapted.hidden.insert(id);
                }
            }
            Edit::Row(id, title, sharing) => new.row(&id, &title, sharing)?,
            Edit::Fill(row, category, own) => new.fill(&row, category, &own)?,
            Edit::Endorse(category, endorsed) => new.endorse(content, category, &endorsed)?,
        }
        new.cells.retain(|_, cell| !cell.is_empty());
        Ok(new)
    }

    fn about(&mut self, [name, place, date, language]: [String; 4]) -> Result<(), Refusal> {
        self.name = SHORT.named("name").required(&name)?;
        self.place = SHORT.named("place").entry(&place)?;
        self.date = SHORT.named("date").entry(&date)?;
        self.language = SHORT.named("language").entry(&language)?;
        Ok(())
    }

    fn add(&mut self, system: System) -> Result<(), Refusal> {
        if self.systems.len() >= MOST_SYSTEMS {
            return Err(Refusal::TooMany);
        }
        let mut system = clean(system)?;
        let taken = |id: &str| self.system(id).is_some();
        system.id = slug_for(&system.name, "system", taken);
        self.systems.push(Arc::new(system));
        Ok(())
    }

    fn change(&mut self, system: System) -> Result<(), Refusal> {
        let at = self.place_of(&system.id)?;
        let mut system = clean(system)?;
        if let Some(old) = self.systems.get_mut(at) {
            system.worksheet.clone_from(&old.worksheet);
            *old = Arc::new(system);
        }
        Ok(())
    }

    fn place_of(&self, id: &str) -> Result<usize, Refusal> {
        let at = self.systems.iter().position(|one| one.id == id);
        at.ok_or(Refusal::Gone("system"))
    }

    fn system_mut(&mut self, id: &str) -> Result<&mut System, Refusal> {
        let at = self.place_of(id)?;
        let system = self.systems.get_mut(at).ok_or(Refusal::Gone("system"))?;
        Ok(Arc::make_mut(system))
    }

    fn work(&mut self, id: &str, sub_step: SubStepId, entry: &Entry) -> Result<(), Refusal> {
        nobody("decision", &entry.decided)?;
        let mut questions = Vec::new();
        for one in &entry.questions {
            nobody("question", one)?;
            let clean = SHORT.named("question").entry(one)?;
            questions.extend(Some(clean).filter(|text| !text.is_empty()));
        }
        let entry = Entry {
            decided: LONG.named("decision").entry(&entry.decided)?,
            questions,
            progress: entry.progress,
        };
        let entries = &mut self.system_mut(id)?.worksheet.entries;
        if entry.is_empty() {
            entries.remove(&sub_step);
        } else {
            entries.insert(sub_step, entry);
        }
        Ok(())
    }

    fn answer(&mut self, id: &str, address: &str, mark: &Mark) -> Result<(), Refusal> {
        nobody("remark", &mark.note)?;
        let address = room::text::address(address)?;
        let mark = Mark {
            answer: mark.answer,
            note: MARK_NOTE.named("remark").entry(&mark.note)?,
        };
        let answers = &mut self.system_mut(id)?.worksheet.answers;
        if mark.is_empty() {
            answers.remove(&address);
        } else {
            answers.insert(address, mark);
        }
        Ok(())
    }

    /// What is adapted in a cell, where a cell may be adapted.
    fn free(
        &mut self,
        content: &Content,
        category: CategoryId,
        row: CriterionId,
    ) -> Result<&mut Adapted, Refusal> {
        match locked(content, self, category, row) {
            Some(why) => Err(why.into()),
            None => Ok(self.cells.entry((category, row)).or_default()),
        }
    }

    fn write(
        &mut self,
        content: &Content,
        category: CategoryId,
        row: CriterionId,
        mut own: Own,
    ) -> Result<(), Refusal> {
        let adapted = self.free(content, category, row)?;
        if own.id.is_empty() {
            own.text = LONG.required(&own.text)?;
            let shipped = &content.cell(category, row).passages;
            let taken = |id: &str| {
                shipped.iter().any(|one| one.id == id)
                    || adapted.added.iter().any(|one| one.id == id)
            };
            own.id = slug_for(&own.text, "text", taken);
        } else if !adapted.added.iter().any(|one| one.id == own.id) {
            return Err(Refusal::Gone("text"));
        }
        put(&mut adapted.added, own)
    }

    fn row(&mut self, id: &str, title: &str, sharing: Sharing) -> Result<(), Refusal> {
        let title = SHORT.named("heading").entry(title)?;
        if id.is_empty() {
            let title = SHORT.named("heading").required(&title)?;
            let taken = |id: &str| {
                CriterionId::from_slug(id).is_some() || self.rows.iter().any(|one| one.id == id)
            };
            let id = slug_for(&title, "row", taken);
            self.rows.push(AddedRow {
                id,
                title,
                sharing,
                cells: std::collections::BTreeMap::new(),
            });
            return Ok(());
        }
        let row = self.rows.iter_mut().find(|one| one.id == id);
        let row = row.ok_or(Refusal::Gone("row"))?;
        if title.is_empty() {
            self.rows.retain(|one| one.id != id);
        } else {
            row.title = title;
            row.sharing = sharing;
        }
        Ok(())
    }

    fn fill(&mut self, id: &str, category: CategoryId, own: &Own) -> Result<(), Refusal> {
        let row = self.rows.iter_mut().find(|one| one.id == id);
        let row = row.ok_or(Refusal::Gone("row"))?;
        nobody("text", &own.text)?;
        let text = LONG.entry(&own.text)?;
        if text.is_empty() {
            row.cells.remove(&category);
        } else {
            let own = Own {
                id: category.slug().to_owned(),
                text,
                sharing: own.sharing,
            };
            row.cells.insert(category, own);
        }
        Ok(())
    }

    fn endorse(
        &mut self,
        content: &Content,
        category: CategoryId,
        endorsed: &Endorsed,
    ) -> Result<(), Refusal> {
        if !may_endorse(content, self, category)
            && let Some(why) = locked(content, self, category, CriterionId::Definition)
        {
            return Err(why.into());
        }
        let endorsed = Endorsed {
            text: LONG.named("definition").required(&endorsed.text)?,
            document: SHORT.named("document").required(&endorsed.document)?,
            section: SHORT.named("section").required(&endorsed.section)?,
        };
        self.endorsed.insert(category, endorsed);
        Ok(())
    }
}

/// Makes sure that the Matrix ships a passage with this id in a cell.
fn shipped(
    content: &Content,
    category: CategoryId,
    row: CriterionId,
    id: &str,
) -> Result<(), Refusal> {
    let passages = &content.cell(category, row).passages;
    let known = passages.iter().any(|one| one.id == id);
    known.then_some(()).ok_or(Refusal::Gone("passage"))
}

/// Puts a text among others under its id, or takes it away where it is empty.
fn put(texts: &mut Vec<Own>, own: Own) -> Result<(), Refusal> {
    nobody("text", &own.text)?;
    let own = Own {
        text: LONG.entry(&own.text)?,
        ..own
    };
    let at = texts.iter().position(|one| one.id == own.id);
    match (at, own.text.is_empty()) {
        (Some(at), true) => drop(texts.remove(at)),
        (Some(at), false) => {
            if let Some(old) = texts.get_mut(at) {
                *old = own;
            }
        }
        (None, true) => {}
        (None, false) => texts.push(own),
    }
    Ok(())
}

/// Refuses a text that gives somebody away.
fn nobody(name: &'static str, text: &str) -> Result<(), Refusal> {
    match personal(text) {
        Some(what) => Err(Refusal::Personal(name, what)),
        None => Ok(()),
    }
}

/// A system as it may enter.
fn clean(system: System) -> Result<System, Refusal> {
    let mut categories: Vec<CategoryId> = Vec::new();
    for one in system.categories {
        if !categories.contains(&one) {
            categories.push(one);
        }
    }
    if categories.is_empty() {
        return Err(Refusal::NoCategory);
    }
    for (name, text) in [
        ("name", &system.name),
        ("organisation", &system.organisation),
        ("coverage", &system.coverage),
        ("note", &system.note),
    ] {
        nobody(name, text)?;
    }
    if let Some(what) = personal_contact(&system.contact) {
        return Err(Refusal::Personal("contact", what));
    }
    Ok(System {
        name: SHORT.named("name").required(&system.name)?,
        organisation: SHORT.named("organisation").entry(&system.organisation)?,
        coverage: LONG.named("coverage").entry(&system.coverage)?,
        frequency: SHORT.named("frequency").entry(&system.frequency)?,
        unit: SHORT.named("unit of analysis").entry(&system.unit)?,
        contact: SHORT.named("contact").entry(&system.contact)?,
        note: LONG.named("note").entry(&system.note)?,
        categories,
        ..system
    })
}

/// An id that is free: made from a text, with a number where it is taken.
pub fn slug_for(text: &str, stand_in: &str, taken: impl Fn(&str) -> bool) -> String {
    let made = slug(text, 40);
    let stem = if made.is_empty() { stand_in } else { &made };
    if !taken(stem) {
        return stem.to_owned();
    }
    // There are never more ids than systems and texts, so one of these is free.
    (2..=u32::MAX)
        .map(|n| format!("{stem}-{n}"))
        .find(|id| !taken(id))
        .unwrap_or_default()
}
