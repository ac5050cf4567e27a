//! What the form of a section sends: the same fields that a phone keeps in an envelope.

use super::common::At;
use super::item::Sent;
use super::section;
use crate::platform::inbox;
use crate::platform::web::{Ctx, FieldErrors, FormData, see};
use crate::platform::{Acting, Error};
use crate::readiness::model;
use axum::extract::Path;
use axum::response::Response;

pub(super) async fn send(
    ctx: Ctx,
    Path(station): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    match take(&acting, &station, &data).await {
        Ok(href) => Ok(see(&href)),
        Err(Error::Invalid(problems)) => {
            let section = data.text("section").to_owned();
            let mut reader = ctx.read().await?;
            let at = At::read(&ctx, &mut reader, &station, data.text("election")).await?;
            if !at.list.sections.iter().any(|s| s.id == section) {
                return Err(Error::Invalid(problems));
            }
            let sent = Sent {
                form: Some(data),
                errors: FieldErrors::take(Error::Invalid(problems))?,
            };
            section::show(&ctx, &mut reader, &at, &section, &sent).await
        }
        Err(other) => Err(other),
    }
}

async fn take(acting: &Acting, station: &str, data: &FormData) -> Result<String, Error> {
    // The address says which station it is.
    if data.text("station") != station {
        return Err(Error::NotFound);
    }
    Ok(inbox::take_form(acting, model::REPORT, data).await?.href)
}
