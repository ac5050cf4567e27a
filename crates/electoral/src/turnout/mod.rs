//! Whether a station's turnout reports are believable.
//!
//! A report is the number of voters who received ballots since the opening. A correction is a new version of a slot,
//! never a change of the old one.

#[cfg(test)]
mod tests;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::rules::TurnoutRules;

/// One report of one slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Id of the slot.
    pub slot: String,
    /// Voters who received ballots since the opening.
    pub issued: u64,
    /// Number of the version; the highest counts.
    pub version: u32,
}

/// Something about a series that must be explained or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SeriesFinding {
    /// Fewer voters than in an earlier slot.
    Falling {
        /// The slot.
        slot: String,
        /// Its figure.
        issued: u64,
        /// The earlier slot with more.
        before: String,
        /// Its figure.
        issued_before: u64,
    },
    /// More voters than the list has.
    AboveList {
        /// The slot.
        slot: String,
        /// Its figure.
        issued: u64,
        /// Voters on the list.
        list: u64,
    },
    /// More voters since the last report than a station can serve.
    TooFast {
        /// The slot.
        slot: String,
        /// Voters since the last report or the opening.
        added: u64,
        /// Minutes between.
        minutes: u32,
        /// Most voters in that time by the rules.
        limit: u64,
    },
    /// Turnout grew by more points than is usual.
    TooSteep {
        /// The slot.
        slot: String,
        /// Voters since the last report or the opening.
        added: u64,
        /// Minutes between.
        minutes: u32,
        /// Most voters in that time by the rules.
        limit: u64,
    },
    /// A slot that was due has no report.
    Missing {
        /// The slot.
        slot: String,
    },
    /// A report for a slot that the rules don't have.
    UnknownSlot {
        /// The slot named.
        slot: String,
    },
}

/// The newest version of each slot, in the order in which slots first appear.
#[must_use]
pub fn latest(reports: &[Report]) -> Vec<&Report> {
    let mut newest: Vec<&Report> = Vec::new();
    for report in reports {
        match newest.iter_mut().find(|known| known.slot == report.slot) {
            Some(known) if known.version < report.version => *known = report,
            Some(_) => {}
            None => newest.push(report),
        }
    }
    newest
}

/// Checks a station's series.
///
/// `opened` is the local start of voting, `due` the number of slots of the rules that are over. Findings come slot by slot.
/// Speed is judged over the whole time since the last report, so a missing slot isn't held against the next one.
#[must_use]
pub fn check_series(
    rules: &TurnoutRules,
    list: u64,
    opened: Time,
    due: usize,
    reports: &[Report],
) -> Vec<SeriesFinding> {
    let newest = latest(reports);
    let mut findings = Vec::new();
    let mut highest: Option<&Report> = None;
    let mut last: (Time, u64) = (opened, 0);
    for (index, slot) in rules.slots.iter().enumerate() {
        let Some(report) = newest.iter().find(|report| report.slot == slot.id) else {
            if index < due {
                findings.push(SeriesFinding::Missing {
                    slot: slot.id.clone(),
                });
            }
            continue;
        };
        if let Some(before) = highest
            && report.issued < before.issued
        {
            findings.push(SeriesFinding::Falling {
                slot: slot.id.clone(),
                issued: report.issued,
                before: before.slot.clone(),
                issued_before: before.issued,
            });
        } else {
            highest = Some(report);
        }
        if report.issued > list {
            findings.push(SeriesFinding::AboveList {
                slot: slot.id.clone(),
                issued: report.issued,
                list,
            });
        }
        if let Some(time) = slot.time {
            findings.extend(speed(rules, list, &slot.id, last, (time, report.issued)));
            last = (time, report.issued);
        }
    }
    for report in newest {
        if !rules.slots.iter().any(|slot| slot.id == report.slot) {
            findings.push(SeriesFinding::UnknownSlot {
                slot: report.slot.clone(),
            });
        }
    }
    findings
}

/// Minutes of the day.
fn minutes(time: Time) -> u32 {
    let part = |part: i8| u32::try_from(part).unwrap_or(0);
    part(time.hour()) * 60 + part(time.minute())
}

fn speed(
    rules: &TurnoutRules,
    list: u64,
    slot: &str,
    (from, before): (Time, u64),
    (to, now): (Time, u64),
) -> Option<SeriesFinding> {
    let between = minutes(to).checked_sub(minutes(from)).filter(|m| *m > 0)?;
    let added = now.checked_sub(before)?;
    let part = u128::from(between);
    let most = u128::from(rules.voters_per_hour_max.value) * part / 60;
    let limit = |most: u128| u64::try_from(most).unwrap_or(u64::MAX);
    if u128::from(added) > most {
        return Some(SeriesFinding::TooFast {
            slot: slot.to_owned(),
            added,
            minutes: between,
            limit: limit(most),
        });
    }
    let steep = rules.growth_per_hour_percent_max.value.of_ceil(list) * part / 60;
    (u128::from(added) > steep).then(|| SeriesFinding::TooSteep {
        slot: slot.to_owned(),
        added,
        minutes: between,
        limit: limit(steep),
    })
}
