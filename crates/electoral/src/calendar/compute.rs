use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ZonedDateTime};
use serde::{Deserialize, Serialize};

use super::op::{Counted, DateError, apply};
use super::step::{ComputedStep, Gives, Step, Unresolved};
use super::{ELECTION_DAY, Op};
use crate::rules::RulePack;

/// Dates of the commission's own calendar plan for one step, local to the area.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// First moment, if the plan sets it.
    #[serde(default)]
    pub from: Option<DateTime>,
    /// Last moment that still counts, if the plan sets it.
    #[serde(default)]
    pub until: Option<DateTime>,
}

/// Why a calendar can't be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A known date or an override is given for an id that the pack doesn't have.
    #[error("{0:?} is neither a step nor a fact of these rules")]
    UnknownId(String),
    /// An override whose end lies before its start.
    #[error("the plan ends {0:?} before it starts")]
    EndsBeforeStart(String),
    /// A step leaves the calendar.
    #[error("{step}: {error}")]
    Date {
        /// The step.
        step: String,
        /// What was counted.
        error: DateError,
    },
    /// A moment that the zone can't express.
    #[error("{0}: the zone has no such moment")]
    Zone(String),
    /// Steps that count from each other in a circle; a validated pack has none.
    #[error("{0}: counts from itself")]
    Cycle(String),
}

/// One second before the next midnight: the last moment of a day that still counts.
fn end_of_day() -> Time {
    Time::constant(23, 59, 59, 0)
}

/// Computes every step of the pack for a voting day, in the order of the pack.
///
/// `known` are dates that have happened or been decided: facts such as `registration`, or the real day of a step such as
/// `call`, which then replaces the computed day for everything that counts from it. `overrides` are the commission's
/// calendar plan: they replace the step's own dates too.
///
/// # Errors
/// [`CalendarError`] where an id is unknown, an override ends before it starts, or a date leaves the calendar.
pub fn compute(
    pack: &RulePack,
    voting_day: Date,
    zone: &TimeZone,
    known: &BTreeMap<String, Date>,
    overrides: &BTreeMap<String, Override>,
) -> Result<Vec<ComputedStep>, CalendarError> {
    let work = Work {
        pack,
        voting_day,
        zone,
        known,
        overrides,
    };
    work.check_ids()?;
    let mut done: BTreeMap<&str, ComputedStep> = BTreeMap::new();
    // Each round resolves the steps whose anchors are resolved: as many rounds as the longest chain.
    let mut left: Vec<&Step> = pack.calendar.iter().collect();
    while !left.is_empty() {
        let mut waiting = Vec::new();
        let before = left.len();
        for step in left {
            if work.waits_for(step).all(|id| done.contains_key(id)) {
                let computed = work.step(step, &done)?;
                done.insert(&step.id, computed);
            } else {
                waiting.push(step);
            }
        }
        if waiting.len() == before {
            let id = waiting.first().map(|s| s.id.clone()).unwrap_or_default();
            return Err(CalendarError::Cycle(id));
        }
        left = waiting;
    }
    Ok(pack
        .calendar
        .iter()
        .filter_map(|step| done.remove(step.id.as_str()))
        .collect())
}

struct Work<'a> {
    pack: &'a RulePack,
    voting_day: Date,
    zone: &'a TimeZone,
    known: &'a BTreeMap<String, Date>,
    overrides: &'a BTreeMap<String, Override>,
}

/// What an anchor gives to count from.
enum Anchor {
    Known {
        day: Date,
        moment: Option<ZonedDateTime>,
    },
    Missing(Unresolved),
}

impl<'a> Work<'a> {
    fn check_ids(&self) -> Result<(), CalendarError> {
        let is_step = |id: &str| self.pack.calendar.iter().any(|step| step.id == id);
        let is_fact = |id: &str| self.pack.facts.iter().any(|fact| fact.id == id);
        for id in self.known.keys() {
            if !is_step(id) && !is_fact(id) {
                return Err(CalendarError::UnknownId(id.clone()));
            }
        }
        for (id, plan) in self.overrides {
            if !is_step(id) {
                return Err(CalendarError::UnknownId(id.clone()));
            }
            if let (Some(from), Some(until)) = (plan.from, plan.until)
                && until < from
            {
                return Err(CalendarError::EndsBeforeStart(id.clone()));
            }
        }
        Ok(())
    }

    /// The steps that must be computed before this one.
    fn waits_for(&self, step: &'a Step) -> impl Iterator<Item = &'a str> {
        let calendar = &self.pack.calendar;
        [Some(step.anchor.as_str()), step.other_side.as_deref()]
            .into_iter()
            .flatten()
            .filter(move |id| calendar.iter().any(|other| other.id == *id))
    }

    fn anchor(&self, step: &Step, done: &BTreeMap<&str, ComputedStep>) -> Anchor {
        let id = step.anchor.as_str();
        if id == ELECTION_DAY {
            return Anchor::Known {
                day: self.voting_day,
                moment: None,
            };
        }
        if let Some(day) = self.known.get(id) {
            let moment = done.get(id).and_then(|other| self.counted(other)).cloned();
            let moment = moment.filter(|moment| moment.date() == *day);
            return Anchor::Known { day: *day, moment };
        }
        match done.get(id).map(|other| self.counted(other)) {
            Some(Some(moment)) => Anchor::Known {
                day: moment.date(),
                moment: Some(moment.clone()),
            },
            Some(None) => Anchor::Missing(Unresolved::StepUnresolved { step: id.into() }),
            None => Anchor::Missing(Unresolved::FactMissing { fact: id.into() }),
        }
    }

    /// The moment that others count from: the side that the step itself counts, else the other one.
    fn counted<'b>(&self, computed: &'b ComputedStep) -> Option<&'b ZonedDateTime> {
        if computed.unresolved.is_some() {
            return None;
        }
        let (from, until) = (computed.from.as_ref(), computed.until.as_ref());
        let step = self.pack.calendar.iter().find(|s| s.id == computed.id)?;
        match step.side() {
            Gives::From | Gives::Day => from.or(until),
            Gives::Until => until.or(from),
        }
    }

    fn step(
        &self,
        step: &Step,
        done: &BTreeMap<&str, ComputedStep>,
    ) -> Result<ComputedStep, CalendarError> {
        let mut computed = blank(step);
        match self.anchor(step, done) {
            Anchor::Missing(reason) => computed.unresolved = Some(reason),
            Anchor::Known { day, moment } => {
                let moment = self.count(step, day, moment)?;
                match step.side() {
                    Gives::From => computed.from = Some(moment),
                    Gives::Day => {
                        let end = moment.date().to_datetime(end_of_day());
                        computed.until = Some(self.zoned(&step.id, end, true)?);
                        computed.until_end_of_day = true;
                        computed.from = Some(moment);
                    }
                    Gives::Until => {
                        computed.until_end_of_day = step.hour.is_none() && !counts_hours(step);
                        computed.until = Some(moment);
                    }
                }
            }
        }
        if let Some(other) = step.other_side.as_deref().and_then(|id| done.get(id)) {
            match step.side() {
                Gives::From => {
                    computed.until.clone_from(&other.until);
                    computed.until_end_of_day = other.until_end_of_day;
                }
                Gives::Until => computed.from.clone_from(&other.from),
                Gives::Day => {}
            }
        }
        self.apply_plan(step, &mut computed)?;
        Ok(computed)
    }

    fn count(
        &self,
        step: &Step,
        day: Date,
        moment: Option<ZonedDateTime>,
    ) -> Result<ZonedDateTime, CalendarError> {
        let counted =
            apply(step.op, day, step.n, step.unit).map_err(|error| CalendarError::Date {
                step: step.id.clone(),
                error,
            })?;
        match counted {
            Counted::Day(day) => {
                let (hour, latest) = match step.side() {
                    Gives::From | Gives::Day => (step.hour.unwrap_or(Time::midnight()), false),
                    Gives::Until => (step.hour.unwrap_or(end_of_day()), true),
                };
                self.zoned(&step.id, day.to_datetime(hour), latest)
            }
            Counted::HoursAfter(hours) => {
                let start = match moment {
                    Some(moment) => moment,
                    None => self.zoned(&step.id, day.to_datetime(Time::midnight()), false)?,
                };
                start
                    .checked_add(SignedDuration::from_hours(i64::from(hours)))
                    .map_err(|_| CalendarError::Zone(step.id.clone()))
            }
        }
    }

    fn apply_plan(&self, step: &Step, computed: &mut ComputedStep) -> Result<(), CalendarError> {
        let Some(plan) = self.overrides.get(&step.id) else {
            return Ok(());
        };
        if let Some(from) = plan.from {
            computed.from = Some(self.zoned(&step.id, from, false)?);
            computed.overridden = true;
        }
        if let Some(until) = plan.until {
            computed.until = Some(self.zoned(&step.id, until, true)?);
            computed.until_end_of_day = until.time() == end_of_day();
            computed.overridden = true;
        }
        if computed.overridden {
            computed.unresolved = None;
        }
        if let (Some(from), Some(until)) = (&computed.from, &computed.until)
            && computed.overridden
            && until < from
        {
            return Err(CalendarError::EndsBeforeStart(step.id.clone()));
        }
        Ok(())
    }

    /// A local moment; where clocks were set back the first of two for a start, the second for an end.
    fn zoned(
        &self,
        id: &str,
        moment: DateTime,
        latest: bool,
    ) -> Result<ZonedDateTime, CalendarError> {
        let ambiguous = self.zone.to_ambiguous_zoned_datetime(moment);
        let zoned = if latest {
            ambiguous.later()
        } else {
            ambiguous.compatible()
        };
        zoned.map_err(|_| CalendarError::Zone(id.to_owned()))
    }
}

fn counts_hours(step: &Step) -> bool {
    matches!(step.op, Op::WithinAfter | Op::Fixed) && step.unit == super::Unit::Hours
}

fn blank(step: &Step) -> ComputedStep {
    ComputedStep {
        id: step.id.clone(),
        name: step.name.clone(),
        from: None,
        until: None,
        until_end_of_day: false,
        article: step.source.article.clone(),
        confidence: step.source.confidence,
        source: step.source.clone(),
        unresolved: None,
        overridden: false,
    }
}
