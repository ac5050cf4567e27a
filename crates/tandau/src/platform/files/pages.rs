//! Papers for readers: bytes that were cleaned when they came in, served so that a browser shows them and
//! nothing else.

use crate::platform::access::Action;
use crate::platform::web::{Ctx, Guard, Routes};
use crate::platform::{Error, ids};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// Routes of papers.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/files/{id}", Guard::Public, paper)
}

/// A public paper for everybody, another one for those who hold an office.
async fn paper(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let file = ctx.app.files.find(&mut reader, &id).await?;
    drop(reader);
    let insider = ctx
        .signed_in
        .as_ref()
        .is_some_and(|who| ctx.app.policy.could(&who.actor, Action::OfficeEnter));
    if !file.public && !insider {
        return Err(Error::NotFound);
    }
    let bytes = ctx.app.files.bytes(&file).await?;
    let ending = match file.media_type.as_str() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        _ => "jpg",
    };
    let short = file.sha256.get(..12).unwrap_or("paper");
    let cache = if file.public {
        "public, max-age=31536000, immutable"
    } else {
        "private, no-store"
    };
    let headers = [
        (header::CONTENT_TYPE, file.media_type.clone()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{short}.{ending}\""),
        ),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, format!("\"{}\"", file.sha256)),
        (
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'".to_owned(),
        ),
    ];
    Ok((headers, bytes).into_response())
}
