//! What a plan is made from: who is still to be taught, halls and trainers, sessions that stand.

use super::model::{Gathered, Hall, Proposal, levels, trains_stations};
use super::store::{self, Open, Standing};
use crate::elections::queries as elections;
use crate::platform::database::Connection;
use crate::platform::{App, Error, areas};
use crate::training::actions::seats_on;
use crate::training::queries;
use electoral::training::plan::{self, Input, Kept, Place, Terms};
use electoral::training::rules::{CascadeRules, Level, PlannerRules};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use std::collections::{BTreeMap, BTreeSet};

/// Days that a plan looks ahead at most.
const DAYS_MOST: i32 = 200;

/// A level whose sessions are planned.
///
/// # Errors
/// One that the rules don't plan for.
fn level(rules: &CascadeRules, number: u64) -> Result<&Level, Error> {
    let found = levels(rules).find(|(level, _)| *level == number);
    let (_, level) = found.ok_or_else(|| Error::internal("a level that is not planned"))?;
    Ok(level)
}

/// Reads what a plan is made from.
///
/// # Errors
/// What the database reports; a programme whose people sit in no commission.
pub(super) async fn gather(
    connection: &mut Connection,
    app: &App,
    proposal: &Proposal,
) -> Result<Gathered, Error> {
    let rules = app.rules.training();
    let asked = &proposal.asked;
    let area = asked.area_id.as_str();
    let level = level(&rules.cascade, asked.level)?;
    let election = elections::election(connection, &asked.election_id).await?;
    let holders = store::holders(connection, area, &level.commission, asked.starts_on).await?;
    let all_halls = store::halls(connection, area).await?;
    let used: Vec<Hall> = all_halls.into_iter().filter(|h| !h.says.retired).collect();
    let mut trainers = store::trainers(connection, area).await?;
    trainers.retain(|t| !t.says.retired && holders.contains(&t.says.area_id));
    let open = open(connection, app, proposal, level).await?;
    let busy: BTreeSet<&str> = trainers.iter().map(|t| t.says.person_id.as_str()).collect();
    let (stations, people) = commissions(open, &busy, &used);
    let mut halls = used;
    halls.retain(|h| holders.contains(&h.says.area_id));

    let terms = terms(app, level, asked.starts_on, election.voting_day)?;
    let begins = begins(connection, proposal).await?;
    let standing = store::standing(connection, area, begins).await?;
    let mut zones: BTreeMap<String, TimeZone> = BTreeMap::new();
    for one in &standing {
        if !zones.contains_key(&one.area_id) {
            let area = areas::by_id(connection, &one.area_id, asked.starts_on).await?;
            zones.insert(one.area_id.clone(), area.time_zone()?);
        }
    }
    let mut kept = Vec::new();
    let mut stands_until: Option<Date> = None;
    for one in &standing {
        let Some(zone) = zones.get(&one.area_id) else {
            continue;
        };
        kept.extend(takes(
            one,
            zone,
            &halls,
            (&rules.planner, &terms),
            between(app)?,
        )?);
        let teaches_the_same = one.programme_id == asked.programme_id
            && one.election_id == asked.election_id
            && one.level == asked.level
            && holders.contains(&one.area_id);
        if teaches_the_same {
            let day = one.starts_at.to_zoned_datetime(zone.clone()).date();
            stands_until = stands_until.max(Some(day));
        }
    }
    let sessions: BTreeSet<&str> = standing.iter().map(|one| one.id.as_str()).collect();
    let standing = sessions.len();
    // A hall may have more seats than a session may have people.
    let most = rules.cascade.seats_most.value;
    let input = Input {
        stations,
        halls: halls
            .iter()
            .map(|h| plan::Hall {
                id: h.says.id.clone(),
                seats: u32::try_from(h.says.seats.min(most)).unwrap_or(0),
                place: place(h.says.place),
                within: h.says.area_id.clone(),
            })
            .collect(),
        trainers: trainers
            .iter()
            .map(|t| plan::Trainer {
                id: t.says.person_id.clone(),
                home: place(t.says.place),
                away: t.says.away.iter().copied().collect(),
                within: t.says.area_id.clone(),
            })
            .collect(),
        kept,
        stands_until,
        terms,
    };
    Ok(Gathered {
        input,
        halls,
        people,
        standing,
    })
}

const fn place((latitude_microdeg, longitude_microdeg): (i64, i64)) -> Place {
    Place {
        latitude_microdeg,
        longitude_microdeg,
    }
}

/// Who is still to be taught, by the offices of the programme's audience.
async fn open(
    connection: &mut Connection,
    app: &App,
    proposal: &Proposal,
    level: &Level,
) -> Result<Vec<Open>, Error> {
    let asked = &proposal.asked;
    let programme = queries::programme(connection, &asked.programme_id).await?;
    let cascade = &app.rules.training().cascade;
    let seats = seats_on(cascade, &programme, asked.level, asked.starts_on)?;
    let seats = seats.ok_or_else(|| Error::internal("people of a programme without seats"))?;
    let what = (asked.election_id.as_str(), asked.programme_id.as_str());
    if trains_stations(level) {
        store::open_of_stations(connection, &asked.area_id, what, &seats).await
    } else {
        store::open_of_territories(connection, &asked.area_id, what, &seats).await
    }
}

/// People by commission, each once, without those who train; people of a territory set out from its first hall.
fn commissions(
    open: Vec<Open>,
    trainers: &BTreeSet<&str>,
    halls: &[Hall],
) -> (Vec<plan::Station>, BTreeMap<String, Vec<String>>) {
    let mut seen = BTreeSet::new();
    let mut people: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut found: BTreeMap<String, plan::Station> = BTreeMap::new();
    for one in open {
        if trainers.contains(one.person_id.as_str()) || !seen.insert(one.person_id.clone()) {
            continue;
        }
        let there = || halls.iter().find(|h| h.says.area_id == one.area_id);
        let commission = found
            .entry(one.area_id.clone())
            .or_insert_with(|| plan::Station {
                id: one.area_id.clone(),
                people: 0,
                place: one.place.or_else(|| Some(place(there()?.says.place))),
                within: one.above_id.clone(),
            });
        commission.people = commission.people.saturating_add(1);
        people.entry(one.area_id).or_default().push(one.person_id);
    }
    (found.into_values().collect(), people)
}

/// The moment from which sessions that stand matter: when the plan was asked for, or the beginning of its first day.
async fn begins(connection: &mut Connection, proposal: &Proposal) -> Result<Timestamp, Error> {
    let asked = &proposal.asked;
    let area = areas::by_id(connection, &asked.area_id, asked.starts_on).await?;
    let first = asked
        .starts_on
        .at(0, 0, 0, 0)
        .to_zoned_datetime(area.time_zone()?)
        .map_err(Error::internal)?
        .timestamp();
    Ok(first.min(proposal.made_at))
}

fn between(app: &App) -> Result<SignedDuration, Error> {
    let minutes = app.rules.training().cascade.between_minutes.value;
    let minutes = i64::try_from(minutes).map_err(Error::internal)?;
    Ok(SignedDuration::from_mins(minutes))
}

/// What a session that stands takes, as the plan sees it: a hall of the list if it is held there, its trainer, and every hour that
/// it meets with the way between.
fn takes(
    one: &Standing,
    zone: &TimeZone,
    halls: &[Hall],
    (rules, terms): (&PlannerRules, &Terms),
    between: SignedDuration,
) -> Result<Vec<Kept>, Error> {
    let hall = halls.iter().find(|h| {
        let there = one.place == Some(place(h.says.place));
        there && h.says.area_id == one.area_id
    });
    let starts = one.starts_at.to_zoned_datetime(zone.clone()).datetime();
    let ends = one.ends_at.to_zoned_datetime(zone.clone()).datetime();
    let minutes = i64::try_from(rules.session_minutes.value).map_err(Error::internal)?;
    let mut taken = Vec::new();
    let held = starts.date()..=ends.date();
    for day in terms.days.iter().filter(|day| held.contains(*day)) {
        for (slot, minute) in terms.slots.iter().enumerate() {
            let begin = SignedDuration::from_mins(i64::from(*minute));
            let begin = day.at(0, 0, 0, 0).checked_add(begin)?;
            let end = begin.checked_add(SignedDuration::from_mins(minutes))?;
            let meets = starts < end && ends > begin;
            // A trainer needs the way between; the hall is free at once.
            if starts < end.checked_add(between)? && ends.checked_add(between)? > begin {
                let hall = hall.filter(|_| meets);
                taken.push(Kept {
                    hall: hall.map_or_else(String::new, |h| h.says.id.clone()),
                    trainer: one.person_id.clone(),
                    day: *day,
                    slot,
                });
            }
        }
    }
    Ok(taken)
}

/// Time and travel of the rules for a plan.
fn terms(app: &App, level: &Level, starts_on: Date, voting_day: Date) -> Result<Terms, Error> {
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
    let reach_km = if trains_stations(level) {
        planner.reach_km.value
    } else {
        planner.territorial_reach_km.value
    };
    Ok(Terms {
        days,
        in_time,
        slots: vec![
            small(planner.first_minute.value)?,
            small(planner.second_minute.value)?,
        ],
        session_minutes: small(planner.session_minutes.value)?,
        reach_metres: reach_km.saturating_mul(1_000),
        trip_minutes: planner.trip_minutes.value,
        detour_percent: planner.detour_percent.value,
        road_kmh: planner.road_kmh.value,
        session_km: small(planner.session_km.value)?,
    })
}
