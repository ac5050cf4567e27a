//! What the forms on the page of a task send.

use super::new::{addressee, instant};
use super::show::again;
use crate::platform::inbox::Limits;
use crate::platform::web::fields::hidden;
use crate::platform::web::{Ctx, FormData, see};
use crate::platform::{Error, ids};
use crate::tasks::actions::{self, Evidence};
use crate::tasks::model::Task;
use crate::tasks::{powers, queries};
use axum::extract::Path;
use axum::response::Response;

/// How many events the sender had seen; what can't be read has seen none.
fn seen(form: &FormData) -> u64 {
    hidden(form, "events")
}

fn known(id: &str) -> Result<(), Error> {
    if ids::is_id(id) {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Back to the page, with what was done or with what is to be mended.
async fn answer(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    outcome: Result<Task, Error>,
    done: &str,
) -> Result<Response, Error> {
    match outcome {
        Ok(_) => Ok(see(&format!("/office/tasks/{id}?done=task-{done}"))),
        Err(error) => again(ctx, id, form, error).await,
    }
}

pub(super) async fn accept(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let outcome = actions::accept(&ctx.acting()?, &id, seen(&form)).await;
    answer(&ctx, &id, form, outcome, "accepted").await
}

pub(super) async fn dispute(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let reason = form.text("dispute_reason");
    let outcome = actions::dispute(&ctx.acting()?, &id, seen(&form), reason).await;
    answer(&ctx, &id, form, outcome, "disputed").await
}

pub(super) async fn report(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let acting = ctx.acting()?;
    Limits::spend_form(&ctx.app, acting.person(), &form)?;
    let evidence = Evidence {
        text: form.text("report_text").to_owned(),
        papers: form.uploads("paper").map(|u| u.bytes.clone()).collect(),
    };
    let outcome = actions::report(&acting, &id, seen(&form), evidence).await;
    answer(&ctx, &id, form, outcome, "reported").await
}

pub(super) async fn verify(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let outcome = actions::verify(&ctx.acting()?, &id, seen(&form)).await;
    answer(&ctx, &id, form, outcome, "verified").await
}

pub(super) async fn send_back(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let reason = form.text("return_reason");
    let outcome = actions::send_back(&ctx.acting()?, &id, seen(&form), reason).await;
    answer(&ctx, &id, form, outcome, "returned").await
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let reason = form.text("withdraw_reason");
    let outcome = actions::withdraw(&ctx.acting()?, &id, seen(&form), reason).await;
    answer(&ctx, &id, form, outcome, "withdrawn").await
}

pub(super) async fn note(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let outcome = actions::note(&ctx.acting()?, &id, form.text("note_text")).await;
    answer(&ctx, &id, form, outcome, "noted").await
}

pub(super) async fn move_deadline(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let due_at = {
        let mut reader = ctx.read().await?;
        let task = queries::by_id(&mut reader, &id).await?;
        instant(
            &ctx,
            &mut reader,
            &task.area_id,
            &form,
            ("move_date", "move_time"),
        )
        .await?
    };
    let reason = form.text("move_reason");
    let outcome = actions::move_deadline(&ctx.acting()?, &id, seen(&form), due_at, reason).await;
    answer(&ctx, &id, form, outcome, "moved").await
}

pub(super) async fn reassign(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    known(&id)?;
    let acting = ctx.acting()?;
    let (to, hands) = {
        let mut reader = ctx.read().await?;
        let task = queries::by_id(&mut reader, &id).await?;
        let hands = powers::of(&mut reader, &acting, &task).await?;
        (
            addressee(&ctx, &mut reader, &form, "reassign_kind", "reassign_area").await?,
            hands,
        )
    };
    let outcome = match to {
        Some(to) => {
            let reason = form.text("reassign_reason");
            actions::reassign(&acting, &id, seen(&form), to, reason).await
        }
        // Who may not hand it on is told so before they mend the form.
        None if !hands.hold(crate::tasks::EventKind::Reassigned) => {
            Err(Error::Forbidden("task.give"))
        }
        None => Err(Error::field("reassign_area", ctx.t.areas_unknown())),
    };
    if outcome.is_ok() && !hands.gives() {
        // Whoever handed it on within their own area has it before them no more.
        return Ok(see("/office/tasks?done=task-reassigned"));
    }
    answer(&ctx, &id, form, outcome, "reassigned").await
}
