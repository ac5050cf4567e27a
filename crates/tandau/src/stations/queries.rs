//! What other rooms and pages may read of stations.

use super::model::{Station, StationVersion};
use super::store::{self, Wanted};
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::search::patterns;
use jiff::civil::Date;
use std::collections::HashMap;

/// A station as of a day (its first version for a day before that).
///
/// # Errors
/// [`Error::NotFound`].
pub async fn as_of(connection: &mut Connection, id: &str, day: Date) -> Result<Station, Error> {
    store::as_of(connection, id, day).await
}

/// Every version of a station, newest first.
///
/// # Errors
/// What the database reports.
pub async fn versions(connection: &mut Connection, id: &str) -> Result<Vec<StationVersion>, Error> {
    Ok(store::versions(connection, id).await?)
}

/// The id of the station whose own area this is.
///
/// # Errors
/// What the database reports.
pub async fn id_by_area(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Option<String>, Error> {
    Ok(store::by_area(connection, area_id).await?)
}

/// Ids of all stations that lie in an area or anywhere below it.
///
/// # Errors
/// What the database reports.
pub async fn ids_under(connection: &mut Connection, area_id: &str) -> Result<Vec<String>, Error> {
    Ok(store::ids_under(connection, area_id).await?)
}

/// Stations of a district or city as of a day, by number.
///
/// # Errors
/// What the database reports.
pub async fn of_district(
    connection: &mut Connection,
    district_id: &str,
    day: Date,
) -> Result<Vec<Station>, Error> {
    Ok(store::of_district(connection, district_id, day).await?)
}

/// Stations that bear a number on a day: at most one in each region.
///
/// # Errors
/// What the database reports.
pub async fn by_number(
    connection: &mut Connection,
    number: u64,
    day: Date,
) -> Result<Vec<Station>, Error> {
    let Ok(number) = i64::try_from(number) else {
        return Ok(Vec::new());
    };
    Ok(store::by_number(connection, number, day).await?)
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Stations of the page asked for.
    pub stations: Vec<Station>,
    /// How many there are in all.
    pub total: u64,
    /// Voters on their lists.
    pub voters: u64,
}

/// Stations as of a day whose number, building, address, district or region has every word (the first
/// four), whatever the diacritics; the station with that number first. Without words all stations.
///
/// # Errors
/// What the database reports.
pub async fn search(
    connection: &mut Connection,
    words: &str,
    day: Date,
    limit: u32,
    offset: u32,
) -> Result<Found, Error> {
    let wanted = wanted(words, day);
    let (total, voters) = store::count_found(connection, &wanted).await?;
    let stations = store::search(connection, &wanted, i64::from(limit), i64::from(offset)).await?;
    Ok(Found {
        stations,
        total,
        voters,
    })
}

fn wanted(words: &str, day: Date) -> Wanted {
    let folded = electoral::collation::fold(words);
    let number = folded
        .split_whitespace()
        .find_map(|word| word.parse::<i64>().ok())
        .unwrap_or(-1);
    Wanted {
        patterns: patterns(words),
        number,
        day,
    }
}

/// Stations and voters on their lists in each area directly below one, by the area's id.
///
/// # Errors
/// What the database reports.
pub async fn count_by_area(
    connection: &mut Connection,
    area_id: &str,
    day: Date,
) -> Result<HashMap<String, (u64, u64)>, Error> {
    let counted = store::count_by_area(connection, area_id, day).await?;
    Ok(counted
        .into_iter()
        .map(|(area, stations, voters)| (area, (stations, voters)))
        .collect())
}
