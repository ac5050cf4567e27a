//! A question bank from a table, XLSX or CSV. A file is taken as a whole or refused row by row.

use super::export::{COLUMNS, RETIRED};
use super::model::{NewQuestion, Opt};
use super::store::{Module, given};
use crate::platform::rows::Problems;
use crate::platform::{Error, Names, T};
use crate::readiness::xlsform;
use electoral::training::question::{Answer, Kind};
use std::collections::HashMap;

/// Bytes of a file at most.
pub(super) const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Rows of a file at most.
const MAX_ROWS: usize = 2_000;

/// Rows of cells, the first one the names of columns.
fn table(t: T, bytes: &[u8]) -> Result<Vec<Vec<String>>, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::field("file", t.checklists_refused_large()));
    }
    if bytes.starts_with(b"PK") {
        let sheets = xlsform::sheets(bytes).map_err(|refused| {
            Error::field(
                "file",
                crate::readiness::checklists::upload::refusal(t, &refused),
            )
        })?;
        let rows = sheets.into_iter().next().map(|sheet| sheet.rows);
        let mut lines = Vec::new();
        for row in rows.unwrap_or_default() {
            // Empty rows stay, so that problems name the row that the workbook shows.
            let number = usize::try_from(row.number).unwrap_or(usize::MAX);
            while lines.len().saturating_add(1) < number.min(MAX_ROWS) {
                lines.push(Vec::new());
            }
            lines.push(row.cells);
        }
        return Ok(lines);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text);
    let mut lines = Vec::new();
    for record in reader.records().take(MAX_ROWS + 1) {
        let record = record.map_err(|e| Error::field("file", e.to_string()))?;
        lines.push(record.iter().map(str::to_owned).collect());
    }
    Ok(lines)
}

/// A text as it was before [`crate::platform::rows::plain`] kept spreadsheets from computing it.
fn unquoted(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

/// Questions of a file with the place of each row. The file's modules are known by their keys.
///
/// # Errors
/// [`Error::Invalid`]: a file that is none at `file`, otherwise each row and column.
pub(super) fn read(
    t: T,
    modules: &[Module],
    bytes: &[u8],
) -> Result<Vec<(usize, NewQuestion)>, Error> {
    let lines = table(t, bytes)?;
    if lines.len() > MAX_ROWS {
        return Err(Error::TooLarge);
    }
    let head = lines.first().cloned().unwrap_or_default();
    let places: HashMap<String, usize> = head
        .iter()
        .enumerate()
        .map(|(at, name)| (name.trim().to_lowercase(), at))
        .collect();
    let missing: Vec<&str> = COLUMNS
        .into_iter()
        .filter(|name| !places.contains_key(*name))
        .collect();
    if !missing.is_empty() {
        return Err(Error::field(
            "file",
            t.learning_columns_missing(missing.join(", ")),
        ));
    }
    let mut problems = Problems::default();
    let mut questions = Vec::new();
    for (index, line) in lines.iter().skip(1).enumerate() {
        if line.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |name: &str| -> &str {
            let at = places.get(name);
            at.and_then(|at| line.get(*at))
                .map_or("", |text| unquoted(text.trim()))
        };
        match question(t, modules, &cell) {
            Ok(question) => questions.push((index, question)),
            Err(error) => problems.take(index, cell("key"), error)?,
        }
        if problems.is_full() {
            break;
        }
    }
    problems.done()?;
    if questions.is_empty() {
        return Err(Error::field("file", t.learning_file_empty()));
    }
    Ok(questions)
}

/// A question of a form or a row. `cell` gives what stands under a name.
///
/// # Errors
/// [`Error::Invalid`] naming each field that can't be read.
pub(super) fn question<'c>(
    t: T,
    modules: &[Module],
    cell: &dyn Fn(&str) -> &'c str,
) -> Result<NewQuestion, Error> {
    let mut problems = crate::platform::web::FieldErrors::new();
    let module = modules
        .iter()
        .find(|m| m.key == cell("module") || m.id == cell("module"));
    if module.is_none() {
        problems.add("module", t.learning_module_unknown());
    }
    let kind = Kind::parse(cell("kind"));
    if kind.is_none() {
        problems.add("kind", t.learning_kind_unknown());
    }
    let mut options = |field: &str| {
        let read = read_options(cell(field));
        if read.is_none() {
            problems.add(field, t.learning_options_form());
        }
        read.unwrap_or_default()
    };
    let (choices, partners) = (options("options"), options("partners"));
    let answer = kind.and_then(|kind| Answer::parse(kind, &tight(cell("answer"))));
    if kind.is_some() && answer.is_none() {
        problems.add("answer", t.learning_answer_form());
    }
    let printed = tight(cell("given"));
    if !printed.is_empty() && Answer::parse(Kind::Protocol, &printed).is_none() {
        problems.add("given", t.learning_answer_form());
    }
    problems.done()?;
    let names = |stem: &str| {
        Names::new(
            cell(&format!("{stem}_kk")),
            cell(&format!("{stem}_ru")),
            cell(&format!("{stem}_en")),
        )
    };
    let (Some(module), Some(kind), Some(answer)) = (module, kind, answer) else {
        return Err(Error::field("module", t.learning_module_unknown()));
    };
    Ok(NewQuestion {
        module_id: module.id.clone(),
        key: cell("key").to_owned(),
        kind,
        text: names("text"),
        why: names("why"),
        article: cell("article").to_owned(),
        options: choices,
        partners,
        answer,
        pack: cell("pack").to_owned(),
        given: given(&printed),
        retired: matches!(cell(RETIRED), "yes" | "true" | "1"),
    })
}

/// Without spaces and line breaks: people put them after commas.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Lines of `key | kk | ru | en`; none when one is written otherwise.
fn read_options(text: &str) -> Option<Vec<Opt>> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let [key, kk, ru, en] = parts.as_slice() else {
                return None;
            };
            Some(Opt {
                key: (*key).to_owned(),
                text: Names::new(*kk, *ru, *en),
            })
        })
        .collect()
}
