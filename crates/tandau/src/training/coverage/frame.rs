//! What every picture begins with: which election, as of which day.

use super::model::{CHART_DAYS, Sums};
use super::queries;
use crate::elections::model::Election;
use crate::platform::database::Connection;
use crate::platform::i18n::date_short;
use crate::platform::{App, Error, T};
use crate::readiness::board::model::{AsOf, NoDay};
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
    kept: String,
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
        let now = app.clock.now();
        let as_of =
            AsOf::read(Some(&asked.as_of), now, &zone).map_err(|problem| match problem {
                NoDay::Form => Error::field("as_of", t.board_no_day()),
                NoDay::Future => {
                    let today = now.to_zoned_datetime(zone.clone()).date();
                    Error::field("as_of", t.board_future_day(date_short(t.lang, today)))
                }
            })?;
        let mut kept = Vec::new();
        if !asked.election.is_empty() {
            kept.push(format!("election={}", election.id));
        }
        if !as_of.today {
            kept.push(format!("as_of={}", as_of.day));
        }
        Ok(Some(Self {
            zone,
            as_of,
            kept: kept.join("&"),
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
        let parts = [self.kept.as_str(), part];
        let query: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", query.join("&"))
        }
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
        let back = jiff::Span::new().days(CHART_DAYS);
        self.as_of.day.checked_sub(back).unwrap_or(self.as_of.day)
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
