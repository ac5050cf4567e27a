//! The workbook as rows of text, within limits. Files come from anywhere: what lies in the archive is measured
//! before anything reads it, cells far out are refused before room is made for them.

use super::left::Refused;
use super::{MOST_BYTES, MOST_CELL_CHARS, MOST_COLUMNS, MOST_ROWS};
use calamine::{DataRef, Reader as _, Xlsx};
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Files in the archive at most.
const MOST_FILES: usize = 200;
/// Bytes of all of them unpacked at most.
const MOST_UNPACKED_BYTES: u64 = 24 * 1024 * 1024;
/// Sheets that are looked at.
const MOST_SHEETS: usize = 20;

/// A sheet as rows of trimmed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
}

/// A row that is not empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// As the workbook numbers it, from 1.
    pub(crate) number: u32,
    /// From the first column on.
    pub(crate) cells: Vec<String>,
}

/// Reads a workbook.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    if bytes.len() > MOST_BYTES {
        return Err(Refused::Large);
    }
    measure(bytes)?;
    // Readers of other people's formats have been known to stumble; whoever sent the file hears that it is broken.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes))).unwrap_or(Err(Refused::Workbook))
}

/// Unpacks everything once, without keeping it, and stops when it is too much. Sizes that the archive states for
/// itself are not believed.
fn measure(bytes: &[u8]) -> Result<(), Refused> {
    let broken = |_| Refused::Workbook;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(Refused::Bomb);
    }
    let mut left = MOST_UNPACKED_BYTES;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(broken)?;
        let mut bounded = file.take(left + 1);
        let size =
            std::io::copy(&mut bounded, &mut std::io::sink()).map_err(|_| Refused::Workbook)?;
        left = left.checked_sub(size).ok_or(Refused::Bomb)?;
    }
    Ok(())
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refused::Workbook)?;
    let names = book.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(Refused::Workbook);
    }
    names.iter().map(|name| sheet(&mut book, name)).collect()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Sheet, Refused> {
    let mut sheet = Sheet {
        name: name.chars().take(60).collect(),
        rows: Vec::new(),
    };
    let refused = |sheet: &str| Refused::Rows {
        sheet: sheet.to_owned(),
    };
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|_| Refused::Workbook)?;
    while let Some(cell) = cells.next_cell().map_err(|_| Refused::Workbook)? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(refused(&sheet.name));
        }
        let number = row + 1;
        if text.chars().count() > MOST_CELL_CHARS {
            return Err(Refused::Cell {
                sheet: sheet.name,
                row: number,
            });
        }
        // Rows come in order from every program; a file where they don't is put in order, not believed.
        let at = match sheet.rows.binary_search_by_key(&number, |r| r.number) {
            Ok(at) => at,
            Err(at) => {
                sheet.rows.insert(
                    at,
                    Row {
                        number,
                        cells: Vec::new(),
                    },
                );
                at
            }
        };
        let column = usize::try_from(column).map_err(|_| refused(&sheet.name))?;
        if let Some(row) = sheet.rows.get_mut(at) {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            if let Some(cell) = row.cells.get_mut(column) {
                *cell = text;
            }
        }
    }
    Ok(sheet)
}

/// What a cell says: numbers as one writes them, no control characters, no blanks at the ends.
fn text(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(at) => at.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    };
    let plain: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' => '\n',
            c if c.is_control() => ' ',
            c => c,
        })
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    plain.trim().to_owned()
}
