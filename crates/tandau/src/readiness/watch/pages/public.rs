//! `/readiness/watch`: what affects voting places, for everybody. Only what is meant and meant for all; no tasks.

use super::list::Line;
use super::{Places, kind, phase};
use crate::commissions::pages::AsOf;
use crate::platform::Error;
use crate::platform::i18n::instant_long;
use crate::platform::rows::plain;
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::readiness::watch::Event;
use crate::readiness::watch::model::Phase;
use crate::readiness::watch::queries;
use crate::readiness::watch::words::hours;
use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

#[derive(Template)]
#[template(path = "readiness/watch/pages/public.html")]
struct PublicPage {
    s: Shell,
    as_of: String,
    query: String,
    lines: Vec<Line>,
}

/// The moment asked for: the end of that day, but never later than now.
fn moment(ctx: &Ctx, asked: &AsOf) -> Result<Timestamp, Error> {
    let now = ctx.app.clock.now();
    let day = asked.day(ctx)?;
    let next = day
        .tomorrow()
        .map_err(|_| Error::field("as_of", ctx.t.form_date()))?
        .at(0, 0, 0, 0)
        .to_zoned_datetime(ctx.app.home_zone.clone())?
        .timestamp();
    Ok(next.min(now))
}

/// What everybody may know: what goes on, what lies ahead, what has ended lately or was taken back before its end.
async fn events(ctx: &Ctx, at: Timestamp) -> Result<Vec<(Event, Phase)>, Error> {
    let mut reader = ctx.read().await?;
    let past_days = i64::from(ctx.app.rules.watch().past_days);
    let since = at.checked_sub(SignedDuration::from_hours(24 * past_days))?;
    let mut all = queries::at(&mut reader, &ctx.app, at).await?;
    all.retain(|(event, phase)| {
        let lately = event
            .now
            .ended_at
            .or(event.now.said.until_at)
            .is_none_or(|end| end >= since);
        event.public && event.status == "Actual" && (phase.stands() || lately)
    });
    all.sort_by_key(|(event, phase)| (*phase != Phase::Ongoing, *phase, event.now.said.from_at));
    Ok(all)
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<AsOf>) -> Result<Response, Error> {
    let t = ctx.t;
    let at = moment(&ctx, &asked)?;
    let found = events(&ctx, at).await?;
    let mut reader = ctx.read().await?;
    let mut places = Places::default();
    let mut lines = Vec::with_capacity(found.len());
    for (event, now) in found {
        let said = &event.now.said;
        let late = event.now.is_late(ctx.app.rules.watch(), at);
        let (shape, state) = phase(t, now, late);
        let zone = places.zone(&mut reader, &ctx, &said.areas).await?;
        lines.push(Line {
            href: String::new(),
            kind: kind(&ctx, &said.kind),
            shape,
            state,
            grade: t.word(&format!("watch-grade-{}", said.grade.as_str())),
            areas: places.names(&mut reader, &ctx, &said.areas).await?,
            when: hours(t, &event, &zone),
            told_by: said.told_by.clone(),
            note: said.words.get(t.lang).to_owned(),
            stations: event.stations,
            tasks: 0,
        });
    }
    let title = t.watch_public_title();
    render(&PublicPage {
        s: ctx.shell(
            "stations",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        as_of: instant_long(t.lang, at, &ctx.app.home_zone),
        query: asked.query(),
        lines,
    })
}

/// An event as programs read it.
#[derive(Serialize)]
struct Row {
    id: String,
    kind: String,
    severity: &'static str,
    state: &'static str,
    planned: Option<bool>,
    areas: Vec<String>,
    from: String,
    until: Option<String>,
    ended: Option<String>,
    stations: u64,
    source: String,
    version: u64,
}

#[derive(Serialize)]
struct Document {
    as_of: String,
    events: Vec<Row>,
}

async fn rows(ctx: &Ctx, at: Timestamp) -> Result<Vec<Row>, Error> {
    let found = events(ctx, at).await?;
    let mut reader = ctx.read().await?;
    let mut places = Places::default();
    let mut rows = Vec::with_capacity(found.len());
    for (event, phase) in found {
        let mut areas = Vec::new();
        for id in &event.now.said.areas {
            areas.push(places.area(&mut reader, ctx, id).await?.code);
        }
        let said = event.now.said;
        rows.push(Row {
            id: event.id,
            kind: said.kind,
            severity: said.grade.as_str(),
            state: phase.as_str(),
            planned: said.planned,
            areas,
            from: said.from_at.to_string(),
            until: said.until_at.map(|t| t.to_string()),
            ended: event.now.ended_at.map(|t| t.to_string()),
            stations: event.stations,
            source: said.told_by,
            version: event.now.version,
        });
    }
    Ok(rows)
}

pub(super) async fn json(ctx: Ctx, Query(asked): Query<AsOf>) -> Result<Response, Error> {
    let at = moment(&ctx, &asked)?;
    let document = Document {
        as_of: at.to_string(),
        events: rows(&ctx, at).await?,
    };
    let text = serde_json::to_string_pretty(&document).map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

pub(super) async fn csv(ctx: Ctx, Query(asked): Query<AsOf>) -> Result<Response, Error> {
    let at = moment(&ctx, &asked)?;
    let mut out = csv::Writer::from_writer(Vec::new());
    let head = [
        "as_of", "id", "kind", "severity", "state", "planned", "areas", "from", "until", "ended",
        "stations", "source", "version",
    ];
    out.write_record(head).map_err(Error::internal)?;
    for row in rows(&ctx, at).await? {
        let planned = row.planned.map_or("", |p| if p { "yes" } else { "no" });
        out.write_record([
            at.to_string(),
            row.id,
            row.kind,
            row.severity.to_owned(),
            row.state.to_owned(),
            planned.to_owned(),
            row.areas.join(" "),
            row.from,
            row.until.unwrap_or_default(),
            row.ended.unwrap_or_default(),
            row.stations.to_string(),
            plain(&row.source),
            row.version.to_string(),
        ])
        .map_err(Error::internal)?;
    }
    let bytes = out.into_inner().map_err(Error::internal)?;
    let kind = "text/csv; charset=utf-8; header=present";
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
