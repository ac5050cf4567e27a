//! Stations and their items.

use super::super::model::{AsOf, ItemState, ItemStatus, Mending, StationCounts, StationNames};
use super::super::store;
use crate::bind;
use crate::platform::database::{Connection, DatabaseError};
use crate::platform::{Error, Names, ids};
use crate::readiness::model::{Cause, ORIGIN};
use crate::tasks::TaskState;
use jiff::civil::Date;
use std::collections::HashMap;

/// Counts of all stations up to a day.
///
/// # Errors
/// What the database reports.
pub async fn stations(
    connection: &mut Connection,
    election_id: &str,
    bound: &str,
) -> Result<Vec<StationCounts>, Error> {
    let rows = connection
        .all(store::STATIONS, bind![election_id, bound])
        .await?;
    Ok(rows.iter().map(store::station).collect::<Result<_, _>>()?)
}

/// Counts of the stations of a district.
///
/// # Errors
/// What the database reports.
pub async fn of_district(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    district_id: &str,
) -> Result<Vec<StationCounts>, Error> {
    of_district_by(connection, election_id, &as_of.bound(), district_id).await
}

/// Counts of the stations of a district up to a day.
///
/// # Errors
/// What the database reports.
pub async fn of_district_by(
    connection: &mut Connection,
    election_id: &str,
    bound: &str,
    district_id: &str,
) -> Result<Vec<StationCounts>, Error> {
    let rows = connection
        .all(store::OF_DISTRICT, bind![election_id, bound, district_id])
        .await?;
    Ok(rows.iter().map(store::station).collect::<Result<_, _>>()?)
}

/// Counts of one station; `None` when nothing is on record.
///
/// # Errors
/// What the database reports.
pub async fn one(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    station_id: &str,
) -> Result<Option<StationCounts>, Error> {
    let row = connection
        .first(store::ONE, bind![election_id, as_of.bound(), station_id])
        .await?;
    let counted = row.as_ref().map(store::station).transpose()?;
    // A station that is no longer asked keeps a row of nothing.
    Ok(counted.filter(|c| c.counts.expected > 0))
}

/// What a station is called on a day.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn station_names(
    connection: &mut Connection,
    station_id: &str,
    day: Date,
) -> Result<StationNames, Error> {
    if !ids::is_id(station_id) {
        return Err(Error::NotFound);
    }
    let row = connection
        .first(store::STATION_NAMES, bind![station_id, day])
        .await?
        .ok_or(Error::NotFound)?;
    Ok(StationNames {
        number: row.count("number")?,
        names: row.names("name")?,
        address: row.names("address")?,
        zone: row.text("zone")?,
        district_id: row.text("district_id")?,
        district_names: row.names("district")?,
        region_id: row.text("region_id")?,
        region_names: row.names("region")?,
    })
}

/// Number and name of every station of an election, by its id.
///
/// # Errors
/// What the database reports.
pub async fn all_names(
    connection: &mut Connection,
    election_id: &str,
    day: Date,
) -> Result<HashMap<String, (u64, Names)>, Error> {
    let rows = connection
        .all(store::ALL_NAMES, bind![election_id, day])
        .await?;
    let named = rows
        .iter()
        .map(|row| {
            let named = (row.count("number")?, row.names("name")?);
            Ok((row.text("id")?, named))
        })
        .collect::<Result<_, DatabaseError>>()?;
    Ok(named)
}

/// What is known of the items of a station; items without an answer are not among them.
///
/// # Errors
/// What the database reports.
pub async fn items(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    station_id: &str,
) -> Result<Vec<ItemState>, Error> {
    if as_of.today {
        let rows = connection
            .all(store::ITEMS_NOW, bind![election_id, station_id])
            .await?;
        let now = rows
            .iter()
            .map(|row| {
                Ok(ItemState {
                    station_id: row.text("station_id")?,
                    item: row.text("item")?,
                    status: ItemStatus::parse(&row.text("status")?),
                    since: Some(row.instant("since")?),
                })
            })
            .collect::<Result<_, DatabaseError>>()?;
        return Ok(now);
    }
    let rows = connection
        .all(store::ANSWERS, bind![election_id, station_id, as_of.moment])
        .await?;
    let mut states: Vec<ItemState> = Vec::new();
    for row in &rows {
        let item = row.text("item")?;
        let since = Some(row.instant("made_at")?);
        // Further answers of the station end no dispute: a person decides.
        let waits = row.text("cause")? == Cause::Station.as_str()
            && states
                .last()
                .is_some_and(|s| s.item == item && s.status == ItemStatus::Disputed);
        let status = if waits || row.flag("conflict")? {
            ItemStatus::Disputed
        } else {
            ItemStatus::parse(&row.text("status")?)
        };
        match states.last_mut().filter(|state| state.item == item) {
            Some(state) if state.status == status => {}
            Some(state) => {
                state.status = status;
                state.since = since;
            }
            None => states.push(ItemState {
                station_id: row.text("station_id")?,
                item,
                status,
                since,
            }),
        }
    }
    Ok(states)
}

/// The same for every station of a district.
///
/// # Errors
/// What the database reports.
pub async fn items_of_district(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    stations: &[StationCounts],
) -> Result<Vec<ItemState>, Error> {
    let mut all = Vec::new();
    for station in stations {
        all.extend(items(connection, election_id, as_of, &station.station_id).await?);
    }
    Ok(all)
}

/// Unmet items of a station that somebody is putting right.
///
/// # Errors
/// What the database reports.
pub async fn mending(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    station_id: &str,
) -> Result<Vec<Mending>, Error> {
    let rows = connection
        .all(
            store::MENDING,
            bind![election_id, station_id, as_of.moment, ORIGIN],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let state = row.text("state")?;
        all.push(Mending {
            station_id: row.text("station_id")?,
            item: row.text("item")?,
            body: row.text("addressee_kind")?,
            since: row.instant("opened_at")?,
            due: row.instant("due_at")?,
            state: TaskState::parse(&state).ok_or_else(|| Error::internal(state))?,
        });
    }
    Ok(all)
}
