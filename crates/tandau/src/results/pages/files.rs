//! Papers that everybody may read: signed protocols and decisions.
//!
//! The paper of a protocol says what its figures say, so it follows the same embargo and appears only when
//! the chair has confirmed the version it belongs to. The commissions concerned may read it before. Any other
//! paper that is not public is served by the room it belongs to, under that room's rule.

use crate::bind;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::web::{Ctx, PICTURE_POLICY, paper};
use crate::platform::{Error, ids};
use crate::results::{queries, store};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

pub(super) async fn file(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let file = ctx.app.files.find(&mut reader, &id).await?;
    let shown = readable(&ctx, &mut reader, &id, file.public).await?;
    drop(reader);
    let bytes = ctx.app.files.bytes(&file).await?;
    let mut answer = paper(&file, bytes, &format!("paper-{id}"), shown.cache());
    let tag = format!("\"{}\"", file.sha256)
        .parse()
        .map_err(Error::internal)?;
    answer.headers_mut().insert(header::ETAG, tag);
    Ok(answer)
}

/// A picture of the first page of a paper, under the same rule as the paper.
pub(super) async fn preview(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let file = ctx.app.files.find(&mut reader, &id).await?;
    let shown = readable(&ctx, &mut reader, &id, file.public).await?;
    drop(reader);
    let bytes = ctx.app.files.preview(&file).await?;
    Ok((
        [
            (header::CONTENT_TYPE, "image/png"),
            (header::CONTENT_SECURITY_POLICY, PICTURE_POLICY),
            (header::CACHE_CONTROL, shown.cache()),
        ],
        bytes,
    )
        .into_response())
}

enum Shown {
    ToAll,
    ToOffice,
}

impl Shown {
    const fn cache(&self) -> &'static str {
        match self {
            Self::ToAll => "public, max-age=31536000, immutable",
            Self::ToOffice => "private, no-store",
        }
    }
}

/// Who may read a paper now.
async fn readable(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    public: bool,
) -> Result<Shown, Error> {
    let now = ctx.app.clock.now();
    let mut open = public;
    let protocols = connection.all(store::PROTOCOLS_OF_FILE, bind![id]).await?;
    for row in &protocols {
        let election = row.text("election_id")?;
        open = open
            && row.opt_instant("confirmed_at")?.is_some()
            && queries::public_votes(connection, &election, now)
                .await?
                .on(row.date("voting_day")?);
    }
    if open {
        return Ok(Shown::ToAll);
    }
    // Nothing tells a stranger that such a paper exists.
    let acting = ctx.acting().map_err(|_| Error::NotFound)?;
    for row in &protocols {
        let area = row.text("area_id")?;
        if acting
            .require(connection, Action::ProtocolRead, &area, None)
            .await
            .is_ok()
        {
            return Ok(Shown::ToOffice);
        }
    }
    Err(Error::NotFound)
}
