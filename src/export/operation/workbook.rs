//! The map as a workbook.
//!
//! Owns three sheets: the Matrix with its locked cells grey and protected (without a
//! password: it keeps hands from slipping, not people from deciding), the systems as a
//! table that can be imported again, and what the workbook is and whom it is for.

use rust_xlsxwriter::{Format as Look, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::grid::Grid;
use super::{COLUMNS, Shown, systems};
use crate::export::Unwritten;
use crate::export::tables::harmless;
use crate::operation::NO_NAMES;

/// Widths of the heading column and of a category, in characters.
const HEAD: f64 = 20.0;
const CATEGORY: f64 = 42.0;

pub(super) fn workbook(shown: &Shown, grid: &Grid) -> Result<Vec<u8>, Unwritten> {
    let said = |error: XlsxError| Unwritten::DoesNotFit(error.to_string());
    let mut book = Workbook::new();
    matrix(book.add_worksheet(), shown, grid).map_err(said)?;
    table(book.add_worksheet(), shown).map_err(said)?;
    about(book.add_worksheet(), shown).map_err(said)?;
    book.save_to_buffer().map_err(said)
}

fn wrapped() -> Look {
    Look::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
}

/// What every sheet has: whom it is for, on the screen and on paper.
fn sheet(page: &mut Worksheet, shown: &Shown, name: &str) -> Result<(), XlsxError> {
    page.set_name(name)?;
    page.set_landscape();
    page.set_paper_size(8);
    page.set_print_fit_to_pages(1, 0);
    page.set_header(format!(
        "&L{}&R{}",
        footed(shown.operation.title()),
        shown.audience.mark()
    ));
    page.set_footer("&C&P / &N");
    let bold = Look::new().set_bold();
    page.write_string_with_format(0, 0, harmless(&shown.mark()), &bold)?;
    Ok(())
}

/// A text as it may stand in a header: the sign that begins a command is doubled, and what
/// is too long for one is cut.
fn footed(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    short.replace('&', "&&")
}

fn matrix(page: &mut Worksheet, shown: &Shown, grid: &Grid) -> Result<(), XlsxError> {
    sheet(page, shown, "Matrix")?;
    let head = wrapped().set_bold();
    let free = wrapped().set_unlocked();
    let locked = wrapped().set_background_color(0x00E4_E4E4);
    page.set_freeze_panes(2, 1)?;
    page.set_column_width(0, HEAD)?;
    page.write_string_with_format(1, 0, "Criterion", &head)?;
    for (at, title) in (1..).zip(&grid.heads) {
        page.set_column_width(at, CATEGORY)?;
        page.write_string_with_format(1, at, title, &head)?;
    }
    for (n, line) in (2..).zip(&grid.lines) {
        page.write_string_with_format(n, 0, harmless(&line.title), &head)?;
        for (at, cell) in (1..).zip(&line.cells) {
            let look = if cell.locked { &locked } else { &free };
            page.write_string_with_format(n, at, harmless(&cell.said()), look)?;
        }
    }
    page.protect();
    Ok(())
}

fn table(page: &mut Worksheet, shown: &Shown) -> Result<(), XlsxError> {
    sheet(page, shown, "Systems")?;
    let (head, look) = (wrapped().set_bold(), wrapped());
    page.set_freeze_panes(2, 2)?;
    for (at, (name, width)) in (0..).zip(COLUMNS) {
        page.set_column_width(at, f64::from(*width))?;
        page.write_string_with_format(1, at, *name, &head)?;
    }
    for (n, row) in (2..).zip(systems(shown)) {
        for (at, text) in (0..).zip(row) {
            page.write_string_with_format(n, at, harmless(&text), &look)?;
        }
    }
    Ok(())
}

fn about(page: &mut Worksheet, shown: &Shown) -> Result<(), XlsxError> {
    sheet(page, shown, "About")?;
    page.set_column_width(0, 100.0)?;
    let operation = &shown.operation;
    let lines = [
        operation.title(),
        &operation.place,
        &operation.date,
        "Grey cells marked [locked] are the framework's: Definition and Output do not change.",
        "[This operation] marks the operation's own words; everything else has its source below it.",
        "Older wordings that a later one replaced are left out; pim shows them.",
        NO_NAMES,
    ];
    let look = Look::new().set_text_wrap();
    let filled = lines.iter().filter(|line| !line.is_empty());
    for (n, line) in (2..).zip(filled) {
        page.write_string_with_format(n, 0, harmless(line), &look)?;
    }
    Ok(())
}
