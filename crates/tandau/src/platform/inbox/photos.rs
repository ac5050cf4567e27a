//! `POST /office/inbox/files`: a photo ahead of its envelope. The phone names it; the same name twice is kept once.

use super::limits::{Kind, Limits, kib};
use super::store;
use super::take::{envelope_id, photo_problem};
use crate::platform::files::{CleanError, MAX_FILE_BYTES};
use crate::platform::web::Ctx;
use crate::platform::{Acting, Error, T};
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use tokio_stream::StreamExt as _;

/// What is read of a body that is too large, so that its sender gets to hear why it is refused.
const DRAINED_BYTES: usize = 64 * 1024 * 1024;

#[derive(Debug, Serialize)]
struct Kept {
    id: String,
}

pub(super) async fn post(ctx: Ctx, request: Request) -> Result<Response, Error> {
    let headers = request.headers();
    ctx.check_token(headers)?;
    let acting = ctx.acting()?;
    let limits = Limits::of(&ctx.app);
    let now = ctx.app.clock.wall();
    limits.spend(acting.person(), Kind::Request, 1, now)?;
    let id = headers
        .get("x-file-id")
        .and_then(|v| v.to_str().ok())
        .and_then(envelope_id)
        .ok_or_else(|| Error::field("x-file-id", ctx.t.offline_form_old()))?;
    if is_known(&acting, &id).await? {
        // Whoever sends it again does not have to wait until all of it is here.
        return Ok(kept(id));
    }
    limits.spend(acting.person(), Kind::Photo, 1, now)?;
    let announced = announced_bytes(headers);
    limits.spend(
        acting.person(),
        Kind::PhotoKib,
        kib(announced.unwrap_or(MAX_FILE_BYTES).min(DRAINED_BYTES)),
        now,
    )?;
    let body = request.into_body();
    if announced.is_some_and(|bytes| bytes > MAX_FILE_BYTES) {
        drain(body).await;
        return Err(Error::TooLarge);
    }
    let bytes = to_bytes(body, MAX_FILE_BYTES)
        .await
        .map_err(|_| Error::TooLarge)?;
    let prepared = ctx
        .app
        .files
        .prepare(bytes.to_vec())
        .await?
        .map_err(|problem| refused(ctx.t, problem))?;
    let mut tx = acting.begin().await?;
    let file = ctx
        .app
        .files
        .note(&mut tx, &acting, &prepared, false)
        .await?;
    let added = store::add_file(&mut tx, &id, acting.person(), &file.id, acting.now()).await?;
    if added {
        tx.commit().await?;
    } else {
        drop(tx);
        is_known(&acting, &id).await?;
    }
    Ok(kept(id))
}

fn kept(id: String) -> Response {
    Json(Kept { id }).into_response()
}

/// Whether this person has sent this photo before.
async fn is_known(acting: &Acting, id: &str) -> Result<bool, Error> {
    let mut reader = acting.app().read().await?;
    match store::file(&mut reader, id).await? {
        Some((person, _)) if person == acting.person() => Ok(true),
        Some(_) => Err(Error::Conflict(acting.t().offline_id_taken())),
        None => Ok(false),
    }
}

fn refused(t: T, problem: CleanError) -> Error {
    match problem {
        CleanError::Kind | CleanError::Active => Error::Unsupported,
        CleanError::Broken | CleanError::TooLarge => {
            Error::field("photo", photo_problem(t, problem))
        }
    }
}

fn announced_bytes(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// Reads and forgets. Without this the connection would be cut before the answer is read.
async fn drain(body: Body) {
    let mut left = DRAINED_BYTES;
    let mut pieces = body.into_data_stream();
    while let Some(Ok(piece)) = pieces.next().await {
        let Some(rest) = left.checked_sub(piece.len()) else {
            return;
        };
        left = rest;
    }
}
