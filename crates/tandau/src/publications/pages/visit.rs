//! `/visits` and `/visits/{id}`: a visit as everybody sees it, with the note that was written of it.

use super::{Asked, note_about};
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, areas, ids};
use crate::publications::visits::VISIT;
use crate::visits::model::Visit;
use crate::visits::{Given, event_state, given, papers, queries};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;

/// Visits on the list at most.
const LINES: i64 = 500;

struct Line {
    href: String,
    title: String,
    days: String,
    region: String,
}

#[derive(Template)]
#[template(path = "publications/pages/visits.html")]
struct ListPage {
    s: Shell,
    as_of: String,
    lines: Vec<Line>,
}

struct Day {
    title: String,
    events: Vec<EventLine>,
}

struct EventLine {
    href: String,
    hours: String,
    kind: String,
    place: String,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "publications/pages/visit.html")]
struct VisitPage {
    s: Shell,
    id: String,
    title: String,
    days: String,
    region: String,
    region_href: String,
    head: String,
    members: String,
    purpose: String,
    as_of: String,
    /// The note as HTML; empty for none.
    note: String,
    programme: Vec<Day>,
    given: Vec<Given>,
}

pub(super) async fn list(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, all(&ctx, &asked))
        .await
}

async fn all(ctx: &Ctx, asked: &Asked) -> Result<String, Error> {
    let t = ctx.t;
    let (before, day) = asked.before(ctx)?;
    // Who looks at a day goes on looking at it.
    let query = day.map_or_else(String::new, |day| format!("?as_of={day}"));
    let mut reader = ctx.read().await?;
    let mut lines = Vec::new();
    for found in queries::public_before(&mut reader, before, (LINES, 0)).await? {
        let visit = &found.visit;
        lines.push(Line {
            href: format!("/visits/{}{query}", visit.id),
            title: visit.title.get(t.lang).to_owned(),
            days: papers::days(t, visit),
            region: found.area.get(t.lang).to_owned(),
        });
    }
    let title = t.visits_title();
    let page = ListPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        as_of: instant_long(t.lang, before, &ctx.app.home_zone),
        lines,
    };
    page.render().map_err(Error::internal)
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, one(&ctx, &id, &asked))
        .await
}

async fn one(ctx: &Ctx, id: &str, asked: &Asked) -> Result<String, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let (before, day) = asked.before(ctx)?;
    let query = day.map_or_else(String::new, |day| format!("?as_of={day}"));
    let mut reader = ctx.read().await?;
    let visit = queries::before(&mut reader, id, before).await?;
    if !visit.state.is_public() {
        return Err(Error::NotFound);
    }
    let area = areas::by_id(&mut reader, &visit.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let note = note_about(&mut reader, &ctx.app, t, (VISIT, id), before).await?;
    let mut tasks = Vec::new();
    for (_, task) in queries::instructions_before(&mut reader, id, before).await? {
        tasks.push(task);
    }
    let mut given = given(ctx, &mut reader, &tasks, (&zone, before)).await?;
    for one in &mut given {
        // Pages of tasks belong to the office.
        one.href.clear();
    }
    let title = visit.title.get(t.lang).to_owned();
    let page = VisitPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/visits", t.visits_title()),
                Crumb::here(title.clone()),
            ],
        ),
        id: visit.id.clone(),
        days: papers::days(t, &visit),
        region: area.names.get(t.lang).to_owned(),
        region_href: format!("/areas/{}", area.code),
        head: visit.head.get(t.lang).to_owned(),
        members: visit.members.get(t.lang).to_owned(),
        purpose: visit.purpose.get(t.lang).to_owned(),
        as_of: instant_long(t.lang, before, &zone),
        note: note.unwrap_or_default(),
        programme: programme(ctx, &mut reader, &visit, (before, &query)).await?,
        title,
        given,
    };
    page.render().map_err(Error::internal)
}

/// The events by day, in their order.
async fn programme(
    ctx: &Ctx,
    reader: &mut Connection,
    visit: &Visit,
    (before, query): (Timestamp, &str),
) -> Result<Vec<Day>, Error> {
    let t = ctx.t;
    let mut days: Vec<Day> = Vec::new();
    let mut events = queries::events_before(reader, &visit.id, before).await?;
    events.sort_by_key(|event| (event.planned.starts_at, event.planned.key.clone()));
    for event in events {
        let area = areas::by_id(reader, &event.planned.area_id, visit.starts_on).await?;
        let zone = area.time_zone()?;
        let title = date_long(t.lang, papers::day_of(&event, &zone));
        let (shape, state) = event_state(t, event.state);
        let line = EventLine {
            href: format!("/visits/{}/events/{}{query}", visit.id, event.planned.id),
            hours: papers::hours(&event, &zone),
            kind: papers::kind(&ctx.app, &event.planned.kind, t.lang),
            place: papers::place(reader, t, visit, &event, &area).await?,
            shape,
            state,
        };
        match days.last_mut().filter(|day| day.title == title) {
            Some(day) => day.events.push(line),
            None => days.push(Day {
                title,
                events: vec![line],
            }),
        }
    }
    Ok(days)
}
