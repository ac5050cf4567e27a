//! `/office/visits/events/{id}/report`: a report heard, with the figures that were named.

use super::record::lines;
use super::{crumbs, event, names, own_event, pair, seen};
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, areas};
use crate::tasks::{self, Addressee};
use crate::visits::model::{Event, KeyFigure, Report, Source, Visit};
use crate::visits::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "visits/pages/report.html")]
struct ReportPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    title: String,
    corrects: bool,
    kinds: Vec<Choice>,
}

fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    (visit, event): (&Visit, &Event),
) -> ReportPage {
    let t = ctx.t;
    let title = t.visits_report_add();
    let current = form.text("kind");
    let mut kinds = vec![Choice::new("", t.visits_body_none(), current)];
    kinds.extend(tasks::addressee_kinds(t, current));
    ReportPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Some(visit), Some(event), title.clone()),
        ),
        id: event.planned.id.clone(),
        corrects: event.record > 0,
        kinds,
        title,
        errors,
        form,
    }
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let (visit, event) = own_event(&ctx, &mut reader, &id, Action::VisitRecord).await?;
    let area = areas::by_id(&mut reader, &event.planned.area_id, visit.starts_on).await?;
    let form = FormData::from_fields(vec![
        pair("version", event.version.to_string()),
        pair("area_code", area.code),
    ]);
    render(&build(&ctx, form, FieldErrors::new(), (&visit, &event)))
}

/// Lines `key | value | source | kk | ru | en`.
fn figures(ctx: &Ctx, text: &str) -> Result<Vec<KeyFigure>, Error> {
    let wrong = || Error::field("figures", ctx.t.visits_figures_form());
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.splitn(4, '|').map(str::trim);
        let mut next = || parts.next().ok_or_else(wrong);
        let (key, value, source, label) = (next()?, next()?, next()?, next()?);
        let digits: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() > 12 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        found.push(KeyFigure {
            key: key.to_owned(),
            value: digits.parse().map_err(|_| wrong())?,
            source: Source::parse(source).ok_or_else(wrong)?,
            label: lines(label).into_iter().next().ok_or_else(wrong)?,
        });
    }
    Ok(found)
}

async fn read(ctx: &Ctx, form: &FormData) -> Result<Report, Error> {
    let body: Option<Addressee> = if form.text("kind").is_empty() {
        None
    } else {
        let mut reader = ctx.read().await?;
        let found = tasks::addressee(ctx, &mut reader, form, "kind", "area_code").await?;
        Some(found.ok_or_else(|| Error::field("area_code", ctx.t.areas_unknown()))?)
    };
    Ok(Report {
        body,
        speaker: names(form, "speaker"),
        subject: names(form, "subject"),
        figures: figures(ctx, form.text("figures"))?,
    })
}

pub(super) async fn add(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (visit, event, mut record) = {
        let mut reader = ctx.read().await?;
        let (visit, event) = own_event(&ctx, &mut reader, &id, Action::VisitRecord).await?;
        let record = queries::record(&mut reader, &event).await?;
        (visit, event, record)
    };
    let done = async {
        record.reports.push(read(&ctx, &form).await?);
        let acting = ctx.acting()?;
        actions::record(&acting, &id, seen(&form), record, form.text("reason")).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/visits/events/{id}?done=visits-recorded"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, (&visit, &event)), status)
        }
    }
}

pub(super) async fn remove(
    ctx: Ctx,
    Path((id, position)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    let mut record = {
        let mut reader = ctx.read().await?;
        let (_, event) = own_event(&ctx, &mut reader, &id, Action::VisitRecord).await?;
        queries::record(&mut reader, &event).await?
    };
    let done = async {
        let place = position
            .parse()
            .ok()
            .filter(|at| *at < record.reports.len());
        // A report that is gone: somebody else was faster.
        let place = place.ok_or_else(|| Error::Conflict(ctx.t.visits_changed_meanwhile()))?;
        record.reports.remove(place);
        let acting = ctx.acting()?;
        actions::record(&acting, &id, seen(&form), record, form.text("reason")).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/visits/events/{id}?done=visits-recorded"
        ))),
        Err(error) => event::again(&ctx, &id, Action::VisitRecord, error).await,
    }
}
