//! Checklists as XLSForm: the workbook that ODK, KoBo and their kin make forms of (<https://xlsform.org>).
//!
//! What XLSForm has no word for (severity, body, day, evidence, basis …) stands in columns of our own that other
//! programs pass over, so that a list goes out and comes back whole. Of a workbook made elsewhere [`import`] takes
//! what a checklist can carry, and lists everything else: nothing is dropped in silence.

mod book;
mod columns;
mod constraint;
mod export;
mod import;
mod left;
mod names;
mod questions;

pub(crate) use book::read as sheets;
pub use export::write;
pub use import::{Understood, import};
pub use left::{Left, Reason, Refused};

use crate::platform::{Lang, T};
use electoral::text::Text;

/// Bytes of a workbook at most.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// Rows of one sheet that are read at most.
pub const MOST_ROWS: u32 = 2_000;
/// Columns of one sheet at most.
pub const MOST_COLUMNS: u32 = 200;
/// Characters of one cell at most.
pub const MOST_CELL_CHARS: usize = 4_000;
/// The mark of our own columns.
const OWN: &str = "tandau::";
/// The kind of file.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A language as the heads of columns name it.
const fn language_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Kk => "Қазақша (kk)",
        Lang::Ru => "Русский (ru)",
        Lang::En => "English (en)",
    }
}

/// A message in all languages.
fn said(message: fn(&T) -> String) -> Text {
    let [kk, ru, en] = Lang::ALL.map(|lang| message(&T::new(lang)));
    Text { kk, ru, en }
}

#[cfg(test)]
mod tests;
