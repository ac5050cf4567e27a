use super::*;
use crate::readiness::checklists::queries::bodies;
use electoral::checklist::{
    Basis, Checklist, Deadlines, Evidence, Item, Kind, Milli, Section, Severity,
};
use electoral::rules::Confidence;
use rust_xlsxwriter::Workbook;

mod foreign;
mod hostile;
#[path = "../../../../../electoral/src/checklist/tests/lists.rs"]
mod lists;
mod own;
mod parts;
mod pyxform;

/// A sheet by its name and rows.
type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0_u32..).zip(*rows) {
            for (column, cell) in (0_u16..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn read(bytes: &[u8]) -> Result<Understood, Refused> {
    import(bytes, &bodies())
}

/// Reasons with the rows they stand in.
fn reasons(understood: &Understood) -> Vec<(u32, &'static str)> {
    let reason = |l: &Left| (l.row, l.reason.as_str());
    understood.left.iter().map(reason).collect()
}
