use jiff::ZonedDateTime;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::op::{Op, Unit};
use crate::rules::{Confidence, Source};
use crate::text::Text;

/// Which side of a period the counted day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// The period starts there.
    From,
    /// The period ends there.
    Until,
    /// The period is that whole day.
    Day,
}

/// What has to happen by a step's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Somebody must do something; it is late until somebody says that it is done.
    #[default]
    Duty,
    /// The law's own limit: it passes by itself.
    Limit,
    /// Only if a case occurs (an appeal, a tie).
    Case,
}

/// Which record of the commissions' work shows that a step is done, so that nobody has to say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// Decisions that call the election.
    Calls,
    /// Seats of the commissions that run the contests.
    ContestCommissions,
    /// Seats of the stations' commissions.
    StationCommissions,
    /// Signatures counted, candidate by candidate.
    SignaturesChecked,
    /// Opening of the stations.
    StationsOpened,
    /// Protocols that the chairs have confirmed.
    ProtocolsConfirmed,
    /// Outcomes of the contests.
    OutcomesDetermined,
    /// Registration of the elected.
    ElectedRegistered,
    /// Publication of the results.
    ResultsPublished,
}

/// One step of the calendar as the rule pack writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// What is counted from: the election day, another step or a fact.
    pub anchor: String,
    /// How it is counted.
    pub op: Op,
    /// The number counted.
    #[serde(default)]
    pub n: i32,
    /// Its unit.
    #[serde(default)]
    pub unit: Unit,
    /// Local hour, where the law states one.
    #[serde(default)]
    pub hour: Option<Time>,
    /// Which side of the period this is, where the operation alone doesn't tell.
    #[serde(default)]
    pub gives: Option<Gives>,
    /// The step whose moment is the other side of the period.
    #[serde(default)]
    pub other_side: Option<String>,
    /// What has to happen by its date.
    #[serde(default)]
    pub nature: Nature,
    /// The record that shows it done; without one an office says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    /// Source of the rule.
    pub source: Source,
}

impl Step {
    /// Which side of the period the counted day is.
    #[must_use]
    pub fn side(&self) -> Gives {
        self.gives.unwrap_or(match self.op {
            Op::EndBefore | Op::EndBeforeMonths | Op::WithinAfter => Gives::Until,
            Op::StartBefore | Op::DayAfter | Op::Fixed => Gives::From,
        })
    }
}

/// Why a step has no date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Unresolved {
    /// It counts from a fact that isn't known yet.
    FactMissing {
        /// Id of the fact.
        fact: String,
    },
    /// It counts from a step that has no date.
    StepUnresolved {
        /// Id of the step.
        step: String,
    },
}

/// One step with its dates.
///
/// `from` is the first moment, `until` the last one that still counts. Where the law gives no hour, a day starts at
/// 00:00:00 and ends at 23:59:59, so that the date shown is the day meant; [`ComputedStep::until_end_of_day`] tells such an end
/// (the law's "24:00") from a stated hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComputedStep {
    /// Id of the step.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// First moment, in the zone of the area.
    pub from: Option<ZonedDateTime>,
    /// Last moment that still counts, in the zone of the area.
    pub until: Option<ZonedDateTime>,
    /// Whether `until` is the end of a day rather than a stated hour.
    pub until_end_of_day: bool,
    /// Article with paragraph.
    pub article: String,
    /// How far the rule can be relied on.
    pub confidence: Confidence,
    /// The whole source.
    pub source: Source,
    /// Why there are no dates.
    pub unresolved: Option<Unresolved>,
    /// Whether the commission's own plan replaced the formula.
    pub overridden: bool,
}

impl ComputedStep {
    /// The moment that orders steps: the start, else the end.
    #[must_use]
    pub fn moment(&self) -> Option<&ZonedDateTime> {
        self.from.as_ref().or(self.until.as_ref())
    }
}

/// Puts steps in the order of time; those without dates come last, equal moments keep the order of the pack.
pub fn chronological(steps: &mut [ComputedStep]) {
    steps.sort_by(|a, b| match (a.moment(), b.moment()) {
        (Some(a), Some(b)) => a.cmp(b),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => std::cmp::Ordering::Equal,
    });
}

/// Local time as ISO 8601 with offset, `2023-10-05T18:00:00+06:00`.
#[must_use]
pub fn iso(moment: &ZonedDateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
