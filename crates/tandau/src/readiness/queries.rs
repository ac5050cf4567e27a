//! What other rooms and pages may read of readiness.

pub use super::store::lists::{ListVersion, SetUp};
pub use super::store::under::{DistrictCounts, ItemAt, StationCounts, TaskAt};

use super::model::{
    Drift, Exception, Given, InForce, ItemState, ItemStatus, Place, Report, Signature, changed,
    lines,
};
use super::{actions, lists, store};
use crate::commissions::{Commission, Level};
use crate::elections;
use crate::platform::database::Connection;
use crate::platform::{Error, Names};
use electoral::checklist::Checklist;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Elections that have been set up, the latest voting day first.
///
/// # Errors
/// What the database reports.
pub async fn set_up_elections(connection: &mut Connection) -> Result<Vec<String>, Error> {
    Ok(store::lists::set_up_elections(connection).await?)
}

/// The election that people prepare now: the nearest voting day that hasn't passed, else the last.
///
/// # Errors
/// What the database reports.
pub async fn current_election(
    connection: &mut Connection,
    today: Date,
) -> Result<Option<String>, Error> {
    let mut current = None;
    for id in store::lists::set_up_elections(connection).await? {
        let election = elections::queries::election(connection, &id).await?;
        if election.voting_day < today && current.is_some() {
            break;
        }
        current = Some(id);
    }
    Ok(current)
}

/// The checklist that the stations of an election answer now, with its version; `None` before it is set up.
///
/// # Errors
/// What the database reports.
pub async fn checklist(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Option<(Arc<Checklist>, u64)>, Error> {
    let setups = store::lists::setups(connection, election_id).await?;
    let Some(now) = setups.first() else {
        return Ok(None);
    };
    let list = lists::version_of(connection, &now.checklist_id, now.checklist_version).await?;
    Ok(Some((list, now.checklist_version)))
}

/// Which checklist was in force when, the newest first.
///
/// # Errors
/// What the database reports.
pub async fn setups(connection: &mut Connection, election_id: &str) -> Result<Vec<SetUp>, Error> {
    Ok(store::lists::setups(connection, election_id).await?)
}

/// All versions of all checklists.
///
/// # Errors
/// What the database reports.
pub async fn versions(connection: &mut Connection) -> Result<Vec<ListVersion>, Error> {
    Ok(store::lists::all_lists(connection).await?)
}

/// A station that answers in an election.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn place(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
) -> Result<Place, Error> {
    store::place(connection, election_id, station_id)
        .await?
        .ok_or(Error::NotFound)
}

/// The station of an area, where it answers in an election.
///
/// # Errors
/// What the database reports.
pub async fn place_of_area(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
) -> Result<Option<Place>, Error> {
    Ok(store::place_of_area(connection, election_id, area_id).await?)
}

/// The stations of a district that answer in an election.
///
/// # Errors
/// What the database reports.
pub async fn places_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
) -> Result<Vec<Place>, Error> {
    Ok(store::places_of_district(connection, election_id, district_id).await?)
}

/// A station in the elections in which it answers, the latest voting day first.
///
/// # Errors
/// What the database reports.
pub async fn places_of_station(
    connection: &mut Connection,
    station_id: &str,
) -> Result<Vec<Place>, Error> {
    Ok(store::places_of_station(connection, station_id).await?)
}

/// What a station answers now and in which state its election is.
///
/// # Errors
/// [`Error::NotFound`] before the election is set up.
pub async fn in_force(
    connection: &mut Connection,
    place: &Place,
    today: Date,
) -> Result<InForce, Error> {
    store::in_force(connection, place, "", today)
        .await?
        .ok_or(Error::NotFound)
}

/// Where the items of a station stand, by item.
///
/// # Errors
/// What the database reports.
pub async fn states(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
) -> Result<BTreeMap<String, ItemState>, Error> {
    Ok(store::read::states(connection, election_id, station_id).await?)
}

/// Where the items of a district's stations stand: station → item → status.
///
/// # Errors
/// What the database reports.
pub async fn statuses_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
) -> Result<BTreeMap<String, BTreeMap<String, ItemStatus>>, Error> {
    Ok(store::read::statuses_of_district(connection, election_id, district_id).await?)
}

/// What the newest answers say, read from the answers themselves: for checks against the states.
///
/// # Errors
/// What the database reports.
pub async fn newest_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
) -> Result<BTreeMap<String, BTreeMap<String, ItemStatus>>, Error> {
    Ok(store::read::newest_of_district(connection, election_id, district_id).await?)
}

/// Every answer of a station, oldest first within its item.
///
/// # Errors
/// What the database reports.
pub async fn answers(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
) -> Result<Vec<Given>, Error> {
    Ok(store::read::answers(connection, election_id, station_id, None).await?)
}

/// A report of a station.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn report(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    id: &str,
) -> Result<Report, Error> {
    store::read::report(connection, election_id, station_id, id)
        .await?
        .ok_or(Error::NotFound)
}

/// The last reports of a station.
///
/// # Errors
/// What the database reports.
pub async fn reports(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    limit: u64,
) -> Result<Vec<Report>, Error> {
    Ok(store::read::reports(connection, election_id, station_id, limit).await?)
}

/// Whether a file belongs to an answer of the station.
///
/// # Errors
/// What the database reports.
pub async fn has_photo(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    file_id: &str,
) -> Result<bool, Error> {
    Ok(store::read::has_photo(connection, election_id, station_id, file_id).await?)
}

/// A station's counts as of a day.
///
/// # Errors
/// What the database reports.
pub async fn station_counts(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    day: Date,
) -> Result<Option<StationCounts>, Error> {
    Ok(store::under::station_counts(connection, election_id, station_id, day).await?)
}

/// Counts of a district's stations as of a day.
///
/// # Errors
/// What the database reports.
pub async fn stations_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
    day: Date,
) -> Result<Vec<StationCounts>, Error> {
    Ok(store::under::stations_of_district(connection, election_id, district_id, day).await?)
}

/// Counts of all districts as of a day, of one section or (empty) of all together.
///
/// # Errors
/// What the database reports.
pub async fn districts(
    connection: &mut Connection,
    election_id: &str,
    section: &str,
    day: Date,
) -> Result<Vec<DistrictCounts>, Error> {
    Ok(store::under::districts(connection, election_id, section, day).await?)
}

/// Counts of a district's sections as of a day; the empty section is all together.
///
/// # Errors
/// What the database reports.
pub async fn sections_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
    day: Date,
) -> Result<Vec<DistrictCounts>, Error> {
    Ok(store::under::sections_of_district(connection, election_id, district_id, day).await?)
}

/// Items at or below an area that stand in one state, with their open tasks: critical ones first, then those that stand
/// so longest.
///
/// # Errors
/// What the database reports.
pub async fn items_under(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    status: ItemStatus,
    limit: u64,
) -> Result<Vec<ItemAt>, Error> {
    Ok(store::under::items_under(connection, area_id, election_id, status, limit).await?)
}

/// Items at or below an area whose task is overdue.
///
/// # Errors
/// What the database reports.
pub async fn overdue_under(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<ItemAt>, Error> {
    Ok(store::under::overdue_under(connection, area_id, election_id, now, limit).await?)
}

/// Names of the districts and regions of an election, by area.
///
/// # Errors
/// What the database reports.
pub async fn area_names(
    connection: &mut Connection,
    election_id: &str,
) -> Result<HashMap<String, Names>, Error> {
    Ok(store::under::area_names(connection, election_id).await?)
}

/// Signatures of a commission, the newest first.
///
/// # Errors
/// What the database reports.
pub async fn signatures(
    connection: &mut Connection,
    election_id: &str,
    commission_id: &str,
) -> Result<Vec<Signature>, Error> {
    Ok(store::sign::signatures(connection, election_id, commission_id).await?)
}

/// The newest signature of each commission of a level at or below an area, without its snapshot.
///
/// # Errors
/// What the database reports.
pub async fn signatures_under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
    level: Level,
) -> Result<Vec<Signature>, Error> {
    Ok(store::sign::signed_under(connection, election_id, area_id, level.as_str()).await?)
}

/// The exceptions of a signature.
///
/// # Errors
/// What the database reports.
pub async fn exceptions(
    connection: &mut Connection,
    signature: &Signature,
) -> Result<Vec<Exception>, Error> {
    let (election, commission) = (&signature.election_id, &signature.commission_id);
    Ok(store::sign::exceptions(connection, election, commission, signature.version).await?)
}

/// What is different now from what a commission last signed: for a station each item, above it each commission
/// below that has signed anew or whose stations have changed since they signed.
///
/// # Errors
/// What the database reports.
pub async fn drift(
    connection: &mut Connection,
    election_id: &str,
    commission: &Commission,
    today: Date,
) -> Result<Vec<Drift>, Error> {
    let signatures = store::sign::signatures(connection, election_id, &commission.id).await?;
    let Some(signed) = signatures.first() else {
        return Ok(Vec::new());
    };
    let now = actions::snapshot(connection, election_id, commission, today).await?;
    let (was, is) = (lines(&signed.snapshot), lines(&now.text));
    let precinct = commission.level == Level::Precinct;
    let word = |text: Option<&&str>| {
        let first = text.and_then(|t| t.split(' ').next());
        first.unwrap_or_default().to_owned()
    };
    let keys: std::collections::BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    let mut drift = Vec::new();
    for key in keys {
        if was.get(key) == is.get(key) {
            continue;
        }
        let changed = is.get(key).map_or(0, |line| changed(line));
        drift.push(Drift {
            subject: if precinct {
                String::new()
            } else {
                key.to_owned()
            },
            item: if precinct {
                key.to_owned()
            } else {
                String::new()
            },
            was: word(was.get(key)),
            now: word(is.get(key)),
            changed,
        });
    }
    Ok(drift)
}
