//! `/office/visits/{id}`: what a visit is, its programme, what to do next.

use super::{crumbs, event_state, own, seen, state};
use crate::platform::access::Action;
use crate::platform::i18n::{date_short, number};
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, areas};
use crate::visits::model::{Event, EventState, Visit, VisitState};
use crate::visits::{actions, papers, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

pub(super) struct Line {
    pub(super) href: String,
    pub(super) key: String,
    pub(super) kind: String,
    pub(super) shape: &'static str,
    pub(super) state: String,
    pub(super) when: String,
    pub(super) place: String,
    pub(super) led: String,
    pub(super) people: String,
}

struct Next {
    value: &'static str,
    text: String,
}

#[derive(Template)]
#[template(path = "visits/pages/show.html")]
struct ShowPage {
    s: Shell,
    errors: FieldErrors,
    visit: Visit,
    title: String,
    region: String,
    region_href: String,
    head: String,
    members: String,
    purpose: String,
    days: String,
    shape: &'static str,
    state: String,
    reason: String,
    lines: Vec<Line>,
    wrong: usize,
    may_plan: bool,
    /// Whether a note for the press may be drafted from it: everybody may see it by then.
    may_write: bool,
    next: Vec<Next>,
}

/// A line of an event.
pub(super) async fn line(
    ctx: &Ctx,
    reader: &mut crate::platform::database::Connection,
    visit: &Visit,
    event: &Event,
) -> Result<Line, Error> {
    let t = ctx.t;
    let area = areas::by_id(reader, &event.planned.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let record = queries::record(reader, event).await?;
    let (shape, word) = event_state(t, event.state);
    let day = date_short(t.lang, papers::day_of(event, &zone));
    Ok(Line {
        href: format!("/office/visits/events/{}", event.planned.id),
        key: event.planned.key.clone(),
        kind: papers::kind(&ctx.app, &event.planned.kind, t.lang),
        shape,
        state: word,
        when: format!("{day}, {}", papers::hours(event, &zone)),
        place: papers::place(reader, t, visit, event, &area).await?,
        led: event.planned.led.get(t.lang).to_owned(),
        people: record
            .counted(None)
            .map_or_else(String::new, |n| number(t.lang, n)),
    })
}

async fn build(ctx: &Ctx, visit: Visit, errors: FieldErrors) -> Result<ShowPage, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let mut reader = ctx.read().await?;
    let region = areas::by_id(&mut reader, &visit.area_id, visit.starts_on).await?;
    let events = queries::events(&mut reader, &visit.id).await?;
    let legs = queries::plan_of(&mut reader, &ctx.app, &visit, &events).await?;
    let mut lines = Vec::with_capacity(events.len());
    for event in &events {
        lines.push(line(ctx, &mut reader, &visit, event).await?);
    }
    let acting = ctx.acting()?;
    let may_plan = acting
        .may(&mut reader, Action::VisitPlan, &visit.area_id, None)
        .await?;
    let may_write = visit.state.is_public()
        && acting
            .may(&mut reader, Action::NoteWrite, &visit.area_id, None)
            .await?;
    let title = visit.title.get(lang).to_owned();
    let (shape, word) = state(t, visit.state);
    let waits = |event: &&Event| event.state == EventState::Planned;
    let next = if may_plan { visit.state.next() } else { &[] };
    Ok(ShowPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, None, None, title.clone()),
        ),
        region: region.names.get(lang).to_owned(),
        region_href: format!("/areas/{}", region.code),
        head: visit.head.get(lang).to_owned(),
        members: visit.members.get(lang).to_owned(),
        purpose: visit.purpose.get(lang).to_owned(),
        days: papers::days(t, &visit),
        wrong: legs
            .iter()
            .filter(|leg| leg.finding.is_wrong() && !leg.rough)
            .filter(|leg| events.get(leg.to).as_ref().is_some_and(waits))
            .count(),
        next: next
            .iter()
            .map(|to| Next {
                value: to.as_str(),
                text: t.word(&format!("visits-move-{}", to.as_str())),
            })
            .collect(),
        reason: visit.reason.clone(),
        may_write,
        may_plan: may_plan && visit.state != VisitState::Cancelled,
        title,
        shape,
        state: word,
        lines,
        errors,
        visit,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let visit = own(&ctx, &id, Action::VisitFollow).await?;
    render(&build(&ctx, visit, FieldErrors::new()).await?)
}

pub(super) async fn move_on(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let visit = own(&ctx, &id, Action::VisitPlan).await?;
    let done = match VisitState::parse(form.text("to")) {
        Some(to) => {
            let acting = ctx.acting()?;
            actions::move_on(&acting, &id, seen(&form), to, form.text("reason")).await
        }
        None => Err(Error::field("reason", ctx.t.form_choice())),
    };
    match done {
        Ok(()) => Ok(see(&format!("/office/visits/{id}?done=visits-saved"))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, visit, errors).await?, status)
        }
    }
}
