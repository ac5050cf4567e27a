//! `/office/stations/{id}/close`: the territorial commission closes a station after a day, with its reason.

use super::office::newest;
use crate::commissions::pages::crumbs;
use crate::platform::Error;
use crate::platform::web::fields::hidden;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::stations::actions;
use crate::stations::model::Station;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "stations/pages/office_close.html")]
struct ClosePage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    number: u64,
    name: String,
}

async fn build(
    ctx: &Ctx,
    station: Station,
    form: FormData,
    errors: FieldErrors,
) -> Result<ClosePage, Error> {
    let mut reader = ctx.read().await?;
    let title = ctx.t.stations_close();
    let crumbs = crumbs(&mut reader, ctx, &station.area_id, title.clone()).await?;
    Ok(ClosePage {
        s: ctx.shell("office", title, crumbs),
        errors,
        form,
        name: station.names.get(ctx.lang()).to_owned(),
        number: station.number,
        id: station.id,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let station = newest(&ctx, &id).await?;
    let last = station.valid_from.max(ctx.app.today());
    let form = FormData::from_fields(vec![
        ("based_on".to_owned(), station.version.to_string()),
        ("last_day".to_owned(), last.to_string()),
    ]);
    render(&build(&ctx, station, form, FieldErrors::new()).await?)
}

pub(super) async fn close(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let station = newest(&ctx, &id).await?;
    let mut errors = FieldErrors::new();
    let closed = match errors.date(ctx.t, &form, "last_day") {
        None => errors.done(),
        Some(last) => {
            let based_on = hidden(&form, "based_on");
            let reason = form.text("reason");
            actions::close(&ctx.acting()?, &station.id, based_on, last, reason).await
        }
    };
    match closed {
        Ok(()) => Ok(see(&format!("/stations/{id}?done=station-ended"))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, station, form, errors).await?)
        }
    }
}
