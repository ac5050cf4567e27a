//! A paper of a report: for those who may see the task, and for nobody else.

use crate::platform::web::Ctx;
use crate::platform::{Error, ids};
use crate::tasks::{powers, queries};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// A paper runs nothing and stands in no frame.
const PAPER_POLICY: &str =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
const PICTURE_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

pub(super) async fn paper(
    ctx: Ctx,
    Path((id, sequence, position)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let task = queries::by_id(&mut reader, &id).await?;
    let hands = powers::of(&mut reader, &ctx.acting()?, &task).await?;
    if !hands.sees() {
        return Err(Error::Forbidden("task.see"));
    }
    let history = queries::history(&mut reader, &id).await?;
    let paper = history
        .iter()
        .filter(|event| event.sequence.to_string() == sequence)
        .flat_map(|event| &event.papers)
        .find(|paper| paper.position.to_string() == position)
        .ok_or(Error::NotFound)?;
    let file = ctx.app.files.find(&mut reader, &paper.file_id).await?;
    drop(reader);
    let (ending, policy) = match file.media_type.as_str() {
        "application/pdf" => ("pdf", PAPER_POLICY),
        "image/png" => ("png", PICTURE_POLICY),
        _ => ("jpg", PICTURE_POLICY),
    };
    let bytes = ctx.app.files.bytes(&file).await?;
    Ok((
        [
            (header::CONTENT_TYPE, file.media_type.clone()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("inline; filename=\"evidence-{sequence}-{position}.{ending}\""),
            ),
            (header::CONTENT_SECURITY_POLICY, policy.to_owned()),
            (header::CACHE_CONTROL, "private, no-store".to_owned()),
        ],
        bytes,
    )
        .into_response())
}
