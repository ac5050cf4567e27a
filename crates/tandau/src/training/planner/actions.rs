//! What may be done with plans: halls and trainers entered, a plan asked for, its sessions made.

use super::model::{MOST, NewHall, NewPlan, NewTrainer, Proposal, State};
use super::store::{self, plans};
use crate::elections::queries as elections;
use crate::people::queries as people;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error, areas, audit, ids};
use crate::training::model::{Invited, NewSession};
use crate::training::{actions as sessions, queries};
use jiff::SignedDuration;
use jiff::civil::Time;
use std::collections::BTreeMap;

/// The level at which members of precinct commissions are taught: what plans are made for.
pub const LEVEL: u64 = 2;
/// Seats of a hall at most.
const SEATS_MOST: u64 = 2_000;
/// Days on which a trainer can't at most.
const AWAY_MOST: usize = 100;

async fn allowed(tx: &mut Transaction, acting: &Acting, area_id: &str) -> Result<(), Error> {
    acting
        .require(tx, Action::TrainingPlan, area_id, None)
        .await
}

async fn record(
    tx: &mut Transaction,
    acting: &Acting,
    (event, kind): (&'static str, &'static str),
    object: &[&str],
) -> Result<(), Error> {
    let event = audit::Event {
        event,
        kind,
        object,
        contest_id: "",
    };
    acting.record(tx, event).await
}

/// Enters a hall: a new one (`seen` 0), or the next version of one. Its territory stays.
///
/// # Errors
/// No power; words or seats missing; somebody was faster.
pub async fn set_hall(acting: &Acting, seen: u64, mut new: NewHall) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    if let Some(before) = store::hall(&mut tx, &new.id).await? {
        new.area_id = before.says.area_id;
    }
    allowed(&mut tx, acting, &new.area_id).await?;
    let mut problems = FieldErrors::new();
    if !ids::is_id(&new.id) {
        problems.add("id", t.form_choice());
    }
    let names = [&new.name.kk, &new.name.ru, &new.name.en];
    if names
        .iter()
        .any(|n| n.trim().is_empty() || n.chars().count() > 200)
    {
        problems.add("name_kk", t.learning_three_languages());
    }
    if !(1..=SEATS_MOST).contains(&new.seats) {
        problems.add("seats", t.learning_range(1_u64, SEATS_MOST));
    }
    problems.done()?;
    let version = seen.saturating_add(1);
    if !store::add_hall(&mut tx, acting, version, &new).await? {
        return Err(Error::Conflict(t.learning_changed_meanwhile()));
    }
    let object = [new.id.as_str(), &version.to_string()];
    record(
        &mut tx,
        acting,
        ("training.hall_set", "training_hall"),
        &object,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Enters a trainer, or the next version of one.
///
/// # Errors
/// No power over the territory, or over the one before; nobody of that id; somebody was faster.
pub async fn set_trainer(acting: &Acting, seen: u64, new: NewTrainer) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    allowed(&mut tx, acting, &new.area_id).await?;
    if let Some(before) = store::trainer(&mut tx, &new.person_id).await? {
        allowed(&mut tx, acting, &before.says.area_id).await?;
    }
    match people::by_id(&mut tx, &new.person_id).await {
        Err(Error::NotFound) => return Err(Error::field("person", t.planner_person_unknown())),
        other => other?,
    };
    if new.away.len() > AWAY_MOST {
        return Err(Error::field("away", t.learning_range(0_u64, 100_u64)));
    }
    let version = seen.saturating_add(1);
    if !store::add_trainer(&mut tx, acting, version, &new).await? {
        return Err(Error::Conflict(t.learning_changed_meanwhile()));
    }
    let object = [new.person_id.as_str(), &version.to_string()];
    record(
        &mut tx,
        acting,
        ("training.trainer_set", "training_trainer"),
        &object,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Asks for a plan. It is reckoned beside the requests ([`super::begin`]). The same form sent twice asks once.
///
/// # Errors
/// No power; an election or programme that does not exist; no hall or nobody to train; voting that is over by then.
pub async fn ask(acting: &Acting, new: NewPlan) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    allowed(&mut tx, acting, &new.area_id).await?;
    if !ids::is_id(&new.id) {
        return Err(Error::field("id", t.form_choice()));
    }
    let election = match elections::election(&mut tx, &new.election_id).await {
        Err(Error::NotFound) => return Err(Error::field("election", t.form_choice())),
        other => other?,
    };
    match queries::programme(&mut tx, &new.programme_id).await {
        Err(Error::NotFound) => return Err(Error::field("programme", t.form_choice())),
        other => other?,
    };
    if new.starts_on >= election.voting_day {
        return Err(Error::field("starts_on", t.planner_too_late()));
    }
    let halls = store::halls(&mut tx, &new.area_id).await?;
    let trainers = store::trainers(&mut tx, &new.area_id).await?;
    if halls.iter().all(|h| h.says.retired) || trainers.iter().all(|t| t.says.retired) {
        return Err(Error::field("area", t.planner_nothing_to_plan_with()));
    }
    if halls.len() > MOST || trainers.len() > MOST {
        return Err(Error::field("area", t.planner_too_many(MOST)));
    }
    let day = election.voting_day.to_string();
    if !plans::add(&mut tx, acting, &new, (LEVEL, &day)).await? {
        // The same form again; another's plan of that id is not told.
        let known = plans::by_id(&mut tx, &new.id).await?;
        return allowed(&mut tx, acting, &known.asked.area_id).await;
    }
    record(
        &mut tx,
        acting,
        ("training.plan_asked", "training_plan"),
        &[&new.id],
    )
    .await?;
    Ok(tx.commit().await?)
}

/// What became of taking a plan over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// Sessions that were made now.
    pub made: u64,
    /// Sessions that could not be made, with the reason: place, sentence.
    pub refused: Vec<(u64, String)>,
}

/// Makes the sessions of a plan and invites the stations of each, by the same acts as by hand. What was made before stays; what
/// can't be made is told and can be made by hand. Whoever begins again goes on where it stopped.
///
/// # Errors
/// No power; a plan that is not there yet.
pub async fn take_over(acting: &Acting, plan_id: &str) -> Result<TakenOver, Error> {
    let t = acting.t();
    let (proposal, planned, stations, modules, zones) = {
        let mut reader = acting.app().read().await?;
        let proposal = plans::by_id(&mut reader, plan_id).await?;
        acting
            .require(
                &mut reader,
                Action::TrainingPlan,
                &proposal.asked.area_id,
                None,
            )
            .await?;
        if !matches!(proposal.state, State::Done | State::Taken) {
            return Err(Error::Conflict(t.planner_not_there()));
        }
        let planned = plans::sessions(&mut reader, plan_id).await?;
        let stations = plans::stations_of(&mut reader, plan_id).await?;
        let modules = queries::modules(&mut reader, &proposal.asked.programme_id).await?;
        let modules: Vec<String> = modules
            .into_iter()
            .filter(|m| !m.says.retired)
            .map(|m| m.says.id)
            .collect();
        // A session is held by the clocks of its place, not by those of the election.
        let mut zones = BTreeMap::new();
        for session in &planned {
            if !zones.contains_key(&session.area_id) {
                let area = areas::by_id(&mut reader, &session.area_id, session.held_on).await?;
                zones.insert(session.area_id.clone(), area.time_zone()?);
            }
        }
        (proposal, planned, stations, modules, zones)
    };
    let mut areas: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for (place, area) in stations {
        areas.entry(place).or_default().push(area);
    }
    let mut taken = TakenOver::default();
    for session in planned.iter().filter(|s| !s.made) {
        let zone = zones.get(&session.area_id).ok_or(Error::NotFound)?;
        let (starts_at, ends_at) = times(acting, session, zone)?;
        let new = NewSession {
            id: session.session_id.clone(),
            election_id: proposal.asked.election_id.clone(),
            programme_id: proposal.asked.programme_id.clone(),
            area_id: session.area_id.clone(),
            level: proposal.level,
            place: session.hall.clone(),
            station_id: None,
            coordinates: Some(session.at),
            starts_at,
            ends_at,
            seats: session.seats,
            modules: modules.clone(),
            trainers: vec![session.person_id.clone()],
        };
        let made = make(acting, new, areas.get(&session.place)).await;
        match made {
            Ok(()) => taken.made = taken.made.saturating_add(1),
            Err(error) => taken
                .refused
                .push((session.place, sentence(acting, error)?)),
        }
    }
    finish(acting, &proposal, &taken).await?;
    Ok(taken)
}

fn times(
    acting: &Acting,
    session: &super::model::PlannedSession,
    zone: &jiff::tz::TimeZone,
) -> Result<(jiff::Timestamp, jiff::Timestamp), Error> {
    let rules = &acting.app().rules.training().planner;
    let minute = if session.slot == 0 {
        rules.first_minute.value
    } else {
        rules.second_minute.value
    };
    let (hour, minute) = (minute / 60, minute % 60);
    let time = Time::new(
        i8::try_from(hour).map_err(Error::internal)?,
        i8::try_from(minute).map_err(Error::internal)?,
        0,
        0,
    )
    .map_err(Error::internal)?;
    let starts = session
        .held_on
        .to_datetime(time)
        .to_zoned_datetime(zone.clone())
        .map_err(Error::internal)?
        .timestamp();
    let minutes = i64::try_from(rules.session_minutes.value).map_err(Error::internal)?;
    Ok((starts, starts + SignedDuration::from_mins(minutes)))
}

/// Makes one session with its invitations.
async fn make(acting: &Acting, new: NewSession, areas: Option<&Vec<String>>) -> Result<(), Error> {
    let id = new.id.clone();
    sessions::plan(acting, new).await?;
    let seen = {
        let mut reader = acting.app().read().await?;
        queries::session(&mut reader, &id).await?.version
    };
    let areas = areas.cloned().unwrap_or_default();
    sessions::invite(acting, &id, seen, Invited::Areas(areas))
        .await
        .map(drop)
}

/// What somebody reads about a session that could not be made.
fn sentence(acting: &Acting, error: Error) -> Result<String, Error> {
    match error {
        Error::Invalid(problems) => Ok(problems
            .into_iter()
            .map(|p| p.message)
            .collect::<Vec<_>>()
            .join(" ")),
        Error::Conflict(message) => Ok(message),
        Error::Forbidden(_) => Ok(acting.t().planner_no_power()),
        other => Err(other),
    }
}

async fn finish(acting: &Acting, proposal: &Proposal, taken: &TakenOver) -> Result<(), Error> {
    if !taken.refused.is_empty() || proposal.state == State::Taken {
        return Ok(());
    }
    let mut tx = acting.begin().await?;
    let id = &proposal.asked.id;
    if plans::set_state(&mut tx, id, (State::Done, State::Taken), "").await? {
        record(
            &mut tx,
            acting,
            ("training.plan_taken", "training_plan"),
            &[id],
        )
        .await?;
        tx.commit().await?;
    }
    Ok(())
}
