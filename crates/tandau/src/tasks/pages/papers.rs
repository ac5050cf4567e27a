//! A paper of a report: for those who may see the task, and for nobody else.

use crate::platform::web::Ctx;
use crate::platform::{Error, ids};
use crate::tasks::{powers, queries};
use axum::extract::Path;
use axum::response::Response;

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
    let name = format!("evidence-{sequence}-{position}");
    ctx.private_paper(reader, &paper.file_id, &name).await
}
