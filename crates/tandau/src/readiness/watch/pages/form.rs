//! `/office/watch/new`, `/office/watch/{id}/correct`: what somebody told us.

use super::crumbs;
use super::fields::{Choices, blank, filled, read};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::web::fields::seen;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::readiness::watch::model::Event;
use crate::readiness::watch::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/watch/pages/form.html")]
struct FormPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    choices: Choices,
    title: String,
    action: String,
    correcting: bool,
}

async fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    event: Option<&str>,
) -> Result<FormPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let title = match event {
        Some(_) => t.watch_correct(),
        None => t.watch_new(),
    };
    Ok(FormPage {
        choices: Choices::of(&mut reader, ctx, &form).await?,
        s: ctx.shell("office", title.clone(), crumbs(ctx, title.clone(), true)),
        action: match event {
            Some(id) => format!("/office/watch/{id}/correct"),
            None => "/office/watch/new".to_owned(),
        },
        correcting: event.is_some(),
        title,
        form,
        errors,
    })
}

pub(super) async fn new(ctx: Ctx) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let form = blank(&mut reader, &ctx).await?;
    drop(reader);
    render(&build(&ctx, form, FieldErrors::new(), None).await?)
}

pub(super) async fn record(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    match try_record(&ctx, &form).await {
        Ok(id) => Ok(see(&format!("/office/watch/{id}?done=watch-recorded"))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, form, errors, None).await?)
        }
    }
}

async fn try_record(ctx: &Ctx, form: &FormData) -> Result<String, Error> {
    let mut reader = ctx.read().await?;
    let said = read(&mut reader, ctx, form).await?;
    drop(reader);
    let saved = actions::record(&ctx.acting()?, form.text("id"), said).await?;
    Ok(saved.id)
}

/// The event, for somebody who may change it.
pub(super) async fn own(ctx: &Ctx, id: &str) -> Result<Event, Error> {
    let mut reader = ctx.read().await?;
    let event = queries::by_id(&mut reader, id).await?;
    let acting = ctx.acting()?;
    for area in &event.now.said.areas {
        acting
            .require(&mut reader, Action::WatchRecord, area, None)
            .await?;
    }
    Ok(event)
}

pub(super) async fn correction(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let event = own(&ctx, &id).await?;
    let mut reader = ctx.read().await?;
    let form = filled(&mut reader, &ctx, &event.now.said, event.now.version).await?;
    drop(reader);
    render(&build(&ctx, form, FieldErrors::new(), Some(&id)).await?)
}

pub(super) async fn correct(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let event = own(&ctx, &id).await?;
    match try_correct(&ctx, &event, &form).await {
        Ok(()) => Ok(see(&format!("/office/watch/{id}?done=watch-corrected"))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, form, errors, Some(&id)).await?)
        }
    }
}

async fn try_correct(ctx: &Ctx, event: &Event, form: &FormData) -> Result<(), Error> {
    let mut reader = ctx.read().await?;
    let mut said = read(&mut reader, ctx, form).await?;
    drop(reader);
    let known = &event.now.said;
    // An alert says it in three languages: words that nobody touched stay as they are.
    if said.words.get(ctx.lang()) == known.words.get(ctx.lang()) {
        said.words.clone_from(&known.words);
    }
    said.shapes.clone_from(&known.shapes);
    said.by_shape = known.by_shape && said.areas == known.areas;
    actions::correct(
        &ctx.acting()?,
        &event.id,
        seen(form),
        said,
        form.text("reason"),
    )
    .await?;
    Ok(())
}
