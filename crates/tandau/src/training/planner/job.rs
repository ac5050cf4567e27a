//! A plan is reckoned off the threads that answer requests, one at a time.

use super::model::{Hall, Reckoned, State};
use super::store::{self, plans};
use crate::elections::queries as elections;
use crate::platform::{App, Error, areas, sweeper};
use electoral::training::plan::{self, Input, Kept, Place, Terms};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan as _};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::Semaphore;

/// Plans reckoned at once.
static DESK: Semaphore = Semaphore::const_new(1);
/// Days that a plan looks ahead at most.
const DAYS_MOST: i32 = 200;
/// Whoever was to reckon a plan has gone when it waits longer: the program was stopped.
const LOST: SignedDuration = SignedDuration::from_mins(5);

/// Begins to reckon a plan without waiting for it.
pub fn begin(app: App, id: String) {
    tokio::spawn(async move {
        if let Err(error) = reckon(&app, &id).await {
            tracing::error!(%error, plan = id, "a training plan could not be made");
        }
    });
}

/// Looks every minute for plans that were asked for and never made, until the program ends.
pub async fn run(app: App) {
    sweeper::run(app, "training plans", |app, now| async move {
        let lost = {
            let mut reader = app.read().await?;
            plans::waiting(&mut reader, now - LOST).await?
        };
        for id in lost {
            let mut tx = app.database.begin().await?;
            plans::set_state(&mut tx, &id, (State::Running, State::Waiting), "").await?;
            tx.commit().await?;
            reckon(&app, &id).await?;
        }
        Ok(())
    })
    .await;
}

/// Reckons a plan that waits; one that does not is left alone.
///
/// # Errors
/// What the database reports. A plan that can't be made says so itself.
pub async fn reckon(app: &App, id: &str) -> Result<(), Error> {
    let _desk = DESK.acquire().await.map_err(Error::internal)?;
    let mut tx = app.database.begin().await?;
    if !plans::set_state(&mut tx, id, (State::Waiting, State::Running), "").await? {
        return Ok(());
    }
    tx.commit().await?;
    let made = made(app, id).await;
    let mut tx = app.database.begin().await?;
    let kept = match &made {
        Ok((halls, reckoned)) => plans::keep(&mut tx, id, halls, reckoned).await,
        Err(error) => Err(Error::internal(error)),
    };
    if kept.is_ok() {
        return Ok(tx.commit().await?);
    }
    drop(tx);
    let mut tx = app.database.begin().await?;
    plans::set_state(&mut tx, id, (State::Running, State::Failed), "fault").await?;
    tx.commit().await?;
    kept.map(drop)
}

async fn made(app: &App, id: &str) -> Result<(Vec<Hall>, Reckoned), Error> {
    let (input, halls) = {
        let mut reader = app.read().await?;
        let proposal = plans::by_id(&mut reader, id).await?;
        let asked = &proposal.asked;
        let election = elections::election(&mut reader, &asked.election_id).await?;
        let area = areas::by_id(&mut reader, &asked.area_id, asked.starts_on).await?;
        let what = (asked.election_id.as_str(), asked.programme_id.as_str());
        let stations = store::stations(&mut reader, &asked.area_id, what, asked.starts_on).await?;
        let mut halls = store::halls(&mut reader, &asked.area_id).await?;
        halls.retain(|h| !h.says.retired);
        let mut trainers = store::trainers(&mut reader, &asked.area_id).await?;
        trainers.retain(|t| !t.says.retired);
        let from = asked
            .starts_on
            .at(0, 0, 0, 0)
            .to_zoned_datetime(area.time_zone()?)
            .map_err(Error::internal)?
            .timestamp();
        let standing = store::standing(&mut reader, &asked.area_id, from).await?;
        let mut zones = BTreeMap::new();
        for one in &standing {
            if !zones.contains_key(&one.area_id) {
                let area = areas::by_id(&mut reader, &one.area_id, asked.starts_on).await?;
                zones.insert(one.area_id.clone(), area.time_zone()?);
            }
        }
        let kept = standing
            .iter()
            .filter_map(|one| kept(app, one, &halls, zones.get(&one.area_id)?))
            .collect();
        let place = |(latitude_microdeg, longitude_microdeg)| Place {
            latitude_microdeg,
            longitude_microdeg,
        };
        let input = Input {
            stations,
            halls: halls
                .iter()
                .map(|h| plan::Hall {
                    id: h.says.id.clone(),
                    seats: u32::try_from(h.says.seats).unwrap_or(0),
                    place: place(h.says.place),
                    within: h.says.area_id.clone(),
                })
                .collect(),
            trainers: trainers
                .iter()
                .map(|t| plan::Trainer {
                    id: t.says.person_id.clone(),
                    home: place(t.says.place),
                    away: t.says.away.iter().copied().collect::<BTreeSet<Date>>(),
                    within: t.says.area_id.clone(),
                })
                .collect(),
            kept,
            terms: terms(app, asked.starts_on, election.voting_day)?,
        };
        (input, halls)
    };
    let reckoned = tokio::task::spawn_blocking(move || {
        let begun = std::time::Instant::now();
        let plan = plan::plan(&input);
        let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        Reckoned {
            input,
            plan,
            took_ms,
        }
    })
    .await
    .map_err(Error::internal)?;
    Ok((halls, reckoned))
}

/// A session that stands, as the plan sees it: a hall of the list if it is held there, and the hour that it lies in.
fn kept(
    app: &App,
    one: &store::Standing,
    halls: &[Hall],
    zone: &jiff::tz::TimeZone,
) -> Option<Kept> {
    let rules = &app.rules.training().planner;
    let at = one.starts_at.to_zoned_datetime(zone.clone());
    let minute = i64::from(at.hour()) * 60 + i64::from(at.minute());
    let second = i64::try_from(rules.second_minute.value).ok()?;
    let hall = halls.iter().find(|h| {
        let place = one
            .place
            .map(|p| (p.latitude_microdeg, p.longitude_microdeg));
        place == Some(h.says.place) && h.says.area_id == one.area_id
    });
    Some(Kept {
        hall: hall.map_or_else(String::new, |h| h.says.id.clone()),
        trainer: one.person_id.clone(),
        day: at.date(),
        slot: usize::from(minute >= second),
    })
}

/// Time and travel of the rules for a plan.
fn terms(app: &App, starts_on: Date, voting_day: Date) -> Result<Terms, Error> {
    let rules = app.rules.training();
    let planner = &rules.planner;
    let small = |value: u64| u32::try_from(value).map_err(Error::internal);
    let days_before = i32::try_from(rules.coverage.days_before.value).unwrap_or(0);
    let in_time = voting_day.checked_sub(days_before.days())?;
    let days = (0..DAYS_MOST)
        .map_while(|n| starts_on.checked_add(n.days()).ok())
        .take_while(|day| *day < voting_day)
        .filter(|day| planner.is_working_day(*day))
        .collect();
    Ok(Terms {
        days,
        in_time,
        slots: vec![
            small(planner.first_minute.value)?,
            small(planner.second_minute.value)?,
        ],
        session_minutes: small(planner.session_minutes.value)?,
        reach_metres: planner.reach_km.value.saturating_mul(1_000),
        trip_minutes: planner.trip_minutes.value,
        detour_percent: planner.detour_percent.value,
        road_kmh: planner.road_kmh.value,
        session_km: small(planner.session_km.value)?,
    })
}
