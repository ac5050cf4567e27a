//! Who has signed "ready", and what has changed since.

use super::super::model::{AsOf, District, Signature, Sums};
use super::super::store;
use super::{district_sums, sums};
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::web::Kept;
use crate::readiness::queries as core;
use crate::{bind, commissions};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Signatures of an election.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// How many commissions of each level.
    pub by_level: BTreeMap<String, u64>,
    /// Those above the stations, the newest first.
    pub all: Vec<Signature>,
}

/// Signatures up to a day, the newest `most` of them one by one; those of `area_id` alone, or all (`""`). `districts` are all
/// as of the same day.
///
/// # Errors
/// What the database reports.
pub async fn signed(
    connection: &mut Connection,
    kept: &Kept,
    election_id: &str,
    as_of: &AsOf,
    zone: &TimeZone,
    (area_id, most): (&str, usize),
    districts: &[District],
) -> Result<Signed, Error> {
    let levels = connection
        .all(store::SIGNED_BY_LEVEL, bind![election_id, as_of.moment])
        .await?;
    let mut signed = Signed::default();
    for row in &levels {
        signed.by_level.insert(row.text("level")?, row.count("n")?);
    }
    let rows = connection
        .all(
            store::SIGNATURES,
            bind![election_id, as_of.day, as_of.moment, "precinct"],
        )
        .await?;
    for row in &rows {
        let area = row.text("area_id")?;
        if !area_id.is_empty() && area != area_id {
            continue;
        }
        if signed.all.len() >= most {
            break;
        }
        let commission_id = row.text("commission_id")?;
        let level = row.text("level")?;
        let signed_at = row.instant("made_at")?;
        let day = signed_at.to_zoned_datetime(zone.clone()).date().to_string();
        // The country's own area stands above all regions.
        let below = if level == "central" {
            ""
        } else {
            area.as_str()
        };
        let then = if level == "district" {
            district_sums(connection, election_id, &day, "", &area).await?
        } else {
            sums(connection, election_id, &day, "", below).await?
        };
        let concerned = districts
            .iter()
            .filter(|d| below.is_empty() || d.area_id == below || d.region_id == below);
        let one = One {
            election_id,
            commission_id: &commission_id,
            version: row.count("version")?,
            area_id: &area,
            place: row.count("place")?,
            at: signed_at,
        };
        let drifted = if as_of.today && level != "district" {
            // It looks at every station of a region or of the country.
            let name = format!("drift/{election_id}/{commission_id}/{}", one.version);
            *kept.or_find(name, drifted(connection, &one, as_of)).await?
        } else {
            drifted(connection, &one, as_of).await?
        };
        signed.all.push(Signature {
            drifted,
            commission_id,
            area_names: row.names("name")?,
            signed_at,
            exceptions: row.count("exceptions")?,
            then,
            now: Sums::of(concerned.map(|d| d.sums)),
            level,
            area_id: area,
        });
    }
    Ok(signed)
}

/// A signature of which is asked whether it still holds.
struct One<'s> {
    election_id: &'s str,
    commission_id: &'s str,
    version: u64,
    area_id: &'s str,
    /// Its place among all signatures of the election.
    place: u64,
    at: Timestamp,
}

/// Whether what a commission signed has changed since: now by what its office is shown, on a day that is over by what was
/// signed below it after its signature, and answered after that moment, until the end of that day.
async fn drifted(connection: &mut Connection, one: &One<'_>, as_of: &AsOf) -> Result<bool, Error> {
    if as_of.today {
        let commission = commissions::queries::by_id(connection, one.commission_id).await?;
        let drift = core::drift(connection, one.election_id, &commission, as_of.day).await;
        return match drift {
            Ok(drift) => Ok(!drift.is_empty()),
            // Nothing answers below it any more.
            Err(Error::NotFound) => Ok(true),
            Err(other) => Err(other),
        };
    }
    let place = i64::try_from(one.place).map_err(Error::internal)?;
    let signed = bind![one.area_id, one.election_id, place, as_of.moment];
    let answered = bind![one.area_id, one.election_id, one.at, as_of.moment];
    for (sql, values) in [
        (store::SIGNED_SINCE, signed),
        (store::ANSWERED_SINCE, answered),
    ] {
        if connection.first(sql, values).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
