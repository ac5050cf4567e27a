//! Where stations stand, after an act that may have changed it.

use super::model::{Change, Place, Stand, Sums, to_tell};
use super::store::{self, SeatRow};
use crate::elections;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use crate::readiness;
use electoral::training::coverage::{Seat, judge};
use electoral::training::rules::CoverageRules;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// One writer at a time: an act may concern stations of many districts.
const LOCK: &str = "training-coverage";

/// Stations whose checklists are to be answered, by their ids, each with the answers.
type News = BTreeMap<String, (Place, BTreeMap<String, bool>)>;

fn stand(rules: &CoverageRules, seats: &[&SeatRow]) -> Stand {
    let seats: Vec<Seat<'_>> = seats
        .iter()
        .map(|s| Seat {
            office: &s.office,
            scheduled: s.scheduled,
            trained: s.trained,
            passed: s.passed,
        })
        .collect();
    Stand::of(rules, &judge(&rules.needs(), &seats))
}

fn day_of(place: &Place, acting: &Acting) -> Result<Date, Error> {
    let zone = TimeZone::get(&place.zone)?;
    Ok(acting.now().to_zoned_datetime(zone).date())
}

/// Brings stations up to date, with the sums of their districts and what readiness has heard of them. Stations that don't
/// belong to the election are passed over.
///
/// # Errors
/// What the database reports.
pub(super) async fn settle_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    stations: BTreeSet<String>,
) -> Result<(), Error> {
    if stations.is_empty() {
        return Ok(());
    }
    tx.lock_for_one(LOCK).await?;
    let election = elections::queries::election(tx, election_id).await?;
    let rules = &acting.app().rules.training().coverage;
    let due = due(rules, election.voting_day)?;
    let groups = store::groups(rules);
    let mut changes: BTreeMap<(String, Date), Change> = BTreeMap::new();
    let mut news = News::new();
    // In the order of ids, as everywhere here.
    for station in stations {
        let Some(mut place) = store::hold(tx, election_id, &station).await? else {
            continue;
        };
        let today = day_of(&place, acting)?;
        let seats = store::seats(tx, &place, today, &groups).await?;
        let now = stand(rules, &seats.iter().collect::<Vec<_>>());
        if now != place.stand {
            let change = Change::between(place.stand.sums(), now.sums());
            place.stand = now;
            place.day = place.day.max(today);
            place.looked_on = place.looked_on.max(today);
            store::set(tx, &place, acting.now()).await?;
            store::set_day(tx, &place, false).await?;
            if !change.is_none() {
                let key = (place.district_id.clone(), place.day);
                changes.entry(key).or_default().add(change);
            }
        } else if place.looked_on < today {
            place.looked_on = today;
            store::set_look(tx, &place).await?;
        }
        heard_of(&mut news, rules, due, place);
    }
    for ((district, day), change) in changes {
        let at = (district.as_str(), day);
        if !store::add_to_district(tx, election_id, at, change).await? {
            return Err(Error::internal("a district without sums"));
        }
    }
    tell(tx, acting, election_id, news).await
}

/// The last day on which a station may still be uncovered.
fn due(rules: &CoverageRules, voting_day: Date) -> Result<Date, Error> {
    let back = i64::try_from(rules.days_before.value).unwrap_or(0);
    Ok(voting_day.checked_sub(jiff::Span::new().days(back))?)
}

/// Notes what a station's checklist has not heard yet.
fn heard_of(news: &mut News, rules: &CoverageRules, due: Date, place: Place) {
    let answers = to_tell(rules, &place.stand, &place.told, place.looked_on > due);
    if !answers.is_empty() {
        news.insert(place.station_id.clone(), (place, answers));
    }
}

/// Answers the checklists of stations, where they are asked. A report takes the row of its station and then the counts of the
/// district. Here too all stations come first, in the order of their ids, and only then is one of them answered: otherwise
/// the report of one station waits for the district that we have counted, while we wait for that station.
async fn tell(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    news: News,
) -> Result<(), Error> {
    let stations: Vec<&str> = news.keys().map(String::as_str).collect();
    readiness::actions::hold_in(tx, election_id, &stations).await?;
    for (station, (mut place, news)) in news {
        let answers: Vec<(&str, &str)> = news
            .iter()
            .map(|(item, holds)| (item.as_str(), if *holds { "yes" } else { "no" }))
            .collect();
        let key = (election_id, station.as_str());
        match readiness::actions::tell_all_in(tx, acting, key, &answers).await {
            Ok(_) => {
                place.told.extend(news);
                store::set_told(tx, &place).await?;
            }
            // The station answers no checklist, or not yet: it will be told when somebody looks again.
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Puts the counting units of an election on record, with where they stand; done again, it takes over stations that came,
/// moved or left, and makes all sums anew. Returns how many there are.
///
/// # Errors
/// [`Error::NotFound`] without such an election.
pub async fn set_up_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
) -> Result<u64, Error> {
    tx.lock_for_one(LOCK).await?;
    let election = elections::queries::election(tx, election_id).await?;
    let mut units = store::units(tx, election_id, acting.today()).await?;
    units.sort_by(|a, b| a.station_id.cmp(&b.station_id));
    let wanted: BTreeSet<&str> = units.iter().map(|u| u.station_id.as_str()).collect();
    for id in store::station_ids(tx, election_id).await? {
        if !wanted.contains(id.as_str()) {
            leave(tx, acting, election_id, &id).await?;
        }
    }
    for unit in &units {
        let known = store::read::place_of(tx, election_id, &unit.station_id).await?;
        let stays = known.as_ref().is_some_and(|k| {
            k.region_id == unit.region_id
                && k.district_id == unit.district_id
                && k.number == unit.number
        });
        if stays {
            continue;
        }
        let mut place = known.unwrap_or_else(|| Place {
            election_id: election_id.to_owned(),
            station_id: unit.station_id.clone(),
            area_id: unit.area_id.clone(),
            zone: unit.zone.clone(),
            region_id: String::new(),
            district_id: String::new(),
            number: 0,
            stand: Stand::of(
                &acting.app().rules.training().coverage,
                &judge(&acting.app().rules.training().coverage.needs(), &[]),
            ),
            told: BTreeMap::new(),
            looked_on: Date::MIN,
            day: Date::MIN,
        });
        place.region_id.clone_from(&unit.region_id);
        place.district_id.clone_from(&unit.district_id);
        place.number = unit.number;
        place.day = place.day.max(day_of(&place, acting)?);
        store::set(tx, &place, acting.now()).await?;
        store::set_day(tx, &place, false).await?;
    }
    recount_in(tx, acting, election_id, election.voting_day).await?;
    u64::try_from(wanted.len()).map_err(Error::internal)
}

/// A station that is no counting unit any more: it ends with nothing.
async fn leave(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    station_id: &str,
) -> Result<(), Error> {
    if let Some(mut place) = store::hold(tx, election_id, station_id).await? {
        place.day = place.day.max(day_of(&place, acting)?);
        store::set_day(tx, &place, true).await?;
        store::remove(tx, &place).await?;
    }
    Ok(())
}

/// Makes where all stations stand, and the sums of all districts, anew.
async fn recount_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    voting_day: Date,
) -> Result<(), Error> {
    let rules = &acting.app().rules.training().coverage;
    let due = due(rules, voting_day)?;
    let groups = store::groups(rules);
    let mut news = News::new();
    let mut ended: BTreeMap<String, (String, Date)> = BTreeMap::new();
    for (district, region, day) in store::last_days(tx, election_id).await? {
        ended.insert(district, (region, day));
    }
    for district in store::districts_now(tx, election_id).await? {
        let places = store::places_of_district(tx, election_id, &district).await?;
        let mut sums = Sums::default();
        let mut day = acting.today();
        let mut region = String::new();
        let mut by_day: BTreeMap<Date, BTreeMap<String, Vec<SeatRow>>> = BTreeMap::new();
        for mut place in places {
            let today = day_of(&place, acting)?;
            // Stations of one district live by few clocks, nearly always by one.
            let seats = match by_day.entry(today) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => {
                    let key = (election_id, district.as_str());
                    let mut seats: BTreeMap<String, Vec<SeatRow>> = BTreeMap::new();
                    for seat in store::seats_of_district(tx, key, today, &groups).await? {
                        seats.entry(seat.station_id.clone()).or_default().push(seat);
                    }
                    free.insert(seats)
                }
            };
            let seats = seats.get(&place.station_id);
            let now = stand(rules, &seats.into_iter().flatten().collect::<Vec<_>>());
            let is_news = now != place.stand;
            if is_news || place.looked_on < today {
                place.stand = now;
                place.looked_on = place.looked_on.max(today);
                if is_news {
                    place.day = place.day.max(today);
                    store::set_day(tx, &place, false).await?;
                }
                store::set(tx, &place, acting.now()).await?;
            }
            sums = sums.plus(place.stand.sums());
            day = day.max(place.day);
            region.clone_from(&place.region_id);
            heard_of(&mut news, rules, due, place);
        }
        if let Some((_, last)) = ended.remove(&district) {
            day = day.max(last);
        }
        let area = (district.as_str(), region.as_str());
        store::set_district(tx, election_id, area, day, sums).await?;
    }
    // Districts that have no stations any more end with nothing.
    for (district, (region, last)) in ended {
        let day = last.max(acting.today());
        let area = (district.as_str(), region.as_str());
        store::set_district(tx, election_id, area, day, Sums::default()).await?;
    }
    tell(tx, acting, election_id, news).await
}
