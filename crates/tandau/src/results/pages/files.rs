//! Papers that everybody may read: signed protocols and decisions.
//!
//! The paper of a protocol says what its figures say, so it follows the same embargo and appears only when
//! the chair has confirmed the version it belongs to. The commissions concerned may read it before; other
//! papers that are not public are for those who hold an office.

use crate::bind;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::web::Ctx;
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
    let cache = match shown {
        Shown::ToAll => "public, max-age=31536000, immutable",
        Shown::ToOffice => "private, no-store",
    };
    let (ending, disposition) = match file.media_type.as_str() {
        "application/pdf" => ("pdf", "attachment"),
        "image/png" => ("png", "inline"),
        _ => ("jpg", "inline"),
    };
    let bytes = ctx.app.files.bytes(&file).await?;
    Ok((
        [
            (header::CONTENT_TYPE, file.media_type.clone()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("{disposition}; filename=\"paper-{id}.{ending}\""),
            ),
            (
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; sandbox; frame-ancestors 'none'".to_owned(),
            ),
            (header::CACHE_CONTROL, cache.to_owned()),
            (header::ETAG, format!("\"{}\"", file.sha256)),
        ],
        bytes,
    )
        .into_response())
}

enum Shown {
    ToAll,
    ToOffice,
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
            && queries::votes_are_public(connection, &election, now).await?;
    }
    if open {
        return Ok(Shown::ToAll);
    }
    // Nothing tells a stranger that such a paper exists.
    let acting = ctx.acting().map_err(|_| Error::NotFound)?;
    if protocols.is_empty() && ctx.app.policy.could(acting.actor(), Action::OfficeEnter) {
        return Ok(Shown::ToOffice);
    }
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
