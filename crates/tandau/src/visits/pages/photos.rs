//! Photos of an event: for those who follow the visit, and for nobody else.

use super::{event, own_event, seen};
use crate::platform::access::Action;
use crate::platform::web::{Ctx, FormData, see};
use crate::platform::{Error, ids};
use crate::visits::{actions, queries};
use axum::extract::Path;
use axum::response::Response;

pub(super) async fn add(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    {
        let mut reader = ctx.read().await?;
        own_event(&ctx, &mut reader, &id, Action::VisitRecord).await?;
    }
    let photos = form.uploads("photo").map(|u| u.bytes.clone()).collect();
    match actions::add_photos(&ctx.acting()?, &id, seen(&form), photos).await {
        Ok(()) => Ok(see(&format!(
            "/office/visits/events/{id}?done=visits-saved"
        ))),
        Err(error) => event::again(&ctx, &id, Action::VisitRecord, error).await,
    }
}

pub(super) async fn photo(
    ctx: Ctx,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    own_event(&ctx, &mut reader, &id, Action::VisitFollow).await?;
    let photos = queries::photos(&mut reader, &id).await?;
    if !ids::is_id(&file) || !photos.contains(&file) {
        return Err(Error::NotFound);
    }
    ctx.private_paper(reader, &file, "photo").await
}
