//! Pages of visits: the office plans and records, everybody sees what was held and answered.

mod days;
mod event;
mod event_form;
mod files;
mod form;
mod instruct;
mod list;
mod photos;
mod proposal;
mod proposals;
mod public;
mod record;
mod register;
mod report;
mod show;
mod versions;

pub(crate) use event::{Given, given};

use super::model::{Event, EventState, Visit, VisitState};
use super::{papers, queries};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::web::fields::{names, pair, seen, three};
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use crate::platform::{Error, T, ids};

/// Routes of visits.
#[must_use]
pub fn routes() -> Routes {
    let follows = Guard::Power(Action::VisitFollow);
    let plans = Guard::Power(Action::VisitPlan);
    let records = Guard::Power(Action::VisitRecord);
    let gives = Guard::Power(Action::TaskGive);
    let answers = Guard::Power(Action::ProposalAnswer);
    Routes::new()
        .get("/visits/proposals", Guard::Public, public::proposals)
        .get("/visits/proposals.csv", Guard::Public, files::proposals)
        .get("/visits/{id}/programme.pdf", Guard::Public, files::pdf)
        .get("/visits/{id}/programme.ics", Guard::Public, files::ics)
        .get("/visits/{id}/events/{event}", Guard::Public, public::event)
        .get("/office/visits", follows, list::page)
        .get("/office/visits/new", plans, form::new)
        .post("/office/visits/new", plans, form::create)
        .get("/office/visits/register", follows, register::page)
        .get("/office/visits/register.csv", follows, register::csv)
        .get("/office/visits/proposals", answers, proposals::page)
        .get("/office/visits/proposals/{id}", answers, proposal::page)
        .post(
            "/office/visits/proposals/{id}/answer",
            answers,
            proposal::answer,
        )
        .post(
            "/office/visits/proposals/{id}/hand-on",
            answers,
            proposal::hand_on,
        )
        .post(
            "/office/visits/proposals/{id}/withdraw",
            records,
            proposal::withdraw,
        )
        .get("/office/visits/{id}", follows, show::page)
        .post("/office/visits/{id}/move", plans, show::move_on)
        .get("/office/visits/{id}/edit", plans, form::editing)
        .post("/office/visits/{id}/edit", plans, form::edit)
        .get("/office/visits/{id}/days", follows, days::page)
        .get("/office/visits/{id}/events/new", plans, event_form::new)
        .post("/office/visits/{id}/events/new", plans, event_form::add)
        .and(of_events(follows, plans, records, gives))
}

/// Routes of one event in the office.
fn of_events(follows: Guard, plans: Guard, records: Guard, gives: Guard) -> Routes {
    Routes::new()
        .get("/office/visits/events/{id}", follows, event::page)
        .get(
            "/office/visits/events/{id}/versions",
            follows,
            versions::page,
        )
        .post("/office/visits/events/{id}/cancel", plans, event::cancel)
        .get(
            "/office/visits/events/{id}/edit",
            plans,
            event_form::editing,
        )
        .post("/office/visits/events/{id}/edit", plans, event_form::edit)
        .get("/office/visits/events/{id}/record", records, record::page)
        .post("/office/visits/events/{id}/record", records, record::save)
        .get("/office/visits/events/{id}/report", records, report::page)
        .post("/office/visits/events/{id}/report", records, report::add)
        .post(
            "/office/visits/events/{id}/report/{position}/remove",
            records,
            report::remove,
        )
        .post("/office/visits/events/{id}/photos", records, photos::add)
        .get(
            "/office/visits/events/{id}/photos/{file}",
            follows,
            photos::photo,
        )
        .get("/office/visits/events/{id}/instruct", gives, instruct::page)
        .post("/office/visits/events/{id}/instruct", gives, instruct::give)
        .get("/office/visits/events/{id}/propose", records, proposal::new)
        .post(
            "/office/visits/events/{id}/propose",
            records,
            proposal::propose,
        )
}

/// The way to a page of visits in the office.
fn crumbs(ctx: &Ctx, visit: Option<&Visit>, event: Option<&Event>, here: String) -> Vec<Crumb> {
    let mut way = vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::to("/office/visits", ctx.t.visits_title()),
    ];
    if let Some(visit) = visit {
        let title = visit.title.get(ctx.lang());
        way.push(Crumb::to(format!("/office/visits/{}", visit.id), title));
    }
    if let Some(event) = event {
        let href = format!("/office/visits/events/{}", event.planned.id);
        let name = papers::kind(&ctx.app, &event.planned.kind, ctx.lang());
        way.push(Crumb::to(href, name));
    }
    way.push(Crumb::here(here));
    way
}

/// Shape and word of a visit's state.
fn state(t: T, state: VisitState) -> (&'static str, String) {
    let shape = match state {
        VisitState::Planned => "open",
        VisitState::Underway => "partial",
        VisitState::Held => "done",
        VisitState::Cancelled => "trouble",
    };
    (shape, t.word(&format!("visits-state-{}", state.as_str())))
}

/// Shape and word of an event's state.
pub(crate) fn event_state(t: T, state: EventState) -> (&'static str, String) {
    let shape = match state {
        EventState::Planned => "open",
        EventState::Held => "done",
        EventState::Cancelled => "trouble",
    };
    let word = t.word(&format!("visits-event-state-{}", state.as_str()));
    (shape, word)
}

/// The visit of an address, for somebody who has a power over it.
async fn own(ctx: &Ctx, id: &str, action: Action) -> Result<Visit, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let visit = queries::by_id(&mut reader, id).await?;
    let acting = ctx.acting()?;
    if action == Action::VisitFollow && queries::follows(&mut reader, &acting, &visit).await? {
        return Ok(visit);
    }
    acting
        .require(&mut reader, action, &visit.area_id, None)
        .await?;
    Ok(visit)
}

/// The event of an address with its visit, for somebody who has a power over its area.
async fn own_event(
    ctx: &Ctx,
    reader: &mut Connection,
    id: &str,
    action: Action,
) -> Result<(Visit, Event), Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let event = queries::event(reader, id).await?;
    ctx.acting()?
        .require(reader, action, &event.planned.area_id, None)
        .await?;
    let visit = queries::by_id(reader, &event.visit_id).await?;
    Ok((visit, event))
}
