//! Rows of a file, grouped into protocols. Nothing here knows the database.

use super::{MAX_FILE_BYTES, MAX_ROWS, Problems};
use crate::platform::Error;
use std::collections::BTreeMap;
use std::io::Read;

/// Longest cell, in bytes.
const MAX_CELL_BYTES: usize = 100;
/// Columns in their order.
const COLUMNS: [&str; 5] = ["station", "contest", "line", "item", "value"];

/// A figure as the file says it.
pub(super) struct Figure {
    pub(super) row: usize,
    pub(super) line: String,
    pub(super) item: String,
    pub(super) value: String,
}

/// A file: contests with their stations, as the file names them.
pub(super) struct File {
    pub(super) rows: usize,
    pub(super) contests: BTreeMap<String, BTreeMap<String, Vec<Figure>>>,
}

/// Reads all rows; what can't be read is noted with its row.
pub(super) fn rows<R: Read>(reader: R, problems: &mut Problems) -> Result<File, Error> {
    let t = problems.t;
    let mut csv = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(reader.take(MAX_FILE_BYTES.saturating_add(1)));
    let mut file = File {
        rows: 0,
        contests: BTreeMap::new(),
    };
    match csv.headers() {
        Ok(headers)
            if headers
                .iter()
                .map(|h| h.trim_start_matches('\u{feff}'))
                .eq(COLUMNS) => {}
        _ => {
            problems.add(1, "", t.counting_import_columns(COLUMNS.join(",")));
            return Ok(file);
        }
    }
    let mut record = csv::StringRecord::new();
    loop {
        // The heading is row 1.
        let row = file.rows.saturating_add(2);
        match csv.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => {
                problems.add(row, "", t.counting_import_unreadable());
                if problems.is_full() || csv.is_done() {
                    break;
                }
                file.rows = file.rows.saturating_add(1);
                continue;
            }
        }
        if file.rows >= MAX_ROWS || csv.position().byte() > MAX_FILE_BYTES {
            return Err(Error::TooLarge);
        }
        file.rows = file.rows.saturating_add(1);
        take(&mut file, row, &record, problems);
        if problems.is_full() {
            break;
        }
    }
    Ok(file)
}

fn take(file: &mut File, row: usize, record: &csv::StringRecord, problems: &mut Problems) {
    let cell = |at: usize| record.get(at).unwrap_or_default();
    for (at, column) in COLUMNS.iter().enumerate() {
        let text = cell(at);
        let missing = text.is_empty() && *column != "item";
        if missing || text.len() > MAX_CELL_BYTES || text.chars().any(char::is_control) {
            problems.add(row, column, problems.t.counting_import_cell());
            return;
        }
    }
    file.contests
        .entry(cell(1).to_owned())
        .or_default()
        .entry(cell(0).to_owned())
        .or_default()
        .push(Figure {
            row,
            line: cell(2).to_owned(),
            item: cell(3).to_owned(),
            value: cell(4).to_owned(),
        });
}
