//! The hours of turnout reports, and the one hour by which territories are compared.

use super::words::{sentence_start, share};
use crate::platform::{App, T};
use crate::results::queries::{Election, SlotTotal};
use crate::votingday::model::slot_name;
use electoral::number::Percent;
use electoral::rules::Confidence;
use std::collections::BTreeMap;

/// An hour of the rules up to which voters are counted.
pub(super) struct SlotRule {
    pub(super) id: String,
    /// Minute of the day; the report after closing has none.
    pub(super) minute: Option<u32>,
    /// Known from memory only, not from a source.
    remembered: bool,
}

/// All hours of a voting day, in the order of the rules.
#[derive(Default)]
pub(super) struct Slots {
    pub(super) all: Vec<SlotRule>,
    compared_from: Option<Percent>,
}

impl Slots {
    /// The hours of an election's rules.
    pub(super) fn of(app: &App, election: &Election) -> Self {
        let Ok(pack) = app.rules.get(&election.rules_id) else {
            return Self::default();
        };
        let Some(turnout) = &pack.turnout else {
            return Self::default();
        };
        Self {
            all: turnout
                .slots
                .iter()
                .map(|slot| SlotRule {
                    id: slot.id.clone(),
                    minute: slot.time.map(|time| {
                        u32::from(time.hour().unsigned_abs()) * 60
                            + u32::from(time.minute().unsigned_abs())
                    }),
                    remembered: slot.source.confidence == Confidence::FromMemory,
                })
                .collect(),
            compared_from: Some(turnout.compared_from_percent.value),
        }
    }

    /// Reports of several contests slot by slot; slots nobody reported are left out.
    pub(super) fn series(&self, reports: &[SlotTotal]) -> Vec<(&SlotRule, SlotTotal)> {
        let mut sums: BTreeMap<&str, SlotTotal> = BTreeMap::new();
        for report in reports {
            let sum = sums.entry(&report.slot).or_insert_with(|| SlotTotal {
                contest_id: String::new(),
                slot: report.slot.clone(),
                stations: 0,
                received: 0,
                voters: 0,
            });
            sum.stations = sum.stations.saturating_add(report.stations);
            sum.received = sum.received.saturating_add(report.received);
            sum.voters = sum.voters.saturating_add(report.voters);
        }
        self.all
            .iter()
            .filter_map(|rule| {
                let sum = sums.remove(rule.id.as_str()).filter(|s| s.stations > 0)?;
                Some((rule, sum))
            })
            .collect()
    }

    /// The hour by which figures are shown and compared: the newest that enough of the expected stations have
    /// reported, by the rules. Before that, the one that most have reported: the first reports of a new hour
    /// come from a few stations and say nothing about the others.
    pub(super) fn compared(&self, reports: &[SlotTotal], expected: u64) -> Option<SlotTotal> {
        let mut series = self.series(reports);
        let covered = series.iter().rposition(|(_, sum)| {
            self.compared_from
                .is_none_or(|percent| percent.reached(sum.stations, expected))
        });
        let place = covered.or_else(|| {
            let most = series.iter().map(|(_, sum)| sum.stations).max()?;
            series.iter().rposition(|(_, sum)| sum.stations == most)
        })?;
        Some(series.swap_remove(place).1)
    }

    /// The sum of some reports at one hour, for a comparison.
    pub(super) fn at(&self, slot: &str, reports: &[SlotTotal]) -> Option<SlotTotal> {
        self.series(reports)
            .into_iter()
            .find(|(rule, _)| rule.id == slot)
            .map(|(_, sum)| sum)
    }

    /// Which hours are known from memory only; empty when none is.
    pub(super) fn note(&self, t: T) -> String {
        let remembered: Vec<&str> = self
            .all
            .iter()
            .filter(|rule| rule.remembered)
            .map(|rule| rule.id.as_str())
            .collect();
        if remembered.is_empty() {
            String::new()
        } else {
            t.results_turnout_remembered(remembered.join(", "))
        }
    }
}

/// "16:00: 42 of 45 stations reporting".
pub(super) fn coverage(t: T, sum: &SlotTotal, expected: u64) -> String {
    let at = sentence_start(&slot_name(t, &sum.slot));
    t.results_turnout_at(at, sum.stations, expected)
}

/// Turnout with its hour and coverage, as the map says it.
pub(super) fn with_coverage(t: T, sum: &SlotTotal, expected: u64) -> String {
    format!(
        "{} ({})",
        share(t, sum.received, sum.voters),
        t.results_turnout_at(slot_name(t, &sum.slot), sum.stations, expected)
    )
}

#[cfg(test)]
#[path = "slots_tests.rs"]
mod tests;
