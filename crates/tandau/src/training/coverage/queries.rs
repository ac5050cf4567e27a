//! What pages, files and other parts of training read.

use super::model::{District, Place, Sitting, Stand, StationStand};
use super::store::{self, read};
use crate::bind;
use crate::elections::{self, model::Election};
use crate::platform::database::{Connection, DatabaseError};
use crate::platform::{App, Error, ids};
use crate::readiness::board::model::{AsOf, carried};
use jiff::civil::Date;

/// The election that is asked for, or the newest whose stations are on record here.
///
/// # Errors
/// [`Error::NotFound`] for an unknown one.
pub async fn election(connection: &mut Connection, asked: &str) -> Result<Option<Election>, Error> {
    if !asked.is_empty() {
        return Ok(Some(elections::queries::election(connection, asked).await?));
    }
    match connection.first(read::CURRENT, bind![]).await? {
        Some(row) => Ok(Some(
            elections::queries::election(connection, &row.text("id")?).await?,
        )),
        None => Ok(None),
    }
}

/// Sums of the districts as of a day.
///
/// # Errors
/// What the database reports.
pub async fn districts(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
) -> Result<Vec<District>, Error> {
    let values = bind![election_id, as_of.bound(), as_of.day];
    let rows = connection.all(read::DISTRICTS, values).await?;
    Ok(rows.iter().map(read::district).collect::<Result<_, _>>()?)
}

/// Stations of an area (a region, a district; `""` for all) that were not covered at the end of each day from `from` on.
///
/// # Errors
/// What the database reports.
pub async fn open_by_day(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    area_id: &str,
    from: Date,
) -> Result<Vec<(Date, u64)>, Error> {
    let values = bind![election_id, as_of.bound(), area_id];
    let rows = connection.all(read::CHANGES_BY_DAY, values).await?;
    let changes = rows
        .iter()
        .map(|row| Ok((row.date("day")?.min(as_of.day), row.int("change")?)))
        .collect::<Result<Vec<_>, DatabaseError>>()?;
    Ok(carried(&changes, from, as_of.day))
}

/// Stations of an area (a region, a district; `""` for all) as of a day, district by district.
///
/// # Errors
/// What the database reports.
pub async fn stations(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    area_id: &str,
) -> Result<Vec<StationStand>, Error> {
    let values = bind![election_id, as_of.bound(), area_id, as_of.day];
    let rows = connection.all(read::STATIONS, values).await?;
    Ok(rows.iter().map(read::station).collect::<Result<_, _>>()?)
}

/// Where a station stood from which day on, the newest first; none of a day on which it was no longer asked.
///
/// # Errors
/// What the database reports.
pub async fn days(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    station_id: &str,
) -> Result<Vec<(Date, Option<Stand>)>, Error> {
    Ok(read::days(connection, election_id, station_id, &as_of.bound()).await?)
}

/// A station as it stands now.
///
/// # Errors
/// [`Error::NotFound`] for one that doesn't belong to the election.
pub async fn place(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
) -> Result<Place, Error> {
    if !ids::is_id(station_id) {
        return Err(Error::NotFound);
    }
    let known = read::place_of(connection, election_id, station_id).await?;
    known.ok_or(Error::NotFound)
}

/// Stations below an area that are not covered now, the worst first, at most `limit`; and how many there are.
///
/// # Errors
/// What the database reports.
pub async fn open_under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
    limit: u32,
) -> Result<(Vec<Place>, u64), Error> {
    Ok(read::open_under(connection, election_id, area_id, i64::from(limit)).await?)
}

/// Who sits in a station's commission on a day, and how far they are with their training.
///
/// # Errors
/// What the database reports.
pub async fn sitting(
    connection: &mut Connection,
    app: &App,
    (election_id, station_id): (&str, &str),
    day: Date,
) -> Result<Vec<Sitting>, Error> {
    let groups = store::groups(&app.rules.training().coverage);
    Ok(read::sitting(connection, (election_id, station_id), day, &groups).await?)
}
