//! Files that somebody brings: what is understood of them, and what is said about the rest.

use super::queries::bodies;
use crate::platform::{Error, T};
use crate::readiness::xlsform::{self, Left, Refused, Understood};
use electoral::checklist::Checklist;

/// Why a file is none, in a sentence.
pub(crate) fn refusal(t: T, refused: &Refused) -> String {
    match refused {
        Refused::Large => t.checklists_refused_large(),
        Refused::Bomb => t.checklists_refused_bomb(),
        Refused::Workbook => t.checklists_refused_workbook(),
        Refused::Survey => t.checklists_refused_survey(),
        Refused::Rows { sheet } => t.checklists_refused_rows(sheet.as_str()),
        Refused::Cell { sheet, row } => t.checklists_refused_cell(i64::from(*row), sheet.as_str()),
        Refused::Questions => t.checklists_refused_questions(),
        Refused::Unsound(error) => t.checklists_refused_unsound(error.to_string()),
    }
}

/// What a file holds: a workbook, or the TOML of the rules.
pub(crate) fn understand(t: T, bytes: &[u8]) -> Result<(Understood, &'static str), Error> {
    let refused = |refused: Refused| Error::field("file", refusal(t, &refused));
    if bytes.starts_with(b"PK") {
        let understood = xlsform::import(bytes, &bodies()).map_err(refused)?;
        return Ok((understood, "xlsform"));
    }
    if bytes.len() > xlsform::MOST_BYTES {
        return Err(refused(Refused::Large));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| refused(Refused::Workbook))?;
    let list = Checklist::parse(text).map_err(|e| refused(Refused::Unsound(e)))?;
    let left = Vec::new();
    Ok((Understood { list, left }, "toml"))
}

/// Where something stands in a workbook.
pub(crate) fn place(t: T, left: &Left) -> String {
    match left.row {
        0 => left.sheet.clone(),
        row => t.checklists_place(i64::from(row), left.sheet.as_str()),
    }
}

/// Why it is not in the list as it stood there, in a sentence.
pub(crate) fn reason(t: T, left: &Left) -> String {
    t.word(&format!("checklists-left-{}", left.reason.as_str()))
}
