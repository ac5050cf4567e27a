//! Travel and days of the planner.

use super::{TrainingError, values};
use crate::rules::Confidence;
use crate::survey::Value;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// Travel and days of the planner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannerRules {
    /// Kilometres an hour on the road.
    pub road_kmh: Value,
    /// A road in percent of the straight line.
    pub detour_percent: Value,
    /// Minutes of a session.
    pub session_minutes: Value,
    /// Minutes after midnight at which the first session of a day begins.
    pub first_minute: Value,
    /// Minutes after midnight at which the second one begins.
    pub second_minute: Value,
    /// Kilometres on the road that members come at most.
    pub reach_km: Value,
    /// The same for members of territorial commissions, who come from their districts.
    pub territorial_reach_km: Value,
    /// Minutes of a trainer's way to the first hall, and home from the last, at most.
    pub trip_minutes: Value,
    /// So many kilometres of one member are worth one session less.
    pub session_km: Value,
    /// Days of the week on which nothing is planned, 1 for Monday to 7.
    pub rest_days: Vec<i8>,
    /// Holidays of every year, and those of one.
    #[serde(rename = "holiday")]
    pub holidays: Vec<Holiday>,
}

/// A day on which nothing is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// `10-25` for every year, `2023-06-28` for one.
    pub day: String,
    /// Where it stands.
    pub article: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// What it is.
    #[serde(default)]
    pub note: String,
}

impl Holiday {
    fn is_on(&self, date: Date) -> bool {
        let text = date.to_string();
        text == self.day || text.get(5..).is_some_and(|rest| rest == self.day)
    }

    fn is_sound(&self) -> bool {
        // 2024 has all days that there are.
        let whole = if self.day.len() == 5 {
            format!("2024-{}", self.day)
        } else {
            self.day.clone()
        };
        whole.parse::<Date>().is_ok()
    }
}

impl PlannerRules {
    pub(super) fn check(&self) -> Result<(), TrainingError> {
        values(&[
            ("planner.road_kmh", &self.road_kmh, 1, 200),
            ("planner.detour_percent", &self.detour_percent, 100, 500),
            ("planner.session_minutes", &self.session_minutes, 15, 720),
            ("planner.first_minute", &self.first_minute, 0, 1_439),
            ("planner.second_minute", &self.second_minute, 0, 1_439),
            ("planner.reach_km", &self.reach_km, 1, 2_000),
            (
                "planner.territorial_reach_km",
                &self.territorial_reach_km,
                1,
                2_000,
            ),
            ("planner.trip_minutes", &self.trip_minutes, 1, 1_439),
            ("planner.session_km", &self.session_km, 1, 100_000),
        ])?;
        if self.second_minute.value < self.first_minute.value + self.session_minutes.value {
            return Err(TrainingError::Section(
                "planner.second_minute lies in the first session".to_owned(),
            ));
        }
        if self.rest_days.iter().any(|day| !(1..=7).contains(day)) || self.rest_days.len() > 6 {
            return Err(TrainingError::Section(
                "planner.rest_days are days of the week from 1 to 7, at most six".to_owned(),
            ));
        }
        match self.holidays.iter().find(|holiday| !holiday.is_sound()) {
            Some(holiday) => Err(TrainingError::Section(format!(
                "planner.holiday: {} is no day",
                holiday.day
            ))),
            None => Ok(()),
        }
    }

    /// Whether sessions may be planned on a day.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        let weekday: Weekday = date.weekday();
        !self.rest_days.contains(&weekday.to_monday_one_offset())
            && !self.holidays.iter().any(|holiday| holiday.is_on(date))
    }
}
