//! The figures of a version with every check that arithmetic can say.

use super::form::{label, line_number, sentence};
use crate::counting::model::{FullVersion, Weight, weight};
use crate::counting::sheet::{Sheet, language};
use crate::platform::Error;
use crate::platform::i18n::number;
use crate::platform::web::{Ctx, FieldErrors};
use electoral::protocol::expression::{Comparison, Expr};
use electoral::protocol::{Audience, Check, Finding, Kind, LineKey, ProtocolEntry};
use std::collections::BTreeMap;

pub(super) struct LineRow {
    pub(super) number: usize,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) href: String,
    pub(super) marks: Vec<Mark>,
}

pub(super) struct Mark {
    pub(super) shape: &'static str,
    pub(super) text: String,
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
    live: &[Finding],
    edit: String,
) -> Result<Vec<LineRow>, Error> {
    let t = ctx.t;
    let form = sheet.form()?;
    let mut marks = marks(ctx, sheet, entry, live);
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
                href: if edit.is_empty() || place > 0 {
                    String::new()
                } else {
                    format!("{edit}?step={}", line.group)
                },
                marks: if place == last {
                    marks.remove(line.id.as_str()).unwrap_or_default()
                } else {
                    Vec::new()
                },
            });
        }
    }
    Ok(rows)
}

/// Every check that arithmetic can say, at the line it explains: `431 + 187 = 618`.
fn marks<'s>(
    ctx: &Ctx,
    sheet: &'s Sheet,
    entry: &ProtocolEntry,
    live: &[Finding],
) -> BTreeMap<&'s str, Vec<Mark>> {
    let mut marks: BTreeMap<&str, Vec<Mark>> = BTreeMap::new();
    let Some(form) = sheet.rules.protocol.as_ref() else {
        return marks;
    };
    for check in &form.checks {
        let Some(line) = line_of(check) else { continue };
        let finding = live.iter().find(|f| f.code == check.code);
        let mark = match finding {
            Some(finding) => Mark {
                shape: if weight(form, finding) == Weight::Explain {
                    "attention"
                } else {
                    "trouble"
                },
                text: format!(
                    "{}: {}",
                    check.code,
                    arithmetic(ctx, sheet, entry, check).unwrap_or_default()
                ),
            },
            None => match arithmetic(ctx, sheet, entry, check) {
                Some(text) => Mark {
                    shape: "done",
                    text,
                },
                None => continue,
            },
        };
        marks.entry(line).or_default().push(mark);
    }
    marks
}

/// The line at which a check is shown: the one that stands alone on its side, else the first.
fn line_of(check: &Check) -> Option<&str> {
    let relation = check.relation.as_ref()?;
    match (&relation.left, &relation.right) {
        (Expr::Line(id), _) | (_, Expr::Line(id)) => Some(id),
        _ => relation.lines().first().map(|(id, _)| *id),
    }
}

/// A relation with its figures in place of its lines; nothing while one is missing.
fn arithmetic(ctx: &Ctx, sheet: &Sheet, entry: &ProtocolEntry, check: &Check) -> Option<String> {
    let relation = check.relation.as_ref()?;
    let sign = match relation.comparison {
        Comparison::Equal => "=",
        Comparison::AtMost => "≤",
        Comparison::AtLeast => "≥",
        Comparison::Below => "<",
        Comparison::Above => ">",
    };
    let left = side(ctx, sheet, entry, &relation.left)?;
    let right = side(ctx, sheet, entry, &relation.right)?;
    let holds = relation
        .sides(&|id, summed| figure(sheet, entry, id, summed))
        .ok()?
        .holds;
    let sign = match (holds, relation.comparison) {
        (false, Comparison::Equal) => "≠",
        (false, Comparison::AtMost) => ">",
        (false, Comparison::AtLeast) => "<",
        _ => sign,
    };
    Some(match relation.comparison {
        // The sum first, as one adds up on paper.
        Comparison::Equal if matches!(relation.left, Expr::Line(_)) => {
            format!("{right} {sign} {left}")
        }
        _ => format!("{left} {sign} {right}"),
    })
}

fn figure(sheet: &Sheet, entry: &ProtocolEntry, id: &str, summed: bool) -> Option<u128> {
    let line = sheet.rules.protocol.as_ref()?.line(id)?;
    if summed {
        return entry
            .figures(id)
            .try_fold(0_u128, |sum, (_, n)| sum.checked_add(u128::from(n)));
    }
    match (line.kind, entry.single(id)) {
        (Kind::Single, Some(n)) => Some(u128::from(n)),
        (Kind::Single, None) if !line.required => Some(0),
        _ => None,
    }
}

fn side(ctx: &Ctx, sheet: &Sheet, entry: &ProtocolEntry, expr: &Expr) -> Option<String> {
    let shown = |n: u128| number(ctx.lang(), i128::try_from(n).unwrap_or(i128::MAX));
    Some(match expr {
        Expr::Number(n) => number(ctx.lang(), *n),
        Expr::Line(id) => shown(figure(sheet, entry, id, false)?),
        Expr::Sum(id) => {
            // As they stand on the ballot and in the commission, not as their ids sort.
            let kind = sheet.rules.protocol.as_ref()?.line(id)?.kind;
            let order = sheet.items(kind, entry);
            let mut figures: Vec<(usize, u64)> = entry
                .figures(id)
                .map(|(key, n)| {
                    let place = order.iter().position(|i| key.item_id() == Some(i));
                    (place.unwrap_or(usize::MAX), n)
                })
                .collect();
            figures.sort_by_key(|(place, _)| *place);
            let parts: Vec<String> = figures
                .iter()
                .map(|(_, n)| number(ctx.lang(), *n))
                .collect();
            if parts.is_empty() {
                "0".to_owned()
            } else {
                parts.join(" + ")
            }
        }
        Expr::Add(a, b) => format!(
            "{} + {}",
            side(ctx, sheet, entry, a)?,
            side(ctx, sheet, entry, b)?
        ),
        Expr::Sub(a, b) => format!(
            "{} \u{2212} {}",
            side(ctx, sheet, entry, a)?,
            side(ctx, sheet, entry, b)?
        ),
        // A limit that is computed is clearer in the sentence of its check.
        Expr::Percent(..) | Expr::Ceil(_) => return None,
    })
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
            shape: if weight == Weight::Explain {
                "attention"
            } else {
                "trouble"
            },
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
