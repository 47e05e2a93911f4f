//! Checks the Matrix: eight categories, every criterion, relations that resolve.

use unicode_width::UnicodeWidthStr;

use super::{Check, below, required};
use crate::content::fault::Faults;
use crate::content::file::File;
use crate::content::ids::{CategoryId, CriterionId};
use crate::content::model::{Category, Cell, Criterion, Matrix, Relation};
use crate::content::passage::Status;
use crate::content::raw::{RawCategory, RawCell, RawCells, RawCriterion, RawMatrix, RawRelation};

/// Names in lists have room for this many cells.
const SHORT: usize = 22;

pub(super) fn matrix(files: &[File], documents: &[String], faults: &mut Faults) -> Option<Matrix> {
    let categories = categories(files, documents, faults);
    let file = required(files, "matrix/matrix.ron", faults)?;
    let raw: RawMatrix = file.read(faults)?;
    let mut check = Check::new(file, documents, faults);
    check.schema(raw.schema);
    order(&mut check, &raw.order);
    let introduction = check.passages(raw.introduction);
    let criteria = criteria(&mut check, raw.criteria);
    let sharing_conditions = check.passages(raw.sharing_conditions);
    let relations = relations(&mut check, raw.relations);
    Some(Matrix {
        introduction,
        criteria,
        categories,
        sharing_conditions,
        relations,
    })
}

fn slugs(all: &[CategoryId]) -> Vec<&'static str> {
    all.iter().map(|one| one.slug()).collect()
}

/// The order is that of the cover page; a file that gives another is mistaken.
fn order(check: &mut Check<'_>, order: &[String]) {
    let expected = slugs(CategoryId::ALL);
    for slug in order {
        check.known(
            CategoryId::from_slug(slug),
            slug,
            CategoryId::WHAT,
            &expected,
        );
    }
    if order != expected {
        check.faults.push(check.file.fault(format!(
            "`order` must be the cover page's order: {}",
            expected.join(", ")
        )));
    }
}

fn categories(files: &[File], documents: &[String], faults: &mut Faults) -> Vec<Category> {
    let mut found: Vec<Option<Category>> = CategoryId::ALL.iter().map(|_| None).collect();
    for file in below(files, "matrix/").filter(|file| file.path != "matrix/matrix.ron") {
        let Some(raw) = file.read::<RawCategory>(faults) else {
            continue;
        };
        let mut check = Check::new(file, documents, faults);
        if let Some(category) = category(&mut check, raw) {
            let slot = &mut found[category.id.index()];
            if slot.is_some() {
                check.at(category.id.slug(), "another file has this category already");
            }
            *slot = Some(category);
        }
    }
    for (id, slot) in CategoryId::ALL.iter().zip(&found) {
        if slot.is_none() {
            required(files, &format!("matrix/{id}.ron"), faults);
        }
    }
    found.into_iter().flatten().collect()
}

fn category(check: &mut Check<'_>, raw: RawCategory) -> Option<Category> {
    check.schema(raw.schema);
    let id = check.known(
        CategoryId::from_slug(&raw.id),
        &raw.id,
        CategoryId::WHAT,
        &slugs(CategoryId::ALL),
    );
    for text in [&raw.title, &raw.short, &raw.code] {
        check.text(text);
    }
    if raw.short.width() > SHORT {
        check.at(
            &raw.short,
            format!("a short name has room for {SHORT} cells"),
        );
    }
    for text in raw.aliases.iter().chain(&raw.questions) {
        check.text(text);
    }
    let cells = cells(check, raw.cells);
    Some(Category {
        id: id?,
        title: raw.title,
        short: raw.short,
        code: raw.code,
        aliases: raw.aliases,
        former_names: check.names(raw.former_names),
        cells,
        explanation: check.passages(raw.explanation),
        questions: raw.questions,
    })
}

/// The cells in the order of [`CriterionId::ALL`].
fn cells(check: &mut Check<'_>, raw: RawCells) -> Vec<Cell> {
    let output = &raw.output;
    if !output.passages.iter().any(is_agreed) {
        check.at("phase-one", "every category has an agreed Output");
    }
    [
        raw.definition,
        raw.sub_categories,
        raw.methods,
        raw.examples,
        raw.output,
        raw.decision_data,
        raw.unit_of_analysis,
        raw.shared_data,
        raw.sources,
    ]
    .into_iter()
    .map(|raw| cell(check, raw))
    .collect()
}

fn is_agreed(raw: &crate::content::raw::RawPassage) -> bool {
    super::status(raw.status) == Status::Agreed
}

fn cell(check: &mut Check<'_>, raw: RawCell) -> Cell {
    check.optional(raw.open.as_ref());
    Cell {
        passages: check.passages(raw.passages),
        open: raw.open,
    }
}

fn criteria(check: &mut Check<'_>, raw: Vec<RawCriterion>) -> Vec<Criterion> {
    let all: Vec<&str> = CriterionId::ALL.iter().map(|one| one.slug()).collect();
    let mut criteria: Vec<Criterion> = Vec::new();
    for one in raw {
        let id = check.known(
            CriterionId::from_slug(&one.id),
            &one.id,
            CriterionId::WHAT,
            &all,
        );
        check.text(&one.title);
        under(check, &one);
        let explanation = check.passages(one.explanation);
        let Some(id) = id else { continue };
        if one.locked != id.locked() && one.under.is_none() {
            let right = if id.locked() { "locked" } else { "free" };
            check.at(
                id.slug(),
                format!("the sources say that this row is {right}"),
            );
        }
        criteria.push(Criterion {
            id,
            title: one.title,
            explanation,
        });
    }
    if !criteria
        .iter()
        .map(|one| one.id)
        .eq(CriterionId::ALL.iter().copied())
    {
        check.faults.push(check.file.fault(format!(
            "`criteria` must be, in this order: {}",
            all.join(", ")
        )));
    }
    criteria
}

fn under(check: &mut Check<'_>, raw: &RawCriterion) {
    let Some(under) = &raw.under else { return };
    if CriterionId::from_slug(under) != Some(CriterionId::Output) {
        check.at(under, "only Output has further headings under it");
    }
}

fn relations(check: &mut Check<'_>, raw: Vec<RawRelation>) -> Vec<Relation> {
    check.unique(raw.iter().map(|one| one.id.as_str()));
    raw.into_iter()
        .map(|one| {
            check.slug(&one.id);
            check.text(&one.result);
            Relation {
                between: between(check, &one.between),
                id: one.id,
                result: one.result,
                passage: check.passage(one.passage),
            }
        })
        .collect()
}

fn between(check: &mut Check<'_>, raw: &[String]) -> Vec<CategoryId> {
    let all = slugs(CategoryId::ALL);
    raw.iter()
        .filter_map(|slug| check.known(CategoryId::from_slug(slug), slug, CategoryId::WHAT, &all))
        .collect()
}
