use std::collections::BTreeSet;

use super::entry::{LineKey, ProtocolEntry};
use super::expression::Sides;
use super::finding::Finding;
use super::form::{Check, Kind, Line, ProtocolForm};
use super::named::{self, PublishedShare, TypedWords};
use crate::turnout::Report;

/// How far the entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Stage {
    /// Still being typed: missing figures are not reported.
    #[default]
    Draft,
    /// Handed in: every required figure must be there.
    Complete,
}

/// What the checks need to know beside the figures.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    /// How far the entry is.
    pub stage: Stage,
    /// Candidates on the ballot, in ballot order.
    pub candidates: &'a [String],
    /// Members of the commission who may issue ballots.
    pub issuing_members: &'a [String],
    /// Members who may not issue ballots (chair, secretary).
    pub barred_members: &'a [String],
    /// Portable boxes that were used.
    pub boxes: &'a [String],
    /// Figures in words as typed, if words were typed.
    pub words: &'a [TypedWords],
    /// The day's turnout reports, newest version of each slot, if compared.
    pub turnout: Option<&'a [Report]>,
    /// Slot whose report must equal the protocol, usually the final one.
    pub final_slot: Option<&'a str>,
    /// Shares as published, if compared.
    pub shares: &'a [PublishedShare],
}

/// Compares the figures of an entry with every check of the form.
///
/// Findings come in the order of the catalogue, then of the items. A relation of which a required figure is
/// missing is left out: the missing figure is its own finding.
#[must_use]
pub fn check(form: &ProtocolForm, entry: &ProtocolEntry, context: &Context<'_>) -> Vec<Finding> {
    let work = Work {
        form,
        entry,
        context,
    };
    let mut findings = Vec::new();
    for check in &form.checks {
        if check.relation.is_some() {
            findings.extend(work.relation(check));
        } else {
            findings.extend(named::run(&work, check));
        }
    }
    findings
}

/// One comparison under way.
pub(super) struct Work<'a> {
    pub(super) form: &'a ProtocolForm,
    pub(super) entry: &'a ProtocolEntry,
    pub(super) context: &'a Context<'a>,
}

impl Work<'_> {
    /// The items a repeated line is expected to have; empty for a single line.
    pub(super) fn items(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Single => &[],
            Kind::PerMember => self.context.issuing_members,
            Kind::PerBox => self.context.boxes,
            Kind::PerCandidate => self.context.candidates,
        }
    }

    /// The figure of a line that stands once; zero where it is optional and missing.
    pub(super) fn single(&self, id: &str) -> Option<u64> {
        let optional = self.form.line(id).is_some_and(|line| !line.required);
        self.entry
            .single(id)
            .or(if optional { Some(0) } else { None })
    }

    /// The figure of one item; zero where the line is optional and the figure missing.
    pub(super) fn item(&self, line: &Line, item: &str) -> Option<u64> {
        let typed = self.entry.of(&line.id, item);
        typed.or(if line.required { None } else { Some(0) })
    }

    /// The sum of a repeated line; none while an expected figure of a required line is missing.
    pub(super) fn sum(&self, id: &str) -> Option<u128> {
        let line = self.form.line(id)?;
        let mut total: u128 = 0;
        for item in self.items(line.kind) {
            if line.required && self.entry.of(id, item).is_none() {
                return None;
            }
        }
        for (_, figure) in self.entry.figures(id) {
            total = total.checked_add(u128::from(figure))?;
        }
        Some(total)
    }

    fn relation(&self, check: &Check) -> Vec<Finding> {
        let Some(relation) = &check.relation else {
            return Vec::new();
        };
        let lines = relation.lines();
        let repeated = lines.iter().find_map(|(id, summed)| {
            let line = self.form.line(id)?;
            (!summed && line.kind != Kind::Single).then_some(line)
        });
        let Some(repeated) = repeated else {
            return self.one(check, None).into_iter().collect();
        };
        let mut items: Vec<&str> = self
            .items(repeated.kind)
            .iter()
            .map(String::as_str)
            .collect();
        let known: BTreeSet<&str> = items.iter().copied().collect();
        let typed: BTreeSet<&str> = lines
            .iter()
            .flat_map(|(id, _)| self.entry.figures(id))
            .filter_map(|(key, _)| key.item_id())
            .filter(|item| !known.contains(item))
            .collect();
        items.extend(typed);
        items
            .into_iter()
            .filter_map(|item| self.one(check, Some(item)))
            .collect()
    }

    /// Evaluates a relation, for one item where it speaks of a repeated line.
    fn one(&self, check: &Check, item: Option<&str>) -> Option<Finding> {
        let relation = check.relation.as_ref()?;
        let figure = |id: &str, summed: bool| -> Option<u128> {
            let line = self.form.line(id)?;
            if summed {
                return self.sum(id);
            }
            match (line.kind, item) {
                (Kind::Single, _) => self.single(id).map(u128::from),
                (_, Some(item)) => self.item(line, item).map(u128::from),
                (_, None) => None,
            }
        };
        let Sides { left, right, holds } = relation.sides(&figure).ok()?;
        if holds {
            return None;
        }
        let mut finding = Finding::new(check);
        for (id, summed) in relation.lines() {
            let line = self.form.line(id)?;
            if summed {
                finding
                    .figures
                    .push((id.to_owned(), as_figure(self.sum(id)?)));
                let keys = self.entry.figures(id).map(|(key, _)| key.clone());
                finding.lines.extend(keys);
            } else if line.kind == Kind::Single {
                let figure = u128::from(self.single(id)?);
                finding.figures.push((id.to_owned(), as_figure(figure)));
                finding.lines.extend(LineKey::single(id));
            } else if let Some(item) = item {
                let figure = u128::from(self.item(line, item)?);
                finding.figures.push((id.to_owned(), as_figure(figure)));
                finding.lines.extend(LineKey::item(id, item));
            }
        }
        finding.item = item.map(str::to_owned);
        Some(finding.with_sides(left, right))
    }
}

/// Sums of 64-bit figures always fit.
pub(super) fn as_figure(sum: u128) -> i128 {
    i128::try_from(sum).unwrap_or(i128::MAX)
}
