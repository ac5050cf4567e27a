//! The lines of a protocol with the checks that hold them together, as a reader can follow them.

use super::words::{Mark, n};
use crate::counting::arithmetic;
use crate::counting::model::Recorded;
use crate::counting::sheet::boxes;
use crate::platform::T;
use crate::results::queries::{Candidate, Value};
use electoral::protocol::{Audience, Finding, Kind, Line, LineKey, ProtocolEntry, ProtocolForm};
use electoral::text::Language;

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

/// A check that did not hold, and what the station wrote about it.
pub(super) struct FindingRow {
    pub(super) mark: Mark,
    pub(super) explanation: String,
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
    recorded: &[Recorded],
    candidates: &[Candidate],
    item_name: &dyn Fn(&str) -> Option<String>,
) -> Vec<LineRow> {
    let entry = entry(figures);
    let items = |line: &Line| -> Vec<String> {
        match line.kind {
            Kind::Single => Vec::new(),
            Kind::PerCandidate => candidates.iter().map(|c| c.id.clone()).collect(),
            Kind::PerBox => boxes(form, &entry),
            Kind::PerMember => entry
                .figures(&line.id)
                .filter_map(|(key, _)| key.item_id().map(str::to_owned))
                .collect(),
        }
    };
    let findings: Vec<&Finding> = recorded.iter().map(|r| &r.finding).collect();
    let marks = arithmetic::marks(t.lang, form, &entry, &findings, &items);
    let checks = |line: &str, item: Option<&str>, last: bool| -> Vec<Mark> {
        let marks = marks.of(line, item, last).into_iter();
        marks.map(|m| Mark::new(m.shape, m.text)).collect()
    };
    let mut rows = Vec::new();
    for (place, line) in form.lines.iter().enumerate() {
        let number = format!("{}.", place + 1);
        let label = label(t, form, &line.id);
        if line.kind == Kind::Single {
            rows.push(LineRow {
                number,
                label,
                value: entry.single(&line.id).map_or_else(dash, |v| n(t, v)),
                checks: checks(&line.id, None, true),
            });
            continue;
        }
        let items = items(line);
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
                checks: checks(&line.id, Some(item), index + 1 == items.len()),
            });
        }
    }
    rows
}

fn dash() -> String {
    "–".to_owned()
}

/// Checks that did not hold when the version was sent, as they were put on record, in the words for those
/// who decide.
pub(super) fn findings(
    form: &ProtocolForm,
    recorded: &[Recorded],
    item_name: &dyn Fn(&str) -> Option<String>,
    language: Language,
) -> Vec<FindingRow> {
    recorded
        .iter()
        .map(|one| {
            let text = one
                .finding
                .text(form, Audience::Decider, language, item_name);
            FindingRow {
                mark: Mark::new(
                    arithmetic::shape(form, &one.finding),
                    format!("{}: {text}", one.finding.code),
                ),
                explanation: one.explanation.clone(),
            }
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
