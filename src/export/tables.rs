//! CSV and XLSX.
//!
//! Owns what makes a cell harmless: a text that a spreadsheet would take for a formula
//! begins with an apostrophe. CSV is RFC 4180 with a byte-order mark, without which the
//! most common spreadsheet takes UTF-8 for something else.

use rust_xlsxwriter::{Format as Look, FormatAlign, Workbook, XlsxError};

use super::sheets::{Cell, Sheet};
use super::{Rendered, Unwritten};

/// A text as it may stand in a cell.
fn harmless(text: &str) -> String {
    // The wide forms are formulas too where the input method of the reader is East Asian.
    let formula = |c: char| "=+-@\t\r\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c);
    if text
        .trim_start_matches([' ', '\u{a0}'])
        .starts_with(formula)
    {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A table as CSV.
pub fn csv(sheet: &Sheet) -> String {
    let mut out = String::from("\u{feff}");
    let head = sheet
        .columns
        .iter()
        .map(|(name, _)| quoted(&harmless(name)));
    record(&mut out, head);
    for row in &sheet.rows {
        record(&mut out, row.iter().map(field));
    }
    out
}

fn record(out: &mut String, fields: impl Iterator<Item = String>) {
    let fields: Vec<String> = fields.collect();
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Text(text) => quoted(&harmless(text)),
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

pub(super) fn csv_files(sheets: &[Sheet]) -> Vec<Rendered> {
    let file = |sheet: &Sheet| Rendered {
        what: sheet.name,
        bytes: csv(sheet).into_bytes(),
    };
    sheets.iter().map(file).collect()
}

/// All tables as sheets of one workbook.
pub fn xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, Unwritten> {
    let said = |error: XlsxError| Unwritten::DoesNotFit(error.to_string());
    let mut book = Workbook::new();
    for sheet in sheets {
        fill(&mut book, sheet).map_err(said)?;
    }
    book.save_to_buffer().map_err(said)
}

fn fill(book: &mut Workbook, sheet: &Sheet) -> Result<(), XlsxError> {
    let bold = Look::new().set_bold();
    let wrapped = Look::new().set_text_wrap().set_align(FormatAlign::Top);
    let page = book.add_worksheet();
    page.set_name(sheet.name)?;
    page.set_freeze_panes(1, 0)?;
    page.set_landscape();
    page.set_paper_size(9);
    page.set_print_fit_to_pages(1, 0);
    for (at, (name, width)) in (0..).zip(&sheet.columns) {
        page.set_column_width(at, f64::from(*width))?;
        page.write_string_with_format(0, at, harmless(name), &bold)?;
    }
    for (line, row) in (1..).zip(&sheet.rows) {
        for (at, cell) in (0..).zip(row) {
            match cell {
                // Counts, numbers of notes and minutes are far below where a float loses one.
                Cell::Number(number) => {
                    page.write_number_with_format(line, at, *number as f64, &wrapped)?
                }
                Cell::Decimal(number) => {
                    page.write_number_with_format(line, at, *number, &wrapped)?
                }
                Cell::Text(text) => {
                    page.write_string_with_format(line, at, harmless(text), &wrapped)?
                }
            };
        }
    }
    Ok(())
}
