//! The lines of a protocol with the checks that hold them together, as a reader can follow them.

use super::words::{Mark, n};
use crate::platform::T;
use crate::results::queries::{Candidate, Value};
use electoral::protocol::expression::{Comparison, Expr, Relation};
use electoral::protocol::{
    Audience, Check, Context, Kind, LineKey, ProtocolEntry, ProtocolForm, Severity, check,
};
use electoral::text::Language;

/// More summands than this are shown as their sum.
const SUMMANDS_MAX: usize = 8;

/// A line of the protocol.
pub(super) struct LineRow {
    /// The form's own number; empty for further items of the same line.
    pub(super) number: String,
    /// What the line counts, with the name of the item.
    pub(super) label: String,
    /// The figure, or a dash.
    pub(super) value: String,
    /// Checks that end in this line.
    pub(super) checks: Vec<Mark>,
}

fn label(t: T, form: &ProtocolForm, line: &str) -> String {
    let language = language(t);
    form.line(line)
        .map_or_else(|| line.to_owned(), |l| l.label.get(language).to_owned())
}

const fn language(t: T) -> Language {
    super::words::language(t.lang)
}

/// The figures of a version as the electoral library reads them.
fn entry(figures: &[&Value]) -> ProtocolEntry {
    let mut entry = ProtocolEntry::new();
    for value in figures {
        let key = if value.item.is_empty() {
            LineKey::single(&value.line)
        } else {
            LineKey::item(&value.line, &value.item)
        };
        if let Ok(key) = key {
            entry.set(key, value.value);
        }
    }
    entry
}

/// All lines in the order of the form; repeated lines once for each item.
pub(super) fn rows(
    t: T,
    form: &ProtocolForm,
    figures: &[&Value],
    candidates: &[Candidate],
    item_name: &dyn Fn(&str) -> Option<String>,
) -> Vec<LineRow> {
    let entry = entry(figures);
    let mut rows = Vec::new();
    for (place, line) in form.lines.iter().enumerate() {
        let number = format!("{}.", place + 1);
        let checks: Vec<Mark> = form
            .checks
            .iter()
            .filter_map(|check| mark(t, check, &line.id, &entry, candidates))
            .collect();
        let label = label(t, form, &line.id);
        let items: Vec<String> = match line.kind {
            Kind::Single => Vec::new(),
            Kind::PerCandidate => candidates.iter().map(|c| c.id.clone()).collect(),
            Kind::PerMember | Kind::PerBox => entry
                .figures(&line.id)
                .filter_map(|(key, _)| key.item_id().map(str::to_owned))
                .collect(),
        };
        if line.kind == Kind::Single {
            rows.push(LineRow {
                number,
                label,
                value: entry.single(&line.id).map_or_else(dash, |v| n(t, v)),
                checks,
            });
            continue;
        }
        for (index, item) in items.iter().enumerate() {
            let named = item_name(item).unwrap_or_else(|| item.clone());
            rows.push(LineRow {
                number: if index == 0 {
                    number.clone()
                } else {
                    String::new()
                },
                label: if line.kind == Kind::PerCandidate {
                    named
                } else {
                    format!("{label}: {named}")
                },
                value: entry.of(&line.id, item).map_or_else(dash, |v| n(t, v)),
                checks: if index == 0 {
                    checks.clone()
                } else {
                    Vec::new()
                },
            });
        }
    }
    rows
}

fn dash() -> String {
    "–".to_owned()
}

/// The check of a relation that has this line alone on its left side, with its figures.
fn mark(
    t: T,
    check: &Check,
    line: &str,
    entry: &ProtocolEntry,
    candidates: &[Candidate],
) -> Option<Mark> {
    let relation = check.relation.as_ref()?;
    if !matches!(&relation.left, Expr::Line(left) if left == line) {
        return None;
    }
    let figure = |id: &str, summed: bool| {
        if summed {
            Some(entry.figures(id).map(|(_, v)| u128::from(v)).sum())
        } else {
            entry.single(id).map(u128::from).or(Some(0))
        }
    };
    entry.single(line)?;
    let sides = relation.sides(&figure).ok()?;
    let holds = sides.holds;
    let text = written(t, relation, entry, candidates)?;
    let kind = match (holds, check.severity) {
        (true, _) => "done",
        (false, Severity::Error) => "trouble",
        (false, _) => "attention",
    };
    Some(Mark::new(kind, text))
}

/// `409 + 22 = 431`, or "at most 431".
fn written(
    t: T,
    relation: &Relation,
    entry: &ProtocolEntry,
    candidates: &[Candidate],
) -> Option<String> {
    let left = term(t, &relation.left, entry, candidates)?;
    let right = term(t, &relation.right, entry, candidates)?;
    let sign = match relation.comparison {
        Comparison::Equal => "=",
        Comparison::AtMost => "≤",
        Comparison::AtLeast => "≥",
        Comparison::Below => "<",
        Comparison::Above => ">",
    };
    Some(match relation.comparison {
        Comparison::Equal => format!("{right} = {left}"),
        _ => format!("{left} {sign} {right}"),
    })
}

fn term(t: T, expr: &Expr, entry: &ProtocolEntry, candidates: &[Candidate]) -> Option<String> {
    Some(match expr {
        Expr::Number(number) => n(t, *number),
        Expr::Line(line) => n(t, entry.single(line).unwrap_or(0)),
        Expr::Sum(line) => {
            // Candidates in the order of the ballot, whatever their ids.
            let place =
                |item: Option<&str>| candidates.iter().position(|c| Some(c.id.as_str()) == item);
            let mut figures: Vec<(Option<usize>, u64)> = entry
                .figures(line)
                .map(|(key, v)| (place(key.item_id()), v))
                .collect();
            figures.sort_by_key(|(place, _)| *place);
            let figures: Vec<u64> = figures.into_iter().map(|(_, v)| v).collect();
            if figures.is_empty() || figures.len() > SUMMANDS_MAX {
                let sum = figures
                    .iter()
                    .try_fold(0_u64, |sum, v| sum.checked_add(*v))?;
                n(t, sum)
            } else {
                let words: Vec<String> = figures.iter().map(|v| n(t, *v)).collect();
                words.join(" + ")
            }
        }
        Expr::Add(a, b) => format!(
            "{} + {}",
            term(t, a, entry, candidates)?,
            term(t, b, entry, candidates)?
        ),
        Expr::Sub(a, b) => format!(
            "{} \u{2212} {}",
            term(t, a, entry, candidates)?,
            term(t, b, entry, candidates)?
        ),
        Expr::Percent(..) | Expr::Ceil(_) => return None,
    })
}

/// Checks that don't hold, computed anew from the figures, in the words for those who decide.
pub(super) fn findings(
    form: &ProtocolForm,
    figures: &[&Value],
    candidates: &[Candidate],
    item_name: &dyn Fn(&str) -> Option<String>,
    language: Language,
) -> Vec<(String, Mark)> {
    let ids: Vec<String> = candidates.iter().map(|c| c.id.clone()).collect();
    let items = |line: &str| -> Vec<String> {
        figures
            .iter()
            .filter(|v| v.line == line && !v.item.is_empty())
            .map(|v| v.item.clone())
            .collect()
    };
    let members = items("ballots_issued_by_member");
    let boxes = items("portable_box_found");
    let context = Context {
        candidates: &ids,
        issuing_members: &members,
        boxes: &boxes,
        ..Context::default()
    };
    check(form, &entry(figures), &context)
        .into_iter()
        .map(|finding| {
            let kind = match finding.severity {
                Severity::Error => "trouble",
                Severity::Typing | Severity::Warning => "attention",
            };
            let text = finding.text(form, Audience::Decider, language, item_name);
            (finding.code.clone(), Mark::new(kind, text))
        })
        .collect()
}

/// What changed from one version to the next: "line 19: 472 → 427".
pub(super) fn changes(
    t: T,
    form: &ProtocolForm,
    before: &[&Value],
    after: &[&Value],
    item_name: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut out = Vec::new();
    for line in &form.lines {
        for new in after.iter().filter(|v| v.line == line.id) {
            let old = before
                .iter()
                .find(|v| v.line == new.line && v.item == new.item)
                .map(|v| v.value);
            if old == Some(new.value) {
                continue;
            }
            let mut label = label(t, form, &line.id);
            if let Some(item) = item_name(&new.item) {
                label = format!("{label}: {item}");
            }
            out.push(format!(
                "{label}: {} → {}",
                old.map_or_else(dash, |v| n(t, v)),
                n(t, new.value)
            ));
        }
    }
    out
}
