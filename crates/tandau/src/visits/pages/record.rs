//! `/office/visits/events/{id}/record`: numbers of people, who spoke, which surveys were asked.

use super::{crumbs, own_event, pair, seen};
use crate::platform::access::Action;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, Names};
use crate::surveys::queries as surveys;
use crate::visits::model::{Count, Event, Record, Visit, words};
use crate::visits::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

struct Category {
    title: String,
    invited: String,
    counted: String,
}

struct Asked {
    id: String,
    title: String,
    checked: bool,
}

#[derive(Template)]
#[template(path = "visits/pages/record.html")]
struct RecordPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    title: String,
    corrects: bool,
    categories: Vec<Category>,
    surveys: Vec<Asked>,
}

async fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    (visit, event): (&Visit, &Event),
) -> Result<RecordPage, Error> {
    let t = ctx.t;
    let title = t.visits_record();
    let mut reader = ctx.read().await?;
    let chosen: Vec<&str> = form.all("survey").collect();
    let mut asked = Vec::new();
    for (survey, _, _) in surveys::under(&mut reader, &visit.area_id).await? {
        let near = survey.held_on >= visit.starts_on && survey.held_on <= visit.ends_on;
        let checked = chosen.contains(&survey.id.as_str());
        if near || checked {
            asked.push(Asked {
                title: survey.title.get(t.lang).to_owned(),
                checked,
                id: survey.id,
            });
        }
    }
    let categories = ctx.app.rules.visits().categories.iter();
    Ok(RecordPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Some(visit), Some(event), title.clone()),
        ),
        id: event.planned.id.clone(),
        corrects: event.record > 0,
        categories: categories
            .map(|c| Category {
                title: words(&c.title, t.lang).to_owned(),
                invited: format!("invited_{}", c.id),
                counted: format!("counted_{}", c.id),
            })
            .collect(),
        surveys: asked,
        title,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let (visit, event) = own_event(&ctx, &mut reader, &id, Action::VisitRecord).await?;
    let record = queries::record(&mut reader, &event).await?;
    drop(reader);
    let mut fields = vec![pair("version", event.version.to_string())];
    for count in &record.counts {
        for (field, number) in [("invited", count.invited), ("counted", count.counted)] {
            if let Some(number) = number {
                fields.push(pair(
                    &format!("{field}_{}", count.category),
                    number.to_string(),
                ));
            }
        }
    }
    let lines: Vec<String> = record
        .speakers
        .iter()
        .map(|Names { kk, ru, en }| format!("{kk} | {ru} | {en}"))
        .collect();
    fields.push(pair("speakers", lines.join("\n")));
    fields.extend(record.surveys.iter().map(|id| pair("survey", id)));
    let form = FormData::from_fields(fields);
    render(&build(&ctx, form, FieldErrors::new(), (&visit, &event)).await?)
}

/// Lines `kk | ru | en`; what stands in one language stands in all.
pub(super) fn lines(text: &str) -> Vec<Names> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let mut parts = line.splitn(3, '|').map(str::trim);
            let mut next = || parts.next().unwrap_or_default().to_owned();
            Names::new(next(), next(), next())
        })
        .collect()
}

/// What the form says; reports stay as they are.
fn read(ctx: &Ctx, form: &FormData, before: Record) -> Result<Record, Error> {
    let mut errors = FieldErrors::new();
    let mut counts = Vec::new();
    for category in &ctx.app.rules.visits().categories {
        let mut number = |field: &str| {
            let field = format!("{field}_{}", category.id);
            if form.text(&field).is_empty() {
                None
            } else {
                errors.count(ctx.t, form, &field)
            }
        };
        counts.push(Count {
            invited: number("invited"),
            counted: number("counted"),
            category: category.id.clone(),
        });
    }
    errors.done()?;
    Ok(Record {
        counts,
        speakers: lines(form.text("speakers")),
        surveys: form.all("survey").map(str::to_owned).collect(),
        ..before
    })
}

pub(super) async fn save(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (visit, event, before) = {
        let mut reader = ctx.read().await?;
        let (visit, event) = own_event(&ctx, &mut reader, &id, Action::VisitRecord).await?;
        let before = queries::record(&mut reader, &event).await?;
        (visit, event, before)
    };
    let done = async {
        let record = read(&ctx, &form, before)?;
        let acting = ctx.acting()?;
        actions::record(&acting, &id, seen(&form), record, form.text("reason")).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/visits/events/{id}?done=visits-recorded"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, (&visit, &event)).await?, status)
        }
    }
}
