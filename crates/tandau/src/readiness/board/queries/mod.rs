//! What pages, files and papers read.

mod lists;
mod places;
mod signed;

pub use lists::{Lists, lists, lists_of};
pub use places::{
    all_names, items, items_of_district, mending, of_district, of_district_by, one, station_names,
    stations,
};
pub use signed::{Signed, signed};

use super::model::{AsOf, District, Sums, carried};
use super::store;
use crate::bind;
use crate::elections::{self, model::Election};
use crate::platform::Error;
use crate::platform::database::Connection;
use electoral::checklist::Checklist;
use jiff::civil::Date;
use std::collections::HashMap;

/// The election that is asked for, or of those whose readiness is on record the one that people prepare on a day (as
/// [`crate::readiness::queries::current_election`] has it), or the newest of all.
///
/// # Errors
/// [`Error::NotFound`] for an unknown one.
pub async fn election(
    connection: &mut Connection,
    asked: Option<&str>,
    today: Date,
) -> Result<Option<Election>, Error> {
    if let Some(id) = asked.filter(|id| !id.is_empty()) {
        return Ok(Some(elections::queries::election(connection, id).await?));
    }
    match connection.first(store::CURRENT, bind![today]).await? {
        Some(row) => Ok(Some(
            elections::queries::election(connection, &row.text("id")?).await?,
        )),
        None => Ok(elections::queries::elections(connection)
            .await?
            .into_iter()
            .next()),
    }
}

/// The checklist that was answered at the moment of a page; the built-in one before any was chosen.
///
/// # Errors
/// What the database reports; a checklist on record that can't be read.
pub async fn checklist(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
) -> Result<Checklist, Error> {
    let row = connection
        .first(store::CHECKLIST, bind![election_id, as_of.moment])
        .await?;
    let Some(row) = row else {
        return Checklist::built_in().map_err(Error::internal);
    };
    let content = row.text("content")?;
    match serde_json::from_str(&content) {
        Ok(list) => Ok(list),
        Err(_) => Checklist::parse(&content).map_err(Error::internal),
    }
}

/// Sums of the districts as of a day; of a section, or of all (`""`).
///
/// # Errors
/// What the database reports.
pub async fn districts(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    section: &str,
) -> Result<Vec<District>, Error> {
    let rows = connection
        .all(
            store::DISTRICTS,
            bind![election_id, as_of.bound(), section, as_of.day],
        )
        .await?;
    Ok(rows.iter().map(store::district).collect::<Result<_, _>>()?)
}

/// Sums of an area (a region, a district; `""` for all) as of a day; of a section, or of all (`""`).
///
/// # Errors
/// What the database reports.
pub async fn sums(
    connection: &mut Connection,
    election_id: &str,
    bound: &str,
    section: &str,
    area_id: &str,
) -> Result<Sums, Error> {
    let row = connection
        .first(store::SUMS, bind![election_id, bound, section, area_id])
        .await?;
    Ok(row
        .as_ref()
        .map(store::sums)
        .transpose()?
        .unwrap_or_default())
}

/// Sums of one district up to a day; of a section, or of all (`""`).
///
/// # Errors
/// What the database reports.
pub async fn district_sums(
    connection: &mut Connection,
    election_id: &str,
    bound: &str,
    section: &str,
    area_id: &str,
) -> Result<Sums, Error> {
    let row = connection
        .first(
            store::DISTRICT_AT,
            bind![election_id, bound, area_id, section],
        )
        .await?;
    Ok(row
        .as_ref()
        .map(store::sums)
        .transpose()?
        .unwrap_or_default())
}

/// Sums of each section of the checklist, in its order: of an area (a region, a district), or of all (`""`).
///
/// # Errors
/// What the database reports.
pub async fn sections(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    checklist: &Checklist,
    area_id: &str,
) -> Result<Vec<(String, Sums)>, Error> {
    let values = bind![election_id, as_of.bound(), area_id];
    let mut found = HashMap::new();
    for row in connection.all(store::SUMS_BY_SECTION, values).await? {
        found.insert(row.text("section")?, store::sums(&row)?);
    }
    Ok(checklist
        .sections
        .iter()
        .map(|s| (s.id.clone(), found.remove(&s.id).unwrap_or_default()))
        .collect())
}

/// Unmet items of an area (`""` for all) at the end of each day from `from` on.
///
/// # Errors
/// What the database reports.
pub async fn unmet_by_day(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    section: &str,
    area_id: &str,
    from: Date,
) -> Result<Vec<(Date, u64)>, Error> {
    let rows = connection
        .all(
            store::CHANGES_BY_DAY,
            bind![election_id, as_of.bound(), section, area_id],
        )
        .await?;
    let changes = rows
        .iter()
        .map(|row| Ok((row.date("day")?.min(as_of.day), row.int("change")?)))
        .collect::<Result<Vec<_>, crate::platform::database::DatabaseError>>()?;
    Ok(carried(&changes, from, as_of.day))
}
