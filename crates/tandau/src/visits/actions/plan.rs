//! Planning: a visit, its events, where it is.

use super::{event_in, note, outdated, reasoned, short, visit};
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::access::store::ancestors;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, areas, ids};
use crate::stations::queries as stations;
use crate::visits::model::{EventState, NewEvent, NewVisit, Visit, VisitState};
use crate::visits::store;

async fn check(tx: &mut Transaction, acting: &Acting, new: &NewVisit) -> Result<(), Error> {
    new.check(acting.t(), acting.app().rules.visits())?;
    if new.election_id.is_empty() {
        return Ok(());
    }
    match elections::election(tx, &new.election_id).await {
        Err(Error::NotFound) => Err(Error::field("election", acting.t().form_choice())),
        other => other.map(|_| ()),
    }
}

/// Plans a visit. The id was made with the form: the same form sent twice is one visit.
///
/// # Errors
/// No power over the area; what [`NewVisit::check`] finds; an election that does not exist.
pub async fn create(acting: &Acting, new: NewVisit) -> Result<Visit, Error> {
    let new = new.tidy();
    let mut tx = acting.begin().await?;
    acting
        .require(&mut tx, Action::VisitPlan, &new.area_id, None)
        .await?;
    if !ids::is_id(&new.id) {
        return Err(Error::field("id", acting.t().form_choice()));
    }
    check(&mut tx, acting, &new).await?;
    if !store::add_visit(&mut tx, &new.id, &new.area_id).await? {
        return visit(&mut tx, acting, &new.id, Action::VisitPlan).await;
    }
    let says = ("created", VisitState::Planned, "");
    store::add_version(&mut tx, acting, (&new, 1), says).await?;
    let event = audit("visit.created");
    note(&mut tx, acting, event, (&new.id, 1)).await?;
    let made = store::by_id(&mut tx, &new.id).await?;
    tx.commit().await?;
    Ok(made)
}

const fn audit(event: &'static str) -> (&'static str, &'static str) {
    (event, "visit_version")
}

/// Changes what a visit says. `seen` is the version that was changed.
///
/// # Errors
/// No power; somebody else was faster; a visit that does not take place; what [`NewVisit::check`] finds; events that
/// would fall outside its days.
pub async fn edit(acting: &Acting, seen: u64, new: NewVisit) -> Result<(), Error> {
    let mut new = new.tidy();
    let mut tx = acting.begin().await?;
    let before = visit(&mut tx, acting, &new.id, Action::VisitPlan).await?;
    if before.state == VisitState::Cancelled {
        return Err(Error::Conflict(acting.t().visits_is_cancelled()));
    }
    new.area_id.clone_from(&before.area_id);
    check(&mut tx, acting, &new).await?;
    for event in store::events(&mut tx, &new.id).await? {
        let planned = &event.planned;
        let area = areas::by_id(&mut tx, &planned.area_id, new.starts_on).await?;
        let day = |at: jiff::Timestamp| -> Result<_, Error> {
            Ok(at.to_zoned_datetime(area.time_zone()?).date())
        };
        let outside =
            day(planned.starts_at)? < new.starts_on || day(planned.ends_at)? > new.ends_on;
        if event.state != EventState::Cancelled && outside {
            let problem = acting.t().visits_event_outside(planned.key.as_str());
            return Err(Error::field("ends_on", problem));
        }
    }
    next(&mut tx, acting, (&before, seen), &new, ("edited", "")).await?;
    let version = before.version.saturating_add(1);
    note(&mut tx, acting, audit("visit.edited"), (&new.id, version)).await?;
    Ok(tx.commit().await?)
}

async fn next(
    tx: &mut Transaction,
    acting: &Acting,
    (before, seen): (&Visit, u64),
    new: &NewVisit,
    (act, reason): (&str, &str),
) -> Result<(), Error> {
    if before.version != seen || !store::step_visit(tx, before).await? {
        return Err(outdated(acting));
    }
    let version = before.version.saturating_add(1);
    let says = (act, before.state, reason);
    store::add_version(tx, acting, (new, version), says).await
}

/// Moves a visit on: it begins, is over, or does not take place, which needs a reason.
///
/// # Errors
/// No power; somebody else was faster; a state that can't follow.
pub async fn move_on(
    acting: &Acting,
    id: &str,
    seen: u64,
    to: VisitState,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let mut before = visit(&mut tx, acting, id, Action::VisitPlan).await?;
    if before.version != seen {
        return Err(outdated(acting));
    }
    if !before.state.next().contains(&to) {
        return Err(Error::Conflict(acting.t().visits_not_now()));
    }
    let reason = if to == VisitState::Cancelled {
        reasoned(acting, reason)?
    } else {
        short(acting, reason)?
    };
    let version = before.version.saturating_add(1);
    let says = before.as_new();
    before.state = to;
    next(&mut tx, acting, (&before, seen), &says, ("moved", &reason)).await?;
    note(&mut tx, acting, audit("visit.moved"), (id, version)).await?;
    Ok(tx.commit().await?)
}

/// Checks a plan against its visit and the registers.
async fn check_event(
    tx: &mut Transaction,
    acting: &Acting,
    visit: &Visit,
    new: &NewEvent,
) -> Result<(), Error> {
    let t = acting.t();
    acting
        .require(tx, Action::VisitPlan, &new.area_id, None)
        .await?;
    let area = areas::by_id(tx, &new.area_id, visit.starts_on).await?;
    new.check(t, acting.app().rules.visits(), visit, &area.time_zone()?)?;
    if !ancestors(tx, &new.area_id).await?.contains(&visit.area_id) {
        return Err(Error::field("area", t.visits_area_outside()));
    }
    if let Some(id) = &new.station_id {
        let unknown = || Error::field("station", t.tasks_station_unknown());
        let station = match stations::as_of(tx, id, visit.starts_on).await {
            Err(Error::NotFound) => return Err(unknown()),
            other => other?,
        };
        let above = ancestors(tx, &station.area_id).await?;
        if !above.contains(&new.area_id) {
            return Err(unknown());
        }
    }
    Ok(())
}

/// Plans an event of a visit. The id was made with the form.
///
/// # Errors
/// No power; what [`NewEvent::check`] finds; too many events; a key that is there.
pub async fn add_event(acting: &Acting, visit_id: &str, new: NewEvent) -> Result<String, Error> {
    let new = new.tidy();
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let visit = visit(&mut tx, acting, visit_id, Action::VisitPlan).await?;
    if visit.state == VisitState::Cancelled {
        return Err(Error::Conflict(t.visits_is_cancelled()));
    }
    if !ids::is_id(&new.id) {
        return Err(Error::field("id", t.form_choice()));
    }
    check_event(&mut tx, acting, &visit, &new).await?;
    let events = store::events(&mut tx, visit_id).await?;
    if events.iter().any(|e| e.planned.id == new.id) {
        return Ok(new.id);
    }
    let most = acting.app().rules.visits().events_most.value;
    if u64::try_from(events.len()).map_or(true, |n| n >= most) {
        return Err(Error::field("key", t.visits_events_most(most)));
    }
    if !store::add_event(&mut tx, visit_id, &new).await? {
        return Err(Error::field("key", t.visits_key_twice()));
    }
    store::add_plan(&mut tx, acting, (&new, 1), ("added", false, "")).await?;
    let event = ("visit.event_added", "visit_plan");
    note(&mut tx, acting, event, (&new.id, 1)).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// Plans an event anew, with the reason once the visit has begun. Its key stays.
///
/// # Errors
/// As [`add_event`]; somebody else was faster; an event that does not take place.
pub async fn plan_event(
    acting: &Acting,
    seen: u64,
    new: NewEvent,
    reason: &str,
) -> Result<(), Error> {
    let mut new = new.tidy();
    let mut tx = acting.begin().await?;
    let (visit, event) = event_in(&mut tx, acting, (&new.id, seen), Action::VisitPlan).await?;
    if event.state == EventState::Cancelled {
        return Err(Error::Conflict(acting.t().visits_not_now()));
    }
    new.key.clone_from(&event.planned.key);
    let reason = if visit.state == VisitState::Planned {
        short(acting, reason)?
    } else {
        reasoned(acting, reason)?
    };
    check_event(&mut tx, acting, &visit, &new).await?;
    let version = event.version.saturating_add(1);
    let says = ("planned", false, reason.as_str());
    store::add_plan(&mut tx, acting, (&new, version), says).await?;
    store::point(&mut tx, &new.id, true).await?;
    let act = ("visit.event_planned", "visit_plan");
    note(&mut tx, acting, act, (&new.id, version)).await?;
    Ok(tx.commit().await?)
}

/// Says that an event does not take place, and why.
///
/// # Errors
/// No power; somebody else was faster; an event that took place.
pub async fn cancel_event(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let (_, event) = event_in(&mut tx, acting, (id, seen), Action::VisitPlan).await?;
    if event.state != EventState::Planned {
        return Err(Error::Conflict(acting.t().visits_not_now()));
    }
    let reason = reasoned(acting, reason)?;
    let version = event.version.saturating_add(1);
    let says = ("cancelled", true, reason.as_str());
    store::add_plan(&mut tx, acting, (&event.planned, version), says).await?;
    store::point(&mut tx, id, true).await?;
    let act = ("visit.event_cancelled", "visit_plan");
    note(&mut tx, acting, act, (id, version)).await?;
    Ok(tx.commit().await?)
}
