//! Counts of voters by need from a file: `area_code,station_number,need,voters,source`.

use super::actions::{NewNeeds, record_needs_in};
use super::model::{Counts, SOURCES};
use crate::elections;
use crate::platform::rows::{self, Problems};
use crate::platform::{Acting, Error, areas};
use crate::stations;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// One count of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedRow {
    /// Code of the district or city.
    pub area_code: String,
    /// Number of the station.
    pub station_number: String,
    /// Id of the need.
    pub need: String,
    /// Voters.
    pub voters: String,
    /// Where the count comes from.
    pub source: String,
}

/// Reads a CSV file of counts; a station that is named gets all its counts from the file. `dry_run` checks everything
/// and changes nothing. Returns the number of rows.
///
/// # Errors
/// [`Error::Invalid`] naming each row and column that can't be taken (the first hundred of them);
/// [`Error::Forbidden`] without the power over an area of the file; [`Error::NotFound`] for the election.
pub async fn import_csv(
    acting: &Acting,
    election_id: &str,
    text: &[u8],
    dry_run: bool,
) -> Result<usize, Error> {
    let t = acting.t();
    let rows = rows::read::<NeedRow>(text)?;
    let mut tx = acting.begin().await?;
    let election = elections::queries::election(&mut tx, election_id).await?;
    let day = acting.today();
    let rules = acting.app().rules.accessibility();
    let mut problems = Problems::default();
    // By code: the area with its stations by number. By area and source: counts by station.
    let mut known: HashMap<String, Option<(String, HashMap<u64, String>)>> = HashMap::new();
    let mut acts: BTreeMap<(String, String), BTreeMap<String, Counts>> = BTreeMap::new();
    let mut sources: HashMap<String, String> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        if problems.is_full() {
            break;
        }
        let mark = row.station_number.as_str();
        if !known.contains_key(&row.area_code) {
            let found = match areas::by_code(&mut tx, &row.area_code, day).await? {
                Some(area) => {
                    let there = stations::queries::of_district(&mut tx, &area, day).await?;
                    Some((area, there.into_iter().map(|s| (s.number, s.id)).collect()))
                }
                None => None,
            };
            known.insert(row.area_code.clone(), found);
        }
        let Some((area, stations)) = known.get(&row.area_code).and_then(Option::as_ref) else {
            problems.add(index, mark, "area_code", t.import_parent());
            continue;
        };
        let number = row.station_number.parse::<u64>().ok();
        let Some(station) = number.and_then(|n| stations.get(&n)) else {
            problems.add(index, mark, "station_number", t.access_no_station());
            continue;
        };
        let Ok(voters) = row.voters.parse::<u64>() else {
            problems.add(index, mark, "voters", t.form_number());
            continue;
        };
        if !SOURCES.contains(&row.source.as_str()) {
            let choices = t.import_choice(SOURCES.join(", "));
            problems.add(index, mark, "source", choices);
            continue;
        }
        if rules.need(&row.need).is_none() {
            let ids: Vec<&str> = rules.needs.iter().map(|n| n.id.as_str()).collect();
            problems.add(index, mark, "need", t.import_choice(ids.join(", ")));
            continue;
        }
        let source = sources.entry(station.clone());
        if *source.or_insert_with(|| row.source.clone()) != row.source {
            problems.add(index, mark, "source", t.access_station_twice());
            continue;
        }
        let act = acts.entry((area.clone(), row.source.clone())).or_default();
        let counts = act.entry(station.clone()).or_default();
        if counts.insert(row.need.clone(), voters).is_some() {
            problems.add(index, mark, "need", t.access_need_twice());
        }
    }
    problems.done()?;
    for ((area, source), stations) in acts {
        let new: Vec<NewNeeds> = stations
            .into_iter()
            .map(|(station_id, counts)| NewNeeds {
                station_id,
                based_on: None,
                counts,
            })
            .collect();
        record_needs_in(&mut tx, acting, &election.id, &area, &source, &new).await?;
    }
    if !dry_run {
        tx.commit().await?;
    }
    Ok(rows.len())
}
