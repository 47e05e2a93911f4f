//! From the bytes of a CSV or XLSX file to tables of text.
//!
//! Owns what a spreadsheet does to a table: separators, encodings, merged cells, cells far
//! away from all others. Takes no more cells than any table of ours has.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, XlsxError};

/// The rows that are read, and the columns.
const MOST_ROWS: usize = 20_000;
const MOST_COLUMNS: usize = 200;
/// The cells that one merged area may fill.
const MOST_MERGED: usize = 2_000;

/// A table: rows with their numbers as a spreadsheet counts them, empty ones left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name of the sheet, or of the file.
    pub name: String,
    /// The rows.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Why a file could not be read as tables.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is locked.
    #[error("this workbook is protected by a password; save it without one")]
    Password,
    /// It is none.
    #[error("this is no XLSX workbook ({0}); save it as XLSX or as CSV")]
    Workbook(String),
    /// It is none.
    #[error("this is no CSV table: {0}")]
    Csv(String),
    /// It is larger than any table of systems.
    #[error("{name} has more than {MOST_ROWS} rows; import it in parts")]
    TooLong {
        /// The table.
        name: String,
    },
}

/// The tables of a file; what it is, its first bytes say.
pub fn tables(bytes: &[u8], name: &str) -> Result<Vec<Table>, Unreadable> {
    if bytes.starts_with(b"PK") {
        workbook(bytes)
    } else {
        Ok(vec![csv(&decoded(bytes), name)?])
    }
}

impl Table {
    /// A cell without blanks about it; empty where there is none.
    pub(super) fn cell(row: &[String], at: usize) -> &str {
        row.get(at).map(|text| text.trim()).unwrap_or_default()
    }
}

/// Text in UTF-8 or UTF-16 with a mark, and else as older programs on Windows write it.
fn decoded(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], order: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|two| order([two[0], two[1]]));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| windows(*byte)).collect(),
    }
}

/// A letter of the code page that Windows uses for Western languages.
fn windows(byte: u8) -> char {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match byte {
        0x80..=0x9f => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or('?'),
        _ => char::from(byte),
    }
}

/// The separator that the first lines hold most of, outside quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    let mut quoted = false;
    for byte in text.bytes().take(20_000) {
        quoted ^= byte == b'"';
        for (one, count) in &mut counts {
            *count += usize::from(!quoted && byte == *one);
        }
    }
    counts
        .iter()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(one, _)| *one)
}

fn csv(text: &str, name: &str) -> Result<Table, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut table = Table {
        name: name.to_owned(),
        rows: Vec::new(),
    };
    // Empty lines are skipped by the reader; a spreadsheet counts them, and a text over
    // several lines once. So lines are counted by where each record begins.
    let mut extra = 0_usize;
    for record in reader.records() {
        let record = record.map_err(|error| Unreadable::Csv(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line) as usize;
        let row: Vec<String> = record
            .iter()
            .take(MOST_COLUMNS)
            .map(str::to_owned)
            .collect();
        let breaks: usize = record.iter().map(|text| text.matches('\n').count()).sum();
        push(&mut table, line.saturating_sub(extra), row)?;
        extra += breaks;
    }
    Ok(table)
}

fn push(table: &mut Table, number: usize, row: Vec<String>) -> Result<(), Unreadable> {
    if row.iter().all(|text| text.trim().is_empty()) {
        return Ok(());
    }
    if table.rows.len() >= MOST_ROWS {
        return Err(Unreadable::TooLong {
            name: table.name.clone(),
        });
    }
    table.rows.push((number, row));
    Ok(())
}

fn workbook(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(said)?;
    let names = book.sheet_names();
    let mut tables = Vec::new();
    for name in names {
        let mut cells = cells(&mut book, &name)?;
        let merged = book.merge_cells_by_sheet_name(&name).map_err(said)?;
        let filled: BTreeSet<u32> = cells.keys().map(|(row, _)| *row).collect();
        for area in merged {
            fill(&mut cells, area.start, area.end);
        }
        // A row in which nothing stands but what a merged cell lends it is an empty row.
        cells.retain(|(row, _), _| filled.contains(row));
        tables.push(table(&name, &cells)?);
    }
    Ok(tables)
}

fn said(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Password,
        other => Unreadable::Workbook(other.to_string()),
    }
}

type Cells = BTreeMap<(u32, u32), String>;

/// The cells that hold something, one by one: a single cell far away costs nothing.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Cells, Unreadable> {
    let mut found = Cells::new();
    let Ok(mut reader) = book.worksheet_cells_reader(name) else {
        // A sheet that holds a chart and no cells.
        return Ok(found);
    };
    while let Some(cell) = reader.next_cell().map_err(said)? {
        let place = cell.get_position();
        let text = shown(&Data::from(cell.get_value().clone()));
        if !text.trim().is_empty() && (place.1 as usize) < MOST_COLUMNS {
            found.insert(place, text);
        }
        if found.len() > MOST_ROWS * 30 {
            return Err(Unreadable::TooLong {
                name: name.to_owned(),
            });
        }
    }
    Ok(found)
}

/// A cell as people see it, as far as we know how they do.
fn shown(data: &Data) -> String {
    match data {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

/// What stands in a merged area counts for every row of it; across columns it stays where
/// it is, since a title above a table is no column.
fn fill(cells: &mut Cells, start: (u32, u32), end: (u32, u32)) {
    let Some(text) = cells.get(&start).cloned() else {
        return;
    };
    let rows = (start.0 + 1)..=end.0;
    for row in rows.take(MOST_MERGED) {
        cells.entry((row, start.1)).or_insert_with(|| text.clone());
    }
}

fn table(name: &str, cells: &Cells) -> Result<Table, Unreadable> {
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for ((row, column), text) in cells {
        let row = rows.entry(*row).or_default();
        row.resize(*column as usize, String::new());
        row.push(text.clone());
    }
    let mut table = Table {
        name: name.to_owned(),
        rows: Vec::new(),
    };
    for (row, texts) in rows {
        push(&mut table, row as usize + 1, texts)?;
    }
    Ok(table)
}
