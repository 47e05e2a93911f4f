//! Pages of the Matrix: cover, column, cell, row, comparison.

use super::{Kind, Writer, operation};
use crate::content::model::Relation;
use crate::content::{CategoryId, CriterionId, Place};

/// The cover page: what the Matrix is, what its rows mean, how categories connect.
pub(super) fn cover(page: &mut Writer<'_>) {
    page.title("The PIM Matrix");
    let matrix = &page.content.matrix;
    page.passages(&matrix.introduction);
    page.heading("The criteria, one per row");
    for criterion in &matrix.criteria {
        page.anchored(Kind::Subheading, &criterion.title, criterion.id.slug());
        for passage in &criterion.explanation {
            page.passage(passage, &format!("{}/{}", criterion.id, passage.id));
        }
    }
    page.heading("Conditions of sharing");
    page.passages(&matrix.sharing_conditions);
    page.heading("How the categories work together");
    for relation in &matrix.relations {
        page.passage(&relation.passage, &relation.id);
    }
}

/// A category with all its criteria.
pub(super) fn column(page: &mut Writer<'_>, category: CategoryId) {
    page.title(&page.content.category(category).title);
    former_names(page, category);
    for row in CriterionId::ROWS {
        row_heading(page, category, *row);
        page.prefix = format!("{row}/");
        cell(page, category, *row);
        page.prefix.clear();
    }
    operation::own_rows(page, category);
}

fn row_heading(page: &mut Writer<'_>, category: CategoryId, row: CriterionId) {
    let title = &page.content.criterion(row).title;
    let locked = locked(page, category, row);
    page.anchored(Kind::Heading, format!("{title}{locked}"), row.slug());
}

/// What is said behind a heading whose text nobody may change.
fn locked(page: &Writer<'_>, category: CategoryId, row: CriterionId) -> &'static str {
    if page.content.is_locked(category, row) {
        "  (locked)"
    } else {
        ""
    }
}

/// A category at a criterion.
pub(super) fn cell_page(page: &mut Writer<'_>, category: CategoryId, row: CriterionId) {
    let names = page.content.category(category);
    page.title(format!(
        "{} / {}",
        names.title,
        page.content.criterion(row).title
    ));
    page.page.badge = page.content.is_locked(category, row).then_some("locked");
    if row == CriterionId::Definition {
        former_names(page, category);
    }
    cell(page, category, row);
    what_it_holds(page, row);
}

/// What the sources say that a row is for, and whether it may be adapted; all that can be read of
/// it where they fill no cell.
fn what_it_holds(page: &mut Writer<'_>, row: CriterionId) {
    "row/".clone_into(&mut page.prefix);
    if let Some((first, rest)) = page.content.criterion(row).explanation.split_first() {
        page.brought("What this row holds", first);
        page.passages(rest);
    }
    page.prefix.clear();
}

fn former_names(page: &mut Writer<'_>, category: CategoryId) {
    for name in &page.content.category(category).former_names {
        let cited = page.content.cite(&name.origin);
        page.block(
            Kind::Detail,
            format!("Also called \"{}\" ({cited}).", name.name),
        );
        if let Some(note) = &name.note {
            page.block(Kind::Detail, note);
        }
    }
}

/// What stands in a cell, with all that must stand beside it.
fn cell(page: &mut Writer<'_>, category: CategoryId, row: CriterionId) {
    let content = page.content;
    let cell = content.cell(category, row);
    operation::passages(page, category, row);
    if let (Some(open), false) = (&cell.open, cell.passages.is_empty()) {
        page.open(Some(open));
    }
    match row {
        CriterionId::Definition => explanation(page, category),
        CriterionId::Output => beside_output(page, category),
        CriterionId::Examples => operation::systems(page, category),
        CriterionId::SharedData => conditions(page),
        _ => {}
    }
}

fn explanation(page: &mut Writer<'_>, category: CategoryId) {
    let content = page.content;
    let explanation = &content.category(category).explanation;
    if !explanation.is_empty() {
        page.heading("Explained");
        page.passages(explanation);
    }
}

/// The two additions under Output, and the outputs that combine with this one.
fn beside_output(page: &mut Writer<'_>, category: CategoryId) {
    let content = page.content;
    operation::systems(page, category);
    for row in [CriterionId::DecisionData, CriterionId::UnitOfAnalysis] {
        let cell = content.cell(category, row);
        page.block(Kind::Label, content.criterion(row).title.clone());
        if cell.passages.is_empty() {
            page.open(cell.open.as_ref());
        }
        page.passages(&cell.passages);
    }
    let related: Vec<&Relation> = content
        .matrix
        .relations
        .iter()
        .filter(|one| one.between.contains(&category))
        .collect();
    if !related.is_empty() {
        page.heading("Goes with");
    }
    for relation in related {
        goes_with(page, relation, category);
    }
}

fn goes_with(page: &mut Writer<'_>, relation: &Relation, category: CategoryId) {
    let content = page.content;
    let others: Vec<CategoryId> = relation
        .between
        .iter()
        .copied()
        .filter(|one| *one != category)
        .collect();
    let names: Vec<&str> = others
        .iter()
        .map(|one| content.category(*one).title.as_str())
        .collect();
    let to = others.first().copied().unwrap_or(category);
    let text = if names.is_empty() || names.len() > 3 {
        format!("All categories: {}", relation.result)
    } else {
        format!("{}: {}", names.join(", "), relation.result)
    };
    page.link(text, Place::Cell(to, CriterionId::Output));
    let cited = content.cite(&relation.passage.origin);
    page.block(
        Kind::Source(relation.passage.status),
        format!("{}. {cited}", relation.passage.status),
    );
}

/// What may go only to protection actors stands beside Shared data everywhere.
fn conditions(page: &mut Writer<'_>) {
    let content = page.content;
    page.heading("Conditions of sharing");
    page.passages(&content.matrix.sharing_conditions);
}

/// All eight categories at a criterion.
pub(super) fn row(page: &mut Writer<'_>, row: CriterionId) {
    let content = page.content;
    page.title(format!(
        "{}: all eight categories",
        content.criterion(row).title
    ));
    for category in CategoryId::ALL {
        let title = &content.category(*category).title;
        let locked = locked(page, *category, row);
        page.anchored(Kind::Heading, format!("{title}{locked}"), category.slug());
        page.prefix = format!("{category}/");
        row_cell(page, *category, row);
        page.prefix.clear();
    }
    if row == CriterionId::SharedData {
        conditions(page);
    }
    what_it_holds(page, row);
}

/// A cell among its neighbours: its own passages only.
fn row_cell(page: &mut Writer<'_>, category: CategoryId, row: CriterionId) {
    operation::passages(page, category, row);
}

/// Some categories at a criterion, one after the other.
pub(super) fn compare(page: &mut Writer<'_>, some: &[CategoryId], row: CriterionId) {
    let content = page.content;
    page.title(format!("{}, compared", content.criterion(row).title));
    for category in some {
        let title = &content.category(*category).title;
        let locked = locked(page, *category, row);
        page.anchored(Kind::Heading, format!("{title}{locked}"), category.slug());
        page.prefix = format!("{category}/");
        row_cell(page, *category, row);
        page.prefix.clear();
    }
    if row == CriterionId::SharedData {
        conditions(page);
    }
}
