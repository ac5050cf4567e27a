//! What pages and other rooms read of voting day.

pub use super::store::DayEvent;

use super::model::{self, Lateness, SlotTotal, StationDay, TurnoutReport, Unit};
use super::store;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names};
use electoral::turnout::Report;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Units read for the list of late stations at most; a district has tens, a region hundreds.
const LATE_LIMIT: i64 = 20_000;

/// A station as a counting unit of a contest.
///
/// # Errors
/// [`Error::NotFound`] when the contest has no such unit.
pub async fn unit(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Unit, Error> {
    store::unit(connection, station_id, contest_id)
        .await?
        .ok_or(Error::NotFound)
}

/// The contests in which a station votes, the newest voting day first.
///
/// # Errors
/// What the database reports.
pub async fn units_of_station(
    connection: &mut Connection,
    station_id: &str,
) -> Result<Vec<Unit>, Error> {
    Ok(store::units_of_station(connection, station_id).await?)
}

/// The day of a station in a contest; empty before its first report.
///
/// # Errors
/// What the database reports.
pub async fn day(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<StationDay, Error> {
    Ok(store::day(connection, station_id, contest_id).await?)
}

/// The days of all stations of a contest that have reported anything, by station id, in the order of numbers.
///
/// # Errors
/// What the database reports.
pub async fn days_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<(String, StationDay)>, Error> {
    Ok(store::days_of_contest(connection, contest_id).await?)
}

/// Every version of opening and closing that a station reported.
///
/// # Errors
/// What the database reports.
pub async fn events(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<DayEvent>, Error> {
    Ok(store::events(connection, station_id, contest_id).await?)
}

/// Every version of every slot that a station reported, by slot.
///
/// # Errors
/// What the database reports.
pub async fn reports(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<TurnoutReport>, Error> {
    Ok(store::reports(connection, station_id, contest_id).await?)
}

/// A station's reports as the rules' checks take them.
#[must_use]
pub fn series(reports: &[TurnoutReport]) -> Vec<Report> {
    reports
        .iter()
        .map(|r| Report {
            slot: r.slot.clone(),
            issued: r.received,
            version: u32::try_from(r.version).unwrap_or(u32::MAX),
        })
        .collect()
}

/// All reports of a contest by station, for checks in bulk.
///
/// # Errors
/// What the database reports.
pub async fn series_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<BTreeMap<String, Vec<Report>>, Error> {
    Ok(store::series_of_contest(connection, contest_id).await?)
}

/// Turnout of a contest by slot: how many stations have reported, voters who received ballots there,
/// and voters on the lists of these stations.
///
/// # Errors
/// What the database reports.
pub async fn turnout_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<SlotTotal>, Error> {
    Ok(store::turnout_of_contest(connection, contest_id).await?)
}

/// Turnout of all contests of an election by slot.
///
/// # Errors
/// What the database reports.
pub async fn turnout_of_election(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<SlotTotal>, Error> {
    Ok(store::turnout_of_election(connection, election_id).await?)
}

/// The same as [`turnout_of_contest`], summed anew from the stations' reports.
///
/// # Errors
/// What the database reports.
pub async fn recount_turnout(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<SlotTotal>, Error> {
    Ok(store::recount_turnout(connection, contest_id).await?)
}

/// How many stations of a contest have reported opening, and closing.
///
/// # Errors
/// What the database reports.
pub async fn reported_stations(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<(u64, u64), Error> {
    Ok(store::reported_stations(connection, contest_id).await?)
}

/// The voting days of an election on which nobody can vote any more: the last scheduled closing among all
/// contests of that day has passed, and no station that opened is still without a closing, unless its own
/// grace is over. Until then nothing about the votes of that day may be shown (art. 43(1), 44(5)). A contest
/// whose voting was moved waits for its own day and holds nobody else back (`docs/adr/0022`).
///
/// # Errors
/// What the database reports.
pub async fn closed_days(
    connection: &mut Connection,
    election_id: &str,
    now: Timestamp,
) -> Result<BTreeSet<Date>, Error> {
    Ok(store::closed_days(connection, election_id, now).await?)
}

/// A station to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateStation {
    /// Which.
    pub unit: Unit,
    /// Where it stands.
    pub day: StationDay,
    /// What is missing.
    pub missing: Lateness,
    /// Its chair.
    pub chair: Names,
}

/// Stations at or below an area that are late now, those who have been waited for longest first.
///
/// # Errors
/// What the database reports.
pub async fn late_stations(
    connection: &mut Connection,
    app: &App,
    area_id: &str,
    now: Timestamp,
) -> Result<Vec<LateStation>, Error> {
    let mut late = Vec::new();
    for (unit, day) in store::unfinished_units_under(connection, area_id, now, LATE_LIMIT).await? {
        let rules = app.rules.get(&unit.rules_id)?;
        if let Some(missing) = model::lateness(&rules, &unit, &day, now)? {
            let chair = store::chair(connection, &unit).await?;
            late.push(LateStation {
                unit,
                day,
                missing,
                chair,
            });
        }
    }
    Ok(late)
}

/// Who chairs the commission of a station on its voting day; empty names for nobody.
///
/// # Errors
/// What the database reports.
pub async fn chair(connection: &mut Connection, unit: &Unit) -> Result<Names, Error> {
    store::chair(connection, unit).await
}

/// The name of a station on its voting day.
///
/// # Errors
/// What the database reports.
pub async fn station_name(connection: &mut Connection, unit: &Unit) -> Result<Names, Error> {
    store::station_name(connection, unit).await
}
