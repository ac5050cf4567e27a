//! The programme as PDF and for calendar programs; answered proposals as a table.

use crate::platform::press::typeset;
use crate::platform::web::{Ctx, PAPER_POLICY, as_csv, day};
use crate::platform::{Error, areas, ids};
use crate::visits::model::Visit;
use crate::visits::{papers, queries};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// A visit whose programme the reader may see: everybody once it has begun, before that whoever follows it.
async fn visible(ctx: &Ctx, id: &str) -> Result<Visit, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let visit = queries::by_id(&mut reader, id).await?;
    if visit.state.is_public() {
        return Ok(visit);
    }
    let may = match ctx.acting() {
        Ok(acting) => queries::follows(&mut reader, &acting, &visit).await?,
        Err(_) => false,
    };
    if may { Ok(visit) } else { Err(Error::NotFound) }
}

/// Who may keep a programme: it changes until the visit is over.
const NOT_KEPT: &str = "private, no-store";

pub(super) async fn pdf(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let visit = visible(&ctx, &id).await?;
    let t = ctx.t;
    let paper = {
        let mut reader = ctx.read().await?;
        papers::programme(&mut reader, &ctx.app, t, &visit).await?
    };
    let bytes = typeset(move || print::visit_programme(&paper)).await?;
    let name = format!(
        "inline; filename=\"programme-{}-{}.pdf\"",
        visit.starts_on,
        t.lang.code()
    );
    let head = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_SECURITY_POLICY, PAPER_POLICY.to_owned()),
        (header::CACHE_CONTROL, NOT_KEPT.to_owned()),
    ];
    Ok((head, bytes).into_response())
}

pub(super) async fn ics(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let visit = visible(&ctx, &id).await?;
    let text = {
        let mut reader = ctx.read().await?;
        papers::calendar(&mut reader, &ctx.app, ctx.t, &visit).await?
    };
    let name = format!("attachment; filename=\"programme-{}.ics\"", visit.starts_on);
    let head = [
        (
            header::CONTENT_TYPE,
            "text/calendar; charset=utf-8".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, NOT_KEPT.to_owned()),
    ];
    Ok((head, text).into_response())
}

/// Answered proposals and wishes, for those who weigh them: `profile` tells wishes from what asks for an answer.
pub(super) async fn proposals(ctx: Ctx) -> Result<Response, Error> {
    let head = [
        "id",
        "visit",
        "event",
        "area",
        "topic",
        "profile",
        "wish",
        "text_kk",
        "text_ru",
        "text_en",
        "body",
        "answer_kk",
        "answer_ru",
        "answer_en",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    let mut reader = ctx.read().await?;
    let (before, _) = day::before(&ctx.app, "", "")?;
    let mut all = queries::answered(&mut reader, "", before).await?;
    all.extend(queries::kept(&mut reader, "", before).await?);
    // Many were said at one event.
    let mut places = std::collections::BTreeMap::new();
    for one in all {
        if !places.contains_key(&one.event_id) {
            let event = queries::event(&mut reader, &one.event_id).await?;
            let today = ctx.app.today();
            let area = areas::by_id(&mut reader, &event.planned.area_id, today).await?;
            let place = (event.visit_id, event.planned.key, area.code);
            places.insert(one.event_id.clone(), place);
        }
        let Some((visit, event, code)) = places.get(&one.event_id).cloned() else {
            continue;
        };
        lines.push(vec![
            one.id,
            visit,
            event,
            code,
            one.topic,
            (!one.wish.is_empty()).to_string(),
            one.wish,
            one.text.kk,
            one.text.ru,
            one.text.en,
            one.body.map_or_else(String::new, |b| b.kind),
            one.answer.kk,
            one.answer.ru,
            one.answer.en,
        ]);
    }
    as_csv(lines)
}
