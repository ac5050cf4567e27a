//! What others may read of visits. `/visits/{id}/events/{event}` is the public page of an event.

mod figures;

pub use super::store::happened::Recorded;
pub use super::store::{Planned, PublicVisit};
pub(super) use figures::may_show;
pub use figures::{Figure, FigureValue, figure, on_record};

use super::model::{Event, EventState, Proposal, ProposalState, Record, Visit, VisitState};
use super::store::{self, happened, proposals};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::{Acting, App, Error, areas};
use crate::stations::queries as stations;
use crate::tasks::Addressee;
use crate::tasks::queries as tasks;
use crate::tasks::{Task, TaskState};
use electoral::accessibility::Place;
use electoral::visits::{Leg, Stop, day_plan};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A visit by its id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Visit, Error> {
    store::by_id(connection, id).await
}

/// Whether whoever acts follows a visit: it goes to an area of theirs, or an event of it takes place there.
///
/// # Errors
/// What the database reports.
pub async fn follows(
    connection: &mut Connection,
    acting: &Acting,
    visit: &Visit,
) -> Result<bool, Error> {
    let power = Action::VisitFollow;
    if acting.may(connection, power, &visit.area_id, None).await? {
        return Ok(true);
    }
    let areas: BTreeSet<String> = store::events(connection, &visit.id)
        .await?
        .into_iter()
        .map(|event| event.planned.area_id)
        .collect();
    for area in &areas {
        if acting.may(connection, power, area, None).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Visits that concern an area: to it, to what lies below it, or to an area that holds it. The newest first.
///
/// # Errors
/// What the database reports.
pub async fn around(connection: &mut Connection, area_id: &str) -> Result<Vec<Visit>, Error> {
    store::around(connection, area_id).await
}

/// Visits that had begun before a moment, as they were then, the newest first: so many, after so many.
///
/// # Errors
/// What the database reports.
pub async fn public_before(
    connection: &mut Connection,
    moment: Timestamp,
    part: (i64, i64),
) -> Result<Vec<PublicVisit>, Error> {
    store::public_before(connection, moment, part).await
}

/// How many visits had begun before a moment.
///
/// # Errors
/// What the database reports.
pub async fn count_public_before(
    connection: &mut Connection,
    moment: Timestamp,
) -> Result<u64, Error> {
    store::count_public_before(connection, moment).await
}

/// An event by its id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn event(connection: &mut Connection, id: &str) -> Result<Event, Error> {
    store::event(connection, id).await
}

/// Events of a visit in the order of time.
///
/// # Errors
/// What the database reports.
pub async fn events(connection: &mut Connection, visit_id: &str) -> Result<Vec<Event>, Error> {
    store::events(connection, visit_id).await
}

/// A visit as it was before a moment.
///
/// # Errors
/// [`Error::NotFound`] when nobody had planned it yet.
pub async fn before(
    connection: &mut Connection,
    id: &str,
    moment: Timestamp,
) -> Result<Visit, Error> {
    store::before(connection, id, moment).await
}

/// Events of a visit as they were planned and recorded before a moment, in the order of time.
///
/// # Errors
/// What the database reports.
pub async fn events_before(
    connection: &mut Connection,
    visit_id: &str,
    moment: Timestamp,
) -> Result<Vec<Event>, Error> {
    store::events_before(connection, visit_id, moment).await
}

/// Instructions given during a visit before a moment, each with its event, as they stood then.
///
/// # Errors
/// What the database reports.
pub async fn instructions_before(
    connection: &mut Connection,
    visit_id: &str,
    moment: Timestamp,
) -> Result<Vec<(String, Task)>, Error> {
    let mut found = Vec::new();
    for (event, id) in happened::tasks_of_visit(connection, visit_id).await? {
        let then = tasks::before(connection, &id, moment).await?;
        found.extend(then.map(|task| (event, task)));
    }
    Ok(found)
}

/// What happened at an event, as it is recorded now.
///
/// # Errors
/// What the database reports.
pub async fn record(connection: &mut Connection, event: &Event) -> Result<Record, Error> {
    happened::record(connection, event).await
}

/// What happened, as a version of the record says.
///
/// # Errors
/// What the database reports.
pub async fn record_of(
    connection: &mut Connection,
    event_id: &str,
    version: u64,
) -> Result<Record, Error> {
    happened::record_of(connection, event_id, version).await
}

/// Every version of what happened, the first first.
///
/// # Errors
/// What the database reports.
pub async fn versions(connection: &mut Connection, event_id: &str) -> Result<Vec<Recorded>, Error> {
    happened::versions(connection, event_id).await
}

/// Every plan of an event, the first first.
///
/// # Errors
/// What the database reports.
pub async fn plans(connection: &mut Connection, event_id: &str) -> Result<Vec<Planned>, Error> {
    store::plans(connection, event_id).await
}

/// Events at which a survey was asked.
///
/// # Errors
/// What the database reports.
pub async fn asked_at(connection: &mut Connection, survey_id: &str) -> Result<Vec<String>, Error> {
    happened::asked_at(connection, survey_id).await
}

/// Photos of an event, by their files: for the office alone.
///
/// # Errors
/// What the database reports.
pub async fn photos(connection: &mut Connection, event_id: &str) -> Result<Vec<String>, Error> {
    happened::photos(connection, event_id).await
}

/// Instructions given at an event before a moment, as they stood then.
///
/// # Errors
/// What the database reports.
pub async fn given_before(
    connection: &mut Connection,
    event_id: &str,
    moment: Timestamp,
) -> Result<Vec<Task>, Error> {
    let mut found = Vec::new();
    for id in happened::tasks(connection, event_id).await? {
        found.extend(tasks::before(connection, &id, moment).await?);
    }
    Ok(found)
}

/// Instructions given at an event.
///
/// # Errors
/// What the database reports.
pub async fn instructions(connection: &mut Connection, event_id: &str) -> Result<Vec<Task>, Error> {
    let mut found = Vec::new();
    for id in happened::tasks(connection, event_id).await? {
        found.push(tasks::by_id(connection, &id).await?);
    }
    Ok(found)
}

/// Instructions given during a visit, each with its event.
///
/// # Errors
/// What the database reports.
pub async fn instructions_of_visit(
    connection: &mut Connection,
    visit_id: &str,
) -> Result<Vec<(String, Task)>, Error> {
    let mut found = Vec::new();
    for (event, id) in happened::tasks_of_visit(connection, visit_id).await? {
        found.push((event, tasks::by_id(connection, &id).await?));
    }
    Ok(found)
}

/// Whether a task should have been done by a moment, and nothing was reported.
#[must_use]
pub fn is_overdue(task: &Task, now: Timestamp) -> bool {
    task.state.is_open() && task.state != TaskState::Reported && task.due_at < now
}

/// How many of some instructions are overdue, by whose they are.
#[must_use]
pub fn overdue_by_body(tasks: &[(String, Task)], now: Timestamp) -> BTreeMap<Addressee, u64> {
    let mut found = BTreeMap::new();
    for (_, task) in tasks.iter().filter(|(_, task)| is_overdue(task, now)) {
        let count: &mut u64 = found.entry(task.addressee.clone()).or_default();
        *count = count.saturating_add(1);
    }
    found
}

/// A proposal by its id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn proposal(connection: &mut Connection, id: &str) -> Result<Proposal, Error> {
    proposals::by_id(connection, id).await
}

/// What was proposed, asked and wished at an event.
///
/// # Errors
/// What the database reports.
pub async fn proposals_at(
    connection: &mut Connection,
    event_id: &str,
) -> Result<Vec<Proposal>, Error> {
    proposals::of_event(connection, event_id).await
}

/// Proposals that whoever acts may answer, the open ones first.
///
/// # Errors
/// What the database reports.
pub async fn proposals_for(
    connection: &mut Connection,
    acting: &Acting,
) -> Result<Vec<Proposal>, Error> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for grant in &acting.actor().grants {
        let kind = grant.role.body().unwrap_or_default();
        for one in proposals::of_area(connection, &grant.area_id, kind).await? {
            let Some(body) = &one.body else { continue };
            let may = super::actions::may_answer(connection, acting, body).await?;
            if may && seen.insert(one.id.clone()) {
                found.push(one);
            }
        }
    }
    found.sort_by_key(|one| {
        (
            one.state != ProposalState::Open,
            std::cmp::Reverse(one.changed_at),
        )
    });
    Ok(found)
}

/// Proposals of visits that have begun, with the answers that stood before a moment: of one visit, or of all for an empty
/// id. The newest answer first.
///
/// # Errors
/// What the database reports.
pub async fn answered(
    connection: &mut Connection,
    visit_id: &str,
    before: Timestamp,
) -> Result<Vec<Proposal>, Error> {
    proposals::public(connection, ProposalState::Answered, visit_id, before).await
}

/// Wishes of visits that have begun, put on record before a moment: of one visit, or of all for an empty id.
///
/// # Errors
/// What the database reports.
pub async fn kept(
    connection: &mut Connection,
    visit_id: &str,
    before: Timestamp,
) -> Result<Vec<Proposal>, Error> {
    proposals::public(connection, ProposalState::Kept, visit_id, before).await
}

/// What people wished of those in office: at how many events each wish was named, the most named first.
///
/// # Errors
/// What the database reports.
pub async fn wishes(
    connection: &mut Connection,
    visit_id: &str,
    before: Timestamp,
) -> Result<Vec<(String, BTreeSet<String>)>, Error> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in kept(connection, visit_id, before).await? {
        found.entry(one.wish).or_default().insert(one.event_id);
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(wish, events)| (std::cmp::Reverse(events.len()), wish.clone()));
    Ok(found)
}

/// A visit and one of its events as they were before a moment, once the visit has begun.
///
/// # Errors
/// [`Error::NotFound`] for what everybody may not see.
pub async fn public_event(
    connection: &mut Connection,
    visit_id: &str,
    event_id: &str,
    before: Timestamp,
) -> Result<(Visit, Event), Error> {
    let visit = store::before(connection, visit_id, before).await?;
    if !visit.state.is_public() {
        return Err(Error::NotFound);
    }
    let events = store::events_before(connection, visit_id, before).await?;
    let event = events.into_iter().find(|one| one.planned.id == event_id);
    Ok((visit, event.ok_or(Error::NotFound)?))
}

/// What can't be done as planned, and what nobody can say, for the events of a visit that take place.
///
/// # Errors
/// What the database reports.
pub async fn plan_of(
    connection: &mut Connection,
    app: &App,
    visit: &Visit,
    events: &[Event],
) -> Result<Vec<Leg>, Error> {
    let mut stops = Vec::with_capacity(events.len());
    let mut groups: Vec<String> = Vec::new();
    for event in events {
        let planned = &event.planned;
        // Whoever does not travel with the head travels as their office says.
        let group = if planned.with_head {
            String::new()
        } else {
            planned.led.kk.clone()
        };
        let known = groups.iter().position(|g| *g == group);
        let group = known.unwrap_or_else(|| {
            groups.push(group);
            groups.len().saturating_sub(1)
        });
        let (place, rough) = place_of(connection, visit, event).await?;
        stops.push(Stop {
            starts: planned.starts_at.as_second(),
            ends: planned.ends_at.as_second(),
            place,
            rough,
            group: u32::try_from(group).unwrap_or(u32::MAX),
        });
    }
    let kept: Vec<usize> = events
        .iter()
        .enumerate()
        .filter(|(_, event)| event.state != EventState::Cancelled)
        .map(|(at, _)| at)
        .collect();
    let chosen: Vec<Stop> = kept
        .iter()
        .filter_map(|at| stops.get(*at).copied())
        .collect();
    let mut legs = day_plan(app.rules.visits(), &chosen);
    for leg in &mut legs {
        leg.from = kept.get(leg.from).copied().unwrap_or_default();
        leg.to = kept.get(leg.to).copied().unwrap_or_default();
    }
    Ok(legs)
}

/// Where an event is: as it says, else its station, else about the middle of the stations of its area.
async fn place_of(
    connection: &mut Connection,
    visit: &Visit,
    event: &Event,
) -> Result<(Option<Place>, bool), Error> {
    let place = |(north, east)| Place {
        latitude_microdeg: north,
        longitude_microdeg: east,
    };
    let planned = &event.planned;
    if let Some(known) = planned.coordinates {
        return Ok((Some(place(known)), false));
    }
    if let Some(id) = &planned.station_id {
        let station = stations::as_of(connection, id, visit.starts_on).await?;
        let known = station.latitude_microdeg.zip(station.longitude_microdeg);
        if let Some(known) = known {
            return Ok((Some(place(known)), false));
        }
    }
    // The middle of a region says nothing about a place in it.
    let area = areas::by_id(connection, &planned.area_id, visit.starts_on).await?;
    if planned.area_id == visit.area_id || area.kind == "country" || area.kind == "region" {
        return Ok((None, false));
    }
    let middle = store::middle(connection, &planned.area_id).await?;
    Ok((middle.map(place), true))
}

/// Whether a visit takes place or took place.
#[must_use]
pub const fn is_live(visit: &Visit) -> bool {
    !matches!(visit.state, VisitState::Cancelled)
}
