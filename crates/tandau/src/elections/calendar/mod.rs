//! The calendar of an election: the rules' steps with the commission's own plan over them, and what each
//! step is at a moment.

mod ics;
mod json;
mod text;
mod told;

#[cfg(test)]
mod tests;

pub use ics::{IcsHead, to_ics};
pub use json::to_json;
pub(crate) use text::language;
pub use text::to_text;
pub use told::{About, Happened, Told};

use super::state::states;
use crate::platform::Error;
use crate::platform::database::{DatabaseError, Row};
use electoral::RulePack;
use electoral::calendar::{ComputedStep, Nature, Override, Record, compute};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

states! {
    /// What a version of a calendar entry says.
    EntryKind {
        /// The step has other dates than the rules compute.
        Plan = "plan",
        /// Back to the computed dates.
        Computed = "computed",
        /// The step was done.
        Done = "done",
        /// It was not done after all.
        NotDone = "not_done",
        /// The step isn't needed here (nobody asked, the case did not occur).
        NotNeeded = "not_needed",
    }
}

/// One version of what the office said about a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The contest; empty for the whole election.
    pub contest_id: String,
    /// Id of the step.
    pub step: String,
    /// From 1, for each step.
    pub version: u64,
    /// What it says.
    pub kind: EntryKind,
    /// First moment.
    pub from: Option<Timestamp>,
    /// Last moment.
    pub until: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// The decision behind it.
    pub decision_id: Option<String>,
    /// When it was put on record.
    pub made_at: Timestamp,
}

impl Entry {
    pub(super) fn read(row: &Row) -> Result<Self, DatabaseError> {
        let kind = row.text("kind")?;
        Ok(Self {
            contest_id: row.text("contest_id")?,
            step: row.text("step")?,
            version: row.count("version")?,
            kind: EntryKind::parse(&kind).ok_or_else(|| DatabaseError::Column {
                column: "kind".to_owned(),
                problem: format!("unknown word {kind}"),
            })?,
            from: row.opt_instant("from_at")?,
            until: row.opt_instant("until_at")?,
            done_at: row.opt_instant("done_at")?,
            reason: row.text("reason")?,
            decision_id: row.opt_text("decision_id")?,
            made_at: row.instant("made_at")?,
        })
    }
}

states! {
    /// What a step is at a moment.
    Progress {
        /// Done, as the office says or the records show.
        Done = "done",
        /// Its time is over, and nothing had to be done.
        Passed = "passed",
        /// The office says that it isn't needed.
        NotNeeded = "not_needed",
        /// Its time has come, or its deadline is near.
        Due = "due",
        /// The deadline is over and nobody said that it was done.
        Late = "late",
        /// Its time has not come.
        Ahead = "ahead",
        /// It counts from something that has not happened (an appeal).
        Undated = "undated",
    }
}

/// The step whose real day the decisions of call give.
const CALL: &str = "call";

/// Days before a deadline from which a duty is shown as due.
const DUE_DAYS: i64 = 7;

/// A step with its dates and what the office said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The step as computed, the office's own dates in place.
    pub step: ComputedStep,
    /// The entry whose dates stand, if the office set others.
    pub planned: Option<Entry>,
    /// The entry that says it was done or isn't needed.
    pub done: Option<Entry>,
    /// Newest version of any entry; 0 without one.
    pub version: u64,
    /// What has to happen by its date.
    pub nature: Nature,
    /// The record that shows it done.
    pub record: Option<Record>,
    /// What records say about it.
    pub happened: Option<Happened>,
}

impl Item {
    /// What the step is at a moment.
    #[must_use]
    pub fn progress(&self, now: Timestamp) -> Progress {
        match &self.done {
            Some(entry) if entry.kind == EntryKind::NotNeeded => return Progress::NotNeeded,
            Some(_) => return Progress::Done,
            None => {}
        }
        match self.happened {
            Some(Happened::Done(_)) => return Progress::Done,
            Some(Happened::NotNeeded) => return Progress::NotNeeded,
            Some(Happened::Part { .. }) | None => {}
        }
        let from = self.step.from.as_ref().map(jiff::ZonedDateTime::timestamp);
        let Some(deadline) = self.deadline() else {
            return Progress::Undated;
        };
        if self.nature == Nature::Duty {
            let soon = deadline
                .checked_sub(jiff::SignedDuration::from_hours(24 * DUE_DAYS))
                .unwrap_or(deadline);
            return if now >= deadline {
                Progress::Late
            } else if now >= from.unwrap_or(soon).min(soon) {
                Progress::Due
            } else {
                Progress::Ahead
            };
        }
        let until = self.step.until.as_ref().map(|_| deadline);
        match (from, until) {
            (Some(from), _) if now < from => Progress::Ahead,
            (Some(_), Some(until)) if now < until => Progress::Due,
            (None, Some(until)) if now < until => Progress::Ahead,
            _ => Progress::Passed,
        }
    }

    /// The first moment after the step's time: its end, or the end of the day on which it must have begun.
    fn deadline(&self) -> Option<Timestamp> {
        if let Some(until) = end(&self.step) {
            return Some(until);
        }
        let from = self.step.from.as_ref()?;
        let next = from.date().tomorrow().ok()?;
        let midnight = next.to_zoned_datetime(from.time_zone().clone()).ok()?;
        Some(midnight.timestamp())
    }
}

/// The first moment after a step: its stated hour, or the midnight that ends its day.
fn end(step: &ComputedStep) -> Option<Timestamp> {
    let until = step.until.as_ref()?.timestamp();
    if step.until_end_of_day {
        until.checked_add(jiff::SignedDuration::from_secs(1)).ok()
    } else {
        Some(until)
    }
}

/// A whole calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Steps in the order of time.
    pub items: Vec<Item>,
    /// The zone its times are in.
    pub zone: TimeZone,
    /// The day of voting it was computed for.
    pub voting_day: Date,
}

impl Plan {
    /// Computes a calendar. `called_on` is the real day of the call, from which later steps count.
    /// Own dates of the whole election are local times of `home` and hold at the same local time in `zone`.
    ///
    /// # Errors
    /// What [`compute`] refuses: an override that ends before it starts, a date outside the calendar.
    pub fn compute(
        pack: &RulePack,
        voting_day: Date,
        zone: &TimeZone,
        home: &TimeZone,
        called_on: Option<Date>,
        entries: &[Entry],
    ) -> Result<Self, Error> {
        let mut known = BTreeMap::new();
        if let Some(day) = called_on.filter(|_| pack.calendar.iter().any(|s| s.id == CALL)) {
            known.insert(CALL.to_owned(), day);
        }
        let standing = Standing::of(entries);
        let mut overrides = BTreeMap::new();
        for (step, entry) in &standing.planned {
            let zone = if entry.contest_id.is_empty() {
                home
            } else {
                zone
            };
            let local = |at: Timestamp| at.to_zoned_datetime(zone.clone()).datetime();
            overrides.insert(
                (*step).to_owned(),
                Override {
                    from: entry.from.map(local),
                    until: entry.until.map(local),
                },
            );
        }
        // A step that a later edition of the pack no longer has can't be planned.
        overrides.retain(|id, _| pack.calendar.iter().any(|s| s.id == *id));
        let mut steps = compute(pack, voting_day, zone, &known, &overrides)
            .map_err(|e| Error::field("until", e.to_string()))?;
        electoral::calendar::chronological(&mut steps);
        let items = steps
            .into_iter()
            .map(|step| (pack.calendar.iter().find(|s| s.id == step.id), step))
            .map(|(rule, step)| Item {
                planned: standing.planned.get(step.id.as_str()).map(|e| (*e).clone()),
                done: standing.done.get(step.id.as_str()).map(|e| (*e).clone()),
                version: standing.version.get(step.id.as_str()).copied().unwrap_or(0),
                nature: rule.map_or(Nature::Duty, |s| s.nature),
                record: rule.and_then(|s| s.record),
                happened: called_on.filter(|_| step.id == CALL).map(Happened::Done),
                step,
            })
            .collect();
        Ok(Self {
            items,
            zone: zone.clone(),
            voting_day,
        })
    }

    /// The calendar of the rules alone: for the command line.
    ///
    /// # Errors
    /// As [`Plan::compute`].
    pub fn of_rules(pack: &RulePack, voting_day: Date, zone: &TimeZone) -> Result<Self, Error> {
        Self::compute(pack, voting_day, zone, zone, None, &[])
    }

    /// Adds what other records say, as of a day.
    pub fn hear(&mut self, told: &[Told], today: Date) {
        for one in told {
            for item in self.items.iter_mut().filter(|item| one.is_about(item)) {
                item.happened = Happened::fuller(item.happened, one.happened.by(today));
            }
        }
    }

    /// The step with an id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|i| i.step.id == id)
    }

    /// When a step begins.
    #[must_use]
    pub fn from(&self, id: &str) -> Option<Timestamp> {
        self.item(id)?
            .step
            .from
            .as_ref()
            .map(jiff::ZonedDateTime::timestamp)
    }

    /// The first moment after a step: its stated hour, or the midnight that ends its day.
    #[must_use]
    pub fn until(&self, id: &str) -> Option<Timestamp> {
        end(&self.item(id)?.step)
    }

    /// The computed steps in the order of time.
    #[must_use]
    pub fn steps(&self) -> Vec<ComputedStep> {
        self.items.iter().map(|i| i.step.clone()).collect()
    }
}

/// The newest entries of each step; those of a contest stand before those of its election.
#[derive(Default)]
struct Standing<'e> {
    planned: BTreeMap<&'e str, &'e Entry>,
    done: BTreeMap<&'e str, &'e Entry>,
    version: BTreeMap<&'e str, u64>,
}

impl<'e> Standing<'e> {
    /// Entries come ordered by contest (the election's first), step and version.
    fn of(entries: &'e [Entry]) -> Self {
        let mut standing = Self::default();
        for entry in entries {
            let step = entry.step.as_str();
            match entry.kind {
                EntryKind::Plan => {
                    standing.planned.insert(step, entry);
                }
                EntryKind::Computed => {
                    standing.planned.remove(step);
                }
                EntryKind::Done | EntryKind::NotNeeded => {
                    standing.done.insert(step, entry);
                }
                EntryKind::NotDone => {
                    standing.done.remove(step);
                }
            }
            standing.version.insert(step, entry.version);
        }
        standing
    }
}
