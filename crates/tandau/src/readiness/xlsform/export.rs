//! A checklist as a workbook. Phones show questions, hints and limits; what only we understand stands beside them.

use super::{OWN, constraint, language_name};
use crate::platform::{Error, Lang, T};
use electoral::checklist::{Checklist, Evidence, Item, Kind};
use electoral::text::Text;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Where a text becomes an answer of several lines.
const LONG_CHARS: u16 = 100;
/// Width of columns with words, in characters.
const WIDE: u16 = 44;

/// Rows of a sheet, each of so many cells as the first.
type Rows = Vec<Vec<String>>;

/// Writes a workbook. The same list and version give the same bytes.
///
/// # Errors
/// When a text is longer than a cell holds, which [`Checklist::check`] excludes.
pub fn write(list: &Checklist, version: u64) -> Result<Vec<u8>, Error> {
    book(list, version).map_err(Error::internal)
}

fn book(list: &Checklist, version: u64) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A file says nothing about the hour at which somebody fetched it.
    let made = ExcelDateTime::from_ymd(2023, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let bold = Format::new().set_bold();
    for (name, rows) in [
        ("survey", survey(list)),
        ("choices", choices()),
        ("settings", settings(list, version)),
    ] {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        fill(sheet, &rows, &bold)?;
    }
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, rows: &Rows, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            if row == 0 {
                let wide = ["label", "hint", "constraint_message"];
                if wide.iter().any(|stem| cell.starts_with(stem)) {
                    sheet.set_column_width(column, WIDE)?;
                }
                sheet.write_string_with_format(row, column, cell, bold)?;
            } else if !cell.is_empty() {
                sheet.write_string(row, column, cell)?;
            }
        }
    }
    Ok(())
}

/// A row whose cells are named, not counted.
#[derive(Default)]
struct Cells(Vec<(String, String)>);

impl Cells {
    fn put(&mut self, head: &str, cell: impl Into<String>) {
        self.0.push((head.to_owned(), cell.into()));
    }

    fn own(&mut self, name: &str, cell: impl Into<String>) {
        self.put(&format!("{OWN}{name}"), cell);
    }

    fn own_if(&mut self, name: &str, cell: Option<impl ToString>) {
        if let Some(cell) = cell {
            self.own(name, cell.to_string());
        }
    }

    fn flag(&mut self, name: &str, holds: bool) {
        if holds {
            self.own(name, "yes");
        }
    }

    fn spoken(&mut self, stem: &str, text: &Text) {
        self.said(stem, |lang| match lang {
            Lang::Kk => text.kk.clone(),
            Lang::Ru => text.ru.clone(),
            Lang::En => text.en.clone(),
        });
    }

    fn said(&mut self, stem: &str, words: impl Fn(Lang) -> String) {
        for lang in Lang::ALL {
            self.put(&format!("{stem}::{}", language_name(lang)), words(lang));
        }
    }

    fn own_spoken(&mut self, stem: &str, text: &Text) {
        for (code, words) in [("kk", &text.kk), ("ru", &text.ru), ("en", &text.en)] {
            self.own(&format!("{stem}_{code}"), words);
        }
    }

    /// In the order of the heads.
    fn under(self, heads: &[String]) -> Vec<String> {
        let cell = |head: &String| {
            let found = self.0.iter().find(|(name, _)| name == head);
            found.map(|(_, cell)| cell.clone()).unwrap_or_default()
        };
        heads.iter().map(cell).collect()
    }
}

/// Heads of the survey, in order.
fn heads() -> Vec<String> {
    let spoken = |stem: &str| Lang::ALL.map(|lang| format!("{stem}::{}", language_name(lang)));
    let mut heads = ["type", "name"].map(str::to_owned).to_vec();
    heads.extend(spoken("label"));
    heads.extend(spoken("hint"));
    heads.extend(["required", "readonly", "constraint"].map(str::to_owned));
    heads.extend(spoken("constraint_message"));
    heads.extend(["relevant", "appearance", "parameters"].map(str::to_owned));
    let own = [
        "severity",
        "body",
        "due_days",
        "evidence",
        "unmet",
        "not_applicable",
        "unit_kk",
        "unit_ru",
        "unit_en",
        "met_from",
        "met_to",
        "within_days",
        "by_days",
        "photos",
        "means",
        "told_by",
        "article",
        "confidence",
        "note",
    ];
    heads.extend(own.map(|name| format!("{OWN}{name}")));
    heads
}

fn survey(list: &Checklist) -> Rows {
    let heads = heads();
    let mut rows = Vec::new();
    for section in &list.sections {
        let mut begin = Cells::default();
        begin.put("type", "begin_group");
        begin.put("name", &section.id);
        begin.spoken("label", &section.title);
        rows.push(begin.under(&heads));
        rows.extend(
            list.of_section(&section.id)
                .map(|i| question(i).under(&heads)),
        );
        let mut end = Cells::default();
        end.put("type", "end_group");
        end.put("name", &section.id);
        rows.push(end.under(&heads));
    }
    rows.insert(0, heads);
    rows
}

fn question(item: &Item) -> Cells {
    let mut cells = Cells::default();
    cells.put("name", &item.id);
    cells.spoken("label", &item.wording);
    if let Some(hint) = &item.hint {
        cells.spoken("hint", hint);
    }
    // What another part of the program answers can be read on a phone and not typed.
    if item.told_by.is_some() {
        cells.put("readonly", "yes");
    } else if matches!(item.kind, Kind::YesNo { .. }) || !item.kind.may_not_apply() {
        cells.put("required", "yes");
    }
    kind(&mut cells, &item.kind);
    cells.own("severity", item.severity.as_str());
    cells.own("body", &item.body);
    cells.own("due_days", item.due_days.to_string());
    let evidence: Vec<&str> = item.evidence.iter().map(|e| Evidence::as_str(*e)).collect();
    cells.own("evidence", evidence.join(" "));
    cells.own_if("means", item.means.as_ref());
    cells.own_if("told_by", item.told_by.as_ref());
    cells.own("article", &item.basis.article);
    cells.own("confidence", item.basis.confidence.code());
    cells.own("note", &item.basis.note);
    cells
}

fn kind(cells: &mut Cells, kind: &Kind) {
    let written = match kind {
        Kind::YesNo {
            not_applicable,
            unmet_if_yes,
        } => {
            cells.own("unmet", if *unmet_if_yes { "yes" } else { "no" });
            if *not_applicable {
                "select_one yes_no_na"
            } else {
                "select_one yes_no"
            }
        }
        Kind::Number {
            unit,
            least,
            most,
            met_from,
            met_to,
            not_applicable,
        } => {
            cells.put("constraint", constraint::between(*least, *most));
            cells.said("constraint_message", |lang| {
                T::new(lang).checklists_form_between(least.to_string(), most.to_string())
            });
            cells.own_spoken("unit", unit);
            cells.own_if("met_from", *met_from);
            cells.own_if("met_to", *met_to);
            cells.flag("not_applicable", *not_applicable);
            "decimal"
        }
        Kind::Date {
            within_days,
            by_days,
            not_applicable,
        } => {
            cells.own_if("within_days", *within_days);
            cells.own_if("by_days", *by_days);
            cells.flag("not_applicable", *not_applicable);
            "date"
        }
        Kind::Text { most_chars } => {
            cells.put("constraint", constraint::at_most_chars(*most_chars));
            cells.said("constraint_message", |lang| {
                T::new(lang).checklists_form_chars(i64::from(*most_chars))
            });
            if *most_chars > LONG_CHARS {
                cells.put("appearance", "multiline");
            }
            "text"
        }
        Kind::Photo { least } => {
            cells.own("photos", least.to_string());
            cells.put("parameters", "max-pixels=2000");
            "image"
        }
    };
    cells.put("type", written);
}

fn choices() -> Rows {
    let mut heads = ["list_name", "name"].map(str::to_owned).to_vec();
    heads.extend(Lang::ALL.map(|lang| format!("label::{}", language_name(lang))));
    let mut rows = vec![heads.clone()];
    let words: [(&str, fn(&T) -> String); 3] = [
        ("yes", T::checklists_form_yes),
        ("no", T::checklists_form_no),
        ("na", T::checklists_form_na),
    ];
    for (list, count) in [("yes_no", 2), ("yes_no_na", 3)] {
        for (name, word) in words.into_iter().take(count) {
            let mut cells = Cells::default();
            cells.put("list_name", list);
            cells.put("name", name);
            cells.said("label", |lang| word(&T::new(lang)));
            rows.push(cells.under(&heads));
        }
    }
    rows
}

fn settings(list: &Checklist, version: u64) -> Rows {
    let mut cells = Cells::default();
    cells.put("form_title", &list.title.kk);
    cells.put("form_id", &list.id);
    cells.put("version", version.to_string());
    cells.put("default_language", language_name(Lang::Kk));
    cells.own_spoken("title", &list.title);
    cells.own("critical_hours", list.deadlines.critical_hours.to_string());
    cells.own("major_hours", list.deadlines.major_hours.to_string());
    cells.own("minor_hours", list.deadlines.minor_hours.to_string());
    let heads: Vec<String> = cells.0.iter().map(|(head, _)| head.clone()).collect();
    let row = cells.under(&heads);
    vec![heads, row]
}
