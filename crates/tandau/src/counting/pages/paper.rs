//! The photo or PDF of the signed paper.

use super::Place;
use crate::counting::actions::{self, Paper, Target};
use crate::counting::model::Version;
use crate::counting::queries;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::web::fields::seen;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "counting/pages/paper.html")]
struct PaperPage {
    s: Shell,
    errors: FieldErrors,
    where_: String,
    href: String,
    version: u64,
    /// A further paper, or one after the confirmation, says why it comes.
    reason_needed: bool,
    reason: String,
}

async fn build(
    ctx: &Ctx,
    connection: &mut Connection,
    place: &Place,
    reason: String,
    errors: FieldErrors,
) -> Result<PaperPage, Error> {
    let unit = &place.unit;
    let versions = queries::versions(connection, &unit.station_id, &unit.contest_id).await?;
    Ok(PaperPage {
        reason_needed: versions.last().is_some_and(Version::wants_reason_for_paper),
        reason,
        s: ctx.shell("office", ctx.t.counting_paper_title(), place.crumbs(ctx)),
        errors,
        where_: place.name(ctx),
        href: place.href(),
        version: place.version(),
    })
}

pub(super) async fn form(
    ctx: Ctx,
    Path((contest, station)): Path<(String, String)>,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, &acting, &contest, &station).await?;
    page(&build(&ctx, &mut reader, &place, String::new(), FieldErrors::new()).await?)
}

pub(super) async fn attach(
    ctx: Ctx,
    Path((contest, station)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let outcome = match data.upload("paper") {
        None => Err(Error::field("paper", ctx.t.counting_paper_missing())),
        Some(upload) => {
            let paper = Paper {
                target: Target::new(&station, &contest, seen(&data)),
                bytes: upload.bytes.clone(),
                reason: data.text("reason").to_owned(),
            };
            match actions::attach_paper(&acting, paper).await {
                Err(Error::Unsupported) => Err(Error::field("paper", ctx.t.error_415_text())),
                other => other.map(|_| ()),
            }
        }
    };
    match outcome {
        Ok(()) => Ok(see(&format!(
            "/office/protocols/{contest}/{station}?step=summary&done=paper-attached"
        ))),
        Err(Error::Invalid(problems)) => {
            let errors = FieldErrors::take(Error::Invalid(problems))?;
            let mut reader = ctx.read().await?;
            let place = Place::read(&mut reader, &acting, &contest, &station).await?;
            let reason = data.text("reason").to_owned();
            page_with_errors(&build(&ctx, &mut reader, &place, reason, errors).await?)
        }
        Err(other) => Err(other),
    }
}
