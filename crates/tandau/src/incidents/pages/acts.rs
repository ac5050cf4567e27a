//! What the forms of an incident's page send.

use super::show::build;
use crate::incidents::actions;
use crate::incidents::model::Incident;
use crate::platform::Error;
use crate::platform::inbox::Limits;
use crate::platform::web::fields::hidden;
use crate::platform::web::{Ctx, FieldErrors, FormData, page_with_status, see};
use axum::extract::Path;
use axum::response::Response;
use electoral::checklist::Severity;

/// The field under which a form says how much of the incident its sender had seen.
pub(super) const CHANGED: &str = "events";

fn seen(form: &FormData) -> u64 {
    hidden(form, CHANGED)
}

async fn finish(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    outcome: Result<Incident, Error>,
) -> Result<Response, Error> {
    match outcome {
        Ok(_) => Ok(see(&format!(
            "/office/incidents/{id}?done=incident-changed"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, CHANGED)?;
            page_with_status(&build(ctx, id, form, errors).await?, status)
        }
    }
}

pub(super) async fn start(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let text = form.text("start_text");
    let outcome = actions::start(&ctx.acting()?, &id, seen(&form), text).await;
    finish(&ctx, &id, form, outcome).await
}

pub(super) async fn note(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    Limits::spend_form(&ctx.app, acting.person(), &form)?;
    let photos = form.uploads("photo").map(|u| u.bytes.clone()).collect();
    let text = form.text("note");
    let outcome = actions::note(&acting, &id, text, photos).await;
    finish(&ctx, &id, form, outcome).await
}

pub(super) async fn assign(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (to, text) = (form.text("to"), form.text("assign_text"));
    let outcome = actions::assign(&ctx.acting()?, &id, seen(&form), to, text).await;
    finish(&ctx, &id, form, outcome).await
}

pub(super) async fn escalate(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (body, text) = (form.text("body"), form.text("escalate_text"));
    let outcome = actions::escalate(&ctx.acting()?, &id, seen(&form), body, text).await;
    finish(&ctx, &id, form, outcome).await
}

pub(super) async fn regrade(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let outcome = match Severity::parse(form.text("severity")) {
        Some(severity) => {
            let reason = form.text("regrade_reason");
            actions::regrade(&acting, &id, seen(&form), severity, reason).await
        }
        None => Err(Error::field("severity", ctx.t.form_choice())),
    };
    finish(&ctx, &id, form, outcome).await
}

pub(super) async fn close(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let done = form.text("done");
    let outcome = actions::close(&ctx.acting()?, &id, seen(&form), done).await;
    finish(&ctx, &id, form, outcome).await
}

pub(super) async fn reopen(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let reason = form.text("reopen_reason");
    let outcome = actions::reopen(&ctx.acting()?, &id, seen(&form), reason).await;
    finish(&ctx, &id, form, outcome).await
}

pub(super) async fn merge(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (into, text) = (form.text("into"), form.text("merge_text"));
    let outcome = actions::merge(&ctx.acting()?, &id, seen(&form), into, text).await;
    finish(&ctx, &id, form, outcome).await
}

pub(super) async fn unmerge(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let text = form.text("merge_text");
    let outcome = actions::unmerge(&ctx.acting()?, &id, seen(&form), text).await;
    finish(&ctx, &id, form, outcome).await
}
