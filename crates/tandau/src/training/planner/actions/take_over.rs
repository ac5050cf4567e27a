//! A plan becomes sessions, in one act.

use super::allowed;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, T, areas};
use crate::training::actions::{invite_in, plan_in, seats_on};
use crate::training::coverage::{self, Affected};
use crate::training::model::{Invited, NewSession, Programme};
use crate::training::planner::model::{PlannedSession, Proposal, State};
use crate::training::planner::store::plans::Counted;
use crate::training::planner::store::{self, plans};
use crate::training::queries;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// What became of taking a plan over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// Sessions that were made now.
    pub made: u64,
    /// People who were invited to them.
    pub people: u64,
    /// What could not be taken over, with the reason: place of the session, sentence. Unless it was asked for in part, nothing
    /// was made then.
    pub refused: Vec<(u64, String)>,
}

/// A session of the plan as it is made, and whom it invites: area of their commission, person.
struct Ready {
    session: NewSession,
    people: Vec<(String, String)>,
}

/// Makes the sessions of a plan and invites those whom the plan counted, in one transaction, with the checks of the acts by which that is
/// done by hand. Where something can't be taken over it is told and nothing happens; with `in_part` what can be taken over is.
/// What was made before stays as it is.
///
/// # Errors
/// No power; a plan that is not there yet.
pub async fn take_over(acting: &Acting, plan_id: &str, in_part: bool) -> Result<TakenOver, Error> {
    let mut tx = acting.begin().await?;
    if !plans::hold(&mut tx, plan_id).await? {
        return Err(Error::NotFound);
    }
    let proposal = plans::by_id(&mut tx, plan_id).await?;
    allowed(&mut tx, acting, &proposal.asked.area_id).await?;
    if !matches!(proposal.state, State::Done | State::Taken) {
        return Err(Error::Conflict(acting.t().planner_not_there()));
    }
    let programme = queries::programme(&mut tx, &proposal.asked.programme_id).await?;
    let mut taken = TakenOver::default();
    let mut made = Vec::new();
    let mut all = true;
    let planned = plans::sessions(&mut tx, plan_id).await?;
    for session in planned.into_iter().filter(|s| !s.made) {
        let place = session.place;
        let of = (&proposal, &programme);
        let Some(ready) = ready(&mut tx, acting, of, session, &mut taken).await? else {
            all = false;
            continue;
        };
        // Made also when it will be undone: every reason is told at once.
        match make(&mut tx, acting, ready).await? {
            Ok((id, people)) => {
                taken.made = taken.made.saturating_add(1);
                taken.people = taken.people.saturating_add(people);
                made.push(id);
            }
            Err(why) => {
                all = false;
                taken.refused.push((place, why));
            }
        }
    }
    if !in_part && !taken.refused.is_empty() {
        // Dropped, so nothing of it happened.
        return Ok(TakenOver {
            refused: taken.refused,
            ..TakenOver::default()
        });
    }
    // All at once: coverage takes the rows of stations in their order.
    if !made.is_empty() {
        let election = &proposal.asked.election_id;
        coverage::changed(&mut tx, acting, election, Affected::Sessions(&made)).await?;
    }
    let id = proposal.asked.id.as_str();
    if all && plans::set_state(&mut tx, id, (State::Done, State::Taken), "").await? {
        let what = ("training.plan_taken", "training_plan");
        acting.note(&mut tx, what, &[id]).await?;
    }
    tx.commit().await?;
    Ok(taken)
}

/// A session as it can be made, without those who don't come any more; none where it can't. Why stands in `taken` afterwards.
async fn ready(
    tx: &mut Transaction,
    acting: &Acting,
    (proposal, programme): (&Proposal, &Programme),
    planned: PlannedSession,
    taken: &mut TakenOver,
) -> Result<Option<Ready>, Error> {
    let t = acting.t();
    let place = planned.place;
    let area = areas::by_id(tx, &planned.area_id, planned.held_on).await?;
    let (starts_at, ends_at) = times(acting, &planned, &area.time_zone()?)?;
    if starts_at <= acting.now() {
        taken.refused.push((place, t.planner_over()));
        return Ok(None);
    }
    let hall = store::hall(tx, &planned.hall_id).await?;
    let Some(hall) = hall.filter(|h| !h.says.retired && h.says.seats >= planned.people) else {
        taken.refused.push((place, t.planner_hall_gone()));
        return Ok(None);
    };
    let trainer = store::trainer(tx, &planned.person_id).await?;
    let trains = trainer.is_some_and(|one| {
        let away = one.says.away.contains(&planned.held_on);
        !one.says.retired && !away && one.says.area_id == planned.area_id
    });
    if !trains {
        taken.refused.push((place, t.planner_trainer_gone()));
        return Ok(None);
    }
    let cascade = &acting.app().rules.training().cascade;
    let asked = &proposal.asked;
    let Some(seats) = seats_on(cascade, programme, asked.level, planned.held_on)? else {
        taken.refused.push((place, t.training_by_name_only()));
        return Ok(None);
    };
    let counted = plans::people_of(tx, asked, place, &seats).await?;
    let (come, lost): (Vec<Counted>, Vec<Counted>) = counted
        .into_iter()
        .partition(|one| one.seated && !one.passed && !one.invited);
    if come.is_empty() {
        taken.refused.push((place, t.planner_nobody_comes()));
        return Ok(None);
    }
    if !lost.is_empty() {
        taken.refused.push((place, t.planner_lost(named(t, &lost))));
    }
    let modules = queries::modules(tx, &asked.programme_id).await?;
    let session = NewSession {
        id: planned.session_id,
        election_id: asked.election_id.clone(),
        programme_id: asked.programme_id.clone(),
        area_id: planned.area_id,
        level: asked.level,
        place: hall.says.name,
        station_id: None,
        coordinates: Some(hall.says.place),
        starts_at,
        ends_at,
        seats: hall.says.seats.min(cascade.seats_most.value),
        modules: modules
            .into_iter()
            .filter(|m| !m.says.retired)
            .map(|m| m.says.id)
            .collect(),
        trainers: vec![planned.person_id],
    };
    let people = come.into_iter().map(|one| (one.area_id, one.person_id));
    Ok(Some(Ready {
        session,
        people: people.collect(),
    }))
}

/// Names told of one session at most.
const NAMED: usize = 10;

/// Names of those who don't come any more, with the reason.
fn named(t: T, lost: &[Counted]) -> String {
    let one = |one: &Counted| {
        let why = if one.passed {
            t.planner_lost_passed()
        } else if one.invited {
            t.planner_lost_invited()
        } else {
            t.planner_lost_seat()
        };
        format!("{} ({why})", one.name.get(t.lang))
    };
    let mut all: Vec<String> = lost.iter().take(NAMED).map(one).collect();
    if lost.len() > NAMED {
        all.push("…".to_owned());
    }
    all.join(", ")
}

fn times(
    acting: &Acting,
    session: &PlannedSession,
    zone: &TimeZone,
) -> Result<(Timestamp, Timestamp), Error> {
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

/// Makes one session with its invitations: its id and how many come, or the sentence why it can't be.
async fn make(
    tx: &mut Transaction,
    acting: &Acting,
    ready: Ready,
) -> Result<Result<(String, u64), String>, Error> {
    let made = match plan_in(tx, acting, ready.session).await {
        Ok(made) => made,
        Err(error) => return sentence(acting, error).map(Err),
    };
    let wanted = u64::try_from(ready.people.len()).unwrap_or(u64::MAX);
    let whom = Invited::Seated(ready.people);
    let of = (made.says.id.as_str(), made.version);
    let (_, invited) = invite_in(tx, acting, of, &whom).await?;
    // Somebody was faster since we looked: the whole act is undone and can be tried again.
    if invited != wanted {
        return Err(Error::Conflict(acting.t().learning_changed_meanwhile()));
    }
    Ok(Ok((made.says.id, invited)))
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
