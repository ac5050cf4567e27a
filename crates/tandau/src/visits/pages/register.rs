//! `/office/visits/register`: what was asked for here, and what came of it.

use super::event::{Given, given};
use super::{crumbs, own};
use crate::commissions::pages::AsOf;
use crate::platform::access::Action;
use crate::platform::i18n::{instant_long, number};
use crate::platform::web::{Ctx, Shell, as_csv, page as render};
use crate::platform::{Error, areas};
use crate::tasks::Task;
use crate::tasks::queries::BodyNames;
use crate::visits::model::Visit;
use crate::visits::{papers, queries};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What an address asks for: one visit, or all that concern an area (by its code).
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    visit: String,
    #[serde(default)]
    area: String,
}

struct Block {
    href: String,
    title: String,
    days: String,
    /// Instructions, each with its event.
    lines: Vec<(String, String, Given)>,
}

#[derive(Template)]
#[template(path = "visits/pages/register.html")]
struct RegisterPage {
    s: Shell,
    area: String,
    name: String,
    visit: String,
    query: String,
    as_of: String,
    day: String,
    sums: Vec<(String, String)>,
    overdue: Vec<(String, String)>,
    blocks: Vec<Block>,
}

/// The visits asked for, with what they are called together and the code of their area.
async fn wanted(ctx: &Ctx, asked: &Asked) -> Result<(Vec<Visit>, String, String), Error> {
    if !asked.visit.is_empty() {
        let visit = own(ctx, &asked.visit, Action::VisitFollow).await?;
        let mut reader = ctx.read().await?;
        let area = areas::by_id(&mut reader, &visit.area_id, visit.starts_on).await?;
        let title = visit.title.get(ctx.lang()).to_owned();
        return Ok((vec![visit], title, area.code));
    }
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let today = ctx.app.today();
    let id = if asked.area.is_empty() {
        acting.actor().home_area().map(str::to_owned)
    } else {
        areas::by_typed_code(&mut reader, &asked.area, today).await?
    };
    let id = id.ok_or(Error::NotFound)?;
    acting
        .require(&mut reader, Action::VisitFollow, &id, None)
        .await?;
    let area = areas::by_id(&mut reader, &id, today).await?;
    let mut visits = queries::around(&mut reader, &id).await?;
    visits.retain(queries::is_live);
    Ok((visits, area.names.get(ctx.lang()).to_owned(), area.code))
}

/// Instructions of a visit as they stood before a moment. Of a visit to a larger area, only those that lie in one's own reach.
async fn of_visit(
    ctx: &Ctx,
    visit: &Visit,
    before: Timestamp,
) -> Result<Vec<(String, Task)>, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let mut mine = Vec::new();
    for (event, task) in queries::instructions_before(&mut reader, &visit.id, before).await? {
        let may = acting
            .may(&mut reader, Action::VisitFollow, &task.area_id, None)
            .await?;
        if may {
            mine.push((event, task));
        }
    }
    Ok(mine)
}

pub(super) async fn page(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    Query(day): Query<AsOf>,
) -> Result<Response, Error> {
    let t = ctx.t;
    let now = day.before(&ctx)?;
    let (visits, name, area) = wanted(&ctx, &asked).await?;
    let mut blocks = Vec::new();
    let (mut all, mut done, mut late) = (0_u64, 0_u64, BTreeMap::new());
    for visit in &visits {
        let tasks = of_visit(&ctx, visit, now).await?;
        if tasks.is_empty() && asked.visit.is_empty() {
            continue;
        }
        for (body, count) in queries::overdue_by_body(&tasks, now) {
            let known: &mut u64 = late.entry(body).or_default();
            *known = known.saturating_add(count);
        }
        let mut reader = ctx.read().await?;
        let region = areas::by_id(&mut reader, &visit.area_id, visit.starts_on).await?;
        let zone = region.time_zone()?;
        let only: Vec<Task> = tasks.iter().map(|(_, task)| task.clone()).collect();
        let told = given(&ctx, &mut reader, &only, (&zone, now)).await?;
        let mut lines = Vec::with_capacity(tasks.len());
        for ((event, task), told) in tasks.iter().zip(told) {
            all = all.saturating_add(1);
            done = done.saturating_add(u64::from(!task.state.is_open()));
            let event = queries::event(&mut reader, event).await?;
            let place = areas::by_id(&mut reader, &event.planned.area_id, visit.starts_on).await?;
            let kind = papers::kind(&ctx.app, &event.planned.kind, t.lang);
            lines.push((
                format!("/office/visits/events/{}", event.planned.id),
                format!("{kind}, {}", place.names.get(t.lang)),
                told,
            ));
        }
        blocks.push(Block {
            href: format!("/office/visits/{}", visit.id),
            title: visit.title.get(t.lang).to_owned(),
            days: papers::days(t, visit),
            lines,
        });
    }
    let mut reader = ctx.read().await?;
    let mut bodies = BodyNames::default();
    let mut overdue = Vec::with_capacity(late.len());
    let mut late_all = 0_u64;
    for (body, count) in &late {
        late_all = late_all.saturating_add(*count);
        let name = bodies.of(&mut reader, body, ctx.app.today()).await?;
        overdue.push((name.get(t.lang).to_owned(), number(t.lang, *count)));
    }
    let one = visits.first().filter(|_| !asked.visit.is_empty());
    let title = t.visits_register();
    render(&RegisterPage {
        s: ctx.shell("office", title.clone(), crumbs(&ctx, one, None, title)),
        query: format!(
            "?{}{}",
            if asked.visit.is_empty() {
                format!("area={area}")
            } else {
                format!("visit={}", asked.visit)
            },
            day.query().replace('?', "&")
        ),
        as_of: instant_long(t.lang, now, &ctx.app.home_zone),
        visit: asked.visit.clone(),
        day: if day.is_asked() {
            day.day(&ctx)?.to_string()
        } else {
            String::new()
        },
        area,
        name,
        sums: vec![
            (number(t.lang, all), t.visits_register_given()),
            (number(t.lang, done), t.visits_register_done()),
            (number(t.lang, late_all), t.visits_register_late()),
        ],
        overdue,
        blocks,
    })
}

pub(super) async fn csv(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    Query(day): Query<AsOf>,
) -> Result<Response, Error> {
    let (visits, _, _) = wanted(&ctx, &asked).await?;
    let head = [
        "visit", "event", "task", "title_kk", "title_ru", "title_en", "body", "area", "due",
        "state", "overdue", "station", "item",
    ];
    let now = day.before(&ctx)?;
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for visit in &visits {
        for (event, task) in of_visit(&ctx, visit, now).await? {
            let mut reader = ctx.read().await?;
            let body = &task.addressee;
            let area = areas::by_id(&mut reader, &body.area_id, visit.starts_on).await?;
            let event = queries::event(&mut reader, &event).await?;
            let late = queries::is_overdue(&task, now);
            lines.push(vec![
                visit.id.clone(),
                event.planned.key,
                task.id,
                task.title.kk,
                task.title.ru,
                task.title.en,
                body.kind.clone(),
                area.code,
                task.due_at.to_string(),
                task.state.as_str().to_owned(),
                late.to_string(),
                task.station_id.unwrap_or_default(),
                task.item,
            ]);
        }
    }
    as_csv(lines)
}
