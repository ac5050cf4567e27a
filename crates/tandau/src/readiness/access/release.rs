//! What a release would say: sums over areas, and which of them may be shown.

use super::model::{Line, Part, lines};
use super::queries;
use super::store::{self, Figure, Release};
use crate::elections::Election;
use crate::platform::database::Connection;
use crate::platform::{Acting, Error};
use electoral::suppression::{Earlier, Table, decide_after};
use jiff::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A release that has not been made.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) release: Release,
    pub(super) figures: Vec<Figure>,
    /// Area, stations, counted stations.
    pub(super) areas: Vec<(String, u64, u64)>,
    /// There is a release of this day already.
    pub(super) same_day: bool,
    /// The last release has the same figures.
    pub(super) unchanged: bool,
}

/// One row of the table: an area, or a part of its voters.
type Key = (String, &'static str);

/// Puts a release together from the counts as they are now.
pub(super) async fn draft(
    connection: &mut Connection,
    acting: &Acting,
    election: &Election,
) -> Result<Draft, Error> {
    let rules = acting.app().rules.accessibility();
    let k = acting.app().rules.smallest_group();
    let day = acting.now().to_zoned_datetime(election.time_zone()?).date();
    let districts = queries::districts(connection, election).await?;
    let mut regions: BTreeMap<String, Vec<(String, Vec<Line>)>> = BTreeMap::new();
    let mut counted: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for district in districts {
        let scenes = queries::scenes(
            connection,
            &election.id,
            &district.area_id,
            day,
            // What was recorded at this very moment counts.
            acting.now().checked_add(Span::new().microseconds(1))?,
        )
        .await?;
        let stations = len(scenes.len());
        let done = len(scenes.iter().filter(|s| s.needs.is_counted()).count());
        let above = [&district.area_id, &district.region_id, &election.area_id];
        for (at, area) in above.iter().enumerate() {
            // A city that is a region of its own is one area, not two.
            if !above.iter().take(at).any(|lower| lower == area) {
                let sums = counted.entry((*area).clone()).or_default();
                *sums = (sums.0 + stations, sums.1 + done);
            }
        }
        if done > 0 {
            let region = regions.entry(district.region_id).or_default();
            region.push((district.area_id, lines(rules, &scenes)));
        }
    }
    let (keys, rows, places) = rows(election, regions);
    let table = Table::new(&rows).map_err(Error::internal)?;
    let releases = store::releases(connection, &election.id).await?;
    let mut earlier = Vec::new();
    let mut unchanged = false;
    // The voters of another election are the same people: what was told of them is told.
    let mut told = Vec::new();
    for other in crate::elections::queries::elections(connection).await? {
        if other.id != election.id {
            for release in store::releases(connection, &other.id).await? {
                told.push((other.id.clone(), release.version));
            }
        }
    }
    told.extend(releases.iter().map(|r| (election.id.clone(), r.version)));
    for (of, version) in &told {
        let then = store::figures(connection, of, *version).await?;
        let then = by_key(&then);
        let needs: Vec<&str> = needs_of(rules);
        let mut same = true;
        let mut cells: Earlier = Vec::new();
        for (row, (area, part)) in keys.iter().enumerate() {
            for (column, need) in needs.iter().enumerate() {
                let known = then.get(&(area.as_str(), *part, *need));
                same &= known.is_some_and(|f| f.voters == table.figure(row, column));
                cells.push(known.map(|f| (f.voters, f.shown)));
            }
        }
        earlier.push(cells);
        unchanged = same && *of == election.id;
    }
    // What one or two stations add up to is theirs.
    let fewest = acting.app().rules.fewest_places();
    let few: Vec<(usize, usize)> = (0..table.rows())
        .flat_map(|row| (0..needs_of(rules).len()).map(move |column| (row, column)))
        .filter(|(row, column)| {
            let of = places.get(*row).and_then(|row| row.get(*column));
            table.figure(*row, *column) > 0 && of.is_none_or(|places| *places < fewest)
        })
        .collect();
    let shown = decide_after(&table, k, &earlier, &few);
    let mut figures = Vec::new();
    for (row, (area, part)) in keys.iter().enumerate() {
        for (column, need) in needs_of(rules).into_iter().enumerate() {
            figures.push(Figure {
                area_id: area.clone(),
                part: (*part).to_owned(),
                need: need.to_owned(),
                voters: table.figure(row, column),
                shown: shown.is(row, column),
            });
        }
    }
    let all = counted.get(&election.area_id).copied().unwrap_or_default();
    Ok(Draft {
        release: Release {
            version: len(releases.len()) + 1,
            released_on: day,
            smallest_group: k,
            stations: all.0,
            counted: all.1,
            made_at: acting.now(),
        },
        figures,
        areas: counted
            .into_iter()
            .map(|(area, (stations, counted))| (area, stations, counted))
            .collect(),
        same_day: releases.last().is_some_and(|r| r.released_on >= day),
        unchanged,
    })
}

/// Columns: all needs together, then each.
fn needs_of(rules: &electoral::accessibility::Accessibility) -> Vec<&str> {
    std::iter::once("")
        .chain(rules.needs.iter().map(|n| n.id.as_str()))
        .collect()
}

fn by_key(figures: &[Figure]) -> HashMap<(&str, &str, &str), &Figure> {
    figures
        .iter()
        .map(|f| ((f.area_id.as_str(), f.part.as_str(), f.need.as_str()), f))
        .collect()
}

/// For each row at how many stations its voters are: all needs together (at least so many), then each.
type Places = Vec<Vec<u64>>;

/// Stations of one part, or of all parts together.
fn places_of(lines: &[Line], of: impl Fn(&Line) -> u64) -> Vec<u64> {
    let each: Vec<u64> = lines.iter().map(of).collect();
    // A station may have voters with several needs: at least as many as the need with the most.
    let all = each.iter().copied().max().unwrap_or(0);
    std::iter::once(all).chain(each).collect()
}

/// The tree: the election's area, regions, districts, and below each district where its voters can vote.
fn rows(
    election: &Election,
    regions: BTreeMap<String, Vec<(String, Vec<Line>)>>,
) -> (Vec<Key>, Vec<(Option<usize>, Vec<u64>)>, Places) {
    let columns = regions
        .values()
        .flatten()
        .map(|(_, lines)| lines.len())
        .next()
        .unwrap_or(1);
    let blank = vec![0_u64; columns];
    let mut keys: Vec<Key> = vec![(election.area_id.clone(), "")];
    let mut rows = vec![(None, blank.clone())];
    let none = vec![0_u64; columns + 1];
    let mut places: Places = vec![none.clone()];
    for (region, districts) in regions {
        let region_row = if region == election.area_id {
            0
        } else {
            keys.push((region.clone(), ""));
            rows.push((Some(0), blank.clone()));
            places.push(none.clone());
            rows.len() - 1
        };
        for (district, lines) in districts {
            let district_row = if district == region || district == election.area_id {
                region_row
            } else {
                keys.push((district.clone(), ""));
                rows.push((Some(region_row), blank.clone()));
                places.push(none.clone());
                rows.len() - 1
            };
            let own = places_of(&lines, |line| line.places.iter().sum());
            let above: BTreeSet<usize> = [0, region_row, district_row].into();
            for row in above {
                if let Some(row) = places.get_mut(row) {
                    for (sum, plus) in row.iter_mut().zip(&own) {
                        *sum += plus;
                    }
                }
            }
            for (at, part) in Part::ALL.iter().enumerate() {
                keys.push((district.clone(), part.as_str()));
                let figures = lines
                    .iter()
                    .map(|line| line.parts.get(at).copied().unwrap_or(0))
                    .collect();
                rows.push((Some(district_row), figures));
                places.push(places_of(&lines, |line| {
                    line.places.get(at).copied().unwrap_or(0)
                }));
            }
        }
    }
    (keys, rows, places)
}

fn len(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
