//! A question bank as a table: one row for each question, the same columns that [`super::import`] reads.

use super::model::{Opt, Question};
use super::store::Module;
use crate::platform::Error;
use crate::platform::rows::plain;
use electoral::training::question::Answer;
use rust_xlsxwriter::{Format, Workbook};

/// Columns in their order.
pub(super) const COLUMNS: [&str; 15] = [
    "module", "key", "kind", "text_kk", "text_ru", "text_en", "options", "partners", "answer",
    "why_kk", "why_ru", "why_en", "article", "pack", "given",
];
/// The column that says whether a question is not asked any more.
pub(super) const RETIRED: &str = "retired";

/// Options as one cell: a line each, `key | kk | ru | en`.
pub(super) fn cell(options: &[Opt]) -> String {
    let line = |o: &Opt| format!("{} | {} | {} | {}", o.key, o.text.kk, o.text.ru, o.text.en);
    options.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The names of columns, then a row for each question.
pub(super) fn lines(modules: &[Module], questions: &[Question]) -> Vec<Vec<String>> {
    let mut head: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    head.push(RETIRED.to_owned());
    let mut lines = vec![head];
    for question in questions {
        let says = &question.says;
        let module = modules.iter().find(|m| m.id == says.module_id);
        let yes = if says.retired { "yes" } else { "" };
        lines.push(vec![
            module.map_or_else(String::new, |m| m.key.clone()),
            says.key.clone(),
            says.kind.as_str().to_owned(),
            says.text.kk.clone(),
            says.text.ru.clone(),
            says.text.en.clone(),
            cell(&says.options),
            cell(&says.partners),
            says.answer.to_string(),
            says.why.kk.clone(),
            says.why.ru.clone(),
            says.why.en.clone(),
            says.article.clone(),
            says.pack.clone(),
            Answer::Figures(says.given.clone()).to_string(),
            yes.to_owned(),
        ]);
    }
    lines
}

/// The table as a workbook.
///
/// # Errors
/// When it can't be written.
pub(super) fn workbook(lines: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("questions").map_err(Error::internal)?;
    let head = Format::new().set_bold();
    for (row, line) in (0_u32..).zip(lines) {
        for (column, text) in (0_u16..).zip(line) {
            let text = plain(text);
            let written = if row == 0 {
                sheet.write_string_with_format(row, column, &text, &head)
            } else {
                sheet.write_string(row, column, &text)
            };
            written.map_err(Error::internal)?;
        }
    }
    book.save_to_buffer().map_err(Error::internal)
}
