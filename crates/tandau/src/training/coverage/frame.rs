//! What every picture begins with: which election, as of which day.

use super::model::{CHART_DAYS, Sums};
use super::queries;
use crate::elections::model::Election;
use crate::platform::database::Connection;
use crate::platform::{App, Error, T};
use crate::readiness::board::frame::{Stay, day};
use crate::readiness::board::model::AsOf;
use electoral::forecast::{Forecast, forecast};
use electoral::training::rules::CoverageRules;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// What may stand behind the question mark.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Id of an election; the newest without it.
    #[serde(default)]
    pub election: String,
    /// A day, `2023-10-02`; today without it.
    #[serde(default)]
    pub as_of: String,
    /// Id of a region or district, for files; the country without it.
    #[serde(default)]
    pub area: String,
}

/// What a picture begins with.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The election.
    pub election: Election,
    /// The zone of its calendar.
    pub zone: TimeZone,
    /// The day.
    pub as_of: AsOf,
    stay: Stay,
}

impl Frame {
    /// Reads what was asked for; `None` while no election has stations here.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a day that can't be; [`Error::NotFound`] for an unknown election.
    pub(crate) async fn open(
        app: &App,
        t: T,
        connection: &mut Connection,
        asked: &Asked,
    ) -> Result<Option<Self>, Error> {
        let Some(election) = queries::election(connection, &asked.election).await? else {
            return Ok(None);
        };
        let zone = election.time_zone()?;
        let as_of = day(app, t, &asked.as_of, &zone)?;
        Ok(Some(Self {
            zone,
            stay: Stay::of(&asked.election, &election, &as_of),
            as_of,
            election,
        }))
    }

    /// The same, where there must be an election.
    ///
    /// # Errors
    /// As [`Frame::open`]; [`Error::NotFound`] without an election.
    pub(crate) async fn must(
        app: &App,
        t: T,
        connection: &mut Connection,
        asked: &Asked,
    ) -> Result<Self, Error> {
        Self::open(app, t, connection, asked)
            .await?
            .ok_or(Error::NotFound)
    }

    /// An address that stays with this election and day.
    pub(crate) fn href(&self, path: &str) -> String {
        self.href_with(path, "")
    }

    /// The same with one more part of a query.
    pub(crate) fn href_with(&self, path: &str, part: &str) -> String {
        self.stay.href(path, part)
    }

    /// Address of the page of a region or a district.
    pub(crate) fn area(&self, area_id: &str) -> String {
        self.href(&format!("/training/coverage/{area_id}"))
    }

    /// Address of a station's page.
    pub(crate) fn station(&self, station_id: &str) -> String {
        self.href(&format!("/training/coverage/stations/{station_id}"))
    }

    /// Days until voting; `None` when it is over.
    pub(crate) fn days_left(&self) -> Option<u64> {
        self.as_of.days_left(self.election.voting_day)
    }

    /// The last day by which stations must be covered.
    pub(crate) fn due(&self, rules: &CoverageRules) -> Date {
        let back = i64::try_from(rules.days_before.value).unwrap_or(0);
        let day = self.election.voting_day;
        day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
    }

    /// The day on which charts begin.
    pub(crate) fn chart_from(&self) -> Date {
        self.as_of.back(CHART_DAYS)
    }

    /// Stations that are expected to be uncovered on voting day, if the pace of the last days goes on; never more than
    /// there are. `None` with too few days, and when it has come.
    pub(crate) fn outlook(&self, series: &[(Date, u64)], sums: Sums) -> Option<Forecast> {
        let left = u32::try_from(self.days_left()?).ok().filter(|d| *d > 0)?;
        let values: Vec<u64> = series.iter().map(|(_, value)| *value).collect();
        let told = forecast(&values, left)?;
        Some(Forecast {
            low: told.low.min(sums.stations),
            middle: told.middle.min(sums.stations),
            high: told.high.min(sums.stations),
            ..told
        })
    }
}
