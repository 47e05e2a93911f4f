//! The operation on the pages: over the cells of the Matrix, and on pages of its own.
//!
//! Owns how an operation's own text is told apart: a bar or a sign before each of its
//! lines, and a line below that says whose it is and who may see it. Its texts are no
//! passages with a source, so that quoting a page never quotes them.

mod worksheet;

pub(super) use worksheet::worksheet;
pub use worksheet::{answer_box, overall};

use super::{Kind, Lens, Sign, Writer};
use crate::content::{CategoryId, CriterionId, Passage, Place, Status};
use crate::operation::{
    Adapted, Change, Cover, Coverage, Endorsed, NO_NAMES, Operation, Own, Sharing, System, doubts,
};

/// What is said where no operation is open.
pub const NONE_OPEN: &str = "No operation is open. `pim operation new FILE` begins a map of the \
    systems that exist in yours; `pim --operation FILE` opens it over the Matrix.";

/// What an operation is for, for who has none yet.
const WHAT_IT_IS: &[&str] = &[
    "It is a file of your own beside the Matrix: which systems exist, who runs them and what they \
     cover, and where your words for a cell differ from those that ship. What a source states as \
     Definition and Output stays as it is.",
    "With one open, Find says who could give you what you need, operation/coverage tells what \
     nobody produces and what several do, and each system has a worksheet along the Process. What \
     leaves it goes to everybody, to protection actors, or to nobody, as each line says.",
];

/// So many systems of a category are told on the page of all eight.
const SHOWN: usize = 12;

/// The passages of a cell as the reader wants to see them.
pub(super) fn passages(page: &mut Writer<'_>, category: CategoryId, row: CriterionId) {
    let cell = page.content.cell(category, row);
    let operation = page.content.operation.as_deref();
    let endorsed = operation
        .and_then(|one| one.endorsed.get(&category))
        .filter(|_| row == CriterionId::Definition);
    let adapted = operation.and_then(|one| one.adapted(category, row));
    match (endorsed, adapted, page.lens) {
        (Some(endorsed), _, Lens::Mine | Lens::Difference) => {
            endorsed_text(page, endorsed, &cell.passages);
        }
        (None, Some(adapted), Lens::Mine | Lens::Difference) => {
            laid_over(page, adapted, &cell.passages);
        }
        (_, Some(_), Lens::Original) | (Some(_), ..) => {
            page.block(Kind::Label, "As it ships; this operation has it otherwise");
            page.passages(&cell.passages);
        }
        (None, None, _) => page.passages(&cell.passages),
    }
    if cell.passages.is_empty() && (adapted.is_none() || page.lens != Lens::Mine) {
        page.open(cell.open.as_ref());
    }
}

/// A cell with what the operation does to it.
fn laid_over(page: &mut Writer<'_>, adapted: &Adapted, shipped: &[Passage]) {
    let mut stands = !adapted.added.is_empty();
    for passage in shipped {
        let changed = adapted.changed.iter().find(|one| one.id == passage.id);
        let hidden = adapted.hidden.contains(&passage.id);
        stands |= !hidden;
        match (changed, hidden, page.lens) {
            (None, false, _) => page.passage(passage, &passage.id),
            (_, true, Lens::Difference) => gone(page, passage, "Left out in this operation"),
            (_, true, _) => {}
            (Some(own), false, lens) => {
                if lens == Lens::Difference {
                    gone(page, passage, "Replaced in this operation");
                }
                own_text(page, own, "instead of the text that ships");
            }
        }
    }
    for own in &adapted.added {
        own_text(page, own, "added");
    }
    if !stands && page.lens == Lens::Mine {
        page.block(Kind::Nothing, "Emptied in this operation.");
    }
}

fn sign(page: &Writer<'_>) -> Sign {
    if page.lens == Lens::Difference {
        Sign::Added
    } else {
        Sign::Own
    }
}

/// A text of the operation's own, with whose it is and who may see it.
fn own_text(page: &mut Writer<'_>, own: &Own, how: &str) {
    let sign = sign(page);
    page.own(sign, &own.text, Some(&own.id));
    let line = format!("This operation, {how}. For: {}", own.sharing.title());
    page.block(Kind::Source(Status::Illustrative), line);
}

/// A shipped passage that does not stand in the operation.
fn gone(page: &mut Writer<'_>, passage: &Passage, why: &str) {
    page.own(Sign::Gone, &passage.plain(), Some(&passage.id));
    let cited = page.content.cite(&passage.origin);
    let line = format!("{why}. {}. {cited}", passage.status);
    page.block(Kind::Source(passage.status), line);
}

fn endorsed_text(page: &mut Writer<'_>, endorsed: &Endorsed, shipped: &[Passage]) {
    if page.lens == Lens::Difference {
        for passage in shipped {
            gone(page, passage, "Replaced by the endorsed text");
        }
    }
    let sign = sign(page);
    page.own(sign, &endorsed.text, Some("endorsed"));
    let line = format!(
        "Agreed, as entered in this operation. {}, {}",
        endorsed.document, endorsed.section
    );
    page.block(Kind::Source(Status::Agreed), line);
}

/// The systems under a category, as links.
pub(super) fn systems(page: &mut Writer<'_>, category: CategoryId) {
    let Some(operation) = page.content.operation.as_deref() else {
        return;
    };
    if page.lens == Lens::Original {
        return;
    }
    page.heading(format!("Who could give you this in {}", operation.title()));
    let mut none = true;
    for system in operation.under(category) {
        page.link(line(system), Place::System(system.id.clone()));
        none = false;
    }
    if none {
        page.block(
            Kind::Nothing,
            "Nobody: no system of this operation produces it.",
        );
    }
}

fn line(system: &System) -> String {
    format!(
        "{}: {}, {}",
        system.name,
        system.who(),
        system.status.title()
    )
}

/// The rows that the operation adds, for one category.
pub(super) fn own_rows(page: &mut Writer<'_>, category: CategoryId) {
    let Some(operation) = page.content.operation.as_deref() else {
        return;
    };
    if page.lens == Lens::Original {
        return;
    }
    for row in &operation.rows {
        page.anchored(
            Kind::Heading,
            format!("{}  (this operation's row)", row.title),
            &row.id,
        );
        match row.cells.get(&category) {
            Some(own) => own_text(page, own, "added"),
            None => page.block(Kind::Nothing, "Nothing is written here yet."),
        }
    }
}

/// The operation as a whole, or what to do where there is none.
pub(super) fn overview(page: &mut Writer<'_>) {
    let Some(operation) = page.content.operation.as_deref() else {
        page.title("The operation");
        page.block(Kind::Nothing, NONE_OPEN);
        for text in WHAT_IT_IS {
            page.block(Kind::Nothing, *text);
        }
        return;
    };
    page.title(operation.title());
    let about = [&operation.place, &operation.date].map(String::as_str);
    let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
    if !about.is_empty() {
        page.block(Kind::Para, about.join(", "));
    }
    page.link(
        "Coverage: gaps, duplication, what can be combined",
        Place::Coverage,
    );
    for row in &operation.rows {
        page.link(format!("Row: {}", row.title), Place::OwnRow(row.id.clone()));
    }
    page.heading("Systems");
    if operation.systems.is_empty() {
        page.block(Kind::Nothing, "No system is mapped yet.");
    }
    for system in &operation.systems {
        page.link(line(system), Place::System(system.id.clone()));
    }
    if !operation.cells.is_empty() {
        page.heading("Changed in the Matrix");
        for (category, row) in operation.cells.keys() {
            let (category_title, row_title) = names(page, *category, *row);
            page.link(
                format!("{category_title} / {row_title}"),
                Place::Cell(*category, *row),
            );
        }
    }
    page.block(Kind::Detail, NO_NAMES);
}

fn names(page: &Writer<'_>, category: CategoryId, row: CriterionId) -> (String, String) {
    let content = page.content;
    (
        content.category(category).title.clone(),
        content.criterion(row).title.clone(),
    )
}

/// The eight categories against the systems.
pub(super) fn coverage(page: &mut Writer<'_>) {
    page.title("Coverage: the eight categories and the systems");
    let Some(operation) = page.content.operation.as_deref() else {
        page.block(Kind::Nothing, NONE_OPEN);
        return;
    };
    let coverage = Coverage::of(operation, page.content);
    page.heading("Gaps: nothing produces this now");
    covers(
        page,
        coverage.gaps(),
        "Every category has a system that runs.",
    );
    page.heading("More than one organisation runs a system");
    covers(
        page,
        coverage.doubles(),
        "No category has two organisations at work.",
    );
    page.heading("All eight, with their systems");
    for cover in &coverage.covers {
        all_of(page, operation, cover);
    }
    combinations(page, &coverage);
}

fn covers<'c>(page: &mut Writer<'_>, some: impl Iterator<Item = &'c Cover>, none: &str) {
    let mut any = false;
    for cover in some {
        any = true;
        page.block(Kind::Item, cover_line(page, cover));
    }
    if !any {
        page.block(Kind::Para, none);
    }
}

/// A category with its systems; of very many the first.
fn all_of(page: &mut Writer<'_>, operation: &Operation, cover: &Cover) {
    let title = &page.content.category(cover.category).title;
    let place = Place::Cell(cover.category, CriterionId::Output);
    page.link(format!("{title}: {}", cover.said()), place);
    for system in operation.under(cover.category).take(SHOWN) {
        page.block(Kind::SubItem, line(system));
    }
    let more = operation
        .under(cover.category)
        .count()
        .saturating_sub(SHOWN);
    if more > 0 {
        page.block(Kind::SubItem, format!("and {more} more"));
    }
}

fn cover_line(page: &Writer<'_>, cover: &Cover) -> String {
    let title = &page.content.category(cover.category).title;
    let mut text = format!("{title}: {}", cover.said());
    if !cover.running.is_empty() {
        text.push_str(&format!(" ({})", cover.running.join(", ")));
    } else if !cover.others.is_empty() {
        text.push_str(&format!(" (not running yet: {})", cover.others.join(", ")));
    }
    text
}

fn combinations(page: &mut Writer<'_>, coverage: &Coverage) {
    if coverage.combinations.is_empty() {
        return;
    }
    page.heading("What outputs give together");
    for one in &coverage.combinations {
        let titles = |some: &[CategoryId]| {
            let all: Vec<&str> = some
                .iter()
                .map(|id| page.content.category(*id).title.as_str())
                .collect();
            all.join(" and ")
        };
        let state = if one.missing.is_empty() {
            "possible here".to_owned()
        } else {
            format!("missing here: {}", titles(&one.missing))
        };
        let text = format!("{}, from {}: {state}", one.result, titles(&one.between));
        page.block(Kind::Item, text);
        page.block(Kind::Source(Status::Agreed), one.cited.clone());
    }
}

/// A system.
pub(super) fn system(page: &mut Writer<'_>, id: &str) {
    let Some(system) = found(page, id) else {
        return;
    };
    page.title(system.name.clone());
    let content = page.content;
    for category in &system.categories {
        let title = &content.category(*category).title;
        page.link(
            format!("Category: {title}"),
            Place::Cell(*category, CriterionId::Output),
        );
    }
    for (name, text) in [
        ("Organisation", system.organisation.as_str()),
        ("Status", system.status.title()),
        ("Coverage", &system.coverage),
        ("Frequency", &system.frequency),
        ("Unit of analysis", &system.unit),
        ("Contact, by role", &system.contact),
        ("Note", &system.note),
    ] {
        if !text.is_empty() {
            page.own(Sign::Own, &format!("{name}: {text}"), None);
        }
    }
    let line = format!("This operation. For: {}", system.sharing.title());
    page.block(Kind::Source(Status::Illustrative), line);
    page.link(
        format!("Process worksheet: {}", worksheet::steps(&system.worksheet)),
        Place::Worksheet(system.id.clone()),
    );
}

fn found<'a>(page: &mut Writer<'a>, id: &str) -> Option<&'a System> {
    let found = page
        .content
        .operation
        .as_deref()
        .and_then(|one| one.system(id));
    if found.is_none() {
        page.title("A system");
        page.block(
            Kind::Nothing,
            "This system is not in the operation any more.",
        );
    }
    found
}

/// A row that the operation adds, for all eight categories.
pub(super) fn own_row(page: &mut Writer<'_>, id: &str) {
    let operation = page.content.operation.as_deref();
    let Some(row) = operation.and_then(|one| one.rows.iter().find(|row| row.id == id)) else {
        page.title("A row");
        page.block(Kind::Nothing, "This row is not in the operation any more.");
        return;
    };
    page.title(format!("{}: this operation's row", row.title));
    for category in CategoryId::ALL {
        let title = &page.content.category(*category).title;
        page.anchored(Kind::Heading, title.clone(), category.slug());
        match row.cells.get(category) {
            Some(own) => own_text(page, own, "added"),
            None => page.block(Kind::Nothing, "Nothing is written here yet."),
        }
    }
}

/// What differs between two maps, as text: a line a part, with its fields below.
pub fn differences(changes: &[Change], before: &Operation, after: &Operation) -> String {
    if changes.is_empty() {
        return "Nothing differs.\n".to_owned();
    }
    let dated = |one: &Operation| match one.date.as_str() {
        "" => one.title().to_owned(),
        date => format!("{} ({date})", one.title()),
    };
    let mut text = format!("From {} to {}\n", dated(before), dated(after));
    for change in changes {
        let (mark, word) = change.kind.mark();
        text.push_str(&format!("\n{mark} {}, {word}\n", change.part));
        for (field, was, is) in &change.fields {
            let said = match (was.is_empty(), is.is_empty()) {
                (true, _) => is.clone(),
                (false, true) => format!("was: {was}"),
                (false, false) => format!("{was} -> {is}"),
            };
            text.push_str(&format!(
                "    {field}: {}\n",
                said.replace('\n', "\n      ")
            ));
        }
    }
    text
}

/// How many texts of a map may name people, where any may.
pub fn doubted(operation: &Operation) -> Option<String> {
    let said = match doubts(operation).len() {
        0 => return None,
        1 => "1 text may name a person".to_owned(),
        n => format!("{n} texts may name people"),
    };
    Some(format!("{said}; `pim operation check` says where."))
}

/// Who may see what leaves the program, as a line for a page.
pub fn marked(audience: Sharing, withheld: crate::operation::Withheld) -> String {
    format!("{}. {}", audience.mark(), withheld.said())
}
