//! Who has signed "ready", and what has changed since.

use super::super::model::{AsOf, District, Signature, Sums};
use super::super::store;
use super::{district_sums, sums};
use crate::bind;
use crate::platform::Error;
use crate::platform::database::Connection;
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

/// Signatures above the stations are looked at one by one, so many at most.
const LOOKED_AT: usize = 300;

/// Signatures up to a day; those of `area_id` alone, or all (`""`). `districts` are all as of the same day.
///
/// # Errors
/// What the database reports.
pub async fn signed(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    zone: &TimeZone,
    area_id: &str,
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
    for row in rows.iter().take(LOOKED_AT) {
        let area = row.text("area_id")?;
        if !area_id.is_empty() && area != area_id {
            continue;
        }
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
        signed.all.push(Signature {
            commission_id: row.text("commission_id")?,
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
