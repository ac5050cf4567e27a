use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a step counts from its anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Finished with n full days free before the anchor: `A − (n + 1)` days.
    EndBefore,
    /// Running for the last n days before the anchor: `A − n` days.
    StartBefore,
    /// Finished n months before the anchor: same day number, or the month's last day where it is missing.
    EndBeforeMonths,
    /// On the day after the anchor.
    DayAfter,
    /// At the latest n days, months or hours after the anchor.
    WithinAfter,
    /// At an explicit offset of n days (may be negative) and hour.
    Fixed,
}

/// Unit of a step's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Calendar days.
    #[default]
    Days,
    /// Calendar months.
    Months,
    /// Hours, counted on the clock that keeps running through changes of zone.
    Hours,
}

/// What counting gives: a day, or hours after the anchor's own moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A day.
    Day(Date),
    /// Hours after the anchor's moment.
    HoursAfter(i32),
}

/// A date outside the years that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{n} counted from {anchor} leaves the calendar")]
pub struct DateError {
    /// The day counted from.
    pub anchor: Date,
    /// The number of days, months or hours.
    pub n: i32,
}

/// Counts from an anchor day.
///
/// # Errors
/// [`DateError`] where the result leaves the years −9999 to 9999.
pub fn apply(op: Op, anchor: Date, n: i32, unit: Unit) -> Result<Counted, DateError> {
    let fault = DateError { anchor, n };
    let days = |days: i64| {
        // The span's own limit is far beyond what an i32 holds of days within the calendar.
        if !(-7_000_000..=7_000_000).contains(&days) {
            return Err(fault);
        }
        anchor
            .checked_add(days.days())
            .map(Counted::Day)
            .map_err(|_| fault)
    };
    let months = |months: i64| {
        if !(-200_000..=200_000).contains(&months) {
            return Err(fault);
        }
        anchor
            .checked_add(months.months())
            .map(Counted::Day)
            .map_err(|_| fault)
    };
    let n = i64::from(n);
    match (op, unit) {
        (Op::EndBefore, _) => days(-(n + 1)),
        (Op::StartBefore, _) => days(-n),
        (Op::EndBeforeMonths, _) => months(-n),
        (Op::DayAfter, _) => days(1),
        (Op::WithinAfter | Op::Fixed, Unit::Days) => days(n),
        (Op::WithinAfter | Op::Fixed, Unit::Months) => months(n),
        (Op::WithinAfter | Op::Fixed, Unit::Hours) => Ok(Counted::HoursAfter(fault.n)),
    }
}
