//! What other rooms know and a protocol's page must name: ballot, members, decisions.

use super::*;
use crate::bind;
use crate::platform::Names;
use crate::platform::database::{Connection, DatabaseError};
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(crate) async fn contests_under(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<(String, Names)>, DatabaseError> {
    let rows = connection.all(CONTESTS_UNDER, bind![area_id]).await?;
    rows.iter()
        .map(|row| Ok((row.text("id")?, row.names("name")?)))
        .collect()
}

/// Candidates on the ballot: id, position, name.
pub(crate) async fn candidates(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<(String, Names)>, DatabaseError> {
    let rows = connection.all(CANDIDATES, bind![contest_id]).await?;
    rows.iter()
        .map(|row| Ok((row.text("id")?, row.names("name")?)))
        .collect()
}

/// Members of a station's commission on a day: person, office, name.
pub(crate) async fn members(
    connection: &mut Connection,
    area_id: &str,
    day: Date,
) -> Result<Vec<(String, String, Names)>, DatabaseError> {
    let rows = connection.all(MEMBERS, bind![area_id, day]).await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.text("person_id")?,
                row.text("office")?,
                row.names("name")?,
            ))
        })
        .collect()
}

/// Members of all stations' commissions of a contest: station, then person and office.
pub(crate) async fn members_of_contest(
    connection: &mut Connection,
    contest_id: &str,
    day: Date,
) -> Result<BTreeMap<String, Vec<(String, String)>>, DatabaseError> {
    let mut members: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for row in connection
        .all(MEMBERS_OF_CONTEST, bind![contest_id, day])
        .await?
    {
        members
            .entry(row.text("station_id")?)
            .or_default()
            .push((row.text("person_id")?, row.text("office")?));
    }
    Ok(members)
}

pub(crate) async fn person_name(
    connection: &mut Connection,
    person_id: &str,
) -> Result<Names, DatabaseError> {
    let row = connection.first(PERSON_NAME, bind![person_id]).await?;
    let name = row.map(|row| row.names("name")).transpose()?;
    Ok(name.unwrap_or_default())
}

/// A decision as the page of a protocol names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActDecision {
    /// Id.
    pub id: String,
    /// Number.
    pub number: String,
    /// Date.
    pub decided_on: Date,
    /// Title.
    pub title: Names,
}

pub(crate) async fn decision(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<ActDecision>, DatabaseError> {
    let row = connection.first(DECISION, bind![id]).await?;
    row.map(|row| {
        Ok(ActDecision {
            id: id.to_owned(),
            number: row.text("number")?,
            decided_on: row.date("decided_on")?,
            title: row.names("title")?,
        })
    })
    .transpose()
}
