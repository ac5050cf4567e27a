//! Setting an election up: which stations answer, and the counts from which reports go on.

use super::lists::{reach_in, set_in_force, write};
use crate::elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::i18n::in_all;
use crate::platform::{Acting, Error};
use crate::readiness::model::{Place, Sums, Tally, tallies};
use crate::readiness::{lists, model, silence, store};
use crate::tasks::actions as tasks;
use electoral::checklist::Checklist;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Makes the counting units of an election answer: with the built-in checklist when it is the first time. Done
/// again, it takes over stations that came, moved or left. Returns how many answer.
///
/// # Errors
/// No power at the election's area; [`Error::Conflict`] without counting units.
pub async fn set_up(acting: &Acting, election_id: &str) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let stations = set_up_in(&mut tx, acting, election_id).await?;
    tx.commit().await?;
    Ok(stations)
}

/// [`set_up`] inside another act.
///
/// # Errors
/// As [`set_up`].
pub async fn set_up_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
) -> Result<u64, Error> {
    let election = elections::queries::election(tx, election_id).await?;
    let state = Some(election.state.as_str());
    acting
        .require(tx, Action::ChecklistChange, &election.area_id, state)
        .await?;
    let units = store::lists::units(tx, election_id, acting.today()).await?;
    if units.is_empty() {
        return Err(Error::Conflict(acting.t().readiness_no_stations()));
    }
    // Nobody is left on an earlier version: all is counted anew.
    for (election, district) in store::lists::pending(tx, u64::MAX).await? {
        if election == election_id {
            reach_in(tx, acting, election_id, &district).await?;
        }
    }
    let list = match store::lists::setups(tx, election_id).await?.first() {
        Some(now) => lists::version_of(tx, &now.checklist_id, now.checklist_version).await?,
        None => {
            let built_in = Arc::clone(acting.app().rules.checklist());
            let adopted = write(tx, acting, &built_in, "built-in").await?;
            set_in_force(tx, acting, election_id, &adopted.id, adopted.version).await?;
            built_in
        }
    };
    for unit in &units {
        let zone = TimeZone::get(&unit.zone)?;
        let today = acting.now().to_zoned_datetime(zone).date();
        store::lists::add_station(tx, election_id, unit, today).await?;
    }
    let wanted: BTreeSet<&str> = units.iter().map(|u| u.station_id.as_str()).collect();
    for id in store::lists::station_ids(tx, election_id).await? {
        if !wanted.contains(id.as_str()) {
            leave(tx, acting, election_id, &id).await?;
        }
    }
    recount_in(tx, acting, election_id, &list).await?;
    u64::try_from(wanted.len()).map_err(Error::internal)
}

/// A station that is no counting unit any more: its last counts are none, and nobody has to mend anything there.
async fn leave(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    station_id: &str,
) -> Result<(), Error> {
    if let Some(mut place) = store::hold(tx, election_id, station_id, None).await? {
        let reason = in_all(|t| t.readiness_task_left());
        for item in store::read::states(tx, election_id, station_id)
            .await?
            .keys()
        {
            let key = place.task_key(item);
            tasks::withdraw_in(tx, acting, model::ORIGIN, &key, &reason).await?;
        }
        let key = silence::key(election_id, station_id);
        tasks::withdraw_in(tx, acting, silence::ORIGIN, &key, &reason).await?;
        place.day = place.day.max(place.day_of(acting.now())?);
        store::write::set_station_day(tx, &place, &Tally::default());
        store::lists::remove_station(tx, election_id, station_id).await?;
    }
    Ok(())
}

/// Makes the counts of all stations and districts anew from where their items stand.
pub(super) async fn recount_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    list: &Checklist,
) -> Result<(), Error> {
    for (district, region) in store::lists::districts(tx, election_id).await? {
        recount_district(tx, acting, election_id, (&district, &region), list).await?;
    }
    Ok(())
}

/// The same of one district.
pub(super) async fn recount_district(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    (district, region): (&str, &str),
    list: &Checklist,
) -> Result<(), Error> {
    let places = store::hold_district(tx, election_id, district).await?;
    let statuses = store::read::statuses_of_district(tx, election_id, district).await?;
    let mut day = acting.today();
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for mut place in places {
        let known = statuses.get(&place.station_id);
        let counts = tallies(list, |item| known.and_then(|k| k.get(item)).copied());
        step(tx, acting, &mut place, &counts).await?;
        day = day.max(place.day);
        for (section, tally) in counts {
            let sum = sums.entry(section.to_owned()).or_default();
            *sum = sum.plus(&Sums::of(&tally));
        }
    }
    // Sections that are no longer asked about end with nothing.
    for known in store::under::sections_of_district(tx, election_id, district, Date::MAX).await? {
        sums.entry(known.section).or_default();
        day = day.max(known.day);
    }
    for (section, sum) in &sums {
        let at = (section.as_str(), day);
        let area = (district, region);
        store::write::set_district_day(tx, election_id, area, at, sum).await?;
    }
    Ok(())
}

async fn step(
    tx: &mut Transaction,
    acting: &Acting,
    place: &mut Place,
    counts: &BTreeMap<&str, Tally>,
) -> Result<(), Error> {
    let today = place.day_of(acting.now())?;
    if today > place.day {
        place.day = today;
        store::write::set_day(tx, place);
    }
    if let Some(all) = counts.get(model::ALL_SECTIONS) {
        store::write::set_station_day(tx, place, all);
    }
    Ok(())
}
