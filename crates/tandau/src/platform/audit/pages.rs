//! The log for everybody: how to check us in plain words, and the files that mirrors fetch (C2SP tlog-tiles).

use super::log::TileId;
use super::sequencer::SignerKey;
use super::{published, store};
use crate::bind;
use crate::platform::i18n::{instant_long, number};
use crate::platform::web::{Crumb, Ctx, Guard, Routes, Shell, page};
use crate::platform::{App, Error};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse as _, Response};

/// Neither a full tile nor a partial one ever changes.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Routes of the log.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/audit", Guard::Public, explain)
        .get("/audit/checkpoint", Guard::Public, checkpoint)
        .get("/audit/key", Guard::Public, key)
        .get("/audit/tile/{*path}", Guard::Public, tile)
}

#[derive(Template)]
#[template(path = "platform/audit/audit.html")]
struct AuditPage {
    s: Shell,
    head: Option<Head>,
    key: String,
}

struct Head {
    records: String,
    root: String,
    at: String,
}

async fn explain(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let head = match reader.first(store::LAST_CHECKPOINT, bind![]).await? {
        Some(row) => {
            let text = row.text("signed")?;
            Some(Head {
                records: number(t.lang, row.count("size")?),
                root: text.lines().nth(2).unwrap_or_default().to_owned(),
                at: instant_long(t.lang, row.instant("at")?, &ctx.app.home_zone),
            })
        }
        None => None,
    };
    drop(reader);
    let title = t.audit_title();
    page(&AuditPage {
        s: ctx.shell(
            "audit",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        head,
        key: verifier(&ctx.app)?,
    })
}

fn verifier(app: &App) -> Result<String, Error> {
    Ok(SignerKey::open(&app.settings.data, &app.settings.log_name)?
        .verifier()
        .to_string())
}

fn text(body: String, cache: &'static str) -> Response {
    file("text/plain; charset=utf-8", cache, body.into_bytes())
}

fn file(media_type: &'static str, cache: &'static str, body: Vec<u8>) -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, cache),
        // The log is there to be read by everybody's programs, pages of others included.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, body).into_response()
}

async fn checkpoint(State(app): State<App>) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let (_, note) = published::checkpoint(&mut reader)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(text(note, "no-cache"))
}

async fn key(State(app): State<App>) -> Result<Response, Error> {
    Ok(text(
        format!("{}\n", verifier(&app)?),
        "public, max-age=3600",
    ))
}

async fn tile(State(app): State<App>, Path(path): Path<String>) -> Result<Response, Error> {
    let id: TileId = format!("tile/{path}")
        .parse()
        .map_err(|_| Error::NotFound)?;
    let mut reader = app.read().await?;
    let (size, _) = published::checkpoint(&mut reader)
        .await?
        .ok_or(Error::NotFound)?;
    let body = published::tile(&mut reader, id, size)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(file("application/octet-stream", FOREVER, body))
}
