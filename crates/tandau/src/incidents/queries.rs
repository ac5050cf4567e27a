//! What pages and other rooms may read of incidents.

use super::model::Incident;
use super::statistics::{Public, redact};
use super::store;
pub use super::store::{Asked, Event, Station, Wanted};
use crate::elections::queries as elections;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names, ids};
use std::collections::BTreeSet;

/// An incident.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Incident, Error> {
    if ids::is_id(id) {
        store::by_id(connection, id).await
    } else {
        Err(Error::NotFound)
    }
}

/// Everything that happened to an incident.
///
/// # Errors
/// What the database reports.
pub async fn events(connection: &mut Connection, id: &str) -> Result<Vec<Event>, Error> {
    store::events(connection, id).await
}

/// What outside bodies were asked.
///
/// # Errors
/// What the database reports.
pub async fn tasks(connection: &mut Connection, id: &str) -> Result<Vec<Asked>, Error> {
    store::tasks(connection, id).await
}

/// Incidents at or below an area that are not over: those that nobody has begun first, by the end of their clock.
///
/// # Errors
/// What the database reports.
pub async fn open_under(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    wanted: &Wanted,
    most: i64,
) -> Result<Vec<Incident>, Error> {
    store::under(connection, area_id, election_id, wanted, true, most).await
}

/// Incidents at or below an area that are over or merged, the last first.
///
/// # Errors
/// What the database reports.
pub async fn done_under(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    wanted: &Wanted,
    most: i64,
) -> Result<Vec<Incident>, Error> {
    store::under(connection, area_id, election_id, wanted, false, most).await
}

/// What could be the same incident: at the same station, or of the same kind in the same district.
///
/// # Errors
/// What the database reports.
pub async fn like_it(
    connection: &mut Connection,
    incident: &Incident,
) -> Result<Vec<Incident>, Error> {
    store::like_it(connection, incident).await
}

/// Incidents that this one goes on for: id and number.
///
/// # Errors
/// What the database reports.
pub async fn merged_here(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<(String, u64)>, Error> {
    store::merged_here(connection, id).await
}

/// A station as incidents need it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn station(connection: &mut Connection, id: &str) -> Result<Station, Error> {
    if ids::is_id(id) {
        store::station(connection, id).await
    } else {
        Err(Error::NotFound)
    }
}

/// The name of a person.
///
/// # Errors
/// What the database reports.
pub async fn person(connection: &mut Connection, id: &str) -> Result<Option<Names>, Error> {
    Ok(store::person(connection, id).await?)
}

/// What the public may see of an election's incidents.
///
/// # Errors
/// What the database reports.
pub async fn public(
    connection: &mut Connection,
    app: &App,
    election_id: &str,
) -> Result<Public, Error> {
    let regions: BTreeSet<String> = elections::contests(connection, election_id)
        .await?
        .into_iter()
        .map(|c| c.region_id)
        .collect();
    let regions: Vec<String> = regions.into_iter().collect();
    let counted = store::counts::counts(connection, election_id).await?;
    let responses = store::counts::responses(connection, election_id).await?;
    Ok(redact(
        app.rules.incidents(),
        app.rules.smallest_group(),
        &regions,
        &counted,
        &responses,
    ))
}
