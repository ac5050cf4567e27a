//! `/office/watch/{id}`: what is said, which stations it concerns, which tasks it opened and how they stand.

use super::form::own;
use super::{Places, crumbs, kind, may_see, phase};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::{instant_long, instant_short};
use crate::platform::web::fields::{local, moment, seen};
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::readiness::watch::model::Phase;
use crate::readiness::watch::words::hours;
use crate::readiness::watch::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use std::collections::HashMap;

/// Stations that are named; more are counted.
const STATIONS_SHOWN: usize = 200;

struct TaskLine {
    title: String,
    /// Its page; empty for who may not see it.
    href: String,
    place: String,
    addressee: String,
    due: String,
    shape: &'static str,
    state: String,
}

struct VersionLine {
    change: String,
    when: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "readiness/watch/pages/show.html")]
struct ShowPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    title: String,
    as_of: String,
    shape: &'static str,
    state: String,
    note: String,
    grade: String,
    planned: String,
    areas: String,
    when: String,
    words: Vec<String>,
    told_by: String,
    alerts: String,
    acts: bool,
    stations: Vec<(String, String)>,
    stations_total: u64,
    tasks: Vec<TaskLine>,
    versions: Vec<VersionLine>,
    version: u64,
    may_change: bool,
    may_end: bool,
    ended: String,
}

async fn build(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<ShowPage, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let now = ctx.app.clock.now();
    let rules = ctx.app.rules.watch();
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let event = queries::by_id(&mut reader, id).await?;
    let mut places = Places::default();
    // As if there were none: that there is one is already something.
    if !may_see(ctx, &mut reader, &mut places, &event).await? {
        return Err(Error::NotFound);
    }
    let said = &event.now.said;
    let zone = places.zone(&mut reader, ctx, &said.areas).await?;
    let at = event.now.phase(rules, now);
    let (shape, state) = phase(t, at, event.now.is_late(rules, now));
    let mut stations = Vec::new();
    let concerned = queries::places(&mut reader, said, ctx.app.today()).await?;
    for place in concerned.iter().take(STATIONS_SHOWN) {
        if let Some((number, names)) = queries::station(&mut reader, &place.station).await? {
            let text = format!("№\u{a0}{number} {}", names.get(lang));
            stations.push((format!("/stations/{}", place.station), text));
        }
    }
    let mut tasks = Vec::new();
    let mut follows: HashMap<String, bool> = HashMap::new();
    for task in queries::tasks(&mut reader, id).await? {
        // A task lies in its addressee's area: whoever follows there sees it.
        let whose = &task.addressee_area_id;
        let sees = match follows.get(whose) {
            Some(known) => *known,
            None => {
                let may = acting
                    .may(&mut reader, Action::TaskFollow, whose, None)
                    .await?;
                follows.insert(whose.clone(), may);
                may
            }
        };
        let (shape, state) = task_state(ctx, &task, now);
        let body = t.word(&format!("body-{}", task.addressee));
        let of = places
            .area(&mut reader, ctx, &task.addressee_area_id)
            .await?;
        let area = places.area(&mut reader, ctx, &task.area_id).await?;
        tasks.push(TaskLine {
            title: task.title.get(lang).to_owned(),
            href: if sees {
                format!("/office/tasks/{}", task.task_id)
            } else {
                String::new()
            },
            place: area.names.get(lang).to_owned(),
            addressee: format!("{body} · {}", of.names.get(lang)),
            due: instant_short(lang, task.due_at, &zone),
            shape,
            state,
        });
    }
    let versions = queries::versions(&mut reader, id)
        .await?
        .into_iter()
        .map(|v| VersionLine {
            change: t.word(&format!("watch-change-{}", v.change.as_str())),
            when: instant_short(lang, v.made_at, &zone),
            reason: v.reason,
        })
        .collect();
    let alerts: Vec<String> = queries::alerts_of(&mut reader, id)
        .await?
        .into_iter()
        .map(|(name, what)| format!("{what} {} ({})", name.identifier, name.sender))
        .collect();
    let acting = ctx.acting()?;
    let mut may_change = at != Phase::Cancelled;
    for area in &said.areas {
        may_change = may_change
            && acting
                .may(&mut reader, Action::WatchRecord, area, None)
                .await?;
    }
    let title = kind(ctx, &said.kind);
    Ok(ShowPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, title.clone(), true)),
        errors,
        form,
        id: event.id.clone(),
        title,
        as_of: instant_long(lang, now, &zone),
        shape,
        state,
        note: if event.status == "Actual" {
            String::new()
        } else {
            t.watch_not_actual(event.status.clone())
        },
        grade: t.word(&format!("watch-grade-{}", said.grade.as_str())),
        planned: match said.planned {
            Some(true) => t.watch_planned(),
            Some(false) => t.watch_sudden(),
            None => String::new(),
        },
        areas: places.names(&mut reader, ctx, &said.areas).await?,
        when: hours(t, &event, &zone),
        words: said.words.get(lang).lines().map(str::to_owned).collect(),
        told_by: said.told_by.clone(),
        alerts: alerts.join("; "),
        acts: event.now.acts,
        stations_total: u64::try_from(concerned.len()).unwrap_or(u64::MAX),
        stations,
        tasks,
        versions,
        version: event.now.version,
        may_change,
        may_end: may_change && at == Phase::Ongoing,
        ended: local(now, &zone),
    })
}

fn task_state(ctx: &Ctx, task: &queries::Opened, now: jiff::Timestamp) -> (&'static str, String) {
    use crate::tasks::TaskState as S;
    let shape = match task.state {
        S::Verified => "done",
        S::Withdrawn => "open",
        S::Reported => "partial",
        _ if task.due_at < now => "trouble",
        S::Disputed | S::Returned => "attention",
        S::Open | S::Accepted => "open",
    };
    let word = ctx.t.word(&format!("watch-task-{}", task.state.as_str()));
    (shape, word)
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    render(&build(&ctx, &id, FormData::default(), FieldErrors::new()).await?)
}

pub(super) async fn end(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let event = own(&ctx, &id).await?;
    let mut reader = ctx.read().await?;
    let zone = Places::default()
        .zone(&mut reader, &ctx, &event.now.said.areas)
        .await?;
    drop(reader);
    let acting = ctx.acting()?;
    let outcome = match moment(form.text("ended"), &zone) {
        Some(at) => actions::end(&acting, &id, seen(&form), at, form.text("end_reason")).await,
        None => Err(Error::field("ended", ctx.t.watch_time_form())),
    };
    finish(
        &ctx,
        &id,
        form,
        outcome.map_err(|e| e.renamed("reason", "end_reason")),
        "watch-ended",
    )
    .await
}

pub(super) async fn cancel(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id).await?;
    let outcome = actions::cancel(&ctx.acting()?, &id, seen(&form), form.text("reason")).await;
    finish(&ctx, &id, form, outcome, "watch-cancelled").await
}

async fn finish(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    outcome: Result<actions::Saved, Error>,
    done: &str,
) -> Result<Response, Error> {
    match outcome {
        Ok(_) => Ok(see(&format!("/office/watch/{id}?done={done}"))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(ctx, id, form, errors).await?)
        }
    }
}
