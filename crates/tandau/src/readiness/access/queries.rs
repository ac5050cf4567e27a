//! What pages and other rooms may read.

use super::model::{Scene, StationMeans, StationNeeds};
use super::store;
pub use super::store::{Figure, Release};
use crate::elections::queries as elections;
use crate::elections::{Contest, Election};
use crate::platform::database::Connection;
use crate::platform::{App, Error};
use crate::stations::{self, Station};
use electoral::accessibility::{Place, Word};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// What is known of a station now.
///
/// # Errors
/// What the database reports.
pub async fn means(connection: &mut Connection, station_id: &str) -> Result<StationMeans, Error> {
    Ok(store::means(connection, station_id).await?)
}

/// What was known of all stations in an area before an instant, by station.
///
/// # Errors
/// What the database reports.
pub async fn means_under(
    connection: &mut Connection,
    area_id: &str,
    before: Timestamp,
) -> Result<HashMap<String, StationMeans>, Error> {
    Ok(store::means_under(connection, area_id, before).await?)
}

/// Counts of all stations in an area, by station. They are for the commissions that look after these stations.
///
/// # Errors
/// What the database reports.
pub async fn needs_under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
) -> Result<HashMap<String, StationNeeds>, Error> {
    Ok(store::needs_under(connection, election_id, area_id).await?)
}

/// Where a station stands, if that is known.
#[must_use]
pub fn place(station: &Station) -> Option<Place> {
    let (latitude_microdeg, longitude_microdeg) =
        station.latitude_microdeg.zip(station.longitude_microdeg)?;
    Some(Place {
        latitude_microdeg,
        longitude_microdeg,
    })
}

/// Stations of a district with what they offer before an instant and who needs what now, by number.
///
/// # Errors
/// What the database reports.
pub async fn scenes(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
    day: Date,
    before: Timestamp,
) -> Result<Vec<Scene>, Error> {
    let mut means = store::means_under(connection, district_id, before).await?;
    let mut needs = store::needs_under(connection, election_id, district_id).await?;
    let stations = stations::queries::of_district(connection, district_id, day).await?;
    Ok(stations
        .into_iter()
        .map(|station| Scene {
            place: place(&station),
            means: means.remove(&station.id).unwrap_or_default().means,
            needs: needs.remove(&station.id).unwrap_or_default(),
            number: station.number,
            station_id: station.id,
        })
        .collect())
}

/// Stations of a district as of a day, each with its way in without steps.
///
/// # Errors
/// What the database reports.
pub async fn step_free(
    connection: &mut Connection,
    app: &App,
    district_id: &str,
    before: Timestamp,
) -> Result<HashMap<String, Word>, Error> {
    let rules = app.rules.accessibility();
    let means = store::means_under(connection, district_id, before).await?;
    Ok(means
        .into_iter()
        .map(|(station, known)| (station, rules.step_free(&known.means)))
        .collect())
}

/// A district in which an election has voters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct District {
    /// Its area.
    pub area_id: String,
    /// The region it lies in.
    pub region_id: String,
}

/// The election by which an area's needs are read: the one asked for, otherwise the one with the most districts there,
/// and of those the newest. None where nobody votes there.
///
/// # Errors
/// [`Error::NotFound`] when the one asked for isn't there.
pub async fn needs_of(
    connection: &mut Connection,
    asked: &str,
    area_id: &str,
) -> Result<Option<(Election, Vec<District>)>, Error> {
    if !asked.is_empty() {
        let election = elections::election(connection, asked).await?;
        let districts = districts_in(connection, &election, area_id).await?;
        return Ok(Some((election, districts)));
    }
    let mut best: Option<(Election, Vec<District>)> = None;
    for election in elections::elections(connection).await? {
        let districts = districts_in(connection, &election, area_id).await?;
        let more = best
            .as_ref()
            .is_none_or(|(_, known)| districts.len() > known.len());
        if !districts.is_empty() && more {
            best = Some((election, districts));
        }
    }
    Ok(best)
}

/// The election that is meant in an area: the one asked for, otherwise the one with the most contests there, and of those
/// the newest. None where the area has no contest.
///
/// # Errors
/// [`Error::NotFound`] when the one asked for isn't there.
pub async fn election_of(
    connection: &mut Connection,
    asked: &str,
    area_id: &str,
) -> Result<Option<(Election, Vec<Contest>)>, Error> {
    if !asked.is_empty() {
        let election = elections::election(connection, asked).await?;
        let contests = contests_in(connection, &election, area_id).await?;
        return Ok(Some((election, contests)));
    }
    let mut best: Option<(Election, Vec<Contest>)> = None;
    for election in elections::elections(connection).await? {
        let contests = contests_in(connection, &election, area_id).await?;
        let more = best
            .as_ref()
            .is_none_or(|(_, known)| contests.len() > known.len());
        if !contests.is_empty() && more {
            best = Some((election, contests));
        }
    }
    Ok(best)
}

/// Contests of an election that are held in an area or below it.
async fn contests_in(
    connection: &mut Connection,
    election: &Election,
    area_id: &str,
) -> Result<Vec<Contest>, Error> {
    let mut contests = elections::contests(connection, &election.id).await?;
    if election.area_id != area_id {
        contests.retain(|c| c.area_id == area_id || c.region_id == area_id);
    }
    Ok(contests)
}

/// Districts of an election at or below an area.
async fn districts_in(
    connection: &mut Connection,
    election: &Election,
    area_id: &str,
) -> Result<Vec<District>, Error> {
    let mut districts = districts(connection, election).await?;
    if election.area_id != area_id {
        districts.retain(|d| d.area_id == area_id || d.region_id == area_id);
    }
    Ok(districts)
}

/// Districts in which an election has voters, whatever its contests are: one of a district is that district, one of a
/// region or of the country lies where its stations do.
///
/// # Errors
/// What the database reports.
pub async fn districts(
    connection: &mut Connection,
    election: &Election,
) -> Result<Vec<District>, Error> {
    let stations = store::districts(connection, &election.id).await?;
    let mut all = BTreeSet::new();
    for contest in elections::contests(connection, &election.id).await? {
        let mut own = stations
            .iter()
            .filter(|(id, _)| *id == contest.id)
            .peekable();
        let known = own.peek().is_some();
        all.extend(own.map(|(_, district)| district.clone()));
        let wide = contest.area_id == contest.region_id || contest.area_id == election.area_id;
        // Its stations are not known yet.
        if !known && !wide {
            all.insert(District {
                area_id: contest.area_id,
                region_id: contest.region_id,
            });
        }
    }
    Ok(all.into_iter().collect())
}

/// All releases of an election, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn releases(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<Release>, Error> {
    Ok(store::releases(connection, election_id).await?)
}

/// What a release says of one area: only figures that may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    figures: HashMap<(String, String), u64>,
    /// Stations there.
    pub stations: u64,
    /// Stations that were counted.
    pub counted: u64,
}

impl Published {
    /// A figure: of a part (empty for all voters) and a need (empty for all); none when it is hidden.
    #[must_use]
    pub fn figure(&self, part: &str, need: &str) -> Option<u64> {
        self.figures
            .get(&(part.to_owned(), need.to_owned()))
            .copied()
    }
}

/// What was published for an area and those directly below it on a day: the newest release then, by area. An area
/// that is missing had not been counted.
///
/// # Errors
/// What the database reports.
pub async fn published(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
    day: Date,
) -> Result<Option<(Release, HashMap<String, Published>)>, Error> {
    let release = store::releases(connection, election_id)
        .await?
        .into_iter()
        .rev()
        .find(|release| release.released_on <= day);
    let Some(release) = release else {
        return Ok(None);
    };
    let mut areas: HashMap<String, Published> = HashMap::new();
    let counted = store::areas_of(connection, election_id, release.version, area_id).await?;
    for (area, (stations, counted)) in counted {
        let published = areas.entry(area).or_default();
        published.stations = stations;
        published.counted = counted;
    }
    for figure in store::figures_of(connection, election_id, release.version, area_id).await? {
        if figure.shown {
            let published = areas.entry(figure.area_id).or_default();
            let key = (figure.part, figure.need);
            published.figures.insert(key, figure.voters);
        }
    }
    Ok(Some((release, areas)))
}
