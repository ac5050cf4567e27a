//! The figures of a version with every check that arithmetic can say.

use super::form::{label, line_number, sentence};
use super::words::InWords;
use crate::counting::arithmetic::{self, Mark, marks};
use crate::counting::model::{FullVersion, Weight, weight};
use crate::counting::sheet::{Sheet, language};
use crate::platform::Error;
use crate::platform::i18n::number;
use crate::platform::web::{Ctx, FieldErrors};
use electoral::protocol::{Audience, Finding, Kind, LineKey, ProtocolEntry};

pub(super) struct LineRow {
    pub(super) number: usize,
    pub(super) label: String,
    pub(super) value: String,
    /// Read back until the chair has compared it with the paper.
    pub(super) words: InWords,
    pub(super) href: String,
    pub(super) marks: Vec<Mark>,
}

pub(super) struct FindingRow {
    pub(super) code: String,
    pub(super) shape: &'static str,
    pub(super) word: String,
    pub(super) text: String,
    pub(super) article: String,
    pub(super) explanation: String,
    /// The field in which an explanation is asked for.
    pub(super) field: String,
    pub(super) error: String,
}

/// All lines with their figures, each with the checks it explains.
pub(super) fn lines(
    ctx: &Ctx,
    sheet: &Sheet,
    entry: &ProtocolEntry,
    findings: &[&Finding],
    edit: String,
    in_words: bool,
) -> Result<Vec<LineRow>, Error> {
    let t = ctx.t;
    let form = sheet.form()?;
    let marks = marks(t.lang, form, entry, findings, &|line| {
        sheet.items(line.kind, entry)
    });
    let mut rows = Vec::new();
    for line in &form.lines {
        let keys: Vec<LineKey> = match line.kind {
            Kind::Single => LineKey::single(&line.id).into_iter().collect(),
            kind => {
                let mut items = sheet.items(kind, entry);
                let typed: Vec<String> = entry
                    .figures(&line.id)
                    .filter_map(|(key, _)| key.item_id().map(str::to_owned))
                    .filter(|id| !items.contains(id))
                    .collect();
                items.extend(typed);
                items
                    .iter()
                    .filter_map(|i| LineKey::item(&line.id, i).ok())
                    .collect()
            }
        };
        let last = keys.len().saturating_sub(1);
        for (place, key) in keys.iter().enumerate() {
            rows.push(LineRow {
                number: line_number(sheet, &line.id),
                label: label(t, sheet, key),
                value: entry
                    .values
                    .get(key)
                    .map_or_else(|| "–".to_owned(), |n| number(t.lang, *n)),
                words: if in_words {
                    InWords::of(entry.values.get(key).copied())
                } else {
                    InWords::default()
                },
                href: if edit.is_empty() || place > 0 {
                    String::new()
                } else {
                    format!("{edit}?step={}", line.group)
                },
                marks: marks.of(&line.id, key.item_id(), place == last),
            });
        }
    }
    Ok(rows)
}

/// What does not agree or must be explained: live for a draft, as put on record afterwards.
pub(super) fn findings(
    ctx: &Ctx,
    sheet: &Sheet,
    full: Option<&FullVersion>,
    live: &[Finding],
    draft: bool,
    errors: &FieldErrors,
) -> Vec<FindingRow> {
    let t = ctx.t;
    let (Some(form), Some(full)) = (sheet.rules.protocol.as_ref(), full) else {
        return Vec::new();
    };
    let row = |finding: &Finding, explanation: String| {
        let weight = weight(form, finding);
        let field = format!("explain-{}", finding.code);
        FindingRow {
            shape: arithmetic::shape(form, finding),
            word: match weight {
                Weight::Mend => t.counting_weight_mend(),
                Weight::Fault => t.counting_weight_fault(),
                Weight::Explain => t.counting_weight_explain(),
            },
            text: if draft {
                sentence(t, sheet, finding)
            } else {
                finding.text(form, Audience::Decider, language(t.lang), &|id| {
                    sheet.item_name(id, t.lang)
                })
            },
            article: if finding.article.is_empty() {
                String::new()
            } else {
                t.counting_article(finding.article.clone())
            },
            error: errors.of(&field).to_owned(),
            field: if draft && weight == Weight::Explain {
                field
            } else {
                String::new()
            },
            code: finding.code.clone(),
            explanation,
        }
    };
    if draft {
        let mut rows: Vec<FindingRow> = Vec::new();
        for finding in live {
            let mut made = row(finding, String::new());
            if rows
                .iter()
                .any(|r| !r.field.is_empty() && r.field == made.field)
            {
                made.field = String::new();
            }
            rows.push(made);
        }
        return rows;
    }
    full.findings
        .iter()
        .map(|r| row(&r.finding, r.explanation.clone()))
        .collect()
}
