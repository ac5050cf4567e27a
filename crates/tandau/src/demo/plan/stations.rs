//! The stations: numbers through the region, places, premises, lists.

use std::collections::{HashMap, HashSet};

use super::contests::Frame;
use super::error::PlanError;
use super::geometry::{Point, Shape, shapes};
use super::model::{Contest, Station, StationKind, Text3};
use super::num::{self, Claim, share_within};
use super::places::{self, Site};
use super::rng::Rng;
use super::sources::{PlaceRow, PremisesRow, Sources, StreetRow, rows};

/// The fewest and the most voters of a station of the plan (the law's limit is 3,000).
const FEWEST: u32 = 20;
const MOST: u32 = 2_900;

/// Tables used for every station.
struct Tables {
    premises: Vec<PremisesRow>,
    streets: Vec<StreetRow>,
}

/// Makes all stations and tells each contest which are its own.
pub(super) fn build(sources: &Sources, frame: &mut Frame) -> Result<Vec<Station>, PlanError> {
    let mut by_district: HashMap<String, Vec<PlaceRow>> = HashMap::new();
    for row in rows::<PlaceRow>("pilot_places.csv", sources.places)? {
        by_district
            .entry(row.district_kato.clone())
            .or_default()
            .push(row);
    }
    let tables = Tables {
        premises: rows("premises.csv", sources.premises)?,
        streets: rows("streets.csv", sources.streets)?,
    };
    let shapes = shapes(sources)?;
    let mut stations = Vec::new();
    let Frame {
        contests,
        weights,
        stations: counts,
        ..
    } = frame;
    for (index, contest) in contests.iter_mut().enumerate() {
        let count = counts.get(index).copied().map_or(0, num::index);
        let first = weights.get(index).map_or(1, |w| w.first_number);
        let own = by_district.remove(&contest.area).unwrap_or_default();
        let own = if own.is_empty() {
            places::invented(&contest.area)
        } else {
            own
        };
        let mut rng = Rng::named("stations", num::index(contest.no));
        let sites = places::choose(&contest.area, &own, count, &mut rng)?;
        let voters = lists(contest, &sites)?;
        let points = points(shapes.get(&contest.area), own.len(), &mut rng);
        let start = stations.len();
        let mut taken = HashSet::new();
        for (position, (site, voters)) in sites.iter().zip(voters).enumerate() {
            let place = own.get(site.place).ok_or(PlanError::TooFew("places"))?;
            let mut station = station(place, site, &tables, &mut taken, &mut rng)?;
            station.number = first + num::count(position);
            station.contest = index;
            station.area.clone_from(&contest.area);
            station.voters_on_list = voters;
            station.capacity = (voters / 8).clamp(25, 320) / 5 * 5;
            station.lat_lon = locate(shapes.get(&contest.area), points.get(site.place), &mut rng);
            stations.push(station);
        }
        contest.stations = start..stations.len();
    }
    Ok(stations)
}

/// Shares the contest's list among its sites.
fn lists(contest: &Contest, sites: &[Site]) -> Result<Vec<u32>, PlanError> {
    let claims: Vec<Claim> = sites
        .iter()
        .map(|site| Claim {
            weight: site.weight,
            low: FEWEST,
            high: match site.kind {
                StationKind::Ordinary => MOST,
                StationKind::Hospital => 120,
                StationKind::Remote => 60,
            },
        })
        .collect();
    share_within(contest.voters_on_lists, &claims)
}

/// One point for every place of a district with a known boundary.
fn points(shape: Option<&Shape>, count: usize, rng: &mut Rng) -> Vec<Point> {
    shape.map_or_else(Vec::new, |shape| {
        (0..count).filter_map(|_| shape.point(rng)).collect()
    })
}

fn locate(shape: Option<&Shape>, place: Option<&Point>, rng: &mut Rng) -> Option<(f64, f64)> {
    let (lon, lat) = shape?.near(*place?, rng);
    Some((lat, lon))
}

fn station(
    place: &PlaceRow,
    site: &Site,
    tables: &Tables,
    taken: &mut HashSet<(usize, String)>,
    rng: &mut Rng,
) -> Result<Station, PlanError> {
    let (premises_kind, premises) = match site.kind {
        StationKind::Hospital => (
            "hospital".to_owned(),
            Text3::new("Аурухана", "Больница", "Hospital"),
        ),
        StationKind::Remote => (
            "pasture_base".to_owned(),
            Text3::new(
                "Шалғайдағы мал шаруашылығының базасы",
                "База отгонного животноводства",
                "Remote pasture base",
            ),
        ),
        StationKind::Ordinary => free_premises(&tables.premises, site, taken, rng)?,
    };
    let name = places::name(place);
    let street = tables.streets.get(rng.index(tables.streets.len()));
    let street = street.ok_or(PlanError::TooFew("streets"))?;
    let house = rng.range(1, 48);
    let address = Text3::new(
        format!("{}, {}, {house}", name.kk, street.kk),
        format!("{}, {}, {house}", name.ru, street.ru),
        format!("{house} {}, {}", street.en, name.en),
    );
    Ok(Station {
        number: 0,
        contest: 0,
        kind: site.kind,
        area: String::new(),
        place: name,
        place_code: (!place.kato.is_empty()).then(|| place.kato.clone()),
        premises_kind,
        premises,
        address,
        lat_lon: None,
        capacity: 0,
        voters_on_list: 0,
    })
}

/// A building that no other station of the place has.
fn free_premises(
    table: &[PremisesRow],
    site: &Site,
    taken: &mut HashSet<(usize, String)>,
    rng: &mut Rng,
) -> Result<(String, Text3), PlanError> {
    for _ in 0..500 {
        let (kind, name) = premises(table, site.town, rng)?;
        if taken.insert((site.place, name.kk.clone())) {
            return Ok((kind, name));
        }
    }
    Err(PlanError::TooFew("premises"))
}

/// Picks a building by weight among those that such a place has.
fn premises(
    table: &[PremisesRow],
    town: bool,
    rng: &mut Rng,
) -> Result<(String, Text3), PlanError> {
    let fits = |row: &&PremisesRow| {
        matches!(
            (row.place.as_str(), town),
            ("any", _) | ("town", true) | ("village", false)
        )
    };
    let sum: u64 = table.iter().filter(fits).map(|row| row.weight).sum();
    let mut dice = num::wide(rng.index(usize::try_from(sum).unwrap_or(1)));
    for row in table.iter().filter(fits) {
        if dice < row.weight {
            let number = rng.range(1, if town { 30 } else { 3 }).to_string();
            let text = |s: &str| s.replace("{n}", &number);
            return Ok((
                row.kind.clone(),
                Text3::new(text(&row.kk), text(&row.ru), text(&row.en)),
            ));
        }
        dice -= row.weight;
    }
    Err(PlanError::TooFew("premises"))
}
