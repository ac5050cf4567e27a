//! Adding stations and changing what is true of them.

use super::model::NewStation;
use super::store;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, App, Error, areas, audit, ids};
use jiff::civil::Date;

/// Longest reason of a change, in characters.
const MAX_REASON_CHARS: usize = 500;

/// The most voters a station may have (article 23(2)), from the strictest rule pack that says it.
#[must_use]
pub fn voters_max(app: &App) -> u64 {
    app.rules
        .ids()
        .filter_map(|id| app.rules.get(id).ok())
        .filter_map(|pack| Some(pack.voting.as_ref()?.station_voters_max.value))
        .min()
        .unwrap_or(u64::MAX)
}

/// Adds a station with its own area below its district, so that powers reach it by area. Returns the id.
///
/// # Errors
/// [`Error::Invalid`]: as [`NewStation::check`]; a number that another station of the region has from
/// that day on; a district outside the region.
pub async fn add_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewStation,
) -> Result<String, Error> {
    let t = acting.t();
    new.check(t, voters_max(acting.app()))?;
    let above = areas::path(transaction, &new.district_id).await?;
    let edition = match above.last() {
        Some(district) if matches!(district.kind.as_str(), "precinct" | "country") => {
            return Err(Error::field("district", t.stations_district()));
        }
        Some(district) if above.iter().any(|a| a.id == new.region_id) => district.edition.clone(),
        _ => return Err(Error::field("district", t.stations_district())),
    };
    let id = ids::new_id();
    if store::number_taken(transaction, &id, &new).await? {
        return Err(Error::field("number", t.stations_number_taken()));
    }
    let area_id = ids::new_id();
    store::add_area(transaction, &area_id, &id, &new, &edition).await?;
    store::add(transaction, acting, &id, &area_id).await?;
    store::add_version(transaction, acting, &id, 1, &new, "").await?;
    record(transaction, acting, "station.added", &id).await?;
    Ok(id)
}

/// As [`add_in`], as an act of the territorial commission.
///
/// # Errors
/// As [`add_in`]; [`Error::Forbidden`] without the power over the district.
pub async fn add(acting: &Acting, new: NewStation) -> Result<String, Error> {
    let mut transaction = acting.begin().await?;
    acting
        .require(
            &mut transaction,
            Action::StationChange,
            &new.district_id,
            None,
        )
        .await?;
    let id = add_in(&mut transaction, acting, new).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Makes a new version of a station. Region, district and zone stay what they are: a building elsewhere
/// is another station. `based_on` is the version that the editor saw. Returns the new version.
///
/// # Errors
/// [`Error::Invalid`] as for [`add_in`], for a first day before that of the newest version, for a
/// missing reason; [`Error::Conflict`] when somebody else was faster.
pub async fn change_in(
    transaction: &mut Transaction,
    acting: &Acting,
    id: &str,
    based_on: u64,
    new: NewStation,
    reason: &str,
) -> Result<u64, Error> {
    let t = acting.t();
    let newest = store::versions(transaction, id)
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)?
        .station;
    let new = NewStation {
        region_id: newest.region_id.clone(),
        district_id: newest.district_id.clone(),
        zone: newest.zone.clone(),
        ..new
    };
    if newest.version != based_on {
        return Err(Error::Conflict(t.stations_conflict()));
    }
    if newest.valid_until.is_some() {
        return Err(Error::Conflict(t.stations_closed_already()));
    }
    new.check(t, voters_max(acting.app()))?;
    let reason = reason_of(acting, reason)?;
    if new.valid_from < newest.valid_from {
        return Err(Error::field("valid_from", t.stations_valid_from()));
    }
    if store::number_taken(transaction, id, &new).await? {
        return Err(Error::field("number", t.stations_number_taken()));
    }
    let version = newest.version.checked_add(1).ok_or(Error::TooLarge)?;
    store::add_version(transaction, acting, id, version, &new, reason).await?;
    if new.number != newest.number {
        store::rename_area(transaction, &newest.area_id, &new).await?;
    }
    record(transaction, acting, "station.changed", id).await?;
    Ok(version)
}

/// As [`change_in`], as an act of the territorial commission.
///
/// # Errors
/// As [`change_in`]; [`Error::Forbidden`] without the power over the station.
pub async fn change(
    acting: &Acting,
    id: &str,
    based_on: u64,
    new: NewStation,
    reason: &str,
) -> Result<u64, Error> {
    let mut transaction = acting.begin().await?;
    let station = store::as_of(&mut transaction, id, acting.today()).await?;
    acting
        .require(
            &mut transaction,
            Action::StationChange,
            &station.area_id,
            None,
        )
        .await?;
    let version = change_in(&mut transaction, acting, id, based_on, new, reason).await?;
    transaction.commit().await?;
    Ok(version)
}

fn reason_of<'r>(acting: &Acting, reason: &'r str) -> Result<&'r str, Error> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > MAX_REASON_CHARS {
        return Err(Error::field("reason", acting.t().stations_reason()));
    }
    Ok(reason)
}

/// Closes a station after its last day, as an act of the territorial commission. The reason stands in its
/// last version, which begins on the day after; its number is free from then on. `based_on` is the version
/// that the editor saw.
///
/// # Errors
/// [`Error::Forbidden`] without the power over the station; [`Error::Invalid`] for a last day before the
/// newest version's first, a missing reason; [`Error::Conflict`] when somebody else was faster, or it is
/// closed already.
pub async fn close(
    acting: &Acting,
    id: &str,
    based_on: u64,
    last: Date,
    reason: &str,
) -> Result<(), Error> {
    let t = acting.t();
    let mut transaction = acting.begin().await?;
    let newest = store::versions(&mut transaction, id)
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)?
        .station;
    acting
        .require(
            &mut transaction,
            Action::StationChange,
            &newest.area_id,
            None,
        )
        .await?;
    if newest.version != based_on {
        return Err(Error::Conflict(t.stations_conflict()));
    }
    let reason = reason_of(acting, reason)?;
    if last < newest.valid_from {
        return Err(Error::field("last_day", t.stations_valid_from()));
    }
    if !store::end_area(&mut transaction, &newest.area_id, last).await? {
        return Err(Error::Conflict(t.stations_closed_already()));
    }
    let version = newest.version.checked_add(1).ok_or(Error::TooLarge)?;
    let end = newest.to_new(last.tomorrow()?);
    store::add_version(&mut transaction, acting, id, version, &end, reason).await?;
    record(&mut transaction, acting, "station.ended", id).await?;
    transaction.commit().await?;
    Ok(())
}

pub(super) async fn record(
    transaction: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    id: &str,
) -> Result<(), Error> {
    let event = audit::Event {
        event,
        kind: "station",
        object: &[id],
        contest_id: "",
    };
    acting.record(transaction, event).await
}
