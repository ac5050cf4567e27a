//! Stations worth a look: the worst, the silent, those that turned since the day before.

use super::super::model::{AsOf, Changes, Counts, District, StationCounts, WORST};
use super::super::store;
use super::{of_district_by, stations};
use crate::bind;
use crate::platform::Error;
use crate::platform::database::Connection;
use jiff::Timestamp;
use std::collections::HashMap;

/// Stations worth a look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// The worst first.
    pub worst: Vec<StationCounts>,
    /// Without news for longest first.
    pub silent: Vec<StationCounts>,
    /// How many are silent.
    pub silent_count: u64,
    /// Since the day before.
    pub changes: Changes,
}

fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The lists of the whole country. Today they are the ends of indexes; a day that is over is looked through station by
/// station.
///
/// # Errors
/// What the database reports.
pub async fn lists(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    silent_days: u16,
) -> Result<Lists, Error> {
    let quiet_since = as_of.ago(silent_days);
    if as_of.today {
        now(connection, election_id, as_of, quiet_since).await
    } else {
        then(connection, election_id, as_of, quiet_since).await
    }
}

async fn now(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    quiet_since: Timestamp,
) -> Result<Lists, Error> {
    let limit = i64::try_from(WORST).map_err(Error::internal)?;
    let worst = connection
        .all(store::WORST_NOW, bind![election_id, limit])
        .await?;
    let silent = connection
        .all(
            store::SILENT_NOW,
            bind![election_id, micros(quiet_since), limit],
        )
        .await?;
    let counted = connection
        .first(
            store::COUNT_SILENT_NOW,
            bind![election_id, micros(quiet_since)],
        )
        .await?;
    let turned = connection
        .all(store::TURNED_NOW, bind![election_id, as_of.day])
        .await?;
    let mut changes = Changes::default();
    for row in &turned {
        let before = Counts {
            expected: row.count("expected_before")?,
            unmet: row.count("unmet_before")?,
            disputed: row.count("disputed_before")?,
            unanswered: row.count("unanswered_before")?,
            ..Counts::default()
        };
        if let Some((turn, more)) = Changes::between(before, store::counts(row)?) {
            changes.all.push((turn, row.text("station_id")?, more));
        }
    }
    Ok(Lists {
        worst: worst.iter().map(store::station).collect::<Result<_, _>>()?,
        silent: silent
            .iter()
            .map(store::station)
            .collect::<Result<_, _>>()?,
        silent_count: counted.map_or(Ok(0), |row| row.count("n"))?,
        changes,
    })
}

async fn then(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    quiet_since: Timestamp,
) -> Result<Lists, Error> {
    let all = stations(connection, election_id, &as_of.bound()).await?;
    let before = stations(connection, election_id, &as_of.day_before().to_string()).await?;
    among(all, &before, quiet_since)
}

/// The lists of some districts.
///
/// # Errors
/// What the database reports.
pub async fn lists_of(
    connection: &mut Connection,
    election_id: &str,
    as_of: &AsOf,
    silent_days: u16,
    districts: &[District],
) -> Result<Lists, Error> {
    let (bound, day_before) = (as_of.bound(), as_of.day_before().to_string());
    let (mut all, mut before) = (Vec::new(), Vec::new());
    for district in districts {
        let area = &district.area_id;
        all.extend(of_district_by(connection, election_id, &bound, area).await?);
        before.extend(of_district_by(connection, election_id, &day_before, area).await?);
    }
    among(all, &before, as_of.ago(silent_days))
}

/// What is worth a look among some stations.
fn among(
    mut all: Vec<StationCounts>,
    before: &[StationCounts],
    quiet_since: Timestamp,
) -> Result<Lists, Error> {
    let before: HashMap<&str, Counts> = before
        .iter()
        .map(|s| (s.station_id.as_str(), s.counts))
        .collect();
    all.sort_by(|a, b| {
        let (x, y) = (a.counts.badness(), b.counts.badness());
        x.cmp(&y).then_with(|| b.station_id.cmp(&a.station_id))
    });
    let mut lists = Lists::default();
    for station in &all {
        let was = before.get(station.station_id.as_str()).copied();
        if let Some((turn, more)) = Changes::between(was.unwrap_or_default(), station.counts) {
            lists
                .changes
                .all
                .push((turn, station.station_id.clone(), more));
        }
    }
    lists.worst = all
        .iter()
        .filter(|s| s.counts.unmet > 0 || s.counts.unanswered > 0)
        .take(WORST)
        .cloned()
        .collect();
    let mut silent: Vec<StationCounts> = all
        .into_iter()
        .filter(|s| s.reported_at.is_none_or(|at| at < quiet_since))
        .collect();
    silent.sort_by(|a, b| {
        let place = |s: &StationCounts| (s.reported_at, s.station_id.clone());
        place(a).cmp(&place(b))
    });
    lists.silent_count = u64::try_from(silent.len()).map_err(Error::internal)?;
    silent.truncate(WORST);
    lists.silent = silent;
    Ok(lists)
}
